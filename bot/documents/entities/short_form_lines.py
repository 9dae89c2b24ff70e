"""The lines of a short form: what a text of one entity says under which heading, and which values a line names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from bot.documents.entities.cardinalities import cardinality_in
from bot.documents.entities.entity_blocks import BULLETS, key_of
from bot.documents.entities.entity_lines import Names, keyword_of
from bot.documents.entities.enum_lines import read_enum_line
from bot.documents.entities.field_types import read_type
from bot.documents.entities.plain_types import in_grammar
from bot.documents.entities.rule_lines import continues_transition, read_rule_line
from bot.documents.naming import pascal_case, snake_case
from bot.documents.text.quoted_text import split_brackets, split_commas
from bot.documents.text.reading import quote
from bot.patterns import regex

__all__ = [
    "FormLine",
    "FormText",
    "SaidValues",
    "as_value",
    "lines_of",
    "read_form_text",
    "said_values",
    "take_fields_back",
    "things_in",
    "without_type",
]

NAME = "NAME"
LINE_END = regex(r"\r\n|\r|\n")
UNWRITABLE = regex(r"[\x00-\x1f\ud800-\udfff]")
"""Characters that no document holds as they are."""
SECTIONS = ("FIELDS", "RELATIONS", "RULES")
MODIFIERS = ("default", "renamed from")
FLAGS = frozenset({"optional", "unique", "index", "required"})


@dataclass(frozen=True)
class FormLine:
    """A line of a form's text: its number, from 1, and what it says without its bullet."""

    number: int
    text: str

    @property
    def name(self) -> str:
        """Return what stands before the colon."""
        return self.text.partition(":")[0].strip().strip("`*").rstrip("?").strip()


@dataclass
class FormText:
    """What a text of one entity says. ``problems`` are lines that stand nowhere, each with what to do."""

    name: str = ""
    sections: dict[str, list[FormLine]] = field(default_factory=lambda: {key: [] for key in SECTIONS})
    problems: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class SaidValues:
    """The values that a line names for a field, and what it says of the field beside them."""

    values: tuple[str, ...]
    modifiers: tuple[str, ...]
    unknown: str = ""


def lines_of(text: str, first: int = 1) -> list[FormLine]:
    """Return the lines of a hostile text that say anything, as `FormLine`; the first has the number ``first``."""
    shown = (UNWRITABLE.sub(" ", line).strip() for line in LINE_END.split(text))
    return [
        FormLine(number, line[2:].strip() if line.startswith(BULLETS) else line)
        for number, line in enumerate(shown, start=first)
        if line.strip("-*•+– ")
    ]


def read_form_text(lines: list[FormLine]) -> FormText:
    """Return what the lines of one entity say, by heading; a first line ``NAME: Loan`` gives it another name."""
    form = FormText()
    section = "FIELDS"
    for index, line in enumerate(lines):
        key, rest = key_of(line.text)
        if index == 0 and line.name == NAME and (name := new_name(line)):
            form.name = name
        elif key in SECTIONS:
            section = key
            form.sections[section] += [FormLine(line.number, rest)] if rest else []
        elif key and line.name.isupper():
            form.problems.append((line.number, f"{line.name} is kept as it is and not edited here; take the line out."))
        else:
            form.sections[section].append(line)
    return form


def take_fields_back(form: FormText, names: Names) -> None:
    """Put lines under a heading that are plainly fields with the fields: people add one at the end of a text."""
    for section, belongs in (("RELATIONS", is_relation), ("RULES", is_rule)):
        lines = form.sections[section]
        form.sections["FIELDS"] += [line for line in lines if not belongs(line, names)]
        form.sections[section] = [line for line in lines if belongs(line, names)]


def is_relation(line: FormLine, _names: Names) -> bool:
    """Tell whether a line under RELATIONS says how many of each side it joins."""
    return cardinality_in(line.text.replace("(", " ").replace(")", " ").replace(":", " ")) is not None


def is_rule(line: FormLine, names: Names) -> bool:
    """Tell whether a line under RULES is none that begins like a field, or is a rule all the same."""
    begins_like_field = ":" in line.text and " " not in line.name and not continues_transition(line.text)
    return not begins_like_field or read_rule_line(line.text, names).rule is not None


def new_name(line: FormLine) -> str:
    """Return the name that a line ``NAME: Loan`` gives; nothing where it is a field of that name."""
    spelled = line.text.partition(":")[2].strip().strip("`*").strip()
    is_type = read_type(spelled.partition("(")[0]).type.is_scalar
    return "" if is_type or not spelled else pascal_case(spelled)


def things_in(text: str) -> list[list[FormLine]]:
    """Return the lines of each further thing: they are apart by empty lines, the first of each is its name."""
    things: list[list[FormLine]] = []
    last = 0
    for line in lines_of(text):
        is_heading = key_of(line.text)[0] in SECTIONS
        if not things or (line.number > last + 1 and not is_heading):
            things.append([])
        things[-1].append(line)
        last = line.number
    return things


def said_values(rest: str, declared: Collection[str]) -> SaidValues | None:
    """Return the values of ``AVAILABLE, LENT (default LENT)``; None where it is a type."""
    parts = split_brackets(rest)
    pieces = split_commas(parts.head)
    if not pieces or is_type(pieces[0], rest, declared):
        return None
    said = [piece for piece in pieces if is_modifier(piece)]
    values = [value for piece in pieces if not is_modifier(piece) for value, _ in read_enum_line(piece)]
    if len(values) < 2 and not (values and values[0].isidentifier() and values[0].isupper()):
        return None
    modifiers = [*said, *(piece for group in parts.groups for piece in split_commas(group) if piece.lower() != "enum")]
    return SaidValues(tuple(values), tuple(modifiers), parts.tail)


def is_type(piece: str, rest: str, declared: Collection[str]) -> bool:
    """Tell whether the first piece of a line is a type: of the grammar, in plain words, or declared."""
    spelled = in_grammar(piece.partition("=")[0].strip(), rest, declared)
    kind = read_type(spelled.partition("(")[0].strip(), declared).type
    return kind.is_scalar or kind.name in declared or kind.is_list or kind.name.lower() == "enum"


def is_modifier(piece: str) -> bool:
    """Tell whether a piece says something of the field and is none of its values."""
    return piece.lower() in FLAGS or (keyword_of(piece, MODIFIERS) != "" and not piece.isupper())


def as_value(spelled: str, known: Collection[str]) -> str:
    """Return a value as it is known, else as one word, such as ``in_progress``; in capitals where the known ones are.

    One without letters stays as it is, for a check to judge.
    """
    alike = [value for value in known if snake_case(value) == snake_case(spelled)]
    if spelled in known or alike:
        return spelled if spelled in known else alike[0]
    word = spelled if spelled.isidentifier() else snake_case(spelled) or spelled
    return word.upper() if known and all(value.isupper() for value in known) else word


def without_type(line: FormLine) -> str:
    """Return what is wrong with a line that says no type, and what to write."""
    name = (snake_case(line.name) if len(line.name) < 40 else "") or "pages"
    return f"{quote(line.text, 60)} says no type. Write it such as “{name}: number” or “{name}: text”."
