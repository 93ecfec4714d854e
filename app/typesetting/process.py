"""A process that sets one PDF: JSON on standard input, the document on standard output.

The typesetter keeps what it has laid out for the next time, several hundred MB after some long reports; a
process of its own gives them back. It starts in a tenth of a second.
"""

import sys
from pathlib import Path
from typing import Any

import manimgx_fonts
import manimgx_fonts_cjk
import typst

_FONTS = [Path(package.__path__[0]) for package in (manimgx_fonts, manimgx_fonts_cjk)]


def main() -> None:
    """`python -m app.typesetting.process TEMPLATE`."""
    compiler = typst.Compiler(
        Path(sys.argv[1]),
        font_paths=_FONTS,
        ignore_system_fonts=True,
        sys_inputs={"data": sys.stdin.buffer.read().decode("utf-8")},
    )
    document: Any = compiler.compile(format="pdf")
    sys.stdout.buffer.write(document)


if __name__ == "__main__":
    main()
