"""Names without namespaces, and the languages of texts."""

from lxml import etree

from ingest.formats.local_names import LOCAL, ByTag, language_of


def test_a_name_is_the_same_in_any_namespace() -> None:
    assert [LOCAL[tag] for tag in ("{urn:a}Name", "{urn:b}Name", "Name")] == ["Name"] * 3


def test_what_is_no_element_has_no_name() -> None:
    assert LOCAL[etree.Comment("x").tag] == ""


def test_tags_that_are_made_up_are_forgotten_again() -> None:
    meanings = ByTag({"Name": 1})
    for place in range(10_000):
        assert meanings[f"{{urn:{place}}}Name"] == 1
        assert meanings[f"Other{place}"] is None
    assert len(meanings) < 5_000
    assert len(LOCAL) < 5_000


def test_a_language_is_found_in_any_namespace() -> None:
    texts = '<b languageCode=" th "/><b c:languageCode="lo"/><b LanguageCode="km"/><b lang="x"/>'
    data = f'<a xmlns:c="urn:c">{texts}</a>'
    assert [language_of(element) for element in etree.fromstring(data)] == ["th", "lo", "km", ""]
