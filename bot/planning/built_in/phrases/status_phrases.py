"""Reads what may be done only while something is as it must be: "a broken kiln can't be booked".

A reading names words only; whether the draft has such a status is told by `bot.planning.built_in.rules.status_rules`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.patterns import regex
from bot.planning.built_in.phrases.rule_phrases import CANT
from bot.planning.built_in.words.vocabulary import straight

__all__ = ["StatusPhrase", "read_status_phrases"]

LONGEST = 240
LEAD = regex(
    r"^(?:(?:and|but|also|of course|please|obviously|naturally|clearly|so|then|however|note that|because)[\s,]+)+",
    re.IGNORECASE,
)
HANDED_OUT = regex(
    r"\bbe (?:(?:given|handed|lent|loaned|signed|checked) out|taken (?:home|out|away)|loaned)\b", re.IGNORECASE
)
"""Ways of saying that something is lent."""
WORD = r"[a-z][\w'-]*"
WORDS = rf"{WORD}(?:\s+{WORD}){{0,4}}"
STATE = rf"{WORD}(?:(?:,\s*|\s+){WORD}){{0,5}}"
DET = r"(?:(?:an?|the|any|every|each|all|those|such|our)\s+)?"
IS = r"(?:is|are|has been|have been)"
IT = r"(?:it|they|he|she)"
THAT_IS = rf"(?:that|which|who)\s*(?:'s|'re|\s+{IS}|\s+was|\s+were)"
IT_IS = rf"(?:(?:it|they|he|she|this|that)\s*(?:'s|'re|\s+{IS})\s+)?"
CAN = r"(?:can|may|could|is allowed to|are allowed to|get to|gets to)"
MAY_NOT = r"(?:can|may) no longer|(?:is|are) not allowed to|(?:isn't|aren't) allowed to|(?:does|do)n't get to"
CANNOT = rf"(?:{CANT}|{MAY_NOT})"
DO_NOT = rf"(?:{CANT}|do not|don't|never|will not|won't)"
WHILE = r"(?:while|when|if|as long as|so long as|whenever|once|unless)"
DOES = rf"(?P<verb>{WORD})(?:\s+(?:or|nor|and)\s+(?P<verb2>{WORD}))?"
TAIL = r"(?:,?\s+(?:any ?more|any longer|at all|again|either|by any(?:one|body)|at any time|until then))?$"
NOBODY = r"(?:nobody|no one|no-one|none|noone)"
WE = r"(?:you|we|one|people|everybody|everyone|anybody|anyone|members|customers|users|they)"
LEADING = r"(?:(?:an?|the|any|another|more|new|one|several|further|other|on|for|in|at|to|into|from)\s+)*"
OBJECT = rf"(?:\s+{LEADING}(?P<object>{WORD}(?:\s+{WORD}){{0,2}}))?"
RECORD = rf"(?P<record>{WORD}(?:\s+{WORD})?)\s+(?:of|for|on|in|at|with|to|from)"
THERE_IS_NO = r"(?:there (?:is|are|can be|must be)\s+)?no\s+(?:new\s+|more\s+)?"
STATED = rf"{DET}(?P<thing>{WORDS})\s+{THAT_IS}\s+(?P<state>{STATE})"
NAMED = rf"{DET}(?P<what>{WORDS})"
THING = rf"{DET}(?P<thing>{WORDS})"
AS_IT_IS = rf"{WHILE}\s+{IT_IS}(?P<state>{STATE})"
ONCE_IT_IS = rf"(?:once|when|after|as soon as)\s+{IT_IS}(?P<state>{STATE})"
STAYS = regex(
    r"\s(?:stays?|remains?)\s+(?:exactly\s+|just\s+)?(?:as|the way)\s+(?:it|they)\s+(?:is|are|was|were)$", re.IGNORECASE
)
"""What can't be changed, in other words: "a finished repair stays as it is"."""

NAMING = rf"(?P<record>{WORD}(?:\s+{WORD})?)"
TO_IT = r"(?:\s+(?:to|on|in|into|for|from)\s+(?:an?|the|it|any)(?:\s+[a-z][\w'-]*){0,2}?)?"
THE_THING = rf"(?:the|its|their|an?)\s+(?P<thing>{WORD}(?:\s+{WORD})?)"
WHILE_IT_IS = (
    rf"{TO_IT}\s+(?:while|when|if|as long as|so long as|whenever|unless)\s+{THE_THING}\s+{IS}\s+(?P<state>{STATE})$"
)
"""The state of what something names: "pieces can only be added while the firing is planned"."""
ONCE_IT_LEFT = rf"{TO_IT}\s+(?:once|when|after|as soon as)\s+{THE_THING}\s+(?:has|have)\s+left\s+(?P<state>{STATE})$"

PATTERNS: tuple[tuple[str, str], ...] = (
    # what is done to what names a thing, by the state of the thing
    ("only", rf"^{DET}{NAMING}\s+{CAN}\s+only\s+be\s+{DOES}{WHILE_IT_IS}"),
    ("only", rf"^{DET}{NAMING}\s+{CAN}\s+be\s+{DOES}\s+only{WHILE_IT_IS}"),
    ("no", rf"^{DET}{NAMING}\s+{CANNOT}\s+be\s+{DOES}{WHILE_IT_IS}"),
    ("no", rf"^no\s+(?:new\s+|more\s+|further\s+)?{NAMING}\s+{CAN}\s+be\s+{DOES}{WHILE_IT_IS}"),
    ("no", rf"^{NOBODY}\s+{CAN}\s+{DOES}\s+{DET}{NAMING}{WHILE_IT_IS}"),
    ("only", rf"^{NOBODY}\s+{CAN}\s+{DOES}\s+{DET}{NAMING}{ONCE_IT_LEFT}"),
    ("only", rf"^{DET}{NAMING}\s+{CANNOT}\s+be\s+{DOES}{ONCE_IT_LEFT}"),
    # what is done to what names a thing
    ("no", rf"^{THERE_IS_NO}{RECORD}\s+{STATED}$"),
    ("no", rf"^{THERE_IS_NO}{RECORD}\s+{NAMED}$"),
    ("no", rf"^{DET}{RECORD}\s+{STATED}\s+{CANNOT}\s+be\s+{DOES}{TAIL}"),
    ("no", rf"^{DET}{RECORD}\s+{NAMED}\s+{CANNOT}\s+be\s+{DOES}{TAIL}"),
    ("only", rf"^only\s+{DET}{RECORD}\s+{STATED}\s+{CAN}\s+be\s+{DOES}{TAIL}"),
    ("only", rf"^only\s+{DET}{RECORD}\s+{NAMED}\s+{CAN}\s+be\s+{DOES}{TAIL}"),
    ("no", rf"^{WE}\s+{DO_NOT}\s+{DOES}\s+{DET}{RECORD}\s+{STATED}$"),
    ("no", rf"^{WE}\s+{DO_NOT}\s+{DOES}\s+{DET}{RECORD}\s+{NAMED}{TAIL}"),
    # what is done to a thing
    ("no", rf"^{STATED}\s+{CANNOT}\s+be\s+{DOES}{TAIL}"),
    ("no", rf"^{NAMED}\s+{CANNOT}\s+be\s+{DOES}{TAIL}"),
    ("no", rf"^{THING}\s+{CANNOT}\s+be\s+{DOES}\s+{AS_IT_IS}$"),
    ("no", rf"^{WHILE}\s+{THING}\s+{IS}\s+(?P<state>{STATE}),?\s+{IT}\s+{CANNOT}\s+be\s+{DOES}{TAIL}"),
    ("no", rf"^{ONCE_IT_IS},\s+{THING}\s+{CANNOT}\s+be\s+{DOES}{TAIL}"),
    ("only", rf"^only\s+{STATED}\s+{CAN}\s+be\s+{DOES}{TAIL}"),
    ("only", rf"^only\s+{NAMED}\s+{CAN}\s+be\s+{DOES}{TAIL}"),
    ("only", rf"^{THING}\s+{CAN}\s+only\s+be\s+{DOES}\s+{AS_IT_IS}$"),
    ("only", rf"^{THING}\s+{CAN}\s+be\s+{DOES}\s+only\s+{AS_IT_IS}$"),
    # what somebody may not do with a thing
    ("no", rf"^{NOBODY}\s+{CAN}\s+{DOES}\s+{STATED}$"),
    ("no", rf"^{NOBODY}\s+{CAN}\s+{DOES}\s+{NAMED}{TAIL}"),
    ("no", rf"^{WE}\s+{DO_NOT}\s+{DOES}\s+{STATED}$"),
    ("no", rf"^{WE}\s+{DO_NOT}\s+{DOES}\s+{NAMED}{TAIL}"),
    ("only", rf"^{WE}\s+(?:{CAN}\s+)?only\s+{DOES}\s+{STATED}$"),
    ("only", rf"^{WE}\s+(?:{CAN}\s+)?only\s+{DOES}\s+{NAMED}{TAIL}"),
    # what a thing itself may do or get
    ("acts-no", rf"^{STATED}\s+{CANNOT}\s+{DOES}{OBJECT}{TAIL}"),
    ("acts-no", rf"^{THING}\s+{CANNOT}\s+{DOES}{OBJECT}\s+{WHILE}\s+{IT}\s+{IS}\s+(?P<state>{STATE})$"),
    ("acts-no", rf"^{NAMED}\s+{CANNOT}\s+{DOES}{OBJECT}{TAIL}"),
    ("acts-only", rf"^only\s+{STATED}\s+{CAN}\s+{DOES}{OBJECT}{TAIL}"),
    ("acts-only", rf"^only\s+{NAMED}\s+{CAN}\s+{DOES}{OBJECT}{TAIL}"),
)
COMPILED = tuple((kind, regex(pattern, re.IGNORECASE)) for kind, pattern in PATTERNS)
ISNT = regex(r"\b(is|are)n't\b(?! allowed)", re.IGNORECASE)
UNLESS = regex(r"(?:^|\s)unless\s", re.IGNORECASE)
NEGATED = regex(r"^(?:not|no longer|not yet|still not|never)\s+", re.IGNORECASE)
FILLERS = regex(
    r"^(?:(?:still|currently|already|now|just|marked(?: as)?|really|both|either|in fact)\s+)+", re.IGNORECASE
)
SEPARATORS = regex(r",\s*(?:or|and|nor)\s+|\s+(?:or|and|nor)\s+|,\s*", re.IGNORECASE)


@dataclass(frozen=True)
class StatusPhrase:
    """What a sentence makes depend on a status. ``is_allowed``: with these states it is possible, otherwise without."""

    thing: str
    states: tuple[str, ...]
    verbs: tuple[str, ...]
    is_allowed: bool
    acts: bool = False
    """The thing itself does it: it borrows, rather than being borrowed."""
    object: str = ""
    """What it does it with, as said."""
    record: str = ""
    """What names the thing, and is meant itself: "lines of a paid order"."""


@lru_cache(maxsize=1_000)
def read_status_phrases(sentence: str) -> tuple[StatusPhrase, ...]:
    """Return what a whole sentence may mean, the likeliest first: where an adjective ends and its noun begins is open.

    Said with "unless", a state allows what is forbidden otherwise.
    """
    text = HANDED_OUT.sub("be lent", LEAD.sub("", " ".join(straight(sentence).split())).strip(" .!"))
    text = STAYS.sub(" can't be changed", ISNT.sub(r"\1 not", text))
    return tuple(readings(text)) if len(text) <= LONGEST else ()


def readings(text: str) -> Iterator[StatusPhrase]:
    """Yield each reading of a sentence."""
    for kind, pattern in COMPILED:
        match = pattern.match(text)
        if match is None:
            continue
        said = {key: (value or "").strip().lower() for key, value in match.groupdict().items()}
        is_allowed = kind.endswith("only") != (UNLESS.search(text) is not None)
        verbs = tuple(filter(None, (said.get("verb", "create"), said.get("verb2", ""))))
        for thing, phrase in parts(said):
            states, is_negated = states_of(phrase)
            if states:
                acts, other, record = kind.startswith("acts"), said.get("object", ""), said.get("record", "")
                yield StatusPhrase(thing, states, verbs, is_allowed != is_negated, acts, other, record)


def parts(said: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the noun and the state of a match: the last words of "broken kilns", the first ones of "cars in repair"."""
    if said.get("state"):
        yield said["thing"], said["state"]
        return
    words = said.get("what", "").split()
    for size in range(1, min(3, len(words))):
        yield " ".join(words[-size:]), " ".join(words[:-size])
        yield " ".join(words[:size]), " ".join(words[size:])


def states_of(phrase: str) -> tuple[tuple[str, ...], bool]:
    """Return the states of a phrase, and whether it denies them: "not active", "no longer open"."""
    text = FILLERS.sub("", phrase.strip())
    denied = NEGATED.match(text)
    text = text[denied.end() :] if denied else text
    names = tuple(filter(None, (FILLERS.sub("", piece.strip()) for piece in SEPARATORS.split(text))))
    return names, denied is not None
