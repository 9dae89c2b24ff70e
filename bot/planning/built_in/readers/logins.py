"""Reads who logs in: "patients log in to book", "only students have accounts", "as a sender I have an account"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.planning.built_in.words.vocabulary import entity_name

__all__ = ["Login", "read_login"]

SIGN_IN = r"(?:(?:can|may|must|should|have to|need to|will)\s+)?(?:logs?|signs?)\s+in"
WHO = r"(?:(?:only|all|our|the|each|every|an?|just)\s+)*(?P<who>[a-z][\w-]*(?:\s+[a-z][\w-]*)?)"
FOLLOWING = r"(?:\s*[,;:]\s*(?:and\s+)?(?P<rest>\S.*))?$"
WITH = r"(?:\s+with\s+(?P<rest>\S.*))?$"
PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^{WHO}\s+{SIGN_IN}(?:\s+(?:to\s+\w+(?:\s+\w+){{0,3}}|with\s+(?P<by>[\w -]+)))?{FOLLOWING}",
        rf"^(?:we|i)\s+(?:have|need|are)\s+{WHO}\s+(?:who|that|which)\s+{SIGN_IN}{FOLLOWING}",
        rf"^{WHO}\s+(?:has|have|gets?|needs?)\s+(?:an?\s+)?(?:user\s+)?(?:accounts?|logins?){WITH}",
        rf"^as\s+{WHO},?\s+i\s+(?:have|get|need|want)\s+an?\s+(?:user\s+)?(?:account|login){WITH}",
    )
)
NOBODY = frozenset(
    {"nobody", "no one", "they", "people", "everyone", "everybody", "we", "you", "who", "users can", "i", "it"}
)
FIELDS = re.compile(r"^(?:we|they|i)\s+(?:need|keep|want|store|have|know|record)\s+(?:their\s+|the\s+)?", re.IGNORECASE)
PURPOSE = re.compile(r",?\s+so that\s.*$", re.IGNORECASE)


@dataclass(frozen=True)
class Login:
    """Who logs in, and the list of fields that follows (empty: none)."""

    who: str
    fields: str


def read_login(sentence: str) -> Login | None:
    """Return who logs in by a sentence, or None where it says anything else."""
    text = " ".join(sentence.split()).strip(" .!")
    for pattern in PATTERNS:
        match = pattern.match(text)
        who = entity_name(match["who"]) if match else ""
        if match and who and match["who"].lower() not in NOBODY:
            by = re.search(r"\be-?mail\b", match.groupdict().get("by") or "", re.IGNORECASE)
            fields = FIELDS.sub("", PURPOSE.sub("", match["rest"] or ""))
            return Login(who, ", ".join(filter(None, ["email" if by else "", fields])))
    return None
