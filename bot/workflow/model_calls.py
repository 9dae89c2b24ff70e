"""Model calls of a run: an answer is kept before it is used, so that a kill loses none and asks nothing twice.

A call is an effect (`bot.store.tables.Effect`): its key is the run and what was asked. The same run after a kill, in
this process or another, even with an engine whose database was deleted, finds the answer; another attempt asks anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field

from pydantic import BaseModel, ValidationError

from bot.language_model.port import LanguageModel, Usage
from bot.language_model.prices import Prices
from bot.store.database import Database
from bot.store.tables import Effect, ModelUsage, Plan
from bot.workflow.budget import budget_of, remaining
from bot.workflow.messages import refresh_card
from bot.workflow.ports import Stage

__all__ = ["KeptAnswers", "Run", "asking_about", "current_run", "keep_try", "keep_usage", "running"]


@dataclass(frozen=True)
class Run:
    """One attempt of a stage of a plan, and how often it asked each thing so far."""

    plan_id: str
    stage: Stage
    attempt: int
    asked: Counter[str] = field(default_factory=Counter, compare=False)

    def key(self, question: str) -> str:
        """Return the key of the next answer to a question: asked twice, it may be answered differently."""
        self.asked[question] += 1
        return f"{self.plan_id}/{self.stage} {self.attempt}/{question}/{self.asked[question]}"


_current: ContextVar[Run | None] = ContextVar("current_run", default=None)
_subject: ContextVar[str] = ContextVar("subject_of_calls", default="")


def current_run() -> Run | None:
    """Return the run that this task works for, or None."""
    return _current.get()


@contextlib.contextmanager
def running(plan_id: str, stage: Stage, attempt: int) -> Iterator[Run]:
    """Have everything in the block, and every task that it starts, work for a run."""
    run = Run(plan_id, stage, attempt)
    before = _current.set(run)
    try:
        yield run
    finally:
        _current.reset(before)


@contextlib.contextmanager
def asking_about(subject: str) -> Iterator[None]:
    """Have the calls in the block be known by their subject and order, whatever the prompts show.

    For prompts that hold what a check printed: its times differ, and the question is still the same.
    """
    before = _subject.set(subject)
    try:
        yield
    finally:
        _subject.reset(before)


class KeptAnswers:
    """Implements `bot.language_model.port.LanguageModel`: asks another model, and keeps what it says for the run."""

    def __init__(self, model: LanguageModel, database: Database, budget: int = 0) -> None:
        """Keep the answers of this model. ``budget`` is what a plan may use, in tokens; 0 sets no limit.

        The settings of a plan's channel come before it.
        """
        self.name = model.name
        self._model = model
        self._database = database
        self._budget = budget

    async def answer[Schema: BaseModel](self, decision: str, prompt: str, schema: type[Schema]) -> Schema:
        """Return the answer that this run has had already, or ask for it.

        Raises LanguageModelError, and BudgetReached before a call that the plan may not make any more.
        """
        run = current_run()
        if run is None:
            return await self._model.answer(decision, prompt, schema)
        key = run.key(question_of(decision, prompt, schema))
        kept = await self._kept(key, schema)
        if kept is not None:
            return kept
        await self._require_budget(run)
        answer = await self._model.answer(decision, prompt, schema)
        await self._keep(run, key, decision, answer)
        return answer

    async def _require_budget(self, run: Run) -> None:
        """Return while the plan may ask; otherwise raise BudgetReached."""
        async with self._database.read() as session:
            budget = await budget_of(session, run.plan_id, self._budget)
            reached = await remaining(session, run.plan_id, budget) if budget else None
        if reached is not None:
            raise reached

    async def _kept[Schema: BaseModel](self, key: str, schema: type[Schema]) -> Schema | None:
        """Return an answer that was kept; one that an older version kept may not fit any more, and counts as none."""
        async with self._database.read() as session:
            effect = await session.get(Effect, key)
        if effect is None or effect.result is None:
            return None
        with contextlib.suppress(ValidationError):
            return schema.model_validate(effect.result)
        return None

    async def _keep(self, run: Run, key: str, decision: str, answer: BaseModel) -> None:
        """Keep an answer with the plan that it was asked for."""
        async with self._database.write() as session:
            plan = await session.get(Plan, run.plan_id)
            if plan is None or (run.stage is Stage.PLAN and plan.run_attempt > run.attempt):
                return  # a newer wish has overtaken the run; nobody asks for its answers any more
            effect = Effect(key=key, workspace=plan.workspace, plan_id=plan.id, intent={"decision": decision})
            effect.result = answer.model_dump(mode="json")
            await session.merge(effect)


def question_of(decision: str, prompt: str, schema: type[BaseModel]) -> str:
    """Return what tells a question from every other: the decision, and its subject or a fingerprint of all it holds."""
    if subject := _subject.get():
        return f"{subject}/{decision}"
    asked = json.dumps([decision, prompt, schema.model_json_schema()], sort_keys=True)
    return f"{decision}/{hashlib.sha256(asked.encode()).hexdigest()[:32]}"


async def keep_try(database: Database, number: int, of: int) -> None:
    """Keep which try of a request is under way, for the card; the first needs no word of its own."""
    run = current_run()
    if run is None or number == 1:
        return
    async with database.write() as session:
        plan = await session.get(Plan, run.plan_id)
        if plan is not None:
            plan.model_try, plan.model_tries = number, of
            await refresh_card(session, plan)


async def keep_usage(database: Database, prices: Prices | None, usage: Usage) -> None:
    """Keep what a call cost, with the plan of the run that made it; in money where there are prices."""
    run = current_run()
    async with database.write() as session:
        plan = await session.get(Plan, run.plan_id) if run else None
        session.add(
            ModelUsage(
                workspace=plan.workspace if plan else "",
                plan_id=run.plan_id if run else None,
                cost=prices.millionths(usage) if prices else 0,
                currency=prices.currency if prices else "",
                decision=usage.decision,
                model=usage.model,
                input_tokens=usage.input_tokens,
                output_tokens=usage.output_tokens,
            )
        )
