"""Setting a document: a template and its data."""

import os
import subprocess
import sys
import threading
from pathlib import Path

_SECONDS = 120.0
_ROOT = Path(__file__).parents[2]
# Each takes a core and up to 300 MB while it runs.
_at_once = threading.BoundedSemaphore(2)


class TypesettingError(Exception):
    """A document could not be set; the message is the typesetter's."""


def typeset(template: Path, data: bytes) -> bytes:
    """The PDF of a template whose data is this JSON. What the data says is text to the typesetter, never its
    language. Raises `TypesettingError`.
    """
    with _at_once:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "app.typesetting.process", str(template)],
                input=data,
                capture_output=True,
                timeout=_SECONDS,
                env={**os.environ, "PYTHONPATH": str(_ROOT)},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise TypesettingError(f"not set within {_SECONDS:.0f} s") from None
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise TypesettingError(done.stderr.decode("utf-8", "replace")[-2000:])
    return done.stdout
