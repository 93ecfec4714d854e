"""Makes the zstd dictionary with which the store packs records.

Run as `python -m loadtests.train_record_dictionary OUT`. It is trained on invented records of all rights,
so it holds the field names, the values that come again and again, and the statistics of JSON, and nothing
of any office's data. A dictionary once in use is never made again: stored records need the very bytes. A
better one gets the next number in `register.store.packing`.
"""

import datetime as dt
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import zstandard

from register.codes.nice import nice_title
from register.identity import record_id
from register.model import (
    RIGHTS,
    Citation,
    Event,
    Goods,
    Media,
    Number,
    Party,
    Plain,
    Priority,
    Publication,
    Record,
    Right,
    Status,
    Text,
    encode_record,
)

T = TypeVar("T")

_BYTES = 16 << 10
_SAMPLES = 12_000
_OFFICES = (
    "SG",
    "TH",
    "KR",
    "ID",
    "MY",
    "VN",
    "PH",
    "KH",
    "LA",
    "MM",
    "BN",
    "US",
    "EM",
    "EP",
    "WO",
    "JP",
    "CN",
)
_SCRIPTS: dict[str, tuple[str, int, int]] = {
    "en": ("Latn", 0x61, 0x7A),
    "th": ("Thai", 0xE01, 0xE2E),
    "ko": ("Hang", 0xAC00, 0xD7A3),
    "zh": ("Hani", 0x4E00, 0x7000),
    "ja": ("Kana", 0x30A2, 0x30F3),
    "lo": ("Laoo", 0xE81, 0xEAE),
    "km": ("Khmr", 0x1780, 0x17A2),
    "my": ("Mymr", 0x1000, 0x1021),
    "vi": ("Latn", 0x61, 0x7A),
}
_FORMS = (
    "{} Pte. Ltd.",
    "{} Co., Ltd.",
    "{} Sdn. Bhd.",
    "PT {} Tbk",
    "{} Corporation",
    "{} Inc.",
    "{} GmbH",
    "주식회사 {}",
    "บริษัท {} จำกัด",
    "株式会社{}",
    "{}有限公司",
    "Công ty TNHH {}",
    "{} Limited",
)
_WORDS = (
    "Registered",
    "Filed",
    "Pending",
    "Expired",
    "Withdrawn",
    "Published",
    "Refused",
    "등록",
    "거절",
    "소멸",
)
_PLAINS: tuple[Plain, ...] = (
    "registered",
    "registered",
    "registered",
    "pending",
    "expired",
    "ended",
    "unknown",
)


class Inventor:
    """Invents records, the same for the same seed."""

    def __init__(self, seed: str) -> None:
        self.draw = random.Random(seed)

    def record(self) -> Record:
        draw = self.draw
        right = draw.choice((*RIGHTS, "trademark", "trademark", "trademark", "trademark"))
        office = draw.choice(_OFFICES)
        filed = dt.date(1991, 1, 1) + dt.timedelta(draw.randrange(12_700))
        number = draw.choice(("40{}{:07}", "4-{}-{:06}", "DID{}{:06}", "TM{}{:06}", "{}{:08}", "40{}{:05}Q"))
        number = number.format(filed.year, draw.randrange(99_999))
        design = f"M{draw.randrange(1, 9):03}" if right == "design" and draw.random() < 0.5 else None
        plain = draw.choice(_PLAINS)
        word = draw.choice(_WORDS)
        registered = plain == "registered"
        base = Record(
            id=record_id(office, right, number, design),
            office=office,
            right=right,
            application_number=number,
            design_number=design,
            registration_number=number[2:] if registered else None,
            filing_date=filed,
            publication_date=self.after(filed) if draw.random() < 0.6 else None,
            registration_date=self.after(filed) if registered else None,
            expiry_date=filed.replace(year=filed.year + 10, day=1) if registered else None,
            status=Status(plain, word, draw.choice((None, word)), None, self.after(filed)),
            applicants=self.some(self.party, 1, 1, 2),
            representatives=self.some(self.party, 0, 1),
            priorities=self.some(self.priority, 0, 0, 1),
            events=self.some(self.event, 0, 0, 2),
        )
        values: dict[str, object] = {
            name: getattr(base, name) for name in base.__struct_fields__ if getattr(base, name)
        }
        return Record(**(values | self.own_part(right)))  # type: ignore[arg-type]

    def own_part(self, right: Right) -> dict[str, object]:
        draw = self.draw
        if right == "trademark":
            classes = tuple(
                sorted({draw.choice((draw.randrange(1, 46), 35, 9, 30, 25, 5)) for _ in range(2)})
            )
            return {
                "texts": self.some(self.text, 1, 1, 2),
                "transliterations": self.some(self.text, 0, 0, 1),
                "kind": draw.choice(("individual", "individual", "collective", "certificate")),
                "feature": draw.choice(("word", "combined", "figurative")),
                "feature_office": draw.choice(("Word", "Combined", "Figurative")),
                "nice_classes": classes,
                "goods": tuple(Goods(n, draw.choice((None, nice_title(n))), "en") for n in classes),
                "vienna_codes": tuple(
                    f"{draw.randrange(1, 30):02}.{draw.randrange(1, 20):02}.{draw.randrange(30):02}"
                    for _ in range(draw.choice((0, 0, 3)))
                ),
                "disclaimers": self.some(self.text, 0, 0, 0, 1),
                "media": self.some(lambda: Media("image", f"{draw.randrange(10**9)}.jpg", "JPEG"), 0, 1),
            }
        if right in ("patent", "utility-model"):
            symbols = tuple(
                f"{draw.choice('ABCDEFGH')}{draw.randrange(1, 99):02}{draw.choice('BCDKLQ')}"
                f"{draw.randrange(1, 40)}/{draw.randrange(99):02}"
                for _ in range(3)
            )
            return {
                "titles": self.some(self.text, 1, 2),
                "abstracts": (Text(" ".join(self.words() for _ in range(12)), "en", "Latn"),),
                "ipc": symbols,
                "cpc": symbols[: draw.choice((0, 2))],
                "numbers": (Number("publication", str(draw.randrange(10**8))),),
                "publications": self.some(self.publication, 1, 2),
                "inventors": self.some(self.party, 1, 2),
                "citations": self.some(self.citation, 0, 2),
                "family": str(draw.randrange(10**8)),
            }
        if right == "design":
            return {
                "products": self.some(self.text, 1, 1, 2),
                "locarno": (f"{draw.randrange(1, 33):02}-{draw.randrange(1, 10):02}",),
                "designers": self.some(self.party, 0, 1),
                "media": self.some(lambda: Media("view", f"{draw.randrange(10**9)}.png", "PNG"), 1, 3),
            }
        return {
            "texts": self.some(self.text, 1, 2),
            "products": self.some(self.text, 1),
            "area": self.some(self.text, 1),
        }

    def some(self, make: Callable[[], T], *counts: int) -> tuple[T, ...]:
        return tuple(make() for _ in range(self.draw.choice(counts)))

    def after(self, date: dt.date) -> dt.date:
        return date + dt.timedelta(self.draw.randrange(30, 900))

    def words(self, language: str = "en") -> str:
        _, first, last = _SCRIPTS[language]
        letters = [
            "".join(chr(self.draw.randint(first, last)) for _ in range(self.draw.randint(2, 7)))
            for _ in range(self.draw.randint(1, 3))
        ]
        return " ".join(letters).title()

    def text(self) -> Text:
        language = self.draw.choice(("en", "en", "en", "en", *_SCRIPTS))
        return Text(self.words(language), language, _SCRIPTS[language][0])

    def party(self) -> Party:
        draw = self.draw
        country = draw.choice(_OFFICES)
        address = f"{draw.randrange(1, 400)} {self.words()} Road, {self.words()} {draw.randrange(10**5):05}"
        return Party(
            draw.choice(_FORMS).format(self.words()),
            address=draw.choice((None, address)),
            country=draw.choice((None, country, country)),
            number=draw.choice((None, None, str(draw.randrange(10**11, 10**12)))),
        )

    def priority(self) -> Priority:
        return Priority(
            self.draw.choice(_OFFICES), str(self.draw.randrange(10**9)), self.after(dt.date(2000, 1, 1))
        )

    def publication(self) -> Publication:
        kind = self.draw.choice(("A", "A1", "A2", "B", "B1", "B2", "U"))
        return Publication(
            self.draw.choice(_OFFICES), str(self.draw.randrange(10**8)), kind, self.after(dt.date(2000, 1, 1))
        )

    def citation(self) -> Citation:
        return Citation(
            self.draw.choice(_OFFICES),
            str(self.draw.randrange(10**8)),
            self.draw.choice(("A", "B2")),
            by="examiner",
        )

    def event(self) -> Event:
        return Event(self.after(dt.date(2000, 1, 1)), f"E{self.draw.randrange(99):02}", self.words())


def train() -> bytes:
    inventor = Inventor("record dictionary 1")
    samples: list[bytes | bytearray | memoryview] = []
    for _ in range(_SAMPLES):
        samples.append(encode_record(inventor.record()))
    return zstandard.train_dictionary(_BYTES, samples, level=3).as_bytes()


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(train())
