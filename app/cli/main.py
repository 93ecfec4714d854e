"""`ipregister`: the commands put together."""

import click

from app.cli import index, keys, loading, looking, serving
from app.version import VERSION


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="ipregister")
def main() -> None:
    """Search the trademarks, patents, designs and geographical indications of a region's offices.

    Settings are environment variables, IPREGISTER_…; docs/settings.md lists them.
    """


for command in (
    serving.serve,
    serving.worker,
    loading.ingest,
    looking.search,
    index.verify,
    index.reindex,
    looking.offices,
    looking.quarantine,
    keys.key,
    loading.demo,
    loading.list_formats,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
