"""Sources run by the service: which there are by its settings, and their feeds put into the queue."""
