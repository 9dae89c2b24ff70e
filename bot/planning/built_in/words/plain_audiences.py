"""Says plainly whom something is for, one of some kinds: "we give lessons for beginners or advanced skiers".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.rewriting import (
    END,
    MANY,
    SENTENCE,
    STATEMENT,
    TERM,
    Ways,
    has,
    put,
    rewritten,
)
from bot.planning.built_in.words.vocabulary import a, has_plural, word_set

__all__ = ["in_plain_audiences"]

WORD = (
    r"(?!(?:or|and|if|when|for|with|who|an?|the|our|their|one|two|whom|which|that|in|at|on|from|by|to|of|it)\b)"
    r"[a-z][a-z-]+"
)
TOGETHER = word_set("family couple group team household class club company pair party person")
"""Several people together, for whom something may be."""
SO_MANY = r"(?:an?|the|one|two|three|four|five|six|\d{1,2}) "
WHOM = rf"(?:only )?(?:for )?(?:{SO_MANY})?{WORD}(?: {WORD}){{0,2}}"
WHOMS = rf"(?P<whoms>{WHOM}(?:, {WHOM})*,? or {WHOM})"
GIVES = (
    r"(?:(?:we|i) (?:also |only |mostly )?"
    r"(?:give|offer|have|run|hold|teach|organi[sz]e|sell|provide|keep|plan)|there are) "
)
GOES_ON = (
    rf"(?:(?P<joint>,? and )(?:it |they )?"
    rf"(?=(?:has|have|costs?|lasts?|belongs?|takes?|can|must|may|is|are)\b)|{END})"
)


def whoms_of(said: str) -> list[str]:
    """Return whom something is for, one after the other; nothing where one of them is not some people."""
    found = [re.sub(r"^(?:(?:only|for|an?|the) )+", "", whom) for whom in re.split(r",? or |, ", said.lower())]
    people = [is_person(counted(whom)) or counted(whom) in TOGETHER for whom in found]
    is_whom = any(people) and all(has_plural(whom) or is_one for whom, is_one in zip(found, people, strict=True))
    return found if is_whom and len(set(found)) > 1 else []


def counted(whom: str) -> str:
    """Return whom something is for in the singular, without how many of them."""
    return one(re.sub(rf"^{SO_MANY}", "", whom))


def are_told_of(whoms: list[str], text: str) -> bool:
    """Tell whether a text tells of some of these people themselves: they are things then, and no kinds."""
    return any(
        re.search(
            rf"\b(?:an?|each|every|the) {re.escape(counted(whom))}\b|"
            rf"\b{re.escape(whom)} (?:have|has|can|may|must|book|sign|pay|belong|get)\b",
            text,
            re.IGNORECASE,
        )
        for whom in whoms
    )


def kind_of(thing: str, found: re.Match[str], text: str) -> str:
    """Return the kinds of a thing as a fact, or nothing where some are no people or it has kinds already."""
    whoms = whoms_of(found["whoms"])
    has_kinds = re.search(
        rf"\b{re.escape(thing)}s? ha(?:s|ve)\b[^.;!?\n]*\b(?:kind|level|age group|target group|audience)\b",
        text,
        re.IGNORECASE,
    )
    around = f"{text[: found.start()]} {text[found.end() :]}"
    if not whoms or not thing or has_kinds or are_told_of(whoms, around):
        return ""
    return f"a kind ({', '.join(whoms[:-1])} or {whoms[-1]})"


def offered(found: re.Match[str], text: str) -> str | None:
    """Return "we give lessons for beginners or experts" as the lessons that are given, and their kind."""
    thing, lead = one(found["many"]), found["lead"] or ""
    kind = kind_of(thing, found, text) if has_plural(found["many"].lower()) else ""
    if not kind:
        return None
    lead = "We offer " if re.match(r"(?:we|i)\b", lead, re.IGNORECASE) else lead
    told = f"{lead}{found['many']}. {a(thing).capitalize()} has {kind}"
    return f"{text[: found.start()]}{found['begin']}{told}{text[found.end() :]}"


def meant_for(found: re.Match[str], text: str) -> str | None:
    """Return "a lesson has a date and is for beginners or experts" with the date, and whom it is for as its kind."""
    who = found["who"]
    kind = kind_of(one(who), found, text)
    if not kind:
        return None
    told = [f"{who} {found['have']} {found['facts'].strip(' ,')}"] if found["facts"] else []
    told.append(f"{who} {has(who)} {kind}")
    rest = f". {who} {text[found.end() :]}" if found["joint"] else text[found.end() :]
    return put(found, f"{text[: found.end()]}{rest}", *told)


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (rf"{STATEMENT}(?P<lead>{GIVES})?(?P<many>{MANY}) for {WHOMS}{END}", offered),
        (
            (
                rf"{SENTENCE}(?P<who>(?:an?|each|every) {TERM}|{MANY}) "
                rf"(?:(?P<have>has|have) (?P<facts>[^.;:!?\n()]+?),? and )?"
                rf"(?:is|are) (?:either |meant )?for {WHOMS}{GOES_ON}"
            ),
            meant_for,
        ),
    )
)
"""Ways of telling whom something is for, and what says it plainly."""


def in_plain_audiences(text: str) -> str:
    """Return a text in which whom something is for is the kind that it has."""
    return rewritten(text, WAYS)
