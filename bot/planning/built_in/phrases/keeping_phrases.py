"""Reads which list of facts a clause keeps about which thing: "each van is recorded with …", "of a guest we note …".

A reading names the thing and the list as people wrote them. An empty thing is whatever was spoken of last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.patterns import regex
from bot.planning.built_in.words.field_kinds import named_kind
from bot.planning.built_in.words.sentences import items_of
from bot.planning.built_in.words.vocabulary import DETERMINERS, entity_name, has_plural, word_set, words_of

__all__ = ["KeptList", "is_fact", "read_kept_list"]

LONGEST_CLAUSE = 1_200
"""Characters; a longer clause is read item by item."""
ARTICLE = r"(?:(?:each|every|all|an?|the|our|any|one|single|individual|such)\s+)*"
NOUN = r"(?!(?:we|you|they|it|i)\b)[a-z][\w-]*(?:\s+(?!(?:we|you|they|it|i|is|are)\b)[a-z][\w-]*){0,2}?"
WE = (
    r"(?:we|i|you|they|one|the (?:team|office|desk|staff|system|app))(?:'d|'ll)?"
    r"(?:\s+(?:also|then|always|usually|only|just|must|should|shall|would|will|can|want to|"
    r"need to|have to|like to|decided to|agreed to|"
    r"would like to|currently|simply))*"
)
STORE = (
    r"(?:keep|store|record|note|save|log|track|register|need|want|know|write|enter|collect|document|hold|list|capture|"
    r"take|jot|put|ask for|have|remember|give us|tell us|send us|provide)(?:\s+(?:down|up|"
    r"in))?(?:\s+(?:track|record|a record|a note)\s+of)?(?:\s+to\s+(?:know|"
    r"have|keep|store|record|see|note|enter|save))?"
)
STORED = (
    r"(?:kept|stored|recorded|noted|saved|logged|tracked|registered|needed|required|written|entered|collected|given|"
    r"documented|listed|captured|known|taken|specified|stated|indicated|provided|asked for|filled in|mandatory)"
    r"(?:\s+(?:down|too|as well|also|there|on it|for it|in (?:the|a|our)\s+[\w-]+|in))*"
)
DESCRIBED = (
    r"(?:known|recorded|stored|kept|described|identified|defined|registered|saved|entered|documented|listed|characteri[sz]ed|"
    r"noted|tracked|logged|catalogued|specified|represented|filed|created|set up|entered)"
)
OF = r"(?:for|of|about|on|from|with|per)"
BE = r"(?:is|are|must be|has to be|have to be|should be|will be|shall be|can be|gets?|be|being)"
ADVERB = r"(?:(?:also|always|usually|simply|only|then)\s+)*"
FORMS = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        rf"^{OF}\s+{ARTICLE}(?P<thing>{NOUN})[,:]?\s+{WE}\s+{STORE}:?\s+(?P<list>.+)$",
        (
            rf"^{OF}\s+{ARTICLE}(?P<thing>{NOUN}),?\s+(?:the following|these)(?:\s+(?:data|details|"
            rf"information|facts|fields|things|attributes))?\s+{BE}\s+"
            rf"{ADVERB}{STORED}\s*:?\s+(?P<list>.+)$"
        ),
        (
            rf"^(?:the following|these)(?:\s+(?:data|details|information|facts|fields|things|"
            rf"attributes))?\s+{BE}\s+{ADVERB}{STORED}\s+{OF}\s+"
            rf"{ARTICLE}(?P<thing>{NOUN})\s*:\s+(?P<list>.+)$"
        ),
        (
            rf"^{WE}\s+{STORE}\s+(?:for|of|about)\s+(?:each|every|all|an?|any)\s+(?P<thing>{NOUN})\s*[:,]?\s+"
            r"(?P<list>(?:an?|the|its|their|his|her|when|whether|how|what|which|who)\s.+)$"
        ),
        (
            rf"^{WE}\s+{STORE}\s+(?P<list>.+?)\s+(?:for|of|about|on)\s+(?:each|every|all|any)(?:\s+(?:the|our))?\s+"
            rf"(?P<thing>{NOUN})$"
        ),
        (
            rf"^{ARTICLE}(?P<thing>{NOUN})\s+{BE}\s+{ADVERB}{DESCRIBED}\s+(?:down\s+)?(?:with|by|through|under|using)"
            r"\s+(?P<list>.+)$"
        ),
        (
            rf"^{OF}\s+{ARTICLE}(?P<thing>{NOUN}),?\s+(?:the|an?)\s+{NOUN}\s+(?:also\s+|must\s+|should\s+|can\s+)?(?:enters?|records?|notes?|states?|"
            r"gives?|keeps?|writes? down|fills? in|provides?)\s+(?P<list>.+)$"
        ),
        (
            rf"^{ARTICLE}(?P<thing>{NOUN})\s+(?:(?:can|must|may|should|will)\s+)?(?:registers?(?: once)?,?|"
            rf"signs? up|enrols?|joins?|apply|applies|are added|is added|are entered|"
            r"come|comes|starts?)\s+with\s+(?P<list>.+)$"
        ),
        (
            rf"^{ARTICLE}(?P<thing>{NOUN})\s+(?:is an?|are)\s+(?!(?:for|of|in|at|on|by|from|all|about|"
            rf"always|also|[a-z]+ed)\b){NOUN}\s+with\s+(?P<list>.+)$"
        ),
        rf"^{OF}\s+{ARTICLE}(?P<thing>{NOUN}),?\s+(?P<list>.+?)\s+{BE}\s+{ADVERB}{STORED}(?P<more>,?\s+.+)?$",
        rf"^(?P<list>.+?)\s+{BE}\s+{ADVERB}{STORED}\s+{OF}\s+(?:each|every|all|an?|the|any)\s+(?P<thing>{NOUN})$",
        rf"^(?:for\s+)?(?:an?|the|each|every)?\s*(?P<thing>{NOUN})'s?\s+(?P<list>.+?)\s+{BE}\s+{ADVERB}{STORED}$",
        rf"^{WE}\s+{STORE}:?\s+(?:an?|the|each|every)\s+(?P<thing>{NOUN})'s?\s+(?P<list>.+)$",
        (
            rf"^(?:what|the things?|all)\s+{WE}\s+{STORE}\s+(?:for|of|"
            rf"about|per)\s+{ARTICLE}(?P<thing>{NOUN})(?:\s+(?:is|are)\s*:?|\s*:)\s+"
            r"(?P<list>.+)$"
        ),
        rf"^(?:for|of|about)\s+(?:our\s+)?(?P<thing>{NOUN})\s*:\s+(?P<list>.+)$",
        rf"^(?:{WE}\s+{STORE}\s*:?\s+)?(?:for|of)\s+(?:the|each|every|an?)\s+(?P<thing>{NOUN})\s*[:,]?\s+(?P<list>.+)$",
        rf"^(?P<list>.+?)\s+{BE}\s+{ADVERB}{STORED}(?P<more>,?\s+(?:and|plus|as well as|optionally)\s+.+)?$",
        rf"^{WE}\s+(?:{STORE}|gets?):?\s+(?P<list>.+)$",
        (
            r"^(?:it|they|each(?: one)?|these|this|every one|he|she)\s+(?:(?:also|usually|always|"
            r"then)\s+)*(?:has|have|holds?|contains?|carr(?:y|ies)|"
            r"shows?|gets?|needs?|consists? of|comes? with)\s+(?P<list>.+)$"
        ),
    )
)
"""Those without a thing mean what was spoken of last."""
WEAK = regex(
    rf"^{ARTICLE}(?P<thing>{NOUN})\s+(?:also\s+)?(?:gets?|needs?|bears?|features?|comes? with|"
    rf"is given|are given|receives?|carries|shows?|names?|records?|notes?|lists?|documents?|covers?|"
    r"states?|says?|specif(?:y|ies)|mentions?)\s+"
    r"(?P<list>(?:an?|its|their|the|when|who|what|which|whether|how|from when|since when)\s.+)$",
    re.IGNORECASE,
)
ENTERED_AS = regex(
    rf"^.{{0,120}}?\b(?:booked(?: in)?|recorded|registered|entered|noted|kept|logged|counted|"
    rf"filed)\s+as\s+(?:an?|one)\s+(?P<thing>{NOUN})\s*:\s*"
    r"(?P<list>.+)$",
    re.IGNORECASE,
)
"""What something is recorded as: "what they bring is booked in as a donation: donor, date, kilos"."""
SOMEBODY_NOTES = regex(
    r"^(?:(?:at|on|upon|during|after|before)\s+[\w ]{3,30}?,?\s+)?the\s+(?:[a-z]+\s+)"
    r"{1,2}(?:takes? down|writes? down|notes?(?: down)?|"
    r"enters?|jots? down)\s+(?P<list>(?:the|an?|their|its|who|which|when|how)\b.+)$",
    re.IGNORECASE,
)
MAKING = regex(
    rf"^(?:(?:for|at|on|with|after|when|if)\s+(?:each|every|an?|any|that|this)\s+{NOUN},?\s+)?{WE}\s+"
    r"(?:open|create|make|fill in|fill out|add|start|set up|file|issue|draw up|write|enter|register|put in|place|raise)"
    rf"\s+(?:an?|one)\s+(?:new\s+)?(?P<thing>{NOUN})\s*(?:\s+with|:|,?\s+(?:which|that)\s+(?:has|holds|contains|states|"
    r"says))\s+(?P<list>.+)$",
    re.IGNORECASE,
)
"""A record that somebody makes on an occasion: "for every visit we open an order with …"."""
HANDLING = regex(
    rf"^{WE}\s+(?:take|bring|hand|give|send|get)\s+(?:[a-z][\w-]*\s+){{1,3}}(?:in|out|back|off|away|over|apart)\b",
    re.IGNORECASE,
)
"""What is done with things, and no list of facts: "we take the pieces in and hand them back"."""
COMMON = word_set(
    "name title email e-mail mail phone telephone mobile number code address description text"
    " label city street country "
    "company contact note notes remark comment reason subject summary kind type category colour color brand make model "
    "plate place location language languages expertise department photo image website status state role"
)
"""What most things have: a list of one of these is a list of facts."""
OPENINGS = regex(
    r"^(?:an?|the|its|their|his|her|whether|how|when|what|which|who|where|optionally|maybe|possibly|if)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class KeptList:
    """A list of facts about a thing. ``thing`` is empty where the clause names none."""

    thing: str
    list: str
    is_weak: bool = False
    """The form may say something else ("regulars get a discount"): the thing must be known, or have several facts."""


@lru_cache(maxsize=1_000)
def read_kept_list(clause: str) -> KeptList | None:
    """Return the thing and the list of facts that a clause keeps, or None where it says something else."""
    if len(clause) > LONGEST_CLAUSE:
        return None
    text = " ".join(clause.split()).strip(" ,.")
    if HANDLING.match(text):
        return None
    for form in (MAKING, WEAK, ENTERED_AS, *FORMS, SOMEBODY_NOTES):
        match = form.match(text)
        if match is None:
            continue
        parts = match.groupdict()
        thing, listed = parts.get("thing") or "", f"{parts['list']}{parts.get('more') or ''}"
        if is_fact_list(listed, is_named=bool(thing)) and (not thing or entity_name(thing)):
            return KeptList(thing, listed, form is WEAK)
    return None


def is_fact(text: str) -> bool:
    """Tell whether words name a fact that many things have ("phone", "an e-mail if known", "due date")."""
    if re.match(
        r"(?:on |in |at |with |from |for |to |of |by )?(?:which|what|who|when|whether|how (?:many|much|long|often))\b",
        text,
        re.IGNORECASE,
    ):
        return True
    words = words_of(re.split(r"\s+(?:if|when|which|that|in|of|per)\s|\s*\(", text, maxsplit=1)[0])
    if re.search(r"\b(?:yes\s*/\s*no|y\s*/\s*n|optional|unique)$", text, re.IGNORECASE):
        return True
    while words and words[0] in DETERMINERS:
        words = words[1:]
    return bool(words) and (words[-1] in COMMON or bool(named_kind(words)))


def is_fact_list(listed: str, *, is_named: bool) -> bool:
    """Tell whether a list begins with a fact about something, not with things ("books and members")."""
    items = items_of(listed)
    if not items:
        return False
    words = words_of(items[0])
    if not words or words[0] in {
        "it",
        "them",
        "that",
        "this",
        "us",
        "you",
        "to",
        "not",
        "no",
        "we",
        "i",
        "they",
        "people",
        "someone",
    }:
        return False
    is_common = words[-1] in COMMON or bool(named_kind(words))
    if OPENINGS.match(items[0]):
        return not (len(words) > 1 and words[0] in {"the", "a", "an"} and has_plural(words[-1]) and not is_named)
    return is_common or (is_named and not has_plural(words[-1]))
