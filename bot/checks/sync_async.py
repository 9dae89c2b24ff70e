"""Sync and async mixed in one plan: an ``async def`` route that calls a blocking driver stops the whole event loop."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.checks.scope import DENIED
from bot.patterns import regex

__all__ = ["Mixture", "mixtures"]


@dataclass(frozen=True)
class Mixture:
    """A word that makes a plan asynchronous, and one that blocks it, each with the subject that says it."""

    asynchronous: str
    asynchronous_subject: str
    blocking: str
    blocking_subject: str


ASYNCHRONOUS = regex(
    r"\basync def\b|\b(?:AsyncSession|create_async_engine|async_sessionmaker|asyncpg|aiosqlite|asyncmy)\b"
)
BLOCKING = regex(
    r"\b(?:psycopg2|pymysql|mysqlclient)\b|(?<![\w.])(?:create_engine|sessionmaker|Session)\("
    r"|\brequests\.(?:get|post|put|patch|delete|request)\(|\btime\.sleep\(",
    re.IGNORECASE,
)
ASYNC_CLIENT = regex(r"\bAsyncClient\b")
SYNC_CLIENT = regex(r"\bTestClient\b")
APART = regex(
    r"\b(?:alembic|migrations?|celery|workers?|threads?|threadpool|to_thread|run_in_executor|websockets?)\b",
    re.IGNORECASE,
)
"""Lines about these may well be synchronous in an asynchronous service."""

LONGEST_LOOK_BACK = 70
PAIRS = ((ASYNCHRONOUS, BLOCKING), (ASYNC_CLIENT, SYNC_CLIENT))


def mixtures(texts: Iterable[tuple[str, str]]) -> list[Mixture]:
    """Return what is mixed in the texts of a plan, given as subject and text; at most one of each kind."""
    lines = [(subject, line) for subject, text in texts for line in text.splitlines()]
    found: list[Mixture] = []
    for asynchronous, blocking in PAIRS:
        first = first_use(asynchronous, lines)
        second = first_use(blocking, [(subject, line) for subject, line in lines if not APART.search(line)])
        if first and second:
            found.append(Mixture(first[1], first[0], second[1], second[0]))
    return found


def first_use(pattern: re.Pattern[str], lines: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """Return the subject and the word of the first use that nothing denies (“AsyncClient, not TestClient”)."""
    for subject, line in lines:
        for match in pattern.finditer(line):
            before = line[max(0, match.start() - LONGEST_LOOK_BACK) : match.start()].replace("`", "")
            if not DENIED.search(before):
                return subject, match.group().rstrip("(")
    return None
