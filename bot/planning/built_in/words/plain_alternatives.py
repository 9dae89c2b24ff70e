"""Says plainly that each of a thing is for one of two others: "loans go to clubs or families", "either a or b".

Only things that the text tells of are alternatives: "a ticket is for a child or an adult" tells a kind of ticket.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import one
from bot.planning.built_in.words.deed_rows import things_in
from bot.planning.built_in.words.rewriting import END, SENTENCE, TERM, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import EVENT_NOUNS, a, base_verb

__all__ = ["in_plain_alternatives"]

EACH = r"(?:(?:an?|each|every|the|our|all|all our) )?"
GIVEN = r"(?:made|given|lent|sold|handed|sent|rented|booked|assigned|paid|written|meant)"
FOR = (
    rf"(?:(?:belongs?|goes|go)(?: out)? (?:either )?to|(?:is|are)(?: always)? (?:either )?(?:{GIVEN} )?(?:out )?"
    r"(?:either )?(?:for|to|by)|names?)"
)
OTHERS = rf"(?:either )?{EACH}(?P<one>{TERM}) or (?:(?:for|to|by) )?{EACH}(?P<other>{TERM})"
IS_FOR = regex(rf"{SENTENCE}{EACH}(?P<what>{TERM}) {FOR} {OTHERS}{END}", re.IGNORECASE)
HAS_EITHER = regex(
    rf"{SENTENCE}(?P<has>(?:an?|each|every) (?P<what>{TERM}) has [^.;:!?\n]{{2,200}}?),? (?:and )?either an? "
    rf"(?P<one>{TERM}) or an? (?P<other>{TERM}){END}",
    re.IGNORECASE,
)
WE_GIVE = regex(
    rf"{SENTENCE}we (?P<verb>lend|rent|hire|loan|lease|give|sell)(?: out)? (?:our |the )?(?P<goods>{TERM})(?: out)? to "
    rf"(?:either )?(?:our )?(?P<one>{TERM}) (?:or|and) (?:to )?(?:our )?(?P<other>{TERM}){END}",
    re.IGNORECASE,
)


def nouns(found: re.Match[str], text: str) -> tuple[str, str]:
    """Return the two of a match where both are things that a text tells of; else nothing."""
    told = things_in(text)
    first, second = one(found["one"]), one(found["other"])
    return (first, second) if first != second and {first, second} <= {*told} else ("", "")


def plainly(what: str, first: str, second: str) -> str:
    """Return the sentence that readers know."""
    return f"{a(what).capitalize()} is for either {a(first)} or {a(second)}"


def is_for(found: re.Match[str], text: str) -> str | None:
    """Return "loans go to clubs or families" in plain words."""
    what, (first, second) = one(found["what"]), nouns(found, text)
    new = plainly(what, first, second)
    if not first or what in {first, second} or what not in things_in(text):
        return None
    return None if found[0].endswith(new) else replaced(found, text, new)


def has_either(found: re.Match[str], text: str) -> str | None:
    """Return "a loan has a day and either a club or a family" as what it has, and whom it is for."""
    what, (first, second) = one(found["what"]), nouns(found, text)
    return replaced(found, text, found["has"].rstrip(", "), plainly(what, first, second)) if first else None


def we_give(found: re.Match[str], text: str) -> str | None:
    """Return "we lend tents to clubs and families" as whom each loan is for, where loans are told of."""
    first, second = nouns(found, text)
    verb, goods = found["verb"].lower(), one(found["goods"])
    record = "sale" if verb == "sell" else EVENT_NOUNS.get(base_verb(verb) or verb, "")
    if not first or not {record, goods} <= {*things_in(text)}:
        return None
    return replaced(found, text, f"Each {record} belongs to {a(goods)}", plainly(record, first, second))


WAYS: Ways = ((IS_FOR, is_for), (HAS_EITHER, has_either), (WE_GIVE, we_give))


def in_plain_alternatives(text: str) -> str:
    """Return a text in which it is said plainly that each of a thing is for one of two others."""
    return rewritten(text, WAYS)
