"""The clock of the practice data: its stories began many months ago."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let every action that asks Django what time it is hear `moment` (aware)."""
    with patch("django.utils.timezone.now", return_value=moment.astimezone(UTC)):
        yield


def working_day(today: datetime, days: int, hour: int = 9) -> datetime:
    """`hour` o'clock in Oslo on the working day that is `days` from today, or the next one."""
    day = today.astimezone(OSLO).date() + timedelta(days=days)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return datetime.combine(day, time(hour), OSLO)
