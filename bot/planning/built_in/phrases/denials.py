"""Reads that something that was asked about isn't there at all: "there is no such thing", "we have no shelves"."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.phrases.told_denials import in_short_denial
from bot.planning.built_in.words.vocabulary import DETERMINERS, singular, straight, words_of

__all__ = ["denies", "denies_link", "is_called", "means_neither"]

LONGEST = 120
LEAD = r"(?:(?:no|nope|sorry|well|but|oh|please|wait|hm+|just)\b[,;:.!\s]+)*"
BE = r"(?:is|are|was|were|'s|'re)"
NOT = r"(?:\s+not|n't)"
IT = r"(?:it|that|this|they|those|these)"
THING = (
    r"(?:(?:an?|any|one|really|actually|even|meant (?:as|to be))\s+)*(?:(?:real|separate|own|such an?)\s+)?"
    r"(?:things?|entit(?:y|ies)|tables?|objects?|models?|one)"
)
PLACED = r"here|there|at all|in (?:it|this|here|our \w+)|with us|like (?:that|this)|called (?:that|so)|of that name"
HERE = rf"(?:\s+(?:{PLACED}))*"
HAVE = r"(?:have|keep|need|know)"
HAVE_NOT = rf"(?:there\s+(?:isn't|aren't|is not|are not)|we\s+(?:don't|do not)\s+{HAVE})"
SAID = r"(?:i|we|nobody)\s+(?:never\s+|didn't\s+|did not\s+)?(?:said|say|meant?|asked for|spoke of|mentioned)"
REMOVE = r"(?:remove|delete|drop|forget|ignore|skip)"
ABOUT_IT = tuple(
    regex(rf"^{LEAD}{pattern}{HERE}$", re.IGNORECASE)
    for pattern in (
        rf"(?:there\s*{BE}|there\s+exists|we\s+{HAVE})\s+(?:no|not\s+an?y?)\s+such(?:\s+an?)?(?:\s+{THING})?",
        rf"{HAVE_NOT}\s+(?:(?:any|an?)\s+such|such\s+an?)(?:\s+{THING})?",
        rf"{HAVE_NOT}\s+(?:{IT}|any(?:\s+of\s+(?:them|those|these))?|one|{THING})",
        rf"(?:no|not\s+an?y?)\s+such(?:\s+an?)?\s+{THING}",
        rf"(?:{IT}\s*{BE}\s+)?(?:not|no)\s+{THING}",
        rf"{IT}\s*{BE}{NOT}\s+{THING}",
        rf"{IT}\s+(?:does|do)(?:\s+not|n't)\s+exist",
        rf"(?:there\s*{BE}\s+)?nothing\s+(?:like\s+{IT}|of\s+the\s+kind|of\s+that\s+name)",
        rf"{SAID}\s+(?:{IT}|so|anything of that)",
        rf"{REMOVE}\s+{IT}(?:\s+(?:one|thing))?(?:\s+please)?",
        rf"leave\s+{IT}\s+out",
    )
)
"""Answers that deny what was asked about without naming it."""
NAMED = r"(?P<what>[\w' -]{2,40}?)"
OF_THEM = tuple(
    regex(rf"^{LEAD}{pattern}{HERE}$", re.IGNORECASE)
    for pattern in (
        rf"(?:there\s*{BE}|we\s+{HAVE})\s+no\s+{NAMED}",
        rf"{HAVE_NOT}\s+(?:an?y?\s+|the\s+)?{NAMED}",
        rf"(?:the\s+|an?\s+)?{NAMED}\s+(?:does|do)(?:\s+not|n't)\s+exist",
        rf"{SAID}\s+(?:an?y?\s+|the\s+)?{NAMED}",
        rf"{REMOVE}\s+(?:the\s+|all\s+)?{NAMED}(?:\s+please)?",
        rf"no\s+{NAMED}",
    )
)
"""Answers that deny what they name."""


def denies(answer: str, noun: str = "") -> bool:
    """Tell whether an answer says that what it was asked about, a noun in the singular, isn't there at all.

    Without a noun, only answers that name nothing do.
    """
    text = in_short_denial(straight(answer, " .!"))
    if not text or len(text) > LONGEST:
        return False
    if any(pattern.match(text) for pattern in ABOUT_IT):
        return True
    named = [match["what"] for pattern in OF_THEM if (match := pattern.match(text))]
    return any(is_called(what, noun) for what in named)


def is_called(what: str, noun: str) -> bool:
    """Tell whether words are a noun, in the singular or plural."""
    said = "".join(singular(word) for word in words_of(what) if word not in DETERMINERS)
    return bool(said) and said == "".join(singular(word) for word in words_of(noun))


UNLINKED = regex(
    r"\b(?:isn't|aren't|is not|are not|not|never)\s+(?:(?:directly|really|actually|even|to be|be)\s+)*"
    r"(?:linked|connected|related|joined|tied)\b|\bnothing to do with\b|"
    r"\bno\s+(?:link|connection|relation)\s+(?:between|at all|there|here|to|with)\b|\bunrelated\b",
    re.IGNORECASE,
)
NEITHER = regex(
    r"\b(?:i|we)\s+(?:(?:only|just|really)\s+)?(?:meant|mean|never said|(?:didn't|did not) (?:say|mean))\b|"
    r"^\W*neither\b.*\w|\bthat(?:'s| is)\s+(?:all\s+)?wrong\b|\bmisunderst\w+",
    re.IGNORECASE,
)


def denies_link(answer: str) -> bool:
    """Tell whether an answer says that two things aren't linked at all."""
    text = straight(answer)
    return len(text) <= LONGEST and UNLINKED.search(text) is not None


def means_neither(answer: str) -> bool:
    """Tell whether an answer that may begin with a yes or a no goes on to say that something else was meant."""
    text = straight(answer)
    return NEITHER.search(text) is not None
