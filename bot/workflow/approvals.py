"""Approvals: of which revisions they were given, whose count, and which documents are to be approved now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.frozen import Frozen
from bot.store.tables import Approval, ChannelSettings, DocumentRevision, Plan
from bot.workflow.documents import TITLES, shown_documents
from bot.workflow.plan_defaults import Gates
from bot.workflow.policy import policy_of

__all__ = [
    "MOST_TOGETHER",
    "Shown",
    "approved_by",
    "at_gate",
    "given",
    "given_to",
    "is_large",
    "lapsed_approvals",
    "missing",
    "other_gate",
    "shown",
    "shown_now",
    "standing",
    "still_needed",
]


MOST_TOGETHER = 8
"""Entities of a plan whose documents are approved together at most; nobody reads more of them in one sitting."""


class Shown(Frozen):
    """What a button stands for: one document at one revision, with the fingerprint people saw."""

    revision: int
    fingerprint: str


def shown(row: DocumentRevision) -> Shown:
    """Return what a button for this revision stands for."""
    return Shown(revision=row.revision, fingerprint=row.fingerprint)


async def shown_now(session: AsyncSession, plan: Plan) -> dict[str, Shown]:
    """Return what an approval of the documents of the newest review must carry."""
    return {name: shown(row) for name, row in (await shown_documents(session, plan)).items()}


def standing(plan: Plan) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions of approvals that count."""
    return col(Approval.plan_id) == plan.id, col(Approval.voided_at).is_(None)


async def approved_by(session: AsyncSession, plan: Plan, allowed: Sequence[str]) -> list[str]:
    """Return who approved all that is to be approved now, of those who may, in their order."""
    everybody = await whole_approvals(session, plan, allowed)
    return [person for person in allowed if person in everybody]


async def lapsed_approvals(session: AsyncSession, plan: Plan, allowed: Sequence[str]) -> list[str]:
    """Return who approved all that is to be approved now and may not any more: it counts again once they may."""
    return [person for person in await whole_approvals(session, plan, allowed) if person not in allowed]


async def whole_approvals(session: AsyncSession, plan: Plan, allowed: Sequence[str]) -> list[str]:
    """Return who approved all that is to be approved now, as it is now, in the order in which they did."""
    return who_approved(await given(session, plan), await at_gate(session, plan, allowed))


async def given(session: AsyncSession, plan: Plan) -> Sequence[Approval]:
    """Return the approvals that count, in the order in which they were given."""
    return (await session.scalars(select(Approval).where(*standing(plan)).order_by(col(Approval.id)))).all()


async def given_to(session: AsyncSession, plan: Plan, documents: Mapping[str, Shown]) -> Sequence[Approval]:
    """Return the approvals of exactly these documents, voided since or not; none where one of them has none."""
    query = select(Approval).where(col(Approval.plan_id) == plan.id).order_by(col(Approval.id))
    rows = [
        row
        for row in (await session.scalars(query)).all()
        if documents.get(row.document) == Shown(revision=row.revision, fingerprint=row.fingerprint)
    ]
    return rows if {row.document for row in rows} == set(documents) else []


def who_approved(rows: Sequence[Approval], documents: Mapping[str, Shown]) -> list[str]:
    """Return who approved every one of some documents as it is now; nobody approves what shows nothing."""
    seen = {(row.person, row.document): row.fingerprint for row in rows}
    return [
        person
        for person in dict.fromkeys(row.person for row in rows)
        if documents and all(seen.get((person, name)) == what.fingerprint for name, what in documents.items())
    ]


async def at_gate(session: AsyncSession, plan: Plan, allowed: Sequence[str]) -> dict[str, Shown]:
    """Return the documents that are to be approved now: all, or where it goes one after the other, one of them.

    Then it is the first that too few of those who may have approved; the last one, where all have enough.
    """
    newest = await shown_documents(session, plan)
    current = {name: shown(row) for name, row in newest.items()}
    if not current or not (is_large(newest) or await wants_gates(session, plan)):
        return current
    rows, needed = await given(session, plan), (await policy_of(session, plan)).needed
    for name, what in current.items():
        if sum(person in allowed for person in who_approved(rows, {name: what})) < needed:
            return {name: what}
    return {name: what}


async def wants_gates(session: AsyncSession, plan: Plan) -> bool:
    """Tell whether a plan's channel wants the documents approved one after the other, whatever their size."""
    settings = await session.get(ChannelSettings, (plan.workspace, plan.channel))
    return settings is not None and settings.gates == Gates.EACH


def is_large(newest: Mapping[str, DocumentRevision]) -> bool:
    """Tell whether a plan's newest documents hold too many entities to be approved together."""
    specs = newest.get("entity_specs")
    return specs is not None and len(specs.content["entities"]) > MOST_TOGETHER


def titles_of(documents: Mapping[str, Shown]) -> str:
    """Return the titles of documents, such as ``requirements``."""
    return " and ".join(TITLES[name].lower() for name in documents)


async def missing(session: AsyncSession, plan: Plan, allowed: Sequence[str]) -> int:
    """Return how many approvals are still needed."""
    policy = await policy_of(session, plan)
    return max(0, policy.needed - len(await approved_by(session, plan, allowed)))


def still_needed(count: int) -> str:
    """Tell how many others must approve."""
    return "It waits for one more of you." if count == 1 else f"It waits for {count} more of you."


def other_gate(asked: Mapping[str, Shown], current: Mapping[str, Shown]) -> str:
    """Tell what is to be approved now to somebody who approved something else."""
    if len(asked) == len(current):
        return "The documents of this plan are approved together now. Use the newest buttons of its review."
    return f"That is approved already. Next: the {titles_of(asked)}. Use the newest buttons of the review."
