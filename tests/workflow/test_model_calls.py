"""Model calls of a run: an answer is kept before it is used; a repeated run asks nothing that was answered."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import BaseModel

from bot.language_model.port import ModelUnreachableError, Usage
from bot.store.database import Database
from bot.store.tables import Effect, ModelUsage
from bot.workflow.model_calls import KeptAnswers, asking_about, current_run, keep_usage, running
from bot.workflow.ports import Stage
from tests.workflow.office import Office


class Said(BaseModel):
    """An answer."""

    text: str


class Longer(BaseModel):
    """What a newer version asks for."""

    text: str
    reason: str


class Dated(BaseModel):
    """An answer that holds more than JSON knows."""

    text: str
    day: date = date(2026, 11, 20)


class CountingModel:
    """Answers with how often it was asked."""

    name = "counting"

    def __init__(self) -> None:
        self.prompts: list[str] = []
        self.error: Exception | None = None

    async def answer[Schema: BaseModel](self, decision: str, prompt: str, schema: type[Schema]) -> Schema:
        """Count."""
        self.prompts.append(prompt)
        if self.error is not None:
            raise self.error
        return schema.model_validate({"text": f"{decision} {len(self.prompts)}", "reason": "so"})


@pytest.fixture
def model() -> CountingModel:
    return CountingModel()


@pytest.fixture
async def plan_id(office: Office) -> str:
    return (await office.start()).id


async def test_a_repeated_run_hears_the_same_answers_and_asks_nobody(
    database: Database, model: CountingModel, plan_id: str
) -> None:
    heard = []
    for _ in range(2):
        kept = KeptAnswers(model, database)  # a new process
        with running(plan_id, Stage.PLAN, 1):
            heard.append([(await kept.answer("specs", prompt, Said)).text for prompt in ("a", "b", "a")])

    assert heard == [["specs 1", "specs 2", "specs 3"]] * 2, "asked twice in one run, it is asked twice"
    assert model.prompts == ["a", "b", "a"]
    assert kept.name == "counting"


async def test_another_attempt_another_plan_and_another_question_are_asked_anew(
    database: Database, office: Office, model: CountingModel, plan_id: str
) -> None:
    kept = KeptAnswers(model, database)
    other = (await office.start()).id
    for plan, attempt, decision in ((plan_id, 1, "a"), (plan_id, 2, "a"), (other, 1, "a"), (plan_id, 1, "b")):
        with running(plan, Stage.PLAN, attempt):
            await kept.answer(decision, "p", Said)
    with running(plan_id, Stage.BUILD, 1):
        await kept.answer("a", "p", Said)
    with running(plan_id, Stage.PLAN, 1):
        assert (await kept.answer("a", "p", Longer)).reason == "so", "a schema of a newer version"

    assert len(model.prompts) == 6


async def test_about_a_subject_the_order_counts_and_not_what_a_check_printed(
    database: Database, model: CountingModel, plan_id: str
) -> None:
    kept = KeptAnswers(model, database)
    heard = []
    for seconds in ("0.1 s", "0.2 s"):
        with running(plan_id, Stage.BUILD, 1), asking_about("task 2.1"):
            heard.append(
                [(await kept.answer("code", prompt, Said)).text for prompt in ("write", f"failed in {seconds}")]
            )

    assert heard[0] == heard[1] == ["code 1", "code 2"]


async def test_another_prompt_is_another_question_also_after_a_kill(
    database: Database, model: CountingModel, plan_id: str
) -> None:
    """What people said meanwhile stands in the prompt; an answer to the old one is none to it."""
    kept = KeptAnswers(model, database)
    for prompt in ("books", "books and members"):
        with running(plan_id, Stage.PLAN, 1):
            await kept.answer("specs", prompt, Said)

    assert model.prompts == ["books", "books and members"]


async def test_an_answer_that_no_longer_fits_is_asked_for_again(
    database: Database, model: CountingModel, plan_id: str
) -> None:
    kept = KeptAnswers(model, database)
    with running(plan_id, Stage.BUILD, 1), asking_about("task 2.1"):
        await kept.answer("code", "write", Said)
    with running(plan_id, Stage.BUILD, 1), asking_about("task 2.1"):
        assert (await kept.answer("code", "write", Longer)).text == "code 2"


async def test_answers_are_kept_as_json_with_what_was_decided(
    database: Database, model: CountingModel, plan_id: str, office: Office
) -> None:
    for _ in range(2):
        with running(plan_id, Stage.PLAN, 1):
            assert (await KeptAnswers(model, database).answer("specs", "a", Dated)).day == date(2026, 11, 20)

    (effect,) = await office.rows_of(Effect)
    assert (effect.workspace, effect.plan_id, effect.intent) == ("T1", plan_id, {"decision": "specs"})
    assert effect.result == {"text": "specs 1", "day": "2026-11-20"}
    assert effect.key.startswith(f"{plan_id}/plan 1/specs/")


async def test_a_call_that_failed_is_made_again(database: Database, model: CountingModel, plan_id: str) -> None:
    kept = KeptAnswers(model, database)
    model.error = ModelUnreachableError("It does not answer.")
    with running(plan_id, Stage.PLAN, 1), pytest.raises(ModelUnreachableError):
        await kept.answer("specs", "a", Said)
    model.error = None
    with running(plan_id, Stage.PLAN, 1):
        assert (await kept.answer("specs", "a", Said)).text == "specs 2"


async def test_outside_of_runs_nothing_is_kept(database: Database, model: CountingModel, office: Office) -> None:
    kept = KeptAnswers(model, database)
    await office.start()

    assert [(await kept.answer("specs", "a", Said)).text for _ in range(2)] == ["specs 1", "specs 2"]
    assert model.prompts == ["a", "a"]
    assert current_run() is None
    assert await office.rows_of(Effect) == []


async def test_what_a_call_cost_is_kept_with_its_plan(database: Database, plan_id: str, office: Office) -> None:
    usage = Usage(decision="specs", model="some", input_tokens=10, output_tokens=2)
    with running(plan_id, Stage.PLAN, 1):
        await keep_usage(database, None, usage)
    await keep_usage(database, None, usage)

    rows = await office.rows_of(ModelUsage)
    assert [(row.plan_id, row.input_tokens, row.output_tokens) for row in rows] == [(plan_id, 10, 2), (None, 10, 2)]
