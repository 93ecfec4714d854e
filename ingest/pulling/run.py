"""One run of a source: from the place where the last one stopped to a feed in the register.

After each reply, once it is on disk, the place that follows is written down; so a kill costs the request
under way. What has come is handed over as one feed; only then the mark moves, from which the next run goes
on. A kill between the two hands the same file over once more, which changes nothing.
"""

import datetime as dt
import hashlib
import logging
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from ingest.pulling.asking import Ask, Asker
from ingest.pulling.clock import Clock, Pace
from ingest.pulling.due import due_sources
from ingest.pulling.file_walk import FileWalk
from ingest.pulling.handing_over import Fetched, HandOver, check_is_feed
from ingest.pulling.hidden import Secrets, secrets_of
from ingest.pulling.index_walk import IndexWalk
from ingest.pulling.paged_walk import PagedWalk
from ingest.pulling.place import Mark, Place, decode_mark, decode_place, encode
from ingest.pulling.problems import (
    AbandonedError,
    BoundReached,
    LimitReached,
    RefusedAskError,
    SourceProblem,
)
from ingest.pulling.reply import Reply
from ingest.pulling.source import Source
from ingest.pulling.spool import Spool, remove_others
from ingest.pulling.walk import Turn, Walk
from register.store.claims import claim_host
from register.store.database import Database
from register.store.sources import (
    SourcePage,
    SourceRun,
    add_page,
    begin_run,
    count_repeats,
    end_run,
    find_page,
    kept_pages,
    mark_fetched,
    note_problem,
    note_success,
    open_run,
    resume_run,
    set_mark,
    source_state,
    source_states,
)

log = logging.getLogger("ipregister.sources")

# A server that does not know the parameter for pages gives the first one for ever.
_MOST_REPEATS = 3
_GONE = (400, 404, 410)


class Pulled(NamedTuple):
    """What became of a run. `taken`: a feed; `unchanged`: nothing was new; `stopped`: for a problem."""

    outcome: Literal["taken", "unchanged", "stopped"]
    feed_id: int | None
    asked: int
    problem: str | None
    next_run_at: dt.datetime


class Puller:
    """Runs sources, one at a time. `root` is where replies are kept, `agent` what servers are told of us."""

    def __init__(
        self, database: Database, root: Path, hand_over: HandOver, agent: str, clock: Clock, pace: Pace
    ) -> None:
        self._database = database
        self._root = root
        self._hand_over = hand_over
        self._agent = agent
        self._clock = clock
        self._pace = pace

    def pull(self, source: Source, *, if_due: bool = False) -> Pulled | None:
        """Run the source now; None where its host is being asked by another process, or it is not due any
        more. Raises `StoppedError` where this one is to end: the run is gone on with later.
        """
        with claim_host(self._database, source.host) as claimed:
            if not claimed or (if_due and not self._is_due(source)):
                return None
            return self._claimed(source)

    def _is_due(self, source: Source) -> bool:
        """Whether nobody else has run the source since it was seen to be due."""
        states = self._database.read(source_states)
        return bool(due_sources({source.name: source}, states, self._clock.now()))

    def _claimed(self, source: Source) -> Pulled:
        run: SourceRun | None = None
        try:
            secrets = secrets_of(source.table)
            walk = walk_of(source, secrets, self._clock)
            run = self._open(source, walk, secrets)
            spool = Spool(self._root, source.name, run.id)
            limit = None
            if run.state == "fetching":
                run, limit = self._fetch(source, walk, run, spool, secrets)
            return self._hand(source, run, spool, limit)
        except SourceProblem as problem:
            return self._stopped(source, problem)
        except OSError as error:
            # The disk or the certificates; what the net does is a problem of the source.
            return self._stopped(source, SourceProblem(f"{type(error).__name__}: {error.strerror or error}"))

    def _open(self, source: Source, walk: Walk, secrets: Secrets) -> SourceRun:
        """The run that is open, where it can be gone on with, else a new one."""
        with self._database.writing() as connection:
            now = self._clock.now()
            run = open_run(connection, source.name)
            remove_others(self._root, source.name, None if run is None else run.id)
            if run is not None:
                pages = kept_pages(connection, run.id)
                whole = Spool(self._root, source.name, run.id).holds(pages)
                if run.definition == source.definition and whole:
                    resume_run(connection, run, now)
                    return run
                why = "a part of it is on no disk of this machine" if not whole else "its table was changed"
                end_run(connection, run, "failed", now=now, problem=why)
            state = source_state(connection, source.name)
            mark = decode_mark(None if state is None else state.mark)
            if mark.identity != source.identity:
                mark = Mark(identity=source.identity)
            place = walk.start(mark)
            return begin_run(
                connection,
                source.name,
                source.table.office,
                definition=source.definition,
                url=secrets.without(source.table.url),
                place=None if place is None else encode(place),
                mark=encode(mark),
                now=now,
            )

    def _fetch(
        self, source: Source, walk: Walk, run: SourceRun, spool: Spool, secrets: Secrets
    ) -> tuple[SourceRun, LimitReached | None]:
        """Ask until all has come, or a bound is reached, or a limit of the source when something has come."""
        bounds = source.table.bounds
        deadline = self._clock.seconds() + bounds.seconds
        asker = Asker(source.table, secrets, self._agent, self._clock, self._pace, deadline)
        before = run
        try:
            while run.place is not None:
                place, mark = decode_place(run.place), decode_mark(run.mark)
                if run.asked - before.asked >= bounds.pages or run.bytes >= bounds.bytes:
                    return self._bounded(run, place, mark), None
                try:
                    turn, page = self._turn(walk, run, spool, asker, place, mark)
                except BoundReached:
                    if run.asked == before.asked:
                        raise SourceProblem(
                            f"no reply was whole within {bounds.seconds:.0f} s; bounds: seconds sets that"
                        ) from None
                    return self._bounded(run, place, mark), None
                except LimitReached as limit:
                    if run.pages == 0:
                        raise
                    return self._bounded(run, place, mark), limit
                with self._database.writing() as connection:
                    following = None if turn.next is None else encode(turn.next)
                    run = add_page(connection, run, page, place=following, mark=encode(turn.mark))
                    if turn.next is None:
                        run = mark_fetched(connection, run, mark=encode(turn.mark), problem=turn.problem)
        finally:
            asker.close()
        if run.state == "fetching":
            with self._database.writing() as connection:
                known = run.mark or encode(Mark(identity=source.identity))
                run = mark_fetched(connection, run, mark=known, problem=None)
        return run, None

    def _turn(
        self, walk: Walk, run: SourceRun, spool: Spool, asker: Asker, place: Place, mark: Mark
    ) -> tuple[Turn, SourcePage]:
        """One reply, on disk where it is kept."""
        number = run.asked + 1
        path = spool.file(number)
        ask = walk.ask(place, mark)

        def read(reply: Reply) -> tuple[Turn, Reply]:
            return walk.read(reply, place, mark), reply

        try:
            turn, reply = asker.ask(ask, path, read)
        except RefusedAskError as problem:
            if problem.status in _GONE and (place.url or place.cursor or place.files):
                raise AbandonedError(f"{problem}: the place reached is not known any more") from None
            raise
        request = _digest_of(ask)
        whole = turn.body is None
        content = bytes.fromhex(reply.digest) if whole else hashlib.sha256(turn.body or b"").digest()
        turn = self._unlooped(run, turn, request, content)
        if not turn.keep:
            path.unlink(missing_ok=True)
        size = spool.write(number, turn.body) if turn.keep and turn.body is not None else reply.size
        page = SourcePage(number=number, request=request, content=content, size=size if turn.keep else None)
        return turn, page

    def _unlooped(self, run: SourceRun, turn: Turn, request: bytes, content: bytes) -> Turn:
        """The same turn, or the end of the run where its pages lead in a circle."""
        if turn.next is None or not turn.keep:
            return turn
        with self._database.reading() as connection:
            asked = find_page(connection, run.id, request=request)
            same = find_page(connection, run.id, content=content)
        if asked is not None and (turn.next.url is not None or turn.next.cursor is not None):
            problem = f"reply {run.asked + 1} is to the same request as reply {asked.number}: a circle"
            return turn._replace(next=None, keep=False, problem=problem)
        if same is None or same.request == request:
            return turn
        with self._database.reading() as connection:
            repeats = count_repeats(connection, run.id, content)
        if repeats < _MOST_REPEATS:
            # Nothing is missed by it: the same bytes are kept already.
            return turn._replace(keep=False)
        problem = f"reply after reply is the same as reply {same.number}: the source does not turn its pages"
        return turn._replace(next=None, keep=False, problem=problem)

    def _bounded(self, run: SourceRun, place: Place, mark: Mark) -> SourceRun:
        """End the run here; the next one goes on at the place."""
        with self._database.writing() as connection:
            return mark_fetched(connection, run, mark=encode(replace(mark, rest=place)), problem=None)

    def _hand(self, source: Source, run: SourceRun, spool: Spool, limit: LimitReached | None) -> Pulled:
        """Hand over what has come, and move the mark."""
        pages = self._database.read(lambda connection: kept_pages(connection, run.id))
        feed_id = None
        if pages:
            table = source.table
            name = f"{source.name}-{run.begun_at:%Y%m%dT%H%M%SZ}"
            fetched = Fetched(spool.packed(pages, name), name, table.office, table.format, source.name)
            check_is_feed(fetched)
            feed_id = self._hand_over(fetched)
        pulled = self._settled(source, run, feed_id, limit)
        spool.remove()
        return pulled

    def _settled(
        self, source: Source, run: SourceRun, feed_id: int | None, limit: LimitReached | None
    ) -> Pulled:
        now = self._clock.now()
        outcome: Literal["taken", "unchanged"] = "unchanged" if feed_id is None else "taken"
        state: Literal["done", "unchanged"] = "unchanged" if feed_id is None else "done"
        with self._database.writing() as connection:
            end_run(connection, run, state, now=now, feed_id=feed_id, problem=run.problem)
            if run.problem is None:
                more = source.table.kind == "index" and decode_mark(run.mark).rest is not None
                following = now if more else source.schedule.after(now)
                told = None
                if limit is not None:
                    following = limit.until or source.schedule.midnight_after(now)
                    told = f"{limit}; what came before is taken"
                mark = run.mark or encode(Mark(identity=source.identity))
                note_success(connection, source.name, mark=mark, next_run_at=following, now=now, problem=told)
                return Pulled(outcome, feed_id, run.asked, told, following)
        following = self._noted(source, SourceProblem(run.problem))
        return Pulled(outcome, feed_id, run.asked, run.problem, following)

    def _stopped(self, source: Source, problem: SourceProblem) -> Pulled:
        """Write down why the run stopped. It stays open where it can be gone on with."""
        following = self._noted(source, problem)
        with self._database.writing() as connection:
            run = open_run(connection, source.name)
            if run is not None and (run.state == "fetched" or isinstance(problem, AbandonedError)):
                # What came is no feed, or leads nowhere: the next run asks anew.
                end_run(connection, run, "failed", now=self._clock.now(), problem=str(problem))
            state = source_state(connection, source.name)
            if isinstance(problem, AbandonedError) and state is not None:
                set_mark(connection, source.name, encode(replace(decode_mark(state.mark), rest=None)))
        return Pulled("stopped", None, 0 if run is None else run.asked, str(problem), following)

    def _noted(self, source: Source, problem: SourceProblem) -> dt.datetime:
        now = self._clock.now()
        with self._database.writing() as connection:
            state = source_state(connection, source.name)
            failures = 0 if state is None else state.failures
            if isinstance(problem, LimitReached):
                # To keep a limit is no failure.
                following = problem.until or source.schedule.midnight_after(now)
            else:
                failures += 1
                following = source.schedule.after_failure(now, failures)
            note_problem(
                connection,
                source.name,
                source.table.office,
                source.definition,
                problem=str(problem),
                failures=failures,
                next_run_at=following,
                now=now,
            )
        log.warning(
            "source %s: %s; again at %s", source.name, problem, following.isoformat(timespec="seconds")
        )
        return following


def walk_of(source: Source, secrets: Secrets, clock: Clock) -> Walk:
    """What knows the source's kind."""
    match source.table.kind:
        case "file":
            return FileWalk(source.table)
        case "index":
            return IndexWalk(source.table, secrets)
        case _:
            return PagedWalk(source, secrets, clock)


def _digest_of(ask: Ask) -> bytes:
    told = msgspec.json.encode((ask.url, sorted(ask.parameters.items())))
    return hashlib.blake2b(told, digest_size=16).digest()
