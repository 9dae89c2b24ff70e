"""The bot for a Slack workspace: everything that runs for long, started and stopped in order."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import signal
from collections.abc import AsyncIterator, Awaitable, Sequence

import structlog
from slack_bolt.async_app import AsyncApp
from starlette.routing import Route

from bot.app.core import Core, compose
from bot.app.pages import plan_pages, repository_keys, routes_of_plans
from bot.app.readiness import readiness
from bot.building.watch import Watch
from bot.digests.clock import DigestClock
from bot.digests.reminders import Reminders
from bot.engine.durable import DurableEngine
from bot.engine.reconciler import Reconciler
from bot.logs import configure_logging
from bot.settings import Settings, doubts
from bot.slack.answers import SlackAnswers
from bot.slack.application import create_app, create_client
from bot.slack.doors import Door, HttpDoor, SocketDoor, waiting_routes
from bot.slack.home_tabs import HomeTabs
from bot.slack.inbox import Inbox
from bot.slack.incoming import Incoming
from bot.slack.people import People
from bot.slack.reporter import Reporter
from bot.slack.speakers import Speakers
from bot.slack.token_watch import TokenWatch
from bot.starting import (
    StartError,
    ask_github,
    ask_model,
    launch,
    let_in,
    listen,
    only_bot,
    only_one,
    reached,
    room_on,
    tidy,
)
from bot.store.alone import Alone
from bot.store.data_folder import DataFolder
from bot.web.app import create_web_app
from bot.web.github_webhook import webhook_routes
from bot.web.metrics import metrics_routes
from bot.web.page_key import PageKey
from bot.workflow.waiting import Waiting

__all__ = ["background", "serve"]

SLACK = "https://slack.com"
LOCAL_PACE = 0.15
"""Seconds between two messages of a channel in a local workspace; Slack itself allows about one a second."""

log = structlog.get_logger("planthread")


async def serve(settings: Settings) -> None:
    """Run the bot for a Slack workspace, over Socket Mode or signed HTTP, until SIGTERM or Ctrl-C.

    Raises StartError with a sentence about what to do.
    """
    configure_logging(settings.planthread_log)
    with room_on(settings.data), only_one(settings.data), tidy(DataFolder(settings.data)):
        for doubt in doubts():
            log.warning(doubt)
        async with only_bot(settings.database_url) as alone:
            core = await compose(settings, settings.data, settings.database_url)
            try:
                await serve_core(settings, core, alone)
            finally:
                await core.database.close()


async def serve_core(settings: Settings, core: Core, alone: Alone) -> None:
    """Start pages, engine, reporter, inbox, digests and Slack's door; stop them in the opposite order."""
    assert settings.slack_bot_token is not None  # noqa: S101 (cli checked)
    client = create_client(settings.slack_bot_token.get_secret_value(), f"{settings.slack_api_url}/")
    page_key = await asyncio.to_thread(PageKey.at, DataFolder(settings.data).page_key, settings.planthread_link_days)
    keys = repository_keys(settings, page_key)
    closed = waiting_routes() if settings.slack_mode == "HTTP" else []
    waiting = functools.partial(
        create_web_app, core.repositories, hosts=settings.public_hosts, keys=keys, routes=closed
    )
    bot_user = await reached(client, waiting, settings.planthread_host, settings.planthread_port)
    database = core.database
    inbox = Inbox(database)
    addresses = plan_pages(settings, page_key, keys)
    door = door_of(settings, create_app(client, database, inbox, bot_user, addresses))
    reporter = Reporter(
        database,
        client,
        bot_user,
        pace=1.0 if settings.slack_api_url.startswith(SLACK) else LOCAL_PACE,
        pages=addresses,
    )
    if not settings.is_on_this_machine:
        core.watch.attestations.page_of = lambda plan_id: f"{settings.public_url.rstrip('/')}{page_key.path(plan_id)}"
    plan_routes = routes_of_plans(settings, database, core.trials, page_key, keys, Speakers(client))
    answers = SlackAnswers(client)
    incoming = Incoming(database, client, answers, bot_user, core.planner.name, addresses, core.edited.there)
    engine = DurableEngine(settings.engine_url, core.runners)
    reconciler = Reconciler(database, engine, settings.planthread_builds, core.runs.failure_of)
    home_tabs = HomeTabs(database, client, pages=addresses)
    database.on_commit(reporter.wake)
    database.on_commit(home_tabs.wake)
    database.on_commit(reconciler.wake)
    clock = DigestClock(database, reminders=Reminders(database, People(client, database).profile))

    token_watch = TokenWatch(client)

    async def problems() -> list[str]:
        return [*await readiness(database, door, DataFolder(settings.data)), *token_watch.problems()]

    async with contextlib.AsyncExitStack() as running:
        watched = [*webhook_of(settings, core.watch), *metrics_routes(database, problems)]
        routes = [*door.routes, *plan_routes, *watched]
        site = create_web_app(core.repositories, problems, hosts=settings.public_hosts, routes=routes, keys=keys)
        pages = await listen(site, settings.planthread_host, settings.planthread_port)
        running.push_async_callback(pages.stop)
        running.push_async_callback(core.trials.close)
        await launch(engine, settings.engine_url)
        running.push_async_callback(engine.close)
        running.push_async_callback(core.runs.rest)
        works = (
            reporter.run(),
            reconciler.run(),
            inbox.run(incoming.handle),
            core.watch.run(),
            token_watch.run(),
            Waiting(database).run(),
            home_tabs.run(),
            ask_github(core.publisher),
            *first_question(settings),
        )
        await running.enter_async_context(background(*works))
        clock.start()
        running.push_async_callback(clock.stop)
        running.push_async_callback(door.close)
        await let_in(door)
        log.info("ready", planner=core.planner.name, slack=settings.slack_mode, pages=settings.public_url)
        await until_told_to_stop(alone.lost)
        log.info("stopping; what is under way is taken up again at the next start")


def first_question(settings: Settings) -> list[Awaitable[None]]:
    """Return the question whether the model answers, beside which the bot starts; nothing where none plans."""
    if settings.planner == "built-in" or settings.openai_api_key is None:
        return []
    return [ask_model(settings.openai_api_key.get_secret_value(), settings.openai_base_url, settings.planthread_model)]


def door_of(settings: Settings, app: AsyncApp) -> Door:
    """Return Slack's way in: the socket where there is a token for it, else signed HTTP."""
    if settings.slack_app_token is not None:
        return SocketDoor(app, settings.slack_app_token.get_secret_value())
    assert settings.slack_signing_secret is not None  # noqa: S101 (cli checked)
    return HttpDoor(app, settings.slack_signing_secret.get_secret_value())


def webhook_of(settings: Settings, watch: Watch) -> Sequence[Route]:
    """Return the route of GitHub's webhook, where it has a secret."""
    secret = settings.github_webhook_secret
    return webhook_routes(secret.get_secret_value() if secret else None, watch.ring)


@contextlib.asynccontextmanager
async def background(*works: Awaitable[object]) -> AsyncIterator[Sequence[asyncio.Future[object]]]:
    """Run works beside the block, and give them to it; they are cancelled, and waited for, when it ends."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def until_told_to_stop(lost: asyncio.Event) -> None:
    """Wait for SIGTERM or SIGINT. Raises StartError where another bot took the database meanwhile."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopped.set)
    async with background(stopped.wait(), lost.wait()) as waiting:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    if lost.is_set():
        raise StartError(
            "Another Planthread took the database while its server was away, so this one ends. Keep one of them."
        )
