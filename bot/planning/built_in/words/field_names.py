"""Tells which words can be the name of a field, and which are a sentence, a wish or letters that code can't carry."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.documents.naming import ascii_letters
from bot.planning.built_in.words.field_kinds import named_kind
from bot.planning.built_in.words.vocabulary import (
    ACTIONS,
    COLLECTIONS,
    DETERMINERS,
    SENTENCE_WORDS,
    base_verb,
    word_set,
)

__all__ = ["is_name", "leftover", "loses_letters", "only_called", "without_inner_article"]

LONGEST_NAME_IN_WORDS = 4
NUMBERED = word_set("line player team part option address phone photo image street")
"""Words that a number may follow in a name: ``address line 2``."""


def only_called[Holder](holders: Iterable[tuple[Holder, list[str]]], said: str) -> tuple[Holder, str] | None:
    """Return the one field of that name with what holds it, else the only one whose name begins so; or None.

    ``aperture`` means ``aperture_centimetres`` where no other field is called ``aperture_…``.
    """
    named = [(holder, name) for holder, names in holders for name in names]
    exact = [one for one in named if one[1] == said]
    begun = exact or [one for one in named if said and one[1].startswith(f"{said}_") and not one[1].endswith("_id")]
    return begun[0] if len(begun) == 1 else None


def without_inner_article(words: list[str]) -> list[str]:
    """Return "price of a ticket" as "price of ticket", and "mood of the bees" as "mood of bees".

    Before "of the" any noun is a name; before "of a", "for the" and the like the words must name a kind.
    """
    for index in range(1, len(words) - 2):
        if words[index] not in {"of", "per", "for"} or words[index + 1] not in {"a", "an", "the", "each", "our", "its"}:
            continue
        is_of_the = words[index : index + 2] == ["of", "the"] and words[0] not in COLLECTIONS
        if is_of_the or named_kind(words[:index]):
            return [*words[: index + 1], *words[index + 2 :]]
    return words


PERIOD_WORDS = word_set(
    "valid open available active booked reserved away absent closed effective running rented employed"
)
"""What begins or ends at a day: "valid from", "absent until"."""


NO_NAMES = word_set("none nothing one ones both all some any later yes no few")


def is_hollow(words: list[str]) -> bool:
    """Tell whether words name nothing ("none", "both")."""
    return len(words) == 1 and words[0] in NO_NAMES


def is_period(words: list[str]) -> bool:
    """Tell whether words are "valid from", "absent until"."""
    return len(words) == 2 and words[1] in {"from", "until", "till", "since"} and words[0] in PERIOD_WORDS


def is_name(words: list[str], *, has_article: bool) -> bool:
    """Tell whether words can be the name of a field: few, no sentence, no wish."""
    if any(re.fullmatch(r"(?:it|that|they|he|she|we|you|who|what|there|i)'\w+", word) for word in words):
        return False
    if is_period(words) or is_hollow(words):
        return is_period(words)
    if not 1 <= len(words) <= LONGEST_NAME_IN_WORDS or any(word in SENTENCE_WORDS - {"is", "has"} for word in words):
        return False
    if words[0] in {"is", "has"}:
        return len(words) > 1
    if any(word in DETERMINERS for word in words[1:]):
        return False
    if words[-1].isdigit() and (len(words) < 2 or words[-2] not in NUMBERED):
        return False
    if any(word in {"is", "has", "by", "or"} for word in words) or not all(
        re.match(r"[^\W\d]", word) for word in words[:1]
    ):
        return False
    if has_article:
        return True
    if len(words) == 2 and words[1] in FACTS | {"at", "on"}:
        return True
    opens_wish = words[0] in ACTIONS or (len(words) > 1 and bool(base_verb(words[0])) and not has_noun_first(words[0]))
    return not opens_wish or (
        len(words) == 1 and words[0] in {"report", "work", "run", "log", "email", "store", "make", "print", "view"}
    )


FACTS = word_set("date day time price url link code key number status type limit count rate fee address deadline")
"""What a verb before it only says more about: "publish date", "delivery address"."""


def has_noun_first(word: str) -> bool:
    """Tell whether a linking verb is as often the first half of a name ("order date", "report title")."""
    return word in word_set(
        "order report cover record host author file issue book rate review rental hire lease visit purchase loan "
        "trip design coach place post train address delivery play watch use repair contract receive lead"
    ) and word not in {"receive", "use", "watch", "place"}


def leftover(text: str) -> bool:
    """Tell whether the text holds more than words: such phrases are quoted instead of being bent into a name."""
    return bool(re.search(r"[^\w\s'’.-]|\d+\s+\w|\w\.\w", text))


def loses_letters(text: str) -> bool:
    """Tell whether a text holds letters that a name in code can't carry, such as Hebrew ones; accents are fine."""
    return any(sign.isalpha() and not ascii_letters(sign) for sign in text)
