"""Documents without the words of a person: what an approval is bound to follows, since the documents say the same.

A document quotes people (requirements.md begins with what was asked for). Taking the quote out changes its fingerprint;
approvals and reviews go on with the new one, because nothing that anybody decided is different.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.fingerprint import fingerprint
from bot.documents.requirements.requirements import Requirements
from bot.documents.requirements.requirements_writer import write_requirements
from bot.documents.tasks.task_plan import TaskPlan
from bot.documents.tasks.task_plan_writer import write_task_plan
from bot.store.tables import Approval, DocumentRevision, Plan, Review
from bot.workflow.scrubbing import Scrubber

__all__ = ["follow_fingerprints", "scrub_documents"]

QUOTING = frozenset({"decisions", "assumptions", "unread", "risks"})
"""The parts of a proposal that repeat what people said."""


async def scrub_documents(session: AsyncSession, plan: Plan, scrubber: Scrubber) -> None:
    """Scrub every revision of a plan's documents, and have reviews and approvals follow."""
    followed: dict[str, str] = {}
    for row in (await session.scalars(select(DocumentRevision).where(col(DocumentRevision.plan_id) == plan.id))).all():
        content = scrubber.value(row.content)
        row.changes = scrubber.value(row.changes)
        if content == row.content:
            continue
        before, row.content = row.fingerprint, content
        row.text = written(row.document, content) or scrubber.text(row.text)
        row.fingerprint = followed[before] = fingerprint(row.text)
    await follow_fingerprints(session, plan, followed)
    for review in (await session.scalars(select(Review).where(col(Review.plan_id) == plan.id))).all():
        review.content = scrubbed_review(review.content, scrubber)
    await session.flush()


async def follow_fingerprints(session: AsyncSession, plan: Plan, followed: Mapping[str, str]) -> None:
    """Bind the approvals and reviews of documents to the fingerprints that these have now, given by those before."""
    for before, after in followed.items():
        bound = col(Approval.plan_id) == plan.id, col(Approval.fingerprint) == before
        await session.execute(update(Approval).where(*bound).values(fingerprint=after))
    for review in (await session.scalars(select(Review).where(col(Review.plan_id) == plan.id))).all():
        review.documents = {
            name: {**shown, "fingerprint": followed.get(shown["fingerprint"], shown["fingerprint"])}
            for name, shown in review.documents.items()
        }
    await session.flush()


def scrubbed_review(content: Mapping[str, Any], scrubber: Scrubber) -> dict[str, Any]:
    """Return what a review tells people, scrubbed; names and descriptions of its proposal stay as the documents'."""
    told = {name: scrubber.value(part, alone=name != "proposal") for name, part in content.items()}
    if proposal := told.get("proposal"):
        told["proposal"] = {name: scrubber.value(part, alone=name in QUOTING) for name, part in proposal.items()}
    return told


def written(document: str, content: dict[str, Any]) -> str:
    """Return a document's canonical text; nothing where an older version kept it in another form."""
    try:
        if document == "requirements":
            return write_requirements(Requirements.model_validate(content))
        if document == "entity_specs":
            return write_entity_specs(EntitySpecs.model_validate(content))
        return write_task_plan(TaskPlan.model_validate(content))
    except ValidationError:
        return ""
