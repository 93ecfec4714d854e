"""Runs the migrations on the connection that `register.store.migrate` hands over."""

from alembic import context
from sqlalchemy import Connection, text

from register.store.locks import MIGRATION_LOCK
from register.store.schema import metadata

connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    compare_server_default=True,
    transaction_per_migration=False,
)
# One process migrates, others that start beside it wait here.
with context.begin_transaction():
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    # A migration that cannot have its lock at once gives way to those who work, and is tried again at the
    # next start.
    connection.execute(text("SET LOCAL lock_timeout = '5s'"))
    connection.execute(text("SET LOCAL statement_timeout = '15min'"))
    context.run_migrations()
