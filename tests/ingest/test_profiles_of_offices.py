import re

import pytest

from ingest.profile import GENERAL, office_codes, profile
from register.model import PLAIN_STATUSES, Plain, Right

ASEAN = ("BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "VN")

# Office, right, format, the office's word or code, what it means.
MEANINGS: list[tuple[str, Right, str, str, Plain]] = [
    ("KR", "trademark", "kipris", "등록", "registered"),
    ("KR", "trademark", "kipris", "거절", "ended"),
    ("KR", "trademark", "kipris", "소멸", "ended"),
    ("KR", "trademark", "kipris", "포기", "ended"),
    ("KR", "trademark", "kipris", "출원", "pending"),
    ("KR", "trademark", "kipris", "공고", "pending"),
    ("KR", "patent", "kipris", "공개", "pending"),
    ("KR", "patent", "kipris", "취하", "ended"),
    ("KR", "trademark", "kr-marks-json", "실효", "ended"),
    ("KR", "patent", "kipris", "무효", "ended"),
    ("KR", "patent", "kipris", "각하", "ended"),
    ("ID", "trademark", "st66", "Rejected", "ended"),
    ("ID", "trademark", "st66", "(TM) Didaftar", "registered"),
    ("ID", "trademark", "st66", "(TM) Ditolak", "ended"),
    ("ID", "trademark", "st66", "Kadaluarsa", "expired"),
    ("MY", "trademark", "st66", "REGISTERED", "registered"),
    ("MY", "trademark", "st66", "Suspended", "ended"),
    ("KH", "trademark", "st66", "TM Registered", "registered"),
    ("LA", "trademark", "st66", "Awaiting Court Action", "pending"),
    ("TH", "trademark", "thai-dip", "จดทะเบียน", "registered"),
    ("TH", "trademark", "thai-dip", "ประกาศโฆษณา", "pending"),
    ("TH", "trademark", "thai-dip", "ไม่รับจดทะเบียน", "ended"),
    ("TH", "trademark", "thai-dip", "Inactive", "ended"),
    ("VN", "trademark", "st66", "Cấp bằng", "registered"),
    ("VN", "trademark", "st66", "Từ chối", "ended"),
    ("VN", "trademark", "st66", "Hết hạn", "expired"),
    ("VN", "patent", "st36", "Đã cấp văn bằng bảo hộ", "registered"),
    ("BN", "trademark", "st66", "M40", "unknown"),
    ("PH", "trademark", "st66", "Refused for non-filing of DAU", "ended"),
    ("PH", "design", "st86", "In decision on registration", "pending"),
    ("SG", "trademark", "ipos", "Pending (Under Examination)", "pending"),
    ("SG", "trademark", "ipos", "Registered", "registered"),
    ("SG", "trademark", "ipos", "Treated as Withdrawn", "ended"),
    ("SG", "trademark", "ipos", "Treated As Withdrawn (Continued Processing Possible)", "pending"),
    ("SG", "trademark", "ipos", "Expired (Late Renewal Possible)", "expired"),
    ("SG", "trademark", "ipos", "Removed", "expired"),
    ("SG", "design", "ipos", "Removed", "ended"),
    ("MY", "trademark", "st66", "15", "unknown"),
    ("BR", "trademark", "st66", "Depositado", "pending"),
    ("BR", "trademark", "st66", "Indeferido", "ended"),
    ("RO", "trademark", "st66", "Registered trademark", "registered"),
    ("US", "patent", "uspto-odp", "Issue Notification Mailed", "pending"),
    ("US", "patent", "uspto-odp", "Decision on Appeal Rendered by Board", "pending"),
    ("US", "design", "uspto-odp", "Hague Application under International Review", "pending"),
    ("US", "patent", "uspto-odp", "International Application Withdrawn", "ended"),
    ("US", "patent", "uspto-odp", "Patented Case", "registered"),
    ("US", "trademark", "uspto-daily", "404", "ended"),
    ("US", "trademark", "uspto-daily", "709", "ended"),
    ("US", "trademark", "uspto-daily", "739", "registered"),
    ("US", "trademark", "uspto-daily", "630", "pending"),
    ("US", "trademark", "uspto-daily", "686", "pending"),
    ("US", "trademark", "uspto-daily", "602", "ended"),
    ("US", "trademark", "uspto-daily", "606", "ended"),
    ("US", "trademark", "uspto-daily", "626", "ended"),
    ("US", "trademark", "uspto-daily", "700", "registered"),
    ("US", "trademark", "uspto-daily", "702", "registered"),
    ("US", "trademark", "uspto-daily", "710", "ended"),
    ("US", "trademark", "uspto-daily", "715", "pending"),
    ("US", "trademark", "uspto-daily", "790", "registered"),
    ("US", "trademark", "uspto-daily", "800", "registered"),
    ("US", "trademark", "uspto-daily", "900", "expired"),
    ("US", "trademark", "st66", "The registration has been renewed.", "registered"),
    ("US", "trademark", "st66", "A Section 8 declaration has been accepted.", "registered"),
    ("US", "trademark", "st96", "Abandoned because the applicant failed to respond.", "ended"),
    ("US", "trademark", "uspto-tsdr-json", "DEAD/APPLICATION/Refused/Dismissed or Invalidated", "ended"),
    ("US", "trademark", "st96", "A cancellation proceeding is pending at the Board.", "registered"),
    ("US", "trademark", "st96", "The trademark application has been abandoned after a decision.", "ended"),
    ("US", "trademark", "st96", "A Section 15 declaration has been acknowledged.", "registered"),
    ("US", "trademark", "st96", "Notice of Allowance (NOA) sent (issued) to the applicant.", "pending"),
    ("US", "patent", "uspto-odp", "150", "registered"),
    ("US", "patent", "uspto-odp", "Patented Case", "registered"),
    ("US", "patent", "uspto-odp", "Abandoned  --  Failure to Respond to an Office Action", "ended"),
    ("US", "patent", "uspto-odp", "Abandoned - Restored", "pending"),
    ("US", "patent", "uspto-odp", "Docketed New Case - Ready for Examination", "pending"),
    (
        "US",
        "patent",
        "uspto-odp",
        "Patent Expired Due to NonPayment of Maintenance Fees Under 37 CFR 1.362",
        "expired",
    ),
    ("EM", "trademark", "euipo", "REGISTERED", "registered"),
    ("EM", "trademark", "euipo", "REMOVED_FROM_REGISTER", "ended"),
    ("EM", "trademark", "euipo", "ACCEPTED", "registered"),
    ("EM", "trademark", "euipo", "START_OF_OPPOSITION_PERIOD", "pending"),
    ("EM", "design", "euipo", "EXPIRED", "expired"),
    ("EM", "design", "euipo", "REGISTERED_AND_FULLY_PUBLISHED", "registered"),
    ("EM", "design", "st86", "Design lapsed", "ended"),
    ("EP", "patent", "epo-register", "No opposition filed within time limit", "registered"),
    ("EP", "patent", "epo-register", "The application is deemed to be withdrawn", "ended"),
    ("EP", "patent", "epo-register", "Grant of patent is intended", "pending"),
    ("DE", "trademark", "st66", "Akte vernichtet", "ended"),
    ("DE", "trademark", "st66", "Marke eingetragen", "registered"),
    ("DE", "trademark", "st66", "Marke teilweise gelöscht", "registered"),
    ("DE", "design", "st86", "Paper File Destroyed", "ended"),
    ("DE", "utility-model", "dpma", "Not pending/lapsed", "ended"),
    ("DE", "utility-model", "dpma", "Pending/in force", "unknown"),
    ("FR", "trademark", "st66", "Marque enregistrée", "registered"),
    ("FR", "trademark", "st66", "Demande publiée", "pending"),
    ("FR", "design", "inpi-json", "registered", "registered"),
    ("ES", "trademark", "oepm", "VIGOR", "registered"),
    ("ES", "trademark", "oepm", "CADUCADA", "ended"),
    ("ES", "trademark", "oepm", "CADUCADA POR FALTA DE RENOVACION", "expired"),
    ("NZ", "trademark", "st66", "Under Opposition", "pending"),
    ("SE", "trademark", "st66", "Finally shelved", "ended"),
    ("JP", "patent", "jpo", "00", "registered"),
    ("TW", "trademark", "tipo", "註冊", "registered"),
    ("CA", "trademark", "st96", "Registration published", "registered"),
    ("WO", "trademark", "st66", "Interruption of proceeding", "pending"),
]


@pytest.mark.parametrize("office", [*office_codes(), GENERAL])
def test_every_profile_loads_and_names_its_day(office: str) -> None:
    loaded = profile(office)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", loaded.mapping)
    assert loaded.office == office


def test_every_office_of_the_region_and_of_the_samples_has_a_profile() -> None:
    further = ("KR", "US", "EM", "EP", "WO", "DE", "FR", "NZ", "ES", "SE", "JP", "TW", "AP", "CA", "TL")
    assert set(office_codes()) >= {*ASEAN, *further}


@pytest.mark.parametrize("office", ASEAN)
def test_a_profile_of_the_region_has_its_own_words_and_languages(office: str) -> None:
    assert profile(office).status.words() - profile("FJ").status.words()
    assert profile(office).languages


@pytest.mark.parametrize(("office", "right", "format_name", "word", "meaning"), MEANINGS)
def test_an_offices_word_means(
    office: str, right: Right, format_name: str, word: str, meaning: Plain
) -> None:
    assert profile(office).status.plain(word, right, format_name, False) == meaning


@pytest.mark.parametrize("office", office_codes())
def test_plain_words_mean_themselves_everywhere(office: str) -> None:
    for plain in PLAIN_STATUSES:
        assert profile(office).status.plain(plain, "trademark", "jsonl", False) == plain


@pytest.mark.parametrize("office", ["TH", "KH", "LA", "MY"])
def test_an_inactive_mark_with_an_expiry_date_is_expired(office: str) -> None:
    assert profile(office).status.plain("Inactive", "trademark", "st66", True) == "expired"


@pytest.mark.parametrize("office", office_codes())
def test_a_word_nobody_knows_is_no_word(office: str) -> None:
    assert profile(office).status.plain("Zorbified", "trademark", "st66", False) is None
