"""A process that answers HTTP on a socket that its parent listens on, beside others:
`python -m app.web SOCKET COUNTS PLACE`, two descriptors and its place among the others.
"""

import logging
import socket
import sys

import uvicorn

from app.family import watch_lifeline
from app.http.accepting import Counts, SharingServer
from app.http.application import create_app
from app.http.service import Service
from app.http.wire import Wire
from app.index_of import engine_of
from app.logs import start_logging
from app.open_register import register_url
from app.settings import load_settings
from register.collector import collect_seldom
from register.store.database import Database

_CONNECTIONS = 8


def main() -> None:
    """Serve until told to stop."""
    settings = load_settings()
    start_logging(settings)
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)
    with register_url(settings) as url:
        database = Database(url, connections=_CONNECTIONS, statement_seconds=settings.request_seconds)
        service = Service(settings, database, engine_of(settings))
        config = uvicorn.Config(
            create_app(settings, service),
            http=Wire,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=10,
            h11_max_incomplete_event_size=65536,
        )
        listener, counts, place = map(int, sys.argv[1:])
        collect_seldom()
        server = SharingServer(config, socket.socket(fileno=listener), Counts(counts, place))
        watch_lifeline(lambda: setattr(server, "should_exit", True))
        try:
            server.run()
        finally:
            database.close()


if __name__ == "__main__":
    main()
