"""`/plan export`: documents come back as files, in the thread or privately, in any format; once, whatever happens."""

from __future__ import annotations

import asyncio
import io
import zipfile

import pytest
from sqlalchemy import update

from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.local_workspace.directory import BOT_USER
from bot.slack.uploads import Uploads
from bot.store.tables import Effect, OutboxItem
from bot.workflow.exports import EXPORTED, packed
from bot.workflow.messages import MessageKind
from tests.local_workspace.driving import PATIENCE_SECONDS, Json, PersonAtWork
from tests.slack.at_work import rows, started, told
from tests.slack.running import RunningBot

FILES = {
    "all": ["requirements.md", "entity_specs.txt", "tasks.md"],
    "entity-specs": ["entity_specs.txt"],
    "requirements": ["requirements.md"],
    "tasks": ["tasks.md"],
    "roadmap": ["ROADMAP.md"],
    "state": ["STATE.md"],
    "project": ["PROJECT.md"],
    "requirements-list": ["REQUIREMENTS.md"],
    "json": ["requirements.json", "entity_specs.json", "tasks.json"],
}
"""What each format gives; `plan` gives a file a phase, `summary` none."""


async def shared(person: PersonAtWork, thread: str = "", channel: str = "general", count: int = 1) -> list[Json]:
    """Wait for so many messages of the bot that share files, and return them."""
    arguments = {"channel": channel} | ({"thread_ts": thread} if thread else {})
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            messages = (await person.get("messages", **arguments))["messages"]
            found = [one for one in messages if one["user"] == BOT_USER and one.get("files")]
            if len(found) >= count:
                return found
            await asyncio.sleep(0.02)


async def content(person: PersonAtWork, file: Json) -> bytes:
    return (await person.http.get(f"files/{file['id']}")).content


async def test_each_format_comes_back_in_the_thread(bot: RunningBot, mara: PersonAtWork) -> None:
    thread = await started(bot, mara)
    for number, (target, names) in enumerate(FILES.items(), start=1):
        await mara.plan(f"export library {target}")
        message = (await shared(mara, thread, count=number))[-1]
        assert [file["name"] for file in message["files"]] == names
        assert "Office library" in message["text"]
        assert all([await content(mara, file) for file in message["files"]])
    assert set(EXPORTED) - set(FILES) == {"plan", "summary"}
    await mara.plan("export library plan")
    plans = (await shared(mara, thread, count=len(FILES) + 1))[-1]
    assert {file["name"].rpartition("-")[2] for file in plans["files"]} == {"PLAN.md"}
    await told(mara, "come in its thread in a moment")


async def test_what_comes_back_says_what_the_plan_says_and_what_was_lost(bot: RunningBot, mara: PersonAtWork) -> None:
    thread = await started(bot, mara)
    await mara.plan("export")
    (message,) = await shared(mara, thread)
    specs = read_entity_specs((await content(mara, message["files"][1])).decode()).specs
    assert [entity.name for entity in specs.entities] == ["Book"]
    head, _, hint = message["text"].partition("\n")
    assert head == "<@U0MARA> *Office library*: its documents"
    assert "A rule is a line after `RULES:` under its entity, such as `transition FIELD: A -&gt; B, B -&gt;" in hint
    await mara.plan("export library ROADMAP.md")
    roadmap = (await shared(mara, thread, count=2))[-1]
    assert "What has no place in this form" in roadmap["text"]
    assert "RULES:" not in roadmap["text"]


async def test_what_is_asked_for_in_a_direct_message_comes_there(bot: RunningBot, mara: PersonAtWork) -> None:
    thread = await started(bot, mara)
    await mara.plan("export library tasks", channel="D0MARA")
    (message,) = await shared(mara, channel="D0MARA")
    assert [file["name"] for file in message["files"]] == ["tasks.md"]
    assert not any(one.get("files") for one in await bot.thread(mara))
    assert thread


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("library pdf", "I can't export `pdf`. These formats I can: `all`"),
        ("library summary", "a summary needs evidence"),
        ("nothing", "There is no plan called `nothing`"),
        ("one two three", "name the plan and the format"),
    ],
)
async def test_what_can_t_be_exported_is_said_with_what_can(
    bot: RunningBot, mara: PersonAtWork, words: str, sentence: str
) -> None:
    await started(bot, mara)
    await mara.plan(f"export {words}")
    await told(mara, sentence)
    assert [row for row in await rows(bot, OutboxItem) if row.kind == MessageKind.EXPORT] == []


async def test_a_plan_without_documents_and_several_plans_are_refused_with_a_way_on(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await jon.plan("export")
    await told(jon, "You have no open plan in this channel")
    await started(bot, mara)
    await mara.plan("new a shop: books with a title")
    await bot.settled("in review")
    await mara.plan("export tasks")
    await told(mara, "Which plan? Name one, such as `/plan export")
    assert [row for row in await rows(bot, OutboxItem) if row.kind == MessageKind.EXPORT] == []


async def test_an_answer_that_was_lost_shares_nothing_twice(bot: RunningBot, mara: PersonAtWork) -> None:
    thread = await started(bot, mara)
    await mara.plan("export library tasks")
    await shared(mara, thread)
    await bot.settled("in review")
    async with bot.database.write() as session:  # as if the bot had died before it could note the answer
        await session.execute(
            update(OutboxItem).where(OutboxItem.kind == MessageKind.EXPORT).values(sent_version=0, message=None)  # type: ignore[arg-type]
        )
    await bot.settled("in review")
    assert len(await shared(mara, thread)) == 1
    (item,) = [row for row in await rows(bot, OutboxItem) if row.kind == MessageKind.EXPORT]
    (effect,) = [row for row in await rows(bot, Effect) if row.key.endswith("/uploaded")]
    assert effect.result == {"files": [item.message]}


async def test_bytes_that_were_uploaded_before_a_crash_are_shared_after_it(
    bot: RunningBot, mara: PersonAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = await started(bot, mara)
    uploads = 0
    upload = Uploads._upload

    async def once(self: Uploads, item: OutboxItem, message: object) -> list[str]:
        nonlocal uploads
        uploads += 1
        await upload(self, item, message)  # type: ignore[arg-type]
        raise OSError("the bot died here")

    monkeypatch.setattr(Uploads, "_upload", once)
    await mara.plan("export library tasks")
    (message,) = await shared(mara, thread)
    assert [file["name"] for file in message["files"]] == ["tasks.md"]
    assert uploads == 1


def test_many_files_come_as_an_archive_of_the_same_bytes() -> None:
    files = {"01/PLAN.md": b"one", "02/PLAN.md": b"two"}
    assert packed(files) == packed(files)
    with zipfile.ZipFile(io.BytesIO(packed(files))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
