"""A stand-in for a model server: OpenAI's chat completions over a real socket, with scripted answers.

``python -m tests.stand_ins.model --port N --script library`` serves the whole story of the library. A request that
lacks the thread, its decision's rules, the response schema or the key is answered with 400 or 401: a prompt lost
something then.
"""

from __future__ import annotations

import argparse
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal, Self

from bot.checks import describe_rules
from bot.planning.shipped_rules import shipped_house_rules

__all__ = ["ModelStandIn", "Step", "main"]

RULES: dict[str, tuple[str, ...]] = {
    "entity_specs": (*describe_rules("PT1"), *describe_rules("PT2")),
    "custom_task": shipped_house_rules().lines(),
}
SECTIONS: dict[str, tuple[str, ...]] = {
    "entity_specs": ("thread", "answers", "changes", "entities", "findings"),
    "custom_task": ("behaviour", "entity_specs", "findings"),
}
LONGEST_HANG = 30.0


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
        understands_schemas: bool = True,
    ) -> None:
        self.script = {decision: list(steps) for decision, steps in script.items()}
        self.key = key
        self.must_hold = must_hold
        """Pieces that every prompt must carry, such as the thread's text."""
        self.understands_schemas = understands_schemas
        self.requests: list[dict[str, Any]] = []
        """The body of every request, in order."""
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
        uses_schema = body.get("response_format", {}).get("type") == "json_schema"
        if uses_schema and not self.understands_schemas:
            return Step("status", content="'response_format' of type 'json_schema' is not supported", status=400)
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
            stand_in.requests.append(body)
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


def what_is_missing(body: dict[str, Any], must_hold: tuple[str, ...]) -> tuple[str, str]:
    """Return the decision that a request asks for, and what it lacks (nothing: it is whole)."""
    messages = body.get("messages", [])
    system = "\n".join(message["content"] for message in messages if message["role"] == "system")
    prompt = "\n".join(message["content"] for message in messages if message["role"] == "user")
    format_ = body.get("response_format", {})
    decision = "entity_specs" if "# Decision: the entities" in prompt else "custom_task"
    if not isinstance(body.get("model"), str):
        return decision, "a model"
    if format_.get("type") == "json_schema":
        schema = format_["json_schema"].get("schema", {})
        if format_["json_schema"].get("name") != decision or not format_["json_schema"].get("strict"):
            return decision, "the decision's strict schema"
        if loose := loose_object(schema):
            return decision, f"a closed schema: {loose}"
    elif '"properties"' not in system:
        return decision, "the schema in words"
    marks = [f"BEGIN MATERIAL {name}>>>" for name in SECTIONS[decision]]
    wanted = [*RULES[decision], *marks, *must_hold]
    return decision, "; ".join(piece for piece in wanted if piece not in prompt)


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
