import pytest

from ingest.draft import Damage, DraftGoods, DraftPriority, DraftPublication, DraftText, NotAFeedError
from ingest.formats.kipris import FORMAT
from tests.ingest.formats.reading import drafts, only, read, sureness

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n\n\n\n<response><header><resultCode></resultCode>'
_HEAD += "<resultMsg></resultMsg></header><body><items><TotalSearchCount>1</TotalSearchCount>\n"
_TAIL = "</items></body></response>"

_MARK = """<TradeMarkInfo><SerialNumber>1</SerialNumber><ApplicationNumber>4020190000999</ApplicationNumber>
<AppReferenceNumber> </AppReferenceNumber><ApplicationDate>20190102</ApplicationDate>
<PublicNumber>4020190000998</PublicNumber><PublicDate>20190731</PublicDate>
<RegistrationPublicNumber>4020190000997</RegistrationPublicNumber>
<RegistrationPublicDate>20191230</RegistrationPublicDate>
<RegistrationNumber>4015000000000</RegistrationNumber><RegReferenceNumber> </RegReferenceNumber>
<RegistrationDate>20191223</RegistrationDate>
<PriorityClaimNumber>018000001|018000002</PriorityClaimNumber>
<PriorityClaimDate>20180801|20180802</PriorityClaimDate>
<InternationalRegisterNumber> </InternationalRegisterNumber>
<InternationalRegisterDate> </InternationalRegisterDate>
<ApplicationStatus>등록</ApplicationStatus><GoodClassificationCode>16|35|41</GoodClassificationCode>
<ViennaCode>011509|270525</ViennaCode><ApplicantName>주식회사 한빛|김하늘</ApplicantName>
<AgentName>특허법인 다온</AgentName>
<RegistrationRightholderName>주식회사 한빛 Hanbit &amp; Co,Ltd</RegistrationRightholderName>
<Title>라임 LIME</Title><FulltextExistFlag>Y</FulltextExistFlag>
<ImagePath>http://kipris.example/large</ImagePath><ThumbnailPath>http://kipris.example/small</ThumbnailPath>
</TradeMarkInfo>"""

_DESIGN = """<DesignInfo><number>1</number><applicationNumber>3020210000999</applicationNumber>
<applicationDate>20211213</applicationDate><publicationNumber></publicationNumber>
<publicationDate>20230612</publicationDate><registrationDate>20230607</registrationDate>
<registrationNumber>3012000000000</registrationNumber><designNumber>M001</designNumber>
<applicationStatus>등록</applicationStatus><applicantName>주식회사 한빛</applicantName>
<agentName>특허법인 다온</agentName><inventorName>송가람|이나래</inventorName><articleName>의자</articleName>
<openNumber></openNumber><openDate></openDate><designMainClassification>D211|D212</designMainClassification>
<dsShpClssCd>D211|D211A</dsShpClssCd><imagePath>http://kipris.example/a</imagePath>
<imagePathLarge>http://kipris.example/b</imagePathLarge></DesignInfo>"""

_PATENT = """<PatentUtilityInfo><Applicant>한빛대학교 산학협력단|주식회사 한빛</Applicant>
<ApplicationDate>20221230</ApplicationDate><ApplicationNumber>1020220000999</ApplicationNumber>
<Abstract>본 발명은 α-아밀라아제에 관한 것이다.
    둘째 줄.</Abstract><DrawingPath>
    http://kipris.example/d</DrawingPath><ThumbnailPath></ThumbnailPath>
<InventionName>세척 장치</InventionName>
<InternationalpatentclassificationNumber>A23L 33/105|A61K
    36/185</InternationalpatentclassificationNumber>
<OpeningDate>20240709</OpeningDate><OpeningNumber>1020240000998</OpeningNumber><PublicNumber></PublicNumber>
<PublicDate>20250101</PublicDate><RegistrationDate></RegistrationDate><RegistrationNumber></RegistrationNumber>
<RegistrationStatus>공개</RegistrationStatus></PatentUtilityInfo>"""


def _reply(*records: str) -> str:
    return _HEAD + "\n".join(records) + _TAIL


def test_a_mark_has_its_numbers_dates_and_status_as_delivered() -> None:
    draft = only(FORMAT, _reply(_MARK))
    assert draft.right == "trademark"
    assert (draft.application_number, draft.registration_number) == ("4020190000999", "4015000000000")
    assert (draft.filing_date, draft.publication_date, draft.registration_date) == (
        "20190102",
        "20190731",
        "20191223",
    )
    assert (draft.status_code, draft.status_plain) == ("등록", "")
    assert draft.publications == [
        DraftPublication(number="4020190000998", date="20190731"),
        DraftPublication(number="4020190000997", date="20191230"),
    ]


def test_lists_of_a_mark_are_parted_at_the_bars() -> None:
    draft = only(FORMAT, _reply(_MARK))
    assert draft.nice_classes == ["16", "35", "41"]
    assert draft.vienna_codes == ["011509", "270525"]
    assert draft.priorities == [
        DraftPriority(number="018000001", date="20180801"),
        DraftPriority(number="018000002", date="20180802"),
    ]


def test_the_holder_stands_beside_the_applicants_with_both_spellings() -> None:
    draft = only(FORMAT, _reply(_MARK))
    assert [(party.name, party.role) for party in draft.applicants] == [
        ("주식회사 한빛", "applicant"), ("김하늘", "applicant"), ("주식회사 한빛", "holder"),
    ]  # fmt: skip
    assert draft.applicants[2].names[0] == DraftText("Hanbit & Co,Ltd")


def test_a_mark_in_two_scripts_is_found_whole_and_by_each_part() -> None:
    draft = only(FORMAT, _reply(_MARK))
    assert [text.text for text in draft.texts] == ["라임 LIME", "라임", "LIME"]


def test_a_single_space_is_no_value() -> None:
    draft = only(FORMAT, _reply(_MARK))
    assert (draft.international_number, draft.numbers, draft.events) == ("", [], [])


def test_the_large_image_is_the_one_kept() -> None:
    (image,) = only(FORMAT, _reply(_MARK)).media
    assert (image.kind, image.file) == ("image", "http://kipris.example/large")


def test_classes_of_three_digits_are_not_nice() -> None:
    old = _MARK.replace("16|35|41", "038|09")
    draft = only(FORMAT, _reply(old))
    assert (draft.nice_classes, draft.national_classes) == (["09"], ["038"])


def test_a_design_has_its_number_within_the_application_and_national_classes() -> None:
    draft = only(FORMAT, _reply(_DESIGN))
    assert (draft.right, draft.application_number, draft.design_number) == ("design", "3020210000999", "M001")
    assert (draft.locarno, draft.national_classes) == ([], ["D211", "D212", "D211A"])
    assert draft.products == [DraftText("의자", "ko")]
    assert [party.name for party in draft.designers] == ["송가람", "이나래"]
    assert draft.media[0].file == "http://kipris.example/b"


def test_a_patent_has_its_symbols_whole_across_line_breaks() -> None:
    draft = only(FORMAT, _reply(_PATENT))
    assert draft.right == "patent"
    assert draft.ipc == ["A23L 33/105", "A61K 36/185"]
    assert (draft.publication_number, draft.publication_date) == ("1020240000998", "20240709")
    assert draft.media[0].file == "http://kipris.example/d"
    assert [party.name for party in draft.applicants] == ["한빛대학교 산학협력단", "주식회사 한빛"]


def test_a_utility_model_is_told_by_its_number() -> None:
    draft = only(FORMAT, _reply(_PATENT.replace("1020220000999", "2020220000999")))
    assert draft.right == "utility-model"


def test_names_that_begin_with_a_small_letter_are_read() -> None:
    record = """<patentUtilityInfo><applicationNumber>1020190000999</applicationNumber>
    <applicationDate>20190131</applicationDate><applicant>한빛대학교</applicant><inventionName>장치</inventionName>
    <internationalpatentclassificationNumber>H04L 9/00|G06F 21/60</internationalpatentclassificationNumber>
    <registrationStatus>등록</registrationStatus></patentUtilityInfo>"""
    assert sureness(FORMAT, _reply(record)) > 90
    draft = only(FORMAT, _reply(record))
    assert (draft.application_number, draft.filing_date) == ("1020190000999", "20190131")
    assert (draft.ipc, draft.status_code) == (["H04L 9/00", "G06F 21/60"], "등록")
    assert (draft.titles, draft.applicants[0].name) == ([DraftText("장치", "ko")], "한빛대학교")


def test_one_reply_may_hold_all_rights() -> None:
    found = drafts(FORMAT, _reply(_MARK, _DESIGN, _PATENT))
    assert [draft.right for draft in found] == ["trademark", "design", "patent"]


def test_a_broken_record_is_one_damage() -> None:
    broken = _MARK.replace("</Title>", "")
    first, second, third = read(FORMAT, _reply(_MARK, broken, _DESIGN))
    assert isinstance(second, Damage)
    assert second.position.record == 2
    assert not isinstance(first, Damage)
    assert not isinstance(third, Damage)


def test_the_record_as_delivered_and_its_place_are_kept() -> None:
    (found,) = read(FORMAT, _reply(_MARK))
    assert not isinstance(found, Damage)
    assert found.source.decode() == _MARK
    assert (found.position.record, found.position.line) == (1, 6)


def _error(code: str, message: str) -> str:
    header = f"<header><resultCode>{code}</resultCode><resultMsg>{message}</resultMsg></header>"
    return f"<response>{header}</response>"


def test_an_error_reply_is_refused_with_the_offices_message() -> None:
    with pytest.raises(NotAFeedError, match="result code 12, 서비스가 없습니다"):
        read(FORMAT, _error("12", "서비스가 없습니다"))


def test_an_error_reply_without_a_message_is_told_by_its_code() -> None:
    hidden = "<!-- <resultMsg>등록되지 않은 키</resultMsg> --><resultMsg></resultMsg>"
    reply = _error("30", "").replace("<resultMsg></resultMsg>", hidden)
    with pytest.raises(NotAFeedError, match="result code 30, the access key is not registered"):
        read(FORMAT, reply)


def test_goods_without_the_number_of_their_mark_are_refused() -> None:
    goods = "<trademarkDesignationGoodstInfo><SimilargroupCode>G27</SimilargroupCode>"
    goods += "</trademarkDesignationGoodstInfo>"
    with pytest.raises(NotAFeedError, match="designated goods of one mark"):
        read(FORMAT, _reply(goods))


def test_a_search_that_found_nothing_holds_no_records() -> None:
    nothing = _reply().replace("<TotalSearchCount>1<", "<TotalSearchCount>0<")
    with pytest.raises(NotAFeedError, match="found nothing"):
        read(FORMAT, nothing)


def test_the_format_is_known_by_its_record_elements() -> None:
    assert sureness(FORMAT, _reply(_MARK)) > 90
    assert 0 < sureness(FORMAT, _error("30", "")) < 50
    assert sureness(FORMAT, "<rss><item/></rss>") == 0
    assert sureness(FORMAT, '{"response": 1}') == 0


def test_no_goods_are_made_up() -> None:
    assert only(FORMAT, _reply(_MARK)).goods == list[DraftGoods]()


@pytest.mark.parametrize("record", [_MARK, _DESIGN, _PATENT])
@pytest.mark.parametrize(
    "written",
    ["<root><data><applicantId>2</applicantId><items>{}</items></data></root>", "<items>{}</items>", "{}"],
)
def test_records_gathered_under_another_root_are_read(record: str, written: str) -> None:
    gathered = written.format(record)
    assert sureness(FORMAT, gathered) > 80
    assert only(FORMAT, gathered) == only(FORMAT, _HEAD + record + _TAIL)


def test_xml_that_only_shares_a_name_is_not_claimed() -> None:
    assert sureness(FORMAT, "<DesignInfo><author>Kim</author></DesignInfo>") == 0
