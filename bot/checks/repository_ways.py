"""Rules over a plan for an existing repository: it keeps to the ways that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.checks.registry import Problem, RuleSet, quote
from bot.checks.sync_async import ASYNC_CLIENT, ASYNCHRONOUS, BLOCKING, SYNC_CLIENT, first_use
from bot.documents.findings import Finding, Place, Severity
from bot.documents.frozen import Frozen
from bot.patterns import regex

__all__ = ["REPOSITORY_RULES", "KnownEntity", "PlanForRepository", "RepositoryWays", "check_against_repository"]


class KnownEntity(Frozen):
    """A class that a repository stores rows of: its table (empty where nothing tells), and ``file:line``."""

    name: str
    table: str
    place: str


class RepositoryWays(Frozen):
    """How a repository does what a plan could do otherwise, and what it has; None or empty where nothing tells."""

    is_asynchronous: bool | None = None
    has_alembic: bool | None = None
    pydantic_major: int | None = None
    has_async_client: bool | None = None
    """Whether its tests use ``AsyncClient``, and not ``TestClient``."""
    framework: str = ""
    """The package of its web framework, such as ``fastapi``."""
    mapper: str = ""
    """The package that maps its rows: ``sqlalchemy`` also beneath SQLModel."""
    sqlalchemy_major: int | None = None
    application: str = ""
    """The folder of its application, such as ``src/shop``."""
    entities: tuple[KnownEntity, ...] = ()


@dataclass(frozen=True)
class PlanForRepository:
    """Lines of a plan, each with the subject that findings call it by, and the ways that it should keep to."""

    lines: Sequence[tuple[str, str]]
    ways: RepositoryWays


ALEMBIC = regex(r"\balembic (?:revision|upgrade|downgrade|stamp)\b|\bmigrations/versions/", re.IGNORECASE)
PYDANTIC_1 = regex(
    r"@(?:root_)?validator\b|\borm_mode\b|\bclass Config\b|\.parse_obj\(|\.from_orm\(|\b(?:root_validator|__fields__)\b"
)
PYDANTIC_2 = regex(
    r"\b(?:field_validator|model_validator|ConfigDict|model_config|model_validate|model_dump|from_attributes)\b"
)

REPOSITORY_RULES: RuleSet[PlanForRepository] = RuleSet("tasks.md")
rule = REPOSITORY_RULES.rule


@rule(
    "PT801",
    "A plan is asynchronous where the repository is, and only there",
    Severity.ERROR,
    "One blocking call in an asynchronous service holds up every request; in a blocking one nothing awaits.",
)
def keeps_to_async(plan: PlanForRepository) -> Iterator[Problem]:
    """Find the other kind of driver, session or route."""
    if plan.ways.is_asynchronous is None:
        return
    found = first_use(BLOCKING if plan.ways.is_asynchronous else ASYNCHRONOUS, plan.lines)
    if found:
        kind, other = ("asynchronous", "blocks") if plan.ways.is_asynchronous else ("synchronous", "is asynchronous")
        message = f"The repository is {kind}, and {quote(found[1])} {other}."
        yield Problem(found[0], message, "Plan it the way that the repository works.")


@rule(
    "PT802",
    "Steps of Alembic are planned only where the repository has Alembic",
    Severity.ERROR,
    "Without its folder and settings the command fails, and another tool may own the schema.",
)
def has_alembic(plan: PlanForRepository) -> Iterator[Problem]:
    """Find steps of Alembic in a repository without."""
    found = first_use(ALEMBIC, plan.lines) if plan.ways.has_alembic is False else None
    if found:
        message = f"The repository has no Alembic, and the plan says {quote(found[1])}."
        yield Problem(found[0], message, "Plan a task that sets Alembic up first, or use the tool that is there.")


@rule(
    "PT803",
    "A plan speaks the Pydantic of the repository",
    Severity.ERROR,
    "Version 2 renamed validators, settings of models and their methods; what is written for the other one fails.",
)
def speaks_its_pydantic(plan: PlanForRepository) -> Iterator[Problem]:
    """Find what only the other version has."""
    major = plan.ways.pydantic_major
    if major not in {1, 2}:
        return
    found = first_use(PYDANTIC_1 if major == 2 else PYDANTIC_2, plan.lines)
    if found:
        message = f"The repository has Pydantic {major}, and {quote(found[1])} is of version {3 - major}."
        yield Problem(found[0], message, f"Write it for Pydantic {major}.")


@rule(
    "PT804",
    "A plan tests with the client that the repository tests with",
    Severity.WARNING,
    "Fixtures of one client don't work with the other.",
)
def tests_with_its_client(plan: PlanForRepository) -> Iterator[Problem]:
    """Find the other client."""
    if plan.ways.has_async_client is None:
        return
    found = first_use(SYNC_CLIENT if plan.ways.has_async_client else ASYNC_CLIENT, plan.lines)
    if found:
        there = "AsyncClient" if plan.ways.has_async_client else "TestClient"
        yield Problem(found[0], f"The repository tests with {there}, not with {found[1]}.", f"Use {there}.")


def check_against_repository(
    texts: Sequence[tuple[int, str]], ways: RepositoryWays, file: str = "tasks.md"
) -> tuple[Finding, ...]:
    """Return where the lines of a plan, given by number and text, don't keep to the ways of a repository."""
    places = {f"line {number}": Place(file=file, line=number, column=1) for number, _ in texts}
    plan = PlanForRepository([(f"line {number}", text) for number, text in texts], ways)
    return REPOSITORY_RULES.check(plan, places)
