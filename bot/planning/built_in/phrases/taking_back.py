"""Reads what takes something back in plain words: "no berths after all", "I take it back", "you made up due_at".

Each means what "forget the colour" or "drop the rule about …" says; which one is meant is found where that is.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.sentence_marks import NO_ACCOUNTS
from bot.planning.built_in.words.vocabulary import SENTENCE_WORDS, straight

__all__ = ["read_taken_back", "without_after_all", "without_second_thoughts"]

LONGEST = 300
ANYTHING = frozenset({"that", "this", "it", "them", "everything", "all", "nothing", "one", "any", "more", "than"})
SECOND_THOUGHT = (
    r"on\s+(?:second\s+thoughts?|reflection)|(?:come\s+to\s+think|thinking)\s+(?:of|about)\s+it|after\s+all"
)
LEAD = (
    r"(?:(?:please|no|nope|sorry|ok|okay|oh|well|actually|and|but|also|then|hm+|wait|"
    rf"{SECOND_THOUGHT})\b[,:\s]+)*"
)
RULE = r"(?:(?:the|that|this|your|our|my)\s+)?(?:rule|limit|restriction)\s[^;:]{1,200}?"
NAME = r"[\w'-]+(?:\s+[\w'-]+){0,4}?"
FIELD = r"(?:(?:the|an?|any|your|this|that)\s+)?(?:(?:field|column|attribute|property)\s+)?(?:(?:called|named)\s+)?"
WHAT = rf"(?:(?P<rule>{RULE})|{FIELD}(?P<what>{NAME}))"
NO_MORE = r"(?:after\s+all|any\s?more|any\s+longer|anyway)"
AWAY = r"(?:back|out|away)"
NOT = r"(?:don't|do\s+not|won't|will\s+not|no\s+longer)"
WANT = r"(?:really\s+)?(?:need|want|use|like|have|keep)"
IT = r"(?:it|that|this|they|them|those|these|one)"
NEVER = r"(?:never|didn't|did\s+not|haven't|have\s+not)"
WISH = (
    r"(?:(?:i|we|let's|let\s+me|can\s+you|could\s+you)\s*"
    r"(?:'ll|'d\s+like\s+to|will|would\s+like\s+to|want\s+to)?\s+)?"
)
REASONS = (
    rf"(?:{IT}\s+(?:was|were|isn't|aren't|wasn't|weren't|(?:is|are)\s+(?:not|too|a\s+joke|nonsense|wrong|silly|useless)|"
    r"makes?\s+no|doesn't|don't|didn't)|sorry|my\s+(?:mistake|fault|bad)|you\s+(?:made|invented)|not\s+needed|"
    rf"(?:i|we|nobody)\s+(?:{NOT}|{NEVER}|made|asked|said|wants|needs|was|were|changed)|"
    rf"(?:please\s+)?(?:take|remove|delete|drop|forget|leave|throw)\s+(?:{IT}\b|out)|please|because|since)"
)
BECAUSE = rf"(?:\s*[,:–—-]+\s*{REASONS}\b[^;:]{{0,120}}|\s+because\s[^;:]{{1,120}}|\s+(?:again|please))?"
FORMS = tuple(
    regex(rf"^{LEAD}{form}{BECAUSE}[\s.!]*$", re.IGNORECASE)
    for form in (
        rf"{WISH}(?:take|throw)\s+{AWAY}\s+{WHAT}",
        rf"{WISH}(?:take|throw)\s+{WHAT}\s+{AWAY}",
        rf"{WISH}leave\s+{WHAT}\s+out",
        rf"(?:(?:i|we|let's)\s+)?(?:scrap|ditch|strike|axe|do\s+away\s+with)\s+{WHAT}",
        rf"no\s+{WHAT}\s+{NO_MORE}",
        rf"(?:i|we)\s+{NOT}\s+{WANT}\s+{WHAT}\s+{NO_MORE}",
        rf"(?:i|we)\s+no\s+longer\s+{WANT}\s+{WHAT}",
        rf"{WHAT}\s*[:,–—-]+\s*(?:i|we)\s+{NOT}\s+{WANT}\s+{IT}(?:\s+{NO_MORE})?",
        rf"there\s*(?:is|are|'s)\s+no\s+(?:field|column|attribute|property)\s+(?:called\s+|named\s+)?(?P<rule>)(?P<what>{NAME})",
        rf"you\s*(?:'ve|have)?\s+(?:made\s+up|invented|imagined)\s+{WHAT}",
        rf"you\s*(?:'ve|have)?\s+made\s+{WHAT}\s+up",
        rf"{WHAT}\s+(?:is|was|are|were)\s+(?:made\s+up|invented|your\s+(?:own\s+)?invention)",
    )
)


OF_FIELD = regex(r"\b(?:field|column|attribute|property)\s+(?:(?:called|named)\s+)?$", re.IGNORECASE)
LAST_CHANGE = regex(
    rf"^{LEAD}{WISH}(?:take|took)\s+(?:(?:the|my|our)\s+(?:last|latest)\s+(?:change|one|wish)|that|this|it)\s+back\s*[,;:.–—-]+\s*"
    rf"(?P<rest>\w.+)$",
    re.IGNORECASE,
)
SECONDLY = regex(rf"^(?:(?:{SECOND_THOUGHT})\s*[,:]\s*)", re.IGNORECASE)
AFTER_ALL = regex(r"\s+after\s+all(?=[\s.!]*$)", re.IGNORECASE)


def without_second_thoughts(text: str) -> str:
    """Return what is wanted now of "I take the last change back, the ISBN needn't be unique after all"."""
    match = LAST_CHANGE.match(text) if len(text) <= LONGEST else None
    return SECONDLY.sub("", match["rest"] if match else text)


def without_after_all(text: str) -> str:
    """Return a sentence without "after all" at its end."""
    return AFTER_ALL.sub("", text)


def read_taken_back(sentence: str) -> str:
    """Return "forget …" or "drop the rule …" for a sentence that takes that back in other words, or nothing."""
    text = straight(sentence)
    if len(text) > LONGEST or NO_ACCOUNTS.search(text):
        return ""
    for form in FORMS:
        match = form.match(text)
        if match is None:
            continue
        if match["rule"]:
            return f"drop {match['rule']}"
        if not set(match["what"].lower().split()) & (SENTENCE_WORDS | ANYTHING):
            return f"forget {'the field ' if OF_FIELD.search(text[: match.start('what')]) else ''}{match['what']}"
    return ""
