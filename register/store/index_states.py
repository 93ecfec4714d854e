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


def moves_reached(connection: Connection, name: str) -> int:
    """The number up to which the index follows the moves of applicants' spellings."""
    return connection.scalar(select(index_state.c.moves).where(index_state.c.name == name)) or 0


def mark_moves(connection: Connection, name: str, number: int) -> None:
    """Every move up to this number is durable in the index."""
    statement = insert(index_state).values(
        name=name, timepoint=0, moves=number, updated_at=func.clock_timestamp()
    )
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"moves": statement.excluded.moves})
    )


def forget(connection: Connection, name: str) -> None:
    """The index is gone."""
    connection.execute(index_state.delete().where(index_state.c.name == name))
