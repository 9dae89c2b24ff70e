"""Says in the words of steps and links what people tell of how something goes on: "it goes from A to B to C".

As in `bot.planning.built_in.words.told_records`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person
from bot.planning.built_in.words.rewriting import CLAUSE, END
from bot.planning.built_in.words.told_records import MANY, NOTING, NOUN, ONE, PEOPLE, Plain, begun, belonging
from bot.planning.built_in.words.vocabulary import a, is_verb_form, singular

__all__ = ["STATES"]

FEWEST_IN_A_ROW = 3
"""Deeds that are told one after the other, so that nobody takes them for values in any order."""
TO = regex(r"\s+(?:to|through|via|over|and then to|then to)\s+", re.IGNORECASE)
ROW = r"[a-z]+(?: (?:up|out|off|back|down|in|over|away))?"
BAD = r"(?P<state>sick|ill|missing|absent|lost|stolen|broken|damaged|dead|late)"


def going(found: re.Match[str]) -> str:
    """Return the steps of "it goes from accepted to in work to done"."""
    first, *later = TO.split(found["way"])
    if not later:
        return found[0]
    who = re.sub(r"^(?:its|the|their) (?:status|state)$", "it", found["who"], flags=re.IGNORECASE)
    verb = "are" if who.lower() == "they" or re.fullmatch(MANY, who, re.IGNORECASE) else "is"
    steps = f"{who} {verb} {first}, then {', then '.join(later)}"
    goes_on = re.fullmatch(r",\s+(?:and\s+)?|and\s+", found["begin"], re.IGNORECASE) is not None
    return f". {capital(steps)}" if goes_on else begun(found, steps)


def one_after_another(found: re.Match[str]) -> str:
    """Return the steps of "bags are washed, dried, ironed and sent back"."""
    deeds = re.split(r",\s*(?:and\s+)?|\s+and\s+", found["deeds"])
    is_row = len(deeds) >= FEWEST_IN_A_ROW and all(is_verb_form(deed.split()[0].lower()) for deed in deeds)
    return f"{found['who']} {found['be']} {', then '.join(deeds)}" if is_row else found[0]


def worked_on(found: re.Match[str]) -> str:
    """Return what somebody works on as theirs: "a mechanic works on it"."""
    return begun(found, f"it belongs to {a(found['who'].lower())}") if is_person(found["who"]) else found[0]


def was_there(found: re.Match[str]) -> str:
    """Return the record of "for every training we note who was there", where a text speaks of people."""
    spoken_of = re.findall(rf"\b{MANY}\b", found.string, re.IGNORECASE)
    people = next((noun.lower() for noun in spoken_of if is_person(noun)), "")
    return belonging(found, "attendance", found["of"].lower(), singular(people)) if people else found[0]


def reported(found: re.Match[str]) -> str:
    """Return the report of "parents report a child sick with a reason"."""
    report = f"{found['state'].lower()} report"
    return belonging(
        found, report, singular(found["of"].lower()), singular(found["who"].lower()), facts=found["facts"] or ""
    )


STATES: tuple[tuple[str, Plain], ...] = (
    (
        (
            rf"{CLAUSE}(?:then )?(?P<who>it|they|(?:its|their|the) (?:status|state)|{ONE} {NOUN}|{MANY}) "
            rf"(?:goes|go|moves?|passes|pass) from "
            rf"(?P<way>(?!(?:an?|the|one|its|their|when|our)\b)[a-z][^.;,!?\n]+ to [^.;,!?\n]+){END}"
        ),
        going,
    ),
    (
        rf"\b(?P<who>{MANY}|{ONE} {NOUN}) (?P<be>are|is) (?P<deeds>{ROW}(?:, {ROW})+,? and {ROW}){END}",
        one_after_another,
    ),
    (rf"{CLAUSE}{ONE} (?P<who>{NOUN}) (?:works|is working|will work) on (?:it|them){END}", worked_on),
    (
        (
            rf"{CLAUSE}(?:for|at|in|after) (?:each|every) (?P<of>{NOUN}),? {PEOPLE} {NOTING} who "
            rf"(?:was|were|is|has been|really was) (?:there|present|absent){END}"
        ),
        was_there,
    ),
    (
        (
            rf"{CLAUSE}(?P<who>{MANY}) (?:can |may )?report {ONE} (?P<of>[a-z]+) (?:as )?{BAD}"
            r"(?:,? with (?P<facts>[^.;!?\n]+))?"
            rf"{END}"
        ),
        reported,
    ),
)
"""Ways of telling how something goes on, and the plain words for each."""
