"""The manifest of a blueprint: its features, its phases, and which file belongs to which task."""

from __future__ import annotations

import functools
import os
import tomllib
from collections.abc import Collection, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import StringConstraints

from bot.checks.repository_ways import RepositoryWays
from bot.documents.frozen import Frozen
from bot.resources import resource

__all__ = [
    "REDIS",
    "REVISION",
    "USUAL",
    "USUAL_FEATURES",
    "Blueprint",
    "BlueprintFeature",
    "BlueprintFile",
    "BlueprintLink",
    "BlueprintName",
    "BlueprintNotRead",
    "BlueprintPhase",
    "BlueprintTask",
    "Each",
    "load_blueprint",
]

USUAL = "fastapi"
"""The blueprint of who names none."""
USUAL_FEATURES = ("docker",)
BlueprintName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
"""A name, never a path: records of repositories name blueprints, and repositories come from anywhere."""
TEMPLATES, MANIFEST = "templates", "blueprint.toml"
REVISION = "migrations/revision.py.j2"
"""The template of a later migration, in a blueprint whose services have tables to change."""
REDIS = "redis"
"""The part of a service that exists where any chosen feature needs it; nobody chooses it by name."""


class BlueprintNotRead(Exception):  # noqa: N818 - says what happened
    """There is no such blueprint, or its manifest is none. The message says which, and what there is."""


class Each(StrEnum):
    """What a blueprint's task is repeated for."""

    SERVICE = "service"
    ENTITY = "entity"
    CUSTOM = "custom"


class BlueprintFeature(Frozen):
    """What a service can have or not have.

    ``packages`` are the distributions that it adds to the dependencies; their versions stand in the extra of the same
    name in the blueprint's pyproject.toml. ``criteria`` are EARS sentences: they become a requirement of the service.
    ``needs`` names parts of the service that several features share and nobody chooses by name.
    ``modules`` and ``paths`` are its own: no entity may have them.
    """

    name: str
    summary: str
    packages: tuple[str, ...] = ()
    needs_redis: bool = False
    needs: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


class BlueprintFile(Frozen):
    """One file of a task. ``template`` is empty for a file that a model writes; ``provides`` makes it a must-have.

    ``exports`` are names that a must-have offers to the rest of the service. With a ``feature`` the file exists only
    where the service has it.
    """

    path: str
    template: str = ""
    provides: str = ""
    exports: tuple[str, ...] = ()
    feature: str = ""
    only_with: str = ""
    """The fact without which there is no such file (see `bot.generation.facts`)."""


class BlueprintLink(Frozen):
    """A key link of a task; ``pattern`` is literal text of the source file. With a ``feature`` it holds only there."""

    source: str
    target: str
    via: str
    pattern: str
    feature: str = ""
    only_with: str = ""
    """The fact without which there is no such link (see `bot.generation.facts`)."""


class BlueprintTask(Frozen):
    """One task of the blueprint; texts and paths hold placeholders such as ``{module}``.

    ``needs`` names tasks of the blueprint: from a task per entity, a bare id is the task of the same entity,
    ``parents:id`` those of the entities it refers to, ``all:id`` those of all entities, ``before:id`` the one before.
    ``covers`` names kinds of acceptance criteria, or ``*`` for all of the entity; a task of a feature covers that
    feature's. ``truths`` join those of the task's phase. A task with a ``feature`` exists only in services with it.
    """

    id: str
    phase: str
    each: Each = Each.SERVICE
    title: str
    details: tuple[str, ...] = ()
    done: str
    needs: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    verification: tuple[str, ...] = ()
    feature: str = ""
    only_with: str = ""
    """The fact without which there is no such task (see `bot.generation.facts`)."""
    truths: tuple[str, ...] = ()
    reference: str = ""
    """How the first file of an entity's task names a row of another, by ``{table}`` and ``{key}`` of that one."""
    files: tuple[BlueprintFile, ...]
    links: tuple[BlueprintLink, ...] = ()

    def within(self, parts: Collection[str]) -> Self:
        """Return the task with the files and links that exist in a service of these parts."""
        return self.with_only(
            tuple(file for file in self.files if not file.feature or file.feature in parts),
            tuple(link for link in self.links if not link.feature or link.feature in parts),
        )

    def about(self, facts: Collection[str]) -> Self:
        """Return the task with the files and links that there are for a subject with these facts."""
        return self.with_only(
            tuple(file for file in self.files if not file.only_with or file.only_with in facts),
            tuple(link for link in self.links if not link.only_with or link.only_with in facts),
        )

    def with_only(self, files: tuple[BlueprintFile, ...], links: tuple[BlueprintLink, ...]) -> Self:
        """Return the task with only these files and links; tests of files that it no longer has are not run."""
        if files == self.files and links == self.links:
            return self
        gone = {file.path for file in self.files} - {file.path for file in files}
        kept = [" ".join(part for part in words.split() if part not in gone) for words in self.verification]
        verification = tuple(
            words for words, before in zip(kept, self.verification, strict=True) if words == before or " " in words
        )
        return self.model_copy(update={"files": files, "links": links, "verification": verification})


class BlueprintPhase(Frozen):
    """One phase of the blueprint. ``entity_truths`` are repeated for every entity, ``writing_truths`` for those that
    clients write.
    """

    slug: str
    name: str
    goal: str
    truths: tuple[str, ...] = ()
    entity_truths: tuple[str, ...] = ()
    writing_truths: tuple[str, ...] = ()


class Blueprint(Frozen):
    """A family of templates and the order in which they become a repository."""

    name: BlueprintName
    folder: Path
    """Where the templates are."""
    features: tuple[BlueprintFeature, ...]
    verification: tuple[str, ...]
    """The words that verify every task."""
    words: tuple[str, ...]
    """Every word that a task's verification may begin with."""
    facts: tuple[str, ...]
    """What holds for every service of the blueprint: stack, database, layers, port."""
    ways: RepositoryWays = RepositoryWays()
    """The same as it is compared with an existing repository."""
    phases: tuple[BlueprintPhase, ...]
    tasks: tuple[BlueprintTask, ...]

    @property
    def usual_features(self) -> tuple[str, ...]:
        """Return the features of who chooses none."""
        return tuple(name for name in USUAL_FEATURES if name in self.feature_names)

    @property
    def has_migrations(self) -> bool:
        """Tell whether a change of tables is written as a migration."""
        return (self.folder / REVISION).is_file()

    @property
    def feature_names(self) -> tuple[str, ...]:
        """Return what can be chosen."""
        return tuple(feature.name for feature in self.features)

    def chosen(self, features: Collection[str]) -> tuple[BlueprintFeature, ...]:
        """Return the features of these names, in the blueprint's order."""
        return tuple(feature for feature in self.features if feature.name in features)

    def parts(self, features: Collection[str]) -> frozenset[str]:
        """Return the chosen features, with the parts that they need, such as Redis."""
        chosen = self.chosen(features)
        return frozenset({feature.name for feature in chosen} | needed_by(chosen))

    @property
    def shared_parts(self) -> frozenset[str]:
        """Return the parts that features need and that nobody chooses by name."""
        return needed_by(self.features)

    def task(self, identifier: str) -> BlueprintTask:
        """Return the task of that id. Raises KeyError where the blueprint has none."""
        for task in self.tasks:
            if task.id == identifier:
                return task
        raise KeyError(identifier)


def needed_by(features: Iterable[BlueprintFeature]) -> frozenset[str]:
    """Return the shared parts that features need."""
    return frozenset(
        part for feature in features for part in (*feature.needs, *([REDIS] if feature.needs_redis else []))
    )


def load_blueprint(name: str = USUAL) -> Blueprint:
    """Read the blueprint of a name below ``templates``, or of a folder whose path is given.

    Raises BlueprintNotRead with a sentence where there is none, or where its manifest can't be read.
    """
    return read_blueprint(Path(name) if os.sep in name else resource(TEMPLATES) / name)


@functools.cache
def read_blueprint(folder: Path) -> Blueprint:
    """Read the blueprint in a folder. Raises BlueprintNotRead."""
    try:
        manifest = tomllib.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Blueprint.model_validate({**manifest, "folder": folder.absolute()})
    except FileNotFoundError:
        known = ", ".join(sorted(path.parent.name for path in resource(TEMPLATES).glob(f"*/{MANIFEST}")))
        raise BlueprintNotRead(
            f"There is no blueprint {folder.name}; name one of these: {known}, or the path of a folder that holds a "
            f"{MANIFEST}."
        ) from None
    except (OSError, ValueError) as error:
        raise BlueprintNotRead(f"{folder / MANIFEST} can't be read: {' '.join(str(error).split())[:300]}") from None
