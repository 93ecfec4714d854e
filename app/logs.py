"""Logs of every process on standard error: with colours for a person, plain lines for a file."""

import logging
import sys

from app.settings import Settings


def start_logging(settings: Settings) -> None:
    handler: logging.Handler
    if sys.stderr.isatty():
        # Only here, for what nobody looks at should start quickly. Lines and progress bars share a console.
        from rich.logging import RichHandler

        from app.cli.console import errors

        handler = RichHandler(console=errors, show_path=False)
        handler.setFormatter(logging.Formatter("%(message)s"))
    else:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("opensearch").setLevel(logging.ERROR)
    # At INFO it tells whole addresses, with the keys in them.
    logging.getLogger("httpx").setLevel(logging.WARNING)
