"""The composition root: settings in, every port filled, the long-running parts started and stopped in order."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import signal
from collections.abc import AsyncIterator, Awaitable, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog
from slack_bolt.async_app import AsyncApp
from sqlalchemy import select
from sqlmodel import col
from starlette.routing import Route

from bot.building.build_run import BuildFolders, BuildRun
from bot.building.custom_task import CustomTasks
from bot.building.edited_files import EditedFiles
from bot.building.imported_task import ImportedTasks
from bot.building.merge_run import MergeRun
from bot.building.trials import Trials
from bot.building.watch import Watch
from bot.digests.clock import DigestClock
from bot.digests.reminders import Reminders
from bot.engine.durable import DurableEngine, Runner
from bot.engine.reconciler import Reconciler
from bot.engine.running import Runs
from bot.inspection.facts import RepositoryFacts
from bot.logs import configure_logging
from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.conversation import Planner
from bot.planning.imported.task_writer import ImportedTaskWriter
from bot.planning.model.custom_task import CustomTaskWriter
from bot.planning.model.planner import ModelPlanner
from bot.publishing.chosen import ChosenPublisher
from bot.publishing.github import GitHubPublisher
from bot.publishing.github_tokens import AppTokens, GivenToken, Tokens
from bot.publishing.local import LocalPublisher
from bot.repository.git import Repository
from bot.settings import Settings, doubts
from bot.slack.answers import SlackAnswers
from bot.slack.application import create_app, create_client
from bot.slack.doors import Door, HttpDoor, SocketDoor
from bot.slack.home_tabs import HomeTabs
from bot.slack.inbox import Inbox
from bot.slack.incoming import Incoming
from bot.slack.people import People
from bot.slack.plan_pages import PlanPages
from bot.slack.reporter import Reporter
from bot.slack.speakers import Speakers
from bot.slack.token_watch import TokenWatch
from bot.starting import (
    ask_github,
    ask_model,
    launch,
    let_in,
    listen,
    only_one,
    reached,
    require_git,
    room_on,
    tidy,
    upgraded,
)
from bot.store.data_folder import DataFolder
from bot.store.database import Database, DatabaseHeld
from bot.store.tables import Plan, now
from bot.terminal.conversation import converse
from bot.terminal.lines import line_reader, line_writer
from bot.terminal.scripts import Script
from bot.verification.sandbox import Sandbox
from bot.web.app import create_web_app
from bot.web.chat import Chat
from bot.web.evidence import evidence_routes
from bot.web.github_webhook import webhook_routes
from bot.web.metrics import metrics_routes
from bot.web.page_key import PageKey
from bot.web.repository_door import RepositoryKeys, repository_door_routes, repository_path
from bot.web.reviews import review_routes
from bot.web.trying import trial_path, trial_routes
from bot.workflow.figures import oldest_delivery
from bot.workflow.imports import GivenPlan
from bot.workflow.model_calls import KeptAnswers, keep_try, keep_usage
from bot.workflow.planning_run import PlanningRun
from bot.workflow.ports import Publisher, Stage
from bot.workflow.waiting import Waiting

__all__ = ["serve", "terminal"]

SLACK = "https://slack.com"
HELD_SECONDS = 2.0
"""How long another process may hold the database before the bot counts as not ready."""
LONGEST_CHECK = 5.0
"""Seconds; after that the database counts as held, whatever it waits for."""
LATE_SECONDS = 120.0
"""How long a delivery may wait before the bot counts as not ready."""
LOCAL_PACE = 0.15
"""Seconds between two messages of a channel in a local workspace; Slack itself allows about one a second."""

log = structlog.get_logger("planthread")


@dataclass
class Core:
    """What plans are made with, wherever people speak."""

    database: Database
    planner: Planner
    runners: dict[Stage, Runner]
    runs: Runs
    trials: Trials
    repositories: Path
    publisher: Publisher
    watch: Watch
    edited: EditedFiles


async def compose(settings: Settings, data: Path, database_url: str) -> Core:
    """Fill the ports: store, planner, builder, publisher. Raises StartError."""
    require_git()
    database = Database(database_url)
    folder = DataFolder(data)
    await upgraded(folder, database)
    planner, custom, imported = planners(settings, database)
    publisher = publisher_of(settings, folder)
    sandbox = await Sandbox.probe()
    folders = BuildFolders(repositories=folder.repositories, work=folder.work, cache=settings.cache / "environments")
    edited = EditedFiles(folder.repositories, publisher)
    planning = PlanningRun(database, planner, edited.of)
    runs = Runs(database)
    building = BuildRun(database, folders, publisher, sandbox, custom, lambda: runs.stopping, imported)
    watch = Watch(database, folder.repositories, publisher)
    runners = {
        Stage.PLAN: runs.of(Stage.PLAN, planning.run),
        Stage.BUILD: runs.of(Stage.BUILD, then_watched(building.run, watch)),
        Stage.MERGE: runs.of(Stage.MERGE, MergeRun(database, folder.repositories, publisher).run),
    }
    trials = Trials(database, folder.repositories, folders.cache, publisher, sandbox)
    return Core(database, planner, runners, runs, trials, folder.remotes, publisher, watch, edited)


def then_watched(runner: Runner, watch: Watch) -> Runner:
    """Have a plan's repository looked at when a run of it ends: what was left to people gets its issues."""

    async def run(plan_id: str, attempt: int) -> None:
        await runner(plan_id, attempt)
        watch.ring(plan_id)

    return run


def planners(settings: Settings, database: Database) -> tuple[Planner, CustomTasks | None, ImportedTasks | None]:
    """Return the planner, and who builds custom tasks and those of imported plans (None without a model)."""
    if settings.planner == "built-in" or settings.openai_api_key is None:
        return BuiltInPlanner(), None, None

    from bot.language_model.openai_model import OpenAIModel  # costs half a second, and needs a key to be of use

    model = OpenAIModel(
        api_key=settings.openai_api_key.get_secret_value(),
        base_url=settings.openai_base_url,
        model=settings.planthread_model,
        on_usage=functools.partial(keep_usage, database, settings.prices),
        on_try=functools.partial(keep_try, database),
    )
    kept = KeptAnswers(model, database, settings.planthread_budget)
    return ModelPlanner(kept), CustomTasks(CustomTaskWriter(kept)), ImportedTasks(ImportedTaskWriter(kept))


def first_question(settings: Settings) -> list[Awaitable[None]]:
    """Return the question whether the model answers, beside which the bot starts; nothing where none plans."""
    if settings.planner == "built-in" or settings.openai_api_key is None:
        return []
    return [ask_model(settings.openai_api_key.get_secret_value(), settings.openai_base_url, settings.planthread_model)]


def github_tokens(settings: Settings) -> Tokens | None:
    """Return who the bot is on GitHub: who the token says, else the App; None where neither is set."""
    if settings.github_token is not None:
        return GivenToken(settings.github_token.get_secret_value())
    if settings.github_app_id is None or settings.github_app_private_key is None:
        return None
    key = settings.github_app_private_key.get_secret_value()
    return AppTokens(settings.github_app_id, key, settings.github_owner, settings.github_api_url)


def publisher_of(settings: Settings, folder: DataFolder) -> Publisher:
    """Return GitHub where a token or an App is set, with the local remote for who wants it; else that alone."""
    tokens = github_tokens(settings)
    local = LocalPublisher(folder.remotes, settings.public_url)
    if tokens is None:
        return local
    github = GitHubPublisher(
        token=tokens,
        owner=settings.github_owner,
        api_url=settings.github_api_url,
        git_url=settings.github_url,
    )
    return ChosenPublisher(github, local)


async def serve(settings: Settings) -> None:
    """Run the bot for a Slack workspace, over Socket Mode or signed HTTP, until SIGTERM or Ctrl-C.

    Raises StartError with a sentence about what to do.
    """
    configure_logging(settings.planthread_log)
    with room_on(settings.data), only_one(settings.data), tidy(DataFolder(settings.data)):
        for doubt in doubts():
            log.warning(doubt)
        core = await compose(settings, settings.data, settings.database_url)
        try:
            await serve_core(settings, core)
        finally:
            await core.database.close()


async def serve_core(settings: Settings, core: Core) -> None:
    """Start pages, engine, reporter, inbox, digests and Slack's door; stop them in the opposite order."""
    assert settings.slack_bot_token is not None  # noqa: S101 (cli checked)
    client = create_client(settings.slack_bot_token.get_secret_value(), f"{settings.slack_api_url}/")
    page_key = await asyncio.to_thread(PageKey.at, DataFolder(settings.data).page_key, settings.planthread_link_days)
    keys = repository_keys(settings, page_key)
    waiting = functools.partial(create_web_app, core.repositories, hosts=settings.public_hosts, keys=keys)
    bot_user = await reached(client, waiting, settings.planthread_host, settings.planthread_port)
    database = core.database
    inbox = Inbox(database)
    addresses = plan_pages(settings, page_key)
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
    plan_routes = routes_of_plans(settings, database, core.trials, page_key, Speakers(client))
    answers = SlackAnswers(client)
    incoming = Incoming(database, client, answers, bot_user, core.planner.name, addresses, core.edited.there)
    engine = DurableEngine(settings.engine_url, core.runners)
    reconciler = Reconciler(database, engine, settings.planthread_builds)
    home_tabs = HomeTabs(database, client, pages=addresses)
    database.on_commit(reporter.wake)
    database.on_commit(home_tabs.wake)
    database.on_commit(reconciler.wake)
    clock = DigestClock(database, reminders=Reminders(database, People(client, database).profile))

    token_watch = TokenWatch(client)

    async def problems() -> list[str]:
        return [*await readiness(database, door), *token_watch.problems()]

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
        await until_told_to_stop()
        log.info("stopping; what is under way is taken up again at the next start")


def plan_pages(settings: Settings, key: PageKey) -> PlanPages:
    """Return the addresses of plans' pages; those of trials only where browsers are on this machine."""
    base = settings.public_url.rstrip("/")
    trial = (lambda plan_id: f"{base}{trial_path(key, plan_id)}") if settings.is_on_this_machine else None
    keys = repository_keys(settings, key)
    if keys is None:
        return PlanPages(lambda plan_id: f"{base}{key.path(plan_id)}", trial)
    return PlanPages(
        lambda plan_id: f"{base}{key.path(plan_id)}",
        trial,
        repository_at=lambda plan_id: f"{base}{repository_path(key, plan_id)}",
        clone_at=lambda name: f"{base}{keys.clone_path(name)}",
    )


def repository_keys(settings: Settings, key: PageKey) -> RepositoryKeys | None:
    """Return the keys of repositories that lie here; None where nobody on another machine reaches them.

    With GitHub too: what was delivered before there was a token lies here still.
    """
    return None if settings.is_reached_from_here_only else RepositoryKeys(key)


def routes_of_plans(settings: Settings, database: Database, trials: Trials, key: PageKey, chat: Chat) -> list[Route]:
    """Return the pages of plans, each behind its signature; services are tried on their own machine only."""
    keys = repository_keys(settings, key)
    return [
        *(repository_door_routes(database, key, keys) if keys else []),
        *(trial_routes(database, key, trials, behind_door=keys is not None) if settings.is_on_this_machine else []),
        *review_routes(database, key, chat, behind_door=keys is not None),
        *evidence_routes(database, key, chat, behind_door=keys is not None),
    ]


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


async def readiness(database: Database, door: Door) -> list[str]:
    """Return why the bot can't work now, one sentence each; nothing when it can."""
    try:
        async with asyncio.timeout(LONGEST_CHECK):
            await database.check(patience=HELD_SECONDS)
    except (DatabaseHeld, TimeoutError):
        log.warning("the database can't be written: another process holds it")
        held = "The database can't be written: another process holds it. End that one; nothing that was kept is lost."
        return [held, *await door.problems()]
    except Exception as error:
        log.exception("the database can't be used")
        why = f"The database can't be read or written ({type(error).__name__}); look at PLANTHREAD_DATABASE_URL."
        return [why, *await door.problems()]
    return [*await late_deliveries(database), *await door.problems()]


async def late_deliveries(database: Database) -> list[str]:
    """Return a sentence where what people said waits for long."""
    async with database.read() as session:
        oldest = await oldest_delivery(session)
    waits = (now() - oldest).total_seconds() if oldest else 0.0
    if waits < LATE_SECONDS:
        return []
    return [f"What people say waits for {waits:.0f} seconds to be handled; the log says what keeps it."]


@contextlib.asynccontextmanager
async def background(*works: Awaitable[None]) -> AsyncIterator[None]:
    """Run works beside the block; they are cancelled, and waited for, when it ends."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def until_told_to_stop() -> None:
    """Wait for SIGTERM or SIGINT."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopped.set)
    await stopped.wait()


async def terminal(
    settings: Settings,
    script: Path | None,
    out: Path | None,
    repository: RepositoryFacts | None = None,
    given: GivenPlan | None = None,
) -> int:
    """Hold the conversation on this terminal, and put the delivered repository at ``out``; return the exit code.

    ``repository`` is what was read from an existing repository that the plan is for, ``given`` a file that is built as
    it stands. Plans made here live in a folder
    of their own below the data folder. Raises StartError, and ScriptError where the script can't go on.
    """
    configure_logging(settings.planthread_log, tells_plans=False)
    said = Script(script) if script else None
    data = settings.data / "terminal"
    with room_on(data), only_one(data), tidy(DataFolder(data)):
        core = await compose(settings, data, f"sqlite+aiosqlite:///{data / 'plans.db'}")
        try:
            write = line_writer()
            read_line = said.reader(write) if said else line_reader(write)
            shows = github_tokens(settings) is not None
            earlier = await known_plans(core)
            talk = await converse(
                core.database,
                lambda: run_until_idle(core, earlier),
                core.planner.name,
                read_line,
                write,
                shows_address=shows,
                repository=repository,
                given=given,
            )
            if talk.code == 0 and talk.plan_id is not None:
                write(f"The repository is in {await check_out(core, data, talk.plan_id, out)}")
            if said and talk.code == 0 and (unsaid := said.unsaid()):
                write(unsaid)
            return talk.code
        finally:
            await core.database.close()


async def check_out(core: Core, data: Path, plan_id: str, out: Path | None) -> Path:
    """Put a plan's repository into a folder that people work in."""
    async with core.database.read() as session:
        plan = await session.get_one(Plan, plan_id)
    place = out or Path(plan.handle)
    await Repository(DataFolder(data).repositories / f"{plan_id}.git").check_out(place)
    return place


async def known_plans(core: Core) -> list[str]:
    """Return the ids of the plans that are there already, such as one that Ctrl-C left."""
    async with core.database.read() as session:
        return list(await session.scalars(select(col(Plan.id))))


async def run_until_idle(core: Core, without: Sequence[str]) -> None:
    """Run what plans want, but those, until nothing is wanted; the terminal needs no engine."""
    while True:
        async with core.database.read() as session:
            query = select(Plan).where(col(Plan.run_stage).is_not(None), col(Plan.hold).is_(None))
            plans = list(await session.scalars(query.where(col(Plan.id).not_in(without))))
        if not plans:
            return
        for plan in plans:
            await core.runners[Stage(plan.run_stage or "")](plan.id, plan.run_attempt)
