"""The three documents of a plan: derived from a planner's decisions, checked, kept as revisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.entities.difference import describe_changes
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.entities.renaming import followed_names
from bot.documents.findings import Finding
from bot.documents.fingerprint import fingerprint
from bot.documents.frozen import Frozen
from bot.documents.requirements.kept_numbers import with_kept_numbers
from bot.documents.requirements.requirements import Requirements
from bot.documents.requirements.requirements_writer import write_requirements
from bot.documents.tasks.task_plan import TaskPlan
from bot.documents.tasks.task_plan_writer import write_task_plan
from bot.generation.criteria import entity_heading
from bot.planning.conversation import Proposal
from bot.planning.derived import derive
from bot.store.tables import DocumentRevision, Plan, Review

__all__ = [
    "DOCUMENT_TITLES",
    "IMPORTED",
    "TITLES",
    "Documents",
    "counted",
    "derive_documents",
    "document_texts",
    "documents_at",
    "documents_so_far",
    "is_given",
    "is_imported",
    "keep_revisions",
    "latest_revisions",
    "load_documents",
    "revisions_at",
    "shown_documents",
    "what_changed",
]

DOCUMENT_TITLES = {"requirements": "Requirements", "entity_specs": "Entities", "task_plan": "Task plan"}
"""The documents in the order in which people read them."""
IMPORTED = "imported_plan"
"""The one document of a plan that is built as a file says it."""
TITLES = {**DOCUMENT_TITLES, IMPORTED: "Plan as given"}
"""Every document, by its kind."""


class Documents(Frozen):
    """Requirements, entity_specs and task plan of one moment."""

    requirements: Requirements
    specs: EntitySpecs
    task_plan: TaskPlan

    def texts(self) -> dict[str, str]:
        """Return each document's canonical text, states left out."""
        return {
            "requirements": write_requirements(self.requirements),
            "entity_specs": write_entity_specs(self.specs),
            "task_plan": write_task_plan(self.task_plan),
        }

    def contents(self) -> dict[str, dict[str, Any]]:
        """Return each document's model as JSON values."""
        return {
            "requirements": self.requirements.model_dump(mode="json"),
            "entity_specs": self.specs.model_dump(mode="json"),
            "task_plan": self.task_plan.model_dump(mode="json"),
        }


def derive_documents(proposal: Proposal, before: Documents | None = None) -> tuple[Documents, tuple[Finding, ...]]:
    """Derive everything that follows from a planner's decisions, and check it (see `bot.planning.derived`).

    Requirements keep the numbers that they had ``before``.
    Raises UnsupportedSpecsError where the specs ask for what can't be generated.
    """

    def numbered(requirements: Requirements, specs: EntitySpecs) -> Requirements:
        if before is None:
            return requirements
        return with_kept_numbers(before.requirements, requirements, retitled(before.specs, specs))

    derived = derive(proposal, numbered)
    documents = Documents(requirements=derived.requirements, specs=derived.specs, task_plan=derived.task_plan)
    return documents, derived.findings


def retitled(before: EntitySpecs, after: EntitySpecs) -> dict[str, str]:
    """Return the titles of requirements about entities that were renamed, each with what it is called now."""
    old = {entity.name: entity for entity in before.entities}
    new = {entity.name: entity for entity in after.entities}
    names = followed_names(before, after)
    return {entity_heading(old[name]): entity_heading(new[later]) for name, later in names.items()}


async def latest_revisions(session: AsyncSession, plan: Plan) -> dict[str, DocumentRevision]:
    """Return the newest revision of each document."""
    query = (
        select(DocumentRevision)
        .where(col(DocumentRevision.plan_id) == plan.id)
        .order_by(col(DocumentRevision.revision))
    )
    return {row.document: row for row in (await session.scalars(query)).all()}


async def load_documents(session: AsyncSession, plan: Plan) -> Documents:
    """Return the newest documents as models. Raises KeyError for a plan that has none yet."""
    return documents_in(await latest_revisions(session, plan))


async def documents_so_far(session: AsyncSession, plan: Plan) -> Documents | None:
    """Return the newest documents as models; None before the first review, and for a plan that a file was given for."""
    rows = await latest_revisions(session, plan)
    return documents_in(rows) if DOCUMENT_TITLES.keys() <= rows.keys() else None


async def document_texts(session: AsyncSession, plan: Plan) -> dict[str, str]:
    """Return the text of each newest document: those of the newest review first, as people read them."""
    rows, newest = await latest_revisions(session, plan), await shown_documents(session, plan)
    return {name: rows[name].text for name in (*newest, *TITLES) if name in rows}


async def shown_documents(session: AsyncSession, plan: Plan) -> dict[str, DocumentRevision]:
    """Return the newest revision of each document that the newest review shows: a plan's own, or a dropped file."""
    rows = await latest_revisions(session, plan)
    query = select(col(Review.documents)).where(col(Review.plan_id) == plan.id, col(Review.number) == plan.review)
    shown = await session.scalar(query) or rows
    return {name: rows[name] for name in TITLES if name in rows and name in shown}


async def is_imported(session: AsyncSession, plan: Plan) -> bool:
    """Tell whether a plan was begun with a file and is built as it says: it has no documents of its own."""
    query = select(col(DocumentRevision.document)).where(col(DocumentRevision.plan_id) == plan.id)
    return set((await session.scalars(query.distinct())).all()) == {IMPORTED}


async def is_given(session: AsyncSession, plan: Plan) -> bool:
    """Tell whether the newest review is of a file that is built as it stands, whatever the plan was made from."""
    return IMPORTED in await shown_documents(session, plan)


async def documents_at(session: AsyncSession, plan: Plan, revisions: Mapping[str, int]) -> Documents:
    """Return each document at the revision of that number. Raises KeyError for one that the plan never had."""
    return documents_in(await revisions_at(session, plan, revisions))


async def revisions_at(session: AsyncSession, plan: Plan, revisions: Mapping[str, int]) -> dict[str, DocumentRevision]:
    """Return the revision of that number of each document. Raises KeyError for one that the plan never had."""
    query = select(DocumentRevision).where(col(DocumentRevision.plan_id) == plan.id)
    rows = {(row.document, row.revision): row for row in (await session.scalars(query)).all()}
    return {name: rows[name, revisions[name]] for name in TITLES if name in revisions}


def documents_in(rows: Mapping[str, DocumentRevision]) -> Documents:
    """Return revisions as models."""
    return Documents(
        requirements=Requirements.model_validate(rows["requirements"].content),
        specs=EntitySpecs.model_validate(rows["entity_specs"].content),
        task_plan=TaskPlan.model_validate(rows["task_plan"].content),
    )


async def keep_revisions(session: AsyncSession, plan: Plan, documents: Documents) -> dict[str, DocumentRevision]:
    """Keep a new revision of each document whose fingerprint changed; return the newest of all three."""
    newest = await latest_revisions(session, plan)
    texts, contents = documents.texts(), documents.contents()
    for document in DOCUMENT_TITLES:
        before = newest.get(document)
        print_of_text = fingerprint(texts[document])
        if before is not None and before.fingerprint == print_of_text:
            continue
        newest[document] = DocumentRevision(
            workspace=plan.workspace,
            plan_id=plan.id,
            document=document,
            revision=before.revision + 1 if before else 1,
            fingerprint=print_of_text,
            text=texts[document],
            content=contents[document],
            changes=what_changed(document, before, documents),
        )
        session.add(newest[document])
    await session.flush()
    return newest


def what_changed(document: str, before: DocumentRevision | None, documents: Documents) -> list[str]:
    """Return sentences about what a new revision changes; none where it is only the wording."""
    if before is None:
        return []
    if document == "entity_specs":
        return list(describe_changes(EntitySpecs.model_validate(before.content), documents.specs))
    if document == "requirements":
        old = {c.text for c in Requirements.model_validate(before.content).criteria()}
        new = {c.text for c in documents.requirements.criteria()}
        return counted(len(new - old), len(old - new), "acceptance criterion", "acceptance criteria")
    old_tasks = {task.title for task in TaskPlan.model_validate(before.content).tasks()}
    new_tasks = {task.title for task in documents.task_plan.tasks()}
    return counted(len(new_tasks - old_tasks), len(old_tasks - new_tasks), "task", "tasks")


def counted(gained: int, lost: int, one: str, many: str) -> list[str]:
    """Return how many things came and went, such as ``2 tasks new, 1 gone``; nothing where only wording changed."""
    parts = []
    if gained:
        parts.append(f"{gained} {one if gained == 1 else many} new")
    if lost:
        parts.append(f"{lost} {one if lost == 1 else many} gone")
    return [", ".join(parts)] if parts else []
