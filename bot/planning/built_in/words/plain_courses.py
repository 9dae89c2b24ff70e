"""Says plainly how something goes its way: "first is just a request, then confirmed once …", "or it's lost".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.rewriting import END, SENTENCE, TERM, Ways, put, rewritten
from bot.planning.built_in.words.vocabulary import a

__all__ = ["in_plain_courses"]

ASKED = {
    "request": "requested", "enquiry": "enquired", "inquiry": "enquired", "draft": "drafted", "idea": "proposed",
    "proposal": "proposed", "application": "applied", "offer": "offered", "order": "ordered", "wish": "wished",
    "reservation": "reserved", "plan": "planned", "suggestion": "suggested", "report": "reported",
}  # fmt: skip
"""What something is at first, and the state that it is then in."""
STATE = r"[a-z]+(?: (?:in|out|off|up|on|over|back)\b)?"
ONCE = r"(?: (?:once|when|after|as soon as|if) [^.,;:!?\n]{3,80})?"
STEPS = rf"(?:,?\s+(?:and )?then (?:it is |it's )?{STATE}{ONCE}){{1,6}}"
WHAT = rf"(?P<what>(?:an?|each|every|the) {TERM})"


def parted(found: re.Match[str], text: str) -> str | None:
    """Return "a job has a date, and it goes from new to done" with how it goes in a sentence of its own."""
    if is_person(one(found["what"])):
        return None
    rest = f"{capital(a(one(found['what'])))} {found['goes']}{text[found.end() :]}"
    return f"{text[: found.start()]}{found['begin']}{found['head']}. {rest}"


def at_first(found: re.Match[str], text: str) -> str | None:
    """Return "a booking first is just a request, then confirmed" as the states that it goes through."""
    states = [ASKED.get(found["first"].lower(), ""), *(step[1].lower() for step in STEP.finditer(found["steps"]))]
    if not states[0] or is_person(one(found["what"])):
        return None
    return put(found, text, f"{found['what'].capitalize()} goes from {' to '.join(states)}")


def or_else(found: re.Match[str], text: str) -> str | None:
    """Return "a job goes from new to done to paid, or it's lost" with the way out as a state to be asked about."""
    steps = re.split(r" to ", found["steps"].lower())
    if is_person(one(found["what"])) or found["other"].lower() in steps:
        return None
    states = [*steps, found["other"].lower()]
    plain = f"{found['what'].capitalize()} goes from {found['steps']}"
    values = f"{a(one(found['what'])).capitalize()} has a status ({'/'.join(states)})"
    return put(found, text, plain, values)


STEP = regex(rf",?\s+(?:and )?then (?:it is |it's )?({STATE}){ONCE}", re.IGNORECASE)
WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{SENTENCE}(?P<head>{WHAT} (?:has|have) [^.;!?\n]{{3,300}}?),? and it "
                r"(?P<goes>(?:goes|moves|passes) from )"
            ),
            parted,
        ),
        (
            (
                rf"{SENTENCE}{WHAT} (?:first is|is first|is at first|starts as|begins as|starts out as)"
                rf"(?: just| only)? (?:an? )?(?P<first>{'|'.join(ASKED)})(?P<steps>{STEPS}){END}"
            ),
            at_first,
        ),
        (
            (
                rf"{SENTENCE}{WHAT} (?:goes|moves|passes|runs) from "
                rf"(?P<steps>[a-z]+(?: [a-z]+)?(?: to [a-z]+(?: [a-z]+)?){{1,7}}),? "
                rf"or (?:it(?:'s| is| gets| may be| can be) )?(?P<other>{STATE}){END}"
            ),
            or_else,
        ),
    )
)
"""Ways of telling how something goes its way, and what says them plainly."""


def in_plain_courses(text: str) -> str:
    """Return a text with how something goes its way said as the states that it goes through."""
    return rewritten(text, WAYS)
