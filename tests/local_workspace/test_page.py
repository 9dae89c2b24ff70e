"""The page in headless Chromium: what a newcomer clicks and types, live and in place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from bot.local_workspace.workspace import Workspace
from tests.local_workspace.driving import PersonAtWork, bolt_app, connected, web_client
from tests.local_workspace.test_bolt import APPROVE, MODAL

ARTIFACTS = Path(__file__).resolve().parents[2] / "test-artifacts" / "local_workspace"

pytestmark = pytest.mark.browser


def planner(workspace: Workspace) -> Any:
    """Return a bot with a card, a question in its thread, a digest, an approval and a modal."""
    app = bolt_app(workspace)

    @app.command("/plan")
    async def plan(ack: Any, command: Any, client: Any) -> None:
        await ack("Noted.")
        if command["text"].startswith("new"):
            await begin_plan(client, command["channel_id"], command["text"])
            return
        marked = {"event_type": "planthread", "event_payload": {"key": "digest/now/1"}}
        await client.chat_postMessage(channel=command["channel_id"], text="Digest: one plan", metadata=marked)

    @app.event("message")
    async def message(event: Any, client: Any) -> None:
        if event.get("thread_ts"):
            channel, thread_ts = event["channel"], event["thread_ts"]
            answered = [{"type": "section", "text": {"type": "mrkdwn", "text": "*For review*"}}, APPROVE]
            await client.chat_postMessage(channel=channel, thread_ts=thread_ts, text="For review", blocks=answered)
        elif event["channel_type"] == "im":
            await begin_plan(client, event["channel"], event["text"])

    @app.action("approve")
    async def approve(ack: Any, body: Any, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.view("changes")
    async def changes(ack: Any, client: Any, view: Any) -> None:
        await ack()
        sentence = view["state"]["values"]["what"]["sentence"]["value"]
        await client.chat_postMessage(channel="C0GENERAL", text=f"Changed: {sentence}")

    return app


async def begin_plan(client: Any, channel: str, words: str) -> None:
    """Post a plan's card, marked as the bot marks it, and a question in its thread."""
    marked = {"event_type": "planthread", "event_payload": {"key": f"{words[:20]}/card"}}
    head = await client.chat_postMessage(channel=channel, text=f"Plan: {words[:20]}", metadata=marked)
    await client.chat_postMessage(channel=channel, thread_ts=head["ts"], text="Who may add books?", blocks=[])


async def write(page: Page, text: str) -> None:
    """Write something in the channel."""
    await page.get_by_test_id("composer").fill(text)
    await page.get_by_test_id("composer").press("Enter")


async def picture(page: Page, name: str) -> None:
    """Keep a picture of the page."""
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=ARTIFACTS / f"{name}.png")


async def test_a_newcomer_clicks_an_idea_answers_in_the_thread_and_sends_a_form(
    workspace: Workspace, page: Page
) -> None:
    composer, thread = page.get_by_test_id("composer"), page.get_by_test_id("thread")
    async with connected(planner(workspace), workspace):
        await expect(page.locator("#presence")).to_have_text("bot is here")
        for number in (1, 2, 3):
            await page.get_by_test_id(f"idea-{number}").click()
            await expect(composer).to_have_value(re.compile("^/plan new a "))
        await page.get_by_test_id("composer-send").click()

        await expect(thread.get_by_text("Who may add books?")).to_be_visible()
        await expect(page.get_by_text("Only visible to you")).to_be_visible()
        await page.get_by_test_id("thread-composer").fill("only librarians")
        await page.get_by_test_id("thread-composer").press("Enter")
        await expect(thread.locator(".message")).to_have_count(4)
        await expect(page.locator("#channel").get_by_test_id("replies")).to_contain_text("3 replies")

        await thread.get_by_role("button", name="Approve").click()
        modal = page.get_by_test_id("modal")
        await page.get_by_test_id("modal-submit").click()
        await expect(modal.get_by_text("Please complete this required field.")).to_be_visible()
        await modal.get_by_role("textbox", name="What should change?").fill("two decimals")
        await page.get_by_test_id("modal-submit").click()
        await expect(modal).to_be_hidden()
        await expect(page.locator("#channel").get_by_text("Changed: two decimals")).to_be_visible()

    await expect(page.locator("#presence")).to_have_text("bot is away")
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=ARTIFACTS / "conversation.png")


async def test_an_edit_changes_a_message_in_place_and_keeps_the_focus(workspace: Workspace, page: Page) -> None:
    client = web_client(workspace)
    posted = await client.chat_postMessage(channel="C0GENERAL", text="x", blocks=[APPROVE])
    article = page.locator(f'[data-ts="{posted["ts"]}"]')
    await article.get_by_role("button", name="Approve").focus()
    await page.evaluate("ts => { document.querySelector(`[data-ts='${ts}']`).kept = true; }", posted["ts"])

    tasks = [
        {"task_id": "1", "title": "Foundation", "status": "complete"},
        {"task_id": "2", "title": "Data layer", "status": "in_progress"},
        {"task_id": "3", "title": "Rules", "status": "error"},
    ]
    plan = {"type": "plan", "title": "Office library", "tasks": tasks}
    await client.chat_update(channel="C0GENERAL", ts=posted["ts"], text="x", blocks=[plan, APPROVE])

    await expect(article.locator(".task.complete")).to_have_text("Foundation")
    await expect(article.locator(".task.error")).to_have_text("Rules")
    await expect(article.get_by_role("button", name="Approve")).to_be_focused()
    kept = await page.evaluate("ts => document.querySelector(`[data-ts='${ts}']`).kept", posted["ts"])
    assert kept


async def test_an_open_thread_stays_until_one_asks_for_another_plan(workspace: Workspace, page: Page) -> None:
    thread = page.get_by_test_id("thread")
    async with connected(planner(workspace), workspace):
        await write(page, "/plan new a library")
        await expect(thread.get_by_text("Plan: new a library")).to_be_visible()
        await write(page, "/plan digest now")
        await expect(page.locator("#channel").get_by_text("Digest: one plan")).to_be_visible()
        await begin_plan(web_client(workspace), "C0GENERAL", "of someone else")
        await expect(page.locator("#channel").get_by_text("Plan: of someone else")).to_be_visible()
        await expect(thread.get_by_text("Plan: new a library")).to_be_visible()
        await picture(page, "thread-stays")
        await write(page, "/plan new a clinic")
        await expect(thread.get_by_text("Plan: new a clinic")).to_be_visible()


async def test_a_plan_of_a_direct_message_opens_its_thread(workspace: Workspace, page: Page) -> None:
    async with connected(planner(workspace), workspace):
        await page.get_by_test_id("channel-planthread").click()
        await write(page, "a library with books")
        await expect(page.get_by_test_id("thread").get_by_text("Plan: a library with books")).to_be_visible()
        await picture(page, "direct-message")


async def scroll_up(page: Page) -> None:
    """Read far above the end of the channel."""
    await page.locator("#channel-scroll").evaluate("scroll => { scroll.scrollTop = 200; }")
    await expect(page.get_by_text("line 59")).not_to_be_in_viewport()


async def test_who_reads_above_sees_private_answers_and_hears_of_the_rest(workspace: Workspace, page: Page) -> None:
    client, newer = web_client(workspace), page.get_by_test_id("newer").first
    for number in range(60):
        await client.chat_postMessage(channel="C0GENERAL", text=f"line {number}")
    await expect(page.get_by_text("line 59")).to_be_in_viewport()
    await scroll_up(page)
    await client.chat_postEphemeral(channel="C0GENERAL", user="U0MARA", text="Only librarians may.")
    await expect(page.get_by_text("Only librarians may.")).to_be_in_viewport()
    await picture(page, "private-answer")

    await scroll_up(page)
    await client.chat_postMessage(channel="C0GENERAL", text="news")
    await expect(newer).to_have_text("New message ↓")
    await client.chat_postMessage(channel="C0GENERAL", text="more news")
    await expect(newer).to_have_text("2 new messages ↓")
    await picture(page, "newer")
    await newer.click()
    await expect(page.get_by_text("more news")).to_be_in_viewport()
    await expect(newer).to_be_hidden()


async def test_what_shows_under_the_pointer_covers_no_words(workspace: Workspace, page: Page) -> None:
    client = web_client(workspace)
    for text in ("the first", "a word that goes on and on. " * 12):
        posted = await client.chat_postMessage(channel="C0GENERAL", text=text)
    article = page.locator(f'[data-ts="{posted["ts"]}"]')
    await article.hover()
    words, bar = await article.locator(".body").bounding_box(), await article.locator(".tools").bounding_box()
    assert words is not None
    assert bar is not None
    assert bar["y"] + bar["height"] <= words["y"]
    await expect(article.locator(".gutter time")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    stamp = await article.locator(".gutter time").bounding_box()
    assert stamp is not None
    assert stamp["height"] < 30
    await picture(page, "under-the-pointer")


async def test_nothing_jumps_while_one_reads_above_the_end(workspace: Workspace, page: Page) -> None:
    client = web_client(workspace)
    posted = [await client.chat_postMessage(channel="C0GENERAL", text=f"line {number}") for number in range(60)]
    await expect(page.get_by_text("line 59")).to_be_in_viewport()
    await page.get_by_text("line 30", exact=True).scroll_into_view_if_needed()
    await page.locator("#channel-scroll").hover()
    await page.mouse.wheel(0, 40)

    async def place() -> float:
        box = await page.get_by_text("line 35", exact=True).bounding_box()
        assert box is not None
        return box["y"]

    # Wheels scroll smoothly: wait until the list rests.
    before = await place()
    while (now := await place()) != before:
        before = now
    text = "\n".join(["grown"] * 12)
    await client.chat_update(channel="C0GENERAL", ts=posted[5]["ts"], text=text)
    await client.chat_postMessage(channel="C0GENERAL", text="the newest")
    await expect(page.get_by_text("the newest")).to_have_count(1)
    await expect(page.get_by_text("grown").first).to_have_count(1)
    assert abs(await place() - before) < 2


async def test_mrkdwn_emoji_bars_tables_and_files_are_drawn(workspace: Workspace, page: Page) -> None:
    client = web_client(workspace)
    text = "*bold* _italic_ ~gone~ `code` :tada: 🎉 ▓▓▓░░░░░░░ <@U0JON>\n> quoted\n```\nx = 1\n```"
    cells = [[{"type": "raw_text", "text": "name"}], [{"type": "raw_text", "text": "book"}]]
    blocks: list[dict[str, Any]] = [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {"type": "header", "text": {"type": "plain_text", "text": "Review :eyes:"}},
        {"type": "table", "rows": cells},
        {"type": "markdown", "text": "# Title\n- **one**\n- [two](http://127.0.0.1:1/x)"},
        {"type": "image", "image_url": "https://elsewhere.example/x.png", "alt_text": "A diagram"},
    ]
    await client.chat_postMessage(channel="C0GENERAL", text="x", blocks=blocks)
    await client.files_upload_v2(channel="C0GENERAL", filename="plan.md", content="# The plan", title="The plan")
    body = page.locator("#channel .message .body").first
    for selector, words in {
        "strong": "bold",
        "em": "italic",
        "s": "gone",
        ".section code": "code",
        ".mention": "@Jon",
        "blockquote": "quoted",
        "pre": "x = 1",
        "td": "book",
        ".markdown .level-1": "Title",
    }.items():
        await expect(body.locator(selector).first).to_have_text(words)
    await expect(body.locator("svg.emoji")).to_have_count(3)
    await expect(body.get_by_role("img", name="30 %")).to_be_visible()
    # Pictures of other hosts are linked, never fetched.
    await expect(body.get_by_role("link", name="Image: A diagram")).to_have_attribute("target", "_blank")
    await page.get_by_text("Look inside").click()
    await expect(page.locator(".preview pre")).to_have_text("# The plan")


async def test_hostile_text_stays_text_and_only_web_addresses_are_linked(workspace: Workspace, page: Page) -> None:
    hostile = (
        "<img src=x onerror=alert(1)> &lt;b&gt; <javascript:alert(1)|press me> <http://127.0.0.1:8001/x|repository>"
    )
    block = {"type": "section", "text": {"type": "mrkdwn", "text": hostile}}
    button = {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "go",
                "url": "javascript:alert(1)",
                "text": {"type": "plain_text", "text": "<i>go</i>"},
            }
        ],
    }
    await web_client(workspace).chat_postMessage(channel="C0GENERAL", text=hostile, blocks=[block, button])
    article = page.locator("#channel .message").last
    await expect(article).to_contain_text("<img src=x onerror=alert(1)> <b> press me repository")
    await expect(article.get_by_role("button", name="<i>go</i>")).to_be_visible()
    links = await article.locator(".body a").evaluate_all("links => links.map(a => [a.href, a.target, a.rel])")
    assert links == [["http://127.0.0.1:8001/x", "_blank", "noopener noreferrer"]]
    assert await article.locator(".body img").count() == 0


async def test_acting_as_someone_else_shows_their_channels_and_their_private_messages(
    workspace: Workspace, page: Page, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await web_client(workspace).chat_postEphemeral(channel="C0GENERAL", user="U0JON", text="psst, Jon")
    await mara.say("@Jon please look", channel="backend")
    await expect(page.get_by_text("psst, Jon")).to_have_count(0)

    await page.get_by_test_id("person-Jon").click()
    await expect(page.locator("#acting-line")).to_contain_text("You are Jon")
    await expect(page.get_by_text("psst, Jon")).to_be_visible()
    await expect(page.get_by_test_id("channel-backend").locator(".badge")).to_have_text("1")
    await page.get_by_test_id("channel-backend").click()
    await expect(page.get_by_text("please look")).to_be_visible()
    await expect(page.get_by_test_id("channel-backend").locator(".badge")).to_have_count(0)

    await page.get_by_test_id("person-Ada").click()
    await expect(page.get_by_test_id("channel-general")).to_be_visible()
    await expect(page.get_by_test_id("channel-leads")).to_have_count(0)
    await expect(page.get_by_test_id("channel-backend")).to_have_count(0)


async def test_the_keyboard_completes_commands_and_names(workspace: Workspace, page: Page, jon: PersonAtWork) -> None:
    composer = page.get_by_test_id("composer")
    await composer.press_sequentially("/p")
    await expect(page.get_by_role("option", name="/plan")).to_be_visible()
    await composer.press("Tab")
    for verb in ("new", "list", "show", "status", "digest", "settings", "help"):
        await expect(page.get_by_role("option", name=f"/plan {verb}")).to_be_visible()
    await composer.press("ArrowDown")
    await composer.press("Tab")
    await expect(composer).to_have_value("/plan list ")

    await composer.fill("")
    await composer.press_sequentially("hello @pla")
    await composer.press("Enter")
    await expect(composer).to_have_value("hello @planthread ")
    await composer.press("Enter")
    assert (await jon.sees("hello"))["text"] == "hello <@U0PLANTHREAD>"


async def test_both_themes_and_a_narrow_screen(workspace: Workspace, page: Page) -> None:
    await web_client(workspace).chat_postMessage(channel="C0GENERAL", text="hello")
    light = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    await page.get_by_test_id("theme").click()
    dark = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert light != dark

    await page.set_viewport_size({"width": 390, "height": 780})
    await expect(page.get_by_test_id("channel-general")).to_be_hidden()
    await page.get_by_role("button", name="Channels and people").click()
    await expect(page.get_by_test_id("person-Jon")).to_be_visible()
    await page.keyboard.press("Escape")
    overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=ARTIFACTS / "narrow-dark.png")


async def test_a_permalink_opens_its_thread(workspace: Workspace, page: Page) -> None:
    client = web_client(workspace)
    head = await client.chat_postMessage(channel="C0GENERAL", text="the head")
    reply = await client.chat_postMessage(channel="C0GENERAL", text="the reply", thread_ts=head["ts"])
    link = await client.chat_getPermalink(channel="C0GENERAL", message_ts=reply["ts"])
    await page.goto(link["permalink"])
    await expect(page.get_by_test_id("thread").get_by_text("the reply")).to_be_visible()
