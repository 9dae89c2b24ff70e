"""Questions in a thread: asking a round of them, and taking what people answer by button or in their own words."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.frozen import Frozen
from bot.documents.redaction import redact
from bot.planning.built_in.changes.early_changes import asks_for_change
from bot.planning.built_in.phrases.leaving_out import read_leaving_out
from bot.planning.built_in.phrases.naming import read_name
from bot.planning.built_in.questions.unread_pieces import UNREAD
from bot.planning.built_in.words.greetings import pleasantry
from bot.planning.conversation import Interview, Question
from bot.store.tables import Plan, PlanQuestion
from bot.workflow.answers_for_several import same_again, told_defaults
from bot.workflow.asked_openly import question_beside
from bot.workflow.disagreements import disputed, is_settling, settle
from bot.workflow.events import record
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.names import rename
from bot.workflow.plans import LONGEST_TEXT, add_message
from bot.workflow.ports import Stage
from bot.workflow.refusals import Refused
from bot.workflow.replies import (
    YOU_DECIDE,
    decides_nothing,
    numbered_answers,
    preamble,
    read_reply,
    several_fit,
    without_stray_numbers,
)
from bot.workflow.rounds import all_questions, is_open, open_questions, post_round
from bot.workflow.runs import release, want_run
from bot.workflow.short_replies import is_only_an_answer, not_taken, which_question
from bot.workflow.sides_in_words import side_taken
from bot.workflow.stages import Capability, Hold, allows
from bot.workflow.taken_back_in_words import takes_things_back, told_of_taken_back
from bot.workflow.waiting import BUILT_IN

__all__ = [
    "YOU_DECIDE",
    "Taken",
    "answer_question",
    "ask",
    "go_on",
    "reply",
]

TOOK_WISH = (
    "I took that in as more of what you want: the review shows what came of it, and `what have you understood?` says "
    "it now. Was something in it only a question? Ask it by itself; `help` says what I can be told here."
)
MOST_AT_ONCE = 3
"""How many questions people are asked in one message; further ones come in the next round."""


async def ask(session: AsyncSession, plan: Plan, interview: Interview) -> None:
    """Post a round of questions as one message.

    A question that was answered is never asked again; one that is open and no longer asked is withdrawn.
    """
    rows = {row.question_id: row for row in await all_questions(session, plan)}
    asked = {question.id: question for question in interview.questions}
    waiting = [row for row in rows.values() if row.answer is None and not is_settling(row)]
    await withdraw(session, plan, waiting, set(asked))
    if fresh := [question for question in asked.values() if question.id not in rows][:MOST_AT_ONCE]:
        await post_round(session, plan, fresh)


async def withdraw(session: AsyncSession, plan: Plan, rows: Sequence[PlanQuestion], asked: set[str]) -> None:
    """Take back the unanswered questions that are no longer asked, so that nobody is waited for in vain."""
    for row in rows:
        if row.withdrawn != (row.question_id not in asked):
            row.withdrawn = not row.withdrawn
            await announce(session, plan, MessageKind.QUESTIONS, str(row.round))


async def answer_question(
    session: AsyncSession, plan: Plan, question_id: str, text: str, person: str, key: str
) -> PlanQuestion:
    """Take one answer; when it was the last open one, planning goes on. Raises Refused when it is too late."""
    if not allows(plan, Capability.ANSWER):
        raise Refused(
            f"*{plan.title}* is {plan.stage} already. To change something, use `Request changes` on its review."
        )
    row = next((row for row in await all_questions(session, plan) if row.question_id == question_id), None)
    if row is None or row.withdrawn:
        raise Refused("That question is not open any more.")
    answer = "" if decides_nothing(text) else redact(text.strip())[:LONGEST_TEXT]
    if row.answer is not None and await disputed(session, plan, row, answer, person, key):
        return row
    await take(session, plan, row, answer, person, key)
    if not await open_questions(session, plan):
        await go_on(session, plan, person, key)
    await refresh_card(session, plan)
    return row


async def take(session: AsyncSession, plan: Plan, row: PlanQuestion, answer: str, person: str, key: str) -> None:
    """Keep an answer; one that settles a disagreement becomes the answer of the question that it was about."""
    row.answer, row.answered_by, row.answer_key = answer, person, key
    record(session, plan, person, "answered", key, question=row.question_id, answer=row.answer, row=row.id or 0)
    await announce(session, plan, MessageKind.QUESTIONS, str(row.round))
    await settle(session, plan, row)


class Taken(Frozen):
    """What came of a reply: how many questions it answered, and a sentence on each number that it answered in vain.

    ``told`` says what else is worth knowing of it.
    """

    answered: int
    left_out: tuple[str, ...] = ()
    told: str = ""


async def reply(session: AsyncSession, plan: Plan, text: str, person: str, key: str) -> Taken:
    """Take a reply in the thread while gathering: answers to open questions, or more to read for the planner.

    Raises Refused for an empty reply, an option of several questions, and where every number in it is no open question.
    """
    if not text.strip():
        raise Refused("I can only read text so far. Please paste what the file says, or sum it up in a sentence.")
    every = await all_questions(session, plan)
    rows = [row for row in every if is_open(row)]
    questions, positions = [Question.model_validate(row.question) for row in rows], [row.position for row in rows]
    if sentence := nothing_said(text, questions):
        return Taken(answered=0, left_out=(sentence,))
    text, stray = leave_out(every, positions, text)
    again, left_out = await answered_again(session, plan, stray, person, key, positions)
    if stray and not any(answer for _, answer in numbered_answers(text, positions)):
        if not again:
            raise Refused(" ".join(left_out))
        return Taken(answered=again, left_out=tuple(left_out))
    is_taken_back = plan.planner == BUILT_IN and takes_things_back(questions, text)
    if is_taken_back or asks_for_change(text) or leaves_out_words(text, questions):
        return await take_back(session, plan, questions, text, person, key)
    settled = [(one.id, side) for one in questions if (side := side_taken(one, text, person))]
    same = same_again(every, questions, text)
    answers, vain = (
        (settled, []) if len(settled) == 1 else without_nonsense(questions, same or bound(questions, positions, text))
    )
    left_out += vain
    if vain and not answers:
        return Taken(answered=again, left_out=tuple(left_out))
    for question_id, answer in answers:
        await answer_question(session, plan, question_id, answer, person, key)
    rest = preamble(text, positions) if answers else text
    if rest:
        await add_message(session, plan, person, rest, key)
        record(session, plan, person, "said", key)
    if not answers:
        await go_on(session, plan, person, key)
        await refresh_card(session, plan)
    told = told_defaults(questions, positions, answers) if answers else told_wish(text)
    return Taken(answered=len(answers) + again, left_out=tuple(left_out), told=told)


def told_wish(text: str) -> str:
    """Return what somebody hears whose message asks something, and was kept as more of what they want."""
    return TOOK_WISH if question_beside(text) else ""


async def take_back(
    session: AsyncSession, plan: Plan, questions: Sequence[Question], text: str, person: str, key: str
) -> Taken:
    """Keep a message that takes something back or gives the plan its name, for the planner to read."""
    told = await rename(session, plan, read_name(text), person, key)
    became = "" if told else await told_of_taken_back(session, plan, questions, text, person)
    await add_message(session, plan, person, text, key)
    record(session, plan, person, "said", key)
    await go_on(session, plan, person, key)
    await refresh_card(session, plan)
    return Taken(answered=0, left_out=(*told, became) if became else told)


def leaves_out_words(text: str, questions: Sequence[Question]) -> bool:
    """Tell whether a message leaves out words of an earlier one that it names, and answers no question about them."""
    wanted = read_leaving_out(text)
    is_named = wanted is not None and bool(wanted.quoted or wanted.about)
    return is_named and not any(question.id == UNREAD for question in questions)


def bound(questions: Sequence[Question], positions: Sequence[int], text: str) -> list[tuple[str, str]]:
    """Return the answers in a reply. Raises Refused where it is one, and nobody can tell to which question."""
    if read_leaving_out(text) and any(question.id == UNREAD for question in questions):
        return [(UNREAD, text)]
    is_unclear = several_fit(questions, text)
    answers = [] if is_unclear else read_reply(questions, positions, text)
    if is_unclear or (len(questions) > 1 and not answers and is_only_an_answer(text)):
        raise Refused(which_question(questions, positions, text))
    return answers


def without_nonsense(
    questions: Sequence[Question], answers: Sequence[tuple[str, str]]
) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the answers that may be one, and for each other one a sentence that asks its question again."""
    by_id = {question.id: question for question in questions}
    vain = {question_id: sentence for question_id, text in answers if (sentence := not_taken(by_id[question_id], text))}
    return [one for one in answers if one[0] not in vain], list(vain.values())


def nothing_said(text: str, questions: Sequence[Question]) -> str:
    """Return what to tell somebody whose reply holds nothing to plan with; nothing where it does.

    Who leaves a decision to the planner says nothing where no question is open.
    """
    kind = pleasantry(text)
    is_chosen = any(text.strip().lower() == option.lower() for one in questions for option in one.options)
    if is_chosen or (not kind and (questions or not decides_nothing(text))):
        return ""
    asked = "the question above is" if len(questions) == 1 else f"{len(questions)} questions above are"
    goes_on = f"{asked} still open" if questions else "nothing is asked right now; I go on with what you said"
    return f"{'Gladly' if kind else 'Understood'}: {goes_on}."


type Stray = tuple[int, str, PlanQuestion | None]
"""A number that is not open, what was said to it, and the question that had it."""


def leave_out(rows: Sequence[PlanQuestion], positions: Sequence[int], text: str) -> tuple[str, list[Stray]]:
    """Return a reply without answers to numbers that aren't open, and those answers.

    While nothing is open, a number that was never asked is part of what people say.
    """
    asked = {row.position: row for row in rows}
    rest, stray = without_stray_numbers(text, positions)
    if not positions and not any(number in asked for number, _ in stray):
        return text, []
    return rest, [(number, answer, asked.get(number)) for number, answer in stray]


async def answered_again(
    session: AsyncSession, plan: Plan, stray: Sequence[Stray], person: str, key: str, positions: Sequence[int]
) -> tuple[int, list[str]]:
    """Take answers to questions that were answered before; return how many count, and why the others don't."""
    taken, left_out = 0, []
    for number, answer, row in stray:
        if row is None or row.answer is None:
            open_now = ", ".join(map(str, positions)) or "none"
            left_out.append(
                f"No open question has the number {number}, so its answer was not taken (open: {open_now})."
            )
            continue
        try:
            await answer_question(session, plan, row.question_id, answer, person, key)
            taken += 1
        except Refused as refusal:
            left_out.append(str(refusal))
    return taken, left_out


async def go_on(session: AsyncSession, plan: Plan, person: str, key: str) -> None:
    """Have the plan thought about again. What people add is the help that a blocked plan waited for."""
    if plan.hold == Hold.BLOCKED:
        await release(session, plan, person, key)
    want_run(plan, Stage.PLAN)
