"""Repositories behind keys: browsers and `git clone` come in with one, nobody without, and each key ends."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request

from bot.app.pages import repository_keys, routes_of_plans
from bot.building.trials import Trials
from bot.digests.composition import compose
from bot.documents.tasks.task_plan import TaskState
from bot.publishing.local import LocalPublisher
from bot.settings import Settings
from bot.slack.blocks.card import card
from bot.slack.blocks.home import home_view
from bot.slack.commands import answer_command
from bot.slack.home import home_of
from bot.slack.plan_pages import PlanPages
from bot.store.database import Database
from bot.store.tables import Plan
from bot.verification.sandbox import Level, Sandbox
from bot.web.app import create_web_app
from bot.web.evidence import evidence_routes
from bot.web.page_key import PageKey
from bot.web.plan_links import ways_of
from bot.web.repository_door import RepositoryKeys, repository_door_routes, repository_path
from bot.web.serving import serve_web
from bot.workflow.events import record
from bot.workflow.overview import OfferedChange, PhaseProgress, TaskProgress, overview
from tests.web.conftest import Served
from tests.web.test_cloning import git

PUBLIC, HERE, OPEN_PORT = "https://bot.example.org", "http://127.0.0.1:3001", "0.0.0.0"
FRIDAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
KEY = PageKey(b"k" * 32, clock=lambda: FRIDAY)


class Clock:
    """Tells a moment that tests move."""

    def __init__(self) -> None:
        self.moment = FRIDAY

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.moment


@pytest.fixture
async def database(database: Database) -> Database:
    """Give a store with the plan of the repository ``library``."""
    async with database.write() as session:
        session.add(
            Plan(
                id="p1", workspace="T1", channel="C1", handle="library", title="Library", stage="delivered",
                starter="U1", remote_name="library", clone_url="x",
                web_url="https://bot.example.org/repositories/library",
            )
        )  # fmt: skip
        session.add(
            Plan(id="p2", workspace="T1", channel="C1", handle="new", title="New", stage="gathering", starter="U1")
        )
    return database


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands on a Friday."""
    return Clock()


@pytest.fixture
async def behind_door(served: Served, database: Database, clock: Clock) -> AsyncIterator[httpx.AsyncClient]:
    """Serve the repositories behind their door."""

    async def ready() -> list[str]:
        return []

    key = key_at(clock)
    keys = RepositoryKeys(key)
    routes = [
        *repository_door_routes(database, key, keys),
        *evidence_routes(database, key, NobodyKnown(), behind_door=True),
    ]
    server = await serve_web(create_web_app(served.repositories, ready, routes=routes, keys=keys))
    async with httpx.AsyncClient(base_url=server.url, timeout=60) as client:
        yield client
    await server.stop()


@pytest.mark.parametrize(
    "path",
    [
        "/repositories",
        "/repositories/library",
        "/repositories/library/file/README.md",
        "/repositories/library/file/a%0Ab",
        "/repositories//library",
        "/git/library.git/info/refs?service=git-upload-pack",
        "/keyed/0-0/repositories/library",
        "/keyed/ffffff-0123456789abcdef0123456789abcdef/git/library.git/info/refs?service=git-upload-pack",
        "/keyed/nonsense/repositories/library",
        "/keyed/",
    ],
)
async def test_nobody_comes_in_without_a_key(behind_door: httpx.AsyncClient, path: str) -> None:
    answer = await behind_door.get(path)

    assert answer.status_code == 404
    assert "Open the repository with a button of /plan show in Slack." in answer.text


@pytest.mark.parametrize(
    "signature", ["0123456789abcdef0123456789abcdef", "b4d2f-0123456789abcdef0123456789abcdef", "b4d2f"]
)
async def test_a_signature_of_somebody_elses_making_opens_nothing(
    behind_door: httpx.AsyncClient, signature: str
) -> None:
    for page in ("", "/1.1", "/repository", "/repository/commit/0123456"):
        answer = await behind_door.get(f"/plans/p1/{signature}{page}")

        assert answer.status_code == 404
        assert "Say /plan show in Slack: its buttons lead to what is there." in answer.text


async def test_a_link_ends_and_says_how_to_get_another_which_is_good_again(
    behind_door: httpx.AsyncClient, clock: Clock
) -> None:
    given = key_at(clock).path("p1")
    clock.moment += timedelta(days=30)
    assert (await behind_door.get(f"{given}/repository")).status_code == 303
    clock.moment += timedelta(days=7)
    for page in ("", "/1.1", "/repository"):
        ended = await behind_door.get(f"{given}{page}")
        assert ended.status_code == 410
        assert "Say /plan show in Slack" in ended.text

    assert (await behind_door.get(f"{key_at(clock).path('p1')}/repository")).status_code == 303


async def test_a_link_of_an_earlier_version_that_never_ended_has_ended(behind_door: httpx.AsyncClient) -> None:
    signature = hmac.new(b"k" * 32, b"plan pages/p1", hashlib.sha256).hexdigest()[:32]

    assert (await behind_door.get(f"/plans/p1/{signature}")).status_code == 410
    assert (await behind_door.get(f"/plans/p2/{signature}")).status_code == 404


async def test_a_key_lasts_no_longer_than_the_link_that_gave_it_nor_by_being_used(
    behind_door: httpx.AsyncClient, clock: Clock
) -> None:
    given = key_at(clock).path("p1")
    clock.moment += timedelta(days=28)
    opened = await behind_door.get(f"{given}/repository", follow_redirects=True)
    (clone,) = set(re.findall(r"/keyed/[0-9a-f-]+/git/library\.git", opened.text))
    refs = f"{clone}/info/refs?service=git-upload-pack"
    assert (await behind_door.get(refs)).status_code == 200

    clock.moment += timedelta(days=9)

    assert (await behind_door.get(refs)).status_code == 404
    assert (await behind_door.get("/repositories/library")).status_code == 404


async def test_a_commit_is_opened_through_the_door(behind_door: httpx.AsyncClient, served: Served) -> None:
    head = served.commits[-1]

    for below in (f"commit/{head}", "file/README.md"):
        opened = await behind_door.get(f"{repository_path(KEY, 'p1')}/{below}", follow_redirects=True)

        assert (opened.status_code, opened.url.path) == (200, f"/repositories/library/{below}")


async def test_pages_of_the_evidence_lead_through_the_door(database: Database, clock: Clock) -> None:
    async with database.write() as session:
        plan = await session.get_one(Plan, "p1")
        view = await overview(session, plan)
    base = key_at(clock).path("p1")
    request = Request(
        {"type": "http", "path_params": dict(zip(("plan", "signature"), base.split("/")[2:], strict=True))}
    )

    assert ways_of(request, view, behind_door=True) == {"base": base, "repository": f"{base}/repository"}
    assert ways_of(request, view, behind_door=False)["repository"] == plan.web_url
    elsewhere = view.model_copy(update={"remote_name": "acme/library"})
    assert ways_of(request, elsewhere, behind_door=True)["repository"] == plan.web_url


async def test_lists_digests_and_the_home_tab_lead_through_the_door(database: Database) -> None:
    pages = PlanPages(repository_at=lambda plan_id: f"https://bot.example.org/plans/{plan_id}/signed/repository")
    through = "<https://bot.example.org/plans/p1/signed/repository|"
    async with database.write() as session:
        plan = await session.get_one(Plan, "p1")
        plan.review, plan.delivered_at = 1, FRIDAY
        record(session, plan, "U1", "delivered")
    async with database.read() as session:
        said = [
            await answer_command(session, "T1", "C1", "U1", verb, unseen={}, pages=pages)
            for verb in ("list", "status library", "show library")
        ]
        home = home_view(await home_of(session, "T1", "U1", pages=pages))
        news = await compose(session, "T1", "C1", FRIDAY - timedelta(days=1), repository_of=pages.repository_of)

    assert [through in shown.text + str(shown.blocks) for shown in said[:2]] == [True, True]
    assert "'url': 'https://bot.example.org/plans/p1/signed/repository'" in str(said[2].blocks)
    assert through in str(home["blocks"])
    told = [plan.web_url for plan in news.plans if plan.id == "p1"]
    assert told == ["https://bot.example.org/plans/p1/signed/repository"]
    every = str([home, *(one.blocks for one in said), *news.plans])
    assert "/repositories/library" not in every, "that address asks for a key"


async def test_health_needs_no_key(behind_door: httpx.AsyncClient) -> None:
    assert (await behind_door.get("/healthz")).status_code == 200


async def test_a_browser_gets_its_key_from_the_plans_pages_and_keeps_it(behind_door: httpx.AsyncClient) -> None:
    opened = await behind_door.get(repository_path(KEY, "p1"), follow_redirects=True)

    assert opened.status_code == 200
    assert opened.url.path == "/repositories/library"
    assert "Office library" in opened.text
    (cookie,) = [header for answer in opened.history if (header := answer.headers.get("set-cookie"))]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/repositories/library" in cookie
    assert (await behind_door.get("/repositories/library/commits")).status_code == 200
    assert (await behind_door.get("/repositories/other")).status_code == 404


async def test_a_plan_without_a_repository_says_so(behind_door: httpx.AsyncClient) -> None:
    answer = await behind_door.get(repository_path(KEY, "p2"))

    assert (answer.status_code, answer.text) == (404, "This plan has no repository yet.\n")


async def test_the_page_shows_an_address_that_git_clones(
    behind_door: httpx.AsyncClient, clock: Clock, tmp_path: Path
) -> None:
    await behind_door.get(repository_path(KEY, "p1"), follow_redirects=True)
    page = await behind_door.get("/repositories/library")
    path = RepositoryKeys(key_at(clock)).clone_path("library")
    address = f"{str(behind_door.base_url).rstrip('/')}{path}"
    assert address in page.text

    await git("clone", "-q", address, "clone", folder=tmp_path)

    assert (tmp_path / "clone" / "README.md").read_text().startswith("# Office library")


async def test_a_key_is_of_one_repository_and_ends(behind_door: httpx.AsyncClient, clock: Clock) -> None:
    keys = RepositoryKeys(key_at(clock))
    key = keys.of("library")
    assert not keys.fits("other", key)
    refs = f"/keyed/{key}/git/library.git/info/refs?service=git-upload-pack"
    assert (await behind_door.get(refs)).status_code == 200

    clock.moment += timedelta(days=30)
    assert (await behind_door.get(refs)).status_code == 200
    clock.moment += timedelta(days=8)
    assert (await behind_door.get(refs)).status_code == 404


def test_the_same_address_is_given_all_week_so_that_messages_stay_as_they_are(clock: Clock) -> None:
    keys = RepositoryKeys(key_at(clock))
    clock.moment = datetime(2026, 11, 16, tzinfo=UTC)
    given = set()
    for _ in range(3):
        given.add(keys.of("library"))
        clock.moment += timedelta(days=1)

    (key,) = given
    assert keys.fits("library", key)


async def test_the_card_leads_through_the_door(database: Database) -> None:
    pages = PlanPages(repository_at=lambda plan_id: f"https://bot.example.org{repository_path(KEY, plan_id)}")
    async with database.read() as session:
        view = await overview(session, await session.get_one(Plan, "p1"))

    buttons = [element for block in card(view, pages).blocks for element in block.get("elements", [])]

    urls = [button["url"] for button in buttons if "url" in button]
    assert urls == [f"https://bot.example.org{repository_path(KEY, 'p1')}"]


async def test_what_lies_below_a_repository_is_reached_through_the_door_too(database: Database) -> None:
    here = "https://bot.example.org/repositories/library"
    pages = PlanPages(repository_at=lambda plan_id: f"https://bot.example.org/plans/{plan_id}/signed/repository")
    async with database.read() as session:
        view = await overview(session, await session.get_one(Plan, "p1"))
    task = TaskProgress(number="1.1", title="Books", state=TaskState.TODO, issue=f"{here}/file/.planning/tasks.md")
    elsewhere = task.model_copy(update={"issue": "https://github.com/acme/library/issues/1"})
    offered = OfferedChange(number=1, url=f"{here}/commit/c0ffee", commit="c0ffee", merges_here=True)
    phase = PhaseProgress(number=1, name="Foundation", tasks=(task, elsewhere))

    shown = pages.shown(view.model_copy(update={"phases": (phase,), "change": offered}))

    through = "https://bot.example.org/plans/p1/signed/repository"
    assert [one.issue for one in shown.tasks] == [f"{through}/file/.planning/tasks.md", elsewhere.issue]
    assert shown.change is not None
    assert shown.change.url == f"{through}/commit/c0ffee"
    assert pages.reached(view, f"{here}-2/commit/c0ffee") == f"{here}-2/commit/c0ffee", "another repository"
    assert PlanPages().shown(view) == view


async def test_a_repository_on_github_is_opened_there(database: Database) -> None:
    pages = PlanPages(repository_at=lambda plan_id: "keyed", clone_at=lambda name: "keyed")
    async with database.write() as session:
        plan = await session.get_one(Plan, "p1")
        plan.remote_name, plan.web_url = "acme/library", "https://github.com/acme/library"
        plan.clone_url = "https://github.com/acme/library.git"
        view = await overview(session, plan)

    assert pages.repository_of(view) == "https://github.com/acme/library"
    assert pages.clone_of(view) == "https://github.com/acme/library.git"


@pytest.mark.parametrize(
    ("asked", "settings"),
    [
        (False, {}),
        (False, {"planthread_public_url": HERE}),
        (True, {"planthread_public_url": PUBLIC}),
        (True, {"planthread_public_url": PUBLIC, "github_token": "ghp_secret"}),
        (True, {"planthread_host": OPEN_PORT}),
        (True, {"planthread_host": OPEN_PORT, "planthread_public_url": HERE}),
    ],
)
def test_a_key_is_asked_for_wherever_another_machine_could_come_in(asked: bool, settings: dict[str, str]) -> None:
    assert (repository_keys(configured(**settings), KEY) is not None) == asked


async def test_services_are_tried_on_their_own_machine_only(database: Database, tmp_path: Path) -> None:
    publisher = LocalPublisher(tmp_path / "remotes", HERE)
    trials = Trials(database, tmp_path, tmp_path, publisher, Sandbox(Level.TRUSTED_ONLY, ""))

    def tried(settings: Settings) -> list[str]:
        routes = routes_of_plans(settings, database, trials, KEY, repository_keys(settings, KEY), NobodyKnown())
        return [route.path for route in routes if "/try" in route.path]

    assert tried(configured()) == ["/plans/{plan}/{signature}/try", "/plans/{plan}/{signature}/try/call"]
    assert tried(configured(planthread_public_url=PUBLIC)) == []


def key_at(clock: Clock) -> PageKey:
    """Return the key with a clock."""
    return PageKey(b"k" * 32, clock=clock)


def configured(**settings: str) -> Settings:
    """Return the settings of an operator who set only these."""
    return Settings.model_validate(settings)


class NobodyKnown:
    """A chat that knows nobody."""

    async def name(self, person: str) -> str:
        """Return the id."""
        return person

    async def address(self, plan: Plan, key: str) -> str:
        """Return no address."""
        return ""
