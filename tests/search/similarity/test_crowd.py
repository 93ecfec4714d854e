"""A likeness that many names share says less."""

from search.forms import encode_forms, form_of
from search.keys.mark import name_keys
from search.similarity.crowd import thinned
from search.similarity.names import asked
from search.similarity.score import Scores


def _thinned(query: str, *names: str) -> tuple[list[float], list[float]]:
    keys = name_keys(query)
    one = asked(form_of("q", keys), dict.fromkeys(keys.words, 1 / len(keys.words)))
    found = Scores(one, [encode_forms([form_of("t", name_keys(name))]) for name in names])
    return found.totals.tolist(), thinned(found).tolist()


def test_a_name_that_is_alone_in_its_script_keeps_its_score() -> None:
    before, after = _thinned("Coca-Cola", "코카콜라", "コカコーラ")
    assert after == before


def test_names_that_sound_alike_in_one_script_share_what_they_say() -> None:
    alone = _thinned("Manini", "玛尼尼")[1][0]
    crowded = _thinned("Manini", "玛尼尼", "马尼泥", "麻尼妮", "玛妮尼")[1][0]
    assert crowded < alone


def test_identical_names_count_as_one() -> None:
    assert _thinned("Coca-Cola", *["Coca Cola"] * 40)[1] == [1.0] * 40
