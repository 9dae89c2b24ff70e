"""Reads changes of who may see all of something: "members may see all loans", "volunteers can see all of them"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import straight, word_set

__all__ = ["Sight", "read_sight"]

LONGEST = 160
WORD = r"[a-z][\w-]*"
MAY = r"(?:can|may|should|shall|must|(?:is|are) allowed to|(?:should|shall|must) be able to|(?:should )?gets? to)"
ALL = r"(?:all(?: of)?|every|each|any|everybody's|everyone's)"
OWN = r"(?:not (?:only|just)|instead of (?:only|just)) (?:their|its|his or her) own(?: ones?)?"
SIGHT = regex(
    rf"^(?:(?:and|but|also|actually|please|no|let)\b,? ?){{0,3}}(?:(?:the|our|all|an?|each|every|any) )?"
    rf"(?P<who>{WORD}(?: {WORD})??) (?P<may>{MAY} )?(?:(?:also|now|again) )?(?:sees?|views?|looks? at|reads?) "
    rf"(?:(?P<everything>everything)|{ALL} (?:the |our )?(?P<things>{WORD}(?: {WORD})??))"
    rf"(?:,? (?:too|as well|now|again|after all|from now on|instead|(?:and )?{OWN})){{0,3}}$",
    re.IGNORECASE,
)
ANYBODY = word_set("everybody everyone anybody anyone")
POINTED = word_set("them those these it")


@dataclass(frozen=True)
class Sight:
    """Who may see all of what; no things where the sentence only points at them."""

    who: str
    things: str
    is_anybody: bool = False
    is_everything: bool = False
    is_allowed: bool = False
    """Whether the sentence says that they may: what somebody sees every day is no right."""


def read_sight(sentence: str) -> Sight | None:
    """Return who may see all of what, as a whole sentence says it; None where it says anything else."""
    text = straight(sentence, " .!")
    match = SIGHT.match(text) if len(text) <= LONGEST else None
    if match is None:
        return None
    who, things = match["who"].lower(), (match["things"] or "").lower()
    return Sight(
        who,
        "" if things in POINTED else things,
        is_anybody=who in ANYBODY,
        is_everything=bool(match["everything"]),
        is_allowed=bool(match["may"]),
    )
