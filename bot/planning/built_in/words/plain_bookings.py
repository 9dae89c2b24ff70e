"""Says plainly what an office books for others, and what is written down on the way: "a finding for each stove".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import belonging, is_person, one
from bot.planning.built_in.words.first_names import FIRST_NAMES
from bot.planning.built_in.words.rewriting import SENTENCE, TERM, WORD, Ways, put, rewritten
from bot.planning.built_in.words.vocabulary import a, word_set

__all__ = ["in_plain_bookings"]

OFFICE = r"(?:(?i:the (?:office|desk|front desk|reception|secretary|dispatcher|back office)|we|i)|[A-Z][a-z]{1,19})"
"""Who books for others: nobody who is kept."""
MAKES = r"(?:books?|schedules?|plans?|arranges?|makes?|sets? up|enters?)"
TIMES = word_set("date day time hour morning afternoon week slot")
THING = rf"(?:an?|the|one|each) {WORD}(?: {WORD})?"
WRITES = r"(?:writes? down|notes?(?: down)?|records?|writes?|logs?|enters?|puts? down)"
AMISS = (
    r"(?: (?:that|which|where|with) (?:has |have |is |there is |there's )?(?:something|anything) (?:is )?"
    r"(?:wrong|broken|amiss|faulty|damaged|to repair|to fix))?"
)
MORE = r"(?:(?=\s*(?:[.;!?\n]|$))|,\s+and\s+(?P<more>(?:an?|each|every|no|the) [^.;!?\n]{3,200}))"


def booked(found: re.Match[str], text: str) -> str | None:
    """Return "the office books a visit to a house for a date and a sweep" as what each visit names, and its date."""
    record = one(found["record"])
    things = [one(thing) for thing in re.split(r",? and |, | with | by ", found["things"])]
    who = found["who"].lower()
    is_named = found["who"][:1].isupper() and who in FIRST_NAMES
    if not (is_named or re.match(r"(?:the|we|i)\b", who)) or is_person(record) or record.split()[-1] in TIMES:
        return None
    times = [thing for thing in things if thing.split()[-1] in TIMES]
    named = [one(found["whom"]), *(thing for thing in things if thing not in times)]
    if not times or record in named or len(set(named)) < len(named):
        return None
    told = f"{a(record).capitalize()} has {' and '.join(a(time) for time in times)}"
    return put(found, text, belonging(record, named), told, *([capital(found["more"])] if found["more"] else []))


def written_down(found: re.Match[str], text: str) -> str | None:
    """Return "during a visit the sweep writes down a finding for each stove" as findings of a visit and a stove."""
    whole, record, thing = one(found["whole"]), one(found["record"]), one(found["thing"])
    if is_person(record) or len({whole, record, thing}) < len((whole, record, thing)):
        return None
    facts = [f"{a(record).capitalize()} has {found['facts']}"] if found["facts"] else []
    return put(found, text, belonging(record, [whole, thing]), *facts)


WAYS: Ways = (
    (
        regex(
            rf"{SENTENCE}(?P<who>{OFFICE}) (?i:{MAKES} (?:an?|each|every) (?P<record>{TERM}) (?:to|at|in|for|with) "
            rf"(?P<whom>{THING}) (?:for|on|at) (?P<things>{THING}(?:(?:,? and |, | with | by ){THING}){{0,3}}){MORE})"
        ),
        booked,
    ),
    (
        regex(
            rf"{SENTENCE}(?:during|at|after|on|in) (?:an?|each|every|the) (?P<whole>{TERM}),? "
            rf"(?:the {WORD}|an? {WORD}|we|i|they) {WRITES} an? (?P<record>{TERM}) (?:for|of|about|on) "
            rf"(?:each|every|an?|the|any) (?P<thing>{TERM}){AMISS}(?:,? with (?P<facts>[^.;!?\n]{{3,300}}))?"
            rf"(?=\s*(?:[.;!?\n]|$))",
            re.IGNORECASE,
        ),
        written_down,
    ),
)
"""Ways of telling what is booked and written down, and what says them plainly."""


def in_plain_bookings(text: str) -> str:
    """Return a text with what an office books, and what is written down meanwhile, said as records."""
    return rewritten(text, WAYS)
