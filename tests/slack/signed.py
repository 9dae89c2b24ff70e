"""Requests as Slack signs them, written from its description of the signature and not from the library's code."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

from tests.local_workspace.driving import Json

__all__ = ["FORM", "SECRET", "as_form", "event_of", "signed"]

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
FORM = "application/x-www-form-urlencoded"


def signed(
    body: bytes, kind: str = "application/json", *, secret: str = SECRET, age: float = 0, retry: str = ""
) -> Json:
    """Return the headers of a request that was signed ``age`` seconds ago, ``retry``: for the how manieth time."""
    moment = str(int(time.time() - age))
    digest = hmac.new(secret.encode(), b"v0:" + moment.encode() + b":" + body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={digest}"}
    again = {"X-Slack-Retry-Num": retry, "X-Slack-Retry-Reason": "http_timeout"} if retry else {}
    return headers | again


def as_form(fields: Json) -> bytes:
    """Return fields as Slack sends commands."""
    return urlencode(fields).encode()


def event_of(number: str = "1", **event: Any) -> bytes:
    """Return the body of a direct message's event."""
    ts = f"1700000000.00000{number}"
    whole = {"type": "message", "channel": "D0MARA", "channel_type": "im", "user": "U0MARA", "ts": ts, "event_ts": ts}
    body = {"type": "event_callback", "team_id": "T0LOCAL", "event_id": f"Ev{number}", "event": whole | event}
    return json.dumps(body | {"api_app_id": "A0PLANTHREAD", "event_time": 1_700_000_000}).encode()
