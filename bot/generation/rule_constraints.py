"""What the database keeps of declared rules: unique indexes of some rows, and CHECK constraints."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping

from bot.documents.entities.declared_rules import NoOverlap, OneOpen
from bot.documents.entities.entity_specs import Entity
from bot.generation.rule_views import RuleCheck, RuleIndex
from bot.generation.rule_writing import key_along, text_of
from bot.generation.ruled_entity import RuledEntity
from bot.generation.values import Expression, PythonLiteral, literal

__all__ = ["check_argument", "constraint_names", "index_argument", "order_check", "rule_index"]

LONGEST_NAME = 63
"""PostgreSQL's longest name of an index or a constraint."""


def rule_index(ruled: RuledEntity, rule: OneOpen) -> RuleIndex:
    """Return the unique index of the open rows."""
    column = key_along(ruled.entity, rule.relation).name
    name = bounded(f"uq_{ruled.entity.table}_{column}_open")
    living = " AND deleted_at IS NULL" if ruled.entity.is_deleted_softly else ""
    return RuleIndex(name=name, column=column, where=f'"{rule.until}" IS NULL{living}')


def order_check(ruled: RuledEntity, rule: NoOverlap) -> RuleCheck:
    """Return the check that a period does not end before it begins; both databases compare moments alike."""
    prefix = f"ck_{ruled.entity.table}_"
    name = bounded(f"{prefix}{rule.start}_{rule.end}_in_order")
    condition = f'"{rule.start}" <= "{rule.end}"'
    return RuleCheck(name=name, short=name.removeprefix(prefix), condition=condition)


def constraint_names(
    entity: Entity, indexes: Mapping[RuleIndex, OneOpen], checks: Mapping[RuleCheck, NoOverlap]
) -> Iterator[tuple[PythonLiteral, PythonLiteral]]:
    """Yield what PostgreSQL and SQLite call a constraint; of a unique index, SQLite tells only the columns."""
    for index, rule in indexes.items():
        for name in (index.name, f"{entity.table}.{index.column}"):
            yield PythonLiteral.of(name), text_of(rule)
    for check, period in checks.items():
        yield PythonLiteral.of(check.name), text_of(period)


def check_argument(check: RuleCheck) -> Expression:
    """Write a check of a model."""
    return Expression(f"sa.CheckConstraint({literal(check.condition)}, name={literal(check.short)})")


def index_argument(index: RuleIndex) -> Expression:
    """Write an index of a model that is about some rows only."""
    where = f"sa.text({literal(index.where)})"
    options = f"unique=True, sqlite_where={where}, postgresql_where={where}"
    return Expression(f"sa.Index({literal(index.name)}, {literal(index.column)}, {options},)")


def bounded(name: str) -> str:
    """Return a name as it is, or cut to what databases take, with a sum of the whole."""
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[: LONGEST_NAME - 9]}_{zlib.crc32(name.encode()):08x}"
