"""What this machine does, as tables that can stand in `docs/benchmarks.md`; each figure beside its limit.

`python -m loadtests.bench [--records N] [--only name] [--big]`
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from loadtests import (
    bench_exporting,
    bench_indexing,
    bench_loading,
    bench_reading,
    bench_rehearsing,
    bench_reprocessing,
    bench_storing,
)
from loadtests.timing import machine

_PARTS: dict[str, Callable[[int, Path], None]] = {
    "reading": bench_reading.measure,
    "storing": bench_storing.measure,
    "rehearsing": bench_rehearsing.measure,
    "reprocessing": bench_reprocessing.measure,
    "indexing": bench_indexing.measure,
    "exporting": bench_exporting.measure,
}
_LOADING = "loading"
# A start takes two seconds whatever the size; a load has to be long beside it.
_LOADED_FOR_EACH_READ = 8


@click.command(help=__doc__)
@click.option("--records", default=5_000, show_default=True, help="Records of each feed.")
@click.option("--only", type=click.Choice([*_PARTS, _LOADING]), help="One part alone.")
@click.option("--big", is_flag=True, help="Take in a daily file of 500 MB too.")
@click.option("--feeds", type=click.Path(path_type=Path), help="A folder that keeps the generated feeds.")
def main(records: int, only: str | None, big: bool, feeds: Path | None) -> None:
    """Measure."""
    print(f"{machine()}\n", flush=True)
    with TemporaryDirectory(prefix="ipregister-bench-feeds-") as scratch:
        kept = feeds or Path(scratch)
        for name, measure in _PARTS.items():
            if only in (None, name):
                measure(records, kept)
        if only in (None, _LOADING):
            bench_loading.measure(records * _LOADED_FOR_EACH_READ, kept, big=big)


if __name__ == "__main__":
    main()
