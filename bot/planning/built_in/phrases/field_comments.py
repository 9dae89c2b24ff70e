"""Reads what people say about the fact before it in a list: "…, which is optional", "…, e.g. B-12", "…, 1 to 5"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.patterns import regex
from bot.planning.built_in.phrases.value_phrases import values_of

__all__ = ["Comment", "read_comment", "split_comment"]

LONGEST_COMMENT = 160
SOMEBODY = (
    r"(?:it|they|he|she|we|you|i|one|not everyone|not everybody|nobody|somebody|someone|some|"
    r"many|most|(?:the|an?)\s+[\w-]+)"
)
THERE = r"(?:one|any|some|it|them|such|that)"
OPTIONAL = regex(
    r"^(?:\(?(?:but |and )?(?:it |this |that |which |they )?(?:(?:is|are|may be|can be|could be|might be|"
    r"often|sometimes|mostly|usually)\s+)*"
    r"(?:optional|voluntary|empty|blank|missing|left empty|left blank|left out|unknown|"
    r"not (?:always )?(?:known|given|there|needed|"
    r"required|filled in|set)|added later|filled in later|given later|set later|"
    r"unset)(?:\s+(?:at first|so far|yet|for now|"
    r"often|sometimes|in the beginning|at the start|to begin with))?|"
    rf"if {SOMEBODY} (?:has|have|had|gives?|gave|wants?|wanted|knows?|knew|likes?|leaves?|tells?|told us)"
    rf"(?:\s+(?:us\s+)?{THERE})?|if (?:any|known|given|needed|available|there (?:is|are|was|were) {THERE})|"
    rf"(?:as soon as|once|when|where|if) (?:there (?:is|are)|{SOMEBODY} (?:has|have|gives?|is|"
    rf"are)) (?:{THERE}|known|there)|"
    rf"(?:not (?:everyone|everybody|all)|some|many|most|few|only some)(?: of (?:them|us|these))? "
    r"(?:gives?|has|have|do(?:es)?n't have|had|do|does|know|knows)(?:\s+us)?(?:\s+(?:one|none|any|it|that))?|"
    r"(?:comes?|come|known|decided|set|filled in|added|entered|given) later(?:\s+on)?(?:, so (?:it )?may be empty)?|"
    r"so (?:it )?(?:may|can) be empty|"
    r"(?:may|can|might|could) (?:also )?(?:come|be added|be set|be given|follow|be filled in|"
    r"be decided|be missing|be unknown) "
    r"(?:later|afterwards|at first)|not at first|later|only later|some have none|often none|none at first|"
    r"where (?:known|given|available|there is one)|if at all|nullable|not required)\)?$",
    re.IGNORECASE,
)
UNIQUE = regex(
    r"^(?:which |that |it )?(?:(?:is|are|must be|has to be|have to be|"
    r"should be)\s+)?(?:always\s+)?(?:unique|different for "
    r"(?:each|every|all)(?:\s+\w+)?|one of a kind|never (?:given |used )?twice)$",
    re.IGNORECASE,
)
EXAMPLE = regex(r"^(?:e\.?\s?g\.?|for example|for instance|such as|like|say|i\.?\s?e\.?)[\s,:]\s*\S.*$", re.IGNORECASE)
QUOTED = regex(r"^[\"“'][^\"”']+[\"”']$")
MONEY = regex(
    r"^(?:in\s+)?(?:euros?|eur|dollars?|usd|pounds?|gbp|francs?|chf)(?:\s+(?:and|&)\s+(?:cents?|pence|rappen))?$",
    re.IGNORECASE,
)
TIMED = regex(
    r"^(?:(?P<both>both|each|all)\s+)?(?:with|including|incl)\s+(?:the\s+|a\s+)?time(?:\s+of day)?$", re.IGNORECASE
)
DATED = regex(r"^(?:just|only)\s+(?:the\s+)?(?:date|day)s?$|^(?:date|day) only$", re.IGNORECASE)
TEXT = regex(
    r"^(?:(?:in|just|only|as)\s+)*(?:a\s+(?:couple of|few|short)\s+(?:words?|text|lines?)|"
    r"free text|plain text|long text|text|free form|one line|"
    r"a (?:short|longer) text|words)$",
    re.IGNORECASE,
)
WHOLE = regex(
    r"^(?:in\s+|as\s+)?(?:an?\s+)?(?:whole|full|integer) (?:number|numbers|kg|euros|units|minutes|hours)$",
    re.IGNORECASE,
)
LENGTH = regex(
    (
        r"^(?:of |with |at most |up to )?(?P<count>\d+) (?:letters?|digits?|characters?|"
        r"signs?)(?: (?:and|or) (?:letters?|digits?|numbers?))?$"
    ),
    re.IGNORECASE,
)
RANGE = regex(
    r"^(?:(?:from|between|a number from)\s+)?(?P<low>\d+(?:\.\d+)?)\s*(?:to|-|–|and)\s*(?P<high>\d+(?:\.\d+)?)"
    r"(?:\s+(?:stars?|points?|characters|letters))?$",
    re.IGNORECASE,
)
VALUES = regex(
    (
        r"^(?:(?:which|that)\s+(?:is|are|can be|may be)\s+(?:either\s+|one of\s+)?|either\s+|"
        r"one of\s+|being\s+)(?P<values>.+)$"
    ),
    re.IGNORECASE,
)


MOST_COMMENTS = 4
BEHIND = regex(
    r"\s*\((?=[^()]*\)$)|\s+(?=[\"“])|\s+(?=of \d+ (?:letters|digits|characters|signs)\b)|"
    r"\s+(?=(?:if|as soon as|once|when|where|which|that|in (?:words|a few|a couple|free)|"
    r"with (?:the )?time|just|"
    r"only|not (?:every|all)|some (?:have|do|of)|may come|comes? later|can come)\b)",
    re.IGNORECASE,
)
"""Where a comment may begin behind its field."""


@dataclass(frozen=True)
class Comment:
    """What is said of a field: changes of its properties, the type or values it has; ``both``: of two fields."""

    update: dict[str, object]
    kind: str = ""
    places: int | None = None
    values: tuple[str, ...] = ()
    both: bool = False
    is_text: bool = False


@lru_cache(maxsize=1_000)
def split_comment(item: str) -> tuple[str, Comment] | None:
    """Return an item without the comment that it ends with, and that; or None: "a reason if the patient gives one"."""
    if len(item) > 2 * LONGEST_COMMENT:
        return None
    for begin in BEHIND.finditer(item):
        text, behind = item[: begin.start()].strip(" ,"), item[begin.end() :]
        comment = read_comment(behind.removesuffix(")") if "(" in begin[0] else behind)
        if comment is not None and text and not (begin[0].strip() == "" and comment.values):
            return text, comment
    return None


@lru_cache(maxsize=1_000)
def read_comment(text: str) -> Comment | None:
    """Return what a piece says about the field before it, or None where it says something of its own."""
    plain = " ".join(text.split()).strip(" ,.()")
    if not plain or len(plain) > LONGEST_COMMENT:
        return None
    found = next((comment for pattern, comment in PLAIN_COMMENTS if pattern.match(plain)), None)
    return found or measured(plain) or valued(plain) or several(plain)


PLAIN_COMMENTS = (
    (OPTIONAL, Comment({"optional": True})),
    (UNIQUE, Comment({"unique": True})),
    (EXAMPLE, Comment({})),
    (QUOTED, Comment({})),
    (MONEY, Comment({}, kind="Decimal", places=2)),
    (DATED, Comment({}, kind="date")),
    (TEXT, Comment({}, kind="str", is_text=True)),
    (WHOLE, Comment({}, kind="int")),
)
"""Comments that say the same whatever their words."""


def several(plain: str) -> Comment | None:
    """Read "free text, optional": several comments, each of which says something about the field."""
    parts = plain.split(",")
    comments = [read_comment(part) for part in parts] if 1 < len(parts) <= MOST_COMMENTS else []
    said = [one for one in comments if one is not None and not one.values]
    if not said or len(said) < len(parts):
        return None
    update = {key: value for one in said for key, value in one.update.items()}
    kind = next((one.kind for one in said if one.kind), "")
    places = next((one.places for one in said if one.places), None)
    is_text = any(one.is_text for one in said)
    return Comment(update, kind=kind, places=places, both=any(one.both for one in said), is_text=is_text)


def measured(plain: str) -> Comment | None:
    """Read "with time", "8 letters", "1 to 5"."""
    timed, length, limits = TIMED.match(plain), LENGTH.match(plain), RANGE.match(plain)
    if timed:
        return Comment({}, kind="datetime", both=bool(timed["both"]))
    if length:
        return Comment({"maximum": length["count"]}, kind="str")
    if limits is None:
        return None
    decimals = max(len(limits[name].partition(".")[2]) for name in ("low", "high"))
    update: dict[str, object] = {"minimum": limits["low"], "maximum": limits["high"]}
    return Comment(update, kind="Decimal" if decimals else "int", places=decimals or None)


def valued(plain: str) -> Comment | None:
    """Read "which is small, medium or large"."""
    named = VALUES.match(plain)
    values = values_of(named["values"]) if named and re.search(r"\bor\b|/", named["values"]) else ()
    return Comment({}, values=values) if values else None
