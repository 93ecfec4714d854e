import pytest

from ingest.draft import DraftGoods, DraftPriority, DraftText, NotAFeedError
from ingest.formats.kipo_api import FORMAT
from tests.ingest.formats.reading import drafts, only, read, sureness

_HEAD = "<response><header><successYN>Y</successYN><resultCode>00</resultCode>"
_HEAD += "<resultMsg>NORMAL SERVICE</resultMsg></header><body>"
_MARK = """<item><applicationNumber>4020230000999</applicationNumber>
<applicationDate>20230320</applicationDate><registrationNumber>4000000999</registrationNumber><registrationDate>20240401</registrationDate>
<registrationPublicNumber>4000000999-0000</registrationPublicNumber><title>LIME</title>
<applicationStatus>등록</applicationStatus><bigDrawing>https://kipris.example/m.gif</bigDrawing>
<classificationCode>09;42</classificationCode><viennaCode>26.04.01 26.04.02</viennaCode>
<applicantName>한빛전자주식회사</applicantName><agentName></agentName>
<regPrivilegeName>한빛전자주식회사</regPrivilegeName></item>"""
_DESIGN = """<item><applicationNumber>3020230000999</applicationNumber><registerStatus>등록</registerStatus>
<articleName>휴대용 전화기</articleName><drawing>https://kipris.example/d.jpg</drawing>
<locCode>14-03;14-02</locCode><inventorName>박가람</inventorName></item>"""
_PATENT = """<item><applicationNumber>{number}</applicationNumber>
<registerNumber>1020000000000</registerNumber><registerDate>20240101</registerDate><registerStatus>공개</registerStatus>
<inventionTitle>세척 장치</inventionTitle>
<inventionTitleEnglish>Washer</inventionTitleEnglish><openNumber>1020230000998</openNumber>
<openDate>20230707</openDate><ipcNumber>H04L 9/00;G06F 21/60|G06F 21/62, H04L 9/32</ipcNumber>
<astrtCont>요약</astrtCont><inventorName>박가람;이나래</inventorName></item>"""


def _reply(*items: str) -> str:
    return f"{_HEAD}<items>{''.join(items)}</items><totalCount>{len(items)}</totalCount></body></response>"


@pytest.mark.parametrize("written", ["09;42", "09 42", "09|42", "09, 42"])
def test_classes_are_read_however_they_are_listed(written: str) -> None:
    assert only(FORMAT, _reply(_MARK.replace("09;42", written))).nice_classes == ["09", "42"]


def test_a_mark_has_dotted_vienna_codes_as_delivered() -> None:
    draft = only(FORMAT, _reply(_MARK))
    assert draft.right == "trademark"
    assert draft.vienna_codes == ["26.04.01", "26.04.02"]
    assert draft.texts == [DraftText("LIME")]
    assert [party.role for party in draft.applicants] == ["applicant", "holder"]


def test_a_design_has_locarno_classes() -> None:
    draft = only(FORMAT, _reply(_DESIGN))
    assert (draft.right, draft.locarno, draft.status_code) == ("design", ["14-03", "14-02"], "등록")
    assert (draft.designers[0].name, draft.media[0].kind) == ("박가람", "view")


def test_a_patent_has_both_titles_and_its_symbols() -> None:
    draft = only(FORMAT, _reply(_PATENT.format(number="1020230000999")))
    assert draft.right == "patent"
    assert draft.titles == [DraftText("세척 장치", "ko"), DraftText("Washer", "en")]
    assert draft.ipc == ["H04L 9/00", "G06F 21/60", "G06F 21/62", "H04L 9/32"]
    assert (draft.registration_number, draft.registration_date) == ("1020000000000", "20240101")
    assert [party.name for party in draft.inventors] == ["박가람", "이나래"]


def test_the_number_tells_a_utility_model() -> None:
    assert only(FORMAT, _reply(_PATENT.format(number="2020230000999"))).right == "utility-model"


def test_members_tell_the_right_where_the_number_does_not() -> None:
    found = drafts(
        FORMAT,
        _reply(
            _MARK.replace("4020230000999", "IR1234567"),
            _DESIGN.replace("3020230000999", "DM/123456"),
            _PATENT.format(number="PCT/KR2023/001"),
        ),
    )
    assert [draft.right for draft in found] == ["trademark", "design", "patent"]


def test_a_bibliography_reply_gives_parties_goods_and_priorities() -> None:
    item = """<item>
    <applicantInfoArray><applicantInfo><applicantAddress>서울특별시 강남구</applicantAddress>
    <applicantCode>119990000001</applicantCode><nameKoreanLong>한빛전자주식회사</nameKoreanLong>
    <engName>Hanbit Electronics</engName><nationalCode>KR</nationalCode></applicantInfo></applicantInfoArray>
    <asignProductArray>
    <asignProduct><mainCode>25</mainCode><productName>골프화</productName><subCode>G270101</subCode></asignProduct>
    <asignProduct><mainCode>038</mainCode><productName>칫솔</productName></asignProduct></asignProductArray>
    <biblioSummaryInfoArray><biblioSummaryInfo><applicationNumber>4020230000999</applicationNumber>
    <applicationDate>20230320</applicationDate><productName>라임</productName><productNameEng>LIME</productNameEng>
    <registerStatus>출원</registerStatus></biblioSummaryInfo></biblioSummaryInfoArray>
    <priorityClaimInfoArray><priorityClaimInfo><priorityApplicationCountry>US</priorityApplicationCountry>
    <priorityApplicationDate>20221001</priorityApplicationDate>
    <priorityApplicationNumber>97000001</priorityApplicationNumber></priorityClaimInfo></priorityClaimInfoArray>
    <viennaCodeInfoArray><viennaCodeInfo><viennaCode>260418</viennaCode></viennaCodeInfo></viennaCodeInfoArray>
    </item>"""
    draft = only(FORMAT, f"{_HEAD}{item}</body></response>")
    (applicant,) = draft.applicants
    assert (applicant.name, applicant.country, applicant.address) == (
        "한빛전자주식회사",
        "KR",
        "서울특별시 강남구",
    )
    assert applicant.names == [DraftText("Hanbit Electronics", "en")]
    assert draft.texts == [DraftText("라임", "ko"), DraftText("LIME", "en")]
    assert (draft.nice_classes, draft.national_classes, draft.vienna_codes) == (["25"], ["038"], ["260418"])
    assert draft.goods == [DraftGoods("25", "골프화", "ko", ("G270101",)), DraftGoods("", "칫솔", "ko")]
    assert draft.priorities == [DraftPriority("US", "97000001", "20221001")]
    assert (draft.filing_date, draft.status_code) == ("20230320", "출원")


_SUMMARY = """<biblioSummaryInfo><admstStat>소멸</admstStat><applicationDate>2021.05.31</applicationDate>
<applicationNumber>30-2021-0000999</applicationNumber><articleName>구두</articleName><designNumber>M02</designNumber>
<designPriorityApplicationCountry>JP</designPriorityApplicationCountry>
<designPriorityApplicationDate>2021.01.04</designPriorityApplicationDate>
<designPriorityApplicationNumber>2021-000111</designPriorityApplicationNumber>
<registrationDate>2022.01.06</registrationDate><registrationNumber>30-0000999-0000</registrationNumber>
</biblioSummaryInfo>"""
_OF_DESIGN = """<classificationCodeInfoArray><classificationCodeInfo>
<classificationCode>B915</classificationCode></classificationCodeInfo></classificationCodeInfoArray><designImageInfoArray><designImageInfo>
<applicationNumber>3020210000999</applicationNumber><imagePath><largePath>https://kipris.example/l</largePath>
<smallPath>https://kipris.example/s</smallPath></imagePath></designImageInfo></designImageInfoArray>"""


def test_a_designs_bibliography_has_its_numbers_one_array_deeper() -> None:
    item = f"""<item><applicantInfoArray><applicantInfo><applicantAddress>서울</applicantAddress>
    <applicantCountry>대한민국</applicantCountry><applicantName>박가람</applicantName></applicantInfo>
    </applicantInfoArray><biblioSummaryInfoArray><biblioInfoArray>{_SUMMARY}</biblioInfoArray>{_OF_DESIGN}
    </biblioSummaryInfoArray><creativeSummaryInfoArray><creativeSummaryInfo>
    <designSummary>형상과 모양</designSummary></creativeSummaryInfo></creativeSummaryInfoArray>
    <inventorInfoArray><inventorInfo><inventorName>이나래</inventorName></inventorInfo></inventorInfoArray><legalStatusInfoArray><legalStatusInfo><rsDate>2021.05.31</rsDate>
    <rsDocumentName>출원서</rsDocumentName></legalStatusInfo></legalStatusInfoArray></item>"""
    draft = only(FORMAT, f"{_HEAD}{item}</body></response>")
    assert (draft.right, draft.application_number, draft.design_number) == (
        "design",
        "30-2021-0000999",
        "M02",
    )
    assert (draft.registration_number, draft.status_code) == ("30-0000999-0000", "소멸")
    assert [(party.name, party.country) for party in draft.applicants] == [("박가람", "대한민국")]
    assert [party.name for party in draft.designers] == ["이나래"]
    assert (draft.national_classes, [one.file for one in draft.media]) == (
        ["B915"],
        ["https://kipris.example/l"],
    )
    assert draft.priorities == [DraftPriority("JP", "2021-000111", "2021.01.04")]
    assert draft.descriptions == [DraftText("형상과 모양", "ko")]
    assert [event.text for event in draft.events] == ["출원서"]


def test_a_summary_alone_is_a_record() -> None:
    body = f"<items><biblioSummaryInfoArray>{_SUMMARY}{_OF_DESIGN}</biblioSummaryInfoArray></items>"
    reply = f"{_HEAD}{body}</body></response>"
    assert sureness(FORMAT, reply) > 90
    draft = only(FORMAT, reply)
    assert (draft.application_number, draft.filing_date) == ("30-2021-0000999", "2021.05.31")
    assert draft.products == [DraftText("구두", "ko")]


def test_names_that_begin_with_a_capital_are_read() -> None:
    item = """<item><ApplicationDate>20240218</ApplicationDate>
    <ApplicationNumber>2020240000999</ApplicationNumber><Abstract>요약</Abstract>
    <inventionTitle>고정 장치</inventionTitle><registerStatus>등록</registerStatus></item>"""
    assert sureness(FORMAT, _reply(item)) > 90
    draft = only(FORMAT, _reply(item))
    assert (draft.right, draft.application_number) == ("utility-model", "2020240000999")
    assert (draft.filing_date, draft.abstracts) == ("20240218", [DraftText("요약", "ko")])


def test_pictures_of_an_application_are_no_record() -> None:
    item = """<item><applicationNumber>3020210000999</applicationNumber><designNumber>M01</designNumber>
    <imagePath><largePath>https://kipris.example/l</largePath></imagePath></item>"""
    with pytest.raises(NotAFeedError, match="files or pictures"):
        read(FORMAT, _reply(item))


def test_an_unsuccessful_reply_is_refused() -> None:
    reply = "<response><header><successYN>N</successYN><resultCode>11</resultCode></header></response>"
    with pytest.raises(NotAFeedError, match="result code 11, a required parameter is missing"):
        read(FORMAT, reply)


def test_the_format_is_known_by_its_items() -> None:
    assert sureness(FORMAT, _reply(_MARK)) > 90
    assert sureness(FORMAT, "<response><items><TradeMarkInfo/></items></response>") == 0
    assert sureness(FORMAT, "<rss><item><title>news</title></item></rss>") == 0


def test_items_gathered_under_another_root_are_read() -> None:
    gathered = f"<root><items>{_MARK}{_DESIGN}</items></root>"
    assert sureness(FORMAT, gathered) > 80
    assert [draft.right for draft in drafts(FORMAT, gathered)] == ["trademark", "design"]


def test_items_of_others_are_not_claimed() -> None:
    assert sureness(FORMAT, "<rss><channel><item><title>News</title></item></channel></rss>") == 0
