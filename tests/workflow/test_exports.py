"""A plan's documents as files: which come with which format, what they hold, and how they are asked for."""

from __future__ import annotations

import io
import zipfile

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.tasks.checklist_reader import read_tasks
from bot.documents.tasks.task_plan import TaskState
from bot.planning.dropped_files import DroppedFile, DroppedFiles, FileKind
from bot.store.tables import Event, OutboxItem, Plan
from bot.verification.evidence import Evidence
from bot.workflow.builds import load_steps, tick
from bot.workflow.dropped_files import take_files
from bot.workflow.exports import Export, ask_export, export_of, packed
from bot.workflow.refusals import Refused
from tests.workflow.office import JON, MARA, Office, library, passed


async def export(office: Office, target: str) -> Export:
    """Return the documents of the plan in a format."""
    async with office.database.read() as session:
        return await export_of(session, await office.plan(), target)


async def kept(office: Office, *files: tuple[str, str]) -> None:
    """Drop design documents of these names and texts, which are kept as they are."""
    dropped = tuple(DroppedFile(name=name, kind=FileKind.DESIGN, text=text, told="1 line") for name, text in files)
    given, key = DroppedFiles(files=dropped), office.key()
    await office.within(lambda session, plan: take_files(session, plan, given, MARA, key))


async def test_before_the_first_review_there_is_nothing_to_give(office: Office) -> None:
    await office.start()
    with pytest.raises(Refused, match="no documents yet; it is gathering"):
        await export(office, "all")


async def test_each_format_is_made_of_the_document_that_holds_it(office: Office) -> None:
    await office.in_review()
    everything = await export(office, "all")
    assert (list(everything.files), everything.lost) == (["requirements.md", "entity_specs.txt", "tasks.md"], ())
    for target, name in (
        ("requirements", "requirements.md"),
        ("entity-specs", "entity_specs.txt"),
        ("tasks", "tasks.md"),
    ):
        assert await export(office, target) == Export(files={name: everything.files[name]})
    assert read_entity_specs(everything.files["entity_specs.txt"].decode()).specs == library()
    project = (await export(office, "project")).files
    assert list(project) == ["PROJECT.md"]
    assert b"A library for an office." in project["PROJECT.md"]
    listed = (await export(office, "requirements-list")).files
    assert list(listed) == ["REQUIREMENTS.md"]
    assert b"a client deletes a book" in listed["REQUIREMENTS.md"]
    assert list((await export(office, "json")).files) == ["requirements.json", "entity_specs.json", "tasks.json"]


async def test_what_a_format_has_no_place_for_is_said(office: Office) -> None:
    await office.in_review()
    roadmap = await export(office, "roadmap")
    assert list(roadmap.files) == ["ROADMAP.md"]
    assert roadmap.lost


async def test_a_format_that_it_cant_have_is_refused_in_a_sentence(office: Office) -> None:
    await office.in_review()
    with pytest.raises(Refused, match=r"\. Nothing was exported\.$"):
        await export(office, "summary")


async def test_boxes_are_as_the_build_has_them(office: Office) -> None:
    await office.in_review()
    await office.approve(1)
    await office.begin_build()

    async def work(session: AsyncSession, plan: Plan) -> None:
        for step in await load_steps(session, plan.id):
            if step.key in {"documents", "task 1.1", "phase 2"}:
                await tick(session, plan, step, Evidence(commit="c1", checks=(passed(),)))

    await office.within(work)
    tasks = read_tasks((await export(office, "tasks")).files["tasks.md"].decode()).checklist.tasks
    assert [task.number for task in tasks if task.state is TaskState.DONE] == ["1.1"]


async def test_what_was_kept_as_it_is_comes_with_everything_and_nothing_else(office: Office) -> None:
    await office.in_review()
    await kept(office, ("design.md", "Doors are blue: ü"), ("doors-design.md", "And green"))
    everything = await export(office, "all")
    assert everything.files["design.md"].decode() == "Doors are blue: ü"
    assert len(everything.files) == 5
    assert len((await export(office, "tasks")).files) == 1


async def test_more_than_ten_files_come_in_an_archive_that_is_the_same_each_time(office: Office) -> None:
    await office.in_review()
    await kept(office, *((f"part{number}-design.md", f"Design {number}") for number in range(7)))
    assert len((await export(office, "all")).files) == 10
    await kept(office, ("last-design.md", "The last"))

    one, other = await export(office, "all"), await export(office, "all")

    assert list(one.files) == ["library.zip"]
    assert one == other
    (archive,) = one.files.values()
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert len(opened.namelist()) == 11
        assert opened.read("last-design.md") == b"The last"
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_archive_is_small() -> None:
    assert len(packed({"a.md": b"again and again " * 10_000})) < 2_000


async def test_an_export_is_posted_once_where_it_was_asked_for(office: Office) -> None:
    await office.in_review()

    await office.within(lambda session, plan: ask_export(session, plan, "tasks", JON, "U0JON", "ask"))

    (item,) = [row for row in await office.rows(OutboxItem) if row.kind == "export"]
    assert (item.key, item.workspace, item.channel) == (f"{office.plan_id}/export/ask", "T1", "U0JON")
    assert item.subject == {"format": "tasks", "person": JON}
    event = (await office.rows(Event))[-1]
    assert (event.actor, event.what, event.message_key, event.data) == (JON, "exported", "ask", {"format": "tasks"})


async def test_what_cant_be_exported_is_not_posted(office: Office) -> None:
    await office.in_review()
    with pytest.raises(Refused):
        await office.within(lambda session, plan: ask_export(session, plan, "summary", JON, "C1", "ask"))
    assert not [row for row in await office.rows(OutboxItem) if row.kind == "export"]
