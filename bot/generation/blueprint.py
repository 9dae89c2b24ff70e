"""The manifest of a blueprint: its features, its phases, and which file belongs to which task."""

from __future__ import annotations

import functools
import tomllib
from enum import StrEnum
from pathlib import Path

from bot.documents.frozen import Frozen
from bot.resources import resource

__all__ = ["Blueprint", "BlueprintFile", "BlueprintLink", "BlueprintPhase", "BlueprintTask", "Each", "load_blueprint"]


class Each(StrEnum):
    """What a blueprint's task is repeated for."""

    SERVICE = "service"
    ENTITY = "entity"
    CUSTOM = "custom"


class BlueprintFile(Frozen):
    """One file of a task. ``template`` is empty for a file that a model writes; ``provides`` makes it a must-have.

    ``exports`` are names that a must-have offers to the rest of the service.
    """

    path: str
    template: str = ""
    provides: str = ""
    exports: tuple[str, ...] = ()


class BlueprintLink(Frozen):
    """A key link of a task; ``pattern`` is literal text of the source file."""

    source: str
    target: str
    via: str
    pattern: str


class BlueprintTask(Frozen):
    """One task of the blueprint; texts and paths hold placeholders such as ``{module}``.

    ``needs`` names tasks of the blueprint: from a task per entity, a bare id is the task of the same entity,
    ``parents:id`` those of the entities it refers to, ``all:id`` those of all entities, ``before:id`` the one before.
    ``covers`` names kinds of acceptance criteria, or ``*`` for all of the entity.
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
    only_with_enums: bool = False
    files: tuple[BlueprintFile, ...]
    links: tuple[BlueprintLink, ...] = ()


class BlueprintPhase(Frozen):
    """One phase of the blueprint. ``entity_truths`` are repeated for every entity."""

    slug: str
    name: str
    goal: str
    truths: tuple[str, ...] = ()
    entity_truths: tuple[str, ...] = ()


class Blueprint(Frozen):
    """A family of templates and the order in which they become a repository."""

    name: str
    features: tuple[str, ...]
    verification: tuple[str, ...]
    """The words that verify every task."""
    words: tuple[str, ...]
    """Every word that a task's verification may begin with."""
    facts: tuple[str, ...]
    """What holds for every service of the blueprint: stack, database, layers, port."""
    phases: tuple[BlueprintPhase, ...]
    tasks: tuple[BlueprintTask, ...]

    @property
    def folder(self) -> Path:
        """Return the folder of the blueprint's templates."""
        return resource(f"templates/{self.name}")

    def task(self, identifier: str) -> BlueprintTask:
        """Return the task of that id. Raises KeyError where the blueprint has none."""
        for task in self.tasks:
            if task.id == identifier:
                return task
        raise KeyError(identifier)


@functools.cache
def load_blueprint(name: str = "fastapi") -> Blueprint:
    """Read ``templates/<name>/blueprint.toml``. Raises FileNotFoundError where there is no such blueprint."""
    manifest = tomllib.loads(resource(f"templates/{name}/blueprint.toml").read_text(encoding="utf-8"))
    return Blueprint.model_validate(manifest)
