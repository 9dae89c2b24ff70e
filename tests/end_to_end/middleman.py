"""Somebody between Slack and the bot, who tampers with each delivery first, and delivers each event twice."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = ["Middleman"]

PASSED = ("Content-Type", "User-Agent", "X-Slack-Request-Timestamp", "X-Slack-Signature", "X-Slack-Retry-Num")


class Middleman:
    """A server on a free port. ``bot`` is the address that it passes deliveries on to."""

    def __init__(self) -> None:
        self.bot = ""
        self.forged: list[int] = []
        """The status of each delivery that was tampered with."""
        self.doubled = 0
        """How many events were taken twice."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Passing,), {"middleman": self}))
        self.url = f"http://127.0.0.1:{self._server.server_port}/slack/events"

    def __enter__(self) -> Middleman:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def send(self, body: bytes, headers: dict[str, str]) -> tuple[int, str, bytes]:
        """Pass a delivery on; return status, type and body of the answer, with status 502 while there is no bot."""
        try:
            request = urllib.request.Request(self.bot, data=body, headers=headers)
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.status, response.headers.get("Content-Type", ""), response.read()
        except urllib.error.HTTPError as error:
            return error.code, "", error.read()
        except (OSError, ValueError):
            return 502, "", b""


class Passing(BaseHTTPRequestHandler):
    """Takes deliveries of the workspace."""

    middleman: Middleman

    def do_POST(self) -> None:
        """Send a forgery, then the delivery, then an event once more."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name: self.headers[name] for name in PASSED if name in self.headers}
        answer = self.middleman.send(body, headers)
        if answer[0] == 200 and b"url_verification" not in body:
            self.middleman.forged.append(self.middleman.send(body + b" ", headers)[0])
        if answer[0] == 200 and b'"event_callback"' in body:
            again = self.middleman.send(body, headers | {"X-Slack-Retry-Num": "1"})
            self.middleman.doubled += again[0] == 200
        status, kind, content = answer
        self.send_response(status)
        self.send_header("Content-Type", kind or "text/plain")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Keep standard error for what tests say."""
