"""A file per engine: each translates the seam of `search.engine` into its own language, which stays in its
file.
"""
