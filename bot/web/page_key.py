"""The key that signs addresses of pages: who has such a link may read that plan's pages, and no others, for a while."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from bot.patterns import regex

__all__ = ["PageKey", "Standing", "last_day_of"]

BYTES = 32
SIGNATURE = 32
"""Letters of a signature: 128 bits."""
DAYS = 30
"""How long a link is good for where nobody said otherwise, at least; it ends with a week, so that the same address is
given all week."""
DATED = regex(r"([0-9a-f]{1,8})-([0-9a-f]{32})")


class Standing(StrEnum):
    """What a signature is worth."""

    GOOD = "good"
    ENDED = "ended"
    FOREIGN = "foreign"


def present() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


class PageKey:
    """A secret of this bot. Deleting its file makes all links that were given out worthless."""

    def __init__(self, secret: bytes, days: int = DAYS, clock: Callable[[], datetime] = present) -> None:
        """Sign with a secret; links are good for so many ``days`` at least."""
        self._secret = secret
        self._clock = clock
        self.days = days

    @classmethod
    def at(cls, file: Path, days: int = DAYS) -> PageKey:
        """Return the key that a file keeps; the first time it is made, as a whole, readable for its owner only.

        Only the bot that holds the data folder may ask. What is shorter than a key is no key: it is made anew.
        """
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.stat().st_size != BYTES:
            make(file)
        return cls(file.read_bytes(), days)

    def signature(self, subject: str, last_day: int = 0) -> str:
        """Return what opens a subject (a plan's id, `repository/<name>`) up to a day, told by its ordinal.

        Without a day it is good from now on for as long as links are.
        """
        last_day = last_day or self._last_day()
        return f"{last_day:x}-{self._sign(f'{subject}/{last_day}')}"

    def standing(self, subject: str, given: str) -> Standing:
        """Tell what a signature is worth for a subject, in a time that says nothing about the right one.

        One without a day is of a link that an earlier version gave: it was this bot's, and has ended.
        """
        dated = DATED.fullmatch(given)
        if dated is None:
            return Standing.ENDED if self._is(subject, given) else Standing.FOREIGN
        last_day = int(dated[1], 16)
        if not self._is(f"{subject}/{last_day}", dated[2]):
            return Standing.FOREIGN
        return Standing.GOOD if self._clock().toordinal() <= last_day else Standing.ENDED

    def path(self, plan_id: str) -> str:
        """Return the path of a plan's pages, good from now on for as long as links are."""
        return f"/plans/{plan_id}/{self.signature(plan_id)}"

    def _last_day(self) -> int:
        end = self._clock() + timedelta(days=self.days)
        return end.toordinal() + (7 - end.isoweekday())

    def _is(self, signed: str, given: str) -> bool:
        return hmac.compare_digest(self._sign(signed).encode(), given.encode("utf-8", "replace"))

    def _sign(self, signed: str) -> str:
        return hmac.new(self._secret, f"plan pages/{signed}".encode(), hashlib.sha256).hexdigest()[:SIGNATURE]


def last_day_of(signature: str) -> int:
    """Return the last day of a signature that is good, as its ordinal."""
    return int(signature.partition("-")[0], 16)


def make(file: Path) -> None:
    """Write a new key beside its place, then move it there: a kill leaves a whole key or none."""
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
        made.write(secrets.token_bytes(BYTES))
        made.flush()
        os.fsync(made.fileno())
    new.replace(file)
