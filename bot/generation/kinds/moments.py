"""Types of time, and ids: date, datetime, time and UUID."""

from __future__ import annotations

import datetime as dt
import uuid

from bot.generation.kinds.base import BASES, DATES, EXAMPLES, TYPES, Json, Kind, expression
from bot.generation.values import Expression, literal

__all__ = ["CalendarDate", "Moment", "TimeOfDay", "UniqueId"]


class CalendarDate(Kind):
    """``date``: YYYY-MM-DD."""

    python = expression("dt.date", DATES)
    column = migration = expression("sa.Date()")
    wrong = ("tomorrow", 20260101, "2026-02-30", "2026-01-01T00:00:00Z")

    def schema(self) -> Expression:
        """Return a date given as text."""
        return expression("types.CalendarDate", TYPES)

    def default(self, text: str) -> Expression:
        """Return a date, or the function that tells today's."""
        if is_now(text):
            return expression("base.today", BASES)
        day = dt.date.fromisoformat(text)
        return expression(f"dt.date({day.year}, {day.month}, {day.day})", DATES)

    def examples(self) -> list[Json]:
        """Return the days from 1 January 2026."""
        return [(dt.date(2026, 1, 1) + dt.timedelta(days=number)).isoformat() for number in range(EXAMPLES)]


class Moment(Kind):
    """``datetime``: with its offset, kept and answered in UTC."""

    python = expression("dt.datetime", DATES)
    column = expression("base.AwareDateTime()", BASES)
    migration = expression("sa.DateTime(timezone=True)")
    wrong = ("tomorrow", 1767225600, "2026-01-01T00:00:00", "2026-01-01")

    def schema(self) -> Expression:
        """Return a moment given as text."""
        return expression("types.Moment", TYPES)

    def default(self, text: str) -> Expression:
        """Return a moment, or the function that tells now."""
        if is_now(text):
            return expression("base.now", BASES)
        moment = dt.datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError(text)
        exact = moment.astimezone(dt.UTC).isoformat()
        return expression(f"dt.datetime.fromisoformat({literal(exact)})", DATES)

    def examples(self) -> list[Json]:
        """Return the hours from 1 January 2026."""
        start = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        moments = [start + dt.timedelta(hours=number) for number in range(EXAMPLES)]
        return [moment.isoformat().replace("+00:00", "Z") for moment in moments]


class TimeOfDay(Kind):
    """``time``: HH:MM:SS without an offset."""

    python = expression("dt.time", DATES)
    column = migration = expression("sa.Time()")
    wrong = ("noon", 43200, "25:00:00", "12:00:00Z")

    def schema(self) -> Expression:
        """Return a time given as text."""
        return expression("types.TimeOfDay", TYPES)

    def default(self, text: str) -> Expression:
        """Return a time of day."""
        time = dt.time.fromisoformat(text)
        if time.tzinfo is not None:
            raise ValueError(text)
        return expression(f"dt.time.fromisoformat({literal(time.isoformat())})", DATES)

    def examples(self) -> list[Json]:
        """Return each hour."""
        return [dt.time(hour=number % 24).isoformat() for number in range(1, EXAMPLES + 1)]


class UniqueId(Kind):
    """``UUID``: in its hyphenated form."""

    python = expression("UUID", "from uuid import UUID")
    column = migration = expression("sa.Uuid()")
    wrong = ("not-a-uuid", 5, "urn:uuid:00000000-0000-4000-8000-000000000001")

    def schema(self) -> Expression:
        """Return an id given as text."""
        return expression("types.UniqueId", TYPES)

    def default(self, text: str) -> Expression:
        """Return an id, or the function that makes one."""
        if text.lower() in {"uuid4", "uuid4()", "random"}:
            return expression("uuid4", "from uuid import uuid4")
        return expression(f"UUID({literal(str(uuid.UUID(text)))})", "from uuid import UUID")

    def examples(self) -> list[Json]:
        """Return different ids."""
        return [f"00000000-0000-4000-8000-{number:012d}" for number in range(1, EXAMPLES + 1)]


def is_now(text: str) -> bool:
    """Tell whether a default means the moment of creation."""
    return text.lower().removesuffix("()") in {"now", "today", "utcnow", "current_timestamp", "current_date"}
