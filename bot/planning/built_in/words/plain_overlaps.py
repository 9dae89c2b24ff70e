"""Says plainly what must not happen twice at a time: "neither a car nor a teacher can be in two lessons at once".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import one
from bot.planning.built_in.words.rewriting import MANY, STATEMENT, TERM, WORD, Ways, put_apart, rewritten
from bot.planning.built_in.words.vocabulary import has_plural

__all__ = ["in_plain_overlaps"]

REMARK = r"(?:\s*\((?P<remark>[^()\n]{3,120})\))?"
"""Why people say so, in brackets: "(happened twice last summer)"."""
ENDS = r"(?:(?=\s*(?:[.;!?\n]|$))|,\s+(?:and|but)\s+(?P<more>[a-z][^.;!?\n]{3,200}))"
CANT = r"(?:can ?not|can't|may not|must not|mustn't|must never|can never|may never|should never|shouldn't|should not)"
AT_ONCE = r"(?:at (?:once|one time|the same (?:time|hour|moment)|any one time)|at a time|simultaneously)"
IN = r"(?:in|on|at|of|for|with|by|using)"
THE_SAME = r"(?:the same|one|any one|a single)"
OVERLAP = r"(?:overlap|clash|collide|cross)"
BE_IN = (
    r"(?:be (?:booked |used |needed )?(?:in|on|at|for|with)|have|take|teach|drive|give|do|attend|run|hold|lead|serve)"
)
SEVERAL = r"(?:two|several|more than one|2)"


def of_the_same(records: str, *owners: str) -> list[str]:
    """Return the sentence that readers know, for each thing that has only one of the records at a time."""
    return [f"{records.capitalize()} of the same {one(owner)} must not overlap" for owner in owners]


def more_of(found: re.Match[str]) -> list[str]:
    """Return what is said behind a comma as a sentence of its own."""
    return [capital(found["more"])] if found["more"] else []


def of_two(found: re.Match[str], text: str) -> str | None:
    """Return "no two visits in the same room or with the same vet at the same time" as a rule for each of these."""
    records = found["records"].lower()
    if not has_plural(records):
        return None
    owners = [found["first"], *([found["second"]] if found["second"] else [])]
    return put_apart(found, text, *of_the_same(records, *owners), *more_of(found))


def of_neither(found: re.Match[str], text: str) -> str | None:
    """Return "neither a car nor a teacher can be in two lessons at once" as a rule for each of both."""
    records = found["records"].lower()
    if not has_plural(records):
        return None
    return put_apart(found, text, *of_the_same(records, found["first"], found["second"]), *more_of(found))


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{STATEMENT}(?:there (?:must|may|can|should) never be |never |no )?{SEVERAL} "
                rf"(?P<records>{MANY}) {IN} "
                rf"{THE_SAME} (?P<first>{TERM})(?:,? (?:or|and|nor) (?:{IN} )?{THE_SAME} (?P<second>{TERM}))? "
                rf"(?:(?:{CANT}|may|can|must)(?: ever)? (?:{OVERLAP}|be {AT_ONCE}|take place {AT_ONCE})|{OVERLAP})"
                rf"{REMARK}{ENDS}"
            ),
            of_two,
        ),
        (
            (
                rf"{STATEMENT}(?:there (?:{CANT}|should never) be |never |no )(?:{SEVERAL} )?(?P<records>{MANY}) {IN} "
                rf"{THE_SAME} (?P<first>{TERM}) (?:or|and|nor) (?:{IN} )?(?:{THE_SAME} )?(?P<second>{TERM}) "
                rf"{AT_ONCE}{REMARK}{ENDS}"
            ),
            of_two,
        ),
        (
            (
                rf"{STATEMENT}(?:there (?:{CANT}|should never) be |never |no ){SEVERAL} (?P<records>{MANY}) {AT_ONCE} "
                rf"{IN} {THE_SAME} (?P<first>{TERM})(?:,? (?:or|and|nor) (?:{IN} )?{THE_SAME} (?P<second>{TERM}))?"
                rf"{REMARK}{ENDS}"
            ),
            of_two,
        ),
        (
            (
                rf"{STATEMENT}neither (?:an?|the) (?P<first>{TERM}) nor (?:an?|the) (?P<second>{TERM}) "
                rf"(?:can|may|must|should)(?: ever)? {BE_IN} {SEVERAL} (?P<records>{MANY}) {AT_ONCE}{REMARK}{ENDS}"
            ),
            of_neither,
        ),
        (
            (
                rf"{STATEMENT}(?:an?|no|the) (?P<first>{WORD}) (?:or|and|nor) (?:an? |the )?(?P<second>{WORD}) "
                rf"(?:{CANT})(?: ever)? {BE_IN} {SEVERAL} (?P<records>{MANY}) {AT_ONCE}{REMARK}{ENDS}"
            ),
            of_neither,
        ),
    )
)
"""Ways of refusing two at a time, and what says it plainly."""


def in_plain_overlaps(text: str) -> str:
    """Return a text with what must not happen twice at a time said as a rule for each thing that it is of."""
    return rewritten(text, WAYS)
