"""Rules over a service that is planned for an existing repository: it works the same way, and takes no name twice.

Nothing is written to that repository, so these are warnings: people decide what they mean for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.checks.registry import Problem, RuleSet
from bot.checks.repository_ways import RepositoryWays
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.findings import Finding, Severity
from bot.documents.naming import joined, snake_case

__all__ = ["OF_THE_SERVICE", "Same", "ServiceForRepository", "check_service", "same_ways", "taken_names"]

OF_THE_SERVICE = frozenset({"PT805", "PT806"})
"""Rules about what every service of a blueprint has, which no planner decides."""
DECIDE = "Decide whether it may be a service of its own beside the repository, or build it by hand."


@dataclass(frozen=True)
class ServiceForRepository:
    """The ways of the repository, those of the service, and what the service stores."""

    there: RepositoryWays
    here: RepositoryWays
    specs: EntitySpecs


@dataclass(frozen=True)
class Same:
    """One way in which a repository and a service are compared: whose fact shows it, and the words for a value."""

    fact: str
    """The name of the fact in `bot.inspection.facts`."""
    value: Callable[[RepositoryWays], object]
    words: Callable[[object], str]


WAYS: tuple[Same, ...] = (
    Same("web framework", lambda ways: ways.framework or None, lambda value: f"is made with {value}"),
    Same(
        "database access",
        lambda ways: ways.is_asynchronous,
        lambda value: "is asynchronous up to its database" if value else "reaches its database synchronously",
    ),
    Same("ORM", lambda ways: ways.mapper or None, lambda value: f"maps its tables with {value}"),
    Same("ORM", lambda ways: ways.sqlalchemy_major, lambda value: f"has SQLAlchemy {value}"),
    Same(
        "Alembic",
        lambda ways: ways.has_alembic,
        lambda value: "changes its tables with Alembic" if value else "has no Alembic",
    ),
    Same("Pydantic", lambda ways: ways.pydantic_major, lambda value: f"has Pydantic {value}"),
    Same(
        "test client",
        lambda ways: ways.has_async_client,
        lambda value: f"tests with {'AsyncClient' if value else 'TestClient'}",
    ),
)

SERVICE_RULES: RuleSet[ServiceForRepository] = RuleSet("entity_specs")
rule = SERVICE_RULES.rule


def same_ways(there: RepositoryWays, here: RepositoryWays) -> Iterator[tuple[Same, object, object]]:
    """Yield each way that is known of both, with its value there and here."""
    for way in WAYS:
        found, made = way.value(there), way.value(here)
        if found is not None and made is not None:
            yield way, found, made


@rule(
    "PT805",
    "A service works the way the repository works that it is for",
    Severity.WARNING,
    "What waits and what blocks, two versions of Pydantic or SQLAlchemy, or two owners of a schema don't mix.",
)
def works_as_it_does(service: ServiceForRepository) -> Iterator[Problem]:
    """Find what every service of the blueprint does otherwise."""
    others = [each for each in same_ways(service.there, service.here) if each[1] != each[2]]
    if others:
        there = joined([way.words(found) for way, found, _ in others])
        here = joined([way.words(made) for way, _, made in others])
        yield Problem("", f"The repository {there}; the service that is built {here}.", DECIDE)


@rule(
    "PT806",
    "The files of a service lie where the repository has its own",
    Severity.WARNING,
    "Imports, settings of tools and people look for code where the rest of it is.",
)
def lies_where_it_lies(service: ServiceForRepository) -> Iterator[Problem]:
    """Find another folder of the application."""
    there, here = service.there.application, service.here.application
    if there and here and there != here:
        message = f"The application of the repository is in {there}, and that of the service is in {here}."
        yield Problem("", message, "Move the files when you bring both together, or keep the service by itself.")


@rule(
    "PT807",
    "No entity has the name or the table of something that the repository stores already",
    Severity.WARNING,
    "Two classes of one table, or two of one name, can't stand in one application.",
)
def takes_no_name(service: ServiceForRepository) -> Iterator[Problem]:
    """Find names and tables that are taken."""
    tables = {known.table: known for known in service.there.entities if known.table}
    names = {snake_case(known.name): known for known in service.there.entities}
    for entity in service.specs.entities:
        known = tables.get(entity.table) or names.get(snake_case(entity.name))
        if known is None:
            continue
        what = f"the table {known.table}" if known.table == entity.table else known.name
        message = f"{entity.name}: the repository has {what} already ({known.place})."
        yield Problem(entity.name, message, "Rename it by a change, or leave it: the service stores rows of its own.")


def check_service(specs: EntitySpecs, there: RepositoryWays, here: RepositoryWays) -> tuple[Finding, ...]:
    """Return where a service doesn't go with the repository that it is planned for."""
    return SERVICE_RULES.check(ServiceForRepository(there, here, specs))


def taken_names(specs: EntitySpecs, there: RepositoryWays) -> tuple[Finding, ...]:
    """Return which of its names a service would take twice."""
    return SERVICE_RULES.check(ServiceForRepository(there, RepositoryWays(), specs), without=OF_THE_SERVICE)
