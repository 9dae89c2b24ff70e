"""Says in sentences of one fact each what somebody does with each of a thing, one verb after the other.

"The caretaker looks at each report, says how urgent it is, and passes it to a tradesman". As in
`bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.rewriting import END, SENTENCE, TERM, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import a, has_plural, singular, word_set

__all__ = ["DEGREES", "in_plain_handling"]

DEGREES = {
    "urgent": "urgency", "serious": "severity", "severe": "severity", "bad": "severity", "important": "importance",
    "heavy": "weight", "long": "length", "tall": "height", "high": "height", "wide": "width", "deep": "depth",
    "big": "size", "large": "size", "old": "age", "difficult": "difficulty", "hard": "difficulty", "good": "quality",
    "dangerous": "danger", "expensive": "price", "complete": "completeness", "ripe": "ripeness", "likely": "likelihood",
    "valuable": "value", "strong": "strength", "dirty": "dirtiness", "clean": "cleanliness",
}  # fmt: skip
"""What is told by how something is: "how urgent it is" is its urgency."""
JUDGES = (
    r"(?:says?|decides?|judges?|notes?(?: down)?|rates?|estimates?|states?|determines?|assess(?:es)?|writes? down|"
    r"records?|marks?|tells? us|sets?|checks?)"
)
HOW = regex(
    rf"^{JUDGES} how (?P<how>{'|'.join(DEGREES)}) (?P<what>it|they|each one|(?:the|each|every) {TERM}) (?:is|are)$",
    re.IGNORECASE,
)
PASSES = regex(
    r"^(?:pass(?:es)?|hands?|gives?|assigns?|forwards?|sends?|delegates?|allocates?|brings?|delivers?) "
    rf"(?P<what>it|them|each one|(?:the|each|every) {TERM}) "
    rf"(?:(?:on|over|out) )?to (?P<whom>(?:an?|one of (?:the|our)) {TERM})$",
    re.IGNORECASE,
)
ITS = regex(rf"^(?:notes?(?: down)?|records?|writes? down|enters?|logs?) (?P<facts>its {TERM})$", re.IGNORECASE)
LOOKS = regex(
    rf"^(?:looks? at|looks? over|looks? through|goes through|goes over|reads?|opens?|reviews?|checks?|inspects?|"
    rf"examines?|has a look at|takes?|gets?|receives?) (?P<what>it|them|(?:an?|each|every|the|all|all the) {TERM})$",
    re.IGNORECASE,
)
ANY = regex(rf"^[a-z]+s (?P<what>(?:an?|each|every|the) {TERM})$", re.IGNORECASE)
DONE = (
    r"[a-z]+s(?: (?:at|over|through|up|down|in|out|on|for|back))? "
    rf"(?:it|them|its|an?|the|each|every|all|one|how|what|whether|who|when|where|{WORD})\b"
)
"""A verb about one person with what it is about: never several of a thing."""
CLAUSES = regex(rf",\s*(?:and\s+)?(?:then\s+)?(?={DONE})|\s+and\s+(?:then\s+)?(?={DONE})", re.IGNORECASE)
SPOKEN_OF = regex(
    rf"\b(?:an?|each|every|their) (?P<noun>{TERM})(?=\s*(?:$|[,.;]| (?:is|has|such|like|in|on)\b))", re.IGNORECASE
)
SUBJECT = regex(rf"(?:an?|each|every) (?P<noun>{TERM}) (?:has|is|belongs|gets|may)\b", re.IGNORECASE)
NO_VERBS = word_set("has is was does belongs needs costs lasts consists contains")


def thing_of(first: str, before: str) -> str:
    """Return the thing that somebody does something with; "it" is what the sentence before told of."""
    found = next((found for pattern in (LOOKS, HOW, PASSES, ANY) if (found := pattern.match(first))), None)
    what = found["what"].lower() if found else ""
    if what not in {"it", "them", "they"}:
        return one(re.sub(r"^all (?:the )?", "", what)) if what else ""
    last = re.split(r"(?<=[.!?;])\s+|\n", before.strip())[-1]
    if subject := SUBJECT.match(last):
        return "" if is_person(subject["noun"]) else subject["noun"].lower()
    told = [singular(said["noun"].lower()) for said in SPOKEN_OF.finditer(last)]
    told = [noun for noun in told if not is_person(noun)]
    return told[-1] if told else ""


def told_by(clause: str, thing: str, who: str) -> str:
    """Return what one clause of somebody tells of a thing; nothing where it is none of these."""
    if how := HOW.match(clause):
        return f"{a(thing).capitalize()} has {a(DEGREES[how['how'].lower()])}"
    if passes := PASSES.match(clause):
        whom = one(passes["whom"])
        return "" if whom == thing else f"Each {thing} may belong to {a(whom)}"
    if its := ITS.match(clause):
        return f"{a(thing).capitalize()} has {a(its['facts'].removeprefix('its '))}"
    if LOOKS.match(clause):
        return f"Each {thing} may belong to {a(who)}"
    return ""


def handled(found: re.Match[str], text: str) -> str | None:
    """Return "the caretaker looks at each report, says how urgent it is" as what each report has."""
    who, clauses = one(found["who"]), CLAUSES.split(found["does"].strip())
    if not is_person(who) or has_plural(found["who"].lower()):
        return None
    verbs = [clause.split()[0].lower() for clause in clauses]
    thing = thing_of(clauses[0], text[: found.start()])
    if not thing or thing == who or is_person(thing) or not all(verb.endswith("s") for verb in verbs):
        return None
    is_meant = any(pattern.match(clause) for clause in clauses for pattern in (HOW, PASSES, ITS))
    if not is_meant or set(verbs) & NO_VERBS:
        return None
    told = [told_by(clause, thing, who) or f"{found['article']} {found['who']} {clause}" for clause in clauses]
    told = [f"{said[:1].upper()}{said[1:]}" for said in told]
    return replaced(found, text, *told)


def who_does(found: re.Match[str], text: str) -> str | None:
    """Return "is read by a clerk, who says how urgent it is" as what a clerk does, in a sentence of its own."""
    if not is_person(one(found["who"])) or not (HOW.match(found["first"]) or PASSES.match(found["first"])):
        return None
    return f"{text[: found.end('who')]}. The {one(found['who'])} {found['first']}{text[found.end() :]}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            rf"\b(?P<who>(?:an?|the|our) {TERM}),? who (?:then )?(?P<first>{DONE}[^.,;:!?\n]*?)(?=,|\s+and\b|{END})",
            who_does,
        ),
        (
            (
                rf"{SENTENCE}(?P<article>the|our|an?|each|every|one of (?:the|our)) (?P<who>{TERM}) "
                rf"(?P<does>{DONE}[^.;:!?\n]*){END}"
            ),
            handled,
        ),
    )
)
"""Ways of telling what somebody does with each of a thing, and what says it plainly."""


def in_plain_handling(text: str) -> str:
    """Return a text with what somebody does with things, verb after verb, said as what the things have."""
    return rewritten(text, WAYS)
