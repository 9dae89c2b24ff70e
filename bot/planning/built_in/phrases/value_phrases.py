"""Reads the values of a status or role: "status available/lent", "a voice (soprano, alto or bass)"."""

from __future__ import annotations

import re

from bot.documents.naming import snake_case
from bot.patterns import regex
from bot.planning.built_in.phrases.noun_clauses import read_clause
from bot.planning.built_in.phrases.phrase_parts import Phrase
from bot.planning.built_in.words.choice_phrases import CHOICES_LISTED, how_called, is_value, read_alternatives
from bot.planning.built_in.words.field_kinds import named_kind, typed
from bot.planning.built_in.words.field_names import loses_letters
from bot.planning.built_in.words.vocabulary import DETERMINERS, has_plural, word_set, words_of

__all__ = ["CHOICE_NAME", "take_alternatives", "take_group", "take_values", "values_of"]

CHOICE_NAME = regex(
    r"\b(?:status|state|role|priority|stage|phase|severity|type|kind|category|level|size|gender|genre|colou?r|plan|tier|"
    r"condition|difficulty|mode|method|format|currency|result|suit|position|shift|unit)\s*[:=]?\s*$",
    re.IGNORECASE,
)
"""Names that values in brackets, listed with commas, belong to."""

COLON_VALUES = regex(rf"(?P<name>(?:[\w'-]+\s+)*?{CHOICES_LISTED})\s*[:=]\s*(?P<values>[\w' ,-]+)", re.IGNORECASE)
"""A list of values behind a colon: "a status: new, baking, ready"."""
PLACING = word_set("on in at out off under")
"""Words that begin a value, and name no field: "on loan or owned"."""
PARTED = word_set(
    "address name contact location place person info information data detail details profile author owner period "
    "document file measurement dimension position note"
)
"""Names of facts that have parts: what stands in brackets behind them are more facts."""
SUCH_AS = regex(
    r",?\s+(?:like|such as|e\.g\.|for example)[,:]?\s+(?=[\w' -]+(?:,\s*[\w' -]+)*,?\s+or\s+\w)", re.IGNORECASE
)


DECISIONS = frozenset(
    {"accepts", "declines", "approves", "rejects", "confirms", "denies", "grants", "refuses", "cancels"}
)
"""What somebody does, no values: "the owner accepts or declines"."""


CODE = regex(r"[A-Z]{1,3}[+−-]?|\d[+−-]?")
"""A value of a letter or three, or of one digit beside such, with a sign behind it: blood groups, sizes, grades."""
DIGITS = {
    "0": "zero", "1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "8": "eight",
    "9": "nine",
}  # fmt: skip


def values_of(text: str) -> tuple[str, ...]:
    """Return the values in ``available/lent``, ``open, closed or done`` or ``a | b`` as snake_case words."""
    cleaned = re.sub(r"\b(?:either|one of|values?|enum)\b", " ", text, flags=re.IGNORECASE)
    parts = re.split(r"\s*(?:/|\||,|;|\bor\b|\band\b)\s*", cleaned)
    bare = [re.sub(r"^(?:an?|the)\s+(?=\S)", "", part.strip(" .()[]\"'“”"), flags=re.IGNORECASE) for part in parts]
    values = [value.lower() for part in bare if (value := snake_case(in_letters(part, bare)))]
    if (
        len(values) < 2
        or loses_letters(cleaned)
        or set(values) <= DECISIONS
        or any(len(value.split("_")) > 3 or not value[0].isalpha() for value in values)
    ):
        return ()
    return tuple(dict.fromkeys(values))


def in_letters(value: str, among: list[str]) -> str:
    """Return a short code as a name can hold it: "0" among letters is "zero", "A+" is "A plus"; others as they are."""
    is_mixed = any(CODE.fullmatch(one) and one[0].isalpha() for one in among)
    if not is_mixed or not CODE.fullmatch(value):
        return value
    signs = value.replace("+", " plus").replace("-", " minus").replace("−", " minus")
    return " ".join([DIGITS.get(signs[0], signs[0]), signs[1:]] if signs[0].isdigit() else [signs])


def take_group(phrase: Phrase) -> None:
    """Take the values in brackets after a clause: "the voice they sing (soprano, alto or bass)"."""
    group = re.fullmatch(r"(?P<head>.+?)\s*\((?P<values>[^()]*(?:/|\||\bor\b)[^()]*)\)", phrase.text)
    if group and values_of(group["values"]) and read_clause(group["head"]):
        phrase.text, phrase.found["values"] = group["head"], values_of(group["values"])


def take_alternatives(phrase: Phrase) -> None:
    """Take "whether it is strong, weak or dead" as the status of what it is about."""
    listed = read_alternatives(phrase.text)
    if listed and values_of(listed):
        phrase.found["values"] = values_of(listed)
        called = how_called(phrase.text) or "status"
        phrase.notes.append(f"“{phrase.text}” is kept as its {called}")
        phrase.text = called


def take_values(phrase: Phrase) -> None:
    """Take the values of a status or role off the phrase."""
    if {"type", "values"} & phrase.found.keys():
        return
    group = re.search(r"\(([^()]*(?:/|\||,|\bor\b)[^()]*)\)", phrase.text)
    if group and re.fullmatch(
        r"\s*(?:yes\s*(?:/|\bor\b)\s*no|y\s*/\s*n|true\s*(?:/|\bor\b)\s*false)\s*", group[1], re.IGNORECASE
    ):
        phrase.found["type"] = typed("bool")
        phrase.text = f"{phrase.text[: group.start()]} {phrase.text[group.end() :]}".strip()
        return
    is_list_of_names = bool(group) and not re.search(r"/|\||\bor\b", group[1] if group else "")
    if is_list_of_names and group and not holds_values(phrase.text[: group.start()], group[1]):
        return
    if group and values_of(group[1]):
        phrase.found["values"] = values_of(group[1])
        phrase.text = f"{phrase.text[: group.start()]} {phrase.text[group.end() :]}".strip()
        return
    listed = COLON_VALUES.fullmatch(phrase.text)
    if listed and values_of(listed["values"]):
        phrase.text, phrase.found["values"] = listed["name"], values_of(listed["values"])
        return
    if not re.search(r"/|\||\bor\b", phrase.text):
        return
    phrase.text = SUCH_AS.sub(" ", phrase.text)
    named = re.fullmatch(
        r"(?P<name>(?:[\w'-]+\s+)*?(?:status|state|role|priority|stage|phase|severity|type|kind|category|level|size|"
        r"gender|genre|color|colour|plan|tier|condition|difficulty|mode|method|format|currency))"
        r"(?:\s*[:=]\s*|\s+(?:(?:of|(?:which|that)(?: is|'s| can be)|is|being|can be|may be|either|one of)\s+)*)"
        r"(?P<values>.+)",
        phrase.text,
        re.IGNORECASE,
    ) or re.fullmatch(
        (
            r"(?P<name>(?:(?:an?|"
            r"the)\s+)?[\w'-]+)"
            r"(?:\s*[:=]\s*|\s+(?:(?:(?:which|that) )?(?:is |can be |may be )(?:either )?)?)(?P<values>.+)"
        ),
        phrase.text,
        re.IGNORECASE,
    )
    if named and (shifted := name_before_values(named["name"], named["values"])):
        phrase.text, phrase.found["values"] = shifted
        return
    if named and named["name"].lower() in PLACING and (whole := values_of(phrase.text)):
        phrase.text, phrase.found["values"] = "status", whole
        return
    values = values_of(named["values"]) if named else ()
    last = words_of(named["name"])[-1:] if named else []
    if named and values and last and last[0] not in DETERMINERS:
        is_whom = named["name"].lower() == "for"
        phrase.found["values"], phrase.text = values, "kind" if is_whom else named["name"]


def holds_values(head: str, listed: str) -> bool:
    """Tell whether a list with commas behind a field holds its values: "frequency (daily, weekly)"."""
    if CHOICE_NAME.search(head):
        return True
    words = words_of(head)
    is_plain = bool(words) and not has_plural(words[-1]) and not named_kind(words) and words[-1] not in PARTED
    values = [re.sub(r"^and\s+", "", one.strip()) for one in listed.split(",")]
    return is_plain and all(is_value(one) or CODE.fullmatch(one) for one in values)


def name_before_values(name: str, values: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the name and the values of "hazard class low/medium/high", where all words but the last are the name."""
    first, slash, others = values.partition("/")
    words = first.split()
    if not slash or len(words) < 2 or any(" " in value.strip() for value in others.split("/")) or ":" in first:
        return None
    if words[0].lower() in {
        "is",
        "are",
        "can",
        "may",
        "either",
        "one",
        "of",
        "that",
        "which",
        "being",
        "in",
        "on",
        "not",
    }:
        return None
    found = values_of(f"{words[-1]}/{others}")
    return (f"{name} {' '.join(words[:-1])}", found) if found else None
