"""Records become an index that gives ranked, explained answers."""
