"""Example texts for regular expressions: tests of a generated service need texts that its patterns accept."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import StringConstraints, TypeAdapter, ValidationError
from pydantic_core import SchemaError

from bot.generation.errors import UnsupportedSpecsError

__all__ = ["matches", "matching_texts"]

PARSER: Any = vars(re)["_parser"]
"""Python's own parser of patterns; it has no public name."""
type Parsed = Any
"""A piece of what Python's parser returns: lists and tuples of its own constants."""
LETTERS = string.ascii_letters + string.digits + " -_.,:;/+@#!?()'\"*&%$=<>[]{}|~^`\\"
LARGEST_REPEAT = 64
EXTRA_REPEATS = 40
"""How far repeats are stretched to reach a least length."""
MOST_STEPS = 5_000
"""Steps of one text at most, so that nested repeats of a hostile pattern take no time."""


def matching_texts(where: str, pattern: str, minimum: int, maximum: int | None, wanted: int) -> list[str]:
    """Return up to so many different texts that match a pattern, their lengths within bounds.

    Raises UnsupportedSpecsError where the pattern can't be checked or no text is found.
    """
    try:
        parsed = PARSER.parse(pattern)
        adapter: TypeAdapter[str] = TypeAdapter(Annotated[str, StringConstraints(pattern=pattern)])
    except (re.error, SchemaError, RecursionError, OverflowError):
        raise UnsupportedSpecsError(
            f"The pattern of {where} can't be checked by the service; write it without look-around and back-references."
        ) from None
    found: dict[str, None] = {}
    classes: dict[int, str] = {}
    for number in range(1, wanted * 8):
        text = next(
            (text for text in stretched(parsed, number, classes) if fits(text, minimum, maximum, adapter)), None
        )
        if text is not None:
            found[text] = None
        if len(found) == wanted:
            break
    if not found:
        raise UnsupportedSpecsError(
            f"No example was found for the pattern of {where} within its length; write a simpler pattern."
        )
    return list(found)


def stretched(parsed: Parsed, number: int, classes: dict[int, str]) -> Iterator[str]:
    """Write one choice of a pattern with longer and longer repeats."""
    for extra in range(EXTRA_REPEATS):
        text = Sampler(number, extra, classes).write(parsed)
        if text is None:
            return
        yield text


def matches(pattern: str, text: str) -> bool:
    """Tell whether a text matches a pattern as a service checks it: in linear time, whatever the pattern."""
    adapter: TypeAdapter[str] = TypeAdapter(Annotated[str, StringConstraints(pattern=pattern)])
    return fits(text, 0, None, adapter)


def fits(text: str, minimum: int, maximum: int | None, adapter: TypeAdapter[str]) -> bool:
    """Tell whether a text has a length within bounds, no NUL, and matches."""
    if len(text) < minimum or (maximum is not None and len(text) > maximum) or "\x00" in text:
        return False
    try:
        adapter.validate_python(text)
    except ValidationError:
        return False
    return True


class Sampler:
    """Writes a text for a parsed pattern. ``number`` chooses at each fork, like the digits of a mixed radix.

    ``classes`` remembers the letters of each class of letters while the pattern is in use.
    """

    def __init__(self, number: int, extra: int, classes: dict[int, str]) -> None:
        """Begin with a number for the choices and how many repeats to add."""
        self.number = number
        self.extra = extra
        self.classes = classes
        self.steps = 0

    def choose(self, options: str) -> str:
        """Take one of the options, and use up its part of the number."""
        self.number, position = divmod(self.number, len(options))
        return options[position]

    def write(self, parsed: Parsed) -> str | None:
        """Write a sequence, or return None where it holds something that is not known."""
        parts: list[str] = []
        for operation, argument in parsed:
            part = self.write_one(str(operation), argument)
            if part is None:
                return None
            parts.append(part)
        return "".join(parts)

    def write_one(self, operation: str, argument: Parsed) -> str | None:
        """Write one operation of the parser."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            return None
        match operation:
            case "LITERAL":
                return chr(argument)
            case "AT":
                return ""
            case "ANY" | "IN" | "NOT_LITERAL":
                if id(argument) not in self.classes:
                    self.classes[id(argument)] = letters_of(operation, argument)
                options = self.classes[id(argument)]
                return self.choose(options) if options else None
            case "SUBPATTERN":
                return self.write(argument[-1])
            case "BRANCH":
                branches = argument[1]
                self.number, position = divmod(self.number, len(branches))
                return self.write(branches[position])
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                return self.repeat(*argument)
        return None

    def repeat(self, least: int, most: Parsed, parsed: Parsed) -> str | None:
        """Write a repeat: its least count, plus the extra where it may grow."""
        if least > LARGEST_REPEAT:
            return None
        count = min(int(most), least + self.extra)
        parts: list[str] = []
        for _ in range(count):
            part = self.write(parsed)
            if part is None:
                return None
            parts.append(part)
        return "".join(parts)


def letters_of(operation: str, argument: Parsed) -> str:
    """Return the letters that a class of letters allows, of those that are easy to read."""
    if operation == "ANY":
        return string.ascii_lowercase
    if operation == "NOT_LITERAL":
        return "".join(letter for letter in LETTERS if ord(letter) != argument)
    own = "".join(chr(item[0]) for kind, item in argument if str(kind) == "RANGE")
    is_negated = bool(argument) and str(argument[0][0]) == "NEGATE"
    allowed = [letter for letter in LETTERS if any(is_in(letter, *item) for item in argument) is not is_negated]
    return "".join(allowed) or own


def is_in(letter: str, kind: Parsed, item: Parsed) -> bool:
    """Tell whether a letter is in one item of a class of letters."""
    match str(kind):
        case "LITERAL":
            return bool(ord(letter) == item)
        case "RANGE":
            return bool(item[0] <= ord(letter) <= item[1])
        case "CATEGORY":
            return is_in_category(letter, str(item))
    return False


def is_in_category(letter: str, category: str) -> bool:
    r"""Tell whether a letter is in ``\d``, ``\w``, ``\s`` or the opposite of one."""
    categories = {"DIGIT": letter.isdigit(), "WORD": letter.isalnum() or letter == "_", "SPACE": letter.isspace()}
    name = category.removeprefix("CATEGORY_")
    if name.startswith("NOT_"):
        return not categories[name.removeprefix("NOT_")]
    return categories[name]
