"""Draws entity_specs as a Mermaid ``erDiagram``, which GitHub renders in a repository's pages."""

from __future__ import annotations

from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.naming import ascii_letters

__all__ = ["many_to_many_pairs", "mermaid"]


def mermaid(specs: EntitySpecs) -> str:
    """Return the diagram: each entity with its fields and keys, each foreign key and many-to-many as a line."""
    names = {entity.name for entity in specs.entities}
    lines = ["erDiagram"]
    for entity in specs.entities:
        lines += entity_lines(entity)
    for entity in specs.entities:
        lines += [link(entity, field) for field in entity.fields if field.foreign_key in names]
    lines += many_to_many(specs)
    return "\n".join(lines) + "\n"


def entity_lines(entity: Entity) -> list[str]:
    """Return an entity's box."""
    rows = [f"        {column(field)}" for field in entity.fields]
    return [f"    {word(entity.name)} {{", *rows, "    }"]


def column(field: EntityField) -> str:
    """Return a field as Mermaid has it: type, name and keys."""
    keys = [key for key, holds in (("PK", field.primary_key), ("FK", field.foreign_key), ("UK", field.unique)) if holds]
    kind = word(field.type.name) + ("[]" if field.type.is_list else "")
    return f"{kind} {word(field.name)} {', '.join(keys)}".rstrip()


def link(entity: Entity, field: EntityField) -> str:
    """Return the line from a foreign key's target to its entity: one or none, to one or many."""
    one = "|o" if field.optional else "||"
    many = "o|" if field.unique else "o{"
    return f"    {word(field.foreign_key or '')} {one}--{many} {word(entity.name)} : {word(field.name)}"


def many_to_many(specs: EntitySpecs) -> list[str]:
    """Return one line for each pair that a many-to-many relation joins."""
    pairs = sorted(many_to_many_pairs(specs).items())
    return [f"    {word(left)} }}o--o{{ {word(right)} : {word(name)}" for (left, right), name in pairs]


def many_to_many_pairs(specs: EntitySpecs) -> dict[tuple[str, str], str]:
    """Return the name of each many-to-many relation by the pair that it joins, however often it is declared."""
    return {
        (min(entity.name, relation.target), max(entity.name, relation.target)): relation.name
        for entity in reversed(specs.entities)
        for relation in reversed(entity.relations)
        if relation.cardinality == "ManyToMany"
    }


def word(text: str) -> str:
    """Return a name that can't end Mermaid's line: letters, digits and underscores, never empty."""
    return "".join(char if char.isalnum() else "_" for char in ascii_letters(text)) or "_"
