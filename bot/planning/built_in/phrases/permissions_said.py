"""Tells which sentences leave something to some people only: that can only be kept where people sign in."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person
from bot.planning.built_in.words.sentences import sentences_of

__all__ = ["permission_in"]

LONGEST = 220
MAY = r"(?:can|may|should|must\s+be\s+able\s+to|(?:is|are)\s+(?:allowed|able)\s+to)"
DOES = (
    r"(?:see|view|read|look\s+at|look\s+up|change|edit|update|correct|delete|remove|cancel|approve|reject|confirm|accept|"
    r"decline|decide|add|create|record|note|mark|manage|close|publish|assign|release|give\s+out|hand\s+out|issue|set|"
    r"check\s+in|check\s+out)"
)
"""What is done in the lists themselves; what only grown-ups may do in the world is another rule."""
WHO = r"(?:the\s+|our\s+|an?\s+)?(?P<who>[a-z][a-z-]+(?:\s[a-z][a-z-]+)?)"
OFFICE = (
    r"(?:staff|admins?|administrators?|managers?|coordinators?|organi[sz]ers?|office|leaders?|board|treasurers?|"
    r"secretar(?:y|ies)|supervisors?|boss|chair(?:man|woman|person)?|committee)"
)
FORMS = tuple(
    regex(form, re.IGNORECASE)
    for form in (
        rf"\bonly\s+{WHO}\s+{MAY}\s+(?:also\s+)?{DOES}\b",
        rf"\b{WHO}\s+(?:{MAY}\s+)?(?:only\s+)?(?:see|view|read|look\s+at|change|edit)s?\s+only\s+(?:the|their|his|her|its)\b",
        rf"\b{WHO}\s+(?:{MAY}\s+)?only\s+(?:see|view|read|look\s+at|change|edit)s?\s+(?:the|their|his|her|its)\b",
        rf"\b{WHO}\s+(?:can't|cannot|can\s+not|mustn't|must\s+not|may\s+not|shouldn't|should\s+not)\s+{DOES}\b",
    )
)
"""What is said of people, whom the group ``who`` names."""
SURE = tuple(
    regex(form, re.IGNORECASE)
    for form in (
        rf"\b{OFFICE}\s+{MAY}\s+{DOES}\b",
        rf"\bonly\s+(?:the\s+|our\s+)?{OFFICE}\s+{MAY}\b",
        rf"\b(?:nobody|no\s+one)(?:\s+(?:else|(?:but|except)\s+[a-z' -]{{2,40}}?))?\s+{MAY}\s+{DOES}\b",
        r"\bonly\s+visible\s+(?:to|for)\b|\bvisible\s+only\s+(?:to|for)\b",
    )
)
"""What speaks of no people by a word that must be told apart from things."""


def permission_in(text: str) -> str:
    """Return the first sentence of a text that leaves something to some people only, or nothing."""
    sentences = (" ".join(one.split()).strip(" .,;:") for one in sentences_of(text.replace("’", "'")))
    return next((one for one in sentences if len(one) <= LONGEST and is_permission(one)), "")


def is_permission(sentence: str) -> bool:
    """Tell whether a sentence leaves something to some people only."""
    people = (match["who"] for form in FORMS for match in form.finditer(sentence))
    return any(is_person(word) for who in people for word in who.split()) or any(form.search(sentence) for form in SURE)
