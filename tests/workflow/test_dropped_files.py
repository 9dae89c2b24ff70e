"""Files in the life of a plan: what counts as said, what is a change, and what is kept as it is."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.building.commits import documents_commit
from bot.building.inputs import inputs_of
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.requirements.requirements import Requirement, numbered_criteria
from bot.documents.requirements.requirements_writer import write_requirements
from bot.planning.dropped_files import LONGEST_MATERIAL, read_dropped
from bot.store.tables import ConversationMessage, Event, Plan, PlanFile
from bot.workflow.documents import load_documents
from bot.workflow.dropped_files import take_files
from bot.workflow.kept_files import kept_name
from bot.workflow.kept_reviews import kept_for_build
from bot.workflow.refusals import Refused
from bot.workflow.reviews import ReviewContent
from bot.workflow.runs import block
from bot.workflow.stages import PlanStage
from tests.workflow.office import MARA, WHO, Office, ScriptedPlanner, library

KEPT = "kept as it is; it comes with the repository, in .planning/"


async def drop(office: Office, words: str = "", **files: str) -> list[str]:
    """Drop files, two underscores of a name for its dot; return what became of each."""
    dropped = read_dropped([(name.replace("__", "."), text.encode()) for name, text in files.items()])
    key = office.key()
    await office.within(lambda session, plan: take_files(session, plan, dropped, MARA, key, words))
    return [row.outcome for row in await office.rows(PlanFile) if row.key == key]


async def kept(office: Office) -> dict[str, str]:
    """Return what a build would write as it is."""
    found: dict[str, str] = await office.within(kept_for_build)
    return found


async def changes(office: Office) -> list[str]:
    return [row.text for row in await office.rows(ConversationMessage) if row.kind == "change"]


async def test_while_gathering_each_file_is_a_message_of_its_own(office: Office, planner: ScriptedPlanner) -> None:
    planner.questions = (WHO,)
    await office.start()
    await office.work()
    before = await office.wants()
    outcomes = await drop(
        office, a__sql="CREATE TABLE a (id int PRIMARY KEY);", notes__txt="More.", tasks__md="- [ ] 1. A"
    )
    assert outcomes[:2] == ["taken as what was said"] * 2
    assert outcomes[2].startswith("read and checked")
    said = await office.rows(ConversationMessage)
    assert [(row.kind, row.key.partition("#")[2]) for row in said[1:]] == [("message", "1"), ("message", "2")]
    assert await office.wants() == ("plan", before[1] + 1)
    assert "files" in await office.events()


async def test_a_file_that_is_only_read_asks_no_planner_again(office: Office, planner: ScriptedPlanner) -> None:
    planner.questions = (WHO,)
    await office.start()
    await office.work()
    before = await office.wants()
    await drop(office, tasks__md="- [ ] 1. A")
    assert await office.wants() == before


async def test_a_text_that_is_too_long_to_plan_from_says_so(office: Office, planner: ScriptedPlanner) -> None:
    planner.questions = (WHO,)
    await office.start()
    await drop(office, notes__txt="word " * (LONGEST_MATERIAL // 5 + 1))
    (file,) = await office.rows(PlanFile)
    assert (file.kind, file.outcome) == ("unread", "")
    assert "too long to plan from" in file.problem
    assert len(await office.rows(ConversationMessage)) == 1


async def test_newer_entity_specs_ask_for_their_difference(office: Office) -> None:
    await office.in_review()
    (same,) = await drop(office, entity_specs__txt=await specs_of(office))
    assert (same, await changes(office)) == ("says what the plan says already", [])
    longer = write_entity_specs(library("pages"))
    (asked,) = await drop(office, entity_specs__txt=longer)
    assert asked.startswith("asked for as a change")
    (text,) = await changes(office)
    assert "- pages: Optional[int]" in text
    assert "Remove" not in text
    assert (await office.wants())[0] == "plan"


async def specs_of(office: Office) -> str:
    """Return the entities of the newest review as a file."""

    async def read(session: AsyncSession, plan: Plan) -> str:
        return write_entity_specs((await load_documents(session, plan)).specs)

    text: str = await office.within(read)
    return text


async def test_entities_that_a_newer_file_no_longer_has_are_asked_to_go(office: Office) -> None:
    await office.in_review()
    await drop(office, entity_specs__txt=(await specs_of(office)).replace("Book", "Map"))
    (text,) = await changes(office)
    assert text.startswith("Remove Book.\n")
    assert "ENTITY: Map" in text


async def test_newer_requirements_ask_for_the_criteria_that_are_new(office: Office) -> None:
    await office.in_review()

    async def requirements(session: AsyncSession, plan: Plan) -> object:
        return (await load_documents(session, plan)).requirements

    now = await office.within(requirements)
    (same,) = await drop(office, requirements__md=write_requirements(now))
    assert same == "says what the plan says already"
    wish = Requirement(
        number=9, title="Bells", user_story="", criteria=numbered_criteria(9, ["THE System SHALL ring."])
    )
    more = now.model_copy(update={"requirements": (*now.requirements[1:], wish)})
    (asked,) = await drop(office, requirements__md=write_requirements(more))
    gone = len(now.requirements[0].criteria)
    assert asked.startswith("asked for as a change")
    assert f"; {gone} criteria of the plan are not in it and stay" in asked
    (text,) = await changes(office)
    assert "### Requirement 9: Bells" in text
    assert text.count("SHALL") == 1


async def test_words_and_files_in_review_are_changes_of_their_own(office: Office) -> None:
    await office.in_review()
    await drop(office, words="Please use these.", entity_specs__txt=write_entity_specs(library("pages")))
    words, text = await changes(office)
    assert words == "Please use these."
    assert text.startswith("<entity_specs>")
    assert [row.key.partition("#")[2] for row in await office.rows(ConversationMessage)] == ["", "", "1"]


async def test_a_design_is_shown_in_a_review_and_delivered_word_for_word(office: Office) -> None:
    await office.in_review()
    assert await kept(office) == {}
    (outcome,) = await drop(office, design__md="# Ours\r\n\r\nA queue.  \r\n")
    assert outcome == KEPT
    review = await office.review()
    assert review.number == 2
    assert [one.name for one in ReviewContent.model_validate(review.content).kept] == ["design.md"]
    await office.approve(2)
    assert await kept(office) == {"design.md": "# Ours\r\n\r\nA queue.  \r\n"}

    async def inputs(session: AsyncSession, plan: Plan) -> object:
        return inputs_of(plan, await load_documents(session, plan), await kept_for_build(session, plan))

    files = documents_commit(await office.within(inputs)).files
    assert files[".planning/design.md"] == b"# Ours\r\n\r\nA queue.  \r\n"
    assert b"Office library" in (files[".planning/PROJECT.md"] or b"")


async def test_an_old_review_approves_no_design_that_it_did_not_show(office: Office) -> None:
    await office.in_review()
    await drop(office, design__md="Ours.")
    with pytest.raises(Refused, match="Review 2"):
        await office.approve(1)


async def test_a_change_that_changes_no_document_still_shows_a_design_that_came_with_it(office: Office) -> None:
    await office.in_review()
    await drop(office, words="have a look", design__md="Ours.")
    await office.work()
    review = await office.review()
    assert review.number == 2
    assert [one.name for one in ReviewContent.model_validate(review.content).kept] == ["design.md"]


async def test_what_was_delivered_is_people_s_until_they_drop_it_anew(office: Office) -> None:
    await office.in_review()
    await drop(office, design__md="One.")
    await office.approve(2)
    await office.deliver()
    (outcome,) = await drop(office, design__md="Two.")
    assert outcome == "kept as it is; it comes with the next change"
    assert (await office.plan()).stage == PlanStage.DELIVERED
    await office.change("add pages", 2)
    await office.work()
    assert (await office.plan()).stage == PlanStage.IN_REVIEW
    assert await kept(office) == {"design.md": "Two."}
    await office.within(lambda session, plan: _delivered_now(plan))
    assert await kept(office) == {}


async def _delivered_now(plan: Plan) -> None:
    plan.delivered_review = plan.review


async def test_a_file_changes_nothing_while_a_plan_is_built(office: Office) -> None:
    await office.in_review()
    await office.approve(1)
    with pytest.raises(Refused):
        await drop(office, entity_specs__txt=write_entity_specs(library("pages")))
    assert await office.rows(PlanFile) == []


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("a/b/design.md", "design.md"),
        ("Shop-Design.md", "Shop-Design.md"),
        ("VERIFICATION.txt", "verification-design.md"),
        ("design (2).md", "design-2-design.md"),
        ("../../etc/passwd", "passwd-design.md"),
        ("设计.md", "design.md"),
        ("-design.md", "design.md"),
    ],
)
def test_a_kept_file_never_takes_the_name_of_a_document_of_ours(name: str, kept_as: str) -> None:
    assert kept_name(name) == kept_as


async def test_a_file_in_review_is_a_change_with_a_key_of_its_own(office: Office) -> None:
    await office.in_review()
    await drop(office, entity_specs__txt=write_entity_specs(library("pages")))
    said = (await office.rows(ConversationMessage))[-1]
    (file,) = await office.rows(PlanFile)
    assert (said.author, said.key) == (MARA, f"{file.key}#1")


async def test_who_drops_a_file_is_who_helped_a_blocked_plan_on(office: Office) -> None:
    await office.start()
    await office.within(lambda session, plan: block(session, plan, "no entity was found"))
    await drop(office, notes__txt="Boats have a name.")
    (lifted,) = [event for event in await office.rows(Event) if event.what == "resume"]
    (file,) = await office.rows(PlanFile)
    assert (lifted.actor, lifted.message_key) == (MARA, file.key)
    assert (await office.plan()).hold is None
