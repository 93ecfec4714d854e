"""How far an index follows the register is remembered by the index's name."""

from register.store.database import Database
from register.store.index_states import forget, mark_reached, reached


def test_an_index_never_written_is_at_the_beginning(database: Database) -> None:
    with database.reading() as connection:
        assert reached(connection, "marks-1") == 0


def test_the_timepoint_reached_is_remembered_by_name(database: Database) -> None:
    with database.writing() as connection:
        mark_reached(connection, "marks-1", 5)
        mark_reached(connection, "marks-2", 7)
        mark_reached(connection, "marks-1", 9)
    with database.reading() as connection:
        assert (reached(connection, "marks-1"), reached(connection, "marks-2")) == (9, 7)


def test_an_index_that_is_gone_is_forgotten(database: Database) -> None:
    with database.writing() as connection:
        mark_reached(connection, "marks-1", 5)
        forget(connection, "marks-1")
        assert reached(connection, "marks-1") == 0
