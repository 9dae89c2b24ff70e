"""What a field's name says about its type: ``price`` is money, ``due date`` is a date, ``pages`` is a count."""

from __future__ import annotations

import re

from bot.documents.entities.entity_specs import EntityField, FieldType
from bot.planning.built_in.words.vocabulary import is_verb_form, singular, word_set

__all__ = [
    "CHOICE_WORDS",
    "LASTING",
    "PROSE_PLURALS",
    "TEXT_LISTS",
    "UNIQUE_WORDS",
    "head_words",
    "is_countable_list",
    "is_measure",
    "kind_of",
    "may_be_unique",
    "typed",
]

MONEY = word_set(
    "price amount cost fee salary total balance budget deposit fare rent wage tax discount payment revenue "
    "income expense subtotal estimate quote charge premium fine tip tuition rate turnover bonus"
)
VALUED = word_set("insured insurance market estimated book purchase resale replacement asset appraised")
"""What a value is money after."""
COUNTS = word_set(
    "age year quantity stock count capacity page seat score point duration floor bedroom bathroom room serving "
    "portion mileage odometer credit calorie minute hour day week month kilometer kilometre horsepower rank "
    "position sequence votes attempt goal like view unit copy copies qty size_in_bytes percent children "
    "level_number guest passenger employee_count participant attendee star reps sets repetitions doors"
)
ONE_OF_ITS_KIND = word_set("room guest passenger seat view like goal copy unit point credit")
"""Singulars that name one thing, though their plurals are counts: a room, but how many rooms."""
MEASURES = word_set(
    "weight height length width depth distance temperature ph latitude longitude lat lng percentage speed load area "
    "volume "
    "radius diameter pressure ratio altitude"
)
LENGTHS = frozenset({"meter", "metre", "kilogram", "gram", "liter", "litre", "foot", "mile", "inch", "kilo"})
DATES = word_set(
    "date birthday deadline dob birthdate due anniversary expiry expiration arrival departure check-in check-out"
)
DUE_BACK = frozenset({"due back", "due by", "back by", "back on"})
LONG = word_set(
    "warranty contract project membership lease employment semester subscription guarantee insurance holiday vacation "
    "term season internship validity trial probation"
)
"""What lasts for days and more: its start and end are days."""
DATED = word_set(
    "inspection service servicing maintenance check checkup vaccination cleaning calibration audit watering feeding "
    "treatment repair sighting contact"
)
"""What happens again and again: the last and the next one are days."""
FLAGS = word_set(
    "active enabled disabled visible paid completed done archived verified confirmed public private available "
    "published finished cancelled canceled approved resolved neutered vaccinated sold featured"
)
EMAILS = frozenset(["email", "e-mail", "mail"])
LINKS = frozenset(["url", "website", "homepage", "webpage", "web-site", "link", "uri"])
GAUGED = word_set("stock battery fuel water minimum maximum reorder fill charge inventory oil tank safety charging")
"""What a level is a number after."""
LASTING = word_set(
    "cooking preparation prep baking brewing playing running travel travelling reading drying driving walking "
    "waiting setup resting roasting simmering screen practice commuting proofing rising"
)
"""What a time is a span after: "cooking time" is a number of minutes, no time of day."""
CHOICE_WORDS = frozenset(["status", "state", "role", "priority", "stage", "phase", "severity"])
"""Names that promise a few fixed values; when none are said, the planner asks."""
OTHERS = word_set("parent parents guardian mother father emergency carer spouse partner")
"""Whose e-mail or phone number several have: brothers and sisters have the same parents."""
UNIQUE_WORDS = word_set(
    "isbn email e-mail sku slug username vin barcode ean imei iban handle ssn upc plate registration"
)
"""Names whose values usually differ in every row; the planner asks whether they must."""
UNIQUE_NUMBERS = word_set(
    "serial license licence passport card registration plate tracking policy chip tag inventory asset membership"
)
"""What a number belongs to in one row only; besides these, "order number" in an order."""
TEXT_LISTS = word_set(
    "tags keywords labels hashtags topics genres allergens skills languages aliases nicknames synonyms"
)
"""Plurals of which each is one short text: nobody keeps fields about them."""
PROSE_PLURALS = word_set(
    "notes details instructions directions remarks hours terms conditions dimensions findings observations "
    "conclusions particulars"
)
"""Plurals that one text holds: nobody means a list by "notes"."""

MEASURED = word_set(
    "type kind sort list number piece pair set copy part group lot hundred thousand unit head euro dollar pound "
    "percent minute hour day week month year meter metre detail kilometer kilometre advance order need front "
    "charge favor weekend weekday morning evening afternoon night monday tuesday wednesday thursday friday "
    "saturday sunday cent gram kilogram kilo litre liter inch foot mile second quarter degree language letter "
    "capital public private stage"
)
"""Nouns that make a count, a measure, a time or a saying of the words around them."""


def typed(name: str) -> FieldType:
    """Return a scalar type of the grammar by its name."""
    return FieldType(name=name)


def kind_of(name: str, words: list[str]) -> tuple[EntityField, bool]:
    """Return a field with the type that its name suggests, and whether the name said it (False: taken as text).

    ``words`` are the words of the phrase, in lower case.
    """
    kind = named_kind(words)
    field = EntityField(name=name, type=typed(kind or "str"))
    if kind == "Decimal":
        field = field.model_copy(update={"digits": 12, "places": 2})
    return field, bool(kind)


def named_kind(words: list[str]) -> str:
    """Return the type that a name's words suggest, or nothing."""
    first, last = words[0], words[-1]
    if first in {"is", "has"} or ("flag" in {first, last} and len(words) > 1) or (len(words) == 1 and first in FLAGS):
        return "bool"
    phrase = " ".join(words)
    if last == "hours" and first in {"opening", "office", "business", "visiting", "working"}:
        return "str"
    if last in {"from", "until", "till", "since", "on", "at"} and len(words) > 1:
        is_moment = any(is_verb_form(word) for word in words[-3:-1])
        return "date" if last not in {"on", "at"} else "" if not is_moment else "date" if last == "on" else "datetime"
    if first in {"date", "day"} and 2 <= len(words) <= 4 and is_verb_form(words[1]):
        return "date"
    if len(words) == 2 and (spent := spent_kind(first, last)):
        return spent
    if "date and time" in phrase or last in {"start", "end", "begin", "beginning", "finish", "datetime", "timestamp"}:
        return "datetime"
    if re.match(r"(?:max(?:imum)? |min(?:imum)? |total )?(number|no|count|amount) of ", phrase) and first != "amount":
        return "int"
    if phrase.startswith("amount of ") and singular(last) not in MONEY | {"money", "cash"}:
        return "int" if singular(last) != last else "float"
    if first in {"amount", "sum", "total"} and len(words) > 1 and is_verb_form(words[1]):
        return "Decimal"
    head = head_words(words)
    return by_last_word(head) or ""


def spent_kind(first: str, last: str) -> str:
    """Return the type of "last inspected", "warranty end", "hours worked" and "year built", or nothing."""
    if first in LONG and last in {"start", "end"}:
        return "date"
    if first in {"last", "next", "previous"} and (is_verb_form(last) or last in DATED):
        return "date"
    if first in {"min", "max", "minimum", "maximum"} and singular(last) != last:
        return "int"
    if first == "year" and (is_verb_form(last) or last in {"built", "made"}):
        return "int"
    is_spent = first in {"hours", "minutes", "days"} and is_verb_form(last)
    return ("float" if first == "hours" else "int") if is_spent else ""


def head_words(words: list[str]) -> list[str]:
    """Return the words that carry the meaning: ``price per night`` → ``price``, ``date of birth`` → ``date``."""
    for index, word in enumerate(words):
        if word in {"of", "per", "in", "for", "on"} and index:
            return words[:index]
    return words


def by_last_word(words: list[str]) -> str:
    """Return the type that the last word of a name suggests, or nothing."""
    last, single = words[-1], singular(words[-1])
    if EMAILS & set(words[-2:]):
        return "EmailStr"
    if last in LINKS:
        return "HttpUrl"
    if last in DATES or last == "day" or " ".join(words) in DUE_BACK:
        return "date"
    if last == "time":
        return "int" if LASTING & set(words[-2:-1]) else "time"
    if single in MONEY or (last == "value" and words[-2:-1] and words[-2] in VALUED):
        return "Decimal"
    if last in MEASURES:
        return "float"
    if single in LENGTHS:
        return "float"
    if last == "rating":
        return "int"
    if last in ONE_OF_ITS_KIND:
        return ""
    is_gauge = last in {"level", "threshold", "limit"} and bool(GAUGED & set(words[-2:-1]))
    return "int" if is_gauge or {single, last} & COUNTS else ""


def is_countable_list(words: list[str]) -> bool:
    """Tell whether a plural without a count's meaning may be a list or things of their own (``ingredients``)."""
    last = head_words(words)[-1]
    return singular(last) != last and last not in PROSE_PLURALS and not named_kind(words)


def may_be_unique(name: str, noun: str) -> bool:
    """Tell whether a field's values usually differ in every row of the thing that has it."""
    words = name.split("_")
    if len(words) > 1 and words[0] in OTHERS and words[0] != noun.rpartition(" ")[2]:
        return False
    if words[-1] == "number":
        return len(words) > 1 and (words[-2] in UNIQUE_NUMBERS or words[-2] == noun.rpartition(" ")[2])
    return words[-1] in UNIQUE_WORDS or name.endswith(("e_mail", "email", "email_address", "license_plate"))


def is_measure(name: str) -> bool:
    """Tell whether an entity's name is only a measure, a time or a count: "prices in euros", "on weekdays"."""
    return name.lower() in MEASURED
