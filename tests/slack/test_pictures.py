"""The drawing in a review: uploaded once, shown below the entities, left out where the server won't have it."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import ImageBlock

from bot.documents.entities.entity_specs import EntityField, EntitySpecs, FieldType
from bot.local_workspace import limits
from bot.local_workspace.directory import BOT_USER
from bot.local_workspace.workspace import Workspace
from bot.slack.drawn import MOST_DRAWN, entity_picture, png
from bot.slack.reporter import Reporter
from bot.store.database import Database
from bot.store.tables import Effect
from bot.workflow.messages import MessageKind, announce
from tests.generation.samples import entity, key, text
from tests.local_workspace.driving import Json, PersonAtWork
from tests.slack.running import RunningBot, buttons_of, press, reporter_of, shown
from tests.workflow.office import Office, library

CHANNEL = "C0GENERAL"
PNG = b"\x89PNG\r\n\x1a\n"


def size_of(content: bytes) -> tuple[int, int]:
    """Return width and height of a PNG."""
    assert content.startswith(PNG)
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def images_of(message: Json) -> list[Json]:
    return [block for block in message["blocks"] if block["type"] == "image"]


async def content_of(person: PersonAtWork, block: Json) -> bytes:
    answer: httpx.Response = await person.http.get(f"files/{block['slack_file']['id']}")
    assert answer.status_code == 200
    return answer.content


async def reviewed(office: Office, reporter: Reporter, person: PersonAtWork) -> Json:
    """Bring a plan to its review and return the message."""
    await office.start(channel=CHANNEL)
    await office.work()
    await reporter.report()
    return await newest(office, person)


async def newest(office: Office, person: PersonAtWork) -> Json:
    plan = await office.plan()
    found: list[Json] = (await person.get("messages", channel="general", thread_ts=plan.thread))["messages"]
    return found[-1]


async def test_a_review_shows_its_entities_as_a_picture_that_is_uploaded_once(
    workspace: Workspace, database: Database, office: Office, mara: PersonAtWork
) -> None:
    reporter = reporter_of(workspace, database)
    review = await reviewed(office, reporter, mara)
    kinds = [block["type"] for block in review["blocks"]]
    place = kinds.index("image")
    assert review["blocks"][place - 1]["text"]["text"].startswith("*Entities*")
    (block,) = images_of(review)
    assert ImageBlock.parse(block) is not None
    assert "Book: title text" in block["alt_text"]
    width, height = size_of(await content_of(mara, block))
    assert width > height > 50

    await office.within(lambda session, plan: announce(session, plan, MessageKind.REVIEW, str(plan.review)))
    await reporter.report()
    assert images_of(await newest(office, mara))[0]["slack_file"] == block["slack_file"]
    assert len(await office.rows_of(Effect)) == 1


async def test_the_picture_of_a_change_marks_what_is_new(bot: RunningBot, mara: PersonAtWork) -> None:
    await mara.plan("new a library: books with a title")
    plan = await bot.settled("in review")
    await mara.say("@planthread add pages", thread_ts=plan.thread)
    await mara.sees("Office library: review 1", thread_ts=plan.thread or "")
    await bot.settled("in review")
    first, review = [message for message in (await bot.thread(mara))[1:] if message["user"] == BOT_USER]
    assert images_of(first) == [], "a review that was replaced keeps one line"
    (block,) = images_of(review)
    assert "pages number (optional) (new or changed)" in block["alt_text"]
    assert "title text," in block["alt_text"]

    await press(mara, review, "Approve and build")
    await bot.settled("approved")
    assert images_of((await bot.thread(mara))[-1]) == []


async def test_a_private_view_has_no_picture(bot: RunningBot, mara: PersonAtWork) -> None:
    await mara.plan("new a library: books with a title")
    await bot.settled("in review")
    answer = (await mara.plan("show"))["message"]
    assert images_of(answer) == []
    assert "Approve and build" in buttons_of(answer)


async def test_without_the_right_to_upload_the_review_comes_without_its_picture(
    workspace: Workspace, database: Database, office: Office, mara: PersonAtWork
) -> None:
    workspace.options = replace(workspace.options, scopes=without(workspace.options.scopes, "files:write"))
    review = await reviewed(office, reporter_of(workspace, database), mara)
    assert images_of(review) == []
    assert "*Entities*" in shown(review)
    assert "Approve and build" in buttons_of(review)


async def test_a_server_that_knows_no_images_is_asked_once(
    workspace: Workspace,
    database: Database,
    office: Office,
    mara: PersonAtWork,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "BLOCKS", limits.BLOCKS - {"image"})
    reporter = reporter_of(workspace, database)
    posts = counted(reporter, monkeypatch)
    assert images_of(await reviewed(office, reporter, mara)) == []
    assert posts() == 3, "the card, the review, and the review without its picture"
    await office.start(channel=CHANNEL)
    await office.work()
    await reporter.report()
    assert images_of(await newest(office, mara)) == []
    assert posts() == 5


@pytest.mark.parametrize(("refusals", "pictures"), [(2, 1), (50, 0)])
async def test_a_picture_that_is_not_ready_gets_a_moment(
    workspace: Workspace,
    database: Database,
    office: Office,
    mara: PersonAtWork,
    monkeypatch: pytest.MonkeyPatch,
    refusals: int,
    pictures: int,
) -> None:
    reporter = reporter_of(workspace, database)
    post, left = reporter._client.chat_postMessage, [refusals]

    async def unready(**message: Any) -> Any:
        if left[0] and any(block["type"] == "image" for block in message["blocks"]):
            left[0] -= 1
            said = "[ERROR] invalid slack file [json-pointer:/blocks/2/slack_file]"
            answer = type(
                "Answer", (), {"data": {"error": "invalid_blocks", "response_metadata": {"messages": [said]}}}
            )
            raise SlackApiError("refused", answer())  # type: ignore[no-untyped-call]  # slack_sdk leaves it untyped
        return await post(**message)

    monkeypatch.setattr(reporter._client, "chat_postMessage", unready)
    review = await reviewed(office, reporter, mara)
    assert len(images_of(review)) == pictures
    assert "Approve and build" in buttons_of(review)


async def test_blocks_that_are_refused_for_what_they_say_are_not_sent_in_plainer_words(
    workspace: Workspace, database: Database, office: Office, mara: PersonAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "section", lambda block, pointer: ["must be less than 3001 characters"])
    reporter = reporter_of(workspace, database)
    posts = counted(reporter, monkeypatch)
    await office.start(channel=CHANNEL)
    await reporter.report()
    assert posts() == 1
    assert (await office.message("card")).error == "invalid_blocks"


def test_names_that_would_be_markup_are_letters_in_a_picture() -> None:
    hostile = EntitySpecs(
        entities=(entity("A</text><script>", "a", key(), text('x"/><image href="file:///etc/passwd')),)
    )
    picture = entity_picture(hostile)
    assert picture is not None
    assert "<script" not in picture.svg
    assert "<image" not in picture.svg
    assert size_of(png(picture))[0] > 100
    control = EntitySpecs(entities=(entity("Be\x00ll\x0b\ud800", "b", key(), text("t")),))
    assert (picture := entity_picture(control)) is not None
    assert size_of(png(picture))[0] > 100


def test_a_picture_is_as_large_as_people_can_look_at() -> None:
    def many(count: int) -> EntitySpecs:
        fields = [EntityField(name=f"field_{n}", type=FieldType(name="int")) for n in range(60)]
        return EntitySpecs(entities=tuple(entity(f"Thing{n}", f"things{n}", key(), *fields) for n in range(count)))

    assert entity_picture(EntitySpecs()) is None
    assert entity_picture(many(MOST_DRAWN + 1)) is None
    picture = entity_picture(many(MOST_DRAWN))
    assert picture is not None
    assert len(picture.alt) <= 2000
    assert max(size_of(png(picture))) <= 5001


def test_a_picture_marks_fields_that_are_new_or_of_another_kind_and_no_others() -> None:
    before = library("pages")
    after = before.model_copy(
        update={
            "entities": (
                entity(
                    "Book",
                    "books",
                    key(),
                    text("title", minimum="1"),
                    EntityField(name="pages", type=FieldType(name="str"), optional=True),
                    text("isbn"),
                ),
            )
        }
    )
    picture = entity_picture(after, before)
    assert picture is not None
    assert picture.alt.endswith("Book: title text, pages text (optional) (new or changed), isbn text (new or changed)")
    assert entity_picture(before, before) is not None
    assert "(new" not in (entity_picture(before, before) or picture).alt
    assert "(new" not in (entity_picture(before) or picture).alt


def counted(reporter: Reporter, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Count what a reporter posts from now on."""
    post, posts = reporter._client.chat_postMessage, [0]

    async def posting(**message: Any) -> Any:
        posts[0] += 1
        return await post(**message)

    monkeypatch.setattr(reporter._client, "chat_postMessage", posting)
    return lambda: posts[0]


def without(scopes: tuple[str, ...], scope: str) -> tuple[str, ...]:
    return tuple(one for one in scopes if one != scope)
