"""Tables of language: their files agree, and each says whose work it is."""

from pathlib import Path

import pytest

from search.language.table import TABLES, Table, TableError, index_of, table, text_of

NAMES = sorted(str(path.relative_to(TABLES).with_suffix("")) for path in TABLES.glob("*/*.tsv"))
FOLDERS = sorted(path.name for path in TABLES.iterdir() if path.is_dir())


@pytest.mark.parametrize("name", NAMES)
def test_an_index_is_the_one_of_its_table(name: str) -> None:
    path = TABLES / f"{name}.tsv"
    text = path.read_bytes()

    assert text_of(table(name).rows()) == text
    assert path.with_suffix(".index").read_bytes() == index_of(text)


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_found(name: str) -> None:
    facts = table(name)

    assert all(facts.get(key) == value for key, value in list(facts.rows())[::50])
    assert facts.get("no such key\u0001") is None


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_says_its_source_and_licence(folder: str) -> None:
    notice = (TABLES / folder / "NOTICE").read_text(encoding="utf-8")

    assert "Licence" in notice
    assert f"`{folder}`" in (TABLES / "README.md").read_text(encoding="utf-8")


def test_the_tables_stay_small() -> None:
    assert sum(path.stat().st_size for path in TABLES.glob("*/*")) < 60_000_000


def test_a_table_that_is_not_there_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="install ipregister anew"):
        Table(tmp_path / "missing.tsv")


def test_two_keys_in_one_slot_are_kept_apart(tmp_path: Path) -> None:
    text = text_of((str(number), f"value {number}") for number in range(500))
    path = tmp_path / "numbers.tsv"
    path.write_bytes(text)
    path.with_suffix(".index").write_bytes(index_of(text))

    numbers = Table(path)

    assert [numbers.get(str(number)) for number in range(500)] == [f"value {n}" for n in range(500)]
