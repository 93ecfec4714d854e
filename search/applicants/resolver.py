"""Spellings put together to applicants, one after another, each compared with the few that it may be.

A name that is new joins the applicant that it is likest to, by evidence that is kept. Two applicants become
one only where their other names do not speak against it, so that no chain of likenesses joins strangers.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from register.applicants import further_number
from register.spelling import Spelling
from register.store.applicants import NameRow
from search.applicants.blocking import Keys, Kind
from search.applicants.calling import typed_of
from search.applicants.crossing import score as heard_alike
from search.applicants.heard import heard
from search.applicants.key_index import KeyIndex, Places
from search.applicants.likeness import AGAINST, judge
from search.applicants.name import Name, name_of
from search.applicants.preparing import Prepared, prepared

ENOUGH = 0.8
_SURE = 0.88
# How many names may hold a key for it to lead to them, by kind.
_MOST = {
    Kind.NAME: 64,
    Kind.WORDS: 64,
    Kind.SPELLING: 96,
    Kind.INITIALS: 24,
    Kind.HEARD: 400,
    Kind.DICTIONARY: 48,
    Kind.NUMBER: 8,
}
_PIECES_IN_COMMON = 2
_MOST_EDITS = 2
_MOST_COMPARED = 32
_MOST_WITNESSES = 6
_TOO_CLOSE = 0.03
_MOST_JOINED = 4


class Link(NamedTuple):
    """Two names taken for one applicant's: by their places, with the evidence and its score from 0 to 1."""

    one: int
    other: int
    evidence: str
    score: float


class Placed(NamedTuple):
    """What became of a spelling. `place` is that of its name; `is_new` says whether that name was not known,
    `renamed` whether this spelling stands for it from now on. `evidence` and `score` are those of being that
    name, `links` those found with others because of it, `learned` further keys that lead to it.
    """

    place: int
    is_new: bool
    evidence: str
    score: float
    links: tuple[Link, ...] = ()
    learned: tuple[int, ...] = ()
    renamed: bool = False


class Resolver:
    """Names by their places, 0 and on in the order of being met, and which of them are one applicant.

    `root` of a place is the oldest name of its applicant. Not to be shared between threads.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.countries: list[str | None] = []
        self.cores: list[str] = []
        self.identities: list[int] = []
        self._roots: list[int] = []
        self._members: dict[int, list[int]] = {}
        self._index = KeyIndex()
        self._words: Counter[str] = Counter()
        self._moved: dict[int, None] = {}
        self._new_keys: dict[int, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self.texts)

    def root(self, place: int) -> int:
        return self._roots[place]

    def members(self, place: int) -> Sequence[int]:
        """All names of the applicant that a name is of, the oldest first."""
        return self._members.get(self._roots[place]) or (self._roots[place],)

    def take(self, row: NameRow) -> None:
        """A name that was resolved before, the next in order; its keys come by `load_keys`."""
        assert row.place == len(self.texts)
        self.texts.append(row.name)
        self.countries.append(row.country)
        self.cores.append(row.core)
        self.identities.append(row.identity)
        self._roots.append(row.root)
        if row.root != row.place:
            self._members.setdefault(row.root, [row.root]).append(row.place)
        self._words.update(set(typed_of(row.name).split()))

    def load_keys(self, keys: NDArray[np.int64], places: Places) -> None:
        """The keys of all names taken, and the identities of names beside them."""
        identities = np.array(self.identities, np.int64)
        own = np.arange(len(identities), dtype=np.int32)
        self._index.load(np.concatenate((keys, identities)), np.concatenate((places, own)))

    def take_moved(self) -> list[int]:
        """The names whose root is another one since this was last asked."""
        moved = list(self._moved)
        self._moved.clear()
        return moved

    def take_keys(self, place: int) -> tuple[int, ...]:
        """The keys of a name that was new, to be kept; once."""
        return self._new_keys.pop(place)

    def place(self, called: Spelling) -> Placed:
        return self.place_all([called], [prepared(called)])[0]

    def place_all(self, all_called: Sequence[Spelling], all_prepared: Sequence[Prepared]) -> list[Placed]:
        """Put spellings in their places, in their order."""
        sought = [key for ready in all_prepared for key, _ in ready.keys.sought]
        generation = self._index.generation
        first, last = map(np.ndarray.tolist, self._index.ranges(sought))
        found: list[Placed] = []
        at = 0
        for called, ready in zip(all_called, all_prepared, strict=True):
            many = len(ready.keys.sought)
            if self._index.generation != generation:
                generation = self._index.generation
                first, last = map(np.ndarray.tolist, self._index.ranges(sought))
            shared = self._sharing(ready.keys, first[at : at + many], last[at : at + many])
            at += many
            found.append(self._place(called, ready, shared))
        return found

    def join(self, one: int, other: int, evidence: str, score: float) -> Link | None:
        """Take two names for one applicant's because something else says so; None where they are already."""
        if self._roots[one] == self._roots[other]:
            return None
        self._unite(one, other)
        return Link(one, other, evidence, score)

    def _sharing(self, keys: Keys, first: Sequence[int], last: Sequence[int]) -> dict[Kind, list[int]]:
        """The names that share keys with one, by kind of key; of those heard alike, the likeliest."""
        found: dict[Kind, list[int]] = {}
        pieces: list[Places] = []
        for (key, kind), start, end in zip(keys.sought, first, last, strict=True):
            recent = self._index.among_recent(key)
            if (not recent and start == end) or end - start + len(recent) > _MOST[kind]:
                continue
            if kind is not Kind.HEARD:
                found.setdefault(kind, []).extend((*self._index.among_many(start, end).tolist(), *recent))
                continue
            if start != end:
                pieces.append(self._index.among_many(start, end))
            if recent:
                pieces.append(np.array(recent, np.int32))
        if len(pieces) > 1:
            found[Kind.HEARD] = _likeliest(pieces)
        return found

    def _place(self, called: Spelling, ready: Prepared, shared: dict[Kind, list[int]]) -> Placed:
        name, keys = ready.name, ready.keys
        exact = self._exact(called, name, shared)
        by_number = sorted(set(shared.get(Kind.NUMBER, ())))
        if exact is not None:
            links = self._linked([Link(exact, other, "office number", 0.99) for other in by_number])
            evidence, score = _being(name, self._name(exact), called.name, self.texts[exact])
            learned = self._learn(exact, keys)
            renamed = self._name(exact).is_person and not name.is_person
            if renamed:
                self.texts[exact], self.countries[exact] = called.name, called.country
            return Placed(exact, False, evidence, score, tuple(links), learned, renamed)
        place = self._new(called, ready)
        links = [Link(place, other, "office number", 0.99) for other in by_number]
        links += self._compared(place, name, called.country, shared)
        return Placed(place, True, "first spelling", 1.0, tuple(self._linked(links)))

    def _exact(self, called: Spelling, name: Name, shared: dict[Kind, list[int]]) -> int | None:
        """The oldest name that has the same core; a person whom an office numbers is no other number's
        namesake.
        """
        same = [place for place in shared.get(Kind.NAME, ()) if self._is_same(name, place)]
        if not same:
            return None
        if name.is_person and called.number:
            numbered = set(shared.get(Kind.NUMBER, ()))
            same = [place for place in same if place in numbered or not self._name(place).is_person]
        return min(same, default=None)

    def _is_same(self, name: Name, place: int) -> bool:
        other = self._name(place)
        if name.numbers != other.numbers:
            return False
        return name.core == other.core or name.raw == other.raw

    def _name(self, place: int) -> Name:
        return name_of(self.texts[place], self.countries[place])

    def _new(self, called: Spelling, ready: Prepared) -> int:
        place = len(self.texts)
        self.texts.append(called.name)
        self.countries.append(called.country)
        self.cores.append(ready.name.core)
        self._roots.append(place)
        identity = self._free_identity(ready.number)
        self.identities.append(identity)
        held = tuple(dict.fromkeys(key for key, _ in ready.keys.held))
        self._new_keys[place] = held
        self._index.add((*held, identity), place)
        self._words.update(set(ready.typed.split()))
        return place

    def _free_identity(self, number: int) -> int:
        """The identity that a name gives, or one made of it where another name has that."""
        found, times = number, 0
        while self._index.find(found):
            times += 1
            found = further_number(number, times)
        return found

    def _learn(self, place: int, keys: Keys) -> tuple[int, ...]:
        """A further spelling of a name that is known: the letters and the number of it lead there too."""
        fresh = tuple(
            key
            for key, kind in keys.held
            if kind in (Kind.NAME, Kind.NUMBER) and place not in self._index.find(key)
        )
        if fresh:
            self._index.add(fresh, place)
        return fresh

    def _compared(
        self, place: int, name: Name, country: str | None, shared: dict[Kind, list[int]]
    ) -> list[Link]:
        """The links of a new name with those it may be, the surest first."""
        near: dict[int, None] = {}
        for kind in (Kind.NAME, Kind.WORDS, Kind.INITIALS, Kind.DICTIONARY):
            near.update(dict.fromkeys(shared.get(kind, ())))
        core, cores = name.core, self.cores
        near.update(
            (other, None)
            for other, halves in Counter(shared.get(Kind.SPELLING, ())).items()
            # A word within may be as long as it wants: HON HAI-CCPBG PRECISION.
            if halves > 1 or OSA.distance(core, cores[other], score_cutoff=_MOST_EDITS) <= _MOST_EDITS
        )
        near.update(dict.fromkeys(shared.get(Kind.HEARD, ())))
        links: list[Link] = []
        for other in near:
            if other == place:
                continue
            link = self._judged(place, name, country, other)
            if link is not None and link.score >= ENOUGH:
                links.append(link)
        return sorted(links, key=lambda link: (-link.score, link.other))

    def _judged(self, place: int, name: Name, country: str | None, other: int) -> Link | None:
        theirs = self._name(other)
        their_country = self.countries[other]
        if theirs.script == name.script:
            if theirs.core in name.others or name.core in theirs.others:
                return Link(place, other, "known as", 0.93)
            judged = judge(name, theirs, country == their_country, self._words.__getitem__)
            return Link(place, other, judged.evidence, judged.score)
        if country != their_country or name.numbers != theirs.numbers:
            return None
        if name.is_person and theirs.is_person:
            return None
        alike = max(
            heard_alike(heard(ours, country), heard(said, their_country))
            for ours in (name.said, *name.said_otherwise)
            for said in (theirs.said, *theirs.said_otherwise)
        )
        return Link(place, other, "sound and meaning", alike)

    def _linked(self, links: Sequence[Link]) -> list[Link]:
        """Of the links found, those that hold: unites what they join."""
        held: list[Link] = []
        crossing = [link for link in links if link.evidence == "sound and meaning"]
        for link in links:
            if self._roots[link.one] == self._roots[link.other]:
                continue
            if len(held) >= _MOST_JOINED:
                break
            if link.evidence == "sound and meaning" and self._is_ambiguous(link, crossing):
                continue
            if link.evidence != "office number" and not self._agree(link):
                continue
            self._unite(link.one, link.other)
            held.append(link)
        return held

    def _is_ambiguous(self, link: Link, crossing: Sequence[Link]) -> bool:
        """Whether names of another applicant are heard as much alike."""
        return any(
            other.score > link.score - _TOO_CLOSE
            and self._roots[other.other] != self._roots[link.other]
            and self._name(other.other).script == self._name(link.other).script
            and self._names_another(other.other, link.other)
            for other in crossing
        )

    def _names_another(self, one: int, other: int) -> bool:
        """Whether two names of one script are not of one applicant for all that is known."""
        ours, theirs = self._name(one), self._name(other)
        return (
            judge(ours, theirs, self.countries[one] == self.countries[other], self._words.__getitem__).score
            < ENOUGH
        )

    def _agree(self, link: Link) -> bool:
        """Whether the names on both sides of a link do not speak against it."""
        for one in self.members(link.one)[:_MOST_WITNESSES]:
            ours = self._name(one)
            for other in self.members(link.other)[:_MOST_WITNESSES]:
                theirs = self._name(other)
                if (one, other) == (link.one, link.other) or ours.script != theirs.script:
                    continue
                same = self.countries[one] == self.countries[other]
                if judge(ours, theirs, same, self._words.__getitem__).score == AGAINST:
                    return False
        return True

    def _unite(self, one: int, other: int) -> None:
        kept, gone = sorted((self._roots[one], self._roots[other]))
        joined = sorted((*self.members(kept), *self.members(gone)))
        for place in self.members(gone):
            self._roots[place] = kept
            self._moved[place] = None
        self._members.pop(gone, None)
        self._members[kept] = joined


def _likeliest(pieces: Sequence[Places]) -> list[int]:
    """The names that are in two or more lists, those first that are in short ones."""
    whole = np.concatenate(pieces)
    weights = np.repeat([1.0 / len(piece) for piece in pieces], [len(piece) for piece in pieces])
    names, places, counts = np.unique(whole, return_inverse=True, return_counts=True)
    weighed = np.bincount(places, weights)
    often = np.flatnonzero(counts >= _PIECES_IN_COMMON)
    if len(often) > _MOST_COMPARED:
        often = often[np.argsort(-weighed[often], kind="stable")[:_MOST_COMPARED]]
    chosen: list[int] = names[often].tolist()
    return chosen


def _being(name: Name, known: Name, text: str, known_text: str) -> tuple[str, float]:
    """Why a spelling is of a name that is known."""
    if text == known_text:
        return "same name", 1.0
    if name.division or known.division:
        return "division", 0.9
    if name.raw == known.raw:
        return "legal form and letters", 0.99
    return "words cut short", 0.97
