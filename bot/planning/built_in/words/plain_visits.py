"""Says plainly what people tell of themselves where they come to, and what the things they get are like.

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import one
from bot.planning.built_in.words.plain_letters import OF_THEIR, PERSONAL
from bot.planning.built_in.words.rewriting import (
    BEGIN,
    END,
    STATEMENT,
    TERM,
    WORD,
    Ways,
    put,
    replaced,
    rewritten,
)
from bot.planning.built_in.words.vocabulary import a, has_plural

__all__ = ["in_plain_visits"]

MODAL = r"(?:(?:can|may|must|should|will|have to|has to|first|then|also|all|always|usually) )*"
COMES = r"(?:signs?|checks?|logs?|registers?|enrols?|enrolls?|reports?|arrives?|comes?|queues?)(?: in| up| on)?"
SECRETS = regex(r"\b(?:passwords?|passkeys?|pins?|codes?|log-?ins?|accounts?|user ?names?|tokens?)\b", re.IGNORECASE)
TELLING = regex(
    r"their (?:(?:own|full|first|last|home|work) )*(?:[a-z]+ )?(?:names?|phones?|e-?mails?|address(?:es)?|numbers?|"
    r"plates?|company|companies|ages?|birthdays?)\b",
    re.IGNORECASE,
)
"""What people tell of themselves, and never whom or what they bring along."""
GETS = r"(?:gets?|receives?|is given|are given|wears?|carry|carries)"
DUTY = regex(
    r",? (?:and|but) (?=(?:it )?(?:has to|have to|must|can|cannot|can't|may|should|needs? to|will|is|comes|costs|"
    r"belongs|expires|lasts)\b)",
    re.IGNORECASE,
)
"""Where what a thing has ends, and what must be done with it begins."""
CONDITION = regex(r"\b(?:if|when|whenever|once|until|unless|after|before|because|as soon as)\b", re.IGNORECASE)


def told_of_themselves(found: re.Match[str], text: str) -> str | None:
    """Return "visitors sign in at our desk with their name and company" with both as what each visitor has."""
    facts, who = found["facts"], one(found["who"])
    is_login = not found["place"] and not re.search(r"\bnames?\b", facts, re.IGNORECASE)
    if is_login or not who or SECRETS.search(facts) or not TELLING.match(facts):
        return None
    if not re.match(r"(?:an?|each|every)\b", found["who"], re.IGNORECASE) and not has_plural(found["who"].lower()):
        return None
    pieces = [
        PERSONAL.sub("the ", OF_THEIR.sub(lambda whose: a(f"{whose['of']} {whose['fact']}"), piece))
        for piece in re.split(r"(,\s*(?:and\s+)?|\s+and\s+)", facts)
    ]
    told = re.sub(r"\bthe (?=[a-z-]+(?: [a-z-]+)?(?:,| and |$))", "a ", "".join(pieces), flags=re.IGNORECASE)
    told = re.sub(r"\ba (?=(?:e-?mail|address|age)\b)", "an ", told, flags=re.IGNORECASE)
    return put(found, text, found["lead"], f"Each {who} has {told}")


def like_this(found: re.Match[str], text: str) -> str | None:
    """Return "visitors get a badge, which has a number and has to come back" as a thing that has what it has."""
    sentence = re.split(r"(?<=[.;!?])\s+|\n", text[: found.start("lead")])[-1]
    thing = one(found["thing"])
    if CONDITION.search(sentence) or not thing:
        return None
    facts, *rest = DUTY.split(found["facts"], maxsplit=1)
    told = [f"{a(thing).capitalize()} has {facts.strip(' ,')}"]
    duties = [re.sub(r"^it ", "", duty, flags=re.IGNORECASE) for duty in rest]
    told += [re.sub(r"^(?:has|have) to\b", "must", duty, flags=re.IGNORECASE) for duty in duties]
    return replaced(found, text, found["lead"], told[0], *(f"{a(thing).capitalize()} {duty}" for duty in told[1:]))


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{STATEMENT}(?P<lead>(?:our |the |all )?(?P<who>(?:(?:an?|each|every) )?{TERM}) {MODAL}{COMES}"
                rf"(?P<place> (?:in|at|to|with|on|by) (?:our|the|my|an?) {TERM})?),? (?:with|by giving|giving|leaving) "
                rf"(?P<facts>their [^.;:!?\n]+?){END}"
            ),
            told_of_themselves,
        ),
        (
            (
                rf"{BEGIN}(?P<lead>(?:they|(?:(?:our|the|all) )?(?:{WORD} )?{WORD}s|people|children|"
                rf"(?:each|every|an?) {TERM}) {MODAL}{GETS} (?:an?|one|their own|its own) (?P<thing>{TERM})),? "
                rf"(?:which|that) has (?P<facts>(?:an?|its|the|one) [^.;:!?\n]+?){END}"
            ),
            like_this,
        ),
    )
)
"""Ways of telling what people say and get where they come to, and what says them plainly."""


def in_plain_visits(text: str) -> str:
    """Return a text with what people tell of themselves, and what they get is like, in sentences of one fact each."""
    return rewritten(text, WAYS)
