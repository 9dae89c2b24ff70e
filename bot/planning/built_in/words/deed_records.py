"""Says what a text tells of deeds, one clause after the other, as records with facts: see ``plain_deeds``."""

from __future__ import annotations

import re
from itertools import islice

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import NOUN, noun_of
from bot.planning.built_in.words.later_facts import later_fact
from bot.planning.built_in.words.plain_deeds import DEED_WAYS
from bot.planning.built_in.words.plain_groups import GROUP_WAYS
from bot.planning.built_in.words.telling import Clause

__all__ = ["in_records"]

LONGEST = 600
"""Characters of a clause; longer ones are no telling."""
MOST_CUTS = 12
FIRST_CUTS = 4
STOPS = regex(r"(?P<stop>[.!?;]+(?=\s|$)\s*|:\s+|\s*\n\s*)")
CUT = regex(r",\s+(?:and\s+|but\s+|then\s+)?|\s+and\s+(?=[a-z]+s?\s)|\s+(?=which\s)", re.IGNORECASE)
OWN = regex(r"^(?:only|nobody|no|they|the|an?|each|every|it|we|then|afterwards|after|[a-z]+s)\s+\S+", re.IGNORECASE)
"""How a clause of its own begins."""
ELIDED = regex(
    r"^(?!(?:an?|the|their|its)\s)[a-z]+s?\s+(?:through|to|the|an?|in|on|at|with|for|it|them|us|their)\b", re.IGNORECASE
)
"""How a clause begins that leaves out who does it: "enroll and go through the lessons"."""
BULLET = regex(r"^(?:[-*•]|\d{1,2}[.)])\s+")


GETS = regex(
    r"(\b(?:has|have)\b[^.;\n]{1,200}?),?\s+and\s+gets?\s+(an?\s+(?:[a-z]+\s+)?(?:number|code|tag|id|label|badge)\b)",
    re.IGNORECASE,
)
"""What is given to a record once: "has a date and gets a number"."""


def in_records(text: str) -> str:
    """Return a text with its deeds said as records; whatever else it says stays as it is."""
    text = GETS.sub(r"\1 and \2", text)
    told = Clause(text)
    parts = STOPS.split(text)
    for at in range(0, len(parts), 2):
        clause = parts[at].strip()
        if clause and len(clause) <= LONGEST and (plain := plainly(clause, told)):
            begin = BULLET.match(clause)
            parts[at] = f"{begin[0] if begin else ''}{plain}"
            if parts[at + 1 : at + 2] and ":" not in parts[at + 1]:
                parts[at + 1] = parts[at + 1].replace(";", ".")
                parts[at + 2 : at + 3] = [capital(part) for part in parts[at + 2 : at + 3]]
        elif clause:
            remember(clause, told)
    return "".join(parts)


def plainly(clause: str, told: Clause) -> str:
    """Return a clause, or the clauses of a sentence, said as records; nothing where none of them is."""
    bare = BULLET.sub("", clause)
    if plain := begun(bare, told):
        return plain
    for first, second, is_new in halves_of(bare, MOST_CUTS):
        remembered = Clause(told.text, told.record, told.who, told.made)
        remember(first, remembered)
        after = begun(second, remembered) if is_new else later_fact(f"they {second}", remembered)
        if after:
            told.record, told.who, told.made = remembered.record, remembered.who, remembered.made
            return f"{first}. {capital(after)}"
    return ""


def begun(clause: str, told: Clause) -> str:
    """Return what begins with a deed said as its record, whatever clauses of their own follow; or nothing."""
    if plain := plain_in(clause, told):
        return plain
    for first, second, _ in halves_of(clause, FIRST_CUTS):
        if (OWN.match(second) or ELIDED.match(second)) and (before := plain_in(first, told)):
            return f"{before}. {capital(plainly(second, told) or later_fact(f'they {second}', told) or second)}"
    return ""


def halves_of(clause: str, most: int) -> list[tuple[str, str, bool]]:
    """Return a sentence parted at each of its first commas and joints, and whether a comma stood there."""
    return [
        (clause[: cut.start()].strip(), clause[cut.end() :].strip(), cut[0].strip().startswith(","))
        for cut in islice(CUT.finditer(clause), most)
    ]


def plain_in(clause: str, told: Clause) -> str:
    """Return one clause said as a record or as facts of one; nothing where it says anything else, or more."""
    for way in (*DEED_WAYS, *GROUP_WAYS):
        if plain := way(clause, told):
            return plain
    return later_fact(clause, told)


def remember(clause: str, told: Clause) -> None:
    """Remember which record a clause that stays as it is speaks of."""
    deed = re.search(
        r"\b(book|reserve|rent|borrow|order|register|enrol|enroll|apply|sign(?=s?\s+up)|hire|subscribe|donate|buy)"
        r"(?:s|ies|es)?\b(?!\s+(?:is|has|can|must|may|are))",
        clause,
        re.IGNORECASE,
    )
    if deed and not re.match(rf"^(?:an?|the|each)\s+{deed[0]}\s", clause, re.IGNORECASE):
        told.record = noun_of(deed[1])
        return
    subject = re.match(
        rf"^(?:an?|each|every|the)\s+(?P<noun>{NOUN})\s+(?:has|is|belongs|lasts|costs|gets)\b", clause, re.IGNORECASE
    )
    if subject:
        told.record = subject["noun"].lower()
