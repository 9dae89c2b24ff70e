"""What `planthread doctor` says: one line a thing, each with what to do next, and never a secret."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from bot.documents.frozen import Frozen
from bot.settings import Settings

__all__ = ["Line", "State", "fine", "left", "secrets_of", "without_secrets", "wrong"]

HIDDEN = "[hidden]"
SHORTEST = 4
"""Letters; what is shorter would hide ordinary words."""


class State(StrEnum):
    """How a thing is."""

    FINE = "fine"
    LEFT = "left"
    """Not configured, not there yet, or not looked at: nothing is wrong with it."""
    WRONG = "wrong"


class Line(Frozen):
    """One thing that was looked at: what it is, how it is, and what to do next (empty where there is nothing)."""

    check: str
    state: State
    message: str
    next_step: str = ""


def fine(check: str, message: str, next_step: str = "") -> Line:
    """Return the line of a thing that works."""
    return Line(check=check, state=State.FINE, message=message, next_step=next_step)


def left(check: str, message: str, next_step: str = "") -> Line:
    """Return the line of a thing that isn't there, which is no fault."""
    return Line(check=check, state=State.LEFT, message=message, next_step=next_step)


def wrong(check: str, message: str, next_step: str) -> Line:
    """Return the line of a thing that must be mended."""
    return Line(check=check, state=State.WRONG, message=message, next_step=next_step)


def secrets_of(settings: Settings) -> list[str]:
    """Return every secret that the settings hold, passwords in addresses included, the longest first."""
    values = [getattr(settings, name) for name in type(settings).model_fields]
    secrets = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
    passwords = [urlsplit(value).password or "" for value in values if isinstance(value, str) and "://" in value]
    found = {unquote(password) for password in passwords} | {*secrets, *passwords}
    return sorted((secret for secret in found if len(secret) >= SHORTEST), key=len, reverse=True)


def without_secrets(lines: Sequence[Line], secrets: Sequence[str]) -> list[Line]:
    """Return lines in which nothing of the secrets stands, whatever a server put into its answer."""

    def clean(text: str) -> str:
        for secret in secrets:
            text = text.replace(secret, HIDDEN)
        return text

    changed = [{"message": clean(line.message), "next_step": clean(line.next_step)} for line in lines]
    return [line.model_copy(update=change) for line, change in zip(lines, changed, strict=True)]
