"""Says plainly what somebody chooses for the record that they make: "customers choose a flavour, a size and the text".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, listed, noun_of, one
from bot.planning.built_in.words.plain_writers import people_told
from bot.planning.built_in.words.rewriting import END, TERM, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import a, has_plural, singular

__all__ = ["in_plain_choosing"]

BEGIN = r"(?P<begin>^|[.!?;]\s+|\n\s*|,\s+(?:and\s+)?(?=they\b))"
OFTEN = r"(?:(?:can|may|then|also|have to|must|will|each|all|usually) )*"
CHOOSE = r"(?:choose|pick|select|decide on)s?(?! (?:up|out|from|one)\b)"
FACT = (
    rf"(?:(?:an?|the|their|which|what) (?:number of {WORD}|(?:time|date|day) of {WORD}|{TERM}"
    rf"(?: on (?:top|it|the {WORD})(?: of (?:it|the {WORD}))?)?))"
)
SAYING = r"(?:say|tells? us|lets? us know|says|give us|write|note)"
WILL = r"(?:'ll| will| want to| wants to| would like to|'d like to)?"
WHEN = (
    rf"(?:,? and (?:they )?(?:also |then )?{SAYING} when (?:they|he|she){WILL} "
    r"(?P<when>[a-z]+(?: (?:it|them|up|in|back|for it)){0,2}))"
)
FOR = rf"(?: for (?P<whose>each|every|the|their|his or her|an?) (?P<what>{TERM}))"
PARTS = regex(r",\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
RECORDS = "order|booking|reservation|appointment|registration|request|purchase|commission|enrolment|rental"
TOLD_RECORD = regex(rf"\b(?P<record>{RECORDS})s?\b", re.IGNORECASE)
MAKES = regex(
    r"\b(?P<verb>books?|reserves?|orders?|rents?|hires?|buys?|register|registers|apply|applies|enrol|enrols)\b",
    re.IGNORECASE,
)
MOMENTS = (
    (regex(r"^(?:pick (?:it|them) up|collect|fetch|come for)", re.IGNORECASE), "pick-up date"),
    (regex(r"^(?:come|arrive|get)", re.IGNORECASE), "arrival date"),
    (regex(r"^(?:leave|go)", re.IGNORECASE), "departure date"),
    (regex(r"^(?:need|want|get) (?:it|them)", re.IGNORECASE), "due date"),
    (regex(r"^(?:bring|return) (?:it|them)", re.IGNORECASE), "return date"),
    (regex(r"^start", re.IGNORECASE), "start date"),
)
"""What somebody tells when they do something, as the date of what they chose it for."""


def record_before(before: str) -> str:
    """Return the record that people make, by its noun or by what they do, or nothing where none is told of."""
    told = [found["record"].lower() for found in TOLD_RECORD.finditer(before)]
    if told:
        return told[-1]
    made = [noun_of(found["verb"]) for found in MAKES.finditer(before)]
    return made[-1] if made else ""


def is_told(noun: str, text: str) -> bool:
    """Tell whether a text says of a noun elsewhere what it has or is: a thing, no fact."""
    several = rf"{singular(noun)}s|{noun}es"
    said = rf"\b(?:(?:an?|each|every) {noun} (?:has|is|belongs|costs)|(?:{several}) (?:have|are|belong|cost))\b"
    return re.search(said, text, re.IGNORECASE) is not None


def fact(said: str) -> str:
    """Return one thing chosen as a fact: "the text on top of the cake" is a text on top."""
    bare = re.sub(r"^(?:and )?(?:an?|the|their|which|what) ", "", said.strip(), flags=re.IGNORECASE)
    return re.sub(r"(?<= on top) of .*$", "", bare, flags=re.IGNORECASE)


def chosen(found: re.Match[str], text: str) -> str | None:
    """Return "customers choose a flavour and a size", where orders are told of, as what each order has."""
    before = text[: found.start()]
    said = found["who"].lower()
    who = people_told(before) if said == "they" else one(said)
    facts = [fact(part) for part in PARTS.split(found["facts"]) if part.strip()]
    if not who or not is_person(who) or (said != "they" and not has_plural(said) and " " not in said) or len(facts) < 2:
        return None
    record = one(found["what"] or "") or record_before(before) or record_before(text[found.end() :]) or "choice"
    if is_person(record) or record in facts:
        return None
    moment = next((noun for form, noun in MOMENTS if form.match(found["when"] or "")), "")
    if found["when"] and not moment:
        return None
    others = f"{before} {text[found.end() :]}"
    things = [noun for noun in facts if is_person(noun) or is_told(noun, others)]
    kept = [noun for noun in [*facts, moment] if noun and noun not in things]
    told = [f"Each {record} belongs to {a(who)}", *(f"Each {record} belongs to {a(thing)}" for thing in things)]
    if kept:
        told.append(f"{a(record).capitalize()} has {listed(map(a, kept))}")
    return replaced(found, text, *told)


def takes_orders(found: re.Match[str], text: str) -> str | None:
    """Return "my bakery takes orders for birthday cakes" as orders, of a cake where cakes are told of, too."""
    record, thing = one(found["record"]), one(found["thing"])
    rest = text[found.end() :]
    if not re.search(rf"\b{record}s? (?:has|have|belongs?)\b", rest, re.IGNORECASE):
        return None
    belongs = [f"Each {record} belongs to {a(thing)}"] if is_told(thing, rest) else []
    return replaced(found, text, f"We keep {record}s", *belongs)


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{BEGIN}(?P<who>they|(?:(?:the|our|all|a|an|each|every) )?{TERM}) {OFTEN}{CHOOSE} "
                rf"(?P<facts>{FACT}(?:,\s+(?:and\s+)?{FACT})*(?:,?\s+and\s+{FACT})){FOR}?{WHEN}?{END}"
            ),
            chosen,
        ),
        (
            (
                rf"{BEGIN}(?P<who>they|(?:(?:the|our|all|a|an|each|every) )?{TERM}) {OFTEN}{CHOOSE} "
                rf"(?P<facts>{FACT}(?:,\s+{FACT})+){FOR}?{WHEN}{END}"
            ),
            chosen,
        ),
        (
            (
                rf"(?P<begin>^|[.!?;]\s+|\n\s*)(?:(?:once|twice|every|each) [a-z ]{{1,20}}?,? )?"
                rf"(?:we|i|(?:my|our|the) {TERM}) (?:also )?(?:takes?|accepts?|gets?|receives?) "
                rf"(?P<record>orders|bookings|reservations|requests|commissions) (?:for|of) (?P<thing>{TERM}){END}"
            ),
            takes_orders,
        ),
    )
)
"""Ways of telling what people choose, and what says it plainly."""


def in_plain_choosing(text: str) -> str:
    """Return a text with what people choose said as what the record that they make has."""
    return rewritten(text, WAYS)
