"""Types as people call them who don't write code: text, amount, yes/no, date and time."""

from __future__ import annotations

from collections.abc import Collection

from bot.documents.entities.entity_specs import SCALAR_TYPES, FieldType
from bot.documents.naming import snake_case

__all__ = ["in_grammar", "plain_type", "spoken_type"]

WORDS = {
    "str": "text, long text, free text, phone, phone number",
    "int": "number, whole number, count",
    "Decimal": "amount, money, price, amount of money",
    "float": "decimal number, number with decimals",
    "bool": "yes/no, yes or no, true/false, true or false, checkbox",
    "EmailStr": "e-mail, mail, email address, e-mail address, mail address",
    "HttpUrl": "link, web link, web address, website, web page",
    "date": "day",
    "datetime": "date and time, date with time, day and time, moment",
    "time": "time of day",
}
PLAIN_TYPES = {word: kind for kind, words in WORDS.items() for word in words.split(", ")}
"""A type as people call it → the grammar's."""
SPOKEN = {
    "str": "text", "int": "number", "float": "number with decimals", "Decimal": "amount", "bool": "yes/no",
    "EmailStr": "e-mail", "HttpUrl": "web address", "date": "date", "datetime": "date and time", "time": "time of day",
    "UUID": "key", "JSON": "free data",
}  # fmt: skip
"""The grammar's types as a review names them."""
LIST_OF = "list of "
DIGITS = " (digits 12 places 2)"
"""What an amount has where nothing is said of its digits."""


def in_grammar(spelled: str, rest: str, declared: Collection[str]) -> str:
    """Return a type in the grammar's words; what is declared under its name, or is no such word, stays as it is.

    ``rest`` is what is said beside it.
    """
    word = " ".join(spelled.lower().split())
    if word.startswith(LIST_OF):
        each = word.removeprefix(LIST_OF)
        kind = PLAIN_TYPES.get(each, each)
        return f"list[{kind}]" if kind in SCALAR_TYPES else spelled
    if spelled.strip() in declared or word not in PLAIN_TYPES:
        return spelled
    kind = PLAIN_TYPES[word]
    says_digits = any(key in rest for key in ("digits", "places"))
    return kind + (DIGITS if kind == "Decimal" and not says_digits else "")


def plain_type(type_: FieldType) -> str:
    """Return a type in a word that `in_grammar` reads as the same type; nothing where there is none."""
    word = SPOKEN.get(type_.name, "")
    is_read = PLAIN_TYPES.get(word, word) == type_.name
    return (LIST_OF + word if type_.is_list else word) if word and is_read else ""


def spoken_type(type_: FieldType) -> str:
    """Return a type as people call it, an enum by the words of its name: ``FiringStatus`` as "firing status"."""
    kind = SPOKEN.get(type_.name) or snake_case(type_.name).replace("_", " ")
    return f"a list, each of it {kind}" if type_.is_list else kind
