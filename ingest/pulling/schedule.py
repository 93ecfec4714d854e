"""When a source is asked next."""

import datetime as dt
import random
import re
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

_EVERY = re.compile(r"(\d{1,5})\s*(m|min|h|d)")
_UNITS = {"m": 60, "min": 60, "h": 3600, "d": 86_400}
_LEAST, _MOST = 60, 31 * 86_400
# After a run that failed: 5 min, doubled with each further one, to 6 h. A daily source is so tried again the
# same day, and a server that is down is not asked all the time.
_FIRST_WAIT, _LONGEST_WAIT = 300.0, 6 * 3600.0


class Schedule(NamedTuple):
    """Every so many seconds, or at the times of a cron expression in a time zone."""

    seconds: int | None
    cron: str | None
    zone: ZoneInfo

    def after(self, moment: dt.datetime) -> dt.datetime:
        """The next time after a moment (UTC)."""
        if self.seconds is not None:
            return moment + dt.timedelta(seconds=self.seconds)
        assert self.cron is not None
        return next(CronSim(self.cron, moment.astimezone(self.zone))).astimezone(dt.UTC)

    def after_failure(self, moment: dt.datetime, failures: int) -> dt.datetime:
        """When to try again after so many runs that failed, one after another; a part of the wait is drawn by
        lot, so that sources of one office do not come back together.
        """
        wait = min(_FIRST_WAIT * 2.0 ** min(failures - 1, 10), _LONGEST_WAIT)
        return moment + dt.timedelta(seconds=wait * random.uniform(0.5, 1.0))

    def midnight_after(self, moment: dt.datetime) -> dt.datetime:
        """When the next day begins in the source's time zone: a limit by the day ends then."""
        day = moment.astimezone(self.zone).date() + dt.timedelta(days=1)
        return dt.datetime.combine(day, dt.time(0, 1), self.zone).astimezone(dt.UTC)


def read_schedule(every: str, cron: str, zone: str) -> Schedule:
    """Raises `ValueError` with what is wrong and what is taken."""
    try:
        place = ZoneInfo(zone)
    except (OSError, ValueError, ZoneInfoNotFoundError):
        raise ValueError(f"time-zone: {zone!r} is no time zone such as Asia/Bangkok") from None
    if bool(every) == bool(cron):
        raise ValueError('write either every = "6h" or cron = "15 3 * * *"')
    if cron:
        try:
            next(CronSim(cron, dt.datetime(2024, 1, 1, tzinfo=place)))
        except (CronSimError, StopIteration) as error:
            raise ValueError(f"cron: {cron!r} is no cron expression of five parts ({error})") from None
        return Schedule(None, cron, place)
    found = _EVERY.fullmatch(every.strip())
    seconds = 0 if found is None else int(found[1]) * _UNITS[found[2]]
    if not _LEAST <= seconds <= _MOST:
        raise ValueError(f"every: {every!r} is no span from 1m to 31d, such as 30m, 6h or 1d")
    return Schedule(seconds, None, place)
