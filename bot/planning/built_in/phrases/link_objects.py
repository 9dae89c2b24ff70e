"""Reads the object of a link: "at most one employee", "one of our rooms", "published posts", "several teachers"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.patterns import regex
from bot.planning.built_in.words.field_kinds import is_measure, named_kind
from bot.planning.built_in.words.vocabulary import (
    DETERMINERS,
    FEATURES,
    QUANTIFIER,
    SENTENCE_WORDS,
    entity_name,
    has_plural,
    is_verb_form,
    singular,
    word_set,
    words_of,
)

__all__ = ["PREPOSITIONS", "SEVERAL", "SINGLE", "ObjectPhrase", "names_one", "place_named", "read_object"]

PREPOSITIONS = word_set("in to for at on into from with up out off under by of through via against about onto")
LIMITS = "at most|no more than|up to|at least|exactly|only"
LIMITED = rf"(?:{LIMITS})\b"
NUMBERS = "one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty"
SINGLE = regex(
    r"^(?:(?:to|in|for|with|at|on)\s+)??(?:(?P<most>at most|up to|no more than|zero or|0 or|maximum)\s+"
    r"(?:one|1|a single)|(?:exactly|only|just)\s+(?:one|1)|a single)\s+(?=\w)",
    re.IGNORECASE,
)
"""One object only: "at most one employee", "exactly one room"."""
SEVERAL = regex(
    r"(?:several|many|multiple|various|numerous|one or (?:more|several|many|two)|any number of|lots of|a lot of)\s",
    re.IGNORECASE,
)
ONE_OF = regex(
    r"^(?:just\s+|exactly\s+)?(?:one|any)\s+of\s+(?:the|our|its|their|these)\s+"
    rf"(?:(?:\d+|{NUMBERS})\s+)?(?P<noun>[a-z][\w-]*(?:\s+[a-z][\w-]*s)?)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
UNITS = word_set(
    "minute hour second day week month year euro dollar pound cent percent kilo metre meter mile litre liter"
)
"""What is counted and is no thing: "takes 30 minutes"."""
STATES = word_set("available active open free public pending upcoming current overdue empty own new old past running")
"""Words before a noun that say in which state it is."""

NO_NOUNS = word_set(
    "too once twice again now today later first last always often sometimes maximum max minimum min each per every "
    "and or as over after one two three free online offline anyway yet together alone there here both more back away "
    "available active open public private current new old next between near behind among beside beyond under since"
)
"""What stands behind a thing and is no part of its name."""


@dataclass(frozen=True)
class ObjectPhrase:
    """The object of a link."""

    name: str
    is_many: bool
    is_known: bool
    is_definite: bool
    leftover: str
    optional: bool = False
    is_narrowed: bool = False
    is_counted: bool = False
    """Words say that there are several: "several teachers", "one or more authors"."""


def read_object(rest: list[str], names: frozenset[str], topic: str, *, is_deed: bool = False) -> ObjectPhrase | None:
    """Return the entity that the words after a verb name, and the words that were left.

    ``is_deed``: the verb is what people do with things, such as booking them, so that a plural counts nothing.
    """
    single = SINGLE.match(" ".join(rest))
    if single:
        target = read_object(["one", *" ".join(rest)[single.end() :].split()], names, topic)
        return replace(target, optional=single["most"] is not None) if target else None
    words = list(rest)
    while (
        words
        and words[0].lower() in PREPOSITIONS | {"after", "over"}
        and not re.match(LIMITED, " ".join(words), re.IGNORECASE)
    ):
        words = words[1:]
    if words and words[0].lower() in {"them", "it"}:
        return ObjectPhrase(topic, True, True, True, " ".join(words[1:])) if topic else None
    text = " ".join(words)
    counted = re.match(
        rf"^(?:{QUANTIFIER}|(?P<limit>(?:(?:{LIMITS})\s+)?(?:\d+|{NUMBERS})(?=\s+\w+s\b)))\s+(?:different\s+)?",
        text,
        re.IGNORECASE,
    )
    limit = text if counted and counted["limit"] else ""
    is_definite = counted is not None
    words = text[counted.end() :].split() if counted else words
    of_ours = ONE_OF.match(" ".join(words))
    if of_ours and (found := entity_name(of_ours["noun"])) and (found in names or has_plural(of_ours["noun"].lower())):
        return ObjectPhrase(found, False, found in names, True, of_ours["rest"].strip())
    while words and words[0].lower() in DETERMINERS | {
        "exactly",
        "other",
        "another",
        "particular",
        "specific",
        "certain",
        "given",
    }:
        is_definite, words = True, words[1:]
    for length in range(min(3, len(words)), 0, -1):
        name = entity_name(" ".join(words[:length]))
        if name in names and not is_first_half(text, words, length):
            many = counted is not None or has_plural(words[length - 1].lower())
            several = counted is not None and not limit and SEVERAL.match(text) is not None
            return ObjectPhrase(name, many, True, is_definite, limit or " ".join(words[length:]), is_counted=several)
    narrowed = narrowed_object(words, names, counted=counted is not None, is_definite=is_definite)
    if narrowed:
        return narrowed
    if len(words) == 2 and entity_name(words[1]) in names:
        return None
    unknown = unknown_object(words, counted=counted is not None, is_definite=is_definite, is_deed=is_deed)
    several = counted is not None and not limit and SEVERAL.match(text) is not None
    return replace(unknown, leftover=limit or unknown.leftover, is_counted=several) if unknown else None


def is_first_half(text: str, words: list[str], length: int) -> bool:
    """Tell whether a name is only the first word of another one: "donation" in "a donation centre"."""
    behind = [word.lower() for word in words[length:]]
    has_article = re.match(r"an?\s", text, re.IGNORECASE) is not None
    if length != 1 or not has_article or has_plural(words[0].lower()) or not behind:
        return False
    is_whole = len(behind) == 1 or behind[1] in PREPOSITIONS
    last = behind[0]
    is_noun = re.fullmatch(r"[a-z]{3,}", last) is not None and not re.search(r"(?:ly|ed|ing)$", last)
    return is_whole and is_noun and not is_verb_form(last) and last not in PREPOSITIONS | SENTENCE_WORDS | NO_NOUNS


def narrowed_object(
    words: list[str], names: frozenset[str], *, counted: bool, is_definite: bool
) -> ObjectPhrase | None:
    """Return the known thing of which only those in one state are meant: "published posts", "available animals"."""
    if len(words) < 2 or not (is_verb_form(words[0].lower()) or words[0].lower() in STATES):
        return None
    for length in range(min(3, len(words)), 1, -1):
        name = entity_name(" ".join(words[1:length]))
        if name in names:
            many = counted or has_plural(words[length - 1].lower())
            return ObjectPhrase(name, many, True, is_definite, " ".join(words[length:]), is_narrowed=True)
    return None


def is_fact(words: list[str]) -> bool:
    """Tell whether a noun names a fact about something ("the date", "a title"), not a thing."""
    return bool(named_kind(words)) or words[-1] in {
        "name",
        "title",
        "description",
        "reason",
        "note",
        "comment",
        "text",
        "fee",
    }


def unknown_object(words: list[str], *, counted: bool, is_definite: bool, is_deed: bool = False) -> ObjectPhrase | None:
    """Return an entity that nothing described yet: the words up to the next preposition."""
    length = 0
    while length < min(2, len(words)) and words[length].lower() not in PREPOSITIONS | SENTENCE_WORDS | {"per", "every"}:
        length += 1
        if has_plural(words[length - 1].lower()):
            break
    phrase = " ".join(words[:length])
    name = entity_name(phrase) if length else ""
    if not words_of(phrase) or (counted and singular(words_of(phrase)[-1]) in UNITS):
        return None
    is_counting = not (is_deed and has_plural(phrase.lower()) and named_kind(words_of(phrase)) == "int")
    if not name or set(words_of(phrase)) & FEATURES or (is_counting and is_fact(words_of(phrase))):
        return None
    return ObjectPhrase(name, counted or has_plural(phrase.lower()), False, is_definite, " ".join(words[length:]))


def names_one(left: str, anchor: str) -> bool:
    """Tell whether one other stands among the facts of a thing: "a name and an owner with a phone number".

    "… and an owner has a phone number" says something of its own.
    """
    is_statement = re.match(r"(?:with|having|that|which|who)\b", anchor.strip(), re.IGNORECASE) is None
    is_one = re.match(r"(?:an?|one|its|their|his|her)\s", left, re.IGNORECASE) is not None
    return is_one and not is_statement and not has_plural(left.lower())


def place_named(words: list[str]) -> ObjectPhrase | None:
    """Return the places in "desks are in rooms", of which there are several of a kind; or None."""
    name = entity_name(" ".join(words)) if len(words) < 3 and has_plural(" ".join(words).lower()) else ""
    return ObjectPhrase(name, True, False, False, "") if name and not is_measure(name) else None
