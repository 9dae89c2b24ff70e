"""The menu of a message and the fields of a form, in headless Chromium, by click and by key."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page, expect

from bot.local_workspace.workspace import Workspace
from tests.local_workspace.driving import PersonAtWork, bolt_app, connected, until
from tests.local_workspace.test_page import picture
from tests.local_workspace.test_shortcuts_and_fields import FORM

pytestmark = pytest.mark.browser


def planner(workspace: Workspace, arrived: list[dict[str, Any]]) -> Any:
    """Return a bot that answers shortcuts in the thread, and takes a form."""
    app = bolt_app(workspace)

    @app.message_shortcut("plan_this")
    async def plan_this(ack: Any, shortcut: Any, client: Any) -> None:
        await ack()
        message = shortcut["message"]
        await client.chat_postMessage(channel="C0GENERAL", thread_ts=message["ts"], text=f"Plan: {message['text']}")

    @app.message_shortcut("make_this_a_change")
    async def change(ack: Any, shortcut: Any, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=FORM)

    @app.view("fields")
    async def fields(ack: Any, view: Any) -> None:
        await ack()
        arrived.append(view["state"]["values"])

    return app


async def test_the_menu_of_a_message_is_used_by_click_and_its_thread_opens(
    workspace: Workspace,
    page: Page,
    jon: PersonAtWork,
) -> None:
    async with connected(planner(workspace, []), workspace):
        await jon.say("a library")
        message = page.get_by_test_id("message").first
        await message.hover()
        await message.get_by_test_id("more").click()
        await expect(page.get_by_role("menu", name="More actions")).to_be_visible()
        await picture(page, "menu-of-a-message")
        await page.get_by_role("menuitem", name="Plan this").click()
        await expect(page.get_by_test_id("thread")).to_contain_text("Plan: a library")
        await expect(page.get_by_role("menu")).to_have_count(0)


async def test_the_menu_is_walked_with_keys_and_gives_the_focus_back(
    workspace: Workspace,
    page: Page,
    mara: PersonAtWork,
) -> None:
    arrived: list[dict[str, Any]] = []
    async with connected(planner(workspace, arrived), workspace):
        await mara.say("add pages")
        more = page.get_by_test_id("more").first
        await more.focus()
        await expect(more).to_have_attribute("aria-expanded", "false")
        await page.keyboard.press("Enter")
        await expect(more).to_have_attribute("aria-expanded", "true")
        await expect(page.get_by_role("menuitem", name="Plan this")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(more).to_be_focused()
        await expect(more).to_have_attribute("aria-expanded", "false")
        await page.keyboard.press("Enter")
        await page.keyboard.press("ArrowDown")
        await expect(page.get_by_role("menuitem", name="Make this a change")).to_be_focused()
        await page.keyboard.press("ArrowDown")
        await expect(page.get_by_role("menuitem", name="Plan this")).to_be_focused()
        await page.keyboard.press("End")
        await page.keyboard.press("Enter")

        form = page.get_by_test_id("modal")
        await expect(form).to_be_visible()
        await form.get_by_role("group", name="Who (optional)").get_by_label("Jon").check()
        where = form.get_by_role("combobox", name="Where")
        await expect(where.get_by_role("option")).to_have_text(["Choose…", "#general", "#backend", "#leads"])
        await where.select_option("C0LEADS")
        await form.get_by_role("spinbutton", name="How many").fill("11")
        await picture(page, "fields-of-a-form")
        await form.get_by_test_id("modal-submit").click()
        await expect(form).to_contain_text("Please choose a number that is at most 10.")
        await form.get_by_role("spinbutton", name="How many").fill("3")
        await form.get_by_test_id("modal-submit").click()
        await until(lambda: arrived)
        await expect(form).not_to_be_visible()
    assert arrived[0]["people"]["value"]["selected_users"] == ["U0JON"]
    assert arrived[0]["where"]["value"]["selected_conversation"] == "C0LEADS"
    assert arrived[0]["number"]["value"]["value"] == "3"


async def test_on_a_narrow_screen_the_menu_stays_inside(
    workspace: Workspace,
    browser: BrowserContext,
    mara: PersonAtWork,
) -> None:
    await mara.say("a library")
    narrow = await browser.new_page()
    await narrow.set_viewport_size({"width": 380, "height": 700})
    await narrow.goto(workspace.options.address)
    more = narrow.get_by_test_id("more").first
    await more.focus()
    await narrow.keyboard.press("Enter")
    box = await narrow.get_by_role("menu").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 380
    assert box["y"] + box["height"] <= 700
    await picture(narrow, "menu-narrow")
