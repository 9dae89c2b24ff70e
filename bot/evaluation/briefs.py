"""What teams write, and what a good plan of it contains: TOML files, whose format is in ``evals/README.md``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, Field, ValidationError

from bot.documents.frozen import Frozen

__all__ = ["Ambiguity", "Brief", "BriefError", "GivenAnswer", "RuleForm", "WantedEntity", "WantedField",
           "WantedRelation", "WantedRule", "read_brief", "read_briefs"]  # fmt: skip

GROUPS = ("tuned", "held_out")
"""The folders of briefs: those that developers look at, and those that nothing is ever tuned on."""

type RuleForm = Literal["transition", "one open", "derived", "no overlap", "limit", "owner", "while", "count", "role"]
type RelationKind = Literal["many-to-one", "one-to-one", "many-to-many"]


class BriefError(Exception):
    """A brief can't be read. The message names the file and says what is wrong with it."""


class Part(Frozen):
    """A part of a brief: no keys that nobody knows."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class GivenAnswer(Part):
    """What the team says when a question holds one of these words."""

    about: tuple[str, ...] = Field(min_length=1)
    answer: str


class WantedField(Part):
    """A field of a good plan, and other names that will do. One that is not essential may be left out."""

    name: str
    also: tuple[str, ...] = ()
    type: str
    optional: bool = False
    essential: bool = True


class WantedEntity(Part):
    """An entity of a good plan, and other names that will do."""

    name: str
    also: tuple[str, ...] = ()
    account: bool = False
    fields: tuple[WantedField, ...] = ()


class WantedRelation(Part):
    """How two entities of a good plan are linked, seen from the one that names the other."""

    source: str = Field(alias="from")
    target: str = Field(alias="to")
    kind: RelationKind
    optional: bool = False


class WantedRule(Part):
    """A rule of a good plan: its form, whose it is, what it says, and the fields that it is about."""

    form: RuleForm
    entity: str
    also_entity: tuple[str, ...] = ()
    words: str
    fields: tuple[str, ...] = ()


class Ambiguity(Part):
    """What must be asked or said as an assumption, and words of which one shows that it was."""

    about: str
    words: tuple[str, ...] = Field(min_length=1)


class Custom(Part):
    """Behaviour that no declared rule expresses: a good plan holds it as such, or quotes it."""

    words: str


class Brief(Part):
    """One brief. ``group`` is its folder, ``file`` its name without ending."""

    file: str
    group: str
    title: str
    style: str
    brief: str
    answers: tuple[GivenAnswer, ...] = ()
    entities: tuple[WantedEntity, ...] = Field(min_length=1)
    relations: tuple[WantedRelation, ...] = ()
    rules: tuple[WantedRule, ...] = ()
    ambiguities: tuple[Ambiguity, ...] = ()
    custom: tuple[Custom, ...] = ()


def read_brief(path: Path) -> Brief:
    """Return the brief of a file; its folder's name is its group. Raises BriefError."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise BriefError(f"{path} can't be read as TOML: {error}. Correct it, or take it out of the folder.") from None
    try:
        return Brief.model_validate({**content, "file": path.stem, "group": path.parent.name})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise BriefError(f"{path}: {place}: {first['msg']}. The keys are in evals/README.md.") from None


def read_briefs(folder: Path) -> tuple[Brief, ...]:
    """Return all briefs under ``tuned`` and ``held_out`` of a folder, in this order, by name. Raises BriefError."""
    found = tuple(read_brief(path) for group in GROUPS for path in sorted((folder / group).glob("*.toml")))
    if not found:
        raise BriefError(
            f"{folder} holds no briefs (tuned/*.toml, held_out/*.toml). Run it in a checkout, or say where with "
            "--briefs."
        )
    return found
