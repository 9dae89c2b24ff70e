"""What `planthread doctor` says of the world outside: the model, GitHub, and the bot's own public address."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

import aiohttp

from bot.cli.doctor_lines import Line, fine, left, wrong
from bot.language_model.first_call import trouble_with
from bot.publishing.github import GitHubPublisher
from bot.publishing.github_rest import GitHubRest
from bot.settings import Settings
from bot.workflow.ports import PublishingError, RemoteBusyError

__all__ = ["github_lines", "model_lines", "public_address"]

SECONDS = 10.0
RIGHTS = "administration, contents, workflows, pull requests, issues and commit statuses: write"


async def public_address(settings: Settings) -> list[Line]:
    """Look whether the bot's pages can be reached where people are sent to."""
    check, address = "public address", settings.planthread_public_url
    is_http = settings.slack_bot_token is not None and settings.slack_mode == "HTTP"
    if address is None:
        where = f"PLANTHREAD_PUBLIC_URL is not set; links say {settings.public_url}."
        return [
            left(check, where, "Set it to where Slack and browsers reach this bot.") if is_http else left(check, where)
        ]
    if is_http and not address.startswith("https://"):
        return [
            wrong(
                check,
                f"PLANTHREAD_PUBLIC_URL {address} is not encrypted, and Slack takes only https.",
                "Put a proxy with TLS before it.",
            )
        ]
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS)) as session,
            session.get(f"{address}/healthz", allow_redirects=False) as answer,
        ):
            if answer.status == HTTPStatus.OK:
                return [fine(check, f"{address} answers.")]
            said = f"PLANTHREAD_PUBLIC_URL: {address}/healthz answers {answer.status}."
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        said = f"PLANTHREAD_PUBLIC_URL: {address} doesn't answer ({type(error).__name__})."
    return [
        left(
            check,
            said,
            "That is as it should be while the bot isn't running, or where only Slack's path is public; else "
            "correct it, or the proxy before the bot.",
        )
    ]


async def model_lines(settings: Settings, *, asks: bool) -> list[Line]:
    """Say which planner there is, and ask the model for one word unless that isn't wanted."""
    if settings.planner == "built-in" or settings.openai_api_key is None:
        return [left("model", "The built-in planner plans; no model is asked.", "Set OPENAI_API_KEY to plan with one.")]
    name = settings.planthread_model
    server = settings.openai_base_url or "OpenAI's server"
    if not asks:
        return [left("model", f"{name} at {server} was not asked.", "Without --no-model it is asked one thing.")]
    trouble = await trouble_with(settings.openai_api_key.get_secret_value(), settings.openai_base_url, name)
    if trouble:
        return [wrong("model", trouble.said, trouble.mend)]
    return [fine("model", f"{name} at {server} answers in the form that is asked for.")]


async def github_lines(settings: Settings) -> list[Line]:
    """Say whose repositories the token can create, and what is known of its rights."""
    from bot.app.core import github_tokens  # the composition root costs half a second

    lines = []
    if settings.github_app_id and settings.github_token:
        lines.append(left("GitHub App", "GITHUB_TOKEN is set too, and is used.", "Leave it empty to use the App."))
    token, api_url = github_tokens(settings), settings.github_api_url
    if token is None:
        lines.append(left("GitHub", "Repositories stay on this machine.", "Set GITHUB_TOKEN to publish them."))
        return lines
    try:
        async with asyncio.timeout(3 * SECONDS):
            scopes = await GitHubRest(token, api_url).scopes() if settings.github_token else None
            publisher = GitHubPublisher(token, settings.github_owner, api_url, settings.github_url)
            owner, organisation = await publisher.place()
    except TimeoutError:
        return [*lines, wrong("GitHub", f"{api_url} takes too long.", "Check the network and GITHUB_API_URL.")]
    except PublishingError as error:
        reason = error.said.partition(";")[0].partition(" Check the token")[0].removesuffix(".")
        if isinstance(error, RemoteBusyError):
            return [*lines, wrong("GitHub", f"{reason}.", "Check the network and GITHUB_API_URL, and try again.")]
        mend = f"Copy it again, or give a GITHUB_TOKEN with {RIGHTS}, and check GITHUB_OWNER and GITHUB_API_URL."
        if not settings.github_token:
            mend = (
                "Check GITHUB_APP_ID, that GITHUB_APP_PRIVATE_KEY is the whole .pem of that app, that it is "
                f"installed with {RIGHTS}, and GITHUB_OWNER and GITHUB_API_URL."
            )
        return [*lines, wrong("GitHub", f"{reason}.", mend)]
    place = f"the organisation {owner}" if organisation else owner
    return [*lines, rights(place, scopes), await pushes(settings)]


async def pushes(settings: Settings) -> Line:
    """Look whether there is a server where git pushes go."""
    check, address = "GitHub pushes", settings.github_url
    mend = "Correct GITHUB_URL to where git pushes go; leave it and GITHUB_API_URL empty for github.com."
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS)) as session,
            session.get(address, allow_redirects=False) as answer,
        ):
            if answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
                return fine(check, f"{address} answers.")
            return wrong(check, f"GITHUB_URL {address} answers {answer.status}.", mend)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return wrong(check, f"GITHUB_URL {address} can't be reached ({type(error).__name__}).", mend)


def rights(place: str, scopes: frozenset[str] | None) -> Line:
    """Say what a token may do in a place: classic tokens tell their scopes, fine-grained ones tell nothing."""
    if scopes is None:
        said = f"The token is accepted, for {place}; it doesn't say what it may do."
        return fine("GitHub", said, f"See at GitHub that it has {RIGHTS} there.")
    if "repo" not in scopes:
        said = f"The token is accepted, for {place}, but may not create and push private repositories."
        return wrong("GitHub", said, "Give GITHUB_TOKEN the scope repo, or make a fine-grained token.")
    if "workflow" not in scopes:
        said = f"The token is accepted, for {place}, but may not push .github/workflows, which each service has."
        return wrong("GitHub", said, "Give GITHUB_TOKEN the scope workflow too, or make a fine-grained token.")
    return fine("GitHub", f"The token may create and push repositories for {place}.")
