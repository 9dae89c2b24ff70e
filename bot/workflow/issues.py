"""Tasks that are left to people: an issue each in the delivered repository, opened once and closed when it is done.

An issue is an effect (`bot.store.tables.Effect`): its key is the plan and the task's title, since a change may give the
task another number.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.fingerprint import fingerprint
from bot.documents.frozen import Frozen
from bot.documents.tasks.task_plan import Task
from bot.store.tables import Change, Effect, Plan, Step
from bot.workflow.builds import StepKind, every_step
from bot.workflow.documents import documents_so_far
from bot.workflow.events import PLANTHREAD, record
from bot.workflow.hand_edits import takes_no_change
from bot.workflow.messages import MessageKind, announce
from bot.workflow.ports import Reported
from bot.workflow.stages import PlanStage

__all__ = [
    "ISSUE",
    "OpenTask",
    "begin_issue",
    "closable_issues",
    "issues_of",
    "keep_issue",
    "note_closed_issue",
    "open_tasks",
]

ISSUE = "issue"


class OpenTask(Frozen):
    """A task that is left to people, and what its issue says."""

    key: str
    title: str
    report: Reported
    was_tried: bool
    """Whether its issue may be there already: an earlier try began and was not noted."""


def key_of(plan: Plan, title: str) -> str:
    """Return the key of the effect of a task's issue."""
    return f"{ISSUE}/{plan.id}/{fingerprint(title)[:16]}"


async def effects_of(session: AsyncSession, plan: Plan) -> Mapping[str, Effect]:
    """Return the effects of a plan's issues by their keys."""
    query = select(Effect).where(col(Effect.plan_id) == plan.id, col(Effect.key).startswith(f"{ISSUE}/"))
    return {row.key: row for row in (await session.scalars(query)).all()}


async def issues_of(session: AsyncSession, plan: Plan) -> dict[str, str]:
    """Return where people look at the issue of each task that has one, by the task's title."""
    found = {key: (row.result or {}).get("url", "") for key, row in (await effects_of(session, plan)).items()}
    if not found:
        return {}
    titles = [step.title for step in await every_step(session, plan.id)]
    return {title: url for title in titles if (url := found.get(key_of(plan, title)))}


async def open_tasks(session: AsyncSession, plan: Plan) -> list[OpenTask]:
    """Return the tasks of a delivered plan that are left to people and have no issue yet."""
    if plan.stage != PlanStage.DELIVERED:
        return []
    steps = [step for step in await every_step(session, plan.id) if is_open(step)]
    effects = await effects_of(session, plan)
    missing = [step for step in steps if not (row := effects.get(key_of(plan, step.title))) or row.result is None]
    if not missing:
        return []
    documents = await documents_so_far(session, plan)
    return [
        OpenTask(
            key=key_of(plan, step.title),
            title=step.title,
            report=report_of(
                key_of(plan, step.title), step, documents.task_plan.task(step.number) if documents else None
            ),
            was_tried=key_of(plan, step.title) in effects,
        )
        for step in missing
    ]


def is_open(step: Step) -> bool:
    """Tell whether a step is a task that was left to people."""
    return StepKind.of(step) is StepKind.TASK and bool((step.evidence or {}).get("open"))


def report_of(key: str, step: Step, task: Task | None) -> Reported:
    """Return what an issue says: what is to be done, why it is open, and how it comes to an end."""
    parts = [f"This task of the plan was left open: {(step.evidence or {}).get('open', '')}."]
    if task is not None:
        parts.append("\n".join(f"- {detail}" for detail in task.details))
        parts.append(f"Files: {', '.join(f'`{path}`' for path in task.files)}" if task.files else "")
        parts.append(f"Requirements: {', '.join(task.requirements)}" if task.requirements else "")
    parts.append(
        "The plan is in `.planning/`. Ticking a box there ticks nothing. When a change of the plan builds and checks "
        "it, this issue is closed."
    )
    return Reported(key=key, title=f"{step.number} {step.title}", body="\n\n".join(part for part in parts if part))


async def begin_issue(session: AsyncSession, plan: Plan, task: OpenTask) -> None:
    """Keep that an issue is about to be opened, so that a later try looks for it first."""
    effect = Effect(key=task.key, workspace=plan.workspace, plan_id=plan.id, intent={"title": task.report.title})
    await session.merge(effect)


async def keep_issue(session: AsyncSession, plan: Plan, task: OpenTask, url: str) -> None:
    """Keep where an issue is, and have the message that tells of the task link to it."""
    effect = await session.get_one(Effect, task.key)
    effect.result = {"url": url}
    record(session, plan, PLANTHREAD, "issue opened", title=task.title, url=url)
    await tell_again(session, plan)


async def tell_again(session: AsyncSession, plan: Plan) -> None:
    """Have the newest message that lists open tasks drawn again: that of the last change, else of the delivery."""
    query = select(col(Change.number)).where(col(Change.plan_id) == plan.id, col(Change.url) != "")
    number = (await session.scalars(query.order_by(col(Change.number).desc()))).first()
    if number is None:
        await announce(session, plan, MessageKind.DELIVERED)
        return
    await announce(session, plan, MessageKind.CHANGE, str(number), change=number)


async def closable_issues(session: AsyncSession, plan: Plan) -> list[tuple[str, str, str]]:
    """Return key, address and last words of the issues whose tasks are done on main, or are no longer in the plan."""
    effects = await effects_of(session, plan)
    opened = {key: row.result for key, row in effects.items() if row.result and not row.result.get("closed")}
    if not opened or await takes_no_change(session, plan):
        return []
    steps = {key_of(plan, step.title): step for step in await every_step(session, plan.id)}
    found = []
    for key, result in opened.items():
        step = steps.get(key)
        if step is not None and is_open(step):
            continue
        words = f"Done in {step.commit}." if step is not None and step.commit else "The plan has no such task any more."
        found.append((key, str(result["url"]), words))
    return found


async def note_closed_issue(session: AsyncSession, plan: Plan, key: str) -> None:
    """Keep that an issue is closed."""
    effect = await session.get_one(Effect, key)
    effect.result = {**(effect.result or {}), "closed": True}
    record(session, plan, PLANTHREAD, "issue closed", url=str((effect.result or {}).get("url", "")))
