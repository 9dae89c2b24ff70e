"""What `planthread doctor` says of Slack: its tokens, what they may do, its way in; and the trial in a channel."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.cli.doctor_lines import Line, fine, left, wrong
from bot.settings import Settings
from bot.slack.application import create_client
from bot.slack.doors import SLACK_PATH
from bot.slack.first_answer import LARGEST_DIFFERENCE, MEND_CLOCK, MEND_SCOPES, clock_difference, missing_scopes
from bot.slack.refusals import NO_ANSWER_OF_SLACK, reason_of
from bot.slack.smoke import Smoke, Step

__all__ = ["slack_lines", "smoke_lines"]

UNREACHABLE = (aiohttp.ClientError, TimeoutError, OSError)
AGAIN = "Copy it again from the app's page"
NETWORK = "Check the network and SLACK_API_URL."


def client_of(settings: Settings) -> AsyncWebClient:
    """Return the bot's own client, without a token where there is none."""
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    return create_client(token, f"{settings.slack_api_url}/")


async def slack_lines(settings: Settings, *, asks: bool) -> list[Line]:
    """Look at the bot's token, its scopes, and the way in, unless that isn't wanted."""
    if not asks:
        return [left("Slack", "Slack was not looked at.", "Without --no-slack it is; `planthread serve` needs it.")]
    client = client_of(settings)
    who = [no_token()] if settings.slack_bot_token is None else await bot_lines(client)
    return [*who, await way_in(settings, client)]


def no_token() -> Line:
    """Return the line of a bot that nothing was set up for: `serve` refuses to start so."""
    return wrong(
        "Slack",
        "SLACK_BOT_TOKEN is not set, and `planthread serve` can't start without it.",
        "Install the app of `planthread manifest`, and copy its Bot User OAuth Token. `planthread local` needs none: "
        "--no-slack leaves Slack out.",
    )


async def bot_lines(client: AsyncWebClient) -> list[Line]:
    """Ask Slack whose the token is, and hold its scopes against the manifest's."""
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        reason = reason_of(error)
        if reason in {NO_ANSWER_OF_SLACK, "unknown_method"}:
            return [wrong("Slack", "What answers at SLACK_API_URL isn't Slack's Web API.", NETWORK)]
        return [wrong("Slack", f"Slack refuses SLACK_BOT_TOKEN ({reason}).", f"{AGAIN} OAuth & Permissions.")]
    except UNREACHABLE as error:
        return [wrong("Slack", f"Slack can't be reached ({type(error).__name__}).", NETWORK)]
    who = fine("Slack", f"SLACK_BOT_TOKEN is {answer.get('user')}'s in the workspace {answer.get('team')}.")
    return [who, scopes_line(answer.headers), *clock_line(answer.headers)]


def clock_line(headers: Mapping[str, str]) -> list[Line]:
    """Hold this machine's clock against Slack's, as the head of its answer tells it; nothing where it doesn't."""
    difference = clock_difference(headers, datetime.now(UTC))
    if difference is None:
        return []
    ahead, said = difference
    if abs(ahead) < LARGEST_DIFFERENCE:
        return [fine("clock", "This machine's clock agrees with Slack's.")]
    return [wrong("clock", said, MEND_CLOCK)]


def scopes_line(headers: Mapping[str, str]) -> Line:
    """Hold what a token may do against the manifest."""
    missing = missing_scopes(headers)
    if missing is None:
        return left("scopes", "Slack didn't say what the token may do.")
    if missing:
        return wrong("scopes", f"The token lacks {', '.join(missing)}.", MEND_SCOPES)
    return fine("scopes", "The token has every scope of the manifest.")


async def way_in(settings: Settings, client: AsyncWebClient) -> Line:
    """Look at what lets Slack in: an address for the socket, or a signing secret."""
    if settings.slack_app_token is None:
        if settings.slack_signing_secret is None:
            lacking, _, mend = settings.problems_of_serving()[-1].partition("; ")
            return wrong("way in", f"{lacking}.", f"{mend[0].upper()}{mend[1:]}")
        said = "Signed HTTP with SLACK_SIGNING_SECRET; whether it is this app's shows only when Slack calls."
        request_url = f"{settings.planthread_public_url or 'https://…'}{SLACK_PATH}"
        return fine("way in", said, f"The app's Request URLs must be {request_url}: `planthread manifest --url`.")
    try:
        await client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except SlackApiError as error:
        said = f"Slack refuses SLACK_APP_TOKEN ({reason_of(error)})."
        return wrong(
            "way in", said, "Make an app-level token with connections:write (Basic Information, App-Level Tokens)."
        )
    except UNREACHABLE as error:
        return wrong("way in", f"Slack can't be reached ({type(error).__name__}).", NETWORK)
    return fine("way in", "Socket Mode: SLACK_APP_TOKEN opens a connection.")


async def smoke_lines(settings: Settings, channel: str) -> list[Line]:
    """Try every call in a channel, and keep the shapes of the answers below the data folder."""
    if settings.slack_bot_token is None:
        return [wrong("smoke", "There is no SLACK_BOT_TOKEN to try anything with.", "Set it first.")]
    steps = await Smoke(client_of(settings), channel).run()
    lines = [line_of(step) for step in steps]
    try:
        place = keep_shapes(settings.data, steps)
    except OSError as error:
        return [*lines, wrong("smoke", f"The shapes can't be kept ({error.strerror}).", "Check PLANTHREAD_DATA.")]
    failed = Counter(bool(step.problem) for step in steps)
    said = f"{failed[False]} calls worked, {failed[True]} failed; the shapes of the answers are in {place}"
    return [*lines, fine("smoke", said) if not failed[True] else wrong("smoke", said, "Mend what stands above.")]


def line_of(step: Step) -> Line:
    """Return the line of one call."""
    if step.problem:
        return wrong(step.method, f"{step.problem}.", step.next_step)
    return fine(step.method, "works")


def keep_shapes(data: Path, steps: list[Step]) -> Path:
    """Write the shapes into a new file, and return where it is. Raises OSError."""
    moment = datetime.now(UTC)
    place = data / "smoke" / f"{moment:%Y%m%dT%H%M%S%fZ}.json"
    place.parent.mkdir(parents=True, exist_ok=True)
    record = {"made_at": moment.isoformat(), "steps": [step.model_dump(exclude={"next_step"}) for step in steps]}
    place.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    return place
