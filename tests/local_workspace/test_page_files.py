"""The page with files: they wait beside the words, go with them, and stand in the message."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from playwright.async_api import Page, expect

from bot.local_workspace.workspace import Workspace
from tests.local_workspace.driving import PATIENCE_SECONDS, PersonAtWork, bolt_app, connected
from tests.local_workspace.test_page import ARTIFACTS

pytestmark = pytest.mark.browser

PLANS = [
    {"name": "tasks.md", "mimeType": "text/markdown", "buffer": b"- [ ] 1. Begin\n"},
    {"name": "plans.zip", "mimeType": "application/zip", "buffer": b"PK\x05\x06" + bytes(18)},
]


async def shared_with_files(person: PersonAtWork, count: int) -> list[dict[str, Any]]:
    """Wait for so many messages with files in the channel, and return them."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            listed = (await person.get("messages", channel="general"))["messages"]
            found = [message for message in listed if message.get("files")]
            if len(found) >= count:
                return found
            await asyncio.sleep(0.02)


async def test_chosen_files_wait_for_the_words_and_are_sent_with_them(
    workspace: Workspace, page: Page, mara: PersonAtWork
) -> None:
    await page.get_by_test_id("channel-general").click()
    composer = page.get_by_test_id("composer")
    await page.locator("#composer-file").set_input_files(PLANS)  # type: ignore[arg-type]  # Playwright's own type is closed
    chips = page.get_by_test_id("composer-files").get_by_role("listitem")
    await expect(chips).to_have_count(2)
    await expect(chips.first).to_contain_text("tasks.md")
    await expect(chips.first).to_contain_text("15 bytes")
    await expect(composer).to_be_focused()
    await composer.fill("@planthread please")
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=ARTIFACTS / "files-chosen.png")
    assert not [one for one in (await mara.get("messages", channel="general"))["messages"] if one.get("files")]
    await composer.press("Enter")
    shared = page.locator("#channel .message .file")
    await expect(shared).to_have_count(2)
    await expect(composer).to_have_value("")
    await expect(chips).to_have_count(0)
    await expect(shared.first).to_contain_text("tasks.md")
    await expect(shared.last).to_contain_text("plans.zip")
    (message,) = await shared_with_files(mara, 1)
    assert message["text"] == "<@U0PLANTHREAD> please"
    assert [file["name"] for file in message["files"]] == ["tasks.md", "plans.zip"]
    await page.screenshot(path=ARTIFACTS / "files.png")


async def test_a_file_is_taken_back_and_the_other_one_sent_without_words(
    workspace: Workspace, page: Page, mara: PersonAtWork
) -> None:
    await page.get_by_test_id("channel-general").click()
    send = page.get_by_test_id("composer-send")
    await expect(send).to_be_disabled()
    await page.locator("#composer-file").set_input_files(PLANS)  # type: ignore[arg-type]  # as above
    await page.get_by_role("button", name="Don't send plans.zip").click()
    await expect(page.get_by_test_id("composer-files").get_by_role("listitem")).to_have_count(1)
    await send.click()
    (message,) = await shared_with_files(mara, 1)
    assert (message["text"], [file["name"] for file in message["files"]]) == ("", ["tasks.md"])
    await expect(send).to_be_disabled()


async def test_a_command_takes_no_files_and_nothing_is_lost(workspace: Workspace, page: Page) -> None:
    await page.get_by_test_id("channel-general").click()
    composer = page.get_by_test_id("composer")
    await page.locator("#composer-file").set_input_files(PLANS)  # type: ignore[arg-type]  # as above
    await composer.fill("/plan new a library")
    await page.get_by_test_id("composer-send").click()
    await expect(page.locator(".toast")).to_contain_text("/plan takes no files. Write it as a message that begins with")
    await expect(composer).to_have_value("/plan new a library")
    await expect(page.get_by_test_id("composer-files").get_by_role("listitem")).to_have_count(2)


async def test_a_form_takes_files(workspace: Workspace, page: Page) -> None:
    app, sent = bolt_app(workspace), []
    element = {"type": "file_input", "action_id": "value", "max_files": 2}
    files = {"type": "input", "block_id": "files", "label": words("Files"), "element": element}
    view: dict[str, Any] = {"type": "modal", "callback_id": "import", "title": words("Import"), "submit": words("Send")}
    view |= {"blocks": [files]}

    @app.command("/plan")
    async def plan(ack: Any, command: Any, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=command["trigger_id"], view=view)

    @app.view("import")
    async def take(ack: Any, view: Any) -> None:
        sent.append(view["state"]["values"]["files"]["value"])
        await ack()

    async with connected(app, workspace):
        await page.get_by_test_id("channel-general").click()
        await page.get_by_test_id("composer").fill("/plan import")
        await page.get_by_test_id("composer").press("Enter")
        field = page.get_by_label("Choose files")
        await field.set_input_files(PLANS)  # type: ignore[arg-type]  # as above
        await expect(page.locator(".chosen-files li")).to_have_text(["tasks.md", "plans.zip"])
        await page.get_by_test_id("modal-submit").click()
        await expect(page.locator("#modal")).to_be_hidden()
    (state,) = sent
    assert [file["name"] for file in state["files"]] == ["tasks.md", "plans.zip"]


def words(text: str) -> dict[str, str]:
    """Return a plain text."""
    return {"type": "plain_text", "text": text}
