from typing import Any

import pytest

from ingest.draft import DraftGoods, DraftMedia, DraftText, NotAFeedError
from ingest.formats.tipo import FORMAT
from tests.ingest.formats.reading import as_json, drafts, only, read, sureness

_MARK: dict[str, Any] = {
    "-sequence": 1,
    "appl-no": "112000999",
    "appl-date": "2023/02/27",
    "tmark-name": "青檸 LIME",
    "tmark-class": "1",
    "tmark-class-desc": "商標",
    "tmark-image-url": [
        {"image-data-1": "https://tipo.example/1.jpg", "image-data-2": None, "audio-filename": "a.mp3"}
    ],
    "tmark-type-desc": "平面",
    "tmark-color-desc": "墨色",
    "tmark-draft-c": "青檸",
    "tmark-draft-e": "LIME",
    "tmark-draft-j": None,
    "goodsclasses": [
        {"-sequence": 1, "goodsclass-code": "032", "goods-name": "啤酒。", "goods-group": "3201;3202"}
    ],
    "parties": {
        "applicants": [
            {
                "chinese-name": "檸檬　有限公司",
                "english-name": "LIME LTD.",
                "japanese-name": None,
                "address": "臺中市",
                "country-code": "TW",
            }
        ],
        "agents": [{"chinese-name": "陳家蔭", "address": None}],
    },
}
_PATENT: dict[str, Any] = {
    "sequence": 1,
    "publication-reference": {"notice-no": 202300999, "notice-date": "2023/05/01"},
    "application-reference": {"appl-no": "111100999", "appl-date": "2022/01/05", "appl-class": "1"},
    "patent-title": {"patent-name-chinese": "榨汁機", "patent-name-english": "JUICER"},
    "patent-right": {"patent-no": "I800999", "patent-bdate": "2023/06/01", "patent-edate": "2042/01/04"},
    "parties": {
        "applicants": [{"applicant": {"chinese-name": "檸檬有限公司", "english-country": "TW"}}],
        "inventors": [{"inventor": [{"chinese-name": "王小明", "english-name": "WANG, Xiao-Ming"}]}],
    },
    "classification-ipc": [{"ipc": [{"ipc-full": "A47J-019/00(2006.01)"}, {"ipc-full": "A23N-001/00"}]}],
}


def _reply(service: str, rows: Any, key: str = "tmarkcontent") -> str:
    envelope = {"version": "1.0", "status": "ok", "message": "", "top": 2, "skip": 0, "total-count": 3386403}
    return as_json(envelope | {service: {"-page-count": 1, "-create-date": "2026/05/17", key: rows}})


def test_a_mark_is_read_as_delivered() -> None:
    draft = only(FORMAT, _reply("tmarkappl", [_MARK]))
    assert (draft.right, draft.application_number, draft.filing_date) == (
        "trademark",
        "112000999",
        "2023/02/27",
    )
    assert (draft.kind, draft.feature, draft.colours) == ("商標", "平面", [DraftText("墨色", "zh")])
    assert draft.texts == [DraftText("青檸 LIME"), DraftText("青檸", "zh"), DraftText("LIME", "en")]
    assert draft.media == [DraftMedia("image", "https://tipo.example/1.jpg"), DraftMedia("sound", "a.mp3")]


def test_a_wording_that_comes_twice_is_one_text_with_its_language() -> None:
    row = _MARK | {"tmark-name": "青檸", "tmark-draft-e": None}
    assert only(FORMAT, _reply("tmarkappl", [row])).texts == [DraftText("青檸", "zh")]


def test_a_party_has_its_names_in_every_script() -> None:
    (party,) = only(FORMAT, _reply("tmarkappl", [_MARK])).applicants
    assert (party.name, party.country) == ("檸檬　有限公司", "TW")
    assert party.names == [DraftText("LIME LTD.", "en")]


def test_classes_since_the_nice_classification_are_nice_classes() -> None:
    draft = only(FORMAT, _reply("tmarkappl", [_MARK]))
    assert (draft.nice_classes, draft.national_classes) == (["032"], [])
    assert draft.goods == [DraftGoods("032", "啤酒。", "zh", ("3201", "3202"))]


def test_older_classes_are_those_of_the_offices_own_list() -> None:
    draft = only(FORMAT, _reply("tmarkappl", [_MARK | {"appl-date": "1951/02/27"}]))
    assert (draft.nice_classes, draft.national_classes) == ([], ["032"])
    assert draft.goods[0].nice_class == ""


def test_a_registration_has_its_number_and_term() -> None:
    row = _MARK | {"exam-no": "01500999", "reg-date": "2023/09/01", "deadline": "2033/08/31"}
    draft = only(FORMAT, _reply("tmarkrights", [row]))
    assert (draft.registration_number, draft.expiry_date) == ("01500999", "2033/08/31")


def test_a_patent_is_read_through_its_nested_lists() -> None:
    draft = only(FORMAT, _reply("tw-patent-rights", [_PATENT], "patentcontent"))
    assert (draft.right, draft.application_number, draft.registration_number) == (
        "patent",
        "111100999",
        "I800999",
    )
    assert draft.titles == [DraftText("榨汁機", "zh"), DraftText("JUICER", "en")]
    assert draft.ipc == ["A47J-019/00(2006.01)", "A23N-001/00"]
    assert (draft.publication_number, draft.expiry_date) == ("202300999", "2042/01/04")
    assert [party.name for party in draft.inventors] == ["王小明"]


@pytest.mark.parametrize(
    ("number", "right"), [("111100999", "patent"), ("111200999", "utility-model"), ("111300999", "design")]
)
def test_the_fourth_digit_tells_what_a_patent_application_is_for(number: str, right: str) -> None:
    row = {"appl-no": number, "appl-date": "2022/01/05", "publish-flag": "1", "classification-ipc": []}
    assert only(FORMAT, _reply("tw-patent-applI", [row], "patentcontent")).right == right


def test_locarno_classes_make_an_old_application_one_for_a_design() -> None:
    row = {
        "appl-no": "06202104",
        "classification-loc": [{"loc": [{"loc-full": "06-01"}]}],
        "publish-flag": "1",
    }
    draft = only(FORMAT, _reply("tw-patent-applI", [row], "patentcontent"))
    assert (draft.right, draft.locarno) == ("design", ["06-01"])


def test_one_row_may_stand_for_a_list_of_one() -> None:
    assert len(drafts(FORMAT, _reply("tmarkappl", _MARK))) == 1


def test_parts_of_records_are_refused() -> None:
    priority = {"-tmark-right-url": "x", "tmarkcontent": [{"appl-no": "1", "tmark-name": "x"}]}
    reply = _reply("tmarkpriority", [priority], "tmarkrightscontents")
    assert sureness(FORMAT, reply) > 0
    with pytest.raises(NotAFeedError, match="parts of records"):
        read(FORMAT, reply)


def test_a_reply_without_rows_is_refused() -> None:
    with pytest.raises(NotAFeedError, match="without a single record"):
        read(FORMAT, _reply("tmarkappl", []))


def test_the_format_is_known_by_its_hyphenated_names() -> None:
    assert sureness(FORMAT, _reply("tmarkappl", [_MARK])) > 80
    assert sureness(FORMAT, as_json({"applicationNumber": "1"})) == 0
