"""The HTTP API: `application` puts the parts together."""
