"""Parts two rules that people say in one sentence: "only a master may delete a house, and sweeps see only their own".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only: both halves must be whole
sentences that permit or refuse something, each with a subject of its own.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.rewriting import END, SENTENCE, TERM, WORD, Ways, put_apart, rewritten

__all__ = ["in_plain_pairs"]

MAY = (
    r"(?:can|may|must|should|cannot|can ?not|can't|mustn't|shouldn't|will|has to|have to|"
    r"(?:is|are) (?:not )?allowed to)"
)
WHO = (
    r"(?:(?:an?|the|my|our|each|every|no|all) )?(?!(?:it|they|he|she|this|that|these|those|which|who)\b)"
    rf"(?:{WORD} )?{WORD}"
)
SEES = (
    r"(?:only |just )?(?:sees?|looks? at) (?:just |only )?(?:their own|his own|her own|the|all|everything|nothing|no)\b"
)
PERMITS = (
    rf"(?:only (?:the |an? |my |our )?{TERM}(?: or (?:the |an? |my |our )?{TERM})? {MAY}\b|"
    rf"(?:nobody|no one|no-one|nobody else|everybody|everyone) {MAY}\b|"
    rf"(?:no more than|not more than|at most|at least|up to) |"
    rf"{WHO} (?:{MAY}\b|{SEES}|(?:is|are|gets?) (?:never|not)\b))"
)
FIRST = (
    rf"(?P<first>(?!(?:if|when|whenever|once|unless|until|after|before|while|as soon as|for|in|on|with)\b){PERMITS}"
    r"(?:[^.;:!?\n()]|\([^()\n]{0,120}\)){2,160}?)"
)
BOTH = regex(
    rf"{SENTENCE}{FIRST},?\s+(?:and|but|while|whereas)\s+(?P<second>{PERMITS}[^.;!?\n]{{2,200}}?){END}", re.IGNORECASE
)
TOLD_OF = regex(r"^\W*(?:it|its|they|their|this|these|he|she)\b|\b(?:of|see|sees) them\b", re.IGNORECASE)
"""What goes on with what was told of before it."""
CONDITION = regex(
    r"\b(?:if|when|whenever|unless|until|before|after|while|because|so that|that|which|who|where)\b", re.IGNORECASE
)
"""What the second half could belong to."""
NAMES = regex(r"(?!(?:the|an?|my|our|only|see|look)\b)[a-z]+ [a-z]", re.IGNORECASE)
"""A deed: a verb and what it is done to."""
DEED = rf"[a-z]+(?: (?:off|up|out|in|down|away))? (?:(?:an?|the|new|any|all) ){{0,2}}{WORD}"
EACH_OF = regex(
    rf"{SENTENCE}(?P<who>only (?:the |an? |my |our )?{TERM} (?:can|may)) "
    rf"(?P<deeds>{DEED}(?:, {DEED}){{0,4}},? (?:or|and) {DEED})(?=\s*(?:[.;!?\n]|$|,\s+(?:and|but)\s))",
    re.IGNORECASE,
)


def apart(found: re.Match[str], text: str) -> str | None:
    """Return two rules of one sentence as two sentences; nothing where the second could belong to a condition."""
    if CONDITION.search(found["first"]) or TOLD_OF.search(found["second"]):
        return None
    return put_apart(found, text, found["first"], capital(found["second"]))


def each_of(found: re.Match[str], text: str) -> str | None:
    """Return "only a master may sign off a visit or delete a house" as what each of these is allowed."""
    deeds = re.split(r",? (?:or|and) |, ", found["deeds"])
    if len({deed.split()[-1].lower() for deed in deeds}) < len(deeds) or not all(NAMES.match(deed) for deed in deeds):
        return None
    return put_apart(found, text, *(f"{found['who']} {deed}" for deed in deeds))


WAYS: Ways = ((BOTH, apart), (EACH_OF, each_of))
"""Ways of saying two rules in one sentence, and what says each by itself."""


def in_plain_pairs(text: str) -> str:
    """Return a text in which a sentence permits or refuses one thing."""
    return rewritten(text, WAYS)
