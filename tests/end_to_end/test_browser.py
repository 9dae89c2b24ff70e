"""The whole first story as a newcomer lives it: `planthread local`, a browser, clicks and keys; with screenshots.

What is delivered is cloned, read, tested and built upon as its receiver would.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, async_playwright, expect

from bot.cli.local_run import free_port
from tests.end_to_end.clones import check_the_library
from tests.end_to_end.people import Person, for_all, text_of
from tests.end_to_end.programs import clean_environment, until

ARTIFACTS = Path(__file__).resolve().parents[2] / "test-artifacts" / "story"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PATIENCE_MS = 300_000

pytestmark = [pytest.mark.browser, pytest.mark.environment, pytest.mark.timeout(900)]


@pytest.fixture
def address(tmp_path: Path, cache: Path) -> Iterator[str]:
    """Start the whole product as `make run` does, and give the one address that it prints."""
    data = tmp_path / "data"
    arguments = ["local", "--port", str(free_port("127.0.0.1", 29_000)), "--data", str(data), "--no-open"]
    with (tmp_path / "local.log").open("wb") as log:
        product = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", *arguments],
            env=clean_environment() | {"PLANTHREAD_CACHE": str(cache)},
            stdout=log,
            stderr=log,
        )
    told = until(lambda: re.search(r"Planthread is ready: (\S+)", (tmp_path / "local.log").read_text()), "the address")
    yield told[1]
    product.terminate()
    assert product.wait(timeout=60) == 0
    assert not (data / "local" / "local.json").exists()


@pytest.fixture
async def browser(chromium: Path) -> AsyncIterator[BrowserContext]:
    """A fresh browser profile."""
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = await launched.new_context(viewport={"width": 1360, "height": 900}, color_scheme="light")
        context.set_default_timeout(PATIENCE_MS)
        yield context
        await launched.close()


async def test_a_newcomer_plans_approves_and_gets_a_tested_repository(
    browser: BrowserContext, address: str, tmp_path: Path, cache: Path
) -> None:
    page = await browser.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    await page.goto(address)
    await expect(page.locator("#presence")).to_have_text("bot is here")
    await picture(page, "1-welcome")

    await page.get_by_test_id("idea-1").click()
    await page.get_by_test_id("composer-send").click()
    thread = page.get_by_test_id("thread")
    await answer(page)

    review = thread.locator(".message", has_text=", for review")
    await expect(review.get_by_role("button", name="Approve and build")).to_be_visible()
    await review.get_by_role("button", name="Request changes").click()
    await page.get_by_test_id("modal").get_by_role("textbox").fill("add pages to books")
    await page.get_by_test_id("modal-submit").click()
    await expect(thread.get_by_text("replaced by review 2")).to_be_visible()
    await expect(review.last.get_by_text("pages").first).to_be_visible()
    await review.last.scroll_into_view_if_needed()
    await picture(page, "3-review")
    await review.last.get_by_role("button", name="Approve and build").click()

    await expect(thread.get_by_text(re.compile(r"[3-9] of \d+ tasks")).first).to_be_visible()
    await thread.locator(".message").first.scroll_into_view_if_needed()
    await picture(page, "4-building")
    await expect(thread.get_by_text("Library is ready")).to_be_visible()
    await picture(page, "5-delivered")

    await look_at_the_repository(browser, page)
    await follow_a_criterion(browser, page)
    await try_it(browser, page)
    assert problems == []
    await asyncio.to_thread(check_the_thread, Person(address.rstrip("/"), "Mara"), tmp_path, cache)


def check_the_thread(mara: Person, folder: Path, cache: Path) -> None:
    """Look at what the story left behind: five messages, and a repository that can be cloned."""
    card = mara.top()[0]
    assert "· delivered" in text_of(card)
    assert re.search(r"(\d+) of \1 tasks", text_of(card))
    posted = [message for message in for_all(mara.thread(card["ts"])) if message.get("bot_id")]
    assert len(posted) == 5, "card, questions, two reviews, delivered: nothing else"
    check_the_library(text_of(mara.sees("git clone", card["ts"])), folder, cache)
    assert "`library` *Library* · delivered" in mara.command("list")
    mara.command("digest now")
    assert "*Library*" in text_of(mara.sees("delivered, approved by"))


async def answer(page: Page) -> None:
    """Answer the first question by its button and the others in words."""
    thread = page.get_by_test_id("thread")
    loan = thread.get_by_role("button", name="Every loan, also old ones, with lent at, due at and returned at")
    await expect(loan).to_be_visible()
    await picture(page, "2-questions")
    await loan.click()
    await expect(thread.get_by_text("✓ 1.")).to_be_visible()
    await page.get_by_test_id("thread-composer").fill("you decide")
    await page.get_by_test_id("thread-composer").press("Enter")


async def look_at_the_repository(browser: BrowserContext, page: Page) -> None:
    """Open the repository from the message, and read a commit as its receiver would."""
    thread = page.get_by_test_id("thread")
    async with browser.expect_page() as opening:
        await thread.locator(".message").last.get_by_text("Repository", exact=True).click()
    repository = await opening.value
    await expect(repository.get_by_role("link", name="pyproject.toml")).to_be_visible()
    await picture(repository, "6-repository")
    await repository.goto(f"{repository.url}/commits")
    await repository.get_by_role("link", name="Book: model, schemas and factory").click()
    await expect(repository.get_by_text("app/models/book.py").first).to_be_visible()
    await picture(repository, "7-commit")


async def follow_a_criterion(browser: BrowserContext, page: Page) -> None:
    """Open the evidence from the card, and follow one criterion from the message to the test that passes."""
    async with browser.expect_page() as opening:
        await page.get_by_test_id("thread").locator(".message").first.get_by_text("Evidence", exact=True).click()
    evidence = await opening.value
    await expect(evidence.get_by_text("criteria proven")).to_be_visible()
    await picture(evidence, "8-evidence")
    await evidence.get_by_role("link", name="WHEN a client sends a valid book").click()
    await expect(evidence.get_by_role("heading", name="Mara said").first).to_be_visible()
    await expect(evidence.get_by_text(re.compile(r"pytest tests/api/test_books\.py")).first).to_be_visible()
    await picture(evidence, "9-chain")


async def try_it(browser: BrowserContext, page: Page) -> None:
    """Start the service from the message, and list and add a book on its page."""
    async with browser.expect_page() as opening:
        await page.get_by_test_id("thread").locator(".message").last.get_by_text("Try it", exact=True).click()
    trial = await opening.value
    await expect(trial.get_by_text("with a few rows to play with")).to_be_visible()
    listing = trial.locator("details", has_text=re.compile(r"GET\s+/api/v1/books\s")).first
    await listing.locator("summary").click()
    await listing.get_by_role("button", name="Send").click()
    await expect(listing.locator("output")).to_contain_text("200 OK")
    await expect(listing.locator("output")).to_contain_text('"items": [')
    adding = trial.locator("details", has_text=re.compile(r"POST\s+/api/v1/books\s")).first
    await adding.locator("summary").click()
    await adding.get_by_role("button", name="Send").click()
    await expect(adding.locator("output")).to_contain_text(re.compile(r"^POST /api/v1/books\s+201"))
    await picture(trial, "10-try-it")
    assert await trial.evaluate("document.fonts.size") == 0, "nothing from outside"


async def picture(page: Page, name: str) -> None:
    """Keep a screenshot for CI."""
    await page.screenshot(path=ARTIFACTS / f"{name}.png")
