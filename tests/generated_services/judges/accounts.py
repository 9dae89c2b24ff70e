"""Logs in to a service with accounts, by what its OpenAPI document says of them."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from typing import Any

__all__ = ["authorization"]

EMAIL, PASSWORD = "judge@planthread.dev", "correct-horse-battery-9"


def authorization(address: str, openapi: dict[str, Any]) -> list[str]:
    """Return the headers with which every route is open; none where the service has no accounts."""
    schemes = openapi.get("components", {}).get("securitySchemes", {})
    tokens = [flow["tokenUrl"] for scheme in schemes.values() for flow in scheme.get("flows", {}).values()]
    if not tokens:
        return []
    register = next(path for path in openapi["paths"] if path.endswith("/register"))
    account = {"email": EMAIL, "password": PASSWORD}
    post(f"{address}{register}", json.dumps(account).encode(), "application/json")
    form = urllib.parse.urlencode({"username": EMAIL, "password": PASSWORD}).encode()
    place = urllib.parse.urljoin(f"{address}/", tokens[0])
    token = post(place, form, "application/x-www-form-urlencoded")["access_token"]
    return [f"Authorization: Bearer {token}"]


def post(url: str, body: bytes, kind: str) -> dict[str, Any]:
    """Send a body and return the answer. Raises HTTPError where it is refused."""
    request = urllib.request.Request(url, data=body, headers={"Content-Type": kind}, method="POST")
    with urllib.request.urlopen(request, timeout=10) as answer:
        told: dict[str, Any] = json.loads(answer.read() or b"{}")
        return told
