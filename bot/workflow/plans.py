"""Starting a plan, finding it again, what was said in it, and the run that it wants next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.frozen import Frozen
from bot.documents.redaction import redact
from bot.inspection.facts import RepositoryFacts
from bot.planning.built_in.words.greetings import Pleasantry, pleasantry
from bot.planning.conversation import Answer, Conversation, Message, Question
from bot.store.tables import ConversationMessage, Plan, PlanQuestion
from bot.workflow.budget import grant_more
from bot.workflow.disagreements import is_settling
from bot.workflow.events import record
from bot.workflow.heard import SET_ASIDE
from bot.workflow.messages import MessageKind, announce, settle_problems
from bot.workflow.names import free_handle, title_told
from bot.workflow.ports import Stage
from bot.workflow.refusals import Refused
from bot.workflow.repositories import keep_repository
from bot.workflow.rounds import is_of_build
from bot.workflow.runs import release, want_run
from bot.workflow.stages import Capability as May
from bot.workflow.stages import Hold, PlanStage, allows, hold

__all__ = [
    "GIVEN",
    "NOTE",
    "Beginning",
    "NewPlan",
    "Said",
    "add_message",
    "add_plan",
    "is_open",
    "is_visible",
    "load_conversation",
    "open_plans",
    "plan_by_id",
    "plan_of_thread",
    "plans_meant",
    "resume",
    "start_plan",
    "stop",
    "visible_plans",
    "want_run",
]

NOTE = "note"
"""The kind of what was said while a plan was built: no planner is given it."""
GIVEN = "given"
"""The kind of a file that is built as it stands in a plan that was made from words: no planner is given it."""
LONGEST_TEXT = 20_000
"""Characters of one message that are kept; Slack itself cuts at 40,000."""
OPEN = (PlanStage.GATHERING, PlanStage.IN_REVIEW, PlanStage.APPROVED, PlanStage.BUILDING)
MOST_NAMED = 10
"""Plans that a menu names at most."""


EXAMPLE = "`/plan new a library: books with a title and a price`"
WELCOMES = {
    Pleasantry.GREETING: "Hello! I turn what you tell me into a working backend.",
    Pleasantry.THANKS: "You're welcome! Whenever you need another backend:",
}


class Said(Frozen):
    """One message of a thread that a plan begins with: ``key`` is where it can be found again."""

    author: str
    text: str
    key: str


class Beginning(Frozen):
    """Who begins a plan, where, and by which message."""

    workspace: str
    channel: str
    author: str
    key: str
    thread: str = ""
    """The head of the thread that it becomes the plan of; empty where its card begins a thread of its own."""


class NewPlan(Beginning):
    """What a person said to start a plan."""

    text: str
    repository: RepositoryFacts | None = None
    """What was read from the existing repository that the plan is for."""
    said: tuple[Said, ...] | None = None
    """Everything in that thread, oldest first, or nothing where files say it. The text then only gives a title."""


async def start_plan(session: AsyncSession, new: NewPlan, planner: str) -> Plan:
    """Start a plan: its row, what was said, the card, and the wish to plan.

    Raises Refused for an empty text, and for a thread that has a plan already.
    """
    text = redact(new.text.strip())[:LONGEST_TEXT]
    if not text:
        raise Refused(f"Tell me what to plan, such as {EXAMPLE}.")
    if kind := pleasantry(text):
        raise Refused(f"{WELCOMES[kind]} Tell me in a sentence what to keep, such as {EXAMPLE}; I ask for the rest.")
    if new.thread and (other := await plan_of_thread(session, new.channel, new.thread)):
        raise Refused(
            f"This thread has a plan already: *{other.title}* (`{other.handle}`), which is {other.stage}. One thread "
            "is one plan; say what you want there, or begin another with `/plan new …`."
        )
    said = (Said(author=new.author, text=text, key=new.key),) if new.said is None else new.said
    title = await title_told(text, *(message.text for message in said))
    plan = await add_plan(session, new, title, planner)
    for number, message in enumerate(said):
        kind = "message" if number else "request"
        await add_message(session, plan, message.author, message.text, message.key, kind=kind)
    if new.repository is not None:
        keep_repository(session, plan, new.repository)
    record(session, plan, new.author, "started", new.key)
    await announce(session, plan, MessageKind.CARD)
    want_run(plan, Stage.PLAN)
    return plan


async def add_plan(session: AsyncSession, new: Beginning, title: str, planner: str) -> Plan:
    """Add the row of a plan, which gathers from now on, with a handle of its own."""
    plan = Plan(
        workspace=new.workspace,
        channel=new.channel,
        thread=new.thread or None,
        handle=await free_handle(session, new.workspace, title),
        title=title,
        stage=PlanStage.GATHERING,
        starter=new.author,
        planner=planner,
    )
    session.add(plan)
    await session.flush()
    return plan


async def add_message(
    session: AsyncSession,
    plan: Plan,
    author: str,
    text: str,
    key: str,
    kind: str = "message",
    longest: int = LONGEST_TEXT,
    *,
    is_clean: bool = False,
) -> None:
    """Keep a message as input of the plan, at most so many characters; secrets in it are replaced first.

    ``is_clean``: they were replaced already.
    """
    said = text.strip()
    session.add(
        ConversationMessage(
            workspace=plan.workspace,
            plan_id=plan.id,
            key=key,
            kind=kind,
            author=author,
            text=(said if is_clean else redact(said))[:longest],
        )
    )
    await session.flush()


async def load_conversation(session: AsyncSession, plan: Plan) -> Conversation:
    """Return everything that was said in a plan, oldest first."""
    messages = (
        await session.scalars(
            select(ConversationMessage)
            .where(col(ConversationMessage.plan_id) == plan.id)
            .order_by(col(ConversationMessage.id))
        )
    ).all()
    questions = (
        await session.scalars(
            select(PlanQuestion)
            .where(col(PlanQuestion.plan_id) == plan.id, col(PlanQuestion.answer).is_not(None))
            .where(~col(PlanQuestion.withdrawn))
            .order_by(col(PlanQuestion.id))
        )
    ).all()
    said = [(m.kind, Message(author=m.author, text=m.text, timestamp=m.key)) for m in messages]
    return Conversation(
        messages=tuple(message for kind, message in said if kind not in {"change", NOTE, GIVEN, *SET_ASIDE}),
        changes=tuple(message for kind, message in said if kind == "change"),
        answers=tuple(
            Answer(
                question=Question.model_validate(q.question),
                text=q.answer or "",
                author=q.answered_by,
                timestamp=q.answer_key,
            )
            for q in questions
            if not is_settling(q) and not is_of_build(q)  # who settled says it elsewhere; builds ask no planner
        ),
    )


async def stop(session: AsyncSession, plan: Plan, person: str, key: str) -> str:
    """Pause a plan at once; nothing is lost. Returns a sentence for the person.

    Raises Refused when there is nothing to stop.
    """
    if plan.hold == Hold.PAUSED:
        raise Refused(f"*{plan.title}* is paused already. Press `Resume` on its card to go on.")
    if not allows(plan, May.STOP):
        raise Refused(f"*{plan.title}* is {plan.stage}; there is nothing to stop.")
    hold(session, plan, Hold.PAUSED, "", person, key)
    await settle_problems(session, plan)
    await announce(session, plan, MessageKind.CARD)
    return f"*{plan.title}* is paused; nothing is lost. Press `Resume` on its card to go on."


async def resume(session: AsyncSession, plan: Plan, person: str, key: str) -> str:
    """Lift a hold, go on where the plan was, and return a sentence for the person. Raises Refused where none is."""
    if plan.hold is None:
        raise Refused(
            f"*{plan.title}* is not paused; it is {plan.stage}. Say `status` in its thread to see whom it waits for."
        )
    await grant_more(session, plan, person, key)
    await release(session, plan, person, key)
    if plan.run_stage is not None:
        want_run(plan, Stage(plan.run_stage))
    await announce(session, plan, MessageKind.CARD)
    return f"*{plan.title}* goes on; it is {plan.stage}. Press `Stop` on its card to pause it again."


async def begun_elsewhere(session: AsyncSession, workspace: str, channel: str, person: str) -> Sequence[str]:
    """Return the other channels in which a person began plans."""
    query = select(col(Plan.channel)).where(col(Plan.workspace) == workspace, col(Plan.starter) == person)
    return (await session.scalars(query.where(col(Plan.channel) != channel).distinct())).all()


async def visible_plans(
    session: AsyncSession, workspace: str, channel: str, person: str, limit: int, *, unseen: Mapping[str, str]
) -> list[Plan]:
    """Return the newest plans that a person may see from a channel: the channel's own, and those they started.

    What is planned in private channels and direct messages is nobody else's to see, nor theirs once they left:
    ``unseen`` are the channels of `begun_elsewhere` that are closed to them, each with a sentence that says why.
    """
    found: dict[str, Plan] = {}
    began = and_(col(Plan.starter) == person, col(Plan.channel).not_in(unseen))
    for condition in (col(Plan.channel) == channel, began):
        query = select(Plan).where(col(Plan.workspace) == workspace, condition)
        plans = await session.scalars(query.order_by(col(Plan.created_at).desc()).limit(limit))
        found |= {plan.id: plan for plan in plans}
    return sorted(found.values(), key=lambda plan: plan.created_at, reverse=True)[:limit]


async def plans_meant(
    session: AsyncSession, workspace: str, channel: str, person: str, handle: str, *, unseen: Mapping[str, str]
) -> Sequence[Plan]:
    """Return the visible plan of that handle, else the caller's open plans in the channel, else those they began last.

    ``unseen`` is as for `visible_plans`. Raises Refused where there is none, for a plan of another channel just as for
    one that doesn't exist.
    """
    handle = handle.strip("`\"' ")
    if handle:
        named = select(Plan).where(col(Plan.workspace) == workspace, col(Plan.handle) == handle.lower())
        found = await session.scalar(named)
        if found is None or not is_visible(found, channel, person):
            raise Refused(f"There is no plan called `{handle[:40]}` here. `/plan list` shows them all.")
        if found.channel in unseen:
            raise Refused(unseen[found.channel])
        return [found]
    if mine := await open_plans(session, workspace, channel, person):
        return mine
    began = select(Plan).where(col(Plan.workspace) == workspace, col(Plan.starter) == person)
    began = began.where(col(Plan.channel).not_in(unseen))
    theirs = (await session.scalars(began.order_by(col(Plan.created_at).desc()).limit(MOST_NAMED))).all()
    if not theirs:
        raise Refused("You have no open plan in this channel. Start one with `/plan new …`, or name one: `/plan list`.")
    return theirs


def is_visible(plan: Plan, channel: str, person: str) -> bool:
    """Tell whether somebody may see a plan from a channel: it is the channel's own, or theirs."""
    return plan.channel == channel or plan.starter == person


async def open_plans(session: AsyncSession, workspace: str, channel: str, person: str) -> Sequence[Plan]:
    """Return a person's plans in a channel that are neither delivered nor cancelled: the newest, and not too many."""
    theirs = (col(Plan.workspace) == workspace, col(Plan.channel) == channel, col(Plan.starter) == person)
    query = select(Plan).where(*theirs, col(Plan.stage).in_(OPEN))
    return (await session.scalars(query.order_by(col(Plan.created_at).desc()).limit(MOST_NAMED))).all()


def is_open(plan: Plan) -> bool:
    """Tell whether a plan is neither delivered nor cancelled."""
    return plan.stage in OPEN


async def plan_by_id(session: AsyncSession, plan_id: str, workspace: str, *, change: bool = False) -> Plan:
    """Return a plan by id; ``change`` keeps others from changing it until the unit of work ends.

    Raises Refused where it isn't there, or belongs to another workspace.
    """
    plan = await session.get(Plan, plan_id, with_for_update=change)
    if plan is None or plan.workspace != workspace:
        raise Refused("That plan is not here any more. `/plan list` shows those that are.")
    return plan


async def plan_of_thread(session: AsyncSession, channel: str, thread: str) -> Plan | None:
    """Return the plan whose card heads the thread, or None."""
    return await session.scalar(select(Plan).where(col(Plan.channel) == channel, col(Plan.thread) == thread))
