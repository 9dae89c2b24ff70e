"""Reads wishes for figures over several records: "the digest counts sessions per hive". No template computes them."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import entity_name, straight

__all__ = ["NO_FIGURES", "figure_of"]

NO_FIGURES = "no template makes digests, reports or figures over several records; the records themselves are kept"
LONGEST = 300
PAPER = r"(?:digest|report|overview|summary|dashboard|statistics?|stats|newsletter|chart|graph|leaderboard|ranking)s?"
LEAD = r"(?:(?:and|also|please|then|finally)\b[,\s]+)*"
MODAL = r"(?:(?:should|must|will|can|shall|also|always|then)\s+)*"
COUNTS = r"(?:counts?|sums?(?:\s+up)?|totals?|adds?\s+up|summari[sz]es?|averages?|calculates?|computes?)"
SHOWS = r"(?:shows?|lists?|tells?|displays?|says?|gives?|contains?|includes?|has|have)"
FIGURE = (
    r"(?:how\s+(?:many|much)|the\s+(?:total|overall)?\s*(?:number|count|sum|total|average|mean|share|percentage)s?\s+of|"
    r"(?:total|average)s?\b|the\s+(?:most|top|best)\b)"
)
BY_PAPER = regex(
    rf"^{LEAD}(?:(?:the|an?|our|every|each|one)\s+)?(?P<paper>(?:[a-z]+ly\s+|annual\s+|[a-z]+\s+)??{PAPER})"
    rf"(?:\s+(?:page|screen|view|mail|e-mail|email))?\s+{MODAL}(?:{COUNTS}\b|{SHOWS}\s+(?:\w+\s+){{0,4}}?{FIGURE})",
    re.IGNORECASE,
)
ASKED = regex(
    rf"^{LEAD}(?:(?:it|the\s+(?:service|system|app|bot|backend))\s+{MODAL})?"
    rf"(?:{COUNTS}\s+(?:all|the|up|how\s+many|how\s+much)\b|{SHOWS}\s+(?:\w+\s+){{0,4}}?{FIGURE})",
    re.IGNORECASE,
)

DONE_SO_OFTEN = regex(
    rf"^{LEAD}(?:we|i)\s+(?:also\s+)?(?:want|need|would\s+like|have)\s+to\s+(?:know|see)\s+how\s+(?:many|much|often)\s+"
    r"[^.;]{3,80}?\s(?:had|did|made|took|got|came|went|(?:has|have)\s+[a-z]+|[a-z]+ed)"
    r"(?:\s+(?:in|per|each|every|this|last|so)\s[^.;]*)?$",
    re.IGNORECASE,
)
"""What was done so many times is counted; "how many berths a marina has" is a fact of it."""


def figure_of(sentence: str) -> str | None:
    """Return what a sentence says computes a figure over records: a name such as ``Digest``, empty for the service.

    None where a sentence wants no such figure.
    """
    text = straight(sentence)
    if len(text) > LONGEST:
        return None
    if match := BY_PAPER.match(text):
        return entity_name(match["paper"])
    return "" if ASKED.match(text) or DONE_SO_OFTEN.match(text) else None
