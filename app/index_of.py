"""The index that the settings name."""

from app.settings import Settings
from search.engine import Engine


def engine_of(settings: Settings) -> Engine:
    """The embedded index in the data directory, or that of the OpenSearch cluster."""
    if settings.search_url is not None:
        from search.engines.opensearch import OpenSearchEngine

        return OpenSearchEngine(str(settings.search_url), settings.search_alias)
    from search.engines.tantivy import TantivyEngine

    return TantivyEngine(settings.data / "index", settings.search_alias)
