"""Reads what follows an event: "apply to jobs with a CV", "reserve tables for a date", "book a room for a time slot".

What is told behind a deed is kept about the deed, not about what was done it to, unless it names what that is.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.field_kinds import head_words, named_kind
from bot.planning.built_in.words.vocabulary import DETERMINERS, entity_name, word_set, words_of

__all__ = ["NAMING", "OF_DEEDS", "fact_of_event", "is_time_slot", "tells_of_event", "tells_of_line"]

LONGEST = 120
SLOT = regex(
    r"^(?:for|in|during|at|on|within)\s+(?:an?\s+|the\s+|some\s+|any\s+|one\s+)?(?:(?:certain|given|specific|particular|fixed|"
    r"set|chosen|desired|free|available)\s+)?(?:time\s*-?\s*slots?|time\s+(?:range|span|period|frame|window)s?|"
    r"date\s+ranges?|periods?(?:\s+of\s+time)?|slots?|intervals?|while|stay|"
    r"(?:(?:few|couple\s+of|several|whole)\s+)?(?:hour|morning|afternoon|evening|night|week|weekend|month)s?|"
    r"(?:few|couple\s+of|whole|several)\s+days?)$",
    re.IGNORECASE,
)
FACT = regex(
    r"^(?:for|on|at|by|until|till|from|with|to)\s+(?P<fact>(?:an?|the|their|its|some|one)\s+"
    r"(?:(?:certain|given|specific|particular|fixed|chosen|desired)\s+)?(?P<noun>[a-z][\w -]*))$",
    re.IGNORECASE,
)
TELLING = word_set(
    "apply rate review reserve register enrol enroll comment vote bid donate attend join subscribe inspect repair "
    "deliver examine treat visit sponsor invite assign complete sign ship"
)
"""Deeds of which more is told than who and what, rather than of what they are done to."""
NAMING = word_set("name title isbn sku brand model plate make author colour color size species breed address")
"""What tells things from each other: kept about the thing."""
OF_DEEDS = word_set(
    "comment reason note notes score rating grade feedback quantity amount cv resume letter motivation stars purpose "
    "message answer signature points remark text review attachment"
)

TERMS = word_set("season term semester trimester")
"""Spans that have a name of their own, as people say which one."""
OF_LINES = word_set("quantity quantities qty amount amounts sets reps repetitions portions servings position count")
"""What is told of one thing in another, and of no thing by itself."""
AT_THE_TIME = regex(r"\s+at (?:the|that) time(?: of .*)?$", re.IGNORECASE)


def is_time_slot(piece: str) -> bool:
    """Tell whether words behind an event only say that it has a start and an end ("for a time slot")."""
    return len(piece) <= LONGEST and SLOT.match(piece.strip()) is not None


def fact_of_event(piece: str) -> str:
    """Return the fact that "for a date" or "on a given day" tells of an event, or nothing."""
    match = FACT.match(piece.strip()) if len(piece) <= LONGEST else None
    if match is None:
        return ""
    words = words_of(match["noun"])
    kind = named_kind(words)
    return match["fact"] if kind or words[-1] in OF_DEEDS | TERMS or re.match(r"number of\s", match["noun"]) else ""


def tells_of_event(verb: str, facts: list[str], *, is_object_told: bool) -> bool:
    """Tell whether facts behind "with" are of an event, not of what it was done to.

    ``is_object_told``: the object has facts of its own already.
    """
    nouns = [head_words([word for word in words_of(fact) if word not in DETERMINERS]) for fact in facts]
    nouns = [words for words in nouns if words]
    if not nouns:
        return False
    if any(words[-1] in NAMING for words in nouns) and not (is_object_told and verb in TELLING):
        return verb == "review" and any(words[-1] in OF_DEEDS for words in nouns)
    is_deed = any(
        words[-1] in OF_DEEDS or words[0] == "number" or named_kind(words) in {"date", "time", "datetime"}
        for words in nouns
    )
    return is_deed or (verb in TELLING and all(entity_name(" ".join(words)) for words in nouns))


def tells_of_line(facts: list[str]) -> bool:
    """Tell whether facts are of one thing in another ("products with quantity and price"), not of the thing itself."""
    nouns = [[word for word in words_of(AT_THE_TIME.sub("", fact)) if word not in DETERMINERS] for fact in facts]
    nouns = [words for words in nouns if words]
    return any(words[-1] in OF_LINES for words in nouns) and not any(words[-1] in NAMING for words in nouns)
