"""`planthread manifest`: the Slack app's manifest, to paste when the app is created."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["manifest"]


def manifest(
    url: Annotated[
        str, typer.Option(help="For Slack over HTTP: this bot's public address, such as https://bot.example.org.")
    ] = "",
) -> None:
    """Print the Slack app's manifest (JSON), to paste at api.slack.com/apps → Create New App → From a manifest."""
    from bot.resources import resource

    text = resource("manifest.json").read_text(encoding="utf-8")
    typer.echo(over_http(text, url) if url else text, nl=False)


def over_http(text: str, url: str) -> str:
    """Return the manifest for an app that Slack reaches at an address, in place of Socket Mode."""
    import json
    from urllib.parse import urlsplit

    from bot.cli.configuration import fail
    from bot.slack.doors import SLACK_PATH

    if urlsplit(url).scheme != "https" or not urlsplit(url).hostname:
        raise fail([f"--url {url} can't be reached by Slack; give an address that begins with https://"])
    address = url.rstrip("/") + SLACK_PATH
    manifest = json.loads(text)
    settings = manifest["settings"]
    settings["socket_mode_enabled"] = False
    for reached in (settings["event_subscriptions"], settings["interactivity"]):
        reached["request_url"] = address
    for command in manifest["features"]["slash_commands"]:
        command["url"] = address
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
