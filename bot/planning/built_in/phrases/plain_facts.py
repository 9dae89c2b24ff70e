"""Reads that something is no thing of its own: "berths aren't a thing", "berths is just a number of the boat".

Also the same without its subject, as an answer says it: "no, just a number".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import QUANTIFIER, SENTENCE_WORDS, straight, words_of

__all__ = ["PlainFact", "is_counted", "read_plain_answer", "read_plain_fact", "says_no_thing"]

LONGEST = 160
KINDS = {
    "number": "int", "count": "int", "figure": "int", "integer": "int", "whole number": "int", "quantity": "int",
    "text": "str", "string": "str", "word": "str", "words": "str", "label": "str", "letter": "str",
    "date": "date", "price": "Decimal",
    "yes or no": "bool", "yes/no": "bool", "flag": "bool",
    "field": "", "fact": "", "property": "", "attribute": "", "detail": "", "value": "", "column": "", "part": "",
}  # fmt: skip
KIND = r"(?P<kind>whole number|yes or no|yes/no|[a-z]+?)s?"
NAME = r"[\w'-]+(?:\s+[\w'-]+){0,2}?"
ARTICLES = r"(?:(?:the|an?|each|every|its|their|this|that|our|all)\s+)?"
ONLY = r"(?:just|only|simply|merely|really just|nothing but|really|plainly|no more than|actually)"
OF = rf"(?:\s+(?:of|on|in|for|about|per|inside)\s+{ARTICLES}(?P<owner>{NAME}))?"
BE = r"(?:is|are|was|were|be|'s|'re)"
NOT = r"(?:\s+not|n't)"
THING = (
    r"(?:(?:an?|one of the|any|no)\s+)?(?:(?:real|separate|own|proper)\s+)?"
    r"(?:things?|entit(?:y|ies)|tables?|objects?|models?)(?:\s+(?:of|on)\s+(?:its|their)\s+own)?"
)
REST = r"(?P<rest>[,;:\s–—-].*)?"
NONE = r"no\s+(?:things?|tables?|entit(?:y|ies))\s+(?:called\s+|named\s+|for\s+|of\s+)?"
MEANT = r"(?:(?:really|actually|meant (?:as|to be))\s+)?"
LEAD = r"(?:(?:no|nope|please|sorry|well|but|and|ok|okay|oh)\b[,\s]+)*"
A_KIND = rf"(?:(?:an?|one|some|the)\s+)?(?:(?:plain|simple|single|mere|short|little)\s+)?{KIND}"
NO_THING = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        rf"^{LEAD}{ARTICLES}(?P<what>{NAME})\s*{BE}{NOT}\s+{MEANT}{THING}{REST}$",
        rf"^{LEAD}{ARTICLES}(?P<what>{NAME})\s+(?:should|must|shall|need|do|does)(?:\s+not|n't)\s+(?:to\s+)?(?:be|have|need|become)\s+{THING}{REST}$",
        rf"^{LEAD}(?:don't|do not|never)\s+make\s+{ARTICLES}(?P<what>{NAME})\s+(?:into\s+)?{THING}{REST}$",
        rf"^{LEAD}(?:there\s+(?:is|are)|we\s+(?:need|want|have))\s+{NONE}{ARTICLES}(?P<what>{NAME}){REST}$",
    )
)
PLAIN = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        rf"^{LEAD}{ARTICLES}(?P<what>{NAME})\s*{BE}\s+(?P<only>{ONLY}\s+){A_KIND}{OF}$",
        rf"^{LEAD}(?:(?:the|each|every|its|their|this|that|our|all)\s+)?(?P<what>{NAME})\s*{BE}\s+(?P<only>){A_KIND}{OF}$",
        rf"^{LEAD}(?:keep|store|treat|make|save|take|put|count)\s+{ARTICLES}(?P<what>{NAME})\s+(?P<only>{ONLY}\s+)?(?:as\s+|into\s+)?{A_KIND}{OF}$",
    )
)
SHORT = regex(rf"^{LEAD}(?:(?:it|they|that|this|these|those)\s*{BE}\s+)?(?:{ONLY}\s+)*{A_KIND}{OF}$", re.IGNORECASE)
NOT_A_THING = regex(
    rf"^{LEAD}(?:(?:it|they|that|this|these|those)\s*(?:{BE}{NOT}|{BE}\s+no)|not)\s+{MEANT}{THING}\s*[,;:.–—-]+\s*"
    rf"(?:(?:but|rather|instead|because)\s+)?(?=(?:it|they|that|this)\s*{BE}|{ONLY}\b|an?\b)",
    re.IGNORECASE,
)
"""What an answer says first of what is only a number: "it's not a thing, it's just a number"."""
NAME_ON = regex(
    rf"(?<=\b(?:just|only)\s)(?:(?:the|an?|its|their|his|her)\s+)?(?:[\w-]+'s\s+)?(?:names?|initials)(?:\s+of\s+the\s+[\w-]+)?"
    rf"(?=\s+(?:on|in)\s+{ARTICLES}\w)",
    re.IGNORECASE,
)
"""Somebody's name that is written on another thing: "just the mechanic's name on the repair"."""
TAIL = regex(
    r"(?:\s+(?:that\s+|which\s+)?(?:we|they|people)\s+(?:write(?:\s+down)?|note(?:\s+down)?|keep|enter|type\s+in))?"
    r"(?:\s*[,(–—-]?\s*(?:like|such\s+as|for\s+example|e\.?g\.?)\s+(?P<example>[^,;]{1,40}))?$",
    re.IGNORECASE,
)
"""What may stand behind a kind of field: that it is noted, and an example of it."""
ONLY_TEXT = regex(
    rf"^{LEAD}(?:(?:it|they|that|this)\s*{BE}\s+)?(?:{ONLY}\s+)+(?:(?:an?|some)\s+)?"
    r"(?:(?:plain|simple|single|mere|short|little)\s+)?(?:text|string|words?|label)s?\b",
    re.IGNORECASE,
)
"""An answer that speaks of the thing itself: nobody asks for a field called text."""
HOW_MANY = regex(rf"^{LEAD}(?:{ONLY}\s+)*(?:how\s+many|the\s+number\s+of|the\s+count)\b[\w\s]{{0,40}}$", re.IGNORECASE)
HOW_MUCH = regex(r"(?<=\bnumber)\s*[,;:–—-]\s*how\s+(?:many|much)\b[\w\s]{0,60}$", re.IGNORECASE)
"""What a number tells, behind it: "only a number, how many fit in the basket"."""
ASIDE = regex(
    rf"^[,;:\s–—-]*(?:(?:but|and|rather|because|instead)\s+)?(?:(?:it|they|that)\s*{BE}\s+)?(?:{ONLY}\s+)*{A_KIND}{OF}$",
    re.IGNORECASE,
)
COUNTED = regex(r"\ban?\s+(?:number|count)\s+of\b", re.IGNORECASE)
FIRM = regex(r"^(?:no|nope|it|they|that|this|these|those)\b", re.IGNORECASE)
PRONOUNS = frozenset({"it", "that", "this", "they", "these", "those", "which", "what", "there", "everything"})


@dataclass(frozen=True)
class PlainFact:
    """What is no thing of its own. ``kind`` is the type of what it is instead, where words said it.

    ``owner`` is what it is a fact of; ``is_no_thing``: nothing said that it is a fact of anything at all.
    """

    what: str
    kind: str = ""
    owner: str = ""
    is_no_thing: bool = False
    is_firm: bool = False
    """An answer that speaks of the thing itself: "a number" may be one of its facts, "it's just a number" is not."""


def read_plain_fact(sentence: str) -> PlainFact | None:
    """Return what a sentence says is no thing of its own, or None where it says anything else."""
    text = NAME_ON.sub("a text", straight(sentence, " .!"), count=1)
    if len(text) > LONGEST:
        return None
    for pattern in NO_THING:
        match = pattern.match(text)
        if match and is_name(match["what"]):
            aside = ASIDE.match(match["rest"] or "")
            if (match["rest"] or "").strip(" ,;:–—-") and not (aside and kind_of_word(aside["kind"]) is not None):
                continue
            kind = kind_of_word(aside["kind"]) if aside else None
            return PlainFact(match["what"], kind or "", aside["owner"] or "" if aside else "", is_no_thing=kind is None)
    for pattern in PLAIN:
        match = pattern.match(text)
        kind = kind_of_word(match["kind"]) if match else None
        if match and kind is not None and is_name(match["what"]) and (match["only"] or kind in {"int", "str", ""}):
            return PlainFact(match["what"], kind, match["owner"] or "")
    return None


def says_no_thing(sentence: str) -> bool:
    """Tell whether a sentence says in so many words that something is no thing: "a berth is not a thing"."""
    text = straight(sentence, " .!")
    is_said = len(text) <= LONGEST and any(pattern.match(text) for pattern in NO_THING)
    return is_said and read_plain_fact(sentence) is not None


def read_plain_answer(answer: str) -> PlainFact | None:
    """Return what "no, just a number" says of what was asked about, or None where an answer says anything else."""
    text = straight(answer, " .!")
    if len(text) > LONGEST:
        return None
    if HOW_MANY.match(text):
        return PlainFact("", "int", is_firm=True)
    short = NAME_ON.sub("a text", NOT_A_THING.sub("", HOW_MUCH.sub("", text)), count=1)
    tail = TAIL.search(short)
    match = SHORT.match(short[: tail.start()] if tail else short)
    kind = kind_of_word(match["kind"]) if match else None
    if match is None or kind is None:
        return read_plain_fact(HOW_MUCH.sub("", text))
    if kind == "int" and tail and re.search(r"[a-z]", tail["example"] or "", re.IGNORECASE):
        kind = "str"
    is_denied = NOT_A_THING.match(text) is not None
    return PlainFact("", kind, match["owner"] or "", is_firm=is_denied or is_firm(match, short))


def is_firm(match: re.Match[str], text: str) -> bool:
    """Tell whether an answer speaks of the thing itself: it says of what it is a fact, or that it is a mere field."""
    return bool(match["owner"] or FIRM.match(text) or ONLY_TEXT.match(text)) or match["kind"].lower() == "field"


def is_counted(quote: str) -> bool:
    """Tell whether words speak of a number of things, which may be all that is meant: "a number of berths"."""
    return COUNTED.search(quote) is not None


def kind_of_word(word: str | None) -> str | None:
    """Return the type that a word for a kind of fact means (empty: any), or None for any other word."""
    return KINDS.get((word or "").lower())


def is_name(what: str) -> bool:
    """Tell whether words may name a thing: no pronoun and no sentence."""
    words = words_of(re.sub(rf"^{QUANTIFIER}\s+", "", what, flags=re.IGNORECASE))
    return bool(words) and not set(words) & (SENTENCE_WORDS | PRONOUNS)
