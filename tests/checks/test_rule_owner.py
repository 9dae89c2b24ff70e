"""What declared rules may name, and how one rule's check becomes a check of whole specs."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.registry import Problem
from bot.checks.rule_owner import Owner, for_each_rule, listed, owners
from bot.documents.entities.declared_rules import ActionByOwner, DeclaredRule
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs

SPECS = """\
ENTITY: Loan
FIELDS:
  - id: int (primary key)
  - book_id: int (foreign key to Book)
  - status: Status (enum)
RULES:
  - transition status: NEW -> ON_HOLD, ON_HOLD -> BACK
  - update only by book

ENTITY: {other}
FIELDS:
  - id: int (primary key)
  - mail: {kind}

ENUM: Status
VALUES: NEW, ON_HOLD, BACK
"""


def specs_of(other: str = "Book", kind: str = "str") -> EntitySpecs:
    """Return a Loan with two rules beside another entity with one field of some kind."""
    return read_entity_specs(SPECS.format(other=other, kind=kind)).specs


def test_only_entities_with_rules_own_some() -> None:
    (owner,) = owners(specs_of())
    assert owner.entity.name == "Loan"
    assert list(owner.fields) == ["id", "book_id", "status"]
    assert list(owner.keys.by_name) == ["book_id"]


def test_the_values_of_a_transition_are_those_of_its_enum() -> None:
    (owner,) = owners(specs_of())
    transition, only_by = owner.entity.rules
    assert owner.values(transition) == ("NEW", "ON_HOLD", "BACK")
    assert owner.values(only_by) == ()
    assert owner.values(transition.model_copy(update={"field": "book_id"})) == ()
    assert owner.values(transition.model_copy(update={"field": "nowhere"})) == ()
    assert owner.steps == {"on_hold", "back"}


def test_accounts_are_told_by_mark_else_by_name_or_mail_address() -> None:
    def accounts(specs: EntitySpecs) -> set[str]:
        (owner,) = owners(specs)
        return set(owner.accounts)

    assert accounts(specs_of()) == set()
    assert accounts(specs_of("Account")) == {"Account"}
    assert accounts(specs_of("User")) == {"User"}
    assert accounts(specs_of("Member", "EmailStr")) == {"Member"}
    assert accounts(specs_of("Member (account)")) == {"Member"}
    loan, user = specs_of("User", "EmailStr").entities
    marked = EntitySpecs(entities=(loan.model_copy(update={"account": True}), user))
    assert accounts(marked) == {"Loan"}


def test_a_check_of_one_rule_is_run_over_all_of_them() -> None:
    def refuses_owners(owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
        """Find actions by owner."""
        if isinstance(declared, ActionByOwner):
            yield f"{owner.entity.name} has owners.", "Take it out."

    check = for_each_rule(refuses_owners)
    assert check.__doc__ == "Find actions by owner."
    assert list(check(specs_of())) == [
        Problem("Loan.rule 2", "“update only by book” of Loan: Loan has owners.", "Take it out.")
    ]


def test_twenty_names_are_listed() -> None:
    names = [str(number) for number in range(21)]
    assert listed([]) == "none"
    assert listed(names[:2]) == "0, 1"
    assert listed(names[:20]) == ", ".join(names[:20])
    assert listed(names) == ", ".join(names[:20]) + ", …"
