"""A profile proposed for an office from a sample of what it delivers, for a person to correct."""
