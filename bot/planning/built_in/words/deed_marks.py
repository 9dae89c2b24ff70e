"""What shows that an item tells of a deed: it names no thing, and is no fact of one."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.doing_verbs import ONLY_DEEDS
from bot.planning.built_in.words.vocabulary import has_plural, word_set, words_of

__all__ = ["begins_with_verb", "compares", "tells_of_deed"]

VERBS_ONLY = word_set(
    "submit book create buy borrow rent write upload attend join enrol enroll reserve take get give ask bring send "
    "come go make want put find win drink eat earn receive pay hand tick decide become apply collect "
    "choose deliver prepare solve teach learn read see hear sell sing tell invite keep lend donate organise organize "
    "arrange manage carry publish accept reject cancel confirm approve"
)
"""Verbs that begin no name of things: "submit films" has lost its subject."""
PARTICLES = r"(?:in|out|off|up|over|back|along|down|away)"
HOW_MANY = r"(?:up to|at (?:most|least)|\d+|some|several|their|the|an?|many|all|his|her|our)"
DONE_WITH = regex(
    rf"^(?:hand|send|bring|put|turn|drop|give|take|pick|sign|check|fill|tick|write|pay|get) {PARTICLES} {HOW_MANY}\s",
    re.IGNORECASE,
)
"""A verb before what it is done with: "hand in up to 30 items"."""
JOINS = (
    r"(?:took part|take part|were there|are there|were involved|were used|(?:came|come)(?: along)?|attended|helped|"
    r"participated|enroll|enrol|sign up|pay|arrive|leave|show up|turn up|apply|subscribe)"
)
WHO_DOES = regex(
    rf"^(?:which |all )?(?P<who>(?!when|how|where|who|what|whether|since)[a-z]+(?: (?!they)[a-z]+)?) {JOINS}$",
    re.IGNORECASE,
)
"""Several who do something, and nothing behind it: "students enroll", "vehicles took part"."""


COMPARING = regex(
    r"\bwith (?:the )?(?:most|more|fewer|fewest|best|highest|lowest|least|longest|shortest)\b[^,]*\b(?:wins?|gets?|is|"
    r"are|goes|comes|loses?|leads?|pays?)\b|\bwho (?:has|got|owes|did|does|ordered|booked|paid) (?:what|which|how)\b",
    re.IGNORECASE,
)
"""One picked out of several by what it has, and questions that people want answered."""


def begins_with_verb(text: str) -> bool:
    """Tell whether words begin with a verb, as in "get points"."""
    words = words_of(text)
    return len(words) > 1 and words[0] in VERBS_ONLY | ONLY_DEEDS


def tells_of_deed(text: str) -> bool:
    """Tell whether words that stand where a fact could stand tell of a deed: "hand in up to 30 items"."""
    if DONE_WITH.match(text):
        return True
    who = WHO_DOES.match(text.strip())
    return who is not None and (has_plural(who["who"].lower()) or who["who"].lower() == "people")


def compares(text: str) -> bool:
    """Tell whether an item picks out of several, or asks of them: "the film with most points wins", "who has what"."""
    return COMPARING.search(text) is not None
