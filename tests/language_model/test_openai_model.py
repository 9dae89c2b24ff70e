"""The adapter against a server over real HTTP: good answers, and everything that can go wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.language_model.openai_model import OpenAIModel, read_answer
from bot.language_model.port import (
    AnswerCutOffError,
    AnswerUnreadableError,
    KeyRefusedError,
    LanguageModelError,
    ModelFailedError,
    ModelRefusedError,
    ModelUnreachableError,
    RateLimitedError,
    Usage,
)
from bot.language_model.strict_schema import strict_schema
from bot.planning.conversation import Conversation, Message
from bot.planning.model import PlanAnswer, prompt_of
from tests.stand_ins.library_script import LIBRARY, LIBRARY_PLAN
from tests.stand_ins.model import ModelStandIn, Step

TALK = Conversation(messages=(Message(author="Mara", text="a library for our office", timestamp="1"),))
PROMPT = prompt_of(TALK, "(none)", [])


@pytest.fixture
def server() -> Iterator[ModelStandIn]:
    with ModelStandIn(LIBRARY) as stand_in:
        yield stand_in


def client(server: ModelStandIn, **settings: Any) -> OpenAIModel:
    given: dict[str, Any] = {"api_key": server.key, "base_url": server.url, "model": "some-model", "retries": 0}
    return OpenAIModel(**given | settings)


async def ask(model: OpenAIModel) -> PlanAnswer:
    try:
        return await model.answer("entity_specs", PROMPT, PlanAnswer)
    finally:
        await model.close()


async def failing(script: list[Step], **settings: Any) -> LanguageModelError:
    with ModelStandIn({"entity_specs": script}) as server, pytest.raises(LanguageModelError) as caught:
        await ask(client(server, **settings))
    return caught.value


async def test_an_answer_is_a_value_of_the_schema_and_its_usage_is_told(server: ModelStandIn) -> None:
    used: list[Usage] = []

    async def on_usage(usage: Usage) -> None:
        used.append(usage)

    answer = await ask(client(server, on_usage=on_usage))

    assert answer.title == "Library"
    assert used == [Usage(decision="entity_specs", model="some-model", input_tokens=1200, output_tokens=340)]
    request = server.requests[0]
    assert request["response_format"]["json_schema"]["strict"] is True
    assert "a library for our office" in server.prompts()[0]
    assert server.refused == []


async def test_a_server_without_structured_outputs_is_asked_for_plain_json() -> None:
    with ModelStandIn(LIBRARY, understands_schemas=False) as server:
        model = client(server)
        first = await model.answer("entity_specs", PROMPT, PlanAnswer)
        second = await model.answer("entity_specs", PROMPT, PlanAnswer)
        await model.close()

    assert first == second
    assert [request.get("response_format", {}).get("type") for request in server.requests] == [
        "json_schema",
        "json_object",
        "json_object",
    ]


async def test_a_busy_server_is_asked_again_after_the_time_it_names() -> None:
    script = [Step("status", status=429, headers={"Retry-After": "0"}), Step(content=LIBRARY_PLAN)]
    with ModelStandIn({"entity_specs": script}) as server:
        answer = await ask(client(server, retries=1))

    assert answer.title == "Library"
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("step", "error", "says"),
    [
        (Step("refusal"), ModelRefusedError, "declined"),
        (Step("cut off", content=LIBRARY_PLAN), AnswerCutOffError, "cut off"),
        (Step("status", status=429, headers={"Retry-After": "0"}), RateLimitedError, "try again later"),
        (Step("status", status=500), ModelFailedError, "(500)"),
        (Step("status", status=403), KeyRefusedError, "OPENAI_API_KEY"),
        (Step("status", status=404), KeyRefusedError, "PLANTHREAD_MODEL"),
        (Step("status", status=400, content="too many tokens"), ModelFailedError, "(400)"),
        (Step(content="I think a library is nice."), AnswerUnreadableError, "agreed form"),
        (Step(content={"title": "Library"}), AnswerUnreadableError, "agreed form"),
    ],
)
async def test_what_goes_wrong_is_said_in_one_sentence(step: Step, error: type[LanguageModelError], says: str) -> None:
    raised = await failing([step])

    assert type(raised) is error
    assert says in str(raised)


async def test_a_server_that_hangs_is_left_after_the_timeout() -> None:
    raised = await failing([Step("hang")], timeout=0.3)

    assert isinstance(raised, ModelUnreachableError)
    assert "did not answer in time" in str(raised)


async def test_a_wrong_key_is_said(server: ModelStandIn) -> None:
    with pytest.raises(KeyRefusedError, match="OPENAI_API_KEY"):
        await ask(client(server, api_key="sk-wrong"))


async def test_an_unreachable_server_is_said() -> None:
    with ModelStandIn(LIBRARY) as server:
        url = server.url
    with pytest.raises(ModelUnreachableError, match="OPENAI_BASE_URL"):
        await ask(OpenAIModel(api_key="k", base_url=url, model="some-model", retries=0))


async def test_a_request_without_rules_is_refused_by_the_stand_in(server: ModelStandIn) -> None:
    model = client(server)
    with pytest.raises(ModelFailedError):
        await model.answer("entity_specs", "# Decision: the entities\nanything", PlanAnswer)
    await model.close()

    assert "BEGIN MATERIAL thread" in server.refused[0]


def test_findings_name_the_place_of_what_is_wrong() -> None:
    with pytest.raises(AnswerUnreadableError) as caught:
        read_answer(json.dumps(LIBRARY_PLAN | {"decisions": [1]}), PlanAnswer, "some-model")

    assert caught.value.findings[0].startswith("decisions.0:")


def test_a_fence_around_the_answer_is_taken_off() -> None:
    assert read_answer(f"```json\n{json.dumps(LIBRARY_PLAN)}\n```", PlanAnswer, "m").title == "Library"


def test_strict_schemas_are_closed_at_every_level() -> None:
    schema = strict_schema(PlanAnswer)

    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == set(PlanAnswer.model_fields)
    assert "title" in schema["properties"]
    question = schema["$defs"]["AskedQuestion"]
    assert question["additionalProperties"] is False
    assert "default" in question["properties"]
