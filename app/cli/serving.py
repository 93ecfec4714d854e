"""`ipregister serve` and `ipregister worker`."""

import logging

import click

from app import supervisor
from app import worker as worker_process
from app.chores import doing
from app.cli.console import fail, settings_of_process, told
from app.demo.load import is_register_empty, load_demo
from app.family import stop_event
from app.index_of import engine_of
from app.supervisor import AddressTakenError
from register.store.changes import last_timepoint
from register.store.database import Database
from search.indexer import is_caught_up

log = logging.getLogger("ipregister.serve")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port to listen on."
)
@click.option("--demo", is_flag=True, help="Load the synthetic demonstration where the register is empty.")
@told
def serve(host: str, port: int, demo: bool) -> None:
    """Serve the pages and the API, with the worker and, where no other is set, the database beside them."""
    settings = settings_of_process()

    def prepare(url: str) -> None:
        database = Database(url, connections=2, statement_seconds=600)
        try:
            if demo and is_register_empty(database):
                log.info("loading the synthetic demonstration of eleven offices")
                loaded = load_demo(
                    database, lambda feed, counts: log.info("%s: %d records", feed.path.name, counts.read)
                )
                log.info(
                    "the demonstration is loaded: %d records", sum(one.feed.counts.read for one in loaded)
                )
            wanted = database.read(last_timepoint) if demo else 0
        finally:
            database.close()
        supervisor.wait_for(lambda: _is_searchable(url, wanted))

    def _is_searchable(url: str, wanted: int) -> bool:
        database = Database(url, connections=1)
        try:
            engine = engine_of(settings)
            return engine.live() is not None and is_caught_up(database, engine, wanted)
        finally:
            database.close()

    try:
        supervisor.serve(settings, host, port, prepare)
    except AddressTakenError as error:
        fail(str(error))


@click.command()
@told
def worker() -> None:
    """Keep the index up to the register and read uploaded feeds. Runs until stopped; of several, one at a
    time leads the index, and each reads feeds of its own.
    """
    settings, stop = settings_of_process(), stop_event()
    posts = supervisor.feed_posts(settings)

    def look() -> bool:
        for post in posts:
            post.look()
        return False

    try:
        with doing("feed workers", look, 0.5):
            worker_process.work(settings, stop)
    finally:
        supervisor.stop_all(posts)
