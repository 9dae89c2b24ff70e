"""The first call to a model: what does not fit together is said with what to set, before any plan needs an answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from bot.language_model.first_call import SECONDS, Trouble, trouble_with
from tests.stand_ins.model import ModelStandIn, Step
from tests.stand_ins.serving import served

NOWHERE = "http://127.0.0.1:9/v1"
LARGEST_FIRST_CALL = 2000
"""Bytes; it costs next to nothing."""


async def first_call(*steps: Step, key: str = "sk-test", below: str = "") -> Trouble | None:
    """Ask a stand-in whether it answers."""
    with ModelStandIn({"doctor": list(steps)} if steps else {}) as server:
        return await trouble_with(key, f"{server.url}{below}", "some-model")


async def test_a_model_that_answers_is_asked_one_tiny_thing() -> None:
    with ModelStandIn({}) as server:
        assert await trouble_with("sk-test", server.url, "some-model") is None
        (asked,) = server.first_calls
    assert len(json.dumps(asked)) < LARGEST_FIRST_CALL
    assert server.requests == []


async def test_a_server_that_knows_plain_text_only_is_fine_too() -> None:
    with ModelStandIn({}, understands="text") as server:
        assert await trouble_with("sk-test", server.url, "some-model") is None


@pytest.mark.parametrize(
    ("step", "said", "mend"),
    [
        (
            Step("status", status=404, content="The model `some-model` does not exist"),
            "no model",
            "PLANTHREAD_MODEL to",
        ),
        (Step("status", status=404, content="Not Found"), "finds nothing there", "OPENAI_BASE_URL, which usually ends"),
        (Step("status", status=403), "key for some-model was refused", "OPENAI_API_KEY"),
        (Step("status", status=429), "no more requests", "budget"),
        (Step("status", status=500), "with an error (500)", "OPENAI_API_KEY, OPENAI_BASE_URL and PLANTHREAD_MODEL"),
        (Step(content="Ready when you are!"), "agreed form", "answers in JSON"),
    ],
)
async def test_what_is_wrong_is_said_with_what_to_set(step: Step, said: str, mend: str) -> None:
    trouble = await first_call(step)

    assert trouble is not None
    assert said in trouble.said
    assert mend in trouble.mend


async def test_a_wrong_key_and_a_wrong_address_are_told_apart() -> None:
    refused = await first_call(key="sk-another")
    away = await trouble_with("sk-test", NOWHERE, "some-model")

    assert refused == Trouble("The key for some-model was refused.", "Set a valid OPENAI_API_KEY, then try again.")
    assert away is not None
    assert "can't be reached" in away.said
    assert "OPENAI_BASE_URL" in away.mend


async def test_a_server_that_never_answers_is_given_up() -> None:
    with ModelStandIn({"doctor": [Step("hang")]}) as server:
        trouble = await trouble_with("sk-test", server.url, "some-model", seconds=0.2)

    assert trouble is not None
    assert "did not answer within" in trouble.said
    assert SECONDS <= 20, "a start and doctor wait for no longer"


BODIES = {
    "page": ("text/html", b"<h1>Welcome</h1>"),
    "list": ("application/json", b"[1]"),
    "nothing": ("application/json", b"null"),
    "cut": ("application/json", b'{"choices": ['),
    "empty-choice": ("application/json", b'{"choices": [null]}'),
    "words": ("application/json", b'{"choices": [{"index": 0, "message": "hello"}]}'),
}


class Odd(BaseHTTPRequestHandler):
    """Answers with 200, and with something else than a completion."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        kind, body = BODIES[self.path.split("/")[1]]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server calls it so
        """Say nothing."""


@pytest.fixture(scope="module")
def odd() -> Iterator[str]:
    with served(Odd) as address:
        yield address


@pytest.mark.parametrize("body", BODIES)
async def test_what_is_no_server_of_models_is_said_to_be_none(odd: str, body: str) -> None:
    trouble = await trouble_with("sk-test", f"{odd}/{body}", "some-model")

    assert trouble is not None
    assert "is no server of models" in trouble.said
    assert "OPENAI_BASE_URL" in trouble.mend
