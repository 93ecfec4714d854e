"""The demonstration: a small synthetic register, written as feeds of the region's offices and taken in like
theirs.
"""
