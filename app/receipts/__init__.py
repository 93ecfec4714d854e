"""Receipts on their way from a search into the register."""
