"""Sessions of the console: known by their secret, for as long as they and their key are good."""

import datetime as dt

from sqlalchemy import func, select, update

from register.store.audit import Actor
from register.store.database import Database
from register.store.keys import check_key, create_key, revoke_key
from register.store.schema import api_key, console_session
from register.store.sessions import Session, begin_session, end_session, find_session, forget_sessions

HOUR = dt.timedelta(hours=1)
SOMEBODY = Actor(who="key 0123", office="SG")


def begun(database: Database, keep: dt.timedelta = HOUR) -> Session:
    with database.writing() as connection:
        key = check_key(connection, create_key(connection, "SG", purpose="read").key)
        assert key is not None
        return begin_session(connection, key, keep, SOMEBODY)


def found(database: Database, session: Session, idle: dt.timedelta = HOUR) -> Session | None:
    with database.writing() as connection:
        return find_session(connection, session.secret, idle)


def kept(database: Database) -> int:
    with database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(console_session)) or 0


def test_a_session_is_known_by_its_secret_and_has_its_key(database: Database) -> None:
    session = begun(database)
    again = found(database, session)
    assert again is not None
    assert (again.key.office, again.key.purpose, again.key.id) == ("SG", "read", session.key.id)
    with database.writing() as connection:
        assert find_session(connection, session.secret + "x", HOUR) is None
        assert find_session(connection, "", HOUR) is None


def test_a_session_ends_when_its_key_is_revoked_or_expires(database: Database) -> None:
    session = begun(database)
    with database.writing() as connection:
        connection.execute(update(api_key).values(expires_at=func.clock_timestamp()))
    assert found(database, session) is None
    session = begun(database)
    with database.writing() as connection:
        revoke_key(connection, session.key.id)
    assert found(database, session) is None


def test_who_is_seen_stays_signed_in_and_uses_the_key(database: Database) -> None:
    session = begun(database)
    back = func.clock_timestamp() - dt.timedelta(minutes=50)
    with database.writing() as connection:
        connection.execute(update(console_session).values(seen_at=back))
        connection.execute(update(api_key).values(last_used_at=back))
    assert found(database, session) is not None
    with database.reading() as connection:
        seen = connection.scalar(select(console_session.c.seen_at))
        used = connection.scalar(select(api_key.c.last_used_at))
    for moment in (seen, used):
        assert moment is not None
        assert dt.datetime.now(dt.UTC) - moment < dt.timedelta(minutes=1)


def test_sessions_that_have_ended_are_forgotten_and_others_stay(database: Database) -> None:
    over, idle, good, out = (begun(database) for _ in range(4))
    with database.writing() as connection:
        end_session(connection, out, SOMEBODY)
    assert kept(database) == 3
    past = func.clock_timestamp() - 2 * HOUR
    with database.writing() as connection:
        for session, column in ((over, "expires_at"), (idle, "seen_at")):
            mine = console_session.c.key_id == session.key.id
            connection.execute(update(console_session).where(mine).values({column: past}))
        assert forget_sessions(connection, HOUR) == 2
    assert kept(database) == 1
    assert found(database, good) is not None
