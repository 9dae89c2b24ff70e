"""Who gets access to a repository that a plan becomes, where its channel names nobody: the build asks, and waits."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.store.tables import Plan
from bot.workflow.builds import first_step
from bot.workflow.checkpoints import (
    Checkpoint,
    CheckpointKind,
    ask_checkpoint,
    checkpoints_of,
    open_checkpoint,
    row_of,
    take_answer,
    wait_for_answer,
)
from bot.workflow.plan_defaults import NOBODY_ELSE, read_access
from bot.workflow.stages import Hold

__all__ = ["access_asked", "answer_by_settings", "ask_access", "names_in", "wait_for_access"]

QUESTION = "Who gets access to {name}?"
HOW = (
    "It is private, and this channel names nobody: only {seen} can open it.\n"
    "Mention me with names on GitHub (a person as octocat, a team as acme/backend), or press the button. Names in "
    "`/plan settings` hold for the plans after this one too."
)
WAITS = "who gets access to {name}"


async def access_asked(session: AsyncSession, plan: Plan) -> Checkpoint | None:
    """Return what was asked last about who gets access, answered or not; None where nobody was asked."""
    first = await first_step(session, plan.id)
    asked = [point for point in await checkpoints_of(session, plan, first.key) if point.kind is CheckpointKind.ACCESS]
    return asked[-1] if asked else None


async def ask_access(session: AsyncSession, plan: Plan, name: str, seen: str, refused: str = "") -> None:
    """Ask who gets access to a repository, and let the plan wait for the answer.

    ``seen`` is who can open it as long as nobody is named, ``refused`` why the names of an earlier answer won't do.
    """
    first = await first_step(session, plan.id)
    how = "\n".join(part for part in (refused, HOW.format(seen=seen)) if part)
    why = WAITS.format(name=name)
    await ask_checkpoint(
        session, plan, first, CheckpointKind.ACCESS, QUESTION.format(name=name), how, [NOBODY_ELSE], why
    )


async def wait_for_access(session: AsyncSession, plan: Plan, name: str, attempt: int) -> None:
    """Let the plan wait on, where a run found that the question is still open."""
    first = await first_step(session, plan.id)
    await wait_for_answer(session, plan, first, attempt, WAITS.format(name=name))


def names_in(answer: str) -> tuple[str, ...]:
    """Return the names in an answer; nothing for one that names nobody, or was forgotten with its giver."""
    return () if answer == NOBODY_ELSE else tuple(read_access(answer))


async def answer_by_settings(
    session: AsyncSession, workspace: str, channel: str, names: Sequence[str], person: str, key: str
) -> None:
    """Answer the open questions of a channel's plans by whom its settings name now; their builds go on."""
    query = select(Plan).where(
        col(Plan.workspace) == workspace, col(Plan.channel) == channel, col(Plan.hold) == Hold.WAITING
    )
    for plan in (await session.scalars(query.order_by(col(Plan.id)))).all() if names else []:
        point = await open_checkpoint(session, plan)
        if point is not None and point.kind is CheckpointKind.ACCESS:
            row = await row_of(session, plan, point.number)
            await take_answer(session, plan, row, ", ".join(names), person, key)
