"""Rules over actions that are left to roles: there is such a role, it can get at the row, and somebody lacks it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.entity_specs import ENTITY_RULES
from bot.checks.registry import quote
from bot.checks.rule_owner import Owner, for_each_rule, listed
from bot.documents.entities.accounts import managing_role
from bot.documents.entities.declared_rules import ActionByRole, DeclaredRule
from bot.documents.entities.readers import shut_out
from bot.documents.entities.rule_lines import written_value
from bot.documents.findings import Severity
from bot.documents.naming import joined

__all__: list[str] = []

rule = ENTITY_RULES.rule


@rule(
    "PT279",
    "The roles of a rule are values of the role of the account; without a role of its own these are ADMIN and USER",
    Severity.ERROR,
    "Nobody ever has a role that there is not, so nobody could do what is left to it.",
)
@for_each_rule
def names_roles(owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
    """Find roles that no account can have."""
    if not isinstance(declared, ActionByRole):
        return
    if not owner.roles:
        yield "the role of the account is no enum.", "Make it one, with the roles as its values."
        return
    for role in declared.roles:
        if role not in owner.roles:
            step = f"The roles are: {listed(owner.roles)}. Write one of them, or add it to the role of the account."
            yield f"{quote(role)} is no role of whoever logs in.", step


@rule(
    "PT280",
    "Accounts are managed by those who manage accounts, whatever other role somebody has",
    Severity.ERROR,
    "Who could change accounts without managing them could give themselves every role.",
)
@for_each_rule
def leaves_accounts_alone(owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
    """Find rules that leave accounts to a role."""
    if isinstance(declared, ActionByRole) and owner.entity.name == owner.account:
        manager = managing_role(owner.roles) if owner.roles else "the first role"
        yield "people log in with it, and accounts are managed by a role already.", f"Take it out: {manager} does this."


@rule(
    "PT281",
    "What is left to a role is closed to somebody",
    Severity.ERROR,
    "A rule that names every role holds nobody back.",
)
@for_each_rule
def holds_somebody_back(owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
    """Find rules that name every role there is, those who manage accounts apart, who may everything."""
    if not isinstance(declared, ActionByRole) or not owner.roles:
        return
    if set(owner.roles) <= {*declared.roles, managing_role(owner.roles)}:
        yield "every role may do it, so it holds nobody back.", "Name fewer roles, or take the rule out."


@rule(
    "PT282",
    "Who may change or delete a row by a role may read it",
    Severity.WARNING,
    "A row that somebody may not read is closed to them, so that the role is of no use.",
)
@for_each_rule
def reads_what_is_left(owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
    """Find what is left to a role of rows that only the account which they name may read."""
    reader = owner.actions.get("read")
    if reader is None or not isinstance(declared, ActionByRole) or declared.action in {"create", "read"}:
        return
    readers = {*owner.readers.roles, *([managing_role(owner.roles)] if owner.roles else [])}
    unread = [role for role in declared.roles if role not in readers]
    if not unread:
        return
    who = joined(unread, "or")
    message = f"only the account in {quote(reader.field)} may read the row, so {who} can do it to the own rows only."
    step = f"Add “read only by role {' | '.join(map(written_value, unread))}”, or leave it so if that is meant."
    yield message, step


@rule(
    "PT283",
    "Where actions are left to roles, accounts don't begin with the role that manages accounts",
    Severity.ERROR,
    "ADMIN manages accounts, or the first role where there is no ADMIN; who manages accounts may do everything.",
)
@for_each_rule
def keeps_managing_apart(owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
    """Find roles without one that manages accounts, so that the ordinary one would."""
    if isinstance(declared, ActionByRole) and owner.roles and owner.first_role == managing_role(owner.roles):
        step = f"Add ADMIN to the roles: {listed(owner.roles)}."
        yield f"{quote(owner.first_role)} is how everybody begins, and it would manage accounts.", step


@rule(
    "PT284",
    "Who may change or delete a row may read it, where only roles may read",
    Severity.ERROR,
    "A row that somebody may never read is closed to them, so that nobody could do what is left to them.",
)
@for_each_rule
def reads_anything_left(owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
    """Find what is left to somebody who may read no row."""
    if unread := shut_out(declared, owner.readers, owner.roles):
        step = "Leave reading to them too, with “read only by …”, or take one of the two rules out."
        yield f"{unread} can't read {owner.entity.name}, and so can't get at a row.", step
