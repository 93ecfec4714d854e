"""From a draft in an office's words to a statement in ours, or to a refusal with the reason and the mend."""

from ingest.draft import Delivered, Draft
from ingest.office_records import OfficeRecords
from ingest.office_values import Notes
from ingest.profile import profile
from ingest.refusal import RefusedError
from ingest.status_words import fold
from register.codes.offices import is_st3, normalise_st3
from register.model import RIGHTS
from register.statement import Rejected, Statement


class Mapper:
    """Maps the drafts of one feed: `feed_office` (ST.3) is whose feed it is, `format_name` the format it came
    in.

    `notes` counts what was not understood but does not refuse a record, as (what, value): `status` words that
    no table knows, `kind`, `feature`, `country`, `language`, `vienna`, `ipc`, `cpc`, `locarno`,
    `nice-class`, `number-shape`, `date` of a part, `date-order`, `long-text`. Raises ValueError for a feed of
    an office that is not in ST.3.
    """

    def __init__(self, feed_office: str, format_name: str) -> None:
        if not is_st3(feed_office):
            raise ValueError(f"{feed_office!r} is no office code of WIPO ST.3")
        self.feed = profile(feed_office)
        self.format_name = format_name
        self.notes = Notes()
        self._offices: dict[str, OfficeRecords] = {}

    @property
    def mapping(self) -> str:
        """The version of the tables that are applied: the day on which they last changed."""
        return self.feed.mapping

    def statement(self, delivered: Delivered) -> Statement | Rejected:
        """What the draft says, ready for the store; `Rejected` where it cannot be taken."""
        draft, position, source, envelope = delivered
        file, number, line, offset = position
        try:
            office = self._office(draft.office)
            record = office.record(draft)
        except RefusedError as refusal:
            whole = envelope.around(source)
            self.notes.of_record()
            right = draft.right if draft.right in RIGHTS else None
            why = (refusal.code, refusal.reason, refusal.mend)
            around = len(envelope.before), len(envelope.after)
            return Rejected(*why, file, number, line, offset, whole, right, *around)
        given = None if draft.operation != "patch" else _given(draft)
        unread = self.notes.of_record() if self.notes.latest else ()
        place = (file, number, line, offset)
        return Statement(draft.operation, record, given, draft.stamp, *place, source, envelope, unread)

    def _office(self, delivered: str) -> OfficeRecords:
        """The mapper of the office that the record names, or of the feed's where it names none."""
        found = self._offices.get(delivered)
        if found is None:
            code = self._code(delivered)
            found = OfficeRecords(profile(code), self.format_name, self.notes, code == self.feed.office)
            self._offices[delivered] = found
        return found

    def _code(self, delivered: str) -> str:
        feed = self.feed.office
        code = self.feed.countries.get(fold(delivered)) or normalise_st3(delivered) if delivered else feed
        if code is None:
            raise RefusedError(
                "unknown-office",
                f"the record names the office {delivered!r}, which is not in WIPO ST.3",
                f"name the office by its ST.3 code, such as {feed}, or leave it out",
            )
        if not self.feed.delivers(code):
            raise RefusedError(
                "wrong-office",
                f"the record is one of {code}, but this is a feed of {feed}",
                f"send it as a feed of {code}; if {feed} delivers records of {code}, "
                f"add {code} to delivers-for in the profile of {feed}",
            )
        return code


def _given(draft: Draft) -> frozenset[str]:
    """The fields of the record that a patch states, with those that are worked out from a stated one."""
    given = set(draft.given or ())
    if "kind" in given:
        given.add("kind_office")
    if "feature" in given:
        given.add("feature_office")
    if "goods" in given and any(goods.nice_class for goods in draft.goods):
        given.add("nice_classes")
    return frozenset(given)
