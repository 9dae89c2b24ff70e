"""What is still open of a plan, as people ask it: which tasks nobody builds, which are to come, and who acts next."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.clipping import clip_words
from bot.documents.naming import joined
from bot.documents.tasks.task_plan import Task, TaskKind, TaskState
from bot.patterns import regex
from bot.store.tables import Plan
from bot.workflow.documents import Documents
from bot.workflow.overview import PlanOverview, TaskProgress, overview
from bot.workflow.reviews import ReviewContent, review_of
from bot.workflow.stages import PlanStage
from bot.workflow.waiting import BUILT_IN

__all__ = ["asks_what_is_open", "told_what_is_open"]

MOST = 12
MOST_UNREAD = 5
LONGEST_QUOTE = 160
BE = r"(?:(?:\s+is|'s|\s+are|'re|\s+was|\s+were|\s+has|\s+have)(?:n't)?)?"
STILL = r"(?:\s+(?:still|now|yet|then|really|actually|left|there|been|not|never|to\s+be))*"
OPEN = (
    r"(?:open|left(?:\s+(?:open|over|out|undone|unbuilt|to\s+do))?|missing|to\s+do|to\s+be\s+done|undone|pending|"
    r"outstanding|unfinished|unbuilt|remaining|incomplete|(?:built|done|finished|made|written)(?:\s+yet)?)"
)
FOR_US = (
    r"(?:\s+(?:to\s+do|to\s+be\s+done|for\s+(?:me|us)(?:\s+to\s+do)?|here|in\s+(?:this|the)\s+plan|of\s+(?:it|this)))*"
)
WE = r"(?:i|we|people|someone|somebody)"
ALONE = r"(?:\s+(?:now|next|still|else|here|myself|ourselves|by\s+hand|on\s+(?:my|our)\s+own))*"
TASKS = r"(?:\s+(?:tasks?|parts?|things?|steps?|rules?|work))?"
STILL_OPEN = regex(
    r"^(?:"
    rf"(?:what(?:\s+else)?|which(?:\s+ones?)?|how\s+many|how\s+much){TASKS}{BE}{STILL}\s+{OPEN}{FOR_US}|"
    rf"(?:what|which){TASKS}\s+(?:still\s+)?remains?(?:\s+(?:open|to\s+do|to\s+be\s+done|for\s+(?:me|us)))?|"
    rf"what(?:\s+else)?\s+(?:is|'s)\s+there(?:\s+(?:still|left))*\s+(?:for\s+(?:me|us)\s+)?to\s+do|"
    rf"what(?:\s+else)?\s+(?:do|must|should|shall|can)\s+{WE}(?:\s+still)?(?:\s+(?:have|need|got))?(?:\s+to)?\s+(?:do|write|build)"
    rf"{ALONE}|"
    rf"(?:do|must)\s+{WE}(?:\s+still)?\s+(?:(?:have|need)\s+to\s+)?do\s+(?:anything|something|any\s+of\s+it){ALONE}|"
    rf"(?:is|are|was|were)\s+(?:there\s+)?(?:still\s+)?(?:anything|something|any){TASKS}{STILL}\s+{OPEN}{FOR_US}|"
    rf"(?:is|are)\s+there\s+(?:still\s+)?(?:anything|something)\s+(?:left\s+)?(?:for\s+(?:me|us)\s+)?to\s+do|"
    rf"(?:is|was)\s+(?:everything|all(?:\s+of\s+it)?)(?:\s+(?:really|now))?\s+(?:built|done|finished|made|written)|"
    rf"anything(?:\s+still)?\s+{OPEN}{FOR_US}|"
    r"what(?:\s+(?:did|have|has|could|can|will|do))(?:\s+(?:you|it|the\s+bot))?\s*(?:n't|not|\s+not)?"
    r"(?:\s+(?:you|it|the\s+bot))?(?:\s+not)?\s+(?:leave|left|buil[dt]|not\s+built?)(?:\s+open)?|"
    r"what\s+(?:didn't|couldn't|can't|won't|haven't|did|have)\s+you\s+(?:not\s+)?(?:buil[dt]|wr(?:ite|itten)|finish(?:ed)?|"
    r"do(?:ne)?|leave\s+open|left\s+open)"
    r")$",
    re.IGNORECASE,
)
"""A whole question for what is open: "what's left?", "what do I have to do?", "which tasks are not built yet?"."""


def asks_what_is_open(said: str) -> bool:
    """Tell whether a whole message, without its question mark, asks what is left to do."""
    return STILL_OPEN.match(said.strip(" ?!.")) is not None


async def told_what_is_open(session: AsyncSession, plan: Plan, documents: Documents | None) -> str:
    """Say what is open of a plan by its stage; ``documents`` are None where a file says what is built."""
    view = await overview(session, plan)
    if plan.stage == PlanStage.IN_REVIEW and plan.run_stage is None:
        return await told_at_review(session, plan, documents)
    if plan.stage in {PlanStage.APPROVED, PlanStage.BUILDING}:
        return told_while_building(view, documents, has_model=plan.planner != BUILT_IN)
    return told_left_open(view) if plan.stage == PlanStage.DELIVERED else ""


async def told_at_review(session: AsyncSession, plan: Plan, documents: Documents | None) -> str:
    """Say that people decide now, which tasks no template builds, and what is no part of the plan."""
    content = ReviewContent.model_validate((await review_of(session, plan, plan.review)).content)
    custom = [named(task) for task in written_tasks(documents)]
    quotes = [f"“{clip_words(piece, LONGEST_QUOTE)}”" for piece in content.unread]
    return " ".join([
        f"Review {plan.review} of *{plan.title}* waits for you: `Approve and build`, or `Request changes`.",
        *([f"No template builds {listed(custom)}: a model writes them, or they stay open for you."] if custom else []),
        *([f"Not part of this plan: {listed(quotes, MOST_UNREAD)}."] if quotes else []),
    ])  # fmt: skip


def told_while_building(view: PlanOverview, documents: Documents | None, *, has_model: bool) -> str:
    """Say which tasks were left open so far, and which will be, beside what the build makes by itself."""
    if view.left_open:
        left = f"Left open so far: {listed([reasoned(task) for task in view.left_open])}."
    else:
        left = "No task was left open so far."
    by_number = {task.number: task for task in view.tasks}
    unwritten = [
        task for task in written_tasks(documents) if task.number not in by_number or is_to_come(by_number[task.number])
    ]
    coming = [named(task) for task in unwritten]
    what = "a model writes them" if has_model else "without a model they stay open for you to write"
    later = f"No template builds {listed(coming)}: {what}." if coming else ""
    rest = [named(task) for task in view.counted if is_to_come(task) and named(task) not in coming]
    builds = f"The build makes the rest by itself: {listed(rest)}." if rest else ""
    return " ".join(filter(None, (left, later, builds)))


def is_to_come(task: TaskProgress) -> bool:
    """Tell whether a task is neither built nor left open."""
    return task.state is not TaskState.DONE and not task.open_reason


def told_left_open(view: PlanOverview) -> str:
    """Say which tasks of a delivered plan are open, why, and what to do."""
    if not view.left_open:
        return f"Nothing is open: all {len(view.tasks)} tasks of *{view.title}* are built."
    tasks = "; ".join(map(reasoned, view.left_open))
    first = view.left_open[0].number
    return (
        f"Open in *{view.title}*: {tasks}. `what is task {first} about?` tells when it is done and where "
        "it belongs; mention me and say it in other words, and I try it as a change, or write it yourselves."
    )


def reasoned(task: TaskProgress) -> str:
    """Return a task with its number, its title, and why it is open."""
    return f"{named(task)} ({task.open_reason})"


def named(task: TaskProgress | Task) -> str:
    """Return a task by its number and its title, which may be a quote already."""
    return f"{task.number} “{task.title.strip('“”')}”"


def written_tasks(documents: Documents | None) -> list[Task]:
    """Return the tasks that no template builds."""
    tasks = documents.task_plan.tasks() if documents else []
    return [task for task in tasks if task.kind is TaskKind.CUSTOM]


def listed(parts: Sequence[str], most: int = MOST) -> str:
    """Return parts as a list of bearable length, with how many more there are."""
    more = [f"{len(parts) - most} more"] if len(parts) > most else []
    return joined([*parts[:most], *more])
