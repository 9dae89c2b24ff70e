"""The page with files: several at once go with the words that are written, and stand in the message."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from bot.local_workspace.workspace import Workspace
from tests.local_workspace.driving import PersonAtWork, bolt_app, connected
from tests.local_workspace.test_page import ARTIFACTS

pytestmark = pytest.mark.browser

PLANS = [
    {"name": "tasks.md", "mimeType": "text/markdown", "buffer": b"- [ ] 1. Begin\n"},
    {"name": "plans.zip", "mimeType": "application/zip", "buffer": b"PK\x05\x06" + bytes(18)},
]


async def test_files_go_with_the_words_that_are_written(workspace: Workspace, page: Page, mara: PersonAtWork) -> None:
    await page.get_by_test_id("channel-general").click()
    composer = page.get_by_test_id("composer")
    await composer.fill("@planthread please")
    await page.locator("#composer-file").set_input_files(PLANS)  # type: ignore[arg-type]  # Playwright's own type is closed
    shared = page.locator("#channel .message .file")
    await expect(shared).to_have_count(2)
    await expect(composer).to_have_value("")
    await expect(shared.first).to_contain_text("tasks.md")
    await expect(shared.last).to_contain_text("plans.zip")
    (message,) = [one for one in (await mara.get("messages", channel="general"))["messages"] if one.get("files")]
    assert message["text"] == "<@U0PLANTHREAD> please"
    assert [file["name"] for file in message["files"]] == ["tasks.md", "plans.zip"]
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=ARTIFACTS / "files.png")


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
