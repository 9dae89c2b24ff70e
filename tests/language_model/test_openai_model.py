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
from bot.planning.model.model_answers import EntitySpecsAnswer, RequirementsAnswer, RevisionAnswer
from bot.planning.model.model_prompts import requirements_prompt
from tests.stand_ins.library_script import LIBRARY, LIBRARY_REQUIREMENTS, LIBRARY_SPECS
from tests.stand_ins.model import ModelStandIn, Step

TALK = Conversation(messages=(Message(author="Mara", text="a library for our office", timestamp="1"),))
PROMPT = requirements_prompt(TALK)


@pytest.fixture
def server() -> Iterator[ModelStandIn]:
    with ModelStandIn(LIBRARY) as stand_in:
        yield stand_in


def client(server: ModelStandIn, **settings: Any) -> OpenAIModel:
    given: dict[str, Any] = {"api_key": server.key, "base_url": server.url, "model": "some-model", "retries": 0}
    return OpenAIModel(**given | settings)


async def ask(model: OpenAIModel) -> RequirementsAnswer:
    try:
        return await model.answer("requirements", PROMPT, RequirementsAnswer)
    finally:
        await model.close()


async def failing(script: list[Step], **settings: Any) -> LanguageModelError:
    with ModelStandIn({"requirements": script}) as server, pytest.raises(LanguageModelError) as caught:
        await ask(client(server, **settings))
    return caught.value


async def test_which_try_is_under_way_is_told_before_it_is_sent() -> None:
    tries: list[tuple[int, int]] = []

    async def trying(number: int, of: int) -> None:
        tries.append((number, of))

    busy = Step("status", status=429, headers={"Retry-After": "0"})
    with ModelStandIn({"requirements": [busy, busy, Step(content=LIBRARY_REQUIREMENTS)]}) as server:
        await ask(client(server, retries=2, on_try=trying))
    assert tries == [(1, 3), (2, 3), (3, 3)]


async def test_an_answer_is_a_value_of_the_schema_and_its_usage_is_told(server: ModelStandIn) -> None:
    used: list[Usage] = []

    async def on_usage(usage: Usage) -> None:
        used.append(usage)

    answer = await ask(client(server, on_usage=on_usage))

    assert answer.title == "Library"
    assert used == [Usage(decision="requirements", model="some-model", input_tokens=1200, output_tokens=340)]
    request = server.requests[0]
    assert request["response_format"]["json_schema"]["strict"] is True
    assert "a library for our office" in server.prompts()[0]
    assert server.refused == []


async def test_a_server_without_structured_outputs_is_asked_for_plain_json() -> None:
    with ModelStandIn(LIBRARY, understands="json_object") as server:
        model = client(server)
        first = await model.answer("requirements", PROMPT, RequirementsAnswer)
        second = await model.answer("requirements", PROMPT, RequirementsAnswer)
        await model.close()

    assert first == second
    assert [request.get("response_format", {}).get("type") for request in server.requests] == [
        "json_schema",
        "json_object",
        "json_object",
    ]


async def test_a_busy_server_is_asked_again_after_the_time_it_names() -> None:
    script = [Step("status", status=429, headers={"Retry-After": "0"}), Step(content=LIBRARY_REQUIREMENTS)]
    with ModelStandIn({"requirements": script}) as server:
        answer = await ask(client(server, retries=1))

    assert answer.title == "Library"
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("step", "error", "says"),
    [
        (Step("refusal"), ModelRefusedError, "declined"),
        (Step("cut off", content=LIBRARY_REQUIREMENTS), AnswerCutOffError, "cut off"),
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
        await model.answer("requirements", "# Decision: requirements\nanything", RequirementsAnswer)
    await model.close()

    assert "BEGIN MATERIAL thread" in server.refused[0]


def test_findings_name_the_place_of_what_is_wrong() -> None:
    with pytest.raises(AnswerUnreadableError) as caught:
        read_answer(json.dumps(LIBRARY_REQUIREMENTS | {"decisions": [1]}), RequirementsAnswer, "some-model")

    assert caught.value.findings[0].startswith("decisions.0:")


async def test_a_server_that_knows_no_form_at_all_is_asked_for_text() -> None:
    with ModelStandIn(LIBRARY, understands="text") as server:
        answer = await ask(client(server))

    assert answer.title == "Library"
    forms = [request.get("response_format", {}).get("type") for request in server.requests]
    assert forms == ["json_schema", "json_object", None]
    assert '"user_story"' in server.requests[-1]["messages"][0]["content"], "the schema in words"


@pytest.mark.parametrize("words", ["{0}", "Sure!\n{0}", "Here:\n```json\n{0}\n```\nThat is all.", "{0}\nBye {{}}"])
def test_json_is_found_among_words(words: str) -> None:
    text = words.replace("{0}", json.dumps(LIBRARY_REQUIREMENTS)).replace("{{}}", "now")

    assert read_answer(text, RequirementsAnswer, "m").title == "Library"


@pytest.mark.parametrize("schema", [EntitySpecsAnswer, RevisionAnswer])
def test_prose_with_a_block_of_entity_specs_is_an_answer(
    schema: type[EntitySpecsAnswer] | type[RevisionAnswer],
) -> None:
    answer = read_answer(f"I would keep\n\n{LIBRARY_SPECS}\nand no more.", schema, "m")

    assert answer.entity_specs.strip() == LIBRARY_SPECS.strip()
    assert answer.features == []


def test_a_wrong_object_is_no_prose_and_goes_back_as_it_came() -> None:
    text = json.dumps({"entity_specs": LIBRARY_SPECS, "features": "none"})
    with pytest.raises(AnswerUnreadableError) as caught:
        read_answer(text, EntitySpecsAnswer, "m")

    assert caught.value.text == text
    assert any(finding.startswith("features:") for finding in caught.value.findings)


def test_prose_says_nothing_where_a_decision_needs_more() -> None:
    with pytest.raises(AnswerUnreadableError):
        read_answer(LIBRARY_SPECS, RequirementsAnswer, "m")


def test_a_fence_around_the_answer_is_taken_off() -> None:
    assert read_answer(f"```json\n{json.dumps(LIBRARY_REQUIREMENTS)}\n```", RequirementsAnswer, "m").title == "Library"


@pytest.mark.timeout(60)
def test_a_model_that_repeats_itself_is_found_out_in_good_time() -> None:
    with pytest.raises(AnswerUnreadableError):
        read_answer("```json\n" * 200_000, RequirementsAnswer, "m")


def test_strict_schemas_are_closed_at_every_level() -> None:
    schema = strict_schema(RequirementsAnswer)

    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == set(RequirementsAnswer.model_fields)
    assert "title" in schema["properties"]
    behaviour = schema["$defs"]["WantedBehaviour"]
    assert behaviour["additionalProperties"] is False
    assert "title" in behaviour["properties"], "a name that is also a word of schemas"
