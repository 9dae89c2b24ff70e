"""Reads what happens to a thing's records when it is deleted: "a hive can't be deleted while it has sessions"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.documents.entities.entity_specs import OnDelete
from bot.patterns import regex
from bot.planning.built_in.phrases.rule_phrases import CANT, NOUN, THE
from bot.planning.built_in.words.vocabulary import SENTENCE_WORDS, straight, words_of

__all__ = ["Deletion", "read_deletion"]

LONGEST = 240
LEAD = regex(r"^(?:(?:and|but|also|please|of course|so)\b[,\s]+)+", re.IGNORECASE)
GONE = r"(?:deleted|removed|erased|destroyed|thrown\s+away)"
DELETE = r"(?:delete|remove|erase|destroy)"
DELETING = r"(?:deleting|removing|erasing|destroying)"
IT = rf"(?:it|they|he|she|{THE}(?:{NOUN}))"
ITS = r"(?:its|their|his|her|the)"
HAS = r"(?:has|have|holds?|contains?|owns?)"
PARENT = rf"{THE}(?P<parent>{NOUN}?)"
CHILD = rf"(?:(?:any|some|an?|all|all\s+of|{ITS})\s+)*(?P<child>{NOUN}?)"
ANYBODY = r"(?:nobody|no\s+one|no-one|you|we|people|one|users?|it)"
LEFT = r"(?:\s+(?:left|there|in\s+it|on\s+it|for\s+it|of\s+it|in\s+them|at\s+all|assigned(?:\s+to\s+it)?|attached))*"
WHILE = r"(?:while|as\s+long\s+as|so\s+long\s+as|if|when|where|whenever)"
TOO = r"(?:\s+(?:too|as\s+well|also|with\s+(?:it|them)|along(?:\s+with\s+it)?|automatically))*"
WHEN = rf"(?:when(?:ever)?|if|once|where)\s+{PARENT}\s+(?:is|are|gets?|was)\s+{GONE}\s*,?\s+(?:then\s+)?"
WITHOUT = r"(?:\s+(?:without\s+(?:it|one|them|an?\s+\w+)|as\s+(?:it\s+is|they\s+are)|unlinked|alone))?"
STAYS = r"(?:stays?|remains?|(?:is|are)\s+kept|survives?|lives?\s+on|(?:is\s+not|are\s+not|isn't|aren't)\s+deleted)"
NAME_IT = r"(?:still\s+)?(?:names?|uses?|refers?\s+to|belongs?\s+to)\s+(?:it|them)"
FORMS: tuple[tuple[OnDelete, str], ...] = (
    (
        OnDelete.RESTRICT,
        rf"{PARENT}\s+{CANT}\s+be\s+{GONE}\s*,?\s+{WHILE}\s+{IT}\s+(?:still\s+|already\s+)?{HAS}\s+{CHILD}{LEFT}",
    ),
    (
        OnDelete.RESTRICT,
        (rf"{PARENT}\s+{CANT}\s+be\s+{GONE}\s*,?\s+{WHILE}\s+(?:there\s+(?:are|is)\s+)?(?:still\s+|any\s+)*{CHILD}"
        rf"\s+(?:(?:are|is)\s+left|(?:for|of|in|on|with|to)\s+(?:it|them)|{NAME_IT})"),
    ),
    (
        OnDelete.RESTRICT,
        rf"{PARENT}\s+(?:that|which|who)\s+(?:still\s+|already\s+)?{HAS}\s+{CHILD}\s+{CANT}\s+be\s+{GONE}",
    ),
    (OnDelete.RESTRICT, rf"{PARENT}\s+with\s+{CHILD}\s+{CANT}\s+be\s+{GONE}"),
    (
        OnDelete.RESTRICT,
        (rf"{ANYBODY}\s+(?:{CANT}|can|may)\s+{DELETE}\s+{PARENT}\s+(?:with|(?:that|which|who|{WHILE}\s+{IT})\s+"
        rf"(?:still\s+|already\s+)?{HAS})\s+{CHILD}{LEFT}"),
    ),
    (
        OnDelete.RESTRICT,
        (rf"{PARENT}\s+(?:can|may)\s+only\s+be\s+{GONE}\s*,?\s+(?:if|when|once|while|after)\s+{IT}\s+{HAS}\s+no\s+"
        rf"(?:more\s+)?{CHILD}{LEFT}"),
    ),
    (
        OnDelete.CASCADE,
        rf"{DELETING}\s+{PARENT}\s+(?:also\s+|automatically\s+)*(?:deletes|removes|erases)\s+(?:also\s+)?{CHILD}{TOO}",
    ),
    (OnDelete.CASCADE, rf"{WHEN}(?:so\s+are\s+|delete\s+|remove\s+){CHILD}{TOO}"),
    (
        OnDelete.CASCADE,
        (rf"{WHEN}{CHILD}\s+(?:(?:is|are|gets?|should\s+be|must\s+be|will\s+be)\s+(?:also\s+|automatically\s+)*"
        rf"(?:{GONE}|gone)|goe?s?\s+(?:away)?){TOO}"),
    ),
    (
        OnDelete.CASCADE,
        (rf"{CHILD}\s+(?:is|are|gets?)\s+(?:also\s+|automatically\s+)*{GONE}\s+(?:together\s+)?(?:with|along\s+with)\s+"
        rf"(?:{ITS}\s+)?{PARENT}"),
    ),
    (OnDelete.SET_NULL, rf"{WHEN}{CHILD}\s+{STAYS}{WITHOUT}"),
    (
        OnDelete.SET_NULL,
        (
            rf"{CHILD}\s+{STAYS}{WITHOUT}\s+(?:when|if|once|after)\s+(?:{ITS}\s+)?{PARENT}\s+"
            rf"(?:is|are)\s+{GONE}"
        ),
    ),
)  # fmt: skip
COMPILED = tuple((kind, regex(rf"^{form}$", re.IGNORECASE)) for kind, form in FORMS)


@dataclass(frozen=True)
class Deletion:
    """What deleting one row does to the rows of another thing that name it, in the words for both."""

    kind: OnDelete
    parent: str
    child: str


@lru_cache(maxsize=1_000)
def read_deletion(sentence: str) -> Deletion | None:
    """Return what a whole sentence says of deleting, or None where it says anything else."""
    text = LEAD.sub("", straight(sentence, " .!"))
    for kind, pattern in COMPILED if len(text) <= LONGEST else ():
        match = pattern.match(text)
        if match and not set(words_of(f"{match['parent']} {match['child']}")) & SENTENCE_WORDS:
            return Deletion(kind, match["parent"].lower(), match["child"].lower())
    return None
