"""Types as people call them who don't write code: text, amount, yes/no, date and time."""

from __future__ import annotations

from collections.abc import Collection

__all__ = ["in_grammar"]

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
DIGITS = " (digits 12 places 2)"
"""What an amount has where nothing is said of its digits."""


def in_grammar(spelled: str, rest: str, declared: Collection[str]) -> str:
    """Return a type in the grammar's words; what is declared under its name, or is no such word, stays as it is.

    ``rest`` is what is said beside it.
    """
    word = " ".join(spelled.lower().split())
    if spelled.strip() in declared or word not in PLAIN_TYPES:
        return spelled
    kind = PLAIN_TYPES[word]
    says_digits = any(key in rest for key in ("digits", "places"))
    return kind + (DIGITS if kind == "Decimal" and not says_digits else "")
