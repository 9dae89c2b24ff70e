"""Says what each of some says to each of others as records: "for each rehearsal every singer says yes, no or maybe".

As in `bot.planning.built_in.words.told_records`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.rewriting import CLAUSE, END
from bot.planning.built_in.words.told_records import Plain, begun
from bot.planning.built_in.words.vocabulary import a, has_plural, singular

__all__ = ["ANSWERS", "in_slashes"]

ANSWERED = {
    "say": ("answer", "reply"), "answer": ("answer", "reply"), "tell": ("answer", "reply"),
    "reply": ("reply", "answer"), "respond": ("response", "reply"), "vote": ("vote", "choice"),
    "choose": ("choice", "option"), "pick": ("choice", "option"), "select": ("choice", "option"),
    "give": ("rating", "mark"),
}  # fmt: skip
"""What somebody says of something: the record of it, and the fact that has the values."""
SAYS = r"(?P<verb>says?|answers?|repl(?:y|ies)|responds?|tells?|votes?|chooses?|picks?|selects?|gives?)"
MODAL = r"(?:(?:can|may|must|should|has to|have to|will)\s+)?(?:then\s+)?"
NOT_ONE = (
    r"(?!(?:we|they|it|i|you|he|she|which|that|who|of|one|once|always|either|can|may|must|should|"
    r"will|has|have|is|are)\b)"
)
NOUN = rf"{NOT_ONE}[a-z][a-z-]+(?: {NOT_ONE}[a-z][a-z-]+)?"
EACH = r"(?:each|every)(?: of (?:our|the))?"
WHO = rf"(?:(?P<any>{EACH}|all(?: (?:our|the))?|an?)\s+|(?:the|our)\s+)?(?P<who>{NOUN})"
"""Who says it: "the customer" of each order is one alone, and what that one chooses is a fact of the order."""
WORD = (
    r"(?:for(?=,)|(?!(?:and|or|the|an?|their|its|his|her|which|that|who|how|when|whether|what|one|to|by|for|of|on|at)"
    r"\b)"
    r"[a-z][a-z'-]*)"
)
VALUE = rf"{WORD}(?: {WORD}){{0,2}}"
VALUES = rf"(?:with\s+)?(?:either\s+)?(?P<values>{VALUE}(?:, {VALUE})*,? or {VALUE}?)"
REST = r"(?P<rest>(?:,| only once\b| just once\b| but\b| and\b)[^.;!?\n]*)?"
DAYS = frozenset({"day", "morning", "evening", "night", "afternoon"})
NO_THINGS = frozenset({"time", "one", "hour", "minute"})
ONCE = regex(r"(?:only|just|exactly|at most) once(?: (?:for|per) (?:each|every)? ?[a-z-]+)?", re.IGNORECASE)
LATE = regex(
    r"(?:not|never|no longer|not any more|but not) (?P<when>(?:after|once|when) (?P<what>it|they|(?:the|that) [a-z-]+)"
    r"(?: (?:has|have|is|are|was|were))? [a-z]+(?: [a-z]+)?)",
    re.IGNORECASE,
)
NOTED = regex(
    r"(?:with|(?:(?:they|he or she) )?(?:can|may) (?:add|leave|write|give)) (?P<fact>an? [a-z ]{3,40})", re.IGNORECASE
)
PARTS = regex(r",\s*(?:and\s+|but\s+)?|\s+(?:and|but)\s+", re.IGNORECASE)
WITH_NO = regex(
    r"\((?P<values>(?=[^()]*\b(?:no|never|none)\b)[a-z][a-z' -]*(?:, [a-z][a-z' -]*)*,? or [a-z][a-z' -]*)\)",
    re.IGNORECASE,
)
"""Values in brackets of which one is "no", that denies nothing there."""


def in_slashes(found: re.Match[str]) -> str:
    """Return "(yes, no or maybe)" as "(yes / no / maybe)"; "(yes or no)" as it is."""
    values = re.split(r",\s*(?:or\s+)?|\s+or\s+", found["values"])
    return f"({' / '.join(values)})" if len(values) > 2 else found[0]


def base_of(verb: str) -> str:
    """Return what somebody does in its base form."""
    verb = verb.lower()
    return next(one for one in ANSWERED if verb in {one, f"{one}s", f"{one[:-1]}ies"})


def answered(found: re.Match[str]) -> str:
    """Return "for each rehearsal every singer says yes, no or maybe" as answers of a rehearsal and a singer."""
    base, who, of = base_of(found["verb"]), singular(found["who"].lower()), singular(found["of"].lower())
    values = re.split(r",\s*(?:or\s+)?|\s+or\s+", found["values"].lower())
    if of in NO_THINGS or who == of or len(values) < 2:
        return found[0]
    if not found["any"] and not has_plural(found["who"].lower()):
        return found[0]
    if base in {"say", "tell", "give"} and any(has_plural(value) for value in values):
        return found[0]
    record, fact = ANSWERED[base]
    ends, date = (a(who), "a date and ") if of in DAYS else (f"{a(of)} and {a(who)}", "")
    told = [f"{a(record)} belongs to {ends}"]
    told.append(f"{a(record).capitalize()} has {date}{a(fact)} ({' / '.join(values)})")
    told += behind(found["rest"] or "", record, who, of)
    return begun(found, ". ".join(told))


def behind(rest: str, record: str, who: str, of: str) -> list[str]:
    """Return what stands behind the values: how often, until when, and what else is said with them."""
    told: list[str] = []
    for part in filter(None, (part.strip() for part in PARTS.split(rest))):
        late, noted = LATE.fullmatch(part), NOTED.fullmatch(part)
        if ONCE.fullmatch(part):
            told.append(f"At most one {record} per {who} and {of}")
        elif late:
            when = re.sub(r"\b(?:it|they)\b", f"the {of}", late["when"], count=1)
            told.append(f"{a(record).capitalize()} can't be given {when}")
        elif noted:
            told.append(f"{a(record).capitalize()} has {noted['fact'].replace(' ', ' optional ', 1)}")
        else:
            told.append(capital(part))
    return told


ANSWERS: tuple[tuple[str, Plain], ...] = (
    (
        rf"{CLAUSE}(?:for|at|on|in|to|of|about) {EACH} (?P<of>{NOUN}?),? {WHO} {MODAL}{SAYS} {VALUES}{REST}{END}",
        answered,
    ),
    (
        (
            rf"{CLAUSE}{WHO} {MODAL}{SAYS} {VALUES} (?:for|to|on|about|at|of) (?:{EACH}|an?) (?P<of>{NOUN}?)"
            rf"{REST}{END}"
        ),
        answered,
    ),
    (
        (
            rf"{CLAUSE}{WHO} {MODAL}{SAYS} (?:for|to|on|about|at|of) (?:{EACH}|an?) (?P<of>{NOUN}?)"
            rf"(?::|,| with)? {VALUES}{REST}{END}"
        ),
        answered,
    ),
    (WITH_NO.pattern, in_slashes),
)
"""Ways of telling what somebody says of something, and the plain words for each."""
