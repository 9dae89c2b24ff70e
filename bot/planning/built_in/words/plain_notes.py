"""Says plainly what people write down of what they did, either of two states, and what is one of a few numbers.

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, listed, one, spoken_of
from bot.planning.built_in.words.rewriting import (
    BEGIN,
    END,
    MANY,
    WORD,
    Ways,
    added,
    replaced,
    rewritten,
    topic,
)
from bot.planning.built_in.words.vocabulary import a

__all__ = ["fact_asked", "in_plain_notes"]

FACT = r"[^,.;!?\n]+"
RECORDS = {
    "ate": "meal",
    "caught": "catch",
    "counted": "count",
    "did": "activity",
    "eaten": "meal",
    "experienced": "experience",
    "found": "find",
    "harvested": "harvest",
    "heard": "observation",
    "measured": "measurement",
    "noticed": "observation",
    "observed": "observation",
    "picked": "harvest",
    "planted": "planting",
    "saw": "sighting",
    "seen": "sighting",
    "sowed": "sowing",
    "spotted": "sighting",
}
"""What the record of a deed is called."""
PARTING = r",\s*(?:and )?|\s+and\s+(?=(?:with |in |on |at )?(?:which|when|where|how)\b)"


def noted_deeds(found: re.Match[str], text: str) -> str | None:
    """Return "members write down what they observed: which object, when" as observations with these facts."""
    who, record = one(found["who"]), RECORDS.get(found["verb"].lower())
    if not record or not is_person(who) or record == who:
        return None
    facts, ends = [], [who]
    for fact in re.split(PARTING, found["facts"]):
        plain = fact.strip().lower()
        end = re.fullmatch(rf"(?:with|in|on|at|from|for) which (?P<what>{WORD})", plain)
        if end and re.search(rf"\b{end['what']}s?\b", text[: found.start()], re.IGNORECASE):
            ends.append(end["what"])
        else:
            facts.append(fact_asked(plain))
    if not facts or not all(facts):
        return None
    told = f"Each {record} belongs to {listed(a(end) for end in reversed(ends))}"
    return replaced(found, text, told, f"{a(record).capitalize()} has {listed(facts)}")


def fact_asked(said: str) -> str:
    """Return "which object", "when" and "how many birds" as facts: "an object", "a date and time"; or nothing."""
    plain = {"when": "a date and time", "where": "a place", "on which day": "a date", "what": "a description"}.get(said)
    if plain:
        return plain
    if good := re.fullmatch(
        rf"how (?:good|bad|well|clear) the (?P<what>{WORD}) (?:was|were)(?P<range> from .+)?", said
    ):
        return f"a {good['what']} quality{good['range'] or ''}"
    if many := re.fullmatch(rf"how many (?P<what>{WORD})(?: .*)?", said):
        return f"a number of {many['what']}"
    if re.fullmatch(r"how long(?: (?:it|that|they) (?:took|lasted))?", said):
        return "a duration in minutes"
    which = re.fullmatch(rf"(?:(?:with|in|on|at|from|for) )?which (?P<what>{WORD}(?: {WORD})?)", said)
    if which:
        return a(which["what"])
    named = re.fullmatch(rf"(?:the|an?|their) (?P<what>{WORD}(?: {WORD})?)", said)
    return a(named["what"]) if named else ""


def either_state(found: re.Match[str], text: str) -> str | None:
    """Return "is either let to a boat owner or free" as two states, and who has it in the first one."""
    before = text[: found.end("begin")]
    thing = one(found["thing"]) if found["thing"] else topic(before) or next(reversed(spoken_of(before)), "")
    if not thing or is_person(thing):
        return None
    who = found["who"].lower() if found["who"] else ""
    link = [f"{a(thing).capitalize()} may belong to {a(who)}"] if who and is_person(who) else []
    told = f"{a(thing).capitalize()} has a status ({found['one'].lower()}/{found['other'].lower()})"
    return replaced(found, text, told, *link)


def of_few_numbers(found: re.Match[str], text: str) -> str:
    """Return "a length of 20 or 45 minutes" as a length in minutes, and what it may be as a sentence of its own."""
    said = f"The {found['what'].lower()} is {found['numbers']} {found['unit'].lower()}"
    plain = f"{text[: found.start()]}a {found['what']} in {found['unit']}{text[found.end() :]}"
    return added(plain, found.start(), said)


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{BEGIN}(?P<who>{MANY}|(?:an?|each|every|the) {WORD}) (?:can |may |should |must )?(?:also )?"
                rf"(?:writes? down|notes?(?: down)?|records?|logs?|enters?) what (?:they|he|she)(?: have| has|'ve|'s)? "
                rf"(?P<verb>[a-z]+): (?P<facts>{FACT}(?:,{FACT})*){END}"
            ),
            noted_deeds,
        ),
        (
            (
                rf"{BEGIN}(?:(?P<thing>(?:an?|each|every) {WORD}) )?is either (?P<one>{WORD})"
                rf"(?: (?:to|by) an? (?P<who>{WORD}(?: {WORD})?)(?= for\b| or\b))?(?: for [a-z ]+?)? or "
                rf"(?P<other>{WORD})(?: for [a-z ]+)?{END}"
            ),
            either_state,
        ),
        (
            (
                r"\ban? (?P<what>length|duration|width|height|size|weight|volume|capacity) of "
                r"(?P<numbers>\d+(?:, \d+)* or \d+) (?P<unit>minutes|hours|days|weeks|months|metres|meters|cm|mm|kg|"
                r"litres|liters|grams)\b"
            ),
            of_few_numbers,
        ),
    )
)
"""Ways of telling what people write down and in which of two states a thing is, and what says them plainly."""


def in_plain_notes(text: str) -> str:
    """Return a text with what it tells of notes and states said in plain sentences."""
    return rewritten(text, WAYS)
