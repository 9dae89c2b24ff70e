"""Reads sentences that tell the values of a field: "the severity of a fault is minor, serious or dangerous", "a bike
is in one of these states: free, rented, broken", "how bad a fault is can be minor or serious", "a pet is a dog or a
cat"."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.patterns import regex
from bot.planning.built_in.phrases.placed_fields import NamedValues
from bot.planning.built_in.phrases.value_phrases import values_of
from bot.planning.built_in.words.choice_phrases import HOW_CALLED
from bot.planning.built_in.words.deed_nouns import is_person
from bot.planning.built_in.words.field_kinds import named_kind
from bot.planning.built_in.words.people_words import KINDS
from bot.planning.built_in.words.role_nouns import is_role_noun
from bot.planning.built_in.words.vocabulary import (
    DETERMINERS,
    SENTENCE_WORDS,
    has_plural,
    singular,
    straight,
    word_set,
    words_of,
)

__all__ = ["fact_of", "nouns_or", "read_value_telling"]

LONGEST = 300
ARTICLE = r"(?:(?:an?|the|each|every|any|all|our)\s+)?"
STOP = (
    r"(?!(?:of|in|for|on|at|to|and|or|is|are|was|were|has|have|can|may|must|will|with|from|by|that|which|who|we|it|they|"
    r"out|up|off|because|instead|there|here|this|these|those|you|i|he|she|an?|the|its|their|one|not|no|nobody|only|never)\b)"
)
NOUN = rf"{STOP}[a-z][\w-]*(?:\s+{STOP}[a-z][\w-]*){{0,2}}?"
FIELD = rf"(?P<field>{STOP}[a-z][\w-]*(?:\s+{STOP}[a-z][\w-]*)?)"
THING = rf"(?P<thing>{NOUN})"
BE = (
    r"(?:\s+(?:is|are|can be|may be|could be|might be|must be|should be|has to be|will be|will always be|"
    r"can only be|may only be|is always|are always)"
    r"(?:\s+(?:either|one of|always|only|just))*\s*:?\s+|\s*:\s+)"
)
LIST = r"(?P<values>[a-z][^.:;()]*)"
OPTIONS = (
    r"states?|status(?:es)?|stages?|phases?|steps?|kinds?|types?|categor(?:y|ies)|levels?|grades?|sizes?|colou?rs?|"
    r"modes?|priorit(?:y|ies)|severit(?:y|ies)|conditions?|flavou?rs?|ranks?|classes|difficult(?:y|ies)|qualit(?:y|ies)"
)
COUNTED = (
    r"(?:(?:only|exactly|these|the|following|possible|different|several|various|allowed|two|three|four|five|six|seven|"
    r"eight|[2-9])\s+)*"
)
MARKS = r"(?:mark|flag|rate|sort|classify|grade|label|note|count|rank)s?"
FORMS = tuple(
    regex(rf"^{pattern}$", re.IGNORECASE)
    for pattern in (
        rf"(?:the\s+)?{FIELD}\s+(?:of|for)\s+{ARTICLE}{THING}{BE}{LIST}",
        rf"{ARTICLE}{THING}(?:'s|s')\s+{FIELD}{BE}{LIST}",
        rf"(?:its|their|his|her)\s+{FIELD}{BE}{LIST}",
        rf"(?:the\s+)?(?:only\s+|possible\s+|allowed\s+)+(?P<options>{OPTIONS}){BE}{LIST}",
        (
            rf"{ARTICLE}{THING}\s+(?:is|are|can be|has|have|can have|comes?|knows?)\s+(?:always\s+)?(?:in\s+)?"
            rf"(?:(?:one|any)\s+of\s+)?{COUNTED}(?P<options>{OPTIONS})\s*[:,(–—-]*\s+\(?{LIST}\)?"
        ),
        rf"there\s+(?:are|is)\s+{COUNTED}(?P<options>{OPTIONS})(?:\s+of\s+{ARTICLE}{THING})?\s*[:,(–—-]+\s*{LIST}\)?",
        rf"(?:we|i|you)\s+{MARKS}\s+{ARTICLE}(?P<marked>{NOUN}|it|them)\s+as\s+(?:either\s+)?{LIST}",
        rf"how\s+(?P<how>[a-z]+)\s+{ARTICLE}{THING}\s+(?:is|are){BE}{LIST}",
        rf"(?P<named>status|state|severity|priority|condition|difficulty|urgency|mood|size|colou?r|level)\s*:\s+{LIST}",
    )
)
ONE_KIND = regex(
    rf"^(?:an?|each|every)\s+{THING}\s+(?:is|can be|may be)\s+(?:always\s+)?(?P<sure>either\s+|one of\s+)?"
    rf"(?P<values>an?\s+{NOUN}(?:\s*,\s*an?\s+{NOUN})*\s*,?\s+or\s+(?:an?\s+)?{NOUN})$",
    re.IGNORECASE,
)
"""Kinds with their articles: "every task is a bug, a feature or a chore"."""
OF_ONE = regex(
    r"^(?:the\s+)?(?P<fact>[\w -]+?)\s+(?:of|for)\s+(?:an?|the|each|every|one)\s+[\w-]+(?:\s+[\w-]+)?$", re.IGNORECASE
)
WHOSE = regex(r"\w(?:'s|s')\s+\w")
IN_FRONT = regex(r"^\s*(?:for|of|about|on|by|in)\s+(?=an?\s)|^\s+", re.IGNORECASE)
NO_VALUES = word_set(
    "required optional mandatory unique empty missing given unlimited null blank more less many then later "
    "first finally so-and-so same both not none nothing"
)
"""What is said of a field, and is no value of it."""
NO_FIELDS = word_set(
    "owner name title price cost date time deadline number amount description note author member person user one half "
    "most some part list rest reason number idea point rule aim goal purpose kind-of all any"
)
"""What holds more than one of a few values."""


@lru_cache(maxsize=1_000)
def read_value_telling(sentence: str) -> NamedValues | None:
    """Return the values that a whole sentence tells of a field, or None.

    The thing is empty where the sentence means what was spoken of ("its mood can be calm or nervous").
    """
    text = re.sub(r"^(?:and|also|but|so|then|while)\s+", "", straight(sentence, " .!"), flags=re.IGNORECASE)
    if len(text) > LONGEST:
        return None
    for form in FORMS:
        match = form.match(text)
        has_colon = match is not None and text[: match.start("values")].rstrip(" (").endswith(":")
        if match and (found := told_by(match.groupdict(), match["values"], is_listed=has_colon)):
            return found
    kinds = ONE_KIND.match(text)
    return of_kind(kinds["thing"], values_of(kinds["values"])) if kinds else None


def of_kind(thing: str, values: tuple[str, ...]) -> NamedValues:
    """Return the kinds of a thing; what somebody is among others is their role: a beginner or a kiln master."""
    nouns = [value.replace("_", " ") for value in values]
    are_roles = is_person(thing) and all(map(is_role_noun, nouns)) and not {one.split()[-1] for one in nouns} <= KINDS
    return NamedValues(thing, "role" if are_roles else "kind", values)


def told_by(parts: dict[str, str | None], listed: str, *, is_listed: bool) -> NamedValues | None:
    """Return what the parts of a sentence tell, or None where its list is no list of values.

    ``is_listed``: a colon stands before the list, so that it needs no "or".
    """
    field = field_of(parts)
    thing = parts.get("thing") or parts.get("marked") or ""
    values = values_of(listed)
    words = {word for value in values for word in value.split("_")}
    is_choice = re.search(r"\bor\b|/", listed, re.IGNORECASE) is not None
    if (
        not field
        or not values
        or not (is_choice or is_listed or parts.get("options"))
        or words & (NO_VALUES | DETERMINERS | SENTENCE_WORDS)
    ):
        return None
    return NamedValues("" if thing.lower() in {"it", "them"} else thing, field, values)


def field_of(parts: dict[str, str | None]) -> str:
    """Return what the field is called, in the singular; nothing where it is one that holds more than few values."""
    if parts.get("how"):
        return HOW_CALLED.get(str(parts["how"]).lower(), "status")
    if parts.get("marked"):
        return "status"
    said = (parts.get("field") or parts.get("options") or parts.get("named") or "").lower()
    field = "status" if said in {"status", "statuses"} else singular(said)
    words = words_of(field)
    if not words or words[-1] in NO_FIELDS or words[0] in DETERMINERS or named_kind(words) not in {"", "bool"}:
        return ""
    return "" if has_plural(said) and parts.get("field") and singular(said) == said else field


def fact_of(left: str) -> str:
    """Return the fact in "the owner of a dog" and the whole of "a dog's owner", which may be no thing; else nothing."""
    match = OF_ONE.match(left)
    if match:
        return str(match["fact"])
    return left if WHOSE.search(left) else ""


def nouns_or(listed: str) -> list[str]:
    """Return the nouns with an article in "for a dog or a cat", which are no values where they are things."""
    nouns = [IN_FRONT.sub("", one) for one in re.split(r"\s*,\s*(?:or\s+)?|\s+or\s+", listed, flags=re.IGNORECASE)]
    return [noun for noun in nouns if re.match(r"an?\s", noun, re.IGNORECASE)]
