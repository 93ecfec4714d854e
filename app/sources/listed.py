"""The sources that the settings name."""

from app.settings import Settings
from app.version import VERSION
from ingest.pulling.listing import Sources, list_sources


def sources_of(settings: Settings) -> Sources:
    """Those of the folder of tables, and those of the profiles that are turned on."""
    names = [name.strip() for name in settings.sources.split(",") if name.strip()]
    return list_sources(settings.sources_dir, names)


def agent_of(settings: Settings) -> str:
    """What servers are told of who asks."""
    return settings.sources_agent or f"ipregister/{VERSION}"
