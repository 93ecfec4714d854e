"""Made-up names of applicants as registers hold them: companies of the region in their scripts, persons, and
the spellings in which one company comes.
"""

import random
from collections.abc import Iterator

from register.spelling import Spelling

_BEGINS_WORDS = """
    ka ro mi ta su ve lo na dor bel tri zan qui mar sol fen gra hel jo pra sto ul vin wex yar
    cor
"""
_BEGINS = tuple(_BEGINS_WORDS.split())
_ENDS_WORDS = """
    ra to vex lin dor sen mar tek via nix lor don wick bay field ton ro ma ki shi la ri na sta
"""
_ENDS = tuple(_ENDS_WORDS.split())
_TRADES_WORDS = """
    Technology Electronics Trading Foods Precision Pharmaceutical Chemical Systems Holdings
    International Industries Medical Energy Software Logistics Textile Motors Instruments
    Design Media
"""
_TRADES = tuple(_TRADES_WORDS.split())
_FORMS = {
    "US": ("Inc.", "LLC", "Corp.", "Corporation"),
    "SG": ("Pte. Ltd.", "Pte Ltd", "Private Limited"),
    "CN": ("Co., Ltd.", "Co.,Ltd", "Company Limited"),
    "TH": ("Co., Ltd.", "Public Company Limited", "PCL"),
    "KR": ("Co., Ltd.", "Inc."),
    "JP": ("Co., Ltd.", "Corporation", "K.K."),
    "DE": ("GmbH", "AG"),
    "MY": ("Sdn. Bhd.", "Sdn Bhd", "Berhad"),
    "VN": ("Co., Ltd", "JSC"),
}
_HANGUL = "가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주"
_HANGUL_TRADES = ("전자", "제약", "건설", "식품", "산업", "홀딩스", "테크", "엔터테인먼트", "")
_HAN = "华瑞达康明盛丰泰隆安宏鑫源恒通利嘉德信远东方金海天宇龙凤云山河江林森"
_HAN_TRADES = ("科技", "电子", "贸易", "食品", "医药", "化工", "机械", "实业", "集团")
_KANA = "アイウエオカキクケコサシスセソタチツテトナニノハヒフヘホマミムメモラリルレロ"
_THAI = ("กา", "โร", "มิ", "ตา", "สุ", "เว", "โล", "นา", "ดอร์", "เบล", "ไตร", "ซัน", "มาร์", "โซล", "วิน")
_GIVEN_WORDS = """
    Wei Ming Anan Siti Minjun Hiroshi Maria John Anna Duc Linh Arif Putri Somchai Jose Elena
"""
_GIVEN = tuple(_GIVEN_WORDS.split())
_SURNAMES_WORDS = """
    Tan Lim Kim Park Nguyen Sato Santos Wong Rahman Schmidt Garcia Tran Suzuki Lee Chan Ng
"""
_SURNAMES = tuple(_SURNAMES_WORDS.split())


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_BEGINS, k=chance.randint(1, 2))).capitalize() + chance.choice(_ENDS)


def names(count: int, seed: int = 1) -> Iterator[Spelling]:
    """Distinct but for chance; some two thirds are Latin, every fifth is another spelling of one before."""
    chance = random.Random(seed)
    before: list[tuple[str, str, str]] = []
    for _ in range(count):
        kind = chance.random()
        if before and kind < 0.2:
            yield _spelled_again(chance, *chance.choice(before))
        elif kind < 0.65:
            country = chance.choice([*_FORMS])
            head = f"{_word(chance)} {_word(chance)}" if kind < 0.4 else _word(chance)
            trade = chance.choice(_TRADES)
            if len(before) < 100_000:
                before.append((head, trade, country))
            yield Spelling(f"{head} {trade} {chance.choice(_FORMS[country])}", country)
        elif kind < 0.75:
            country = chance.choice([*_FORMS])
            yield Spelling(f"{chance.choice(_SURNAMES)}, {_word(chance)} {chance.choice(_GIVEN)}", country)
        else:
            yield _in_script(chance, kind)


def _spelled_again(chance: random.Random, head: str, trade: str, country: str) -> Spelling:
    form = chance.choice(_FORMS[country])
    spelled = chance.choice((f"{head} {trade} {form}", f"{head} {trade}", f"{head} {trade[:4]}. {form}"))
    return Spelling(spelled.upper() if chance.random() < 0.5 else spelled, country)


def _in_script(chance: random.Random, kind: float) -> Spelling:
    if kind < 0.84:
        name = "".join(chance.choices(_HAN, k=chance.randint(2, 4))) + chance.choice(_HAN_TRADES)
        return Spelling(f"{name}{chance.choice(('有限公司', '股份有限公司'))}", "CN")
    if kind < 0.91:
        name = "".join(chance.choices(_HANGUL, k=chance.randint(2, 4))) + chance.choice(_HANGUL_TRADES)
        return Spelling(f"{chance.choice(('주식회사 ', '(주)'))}{name}", "KR")
    if kind < 0.96:
        return Spelling(f"株式会社{''.join(chance.choices(_KANA, k=chance.randint(3, 7)))}", "JP")
    return Spelling(f"บริษัท {''.join(chance.choices(_THAI, k=chance.randint(2, 4)))} จำกัด", "TH")
