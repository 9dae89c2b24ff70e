"""The pages in a browser: nothing is blocked by their own policy, and the clone address can be copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from tests.web.conftest import Served


@pytest.mark.browser
async def test_pages_open_cleanly_and_the_address_is_copied(served: Served, chromium: Path) -> None:
    complaints: list[str] = []
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(chromium), args=arguments)
        page = await browser.new_page(base_url=served.url)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        await page.goto("/repositories")
        await page.click("text=library")
        await page.click("button[data-copy]")
        await page.wait_for_selector("button:text-matches('Copied|Selected')")
        await page.click("text=Commits")
        await page.click("text=Add <books>")
        assert await page.locator(".added", has_text="create_app").count() == 1
        await page.goto("/repositories/library/file/app/main.py#L2")
        line = page.locator("#L2")
        assert "return" in await line.inner_text()
        lines = await page.locator(".highlight code > span").count()
        assert lines == 2
        await browser.close()
    assert [complaint for complaint in complaints if "dot.png" not in complaint and "decod" not in complaint] == []
