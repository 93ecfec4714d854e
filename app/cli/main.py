"""`ipregister`: the commands put together. Each is imported when asked for: a start costs what it needs."""

from importlib import import_module

import click

from app.version import VERSION

_COMMANDS = {
    "serve": "serving:serve",
    "worker": "serving:worker",
    "ingest": "loading:ingest",
    "search": "looking:search",
    "export": "exporting:export",
    "changes": "changes:changes",
    "snapshot": "snapshots:snapshot",
    "clearance": "clearing:clearance",
    "verify": "index:verify",
    "reindex": "index:reindex",
    "offices": "looking:offices",
    "office": "offices:office",
    "authority": "coverage:authority",
    "gaps": "coverage:gaps",
    "quarantine": "quarantine:quarantine",
    "reprocess": "reprocessing:reprocess",
    "key": "keys:key",
    "applicant": "applicants:applicant",
    "audit": "audit:audit",
    "source": "sources:source",
    "demo": "loading:demo",
    "formats": "loading:list_formats",
}


class _Commands(click.Group):
    """The commands by name, in the order of the table."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        place = _COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, name = place.split(":")
        command = getattr(import_module(f"app.cli.{module}"), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="ipregister")
def main() -> None:
    """Search the trademarks, patents, designs and geographical indications of a region's offices.

    Settings are environment variables, IPREGISTER_…; docs/settings.md lists them.
    """


if __name__ == "__main__":
    main()
