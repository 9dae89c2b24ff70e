"""The engine's ``plan`` stage: ask what is missing, or write the documents, check them, and open the review."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.naming import joined
from bot.generation.blast_radius import BlastRadius
from bot.generation.errors import UnsupportedSpecsError
from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.conversation import Answer, Conversation, Interview, Planner, PlannerError
from bot.planning.existing_repository import found_against, keeping_to
from bot.store.database import Database
from bot.store.tables import Plan
from bot.workflow.blast_radius import radius_between
from bot.workflow.budget import BudgetReached, rest_for_budget
from bot.workflow.builds import own_steps
from bot.workflow.changes import delivered_documents
from bot.workflow.channel_features import derive_with, features_to_add
from bot.workflow.disagreements import unsettled
from bot.workflow.documents import Documents, documents_so_far
from bot.workflow.events import PLANTHREAD
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.names import take_title
from bot.workflow.planning_input import note_failure, planning_input
from bot.workflow.ports import Stage
from bot.workflow.questions import ask
from bot.workflow.reviews import open_review
from bot.workflow.rounds import open_questions
from bot.workflow.runs import block, wanted
from bot.workflow.stages import PlanStage, move
from bot.workflow.unchanged import changes_nothing, leave_unchanged
from bot.workflow.untaken_answers import retell_untaken, untaken_answers

__all__ = ["PlanningRun", "block", "note_progress", "wanted"]


MOST_DEFAULTS = 3
"""How often what is asked again gets its default before a person is asked what to do."""


async def interviewed(planner: Planner, conversation: Conversation) -> tuple[Conversation, Interview]:
    """Interview; what is asked again though it was answered gets its default, so that no answer leads nowhere."""
    interview = await planner.interview(conversation)
    for _ in range(MOST_DEFAULTS):
        answered = {one.question.id for one in conversation.answers}
        if not interview.questions or not {question.id for question in interview.questions} <= answered:
            break
        defaults = (Answer(question=one, text="", author="", timestamp="") for one in interview.questions)
        conversation = conversation.model_copy(update={"answers": (*conversation.answers, *defaults)})
        interview = await planner.interview(conversation)
    return conversation, interview


class PlanningRun:
    """Runs one planning attempt. Nothing is kept of an attempt that a newer wish has overtaken."""

    def __init__(
        self,
        database: Database,
        planner: Planner,
        edited: Callable[[Plan], Awaitable[frozenset[str]]] | None = None,
        built_in: Planner | None = None,
    ) -> None:
        """Plan with this planner; ``edited`` tells which files of a delivered repository people have edited.

        ``built_in`` plans what people gave to it by name.
        """
        self._built_in = built_in or BuiltInPlanner()
        self._edited = edited
        self._database = database
        self._planner = planner

    async def run(self, plan_id: str, attempt: int) -> None:
        """Interview, then propose; a planner's refusal becomes a hold with its sentence."""
        conversation = await self._conversation(plan_id, attempt)
        if conversation is None or await self._waits(plan_id, attempt):
            return
        try:
            planner = await self._planner_of(plan_id)
            conversation, interview = await interviewed(planner, conversation)
            if interview.questions:
                await self._ask(plan_id, attempt, interview)
                return
            await self._review(plan_id, attempt, conversation, interview, planner)
        except BudgetReached as reached:
            await self._rest(plan_id, attempt, reached)
        except PlannerError as error:
            await self._block(plan_id, attempt, str(error), error.findings)
        except UnsupportedSpecsError as error:
            await self._block(plan_id, attempt, str(error), (str(error),))

    async def _conversation(self, plan_id: str, attempt: int) -> Conversation | None:
        async with self._database.read() as session:
            plan = await wanted(session, plan_id, Stage.PLAN, attempt)
            return await planning_input(session, plan) if plan else None

    async def _waits(self, plan_id: str, attempt: int) -> bool:
        """Let a plan rest while people disagree about an answer: no planner is asked about one of several."""
        async with self._database.write() as session:
            plan = await wanted(session, plan_id, Stage.PLAN, attempt)
            if plan is None or not await unsettled(session, plan):
                return plan is None
            plan.run_stage = None
            await refresh_card(session, plan)
            return True

    async def _ask(self, plan_id: str, attempt: int, interview: Interview) -> None:
        async with self._database.write() as session:
            plan = await wanted(session, plan_id, Stage.PLAN, attempt)
            if plan is None:
                return
            await take_title(session, plan, interview.title)
            note_progress(plan, interview)
            known = await untaken_answers(session, plan)
            await ask(session, plan, interview)
            is_asked = bool(await open_questions(session, plan))
            plan.run_stage = None if is_asked else plan.run_stage
            await retell_untaken(session, plan, known)
            if is_asked:
                await back_to_gathering(session, plan)
                await refresh_card(session, plan)
                return
            sentence = "I would ask the same things again. Say in other words what is missing, or press `Retry`."
            await block(session, plan, sentence)

    async def _planner_of(self, plan_id: str) -> Planner:
        """Return the planner that a plan has: the built-in one where people chose it."""
        async with self._database.read() as session:
            plan = await session.get_one(Plan, plan_id)
        return self._built_in if plan.planner == self._built_in.name else self._planner

    async def _review(
        self, plan_id: str, attempt: int, conversation: Conversation, interview: Interview, planner: Planner
    ) -> None:
        repository = conversation.repository
        proposal = keeping_to(interview.proposal or await planner.propose(conversation), repository)
        before, features = await self._documents(plan_id), await self._features(plan_id)
        proposal, documents, findings = derive_with(proposal, before, features)
        findings = (*findings, *found_against(proposal, repository))
        radius = await self._radius(plan_id, before, documents) if before else None
        async with self._database.write() as session:
            plan = await wanted(session, plan_id, Stage.PLAN, attempt)
            if plan is None:
                return
            await take_title(session, plan, interview.title)
            note_progress(plan, interview)
            known = await untaken_answers(session, plan)
            plan.run_stage = None
            await ask(session, plan, interview)
            if await changes_nothing(session, plan, documents, proposal, conversation):
                await leave_unchanged(session, plan, proposal, conversation)
                await retell_untaken(session, plan, known)
                return
            await open_review(session, plan, proposal, documents, findings, radius, len(conversation.changes))
            await retell_untaken(session, plan, known)

    async def _documents(self, plan_id: str) -> Documents | None:
        """Return the newest documents; None before the first review."""
        async with self._database.read() as session:
            plan = await session.get(Plan, plan_id)
            return await documents_so_far(session, plan) if plan else None

    async def _features(self, plan_id: str) -> tuple[str, ...]:
        """Return the features that the plan's channel wants in it."""
        async with self._database.read() as session:
            return await features_to_add(session, await session.get_one(Plan, plan_id))

    async def _radius(self, plan_id: str, before: Documents, after: Documents) -> BlastRadius:
        """Return what a change touches in what was delivered, or else in the revisions before.

        It is worked out beside the loop: it renders both.
        """
        async with self._database.read() as session:
            plan, steps = await session.get_one(Plan, plan_id), await own_steps(session, plan_id)
            delivered = await delivered_documents(session, plan) if plan.delivered_review else None
        edited = await self._edited(plan) if self._edited else frozenset[str]()
        specs = delivered.specs if delivered else None
        return await asyncio.to_thread(radius_between, plan, delivered or before, after, steps, edited, specs)

    async def _block(self, plan_id: str, attempt: int, sentence: str, findings: tuple[str, ...]) -> None:
        async with self._database.write() as session:
            plan = await wanted(session, plan_id, Stage.PLAN, attempt)
            if plan is not None:
                note_failure(session, plan, findings)
                await block(session, plan, sentence)

    async def _rest(self, plan_id: str, attempt: int, reached: BudgetReached) -> None:
        async with self._database.write() as session:
            plan = await wanted(session, plan_id, Stage.PLAN, attempt)
            if plan is not None:
                await rest_for_budget(session, plan, reached)


async def back_to_gathering(session: AsyncSession, plan: Plan) -> None:
    """Take a plan out of review when a change raised questions: they can be answered, and nothing old be approved."""
    if plan.stage == PlanStage.IN_REVIEW:
        move(session, plan, PlanStage.GATHERING, PLANTHREAD)
        await announce(session, plan, MessageKind.REVIEW, str(plan.review))


def note_progress(plan: Plan, interview: Interview) -> None:
    """Keep how much is known.

    What people said may bring up more that must be known: then there is more in all, and what is known stays known.
    """
    known, total = sum(slot.known for slot in interview.slots), len(interview.slots)
    more = max(0, plan.slots_known - known)
    plan.slots_known, plan.slots_total = known + more, total + more
    plan.slots_missing = joined([slot.name for slot in interview.slots if not slot.known])
