"""Messages that were edited or deleted after a plan came from them: said to people, and taken only when they say so."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.redaction import redact
from bot.store.tables import ConversationMessage, MessageEdit, Plan, PlanQuestion, now
from bot.workflow.documents import is_imported
from bot.workflow.events import record
from bot.workflow.heard import FORGOTTEN, SET_ASIDE
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.planning_input import WORDS_TAKEN
from bot.workflow.plans import GIVEN, LONGEST_TEXT
from bot.workflow.ports import Stage
from bot.workflow.provenance import criteria_from
from bot.workflow.refusals import Refused
from bot.workflow.replies import decides_nothing, numbered_answers
from bot.workflow.rounds import all_questions
from bot.workflow.runs import release, want_run
from bot.workflow.stages import Hold, PlanStage

__all__ = ["edit_of", "keys_of_files", "leave_words", "note_edit", "open_edits", "take_words", "used_by"]

ASKED_IN = frozenset({PlanStage.GATHERING, PlanStage.IN_REVIEW})
TOO_LATE = (
    "{what} Nothing changes by itself: *{title}* is {stage}, from the words as they were. Once it is delivered, "
    "mention me and say what should be different."
)

AS_GIVEN = (
    "*{title}* is built as its file says, so other words of that message change nothing. Drop a newer version of "
    "the file in its thread."
)


async def used_by(session: AsyncSession, key: str) -> Plan | None:
    """Return the plan that came from a message, or None: by what was said in it, by its files, or as an answer."""
    said = select(col(ConversationMessage.plan_id)).where(
        or_(col(ConversationMessage.key) == key, col(ConversationMessage.key).startswith(f"{key}#", autoescape=True)),
        col(ConversationMessage.kind).not_in(SET_ASIDE),
    )
    answers = col(PlanQuestion.answer_key) == key, ~col(PlanQuestion.withdrawn)
    answered = select(col(PlanQuestion.plan_id)).where(*answers)
    plan_id = await session.scalar(said.limit(1)) or await session.scalar(answered.limit(1))
    return await session.get(Plan, plan_id) if plan_id else None


async def keys_of_files(session: AsyncSession, plan: Plan, key: str) -> Sequence[str]:
    """Return the keys under which a plan has what the files of a message say."""
    query = select(col(ConversationMessage.key)).where(
        col(ConversationMessage.plan_id) == plan.id,
        col(ConversationMessage.key).startswith(f"{key}#", autoescape=True),
    )
    return (await session.scalars(query.order_by(col(ConversationMessage.id)))).all()


async def note_edit(session: AsyncSession, plan: Plan, key: str, person: str, text: str | None) -> str:
    """Have people asked about new words of a message that was used, or about its deletion (None).

    Returns a sentence for the person where it is too late to ask; words that were put back ask nothing.
    """
    words = "" if text is None else redact(text.strip())[:LONGEST_TEXT]
    was = await words_of(session, plan, key)
    row = await session.scalar(select(MessageEdit).where(of_message(plan, key)))
    if words.casefold() == was.casefold() or not was or plan.stage == PlanStage.CANCELLED:
        await withdraw(session, plan, row)
        return ""
    if row is not None and not row.settled and row.words == words:
        return ""
    record(session, plan, person, "message deleted" if text is None else "message edited", key)
    if plan.stage not in ASKED_IN:
        what = f"A message that *{plan.title}* came from was {'deleted' if text is None else 'edited'}."
        return TOO_LATE.format(what=what, title=plan.title, stage=plan.stage)
    if await is_imported(session, plan):
        return AS_GIVEN.format(title=plan.title)
    row = row or MessageEdit(workspace=plan.workspace, plan_id=plan.id, key=key, person=person, was=was, words=words)
    row.was, row.words, row.person, row.is_gone = was, words, person, text is None
    row.settled, row.settled_by, row.at = "", "", now()
    row.criteria = list(await criteria_from(session, plan, key))
    session.add(row)
    await session.flush()
    await show(session, plan, row)
    return ""


async def take_words(session: AsyncSession, plan: Plan, number: int, person: str, key: str) -> None:
    """Think about a plan anew with the words that a message has now. Raises Refused where nobody is asked any more."""
    row = await require_open(session, plan, number)
    await replace_words(session, plan, row)
    row.settled, row.settled_by = "taken", person
    record(session, plan, person, WORDS_TAKEN, key, message=row.key)
    if plan.hold == Hold.BLOCKED:
        await release(session, plan, person, key)
    want_run(plan, Stage.PLAN)
    await show(session, plan, row)


async def leave_words(session: AsyncSession, plan: Plan, number: int, person: str, key: str) -> None:
    """Leave a plan as it is, from the words as they were. Raises Refused where that is not asked any more."""
    row = await require_open(session, plan, number)
    row.settled, row.settled_by = "left", person
    record(session, plan, person, "words left", key, message=row.key)
    await show(session, plan, row)


async def open_edits(session: AsyncSession, plan: Plan) -> Sequence[MessageEdit]:
    """Return the edits that wait for somebody to take or leave them, oldest first."""
    query = select(MessageEdit).where(col(MessageEdit.plan_id) == plan.id, col(MessageEdit.settled) == "")
    return (await session.scalars(query.order_by(col(MessageEdit.id)))).all()


async def edit_of(session: AsyncSession, plan: Plan, number: int) -> MessageEdit | None:
    """Return an edit of a plan's by its id."""
    row = await session.get(MessageEdit, number)
    return row if row is not None and row.plan_id == plan.id else None


async def words_of(session: AsyncSession, plan: Plan, key: str) -> str:
    """Return what a plan has of a message: what was said, or what it answered; nothing where it is not used."""
    said = await session.scalar(select(ConversationMessage).where(of_words(plan, key)))
    if said is not None:
        return said.text
    answered = [row for row in await all_questions(session, plan) if row.answer_key == key and row.answer is not None]
    if len(answered) == 1:
        return answered[0].answer or "you decide"
    return "\n".join(f"{row.position}. {row.answer or 'you decide'}" for row in answered)


async def replace_words(session: AsyncSession, plan: Plan, row: MessageEdit) -> None:
    """Put new words in the place of those that were used. Raises Refused where nothing would be left to plan."""
    said = await session.scalar(select(ConversationMessage).where(of_words(plan, row.key)))
    answered = [each for each in await all_questions(session, plan) if each.answer_key == row.key]
    if row.is_gone and said is not None and not await others_said(session, plan, row.key):
        raise Refused(
            f"Nothing else was said of *{plan.title}*, so nothing would be left to plan. Leave it, or press `Stop`."
        )
    if said is not None:
        said.kind = FORGOTTEN if row.is_gone else said.kind
        said.text = said.text if row.is_gone else row.words
    for each in answered:
        each.answer = None if row.is_gone else answer_in(row.words, each, answered)
        if row.is_gone:
            each.answered_by, each.answer_key = "", ""
        await announce(session, plan, MessageKind.QUESTIONS, str(each.round))


def answer_in(words: str, row: PlanQuestion, answered: Sequence[PlanQuestion]) -> str | None:
    """Return what new words answer to a question: what stands behind its number, or all of them to the only one."""
    numbered = dict(numbered_answers(words, [each.position for each in answered]))
    answer = numbered.get(row.position, words if len(answered) == 1 and not numbered else row.answer)
    return "" if answer and decides_nothing(answer) else answer


async def others_said(session: AsyncSession, plan: Plan, key: str) -> bool:
    """Tell whether a plan came from another message too."""
    query = select(col(ConversationMessage.id)).where(
        col(ConversationMessage.plan_id) == plan.id,
        col(ConversationMessage.key) != key,
        col(ConversationMessage.kind).in_(("request", "message")),
    )
    return await session.scalar(query.limit(1)) is not None


async def require_open(session: AsyncSession, plan: Plan, number: int) -> MessageEdit:
    """Return an edit that nobody settled. Raises Refused."""
    row = await edit_of(session, plan, number)
    if row is None or row.settled:
        raise Refused("That was settled already. Look at the newest messages in the thread.")
    if plan.stage not in ASKED_IN:
        raise Refused(
            f"*{plan.title}* is {plan.stage} meanwhile, from the words as they were. Once it is delivered, mention me "
            "and say what should be different."
        )
    return row


async def withdraw(session: AsyncSession, plan: Plan, row: MessageEdit | None) -> None:
    """Ask no more about a message whose words were put back."""
    if row is not None and not row.settled:
        row.settled = "put back"
        await show(session, plan, row)


async def show(session: AsyncSession, plan: Plan, row: MessageEdit) -> None:
    """Have an edit told, or told anew, and the open review with it."""
    await announce(session, plan, MessageKind.EDITED, str(row.id), edit=row.id or 0)
    if plan.stage == PlanStage.IN_REVIEW:
        await announce(session, plan, MessageKind.REVIEW, str(plan.review))
    await refresh_card(session, plan)


def of_message(plan: Plan, key: str) -> ColumnElement[bool]:
    """Return the condition of a message's edit."""
    return and_(col(MessageEdit.plan_id) == plan.id, col(MessageEdit.key) == key)


def of_words(plan: Plan, key: str) -> ColumnElement[bool]:
    """Return the condition of what was said in a message."""
    return and_(
        col(ConversationMessage.plan_id) == plan.id,
        col(ConversationMessage.key) == key,
        col(ConversationMessage.kind).not_in((*SET_ASIDE, GIVEN)),
    )
