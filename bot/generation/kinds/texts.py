"""Types that are texts: str, e-mail and web addresses, and values of an enum."""

from __future__ import annotations

import re
import string

from bot.generation.errors import UnsupportedSpecsError
from bot.generation.kinds.base import (
    ANNOTATED,
    BASES,
    ENUMS,
    EXAMPLES,
    FIELD,
    INDEXED_LENGTH,
    TYPES,
    Json,
    Kind,
    expression,
)
from bot.generation.names import words
from bot.generation.patterns import matches, matching_texts
from bot.generation.values import Expression, literal

__all__ = ["Choice", "Email", "Text", "WebAddress"]


class Text(Kind):
    """``str``: bounds are lengths; no NUL, which PostgreSQL can't store."""

    python = expression("str")
    takes_bounds = True
    takes_pattern = True
    wrong = (5, ["a list"], {"a": "mapping"})

    def check(self) -> None:
        """Check lengths and pattern, and find examples."""
        self.minimum = self.count(self.field.minimum) or 0
        self.maximum = self.count(self.field.maximum)
        if self.maximum is None and (self.field.unique or self.field.index):
            self.maximum = INDEXED_LENGTH
        if self.maximum is not None and not max(self.minimum, 1) <= self.maximum:
            raise UnsupportedSpecsError(f"{self.where} can't have a value: its least length is above its greatest.")
        self.texts = self.find_texts()

    def find_texts(self) -> list[str]:
        """Return different good texts."""
        if self.field.pattern is not None:
            return matching_texts(self.where, self.field.pattern, self.minimum, self.maximum, EXAMPLES)
        texts = [self.shaped(f"{words(self.field.name)} {number}") for number in range(1, EXAMPLES + 1)]
        if len(set(texts)) == len(texts):
            return texts
        letters = string.ascii_lowercase if self.maximum == 1 else string.digits
        width = self.maximum or 1
        return list(dict.fromkeys(self.shaped(spelled(number, letters, width)) for number in range(EXAMPLES)))

    def shaped(self, text: str) -> str:
        """Fit a text into the lengths."""
        return text.ljust(self.minimum, "x")[: self.maximum]

    def model_type(self) -> Expression:
        """Return a bounded column where there is a greatest length."""
        return self.sql_type()

    def migration_type(self) -> Expression:
        """Return the same as in the model."""
        return self.sql_type()

    def sql_type(self) -> Expression:
        """Return the SQL type."""
        return expression("sa.Text()" if self.maximum is None else f"sa.String(length={self.maximum})")

    def schema(self) -> Expression:
        """Return a text with its lengths and its pattern."""
        limits = [f"min_length={self.minimum}"] if self.minimum else []
        limits += [f"max_length={self.maximum}"] if self.maximum is not None else []
        if self.field.pattern is not None:
            limits.append(f"pattern={literal(self.field.pattern)}")
            return expression(f"Annotated[str, Field({', '.join(limits)}), types.WITHOUT_NUL]", ANNOTATED, FIELD, TYPES)
        limits.append("pattern=types.TEXT")
        return expression(f"Annotated[str, Field({', '.join(limits)})]", ANNOTATED, FIELD, TYPES)

    def read(self) -> Expression:
        """Return a plain text."""
        return expression("str")

    def default(self, text: str) -> Expression:
        """Return the text, if it keeps its own limits."""
        too_long = self.maximum is not None and len(text) > self.maximum
        mismatch = self.field.pattern is not None and not matches(self.field.pattern, text)
        if too_long or mismatch or len(text) < self.minimum or "\x00" in text:
            raise ValueError(text)
        return expression(literal(text))

    def examples(self) -> list[Json]:
        """Return the texts that were found."""
        return [*self.texts]

    def refused(self) -> list[Json]:
        """Return texts beside the lengths, and one with a NUL."""
        values: list[Json] = [*self.wrong]
        if self.minimum:
            values.append("x" * (self.minimum - 1))
        if self.maximum is not None:
            values.append("x" * (self.maximum + 1))
        return [*values, f"{self.texts[0][:-1]}\x00"]

    def edges(self) -> list[Json]:
        """Return the shortest and the longest text, unless a pattern decides."""
        if self.field.pattern is not None:
            return []
        longest: list[Json] = [] if self.maximum is None else ["x" * self.maximum]
        return ["x" * self.minimum, *longest]


class Email(Kind):
    """``EmailStr``."""

    python = expression("str")
    column = migration = expression("sa.String(length=254)")
    wrong = ("nobody", 5, "two@at@example.com")

    def schema(self) -> Expression:
        """Return an address that could receive mail."""
        return expression("types.EmailAddress", TYPES)

    def read(self) -> Expression:
        """Return a plain text."""
        return expression("str")

    def default(self, text: str) -> Expression:
        """Return the address."""
        if not re.fullmatch(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", text):
            raise ValueError(text)
        return expression(literal(text))

    def examples(self) -> list[Json]:
        """Return different addresses."""
        return [f"person{number}@example.com" for number in range(1, EXAMPLES + 1)]


class WebAddress(Kind):
    """``HttpUrl``: kept as text."""

    python = expression("str")
    column = migration = expression("sa.String(length=2048)")
    wrong = ("example", 5, "ftp://example.com/file")

    def schema(self) -> Expression:
        """Return an address of http or https."""
        return expression("types.WebAddress", TYPES)

    def read(self) -> Expression:
        """Return a plain text."""
        return expression("str")

    def default(self, text: str) -> Expression:
        """Return the address."""
        if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[!-~]*)?", text):
            raise ValueError(text)
        return expression(literal(text))

    def examples(self) -> list[Json]:
        """Return different addresses."""
        return [f"https://example.com/{number}" for number in range(1, EXAMPLES + 1)]


class Choice(Kind):
    """A value of an enum, kept as text."""

    def check(self) -> None:
        """Find the enum."""
        enum = self.specs.enum(self.field.type.name)
        if enum is None:
            raise UnsupportedSpecsError(f"{self.where} has the type {self.field.type.name}, which is not an enum.")
        self.enum = enum

    def annotation(self) -> Expression:
        """Return the enum's class."""
        return expression(f"enums.{self.enum.name}", ENUMS)

    def model_type(self) -> Expression:
        """Return a text column that reads as the enum."""
        return expression(f"base.enum_text(enums.{self.enum.name})", ENUMS, BASES)

    def migration_type(self) -> Expression:
        """Return a text column."""
        return expression("sa.String(length=100)")

    def schema(self) -> Expression:
        """Return the enum."""
        return self.annotation()

    def default(self, text: str) -> Expression:
        """Return the value of the enum."""
        if text not in self.enum.values:
            raise ValueError(text)
        return expression(f"enums.{self.enum.name}({literal(text)})", ENUMS)

    def examples(self) -> list[Json]:
        """Return the values."""
        return [*self.enum.values[:EXAMPLES]]

    def refused(self) -> list[Json]:
        """Return a value that is none."""
        return [next(text for text in stretch("no such value") if text not in self.enum.values), 5]


def spelled(number: int, letters: str, width: int) -> str:
    """Write a number with letters as digits, of a fixed width."""
    text = ""
    for _ in range(width):
        number, position = divmod(number, len(letters))
        text = letters[position] + text
    return text


def stretch(text: str) -> list[str]:
    """Return a text and longer ones."""
    return [text + "!" * count for count in range(100)]
