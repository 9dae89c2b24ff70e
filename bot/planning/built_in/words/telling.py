"""Keeps what a text told so far, and tells things from facts in what stands behind a deed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import NOUN, belonging, having, is_person, one, spoken_of
from bot.planning.built_in.words.field_kinds import named_kind
from bot.planning.built_in.words.vocabulary import PLACES, a, has_plural, words_of

__all__ = ["PREPOSITION", "Clause", "parts_of", "record_with"]

PREPOSITION = r"(?:with|in|at|by|on|from|for|to|against)"
PIECES = regex(rf"(?:,|,?\s+and)?\s+(?={PREPOSITION}\s)", re.IGNORECASE)
MOMENT = regex(
    rf"^{PREPOSITION}\s+(?:an?|some|one|the|their)\s+(?:(?:certain|given|specific|particular|fixed|set|agreed)\s+)?"
    r"(?P<moment>date and time|day and time|date|day|time|evening|morning|afternoon|weekend)$",
    re.IGNORECASE,
)
SPOT = regex(r"^(?:at|in|on)\s+(?:an?|some|one)\s+(?P<spot>place|location|address|venue|spot|site)$", re.IGNORECASE)
COUNT = regex(rf"^(?:with|for)\s+an?\s+(?P<count>(?:number|amount)\s+of\s+{NOUN})$", re.IGNORECASE)
THING = regex(
    rf"^(?P<way>{PREPOSITION})\s+(?P<article>(?:an?|one\s+of\s+(?:our|the|their)|one|their|his\s+or\s+her|our|the|any|some|several|"
    rf"different|another)\s+)?(?P<noun>{NOUN})$",
    re.IGNORECASE,
)


@dataclass
class Clause:
    """What was told so far: the whole text, the record that was spoken of last, and what it is of."""

    text: str
    record: str = ""
    who: Sequence[str] = ()
    made: tuple[str, ...] = ()
    """The records that deeds made, under the nouns that they were given."""

    def speaks_of(self, noun: str) -> bool:
        """Tell whether the text says of a noun what it has or is."""
        return one(noun) in spoken_of(self.text)


def parts_of(rest: str, told: Clause) -> tuple[list[str], list[str]] | None:
    """Return the things and the facts that stand behind a deed, or None where a piece is neither."""
    things: list[str] = []
    facts: list[str] = []
    for piece in PIECES.split(rest.strip(" ,")):
        moment, spot, thing = MOMENT.match(piece), SPOT.match(piece), THING.match(piece)
        counted = COUNT.match(piece)
        if moment:
            is_day = moment["moment"].lower() in {"date", "day"}
            facts.append("a date" if is_day else a(moment["moment"].lower()))
        elif counted:
            facts.append(f"a {counted['count'].lower()}")
        elif spot and not told.speaks_of(spot["spot"]):
            facts.append(f"a {spot['spot'].lower()}")
        elif thing and is_home(thing):
            continue
        elif thing and is_fact(thing["noun"]) and not told.speaks_of(thing["noun"]):
            facts.append(a(one(thing["noun"])))
        elif thing and is_one_of_many(thing, told):
            things.append(one(thing["noun"]))
        else:
            return None
    return things, facts


def is_fact(noun: str) -> bool:
    """Tell whether a noun behind a deed names a fact of it, such as a price."""
    return bool(named_kind(words_of(noun))) and not has_plural(noun.lower())


def is_home(thing: re.Match[str]) -> bool:
    """Tell whether words are the place of whoever speaks: "at our school"."""
    return (thing["article"] or "").strip().lower() in {"our", "the"} and words_of(thing["noun"])[-1] in PLACES


def is_one_of_many(thing: re.Match[str], told: Clause) -> bool:
    """Tell whether a noun behind a deed is one of several that there are."""
    article = (thing["article"] or "").strip().lower()
    if article in {"the", "our"}:
        return is_person(thing["noun"]) or told.speaks_of(thing["noun"])
    return bool(article) or has_plural(thing["noun"].lower())


def record_with(told: Clause, record: str, things: list[str], facts: list[str]) -> str:
    """Return a record that belongs to things and has facts; it is what is spoken of then."""
    told.record, told.who, told.made = record, things, (*told.made, record)
    return ". ".join([belonging(record, things), *([having(record, facts)] if facts else [])])
