"""Reads what a span is to be from now on: "not 14 days but 21", "two weeks is too long, one is enough"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.documents.entities.declared_rules import Span
from bot.patterns import regex
from bot.planning.built_in.phrases.rule_phrases import COUNTS, UNITS
from bot.planning.built_in.words.numerals import figure
from bot.planning.built_in.words.vocabulary import straight

__all__ = ["SpanInstead", "read_span_instead"]

LONGEST = 160
NUMBER = rf"(?:\d{{1,4}}|{'|'.join(COUNTS)})"
UNIT = r"(?:hours?|hrs?|h|days?|weeks?)"
OLD = rf"(?P<old>{NUMBER})(?:[ -](?P<old_unit>{UNIT}))?"
NEW = rf"(?P<new>{NUMBER})(?:[ -](?P<new_unit>{UNIT}))?"
LEAD = r"^(?:(?:actually|please|no|hm+|well|sorry|and|but|it's|it is|that's|make it|make that|let's say)\b,? ?){0,4}"
IS = r"(?:is|are|was|were|would be|will be|should be)"
TOO = rf"{IS} (?:much |far |way |a bit |a little )?too (?:long|short|much|little|many|few)"
NEXT = r"(?:[,;:.–—-]| -| and| so| but| make it| let's say| better| rather| please| only){1,4}"
ENOUGH = rf"(?: (?:{IS} (?:enough|plenty|fine|better|ok|okay|right|sufficient)|will do|would do|does it|suffices?))"
PERIOD = r"(?:period|duration|time|term|span)"
FORMS = tuple(
    regex(rf"{LEAD}{form}$", re.IGNORECASE)
    for form in (
        rf"not {OLD},? (?:but|rather|only)(?: only| just)? {NEW}(?: instead)?",
        rf"(?:only |just )?{NEW},? (?:instead of|rather than|and not|not) {OLD}",
        rf"{OLD} {TOO}{NEXT} {NEW}{ENOUGH}?",
        rf"(?P<new>{NUMBER})[ -](?P<new_unit>{UNIT}){ENOUGH}(?: now| too)?",
        rf"(?:the|our) (?:[a-z-]{{2,20}} )?{PERIOD} {IS} (?:now )?(?P<new>{NUMBER})[ -](?P<new_unit>{UNIT})(?: now)?",
    )
)


@dataclass(frozen=True)
class SpanInstead:
    """A span as it is to be, and the hours that it had before, where the sentence says so."""

    span: Span
    before: int | None


def read_span_instead(sentence: str) -> SpanInstead | None:
    """Return the span that takes the place of another one; None where a sentence says anything else."""
    text = straight(sentence, " .!")
    for form in FORMS if len(text) <= LONGEST else ():
        match = form.match(text)
        said = match.groupdict() if match else {}
        unit = said.get("new_unit") or said.get("old_unit")
        if not unit or not figure(said["new"] or ""):
            continue
        old = said.get("old")
        before = span_of(old, said.get("old_unit") or unit).hours if old else None
        return SpanInstead(span_of(said["new"] or "", unit), before)
    return None


def span_of(count: str, unit: str) -> Span:
    """Return a span of a number and a unit; weeks are counted in days."""
    factor, base = UNITS[unit.lower().rstrip("s")]
    return Span(count=figure(count) * factor, unit=base)
