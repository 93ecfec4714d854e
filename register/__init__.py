"""What an IP right is, and where it is kept."""
