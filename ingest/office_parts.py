"""The texts and lists of a draft as those of a record: cleaned, normalised, each part once."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeVar

from ingest import texts
from ingest.dates import ImpossibleDateError
from ingest.draft import (
    Draft,
    DraftCitation,
    DraftEvent,
    DraftGoods,
    DraftMedia,
    DraftParty,
    DraftPriority,
    DraftPublication,
    DraftText,
)
from ingest.office_values import OfficeValues
from ingest.refusal import RefusedError
from register.codes.ipc import normalise_ipc
from register.codes.locarno import normalise_locarno
from register.codes.nice import normalise_nice
from register.codes.vienna import normalise_vienna
from register.model import Citation, Event, Goods, Media, Number, Party, Priority, Publication, Right, Text

# Longer texts are kept, but counted: they are more often a field put in the wrong place than a long text.
LONG_MARK: Final = 4_000
LONG_TITLE: Final = 10_000
LONG_TEXT: Final = 200_000

# Formats of our own say what they mean; everything else may come with HTML entities left over from a web
# page.
OWN_FORMATS: Final = frozenset(("jsonl", "csv"))

# Class numbers in a list that an office wrote into one value.
_BETWEEN_CLASSES = re.compile(r"\s*[|;,/]\s*|(?<=\d)\s+(?=\d)")

_Part = TypeVar("_Part")


class OfficeParts:
    """Makes the texts and lists of the records of one office."""

    def __init__(self, values: OfficeValues, format_name: str) -> None:
        self._values = values
        self._profile = values.profile
        quirks = values.profile.quirks
        self._own_format = format_name in OWN_FORMATS
        self._unescape = not self._own_format
        self._endings = tuple(ending.casefold() for ending in quirks.mark_text_endings)
        self._boilerplate = frozenset(text.casefold() for text in quirks.boilerplate)
        self._absent_numbers = frozenset(quirks.absent_numbers)

    def number(self, value: str) -> str:
        """A number as delivered, "" for blanks and what the office writes where there is none.

        Offices write zeros alone for that; a format of our own leaves an absent number out, so zeros are one.
        """
        if not value:
            return ""
        number = value.strip()
        if not number.strip("-" if self._own_format else "0-") or number in self._absent_numbers:
            return ""
        return number if number.isprintable() else texts.line(number)

    def line(self, value: str) -> str:
        """A text of one line, made fit to keep."""
        # Nearly every value is fit already; the rest costs a call.
        if value.isprintable() and "&" not in value and "  " not in value and len(value) < LONG_TEXT:
            return value.strip()
        return texts.line(texts.unescaped(value) if self._unescape else value)

    def _block(self, value: str) -> str:
        if value.isprintable() and "&" not in value and "  " not in value and len(value) < LONG_TEXT:
            return value.strip()
        return texts.block(texts.unescaped(value) if self._unescape else value)

    def _address(self, value: str) -> str:
        if value.isprintable() and "&" not in value and "<" not in value and "  " not in value:
            return self.line(value)
        return texts.address(texts.unescaped(value) if self._unescape else value)

    def _texts(
        self, drafts: Sequence[DraftText], longest: int, label: str, lines: bool = False
    ) -> tuple[Text, ...]:
        found = []
        clean = self._block if lines else self.line
        for text, language in drafts:
            cleaned = clean(text)
            if cleaned and cleaned != "-":
                if len(cleaned) > longest:
                    self._values.note("long-text", label)
                found.append(self._values.text(cleaned, language))
        return _distinct(found)

    def _mark_texts(self, drafts: Sequence[DraftText]) -> tuple[Text, ...]:
        if self._endings:
            drafts = [DraftText(self._without_ending(text), language) for text, language in drafts]
        return self._texts(drafts, LONG_MARK, "texts")

    def _without_ending(self, text: str) -> str:
        text = self.line(text)
        folded = text.casefold()
        for ending in self._endings:
            if folded.endswith(ending) and len(folded) == len(text):
                return text[: -len(ending)].rstrip()
        return text

    def _meant(self, drafts: Sequence[DraftText], label: str) -> tuple[Text, ...]:
        """Texts without those that the office writes for every mark."""
        if self._boilerplate:
            drafts = [draft for draft in drafts if self.line(draft.text).casefold() not in self._boilerplate]
        return self._texts(drafts, LONG_MARK, label)

    def put_words(self, draft: Draft, right: Right, fields: dict[str, Any]) -> None:
        """Put the texts of the draft, and the kind and feature of a mark."""
        if draft.language:
            fields["language"] = self._values.language(draft.language)
        if draft.texts:
            fields["texts"] = self._mark_texts(draft.texts)
        if draft.transliterations:
            fields["transliterations"] = self._meant(draft.transliterations, "transliterations")
        if draft.translations:
            fields["translations"] = self._meant(draft.translations, "translations")
        if right == "trademark" and (draft.kind or draft.kind_hint):
            fields["kind"], fields["kind_office"] = self._values.kind(self.line(draft.kind), draft.kind_hint)
            if self._own_format and draft.kind == draft.kind_hint:
                fields["kind_office"] = None
        if draft.feature:
            fields["feature_office"] = self.line(draft.feature)
            fields["feature"] = self._values.feature(fields["feature_office"])
            if self._own_format and fields["feature"] == fields["feature_office"]:
                fields["feature_office"] = None
        for name in ("titles", "products", "area"):
            drafts = getattr(draft, name)
            if drafts:
                fields[name] = self._texts(drafts, LONG_TITLE, name)
        for name in ("abstracts", "disclaimers", "descriptions", "colours"):
            drafts = getattr(draft, name)
            if drafts:
                fields[name] = self._texts(drafts, LONG_TEXT, name, lines=True)
        if draft.family:
            fields["family"] = self.line(draft.family)

    def put_lists(self, draft: Draft, fields: dict[str, Any]) -> None:
        """Put the parties, claims, publications, events, media, numbers and classes of the draft."""
        if draft.applicants:
            fields["applicants"] = self._parties(draft.applicants)
        if draft.representatives:
            fields["representatives"] = self._parties(draft.representatives)
        if draft.inventors:
            fields["inventors"] = self._parties(draft.inventors)
        if draft.designers:
            fields["designers"] = self._parties(draft.designers)
        if draft.numbers:
            numbers = ((kind, self.number(number)) for kind, number in draft.numbers)
            fields["numbers"] = _distinct([Number(kind, number) for kind, number in numbers if number])
        if draft.priorities:
            fields["priorities"] = self._priorities(draft.priorities)
        if draft.publications:
            fields["publications"] = self._publications(draft.publications)
        if draft.designations:
            found = (self._values.country(value) for value in draft.designations if value.strip())
            fields["designations"] = tuple(dict.fromkeys(code for code in found if code is not None))
        if draft.events:
            fields["events"] = self._events(draft.events)
        if draft.media:
            fields["media"] = self._media(draft.media)
        if draft.citations:
            fields["citations"] = self._citations(draft.citations)
        self._put_classes(draft, fields)

    def _put_classes(self, draft: Draft, fields: dict[str, Any]) -> None:
        national = [self.line(value) for value in draft.national_classes]
        vienna = draft.vienna_codes
        if draft.figurative_codes:
            if self._profile.quirks.figurative_codes == "national":
                national += [_dotted(self.line(code)) for code in draft.figurative_codes]
            else:
                vienna = [*vienna, *draft.figurative_codes]
        if draft.nice_classes or draft.goods:
            goods = self._goods(draft.goods, national) if draft.goods else ()
            if goods:
                fields["goods"] = goods
            classes = {number for value in draft.nice_classes for number in self._nice(value, national)}
            if not classes:
                classes = {part.nice_class for part in goods if part.nice_class is not None}
            fields["nice_classes"] = tuple(sorted(classes))
        if national:
            fields["national_classes"] = tuple(dict.fromkeys(value for value in national if value))
        if vienna:
            fields["vienna_codes"] = self._symbols("vienna", vienna, normalise_vienna)
        if draft.ipc:
            fields["ipc"] = self._symbols("ipc", draft.ipc, normalise_ipc)
        if draft.cpc:
            fields["cpc"] = self._symbols("cpc", draft.cpc, normalise_ipc)
        if draft.locarno:
            fields["locarno"] = self._symbols("locarno", draft.locarno, normalise_locarno)

    def _symbols(
        self, label: str, values: Iterable[str], normalise: Callable[[str], str | None]
    ) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for value in values:
            symbol = normalise(value)
            if symbol is not None:
                found[symbol] = None
            elif value.strip():
                self._values.note(label, value)
        return tuple(found)

    def _nice(self, value: str, national: list[str]) -> list[int]:
        """The Nice classes of a value: one, several where an office writes a list, none where none is given.

        A class of the office's own goes to `national`: one that the profile names, and in an office's format
        any other that is not Nice, which is counted (registers keep the classes of before Nice, up to 50 in
        British law). Raises `RefusedError` in a format of ours, which has a place for national classes.
        """
        one = normalise_nice(value)
        if one is not None:
            return [one]
        found = []
        for part in _BETWEEN_CLASSES.split(value.strip()):
            number = normalise_nice(part)
            if number is not None:
                found.append(number)
            elif part in self._profile.national_classes:
                national.append(part)
            elif part.strip("0 "):
                self._put_other_class(part, national)
        return found

    def _put_other_class(self, value: str, national: list[str]) -> None:
        if self._own_format:
            raise RefusedError(
                "unknown-code",
                f"{value!r} is no Nice class",
                "give Nice classes as numbers from 1 to 45; national classes belong elsewhere",
            )
        if value not in national:
            self._values.note("nice-class", value)
            national.append(value)

    def _goods(self, drafts: Sequence[DraftGoods], national: list[str]) -> tuple[Goods, ...]:
        found = []
        for nice_class, text, language, groups in drafts:
            numbers = self._nice(nice_class, national) if nice_class else []
            number = numbers[0] if len(numbers) == 1 else None
            words = self._block(text) if text else ""
            if words:
                if len(words) > LONG_TEXT:
                    self._values.note("long-text", "goods")
                found.append(Goods(number, words, self._values.text(words, language).language, groups))
            elif number is not None or groups:
                found.append(Goods(number, None, None, groups))
        return _distinct(found)

    def _parties(self, drafts: Sequence[DraftParty]) -> tuple[Party, ...]:
        found = []
        for draft in drafts:
            name = self.line(draft.name)
            names = self._texts(draft.names, LONG_TITLE, "names") if draft.names else ()
            if not name or name == "-":
                # Who a number stands for, the office knows; a name is not made up for it.
                if not names and not self.line(draft.number):
                    continue
                name = names[0].text if names else ""
            if names:
                names = tuple(text for text in names if text.text != name)
            country = draft.country
            found.append(
                Party(
                    name,
                    names,
                    draft.role or None,
                    self._address(draft.address) or None if draft.address else None,
                    self._values.country(country) if country and country.strip(" -") else None,
                    self.line(draft.number) or None if draft.number else None,
                )
            )
        return _distinct(found)

    def _part_date(self, value: str, label: str) -> dt.date | None:
        """The date of a part of the record: one that is none is left out and counted."""
        if not value:
            return None
        try:
            return self._values.date(value)
        except ImpossibleDateError as error:
            self._values.note("date", f"{label}: {error.value}")
            return None

    def _country(self, value: str) -> str | None:
        return self._values.country(value) if value else None

    def _priorities(self, drafts: Sequence[DraftPriority]) -> tuple[Priority, ...]:
        return _distinct(
            [
                Priority(
                    self._country(country), self.number(number) or None, self._part_date(date, "priority")
                )
                for country, number, date in drafts
                if country or number or date
            ]
        )

    def _publications(self, drafts: Sequence[DraftPublication]) -> tuple[Publication, ...]:
        return _distinct(
            [
                Publication(
                    self._country(country),
                    self.number(number) or None,
                    kind or None,
                    self._part_date(date, "publication"),
                )
                for country, number, kind, date in drafts
                if number or date
            ]
        )

    def _events(self, drafts: Sequence[DraftEvent]) -> tuple[Event, ...]:
        return _distinct(
            [
                Event(
                    self._part_date(date, "event"),
                    code or None,
                    self.line(text) or None if text else None,
                    wipo or None,
                )
                for date, code, text, wipo in drafts
                if date or code or text
            ]
        )

    def _media(self, drafts: Sequence[DraftMedia]) -> tuple[Media, ...]:
        return _distinct(
            [
                Media(kind, name, file_format or None, self.line(caption) or None if caption else None)
                for kind, file, file_format, caption in drafts
                if (name := self.line(file))
            ]
        )

    def _citations(self, drafts: Sequence[DraftCitation]) -> tuple[Citation, ...]:
        return _distinct(
            [
                Citation(
                    self._country(country),
                    self.number(number) or None,
                    kind or None,
                    self._block(text) or None if text else None,
                    by or None,
                )
                for country, number, kind, text, by in drafts
                if number or text
            ]
        )


def _dotted(code: str) -> str:
    """A code of six digits as it is printed (`260121`: `26.01.21`); one office delivers both forms."""
    if len(code) == 6 and code.isascii() and code.isdigit():
        return f"{code[:2]}.{code[2:4]}.{code[4:]}"
    return code


def _distinct(parts: list[_Part]) -> tuple[_Part, ...]:
    """The parts in order, each once."""
    if len(parts) < 2:
        return tuple(parts)
    return tuple(dict.fromkeys(parts))
