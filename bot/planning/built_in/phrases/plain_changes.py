"""Reads changes as people say them in passing: "actually, drop the breed, nobody uses it", "only 3 instead of 4".

Each is said as a change that is read already; what it names is found where the draft is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.patterns import regex
from bot.planning.built_in.phrases.count_phrases import NUMBER, read_count
from bot.planning.built_in.words.numerals import figure
from bot.planning.built_in.words.vocabulary import has_plural, straight, word_set

__all__ = [
    "OtherCount",
    "called_otherwise",
    "in_short",
    "may_be_called",
    "not_needed",
    "read_other_count",
    "without_lead",
]

LONGEST = 300
LEAD = regex(
    r"^(?:(?:actually|no|nope|oh|oops|sorry|hm+|well|wait|ok|okay|on second thoughts?|come to think of it)\b"
    r"[,:!. ]*){1,4}",
    re.IGNORECASE,
)
CHANGES = regex(
    r"^(?:please\s+)?(?:call|rename|drop|remove|delete|make|change|add|leave\s+out|get\s+rid\s+of|take\s+out|let's\s+call)\s",
    re.IGNORECASE,
)
IT = r"(?:it|them|that|those|one|any)"
REASON = regex(
    r"(?:\s*(?:,|:|;|–|—|\s-)\s*(?:(?:because|since|as)\s+)?|\s+(?:because|since|as)\s+)(?:"
    rf"(?:i|we|they|people|you)\s+(?:really\s+|just\s+)?(?:don't|do\s+not|never|won't)\s+(?:really\s+|ever\s+)?"
    rf"(?:need|use|want|have|know|keep)\s+{IT}|"
    rf"(?:nobody|no\s+one|no-one|hardly\s+anybody)\s+(?:ever\s+)?(?:needs|uses|wants|has|knows|reads|keeps|asks\s+for)\s+{IT}|"
    rf"not\s+(?:everybody|everyone|all(?:\s+of\s+them)?|every\s+[\w-]+|all\s+[\w-]+)\s+(?:has|have|gives?|knows?|wants?)\s+{IT}|"
    rf"some(?:\s+[\w-]+)?\s+(?:have\s+none|(?:don't|do\s+not)\s+have\s+{IT})|"
    r"(?:it|that|they)(?:'s|'re|\s+is|\s+are)\s+(?:not|never|no\s+longer)\s+(?:needed|used|necessary)|"
    r"(?:it|that|they)\s+(?:isn't|aren't)\s+(?:needed|used|necessary))"
    r"(?:\s+(?:any\s?more|any\s+longer|anyway|at\s+all|here|after\s+all|really))?[\s.!]*$",
    re.IGNORECASE,
)
"""Why something is to be otherwise: "…, we don't need it", "…, not everybody has one"."""
LATER = r"(?:either|any\s?more|any\s+longer|after\s+all)"
NAME = r"[a-z][\w'-]*(?:\s+[a-z][\w'-]*){0,2}?"
PLACE = rf"{NAME}(?:\s+(?:of|from|on|in)\s+(?:(?:the|an?|each|every)\s+)?{NAME})?"
NOT_NEEDED = tuple(
    regex(rf"^{form}[\s.!]*$", re.IGNORECASE)
    for form in (
        rf"(?:the|a|an|their|its)\s+(?P<what>{PLACE})\s+(?:isn't|aren't|(?:is|are)\s+(?:not|no\s+longer))\s+needed(?:\s+{LATER})?",
        rf"(?:the|a|an|their|its)\s+(?P<what>{PLACE})\s+can\s+go(?:\s+too|\s+as\s+well|\s+away)?",
        rf"(?:i|we)\s+(?:don't|do\s+not)\s+need\s+(?:the|a|an|any|their|its)\s+(?P<what>{PLACE})(?:\s+{LATER})?",
        rf"no\s+(?P<what>{PLACE}),?\s+please",
    )
)
"""What a field need not be kept for: "the price isn't needed either", "the breed can go"."""
ONE = r"[a-z][\w-]*(?:\s+[a-z][\w-]*)?"
CALLED = regex(
    rf"^(?:please\s+)?(?P<wish>let's\s+|we\s+)?call\s+(?:the\s+|our\s+|all\s+)?(?P<article>an?\s+)?(?P<old>{ONE}?)\s+"
    rf"(?:an?\s+)?(?P<new>{ONE}?)(?P<end>,?\s+instead|,?\s+(?:and\s+)?not\s+(?:an?\s+)?(?P=old)|,?\s+please)?[\s.!]*$",
    re.IGNORECASE,
)
"""Another name for a thing: "call walkers sitters, not walkers", "let's call a walker a sitter"."""
NO_NAMES = word_set(
    "tomorrow today tonight yesterday later back again first twice once now soon always sometimes afterwards daily "
    "weekly monthly weekdays weekends mondays tuesdays wednesdays thursdays fridays saturdays sundays up out off in "
    "names regularly personally instead please directly"
)
"""What follows whom somebody calls, and is no other name for them."""
A_CALL = regex(r"^call\s+an?\s", re.IGNORECASE)
MOST = r"(?:at\s+most|only|just|no\s+more\s+than|up\s+to|a\s+maximum\s+of|max(?:imum)?)"
NEW = NUMBER.replace("number", "new")
LIMIT = r"(?P<limit>(?:the|our|that|this)\s+(?:limit|maximum))"
OTHER_COUNT = tuple(
    regex(rf"^{form}[\s.!]*$", re.IGNORECASE)
    for form in (
        (
            rf"(?:make\s+(?:it|that)\s+)?(?:{MOST}\s+)?{NEW}(?:\s+(?P<thing>{ONE}))?,?\s+"
            rf"(?:instead\s+of|rather\s+than|and\s+not|not)\s+{NUMBER}(?:\s+(?P=thing))?"
        ),
        (
            rf"{NUMBER}(?:\s+(?P<thing>{ONE}?))?\s+(?:is|are)\s+(?:far\s+|much\s+|way\s+)?(?:too\s+(?:many|few|much|little)|"
            rf"not\s+enough),?\s+(?:make\s+it\s+|let's\s+say\s+|better\s+|rather\s+)?{NEW}"
            r"(?:\s+(?:is|are|would\s+be)\s+(?:enough|fine|better|plenty))?(?:,?\s+please)?"
        ),
        rf"{MOST}\s+{NEW}\s+(?P<thing>{ONE}?)\s+at\s+(?:a\s+time|once)",
        rf"not\s+{NUMBER},?\s+(?:but\s+)?(?:{MOST}\s+)?{NEW}(?:\s+(?P<thing>{ONE}))?",
        rf"make\s+(?:it|that)\s+(?:{MOST}\s+)?{NEW}(?:\s+(?P<thing>{ONE}))?(?:\s+instead)?",
        (
            rf"{LIMIT}(?:\s+for\s+(?:the\s+)?(?P<thing>{ONE}))?\s+(?:is|should\s+be|shall\s+be|must\s+be|has\s+to\s+be|can\s+be)"
            rf"\s+(?:now\s+)?{NEW}(?:\s+(?:now|instead|from\s+now\s+on))?(?:,?\s+(?:not|instead\s+of)\s+{NUMBER})?"
        ),
        (
            rf"(?:set|raise|lower|change|increase|reduce)\s+{LIMIT}(?:\s+(?:for|of)\s+(?:the\s+)?(?P<thing>{ONE}))?"
            rf"(?:\s+from\s+{NUMBER})?\s+to\s+{NEW}"
        ),
    )
)
"""Another number for a limit: "at most 3 walks instead of 4", "make it 5"."""


@dataclass(frozen=True)
class OtherCount:
    """What number a limit has from now on; what was not said is empty, or 0."""

    number: int
    thing: str = ""
    before: int = 0
    is_limit: bool = False
    """Whether it is called a limit, which is no due date."""


def without_lead(sentence: str) -> str:
    """Return "drop the breed" for "actually, drop the breed", and a limit without it; anything else as it is."""
    match = LEAD.match(sentence) if len(sentence) <= LONGEST else None
    rest = sentence[match.end() :].strip() if match else ""
    if match and match[0].lower().endswith("no ") and read_count(f"no {rest}"):
        return f"no {rest}"
    return rest if rest and (CHANGES.match(rest) or read_count(rest) or read_other_count(rest)) else sentence


def in_short(sentence: str) -> str:
    """Return a change without what leads to it and why: "drop the breed"; anything else as it is."""
    text = without_lead(straight(sentence))
    if len(text) > LONGEST:
        return sentence
    rest = REASON.sub("", text)
    if rest != text and CHANGES.match(rest):
        return rest
    return text if text != straight(sentence) else sentence


def not_needed(sentence: str) -> str:
    """Return what a sentence says need not be kept: "the price isn't needed either"; or nothing."""
    text = straight(sentence)
    if len(text) > LONGEST:
        return ""
    return next((match["what"] for form in NOT_NEEDED if (match := form.match(text))), "")


def called_otherwise(sentence: str) -> tuple[str, str]:
    """Return what is to be called otherwise, and how: "call walkers sitters, not walkers"; or nothing.

    "Call the walkers tomorrow" and "call a walker a taxi" give nothing another name.
    """
    text = straight(sentence)
    match = CALLED.match(text) if len(text) <= LONGEST else None
    if match is None or (match["article"] and not (match["wish"] or match["end"])):
        return "", ""
    return (match["old"], match["new"]) if agree_in_number(match["old"], match["new"]) else ("", "")


def may_be_called(sentence: str, old: str, new: str) -> bool:
    """Tell whether "call … …" gives a thing another name: "call a potter a taxi" does not."""
    return agree_in_number(old, new) and not A_CALL.match(sentence)


def agree_in_number(old: str, new: str) -> bool:
    """Tell whether a word may be another name for things: several are called by a word for several."""
    return not set(new.lower().split()) & NO_NAMES and (not has_plural(old.lower()) or has_plural(new.lower()))


@lru_cache(maxsize=1_000)
def read_other_count(sentence: str) -> OtherCount | None:
    """Return the number that a limit is to have; None where a sentence says anything else."""
    text = straight(sentence)
    for form in OTHER_COUNT if len(text) <= LONGEST else ():
        if match := form.match(text):
            said = match.groupdict()
            before = figure(said["number"]) if said.get("number") else 0
            thing = (said.get("thing") or "").lower()
            return OtherCount(figure(said["new"]), thing, before, is_limit=bool(said.get("limit")))
    return None
