"""Writes entity_specs in its canonical form; reading it again gives the same models."""

from __future__ import annotations

from collections.abc import Collection

from bot.documents.entities.entity_marks import written_marks
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs, EnumSpec
from bot.documents.entities.field_types import written_type
from bot.documents.entities.rule_lines import write_rule
from bot.documents.text.quoted_text import quoted_value

__all__ = ["field_line", "write_entity_specs"]


def write_entity_specs(specs: EntitySpecs) -> str:
    """Return the canonical text: entities in order, then enums, one blank line between blocks, wrapped."""
    declared = frozenset(enum.name for enum in specs.enums)
    blocks = [
        *(entity_block(entity, declared) for entity in specs.entities),
        *(enum_block(enum) for enum in specs.enums),
    ]
    body = "\n\n".join("\n".join(block) for block in blocks)
    return f"<entity_specs>\n{body}\n</entity_specs>\n" if body else "<entity_specs>\n</entity_specs>\n"


def entity_block(entity: Entity, enums: Collection[str]) -> list[str]:
    """Return the lines of one entity; ``enums`` are those that the document declares."""
    lines = [f"ENTITY: {entity.name}{written_marks(entity)}", f"TABLE: {entity.table}", "FIELDS:"]
    lines += [f"  - {field_line(field, enums)}" for field in entity.fields]
    lines.append(f"API_PATH: {entity.api_path}")
    if entity.relations:
        lines.append("RELATIONS:")
        lines += [f"  - {relation.name}: {relation.target} ({relation.cardinality})" for relation in entity.relations]
    if entity.rules:
        lines.append("RULES:")
        lines += [f"  - {write_rule(rule)}" for rule in entity.rules]
    return lines


def enum_block(enum: EnumSpec) -> list[str]:
    """Return the lines of one enum."""
    return [f"ENUM: {enum.name}", "VALUES: " + ", ".join(quoted_enum_value(value) for value in enum.values)]


def quoted_enum_value(value: str) -> str:
    """Return an enum's value, quoted where it holds more than letters, digits and underscores."""
    return value if value.replace("_", "").isalnum() and value.isascii() else quoted_value(value)


def field_line(field: EntityField, enums: Collection[str] | None = None) -> str:
    """Return one field as the grammar writes it, such as ``price: Decimal (min 0, digits 8 places 2)``.

    A type that is none of the grammar's is called an enum where it is one of ``enums``. Without these it is taken to
    be one: whoever writes a field alone has to know.
    """
    spelled = written_type(field.type, field.optional)
    is_enum = not field.type.is_scalar if enums is None else field.type.name in enums
    modifiers = [text for text in modifier_texts(field, is_enum) if text]
    return f"{field.name}: {spelled}" + (f" ({', '.join(modifiers)})" if modifiers else "")


def modifier_texts(field: EntityField, is_enum: bool) -> list[str]:
    """Return every modifier in its canonical place, empty where the field has it not."""
    counts = [f"digits {field.digits}" if field.digits is not None else ""]
    counts.append(f"places {field.places}" if field.places is not None else "")
    return [
        "primary key" if field.primary_key else "",
        "auto-generated" if field.auto_generated else "",
        "enum" if is_enum else "",
        "unique" if field.unique else "",
        "index" if field.index else "",
        valued("default", field.default),
        valued("min", field.minimum),
        valued("max", field.maximum),
        f"pattern {quoted_always(field.pattern)}" if field.pattern is not None else "",
        " ".join(count for count in counts if count),
        f"foreign key to {field.foreign_key}" if field.foreign_key is not None else "",
        f"on delete {field.on_delete}" if field.on_delete is not None else "",
        valued("renamed from", field.renamed_from),
        f"for {field.feature}" if field.feature is not None else "",
    ]


def valued(keyword: str, value: str | None) -> str:
    """Return a keyword with its value, or an empty string."""
    if value is None:
        return ""
    is_part_of_keyword = value.casefold().startswith("length")  # `max length 5` is a keyword of two words
    return f"{keyword} {quoted_always(value) if is_part_of_keyword else quoted_value(value)}"


def quoted_always(value: str) -> str:
    """Return a value in double quotes, as a pattern is always written."""
    plain = quoted_value(value)
    return plain if plain.startswith('"') else f'"{plain}"'
