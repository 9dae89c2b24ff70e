"""Words that cut scope: a task that says them promises less than its criterion, without anyone having decided so.

Looked for as whole words, outside `code ticks`, “quotes” and fenced code. A word that is denied (“no placeholders”)
cuts nothing, and neither does a mock in a test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.patterns import regex

__all__ = ["Cut", "scope_cuts", "without_code"]


@dataclass(frozen=True)
class Cut:
    """A word that cuts scope, as written, in the line that says it; ``line`` counts from 0 within the text."""

    word: str
    line: int
    text: str


BEFORE = r"(?<![\w/.@=:-])"
AFTER = r"(?![\w/@=(-])"
PUT_OFF = regex(
    BEFORE
    + r"(?:for now|later|simplified|(?:basic|minimal|stripped-down) (?:version|implementation)"
    + r"|future (?:phase|iteration|release|enhancement|enhancements)|not yet implemented|happy path only"
    + r"|(?:in|for|as|our) v1(?! (?:of|apis?|routers?|routes|endpoints|prefix|namespace)\b)|v1 (?:only|scope))"
    + AFTER,
    re.IGNORECASE,
)
"""Words that put something off."""

STANDS_IN = regex(
    BEFORE + r"(?:stub|stubs|stubbed|placeholder|placeholders|hard-?code|hard-?coded|mock|mocks|mocked|dummy)" + AFTER,
    re.IGNORECASE,
)
"""Words for what stands in for the real thing; a test may have such things, and a task may forbid them."""

MARKERS = regex(BEFORE + r"(?:TODO|TODOs|FIXME|TBD)" + AFTER + r"(?! (?:lists?|items?|apps?)\b)")
"""Marks of unfinished work, in capitals: a “todo” may well be an entity."""

OF_TESTS = regex(r"\b(?:tests?|tested|testing|pytest|unittest|fixtures?)\b", re.IGNORECASE)
DENIED = regex(
    r"\b(?:no|not|never|without|avoid|avoids|instead of|rather than|remove|removes|replace|replaces|reject|rejects"
    r"|don['’]t|isn['’]t|aren['’]t)(?: [\w-]{1,20}){0,2}[ ]$",
    re.IGNORECASE,
)
NO_DELAY = regex(
    r"(?:\b(?:no|or|and|sooner or|days?|hours?|minutes?|seconds?|weeks?|months?|years?|versions?)|\d)[ ]$",
    re.IGNORECASE,
)
"""What makes “later” a comparison: no later than, 3.12 or later, two days later."""

CLOSING = {"`": "`", "“": "”", '"': '"', "«": "»", "„": "“"}
OPENING = regex(f"[{''.join(CLOSING)}]")
LONGEST_LOOK_BACK = 70


def scope_cuts(text: str) -> tuple[Cut, ...]:
    """Return the words of a text that cut scope, in their order."""
    return tuple(
        Cut(word, index, " ".join(line.split()))
        for index, line in enumerate(without_fences(text))
        for word in cuts_of(without_code(line))
    )


def cuts_of(line: str) -> list[str]:
    """Return the words of one line that cut scope."""
    is_of_tests = bool(OF_TESTS.search(line))
    found = [match for match in PUT_OFF.finditer(line) if not is_comparison(line, match)]
    found += [match for match in STANDS_IN.finditer(line) if not is_of_tests and not is_denied(line, match)]
    found += [match for match in MARKERS.finditer(line) if not is_denied(line, match)]
    return [match.group() for match in sorted(found, key=lambda match: match.start())]


def before(line: str, match: re.Match[str]) -> str:
    """Return the text shortly before a match."""
    return line[max(0, match.start() - LONGEST_LOOK_BACK) : match.start()]


def is_denied(line: str, match: re.Match[str]) -> bool:
    """Tell whether the words before a match forbid it: “no placeholders”, “replace the stub”."""
    return bool(DENIED.search(before(line, match)))


def is_comparison(line: str, match: re.Match[str]) -> bool:
    """Tell whether the word is a “later” that compares two times or versions."""
    if match.group().lower() != "later":
        return False
    return bool(NO_DELAY.search(before(line, match))) or line[match.end() :].lower().startswith((" than", " version"))


def without_fences(text: str) -> Iterator[str]:
    """Yield every line of a text, those of fenced code empty."""
    in_fence = False
    for line in text.splitlines():
        is_edge = line.lstrip().startswith(("```", "~~~"))
        yield "" if is_edge or in_fence else line
        in_fence ^= is_edge


def without_code(line: str) -> str:
    """Return a line with what stands in ticks or quotes replaced by “…”; an opening without end stays."""
    kept: list[str] = []
    position = 0
    never_closed: set[str] = set()
    while opening := OPENING.search(line, position):
        closing = CLOSING[opening.group()]
        end = -1 if closing in never_closed else line.find(closing, opening.end())
        if end < 0:
            never_closed.add(closing)
            kept.append(line[position : opening.end()])
            position = opening.end()
            continue
        kept.append(line[position : opening.start()])
        kept.append("…")
        position = end + 1
    return "".join((*kept, line[position:]))
