"""Rules over the values of fields: money, bounds, defaults, and modifiers that fit the type."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from uuid import UUID

from bot.checks.entity_specs import ENTITY_RULES, each_field
from bot.checks.registry import Problem, quote
from bot.documents.entities.entity_specs import EntityField, EntitySpecs
from bot.documents.findings import Severity

__all__ = ["MONEY_WORDS"]

rule = ENTITY_RULES.rule

MONEY_WORDS = frozenset(
    {
        "price", "prices", "cost", "costs", "amount", "amounts", "fee", "fees", "total", "subtotal", "balance",
        "salary", "wage", "wages", "budget", "tax", "taxes", "payment", "deposit", "refund", "revenue", "rent", "fare",
    }
)  # fmt: skip
"""Words of a field's name that mean money."""

MEASURES = frozenset(
    {
        "g", "kg", "mg", "gram", "grams", "kilograms", "tons", "l", "ml", "litres", "liters", "m", "cm", "mm", "km",
        "metres", "meters", "hours", "minutes", "days", "percent", "pct", "kwh",
    }
)  # fmt: skip
"""Words of a name that say that it measures something else: an ``amount_of_honey_kg`` is no money."""

TEXTS = {"str", "EmailStr", "HttpUrl"}
NUMBERS = {"int", "float", "Decimal"}
LONGEST_PATTERN = 500
CLOCK_WORDS = {"now", "now()", "today", "today()", "current_timestamp", "current_date", "utcnow"}
TRUTHS = {"true", "false", "yes", "no", "0", "1"}


@rule(
    "PT240",
    "Money is Decimal, never float",
    Severity.ERROR,
    "A float can't hold 0.10 exactly, so sums of money come out wrong.",
)
def has_exact_money(specs: EntitySpecs) -> Iterator[Problem]:
    """Find floats whose name means money."""
    for _, field, name, subject in each_field(specs):
        words = set(field.name.split("_"))
        if field.type.name == "float" and words & MONEY_WORDS and not words & MEASURES:
            message = f"{name} sounds like money and is a float."
            yield Problem(subject, message, "Write Decimal (digits 10 places 2), or give it another name.")


@rule(
    "PT241",
    "Modifiers fit the type: bounds on text, numbers and lists, digits on Decimal, pattern on str",
    Severity.ERROR,
    "A modifier that can't apply would be left out silently.",
)
def has_fitting_modifiers(specs: EntitySpecs) -> Iterator[Problem]:
    """Find modifiers that the type can't have."""
    for _, field, name, subject in each_field(specs):
        for modifier in unfit(field):
            spelled = f"list[{field.type.name}]" if field.type.is_list else field.type.name
            yield Problem(subject, f"{name} is {spelled} and can't have “{modifier}”.", "Take it out.")


def unfit(field: EntityField) -> Iterator[str]:
    """Yield the modifiers that don't fit the field's type."""
    name, is_list = field.type.name, field.type.is_list
    if not is_list and name not in TEXTS | NUMBERS:
        yield from (word for word, value in (("min", field.minimum), ("max", field.maximum)) if value is not None)
    if field.pattern is not None and (is_list or name != "str"):
        yield "pattern"
    if (field.digits is not None or field.places is not None) and (is_list or name != "Decimal"):
        yield "digits … places …"
    if is_list:
        yield from (word for word, holds in (("unique", field.unique), ("index", field.index)) if holds)
    if field.auto_generated and not (field.primary_key or name in {"datetime", "date", "UUID"}):
        yield "auto-generated"


@rule(
    "PT242",
    "A minimum and a maximum are numbers, whole where they count letters or items, and the minimum is not the larger",
    Severity.ERROR,
    "Contradictory bounds refuse every value.",
)
def has_possible_bounds(specs: EntitySpecs) -> Iterator[Problem]:
    """Find bounds that are no numbers, or that leave nothing between."""
    for _, field, name, subject in each_field(specs):
        if list(unfit(field)):
            continue
        bounds: dict[str, Decimal] = {}
        for word, text in (("min", field.minimum), ("max", field.maximum)):
            value = bound(field, text)
            if value is not None:
                bounds[word] = value
            elif text is not None:
                yield Problem(subject, f"{quote(text)} can't be the {word} of {name}.", "Give a number that fits.")
        if len(bounds) == 2 and bounds["min"] > bounds["max"]:
            message = f"The min of {name} is {field.minimum}, more than its max {field.maximum}."
            yield Problem(subject, message, "Swap them, or correct one.")
        if field.type.name in TEXTS or field.type.is_list:
            yield from negative_lengths(name, subject, bounds)


def negative_lengths(name: str, subject: str, bounds: dict[str, Decimal]) -> Iterator[Problem]:
    """Find lengths below zero, and a longest length of zero."""
    if bounds.get("min", Decimal(0)) < 0 or bounds.get("max", Decimal(1)) < 1:
        yield Problem(subject, f"A length of {name} is below what any value has.", "Count from 1.")


def bound(field: EntityField, text: str | None) -> Decimal | None:
    """Return a bound as a number that fits the field; None where there is none."""
    number = finite(text) if text is not None else None
    counts = field.type.is_list or field.type.name in TEXTS | {"int"}
    if number is None or (counts and number != number.to_integral_value()):
        return None
    return number


def finite(text: str) -> Decimal | None:
    """Return a finite number of at most 40 characters, or None."""
    try:
        number = Decimal(text) if len(text) <= 40 else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() and abs(number.adjusted()) <= 40 else None


@rule(
    "PT243",
    "Digits are at least one and at most 38, and places are no more than digits",
    Severity.ERROR,
    "The database keeps so many digits in all, so many of them after the point.",
)
def has_possible_digits(specs: EntitySpecs) -> Iterator[Problem]:
    """Find impossible digits and places."""
    for _, field, name, subject in each_field(specs):
        if field.digits is not None and not 1 <= field.digits <= 38:
            yield Problem(subject, f"{name} can't have {field.digits} digits.", "Give 1 to 38 digits.")
        if field.places is not None and field.places > (38 if field.digits is None else field.digits):
            message = f"{name} has {field.places} places, more than its digits."
            yield Problem(subject, message, "Give at least as many digits as places.")


@rule(
    "PT244",
    "A default is a value of its type, within the field's bounds",
    Severity.ERROR,
    "A default that the field itself refuses makes every row invalid that uses it.",
)
def has_possible_default(specs: EntitySpecs) -> Iterator[Problem]:
    """Find defaults of another type, outside the bounds, or on keys."""
    values = {enum.name: enum.values for enum in specs.enums}
    for _, field, name, subject in each_field(specs):
        if field.default is None:
            continue
        if field.primary_key or field.foreign_key:
            message = f"{name} is a key and has the default {quote(field.default)}."
            yield Problem(subject, message, "Take the default out: a key names one row.")
        elif not is_value(field, field.default, values):
            message = f"{quote(field.default)} can't be the default of {name}."
            yield Problem(subject, message, f"Give a {expected(field, values)}.")


def is_value(field: EntityField, text: str, enums: dict[str, tuple[str, ...]]) -> bool:
    """Tell whether the text is a value of the field's type, within its bounds."""
    if field.type.is_list:
        return is_json(text, list)
    if field.type.name in enums:
        return text in enums[field.type.name]
    if field.type.name in NUMBERS:
        number = finite(text)
        is_whole = number is not None and number == number.to_integral_value()
        return number is not None and (is_whole or field.type.name != "int") and is_within(field, number)
    if field.type.name in TEXTS:
        return is_within(field, Decimal(len(text)))
    if field.type.name == "bool":
        return text.lower() in TRUTHS
    if field.type.name == "JSON":
        return is_json(text, dict)
    return is_moment(field.type.name, text)


def is_within(field: EntityField, number: Decimal) -> bool:
    """Tell whether a number, or a length, is within the field's bounds."""
    low, high = bound(field, field.minimum), bound(field, field.maximum)
    return (low is None or number >= low) and (high is None or number <= high)


def is_json(text: str, kind: type) -> bool:
    """Tell whether the text is JSON of that kind."""
    try:
        return isinstance(json.loads(text), kind)
    except (ValueError, RecursionError):
        return False


def is_moment(name: str, text: str) -> bool:
    """Tell whether the text is a date, a time, a moment or a UUID; types that nobody knows are another rule's."""
    if name in {"date", "datetime"} and text.lower() in CLOCK_WORDS:
        return True
    reader = {"date": date.fromisoformat, "datetime": datetime.fromisoformat, "time": time.fromisoformat, "UUID": UUID}
    try:
        reader.get(name, str)(text)
    except ValueError:
        return False
    return True


def expected(field: EntityField, enums: dict[str, tuple[str, ...]]) -> str:
    """Return in words what a default must be."""
    if field.type.is_list:
        return "list in JSON, such as []"
    if field.type.name in enums:
        return f"value of {field.type.name}: {', '.join(enums[field.type.name][:20])}"
    return f"value of type {field.type.name}, within its bounds"


@rule(
    "PT245",
    "A pattern is a regular expression of at most 500 characters, without look-around and back references",
    Severity.ERROR,
    "The pattern is published in the API and run by an engine that takes linear time.",
)
def has_working_pattern(specs: EntitySpecs) -> Iterator[Problem]:
    """Find patterns that don't compile, or that need more than a linear engine."""
    for _, field, name, subject in each_field(specs):
        if field.pattern is None:
            continue
        problem = pattern_problem(field.pattern)
        if problem:
            message = f"The pattern {quote(field.pattern)} of {name} {problem}."
            yield Problem(subject, message, "Write a plain regular expression, such as “^[0-9]{13}$”.")


def pattern_problem(pattern: str) -> str:
    """Say what is wrong with a pattern; an empty string where nothing is."""
    if len(pattern) > LONGEST_PATTERN:
        return f"has {len(pattern)} characters"
    if any(mark in pattern for mark in ("(?=", "(?!", "(?<=", "(?<!")):
        return "looks ahead or behind"
    if any(mark in pattern for mark in ("(?P=", "(?(")) or re.search(r"\\[1-9]", pattern):
        return "refers back to a group"
    if "(?>" in pattern:
        return "has a group that is never tried again"
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return "is no regular expression"
    return ""
