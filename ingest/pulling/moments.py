"""Moments and days as sources want them written."""

import datetime as dt
from email.utils import format_datetime, parsedate_to_datetime


def written(moment: dt.datetime, form: str) -> str:
    """A moment (UTC) in the form of a `[dates]` table."""
    match form:
        case "iso-date":
            return moment.date().isoformat()
        case "iso-time":
            return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        case "http-date":
            return format_datetime(moment, usegmt=True)
        case "unix":
            return str(int(moment.timestamp()))
        case pattern:
            return moment.strftime(pattern)


def written_day(day: dt.date, form: str) -> str:
    """A day in such a form."""
    return written(dt.datetime.combine(day, dt.time(), dt.UTC), form)


def served(headers: dict[str, str], now: dt.datetime) -> dt.datetime:
    """When the server made its reply: its own clock, where that is behind ours. What it has changed since is
    asked for by its clock, not by ours.
    """
    try:
        said = parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return now
    return min(now, said if said.tzinfo is not None else said.replace(tzinfo=dt.UTC))
