"""Reads "leave it out", "forget that sentence", "skip “…”": words of theirs that people want to do without."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import straight

__all__ = ["LeavingOut", "read_leaving_out"]

LONGEST = 400
LEAD = r"(?:(?:ok|okay|no|please|then|just|and|well|oh|hm+|sorry|so|yes|let's|you can|we can|i'd say)\b[,:\s]*)*"
LEAVE = r"(?:leave\s+out|forget(?:\s+about)?|skip|ignore|omit|disregard|never\s+mind)"
TAKE = rf"(?:{LEAVE}|drop|remove|delete|scrap|strike(?:\s+out)?|cross\s+out|take\s+out)"
WORDS = r"(?:sentences?|lines?|pieces?|bits?|phrases?|remarks?|parts?)"
IT = r"(?:it|that|this|that\s+one|this\s+one|the\s+(?:last|newest)(?:\s+one)?)"
THEM = (
    r"(?:(?:them|those|these|it|that)\s+all|all(?:\s+of)?\s+(?:them|those|these|it|that)|them|those|these|all|everything|"
    r"the\s+rest|(?:everything|all(?:\s+that)?|what|whatever)\s+you\s+(?:could\s+not|couldn't|can't|cannot|did\s+not|"
    r"didn't)\s+(?:read|understand|get|make\s+(?:anything|something|sense)(?:\s+(?:out\s+)?of)?))"
)
UNREAD = (
    r"(?:(?:that|which)\s+)?(?:(?:you|the\s+bot|it)\s+(?:could\s+not|couldn't|can't|cannot|can\s+not|did\s+not|didn't|"
    r"do\s+not|don't|have\s+not|haven't|were\s+not\s+able\s+to|weren't\s+able\s+to)\s+(?:read|understand|understood|get|parse)|"
    r"(?:is|was|were|are|stays|stayed)\s+(?:unread|unclear|not\s+(?:read|understood|clear)))"
)
"""What could not be read: "the sentence that you could not read"."""
ONE_SENTENCE = (
    rf"(?:that|this|the)\s+(?:(?:(?:last|newest|new|one)\s+)?{WORDS}(?:\s+{UNREAD})?|one\s+{UNREAD}|"
    rf"(?:one\s+)?(?:unread|unclear)\s+(?:{WORDS}|one))"
)
ALL_SENTENCES = (
    rf"(?:all\s+)?(?:of\s+)?(?:those|these|the|all)\s+(?:(?:other|unread|unclear)\s+)?{WORDS}(?<=s)(?:\s+{UNREAD})?"
)
ABOUT = (
    rf"(?:that|this|the|those|these|all(?:\s+the)?)\s+(?P<words>{WORDS})\s+(?:about|with|on|of|that\s+says|saying|which\s+says)\s+"
    r"(?P<about>[^“”\"]{2,200}?)"
)
QUOTED = rf"(?:(?:that|this|the)\s+{WORDS}\s+)?[“\"„](?P<quoted>[^“”\"„]{{2,300}})[”\"“]"
ENDS = (
    r"(?:\s*[,.–—-]*\s*(?:please|then|thanks|thank\s+you|for\s+now|altogether|anyway|it's\s+fine|never\s+mind|"
    r"(?:it|that)\s+(?:was|is)(?:n't|\s+not)?\s+(?:just\s+)?(?:a\s+joke|talk|important|needed|meant\s+seriously)))*[\s.!]*"
)


def forms_of(what: str, verb: str) -> tuple[re.Pattern[str], ...]:
    """Return the ways in which words leave something out, the verb before it, or around it."""
    ways = (rf"{verb}\s+{what}", rf"leave\s+{what}\s+(?:out|aside|away)(?:\s+of\s+(?:it|this|that|the\s+plan))?")
    return tuple(re.compile(rf"^{LEAD}{way}{ENDS}$", re.IGNORECASE) for way in ways)


PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
ONE_OF_THEM = (
    rf"(?:the\s+)?(?P<place>{'|'.join(PLACES)})(?:\s+(?:one|thing|quote|of\s+(?:them|these|those)|{WORDS}))?"
    r"(?:\s+of\s+(?:them|these|those))?"
)
JUST = r"(?:(?:just|only|merely|simply|really|more\s+of|nothing\s+but|meant\s+as|there\s+as)\s+)*"
AN_ASIDE = (
    rf"{JUST}(?:(?:the|an?|our|my|some)\s+)?(?:reason|introduction|intro|background|context|explanation|motivation|"
    r"purpose|story|remark|comment|aside|opening|preamble|small\s+talk)"
    r"(?:\s+(?:for|of|to|behind|why|about)\s+[^.;!?]{1,80})?"
)
NO_MATTER = (
    r"(?:(?:not|n't)\s+(?:important|needed|necessary|relevant|a\s+rule|a\s+function)|"
    rf"{JUST}(?:there\s+)?to\s+explain\b.*)"
)
TOLD_ASIDE = tuple(
    regex(rf"^{LEAD}{what}\s*(?:is|was|'s|are|were)(?:\s+|(?=n't))(?:{AN_ASIDE}|{NO_MATTER}){ENDS}$", re.IGNORECASE)
    for what in (ONE_OF_THEM, QUOTED, ABOUT)
)
"""That some of the words only tell why people want it: "the first sentence is just the reason for it"."""
NEWEST = (*forms_of(IT, LEAVE), *forms_of(ONE_SENTENCE, TAKE))
EVERY = (*forms_of(THEM, LEAVE), *forms_of(ALL_SENTENCES, TAKE))
NAMED = (*forms_of(QUOTED, TAKE), *forms_of(ABOUT, TAKE), *forms_of(ONE_OF_THEM, TAKE), *TOLD_ASIDE)


@dataclass(frozen=True)
class LeavingOut:
    """Which words are to be left out: those that are quoted or spoken ``about``, or all; else the newest.

    ``place``: which one of them in the order in which they were shown, from 1 on, or -1 for the last.
    """

    is_all: bool = False
    quoted: str = ""
    about: str = ""
    place: int = 0
    is_several: bool = False
    """Whatever is about it is meant: "the sentences about the moon"."""


def read_leaving_out(sentence: str) -> LeavingOut | None:
    """Return what a sentence leaves out of what was said; None where it says anything else."""
    text = straight(sentence)
    if len(text) > LONGEST:
        return None
    if any(form.match(text) for form in EVERY):
        return LeavingOut(is_all=True)
    if any(form.match(text) for form in NEWEST):
        return LeavingOut()
    for form in NAMED:
        if match := form.match(text):
            found = match.groupdict()
            place = PLACES.get((found.get("place") or "").lower(), 0)
            quoted, about = found.get("quoted") or "", found.get("about") or ""
            is_several = (found.get("words") or "").lower().endswith("s")
            return LeavingOut(quoted=quoted, about=about, place=place, is_several=is_several)
    return None
