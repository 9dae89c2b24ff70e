"""Says in plain words what people say loosely: "from when till when", "what we need is", "one of our rooms"."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import singular

__all__ = ["plainly_said"]

MOMENTS = (
    r"(?:start|end|begin|arrival|departure|check-in|check-out|entry|exit|pick-?up|drop-?off|return|delivery|opening|"
    r"closing|birth|death|issue|expiry|issuing|planting|harvest|purchase|sale|loan|booking|invoice|due|sowing|hatching)"
)
BEGIN = r"(^|[.;!?]\s+|\n\s*)"
"""Where a sentence begins."""
STATE = (
    r"(?:(?:in|at|under|on|out of|not|to be|out for|waiting for) )?(?!to\b|in\b|at\b|on\b|not\b)[a-z][\w-]*+"
    r"(?: (?:off|out|up|down|away|back|in))?"
)
"""What something can be, also "in work", "called off" and "out of order"."""
AS_STATE = (
    r"(?:(?:in|under|at|out of|not yet|not|out for) [a-z]+|"
    r"[a-z]+(?:ed|en|wn|ld|nt)(?: (?:off|out|up|down|away|back|in))?|"
    r"new|open|done|free|ready|lost|full|draft|booked out|on hold|on loan|on the way)"
)
"""What only a state is called: a list of looks ("small, fast, cheap") may tell of one thing."""
LISTED = (
    r"(?:(?<=has )|(?<=have )|(?<=and )|(?<=, )|(?<=know )|(?<=note )|(?<=with )|(?<=keep )|(?<=record )|(?<=see ))"
)
"""Right behind what tells that a fact follows."""
DUE = r"(?!is\b|was\b|ones?\b)[a-z-]+(?: (?!is\b|are\b|will\b|falls\b|was\b|were\b)[a-z-]+)?"
NOTING = r"(?:note|record|keep|know|store|need|track|write down)(?: down)?"
LOOSE = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            r"\b(?:on )?which (?:day|date)(?:,| and|, and) from when (?:un)?(?:till|til|to) when\b",
            "starts at, ends at",
        ),
        (r"\bfrom when\s+(?:un)?(?:till|til|to)\s+when\b", "starts at, ends at"),
        (
            r"\bfrom\s*/\s*(?:to|until|till)\s*(?:,\s*)?\(?(?:both\s+)?with\s+(?:the\s+|a\s+)?times?\)?",
            "starts at, ends at",
        ),
        (
            r"(?<=[:,;–—-])(\s+)from\s*[/–-]\s*(?:to|until|till)(?=\s*(?:[,;.\n]|$|and\b))",
            r"\1start date, end date",
        ),
        (
            rf"\b(?!start and end|begin and end)({MOMENTS}) and ({MOMENTS}) (day|date|time)s?\b",
            r"\1 \3 and \2 \3",
        ),
        (
            (
                rf"{BEGIN}(?:we|i)(?:'ve| have)(?: got)?\s+(?:(?:about|around|roughly|some|over|nearly|almost)\s+)?"
                r"(?:\d[\d.,]*|a few|several|lots of|a lot of|many)\s+(?:of\s+(?:them\s+)?)?(?=[a-z])"
            ),
            r"\1",
        ),
        (
            r"\b(they|these) (?:start|begin) and (?:end|finish) at (?:some|a given|a certain) (?:point|time|moment)\b",
            r"\1 have starts at, ends at",
        ),
        (r"\s*\(([a-z][\w-]*s)\s*=\s*([^()]+)\)", r". \1: \2. "),
        (r"\b(they|we|you|i)(?:'ve| have) got\b", r"\1 have"),
        (r"\b(it|he|she)(?:'s| has) got\b", r"\1 has"),
        (
            (
                rf"\b(can be|may be|(?:is|are) (?:either|one of))\s+((?:{STATE},\s+)*{STATE}),\s+"
                rf"(?!or\b|and\b)({STATE})(?=\s*(?:[.;\n]|$))"
            ),
            r"\1 \2 or \3",
        ),
        (
            (
                rf"{BEGIN}((?:an?|each|every|the|one) [a-z-]+(?: [a-z-]+)?|[a-z-]+s|it|they) (is|are) "
                rf"((?:{AS_STATE},\s+){{2,8}})(?!or\b|and\b)({AS_STATE})(?=\s*(?:[.;\n]|$))"
            ),
            lambda found: f"{found[1]}{found[2]} {found[3]} {found[4].rstrip().rstrip(',')} or {found[5]}",
        ),
        (
            (
                rf"{LISTED}when (?:(?:the|its|their|his|her) )?last ({DUE}) (?:is|are|was|were),? and "
                r"(?:when )?(?:(?:the|its|their|his|her) )?next(?: one)? (?:is|will be|falls)(?: due)?"
                r"(?=\s*(?:[.;\n]|$))"
            ),
            r"last \1 date and next \1 date",
        ),
        (
            (
                rf"{LISTED}when (?:(?:the|its|their|his|her) )?(next|last) ({DUE}) "
                r"(?:is|are|will be|falls|was|were)(?: due)?"
                r"(?=\s*(?:[.;\n]|$|,(?! (?:we|i|they|it|he|she|you|somebody|someone|the|an?)\b)|and\b))"
            ),
            r"\1 \2 date",
        ),
        (r"\b(min(?:imum)?) and (max(?:imum)?) ([a-z]+)\b", r"\1 \3 and \2 \3"),
        (
            r"\s*\((?:but )?(?:not (?:always|all|every\w*|each)\b|(?:only|just) (?:some|a few)\b)[^()]{0,80}\)",
            " (optional)",
        ),
        (r"(^|\n\s*(?:[-*]\s+)?)([a-z]+)!{2,}\s+(?=[a-z])", r"\1\2 "),
        (r"\b([a-z]+s) (?:only|just|simply) have\b", r"\1 have"),
        (
            rf"{BEGIN}(?:(?:what is |what's )?to be )?(?:recorded|noted|stored|kept)(?: (?:is|are))?:\s+(?=\w)",
            r"\1they have ",
        ),
        (r"\((optional),\s+([^(),]{2,60})\)", r"(\2, \1)"),
        (r"\b(date|day)\s*[+&/]\s*(?=times?\b)", r"\1 and "),
        (r"\b(?:some|every)(?:body|one)'s\s+(?=[a-z])", "a "),
        (
            r"\b(?:roughly|about|approximately|around|approx|circa)\s+(?=how (?:many|much|long|old|often)\b)",
            "",
        ),
        (
            (
                r"\b(price|rate|cost|fee|amount|value|rent|wage)\s+(?:as it was\s+)?"
                r"(?:at (?:the|that) (?:time|moment)|back then)\b(?! of\b)"
            ),
            r"\1",
        ),
        (
            (
                rf"{BEGIN}what (?:we|i)(?:'d)? (?:really |also |mostly )?(?:need|want|like|would like|have|keep)\s+"
                r"(?:is|are)\s+(?=\w)"
            ),
            r"\1",
        ),
        (r"\b(one|an?|each|every|the) (?:particular|certain|specific|given) (?=[a-z])", r"\1 "),
        (
            rf",?\s+(?:of|for|about|on) (?:which|whom|these|those) (?:we|i) (?:also |just |only )?{NOTING}\s+",
            ", which have ",
        ),
        (
            (
                rf"{BEGIN}([a-z][\w-]*[^\Ws]s) are (?:the|our|all the|those)\s+[\w-]+\s+"
                r"(?:where|who|that|which|we|on|in)\b[^:.;\n]{2,60}:"
            ),
            r"\1\2:",
        ),
    )
)
"""Ways of speaking with one meaning only, and the plain words for each."""
NAMELY = regex(
    r"(?:\bwhich (?P<fact>[a-z][\w-]*) (?:they|it|he|she|we) [a-z]+)?,\s*(?:i\.\s?e\.|ie|namely|meaning|that is),?\s+"
    r"(?P<values>(?:[a-z][\w-]*,\s+)+[a-z][\w-]*,?\s+or\s+[a-z][\w-]*)(?=\s*(?:[,.;:)\n]|$))",
    re.IGNORECASE,
)
"""The values of a fact behind it: "which voice they sing, i.e. soprano, alto or bass"."""
ONE_OF = regex(
    r"\b(in|at|on|for|by|to|with|of) one of (?:our|the|its|their|your) (?P<many>[a-z][\w-]*s)\b", re.IGNORECASE
)
"""One of many: "in one of our rooms" is in a room."""


BETWEEN = regex(r"\b(?P<is>is|are) (?:always |played )?between two (?P<many>[a-z]+s)\b", re.IGNORECASE)
"""What stands between two of a kind: "a match is between two teams"."""


def slashed(values: str) -> str:
    """Return "soprano, alto or bass" with slashes."""
    return re.sub(r",?\s+or\s+|,\s+", "/", values)


def between(verb: str, one: str) -> str:
    """Return what stands between two of a kind as what it has: a first and a second one."""
    return f"{'has' if verb.lower() == 'is' else 'have'} a first {one} and a second {one}"


def plainly_said(text: str) -> str:
    """Return a text with loose ways of speaking said plainly."""
    for loose, plain in LOOSE:
        text = loose.sub(plain, text)
    text = NAMELY.sub(lambda found: f"{found['fact'] or ''} {slashed(found['values'])}", text)
    text = BETWEEN.sub(lambda found: between(found["is"], singular(found["many"].lower())), text)
    return ONE_OF.sub(lambda found: f"{found[1]} a {singular(found['many'].lower())}", text)
