"""A file per wire format; `ingest.detect` lists them."""
