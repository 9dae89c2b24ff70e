"""What Slack takes and `emulate` doesn't: arguments in the query, methods by GET. All else passes untouched."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

__all__ = ["Translator"]

PASSED = ("Authorization", "Content-Type", "User-Agent")
FORM = "application/x-www-form-urlencoded"


class Translator:
    """A server on a free port, before one of `emulate`."""

    def __init__(self, there: str) -> None:
        self.there = there
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Passing,), {"translator": self}))
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Translator:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class Passing(BaseHTTPRequestHandler):
    """Passes requests on, arguments in the body."""

    translator: Translator

    def do_GET(self) -> None:
        """Ask by POST."""
        self.do_POST()

    def do_POST(self) -> None:
        """Move arguments from the query into an empty body, and pass the answer back."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name: self.headers[name] for name in PASSED if name in self.headers}
        parts = urlsplit(self.path)
        if parts.query and not body:
            body, headers["Content-Type"] = parts.query.encode(), FORM
        request = urllib.request.Request(f"{self.translator.there}{parts.path}", data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                self.answer(response.status, response.headers.get("Content-Type", ""), response.read())
        except urllib.error.HTTPError as error:
            self.answer(error.code, error.headers.get("Content-Type", ""), error.read())

    def answer(self, status: int, kind: str, body: bytes) -> None:
        """Send an answer."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
