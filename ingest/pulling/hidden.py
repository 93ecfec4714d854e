"""Secrets of a source: taken from the environment when a request leaves, struck out of all that is told."""

import os
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, quote_plus, urlencode, urlsplit, urlunsplit

from ingest.pulling.problems import SourceProblem
from ingest.pulling.table import SECRET_NAME, SourceTable

_STRUCK = "***"


class Secrets(NamedTuple):
    """Values by parameter and by header."""

    parameters: Mapping[str, str]
    headers: Mapping[str, str]

    def hide(self, text: str) -> str:
        """The text without the secrets, in any form in which an address or a page would have them."""
        for value in (*self.parameters.values(), *self.headers.values()):
            bare = value.partition(" ")[2] or value
            for form in {value, bare, quote(bare), quote(bare, safe=""), quote_plus(bare)}:
                text = text.replace(form, _STRUCK)
        return text

    def without(self, url: str) -> str:
        """An address that a reply gave, without parameters that are secret: it is kept."""
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        left = [(name, value) for name, value in pairs if name not in self.parameters]
        query = parts.query if len(left) == len(pairs) else urlencode(left)
        return self.hide(urlunsplit(parts._replace(query=query)))


def missing_secrets(table: SourceTable) -> list[str]:
    """The environment variables that the source names and that are not set."""
    named = (*table.secret_parameters.values(), *table.secret_headers.values())
    return sorted({name for name in named if not os.environ.get(name, "").strip()})


def secrets_of(table: SourceTable) -> Secrets:
    """Raises `SourceProblem` naming the variables that are not set."""
    missing = missing_secrets(table)
    if missing:
        raise SourceProblem(f"set {', '.join(missing)} in the environment: a secret of this source")

    def values(named: Mapping[str, str]) -> dict[str, str]:
        return {name: os.environ[variable].strip() for name, variable in named.items()}

    return Secrets(values(table.secret_parameters), values(table.secret_headers))


def secrets_in_table(table: SourceTable) -> list[str]:
    """Parameters and headers that look like a secret and stand in the table itself."""
    address = [name for name, _ in parse_qsl(urlsplit(table.url).query, keep_blank_values=True)]
    return [name for name in (*address, *table.parameters, *table.headers) if SECRET_NAME.search(name)]
