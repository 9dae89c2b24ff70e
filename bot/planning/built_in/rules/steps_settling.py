"""Turns the steps of a status, as people told them, into the field with its values and the rule that keeps them."""

from __future__ import annotations

from bot.documents.entities.declared_rules import StatusChange, Transition
from bot.documents.entities.entity_specs import EntityField
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft, StatusSteps
from bot.planning.built_in.rules.rule_upkeep import noted
from bot.planning.built_in.words.field_kinds import CHOICE_WORDS, typed

__all__ = ["settle_steps"]


def settle_steps(draft: Draft) -> None:
    """Declare the steps of every status that has any; steps of what is no longer there are dropped."""
    for one in draft.steps:
        name = draft.other_words.get(one.entity, one.entity)
        entity = draft.entities.get(name)
        if entity is not None and not entity.is_pasted:
            declare(draft, entity, one)
    draft.steps = []


def declare(draft: Draft, entity: EntityDraft, said: StatusSteps) -> None:
    """Give an entity its status and the rule of its steps."""
    states = list(said.steps.states)
    if not said.steps.edges:
        return
    field = status_of(entity, states)
    quote = " … ".join(said.steps.quotes)
    if field is None:
        name = "status" if "status" not in entity.fields else "state"
        field = FieldDraft(EntityField(name=name, type=typed("str")), said.said, (name,), type_said=True)
        entity.fields[name] = field
        entity.is_settled = True
        draft.assume(f"{entity.name}: “{quote}” are the steps of its {name}")
    more = [state for state in states if state not in field.values]
    if field.values and more:
        draft.assume(f"{entity.name}: {', '.join(more)} is one more {field.field.name}, as the steps name it")
    field.values = (*field.values, *more)
    field.open_values = field.open_plural = field.guessed_text = False
    field.field = field.field.model_copy(update={"optional": False})
    changes = tuple(
        StatusChange(source=state, targets=targets)
        for state in field.values
        if (targets := tuple(target for source, target in said.steps.edges if source == state))
    )
    rule = Transition(field=field.field.name, changes=changes)
    others = tuple(one for one in entity.rules if not (isinstance(one, Transition) and one.field == rule.field))
    entity.rules = (*others, rule)
    draft.decide(f"{noted(entity, rule)}: “{quote}”")


def status_of(entity: EntityDraft, states: list[str]) -> FieldDraft | None:
    """Return the field whose values are such states, or the one that is called like a status, or None."""
    plain = [one for one in entity.fields.values() if not one.field.foreign_key]
    sharing = [one for one in plain if set(one.values) & set(states)]
    called = [
        one for one in plain
        if one.field.name.rpartition("_")[2] in CHOICE_WORDS - {"role", "priority", "severity"} and not one.values
    ]  # fmt: skip
    found = sharing or called
    return found[0] if found else None
