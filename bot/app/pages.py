"""The addresses of plans and repositories, and the routes behind them."""

from __future__ import annotations

from starlette.routing import Route

from bot.building.trials import Trials
from bot.settings import Settings
from bot.slack.plan_pages import PlanPages
from bot.store.database import Database
from bot.web.chat import Chat
from bot.web.evidence import evidence_routes
from bot.web.page_key import PageKey
from bot.web.repository_door import RepositoryKeys, repository_door_routes, repository_path
from bot.web.reviews import review_routes
from bot.web.trying import trial_path, trial_routes

__all__ = ["plan_pages", "repository_keys", "routes_of_plans"]


def plan_pages(settings: Settings, key: PageKey, keys: RepositoryKeys | None) -> PlanPages:
    """Return the addresses of plans' pages; those of trials only where browsers are on this machine."""
    base = settings.public_url.rstrip("/")
    trial = (lambda plan_id: f"{base}{trial_path(key, plan_id)}") if settings.is_on_this_machine else None
    if keys is None:
        return PlanPages(lambda plan_id: f"{base}{key.path(plan_id)}", trial)
    return PlanPages(
        lambda plan_id: f"{base}{key.path(plan_id)}",
        trial,
        repository_at=lambda plan_id: f"{base}{repository_path(key, plan_id)}",
        clone_at=lambda name: f"{base}{keys.clone_path(name)}",
    )


def repository_keys(settings: Settings, key: PageKey) -> RepositoryKeys | None:
    """Return the keys of repositories that lie here; None where nobody on another machine reaches them.

    With GitHub too: what was delivered before there was a token lies here still.
    """
    return None if settings.is_reached_from_here_only else RepositoryKeys(key)


def routes_of_plans(
    settings: Settings, database: Database, trials: Trials, key: PageKey, keys: RepositoryKeys | None, chat: Chat
) -> list[Route]:
    """Return the pages of plans, each behind its signature; services are tried on their own machine only."""
    return [
        *(repository_door_routes(database, key, keys) if keys else []),
        *(trial_routes(database, key, trials, behind_door=keys is not None) if settings.is_on_this_machine else []),
        *review_routes(database, key, chat, behind_door=keys is not None),
        *evidence_routes(database, key, chat, behind_door=keys is not None),
    ]
