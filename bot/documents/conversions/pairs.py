"""The table of pairs: what becomes of a planning file in each other form, and why some pairs make no sense.

`bot.documents.conversion` obeys it, ``docs/formats.md`` prints it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from bot.documents.formats import FORMAT_FILES, Format

__all__ = ["FROM", "JSON", "NAMES", "PAIRS", "TARGETS", "TO", "Fidelity", "Pair", "Target"]

type Target = Format | Literal["json"]

JSON: Literal["json"] = "json"
TARGETS: tuple[Target, ...] = (*Format, JSON)


class Fidelity(StrEnum):
    """How much of a file arrives in the other form."""

    LOSSLESS = "lossless"
    LOSSY = "lossy"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Pair:
    """One way from a format to another. ``why`` says what has no place there, or why the pair is refused."""

    fidelity: Fidelity
    why: str


LOSSY: Mapping[tuple[Format, Format], str] = {
    (Format.TASKS, Format.PLAN): "one plan per phase; struck lines of removed tasks have no place",
    (Format.TASKS, Format.ROADMAP): "tasks are counted, not named; artifacts and key links have no place",
    (Format.TASKS, Format.STATE): "open tasks are named, everything else of a task has no place",
    (Format.PLAN, Format.TASKS): "checkpoints, features, context, and sections other than the tasks have no place",
    (Format.PLAN, Format.ROADMAP): "one phase with its goal, truths and requirements; tasks are counted, not named",
    (Format.ROADMAP, Format.TASKS): "each plan becomes a task; overview, tables, other labels and notes have no place",
    (Format.REQUIREMENTS, Format.REQUIREMENTS_LIST): "glossary, assumptions and what has no criterion have no place",
    (Format.REQUIREMENTS_LIST, Format.REQUIREMENTS): "boxes, phases, ids such as AUTH-01 and notes have no place",
}  # fmt: skip
"""What has no place, whatever the file says of it."""

FROM: Mapping[Format, str] = {
    Format.ENTITY_SPECS: "a spec says what is stored, not who wants what or who does what in which order; "
    "`planthread build` derives requirements and tasks from it",
    Format.SUMMARY: "a summary tells what one plan did, and nobody plans the past; convert the plan that it belongs to",
    Format.STATE: "a state is a glance at where the work stands; convert the tasks.md or the plan that it is about",
    Format.PROJECT: "it says why something is built, not what to do about it in which order; "
    "plan it in a thread, or write requirements first",
}
"""Why nothing but JSON is made of a format."""

TO: Mapping[Format, str] = {
    Format.ENTITY_SPECS: "a spec names every field with its type, and {source} names none; write an entity_specs block",
    Format.SUMMARY: "a summary needs evidence, which only a build gives; run `planthread build`",
    Format.STATE: "a state counts what is done of all tasks, and {source} doesn't hold them all; convert a tasks.md",
    Format.PROJECT: "a PROJECT.md says why something is built, and {source} doesn't; write that by hand",
    Format.REQUIREMENTS: "{source} says what to do, not who wants what; write requirements by hand",
    Format.REQUIREMENTS_LIST: "{source} names requirements by their ids and doesn't say them; "
    "convert the requirements.md that it refers to",
    Format.TASKS: "requirements say what is wanted, not which files change and how that is verified; "
    "plan them in a thread",
    Format.PLAN: "a plan of a phase lists tasks with their files, and {source} has none; convert a tasks.md",
    Format.ROADMAP: "a roadmap lists phases with their goals, and {source} doesn't say them; convert a tasks.md",
}
"""Why a format is made of nothing else, where its source could say something."""

NAMES: Mapping[Target, str] = {
    **{known: f"a {file}" for known, file in FORMAT_FILES.items()},
    Format.ENTITY_SPECS: "an entity_specs block",
    JSON: "JSON",
}
"""What a sentence calls each form."""


def pair_of(source: Format, target: Target) -> Pair:
    """Return what becomes of a pair."""
    if target == JSON:
        return Pair(Fidelity.LOSSLESS, "the whole model")
    wanted = Format(target)
    if source is wanted:
        return Pair(Fidelity.LOSSLESS, "the canonical form")
    if (source, wanted) in LOSSY:
        return Pair(Fidelity.LOSSY, LOSSY[source, wanted])
    why = TO[wanted] if wanted is Format.SUMMARY and source is not Format.ENTITY_SPECS else FROM.get(source, TO[wanted])
    return Pair(Fidelity.REFUSED, why.format(source=NAMES[source]))


PAIRS: Mapping[tuple[Format, Target], Pair] = MappingProxyType(
    {(source, target): pair_of(source, target) for source in Format for target in TARGETS}
)
"""Every ordered pair, and each format to JSON."""
