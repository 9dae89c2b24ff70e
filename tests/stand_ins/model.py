"""A stand-in for a model server: OpenAI's chat completions over a real socket, with scripted answers.

``python -m tests.stand_ins.model --port N --script library`` serves the whole story of the library. A request that
lacks a part of its prompt (the thread, answers, findings, its decision's rules …), the response schema or the key is
answered with 400 or 401: a prompt lost something then.
"""

from __future__ import annotations

import argparse
import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal, Self

from pydantic import BaseModel

from bot.documents.entities.declared_rules import RULE_FORMS
from bot.documents.entities.entity_specs import SCALAR_TYPES
from bot.generation.blueprint import load_blueprint
from bot.language_model.first_call import QUESTION
from bot.planning.imported.task_writer import ImportedTaskAnswer
from bot.planning.model.custom_task import CustomTaskAnswer
from bot.planning.model.model_answers import (
    SLOTS,
    EntitySpecsAnswer,
    InterviewAnswer,
    RequirementsAnswer,
    RevisionAnswer,
    TaskPlanAnswer,
)
from bot.planning.model.model_prompts import DECISIONS, rules_of
from bot.planning.shipped_rules import shipped_house_rules

__all__ = ["ModelStandIn", "Step", "main"]


def parts_of_prompts() -> dict[str, tuple[str, ...]]:
    """Return what each prompt states of the program's own: rules, facts, and the form of entity_specs."""
    blueprint = load_blueprint()
    chosen = [each for each in blueprint.features if each.name not in blueprint.usual_features]
    specs = (
        f"- Types: {', '.join(SCALAR_TYPES)},",
        *(f"- `{form}`" for form in RULE_FORMS),
        *(f"- `{each.name}`: {each.summary}" for each in chosen),
    )
    own: dict[str, tuple[str, ...]] = {
        "interview": (*blueprint.facts, *(f"- {slot}" for slot in SLOTS)),
        "entity_specs": specs,
        "task_plan": blueprint.facts,
        "revision": specs,
    }
    rules = {decision: tuple(f"- {rule}" for rule in rules_of(decision)) for decision in DECISIONS}
    planning = {decision: (*own.get(decision, ()), *rules[decision]) for decision in DECISIONS}
    house_rules = tuple(f"- {rule}" for rule in shipped_house_rules().lines())
    return {**planning, "repair": (), "custom_task": house_rules, "imported_task": house_rules}


PARTS = parts_of_prompts()
"""What the prompt of each decision must hold, word for word."""
HEARD = ("thread", "answers", "findings")
SECTIONS: dict[str, tuple[str, ...]] = {
    "interview": ("repository", *HEARD),
    "requirements": HEARD,
    "entity_specs": ("requirements", "repository", *HEARD),
    "task_plan": ("behaviours", "plan", "entity_specs", "repository", *HEARD),
    "revision": ("change", "plan", "entity_specs", "repository", *HEARD),
    "repair": ("found", "answer"),
    "custom_task": ("behaviour", "entity_specs", "findings"),
    "imported_task": ("plan", "task", "verifications", "paths", "findings"),
}
"""The material that each prompt must show."""
SCHEMAS: dict[str, type[BaseModel]] = {
    "interview": InterviewAnswer,
    "requirements": RequirementsAnswer,
    "entity_specs": EntitySpecsAnswer,
    "task_plan": TaskPlanAnswer,
    "revision": RevisionAnswer,
    "custom_task": CustomTaskAnswer,
    "imported_task": ImportedTaskAnswer,
}
HEADING = re.compile(r"^# Decision: (\w+)$", re.MULTILINE)
LONGEST_HANG = 30.0
FORMS = ("json_schema", "json_object", "text")
"""The forms of answers that servers are asked for, strictest first."""


@dataclass(frozen=True)
class Step:
    """One scripted answer. ``content`` is the answer's value, or its text as it stands."""

    kind: Literal["answer", "refusal", "cut off", "status", "hang"] = "answer"
    content: Any = None
    status: int = 500
    headers: Mapping[str, str] = field(default_factory=dict)


class ModelStandIn:
    """The server. ``script`` holds the steps of each decision; the last one is repeated."""

    def __init__(
        self,
        script: Mapping[str, list[Step]],
        *,
        port: int = 0,
        key: str = "sk-test",
        must_hold: tuple[str, ...] = (),
        understands: Literal["json_schema", "json_object", "text"] = "json_schema",
    ) -> None:
        self.script = {decision: list(steps) for decision, steps in script.items()}
        self.key = key
        self.must_hold = must_hold
        """Pieces that every prompt must carry, such as the thread's text."""
        self.understands = understands
        """The strictest form of answers that the server knows."""
        self.requests: list[dict[str, Any]] = []
        """The body of every request for a decision, in order."""
        self.first_calls: list[dict[str, Any]] = []
        """The bodies of those by which a start or `doctor` only looks whether the model answers."""
        self.refused: list[str] = []
        """Why requests were answered with 400."""
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self.server = ModelServer(port, self)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def url(self) -> str:
        """Return the base address for a client."""
        return f"http://127.0.0.1:{self.server.server_address[1]}/v1"

    def prompts(self) -> list[str]:
        """Return the user's part of every request, in order."""
        return [request["messages"][-1]["content"] for request in self.requests]

    def step_for(self, body: dict[str, Any]) -> Step:
        """Return the answer to a request: a refusal of what is incomplete, else its decision's next step."""
        form = body.get("response_format", {}).get("type", "text")
        if FORMS.index(form) < FORMS.index(self.understands):
            return Step("status", content=f"'response_format' of type '{form}' is not supported", status=400)
        if asks_whether_ready(body):
            return self.next_step("doctor") if "doctor" in self.script else Step(content={"ready": True})
        decision, missing = what_is_missing(body, self.must_hold)
        if missing:
            self.refused.append(missing)
            return Step("status", content=f"the request is incomplete: {missing}", status=400)
        return self.next_step(decision)

    def next_step(self, decision: str) -> Step:
        """Return the next step of a decision; the last one stays."""
        steps = self.script.get(decision, [])
        if not steps:
            return Step("status", content=f"nothing is scripted for {decision}", status=400)
        return steps.pop(0) if len(steps) > 1 else steps[0]

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        self.server.shutdown()
        self.server.server_close()


class ModelServer(ThreadingHTTPServer):
    """The HTTP server of a stand-in."""

    daemon_threads = True

    def __init__(self, port: int, stand_in: ModelStandIn) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.stand_in = stand_in


class Handler(BaseHTTPRequestHandler):
    """Checks requests, and answers them with the script's next step."""

    protocol_version = "HTTP/1.1"
    server: ModelServer

    def do_POST(self) -> None:
        """Answer a request for a completion."""
        stand_in = self.server.stand_in
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))) or b"{}")
        if not self.path.endswith("/chat/completions"):
            self.answer(404, error("unknown address", "not_found"))
            return
        if self.headers.get("Authorization") != f"Bearer {stand_in.key}":
            self.answer(401, error("Incorrect API key provided.", "invalid_api_key"))
            return
        with stand_in.lock:
            (stand_in.first_calls if asks_whether_ready(body) else stand_in.requests).append(body)
            step = stand_in.step_for(body)
        match step.kind:
            case "status":
                self.answer(step.status, error(str(step.content or "scripted"), "scripted"), step.headers)
            case "hang":
                stand_in.stopping.wait(LONGEST_HANG)
                self.close_connection = True
            case _:
                self.answer(200, completion(body["model"], step))

    def answer(self, status: int, body: dict[str, Any], headers: Mapping[str, str] | None = None) -> None:
        """Send a JSON answer."""
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it
        """Keep quiet."""


def asks_whether_ready(body: dict[str, Any]) -> bool:
    """Tell whether a request asks for no decision, but only whether the model answers."""
    return any(message["content"] == QUESTION for message in body.get("messages", []))


def what_is_missing(body: dict[str, Any], must_hold: tuple[str, ...]) -> tuple[str, str]:
    """Return the decision that a request asks for, and what it lacks (nothing: it is whole)."""
    messages = body.get("messages", [])
    system = "\n".join(message["content"] for message in messages if message["role"] == "system")
    prompt = "\n".join(message["content"] for message in messages if message["role"] == "user")
    asked = HEADING.findall(prompt)
    decision = asked[-1] if asked else ""
    if decision not in SCHEMAS or asked not in ([decision], ["repair", decision]):
        return decision, "its decision"
    if not isinstance(body.get("model"), str):
        return decision, "a model"
    if "MATERIAL" not in system:
        return decision, "what material is"
    if missing := missing_schema(body, asked[0], SCHEMAS[decision], system):
        return decision, missing
    marks = [f"BEGIN MATERIAL {name}>>>" for each in asked for name in SECTIONS[each]]
    wanted = [*PARTS[decision], *marks, *must_hold]
    return decision, "; ".join(piece for piece in wanted if piece not in prompt)


def missing_schema(body: dict[str, Any], name: str, expected: type[BaseModel], system: str) -> str:
    """Return what is wrong with a request's schema, or nothing."""
    form = body.get("response_format", {})
    if form.get("type") != "json_schema":
        return "" if all(f'"{field}"' in system for field in expected.model_fields) else "the schema in words"
    schema = form["json_schema"].get("schema", {})
    if form["json_schema"].get("name") != name or not form["json_schema"].get("strict"):
        return "the decision's strict schema"
    if set(schema.get("properties", {})) != set(expected.model_fields):
        return "the decision's own fields in the schema"
    loose = loose_object(schema)
    return f"a closed schema: {loose}" if loose else ""


def loose_object(schema: object) -> str:
    """Return the first object of a schema that is not strict, or nothing."""
    if isinstance(schema, list):
        return next((found for part in schema if (found := loose_object(part))), "")
    if not isinstance(schema, dict):
        return ""
    if schema.get("type") == "object" and (
        schema.get("additionalProperties") is not False
        or set(schema.get("required", ())) != set(schema.get("properties", ()))
    ):
        return json.dumps(schema)[:200]
    return next((found for part in schema.values() if (found := loose_object(part))), "")


def completion(model: str, step: Step) -> dict[str, Any]:
    """Return a chat completion in the shape of OpenAI's API."""
    text = step.content if isinstance(step.content, str) else json.dumps(step.content)
    message: dict[str, Any] = {"role": "assistant", "content": text, "refusal": None}
    if step.kind == "refusal":
        message = {"role": "assistant", "content": None, "refusal": "I can't help with that."}
    reason = "length" if step.kind == "cut off" else "stop"
    if step.kind == "cut off":
        message["content"] = text[: len(text) // 2]
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1763600000,
        "model": model,
        "choices": [{"index": 0, "finish_reason": reason, "logprobs": None, "message": message}],
        "usage": {"prompt_tokens": 1200, "completion_tokens": 340, "total_tokens": 1540},
    }


def error(message: str, code: str) -> dict[str, Any]:
    """Return an error in the shape of OpenAI's API."""
    return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}


def main(arguments: list[str] | None = None) -> None:
    """Serve a script until the process is ended."""
    from tests.stand_ins.library_script import LIBRARY

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--script", choices=["library"], default="library")
    parser.add_argument("--key", default="sk-test")
    chosen = parser.parse_args(arguments)
    with ModelStandIn({"library": LIBRARY}[chosen.script], port=chosen.port, key=chosen.key) as stand_in:
        print(f"listening on {stand_in.url}", flush=True)  # noqa: T201 - tests read the address
        stand_in.thread.join()


if __name__ == "__main__":
    main()
