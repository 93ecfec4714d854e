"""Answers over both engines: modes, filters, numbers, facets, orders, pages."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

import pytest

from register.model import RIGHTS
from search.engine import Engine
from search.errors import InputError
from search.query import Filters, Match, SearchQuery, Sort
from search.service import Answer, Hit, SearchService
from search.short import decode_short
from search.similarity.rules import RULE_CODES
from tests.search.sample import EVERYTHING, MARKS, identity

AS_OF = {"SG": dt.datetime(2026, 1, 2, tzinfo=dt.UTC), "TH": dt.datetime(2026, 1, 3, tzinfo=dt.UTC)}
OF_MARKS = Filters(rights=("trademark",))
OF_PATENTS = Filters(rights=("patent", "utility-model"))


@pytest.fixture
def service(standing: Engine) -> SearchService:
    return SearchService(standing.reader(), lambda: AS_OF)


def titles(hits: Sequence[Hit]) -> list[str | None]:
    return [decode_short(hit.short).title for hit in hits]


def marks(service: SearchService, text: str, match: Match, **filters: object) -> Answer:
    chosen = dataclasses.replace(OF_MARKS, **filters)  # type: ignore[arg-type]  # names of filters
    return service.search(SearchQuery(text=text, match=match, filters=chosen))


def test_exact_is_the_normal_form(service: SearchService) -> None:
    assert titles(marks(service, "red bull", "exact").hits) == ["RED-BULL"]
    assert set(titles(marks(service, "cà phê đông dương", "exact").hits)) == {
        "CÀ PHÊ ĐÔNG DƯƠNG",
        "Ca Phe Dong Duong",
    }
    assert titles(marks(service, "+++", "exact").hits) == ["+++"]
    assert marks(service, "redbul", "exact").total.value == 0


def test_starts_with_puts_the_shortest_first(service: SearchService) -> None:
    assert titles(marks(service, "sta", "startsWith").hits) == ["Staiger", "sta 金 tel", "STARBUCKS"]
    assert marks(service, "bull", "startsWith").total.value == 1


def test_contains_is_an_exact_substring(service: SearchService) -> None:
    assert set(titles(marks(service, "bull", "contains").hits)) == {"RED-BULL", "BULLRED", "Red Bull Energy"}
    assert titles(marks(service, "金", "contains").hits) == ["金", "黄金海岸", "sta 金 tel"]
    assert titles(marks(service, "金海", "contains").hits) == ["黄金海岸"]
    assert marks(service, "金岸", "contains").total.value == 0


def test_similar_brings_the_brand_in_every_script(service: SearchService) -> None:
    answer = marks(service, "Coca-Cola", "similar")
    assert titles(answer.hits)[0] == "Coca-Cola"
    assert set(titles(answer.hits)[:8]) == {
        "Coca-Cola",
        "코카콜라",
        "ໂຄຄາ-ໂຄລາ",
        "ကိုကာကိုလာ",
        "កូកាកូឡា",
        "كوكا كولا",
        "可口可乐",
    }
    scores = [hit.score for hit in answer.hits]
    assert scores == sorted(scores, key=lambda score: -(score or 0.0))
    assert answer.hits[0].why[0].rule == "identical"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("staiger", "STEIGER"),
        ("starbuks", "STARBUCKS"),
        ("สตาร์บัคส์", "STARBUCKS"),
        ("스타벅스", "STARBUCKS"),
        ("bull red", "RED-BULL"),
        ("ca phe dong duong", "CÀ PHÊ ĐÔNG DƯƠNG"),
        ("ยูนิเทล", "UNITEL"),
        ("海岸", "黄金海岸"),
    ],
)
def test_similar_finds_by_look_sound_order_and_part(service: SearchService, text: str, expected: str) -> None:
    assert expected in titles(marks(service, text, "similar").hits)


def test_similar_leaves_out_what_an_examiner_would(service: SearchService) -> None:
    assert "NO REGRETS" not in titles(marks(service, "steiger", "similar").hits)


def test_what_means_the_same_is_found_in_another_language(service: SearchService) -> None:
    hits = service.search(SearchQuery(text="TORO ROJO")).hits
    reason = next(hit for hit in hits if hit.id == identity("RED-BULL")).why[0]
    assert (reason.rule, reason.version >= 1) == ("same meaning", True)


def test_a_rule_that_is_switched_off_brings_nothing(service: SearchService) -> None:
    whole = service.search(SearchQuery(text="TORO ROJO", limit=100))
    without = service.search(SearchQuery(text="TORO ROJO", limit=100, without_rules=("same-meaning",)))
    assert "same meaning" in {reason.rule for hit in whole.hits for reason in hit.why}
    assert "same meaning" not in {reason.rule for hit in without.hits for reason in hit.why}


def test_with_every_rule_switched_off_there_is_nothing_to_compare_by(service: SearchService) -> None:
    with pytest.raises(InputError) as told:
        service.search(SearchQuery(text="RED BULL", without_rules=RULE_CODES))
    assert told.value.field == "withoutRules"


def test_ways_of_finding_that_time_does_not_reach_are_told(standing: Engine) -> None:
    hurried = SearchService(standing.reader(), dict, seconds=0.0)
    answer = hurried.search(SearchQuery(text="RED BULL"))
    if standing.kind == "tantivy":
        assert "heard, Thai" in answer.left or "heard, Latn" in answer.left
        assert answer.total.relation == "gte"
    assert (
        SearchService(standing.reader(), dict, seconds=60.0).search(SearchQuery(text="RED BULL")).left == ()
    )


def test_sound_crosses_scripts_and_forgets_the_look(service: SearchService) -> None:
    assert set(titles(marks(service, "younitell", "sound").hits)) >= {"UNITEL", "ຢູນິເທລ"}
    assert "Red Bull Energy" not in titles(marks(service, "bull", "sound").hits)[:2]


def test_patents_are_found_by_all_words_and_by_phrases(service: SearchService) -> None:
    def found(text: str, match: Match = "similar") -> set[str | None]:
        return set(titles(service.search(SearchQuery(text=text, match=match, filters=OF_PATENTS)).hits))

    assert found("coffee") == {"Method for brewing coffee", "Coffee machine"}
    assert found("coffee water") == {"Method for brewing coffee"}
    assert found('"hot water" pump') == {"Method for brewing coffee"}
    assert found('"water hot"') == set()
    assert found("추출") == {"커피 추출 방법"}
    assert found("hot water", "exact") == {"Method for brewing coffee"}
    assert found("coffee ma", "startsWith") == {"Coffee machine"}
    assert found("machin", "contains") == {"Coffee machine"}


def test_all_rights_come_together(service: SearchService) -> None:
    found = titles(service.search(SearchQuery(text="coffee")).hits)
    assert {"Coffee machine", "Coffee cups", "Method for brewing coffee"} <= set(found)
    assert titles(service.search(SearchQuery(text="ดอยตุง")).hits)[0] == "กาแฟดอยตุง"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("40-2019-1A", "STEIGER"),
        ("SG 40201900001A", "STEIGER"),
        ("40201900001", "STEIGER"),
        ("sg-tm-40201900001a", "STEIGER"),
        ("TH 190000002", "Staiger"),
        ("4-2019-3", "NO REGRETS"),
        ("15/123,456", "Method for brewing coffee"),
        ("US 2019/123456 A1", "Method for brewing coffee"),
        ("10-1944113", "커피 추출 방법"),
        ("EM 4247823-1", "Coffee cups"),
        ("DID2019000015", "RED-BULL"),
        ("MY TM2019000016", "Red Bull Energy"),
    ],
)
@pytest.mark.parametrize("match", ["similar", "exact"])
def test_a_number_in_any_form_finds_its_record_first(
    service: SearchService, typed: str, title: str, match: Match
) -> None:
    answer = service.search(SearchQuery(text=typed, match=match))
    assert titles(answer.hits)[0] == title
    assert answer.hits[0].score == 1.0
    assert answer.hits[0].why[0].rule == "number"


def test_names_follow_the_number(service: SearchService) -> None:
    assert service.search(SearchQuery(text="4020190000004", match="exact")).total.value == 1
    assert (
        titles(service.search(SearchQuery(text="4020190000004", filters=Filters(offices=("TH",)))).hits) == []
    )


def test_without_a_text_the_newest_filed_come_first_and_undated_last(service: SearchService) -> None:
    answer = service.search(SearchQuery(limit=100))
    assert answer.total == (len(EVERYTHING), "eq")
    filed = [decode_short(hit.short).filing_date for hit in answer.hits]
    assert filed[-1] is None
    assert filed[:-1] == sorted(filed[:-1], key=lambda day: day or dt.date.min, reverse=True)
    oldest = service.search(SearchQuery(limit=100, sort=Sort("filingDate", descending=False)))
    assert titles(oldest.hits)[0] == "STEIGER"
    assert titles(oldest.hits)[-1] == "CÀ PHÊ ĐÔNG DƯƠNG"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(offices=("KH", "MM")), {"ကိုကာကိုလာ", "កូកាកូឡា"}),
        (Filters(nice_classes=(42, 38)), {"STEIGER", "UNITEL", "ຢູນິເທລ"}),
        (Filters(status=("pending", "expired")), {"Coca-Cola", "코카콜라"}),
        (Filters(territories=("DE",)), {"Coffee cups"}),
        (Filters(vienna_codes=("26.4",)), {"sta 金 tel"}),
        (Filters(vienna_codes=("1",)), {None}),
        (Filters(locarno=("07",)), {"Coffee cups"}),
        (Filters(ipc=("a47j 31/00",)), {"커피 추출 방법", "Coffee machine"}),
        (Filters(applicant="star coffee"), {"STARBUCKS", "สตาร์บัคส์"}),
        (Filters(applicant="Star Coffee Private Limited"), {"STARBUCKS", "สตาร์บัคส์"}),
        (Filters(applicant="Star Tea"), set()),
        (Filters(applicant="สไตเกอร์"), {"Staiger"}),
        (Filters(applicant="บริษัท สไตเกอร์ จำกัด"), {"Staiger"}),
        (Filters(applicant="스타"), {"스타벅스"}),
        (Filters(filed_from=dt.date(2019, 3, 1), filed_to=dt.date(2019, 4, 1)), {"STEIGER", "Staiger"}),
        (Filters(filed_to=dt.date(2019, 3, 1)), {"STEIGER"}),
        (Filters(rights=("geographical-indication",)), {"กาแฟดอยตุง"}),
    ],
)
def test_filters_are_exact(service: SearchService, filters: Filters, expected: set[str | None]) -> None:
    answer = service.search(SearchQuery(filters=filters))
    assert set(titles(answer.hits)) == expected
    assert answer.total == (len(answer.hits), "eq")


@pytest.mark.parametrize(
    "filters", [Filters(vienna_codes=("77",)), Filters(locarno=("99-99",)), Filters(applicant="...")]
)
def test_what_cannot_be_asked_is_told_by_its_field(service: SearchService, filters: Filters) -> None:
    with pytest.raises(InputError) as error:
        service.search(SearchQuery(filters=filters))
    assert error.value.field in ("viennaCodes", "locarno", "applicant")
    assert error.value.mend


def test_facets_have_labels_and_count_what_was_found(service: SearchService) -> None:
    query = SearchQuery(
        filters=OF_MARKS,
        facets=("offices", "status", "niceClasses", "filingYear", "applicants", "viennaCodes"),
    )
    facets = service.search(query).facets
    assert (facets["offices"][0].value, facets["offices"][0].label, facets["offices"][0].count) == (
        "SG",
        "Singapore",
        11,
    )
    assert sum(value.count for value in facets["status"]) == len(MARKS)
    assert facets["niceClasses"][0].label.startswith("32 ")
    assert {value.value for value in facets["filingYear"]} == {"2019", "2020"}
    assert facets["applicants"][0].label == "Acme Ltd."
    assert {value.value for value in facets["viennaCodes"]} == {"01", "26"}


def test_facets_of_a_likeness_count_what_is_listed(service: SearchService) -> None:
    answer = service.search(SearchQuery(text="Coca-Cola", filters=OF_MARKS, facets=("offices",), limit=100))
    assert sum(value.count for value in answer.facets["offices"]) == len(answer.hits) == answer.total.value


@pytest.mark.parametrize(
    "query",
    [
        SearchQuery(),
        SearchQuery(sort=Sort("filingDate", descending=False)),
        SearchQuery(sort=Sort("expiryDate", descending=False)),
        SearchQuery(sort=Sort("changed")),
        SearchQuery(text="Coca-Cola"),
        SearchQuery(text="Coca-Cola", sort=Sort("filingDate")),
        SearchQuery(text="ca phe", sort=Sort("filingDate", descending=False)),
        SearchQuery(text="coffee", filters=OF_PATENTS),
        SearchQuery(text="s", match="contains"),
        SearchQuery(text="40201900001A", match="contains"),
    ],
)
@pytest.mark.parametrize("limit", [1, 4])
def test_pages_lead_to_the_end_with_each_once(service: SearchService, query: SearchQuery, limit: int) -> None:
    whole = service.search(dataclasses.replace(query, limit=100))
    cursor, met = None, list[str]()
    for _ in range(100):
        answer = service.search(dataclasses.replace(query, limit=limit, cursor=cursor))
        assert answer.total == whole.total
        assert len(answer.hits) <= limit
        met += [hit.id for hit in answer.hits]
        cursor = answer.next
        if cursor is None:
            break
    assert met == [hit.id for hit in whole.hits]
    assert len(set(met)) == len(met) == whole.total.value


def test_likeness_sorted_by_date_has_the_undated_last(service: SearchService) -> None:
    query = SearchQuery(text="ca phe dong duong", filters=OF_MARKS, sort=Sort("filingDate", descending=False))
    answer = service.search(query)
    assert titles(answer.hits)[-1] == "CÀ PHÊ ĐÔNG DƯƠNG"
    assert all(hit.score is not None and hit.why for hit in answer.hits)


def test_a_foreign_cursor_is_refused(service: SearchService) -> None:
    cursor = service.search(SearchQuery(limit=1)).next
    with pytest.raises(InputError) as error:
        service.search(SearchQuery(text="steiger", cursor=cursor))
    assert error.value.field == "cursor"


def test_as_of_is_told_for_the_offices_asked(service: SearchService) -> None:
    assert service.search(SearchQuery()).as_of == AS_OF
    assert set(service.search(SearchQuery(filters=Filters(offices=("TH", "KR")))).as_of) == {"TH"}


def test_applicants_are_found_by_words_of_their_names(service: SearchService) -> None:
    found = service.applicants("star coffee", 5)
    assert [one.names for one in found] == [("Star Coffee Pte. Ltd.",)]
    assert found[0].records == 2
    assert found[0].countries == ("SG",)
    assert found[0].by_right == {"trademark": 2}
    assert found[0].by_office == {"SG": 1, "TH": 1}
    assert service.applicant(found[0].id) == found[0]
    assert service.applicant("ap-none") is None
    assert service.applicants("nobody at all", 5) == []


def test_applicants_without_a_name_are_those_with_most(service: SearchService) -> None:
    assert service.applicants("", 2)[0].names[0] == "Acme Ltd."


@pytest.mark.parametrize(
    "text",
    [
        "\u0000",
        "\u202eevil",
        "👩‍👩‍👧‍👦",
        "e" + "\u0301" * 300,
        "a" * 1000,
        "ก" * 1000,
        "' OR 1=1 --",
        "*:*",
        "((((",
        "/(a+)+$/",
        "~",
        "\\",
        '"',
        "ﷺ" * 50,
        "12" * 500,
    ],
)
@pytest.mark.parametrize("match", ["similar", "exact", "startsWith", "contains", "sound"])
def test_odd_queries_are_answered(service: SearchService, text: str, match: Match) -> None:
    assert service.search(SearchQuery(text=text, match=match)).total.value <= len(EVERYTHING)


def test_every_kind_of_right_is_asked_for_as_all(service: SearchService) -> None:
    assert (
        service.search(SearchQuery(text="coffee", filters=Filters(rights=RIGHTS))).total
        == service.search(SearchQuery(text="coffee")).total
    )
