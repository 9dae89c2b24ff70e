"""Says in plain words what people say loosely: "from when till when", "what we need is", "one of our rooms"."""

from __future__ import annotations

import re

from bot.planning.built_in.words.vocabulary import singular

__all__ = ["plainly_said"]

MOMENTS = (
    r"(?:start|end|begin|arrival|departure|check-in|check-out|entry|exit|pick-?up|drop-?off|return|delivery|opening|closing|"
    r"birth|death|issue|expiry|issuing|planting|harvest|purchase|sale|loan|booking|invoice|due|sowing|hatching)"
)
PAST = r"(?:roughly|about|approximately|around|approx|circa|more or less|or so)"
LOOSE = (
    (re.compile(r"\bfrom when\s+(?:un)?(?:till|til|to)\s+when\b", re.IGNORECASE), "starts at, ends at"),
    (
        re.compile(r"\bfrom\s*/\s*(?:to|until|till)\s*(?:,\s*)?\(?(?:both\s+)?with\s+(?:the\s+|a\s+)?times?\)?", re.IGNORECASE),
        "starts at, ends at",
    ),
    (
        re.compile(r"(?<=[:,;–—-])(\s+)from\s*(?:/|-|–)\s*(?:to|until|till)(?=\s*(?:[,;.\n]|$|and\b))", re.IGNORECASE),
        r"\1start date, end date",
    ),
    (
        re.compile(rf"\b(?!start and end|begin and end)({MOMENTS}) and ({MOMENTS}) (day|date|time)s?\b", re.IGNORECASE),
        r"\1 \3 and \2 \3",
    ),
    (re.compile(r"\b(date|day)\s*(?:\+|&|/)\s*(?=times?\b)", re.IGNORECASE), r"\1 and "),
    (re.compile(r"\b(?:somebody|someone|everybody|everyone)'s\s+(?=[a-z])"), "a "),
    (re.compile(rf"\b{PAST}\s+(?=how (?:many|much|long|old|often)\b)", re.IGNORECASE), ""),
    (
        re.compile(r"\b(price|rate|cost|fee|amount|value|rent|wage)\s+(?:as it was\s+)?(?:at (?:the|that) (?:time|moment)|back then)\b", re.IGNORECASE),
        r"\1",
    ),
    (re.compile(r"(^|[.;!?]\s+|\n\s*)what (?:we|i)(?:'d)? (?:really |also |mostly )?(?:need|want|like|would like|have|keep)\s+(?:is|are)\s+(?=\w)", re.IGNORECASE), r"\1"),
    (re.compile(r"\b(one|an?|each|every|the) (?:particular|certain|specific|given|single) (?=[a-z])", re.IGNORECASE), r"\1 "),
    (re.compile(r",?\s+(?:of|for|about|on) (?:which|whom|these|those) (?:we|i) (?:also |just |only )?(?:note|record|keep|know|store|need|track|write down)(?: down)?\s+", re.IGNORECASE), ", which have "),
)  # fmt: skip
"""Ways of speaking with one meaning only, and the plain words for each."""
ONE_OF = re.compile(r"\b(in|at|on|for|by|to|with|of) one of (?:our|the|its|their|your) (?P<many>[a-z][\w-]*s)\b", re.IGNORECASE)  # fmt: skip
"""One of many: "in one of our rooms" is in a room."""


def plainly_said(text: str) -> str:
    """Return a text with loose ways of speaking said plainly."""
    for loose, plain in LOOSE:
        text = loose.sub(plain, text)
    return ONE_OF.sub(lambda found: f"{found[1]} a {singular(found['many'].lower())}", text)
