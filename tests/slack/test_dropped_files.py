"""People drop files in threads: the real app fetches, reads and takes them, and reports on them."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.local_workspace.directory import ALL_SCOPES
from bot.local_workspace.workspace import Workspace
from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.dropped_files import DroppedFiles
from bot.slack.drops import Drops
from bot.store.database import Database
from bot.store.tables import ConversationMessage, Plan, PlanFile
from bot.workflow.documents import load_documents
from bot.workflow.questions import reply
from bot.workflow.waiting import BUILT_IN
from tests.local_workspace.driving import PATIENCE_SECONDS, PersonAtWork, running_workspace
from tests.slack.at_work import handled, rows, started, told
from tests.slack.running import RunningBot, running_bot, shown
from tests.workflow.office import MARA, WHO, ScriptedPlanner

SPECS = (Path(__file__).resolve().parents[2] / "examples" / "library_specs.txt").read_bytes()
SQL = b"CREATE TABLE shelves (id int PRIMARY KEY, name varchar(40) NOT NULL, spot geometry);"
JDL = b"entity Rack { label String required }"
TASKS = b"# Implementation Plan\n\n- [x] 1. Begin\n- [ ] 2. Go on\n  - _Depends: 7_\n"
REQUIREMENTS = (
    b"# Requirements Document\n\n### Requirement 1: Bells\n\n#### Acceptance Criteria\n\n"
    b"1. WHEN a loan is late, THE System SHALL ring the bell quickly.\n"
)


@pytest.fixture
async def built_in(workspace: Workspace, database: Database) -> AsyncIterator[RunningBot]:
    """Give the bot with the built-in planner."""
    async with running_bot(workspace, database, BuiltInPlanner()) as running:
        yield running


def packed(**files: bytes) -> bytes:
    """Return a zip of a planning folder; two underscores of a name stand for its dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f".planning/{name.replace('__', '.')}", content)
    return buffer.getvalue()


async def report(person: PersonAtWork, thread: str, words: str = " dropped ") -> str:
    """Wait for a message in the thread that says these words, and return all its words."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            for message in (await person.get("messages", channel="general", thread_ts=thread))["messages"]:
                if not message["only_for"] and words in shown(message):
                    return shown(message)
            await asyncio.sleep(0.02)


async def documents_of(bot: RunningBot, plan: Plan) -> list[str]:
    """Return the entities of a plan."""
    async with bot.database.read() as session:
        return [entity.name for entity in (await load_documents(session, plan)).specs.entities]


async def test_specs_sql_jdl_and_requirements_become_what_was_said(built_in: RunningBot, mara: PersonAtWork) -> None:
    await mara.plan("new a library")
    plan = await built_in.settled("gathering")
    files = {"entity_specs.txt": SPECS, "more.sql": SQL, "racks.jdl": JDL, "requirements.md": REQUIREMENTS}
    message = await mara.drop(files, thread_ts=plan.thread)
    words = await report(mara, plan.thread or "")
    assert (
        "`entity_specs.txt` · entity-specs · 4 entities (Member, Author, Book, Loan), 1 enum · taken as what was said"
        in words
    )
    assert "`more.sql` · SQL · 1 entity (Shelf), 1 column · taken as what was said · Not taken: “spot GEOMETRY" in words
    assert "`racks.jdl` · JDL · 1 entity (Rack), 1 field · taken as what was said" in words
    assert "`requirements.md` · requirements · 1 requirement with 1 acceptance criterion · taken" in words
    assert "`requirements.md, line 7`: “quickly”" in words
    await mara.sees("do people need accounts", thread_ts=plan.thread or "")
    await mara.say("you decide", thread_ts=plan.thread)
    plan = await built_in.settled("in review")
    assert await documents_of(built_in, plan) == ["Member", "Author", "Book", "Loan", "Shelf", "Rack"]
    said = await rows(built_in, ConversationMessage)
    key = f"message/{message['channel']}/{message['ts']}"
    assert [row.key for row in said[1:5]] == [f"{key}#{number}" for number in (1, 2, 3, 4)]
    assert "Criterion 1.1: WHEN a loan is late" in shown((await built_in.thread(mara))[-1])


async def test_a_folder_of_plans_is_read_whole_with_what_is_between_its_documents(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork
) -> None:
    planner.questions = (WHO,)
    thread = await started(bot, mara, "gathering")
    folder = packed(requirements__md=REQUIREMENTS, tasks__md=TASKS, entity_specs__txt=SPECS, app__py=b"import os")
    await mara.drop({"plans.zip": folder}, thread_ts=thread)
    words = await report(mara, thread)
    assert "dropped 4 files" in words
    assert "`.planning/tasks.md` · tasks · 2 tasks, 1 ticked elsewhere, no evidence · read and checked" in words
    assert "`plans.zip` · 1 file in it is no planning file and was passed by (.planning/app.py)." in words
    assert "*How they fit each other*" in words
    assert "No task covers 1.1" in words
    kept = await rows(bot, PlanFile)
    assert [row.kind for row in kept] == ["requirements", "tasks", "entity-specs", "unread"]
    assert [row.kind for row in await rows(bot, ConversationMessage)] == ["request", "message", "message"]


async def test_words_beside_a_file_answer_the_question_and_the_file_counts_too(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork
) -> None:
    planner.questions = (WHO,)
    thread = await started(bot, mara, "gathering")
    await mara.drop({"notes.txt": b"Books also have a publisher."}, "Librarians only", thread_ts=thread)
    await bot.settled("in review")
    assert "`notes.txt` · notes · taken as what was said" in await report(mara, thread)
    heard = planner.heard[-1]
    assert [answer.text for answer in heard.answers] == ["Librarians only"]
    assert [message.text for message in heard.messages][1:] == ["Books also have a publisher."]


async def test_a_question_beside_a_file_is_answered_and_only_the_file_is_taken(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork
) -> None:
    planner.questions = (WHO,)
    thread = await started(bot, mara, "gathering")
    async with bot.database.write() as session:
        (await session.get_one(Plan, (await bot.plans())[0].id)).planner = BUILT_IN
    await mara.drop(
        {"notes.txt": b"Books also have a publisher."}, "what have you understood so far?", thread_ts=thread
    )
    await told(mara, "I took this as a question, and not as part of the plan", thread)
    await report(mara, thread, "`notes.txt` · notes · taken as what was said")
    said = [row.text for row in await rows(bot, ConversationMessage)]
    assert said[1:] == ["Books also have a publisher."]
    assert (await bot.plans())[0].stage == "gathering", "the question of the plan is open as before"


async def test_a_newer_document_in_review_is_a_change_and_the_same_one_is_none(
    built_in: RunningBot, mara: PersonAtWork
) -> None:
    await mara.plan("new a library")
    plan = await built_in.settled("gathering")
    await mara.drop({"entity_specs.txt": SPECS}, thread_ts=plan.thread)
    await mara.sees("do people need accounts", thread_ts=plan.thread or "")
    await mara.say("you decide", thread_ts=plan.thread)
    plan = await built_in.settled("in review")
    changed = SPECS.replace(b"(index, min 1, max 80)", b"(index, min 1, max 90)", 1)
    await mara.drop({"entity_specs.txt": changed}, thread_ts=plan.thread)
    assert "asked for as a change" in await report(mara, plan.thread or "", "asked for as a change")
    assert "90" in await report(mara, plan.thread or "", "a maximum of")
    await mara.drop({"entity_specs.txt": changed}, thread_ts=plan.thread)
    await report(mara, plan.thread or "", "says what the plan says already")
    assert (await built_in.settled("in review")).review == 2


async def test_a_mention_with_files_starts_a_plan_with_them(built_in: RunningBot, mara: PersonAtWork) -> None:
    await mara.drop({"entity_specs.txt": SPECS}, "@planthread")
    plan = await built_in.settled("gathering")
    assert "4 entities" in await report(mara, plan.thread or "")
    assert [row.text.count("ENTITY:") for row in await rows(built_in, ConversationMessage)] == [4]


async def test_files_that_nobody_meant_for_the_plan_are_left_alone(bot: RunningBot, mara: PersonAtWork) -> None:
    thread = await started(bot, mara)
    await mara.drop({"photo.png": b"\x89PNG"}, thread_ts=thread)
    await mara.drop({"tasks.md": TASKS}, "@Jon look at this", thread_ts=thread)
    await mara.drop({"tasks.md": TASKS}, "!aside", thread_ts=thread)
    assert {row.error for row in await handled(bot, 4)} == {""}
    assert await rows(bot, PlanFile) == []
    assert [message["only_for"] for message in await bot.thread(mara)] == [""] * 5


async def test_what_can_t_be_read_is_said_privately(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork
) -> None:
    planner.questions = (WHO,)
    thread = await started(bot, mara, "gathering")
    await mara.drop({"photo.png": b"\x89PNG\x00"}, thread_ts=thread)
    await told(mara, "`photo.png`: This is no text", thread)
    await mara.drop({"bomb.zip": packed(tasks__md=bytes(4_000_000))}, thread_ts=thread)
    await told(mara, "100 times smaller", thread)
    await mara.drop({"tasks.md": b"x" * (256 * 1024 + 1)}, thread_ts=thread)
    await told(mara, "larger than 256 kB", thread)
    assert await rows(bot, PlanFile) == []


async def test_a_word_beside_a_file_counts_and_the_file_does_not(bot: RunningBot, mara: PersonAtWork) -> None:
    thread = await started(bot, mara)
    await mara.drop({"tasks.md": TASKS}, "status", thread_ts=thread)
    await told(mara, "Drop the file in a message of its own", thread)
    assert await rows(bot, PlanFile) == []


async def test_guests_add_files_while_a_plan_gathers_and_change_no_review(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork, ada: PersonAtWork
) -> None:
    planner.questions = (WHO,)
    thread = await started(bot, mara, "gathering")
    await ada.drop({"entity_specs.txt": SPECS}, thread_ts=thread)
    assert "taken as what was said" in await report(mara, thread)
    await mara.say("Everyone", thread_ts=thread)
    await bot.settled("in review")
    await ada.drop({"entity_specs.txt": SPECS}, thread_ts=thread)
    await told(ada, "Only members of this workspace", thread)
    assert len(await rows(bot, PlanFile)) == 1


async def test_a_guest_whose_file_is_fetched_while_the_review_opens_changes_nothing(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork, ada: PersonAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    planner.questions = (WHO,)
    thread = await started(bot, mara, "gathering")
    read = Drops.read

    async def slowly(drops: Drops, files: Sequence[Mapping[str, Any]]) -> DroppedFiles:
        (plan,) = await rows(bot, Plan)
        async with bot.database.write() as session:
            await reply(session, await session.get_one(Plan, plan.id), "Everyone", plan.starter, "meanwhile")
        await bot.settled("in review")
        return await read(drops, files)

    monkeypatch.setattr(Drops, "read", slowly)
    await ada.drop({"entity_specs.txt": SPECS}, thread_ts=thread)
    await told(ada, "Only members of this workspace", thread)
    assert not await rows(bot, PlanFile)
    (plan,) = await rows(bot, Plan)
    assert (plan.stage, plan.review) == ("in review", 1)


async def test_names_and_secrets_in_files_do_no_harm(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork
) -> None:
    planner.questions = (WHO,)
    thread = await started(bot, mara, "gathering")
    name = "<!channel> `*x*` \u202egpj.txt"
    secret = b"Our token is xoxb-1234567890-abcdefghij, keep it."
    await mara.drop({name: secret, "../../" + "a" * 300 + ".md": b"More."}, thread_ts=thread)
    words = await report(mara, thread)
    assert "&lt;!channel&gt; '*x*' gpj.txt" in words
    assert "<!channel>" not in words
    assert "a" * 121 not in words
    texts = [row.text for row in await rows(bot, PlanFile)]
    assert "xoxb-1234567890" not in "".join(texts)
    assert texts[1] == "More."


async def test_while_a_plan_is_built_a_file_is_refused_with_a_way_on(bot: RunningBot, mara: PersonAtWork) -> None:
    thread = await started(bot, mara)
    await mara.say("approve", thread_ts=thread)
    await bot.settled("approved")
    await mara.drop({"entity_specs.txt": SPECS}, "@planthread", thread_ts=thread)
    await told(mara, "Drop it again, mentioning me, once it is delivered", thread)
    assert await rows(bot, PlanFile) == []


async def test_a_missing_scope_is_said_with_what_to_do(
    tmp_path: Path, database: Database, planner: ScriptedPlanner
) -> None:
    planner.questions = (WHO,)
    scopes = tuple(scope for scope in ALL_SCOPES if scope != "files:read")
    async with running_workspace(tmp_path / "other", scopes=scopes) as workspace:
        mara = PersonAtWork(workspace, "Mara")
        async with running_bot(workspace, database, planner) as bot:
            thread = await started(bot, mara, "gathering")
            await mara.drop({"entity_specs.txt": SPECS}, thread_ts=thread)
            await told(mara, "lacks the scope `files:read`", thread)
            assert await rows(bot, PlanFile) == []
        await mara.http.aclose()


async def test_plan_this_reads_the_files_of_the_thread_too(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    planner.questions = (WHO,)
    head = await mara.drop({"entity_specs.txt": SPECS})
    await jon.drop({"notes.md": b"Books have pages."}, "and this", thread_ts=head["ts"])
    await mara.drop({"secret.md": b"Not for you."}, "!aside", thread_ts=head["ts"])
    await mara.do("shortcuts", channel="general", ts=head["ts"], callback_id="plan_this")
    plan = await bot.settled("gathering")
    assert plan.thread == head["ts"]
    await report(mara, head["ts"], "`notes.md` · notes · taken as what was said")
    said = await rows(bot, ConversationMessage)
    assert [(row.author, row.text[:15]) for row in said] == [
        ("U0JON", "and this"),
        ("U0MARA", "<entity_specs>\n"),
        ("U0JON", "Books have page"),
    ]
    assert said[1].key == f"message/{head['channel']}/{head['ts']}#1"


async def test_make_this_a_change_takes_the_files_of_a_message_once(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    message = await mara.drop({"notes.md": b"add pages"}, "have a look", thread_ts=thread)
    await jon.do("shortcuts", channel="general", ts=message["ts"], callback_id="make_this_a_change")
    await told(jon, "Noted as a change. Review 2")
    await report(mara, thread, "`notes.md` · notes · asked for as a change")
    await bot.settled("in review")
    assert [row.text for row in await rows(bot, ConversationMessage)][1:] == ["have a look", "add pages"]
    planner.extra = {"introduction": "A library with a queue."}
    other = await mara.drop({"design.md": b"A queue."}, "@Jon see", thread_ts=thread)
    for words in ("Noted as a change. Review 3", "is a change of"):
        await jon.do("shortcuts", channel="general", ts=other["ts"], callback_id="make_this_a_change")
        await told(jon, words)
    assert len(await rows(bot, PlanFile)) == 2


async def test_words_beside_a_picture_are_words_like_any_other(bot: RunningBot, mara: PersonAtWork) -> None:
    thread = await started(bot, mara)
    await mara.drop({"photo.png": b"\x89PNG"}, "what a nice plan", thread_ts=thread)
    await told(mara, "I left that between you", thread)
    assert await rows(bot, PlanFile) == []


async def test_who_deletes_a_message_with_files_is_asked_what_becomes_of_what_they_said(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork
) -> None:
    planner.questions = (WHO,)
    thread = await started(bot, mara, "gathering")
    message = await mara.drop({"a.md": b"Books have pages.", "b.md": b"Members have names."}, thread_ts=thread)
    await report(mara, thread, "`b.md` · notes · taken")
    await mara.do("messages/delete", channel="general", ts=message["ts"])
    for was in ("was: “Members have names.”", "was: “Books have pages.”"):
        asked = await report(mara, thread, was)
        assert f"<@{MARA}> deleted what *Office library* came from" in asked
        assert "Nothing changes by itself" in asked


async def test_why_leads_back_to_the_message_that_a_file_came_with(built_in: RunningBot, mara: PersonAtWork) -> None:
    await mara.plan("new a library")
    plan = await built_in.settled("gathering")
    message = await mara.drop({"entity_specs.txt": SPECS}, thread_ts=plan.thread)
    await mara.sees("do people need accounts", thread_ts=plan.thread or "")
    await mara.say("you decide", thread_ts=plan.thread)
    await built_in.settled("in review")
    await mara.say("why Member", thread_ts=plan.thread)
    reason = await told(mara, "Member", plan.thread or "")
    assert f"p{message['ts'].replace('.', '')}" in shown(reason)
