"""Any number of made-up marks in six scripts, the same for the same seed."""

import random
from collections.abc import Iterator

from register.model import Record
from tests.search.sample import record

_SYLLABLES = {
    "Latn": ["ba", "ko", "ster", "lin", "dra", "mi", "tor", "xe", "fa", "nu", "gel", "phi"],
    "Thai": ["กา", "โค", "มา", "สตา", "ริน", "เท", "ดี", "ไพ"],
    "Hang": ["가", "코", "스타", "린", "드라", "미", "토르", "파"],
    "Hani": ["可", "乐", "金", "海", "天", "龙", "美", "星", "山"],
    "Kana": ["カ", "コ", "スタ", "リン", "ドラ", "ミ", "トル", "ファ"],
    "Khmr": ["កា", "គោ", "មា", "ស្តា", "រិន", "ទេ", "ឌី", "ផៃ"],
}
_FIGURES = (
    "01.15.09",
    "02.01.01",
    "03.01.01",
    "05.03.11",
    "05.03.13",
    "26.01.01",
    "26.04.01",
    "26.04.05",
    "27.05.01",
)
_OFFICES = ("SG", "TH", "KR", "KH", "ID", "VN")


def made(count: int, seed: int = 5) -> Iterator[Record]:
    draw, figures = random.Random(seed), random.Random(seed)
    for place in range(count):
        script = draw.choice(tuple(_SYLLABLES))
        words = [
            "".join(draw.choices(_SYLLABLES[script], k=draw.randint(2, 4))) for _ in range(draw.randint(1, 3))
        ]
        office = draw.choice(_OFFICES)
        yield record(
            office,
            f"{draw.randint(1995, 2025)}{place:07d}",
            ("" if script in ("Thai", "Hani", "Khmr") else " ").join(words),
            nice_classes=tuple(sorted(draw.sample(range(1, 46), draw.randint(1, 3)))),
            status=draw.choice(("registered", "pending", "ended")),
            filed=f"{draw.randint(1995, 2025)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
            vienna_codes=tuple(figures.sample(_FIGURES, figures.choice((0, 0, 1, 2, 3, 4)))),
            applicant=f"Applicant {draw.randint(1, 60)} Ltd.",
        )
