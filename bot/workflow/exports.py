"""A plan's documents given back as files, in any planning format that holds them; what has no place there is said."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.conversion import ConversionRefused, convert_document
from bot.documents.conversions.pairs import JSON, Target
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.formats import FORMAT_FILES, Format
from bot.documents.frozen import Frozen
from bot.documents.progress.progress import project_of
from bot.documents.progress.project_writer import write_project
from bot.documents.requirements.requirements_writer import write_requirements
from bot.documents.tasks.task_plan_writer import write_task_plan
from bot.documents.text.boxes import TaskState
from bot.store.tables import OutboxItem, Plan
from bot.workflow.builds import StepKind, own_steps
from bot.workflow.documents import Documents, documents_so_far
from bot.workflow.events import record
from bot.workflow.kept_files import kept_files, kept_texts
from bot.workflow.messages import MessageKind
from bot.workflow.refusals import Refused

__all__ = ["EVERYTHING", "EXPORTED", "Export", "ask_export", "export_of"]

EVERYTHING = "all"
"""The three documents as they are, and what was kept as it is."""
EXPORTED: tuple[str, ...] = (EVERYTHING, *Format, JSON)
"""What can be asked for."""
DOCUMENTS = (Format.REQUIREMENTS, Format.ENTITY_SPECS, Format.TASKS)
MOST_FILES = 10
"""Files of one message; more come in an archive."""
ARCHIVED = (1980, 1, 1, 0, 0, 0)
"""The date of everything in an archive: the same plan gives the same bytes."""


class Export(Frozen):
    """Files by name, and a sentence for everything that they have no place for."""

    files: Mapping[str, bytes]
    lost: tuple[str, ...] = ()


async def ask_export(session: AsyncSession, plan: Plan, target: str, person: str, place: str, key: str) -> None:
    """Have a plan's documents posted in its thread, or where they were asked for. Raises Refused.

    ``place`` is the channel that they go to: the plan's own, else a direct message.
    """
    await export_of(session, plan, target)
    session.add(
        OutboxItem(
            workspace=plan.workspace,
            key=f"{plan.id}/{MessageKind.EXPORT}/{key}",
            plan_id=plan.id,
            channel=place,
            kind=MessageKind.EXPORT,
            subject={"format": target, "person": person},
        )
    )
    record(session, plan, person, "exported", key, format=target)


async def export_of(session: AsyncSession, plan: Plan, target: str) -> Export:
    """Return a plan's newest documents in a format. Raises Refused where there are none yet, or that one can't be."""
    documents = await documents_so_far(session, plan)
    if documents is None:
        raise Refused(f"*{plan.title}* has no documents yet; it is {plan.stage}. They come with its first review.")
    texts = texts_of(plan, documents, await states_of(session, plan))
    try:
        files, lost = written(texts, target)
    except ConversionRefused as refusal:
        raise Refused(f"{refusal} Nothing was exported.") from None
    if target == EVERYTHING:
        kept = await kept_texts(session, await kept_files(session, plan))
        files |= {name: text.encode() for name, text in kept.items()}
    return Export(files=files if len(files) <= MOST_FILES else {f"{plan.handle}.zip": packed(files)}, lost=lost)


def texts_of(plan: Plan, documents: Documents, states: Mapping[str, TaskState]) -> dict[Format, str]:
    """Return what a plan has in canonical form, by format."""
    requirements = documents.requirements
    project = project_of(plan.title, requirements.introduction, assumptions=requirements.assumptions)
    return {
        Format.REQUIREMENTS: write_requirements(requirements),
        Format.ENTITY_SPECS: write_entity_specs(documents.specs),
        Format.TASKS: write_task_plan(documents.task_plan, states),
        Format.PROJECT: write_project(project),
    }


def written(texts: Mapping[Format, str], target: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the files of a format, and what is lost. Raises ConversionRefused."""
    if target == EVERYTHING:
        return {FORMAT_FILES[known]: texts[known].encode() for known in DOCUMENTS}, ()
    if target == JSON:
        return converted(texts, DOCUMENTS, JSON)
    wanted = Format(target)
    if wanted in texts:
        return {FORMAT_FILES[wanted]: texts[wanted].encode()}, ()
    source = Format.REQUIREMENTS if wanted is Format.REQUIREMENTS_LIST else Format.TASKS
    return converted(texts, (source,), wanted)


def converted(
    texts: Mapping[Format, str], sources: tuple[Format, ...], target: Target
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return documents in another format, and what has no place there. Raises ConversionRefused."""
    files: dict[str, bytes] = {}
    lost: list[str] = []
    for source in sources:
        conversion = convert_document(source, texts[source], target, FORMAT_FILES[source])
        files |= {name: text.encode() for name, text in conversion.files.items()}
        lost += conversion.lost
    return files, tuple(lost)


async def states_of(session: AsyncSession, plan: Plan) -> dict[str, TaskState]:
    """Return the boxes of a plan's tasks, by number."""
    steps = await own_steps(session, plan.id)
    return {step.number: TaskState(step.state) for step in steps if StepKind.of(step) is StepKind.TASK}


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as an archive; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, ARCHIVED), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
