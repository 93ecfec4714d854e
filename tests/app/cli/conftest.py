"""The command line in real processes, on a data directory of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.servers.scratch import scratch_folder

_ROOT = Path(__file__).parents[3]


class CommandLine:
    """Runs `ipregister` with a data directory; `json` gives what it printed."""

    def __init__(self, data: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("IPREGISTER_")}
        self.environment = {**kept, "IPREGISTER_DATA_DIR": str(data), "PYTHONPATH": str(_ROOT)}

    def start(self, *arguments: str | Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "app.cli.main", *map(str, arguments)]
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=_ROOT
        )

    def run(self, *arguments: str | Path) -> tuple[int, str, str]:
        """(exit status, standard output, standard error)."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=240)
        return process.returncode, out.decode(), err.decode()

    def json(self, *arguments: str | Path) -> dict[str, Any]:
        status, out, err = self.run(*arguments, "--json")
        assert status == 0, err
        told: dict[str, Any] = json.loads(out)
        return told


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that the database's own user can reach where the tests run as root."""
    with scratch_folder("cli") as folder:
        yield folder


@pytest.fixture
def command(reachable: Path) -> CommandLine:
    return CommandLine(reachable / "data")
