"""Reads what people hand in with its facts: "anybody can report a fault on a kiln, with what is wrong", "residents
report broken street lamps with the street and a photo", "whoever finds a bike reports it with the place"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import has_plural, straight, words_of

__all__ = ["HandedIn", "read_handed_in", "speaks_of"]

LONGEST = 500
ANYONE = (
    r"(?:everyone|everybody|anyone|anybody|someone|somebody|whoever|people|you|each of us|all of us|any of us|we all|"
    r"each (?:colleague|team member)|(?:the|our)\s+(?:whole\s+)?(?:team|staff)|"
    r"(?:our\s+|all\s+)?(?:colleagues|team members|staff)|the public)"
)
WHERE_FROM = (
    r"(?:\s+(?:from|in|at|of|on)\s+(?:(?:the|our|an?)\s+)?[a-z][\w-]*(?:\s+(?!can\b|may\b|[a-z]+s\b)[a-z][\w-]*)?)?"
)
MODAL = (
    r"(?:(?:can|may|must|should|could|will|might|then|also|either|always|just|simply|has to|have to|needs? to|"
    r"is able to|are able to|is allowed to|are allowed to|wants? to|want to)\s+)*"
)
NOUN_OF = {
    "report": "report", "propose": "proposal", "suggest": "suggestion", "request": "request", "complain": "complaint",
    "apply": "application", "announce": "announcement", "offer": "offer", "register": "registration", "note": "note",
    "review": "review", "file": "", "submit": "submission", "send": "", "hand": "", "put": "", "turn": "", "enter": "",
    "create": "", "add": "", "record": "", "post": "post", "upload": "", "write": "", "make": "", "log": "",
    "lodge": "", "raise": "", "leave": "", "fill": "", "give": "", "pass": "", "call": "",
}  # fmt: skip
"""What people do when they hand something in, and the noun of it where it has one of its own."""
SENDING = r"(?:\s+(?:us|them|in|on|up|down|to us)(?=\s))*"
VERB = rf"(?P<verb>{'|'.join(NOUN_OF)})(?:s|es|d|ed|ies)?{SENDING}"
SMALL = r"(?!(?:on|of|about|for|in|at|with|to|and|or|from|that|which|who|saying|giving|by|is|are|can|it|them|us)\b)"
NOUN = rf"{SMALL}[a-z][\w-]*(?:\s+{SMALL}[a-z][\w-]*){{0,2}}?"
WHAT = rf"(?P<article>(?:an?|the|their|his or her|new|any|some|each|every)\s+)*(?P<what>{NOUN})"
TARGET = (
    r"(?:\s+(?P<way>on|of|about|for|in|at|with|to)\s+(?:an?|the|one of (?:our|the)|any|each|every|their|our)\s+"
    rf"(?P<target>{NOUN}))?"
)
LIST = (
    r"(?:(?P<comma>\s*,)?\s+(?:with|including|giving|stating|saying|naming|mentioning|telling|"
    r"and (?:says?|tells? us|gives?|adds?|states?|names?|writes?(?: down)?|notes?|tell))\s+|\s*(?P<colon>[:(])\s*)"
    r"(?P<list>[^()]+(?:\([^()]*\)[^()]*)*)\)?"
)
FORM = regex(
    rf"^(?:(?P<anyone>{ANYONE}){WHERE_FROM}|(?P<us>we|i)|(?:an?\s+|each\s+|every\s+|our\s+|the\s+|all\s+)?(?P<who>{NOUN}))\s+"
    rf"{MODAL}{VERB}\s+{WHAT}{TARGET}(?:{LIST})?$",
    re.IGNORECASE,
)
FOUND = regex(
    rf"^(?:{ANYONE}(?:\s+who)?|if\s+{ANYONE}|when(?:ever)?\s+{ANYONE}|an?one\s+who)\s+(?:finds?|sees?|notices?|spots?|"
    r"discovers?|breaks?|loses?)\s+"
    rf"(?:an?\s+|the\s+|some\s+)?(?P<target>{NOUN}),?\s+(?:(?:they|he or she|that person)\s+)?{MODAL}{VERB}\s+"
    rf"(?:it|them|this)(?:{LIST})$",
    re.IGNORECASE,
)
"""What somebody comes upon and reports."""


WHERE = regex(
    rf"^(?:in|at|on)\s+(?:our|the|my|this)\s+[a-z][\w-]*(?:\s+[a-z][\w-]*)?,?\s+(?={ANYONE}\s)", re.IGNORECASE
)
"""Where it is, before whoever does it: "in our workshop anyone can …"."""
SURE = frozenset({"report", "propose", "suggest", "announce", "request"})
"""Verbs behind which one word without an article is what is handed in: "report graffiti"."""


@dataclass(frozen=True)
class HandedIn:
    """Something that people hand in, as they said it: what, by whom, on what, and the list of its facts."""

    what: str
    noun: str
    """The noun of the verb: who reports hands in a report."""
    who: str = ""
    """Who does it, where that is a kind of people; nothing for whoever it may be."""
    target: str = ""
    way: str = ""
    facts: str = ""
    is_somebody: bool = False
    """Nobody in particular: who it was may be worth keeping."""
    is_found: bool = False
    """It is about what somebody came upon."""
    is_told_apart: bool = False
    """A comma or a verb of its own parts the list from what stands before it."""


@lru_cache(maxsize=1_000)
def read_handed_in(sentence: str) -> HandedIn | None:
    """Return what a whole sentence says is handed in, or None where it says anything else."""
    text = WHERE.sub("", straight(sentence, " .!"), count=1)
    if len(text) > LONGEST:
        return None
    found = FOUND.match(text)
    if found:
        noun = NOUN_OF[found["verb"].lower()] or "report"
        facts = facts_of(found["list"])
        return HandedIn(noun, noun, "", found["target"], "of", facts, is_somebody=True, is_found=True)
    match = FORM.match(text)
    if match is None:
        return None
    verb = match["verb"].lower()
    is_sure = bool(match["article"]) or has_plural(match["what"].lower()) or (verb in SURE and bool(match["list"]))
    is_known = match["anyone"] or match["us"] or match["who"]
    if not is_known or not is_sure or (not match["list"] and not match["anyone"]):
        return None
    is_told_apart = match["comma"] is not None or match["colon"] is not None or verb in {"note", "send", "hand", "put"}
    return HandedIn(
        match["what"], NOUN_OF[verb], match["who"] or "", match["target"] or "", match["way"] or "",
        facts_of(match["list"] or ""), is_somebody=bool(match["anyone"]), is_told_apart=is_told_apart,
    )  # fmt: skip


def facts_of(listed: str) -> str:
    """Return a list of facts without "its" before the first."""
    return re.sub(r"^(?:its|their|his|her)\s+", "the ", listed.strip(), flags=re.IGNORECASE)


def speaks_of(noun: str, text: str) -> bool:
    """Tell whether a text speaks of a thing by a noun that is a verb too: "a report is new", "reports have a date"."""
    if not noun or not {noun, f"{noun}s"} & set(words_of(text)):
        return False
    return (
        re.search(
            rf"\b(?:an?|the|each|every|any|one|new|open|its|no|only|of|our)\s+{noun}s?\b(?!\s+(?:an?|the|their|its)\b)"
            rf"|(?:^|[.;,]\s*|\n){noun}s\s+(?:are|is|have|has|can|may|must|go|start|belong|with)\b",
            text,
            re.IGNORECASE,
        )
        is not None
    )
