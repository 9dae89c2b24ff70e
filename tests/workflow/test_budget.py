"""Budgets: a plan that has used its allowance rests and asks; who lets it go on raises it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import BaseModel

from bot.language_model.port import Usage
from bot.language_model.prices import Prices, read_prices
from bot.planning.conversation import Conversation, Interview
from bot.store.database import Database
from bot.store.tables import Event, ModelUsage
from bot.workflow.budget import BudgetReached, PlanUsage, usage_of
from bot.workflow.model_calls import KeptAnswers, keep_usage, running
from bot.workflow.planning_run import PlanningRun
from bot.workflow.ports import Stage
from tests.workflow.office import JON, Office, ScriptedPlanner

BUDGET = 1000


class Said(BaseModel):
    """An answer."""

    text: str


class CostlyModel:
    """Answers anything, for 600 tokens."""

    name = "costly"

    def __init__(self, database: Database, prices: Prices | None = None) -> None:
        self.database, self.prices, self.calls = database, prices, 0

    async def answer[Schema: BaseModel](self, decision: str, prompt: str, schema: type[Schema]) -> Schema:
        """Answer, and have the cost kept."""
        self.calls += 1
        usage = Usage(decision=decision, model=self.name, input_tokens=500, output_tokens=100)
        await keep_usage(self.database, self.prices, usage)
        return schema.model_validate({"text": prompt})


class AskingPlanner(ScriptedPlanner):
    """Asks a model a few things before it knows what to say."""

    def __init__(self, model: KeptAnswers, times: int) -> None:
        super().__init__()
        self.model, self.times = model, times

    async def interview(self, conversation: Conversation) -> Interview:
        """Ask, then do as scripted."""
        for number in range(self.times):
            await self.model.answer("interview", f"{len(conversation.messages)} {number}", Said)
        return await super().interview(conversation)


async def work(office: Office, model: CostlyModel, times: int, budget: int = BUDGET) -> None:
    """Let a plan ask so many things, once."""
    plan = await office.plan()
    planner = AskingPlanner(KeptAnswers(model, office.database, budget), times)
    with running(plan.id, Stage.PLAN, plan.run_attempt):
        await PlanningRun(office.database, planner).run(plan.id, plan.run_attempt)


@pytest.fixture
def model(database: Database) -> CostlyModel:
    return CostlyModel(database)


async def test_a_plan_within_its_budget_is_left_alone(office: Office, model: CostlyModel) -> None:
    await office.start()
    await work(office, model, 1)

    assert (await office.plan()).stage == "in review"


async def test_a_plan_that_used_its_budget_rests_and_asks(office: Office, model: CostlyModel) -> None:
    await office.start()
    await work(office, model, 3)
    plan = await office.plan()

    assert model.calls == 2, "600 tokens were below 1,000, 1,200 are not"
    assert (plan.stage, plan.hold) == ("gathering", "blocked")
    assert "has used 1,200 tokens of the 1,000 that it may use" in plan.hold_reason
    assert "To let it use 1,000 more, press `Retry`" in plan.hold_reason
    assert (await office.message(f"problem/{plan.run_attempt}")).subject["sentence"] == plan.hold_reason


async def test_who_used_the_allowance_to_the_last_token_asks_nothing_more(office: Office, model: CostlyModel) -> None:
    await office.start()
    await work(office, model, 3, budget=1200)
    plan = await office.plan()
    assert model.calls == 2
    assert plan.hold_reason == (
        "it has used 1,200 tokens of the 1,200 that it may use, so it rests. To let it "
        "use 1,200 more, press `Retry` (or say `resume`); PLANTHREAD_BUDGET sets what every plan may use, and the "
        "settings of a channel what its own may."
    )
    with running(plan.id, Stage.PLAN, 9), pytest.raises(BudgetReached, match=r"^1200 of 1200 tokens are used$"):
        await KeptAnswers(model, office.database, 1200).answer("specs", "a", Said)


async def test_who_lets_it_go_on_raises_the_budget_once(office: Office, model: CostlyModel) -> None:
    await office.start()
    await work(office, model, 3)
    await office.resume(JON)
    await work(office, model, 1)

    assert (await office.plan()).stage == "in review"
    raised = [event for event in await office.rows(Event) if event.what == "budget raised"]
    assert [(event.actor, event.message_key, event.data) for event in raised] == [(JON, "key 2", {"tokens": 2200})]

    await office.change("add pages", 1)
    await office.stop()
    await office.resume()
    assert len([event for event in await office.rows(Event) if event.what == "budget raised"]) == 1
    await work(office, model, 1)
    assert (await office.plan()).review == 2, "2,400 tokens came after the last call"
    await office.change("add rating", 2)
    await work(office, model, 1)
    assert "2,400 tokens of the 2,200" in (await office.plan()).hold_reason


async def test_retry_raises_the_budget_as_resume_does_however_much_was_used(office: Office, model: CostlyModel) -> None:
    await office.start()
    await work(office, model, 3, budget=100)
    assert "600 tokens of the 100" in (await office.plan()).hold_reason

    await office.retry(JON)
    await work(office, model, 1, budget=100)

    raised = [event for event in await office.rows(Event) if event.what == "budget raised"]
    assert [(event.actor, event.data) for event in raised] == [(JON, {"tokens": 700})]
    assert (await office.plan()).stage == "in review"


async def test_what_one_plan_was_granted_is_not_granted_to_another(office: Office, model: CostlyModel) -> None:
    await office.start()
    await work(office, model, 3)
    await office.resume(JON)
    await office.start()
    await work(office, model, 3)

    assert "1,200 tokens of the 1,000" in (await office.plan()).hold_reason


async def test_a_raised_setting_lets_it_go_on_too(office: Office, model: CostlyModel) -> None:
    await office.start()
    await work(office, model, 3)
    await office.say("go on, the budget is higher now")
    await work(office, model, 1, budget=5000)

    assert (await office.plan()).stage == "in review"


async def test_without_a_budget_nothing_is_counted_against_it(office: Office, model: CostlyModel) -> None:
    await office.start()
    await work(office, model, 5, budget=0)

    assert (await office.plan()).stage == "in review"


async def test_an_answer_that_was_kept_costs_nothing_and_is_heard_beyond_the_budget(
    office: Office, model: CostlyModel
) -> None:
    await office.start()
    for _ in range(2):
        await work(office, model, 2)
    assert model.calls == 2
    assert (await office.plan()).stage == "in review"


async def test_usage_carries_plan_workspace_and_money(office: Office, database: Database) -> None:
    plan = await office.start(workspace="T7")
    prices = read_prices("1.25 10 USD")
    await work(office, CostlyModel(database, prices), 2, budget=0)

    rows = await office.rows_of(ModelUsage)
    assert {(row.workspace, row.plan_id, row.cost, row.currency) for row in rows} == {("T7", plan.id, 1625, "USD")}
    async with database.read() as session:
        assert (await usage_of(session, plan.id)).told() == "1,200 tokens (0.00 USD)"
        assert (await usage_of(session, "another")).told() == ""


def test_money_is_told_only_where_there_are_prices() -> None:
    assert PlanUsage(tokens=41_000).told() == "41,000 tokens"
    assert PlanUsage(tokens=41_000, costs={"USD": 214_000}).told() == "41,000 tokens (0.21 USD)"


def test_prices_are_read_or_refused() -> None:
    assert read_prices(" 1.25  10 USD ") == Prices(input=Decimal("1.25"), output=Decimal(10), currency="USD")
    for wrong in ("", "1 USD", "-1 2 USD", "1 2 dollars", "1,5 2 EUR", "1 2 3"):
        with pytest.raises(ValueError, match=r".*"):
            read_prices(wrong)
