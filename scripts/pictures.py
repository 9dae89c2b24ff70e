"""`make pictures`: plans and builds a small library in a browser, as people do, and takes the README's pictures of it.

docs/images/chain.png           one criterion, from the message to the test that passes
docs/images/local-workspace.png the local workspace while the plan builds
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright, expect

from bot.cli.local_run import free_port
from tests.conftest import find_chromium

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
IDEA = (
    "/plan new a library: books with a title, an ISBN and a price; members with a name and an e-mail; "
    "a member borrows many books; a lent book can't be lent again"
)
CRITERION = re.compile("lent|loan", re.IGNORECASE)
FLAGS = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"]
PATIENCE_MS = 600_000


def main() -> int:
    """Take the pictures; return 1 where there is no Chromium."""
    chromium = find_chromium()
    if chromium is None:
        sys.stderr.write("There is no Chromium on this machine. Install one (Debian: apt-get install chromium).\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="planthread-pictures-", ignore_cleanup_errors=True) as folder:
        log = Path(folder) / "local.log"
        arguments = ["local", "--port", str(free_port("127.0.0.1", 29_000)), "--data", f"{folder}/data", "--no-open"]
        with log.open("wb") as output:
            product = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", *arguments], stdout=output, stderr=output, env=dict(os.environ)
            )
        try:
            asyncio.run(take(chromium, address_in(log, product)))
        finally:
            product.terminate()
            product.wait()
    return 0


def address_in(log: Path, product: subprocess.Popen[bytes]) -> str:
    """Return the address that the product prints once it is ready. Raises RuntimeError where it ends before."""
    while product.poll() is None:
        told = re.search(r"Planthread is ready: (\S+)", log.read_text(encoding="utf-8"))
        if told:
            return told[1]
        time.sleep(0.1)
    raise RuntimeError(log.read_text(encoding="utf-8"))


async def take(chromium: Path, address: str) -> None:
    """Live the story, and keep what is seen."""
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = await browser.new_context(viewport={"width": 1360, "height": 860}, device_scale_factor=1.5)
        context.set_default_timeout(PATIENCE_MS)
        page = await context.new_page()
        await page.goto(address)
        await plan_and_approve(page)
        thread = page.get_by_test_id("thread")
        await expect(thread.get_by_text(re.compile(r"\b(9|1\d) of \d+ tasks")).first).to_be_visible()
        await thread.locator(".message").first.scroll_into_view_if_needed()
        await page.mouse.move(2, 2)
        await page.screenshot(path=IMAGES / "local-workspace.png")
        await expect(thread.get_by_text("Library is ready")).to_be_visible()
        async with context.expect_page() as opening:
            await thread.locator(".message").first.get_by_text("Evidence", exact=True).click()
        evidence = await opening.value
        await evidence.wait_for_load_state()
        await take_chain(browser, evidence)
        await browser.close()


async def plan_and_approve(page: Page) -> None:
    """Say the idea, leave what is asked to the bot, and approve."""
    await page.get_by_test_id("composer").fill(IDEA)
    await page.get_by_test_id("composer").press("Enter")
    thread = page.get_by_test_id("thread")
    await expect(thread.get_by_text("1.").first).to_be_visible()
    await page.get_by_test_id("thread-composer").fill("you decide")
    await page.get_by_test_id("thread-composer").press("Enter")
    await thread.get_by_role("button", name="Approve and build").click()


async def take_chain(browser: Browser, evidence: Page) -> None:
    """Keep the chain of a criterion that somebody's rule became: up to its first built task."""
    links = evidence.get_by_role("link").filter(has_text=re.compile("THE System SHALL"))
    address = await links.filter(has_text=CRITERION).last.evaluate("link => link.href")
    narrow = await browser.new_context(viewport={"width": 860, "height": 1200}, device_scale_factor=1.5)
    page = await narrow.new_page()
    await page.goto(address)
    chain = page.locator("ol.chain")
    await chain.evaluate(
        "list => { list.style.padding = '20px'; [...list.children].slice(4).forEach(e => e.remove()) }"
    )
    await chain.screenshot(path=IMAGES / "chain.png")


if __name__ == "__main__":
    sys.exit(main())
