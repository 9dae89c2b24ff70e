"""Says in clauses of one fact each what people tell in one breath: deeds by nouns, records by how they come about.

Each way of speaking here has one meaning only; the words that it is said in instead are those that readers know.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.rewriting import CLAUSE, END
from bot.planning.built_in.words.told_answers import ANSWERS
from bot.planning.built_in.words.told_deeds import DEEDS_TOLD
from bot.planning.built_in.words.told_lists import LISTED
from bot.planning.built_in.words.told_records import NOUN, PAUSE, RECORDS, Plain, begun
from bot.planning.built_in.words.told_states import STATES
from bot.planning.built_in.words.vocabulary import a, singular

__all__ = ["in_plain_clauses"]

SOME = r"(?:several|many|some|a few|one or more|various|different)"
DOING = (
    r"(?:take in|look after|care for|take care of|host|board|hire out|rent out|lend out|breed|grow|raise|bake|restore|"
    r"teach|publish|exhibit|serve|run|hold|arrange|offer|sell|organi[sz]e|schedule|plan|coordinate)"
)
"""What people who keep things do with them."""
DOES = r"(?:runs|holds|arranges|offers|organi[sz]es|schedules|plans|sells)"
OFTEN = (
    r"(?:weekly|daily|monthly|yearly|annual|regular|various|different|all (?:kinds|sorts) of|several|many|a few|some)"
)
MADE_OF = r"(?:made (?:up )?(?:of|from)|composed of|built (?:of|from)|consisting of|divided into|split into)\s+"
LIGHT = (
    r"\b(?:make|place|submit|send in|hand in|put in)(?P<s>s?)\s+(?:an?\s+|their\s+|some\s+)?"
    r"(?P<noun>reservation|booking|order|purchase|application|registration)s?\s+(?:for|of)\s+"
    r"(?=(?:an?|the|one|several|some|our)\s+[a-z]|[a-z]+s\b)"
)
"""A deed said by its noun: "guests make reservations for a room" is that they reserve it."""
DEEDS = {
    "reservation": ("reserve", ""), "booking": ("book", ""), "order": ("order", ""), "purchase": ("buy", ""),
    "application": ("apply", "for "), "registration": ("register", "for "),
}  # fmt: skip


def deed_of(found: re.Match[str]) -> str:
    """Return the verb of a deed that was said by its noun."""
    verb, after = DEEDS[found["noun"].lower()]
    if not found["s"]:
        return f"{verb} {after}"
    return f"{'applies' if verb == 'apply' else f'{verb}s'} {after}"


def part_of(found: re.Match[str]) -> str:
    """Return what something is made of as parts that belong to it."""
    part, whole = singular(found["many"].lower()), singular(found["of"].lower())
    return begun(found, f"each {part} belongs to {a(whole)}")


def parts_of(found: re.Match[str]) -> str:
    """Return several that are made of parts, and then the parts in a sentence of their own."""
    return f"{found['of']}. Each {singular(found['many'].lower())} belongs to {a(singular(found['of'].lower()))}"


def one_does(found: re.Match[str]) -> str:
    """Return one of many who does something as any one of them."""
    return f"{found['begin']}{a(singular(found['many'].lower()))} "


SAID: tuple[tuple[str, Plain], ...] = (
    (
        (
            rf"{CLAUSE}(?:we|i)(?: also)? {DOING}\s+(?:{OFTEN}\s+)?"
            r"(?=[a-z]+(?: [a-z]+)?s(?:\s+(?:with|that)\b|,?\s+each\b|\s*[.:\n]|$))"
        ),
        r"\g<begin>we keep ",
    ),
    (rf"{CLAUSE}(?P<who>our [a-z]+(?: [a-z]+)? {DOES})\s+{OFTEN}\s+(?=[a-z]+s\b)", r"\g<begin>\g<who> "),
    (rf"{CLAUSE}one of (?:our|the) (?P<many>[a-z]+s) (?!is\b|has\b|was\b)(?=[a-z]+s\b)", one_does),
    (r",?\s+and\s+(?=(?:no )?two [a-z]+s\b[^.;\n]{0,60}\boverlap)", ". "),
    (
        (
            r",?\s+(?:and|but)\s+(?P<who>nobody|no one|no-one)"
            r"(?=\s+(?:may|can|must|is allowed|gets|has(?!\s+[a-z]+(?:ed|en|ne)\b))\b)"
        ),
        r". \g<who>",
    ),
    (
        (
            rf"{CLAUSE}(?:i|we) "
            r"(?:coach|lead|teach|train|manage|head|chair|(?:volunteer|work|help|help out) (?:at|in|for)) "
            r"(?P<whole>(?:an?|our|my|the) [^.;:,\n]{3,40}) and (?:we |i )?"
            r"(?=(?:want|need|would like|'d like) to (?:keep|track|manage|organi[sz]e)\b)"
        ),
        r"\g<begin>we run \g<whole> and ",
    ),
    (
        r"\b([a-z]+s) (?:used|needed|sold|bought|found) are (?:noted|recorded|listed|written down|kept) with\b",
        r"\1 have",
    ),
    (LIGHT, deed_of),
    (r"\b(appl(?:y|ies)) to (?:adopt|rent|join|borrow|foster|buy|lease|hire|get|have|use|book)\s+", r"\1 for "),
    (
        (
            rf"{CLAUSE}(?:(?:an?|each|every|the|all) )?(?!which|that|they|it\b)(?P<of>{NOUN}) "
            rf"(?:(?:is|are) {MADE_OF}|consists? of\s+)(?:{SOME} )?(?P<many>[a-z][a-z-]*s){PAUSE}"
        ),
        part_of,
    ),
    (
        rf"\b(?P<of>[a-z]+s)(?:,? (?:which|that) are)? {MADE_OF}(?:{SOME} )?(?P<many>[a-z][a-z-]*s){PAUSE}",
        parts_of,
    ),
    *ANSWERS,
    *LISTED,
    *DEEDS_TOLD,
    *RECORDS,
    *STATES,
    (
        r",?\s+(?:which|that) (?:is|are|was|were|can be) (?P<state>[a-z]+(?:ed|en|id|nt)) or not\b",
        r", with whether it is \g<state>",
    ),
    (
        (
            r"\b(?:costs?|goes for|go for|sells? (?:for|at)|(?:is|are) (?:sold|offered) (?:for|at)|comes? at)\s+"
            r"(?=(?:an?|its own|their own)\s+(?:[a-z]+\s+)?(?:fee|price|rate|rent|charge|amount)\b)"
        ),
        "have ",
    ),
    (rf"\bcosts money{END}", "has a price"),
    (
        (
            r"\b(?:(?:is|are)\s+(?:meant\s+)?for|sleeps?|seats?|fits?|serves?|feeds?|carr(?:y|ies)|accommodates?|"
            r"weighs?|lasts?)\s+(?=an?\s+(?:certain\s+|given\s+)?number\s+of\s+[a-z]+)"
        ),
        "have ",
    ),
    (
        rf"\b(?:is|are|can be) (?:either )?(?:for )?free or costs? (?:something|money|an? [a-z]+){END}",
        "have an optional price",
    ),
)
"""Ways of speaking with one meaning only, and the plain words for each."""
WAYS = tuple((regex(said, re.IGNORECASE), plain) for said, plain in SAID)


def in_plain_clauses(text: str) -> str:
    """Return a text with what was told in one breath said in clauses of one fact each."""
    for said, plain in WAYS:
        text = said.sub(plain, text)
    return text
