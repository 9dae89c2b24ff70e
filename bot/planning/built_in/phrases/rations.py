"""Reads how often something may be in a while: "a balloon flies at most once a day", "one visit per patient per week".

A reading names what people said; which records are meant, and which of their dates counts, is told by
`bot.planning.built_in.rules.ration_rules`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.patterns import regex
from bot.planning.built_in.phrases.rule_phrases import CANT, COUNTS
from bot.planning.built_in.words.numerals import figure
from bot.planning.built_in.words.vocabulary import straight

__all__ = ["Ration", "read_ration"]

LONGEST = 160
LEAD = regex(r"^(?:(?:and|but|also|so|please|of course|note that)\b,? ){1,3}", re.IGNORECASE)
WORD = (
    r"(?!(?:can|may|must|should|never|not|only|is|are|has|have|at|on|in|per|a|an|the|no|more|than|if|when|unless)\b)"
    r"[a-z][\w-]*"
)
NOUN = rf"{WORD}(?: {WORD})?"
OWNER = rf"(?:(?:an?|the|one|each|every|any) )?(?P<owner>{NOUN}?)"
NO_OWNER = rf"no (?P<owner>{NOUN}?)"
RECORD = rf"(?P<record>{NOUN}?)"
UNIT = r"(?P<unit>day|week|month|year)"
SPAN = rf"(?:an?|per|each|every|and|(?:in|on|within) (?:an?|one|any|each|every|the same)) {UNIT}"
SAME = rf"(?:on|in|during|within) (?:the same|one|a single) {UNIT}"
FIGURE = rf"\d{{1,3}}|{'|'.join(word for word in COUNTS if word not in {'a', 'an'})}"
NUMBER = rf"(?P<number>{FIGURE})"
TIMES = rf"(?P<number>once|twice|(?:{FIGURE}) times?)"
MOST = r"(?:at most|only|just|no more than|not more than|up to|a maximum of|max\.?|maximum)"
MAY = r"(?:(?:can|may|must|should|is allowed to|are allowed to) )"
NEVER = rf"(?:(?:{CANT}|never|(?:is|are) never)(?: ever)?)"
DONE = rf"(?:(?:be|is|are|gets?) )?(?P<verb>{WORD})(?: out)?"
HAS = (
    r"(?:has|have|gets?|takes?|makes?|books?|logs?|records?|do|does|goes on|go on|be (?:on|in|at)|is (?:on|in|at)|"
    r"joins?|attends?|holds?|hosts?|gives?|delivers?|handles?|carry|carries|brings?|collects?|cleans?|checks?|visits?|sees?|"
    r"treats?|teach|teaches|drives?|runs?|fly|flies|plays?|serves?)"
)
OF_ONE = rf"(?:of|for|per|by|with|from|in|on|at) (?:(?:an?|the same|the|one|each|every|any) )?(?P<owner>{NOUN}?)"
THERE = rf"(?:there (?:is|are|{MAY}(?:only )?be) )?"
FORMS = tuple(
    regex(rf"^{form}$", re.IGNORECASE)
    for form in (
        rf"{OWNER} {MAY}?{DONE} {MOST} {TIMES} {SPAN}",
        rf"{OWNER} {MAY}(?:only|just) {DONE} {TIMES} {SPAN}",
        rf"{NO_OWNER} {MAY}?{DONE} more (?:often )?than {TIMES} {SPAN}",
        rf"{OWNER} {NEVER} {DONE} more (?:often )?than {TIMES} {SPAN}",
        rf"{OWNER} {NEVER} {DONE} (?P<two>twice) {SAME}",
        rf"{OWNER} {MAY}?{HAS} {MOST} {NUMBER} {RECORD} {SPAN}",
        rf"{OWNER} {MAY}?(?:only|just) {HAS} {NUMBER} {RECORD} {SPAN}",
        rf"{NO_OWNER} {MAY}?{HAS} more than {NUMBER} {RECORD} {SPAN}",
        rf"(?P<owner>nobody|no one|no-one) {MAY}?{HAS} more than {NUMBER} {RECORD} {SPAN}",
        rf"{OWNER} {NEVER} {HAS} more than {NUMBER} {RECORD} {SPAN}",
        rf"{OWNER} {NEVER} {HAS} (?P<two>two) {RECORD} {SAME}",
        rf"{NO_OWNER} (?:{MAY}?{HAS}|on|in|at) (?P<two>two) {RECORD} {SAME}",
        rf"{THERE}(?:{MOST} )?{NUMBER} {RECORD} {OF_ONE} {SPAN}",
        rf"{THERE}(?:{MOST} )?{NUMBER} {RECORD} {SPAN} {OF_ONE}",
        rf"(?:there {CANT} be|no|never) (?P<two>two) {RECORD} {OF_ONE} (?:{MAY}?(?:be|are) )?{SAME}",
    )
)


@dataclass(frozen=True)
class Ration:
    """How often something may be in a while; the record is said, or the verb of what is done."""

    owner: str
    number: int
    unit: str
    record: str = ""
    verb: str = ""


@lru_cache(maxsize=1_000)
def read_ration(sentence: str) -> Ration | None:
    """Return how often something may be in a while, as a whole sentence says it; None where it says anything else."""
    text = LEAD.sub("", straight(sentence)).strip(" .!")
    for form in FORMS if len(text) <= LONGEST else ():
        if match := form.match(text):
            said = {part: (value or "").lower() for part, value in match.groupdict().items()}
            number = 1 if said.get("two") else times(said["number"])
            return Ration(said["owner"], number, said["unit"], said.get("record", ""), said.get("verb", ""))
    return None


def times(said: str) -> int:
    """Return a number, also of "once", "twice" and "three times"."""
    return {"once": 1, "twice": 2}.get(said) or figure(said.partition(" ")[0])
