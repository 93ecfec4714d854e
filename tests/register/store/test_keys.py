"""Keys of offices: shown once, kept as a hash, ended by time or by hand."""

import datetime as dt

from sqlalchemy import select

from register.store.database import Database
from register.store.keys import check_key, create_key, list_keys, revoke_key
from register.store.schema import api_key


def test_a_key_is_known_by_what_was_shown_once(database: Database) -> None:
    with database.writing() as connection:
        new = create_key(connection, "SG", purpose="read", words="nightly feed")
        known = check_key(connection, new.key)
        assert check_key(connection, new.key + "x") is None
        assert check_key(connection, "") is None
    assert known is not None
    assert (known.id, known.office, known.purpose, known.note) == (new.id, "SG", "read", "nightly feed")


def test_the_key_itself_is_not_kept(database: Database) -> None:
    with database.writing() as connection:
        new = create_key(connection, "SG")
        row = connection.execute(select(api_key)).one()
    assert new.key.encode() not in b"".join(bytes(str(value), "utf-8") for value in row)
    assert new.key.encode() not in row.hash


def test_a_revoked_key_is_not_known_any_more(database: Database) -> None:
    with database.writing() as connection:
        new = create_key(connection, "SG")
        assert revoke_key(connection, new.id)
        assert check_key(connection, new.key) is None
        revoked = list_keys(connection)[0].revoked_at
        assert revoked is not None
        assert revoke_key(connection, new.id)
        assert list_keys(connection)[0].revoked_at == revoked
        assert not revoke_key(connection, "nothing")


def test_an_expired_key_is_not_known_any_more(database: Database) -> None:
    now = dt.datetime.now(dt.UTC)
    with database.writing() as connection:
        old = create_key(connection, "SG", expires_at=now - dt.timedelta(seconds=1))
        good = create_key(connection, "SG", expires_at=now + dt.timedelta(hours=1))
        assert check_key(connection, old.key) is None
        assert check_key(connection, good.key) is not None


def test_keys_are_listed_by_office_with_their_last_use(database: Database) -> None:
    with database.writing() as connection:
        used = create_key(connection, "SG")
        create_key(connection, "TH")
        check_key(connection, used.key)
    with database.reading() as connection:
        [known] = list_keys(connection, "SG")
        assert len(list_keys(connection)) == 2
    assert known.last_used_at is not None
