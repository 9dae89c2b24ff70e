"""The stages of a plan: one table of allowed moves, one of what may be done in each, one function that moves."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Plan
from bot.workflow.events import record

__all__ = [
    "CAPABILITIES",
    "TRANSITIONS",
    "Capability",
    "ForbiddenMoveError",
    "Hold",
    "PlanStage",
    "allows",
    "hold",
    "move",
]


class PlanStage(StrEnum):
    """Where a plan stands."""

    GATHERING = "gathering"
    IN_REVIEW = "in review"
    APPROVED = "approved"
    BUILDING = "building"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class Hold(StrEnum):
    """Why a plan rests beside its stage: a person paused it, something blocks it, or its build waits for an answer."""

    PAUSED = "paused"
    BLOCKED = "blocked"
    WAITING = "waiting"


class Capability(StrEnum):
    """What people may do to a plan."""

    ANSWER = "answer"
    APPROVE = "approve"
    REQUEST_CHANGES = "request changes"
    STOP = "stop"
    CANCEL = "cancel"
    FORGET_CHANGE = "forget a change"


TRANSITIONS: dict[PlanStage, frozenset[PlanStage]] = {
    PlanStage.GATHERING: frozenset({PlanStage.IN_REVIEW, PlanStage.DELIVERED, PlanStage.CANCELLED}),
    PlanStage.IN_REVIEW: frozenset({PlanStage.GATHERING, PlanStage.APPROVED, PlanStage.DELIVERED, PlanStage.CANCELLED}),
    PlanStage.APPROVED: frozenset({PlanStage.BUILDING, PlanStage.DELIVERED, PlanStage.CANCELLED}),
    PlanStage.BUILDING: frozenset({PlanStage.DELIVERED, PlanStage.CANCELLED}),
    PlanStage.DELIVERED: frozenset({PlanStage.IN_REVIEW}),
    PlanStage.CANCELLED: frozenset(),
}

CAPABILITIES: dict[PlanStage, frozenset[Capability]] = {
    PlanStage.GATHERING: frozenset({Capability.ANSWER, Capability.STOP, Capability.CANCEL, Capability.FORGET_CHANGE}),
    PlanStage.IN_REVIEW: frozenset(
        {
            Capability.APPROVE,
            Capability.REQUEST_CHANGES,
            Capability.STOP,
            Capability.CANCEL,
            Capability.FORGET_CHANGE,
        }
    ),
    PlanStage.APPROVED: frozenset({Capability.STOP, Capability.CANCEL}),
    PlanStage.BUILDING: frozenset({Capability.STOP, Capability.CANCEL}),
    PlanStage.DELIVERED: frozenset({Capability.REQUEST_CHANGES}),
    PlanStage.CANCELLED: frozenset(),
}


class ForbiddenMoveError(Exception):
    """A plan was to move where its stage does not allow. This is a fault of the program, never of a person."""


def allows(plan: Plan, capability: Capability) -> bool:
    """Tell whether the plan's stage allows something."""
    return capability in CAPABILITIES[PlanStage(plan.stage)]


def move(session: AsyncSession, plan: Plan, to: PlanStage, actor: str, message_key: str = "") -> None:
    """Change the stage and write the event. Raises ForbiddenMoveError where the table has no such move."""
    before = PlanStage(plan.stage)
    if to not in TRANSITIONS[before]:
        raise ForbiddenMoveError(f"{plan.handle} can't go from {before} to {to}")
    plan.stage = to
    record(session, plan, actor, "stage", message_key, before=before, after=to)


def hold(session: AsyncSession, plan: Plan, why: Hold | None, reason: str, actor: str, message_key: str = "") -> None:
    """Lay a hold beside the stage, or lift it (``None``), and write the event."""
    plan.hold = why
    plan.hold_reason = reason
    plan.hold_by = actor if why else ""
    record(session, plan, actor, "hold" if why else "resume", message_key, hold=why or "", reason=reason)
