"""Rooms of the page in which nothing was said yet, who joined them, and what is completed of a digest."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from bot.local_workspace.workspace import Workspace
from tests.local_workspace.driving import PersonAtWork, bolt_app, connected, web_client

pytestmark = pytest.mark.browser


async def test_the_empty_messages_of_the_bot_say_what_to_do(workspace: Workspace, page: Page) -> None:
    await page.get_by_test_id("channel-planthread").click()
    await expect(page.get_by_text("Write here what you need")).to_be_visible()
    await page.get_by_test_id("idea-1").click()
    value = await page.get_by_test_id("composer").input_value()
    assert value.startswith("a library: books")
    await page.get_by_test_id("composer").press("Enter")
    await expect(page.locator("article").get_by_text("a library: books")).to_be_visible()
    await expect(page.get_by_text("Write here what you need")).to_be_hidden()


async def test_a_quiet_channel_says_how_a_plan_begins_in_it_and_who_joined(
    workspace: Workspace, page: Page, jon: PersonAtWork
) -> None:
    await page.get_by_test_id("channel-backend").click()
    await expect(page.get_by_text("Nothing was said in #backend yet")).to_be_visible()
    await web_client(workspace).conversations_join(channel="C0BACKEND")
    joined = page.locator("article.channel_join")
    await expect(joined).to_contain_text("joined this channel")
    await expect(joined).not_to_contain_text("has joined the channel")
    await expect(page.get_by_text("Nothing was said in #backend yet")).to_be_visible()
    await page.get_by_role("button", name="Begin a plan here").click()
    await expect(page.get_by_test_id("composer")).to_have_value("/plan new ")
    await jon.say("hello", channel="backend")
    await expect(page.get_by_text("Nothing was said in #backend yet")).to_be_hidden()


async def test_the_head_of_a_channel_says_whether_the_bot_is_in_it(workspace: Workspace, page: Page) -> None:
    await page.get_by_test_id("channel-backend").click()
    about = page.locator("#channel-purpose")
    await expect(about).to_have_text("Backend talk; Planthread hasn't joined yet")
    await web_client(workspace).conversations_join(channel="C0BACKEND")
    await expect(about).to_have_text("Backend talk")


async def test_what_follows_a_verb_is_completed_too(page: Page) -> None:
    composer = page.get_by_test_id("composer")
    await composer.press_sequentially("/plan digest w")
    await expect(page.get_by_role("option", name="weekly mon 09:00")).to_be_visible()
    await expect(page.get_by_role("option", name="snooze 3d")).to_have_count(0)
    await composer.press("Tab")
    await expect(composer).to_have_value("/plan digest weekly mon 09:00")
    await composer.fill("")
    await composer.press_sequentially("/plan c")
    await expect(page.get_by_role("option", name="/plan cancel")).to_contain_text("End a plan for good")


async def test_a_long_form_scrolls_in_one_place(workspace: Workspace, page: Page) -> None:
    app = bolt_app(workspace)
    text = "```" + "\n".join(f"- [ ] {number}. A task with a name" for number in range(60)) + "```"
    section = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Documents"}, "blocks": [section] * 3}

    @app.command("/plan")
    async def plan(ack: Any, body: Any, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    async with connected(app, workspace):
        await page.get_by_test_id("composer").fill("/plan show")
        await page.get_by_test_id("composer").press("Enter")
        await expect(page.get_by_role("dialog")).to_be_visible()
        scrolling = await page.evaluate(
            """[...document.querySelectorAll("dialog, dialog *")]
            .filter((each) => /auto|scroll/.test(getComputedStyle(each).overflowY))
            .filter((each) => each.scrollHeight > each.clientHeight + 1).map((each) => each.className)"""
        )
        assert scrolling == ["modal-body"]
