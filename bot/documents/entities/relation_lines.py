"""One line of a RELATIONS section, in any of the spellings found in real files."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.documents.entities.cardinalities import cardinality_in, cardinality_of, is_ratio
from bot.documents.entities.entity_lines import Names, other_spelling
from bot.documents.entities.entity_specs import Cardinality, Relation
from bot.documents.entities.field_types import read_type
from bot.documents.naming import snake_case
from bot.documents.text.quoted_text import split_brackets, split_commas
from bot.documents.text.reading import quote

__all__ = ["RelationLine", "read_relation_line"]

ARROWS = ("->", "→", "=>")
SEEN_FROM_THERE = {
    Cardinality.ONE_TO_MANY: Cardinality.MANY_TO_ONE,
    Cardinality.MANY_TO_ONE: Cardinality.ONE_TO_MANY,
}
"""What a relation is called from its other end, where that differs."""


@dataclass(frozen=True)
class RelationLine:
    """What was read from a relation's line; ``relation`` is None where the line names no entity."""

    relation: Relation | None
    unknown: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()


@dataclass
class Said:
    """What the pieces of a line say: a name, a cardinality, and the texts that may name the entity."""

    name: str
    cardinality: Cardinality | None = None
    targets: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def take_cardinality(self, cardinality: Cardinality, spelled: str) -> None:
        """Take a cardinality; of two that differ the first one holds."""
        if self.cardinality not in {None, cardinality}:
            self.unknown.append(spelled)
        self.cardinality = self.cardinality or cardinality


def read_relation_line(text: str, names: Names, host: str = "") -> RelationLine:
    """Return what ``author: Author (ManyToOne)`` or ``author: many-to-one Author`` says; a name may be missing.

    ``host`` is the entity that the line stands in: ``Author -> Book (OneToMany)`` may name it too.
    """
    name, colon, rest = text.partition(":")
    is_target = not names.entities.isdisjoint(rest.split(None, 1)[:1])
    if not colon or "(" in name or (is_ratio(name, rest) and not is_target):
        name, rest = "", text
    said = Said(without_host(plain(name), host, names) or plain(name))
    parts = split_brackets(rest.strip())
    for piece in [parts.head, *(piece for group in parts.groups for piece in split_commas(group))]:
        take_piece(piece, said, names, host)
    if said.name and not said.cardinality:
        said.cardinality = cardinality_of(said.name)
        said.name = "" if said.cardinality else said.name
    target = take_target(said, names)
    if target is None:
        return RelationLine(None)
    return relation_line(said, target, names, [*said.unknown, *said.targets, *([parts.tail] if parts.tail else [])])


def relation_line(said: Said, spelled: str, names: Names, unknown: list[str]) -> RelationLine:
    """Return the relation to an entity, with what was mapped."""
    reading = read_type(spelled, names.declared)
    target = names.entity(reading.type.name)
    suggested = Cardinality.ONE_TO_MANY if reading.type.is_list else Cardinality.MANY_TO_ONE
    notes = said.notes if said.cardinality else [f"{target} without a cardinality is taken as {suggested}"]
    given = snake_case(said.name) or snake_case(target)
    relation = Relation(name=given, target=target, cardinality=said.cardinality or suggested)
    renamed: list[str] = []
    if said.name and said.name != given:
        renamed.append(f"{quote(said.name)} is called {given} in the code")
    if other_spelling(reading.type.name, target, names):
        renamed.append(f"{quote(reading.type.name)} is called {target}")
    return RelationLine(relation, tuple(unknown), tuple(notes), tuple(renamed))


def take_piece(piece: str, said: Said, names: Names, host: str) -> None:
    """Take one piece: a cardinality, an entity, or both; what stands before them is the host or a name."""
    if not piece:
        return
    if names_entity(piece, names):
        said.targets.append(piece)
        return
    found = cardinality_in(piece, names.declared)
    before, after = (found.before, found.after) if found else around_arrow(piece)
    if found and host and names.entity(after) == host != names.entity(before) in names.entities:
        said.take_cardinality(SEEN_FROM_THERE.get(found.cardinality, found.cardinality), piece)
        said.notes.append(f"{quote(piece)} is taken as seen from {host}")
        after = ""
    elif found:
        said.take_cardinality(found.cardinality, piece)
    if before and after:
        take_before(before, said, names, host)
        said.targets.append(after)
    elif before or after:
        said.targets.append(before or after)
    elif not found:
        said.unknown.append(piece)


def take_before(before: str, said: Said, names: Names, host: str) -> None:
    """Take what stands before a cardinality or an arrow: nothing where it is the host, else a name where none is."""
    word = without_host(plain(before), host, names)
    if not word:
        return
    if said.name or " " in word or word in names.declared:
        said.unknown.append(before)
    else:
        said.name = word


def around_arrow(piece: str) -> tuple[str, str]:
    """Return what stands before and after the first arrow of a piece; without one the piece, and nothing."""
    for arrow in ARROWS:
        before, found, after = piece.partition(arrow)
        if found and after.strip():
            return before.strip(), after.strip()
    return piece, ""


def take_target(said: Said, names: Names) -> str | None:
    """Return the text that names the entity, taken from the targets; None where nothing may be one.

    Of several words that name none together, the only one that names one by itself counts.
    """
    for index, target in enumerate(said.targets):
        if names_entity(target, names):
            return said.targets.pop(index)
    if not said.targets:
        return None
    first = said.targets.pop(0)
    words = first.split()
    known = [index for index, word in enumerate(words) if names_entity(word, names)]
    if len(known) != 1 or len(words) == 1:
        return plain(first)
    said.unknown.append(" ".join([*words[: known[0]], *words[known[0] + 1 :]]))
    return words[known[0]]


def names_entity(text: str, names: Names) -> bool:
    """Tell whether a text names a declared entity or enum, possibly as a list."""
    name = read_type(plain(text), names.declared).type.name
    return name in names.declared or names.entity(name) in names.entities


def without_host(name: str, host: str, names: Names) -> str:
    """Return a relation's name without the entity before it, ``Book.loans`` as ``loans``; nothing for the host."""
    head, dot, tail = name.partition(".")
    if not host or names.entity(head) != host:
        return name
    return tail if dot else ""


def plain(text: str) -> str:
    """Return a text without Markdown's marks around it."""
    return text.strip().strip("`*").strip()
