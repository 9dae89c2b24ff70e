"""Checkpoints: where a build asks a person and waits; who answers, and by which message, is the evidence.

They are kept as questions of the plan, under ids of their own: no planner asked them, and none hears the answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.frozen import Frozen
from bot.documents.redaction import redact
from bot.patterns import regex
from bot.planning.conversation import Question
from bot.store.tables import Plan, PlanQuestion, Step
from bot.verification.evidence import Check
from bot.workflow.approving import approvers, who_can_approve
from bot.workflow.events import PLANTHREAD, record
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.plan_defaults import access_said
from bot.workflow.plans import LONGEST_TEXT
from bot.workflow.policy import policy_of
from bot.workflow.ports import Stage
from bot.workflow.refusals import Refused
from bot.workflow.rounds import OF_BUILD, all_questions, is_of_build, is_open
from bot.workflow.runs import block, release, want_run
from bot.workflow.stages import Hold, PlanStage, hold

__all__ = [
    "CONFIRM",
    "REFUSE",
    "Checkpoint",
    "CheckpointKind",
    "answer_checkpoint",
    "answer_in_words",
    "ask_checkpoint",
    "checkpoint_numbered",
    "checkpoint_of_row",
    "checkpoints_of",
    "confirmation",
    "open_checkpoint",
    "row_of",
    "take_answer",
    "wait_for_answer",
    "without_words",
]

CONFIRM, REFUSE = "Confirm", "It isn't right"
"""The labels of the two buttons, which are also what their answers are kept as."""
YES = frozenset({"yes", "y", "confirm", "confirmed", "done", "approved", "ok", "okay", "it works", "works", "correct"})
NO = regex(
    r"(?:no|wrong|not right|it isn['’]t right|it is not right)[ .!]*(?:[:–—]\s*(.*))?", re.IGNORECASE | re.DOTALL
)
"""A refusal: a word for it as the whole message, or the word, a colon, and what is wrong."""
LONGEST_REASON = 300


class CheckpointKind(StrEnum):
    """What a person is asked for."""

    CONFIRM = "confirm"
    """Verifications that no command may do."""
    LOOK = "human-verify"
    DECISION = "decision"
    ACTION = "human-action"
    ACCESS = "access"
    """Who gets access to the repository."""


class Checkpoint(Frozen):
    """One question of a build, and its answer. ``number`` is the row's: what a button carries."""

    number: int
    kind: CheckpointKind
    step: str
    question: Question
    answer: str | None = None
    answered_by: str = ""
    answer_key: str = ""

    @property
    def chooses(self) -> bool:
        """Tell whether an option or own words answer it, where others are confirmed or refused."""
        return self.kind in {CheckpointKind.DECISION, CheckpointKind.ACCESS}

    @property
    def is_refused(self) -> bool:
        """Tell whether a person said that it isn't right; a decision can't be refused."""
        return not self.chooses and self.answer is not None and not is_yes(self.answer)

    @property
    def hint(self) -> str:
        """Return what a refusal says is wrong; empty where it gives no reason."""
        if not self.is_refused or self.answer in {None, REFUSE}:
            return ""
        found = NO.fullmatch(self.answer or "")
        return (found[1] or "").strip() if found else self.answer or ""


async def ask_checkpoint(
    session: AsyncSession,
    plan: Plan,
    step: Step,
    kind: CheckpointKind,
    question: str,
    how: str,
    options: Sequence[str],
    why: str = "",
) -> None:
    """Ask a person about a step, and let the plan wait for the answer.

    ``question`` is what is asked, ``how`` what the person is told to look at; ``options`` are those of a decision;
    ``why`` is what the plan says that it waits for (empty: the step).
    """
    rows = await all_questions(session, plan)
    asked = sum(row.question_id.startswith(f"{OF_BUILD}{step.key}/") for row in rows)
    number = 1 + max((row.round for row in rows), default=0)
    asking = Question(id=f"{OF_BUILD}{step.key}/{kind}/{asked + 1}", text=question, reason=how, options=tuple(options))
    session.add(
        PlanQuestion(
            workspace=plan.workspace,
            plan_id=plan.id,
            question_id=asking.id,
            round=number,
            position=1,
            question=asking.model_dump(mode="json"),
        )
    )
    await session.flush()
    record(session, plan, PLANTHREAD, "checkpoint", step=step.key, kind=kind)
    hold(session, plan, Hold.WAITING, why or named(step), PLANTHREAD)
    await announce(session, plan, MessageKind.CHECKPOINT, str(number), round=number)
    await refresh_card(session, plan)


async def wait_for_answer(session: AsyncSession, plan: Plan, step: Step, attempt: int, why: str = "") -> None:
    """Let the plan wait on, where a run found that its question is still open."""
    if plan.hold is None and plan.run_stage == Stage.BUILD and plan.run_attempt == attempt:
        hold(session, plan, Hold.WAITING, why or named(step), PLANTHREAD)
        await refresh_card(session, plan)


def named(step: Step) -> str:
    """Return a step as people know it."""
    return f"{step.number} {step.title}".strip()


async def answer_checkpoint(session: AsyncSession, plan: Plan, number: int, text: str, person: str, key: str) -> str:
    """Take a person's answer, which becomes the evidence; return a sentence for them.

    The build goes on, or is blocked where they say that it isn't right. Raises Refused.
    """
    row = await row_of(session, plan, number)
    if row.answer is not None:
        raise Refused(f"<@{row.answered_by}> answered that already.")
    if plan.stage != PlanStage.BUILDING or row.withdrawn:
        raise Refused(f"*{plan.title}* is {plan.stage}; that question is not open any more.")
    allowed = await approvers(session, plan)
    if person not in allowed:
        raise Refused(who_can_approve(allowed, await policy_of(session, plan)))
    said = redact(text.strip())[:LONGEST_TEXT]
    if not said:
        raise Refused("Say `confirm`, or `no: …` with what is wrong.")
    if checkpoint_of(row).kind is CheckpointKind.ACCESS:
        said = access_said(said)
    return await take_answer(session, plan, row, said, person, key)


async def take_answer(session: AsyncSession, plan: Plan, row: PlanQuestion, said: str, person: str, key: str) -> str:
    """Keep an answer and let the build go on as it says; return a sentence for the person."""
    row.answer, row.answered_by, row.answer_key = said, person, key
    point = checkpoint_of(row)
    record(session, plan, person, "refused" if point.is_refused else "confirmed", key, step=point.step, answer=said)
    await announce(session, plan, MessageKind.CHECKPOINT, str(row.round))
    return await go_on_after(session, plan, point, person, key)


async def row_of(session: AsyncSession, plan: Plan, number: int) -> PlanQuestion:
    """Return the row of a checkpoint. Raises Refused."""
    row = await session.get(PlanQuestion, number)
    if row is None or row.plan_id != plan.id or not is_of_build(row):
        raise Refused("That question is not one of this plan's.")
    return row


async def checkpoint_of_row(session: AsyncSession, plan: Plan, number: int) -> Checkpoint:
    """Return the checkpoint that a button is about. Raises Refused."""
    return checkpoint_of(await row_of(session, plan, number))


async def go_on_after(session: AsyncSession, plan: Plan, point: Checkpoint, person: str, key: str) -> str:
    """Let the build go on, or block it, as an answer says; a plan that people paused stays so."""
    if plan.hold == Hold.PAUSED:
        await refresh_card(session, plan)
        return "Noted. The plan is paused; it goes on from there once somebody presses `Resume`."
    await release(session, plan, person, key)
    if point.is_refused:
        reason = f": “{point.hint[:LONGEST_REASON]}”" if point.hint else ""
        await block(
            session,
            plan,
            f"{about(point)} isn't right{reason}. `Retry` takes it up again with that in mind; `Skip` leaves it open.",
            skippable=point.step,
        )
        return ""
    want_run(plan, Stage.BUILD)
    await refresh_card(session, plan)
    return ""


def about(point: Checkpoint) -> str:
    """Return what a checkpoint is about, in a sentence."""
    return f"“{' '.join(point.question.text.split())[:100]}”"


async def answer_in_words(session: AsyncSession, plan: Plan, text: str, *, addressed: bool) -> tuple[int, str] | None:
    """Return the open checkpoint that a whole message answers and what it answers; None for other talk.

    Own words are taken for a decision only where they are said to the bot.
    """
    point = await open_checkpoint(session, plan)
    if point is None:
        return None
    said = text.strip()
    if point.chooses:
        chosen = option_of(point.question.options, said)
        answer = chosen or (said if addressed else "")
        return (point.number, answer) if answer else None
    if is_yes(said) or NO.fullmatch(said):
        return point.number, said
    return None


def option_of(options: Sequence[str], said: str) -> str:
    """Return the option that somebody names, by its words or its number; nothing for other words."""
    plain = said.strip(" .!").casefold()
    if plain.isdecimal() and len(plain) < 4 and 1 <= int(plain) <= len(options):
        return options[int(plain) - 1]
    return next((option for option in options if option.casefold() == plain), "")


def is_yes(said: str) -> bool:
    """Tell whether an answer confirms, and says nothing else."""
    return said.strip(" .!").casefold() in YES


async def open_checkpoint(session: AsyncSession, plan: Plan) -> Checkpoint | None:
    """Return the checkpoint that waits for an answer, or None."""
    if plan.stage != PlanStage.BUILDING:
        return None
    rows = [row for row in await all_questions(session, plan) if is_of_build(row) and is_open(row)]
    return checkpoint_of(rows[-1]) if rows else None


async def checkpoint_numbered(session: AsyncSession, plan: Plan, round_number: int) -> Checkpoint | None:
    """Return the checkpoint of a message."""
    query = select(PlanQuestion).where(col(PlanQuestion.plan_id) == plan.id, col(PlanQuestion.round) == round_number)
    row = (await session.scalars(query)).first()
    return checkpoint_of(row) if row else None


async def checkpoints_of(session: AsyncSession, plan: Plan, step_key: str) -> list[Checkpoint]:
    """Return what was asked about a step, oldest first."""
    prefix = f"{OF_BUILD}{step_key}/"
    return [checkpoint_of(row) for row in await all_questions(session, plan) if row.question_id.startswith(prefix)]


def checkpoint_of(row: PlanQuestion) -> Checkpoint:
    """Return a row as the checkpoint that it is."""
    step, kind, _ = row.question_id.removeprefix(OF_BUILD).rsplit("/", 2)
    return Checkpoint(
        number=row.id or 0,
        kind=CheckpointKind(kind),
        step=step,
        question=Question.model_validate(row.question),
        answer=row.answer,
        answered_by=row.answered_by,
        answer_key=row.answer_key,
    )


def without_words(row: PlanQuestion) -> str | None:
    """Return an answer without anybody's own words: that it is right or isn't, an option; None for other questions."""
    if not is_of_build(row):
        return None
    point = checkpoint_of(row)
    if point.chooses:
        return point.answer if point.answer in point.question.options else ""
    return REFUSE if point.is_refused else CONFIRM


def confirmation(point: Checkpoint) -> Check:
    """Return an answer as the check that it is: what was asked, who said what, and in which message."""
    word = "decided by a person" if point.kind is CheckpointKind.DECISION else "confirmed by a person"
    return Check(
        word=word,
        passed=not point.is_refused,
        tail=f"{point.question.text}\n→ {point.answer}",
        by=point.answered_by,
        message=point.answer_key,
    )
