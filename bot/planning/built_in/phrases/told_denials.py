"""Says shortly what people deny at length: "I told you, there is no list of seats", "the shop is us", "we count them".

What it returns is read by `bot.planning.built_in.phrases.denials` and `bot.planning.built_in.phrases.denied_nouns`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person

__all__ = ["Counted", "counted_in", "in_short_denial", "of_ourselves", "only_one", "says_who_we_are"]

LONGEST = 200
LEAD = (
    r"(?:(?:no|nope|sorry|well|but|oh|please|wait|hm+|just|and|ok|okay|again|look)\b[,;:.!\s]+|"
    r"(?:(?:that|this|it)(?:'s|\s+is)\s+)?(?:the\s+|a\s+)?wrong\s+question[\s,;:.–—-]+)*"
)
TOLD = regex(
    rf"^{LEAD}(?:(?:as|like)\s+)?(?:i|we)(?:'ve|\s+have)?\s+(?:already\s+|just\s+)?(?:told\s+you|said|wrote|mentioned)"
    r"(?:\s+(?:already|before|earlier|twice))?[\s,:;.–—-]+(?:that\s+)?(?=(?:there|we|no|it|the|they|nothing)\b)",
    re.IGNORECASE,
)
"""That it was said before: "I told you already, "."""
NONE = (
    r"(?P<none>(?:there(?:'s|\s+(?:is|are))\s+|we\s+(?:have|keep|need)\s+)?no|there\s+(?:isn't|is\s+not)|"
    r"we\s+(?:don't|do\s+not)\s+(?:keep|have|need|want|store|make))"
)
LIST = regex(
    rf"^(?P<lead>{LEAD}){NONE}\s+(?:an?y?\s+)?(?:(?:real|separate|own|proper|full)\s+)?(?:list|table|register)s?\s+"
    r"(?:of|for|with)\s+(?:the\s+|our\s+|all\s+)?",
    re.IGNORECASE,
)
"""The list of things that isn't there: whoever keeps none keeps none of them."""
MISSED = regex(
    r"\b(?:yet|today|now|so\s+far|problem|mess|trouble|pity|why|annoying|chaos|lost|want\s+one)\b", re.IGNORECASE
)
"""Who misses a list wants one."""
THERE = r"(?:there(?:'s|\s+(?:is|are))|we\s+(?:have|keep|need)|(?:i|you)\s+have)"
OF_THEM = r"(?:\s+of\s+(?:them|it|those|these|that))?"
OF_TOPIC = regex(
    rf"^{LEAD}(?:(?:as\s+for|for|about)\s+(?:the\s+|our\s+)?(?P<about>[\w'-]{{2,30}}(?:\s+[\w'-]{{2,30}})?)\s*[,:–—-]+|"
    r"(?:the\s+|our\s+)?(?P<topic>[\w'-]{2,30}(?:\s+[\w'-]{2,30})?)\s*(?:[:?]|\s[–—-]))\s*"
    rf"(?:{THERE}\s+none|none|(?:{THERE}\s+)?no\s+(?:such\s+)?(?:list|table|records?|register)s?{OF_THEM}|"
    r"(?:they|it|those)\s+(?:aren't|isn't|are\s+not|is\s+not)\s+kept|not\s+kept|there\s+is\s+no\s+such\s+thing|"
    rf"(?:we\s+)?(?:don't|do\s+not)\s+(?:keep|have|need)\s+(?:them|it|those|any){OF_THEM})"
    r"(?:\s+(?:at\s+all|here|please))?(?P<end>\s*[,;:.–—-]+\s*\S.*)?$",
    re.IGNORECASE,
)
"""What is spoken of, and that there is none of it: "seats: none", "as for the seats, there is no list of them"."""
COUNTED = regex(
    rf"^{LEAD}(?:(?:the|our|all)\s+)*(?P<what>(?!(?:they|those|these)\b)[\w'-]{{2,30}}(?:\s+[\w'-]{{2,30}})?)\s+are\s+"
    r"(?:(?:just|only|simply|merely)\s+)+counted$",
    re.IGNORECASE,
)
"""What is only counted isn't kept by itself: "chairs are just counted"."""
TO_KEEP = regex(
    r"(?<=\w)\s+(?:to\s+(?:keep|store|record|note|manage|track|list)|that\s+(?:we|you)\s+(?:keep|need\s+to\s+keep))"
    r"(?=\s*(?:[,;:.–—-]|$))",
    re.IGNORECASE,
)
US = r"(?:us|me|we|ours|ourselves|myself|our\s+own)(?:\s+(?:all|here|alone|ourselves))?"
KEEP = r"(?:keep|store|record|track|register|save|note|list|manage)"
IT = r"(?:it|that|this|them|us|those)"
NO_RECORD = (
    r"(?:(?:so|and|but)\s+)?(?:(?:we\s+)?(?:don't|do\s+not|needn't)\s+(?:(?:need|have|want)\s+(?:to\s+)?)?"
    rf"(?:{KEEP}\s+)?(?:(?:an?y?\s+)?(?:records?|list)\s+of\s+)?{IT}|(?:there(?:'s|\s+is)\s+)?no\s+need\s+(?:to\s+{KEEP}|for)\s+{IT}|"
    rf"(?:(?:we\s+(?:need|keep|want|have)|there(?:'s|\s+is))\s+)?no\s+records?(?:\s+(?:of|for|on)\s+{IT})?(?:\s+(?:is\s+)?needed)?|"
    rf"(?:there(?:'s|\s+is)\s+)?nothing\s+to\s+{KEEP}(?:\s+(?:there|here|of\s+{IT}|about\s+{IT}))?|leave\s+{IT}\s+out|"
    rf"{IT}\s+(?:isn't|is\s+not|needn't\s+be|need\s+not\s+be)\s+(?:kept|stored|recorded|needed))"
)
NAME = r"[\w'-]{2,30}(?:\s+[\w'-]{2,30}){0,2}?"
ONLY = r"(?:(?:just|only|simply|really|nothing\s+but|all\s+of)\s+)*"
OURSELVES = tuple(
    regex(rf"^{LEAD}{form}(?:\s*[,;:.–—-]+\s*(?P<none>{NO_RECORD}))?(?:\s+(?:at\s+all|here|please))?$", re.IGNORECASE)
    for form in (
        rf"(?:(?:the|our|this|that|an?)\s+)?(?P<what>{NAME})\s*(?:is|are|'s|means?)\s+{ONLY}{US}",
        rf"we(?:'re|\s+are)\s+{ONLY}(?:the|that|this|one|a\s+single)\s+(?P<what>{NAME})(?:\s+(?:itself|ourselves))?",
        rf"(?:the|our)\s+(?P<what>{NAME})\s*[?:]\s*(?:that|it)(?:'s|\s+is)\s+{ONLY}{US}",
        rf"(?:it|that|this)(?:'s|\s+is)\s+{ONLY}{US}\s*,\s*(?:the|our)\s+(?P<what>{NAME})",
        rf"(?:it|that|this)(?:'s|\s+is)\s+{ONLY}(?:our|my)\s+own\s+(?P<what>{NAME})",
        (
            rf"(?:there(?:'s|\s+is)|we\s+have)\s+(?:just|only)\s+(?:the\s+)?one\s+(?P<what>{NAME})\s*[,:;–—-]+\s*"
            rf"(?:and\s+)?(?:(?:it|that)(?:'s|\s+is)\s+)?{US}"
        ),
    )
)
"""A firm that is whoever speaks: "the shop is us"."""
ONLY_ONE = tuple(
    regex(
        rf"^{LEAD}(?:no\s+need\s+(?:for|to\s+{KEEP})\s+{IT}\s*[,;:.–—-]+\s*(?:because\s+)?)?{form}"
        rf"(?:\s+(?:anyway|here|of\s+them|in\s+all))?(?:\s*[,;:.–—-]+\s*(?:so\s+)?{NO_RECORD})?$",
        re.IGNORECASE,
    )
    for form in (
        rf"there(?:'s|\s+is)\s+(?:(?:ever|just|only)\s+)+(?:the\s+)?(?:one|a\s+single)\s+(?P<what>{NAME})",
        rf"we\s+(?:(?:only|just)\s+)+have\s+(?:the\s+)?(?:one|a\s+single)\s+(?P<what>{NAME})",
        rf"we\s+have\s+(?:(?:only|just)\s+)+(?:the\s+)?(?:one|a\s+single)\s+(?P<what>{NAME})",
        r"we\s+(?:(?:only|just)\s+)+have\s+(?:the\s+)?(?P<what>)one",
        r"(?:(?:it|that)(?:'s|\s+is)\s+)?always\s+(?P<what>)the\s+same(?:\s+one)?",
        rf"(?:it|that)(?:'s|\s+is)\s+always\s+the\s+same\s+(?P<what>{NAME})",
        rf"(?:the|our)\s+(?P<what>{NAME})\s*[?:]\s*(?:there(?:'s|\s+is)|we\s+have)\s+(?:(?:just|only)\s+)+(?:the\s+)?one",
    )
)
"""There is one in all of what others belong to: nobody has to tell it from another."""
ITSELF = frozenset({"it", "that", "this", "they", "those"})
NUMBER_OF = regex(
    r"^(?:(?:but|and|instead|rather)\s+)?(?:(?:there(?:\s+is|'s)|it(?:\s+is|'s)|we)\s+)?(?:(?:just|only|simply|merely)\s+)*"
    r"(?:(?:keep|note|store|want|need|have|record|know|write\s+down|enter)\s+)?(?:(?:just|only)\s+)?"
    r"(?:(?:the|a)\s+(?:number|count)\s+of\s+|how\s+many\s+|count\s+(?:how\s+many\s+)?)(?:of\s+)?(?:(?:the|our|all)\s+)*"
    rf"(?P<what>{NAME})(?:\s+(?:there\s+(?:are|were|will\s+be)|we\s+have|are\s+(?:there|on\s+board)|it\s+has|fit|come|came|book))?"
    rf"(?:\s+(?:on|of|in|for|per|at|with)\s+(?:(?:the|an?|each|every|our)\s+)?(?P<thing>{NAME}))?$",
    re.IGNORECASE,
)
HEAD_COUNT = regex(
    r"^(?:(?:but|and|instead|rather)\s+)?(?:we\s+|it's\s+)?(?:(?:just|only|simply|merely)\s+)+(?:(?:keep|note|want|need)\s+)?"
    r"(?:the|an?)\s+(?:head\s*count|total|count|number)(?:\s+(?:of\s+)?(?:them|those))?$",
    re.IGNORECASE,
)
THEM = frozenset({"them", "they", "those", "these", "there"})


@dataclass(frozen=True)
class Counted:
    """What is only counted: in the plural, as said; empty for what is denied itself. And what it is counted of."""

    what: str
    thing: str


def in_short_denial(text: str) -> str:
    """Return a denial without that it was said before, without "a list of" and "to keep"; else as it is."""
    if len(text) > LONGEST:
        return text
    text = TOLD.sub("", text)
    if topic := OF_TOPIC.match(text):
        return f"there is no {topic['about'] or topic['topic']}{topic['end'] or ''}"
    if counted := COUNTED.match(text):
        return f"there are no {counted['what']}, we just count them"
    found = LIST.match(text)
    if found and not MISSED.search(text):
        none = "there is no" if found["none"].lower() == "no" else found["none"]
        text = f"{found['lead']}{none} {text[found.end() :]}"
    return TO_KEEP.sub("", text, count=1) if re.match(rf"{LEAD}{NONE}\s", text, re.IGNORECASE) else text


def of_ourselves(text: str, noun: str = "") -> str:
    """Return what a sentence says is just whoever speaks: a firm, or people of whom it says that no record is kept.

    ``noun`` is what "it" means.
    """
    what, none = said_of_us(text)
    what = noun if what.lower() in ITSELF else what
    return what if what and (none or not is_person(what)) else ""


def only_one(text: str, noun: str) -> str:
    """Return what a sentence says there is one of in all, such as a firm; ``noun`` is what it was asked about."""
    found = next((match for form in ONLY_ONE if (match := form.match(text))), None) if len(text) <= LONGEST else None
    what = found["what"] or noun if found else ""
    return "" if is_person(what) or what.lower() in {"of them", "of those", "here"} else what


def says_who_we_are(text: str) -> bool:
    """Tell whether words say who speaks, also of people: "we are the bakers" names nothing that is kept about them."""
    return bool(said_of_us(text)[0])


def said_of_us(text: str) -> tuple[str, str]:
    """Return what is whoever speaks, and the words behind it that no record is kept of it."""
    found = next((match for form in OURSELVES if (match := form.match(text))), None) if len(text) <= LONGEST else None
    return (found["what"], found["none"] or "") if found else ("", "")


def counted_in(aside: str) -> Counted | None:
    """Return what words behind a denial say is only counted: "we just count the passengers"; or None."""
    if len(aside) > LONGEST:
        return None
    if HEAD_COUNT.match(aside):
        return Counted("", "")
    found = NUMBER_OF.match(aside)
    if found is None:
        return None
    what = found["what"].lower()
    return Counted("" if what.split()[0] in THEM else what, (found["thing"] or "").lower())
