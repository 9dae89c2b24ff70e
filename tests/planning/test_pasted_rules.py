"""Declared rules in a pasted block stay with their entity through the built-in planner."""

from __future__ import annotations

from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.entities.rule_lines import write_rule
from tests.planning.talking import propose, talk

BLOCK = """\
ENTITY_SPECS:

ENTITY: Loan
FIELDS:
  - id: int (primary key)
  - book_id: int (foreign key to Book)
  - lent_on: date
  - due_on: date
  - returned_on: Optional[date]
RULES:
  - due_on = lent_on + 14 days
  - be nice to readers

ENTITY: Book
FIELDS:
  - id: int (primary key)
  - title: str

RULES:
  - one open Loan per book until returned_on
"""


def test_pasted_rules_are_kept_and_what_is_none_is_told() -> None:
    proposal = propose(talk(f"our library:\n{BLOCK}"))
    (loan,) = [entity for entity in proposal.specs.entities if entity.name == "Loan"]
    assert [write_rule(rule) for rule in loan.rules] == [
        "due_on = lent_on + 14 days",
        "one open Loan per book until returned_on",
    ]
    assert any("be nice to readers" in line and "line 12" in line for line in proposal.unread)
    assert "RULES:\n  - due_on = lent_on + 14 days\n" in write_entity_specs(proposal.specs)
