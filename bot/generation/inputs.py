"""Everything that a generated repository is a function of: equal inputs give equal bytes."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.frozen import Frozen
from bot.documents.requirements.requirements import Requirements
from bot.documents.tasks.task_plan import TaskPlan
from bot.generation.blueprint import USUAL_FEATURES, Blueprint, load_blueprint
from bot.generation.custom import CustomBehaviour

__all__ = ["BuildInputs", "slugify"]

SLUG_LENGTH = 60
"""Longest slug: short enough for a repository's name and for every file system."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=SLUG_LENGTH)]
Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$", max_length=200)]


class BuildInputs(Frozen):
    """What to build, for whom and since when; nothing else may change a committed byte."""

    name: Line
    """What people call the service, such as ``Office library``."""
    slug: Slug
    """The name of its repository and project, such as ``office-library``."""
    specs: EntitySpecs
    requirements: Requirements
    task_plan: TaskPlan
    features: tuple[str, ...] = USUAL_FEATURES
    custom: tuple[CustomBehaviour, ...] = ()
    """The custom behaviours that the task plan has tasks for, in their order."""
    blueprint: Blueprint = Field(default_factory=load_blueprint)
    unwritten: tuple[str, ...] = ()
    """The modules of those that have no code, since they were left to people."""
    kept: dict[str, str] = Field(default_factory=dict)
    """Texts by name that people gave to be kept as they are, below ``.planning/``."""
    left_out: tuple[str, ...] = ()
    """What was said and is not part of the service, in people's words: PROJECT.md says so."""
    started: AwareDatetime
    """The start date of the plan; the dates of commits and of the migration come from it."""
    author_name: Line
    author_email: Line

    @property
    def day(self) -> datetime:
        """Return the start date with its seconds' fractions left out."""
        return self.started.replace(microsecond=0)


def slugify(name: str) -> str:
    """Turn a name into a slug of lower-case ASCII words joined by hyphens; ``service`` where nothing is left."""
    ascii_text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_text.lower())[:SLUG_LENGTH].strip("-")
    return slug or "service"
