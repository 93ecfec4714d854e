"""Clearance: whether a name may be used for some goods in some places, and what stands in its way."""
