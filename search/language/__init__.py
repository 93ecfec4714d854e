"""Facts about languages for the comparison of names: meanings and readings, as tables with their sources."""
