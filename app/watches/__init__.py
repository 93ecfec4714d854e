"""Watches at work: finding events, and delivering them."""
