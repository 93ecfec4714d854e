"""Local names by full tag, for readers that ask for a name some hundred times a record, and the languages
of texts.
"""

from lxml.etree import _Element

# A delivery has some hundred different tags; more are made up.
_KEPT = 4096


class LocalNames(dict[object, str]):
    """`LOCAL[element.tag]` is the element's name without its namespace; "" for what is no element."""

    def __missing__(self, tag: object) -> str:
        name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        if len(self) >= _KEPT:
            self.clear()
        self[tag] = name
        return name


LOCAL = LocalNames()


def language_of(element: _Element) -> str:
    """The language that an element names, in whatever namespace its attribute is; "" where it names none."""
    for name, value in element.items():
        if LOCAL[name] in ("languageCode", "LanguageCode"):
            return str(value).strip()
    return ""
