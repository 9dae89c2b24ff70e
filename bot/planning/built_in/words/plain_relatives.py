"""Says plainly what a thing that another has is like: "each flat has a meter, which has a number and a reading".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import one
from bot.planning.built_in.words.field_kinds import named_kind
from bot.planning.built_in.words.rewriting import (
    END,
    MANY,
    NUMBER,
    SENTENCE,
    TERM,
    WORD,
    Ways,
    replaced,
    rewritten,
)
from bot.planning.built_in.words.vocabulary import a, has_plural, is_verb_form, word_set

__all__ = ["in_plain_relatives"]

FACTS = word_set(
    "name title status state stage description note comment text code number id label photo picture image size colour "
    "color kind type category level"
)
"""What is a fact itself: what follows it is told of the thing that has it."""
PARTS = word_set(
    "meter lock padlock chip collar engine motor gearbox boiler furnace battery saddle keel mast radiator thermostat "
    "chimney cellar alarm sensor"
)
"""What is built in: it belongs to one thing only, where a room or an owner may have several."""
WHO = (
    rf"(?P<who>(?:an?|each|every|the) {TERM}|(?:(?:our|the|all) )?(?!(?:most|many|few|several|only|both|these|those) )"
    rf"{MANY}) (?P<have>has|have)"
)
BEFORE = r"(?P<before>[^.;:!?\n()]*?(?:,\s+(?:and\s+)?|\s+and\s+))?"
FACT = r"(?P<facts>(?:an?|its|their|the|one) [^.;:!?\n]+?)"
VERB = r"(?:belongs?|has|have|is|are|costs?|lasts?|can|cannot|can't|must|may|should|will|needs?|comes?|gets?|expires?)"
ON_WHOLE = regex(rf",\s*(?:and|but)\s+(?:it\s+|they\s+)?(?={VERB}\b)", re.IGNORECASE)
"""Behind the comma that ends the clause, the thing that was told of first is told of again."""
ON_PART = regex(rf"\s+(?:and|but)\s+(?:it\s+)?(?={VERB}\b)", re.IGNORECASE)
MORE = regex(r"^(?P<facts>[^,]+?),\s+and\s+(?P<more>(?:an?|its|their)\s+[^,]+)$", re.IGNORECASE)
"""A list that ends behind a comma: "a number and a reading, and a balcony"; no comma comes before it."""


def told_apart(said: str) -> tuple[list[str], str, list[str]]:
    """Return what a relative clause says: of the part, further facts of the whole, further clauses of the whole."""
    clause, *whole = ON_WHOLE.split(said)
    facts, *part = ON_PART.split(clause)
    more = MORE.match(facts)
    if more and not part:
        return [more["facts"]], more["more"], whole
    return [facts, *part], "", whole


def with_its_facts(found: re.Match[str], text: str) -> str | None:
    """Return "each flat has a meter, which has a number" with the number as a fact of the meter."""
    thing, who = one(found["thing"]), found["who"]
    kind = named_kind(thing.split())
    if not thing or thing.split()[-1] in FACTS or kind not in {"", "float"} or thing == one(who):
        return None
    is_part = thing.split()[-1] in PARTS
    (facts, *of_part), more, of_whole = told_apart(found["facts"])
    if not is_part and (kind or not found["comma"]):
        return None
    if more and " and " not in facts:
        return None
    before = re.sub(r"(?:,|,?\s+and)\s*$", "", found["before"] or "")
    lead, own = f"{who} {found['have']}", " and ".join(fact for fact in (before, more) if fact)
    told = [f"{lead} {own}"] if own else []
    if is_part:
        told += [f"Each {thing} belongs to {a(one(who))}", f"{a(thing).capitalize()} has {facts}"]
    else:
        told.append(f"{lead} {a(thing)} that has {facts}")
    told += [f"{a(thing).capitalize()} {said}" for said in of_part]
    return replaced(found, text, *told, *(f"{who} {said}" for said in of_whole))


def with_their_facts(found: re.Match[str], text: str) -> str | None:
    """Return "each house has several meters, which have a number" with the number as a fact of each meter."""
    thing = one(found["many"])
    if not has_plural(found["many"].lower()) or thing.split()[-1] in FACTS or MORE.match(found["facts"]):
        return None
    (facts, *of_part), _, of_whole = told_apart(found["facts"])
    if of_part or of_whole:
        return None
    who = found["who"]
    several = f"{who} {found['have']} {found['before'] or ''}{found['count'] or 'several'} {found['many']}"
    return replaced(found, text, several, f"Each {thing} has {facts}")


def who_do(found: re.Match[str], text: str) -> str | None:
    """Return "we have volunteers who sit with guests" as the volunteers, and what they do in a sentence of its own."""
    many, verb = found["many"], found["verb"].lower()
    if not has_plural(many.lower()) or has_plural(verb) or is_verb_form(verb) or verb in NO_DEEDS:
        return None
    several = "several " if re.fullmatch(r"an? .+ has ", found["lead"], re.IGNORECASE) else ""
    return replaced(found, text, f"{found['lead']}{several}{many}", f"{capital(many)} {verb}{found['rest']}")


NO_DEEDS = word_set("want wish like love hate know need live work come speak own do don't never always")
"""What tells of somebody rather than of what they do with things."""
WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{SENTENCE}{WHO} {BEFORE}(?:an?|one|(?:its|their) own) (?P<thing>{TERM})(?P<comma>,)? "
                rf"(?:which|that|who) has {FACT}{END}"
            ),
            with_its_facts,
        ),
        (
            (
                rf"{SENTENCE}{WHO} {BEFORE}(?:(?P<count>several|many|some|a few|{NUMBER}) )?(?P<many>{MANY}), "
                rf"(?:which|who|each of which) (?:each |all )?ha(?:s|ve) {FACT}{END}"
            ),
            with_their_facts,
        ),
        (
            (
                rf"{SENTENCE}(?P<lead>(?:(?:we|i) (?:also )?have|(?:our|the|an?) {TERM} has) "
                rf"(?:(?:some|several|many|a few|{NUMBER}) )?)(?P<many>{WORD}s|people) (?:who|that) (?P<verb>{WORD})"
                rf"(?P<rest> [^.;:!?,\n]{{3,80}}){END}"
            ),
            who_do,
        ),
    )
)
"""Ways of telling what something is like that a thing has, and what says it plainly."""


def in_plain_relatives(text: str) -> str:
    """Return a text in which what a thing has is told of in sentences of its own."""
    return rewritten(text, WAYS)
