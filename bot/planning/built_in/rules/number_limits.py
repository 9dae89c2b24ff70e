"""Takes limits of a number that whole sentences say: "guests must be at least 1", "at most 10 guests"."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft
from bot.planning.built_in.phrases.phrase_parts import SHORT_UNITS, UNIT_WORDS
from bot.planning.built_in.phrases.rule_phrases import CANT, COUNTS, THE
from bot.planning.built_in.rules.rule_subjects import named
from bot.planning.built_in.words.plain_measures import MEASURED
from bot.planning.built_in.words.vocabulary import DETERMINERS, singular, words_of

__all__ = ["settle_limits"]

LONGEST = 160
NUMBER = rf"(?P<number>-?\d+(?:\.\d+)?|{'|'.join(COUNTS)})"
OTHER = rf"(?P<other>-?\d+(?:\.\d+)?|{'|'.join(COUNTS)})"
BE = r"(?:is|are|must be|has to be|have to be|may be|can be|should be|must lie|is always|are always)"
WHAT = rf"{THE}(?P<what>[a-z][\w' -]{{0,50}}?)"
UNIT = (
    r"(?:\s+(?:euros?|dollars?|percent|kg|kilos?|kilograms|grams|cm|m|km|meters|metres|liters|litres|minutes|people|persons|"
    r"pieces))?"
)
LOW = r"(?:at least|no less than|not less than|no fewer than|a minimum of)"
HIGH = r"(?:at most|no more than|not more than|up to|never more than|a maximum of)"
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (regex(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (rf"^{WHAT}\s+{BE}\s+{LOW}\s+{NUMBER}{UNIT}$", "min"),
        (rf"^{WHAT}\s+{BE}\s+{HIGH}\s+{NUMBER}{UNIT}$", "max"),
        (rf"^{LOW}\s+{NUMBER}\s+{WHAT}$", "min"),
        (rf"^{HIGH}\s+{NUMBER}\s+{WHAT}$", "max"),
        (rf"^{WHAT}\s+{CANT}\s+(?:be\s+)?(?:less|lower|smaller|fewer) than\s+{NUMBER}{UNIT}$", "min"),
        (
            rf"^{WHAT}\s+{CANT}\s+(?:be\s+)?(?:(?:more|higher|greater|larger) than|exceed|above)\s+{NUMBER}{UNIT}$",
            "max",
        ),
        (rf"^{WHAT}\s+{BE}\s+between\s+{NUMBER}\s+and\s+{OTHER}{UNIT}$", "both"),
        (rf"^{WHAT}\s+(?:{CANT}|is never|are never)\s+(?:be\s+)?(?P<number>negative)$", "min"),
    )
)
KILOS = frozenset({"kg", "kilo", "kilogram"})
UNITS_AT_END = regex(rf"_(?:{UNIT_WORDS}|{SHORT_UNITS})$", re.IGNORECASE)
VERB = r"(?:(?:may|can|must|should)\s+)?(?P<verb>weigh|cost)s?"
OF_ONE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (regex(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (rf"^{WHAT}\s+{VERB}\s+(?:{HIGH}|only)\s+{NUMBER}{UNIT}$", "max"),
        (rf"^{WHAT}\s+{VERB}\s+{LOW}\s+{NUMBER}{UNIT}$", "min"),
        (rf"^{WHAT}\s+{CANT}\s+(?P<verb>weigh|cost)\s+(?:more than|over)\s+{NUMBER}{UNIT}$", "max"),
        (rf"^{WHAT}\s+{CANT}\s+(?P<verb>weigh|cost)\s+(?:less than|under)\s+{NUMBER}{UNIT}$", "min"),
    )
)
"""Limits of what a thing weighs or costs, by its only field for that."""


def settle_limits(draft: Draft) -> None:
    """Give numbers the limits that unread sentences say, where it is clear which number is meant."""
    for piece in list(draft.unread):
        if len(piece) > LONGEST:
            continue
        forms = (*PATTERNS, *OF_ONE)
        match, kind = next(((found, kind) for pattern, kind in forms if (found := pattern.match(piece))), (None, ""))
        if match is None:
            continue
        verb = match.groupdict().get("verb")
        place = measured(draft, match["what"], verb, piece) if verb else number_called(draft, match["what"], piece)
        if place is None:
            continue
        entity, one = place
        limits = {"minimum": counted(match["number"])} if kind in {"min", "both"} else {}
        if kind in {"max", "both"}:
            limits["maximum"] = counted(match["other"] if kind == "both" else match["number"])
        if one.field.type.name == "int" and any("." in limit for limit in limits.values()):
            continue
        one.field = one.field.model_copy(update=limits)
        draft.unread.remove(piece)
        draft.decide(f"{entity.name}.{one.field.name}: “{piece}”")


def counted(word: str) -> str:
    """Return a number as fields have it."""
    return "0" if word.lower() == "negative" else str(COUNTS.get(word.lower(), word))


def number_called(draft: Draft, phrase: str, piece: str) -> tuple[EntityDraft, FieldDraft] | None:
    """Return the only number that a phrase names: "guests", "the number of guests", "the guests of a trip".

    It may be called by its last word where it is said whose it is: "the weight of a passenger" is its body weight, also
    where that is kept in kg; ``piece`` then says no other unit.
    """
    whose, _, fact = phrase.lower().partition("'s ")
    head, _, tail = (f"{fact} of {whose}" if fact else phrase.lower()).partition(" of ")
    owner = named(draft, tail) if tail and head not in {"number", "count", "amount"} else None
    words = head if owner else phrase
    wanted = {singular(word) for word in words_of(words)} - DETERMINERS - {"of"}
    found = [
        (entity, one)
        for entity in ([owner] if owner else draft.entities.values())
        for one in entity.fields.values()
        if one.field.type.name in {"int", "float", "Decimal"} and not one.field.foreign_key and not entity.is_pasted
        and is_called({singular(word) for word in words_of(one.field.name)}, wanted, words_of(entity.noun))
    ]  # fmt: skip
    if owner is not None and not found:
        found = [(owner, one) for one in numbers_ending(owner, wanted, piece)]
    return found[0] if len(found) == 1 else None


def numbers_ending(entity: EntityDraft, wanted: set[str], piece: str) -> list[FieldDraft]:
    """Return the numbers of a thing whose name ends in a word, unit aside: the body weight in kg is "the weight"."""
    numbers = [
        one
        for one in entity.fields.values()
        if one.field.type.name in {"int", "float", "Decimal"} and not one.field.foreign_key and not entity.is_pasted
    ]
    return [
        one
        for one in numbers
        if any({singular(word) for word in name[-1:]} == wanted for name in names_in(one.field.name, piece))
    ]


def names_in(name: str, piece: str) -> list[list[str]]:
    """Return the words of a field's name, and those before its unit, where a piece says none or the same one."""
    words, said = words_of(name), singular(words_of(piece)[-1]) if words_of(piece) else ""
    unit = UNITS_AT_END.search(name)
    is_same = unit is not None and (
        said.isdigit() or singular(words[-1]) == said or {singular(words[-1]), said} <= KILOS
    )
    return [words, words[:-1]] if is_same and len(words) > 1 else [words]


def measured(draft: Draft, phrase: str, verb: str, piece: str) -> tuple[EntityDraft, FieldDraft] | None:
    """Return the only number of a thing that holds what it weighs or costs, in the unit of the limit."""
    entity, fact = named(draft, phrase), MEASURED[verb.lower()]
    fields = [] if entity is None or entity.is_pasted else list(entity.fields.values())
    found = [
        one for one in fields if one.field.type.name in {"int", "float", "Decimal"} and fact in words_of(one.field.name)
    ]
    if entity is None or len(found) != 1:
        return None
    words = words_of(found[0].field.name)
    unit = words[words.index(fact) + 1 :][-1:]
    said = singular(words_of(piece)[-1])
    is_same = not unit or singular(unit[0]) == said or {singular(unit[0]), said} <= KILOS
    return (entity, found[0]) if is_same else None


def is_called(name: set[str], wanted: set[str], noun: list[str]) -> bool:
    """Tell whether a field's name is what is wanted, "number" and the entity's own name aside."""
    small = {"number", "count", "of", *noun}
    return bool(name) and (name == wanted or (bool(name - small) and name - small == wanted - small))
