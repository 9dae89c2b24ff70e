"""A stand-in for what lies outside of a bot: Slack, GitHub and a model's server, which refuse."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from typing import Any

__all__ = ["Outside"]


class Outside(BaseHTTPRequestHandler):
    """Slack, GitHub and a model's server, each refusing in one way that its path names."""

    def do_GET(self) -> None:
        scopes = {"reading": "read:org", "halfway": "repo"}.get(self.path.split("/")[1], "repo, workflow")
        if self.path.startswith("/refusing"):
            self.answer(401, {"message": "Bad credentials"})
        else:
            self.answer(200, {"login": "planthread-bot"}, {"X-OAuth-Scopes": scopes})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        method = self.path.rpartition("/")[2]
        if self.path.startswith("/refusing"):
            self.answer(401, {"error": {"message": "no such key"}})
        elif self.path.startswith("/unknowing"):
            self.answer(404, {"error": {"message": "no such model"}})
        elif "/older-app/" in self.path and method == "auth.test":
            who = {"ok": True, "user_id": "U0BOT", "user": "bot", "team": "T"}
            self.answer(200, who, {"X-OAuth-Scopes": "chat:write"})
        else:
            self.answer(200, {"ok": False, "error": self.path.split("/")[2].replace("older-app", "invalid_auth")})

    def answer(self, status: int, body: dict[str, Any], headers: Mapping[str, str] | None = None) -> None:
        said = json.dumps(body).encode()
        self.send_response(status)
        kind = {"Content-Type": "application/json", "Content-Length": str(len(said))}
        for name, value in {**kind, **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Tell an older moment where the clock is to be off."""
        return super().date_time_string(time.time() - (4000 if "/older-app/" in self.path else 0))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server calls it so
        """Say nothing."""
