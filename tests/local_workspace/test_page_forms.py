"""What is filled in and not sent yet outlives a form on top of it, and a refusal is seen, in headless Chromium."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from bot.local_workspace.workspace import Workspace
from tests.local_workspace.driving import bolt_app, connected

pytestmark = pytest.mark.browser


def words(text: str) -> dict[str, str]:
    """Return a plain text of a form."""
    return {"type": "plain_text", "text": text}


def entry(name: str, label: str, element: dict[str, Any]) -> dict[str, Any]:
    """Return an optional field."""
    return {
        "type": "input", "block_id": name, "optional": True, "label": words(label),
        "element": {"action_id": "value", **element},
    }  # fmt: skip


LENGTHS = {"short": "Short", "long": "A long choice, which takes two lines of the form. "}
OPTIONS = [{"text": words(text.strip()), "value": value} for value, text in LENGTHS.items()]
RULES = {
    "type": "section",
    "block_id": "rules",
    "text": {"type": "mrkdwn", "text": "*House rules*"},
    "accessory": {"type": "button", "action_id": "rules", "text": words("House rules")},
}
SETTINGS = {
    "type": "modal", "callback_id": "settings", "title": words("Settings"), "submit": words("Save"),
    "blocks": [
        entry("who", "Who", {"type": "multi_users_select"}),
        entry("size", "Size", {"type": "radio_buttons", "options": OPTIONS, "initial_option": OPTIONS[0]}),
        entry("features", "Features", {"type": "multi_static_select", "options": OPTIONS}),
        entry("text", "Text", {"type": "plain_text_input", "multiline": True}),
        *(entry(f"line{number}", f"Line {number}", {"type": "plain_text_input"}) for number in range(9)),
        entry("digest", "Digest", {"type": "plain_text_input"}),
        RULES,
    ],
}  # fmt: skip
HOUSE_RULES = {
    "type": "modal", "callback_id": "house_rules", "title": words("Rules of the house"), "submit": words("Save"),
    "blocks": [entry("part1", "Part 1", {"type": "plain_text_input", "multiline": True})],
}  # fmt: skip


def keeper(workspace: Workspace, sent: list[dict[str, Any]]) -> Any:
    """Return a bot with a form, and another on top of it; the first one is refused once for its digest."""
    app = bolt_app(workspace)

    @app.command("/plan")
    async def plan(ack: Any, body: Any, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=SETTINGS)

    @app.action("rules")
    async def rules(ack: Any, body: Any, client: Any) -> None:
        await ack()
        await client.views_push(trigger_id=body["trigger_id"], view=HOUSE_RULES)

    @app.view("house_rules")
    async def house_rules(ack: Any) -> None:
        await ack()

    @app.view("settings")
    async def settings(ack: Any, view: Any) -> None:
        sent.append(view["state"]["values"])
        if len(sent) == 1:
            await ack(response_action="errors", errors={"digest": "That is no time of day."})
        else:
            await ack()

    return app


async def test_what_was_filled_in_is_there_again_after_a_form_on_top_and_a_refusal_is_in_sight(
    workspace: Workspace, page: Page
) -> None:
    sent: list[dict[str, Any]] = []
    form = page.get_by_test_id("modal")
    async with connected(keeper(workspace, sent), workspace):
        await page.get_by_test_id("composer").fill("/plan settings")
        await page.get_by_test_id("composer").press("Enter")
        await form.get_by_label("Jon").check()
        await form.get_by_role("group", name="Size").get_by_label("A long choice").check()
        await form.get_by_role("group", name="Features").get_by_label("Short").check()
        await form.get_by_role("textbox", name="Text").fill("two\nlines")
        await form.get_by_role("textbox", name="Digest").fill("daily at noon")
        boxes = "[...document.querySelectorAll('#modal .choices input')]"
        sizes = await page.evaluate(f"{boxes}.map((each) => each.getBoundingClientRect().width)")
        assert set(sizes) == {16}

        for leave in ("modal-submit", "Cancel"):
            await form.get_by_role("button", name="House rules").click()
            await expect(page.locator("#modal-title")).to_have_text("Rules of the house")
            await form.get_by_role("textbox", name="Part 1").fill("- H1: be kind")
            button = form.get_by_test_id(leave) if leave == "modal-submit" else form.get_by_role("button", name=leave)
            await button.click()
            await expect(page.locator("#modal-title")).to_have_text("Settings")
            await expect(form.get_by_label("Jon")).to_be_checked()
            await expect(form.get_by_role("group", name="Size").get_by_label("A long choice")).to_be_checked()
            await expect(form.get_by_role("group", name="Features").get_by_label("Short")).to_be_checked()
            await expect(form.get_by_role("textbox", name="Text")).to_have_value("two\nlines")
            await expect(form.get_by_role("textbox", name="Digest")).to_have_value("daily at noon")

        await page.evaluate("document.querySelector('.modal-body').scrollTop = 0")
        await form.get_by_test_id("modal-submit").click()
        await expect(form.get_by_text("That is no time of day.")).to_be_in_viewport(ratio=1)
        await form.get_by_test_id("modal-submit").click()
        await expect(form).to_be_hidden()
    assert sent[1]["who"]["value"]["selected_users"] == ["U0JON"]
    assert sent[1]["size"]["value"]["selected_option"]["value"] == "long"

    async with connected(keeper(workspace, sent), workspace):
        await page.get_by_test_id("composer").fill("/plan settings")
        await page.get_by_test_id("composer").press("Enter")
        await expect(form.get_by_label("Jon")).not_to_be_checked()  # a form that is opened anew begins anew
