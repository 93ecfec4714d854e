"""After a change of the tables of an office, the register is brought to what it would be had they always been
so.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from ingest.feed_run import InterruptedReadingError
from ingest.pipeline import Loader
from ingest.profile_files import use_folder
from ingest.replaying import Replay
from ingest.reprocessing import Reprocess
from register.model import Right
from register.store import reprocessing as store
from register.store.database import Database
from register.store.feeds import Feed, FeedStateError, find_feed
from register.store.guard import Guard, MassEndingError
from register.store.offices import miscounted
from register.store.quarantine import correct, list_of_office
from register.store.reading import find_records
from register.store.rehearsal import list_rehearsed, read_rehearsal
from register.store.replays import ask_replay
from register.store.reprocesses import ask_reprocess
from register.store.undo import Undo, ask_undo
from tests.app.http.conftest import MARKS_SG, Line, jsonl

OLD = 'office = "{0}"\nname = "Mine"\nmapping = "2030-01-01"\n[[status]]\nregistered = ["Alive", "Gone"]\n'
NEW = (
    'office = "{0}"\nname = "Mine"\nmapping = "2030-02-02"\ndelivers-for = ["BN"]\n'
    '[[status]]\nended = ["Alive"]\npending = ["Asleep"]\nregistered = ["Gone"]\n'
    '[kinds]\n"Curious" = "certification"\n'
)
_TABLES = "feed, change, record, publication, source_block, office_right, quarantine"
_IPAS = "http://www.wipo.int/standards/XMLSchema/trademarks"


class Register:
    """A register whose offices' tables are written by the test."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.folder = database, folder
        (folder / "offices").mkdir()
        use_folder(folder / "offices")

    def tables(self, office: str, table: str) -> None:
        (self.folder / "offices" / f"{office}.toml").write_text(table.format(office), encoding="utf-8")

    def takes(self, office: str, name: str, body: bytes, format_name: str | None = None) -> Feed:
        path = self.folder / name
        path.write_bytes(body)
        return Loader(self.database, office, format_name).load(path).feed

    def reprocesses(
        self,
        office: str,
        right: Right | None = None,
        *,
        dry_run: bool = False,
        guard: Guard | None = None,
        is_interrupted: Callable[[], bool] = lambda: False,
    ) -> Feed:
        with self.database.writing() as connection:
            feed = ask_reprocess(connection, office, right, dry_run=dry_run)
        return Reprocess(self.database, feed, guard, is_interrupted).run()

    def again(self, feed: Feed) -> Feed:
        return Reprocess(self.database, feed).run()

    def undoes(self, feed: Feed) -> Feed:
        with self.database.writing() as connection:
            undoing = ask_undo(connection, feed.id, leaves_changed=False)
        Undo(self.database, undoing).run()
        done = self.database.read(lambda connection: find_feed(connection, undoing.id))
        assert done is not None
        assert done.state == "done"
        return done

    def content(self) -> dict[str, bytes]:
        """What is held, by id."""
        query = text(
            "SELECT record.id, change.body FROM record JOIN change ON change.timepoint = record.timepoint"
            " WHERE NOT record.deleted ORDER BY record.id"
        )
        with self.database.reading() as connection:
            assert miscounted(connection) == []
            return {row.id: bytes(row.body) for row in connection.execute(query)}

    def count(self, query: str) -> int:
        with self.database.reading() as connection:
            return int(connection.scalar(text(query)) or 0)

    def empties(self) -> None:
        with self.database.writing() as connection:
            connection.execute(text(f"TRUNCATE {_TABLES} CASCADE"))


@pytest.fixture
def register(fresh_database_url: str, tmp_path: Path) -> Iterator[Register]:
    with closing(Database(fresh_database_url)) as database:
        yield Register(database, tmp_path)
    use_folder(None)


def line(number: int, status: str = "Alive", **more: Any) -> Line:
    return {**MARKS_SG[1], "applicationNumber": f"40{number:09d}K", "status": {"office": status}, **more}


def deletes(number: int) -> bytes:
    told = line(number)
    kept = {name: told[name] for name in ("office", "right", "applicationNumber")}
    return jsonl([{**kept, "operation": "delete"}])


def words(*status: str) -> bytes:
    return jsonl([line(number, one) for number, one in enumerate(status)])


def case(serial: int, header: str, day: str = "20240130") -> str:
    return (
        f"<case-file><serial-number>{90000000 + serial}</serial-number>"
        f"<transaction-date>{day}</transaction-date>{header}</case-file>"
    )


def daily(made: str, *cases: str) -> bytes:
    return (
        "<trademark-applications-daily><version><version-no>2.0</version-no></version>"
        f"<creation-datetime>{made}</creation-datetime><application-information><file-segments>"
        f"<action-keys>{''.join(cases)}</action-keys></file-segments></application-information>"
        "</trademark-applications-daily>"
    ).encode()


def header(word: str, **parts: str) -> str:
    inner = "".join(
        f"<{name.replace('_', '-')}>{value}</{name.replace('_', '-')}>" for name, value in parts.items()
    )
    code = f"<status-code>{word}</status-code>" if word else ""
    return f"<case-file-header>{inner}{code}</case-file-header>"


def marks(*found: tuple[str, str]) -> bytes:
    inner = "".join(
        "<TransactionContentDetails><TransactionCode>Trademark</TransactionCode><TransactionData>"
        f"<TradeMarkDetails><TradeMark><ApplicationNumber>{number}</ApplicationNumber>"
        f"<MarkCurrentStatusCode>{word}</MarkCurrentStatusCode><KindMark>Curious</KindMark></TradeMark>"
        "</TradeMarkDetails></TransactionData></TransactionContentDetails>"
        for number, word in found
    )
    return (
        f'<Transaction xmlns="{_IPAS}"><TransactionHeader><SenderDetails><RequestProducerDateTime>'
        "2024-03-01T10:00:00+07:00</RequestProducerDateTime></SenderDetails></TransactionHeader>"
        f"<TradeMarkTransactionBody>{inner}</TradeMarkTransactionBody></Transaction>"
    ).encode()


_NO_DAY = {"filingDate": "2024-13-45"}
_OLDER = header("630", mark_identification="OLD", registration_date="20200630")
_CSV = b"office,right,applicationNumber,text,filingDate,status\n"
Delivery = tuple[str, bytes]
DELIVERIES: dict[str, tuple[str, str, str, list[Delivery]]] = {
    "jsonl": (
        "SG",
        OLD,
        NEW,
        [
            ("a.jsonl", words("Alive", "Asleep", "Alive", "Strange")),
            ("b.jsonl", words("Asleep", "Alive") + jsonl([line(9, office="BN"), line(8, **_NO_DAY)])),
            ("a.jsonl", words("Alive", "Asleep", "Alive", "Strange")),
            (
                "c.jsonl",
                deletes(2),
            ),
        ],
    ),
    "csv": (
        "SG",
        OLD,
        NEW,
        [
            ("a.csv", _CSV + b"SG,trademark,1,ONE,2020-01-31,Alive\nSG,trademark,2,TWO,2020-01-31,Asleep\n"),
            ("b.csv", _CSV + b"SG,trademark,1,ONE,2020-02-28,Alive\nBN,trademark,3,THREE,2020-01-31,Alive\n"),
        ],
    ),
    "st66": (
        "SG",
        OLD,
        NEW,
        [
            ("a.xml", marks(("1", "Alive"), ("2", "Asleep"))),
            ("b.xml", marks(("2", "Alive"), ("3", "Strange"))),
        ],
    ),
    "uspto-daily": (
        "US",
        'office = "{0}"\nname = "Mine"\nmapping = "2030-01-01"\ninherits = ["us"]\n',
        'office = "{0}"\nname = "Mine"\nmapping = "2030-02-02"\ninherits = ["us"]\n'
        '[[status]]\nended = ["700"]\npending = ["630"]\n',
        [
            (
                "a.xml",
                daily(
                    "202401310415",
                    case(1, header("700", filing_date="20200131", mark_identification="ONE")),
                    case(2, header("630", filing_date="20200131", mark_identification="TWO")),
                ),
            ),
            # Later, without the status: it stays; an empty name clears it.
            ("b.xml", daily("202402020415", case(1, header("", mark_identification=""), "20240201"))),
            # Made earlier than what is held: only what nobody stated later counts.
            ("c.xml", daily("202401200415", case(1, _OLDER, "20240119"))),
            ("d.xml", daily("202402030415", case(2, header("700"), "20240202"))),
            # The same again with a later time: nothing new, but newer.
            ("e.xml", daily("202402090415", case(2, header("700"), "20240202"))),
        ],
    ),
    "described": (
        "FJ",
        OLD + '[[formats]]\nname = "fj-csv"\nkind = "csv"\nseparator = ";"\n'
        'columns = {{ "Ref" = "applicationNumber", "Mark" = "texts", "State" = "status" }}\n',
        NEW + '[[formats]]\nname = "fj-csv"\nkind = "csv"\nseparator = ";"\n'
        'columns = {{ "Ref" = "applicationNumber", "Mark" = "texts", "State" = "status", '
        '"Day" = "filingDate" }}\n',
        [
            ("a.txt", b"Ref;Mark;State;Day\n1;BURE;Alive;2020-01-31\n2;VALE;Asleep;2020-01-31\n3;X\n"),
            ("b.txt", b"Ref;Mark;State;Day\n1;BURE;Alive;2020-02-28\n"),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DELIVERIES)
def test_the_outcome_is_that_of_a_fresh_register_fed_with_the_same_files(
    register: Register, name: str
) -> None:
    office, old, new, deliveries = DELIVERIES[name]
    register.tables(office, new)
    for file, body in deliveries:
        register.takes(office, file, body)
    fresh = register.content()
    register.empties()
    register.tables(office, old)
    for file, body in deliveries:
        register.takes(office, file, body)
    before = register.content()
    assert before != fresh
    register.tables(office, new)
    feeds = [register.reprocesses(office)]
    if any(key.startswith("bn-") for key in fresh):
        feeds.append(register.reprocesses("BN"))
    assert register.content() == fresh
    assert feeds[0].state == "done"
    assert feeds[0].counts.updated > 0
    versions = register.count("SELECT count(*) FROM change")
    for office_again in {feed.office for feed in feeds}:
        again = register.reprocesses(office_again)
        assert (again.counts.updated, again.counts.created, again.counts.deleted) == (0, 0, 0)
    assert register.count("SELECT count(*) FROM change") == versions
    for file, body in deliveries:
        register.takes(office, file, body)
    assert register.content() == fresh


def test_a_changed_record_has_the_mapping_and_the_source_in_its_provenance(register: Register) -> None:
    register.tables("SG", OLD)
    delivered = register.takes("SG", "a.jsonl", words("Alive", "Gone"))
    register.tables("SG", NEW)
    feed = register.reprocesses("SG")
    assert (feed.counts.read, feed.counts.updated, feed.counts.unchanged) == (2, 1, 1)
    held = register.database.read(lambda connection: find_records(connection, ["sg-tm-40000000000k"]))
    version = held["sg-tm-40000000000k"]
    assert (version.version, version.record.status.plain) == (2, "ended")
    provenance = version.provenance
    assert (provenance.feed, provenance.mapping) == (feed.id, "2030-02-02")
    assert provenance.file == f"a.jsonl of feed {delivered.id}"
    assert (provenance.format, provenance.record) == ("jsonl", 1)


def test_a_dry_run_tells_what_would_change_and_changes_nothing(register: Register) -> None:
    register.tables("SG", OLD)
    register.takes("SG", "a.jsonl", words(*["Alive"] * 6, "Gone"))
    before = register.content()
    register.tables("SG", NEW)
    dry = register.reprocesses("SG", dry_run=True, guard=Guard(lambda *_: 0.5, 5))
    assert (dry.counts.read, dry.counts.updated, dry.counts.unchanged) == (7, 6, 1)
    assert register.content() == before
    found = register.database.read(lambda connection: read_rehearsal(connection, dry.id))
    effects = found.rights["trademark"]
    assert effects.by_field() == [("status", 6)]
    assert effects.by_status() == [("registered", "ended", 6)]
    assert found.held is not None
    assert "6 of the 7" in found.held
    (one,) = register.database.read(
        lambda connection: list_rehearsed(connection, dry.id, status_before="registered", limit=1)
    )
    assert (one.record_id, one.kind) == ("sg-tm-40000000000k", "updated")
    assert register.count("SELECT count(*) FROM change") == 7


def test_it_is_held_where_it_would_end_too_much(register: Register) -> None:
    register.tables("SG", OLD)
    register.takes("SG", "a.jsonl", words(*["Alive"] * 6, "Gone"))
    before = register.content()
    register.tables("SG", NEW)
    with pytest.raises(MassEndingError, match="6 of the 7"):
        register.reprocesses("SG", guard=Guard(lambda *_: 0.5, 5))
    assert register.content() == before


def test_it_is_undone_as_a_whole(register: Register) -> None:
    register.tables("SG", OLD)
    register.takes("SG", "a.jsonl", words("Alive", "Asleep", "Strange") + jsonl([line(7, kind="Curious")]))
    before = register.content()
    register.tables("SG", NEW)
    feed = register.reprocesses("SG")
    after = register.content()
    assert before != after
    undoing = register.undoes(feed)
    assert register.content() == before
    register.undoes(undoing)
    assert register.content() == after


def test_what_stood_in_quarantine_is_taken_where_it_can_be_now(register: Register) -> None:
    register.tables("BN", OLD.replace("[[status]]", 'delivers-for = ["BN"]\n[[status]]'))
    one = OLD.replace("[[status]]", '[dates]\nmalformed = "refused"\n[[status]]')
    register.tables("SG", one)
    feed = register.takes("SG", "a.jsonl", jsonl([line(1), line(2, filingDate="soon"), line(3)]))
    assert feed.counts.quarantined == 1
    register.tables("SG", one.replace("refused", "absent").replace("2030-01", "2030-03"))
    done = register.reprocesses("SG")
    assert (done.counts.created, done.counts.quarantined) == (1, 0)
    (item,) = register.database.read(lambda connection: list_of_office(connection, "SG", is_open=False))
    assert item.resolved_by == done.id
    again = register.reprocesses("SG")
    assert (again.counts.created, again.counts.unchanged) == (0, 3)
    register.undoes(done)
    (item,) = register.database.read(lambda connection: list_of_office(connection, "SG"))
    assert item.resolved_by is None
    assert len(register.content()) == 2


def test_what_was_undone_does_not_come_back(register: Register) -> None:
    register.tables("SG", OLD)
    register.takes("SG", "a.jsonl", words("Alive"))
    wrong = register.takes("SG", "b.jsonl", words("Asleep", "Alive"))
    register.undoes(wrong)
    register.tables("SG", NEW)
    register.reprocesses("SG")
    held = register.database.read(lambda read: find_records(read, list(register.content())))
    assert [one.record.status.plain for one in held.values()] == ["ended"]


def test_what_was_corrected_and_replayed_stays_corrected(register: Register) -> None:
    register.tables("SG", OLD)
    feed = register.takes("SG", "a.jsonl", jsonl([line(1, filingDate="2024-13-45")]))
    with register.database.writing() as connection:
        (item,) = list_of_office(connection, "SG")
        correct(connection, item.id, item.source.replace(b"2024-13-45", b"2024-01-31"))
        replay = ask_replay(connection, "SG", feed_id=feed.id)
    Replay(register.database, replay).run()
    register.tables("SG", NEW)
    done = register.reprocesses("SG")
    assert (done.counts.read, done.counts.updated) == (1, 1)
    (held,) = register.database.read(lambda read: list(find_records(read, list(register.content())).values()))
    assert (held.record.status.plain, str(held.record.filing_date)) == ("ended", "2024-01-31")


def test_one_right_alone_is_read_again(register: Register) -> None:
    register.tables("SG", OLD)
    patent = {"office": "SG", "right": "patent", "applicationNumber": "10", "status": {"office": "Alive"}}
    register.takes("SG", "a.jsonl", words("Alive") + jsonl([patent]))
    register.tables("SG", NEW)
    done = register.reprocesses("SG", "patent")
    assert (done.counts.read, done.counts.updated, done.name) == (1, 1, "reprocessing of patents of SG")
    with register.database.writing() as connection:
        first = ask_reprocess(connection, "SG")
        with pytest.raises(FeedStateError, match=f"feed {first.id} of SG reads everything again"):
            ask_reprocess(connection, "SG")


@pytest.mark.parametrize("seed", range(3))
def test_stopped_anywhere_it_goes_on_and_does_nothing_twice(
    register: Register, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(store, "_AT_ONCE", 7)
    monkeypatch.setattr(store, "_BLOCKS_AT_ONCE", 1)
    register.tables("SG", OLD)
    draw = random.Random(seed)
    for name in "abc":
        register.takes(
            "SG",
            f"{name}.jsonl",
            jsonl([line(draw.randrange(40), draw.choice(["Alive", "Gone"])) for _ in range(60)]),
        )
    register.tables("SG", NEW)
    with register.database.writing() as connection:
        feed = ask_reprocess(connection, "SG")
    stops = 0
    while True:
        looks = iter([False] * draw.randrange(8))
        try:
            done = Reprocess(register.database, feed, None, lambda looks=looks: next(looks, True)).run()  # type: ignore[misc]
            break
        except InterruptedReadingError:
            stops += 1
        if stops > 6:
            done = register.again(feed)
            break
    assert stops > 0
    assert done.counts.read == len(register.content())
    wanted = register.content()
    assert register.count(f"SELECT count(*) FROM source_block WHERE feed_id = {feed.id}") > 0
    made = register.count(
        f"SELECT count(*) FROM change JOIN source_block AS b ON b.id = block_id WHERE b.feed_id = {feed.id}"
    )
    assert made == done.counts.updated
    again = register.reprocesses("SG")
    assert again.counts.updated == 0
    assert register.content() == wanted


def test_what_is_taken_in_meanwhile_is_followed(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_AT_ONCE", 3)
    register.tables("SG", OLD)
    register.takes("SG", "a.jsonl", words(*["Alive"] * 10))
    register.tables("SG", NEW)
    with register.database.writing() as connection:
        feed = ask_reprocess(connection, "SG")
    calls = 0

    def between() -> None:
        nonlocal calls
        calls += 1
        if calls == 4:
            register.takes("SG", "b.jsonl", jsonl([line(1, "Asleep"), line(9, "Asleep"), line(20, "Alive")]))

    done = Reprocess(register.database, feed, between=between).run()
    assert done.state == "done"
    held = register.database.read(lambda read: find_records(read, list(register.content())))
    by_number = {int(key[6:-1]) - 40_000_000_000: one.record.status.plain for key, one in held.items()}
    assert by_number == {**dict.fromkeys(range(10), "ended"), 1: "pending", 9: "pending", 20: "ended"}
