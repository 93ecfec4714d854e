"""The sign of a mark in ST.66 and ST.96: its words, and the files and classification of its images, sounds
and films.
"""

from collections.abc import Callable

from lxml.etree import _Element

from ingest.draft import Draft, DraftMedia, DraftText
from ingest.formats.local_names import LOCAL
from ingest.formats.tmxml_parts import put_text, value_of
from ingest.xml_text import each, text, whole_text

_NO_COLOUR = "color is not claimed"


def put_words(draft: Draft, specification: _Element) -> None:
    """One `WordMarkSpecification`; a record may have several (a series, or one for each language).

    The verbal element goes first, then its significant part where that says something else.
    """
    significant: list[_Element] = []
    for part in specification:
        name = LOCAL[part.tag]
        if name in ("MarkVerbalElementText", "MarkVerbalElement"):
            put_text(draft.texts, part)
        elif name in ("MarkSignificantVerbalElementText", "MarkSignificantVerbalElement"):
            significant.append(part)
        elif name in ("MarkTransliteration", "MarkTransliterationText", "MarkTransliterationBag"):
            _put_group(draft.transliterations, part)
        elif name in ("MarkTranslation", "MarkTranslationText", "MarkTranslationBag"):
            _put_group(draft.translations, part)
        elif name == "MarkStandardCharacterIndicator" and draft.feature == "":
            draft.feature = "Word" if value_of(part).lower() in ("true", "1") else ""
    if significant:
        said = {text.text.casefold() for text in draft.texts}
        for part in significant:
            if whole_text(part).casefold() not in said:
                put_text(draft.texts, part)


def _put_group(texts: list[DraftText], element: _Element) -> None:
    for part in element if len(element) > 0 else (element,):
        put_text(texts, part)


def put_word_details(draft: Draft, details: _Element) -> None:
    """`WordMarkDetails` (IPONZ): word mark specifications in a group."""
    for part in each(details, "WordMarkSpecification"):
        put_words(draft, part)


def put_texts(field: str, *names: str) -> Callable[[Draft, _Element], None]:
    """What puts a group of texts into a field: the children of these names, or a leaf itself."""
    tags = tuple("{*}" + name for name in names)

    def put(draft: Draft, element: _Element) -> None:
        texts = getattr(draft, field)
        if len(element) == 0:
            put_text(texts, element)
            return
        for part in element.iterchildren(*tags):
            put_text(texts, part)

    return put


def put_images(draft: Draft, details: _Element) -> None:
    """A `MarkImageDetails`: files, colours claimed, and the classification of the figurative elements."""
    for image in each(details, "MarkImage"):
        file = form = ""
        for part in image:
            name = LOCAL[part.tag]
            if name in ("MarkImageFilename", "MarkImageURI", "MarkImageUri"):
                file = file or value_of(part)
            elif name == "MarkImageFileFormat":
                form = value_of(part)
            elif name in ("MarkImageColourClaimedText", "MarkImageColourPartClaimedText"):
                # The USPTO says so in words where there is none.
                if not whole_text(part).lower().startswith(_NO_COLOUR):
                    put_text(draft.colours, part)
            elif name == "MarkImageCategory":
                _put_category(draft, part)
            elif name == "MarkImageCategoryDetails":  # Madrid deliveries have several categories
                for category in each(part, "MarkImageCategory"):
                    _put_category(draft, category)
        if file and not file.lower().startswith("no image"):
            draft.media.append(DraftMedia("image", file, form))


def _put_category(draft: Draft, category: _Element) -> None:
    """The codes of a `MarkImageCategory`, of the classification that its `CategoryKind` names; the USPTO's
    design search codes are built like those of Vienna and stand in an extension of the same element.
    """
    is_vienna = text(category, "CategoryKind").casefold().startswith("vienna")
    codes = draft.vienna_codes if is_vienna else draft.figurative_codes
    for leaf in category.iter("{*}CategoryCode", "{*}DesignSearchCode"):
        _put_code(codes, leaf)


def put_vienna_code(draft: Draft, element: _Element) -> None:
    _put_code(draft.vienna_codes, element)


def _put_code(codes: list[str], element: _Element) -> None:
    code = value_of(element)
    if code and code not in codes:
        codes.append(code)


def put_image_address(draft: Draft, element: _Element) -> None:
    file = value_of(element)
    if file:
        draft.media.append(DraftMedia("image", file))


def put_sounds(draft: Draft, details: _Element) -> None:
    for sound in each(details, "MarkSound"):
        file = text(sound, "MarkSoundFilename") or text(sound, "MarkSoundURI")
        if file:
            draft.media.append(DraftMedia("sound", file, text(sound, "MarkSoundFileFormat")))


def put_films(draft: Draft, details: _Element) -> None:
    for name in ("MarkVideo", "MarkMultimedia"):
        for film in each(details, name):
            file = text(film, f"{name}Filename") or text(film, f"{name}URI")
            if file:
                draft.media.append(DraftMedia("video", file, text(film, f"{name}FileFormat")))
