"""The examination of `planthread doctor`, in the order in which things are needed."""

from __future__ import annotations

from collections.abc import Awaitable

from bot.cli.doctor_lines import Line, left, secrets_of, without_secrets
from bot.cli.doctor_machine import data_folder, databases, programs, way_to_pages
from bot.cli.doctor_outside import github_lines, model_lines, public_address
from bot.cli.doctor_slack import slack_lines, smoke_lines
from bot.settings import Settings, doubts

__all__ = ["examine"]


async def examine(
    settings: Settings, *, smoke: str = "", with_model: bool = True, with_slack: bool = True
) -> list[Line]:
    """Look at everything; what can't be reached is a line like any other."""
    works: list[Awaitable[list[Line]]] = [
        slack_lines(settings, asks=with_slack),
        public_address(settings),
        model_lines(settings, asks=with_model),
        github_lines(settings),
        databases(settings),
        data_folder(settings),
        way_to_pages(settings),
        programs(settings),
    ]
    if smoke:
        works.append(smoke_lines(settings, smoke))
    lines = [left("settings", doubt, "Correct it, or take it away.") for doubt in doubts()]
    lines += [line for work in works for line in await work]
    return without_secrets(lines, secrets_of(settings))
