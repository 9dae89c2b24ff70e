"""Which files of a delivered repository people have edited: what differs from the pure output that their main holds."""

from __future__ import annotations

from pathlib import Path

import structlog

from bot.building.commits import AUTHOR_EMAIL
from bot.building.record import FOLDER, GENERATED
from bot.building.regeneration import published_repository
from bot.repository.errors import GitError
from bot.repository.git import MAIN, Repository
from bot.store.tables import Plan
from bot.workflow.builds import remote_of
from bot.workflow.imports import FilesThere
from bot.workflow.ports import Publisher, PublishingError

__all__ = ["EditedFiles", "edited_files"]

log = structlog.get_logger(__name__)


class EditedFiles:
    """Looks at the remote of a delivered plan, so that a review can say what a change meets there."""

    def __init__(self, repositories: Path, publisher: Publisher) -> None:
        """Fetch into these bare repositories."""
        self._repositories = repositories
        self._publisher = publisher

    async def there(self, plan: Plan) -> FilesThere:
        """Return what people have on main of a plan that a file was given for; nothing where it can't be read now."""
        if not plan.delivered_review:
            return FilesThere()
        repository = Repository(self._repositories / f"{plan.id}.git")
        try:
            await repository.create()
            main = (await self._publisher.fetch(repository.path, remote_of(plan), (MAIN,))).get(MAIN)
            if main is None:
                return FilesThere()
            edited = await repository.changed_by_others(main, AUTHOR_EMAIL)
            return FilesThere(paths=frozenset(await repository.paths(main)), edited=edited)
        except (PublishingError, GitError) as error:
            log.warning("the delivered repository can't be looked at; the build looks again", reason=str(error))
            return FilesThere()

    async def of(self, plan: Plan) -> frozenset[str]:
        """Return the paths; none before the first delivery, and none where the remote can't be read now."""
        if not plan.delivered_review:
            return frozenset()
        repository = Repository(self._repositories / f"{plan.id}.git")
        try:
            await repository.create()
            there = await self._publisher.fetch(repository.path, remote_of(plan), (MAIN, GENERATED))
            main, generated = there.get(MAIN), there.get(GENERATED)
            if main is None or generated is None:
                return frozenset()
            existing = await published_repository(repository, main, generated)
            return await edited_files(repository, main, existing.merged)
        except (PublishingError, GitError) as error:
            log.warning("the delivered repository can't be looked at; the build looks again", reason=str(error))
            return frozenset()


async def edited_files(repository: Repository, main: str, generated: str) -> frozenset[str]:
    """Return the paths that differ between people's branch and the pure output that it holds, documents left out."""
    ours = {entry.path: entry.hash for entry in await repository.entries(main)}
    pure = {entry.path: entry.hash for entry in await repository.entries(generated)}
    differing = {path for path in ours.keys() | pure.keys() if ours.get(path) != pure.get(path)}
    return frozenset(path for path in differing if not path.startswith((".planning/", f"{FOLDER}/")))
