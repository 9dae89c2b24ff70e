"""Rules over how many rows there may be."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.entity_specs import ENTITY_RULES
from bot.checks.rule_owner import CORRECT_IT, Owner, for_each_rule
from bot.documents.entities.declared_rules import MOST_COUNTED, AtMost, DeclaredRule
from bot.documents.findings import Severity

rule = ENTITY_RULES.rule


@rule(
    "PT277",
    "A count is at least one and at most a thousand",
    Severity.ERROR,
    "Where none may be there, nothing can be created; more than a thousand is no rule that people count.",
)
@for_each_rule
def has_possible_count(_owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
    """Find counts that are too small or too large; one that a row tells is judged when it is stored."""
    if isinstance(declared, AtMost) and not declared.limit and not 1 <= declared.count <= MOST_COUNTED:
        yield f"at most {declared.count} {declared.entity} can't be counted.", CORRECT_IT
