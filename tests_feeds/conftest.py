"""The readers over real files that are not part of the repository: `make test-feeds FEEDS=folder`.

The folder holds a folder for each format or office, with the files as an office delivered them. A test that
asks for `feed_file` runs once for each file; one that asks for `feeds` gets the folder.
"""

from pathlib import Path

import pytest

# What lies beside feeds to explain them.
_NOTES = (".md", ".txt.license")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--feeds", type=Path, required=True, help="the folder of real feeds")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "feed_file" in metafunc.fixturenames:
        folder = _folder(metafunc.config)
        files = [
            path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith(_NOTES)
        ]
        metafunc.parametrize("feed_file", files, ids=[str(path.relative_to(folder)) for path in files])


@pytest.fixture(scope="session")
def feeds(pytestconfig: pytest.Config) -> Path:
    """The folder that `--feeds` names."""
    return _folder(pytestconfig)


def _folder(config: pytest.Config) -> Path:
    folder = config.getoption("--feeds")
    if not isinstance(folder, Path) or not folder.is_dir():
        raise pytest.UsageError(
            f"--feeds: {folder} is no folder; name one with: make test-feeds FEEDS=folder"
        )
    return folder.resolve()
