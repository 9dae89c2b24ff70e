"""The pages of a plan's reviews: every one, what each changed, and where nobody gets without the link."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.store.database import Database
from bot.web.app import create_web_app
from bot.web.evidence import evidence_routes
from bot.web.page_key import PageKey
from bot.web.reviews import review_routes
from bot.workflow.going_back import WayBack, go_back
from tests.web.test_evidence import People, path
from tests.workflow.office import JON, Office, ScriptedPlanner


@pytest.fixture
async def office(database: Database) -> Office:
    """Give an office with three reviews, the last of them as the first one was."""
    office = Office(database, ScriptedPlanner())
    await office.in_review()
    await office.change("add pages", 1, JON)
    await office.work()
    await office.within(lambda session, plan: go_back(session, plan, WayBack(), JON, "undo"))
    return office


@pytest.fixture
async def browser(database: Database, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client of the pages."""

    async def ready() -> list[str]:
        return []

    key = PageKey.at(tmp_path / "pages.key")
    routes = [*review_routes(database, key, People()), *evidence_routes(database, key, People())]
    pages = create_web_app(tmp_path, ready, routes=routes)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(pages), base_url="http://127.0.0.1") as client:
        yield client


async def test_every_review_is_listed_with_who_asked_for_what(
    office: Office, browser: httpx.AsyncClient, tmp_path: Path
) -> None:
    base = path(tmp_path, office)
    first = (await browser.get(base)).text
    assert "Earlier reviews" in first
    assert f'href="{base}/reviews/1"' in first

    page = (await browser.get(f"{base}/reviews")).text
    places = [
        page.find(words) for words in ("Review 3</a>", "as it was in review 1", "Review 2</a>", "add pages", "Jon")
    ]
    assert -1 not in places, page
    assert page.find("Review 3</a>") < page.find("Review 2</a>") < page.find("Review 1</a>")
    assert page.count("<time datetime=") == 3
    assert "The first review." in page


async def test_a_review_is_shown_with_its_difference_from_the_one_before(
    office: Office, browser: httpx.AsyncClient, tmp_path: Path
) -> None:
    base = path(tmp_path, office)
    second = (await browser.get(f"{base}/reviews/2")).text
    assert '<span class="added">+' in second
    assert "pages" in second[second.find('class="added"') :].split("</span>")[0] + second
    third = (await browser.get(f"{base}/reviews/3")).text
    removed = [line for line in third.split('<span class="') if line.startswith("removed") and "pages" in line]
    assert removed
    assert "Jon went back to it" in third
    one = (await browser.get(f"{base}/reviews/1")).text
    assert 'class="removed"' not in one
    assert "entity_specs" in one


async def test_a_first_review_has_no_earlier_ones(
    database: Database, browser: httpx.AsyncClient, tmp_path: Path
) -> None:
    office = Office(database, ScriptedPlanner())
    await office.in_review()
    assert "Earlier reviews" not in (await browser.get(path(tmp_path, office))).text


async def test_other_numbers_and_other_links_show_nothing(
    office: Office, browser: httpx.AsyncClient, tmp_path: Path
) -> None:
    base = path(tmp_path, office)
    assert (await browser.get(f"{base}/reviews/4")).status_code == 404
    assert (await browser.get(f"{base}/reviews/0")).status_code == 404
    assert (await browser.get(f"/plans/{office.plan_id}/wrong/reviews")).status_code == 404
    assert (await browser.get(f"/plans/{office.plan_id}/wrong/reviews/1")).status_code == 404
