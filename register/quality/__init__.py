"""What the records of a feed are like: how full, how well understood, and how that has changed."""
