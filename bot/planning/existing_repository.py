"""What an existing repository asks of a plan: what is assumed of it, and where a proposal does not go with it.

The facts decide nothing: a service is made from its blueprint whatever they say, in a repository of its own. So what
agrees is written down as a constraint, and what doesn't is found before people review it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.repository_service import OF_THE_SERVICE, check_service, same_ways, taken_names
from bot.checks.repository_ways import REPOSITORY_RULES, PlanForRepository, RepositoryWays
from bot.documents.findings import Finding
from bot.documents.naming import joined
from bot.generation.blueprint import load_blueprint
from bot.generation.custom import CustomBehaviour
from bot.inspection.facts import RepositoryFacts
from bot.planning.conversation import Proposal

__all__ = ["found_against", "is_for_the_planner", "keeping_to", "names_found", "words_found"]


def keeping_to(proposal: Proposal, repository: RepositoryFacts | None) -> Proposal:
    """Return the proposal with what it keeps to in the repository that it is for, as assumptions; each once."""
    if repository is None:
        return proposal
    assumed = dict.fromkeys((*proposal.assumptions, *constraints(repository)))
    return proposal.model_copy(update={"assumptions": tuple(assumed)})


def constraints(repository: RepositoryFacts) -> Iterator[str]:
    """Yield what holds for the service because it holds for the repository, each part with the line that shows it."""
    name = repository.name or "the repository"
    yield f"The service gets a repository of its own; nothing is written to {name}"
    ways = same_ways(repository.ways, load_blueprint().ways)
    kept = [(way.words(here), repository.evidence(way.fact)) for way, there, here in ways if there == here]
    if kept:
        parts = [f"{words} ({place})" if place else words for words, place in kept]
        yield f"Like {name}, the service {joined(parts)}"


def found_against(proposal: Proposal, repository: RepositoryFacts | None) -> tuple[Finding, ...]:
    """Return where a proposal does not go with the repository that it is for, and where that contradicts itself."""
    if repository is None:
        return ()
    service = check_service(proposal.specs, repository.ways, load_blueprint().ways)
    return (*repository.findings, *words_found(proposal, repository), *service)


def names_found(proposal: Proposal, repository: RepositoryFacts | None) -> tuple[Finding, ...]:
    """Return which names of entities and tables the repository has already."""
    return taken_names(proposal.specs, repository.ways) if repository else ()


def words_found(proposal: Proposal, repository: RepositoryFacts | None) -> tuple[Finding, ...]:
    """Return where the words of custom behaviours plan another way than the repository's.

    Only ways that the service has, too, are held against them: what the blueprint does otherwise is not theirs to mend.
    """
    if repository is None:
        return ()
    ways = common_ways(repository.ways)
    return tuple(
        finding.model_copy(update={"message": f"{behaviour.title}: {finding.message}"})
        for behaviour in proposal.custom
        for finding in REPOSITORY_RULES.check(PlanForRepository([("", text) for text in texts_of(behaviour)], ways))
    )


def texts_of(behaviour: CustomBehaviour) -> tuple[str, ...]:
    """Return everything that is said of how a behaviour works and is built."""
    return (*behaviour.criteria, behaviour.done, *behaviour.details, *behaviour.truths, *behaviour.files)


def common_ways(there: RepositoryWays) -> RepositoryWays:
    """Return the ways of a repository that every service of the blueprint has, too."""
    here = load_blueprint().ways
    names = ("is_asynchronous", "has_alembic", "pydantic_major", "has_async_client")
    return RepositoryWays.model_validate(
        {name: getattr(there, name) for name in names if getattr(there, name) == getattr(here, name)}
    )


def is_for_the_planner(finding: Finding) -> bool:
    """Tell whether a planner can mend what was found: not what blueprint or repository bring along."""
    return finding.rule.startswith("PT") and finding.rule not in OF_THE_SERVICE
