"""The Home tab of the bot on the page, in headless Chromium."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from bot.local_workspace.workspace import Workspace
from tests.local_workspace.driving import bolt_app, connected
from tests.local_workspace.test_page import picture

pytestmark = pytest.mark.browser


def home_of(person: str, count: int) -> dict[str, Any]:
    """Return a Home tab with a button."""
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": f"Hello {person}, {count}"}},
            {
                "type": "section",
                "text": {"type": "mrkdwn", "text": "*Parking* waits for you"},
                "accessory": {
                    "type": "button",
                    "action_id": "open:1",
                    "value": "parking",
                    "text": {"type": "plain_text", "text": "Open"},
                },
            },
        ],
    }


def greeter(workspace: Workspace) -> Any:
    """Return a bot that draws the tab when it is opened, and again when its button is pressed."""
    app = bolt_app(workspace)
    pressed: list[str] = []

    @app.event("app_home_opened")
    async def opened(event: Any, client: Any) -> None:
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view=home_of(event["user"], len(pressed)))

    @app.action("open:1")
    async def press(ack: Any, action: Any, body: Any, client: Any) -> None:
        await ack()
        pressed.append(action["value"])
        await client.views_publish(user_id=body["user"]["id"], view=home_of(body["user"]["id"], len(pressed)))

    return app


async def test_the_home_tab_is_opened_used_and_left(workspace: Workspace, page: Page) -> None:
    async with connected(greeter(workspace), workspace):
        await expect(page.get_by_role("tab", name="Home")).to_be_hidden()
        await page.get_by_test_id("channel-planthread").click()
        await expect(page.get_by_role("tab", name="Messages")).to_have_attribute("aria-selected", "true")
        await page.get_by_role("tab", name="Home").click()
        home = page.get_by_test_id("home")
        await expect(home).to_contain_text("Hello U0MARA, 0")
        await expect(page.get_by_test_id("composer")).to_be_hidden()
        await expect(page.get_by_text("Write here what you need")).to_be_hidden()
        await picture(page, "home-tab")
        await home.get_by_role("button", name="Open").click()
        await expect(home).to_contain_text("Hello U0MARA, 1")
        await page.get_by_test_id("person-Jon").click()
        await expect(home).to_contain_text("Hello U0JON, 1")
        await expect(page.get_by_test_id("channel-planthread")).to_have_attribute("aria-current", "page")
        await page.get_by_role("tab", name="Messages").click()
        await expect(home).to_be_hidden()
        await expect(page.get_by_test_id("composer")).to_be_visible()
        await expect(page.get_by_text("Write here what you need")).to_be_visible()
        await page.get_by_test_id("channel-general").click()
        await expect(page.get_by_role("tab", name="Home")).to_be_hidden()
