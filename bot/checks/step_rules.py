"""Rules over steps of a status that are left to an account: nobody else gets at them, and it can take them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.entity_specs import ENTITY_RULES
from bot.checks.registry import quote
from bot.checks.rule_owner import Owner, for_each_rule
from bot.documents.entities.declared_rules import ACTIONS, ActionByOwner, DeclaredRule
from bot.documents.findings import Severity

__all__: list[str] = []

rule = ENTITY_RULES.rule


@rule(
    "PT271",
    "Who may take a step of a status is named by a field that nobody else changes: `update only by` the same field",
    Severity.WARNING,
    "Who may change the field can name themselves, and take the step that was left to somebody else.",
)
@for_each_rule
def keeps_who_takes_a_step(owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
    """Find steps left to a field that others may change."""
    step = step_of(owner, declared)
    if step is None or (changer := key_of_action(owner, "update")) == key_of(owner, step):
        return
    who = "everybody" if changer is None and owner.role_rule("update") is None else "who may update the row"
    message = f"{who} may change {step.field}, and so take the step themselves."
    yield message, f"Add “update only by {step.field}”, or leave it so if that is meant."


@rule(
    "PT272",
    "Who may take a step of a status may read the row: `read only by` names the same field, where it names any",
    Severity.WARNING,
    "A row that somebody may not read is closed to them, so that they can't take the step either.",
)
@for_each_rule
def reads_what_takes_a_step(owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
    """Find steps left to somebody who can't reach the row."""
    step = step_of(owner, declared)
    if step is None or (reader := key_of_action(owner, "read")) in {None, key_of(owner, step)}:
        return
    message = f"only the account in {quote(str(reader))} may read the row, so the one in {quote(step.field)} can't."
    yield message, "Leave reading to everybody, or both to the same field."


def step_of(owner: Owner, declared: DeclaredRule) -> ActionByOwner | None:
    """Return the rule where it leaves a step of a status to an account, or None."""
    if not isinstance(declared, ActionByOwner) or declared.action in ACTIONS:
        return None
    return declared if declared.action in owner.steps else None


def key_of(owner: Owner, declared: ActionByOwner) -> str:
    """Return the foreign key that a rule means, or the word in it where there is none."""
    key = owner.keys.along(declared.field)
    return key.name if key else declared.field


def key_of_action(owner: Owner, action: str) -> str | None:
    """Return the foreign key to which one of the four actions is left, or None."""
    rule_of_action = owner.actions.get(action)
    return key_of(owner, rule_of_action) if rule_of_action else None
