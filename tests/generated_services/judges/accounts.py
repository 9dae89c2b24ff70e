"""Logs in to a service with accounts, as one that manages all others, so that every route is open."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from typing import Any

__all__ = ["account_settings", "authorization"]

EMAIL, PASSWORD = "judge@planthread.dev", "correct-horse-battery-9"


def account_settings(openapi: dict[str, Any]) -> dict[str, str]:
    """Return what the service's command for the first account reads; nothing where it has no accounts."""
    if not token_addresses(openapi):
        return {}
    registration = openapi["components"]["schemas"]["Registration"]
    (example,) = registration["examples"]
    fields = {name: example[name] for name in registration["required"] if name not in {"email", "password"}}
    return {"ADMIN_EMAIL": EMAIL, "ADMIN_PASSWORD": PASSWORD, "ADMIN_FIELDS": json.dumps(fields)}


def authorization(address: str, openapi: dict[str, Any]) -> list[str]:
    """Return the headers with which every route is open; none where the service has no accounts."""
    form = urllib.parse.urlencode({"username": EMAIL, "password": PASSWORD}).encode()
    places = [urllib.parse.urljoin(f"{address}/", token) for token in token_addresses(openapi)]
    return [f"Authorization: Bearer {post(place, form)['access_token']}" for place in places[:1]]


def token_addresses(openapi: dict[str, Any]) -> list[str]:
    """Return where the service answers tokens, as its document says."""
    schemes = openapi.get("components", {}).get("securitySchemes", {})
    return [flow["tokenUrl"] for scheme in schemes.values() for flow in scheme.get("flows", {}).values()]


def post(url: str, form: bytes) -> dict[str, Any]:
    """Send a form and return the answer. Raises HTTPError where it is refused."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    request = urllib.request.Request(url, data=form, headers=headers, method="POST")
    with urllib.request.urlopen(request, timeout=10) as answer:
        told: dict[str, Any] = json.loads(answer.read() or b"{}")
        return told
