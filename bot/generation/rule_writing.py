"""How declared rules are written into a service: their objects, the values of enums, and the rows that they name."""

from __future__ import annotations

from collections.abc import Mapping
from keyword import iskeyword
from types import MappingProxyType

from bot.documents.entities.declared_rules import DeclaredRule, OnlyWhile, Transition
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.entities.rule_lines import write_rule
from bot.generation.enums import EnumView, enum_view
from bot.generation.keys import key_as_json
from bot.generation.kinds.base import Json
from bot.generation.names import attribute_name, entity_names
from bot.generation.rule_rows import RuleParent
from bot.generation.rule_states import named_states
from bot.generation.values import Expression, Identifier, PythonLiteral

__all__ = [
    "joined",
    "key_along",
    "looked_at",
    "made",
    "member",
    "rule_parent",
    "state_arguments",
    "status_enum",
    "status_text",
    "text_of",
]

NOTHING_MORE: Mapping[str, Json] = MappingProxyType({})
RULES_FOLDER = "app.rules.base"


def text_of(rule: DeclaredRule) -> PythonLiteral:
    """Write the words of a rule."""
    return PythonLiteral.of(write_rule(rule))


def made(module: str, name: str, rule: DeclaredRule, arguments: Mapping[str, str], *imports: str) -> Expression:
    """Write the call that makes a rule."""
    written = ", ".join(f"{argument}={value}" for argument, value in arguments.items())
    needed = frozenset({f"from {RULES_FOLDER}.{module} import {name}", *imports})
    return Expression(f"{name}({text_of(rule).text}, {written},)", needed)


def member(enum: EnumView, value: str) -> str:
    """Write a value of an enum."""
    name = next(each.name.text for each in enum.members if each.value == PythonLiteral.of(value))
    return f"enums.{enum.name.text}.{name}"


def joined(members: list[str]) -> str:
    """Write a set."""
    return f"{{{', '.join(members)}}}"


def key_along(entity: Entity, relation: str) -> EntityField:
    """Return the foreign key of a relation. Raises ValueError where there is none."""
    field = entity.key_along(relation)
    if field is None:
        raise ValueError(f"{relation} is no foreign key of {entity.name}")
    return field


def looked_at(entity: Entity, rule: OnlyWhile, specs: EntitySpecs) -> tuple[Entity, EntityField]:
    """Return whose status an action depends on, and the field. Raises ValueError where there is none."""
    holder = specs.entity(key_along(entity, rule.relation).foreign_key or "") if rule.relation else entity
    status = holder.field(rule.field) if holder else None
    if holder is None or status is None:
        raise ValueError(f"{rule.path} of {entity.name} is nothing")
    return holder, status


def status_text(status: EntityField, value: str, specs: EntitySpecs) -> str:
    """Write a value of an enum or a bool. Raises ValueError where the field is neither."""
    if status.type.name == "bool":
        return PythonLiteral.of(value == "true").text
    enum = specs.enum_of(status)
    if enum is None:
        raise ValueError(f"{status.name} is no enum")
    return member(enum_view(enum), value)


def state_arguments(
    entity: Entity, key: EntityField, specs: EntitySpecs, more: Mapping[str, Json] = NOTHING_MORE
) -> Expression:
    """Write with which further arguments a row is made for a row of an entity to name it, a comma before each."""
    arguments = ""
    for name, value in {**named_states(entity, key, specs), **more}.items():
        text = PythonLiteral.of(value).text
        arguments += f', **{{"{name}": {text}}}' if iskeyword(name) else f", {name}={text}"
    return Expression(arguments)


def status_enum(rule: Transition, entity: Entity, specs: EntitySpecs) -> EnumView:
    """Return the enum of a status. Raises ValueError where the field has none."""
    field = entity.field(rule.field)
    enum = specs.enum_of(field)
    if enum is None:
        raise ValueError(f"{rule.field} is no enum")
    return enum_view(enum)


def rule_parent(entity: Entity, relation: str, specs: EntitySpecs) -> RuleParent:
    """Prepare the parent of a relation. Raises ValueError where there is none."""
    field = key_along(entity, relation)
    parent = specs.entity(field.foreign_key or "")
    if parent is None or parent.primary_key is None:
        raise ValueError(f"{field.name} has no parent")
    names = entity_names(parent)
    row = f"{names.module}_row"
    return RuleParent(
        name=Identifier(names.name),
        module=Identifier(names.module),
        key=PythonLiteral.of(field.name),
        field=Identifier(field.name),
        attribute=Identifier(attribute_name(field)),
        row=Identifier(row),
        row_key=key_as_json(parent.primary_key, row),
        state=state_arguments(entity, field, specs),
    )
