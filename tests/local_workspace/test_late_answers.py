"""The page in headless Chromium where an answer of the server comes late: nothing that happened meanwhile is undone."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from bot.local_workspace.workspace import Workspace
from tests.local_workspace.driving import PersonAtWork, web_client

pytestmark = pytest.mark.browser


async def test_a_late_answer_undoes_nothing_that_happened_meanwhile(page: Page, jon: PersonAtWork) -> None:
    await jon.say("said before", channel="backend")

    async def answer_late(route: Route) -> None:
        answer = await route.fetch()
        await jon.say("said meanwhile", channel="backend")
        await expect(page.get_by_text("said meanwhile")).to_be_visible()
        await route.fulfill(response=answer)

    await page.route("**/workspace/messages?*channel=C0BACKEND*", answer_late, times=1)
    await page.get_by_test_id("channel-backend").click()
    await expect(page.get_by_text("said before")).to_be_visible()
    await expect(page.get_by_text("said meanwhile")).to_be_visible()


async def test_an_answer_that_a_newer_one_overtook_undoes_nothing(page: Page, jon: PersonAtWork) -> None:
    await jon.say("said before", channel="backend")
    was_asked, may_answer = asyncio.Event(), asyncio.Event()

    async def answer_late(route: Route) -> None:
        answer = await route.fetch()
        was_asked.set()
        await may_answer.wait()
        await route.fulfill(response=answer)

    address = "**/workspace/messages?*channel=C0BACKEND*"
    await page.route(address, answer_late, times=1)
    await page.get_by_test_id("channel-backend").click()
    await was_asked.wait()
    await page.get_by_test_id("channel-general").click()
    await jon.say("said meanwhile", channel="backend")
    await expect(page.get_by_test_id("channel-backend").locator(".badge")).to_be_visible()
    await page.get_by_test_id("channel-backend").click()
    await expect(page.get_by_text("said meanwhile")).to_be_visible()

    async with page.expect_response(address) as overtaken:
        may_answer.set()
    await (await overtaken.value).finished()
    await page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")

    await expect(page.get_by_text("said before")).to_be_visible()
    await expect(page.get_by_text("said meanwhile")).to_be_visible()


async def test_a_late_answer_about_the_channels_leaves_no_badge(
    workspace: Workspace, page: Page, jon: PersonAtWork
) -> None:
    badge = page.get_by_test_id("channel-backend").locator(".badge")
    await jon.say("please look", channel="backend")
    await expect(badge).to_have_text("1")

    async def answer_late(route: Route) -> None:
        answer = await route.fetch()
        await page.get_by_test_id("channel-backend").click()
        await expect(page.get_by_text("please look")).to_be_visible()
        await expect(badge).to_have_count(0)
        await route.fulfill(response=answer)

    await page.route("**/workspace/state?*", answer_late, times=1)
    async with page.expect_response("**/workspace/read"), page.expect_response("**/workspace/state?*"):
        await web_client(workspace).conversations_join(channel="C0BACKEND")
    await expect(page.locator("#channel-members").get_by_title("Planthread")).to_be_visible()
    await expect(badge).to_have_count(0)
