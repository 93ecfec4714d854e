"""Settings and their table."""

from pathlib import Path

import pytest

from app.settings import Settings, SettingsError, load_settings

TABLE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_every_setting_has_its_line_in_the_table() -> None:
    rows = [
        line.split("|")
        for line in TABLE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| `IPREGISTER_")
    ]
    told = {row[1].strip(" `"): (row[2].strip(" `"), row[3].strip()) for row in rows}
    meant = {}
    for name, field in Settings.model_fields.items():
        default = "absent" if field.default is None else str(field.default)
        meant[f"IPREGISTER_{name.upper()}"] = (default, field.description)
    assert told == meant


def test_a_wrong_value_is_named_with_what_it_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPREGISTER_WEB_PROCESSES", "many")
    with pytest.raises(SettingsError, match=r"IPREGISTER_WEB_PROCESSES.*integer"):
        load_settings()


def test_a_database_url_gets_the_driver_that_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPREGISTER_DATABASE_URL", "postgres://someone@host/register")
    assert load_settings().database_url == "postgresql+psycopg://someone@host/register"


def test_a_database_of_another_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPREGISTER_DATABASE_URL", "mysql://host/register")
    with pytest.raises(SettingsError, match=r"IPREGISTER_DATABASE_URL.*postgresql"):
        load_settings()


def test_the_data_directory_is_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IPREGISTER_DATA_DIR", "somewhere")
    assert load_settings().data == tmp_path / "somewhere"
