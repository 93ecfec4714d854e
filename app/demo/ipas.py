"""Marks as an IPAS office exports them (ST.66), and designs as ST.86."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from app.demo import words
from app.demo.invent import Company, Design, Mark

_MARK_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Transaction xmlns="http://www.wipo.int/standards/XMLSchema/trademarks" '
    'xmlns:wo="http://www.wipo.int/standards/XMLSchema/wo-trademarks">\n<TradeMarkTransactionBody>\n'
)
_MARK_TAIL = "</TradeMarkTransactionBody>\n</Transaction>\n"
_FEATURES = {
    "ID": {"word": "Merek Kata", "combined": "Merek Kata dan Lukisan", "figurative": "Merek Lukisan"},
    "MY": {"word": "WORD", "combined": "COMBINED", "figurative": "FIGURATIVE"},
}
_USUAL_FEATURES = {"word": "Word", "combined": "Combined", "figurative": "Figurative"}
_KINDS = {
    "ID": "Merek Dagang",
    "MY": "TRADE MARK",
    "KH": "Domestic Trademark",
    "LA": "Trademark",
    "VN": "TradeMark",
    "BN": "Trademark",
}
_STATES = {
    "filed": "Filed",
    "published": "Published",
    "registered": "Registered",
    "expired": "Expired",
    "withdrawn": "Withdrawn",
    "refused": "Refused",
}


def mark_number(office: str, mark: Mark) -> str:
    """An application number in the office's own shape."""
    year, serial = mark.year, mark.serial
    return {
        "ID": f"DID{year}{serial:06d}",
        "MY": f"TM{year}{serial:06d}",
        "KH": f"KH/{year}/{serial:05d}",
        "LA": f"{40000 + serial}",
        "VN": f"4-{year}-{serial:05d}",
        "BN": f"BN/T/{year}/{serial:05d}",
    }[office]


def marks(office: str, made: Iterable[Mark]) -> Iterator[str]:
    """The pieces of one ST.66 file."""
    yield _MARK_HEAD
    for mark in made:
        yield _transaction(office, mark)
    yield _MARK_TAIL


def _transaction(office: str, mark: Mark) -> str:
    course = mark.course
    number = mark_number(office, mark)
    features = _FEATURES.get(office, _USUAL_FEATURES)
    vienna = "".join(
        f"<CategoryCodeDetails><CategoryCode>{code}</CategoryCode></CategoryCodeDetails>"
        for code in mark.vienna
    )
    image = (
        "<MarkImageDetails><MarkImage>"
        f"<MarkImageFilename>ATTACHMENT/{number.replace('/', '_')}.png</MarkImageFilename>"
        "<MarkImageFileFormat>PNG</MarkImageFileFormat>"
        f"<MarkImageCategory>{vienna}</MarkImageCategory></MarkImage></MarkImageDetails>"
        if vienna
        else ""
    )
    latin = (
        f"<MarkTransliteration>{escape(mark.latin)}</MarkTransliteration>"
        if mark.latin and mark.latin != mark.text
        else ""
    )
    return (
        "<TransactionContentDetails>"
        f"<TransactionIdentifier>{number}</TransactionIdentifier>"
        f"<TransactionCode>{_KINDS[office]}</TransactionCode>"
        "<TransactionData><TradeMarkApplication><TradeMarkDetails>"
        f'<TradeMark operationCode="Insert"><RegistrationOfficeCode>{office}</RegistrationOfficeCode>'
        f"<ApplicationNumber>{number}</ApplicationNumber><ApplicationDate>{course.filed}</ApplicationDate>"
        + (
            f"<RegistrationNumber>{mark.serial + 700000}</RegistrationNumber>"
            f"<RegistrationDate>{course.registered}</RegistrationDate>"
            if course.registered
            else ""
        )
        + (f"<ExpiryDate>{course.expires}</ExpiryDate>" if course.expires else "")
        + f"<wo:MarkCurrentStatusCode>{_STATES[course.state]}</wo:MarkCurrentStatusCode>"
        f"<KindMark>Individual</KindMark><MarkFeature>{features[mark.feature]}</MarkFeature>"
        f"<wo:WordMarkSpecification><wo:MarkVerbalElementText languageCode={quoteattr(mark.language)}>"
        f"{escape(mark.text)}</wo:MarkVerbalElementText>"
        f"{latin}</wo:WordMarkSpecification>{image}{_goods(office, mark)}"
        + (
            "<PublicationDetails><Publication>"
            f"<PublicationDate>{course.published}</PublicationDate></Publication></PublicationDetails>"
            if course.published
            else ""
        )
        + f"<ApplicantDetails><Applicant>{_party('Applicant', mark.owner)}</Applicant></ApplicantDetails>"
        f"<RepresentativeDetails><Representative>{_party('Representative', mark.agent)}"
        "</Representative></RepresentativeDetails>"
        "</TradeMark></TradeMarkDetails></TradeMarkApplication></TransactionData></TransactionContentDetails>\n"
    )


def _goods(office: str, mark: Mark) -> str:
    language = {"ID": "id", "VN": "vi"}.get(office, "en")
    rows = "".join(
        f"<ClassDescription><ClassNumber>{number}</ClassNumber>"
        f'<GoodsServicesDescription languageCode="{language}">{escape(_goods_of(number, language))}'
        "</GoodsServicesDescription></ClassDescription>"
        for number in mark.classes
    )
    return (
        "<GoodsServicesDetails><GoodsServices><ClassificationKindCode>Nice</ClassificationKindCode>"
        f"<ClassDescriptionDetails>{rows}</ClassDescriptionDetails></GoodsServices></GoodsServicesDetails>"
    )


def _goods_of(number: int, language: str) -> str:
    spoken = words.GOODS[number]
    return spoken.get(language, spoken["en"])


def _party(role: str, company: Company) -> str:
    return (
        f"<{role}AddressBook><FormattedNameAddress><Name><FreeFormatName><FreeFormatNameDetails>"
        f"<FreeFormatNameLine>{escape(company.local or company.name)}</FreeFormatNameLine>"
        "</FreeFormatNameDetails></FreeFormatName></Name>"
        f"<Address><AddressCountryCode>{company.country}</AddressCountryCode><FreeFormatAddress>"
        f"<FreeFormatAddressLine>{escape(company.address)}</FreeFormatAddressLine></FreeFormatAddress></Address>"
        f"</FormattedNameAddress></{role}AddressBook>"
    )


_DESIGN_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Transaction xmlns="http://www.wipo.int/standards/XMLSchema/designs">'
    "<DesignTransactionBody><TransactionContentDetails><TransactionData><DesignApplicationDetails>\n"
)
_DESIGN_TAIL = (
    "</DesignApplicationDetails></TransactionData></TransactionContentDetails>"
    "</DesignTransactionBody></Transaction>\n"
)
_DESIGN_STATES = {
    "filed": "Filed",
    "published": "Published",
    "registered": "Registered",
    "expired": "Registration expired",
    "withdrawn": "Withdrawn",
    "refused": "Refused",
}


def designs(office: str, made: Iterable[Design]) -> Iterator[str]:
    """The pieces of one ST.86 file."""
    yield _DESIGN_HEAD
    for design in made:
        yield _design(office, design)
    yield _DESIGN_TAIL


def _design(office: str, design: Design) -> str:
    course = design.course
    language = {"ID": "id", "VN": "vi"}.get(office, "en")
    product = escape(design.products.get(language, design.products["en"]))
    designers = "".join(
        "<Designer><DesignerAddressBook><FormattedNameAddress><Name><FreeFormatName><FreeFormatNameDetails>"
        f"<FreeFormatNameLine>{escape(name)}</FreeFormatNameLine></FreeFormatNameDetails></FreeFormatName></Name>"
        "</FormattedNameAddress></DesignerAddressBook></Designer>"
        for name in design.designers
    )
    return (
        f'<DesignApplication operationCode="Insert"><RegistrationOfficeCode>{office}</RegistrationOfficeCode>'
        f"<DesignApplicationNumber>{office}/D/{design.year}/{design.serial:05d}</DesignApplicationNumber>"
        f"<DesignApplicationDate>{course.filed}</DesignApplicationDate>"
        "<TotalDesign>1</TotalDesign><DesignDetails><Design>"
        + (
            f"<RegistrationNumber>D{design.serial + 30000}</RegistrationNumber>"
            f"<RegistrationDate>{course.registered}</RegistrationDate>"
            if course.registered
            else ""
        )
        + (f"<ExpiryDate>{course.expires}</ExpiryDate>" if course.expires else "")
        + f'<DesignTitle languageCode="{language}">{product}</DesignTitle>'
        f"<DesignCurrentStatusCode>{_DESIGN_STATES[course.state]}</DesignCurrentStatusCode>"
        "<IndicationProductDetails><IndicationProduct>"
        "<ClassificationKindCode>Locarno</ClassificationKindCode><ClassDescriptionDetails>"
        f"<ClassDescription><ClassNumber>{design.locarno}</ClassNumber>"
        f'<ProductDescription languageCode="{language}">{product}</ProductDescription>'
        "</ClassDescription></ClassDescriptionDetails></IndicationProduct></IndicationProductDetails>"
        "<DesignRepresentationSheetDetails><DesignRepresentationSheet>"
        f"<RepresentationSheetFilename>{office}-D-{design.year}-{design.serial:05d}-1.jpg</RepresentationSheetFilename>"
        "</DesignRepresentationSheet></DesignRepresentationSheetDetails>"
        f"<DesignerDetails>{designers}</DesignerDetails></Design></DesignDetails>"
        f"<ApplicantDetails><Applicant>{_party('Applicant', design.owner)}</Applicant></ApplicantDetails>"
        "</DesignApplication>\n"
    )
