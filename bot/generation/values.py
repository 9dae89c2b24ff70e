"""Typed values: the only things a template may print. Each knows how to stand safely where it lands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.patterns import regex

__all__ = [
    "Expression",
    "Identifier",
    "MarkdownCode",
    "MarkdownText",
    "PythonLiteral",
    "QuotedString",
    "Sentence",
    "SlugOrPath",
    "Value",
    "Words",
    "finalize",
    "join_imports",
    "literal",
]

IDENTIFIER = regex(r"[A-Za-z_][A-Za-z0-9_]*\Z")
WORDS = regex(r"[A-Za-z0-9][A-Za-z0-9 ]*\Z")
SENTENCE = regex(r"[\w .,:;()`'-]+\Z", re.ASCII)
SLUG_OR_PATH = regex(r"[A-Za-z0-9_./-]+\Z")
BACK_QUOTES = regex(r"`+")
MARKDOWN_MARKS = regex(r"([\\`*_{}\[\]<>#|~&!])")


@dataclass(frozen=True)
class Value:
    """A text that is safe where its class says; templates print nothing else."""

    text: str

    def __str__(self) -> str:
        """Refuse to become a plain string by accident; `finalize` is the only way out."""
        raise TypeError(f"{type(self).__name__} can only be printed by a template")


@dataclass(frozen=True)
class Identifier(Value):
    """A name in Python or SQL. Raises ValueError where the text is none."""

    def __post_init__(self) -> None:
        """Check the name."""
        require(IDENTIFIER, self.text)


@dataclass(frozen=True)
class Words(Value):
    """Words of letters, digits and blanks, made of an identifier: safe in docstrings, comments and prose."""

    def __post_init__(self) -> None:
        """Check the words."""
        require(WORDS, self.text)


@dataclass(frozen=True)
class Sentence(Value):
    """One line of words and names with their punctuation: safe in docstrings and comments, since nothing ends them."""

    def __post_init__(self) -> None:
        """Check the sentence."""
        require(SENTENCE, self.text)


@dataclass(frozen=True)
class SlugOrPath(Value):
    """A slug, a version or a path of a repository, safe in TOML strings, YAML and shell words."""

    def __post_init__(self) -> None:
        """Check the text."""
        require(SLUG_OR_PATH, self.text)


@dataclass(frozen=True)
class PythonLiteral(Value):
    """A Python literal of a value; made by `python_literal`, so that nothing breaks out of its quotes."""

    @classmethod
    def of(cls, value: object) -> PythonLiteral:
        """Write a value of None, bool, int, float, str, or lists, tuples and dictionaries of them."""
        require_plain(value)
        return cls(repr(value))


@dataclass(frozen=True)
class QuotedString(Value):
    """A double-quoted string that TOML and YAML both read as the same text."""

    @classmethod
    def of(cls, text: str) -> QuotedString:
        """Quote a text; what is not printable is escaped."""
        return cls(f'"{"".join(quoted_letter(letter) for letter in text)}"')


@dataclass(frozen=True)
class MarkdownText(Value):
    """Prose in Markdown: one line in which no mark of Markdown or HTML has a meaning."""

    @classmethod
    def of(cls, text: str) -> MarkdownText:
        """Escape a text; line breaks and what is not printable become blanks."""
        line = "".join(letter if letter.isprintable() else " " for letter in text)
        return cls(MARKDOWN_MARKS.sub(r"\\\1", line))


@dataclass(frozen=True)
class MarkdownCode(Value):
    """Inline code in Markdown, outside of tables: shown letter for letter."""

    @classmethod
    def of(cls, text: str) -> MarkdownCode:
        """Put a text between marks that it doesn't hold; line breaks and what is not printable become blanks."""
        line = "".join(letter if letter.isprintable() else " " for letter in text)
        marks = "`" * (max(map(len, BACK_QUOTES.findall(line)), default=0) + 1)
        space = " " if "`" in line else ""
        return cls(f"{marks}{space}{line}{space}{marks}")


@dataclass(frozen=True)
class Expression(Value):
    """A piece of Python composed by our own code of names and literals, with the imports that it needs."""

    imports: frozenset[str] = field(default=frozenset(), compare=False)

    def __or__(self, other: Expression) -> Expression:
        """Join two types by ``|``."""
        return Expression(f"{self.text} | {other.text}", self.imports | other.imports)


def literal(value: object) -> str:
    """Write a Python literal."""
    return PythonLiteral.of(value).text


def require(pattern: re.Pattern[str], text: str) -> None:
    """Raise ValueError where a text is not what a pattern says."""
    if not pattern.match(text):
        raise ValueError(f"{text!r} is not safe where it would be printed")


def require_plain(value: object) -> None:
    """Raise TypeError for anything but plain data."""
    if isinstance(value, dict):
        for name, item in value.items():
            require_plain(name)
            require_plain(item)
    elif isinstance(value, list | tuple):
        for item in value:
            require_plain(item)
    elif not (value is None or isinstance(value, bool | int | float | str)):
        raise TypeError(f"{type(value).__name__} is not plain data")


def quoted_letter(letter: str) -> str:
    """Write a letter of a double-quoted string."""
    if letter in '"\\':
        return f"\\{letter}"
    if letter.isprintable():
        return letter
    code = ord(letter)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def join_imports(expressions: Iterable[Expression]) -> tuple[Expression, ...]:
    """Return the import lines that expressions need, sorted."""
    lines = {line for expression in expressions for line in expression.imports}
    return tuple(Expression(line) for line in sorted(lines))


def finalize(value: object) -> str:
    """Print a typed value or a count; refuse anything else. Raises TypeError."""
    if isinstance(value, Value):
        return value.text
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise TypeError(f"a template printed {value!r} of type {type(value).__name__}; only typed values may be printed")
