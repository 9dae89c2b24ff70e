"""Says plainly what each of a thing yields day by day, and "one of them" by its name.

As in `bot.planning.built_in.words.plain_states`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, noun_of, one
from bot.planning.built_in.words.field_kinds import is_measure
from bot.planning.built_in.words.rewriting import BEGIN, END, MANY, PAUSE, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import a

__all__ = ["in_plain_tallies"]

NOTES = (
    r"(?:write down|write|note down|note|record|log|enter|measure|weigh|count|check|track|keep track of|want to know|"
    r"need to know|want to see)"
)
PARTS = r"(?:morning|noon|midday|evening|night|afternoon)"
DAY = r"(?:day|week|month|hour|season|year|shift|evening|morning|night|afternoon)"
OFTEN = (
    rf"(?:(?:every|each) (?P<{{0}}parts>{PARTS} and (?:every |each )?{PARTS})|(?:every|each) {DAY}|once an? {DAY}|"
    rf"twice an? {DAY}|daily|weekly|monthly)"
)
GAVE = (
    r"(?:gave|gives|has given|made|makes|laid|lays|produced|produces|used|uses|drank|drinks|ate|eats|brought|brings|"
    r"sold|sells|caught|catches|earned|earns|yielded|yields|burned|burnt|burns|took|takes|needed|needs|ran|runs|"
    r"consumed|consumes|picked|picks|collected|collects|delivered|delivers|grew|weighed|weighs)"
)
COUNT = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)"
BOOKS = r"(?:reserve|book|rent|borrow|hire|take|use|share|order|choose|claim)s?"
PEOPLE = r"people|staff|everyone|anyone|everybody|anybody"


def tallied(found: re.Match[str], text: str) -> str | None:
    """Return "every morning we write down how many litres each cow gave" as measurements of a cow."""
    of, unit = found["of"].lower(), (found["unit"] or "amount").lower()
    if is_person(of) and not is_measure(unit) and found["unit"] is None:
        return None
    parts = next((part for part in (found["parts"], found["endparts"]) if part), "")
    one, _, other = re.sub(r"\b(?:every|each) ", "", parts.lower()).partition(" and ")
    facts = ["a date", *([f"a time of day ({one} or {other})"] if other else []), f"a number of {unit} (float)"]
    if not found["unit"]:
        facts[-1] = "an amount (float)"
    told = f"Each measurement belongs to {a(of)}"
    return replaced(found, text, told, f"A measurement has {', '.join(facts[:-1])} and {facts[-1]}")


def one_of_them(found: re.Match[str], text: str) -> str | None:
    """Return "we have desks and people reserve one for a day" with what they reserve."""
    who, many = found["who"], found["many"]
    if not (is_person(who) or re.fullmatch(PEOPLE, who, re.IGNORECASE)) or is_person(many):
        return None
    by = "persons" if who.lower() in {"people", "everyone", "anyone", "everybody", "anybody"} else who
    by = "staff members" if who.lower() == "staff" else by
    deed = f". {by.capitalize()} {re.sub(r's$', '', found['verb'])} {many}"
    return f"{text[: found.start('and')]}{deed}{text[found.end() :]}"


def for_a_date(found: re.Match[str], text: str) -> str:
    """Return "a colleague reserves a desk for one day" with a date: such a record has a day, no start and end."""
    who, what = one(found["who"]), one(found["what"])
    if found["begin"] is not None and is_person(who) and not is_person(what):
        record = noun_of(found["verb"].lower())
        told = f"Each {record} belongs to {a(who)} and {a(what)}. {a(record).capitalize()} has a date"
        return f"{text[: found.start()]}{told}{text[found.end() :]}"
    return f"{text[: found.end('deed')]} with a date{text[found.end() :]}"


def counted_first(found: re.Match[str], text: str) -> str:
    """Return "a group takes twelve children at most" with "at most" where it counts."""
    return f"{text[: found.start()]}at most {found['number']} {found['many']}{text[found.end() :]}"


def has_room(found: re.Match[str], text: str) -> str:
    """Return "a hike takes at most 15 walkers" as what it can have."""
    return f"{text[: found.end('who')]} can have {text[found.end() :]}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (rf"\b(?P<number>{COUNT}) (?P<many>{MANY}) at (?:the )?most\b{PAUSE}", counted_first),
        (
            (
                rf"{BEGIN}(?P<who>(?:an?|each|every|one|the) {WORD}) "
                rf"(?:can |may )?(?:takes?|holds?|fits?|accepts?|admits?|seats?) "
                rf"(?=(?:at most|up to|no more than) {COUNT} {MANY}{END})"
            ),
            has_room,
        ),
        (
            (
                rf"{BEGIN}(?:{OFTEN.format('')},? )?(?:we|i) (?:also )?{NOTES} how (?:many (?P<unit>{WORD})|much) "
                rf"(?:each|every|the|an?) (?P<of>{WORD}) {GAVE}(?:,? {OFTEN.format('end')})?{END}"
            ),
            tallied,
        ),
        (
            (
                rf"\b(?:we|i|there|our {WORD})(?:'ve| have| has| are)?(?: got| own| lend| rent out| keep)? "
                rf"(?:about |some )?(?:[a-z0-9]+ )??(?:{WORD} )?(?P<many>{WORD}s)"
                r"(?P<and>,? (?:and|which|that|where) |[.;] )"
                rf"(?:our )?(?P<who>{PEOPLE}|{WORD}s) (?:can |may )?(?P<verb>{BOOKS}) one"
                r"(?: of (?:them|these|those))?\b"
            ),
            one_of_them,
        ),
        (
            (
                r"(?:(?P<begin>^|(?<=[.!?;] )|(?<=\n))(?:(?:an?|each|every|our|the) )?)?"
                rf"(?P<deed>\b(?P<who>{PEOPLE}|{WORD}) (?:can |may )?(?P<verb>(?:reserve|book|rent|hire)s?) "
                rf"(?:(?:an?|one|the) )?(?P<what>(?:{WORD} )?{WORD})) for (?:an?|one|a single|the whole|a "
                rf"whole|the) day"
                r"(?=\s*(?:[.,;!?\n]|$|and\b|but\b))"
            ),
            for_a_date,
        ),
    )
)
"""Ways of telling of yields and of one of several, and what says them plainly."""


def in_plain_tallies(text: str) -> str:
    """Return a text with what each of a thing yields, and what people take one of, said by name."""
    return rewritten(text, WAYS)
