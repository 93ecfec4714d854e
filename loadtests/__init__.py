"""Load and speed: feeds of any size, users of three kinds, and benchmarks that print ratios."""
