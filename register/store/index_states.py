"""How far each search index follows the changes of the register."""

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from register.store.schema import index_state


def reached(connection: Connection, name: str) -> int:
    """The timepoint up to which the index holds everything, 0 where it was never written."""
    query = select(index_state.c.timepoint).where(index_state.c.name == name)
    return connection.scalar(query) or 0


def mark_reached(connection: Connection, name: str, timepoint: int) -> None:
    """Everything up to this timepoint is durable in the index."""
    statement = insert(index_state).values(name=name, timepoint=timepoint, updated_at=func.clock_timestamp())
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["name"],
            set_={"timepoint": statement.excluded.timepoint, "updated_at": statement.excluded.updated_at},
        )
    )


def forget(connection: Connection, name: str) -> None:
    """The index is gone."""
    connection.execute(index_state.delete().where(index_state.c.name == name))
