"""`planthread manifest`: the Slack app's manifest, to paste when the app is created."""

from __future__ import annotations

import typer

__all__ = ["manifest"]


def manifest() -> None:
    """Print the Slack app's manifest (JSON), to paste at api.slack.com/apps → Create New App → From a manifest."""
    from bot.resources import resource

    typer.echo(resource("manifest.json").read_text(encoding="utf-8"), nl=False)
