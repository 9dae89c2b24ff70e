"""Says the states between arrows without their articles: "agreed → on the bench" is "agreed → on bench"."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.rewriting import Ways, rewritten

__all__ = ["in_plain_arrows"]

ARROW = r"(?:-+>|→|=+>)"
LINE = regex(rf"[^.;!?\n]{{1,400}}?{ARROW}[^.;!?\n]{{1,400}}")
WHERE = regex(
    r"\b(?P<where>on|in|at|under|with|out on|out for|for|off)\s+(?:the|its|their|an?)\s+(?=[a-z])", re.IGNORECASE
)
IS = regex(
    r"^(?P<who>\s*(?:it|they|(?:an?|the|each|every)\s+[a-z][a-z-]+(?: [a-z][a-z-]+)?)) "
    rf"(?:(?:is|can be|are):\s+|(?:is|are)\s+(?=[a-z][a-z -]{{1,40}}\s*{ARROW}))",
    re.IGNORECASE,
)
THEN = regex(r",?\s+(?:and\s+)?then\s+", re.IGNORECASE)


def bare(found: re.Match[str], text: str) -> str | None:
    """Return a text with the states of one line bare, or nothing where they are."""
    line = found[0]
    new = THEN.sub(" → ", IS.sub(r"\g<who> goes ", WHERE.sub(r"\g<where> ", line)))
    return f"{text[: found.start()]}{new}{text[found.end() :]}" if new != line else None


WAYS: Ways = ((LINE, bare),)


def in_plain_arrows(text: str) -> str:
    """Return a text whose arrows stand between bare states."""
    return rewritten(text, WAYS) if re.search(ARROW, text) else text
