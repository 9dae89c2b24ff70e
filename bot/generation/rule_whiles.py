"""The prepared view of rules that make an action depend on a status: what tests try, and what they change before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.documents.entities.declared_rules import fields_of
from bot.documents.entities.entity_specs import Entity
from bot.generation.fields import FieldView, json_expression
from bot.generation.kinds.base import ENUMS
from bot.generation.names import attribute_name, entity_names, words
from bot.generation.rule_fields import given_fields
from bot.generation.rule_rows import RuleParent, StateView, WhileView
from bot.generation.rule_states import Guard, guards_of, seed_states, states_to_bring_about, status_values
from bot.generation.rule_writing import rule_parent, status_text, text_of
from bot.generation.ruled_entity import RuledEntity
from bot.generation.values import Expression, Identifier, PythonLiteral, Words

__all__ = ["can_change", "changes_before", "seeded_states", "while_views"]


@dataclass(frozen=True)
class Change:
    """What the tests of a rule change of a row, and what must be stored for that."""

    text: str
    parent: RuleParent | None = None


def while_views(ruled: RuledEntity, watched: frozenset[str]) -> Iterator[WhileView]:
    """Yield the tests of each rule; ``watched`` are the fields that rules are about."""
    for guard in guards_of(ruled.entity, ruled.specs):
        values = [written(ruled, guard, value) for value in status_values(guard.status, ruled.specs)]
        change = change_of(ruled, guard, watched) if guard.rule.action == "update" else Change("")
        yield WhileView(
            rule=text_of(guard.rule),
            action=guard.rule.action,
            name=Identifier(f"{guard.rule.action}_while_{guard.rule.path.replace('.', '_')}"),
            parent=parent_of(guard, ruled),
            attribute=Identifier(attribute_name(guard.status)),
            label=Words(words(guard.status.name)),
            values=Expression(f"[{', '.join([*values, *(['None'] if guard.status.optional else [])])}]"),
            allowed=Expression(f"[{', '.join(written(ruled, guard, value) for value in guard.rule.values)}]"),
            change=Expression(change.text),
            needs=change.parent,
        )


def change_of(ruled: RuledEntity, guard: Guard, watched: frozenset[str]) -> Change:
    """Return a change of something that no rule is about, or else of a reference. Raises ValueError without any."""
    for item in ruled.fields.values():
        if is_free(item, watched):
            return Change(f"{{{item.key.text}: {json_expression(item.examples[-1]).text}}}")
    for item in ruled.fields.values():
        if item.data_key is not None and item.is_given and item.field.name != (guard.key.name if guard.key else ""):
            parent = rule_parent(ruled.entity, item.field.name, ruled.specs)
            return Change(f"{{{parent.key.text}: {parent.row_key.text}}}", parent)
    raise ValueError(f"{ruled.entity.name} has nothing that could be changed while {guard.rule.path} stays as it is")


def can_change(entity: Entity, guard: Guard) -> bool:
    """Tell whether anything of a row can change but the status itself."""
    named = {name for rule in entity.rules for name in fields_of(rule)} | {"email"}
    others = (field for field in given_fields(entity) if guard.key is None or field.name != guard.key.name)
    return any(field.foreign_key or field.name not in named for field in others)


def is_free(item: FieldView, watched: frozenset[str]) -> bool:
    """Tell whether a field can be changed from its first to its last example, whatever rules say."""
    is_plain = item.is_given and item.data_key is None and item.field.name not in {*watched, "email", "password"}
    return is_plain and len(item.examples) > 1


def changes_before(ruled: RuledEntity, action: str) -> tuple[StateView, ...]:
    """Return what tests change of the rows that they made before an action is possible."""
    return tuple(
        state_view(ruled, guard, value) for guard, value in states_to_bring_about(ruled.entity, action, ruled.specs)
    )


def seeded_states(ruled: RuledEntity) -> tuple[StateView, ...]:
    """Return what rows for development must be like before a new one names them."""
    return tuple(state_view(ruled, guard, value) for guard, value in seed_states(ruled.entity, ruled.specs))


def state_view(ruled: RuledEntity, guard: Guard, value: str) -> StateView:
    """Prepare a status that rows are to have."""
    names = entity_names(guard.holder)
    imports = frozenset() if guard.status.type.name == "bool" else frozenset({ENUMS})
    return StateView(
        name=Identifier(names.name),
        module=Identifier(names.module),
        attribute=Identifier(attribute_name(guard.status)),
        key=PythonLiteral.of(attribute_name(guard.status)),
        value=Expression(written(ruled, guard, value), imports),
        parent=parent_of(guard, ruled),
    )


def parent_of(guard: Guard, ruled: RuledEntity) -> RuleParent | None:
    """Return the row that is looked at where it is another one."""
    return rule_parent(ruled.entity, guard.key.name, ruled.specs) if guard.key else None


def written(ruled: RuledEntity, guard: Guard, value: str) -> str:
    """Write a value of a status."""
    return status_text(guard.status, value, ruled.specs)
