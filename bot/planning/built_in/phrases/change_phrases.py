"""The sentences of change, as patterns, and what their words mean; the first that fits is tried first."""

from __future__ import annotations

import re

from bot.documents.naming import snake_case
from bot.patterns import regex

__all__ = [
    "ADDED",
    "CHOICES",
    "CORRECTED",
    "DEFAULTS",
    "FLAGS",
    "LIMITS",
    "PLAIN_FLAGS",
    "PLAIN_LIMITS",
    "PLAIN_TYPES",
    "REMOVED",
    "RENAMED",
    "RETYPED",
    "VALUE_COMES",
    "VALUE_GOES",
    "VALUE_RENAMED",
    "default_for",
    "flag_of",
    "names_given",
]

BE = r"(?:is|are|be|should be|must be|has to be|have to be|shall be)"
NEED_NOT = r"(?:isn't|needn't be|need not be|doesn't have to be|doesn't need to be)"
EMPTY = r"be (?:left )?(?:empty|missing|blank|left out)"
WHAT = r"(?:the\s+)?(?P<what>.+?)"
FLAGS = (
    (
        rf"^{WHAT}\s+(?:{BE}|{NEED_NOT})\s+(?P<flag>no longer (?:unique|optional|required)|required|unique)"
        r"(?:\s+(?:any ?more|any longer))?$"
    ),
    (
        rf"^{WHAT}\s+(?P<flag>(?:can|may|can't|cannot|must not|may not) {EMPTY}|must be given|"
        r"(?:can|may) (?:occur|repeat|appear)(?: more than once| twice)?)$"
    ),
)
"""Sentences that make a field unique, optional or required, or take that back."""
NEGATED = regex(rf"\b{NEED_NOT}\s+\S+$|no longer", re.IGNORECASE)
DEFAULTS = (
    rf"^(?:set\s+)?(?:the\s+)?default(?:\s+value)?\s+(?:of|for)\s+{WHAT}\s+(?:is|to|as|should be|=)\s+(?P<value>\S.*)$",
    (
        rf"^{WHAT}\s+(?:defaults?\s+to|(?:has|have|gets?|with)\s+(?:a\s+|the\s+)?default(?:\s+value)?(?:\s+of)?|"
        r"starts?\s+(?:as|with|at)|is\s+(?P<first>\S+)\s+by\s+default)(?:\s+(?P<value>\S.*))?$"
    ),
    r"^(?:the\s+)?default\s+(?P<what>[\w -]+?)\s+(?:is|should be|=)\s+(?P<value>\S.*)$",
)
"""Sentences that give a field a default."""
SIDE = r"(?P<side>min|max)(?:imum)?(?:\s+length)?"
COUNT = r"(?P<number>-?\d+(?:\.\d+)?)(?:\s+(?:characters|letters|digits))?"
LIMITS = (
    rf"^(?:the\s+)?{SIDE}\s+(?:of|for)\s+{WHAT}\s+(?:is|to|=|should be|must be)\s+{COUNT}$",
    rf"^{WHAT}\s+(?:has|have|gets?|with|needs?)\s+(?:an?\s+)?{SIDE}\s*(?:of|:|=)?\s*{COUNT}$",
)
"""Sentences that name a minimum or maximum as such."""
RETYPED = (
    rf"^(?:change|set)\s+the\s+type\s+of\s+{WHAT}\s+to\s+(?:an?\s+)?(?P<kind>\w+)$",
    rf"^(?:store|keep|save|treat)\s+{WHAT}\s+as\s+(?:an?\s+)?(?P<kind>\w+)$",
)
"""Sentences that give a field another type."""
VALUE_GOES = (
    (
        r"^(?:drop|remove|delete|take)\s+(?P<value>[\w -]+?)\s+(?:out of|from)\s+(?:the\s+)?"
        r"(?:values?\s+of\s+(?:the\s+)?)?(?P<what>[\w -]+)$"
    ),
)
VALUE_RENAMED = (
    (
        r"^(?:rename|call)\s+(?:the\s+)?(?P<what>[\w ]+?)\s+(?:value\s+)?(?P<value>[\w-]+)\s+(?:to|into|as)\s+"
        r"(?P<new>[\w-]+(?: [\w-]+)?)$"
    ),
)
VALUE_COMES = (r"^add\s+(?P<values>[\w -]+?)\s+(?:as a value\s+)?to\s+(?:the\s+)?(?P<what>[\w -]+)$",)
"""Sentences about one value of a status or kind: it goes, is called otherwise, or comes."""
RENAMED = (r"^(?:rename|call)\s+(?:the\s+)?(?P<old>.+?)\s+(?:to|into|as|->)\s+(?P<new>.+)$",)
ONE_NAME = r"(?:the\s+)?[\w' .-]+?\s+(?:to|into|as|->)\s+[\w' -]+?"
SEVERAL_NAMES = regex(
    rf"^(?P<verb>rename|call)\s+(?P<first>{ONE_NAME})(?P<others>(?:\s*,\s*(?:and\s+)?{ONE_NAME}|\s+and\s+{ONE_NAME})+)$",
    re.IGNORECASE,
)
NEXT_NAME = regex(r"\s*,\s*(?:and\s+)?(?:(?:rename|call)\s+)?|\s+and\s+(?:(?:rename|call)\s+)?", re.IGNORECASE)
"""Several names in one sentence: "rename the note to remark and the price to fee"."""
REMOVED = (
    r"^(?:drop|remove|delete|without|no more|no|leave out|take out|get rid of|forget(?:\s+about)?)\s+(?P<what>.+)$",
)
ADDED = (
    (
        r"^(?:add|include|also add|give)\s+(?P<what>.+?)\s+(?:to|on|for|in)\s+(?:the\s+|each\s+|every\s+)?"
        r"(?P<entity>[\w -]+?)"
        r"(?:(?:,\s*|\s+)\(?(?:(?:all|both|each)\s+)?(?:(?:which|that|they|it)\s+(?:is|are)\s+|as\s+)?"
        r"(?P<flag>optional|unique|required|mandatory|not required|not mandatory|if (?:any|known|given)|"
        r"(?:(?:which|that|they|it)\s+)?(?:may|can) be (?:left )?(?:empty|missing|blank))\)?)?$"
    ),
    (
        r"^(?P<entity>[\w -]+?)\s+(?:also\s+)?(?:need|needs|should have|should also have|must have|get|gets)\s+"
        r"(?P<what>.+)$"
    ),
)
"""Sentences by which fields come."""
PLAIN_FLAGS = (
    (
        r"^(?:make\s+)?(?:the\s+)?(?P<what>.+?)\s+(?:is|are|should be|must be|may be|can be)?\s*"
        r"(?P<flag>not unique|unique|optional|required|mandatory)$"
    ),
)
PLAIN_LIMITS = (
    (
        r"^(?:the\s+)?(?P<what>[\w -]+?)\s+(?:with|has|should have|needs|must have)\s+"
        r"(?P<limit>(?:\w+)\s+(?:decimals?|decimal places|places).*)$"
    ),
    (
        r"^(?:make\s+)?(?:the\s+)?(?P<what>.+?)\s+(?:is|are|should be|must be|as)?\s*"
        r"(?P<limit>(?:at least|at most|up to|between|from|no more than|no less than)\s+.+)$"
    ),
)
PLAIN_TYPES = (
    (
        r"^(?:make|change|turn)\s+(?:the\s+)?(?P<what>.+?)\s+(?:to\s+|into\s+)?(?:be\s+)?(?:an?\s+)?"
        r"(?P<kind>\w+)$"
    ),
    r"^(?:the\s+)?(?P<what>.+?)\s+(?:is|are|should be|must be)\s+(?:an?\s+)?(?P<kind>\w+)$",
)
CORRECTED = (
    (
        r"^(?:you\s+(?:have\s+)?(?:misread|misunderstood|misheard)\s+(?:the\s+)?(?P<what>[\w -]+?)\s*[:,;.–—-]+\s*)"
        r"(?:it(?:'s|\s+is)\s+called\s+(?:just\s+)?(?P<name>\w+)\s*,?\s+and\s+)?"
        r"(?:its|the)\s+values\s+are\s+(?P<values>[\w' ,/-]+)$"
    ),
    (
        r"^(?:the\s+)?values\s+of\s+(?:the\s+)?(?P<what>[\w -]+?)\s+(?:are|should\s+be|must\s+be)\s+(?P<name>)"
        r"(?P<values>[\w' ,/-]+)$"
    ),
)
"""A field that was read otherwise than people meant it, with its values and maybe its name."""
CHOICES = (
    (
        r"^(?:the\s+)?(?P<what>[\w -]+?)\s+(?:is|can be|should be|may be|must be)\s+(?:either\s+|one of\s+)?"
        r"(?P<values>.+(?:/|\bor\b).+)$"
    ),
)
"""Sentences that say as much with fewer words, and fit where no other does."""


def names_given(sentence: str) -> list[str]:
    """Return "rename a to b and c to d" as a sentence for each name; nothing where it gives fewer than two."""
    match = SEVERAL_NAMES.match(sentence)
    if match is None:
        return []
    pieces = [match["first"], *filter(None, NEXT_NAME.split(match["others"]))]
    are_names = all(re.search(r"\s(?:to|into|as|->)\s", piece) for piece in pieces)
    return [f"{match['verb']} {piece}" for piece in pieces] if are_names else []


def flag_of(sentence: str, flag: str) -> tuple[str, bool]:
    """Return the property that a sentence changes (``unique`` or ``optional``) and its new value."""
    word = flag.lower()
    if "unique" in word:
        return "unique", not (word.startswith("not") or NEGATED.search(sentence))
    if re.match(r"(?:can|may) (?:occur|repeat|appear)", word):
        return "unique", False
    if "optional" in word:
        return "optional", not NEGATED.search(sentence)
    if "required" in word or word == "mandatory":
        return "optional", bool(NEGATED.search(sentence))
    return "optional", word.startswith(("can be", "may be"))


def default_for(kind: str, values: tuple[str, ...], said: str) -> str | None:
    """Return a default as a field of that type has it, or None where it can have no such value."""
    text = said.strip().strip("\"'“”.")
    if values:
        value = snake_case(text.lower())
        return value if value in values else None
    if kind == "bool":
        return {"yes": "true", "true": "true", "on": "true", "no": "false", "false": "false", "off": "false"}.get(
            text.lower()
        )
    if kind in {"int", "float", "Decimal"}:
        pattern = r"-?\d+" if kind == "int" else r"-?\d+(?:\.\d+)?"
        return text if re.fullmatch(pattern, text) else None
    return text if kind == "str" and text else None
