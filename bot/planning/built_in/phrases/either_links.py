"""Reads that each of a thing is for one of two others: "each loan is for either a club or a family"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import entity_name

__all__ = ["EitherLink", "read_either"]

LONGEST = 160
NOUN = r"[a-z][a-z-]*(?:\s[a-z][a-z-]*){0,2}?"
EITHER = regex(
    rf"^(?:an?|each|every)\s(?P<what>{NOUN})\sis\sfor\seither\san?\s(?P<one>{NOUN})\sor\san?\s(?P<other>{NOUN})$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class EitherLink:
    """The names of a thing and of the two others, of which each of it names one."""

    what: str
    one: str
    other: str


def read_either(sentence: str) -> EitherLink | None:
    """Return what a whole sentence says that each of a thing is for; or None where it says anything else."""
    text = " ".join(sentence.split()).strip(" .!")
    match = EITHER.match(text) if len(text) <= LONGEST else None
    said = EitherLink(*map(entity_name, match.group("what", "one", "other"))) if match else None
    return said if said and said.what and said.one and said.other and said.one != said.other else None
