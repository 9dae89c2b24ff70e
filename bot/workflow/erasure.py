"""Forgetting a person: what they said and who they are is emptied everywhere, and a tombstone stays.

Plans go on. What planners derived from somebody's words (entities, criteria, code) is the plan's and stays; so the
words are replaced by the entities that came of them, which a planner reads in their place from then on. What was
delivered lies in git, where nothing is rewritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, String, Table, cast, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import AutoString, SQLModel, col

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.frozen import Frozen
from bot.planning.conversation import Question
from bot.store.tables import (
    ChannelEvent,
    ChannelSettings,
    ConversationMessage,
    DigestSchedule,
    Effect,
    Event,
    Firing,
    HeldRequest,
    HomeTab,
    InboxItem,
    MessageEdit,
    OutboxItem,
    Person,
    Plan,
    PlanFile,
    PlanQuestion,
    Reminder,
    ReminderRest,
)
from bot.workflow.checkpoints import without_words
from bot.workflow.documents import is_given, latest_revisions
from bot.workflow.events import record
from bot.workflow.forgotten import new_tombstone
from bot.workflow.messages import refresh_card
from bot.workflow.names import free_handle
from bot.workflow.policy import ApprovalPolicy
from bot.workflow.ports import Stage
from bot.workflow.runs import want_run
from bot.workflow.scrubbed_documents import scrub_documents
from bot.workflow.scrubbed_imports import empty_given, given_by, is_emptied
from bot.workflow.scrubbing import REMOVED, Scrubber
from bot.workflow.stages import PlanStage, move
from bot.workflow.taking_back import take_back

__all__ = [
    "FORGOTTEN",
    "GONE",
    "Erased",
    "empty_conversation",
    "forget_person",
    "is_known",
    "keep_what_came_of_it",
    "known_of",
    "said_by",
    "scrub_plan",
]

FORGOTTEN = "person forgotten"
"""What the event of it is called."""
GONE = "forgotten/"
"""How the key of a message begins whose place in the chat is not kept any more."""


type Condition = ColumnElement[bool]


class Erased(Frozen):
    """What was emptied for one person."""

    tombstone: str
    plans: int
    """Plans in which they took part."""
    messages: int
    """Messages and answers of theirs."""
    cancelled: tuple[str, ...] = ()
    """Handles that plans had of which nothing was left: nobody else had said anything."""


async def forget_person(session: AsyncSession, workspace: str, person: str) -> Erased:
    """Empty what somebody said and who they are, in one unit of work; what they say later is heard as usual."""
    tombstone = new_tombstone()
    plans = await plans_with(session, workspace, person)
    emptied, cancelled = 0, []
    for plan in plans:
        handle, said = plan.handle, await said_by(session, plan, person)
        given = await given_by(session, plan, person)
        emptied += len(said)
        if said:
            await empty_conversation(session, plan, person, tombstone)
            await keep_what_came_of_it(session, plan, tombstone)
        scrubber = Scrubber(person, tombstone, [*said, *(row.text for row in given)])
        await scrub_plan(session, plan, scrubber)
        if given:
            await empty_given(session, plan, given, scrubber)
        if not await goes_on(session, plan, tombstone):
            cancelled.append(handle)
            await cancel_empty(session, plan, tombstone)
        await tell_of_it(session, plan, tombstone)
    await leave_policies(session, workspace, person, tombstone)
    await session.execute(delete(Person).where(col(Person.workspace) == workspace, col(Person.person) == person))
    await session.execute(
        delete(HeldRequest).where(col(HeldRequest.workspace) == workspace, col(HeldRequest.person) == person)
    )
    await end_own_digests(session, workspace, person)
    await empty_inbox(session, person)
    await session.flush()
    await replace_everywhere(session, workspace, Scrubber(person, tombstone), person)
    session.expire_all()
    return Erased(tombstone=tombstone, plans=len(plans), messages=emptied, cancelled=tuple(cancelled))


async def known_of(session: AsyncSession, workspace: str, person: str) -> tuple[int, int]:
    """Return in how many plans a person is known, and how many messages and answers of theirs are kept."""
    plans = await plans_with(session, workspace, person)
    return len(plans), sum([len(await said_by(session, plan, person)) for plan in plans])


async def is_known(session: AsyncSession, workspace: str, person: str) -> bool:
    """Tell whether anything is kept of a person: in a plan, or wherever else their id stands in the workspace."""
    if await plans_with(session, workspace, person):
        return True
    for table in SQLModel.metadata.sorted_tables:
        if "workspace" not in table.columns:
            continue
        texts = [cast(column, String) for column in table.columns if isinstance(column.type, AutoString | JSON)]
        named = or_(*(text.contains(person, autoescape=True) for text in texts))
        found = select(table).where(table.columns["workspace"] == workspace, named).limit(1)
        if (await session.execute(found)).first() is not None:
            return True
    return False


async def plans_with(session: AsyncSession, workspace: str, person: str) -> Sequence[Plan]:
    """Return the plans that a person started, spoke or is named in, or did anything to, oldest first."""
    wrote = select(col(ConversationMessage.plan_id)).where(col(ConversationMessage.author) == person)
    answered = select(col(PlanQuestion.plan_id)).where(col(PlanQuestion.answered_by) == person)
    did = select(col(Event.plan_id)).where(col(Event.actor) == person)
    named = select(col(ConversationMessage.plan_id)).where(col(ConversationMessage.text).contains(person))
    dropped = select(col(PlanFile.plan_id)).where(col(PlanFile.author) == person)
    edited = select(col(MessageEdit.plan_id)).where(col(MessageEdit.person) == person)
    rows = (wrote, answered, did, named, dropped, edited)
    took_part = or_(col(Plan.starter) == person, *(col(Plan.id).in_(each) for each in rows))
    query = select(Plan).where(col(Plan.workspace) == workspace, took_part).order_by(col(Plan.created_at))
    return (await session.scalars(query)).all()


async def said_by(session: AsyncSession, plan: Plan, person: str) -> list[str]:
    """Return everything that a person said in a plan: messages, answers, sides of disagreements, and files."""
    of_plan = col(ConversationMessage.plan_id) == plan.id, col(ConversationMessage.author) == person
    messages = (await session.scalars(select(col(ConversationMessage.text)).where(*of_plan))).all()
    rows = (await session.scalars(select(PlanQuestion).where(col(PlanQuestion.plan_id) == plan.id))).all()
    answers = [row.answer for row in rows if row.answered_by == person and row.answer]
    sides = [side.text for row in rows for side in Question.model_validate(row.question).sides if side.author == person]
    files = [text for file in await files_of(session, plan, person) for text in (file.name, file.text)]
    edits = [text for edit in await edits_of(session, plan, person) for text in (edit.was, edit.words)]
    return [text for text in (*messages, *answers, *sides, *files, *edits) if text]


async def edits_of(session: AsyncSession, plan: Plan, person: str) -> Sequence[MessageEdit]:
    """Return what is kept of messages that a person gave other words, or deleted."""
    query = select(MessageEdit).where(col(MessageEdit.plan_id) == plan.id, col(MessageEdit.person) == person)
    return (await session.scalars(query)).all()


async def files_of(session: AsyncSession, plan: Plan, person: str) -> Sequence[PlanFile]:
    """Return the files that a person dropped in a plan's thread."""
    query = select(PlanFile).where(col(PlanFile.plan_id) == plan.id, col(PlanFile.author) == person)
    return (await session.scalars(query)).all()


async def empty_conversation(session: AsyncSession, plan: Plan, person: str, tombstone: str) -> None:
    """Empty the messages, files and free answers of a person; an option that was chosen stays chosen."""
    query = select(ConversationMessage).where(
        col(ConversationMessage.plan_id) == plan.id, col(ConversationMessage.author) == person
    )
    for message in (await session.scalars(query.order_by(col(ConversationMessage.id)))).all():
        message.text, message.author, message.key = "", tombstone, f"{GONE}{message.id}"
    for row in (await session.scalars(select(PlanQuestion).where(col(PlanQuestion.plan_id) == plan.id))).all():
        forget_answer(row, person, tombstone)
    for edit in await edits_of(session, plan, person):
        edit.person, edit.key, edit.was, edit.words = tombstone, f"{GONE}{edit.id}", "", ""
        edit.settled = edit.settled or "erased"
    for file in await files_of(session, plan, person):
        file.name, file.author, file.text, file.told, file.problem = REMOVED, tombstone, "", "", ""
        file.findings, file.across = [], []
    await session.flush()


def forget_answer(row: PlanQuestion, person: str, tombstone: str) -> None:
    """Empty what a person said to a question; that they confirmed or refused something in a build stays true."""
    question = Question.model_validate(row.question)
    offered = question.options if not question.sides else ()
    if row.answered_by == person:
        kept = without_words(row)
        row.answer = kept if kept is not None else row.answer if row.answer in offered else ""
        row.answered_by, row.answer_key = tombstone, ""
    sides = [
        side.model_copy(update={"author": tombstone, "text": ""}) if side.author == person else side
        for side in question.sides
    ]
    if question.sides and sides != list(question.sides):
        options = tuple(side.text for side in sides if side.text)
        row.question = question.model_copy(update={"sides": tuple(sides), "options": options}).model_dump(mode="json")


async def keep_what_came_of_it(session: AsyncSession, plan: Plan, tombstone: str) -> None:
    """Have planners read the newest entities where the emptied words were; nothing where there are none yet."""
    specs = (await latest_revisions(session, plan)).get("entity_specs")
    if specs is None:
        return
    query = select(ConversationMessage).where(
        col(ConversationMessage.plan_id) == plan.id,
        col(ConversationMessage.author) == tombstone,
        col(ConversationMessage.kind).in_(("request", "message")),
    )
    first = (await session.scalars(query.order_by(col(ConversationMessage.id)))).first()
    if first is None:
        first = ConversationMessage(
            workspace=plan.workspace,
            plan_id=plan.id,
            key=f"{GONE}{tombstone}",
            kind="message",
            author=tombstone,
            text="",
        )
        session.add(first)
    first.text = f"{plan.title}\n\n{write_entity_specs(EntitySpecs.model_validate(specs.content))}"
    await session.flush()


async def scrub_plan(session: AsyncSession, plan: Plan, scrubber: Scrubber) -> None:
    """Take a person's words out of everything that quotes them in a plan, and out of its short name."""
    plan.hold_reason = scrubber.piece(plan.hold_reason)
    if scrubber.is_theirs(plan.handle) and not plan.handle.startswith("-".join(plan.title.lower().split())):
        plan.handle = await free_handle(session, plan.workspace, plan.title if plan.review else "")
    of_planning = col(Effect.key).startswith(f"{plan.id}/{Stage.PLAN} ", autoescape=True)
    await session.execute(delete(Effect).where(of_planning))
    await scrub_documents(session, plan, scrubber)
    for table in SQLModel.metadata.sorted_tables:
        if "plan_id" in table.columns and table.name != "documentrevision":
            of_plan = table.columns["plan_id"] == plan.id
            await scrub_values(session, table, of_plan, scrubber, alone=table.name in {"event", "outboxitem"})
    await session.flush()


async def goes_on(session: AsyncSession, plan: Plan, tombstone: str) -> bool:
    """Tell whether anything is left of a plan; one that is being thought about is thought about anew.

    Of one that a file was given for nothing is left to build once that file is empty.
    """
    if plan.stage in {PlanStage.CANCELLED, PlanStage.DELIVERED}:
        return True
    if await is_given(session, plan) and await is_emptied(session, plan):
        if not plan.delivered_review:
            return False
        await take_back(session, plan, tombstone, "")  # what was delivered stays, however far the change has come
        return True
    if not plan.review:
        query = select(col(ConversationMessage.id)).where(
            col(ConversationMessage.plan_id) == plan.id,
            col(ConversationMessage.author) != tombstone,
            col(ConversationMessage.text) != "",
        )
        if (await session.scalars(query.limit(1))).first() is None:
            return False
        want_run(plan, Stage.PLAN)
    elif plan.run_stage == Stage.PLAN:
        want_run(plan, Stage.PLAN)
    return True


async def cancel_empty(session: AsyncSession, plan: Plan, tombstone: str) -> None:
    """Cancel a plan of which nothing is left, its name too, which was made of the words."""
    move(session, plan, PlanStage.CANCELLED, tombstone)
    plan.title, plan.handle = "Forgotten plan", f"forgotten-{plan.id[:8]}"
    plan.hold, plan.hold_reason, plan.hold_by = None, "", ""
    plan.run_stage = None
    plan.run_attempt += 1
    query = select(PlanQuestion).where(col(PlanQuestion.plan_id) == plan.id, col(PlanQuestion.answer).is_(None))
    for row in (await session.scalars(query)).all():
        row.withdrawn = True


async def tell_of_it(session: AsyncSession, plan: Plan, tombstone: str) -> None:
    """Write the event, and have every message of ours drawn again without them."""
    record(session, plan, tombstone, FORGOTTEN)
    await refresh_card(session, plan)
    sent = col(OutboxItem.plan_id) == plan.id, col(OutboxItem.message).is_not(None)
    await session.execute(update(OutboxItem).where(*sent).values(version=OutboxItem.version + 1))


async def leave_policies(session: AsyncSession, workspace: str, person: str, tombstone: str) -> None:
    """Take a person out of what channels decided. Who was the only one named leaves nobody: that is not everybody."""
    for row in (
        await session.scalars(select(ChannelSettings).where(col(ChannelSettings.workspace) == workspace))
    ).all():
        policy = ApprovalPolicy.model_validate(row.approval)
        if person not in (*policy.people, *policy.named):
            continue
        people = tuple(one for one in policy.people if one != person)
        groups = {group: tuple(one for one in members if one != person) for group, members in policy.groups.items()}
        if not (people or groups):
            people = (tombstone,)
        row.approval = policy.model_copy(update={"people": people, "groups": groups}).model_dump(mode="json")
        row.revision += 1
        session.add(
            ChannelEvent(workspace=workspace, channel=row.channel, actor=tombstone, what=FORGOTTEN, message_key="")
        )


async def end_own_digests(session: AsyncSession, workspace: str, person: str) -> None:
    """Delete a person's own digests and messages to them alone, which have their id in the place of a channel's.

    Their Home tab and the account of their reminders go with them.
    """
    theirs = col(DigestSchedule.workspace) == workspace, col(DigestSchedule.channel) == person
    schedules = (await session.scalars(select(col(DigestSchedule.id)).where(*theirs))).all()
    await session.execute(delete(Firing).where(col(Firing.schedule_id).in_(schedules)))
    await session.execute(delete(DigestSchedule).where(*theirs))
    to_them = col(OutboxItem.workspace) == workspace, col(OutboxItem.channel) == person
    await session.execute(delete(OutboxItem).where(*to_them, col(OutboxItem.plan_id).is_(None)))
    for table in (HomeTab, Reminder, ReminderRest):
        await session.execute(delete(table).where(col(table.workspace) == workspace, col(table.person) == person))


async def empty_inbox(session: AsyncSession, person: str) -> None:
    """Empty what is kept of deliveries that failed; those that wait are not touched: they are handled first."""
    named = cast(col(InboxItem.payload), String).contains(person, autoescape=True)
    handled = col(InboxItem.handled_at).is_not(None)
    await session.execute(update(InboxItem).where(named, handled).values(payload={}))


async def replace_everywhere(session: AsyncSession, workspace: str, scrubber: Scrubber, person: str) -> None:
    """Put the tombstone wherever the id still stands in rows of the workspace, in whatever table there is."""
    for table in SQLModel.metadata.sorted_tables:
        if "workspace" not in table.columns:
            continue
        here = table.columns["workspace"] == workspace
        for column in table.columns:
            if isinstance(column.type, AutoString):
                await scrub_texts(session, table, column, here, scrubber, person)
        await scrub_values(session, table, here, scrubber, named=person)


async def scrub_texts(
    session: AsyncSession, table: Table, column: Column[Any], here: Condition, scrubber: Scrubber, person: str
) -> None:
    """Put the tombstone where the id is all of a column's text, or stands in it."""
    keys: Sequence[Column[Any]] = list(table.primary_key)
    rows = (await session.execute(select(*keys, column).where(here, column.contains(person, autoescape=True)))).all()
    for *key, before in rows:
        this = [part == value for part, value in zip(keys, key, strict=True)]
        await session.execute(update(table).where(*this).values({column: scrubber.text(before)}))


async def scrub_values(
    session: AsyncSession,
    table: Table,
    which: Condition,
    scrubber: Scrubber,
    *,
    alone: bool = False,
    named: str = "",
) -> None:
    """Scrub the JSON values of rows; ``named`` narrows to values in which that id stands."""
    keys: Sequence[Column[Any]] = list(table.primary_key)
    for column in table.columns:
        if not isinstance(column.type, JSON):
            continue
        narrowed = [cast(column, String).contains(named, autoescape=True)] if named else []
        rows = (await session.execute(select(*keys, column).where(which, *narrowed))).all()
        for *key, before in rows:
            after = scrubber.value(before, alone=alone)
            if after != before:
                this = [part == value for part, value in zip(keys, key, strict=True)]
                await session.execute(update(table).where(*this).values({column: after}))
