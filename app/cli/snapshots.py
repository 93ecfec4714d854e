"""`ipregister snapshot`: the whole register as files."""

import click
import msgspec
from rich.table import Table

from app.cli.console import errors, fail, json_option, print_json, results, settings_of_process, told
from app.open_register import open_register
from app.snapshots.kept import Snapshots
from app.snapshots.making import SnapshotBusyError, make_snapshot
from app.snapshots.manifest import Manifest
from app.snapshots.verifying import problems_of


@click.group()
def snapshot() -> None:
    """Make, list and verify snapshots of the whole register."""


@snapshot.command()
@json_option
@told
def create(as_json: bool) -> None:
    """Make a snapshot of the register as it is now. Where a number to keep is set, older ones go."""
    settings = settings_of_process()
    snapshots = Snapshots(settings.snapshots_folder)
    with open_register(settings, connections=1) as register:
        try:
            made = make_snapshot(register.database, snapshots)
        except (SnapshotBusyError, OSError) as error:
            fail(f"no snapshot was made: {error}")
    if settings.snapshots:
        snapshots.prune(settings.snapshots)
    if as_json:
        print_json(msgspec.to_builtins(made))
    else:
        errors.print(
            f"{made.records:,} records in {len(made.files)} files: {snapshots.folder / made.snapshot}",
            highlight=False,
        )


@snapshot.command("list")
@json_option
@told
def list_snapshots(as_json: bool) -> None:
    """List the snapshots that are kept, the newest first."""
    found = Snapshots(settings_of_process().snapshots_folder).every()
    if as_json:
        print_json({"results": msgspec.to_builtins(found)})
        return
    if not found:
        results.print("no snapshot is kept; make one with `ipregister snapshot create`")
        return
    table = Table()
    for head in ("snapshot", "made (UTC)"):
        table.add_column(head)
    for head in ("timepoint", "records", "files", "MB"):
        table.add_column(head, justify="right")
    for one in found:
        size = sum(file.bytes for file in one.files)
        table.add_row(
            one.snapshot,
            f"{one.made:%Y-%m-%d %H:%M}",
            f"{one.timepoint}",
            f"{one.records:,}",
            f"{len(one.files)}",
            f"{size / 1e6:,.1f}",
        )
    results.print(table)


@snapshot.command()
@click.argument("name", required=False)
@click.option("--all", "every", is_flag=True, help="Every snapshot that is kept.")
@json_option
@told
def verify(name: str | None, every: bool, as_json: bool) -> None:
    """Read snapshot NAME (the newest without a name) again: its checksums, counts, order and records."""
    snapshots = Snapshots(settings_of_process().snapshots_folder)
    kept = snapshots.every()
    chosen = kept if every else [one for one in kept if name is None or one.snapshot == name][:1]
    if not chosen:
        fail(f"there is no snapshot {name!r}" if name is not None else "no snapshot is kept")
    problems: dict[str, list[str]] = {one.snapshot: problems_of(snapshots, one) for one in chosen}
    whole = not any(problems.values())
    if as_json:
        print_json({"whole": whole, "snapshots": [_told(one, problems[one.snapshot]) for one in chosen]})
    else:
        for one in chosen:
            for problem in problems[one.snapshot]:
                errors.print(f"{one.snapshot}: {problem}", highlight=False)
            if not problems[one.snapshot]:
                errors.print(f"{one.snapshot}: whole, {one.records:,} records", highlight=False)
    if not whole:
        raise SystemExit(1)


def _told(one: Manifest, problems: list[str]) -> dict[str, object]:
    return {"snapshot": one.snapshot, "records": one.records, "problems": problems}
