"""Invented rights of one office: always the same ones for the same office."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

from app.demo import words

LANGUAGES = {
    "SG": "en",
    "TH": "th",
    "KR": "ko",
    "ID": "id",
    "MY": "ms",
    "VN": "vi",
    "PH": "tl",
    "KH": "km",
    "LA": "lo",
    "MM": "my",
    "BN": "ms",
}
_ABROAD = ("SG", "TH", "KR", "JP", "US", "DE", "MY", "ID", "VN")
_TRADES = ("Foods", "Trading", "Industries", "Labs", "Holdings", "Pharma", "Textiles")
_LAST_DAY = dt.date(2026, 6, 30)
_NO_SPACE = frozenset(("th", "lo", "km", "my", "zh"))
_MARK_TERM_YEARS = 10


@dataclass(frozen=True, slots=True)
class Company:
    """A company as one office spells it; `local` is the spelling in the office's own script, "" where there
    is none.
    """

    name: str
    local: str
    country: str
    address: str


@dataclass(frozen=True, slots=True)
class Course:
    """What happened to a right: `state` is filed, published, registered, expired, withdrawn or refused."""

    filed: dt.date
    published: dt.date | None
    registered: dt.date | None
    expires: dt.date | None
    state: str


@dataclass(frozen=True, slots=True)
class Mark:
    year: int
    serial: int
    text: str
    language: str
    latin: str
    feature: str
    classes: tuple[int, ...]
    vienna: tuple[str, ...]
    owner: Company
    agent: Company
    course: Course


@dataclass(frozen=True, slots=True)
class Invention:
    year: int
    serial: int
    titles: dict[str, str]
    ipc: tuple[str, ...]
    owner: Company
    inventors: tuple[str, ...]
    course: Course
    utility_model: bool


@dataclass(frozen=True, slots=True)
class Design:
    year: int
    serial: int
    products: dict[str, str]
    locarno: str
    owner: Company
    designers: tuple[str, ...]
    course: Course


@dataclass(frozen=True, slots=True)
class Indication:
    year: int
    serial: int
    name: str
    local: str
    language: str
    product: str
    area: str
    owner: Company
    course: Course


class Inventor:
    """Draws the rights of one office."""

    def __init__(self, office: str) -> None:
        self.office = office
        self.language = LANGUAGES[office]
        self._draw = random.Random(f"demonstration {office}")
        self._companies = [self._company(self._country()) for _ in range(60)]
        owners = random.Random("owners of the brands")
        self._brand_owners = [self._owner_of(brand, owners.choice(_ABROAD)) for brand in words.BRANDS]

    def marks(self, count: int) -> Iterator[Mark]:
        for serial in range(1, count + 1):
            text, language, latin, owner = self._name(serial)
            course = self._course()
            classes = tuple(
                sorted(self._draw.sample(sorted(words.GOODS), self._draw.choice((1, 1, 1, 2, 3))))
            )
            feature = self._draw.choice(("word", "word", "word", "combined", "combined", "figurative"))
            vienna = (
                () if feature == "word" else tuple(sorted({self._draw.choice(_VIENNA) for _ in range(2)}))
            )
            agent = self._draw.choice(self._companies)
            yield Mark(
                course.filed.year,
                serial,
                text,
                language,
                latin,
                feature,
                classes,
                vienna,
                owner,
                agent,
                course,
            )

    def inventions(self, count: int) -> Iterator[Invention]:
        for serial in range(1, count + 1):
            symbol, titles = self._draw.choice(words.INVENTIONS)
            more = self._draw.choice(words.INVENTIONS)[0]
            ipc = tuple(dict.fromkeys((symbol, more) if self._draw.random() < 0.4 else (symbol,)))
            course = self._course(examined_years=3, term=20)
            yield Invention(
                course.filed.year,
                serial,
                titles,
                ipc,
                self._draw.choice(self._companies),
                self._people(),
                course,
                self._draw.random() < 0.2,
            )

    def designs(self, count: int) -> Iterator[Design]:
        for serial in range(1, count + 1):
            locarno, products = self._draw.choice(words.PRODUCTS)
            course = self._course(term=15)
            yield Design(
                course.filed.year,
                serial,
                products,
                locarno,
                self._draw.choice(self._companies),
                self._people(),
                course,
            )

    def indications(self, count: int) -> Iterator[Indication]:
        for serial in range(1, count + 1):
            product = self._draw.choice(words.INDICATIONS)
            place = self._coined("en")
            local = self._coined(self.language)
            course = self._course(term=10)
            yield Indication(
                course.filed.year,
                serial,
                f"{place} {product}",
                local,
                self.language,
                product,
                f"{place} district",
                self._draw.choice(self._companies),
                course,
            )

    def _name(self, serial: int) -> tuple[str, str, str, Company]:
        """(text, its language, its Latin form, owner); one mark in nine is a brand that other offices hold
        too.
        """
        if serial % 9 == 1:
            number = (serial // 9) % len(words.BRANDS)
            brand = words.BRANDS[number]
            local = brand.spellings.get(self.language)
            owner = (
                self._brand_owners[number]
                if serial // 9 < len(words.BRANDS)
                else self._draw.choice(self._companies)
            )
            if local is not None and serial % 2:
                return local, self.language, brand.latin, owner
            return brand.latin, "en", brand.latin, owner
        owner = self._draw.choice(self._companies)
        language = self.language if self._draw.random() < 0.45 else "en"
        if self.office in ("SG", "MY") and self._draw.random() < 0.12:
            language = "zh"
        text = self._coined(language)
        return (text.upper() if language == "en" and self._draw.random() < 0.6 else text), language, "", owner

    def _coined(self, language: str) -> str:
        first, second = words.PARTS[language if language in words.PARTS else "en"]
        made = self._draw.choice(first) + self._draw.choice(second)
        if self._draw.random() < 0.3:
            space = "" if language in _NO_SPACE else " "
            made += space + self._draw.choice(first)
        return made

    def _country(self) -> str:
        return self.office if self._draw.random() < 0.65 else self._draw.choice(_ABROAD)

    def _company(self, country: str) -> Company:
        core = f"{self._coined('en')} {self._draw.choice(_TRADES)}"
        form = words.LOCAL_COMPANY_FORMS.get(country, "") if country == self.office else ""
        local = form.format(self._coined(self.language)) if form else ""
        return Company(words.COMPANY_FORMS[country].format(core), local, country, self._address(country))

    def _owner_of(self, brand: words.Brand, country: str) -> Company:
        core = brand.latin.title() + " International"
        name = words.COMPANY_FORMS[country].format(core)
        return Company(
            name.upper() if self._draw.random() < 0.3 else name, "", country, self._address(country)
        )

    def _address(self, country: str) -> str:
        return f"{self._draw.randint(1, 400)} {self._coined('en')} Road, {words.CITIES[country]}"

    def _people(self) -> tuple[str, ...]:
        count = self._draw.choice((1, 1, 2, 3))
        return tuple(
            f"{self._draw.choice(words.GIVEN)} {self._draw.choice(words.SURNAMES)}" for _ in range(count)
        )

    def _course(self, examined_years: int = 1, term: int = _MARK_TERM_YEARS) -> Course:
        filed = dt.date(2003, 1, 6) + dt.timedelta(
            days=self._draw.randrange((_LAST_DAY - dt.date(2003, 1, 6)).days)
        )
        published = filed + dt.timedelta(days=150 + self._draw.randrange(120))
        registered = filed + dt.timedelta(days=365 * examined_years + self._draw.randrange(200))
        expires = _years_later(filed, term)
        if published > _LAST_DAY:
            return Course(filed, None, None, None, "filed")
        end = self._draw.random()
        if end < 0.09:
            return Course(filed, published, None, None, "withdrawn" if end < 0.05 else "refused")
        if registered > _LAST_DAY:
            return Course(filed, published, None, None, "published")
        if expires <= _LAST_DAY and self._draw.random() < 0.5:
            return Course(filed, published, registered, expires, "expired")
        while expires <= _LAST_DAY:
            expires = _years_later(expires, term)
        return Course(filed, published, registered, expires, "registered")


_VIENNA = (
    "01.03.02",
    "03.01.01",
    "05.03.13",
    "05.07.02",
    "26.01.01",
    "26.04.05",
    "27.05.01",
    "24.17.02",
    "02.09.14",
    "11.03.04",
)


def _years_later(day: dt.date, years: int) -> dt.date:
    return dt.date(day.year + years, day.month, min(day.day, 28))
