import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.codes.legal_forms import legal_forms, strip_legal_form
from register.codes.table import rows


@pytest.mark.parametrize(
    ("name", "proper"),
    [
        ("Acme Sdn. Bhd.", "Acme"),
        ("ACME SDN.BHD.", "ACME"),
        ("Acme (M) Sdn Bhd", "Acme (M)"),
        ("Petronas Berhad", "Petronas"),
        ("Grab Holdings Pte. Ltd.", "Grab Holdings"),
        ("DBS Bank Ltd", "DBS Bank"),
        ("San Miguel Corporation", "San Miguel"),
        ("PT Astra International Tbk", "Astra International"),
        ("PT. TELEKOMUNIKASI INDONESIA (PERSERO) TBK", "TELEKOMUNIKASI INDONESIA"),
        ("CV. Maju Jaya", "Maju Jaya"),
        ("Công ty TNHH MTV Hoa Sen", "Hoa Sen"),
        ("CÔNG TY CỔ PHẦN SỮA VIỆT NAM", "SỮA VIỆT NAM"),
        ("CONG TY CO PHAN FPT", "FPT"),
        ("Công ty Cổ phần Tập đoàn Hòa Phát", "Tập đoàn Hòa Phát"),
        ("Hon Hai Precision IND.CO.,LTD.", "Hon Hai Precision IND"),
        ("Siemens AG,", "Siemens"),
        ("Bosch GmbH & Co. KG", "Bosch"),
        ("Tiffany & Co.", "Tiffany"),
        ("Barilla S.p.A.", "Barilla"),
        ("Novo Nordisk A/S", "Novo Nordisk"),
        ("Grupo Bimbo, S.A.B. de C.V.", "Grupo Bimbo"),
        ("Koç Holding A.Ş.", "Koç Holding"),
        ("Kabushiki Kaisha Toshiba", "Toshiba"),
        ('OOO "Romashka"', '"Romashka"'),
        ("ООО Ромашка", "Ромашка"),
        ("Yahoo! Inc.", "Yahoo!"),
        ('"ACME" LLC', '"ACME"'),
        ("ABC (Co., Ltd.)", "ABC"),
        ("Ｓｏｎｙ\u3000Ｃｏ．，Ｌｔｄ．", "Ｓｏｎｙ"),
    ],
)
def test_latin_and_cyrillic_forms_are_taken_off(name: str, proper: str) -> None:
    assert strip_legal_form(name) == proper


@pytest.mark.parametrize(
    ("name", "proper"),
    [
        ("삼성전자 주식회사", "삼성전자"),
        ("삼성전자주식회사", "삼성전자"),
        ("주식회사 아모레퍼시픽", "아모레퍼시픽"),
        ("(주)아모레퍼시픽", "아모레퍼시픽"),
        ("㈜카카오", "카카오"),
        ("농업회사법인 주식회사 하늘", "하늘"),
        ("株式会社ソニー", "ソニー"),
        ("トヨタ自動車株式会社", "トヨタ自動車"),
        ("（株）日立", "日立"),
        ("華為技術有限公司", "華為技術"),
        ("台灣積體電路製造股份有限公司", "台灣積體電路製造"),
        ("บริษัท ไทยเบฟ จำกัด (มหาชน)", "ไทยเบฟ"),
        ("บริษัทเจริญโภคภัณฑ์จำกัด", "เจริญโภคภัณฑ์"),
        ("หจก. รุ่งเรือง", "รุ่งเรือง"),
        ("บจก.ทดสอบ", "ทดสอบ"),
        ("ບໍລິສັດ ລາວເບຍ ຈຳກັດ", "ລາວເບຍ"),
        ("ບໍລິສັດ ລາວເບຍ ຈໍາກັດ", "ລາວເບຍ"),
        ("ບໍລິສັດ ລາວເບຍ ຈຳກັດຜູ້ດຽວ", "ລາວເບຍ"),
        ("ក្រុមហ៊ុន អង្គរ ឯ.ក", "អង្គរ"),
        ("မြန်မာ ကုမ္ပဏီ လီမိတက်", "မြန်မာ"),
        ("ஆதி பிரைவேட் லிமிடெட்", "ஆதி"),
        ("삼성전자주식회사 SAMSUNG ELECTRONICS CO., LTD.", "삼성전자주식회사 SAMSUNG ELECTRONICS"),
    ],
)
def test_forms_of_other_scripts_are_taken_off(name: str, proper: str) -> None:
    assert strip_legal_form(name) == proper


@pytest.mark.parametrize(
    "name",
    [
        "John Smith",
        "CV Therapeutics",
        "Thai Spa",
        "SIA Engineering",
        "S.C. Johnson & Son",
        "Yayasan Sabah",
        "Viacom MTV",
        "Foo Jr.",
        "ปตท.",
        "삼성",
    ],
)
def test_a_name_without_a_form_stays(name: str) -> None:
    assert strip_legal_form(name) == name


def test_some_forms_need_the_country() -> None:
    assert strip_legal_form("CV Maju Jaya") == "CV Maju Jaya"
    assert strip_legal_form("CV Maju Jaya", "ID") == "Maju Jaya"
    assert strip_legal_form("SIA Rigas Piens", "LV") == "Rigas Piens"
    assert strip_legal_form("SIA Engineering", "SG") == "SIA Engineering"


def test_some_forms_need_their_own_spelling() -> None:
    assert strip_legal_form("Equinor AS") == "Equinor"
    assert strip_legal_form("Such as") == "Such as"


@pytest.mark.parametrize(
    "name", ["Co., Ltd.", "Limited", "주식회사", "บริษัท จำกัด", "PT Tbk", "Sdn Bhd", "有限公司", "주식회사 Ltd"]
)
def test_a_name_that_is_only_forms_is_given_back(name: str) -> None:
    assert strip_legal_form(name) == name


def test_an_empty_name_stays_empty() -> None:
    assert strip_legal_form("") == ""


FORMS = sorted(
    {
        form
        for form, strip, position, match in rows("legal_forms.csv", "form", "strip", "position", "match")
        if strip == "yes" and position != "around" and match != "country"
    }
)
words = st.sampled_from(
    ["Acme", "Maju", "Jaya", "&", "삼성", "ソニー", "ไทย", "(M)", "St.", "Ltd", "ລາວ", '"Q"', "Đông"]
)


@given(st.lists(st.one_of(words, st.sampled_from(FORMS)), max_size=5), st.sampled_from([" ", ", ", ""]))
def test_stripping_twice_is_the_same_as_once_and_never_empties(parts: list[str], between: str) -> None:
    name = between.join(parts)
    once = strip_legal_form(name)
    assert strip_legal_form(once) == once
    assert bool(once) == bool(name)
    assert once in name


@given(st.text(max_size=30))
def test_any_text_survives(text: str) -> None:
    once = strip_legal_form(text)
    assert strip_legal_form(once) == once
    assert bool(once.strip()) == bool(text.strip())


@given(st.sampled_from(FORMS))
def test_every_form_comes_off_one_side_of_a_name(form: str) -> None:
    assert "Qwertyx" in (strip_legal_form(f"Qwertyx {form}"), strip_legal_form(f"{form} Qwertyx"))


def test_a_country_has_its_forms_for_display() -> None:
    thai = [form.form for form in legal_forms("TH") if form.position == "around"]
    assert "บริษัท … จำกัด (มหาชน)" in thai
    assert legal_forms("ZZ") == ()
