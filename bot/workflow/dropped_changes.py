"""What a newer version of a document asks for: its difference from the plan, in words that every planner reads."""

from __future__ import annotations

from dataclasses import dataclass

from bot.documents.entities.difference import describe_changes
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.entities.renaming import followed_names
from bot.documents.requirements.requirements import Requirements
from bot.documents.requirements.requirements_reader import read_requirements
from bot.documents.requirements.requirements_writer import write_requirements
from bot.planning.dropped_files import DroppedFile, FileKind
from bot.workflow.documents import Documents

__all__ = ["DroppedChange", "change_of", "change_of_requirements", "change_of_specs"]

ASKED = "asked for as a change; the next review shows what is different"
THE_SAME = "says what the plan says already"


@dataclass(frozen=True)
class DroppedChange:
    """What became of a file, and the words of the change that it asks for; no words where it asks for none."""

    outcome: str
    text: str = ""


def change_of(file: DroppedFile, now: Documents) -> DroppedChange:
    """Return what a file asks for of a plan with these documents."""
    if file.kind is FileKind.ENTITY_SPECS:
        return change_of_specs(now.specs, read_entity_specs(file.text).specs)
    if file.kind is FileKind.REQUIREMENTS:
        return change_of_requirements(now.requirements, read_requirements(file.text).requirements)
    return DroppedChange(ASKED, file.text)


def change_of_specs(now: EntitySpecs, dropped: EntitySpecs) -> DroppedChange:
    """Return the change to the entities of a file: those that are gone from it go, the others are as it says."""
    if not describe_changes(now, dropped):
        return DroppedChange(THE_SAME)
    followed = followed_names(now, dropped)
    kept = {entity.name for entity in dropped.entities}
    gone = [entity.name for entity in now.entities if entity.name not in kept and entity.name not in followed]
    words = "\n".join(f"Remove {name}." for name in gone)
    return DroppedChange(ASKED, f"{words}\n{write_entity_specs(dropped)}".strip())


def change_of_requirements(now: Requirements, dropped: Requirements) -> DroppedChange:
    """Return the change to the requirements of a file: the criteria that the plan doesn't have."""
    known = {plainly(criterion.text) for criterion in now.criteria()}
    fresh = tuple(
        requirement.model_copy(
            update={"criteria": tuple(each for each in requirement.criteria if plainly(each.text) not in known)}
        )
        for requirement in dropped.requirements
    )
    fresh = tuple(requirement for requirement in fresh if requirement.criteria)
    there = {plainly(criterion.text) for criterion in dropped.criteria()}
    gone = [criterion.number for criterion in now.criteria() if plainly(criterion.text) not in there]
    left_out = f"; {len(gone)} criteria of the plan are not in it and stay: say which of them should go" if gone else ""
    if not fresh:
        return DroppedChange(THE_SAME + left_out)
    asked = Requirements(title=now.title, introduction="", requirements=fresh)
    return DroppedChange(ASKED + left_out, write_requirements(asked))


def plainly(text: str) -> str:
    """Return a sentence in one spelling."""
    return " ".join(text.split()).casefold().rstrip(".")
