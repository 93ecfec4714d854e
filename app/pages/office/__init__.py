"""The console of an office in the browser."""
