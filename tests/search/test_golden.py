"""A golden set of our own: marks that an examiner would put side by side, found among others by likeness.

Invented names only. What is found here must stay found: a change of keys, sources or rules that loses a pair
loses it for somebody.
"""

import pytest

from register.model import Record
from search.engines.tantivy import TantivyEngine
from search.query import Filters, Match, SearchQuery
from search.service import SearchService
from search.short import decode_short
from tests.search.made import made
from tests.search.sample import filled, record

# Asked for, held.
LOOK = (
    ("SOLVANTA", "SOLVENTA"),
    ("MERIDOL", "MERIDAL"),
    ("GRANVIA", "GRANVIVA"),
    ("KORNET", "KOMET"),
    ("B00STER", "BOOSTER"),
    ("FLORA-TEA", "FLORATEA"),
    ("Café Lumière", "CAFE LUMIERE"),
    ("ĐẠI PHÁT", "DAI PHAT"),
    ("金海岸", "金海崖"),
    ("서림원", "서린원"),
    ("กาแฟดอย", "กาแฟดอน"),
)
SOUND = (
    ("FYTOKARE", "PHYTOCARE"),
    ("KWIK FIX", "QUICKFIX"),
    ("NITELITE", "NIGHTLIGHT"),
    ("XELLA", "ZELLA"),
    ("KRISTAL", "CRYSTAL"),
    ("CEEDWELL", "SEEDWELL"),
)
PART = (
    ("VERANO", "CASA VERANO"),
    ("BLUE HERON COFFEE", "BLUE HERON"),
    ("山川茶", "山川"),
    ("한솔마을", "한솔"),
    ("ริมน้ำ", "ครัวริมน้ำ"),
    ("RIVER STONE", "STONE RIVER"),
)
ACROSS = (
    ("Solvanta", "โซลวันตา"),
    ("Solvanta", "솔반타"),
    ("Solvanta", "ソルバンタ"),
    ("Lumikado", "ລູມິກາໂດ"),
    ("Lumikado", "លូមិកាដូ"),
    ("Lumikado", "လူမီကာဒို"),
    ("Lumikado", "லுமிகாடோ"),
    ("Lumikado", "Лумикадо"),
    ("Lumikado", "لوميكادو"),
    ("Maikelong", "麦克龙"),
    ("โมริต้า", "MORITA"),
    ("모리타", "MORITA"),
    ("モリタ", "MORITA"),
    ("โมริต้า", "모리타"),
    ("Lumikado", "လူမီကာဒိုး"),
    ("Needle Well", "ニードルウェル"),
    ("K Moro", "케이모로"),
    ("Soval B2", "소발비투"),
)
MEANING = (
    ("GOLDEN TIGER", "金虎"),
    ("WHITE MOON", "LUNA BLANCA"),
    ("RED ELEPHANT", "ช้างแดง"),
    ("GOLDEN LION", "황금사자"),
    ("GOLD STAR", "Sao Vàng"),
    ("金虎", "GOLD TIGER"),
)
PART_BY_MEANING = (
    ("Solvanta Bank", "솔반타은행"),
    ("Solvanta Hotel", "โรงแรมโซลวันตา"),
    ("Morita Pharmacy", "モリタ薬局"),
)
PAIRS = (*LOOK, *SOUND, *PART, *ACROSS, *MEANING, *PART_BY_MEANING)


def _number(text: str) -> str:
    return f"9{sum(ord(letter) * 131**place for place, letter in enumerate(text)) % 10**12:012d}"


HELD: tuple[Record, ...] = tuple(
    record("SG", _number(text), text) for text in dict.fromkeys(pair[1] for pair in PAIRS)
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    engine = TantivyEngine(tmp_path_factory.mktemp("golden"))
    filled(engine, (*made(4000, seed=11), *HELD))
    return SearchService(engine.reader(), dict)


def found(service: SearchService, text: str, match: Match = "similar", limit: int = 10) -> list[str | None]:
    query = SearchQuery(text=text, match=match, filters=Filters(rights=("trademark",)), limit=limit)
    return [decode_short(hit.short).title for hit in service.search(query).hits]


@pytest.mark.parametrize(("text", "held"), PAIRS)
def test_a_pair_of_the_golden_set_is_in_the_first_ten(service: SearchService, text: str, held: str) -> None:
    assert held in found(service, text)


@pytest.mark.parametrize(("text", "held"), [*SOUND, *ACROSS])
def test_what_sounds_alike_is_found_by_sound(service: SearchService, text: str, held: str) -> None:
    assert held in found(service, text, "sound", 20)


@pytest.mark.parametrize("text", sorted({pair[1] for pair in PAIRS}))
def test_a_mark_is_first_under_its_own_name(service: SearchService, text: str) -> None:
    assert found(service, text)[0] == text
