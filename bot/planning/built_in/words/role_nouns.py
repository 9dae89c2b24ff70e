"""Knows what somebody may be among others: a steward. Puts the values of "a role, potter or coach" in brackets."""

from __future__ import annotations

import re

from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.people_words import ROLE_NOUNS
from bot.planning.built_in.words.rewriting import Ways, rewritten
from bot.planning.built_in.words.vocabulary import word_set, words_of

__all__ = ["in_plain_roles", "is_role_noun"]

ANYBODY = word_set(
    "owner person author one creator writer user people somebody someone everyone everybody anyone anybody nobody "
    "account friend colleague other guy human"
)
"""Who is called so with regard to something, or is anybody: that is no role of theirs."""
MOST_WORDS = 3
WORD = r"(?!(?:and|or|with|for|of|who|that|which|is|are|has|have|in|on|at|by|to|an?|the)\b)[a-z][a-z-]{1,30}"
NOUN = rf"(?:(?:an?|the) )?{WORD}(?: {WORD}){{0,2}}"
ROLES = re.compile(
    r"\b(?P<role>(?:an?|the|one|their) (?:role|position|rank|function)s?)"
    r"(?:(?:,|:| [-–—]|,? (?:which|that) is|,? being| of| as) (?:either )?| either )"
    rf"(?P<values>{NOUN}(?:, {NOUN}){{0,6}},? or {NOUN})(?=\s*(?:[.;,!?\n)]|$|and\b))",
    re.IGNORECASE,
)
OTHERS = re.compile(
    rf"(?:^|[.!?;]\s+|\n)some (?:of (?:our|the) )?{NOUN} are (?P<first>{NOUN})"
    rf"(?P<joint>,? (?:and )?(?:some|others|other ones)(?: of them)?(?: are)? )(?P<second>{NOUN})(?=\s*(?:[.;!?\n]|$))",
    re.IGNORECASE,
)
"""What some are, and what others are."""


def is_role_noun(noun: str) -> bool:
    """Tell whether a noun in the singular may be what somebody is among others: "steward", "kiln master", "admin"."""
    words = words_of(noun)
    if not 0 < len(words) <= MOST_WORDS or words[-1] in ANYBODY:
        return False
    return words[-1] in ROLE_NOUNS or is_person(noun)


def in_brackets(found: re.Match[str], text: str) -> str | None:
    """Return "a role, potter or kiln master" with its values in brackets, where they are somebody."""
    nouns = [one(noun) for noun in re.split(r",? or |, ", found["values"])]
    if not any(map(is_role_noun, nouns)):
        return None
    listed = f"{', '.join(nouns[:-1])} or {nouns[-1]}"
    return f"{text[: found.start()]}{found['role']} ({listed}){text[found.end() :]}"


def together(found: re.Match[str], text: str) -> str | None:
    """Return "some dancers are coaches, others are assistants" with all that they are behind one verb."""
    if not all(is_role_noun(one(found[which])) for which in ("first", "second")):
        return None
    return f"{text[: found.start('joint')]} or {found['second']}{text[found.end() :]}"


WAYS: Ways = ((ROLES, in_brackets), (OTHERS, together))


def in_plain_roles(text: str) -> str:
    """Return a text in which the roles that somebody may have stand in brackets."""
    return rewritten(text, WAYS)
