"""Code lists as data: one table and one loader for each list, with the sources in `tables/README.md`."""
