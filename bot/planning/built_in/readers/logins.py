"""Reads who logs in: "patients log in to book", "only students have accounts", "as a sender I have an account"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import entity_name

__all__ = ["Login", "all_log_in", "read_login"]

SIGN_IN = r"(?:(?:can|may|must|should|have to|need to|will)\s+)?(?:(?:also|both|all)\s+)?(?:logs?|signs?)\s+in"
MODAL = r"(?:can|may|must|should|has|have|needs?|will|also|both)\b"
WHO = rf"(?:(?:only|all(?: of)?|our|the|each|every|an?|just)\s+)*(?P<who>[a-z][\w-]*(?:\s+(?!{MODAL})[a-z][\w-]*)?)"
FOLLOWING = r"(?:\s*[,;:]\s*(?:and\s+)?(?P<rest>\S.*))?$"
WITH = r"(?:\s+with\s+(?P<rest>\S.*))?$"
TOO = r"(?:\s+(?:too|as well|themselves))?"
PATTERNS = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        rf"^{WHO}\s+{SIGN_IN}{TOO}(?:\s+(?:to\s+\w+(?:\s+\w+){{0,3}}|with\s+(?P<by>[\w -]+)))?{FOLLOWING}",
        rf"^(?:we|i)\s+(?:have|need|are)\s+{WHO}\s+(?:who|that|which)\s+{SIGN_IN}{FOLLOWING}",
        rf"^{WHO}\s+(?:has|have|gets?|needs?)\s+(?:an?\s+)?(?:user\s+)?(?:accounts?|logins?){WITH}",
        rf"^as\s+{WHO},?\s+i\s+(?:have|get|need|want)\s+an?\s+(?:user\s+)?(?:account|login){WITH}",
    )
)
NOBODY = frozenset(
    {"nobody", "no one", "they", "people", "everyone", "everybody", "we", "you", "who", "users can", "i", "it"}
)
ALL_OF_THEM = regex(
    r"^(?P<who>they|(?:and\s+)?(?:everybody|everyone|all of (?:them|us|the \w+)|each of (?:them|us)|people))\s+"
    rf"(?:all\s+)?{SIGN_IN}{TOO}$",
    re.IGNORECASE,
)
"""Whoever was spoken of logs in: "they sign in too", "everybody logs in"."""
IN_BRACKETS = regex(
    r"\s*(?:\((?P<inside>[^()]*)\)|(?<=\bin\s)with\s+(?P<behind>[\w-]+\s*(?:\+|,|&|and\b).*))$", re.IGNORECASE
)
"""Facts behind who logs in: "teachers log in (name, e-mail)", "staff log in with name + e-mail"."""
FIELDS = regex(r"^(?:we|they|i)\s+(?:need|keep|want|store|have|know|record)\s+(?:their\s+|the\s+)?", re.IGNORECASE)
PURPOSE = regex(r",?\s+(?:so that|so (?:they|we)|since (?:they|we)|because)\s.*$", re.IGNORECASE)


@dataclass(frozen=True)
class Login:
    """Who logs in, and the list of fields that follows (empty: none)."""

    who: str
    fields: str


def all_log_in(sentence: str) -> str:
    """Return who logs in where only a pronoun says it: "they", "everyone"; nothing where a sentence says otherwise."""
    match = ALL_OF_THEM.match(" ".join(sentence.split()).strip(" .!,"))
    return str(match["who"]).lower() if match else ""


def read_login(sentence: str) -> Login | None:
    """Return who logs in by a sentence, or None where it says anything else."""
    plain = PURPOSE.sub("", " ".join(sentence.split()).strip(" .!"))
    behind = IN_BRACKETS.search(plain)
    is_listed = behind is not None and re.search(r"[,;:]", plain[: behind.start()]) is not None
    text = plain if is_listed else IN_BRACKETS.sub(lambda found: f": {found['inside'] or found['behind']}", plain)
    for pattern in PATTERNS:
        match = pattern.match(text)
        who = entity_name(match["who"]) if match else ""
        if match and who and match["who"].lower() not in NOBODY:
            by = re.search(r"\be-?mail\b", match.groupdict().get("by") or "", re.IGNORECASE)
            fields = FIELDS.sub("", match["rest"] or "")
            return Login(who, ", ".join(filter(None, ["email" if by else "", fields])))
    return None
