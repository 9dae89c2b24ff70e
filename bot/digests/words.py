"""Reading when a channel wants its digest: ``daily 09:00 Europe/Berlin``, ``weekly mon 09:00``, ``snooze 3d``."""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Sequence
from functools import cache
from zoneinfo import available_timezones

from bot.documents.frozen import Frozen
from bot.patterns import regex
from bot.workflow.refusals import Refused

__all__ = ["DigestTime", "read_rest", "read_schedule_words"]

EXAMPLE = "`/plan digest daily 09:00 Europe/Berlin`"
WEEKLY = "`/plan digest weekly mon 09:00`"
CLOCK = regex(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
REST = regex(r"(\d{1,3})\s*([dw])(?:ays?|eeks?)?", re.IGNORECASE)
LAST_HOUR, LAST_MINUTE, NOON = 23, 59, 12
SHORTEST_DAY = 2
FILLERS = frozenset({"at", "on", "the", "please", "in"})
"""Words that people say in between."""
WEEK = 7
LONGEST_REST = 92
"""Days of rest at most; who wants more turns it off."""


class DigestTime(Frozen):
    """A time of day on the clocks of one place, every day or on one day of the week (Monday is 0)."""

    hour: int
    minute: int
    time_zone: str
    weekday: int | None = None

    def told(self) -> str:
        """Return it in words, such as ``every Monday at 09:00 Europe/Berlin``."""
        day = "every day" if self.weekday is None else f"every {calendar.day_name[self.weekday]}"
        return f"{day} at {self.hour:02d}:{self.minute:02d} {self.time_zone}"

    def words(self) -> str:
        """Return it as it is typed, such as ``weekly mon 09:00 Europe/Berlin``."""
        day = "daily" if self.weekday is None else f"weekly {calendar.day_name[self.weekday][:3].lower()}"
        return f"{day} {self.hour:02d}:{self.minute:02d} {self.time_zone}"


def read_schedule_words(words: Sequence[str], default_time_zone: str) -> DigestTime:
    """Read ``daily 09:00 Europe/Berlin`` or ``weekly mon 09:00``; without a zone the default holds.

    Raises Refused for what can't be read.
    """
    said = plainly(words)
    kind = said[0].lower() if said else ""
    if kind not in {"daily", "weekly"}:
        raise Refused(
            f"Say when and where, such as {EXAMPLE} or {WEEKLY}; `/plan digest now` posts one at once, and "
            "`/plan digest off` stops it."
        )
    weekday = read_weekday(said[1] if len(said) > 1 else "") if kind == "weekly" else None
    said = said[1:] if weekday is None else said[2:]
    clock, zone = said[:1], said[1:]
    if zone and zone[0].lower() in {"am", "pm"}:
        clock, zone = [clock[0] + zone[0]], zone[1:]
    if not clock:
        raise Refused(f"At what time? Such as {EXAMPLE}.")
    hour, minute = read_clock(clock[0])
    time_zone = read_zone(" ".join(zone), default_time_zone)
    return DigestTime(hour=hour, minute=minute, time_zone=time_zone, weekday=weekday)


def plainly(words: Sequence[str]) -> list[str]:
    """Return a schedule as its form has it: ``every day at 9`` is ``daily 9``, ``every Monday`` ``weekly Monday``."""
    said = " ".join(word for word in words if word.lower() not in FILLERS)
    said = re.sub(r"^(?:every|each) (?:day|morning)\b", "daily", said, flags=re.IGNORECASE)
    return re.sub(r"^(?:(?:every|each) week|every|each|weekly)\b", "weekly", said, flags=re.IGNORECASE).split()


def read_weekday(word: str) -> int:
    """Return the day of the week that a word begins, Monday is 0. Raises Refused for any other."""
    wanted = word.lower().rstrip(".,")
    found = [number for number, name in enumerate(calendar.day_name) if name.lower().startswith(wanted)]
    if len(wanted) < SHORTEST_DAY or not found:
        raise Refused(f"On which day? Such as {WEEKLY}.")
    return found[0]


def read_rest(words: Sequence[str]) -> int:
    """Return for how many days ``snooze 3d`` or ``snooze 2 weeks`` asks. Raises Refused for anything else."""
    found = REST.fullmatch(" ".join(words).strip())
    days = int(found[1]) * (WEEK if found[2].lower() == "w" else 1) if found else 0
    if not 1 <= days <= LONGEST_REST:
        raise Refused(f"For how long? Such as `/plan digest snooze 3d` or `snooze 2w`, at most {LONGEST_REST} days.")
    return days


def read_clock(word: str) -> tuple[int, int]:
    """Return hour and minute of ``9``, ``09:00``, ``9.30`` or ``9:30pm``. Raises Refused for anything else."""
    found = CLOCK.fullmatch(word)
    if found is None:
        raise Refused(
            f"I can't read {quoted(word)} as a time of day. Write it as hours and minutes, such as {EXAMPLE}."
        )
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= NOON:
        raise Refused(f"{quoted(word)} is no time of day. Hours with am or pm go from 1 to 12; or write {EXAMPLE}.")
    if half:
        hour = hour % NOON + (NOON if half == "pm" else 0)
    if hour > LAST_HOUR or minute > LAST_MINUTE:
        raise Refused(f"{quoted(word)} is no time of day. Hours go from 00 to 23, minutes from 00 to 59.")
    return hour, minute


def read_zone(name: str, default: str) -> str:
    """Return the zone's name as the time zone database spells it. Raises Refused, with suggestions, for others."""
    wanted = name.strip() or default.strip()
    if not wanted:
        raise Refused(f"Which place's clocks? Add a time zone, such as {EXAMPLE}.")
    key = wanted.lower().replace(" ", "_")
    found = zones().get(key)
    if found is not None:
        return found
    near = suggestions(key)
    hint = f"Did you mean {near}?" if near else f"Name it as Area/City, such as {EXAMPLE}."
    raise Refused(f"I don't know the time zone {quoted(wanted)}. {hint}")


@cache
def zones() -> dict[str, str]:
    """Return the zones that follow a place's clocks (``Area/City``), and UTC, by their names in lower case.

    Abbreviations such as EST are left out: they stand for a fixed offset, which is rarely what people mean.
    """
    named = (name for name in available_timezones() if "/" in name and not name.startswith(("posix/", "right/")))
    return {name.lower(): name for name in (*named, "UTC")}


def suggestions(key: str) -> str:
    """Return up to three zones that a person may have meant, or an empty string."""
    same_city = sorted(zone for lowered, zone in zones().items() if lowered.rpartition("/")[2] == key)
    near = same_city or [zones()[match] for match in difflib.get_close_matches(key[:60], zones(), n=3, cutoff=0.75)]
    return " or ".join(f"`{zone}`" for zone in near[:3])


def quoted(text: str) -> str:
    """Return a person's words, short and without anything that could end the quotation."""
    return f"`{''.join(char for char in text if char.isprintable() and char != '`')[:40]}`"
