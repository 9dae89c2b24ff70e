"""Reads that things aren't there, by their names, and what people say is kept in their place.

"There is no caller and no desk", "a caller is just whoever rings, no record of them", "…, only a name on the fault".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.phrases.denials import is_called
from bot.planning.built_in.phrases.told_denials import Counted, counted_in, in_short_denial, of_ourselves, only_one
from bot.planning.built_in.words.vocabulary import straight

__all__ = [
    "Instead",
    "aside_of",
    "counted_instead",
    "denied_nouns",
    "denies_by_name",
    "is_just_anybody",
    "said_instead",
]

LONGEST = 200
LEAD = r"(?:(?:no|nope|sorry|well|but|oh|please|wait|hm+|just|and|ok|okay)\b[,;:.!\s]+)*"
WRONG_QUESTION = r"(?:(?:(?:that|this|it)(?:'s|\s+is|\s+was)\s+)?(?:the\s+|a\s+)?wrong\s+question\s*[,:;.–—-]+\s*)?"
BE = r"(?:is|are|was|were|'s|'re)"
BE_NOT = r"(?:isn't|aren't|is\s+not|are\s+not|is\s+never|are\s+never)"
NOT = r"(?:don't|do\s+not|didn't|never|needn't)"
HAVE = r"(?:have|keep|need|know)"
STORE = r"(?:keep|store|record|track|register|save)"
STORED = r"(?:kept|stored|recorded|tracked|registered|saved|written\s+down)"
ARTICLE = r"(?:(?:an?y?|the|one|such\s+an?)\s+)?"
LATER = r"(?!(?:only|just|there|that|it|we|this|those|these|but|as|since|because|nobody|no)\b)"
JOINS = r"(?:between|without|for|to|with|by|than|of|on|in|at|from|who|that|which|can|may|is|are)"
WORD = rf"(?!{JOINS}\b)[\w'-]{{2,30}}"
NAME = rf"{WORD}(?:\s+{WORD}){{0,3}}?"
THERE_IS = rf"(?:(?:there\s*{BE}|we\s+{HAVE})\s+(?=no\b))?"
AND = rf"(?:and|or|nor)\s+{THERE_IS}(?:no\s+|an?\s+|any\s+)?"
NAMES = rf"(?P<what>{NAME}(?:\s*(?:,\s*)?\b{AND}{LATER}{NAME}|\s*,\s*{THERE_IS}(?:no\s+)?{LATER}{NAME}){{0,4}})"
KIND = r"(?:\s+(?:tables?|entit(?:y|ies)|things?|objects?))?"
HERE = r"(?:\s+(?:here|there|at\s+all|anywhere|in\s+(?:it|this|here|our\s+\w+)|with\s+us|either|too|as\s+well))*"
ASIDE = (
    r"(?P<aside>\s*[,;:.–—-]+\s*(?:only|just|there|that|it|we|this|those|these|but|instead|rather|as|since|because|"
    r"nobody|(?:the|an?|each|every)\s+[\w-]+\s+(?:just|only|simply))\b.*)?"
)
RECORDS = r"(?:any\s+)?(?:records?|data|track)\s+(?:of|on|for|about)\s+"
SAY = r"(?:said|say|mentioned?|asked\s+for|asks\s+for|spoke\s+of|wrote|talked\s+about|told\s+you|meant?)"
NEVER_SAID = (
    rf"(?:(?:i|we)\s+(?:never|didn't|did\s+not|haven't|have\s+not)\s+(?:ever\s+)?{SAY}|nobody\s+(?:ever\s+)?{SAY})"
)
THERE = (
    r"(?:that\s+)?(?:there\s+(?:is|are|was|were|should\s+be|would\s+be|must\s+be)\s+|"
    r"(?:we|you)\s+(?:have|had|keep|need)\s+)?"
)
FORMS = tuple(
    regex(rf"^{LEAD}{WRONG_QUESTION}{form}{KIND}{HERE}{ASIDE}$", re.IGNORECASE)
    for form in (
        rf"(?:there\s*{BE}|we\s+{HAVE})\s+(?:no\s+records?\s+(?:of|on|for|about)\s+{ARTICLE}|no\s+|neither\s+(?:an?\s+)?){NAMES}",
        rf"there\s+{BE_NOT}\s+{ARTICLE}{NAMES}",
        rf"{ARTICLE}{NAMES}\s+(?:does|do)(?:\s+not|n't)\s+exist",
        rf"neither\s+{ARTICLE}{NAMES}\s+(?:exists?|(?:is|are)\s+(?:there|(?:an?\s+)?(?:things?|records?|tables?)|{STORED}))",
        rf"{ARTICLE}{NAMES}\s+(?:{BE_NOT}|(?:is|are)\s+no)\s+(?:things?|records?|tables?)",
        rf"(?:there\s*{BE}\s+)?no\s+{NAMES}\s*,?\s+please",
        rf"no\s+{NAMES}(?=\s*[,;:.–—-]+\s*(?:only|just|we\s+(?:just|only))\b)",
        rf"{NEVER_SAID}\s*,?\s+{THERE}{ARTICLE}{NAMES}",
        rf"we\s+{NOT}\s+(?:{STORE}|want)\s+(?:{RECORDS})?{ARTICLE}{NAMES}",
        rf"no\s+records?\s+(?:of|on|for|about)\s+{ARTICLE}{NAMES}(?:\s+(?:is|are)\s+{STORED})?",
        rf"nothing\s+(?:is\s+)?{STORED}\s+(?:of|about|on|for)\s+{ARTICLE}{NAMES}",
        rf"{ARTICLE}{NAMES}\s+{BE_NOT}\s+{STORED}",
    )
)
"""Sentences that say of things, by their names, that there are none."""
PARTS = regex(
    rf"(?:\s*,\s*(?:(?:and|or|nor)\s+)?|\s+(?:and|or|nor)\s+){THERE_IS}(?:no\s+|an?\s+|any\s+)?", re.IGNORECASE
)
SOMEBODY = (
    r"(?:(?:just|only|simply|merely|nothing\s+but)\s+)?(?:whoever|anyone|anybody|someone|somebody|everyone|everybody|"
    r"(?:the\s+|a\s+|any\s+|some\s+)?(?:person|people|one|those)\s+(?:who|that))\b[^,;:.]*"
)
IT = r"(?:it|they|that|this|these|those|them|him|her)"
NO_RECORD = (
    rf"(?:so\s+|and\s+|but\s+)?(?:(?:there\s*{BE}|we\s+{HAVE}|with|we\s+want)\s+)?(?:no\s+records?\b(?:\s+(?:of|on|for|about)\s+{IT})?"
    rf"(?:\s+(?:is|are)\s+(?:{STORED}|needed))?|(?:we\s+)?{NOT}\s+(?:{STORE}|need|want)\s+(?:{RECORDS})?{IT}|"
    rf"{IT}\s+{BE_NOT}\s+{STORED}|nothing\s+(?:is\s+)?{STORED}\s+(?:of|about|on|for)\s+{IT}|not\s+(?:{STORED}|a\s+record))"
)
JUST_SOMEBODY = regex(
    rf"^{LEAD}{ARTICLE}(?P<what>{NAME}|{IT})\s*(?:{BE}|means?|stands?\s+for)\s+{SOMEBODY}"
    rf"(?:[,;:.–—-]+\s*(?P<none>{NO_RECORD}))?{HERE}{ASIDE}$",
    re.IGNORECASE,
)
"""Who somebody is, and maybe that no record is kept of them."""
UNKEPT = regex(rf"^{LEAD}{NO_RECORD}{HERE}{ASIDE}$", re.IGNORECASE)

KINDS = {"text": "", "string": "", "free text": "", "plain text": "", "number": "int", "date": "date", "yes/no": "bool"}
FIELD = regex(
    r"^[\s,;:.–—-]*(?:(?:but|instead|rather|and|so)\s+)?(?:(?:there\s*(?:is|'s)|it\s*(?:is|'s)|that\s*(?:is|'s)|"
    r"we\s+(?:only|just|simply)?\s*(?:note|keep|want|need|write\s+down|record|store|have))\s+)?(?:(?:just|only|simply|merely)\s+)*"
    rf"(?:an?\s+|the\s+|one\s+)?(?:(?:plain|simple|short|single)\s+)?(?:(?P<kind>{'|'.join(KINDS)})\s+)?"
    r"(?P<of>(?:field|column|attribute)\s+)?(?:(?:called|named|for|with)\s+)?(?:the\s+|an?\s+)?(?P<name>[\w'-]+(?:\s+[\w'-]+){0,2}?)"
    r"(?:\s+(?:field|column|attribute|text|as\s+(?:a\s+)?(?:plain\s+)?text))?\s+(?:on|of|in|for|at|per|with|inside)\s+"
    r"(?:the\s+|an?\s+|each\s+|every\s+|its\s+|our\s+)?(?P<thing>[\w-]+(?:\s+[\w-]+){0,2}?)(?:\s+itself)?[\s.!]*$",
    re.IGNORECASE,
)
"""The field that is kept in the place of a thing: "just a text field reporter name on the fault"."""
ALONE = regex(r"(?:just|only|we\s+(?:only|just)\s+(?:note|count)|there(?:'s|\s+is)\s+(?:only|just))\b", re.IGNORECASE)
AS_RECORD = regex(r"\s+(?:report|record|form|sheet|entry|slip|ticket|page|row)s?$", re.IGNORECASE)


@dataclass(frozen=True)
class Instead:
    """What is kept in the place of a thing: a field, and the thing that has it."""

    field: str
    kind: str
    things: tuple[str, ...]
    """What the thing may be called: as said, and without "report", "record", "form"."""


def denied_nouns(sentence: str) -> tuple[str, ...]:
    """Return what a whole sentence says isn't there, by its names; nothing where it says anything else."""
    text = in_short_denial(straight(sentence, " .!"))
    if len(text) > LONGEST:
        return ()
    if firm := of_ourselves(text):
        return (firm,)
    somebody = JUST_SOMEBODY.match(text)
    if somebody and somebody["none"]:
        return (somebody["what"],)
    found = next((match["what"] for form in FORMS if (match := form.match(text))), "")
    return tuple(filter(None, PARTS.split(found)))


def denies_by_name(answer: str, noun: str) -> bool:
    """Tell whether an answer says of what it was asked about, a noun in the singular, that no record is kept of it."""
    text = in_short_denial(straight(answer, " .!"))
    if len(text) > LONGEST:
        return False
    return UNKEPT.match(text) is not None or any(is_called(one, noun) for one in denied_nouns(text))


def is_just_anybody(answer: str, noun: str) -> bool:
    """Tell whether an answer says of a noun that it is just whoever comes along: nobody of whom a record is kept."""
    text = in_short_denial(straight(answer, " .!"))
    if any(is_called(firm, noun) for firm in (of_ourselves(text, noun), only_one(text, noun)) if firm):
        return True
    match = JUST_SOMEBODY.match(text) if len(text) <= LONGEST else None
    return match is not None and (
        bool(re.fullmatch(IT, match["what"], re.IGNORECASE)) or is_called(match["what"], noun)
    )


def said_instead(sentence: str) -> Instead | None:
    """Return the field that a denial says is kept in the place of what isn't there, or None."""
    match = FIELD.match(aside_of(sentence))
    if match is None:
        return None
    thing = match["thing"]
    name = re.sub(r"'s\b", "", match["name"])
    return Instead(name, KINDS[(match["kind"] or "text").lower()], (thing, AS_RECORD.sub("", thing)))


def counted_instead(sentence: str) -> Counted | None:
    """Return what a denial says is only counted in the place of what isn't there, or None."""
    return counted_in(aside_of(sentence))


def aside_of(sentence: str) -> str:
    """Return what a denial goes on to say, such as "only tanks", also as a sentence of its own; else nothing."""
    text = in_short_denial(straight(sentence, " .!"))
    if len(text) <= LONGEST and ALONE.match(text):
        return text
    forms = (*FORMS, JUST_SOMEBODY, UNKEPT) if len(text) <= LONGEST else ()
    asides = (match["aside"] for form in forms if (match := form.match(text)))
    return next(filter(None, asides), "").strip(" ,;:.–—-")
