"""What answers in people's own words choose of how two things are linked: "it just names its potter", "only one"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from bot.patterns import regex
from bot.planning.built_in.questions.left_words import content_of
from bot.planning.built_in.words.vocabulary import (
    EVENT_FIELDS,
    base_verb,
    entity_name,
    singular,
    spoken,
    straight,
    word_set,
    words_of,
)
from bot.planning.conversation import Question

__all__ = ["LinkChoice", "RecordTold", "is_choice_of", "is_optional", "link_chosen", "one_or_several", "record_told"]

LONGEST = 160
SO = r"(?:(?:just|only|simply|merely|really|always|exactly|already|always\s+just|at\s+most)\s+)*"
ITS = r"(?:its|one|the|an?|his|her|their|whose|which|who)"
WHO = r"(?:who|whom|whose|which|what)"
HISTORY = r"(?:history|past|earlier\s+ones?|who\s+(?:had|has\s+had)\s+it|what\s+was\s+before)"


CHOICE_WORDS = word_set(
    "reference pointer link connection history past current present latest record table entry date separate extra own "
    "optional itself already just only simply merely really always exactly ever one single several many multiple "
    "shared name point refer mention need want know care keep now when before time both way side back other empty none "
    "old earlier former previous see show later day replace all nothing "
    "please think would prefer be fine enough n m more than"
)
"""How people speak of the choices of a link."""


class LinkChoice(Enum):
    """What a link between two things may be."""

    RECORD = "a record of its own, with dates"
    LINK = "only a link"
    MANY = "many to many"


@dataclass(frozen=True)
class RecordTold:
    """A record as an answer tells of it: what it is called, and what it has; either may be missing."""

    noun: str
    facts: str


IT_IS = r"(?:(?:yes|no|ok|well)\b[,\s]+)?(?:(?:it|that|this)(?:'s|\s+is|\s+should\s+be)\s+)?"
OWN_RECORD = r"(?:an?\s+)?(?:(?:own|separate|extra)\s+)?(?:record|table|entry|thing)(?:\s+of\s+(?:its|their)\s+own)?"
ITS_NOUN = r"(?P<noun>[a-z][\w-]*(?:\s[a-z][\w-]*)?)"
WITH = r"\s*,?\s+(?:and\s+)?(?:with|that\s+has|which\s+has|it\s+has|having)\s+(?P<facts>\S.*)"
TOLD = tuple(
    regex(rf"^{IT_IS}{form}$", re.IGNORECASE)
    for form in (
        rf"{OWN_RECORD}\s*,?\s+(?:(?:which\s+is\s+)?(?:called|named)|namely)\s+(?:an?\s+|the\s+)?{ITS_NOUN}(?:{WITH})?",
        rf"(?:called|named)\s+(?:an?\s+|the\s+)?{ITS_NOUN}(?:{WITH})?",
        rf"(?P<noun>){OWN_RECORD}{WITH}",
        rf"an?\s+{ITS_NOUN}(?:\s+of\s+its\s+own)?{WITH}",
        rf"an?\s+{ITS_NOUN}(?:\s+of\s+its\s+own)?(?P<facts>)",
    )
)
"""A record told in so many words: "a record of its own, called loan, with a note", "it is a loan, with a note"."""
NO_NAMES = word_set("link reference pointer connection name record table entry thing history list choice question both")
GENERAL = regex(r"(?:(?:its|the|their|own|some)\s+)*(?:dates?|history|date\s+and\s+time)[\s.!]*", re.IGNORECASE)
LONGEST_TOLD = 600
LINK = (
    rf"\b(?:{SO}names?|shows?|points?\s+to|refers?\s+to|mentions?|references?)\s+{SO}{ITS}\b",
    r"\b(?:just|only|simply)\s+(?:a\s+|the\s+)?(?:reference|pointer|link|name|connection)\b",
    r"\bitself\s+is\s+(?:already\s+)?(?:the|that|our|a)\b",
    r"\bis\s+already\s+(?:the|that|our|a|its\s+own)\b",
    r"\bno\s+(?:separate|extra|own|additional|further)\s+(?:record|table|thing|entity)\b",
    r"\bno\s+(?:record|table|dates|history)\b",
    rf"\b(?:don't|do\s+not|needn't)\s+(?:need|want|keep|care\s+about|have)\s+(?:any\s+|the\s+|a\s+)?(?:record|dates|{HISTORY})",
    rf"\b(?:only|just)\s+(?:need\s+|want\s+|keep\s+|care\s+about\s+|know\s+)?(?:the\s+)?(?:current|present|latest)\b|\b{WHO}\s+(?:it\s+is|has\s+it|is\s+it)\s+now\b",
    rf"^(?!.*\b(?:before|old|past|earlier)\b).*\b{WHO}\s+[\w-]+\s+(?:it\s+|them\s+)?(?:right\s+)?now\b",
    rf"\b(?:each|every|an?|the|any)\s+[\w-]+\s+(?:has|belongs\s+to|is\s+(?:for|of|by|from))\s+{SO}(?:one|a\s+single)\b",
    r"\bone\s+[\w-]+\s+(?:per|for\s+each|for\s+every)\s+[\w-]+\b",
)
RECORD = (
    rf"\b(?:need|want|keep|like|track|see|know|with)\b.{{0,30}}\b{HISTORY}\b",
    rf"\b{HISTORY}\s+(?:matters|is\s+important|counts)\b",
    r"\b(?:keep|track|note|record|know|see|with)\b.{0,20}\b(?:when|dates?|from\s+when|since\s+when)\b",
    r"\bwho\s+and\s+when\b",
    r"\b(?:also|even|and)\s+(?:all\s+)?(?:the\s+)?(?:old|older|past|earlier|former|previous)\s+ones\b",
    r"\b(?:each|every)\s+[\w-]+,?\s+with\s+(?:its|the|a)\s+(?:date|day|time)s?\b",
    r"\b(?:record|table|entry|thing|entity)\s+(?:of\s+its\s+own|for\s+(?:each|every|it))\b",
    r"\b(?:own|separate|extra)\s+(?:record|table|entry|thing|entity)\b",
)
MANY = (
    r"\b[nm]\s*(?::|to)\s*[nm]\b",
    r"\bmany[\s-]+to[\s-]+many\b",
    r"\b(?:several|many|more\s+than\s+one)\b.*\b(?:each|both\s+ways|both\s+sides|and\s+(?:back|vice\s+versa|the\s+other\s+way)|of\s+each)\b",
    r"\bboth\b.{0,20}\b(?:several|many)\b",
    r"\b(?:several|many)\b.{1,60}\b(?:and|as\s+well\s+as)\b.{1,60}\b(?:several|many)\b",
)
FORMS = tuple(
    (choice, tuple(regex(form, re.IGNORECASE) for form in forms))
    for choice, forms in ((LinkChoice.MANY, MANY), (LinkChoice.LINK, LINK), (LinkChoice.RECORD, RECORD))
)
DENIED_RECORD = regex(
    r"\b(?:no|not|don't|do\s+not|without|needn't|never)\b.{0,30}\b(?:records?|tables?|dates?|history|when|entry|thing)\b",
    re.IGNORECASE,
)
OPTIONAL = regex(
    r"\boptional\b|\bat\s+most\s+one\b|\bone\s+or\s+(?:none|no)\b|\bif\s+any\b|\bor\s+none\b|\b(?:may|can|might)\s+be\s+"
    r"(?:empty|missing|left\s+(?:out|empty)|nobody|none)\b|\bnot\s+(?:every|always|all)\b|\bsometimes\b|\bneedn't\b",
    re.IGNORECASE,
)
UNSURE = regex(
    r"\b(?:depends|maybe|perhaps|sometimes|unless|either|not\s+sure|it\s+varies|mostly|usually)\b|\?", re.IGNORECASE
)
ONE = regex(
    r"\b(?:only|just|exactly|always|ever|never\s+more\s+than|no\s+more\s+than|not\s+more\s+than|at\s+most)\s+(?:ever\s+)?(?:(?:in|on|at|to|with|of|for)\s+)?"
    r"(?:the\s+|exactly\s+|a\s+single\s+)?(?:one|single)\b|\bone\s+(?:only|at\s+a\s+time|at\s+most|each)\b|\ba\s+single\s+one\b|"
    r"\b(?:one\s+and\s+the\s+same|the\s+same\s+one)\b|\bnot\s+(?:in\s+|to\s+)?(?:several|many|more)\b|^(?:in\s+)?one$",
    re.IGNORECASE,
)
HOW_MANY = regex(r"\bhow\s+many\b", re.IGNORECASE)
SEVERAL = regex(
    r"\b(?:several|many|more\s+than\s+one|multiple|any\s+number|two\s+or\s+more|as\s+many|different\s+ones|shared?)\b",
    re.IGNORECASE,
)


def is_choice_of(question: Question, reply: str) -> bool:
    """Tell whether a reply plainly chooses one of the options of a question, and speaks of nothing else.

    Where several questions are open, such a reply needs no number before it.
    """
    text = straight(reply, " .!")
    if len(text) > LONGEST or not speaks_only_of(question, text):
        return False
    kind = question.id.partition(":")[0]
    if kind == "link" and link_chosen(text):
        return True
    if kind == "several" and one_or_several(text) is not None:
        return True
    begun = [one for one in question.options if re.match(rf"{re.escape(text)}\b", one, re.IGNORECASE)]
    return len(begun) == 1 and len(words_of(text)) > 1


def speaks_only_of(question: Question, text: str) -> bool:
    """Tell whether all that words speak of stands in a question, or is how people speak of its choices."""
    asked = " ".join((question.text, question.reason, *question.options, *question.examples))
    known = {singular(word) for word in words_of(asked)} | CHOICE_WORDS
    return {base_verb(word) or word for word in content_of(text)} | content_of(text) <= known | {
        base_verb(word) or word for word in known
    }


def link_chosen(answer: str) -> LinkChoice | None:
    """Return what an answer means a link to be, or None where it is not plain."""
    text = straight(answer, " .!")
    if len(text) > LONGEST or UNSURE.search(text):
        return None
    found = [choice for choice, forms in FORMS if any(form.search(text) for form in forms)]
    if LinkChoice.RECORD in found and DENIED_RECORD.search(text):
        found.remove(LinkChoice.RECORD)
    if LinkChoice.MANY in found:
        return LinkChoice.MANY
    return found[0] if len(found) == 1 else None


def record_told(answer: str) -> RecordTold | None:
    """Return the record that an answer gives a name or facts of its own, or None where it tells of none."""
    text = straight(answer, " .!")
    match = next(filter(None, (form.match(text) for form in TOLD)), None) if len(text) <= LONGEST_TOLD else None
    if match is None or "?" in text:
        return None
    noun, facts = match["noun"] or "", match["facts"] or ""
    facts = "" if GENERAL.fullmatch(facts) else re.sub(r"^(?:the\s+)?dates(?:\s*,|\s+and)\s+", "", facts)
    if noun and (not entity_name(noun) or set(words_of(noun)) & (NO_NAMES | {"one", "many", "several"})):
        return None
    if noun and not facts and "called" not in text and "named" not in text and noun.split()[-1] not in EVENT_FIELDS:
        return None
    return RecordTold(spoken(entity_name(noun)) if noun else "", facts) if noun or facts else None


def is_optional(answer: str) -> bool:
    """Tell whether an answer says that a link may be empty."""
    return OPTIONAL.search(straight(answer)) is not None


def one_or_several(answer: str) -> bool | None:
    """Return whether an answer says that something can be in several (True) or in one only (False), or None."""
    text = straight(answer, " .!")
    if len(text) > LONGEST or UNSURE.search(text):
        return None
    text = HOW_MANY.sub("", text)
    is_one, is_several = ONE.search(text) is not None, SEVERAL.search(text) is not None
    if re.search(
        r"\b(?:not|never|no)\s+(?:\w+\s+){0,2}(?:several|many|more\s+than\s+one|multiple|shared?)\b",
        text,
        re.IGNORECASE,
    ):
        return False
    return None if is_one == is_several else is_several
