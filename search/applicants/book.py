"""The book of applicants: what is new in records is resolved and written down, before they are indexed."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from psycopg import Cursor

from register.applicants import identity_of
from register.model import Party, Record
from register.spelling import Spelling, spelling_of
from register.store.applicants import (
    LinkRow,
    Merges,
    NameRow,
    SpellingRow,
    Versions,
    all_names,
    applicants_of,
    held_spellings,
    insert_links,
    insert_names,
    insert_spellings,
    learned_keys,
    lock_state,
    names_changed,
    pack_keys,
    set_name,
    set_roots,
    settle,
)
from register.store.database import Database, driver
from register.store.packing import storable
from search.applicants.preparing import Prepared, all_prepared
from search.applicants.resolver import Link, Placed, Resolver
from search.document import MAX_APPLICANTS
from search.keys.scripts import script_of

log = logging.getLogger("ipregister.applicants")

_DELIVERED_TOGETHER = 0.97
_AT_ONCE = 5000

Pair = tuple[Spelling, Spelling]


class Met(NamedTuple):
    """Records of which the applicants were looked up: for each, the ids of its spellings by name; the
    applicants of those that are held; the spellings that are new; and the pairs of spellings that came
    together and are not one applicant's yet.
    """

    named: list[dict[str, int]]
    held: dict[int, str]
    fresh: list[Spelling]
    apart: list[Pair]


class ApplicantBook:
    """Resolves the applicants of records. Any number of processes may have one: each waits for the other, and
    reads anew what the other has written. Not to be shared between threads.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._resolver: Resolver | None = None
        self._versions: Versions | None = None
        self._aparts: dict[int, str] = {}
        self._tried: set[tuple[int, int]] = set()

    def meet(self, records: Sequence[Record]) -> Met:
        """Look up the applicants of records."""
        wanted: dict[int, Spelling] = {}
        pairs: dict[Pair, None] = {}
        named: list[dict[str, int]] = []
        for record in records:
            of_record: dict[str, int] = {}
            for party in _named(record):
                spelling = spelling_of(record.office, party)
                of_record[party.name] = spelling.id
                wanted[spelling.id] = spelling
                for other in _in_another_script(party) if party.names else ():
                    wanted[other.id] = other
                    pairs[spelling, other] = None
            named.append(of_record)
        held = self._database.read(lambda connection: applicants_of(connection, wanted))
        fresh = [spelling for identity, spelling in wanted.items() if identity not in held]
        return Met(named, held, fresh, [pair for pair in pairs if self._is_apart(pair, held)])

    def resolve(self, met: Met, fresh: Sequence[Prepared]) -> list[Mapping[str, str]]:
        """For each record met, its applicants' ids by name. What is new is resolved first; `fresh` are
        `Met.fresh`, prepared.
        """
        known = dict(met.held)
        if met.fresh or met.apart:
            known |= self._write(met.fresh, fresh, met.apart)
        return [{name: known[spelling] for name, spelling in of_record.items()} for of_record in met.named]

    def add(self, spellings: Sequence[Spelling]) -> dict[int, str]:
        """The applicants of spellings by their ids, those that are new resolved."""
        wanted = {spelling.id: spelling for spelling in spellings}
        held = self._database.read(lambda connection: applicants_of(connection, wanted))
        fresh = [spelling for identity, spelling in wanted.items() if identity not in held]
        return {**held, **self._write(fresh, all_prepared(fresh), [])} if fresh else held

    def _is_apart(self, pair: Pair, held: Mapping[int, str]) -> bool:
        """Whether two spellings that came together are not known to be of one applicant, and this is new."""
        one, other = pair[0].id, pair[1].id
        if (one, other) in self._tried:
            return False
        return one not in held or other not in held or held[one] != held[other]

    def _write(
        self, fresh: Sequence[Spelling], ready: Sequence[Prepared], pairs: Sequence[Pair]
    ) -> dict[int, str]:
        """Resolve what is new, which somebody else may have done meanwhile, in one transaction; the
        applicants of all these spellings. Where it fails, all that is known is read anew.
        """
        try:
            with self._database.writing() as connection:
                cursor = driver(connection).cursor()
                self._bring_up(cursor, lock_state(cursor))
                for start in range(0, len(fresh), _AT_ONCE):
                    some = slice(start, start + _AT_ONCE)
                    self._write_some(cursor, fresh[some], ready[some])
                self._join(cursor, pairs)
                names_changed(cursor)
                of_pairs = (spelling.id for pair in pairs for spelling in pair)
                found = held_spellings(cursor, {*(spelling.id for spelling in fresh), *of_pairs})
            assert self._versions is not None
            self._versions = self._versions._replace(names=self._versions.names + 1)
        except BaseException:
            self._resolver = None
            raise
        self._tried.update((one.id, other.id) for one, other in pairs)
        return found

    def _bring_up(self, cursor: Cursor[Any], versions: Versions) -> None:
        """Know what the register knows."""
        if self._resolver is None or self._versions is None or versions.names != self._versions.names:
            self._resolver, self._aparts = _read(cursor)
        elif versions.decisions != self._versions.decisions:
            self._aparts = _read_aparts(cursor)
            self._tried.clear()
        self._versions = versions

    def _write_some(
        self, cursor: Cursor[Any], some: Sequence[Spelling], all_ready: Sequence[Prepared]
    ) -> None:
        resolver = self._resolver
        assert resolver is not None
        held = held_spellings(cursor, [spelling.id for spelling in some])
        both = zip(some, all_ready, strict=True)
        left = [(spelling, ready) for spelling, ready in both if spelling.id not in held]
        fresh, fresh_ready = [spelling for spelling, _ in left], [ready for _, ready in left]
        before = len(resolver)
        placed = resolver.place_all(fresh, fresh_ready)
        moved = resolver.take_moved()
        names = [self._name_row(place) for place in range(before, len(resolver))]
        for one in placed:
            self._stay_apart(one, before, names)
        insert_names(cursor, names)
        merges = Merges(cursor)
        insert_spellings(
            cursor,
            [
                self._spelling_row(spelling, ready, one, merges)
                for (spelling, ready), one in zip(left, placed, strict=True)
            ],
        )
        self._write_links(cursor, [link for one in placed for link in one.links])
        for one in placed:
            if one.renamed and one.place < before:
                set_name(
                    cursor, one.place, storable(resolver.texts[one.place]), resolver.countries[one.place]
                )
        self._write_moved(cursor, [place for place in moved if place < before], merges)

    def _join(self, cursor: Cursor[Any], pairs: Sequence[Pair]) -> None:
        """Take names for one that came together in one party."""
        resolver = self._resolver
        assert resolver is not None
        if not pairs:
            return
        places = dict(
            cursor.execute(
                "SELECT id, place FROM applicant_spelling WHERE id = ANY(%s)",
                ([spelling.id for pair in pairs for spelling in pair],),
            ).fetchall()
        )
        links: list[Link] = []
        for one, other in pairs:
            link = resolver.join(places[one.id], places[other.id], "delivered together", _DELIVERED_TOGETHER)
            if link is not None:
                links.append(link)
        self._write_links(cursor, links)
        self._write_moved(cursor, resolver.take_moved(), Merges(cursor))

    def _write_links(self, cursor: Cursor[Any], links: Sequence[Link]) -> None:
        insert_links(cursor, [LinkRow(link.one, link.other, link.score, link.evidence) for link in links])

    def _write_moved(self, cursor: Cursor[Any], places: Sequence[int], merges: Merges) -> None:
        resolver = self._resolver
        assert resolver is not None
        if places:
            set_roots(cursor, {place: resolver.root(place) for place in places})
            settle(cursor, "spelling.place = ANY(%s)", (list(places),), Merges(cursor) if merges else merges)

    def _name_row(self, place: int) -> NameRow:
        resolver = self._resolver
        assert resolver is not None
        return NameRow(
            resolver.identities[place],
            place,
            resolver.root(place),
            None,
            resolver.countries[place],
            storable(resolver.texts[place]),
            storable(resolver.cores[place]),
            pack_keys(resolver.take_keys(place)),
        )

    def _stay_apart(self, one: Placed, before: int, names: list[NameRow]) -> None:
        """A new name that is like one that somebody has given to an applicant of its own goes there too."""
        if not self._aparts or not one.is_new:
            return
        apart = next((self._aparts[link.other] for link in one.links if link.other in self._aparts), None)
        if apart is not None:
            self._aparts[one.place] = apart
            names[one.place - before] = names[one.place - before]._replace(apart=apart)

    def _spelling_row(self, spelling: Spelling, ready: Prepared, one: Placed, merges: Merges) -> SpellingRow:
        resolver = self._resolver
        assert resolver is not None
        apart = self._aparts.get(one.place)
        applicant = apart if apart is not None else identity_of(resolver.identities[resolver.root(one.place)])
        return SpellingRow(
            spelling.id,
            one.place,
            one.score,
            one.evidence,
            merges.follow(applicant),
            None,
            spelling.country,
            spelling.office,
            None if spelling.number is None else storable(spelling.number),
            storable(ready.typed),
            ready.heard,
            storable(spelling.name),
            pack_keys(one.learned),
        )


def _named(record: Record) -> list[Party]:
    return [party for party in record.applicants[:MAX_APPLICANTS] if party.name]


def _in_another_script(party: Party) -> list[Spelling]:
    """The spellings of a party in other scripts than its name's, which came with it."""
    script = script_of(party.name)
    return [
        Spelling(text.text, party.country)
        for text in party.names
        if text.text and text.text != party.name and script_of(text.text) != script
    ]


def _read(cursor: Cursor[Any]) -> tuple[Resolver, dict[int, str]]:
    resolver = Resolver()
    places: list[np.ndarray[Any, np.dtype[np.int32]]] = []
    keys: list[np.ndarray[Any, np.dtype[np.int64]]] = []
    for row in all_names(cursor):
        resolver.take(row)
        held = np.frombuffer(row.keys, np.int64)
        keys.append(held)
        places.append(np.full(len(held), row.place, np.int32))
    for place, packed in learned_keys(cursor):
        held = np.frombuffer(packed, np.int64)
        keys.append(held)
        places.append(np.full(len(held), place, np.int32))
    if keys:
        resolver.load_keys(np.concatenate(keys), np.concatenate(places))
    return resolver, _read_aparts(cursor)


def _read_aparts(cursor: Cursor[Any]) -> dict[int, str]:
    return dict(cursor.execute("SELECT place, apart FROM applicant_name WHERE apart IS NOT NULL").fetchall())
