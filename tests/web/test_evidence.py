"""The evidence pages: every criterion, the chain of one, and nobody without the link."""

from __future__ import annotations

import stat
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.store.database import Database
from bot.store.tables import Plan
from bot.web.app import create_web_app
from bot.web.evidence import evidence_routes
from bot.web.page_key import PageKey
from tests.workflow.office import JON, Office, ScriptedPlanner


class People:
    """Know what two people are called, and where messages stand."""

    async def name(self, person: str) -> str:
        """Return a name that is markup too."""
        return {"U0MARA": "Mara <b>", "U0JON": "Jon"}.get(person, person)

    async def address(self, _plan: Plan, key: str) -> str:
        """Return an address with the key."""
        return f"https://slack.example/{key.replace(' ', '-')}"


@pytest.fixture
async def office(database: Database) -> Office:
    """Give an office with a plan in review."""
    office = Office(database, ScriptedPlanner())
    await office.in_review()
    return office


@pytest.fixture
async def browser(database: Database, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client of the pages."""

    async def ready() -> list[str]:
        return []

    key = PageKey.at(tmp_path / "pages.key")
    pages = create_web_app(tmp_path, ready, routes=evidence_routes(database, key, People()))
    transport = httpx.ASGITransport(pages)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client


def path(tmp_path: Path, office: Office) -> str:
    """Return the path of the plan's pages."""
    return PageKey.at(tmp_path / "pages.key").path(office.plan_id)


async def test_every_criterion_is_there_and_proven_once_its_tasks_are(
    office: Office, browser: httpx.AsyncClient, tmp_path: Path
) -> None:
    before = await browser.get(path(tmp_path, office))
    assert before.status_code == 200
    assert "0 of " in before.text
    assert before.text.count('class="mark todo"') == before.text.count('class="mark')

    await office.approve(1)
    await office.deliver()
    after = await browser.get(path(tmp_path, office))
    assert after.text.count('class="mark done"') == before.text.count('class="mark')
    assert 'aria-label="Criteria proven"' in after.text
    assert f'href="{path(tmp_path, office)}/Book.title"' in after.text


async def test_a_criterion_leads_from_the_message_to_the_checks(
    office: Office, browser: httpx.AsyncClient, tmp_path: Path
) -> None:
    await office.approve(1, person="U0MARA")
    await office.deliver()
    page = (await browser.get(f"{path(tmp_path, office)}/1.1")).text

    chain = [
        "Mara &lt;b&gt; said",
        "books with a title",
        "slack.example/key-1",
        "Criterion",
        "approved by Mara",
        "commit",
    ]
    places = [page.find(words) for words in [*chain, "<code>pytest</code>"]]
    assert -1 not in places, (places, page)
    assert places == sorted(places)
    assert "3 tests pass" in page
    assert "<b>" not in page


async def test_what_a_change_would_bring_is_proven_by_nothing_yet(
    office: Office, browser: httpx.AsyncClient, tmp_path: Path
) -> None:
    await office.approve(1)
    await office.deliver()
    before = (await browser.get(path(tmp_path, office))).text
    await office.change("add pages", 1)
    await office.work()
    during = (await browser.get(path(tmp_path, office))).text
    assert during.count('class="mark done"') == before.count('class="mark done"') == during.count('class="mark')
    assert 'class="fresh"' in during, "the drawing shows what is proposed"
    assert 'class="fresh"' not in before
    assert "proposes a change of it, which is not approved yet" in during
    assert "proposes a change" not in before
    assert "Green is what review 2 proposes, not approved yet." in during
    assert "Green" not in before
    brought = (await browser.get(f"{path(tmp_path, office)}/Book.pages")).text
    assert "built without it so far; built again with it once the review is approved" in brought
    assert 'class="link done"' not in brought
    chain = (await browser.get(f"{path(tmp_path, office)}/Book")).text
    assert "approved by" in chain
    assert "not approved yet, makes it: " in chain


async def test_a_thing_and_a_field_have_a_chain_too_and_what_is_none_is_told(
    office: Office, browser: httpx.AsyncClient, tmp_path: Path
) -> None:
    base = path(tmp_path, office)
    assert "In the plan as" in (await browser.get(f"{base}/Book.title")).text
    for name in ("9.9", "Ghost", "Book.ghost"):
        missing = await browser.get(f"{base}/{name}")
        assert missing.status_code == 404
        assert name.partition(".")[0] in missing.text


async def test_only_the_link_opens_a_plan(office: Office, browser: httpx.AsyncClient, tmp_path: Path) -> None:
    good = path(tmp_path, office)
    other = PageKey.at(tmp_path / "pages.key").path("another plan")
    signature = other.rpartition("/")[2]
    for wrong in (
        f"/plans/{office.plan_id}/{signature}",
        f"/plans/{office.plan_id}/",
        good[:-1],
        f"{good}é/1.1",
        other,
    ):
        assert (await browser.get(wrong)).status_code == 404
    assert (await browser.get(good)).headers["referrer-policy"] == "no-referrer"


async def test_before_the_first_review_there_is_nothing_to_prove(
    database: Database, browser: httpx.AsyncClient, tmp_path: Path
) -> None:
    office = Office(database, ScriptedPlanner())
    await office.start(person=JON)
    answer = await browser.get(path(tmp_path, office))
    assert answer.status_code == 404
    assert "no documents yet" in answer.text


def test_the_key_is_kept_and_for_its_owner_only(tmp_path: Path) -> None:
    first, again = PageKey.at(tmp_path / "a" / "pages.key"), PageKey.at(tmp_path / "a" / "pages.key")
    assert first.path("p") == again.path("p")
    assert PageKey.at(tmp_path / "b.key").path("p") != first.path("p")
    assert stat.S_IMODE((tmp_path / "a" / "pages.key").stat().st_mode) == 0o600


def test_a_key_that_a_killed_bot_had_half_written_is_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "pages.key"
    file.write_bytes(b"half")
    file.with_name("pages.key.new").write_bytes(b"a quarter")

    key = PageKey.at(file)

    assert key.path("p") == PageKey.at(file).path("p")
    assert key.path("p") != PageKey(b"half").path("p")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["pages.key"]
