"""Going back to an earlier review: its documents come again as new revisions, and what was said since is set aside."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.conversation import PlannerError
from bot.store.database import Database
from bot.store.tables import ConversationMessage, DocumentRevision, Event, Plan, PlanFile
from bot.workflow.change_requests import request_changes
from bot.workflow.channel_settings import change_settings
from bot.workflow.documents import document_texts
from bot.workflow.edits import note_edit, take_words
from bot.workflow.going_back import asked_back, go_back
from bot.workflow.kept_files import kept_files
from bot.workflow.planning_run import PlanningRun
from bot.workflow.policy import ApprovalPolicy
from bot.workflow.refusals import Refused
from bot.workflow.reviews import documents_of
from bot.workflow.stages import Hold, PlanStage
from tests.stand_ins.library_script import LIBRARY_SPECS
from tests.stand_ins.model import Step
from tests.workflow.office import ADA, COPIES, JON, LATE, MARA, Office, ScriptedPlanner
from tests.workflow.test_model_planning import UNCHANGED, planning, scripted
from tests.workflow.test_reviews import content


async def back(office: Office, words: str = "undo", person: str = JON) -> str:
    """Say where to go back to; return what the person is told."""
    way = asked_back(words)
    assert way is not None
    said: str = await office.within(lambda session, plan: go_back(session, plan, way, person, office.key()))
    return said


async def changed(office: Office, *sentences: str) -> None:
    """Ask for changes, each at the newest review, and let the planner work on each."""
    for sentence in sentences:
        await office.change(sentence, (await office.plan()).review)
        await office.work()


async def texts(office: Office) -> dict[str, str]:
    """Return the newest documents."""
    found: dict[str, str] = await office.within(document_texts)
    return found


async def heard(office: Office) -> list[str]:
    """Return the changes that the planner was given last."""
    return [change.text for change in office.planner.heard[-1].changes]


async def test_an_earlier_review_comes_again_as_new_revisions(office: Office) -> None:
    await office.in_review()
    first = await texts(office)
    await changed(office, "add pages", "add weight")

    assert await back(office, "go back to review 1") == ""

    plan = await office.plan()
    assert (plan.review, plan.stage, plan.run_stage) == (4, PlanStage.IN_REVIEW, None)
    assert await texts(office) == first
    revisions = [(row.document, row.revision) for row in await office.rows(DocumentRevision)]
    assert [number for name, number in revisions if name == "entity_specs"] == [1, 2, 3, 4]
    shown = await content(office)
    assert (shown.restored, shown.restored_by) == (1, JON)
    said = " ".join(shown.changes)
    assert "pages" in said
    assert "weight" in said
    assert (await office.message("review/4")).subject == {"review": 4}
    went = [event for event in await office.rows(Event) if event.what == "went back"]
    assert [(event.actor, event.data) for event in went] == [(JON, {"number": 4, "review": 1})]


async def test_what_was_said_since_does_not_come_back_unless_it_is_said_again(office: Office) -> None:
    await office.in_review()
    await changed(office, "add pages")
    await back(office)

    await changed(office, "add weight")
    assert await heard(office) == ["add weight"]
    earlier = office.planner.heard[-1].earlier
    assert earlier is not None
    assert "pages" not in str(earlier.proposal.specs)
    specs = (await texts(office))["entity_specs"]
    assert "weight" in specs
    assert "pages" not in specs

    await changed(office, "add pages")
    assert await heard(office) == ["add weight", "add pages"]
    assert "pages" in (await texts(office))["entity_specs"]


async def test_one_can_go_forward_again_and_planners_hear_of_that_review_what_it_heard(office: Office) -> None:
    await office.in_review()
    await changed(office, "add pages")
    await back(office)
    await changed(office, "add weight")

    await back(office, "go back to review 2")
    assert "pages" in (await texts(office))["entity_specs"]
    await changed(office, "add shelf")
    assert await heard(office) == ["add pages", "add shelf"]
    assert "weight" not in (await texts(office))["entity_specs"]


async def test_undo_again_and_again_goes_further_back(office: Office) -> None:
    await office.in_review()
    await changed(office, "add pages", "add weight")
    await back(office)
    assert (await content(office)).restored == 2
    await back(office)
    assert (await content(office)).restored == 1
    with pytest.raises(Refused, match=r"Review 5 is as review 1 was, the first one.*`go back to review 4` brings back"):
        await back(office)


async def test_approvals_of_what_changes_are_voided_and_old_ones_stay_with_old_revisions(office: Office) -> None:
    await office.within_workspace(
        lambda session: change_settings(session, "T1", "C1", ApprovalPolicy(needed=2), None, ADA, "view")
    )
    await office.in_review()
    await office.approve(1, person=MARA)
    await office.change("add pages", 1, JON)
    await office.work()
    await office.approve(2, person=JON)
    first, old = documents_of(await office.review(1)), await office.approvals()
    await back(office)

    newest = documents_of(await office.review())
    assert {name: what.fingerprint for name, what in newest.items()} == {
        name: what.fingerprint for name, what in first.items()
    }
    assert newest["entity_specs"].revision == 3
    counted = [(name, person) for name, _, person, counts in await office.approvals() if counts]
    assert ("entity_specs", JON) not in counted  # of the revision with pages
    assert ("entity_specs", MARA) not in counted  # of revision 1: it was voided, and nobody is counted unasked
    assert [(name, number, person) for name, number, person, _ in await office.approvals()] == [
        (name, number, person) for name, number, person, _ in old
    ]
    with pytest.raises(Refused, match=r"You were looking at review 1. Review 3 changes"):
        await office.approve(1, person=MARA)
    await office.approve(3, person=MARA)
    await office.approve(3, person=JON)
    assert (await office.plan()).stage == PlanStage.APPROVED


async def test_a_change_under_way_is_taken_back_and_its_planner_answers_in_vain(office: Office) -> None:
    await office.in_review()

    async def meanwhile() -> None:
        office.planner.meanwhile = None
        assert await back(office) == "Taken back: review 1 of *Office library* stands as it is."

    office.planner.meanwhile = meanwhile
    await changed(office, "add pages")

    plan = await office.plan()
    assert (plan.review, plan.stage, plan.run_stage) == (1, PlanStage.IN_REVIEW, None)
    await changed(office, "add weight")
    assert await heard(office) == ["add weight"]
    assert "pages" not in (await texts(office))["entity_specs"]


async def test_two_people_who_go_back_at_once_get_one_review_each_in_turn(office: Office) -> None:
    await office.in_review()
    await changed(office, "add pages")
    await asyncio.gather(back(office, "go back to review 1", JON), back(office, "go back to review 1", MARA))
    assert (await office.plan()).review == 4
    assert {(await office.review(number)).content["restored"] for number in (3, 4)} == {1}
    assert "pages" not in (await texts(office))["entity_specs"]


async def test_questions_of_a_change_that_is_taken_back_are_asked_anew_when_it_is_said_again(office: Office) -> None:
    await office.in_review()
    office.planner.questions = (COPIES,)
    await changed(office, "add copies")
    assert (await office.plan()).stage == PlanStage.GATHERING
    await office.answer("copies", "three")
    await office.say("and a shelf")
    await office.work()
    assert (await office.plan()).review == 2

    office.planner.questions = ()
    await back(office)
    await changed(office, "add weight")
    told = office.planner.heard[-1]
    assert (told.answers, [message.text for message in told.messages]) == (
        (),
        [office.planner.heard[0].messages[0].text],
    )

    office.planner.questions = (COPIES,)
    await changed(office, "add copies")
    assert await office.open_questions() == ["copies"]
    await office.answer("copies", "seven")
    await office.work()
    assert [answer.text for answer in office.planner.heard[-1].answers] == ["seven"]

    await back(office, "go back to review 2")
    await changed(office, "add pages")
    assert [answer.text for answer in office.planner.heard[-1].answers] == ["three"]


async def test_open_questions_of_a_change_are_taken_back_with_it(office: Office) -> None:
    await office.in_review()
    office.planner.questions = (COPIES, LATE)
    await changed(office, "add copies")
    assert await back(office, "undo the last change") == "Taken back: review 1 of *Office library* stands as it is."
    assert await office.open_questions() == []
    plan = await office.plan()
    assert (plan.stage, plan.review, plan.run_stage) == (PlanStage.IN_REVIEW, 1, None)
    await office.approve(1)


async def test_a_blocked_change_is_let_go(office: Office) -> None:
    await office.in_review()
    office.planner.error = PlannerError("I can't do that.")
    await changed(office, "add pages")
    assert (await office.plan()).hold == Hold.BLOCKED
    await back(office)
    plan = await office.plan()
    assert (plan.hold, plan.stage, plan.run_stage) == (None, PlanStage.IN_REVIEW, None)


async def test_a_name_is_taken_back_with_the_change_that_gave_it(office: Office) -> None:
    await office.in_review()
    handle = (await office.plan()).handle
    office.planner.extra = {"title": "Harbour"}
    await changed(office, "call it harbour and add pages")
    await changed(office, "call it harbour")
    assert (await office.plan()).handle == "harbour"
    office.planner.extra = {}
    await back(office, "go back to review 1")
    assert ((await office.plan()).handle, (await office.plan()).title) == (handle, "Office library")


async def test_a_file_that_was_kept_since_is_not_kept_any_more(office: Office) -> None:
    await office.in_review()

    async def drop(session: AsyncSession, plan: Plan) -> None:
        said = {"told": "", "problem": "", "outcome": "kept"}
        file = {"workspace": "T1", "plan_id": plan.id, "key": "drop", "position": 0, "name": "design.md"}
        session.add(PlanFile.model_validate(file | said | {"kind": "design", "author": JON, "text": "# A"}))

    await office.within(drop)
    await changed(office, "add pages")
    assert [one.name for one in (await content(office)).kept] == ["design.md"]
    await back(office)
    assert (await content(office)).kept == ()
    await changed(office, "add weight")
    assert (await content(office)).kept == ()
    await back(office, "go back to review 2")
    assert [one.name for one in await office.within(kept_files)] == ["design.md"]


async def test_where_there_is_nothing_before_it_says_so(office: Office) -> None:
    await office.start()
    with pytest.raises(Refused, match=r"has no review yet .* such as `forget berths`"):
        await back(office)
    await office.work()
    with pytest.raises(Refused, match=r"This is the first review of .*: there is none before it"):
        await back(office)
    with pytest.raises(Refused, match="has no review 7; the newest is review 1"):
        await back(office, "go back to review 7")
    with pytest.raises(Refused, match=r"Review 1 is the newest of .*: nothing was changed since"):
        await back(office, "go back to review 1")
    assert "went back" not in await office.events()


async def test_what_is_built_or_delivered_is_not_gone_back_from(office: Office) -> None:
    await office.in_review()
    await changed(office, "add pages")
    await office.approve(2)
    with pytest.raises(Refused, match=r"is approved, as it was approved in review 2\. `stop` pauses it"):
        await back(office)
    await office.deliver()
    with pytest.raises(Refused, match=r"is delivered, so no review is open.*it comes as a change"):
        await back(office)
    await changed(office, "add weight", "add shelf")

    with pytest.raises(Refused, match=r"Review 1 was before what was delivered"):
        await back(office, "go back to review 1")
    assert await back(office) == ""
    shown = await content(office)
    assert shown.restored == 3
    assert "weight" in " ".join(shown.since_delivery or ())
    assert await back(office) == "Forgotten: *Office library* stays as it was delivered."
    assert (await office.plan()).stage == PlanStage.DELIVERED


async def test_what_came_from_words_that_are_others_by_now_is_not_brought_back(office: Office) -> None:
    await office.in_review()
    await changed(office, "add pages")
    (first, *_) = await office.rows(ConversationMessage)
    await office.within(lambda session, plan: note_edit(session, plan, first.key, MARA, "a library: books with a year"))
    await office.within(lambda session, plan: take_words(session, plan, 1, MARA, office.key()))
    await office.work()
    with pytest.raises(Refused, match="Since review 1 other words were taken of what it came from"):
        await back(office, "go back to review 1")


async def test_asked_for_as_a_change_it_goes_back_too(office: Office) -> None:
    await office.in_review()
    await changed(office, "add pages")
    await office.within(lambda session, plan: request_changes(session, plan, 2, "Undo the last change", JON, "form"))
    assert (await content(office)).restored == 1


async def test_a_whole_conversation_with_the_built_in_planner(database: Database) -> None:
    office = Office(database, ScriptedPlanner())
    built_in = BuiltInPlanner()

    async def work() -> None:
        plan = await office.plan()
        await PlanningRun(database, built_in).run(plan.id, plan.run_attempt)

    async def change(text: str) -> str:
        await office.change(text, (await office.plan()).review)
        await work()
        return (await texts(office))["entity_specs"]

    await office.start("a library: books with a title and a price; members with a name and an e-mail")
    await work()
    while await office.open_questions():
        for question in await office.open_questions():
            await office.answer(question, "You decide")
        await work()
    first = await texts(office)

    assert "pages" in await change("add a number of pages to books")
    await back(office)
    assert await texts(office) == first

    specs = await change("add a phone number to members")
    assert "phone" in specs
    assert "pages" not in specs
    assert "pages" in await change("add a number of pages to books")
    await back(office, "go back to review 1")
    assert await texts(office) == first


async def test_a_model_goes_on_from_the_review_that_people_went_back_to(office: Office) -> None:
    shelved = LIBRARY_SPECS.replace("  - isbn:", "  - shelf: Optional[str] (max 20)\n  - isbn:")
    await office.start()
    with scripted({"revision": [Step(content=UNCHANGED | {"entity_specs": shelved})]}) as server:
        async with planning(office, server) as work:
            await work()
            first = await texts(office)
            await office.change("books need a shelf", 1, JON)
            await work()
            assert "shelf" in (await texts(office))["entity_specs"]

    await back(office)
    assert await texts(office) == first
    await office.change("books need a colour", 3, JON)
    coloured = LIBRARY_SPECS.replace("  - isbn:", "  - colour: Optional[str] (max 20)\n  - isbn:")
    with scripted({"revision": [Step(content=UNCHANGED | {"entity_specs": coloured})]}) as server:
        async with planning(office, server) as work:
            await work()
    assert ["colour" in prompt for prompt in server.prompts()] == [True]
    assert ["shelf" in prompt for prompt in server.prompts()] == [False]
    assert "colour" in (await texts(office))["entity_specs"]
