"""What tests of the local workspace share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, async_playwright, expect

from bot.local_workspace.workspace import Workspace
from tests.local_workspace.people import jon, mara, workspace

__all__ = ["jon", "mara", "workspace"]

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture
async def browser(chromium: Path) -> AsyncIterator[BrowserContext]:
    """A fresh browser profile."""
    expect.set_options(timeout=60_000)
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = await launched.new_context(viewport={"width": 1360, "height": 850}, color_scheme="light")
        yield context
        await launched.close()


@pytest.fixture
async def page(browser: BrowserContext, workspace: Workspace) -> AsyncIterator[Page]:
    """The page, opened as Mara; a script error or a refused asset fails the test."""
    page = await browser.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    await page.goto(workspace.options.address)
    await expect(page.get_by_test_id("channel-general")).to_be_visible()
    yield page
    assert problems == []
