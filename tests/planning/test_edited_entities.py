"""Entities that people edited by hand: both planners take them exactly, and go on from them."""

from __future__ import annotations

import pytest

from bot.documents.entities.difference import describe_changes
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.entities.short_form import write_short_form
from bot.documents.entities.short_form_reader import read_short_form
from bot.planning.built_in.drafts.assembly import assemble
from bot.planning.built_in.planner import read_conversation
from bot.planning.conversation import Conversation, Earlier, Message, Proposal
from bot.planning.edited_entities import as_told, edited_specs, edited_text, with_specs
from bot.planning.sources import sources_of_entity, sources_of_field
from tests.planning.model_talking import TALK, UNCHANGED, asked, interview, scripted
from tests.planning.model_talking import propose as propose_with_model
from tests.planning.talking import propose, talk
from tests.stand_ins.model import Step

IDEA = (
    "a library: books with a title and an isbn; members borrow books; a loan is due in 14 days; a loan is lent or "
    "back; a book is shelved by the light of the moon; shops sell crates"
)
IDEAS = (
    IDEA,
    "a garden club: members with a name; a plot has a size and belongs to one member; plots have many plants",
    "a clinic: patients with a name and an e-mail; an appointment has a start and an end, one patient and one doctor",
)


def by_hand(before: EntitySpecs, further: str = "", **edits: tuple[str, str]) -> str:
    """Return the text of a change in the form: in an entity's lines one piece is replaced by another."""
    texts = dict(zip([entity.name for entity in before.entities], write_short_form(before), strict=True))
    for name, (old, new) in edits.items():
        assert old in texts[name]
        texts[name] = texts[name].replace(old, new) if old else new
    reading = read_short_form(before, [*texts.values()], further)
    assert not reading.problems
    return edited_text(describe_changes(before, reading.specs), reading.specs)


def edited(idea: str = IDEA, further: str = "Review\nof: Book\nstars: number", **edits: tuple[str, str]) -> str:
    """Return such a change of what an idea gives."""
    return by_hand(propose(talk(idea)).specs, further, **edits)


def specs_after(*changes: str, idea: str = IDEA) -> EntitySpecs:
    """Return the entities after changes."""
    return propose(talk(idea, changes=changes)).specs


@pytest.mark.parametrize("idea", IDEAS)
def test_they_are_taken_exactly_as_they_stand(idea: str) -> None:
    """What later changes go on from is the same, too: nothing is settled anew in it."""
    change = edited(idea, "Note\nwords: long text (optional)\nmood: good, bad (default bad)")
    talked = talk(idea, changes=(change,))
    specs = edited_specs(change)
    assert specs is not None
    assert propose(talked).specs == specs
    own = assemble(read_conversation(talked, settles=True).draft)
    assert describe_changes(specs, own) in {(), ("The order of the document changed",)}


@pytest.mark.parametrize(
    ("words", "difference"),
    [
        ("add a colour to books", "Book gains `colour`: str"),
        ("remove the stars from reviews", "Review loses `stars`"),
        ("rename the stars of reviews to points", "`stars` of Review is now called `points`"),
        ("stars of reviews is between 1 and 5", "`stars` of Review now has a maximum of 5"),
        ("a review belongs to a member", "Member gains the relation `reviews` to Review (OneToMany)"),
        ("remove the reviews", "Book loses the relation `reviews`"),
        ("a review goes from open to closed", "Review"),
        ("a loan is due in 21 days", "Loan gains the rule “The due at of a loan is always 21 days after its lent at”"),
    ],
)
def test_later_words_go_on_from_them(words: str, difference: str) -> None:
    change = edited()
    before = edited_specs(change)
    assert before is not None
    assert difference in " ".join(describe_changes(before, specs_after(change, words)))


def test_a_second_edit_takes_the_place_of_the_first_and_undo_brings_it_back() -> None:
    first = edited()
    words = specs_after(first, "add a colour to books")
    second = by_hand(words, Book=("title: text", "heading: text"))
    after = edited_specs(second)
    assert specs_after(first, "add a colour to books", second) == after
    assert specs_after(first, "add a colour to books") == words


def test_what_is_gone_takes_along_what_was_said_of_it() -> None:
    before = propose(talk(IDEA))
    books = next(text for text in write_short_form(before.specs) if text.startswith("title"))
    texts = [text if text == books else "" for text in write_short_form(before.specs)]
    reading = read_short_form(before.specs, texts)
    change = edited_text(describe_changes(before.specs, reading.specs), reading.specs)
    after = propose(talk(IDEA, changes=(change,)))
    assert [entity.name for entity in after.specs.entities] == ["Book"]
    assert any("Loan" in note for note in before.decisions)
    assert not any("Loan" in note or "loan names" in note for note in after.decisions)
    assert any("moon" in piece for piece in (*after.unread, *(task.title for task in after.custom)))


RESCUE = (
    "We run a mountain rescue with rescuers (name, call sign). An emergency goes from reported to closed. "
    "A shepherd reports an alarm with a place. A drone stays at least ten metres from trees."
)


def quotes_after(further: str, idea: str = RESCUE) -> tuple[list[str], list[str], tuple[str, ...]]:
    """Return the titles of the open tasks, what is unread, and the decisions after an edit by hand."""
    after = propose(talk(idea, changes=(edited(idea, further),)))
    return [task.title for task in after.custom], list(after.unread), after.decisions


def test_what_was_unread_becomes_no_task_by_an_edit() -> None:
    rule = "A drone stays at least ten metres from trees"
    assert rule in propose(talk(RESCUE)).unread
    tasks, unread, _ = quotes_after("Drone\nname: text")
    assert tasks == []
    assert rule in unread


@pytest.mark.parametrize(
    ("told", "further", "goes"),
    [
        ("The curator checks the place", "Place\ncurator: text", True),
        ("We bring a drone to the curator", "Drone\ncurator: text", True),
        ("We bring a drone to the curator", "Drone\nname: text", False),
        ("The curator checks the place", "Note\ncurator: text", False),
    ],
)
def test_what_only_describes_what_is_there_by_an_edit_goes(told: str, further: str, goes: bool) -> None:
    idea = f"We keep books with a title and an isbn. {told}."
    left = propose(talk(idea)).unread
    assert told in left
    _, unread, decisions = quotes_after(further, idea)
    assert (told not in unread) is goes
    assert any("goes with the entities as they were edited" in note for note in decisions) is goes


def test_people_read_what_differs_and_never_the_document() -> None:
    change = edited()
    assert as_told(change).startswith("Edited the entities: Review is new, with `id`, ")
    assert "the relation" not in as_told(change)
    assert "\n" not in as_told(change)
    assert as_told("Edited the entities: all of them, please") == "Edited the entities: all of them, please"
    assert edited_specs("Edited the entities: no\n<entity_specs>\n</entity_specs>") is None
    after = propose(talk(IDEA, changes=(change,)))
    texts = (*after.unread, *after.decisions, *after.assumptions, *(task.title for task in after.custom))
    assert not any("<entity_specs>" in text or "API_PATH" in text for text in texts)


def test_why_points_to_who_edited() -> None:
    conversation = talk(IDEA, changes=(edited(),))
    specs = propose(conversation).specs
    review = specs.entity("Review")
    assert review is not None
    stars = next(field for field in review.fields if field.name == "stars")
    of_field = sources_of_field(conversation, specs, review, stars)
    found = (*sources_of_entity(conversation, specs, review), *of_field)
    assert {source.author for source in found} == {"Jon"}
    assert all(source.is_set for source in found)
    assert {source.quote.partition(",")[0] for source in found} == {"Review is new"}


@pytest.mark.parametrize(
    ("lines", "gone", "stays"),
    [
        ("name: text\nshelves: number", "A kiln has only a name", "A potter has only a name"),
        ("name: text\nheat: number with decimals\nowner: Potter", "A kiln has only a name", "Potter: name is text"),
        ("name: text (optional)", "Kiln: name is text", "A kiln has only a name"),
        ("name: text\nowner: Potter", "", "A kiln has only a name"),
    ],
)
def test_an_assumption_goes_that_is_no_longer_true(lines: str, gone: str, stays: str) -> None:
    idea = "A firing belongs to a kiln. A firing belongs to a potter. A firing has a date."
    before = propose(talk(idea))
    assumed = (*before.assumptions, "Kiln: name is text", "Potter: name is text")
    specs = read_short_form(before.specs, [lines if e.name == "Kiln" else t for e, t in texts_of(before)], "").specs
    after = with_specs(before.model_copy(update={"assumptions": assumed}), specs).assumptions
    assert set(assumed) - set(after) == ({gone} if gone else set())
    assert stays in after


def texts_of(proposal: Proposal) -> list[tuple[Entity, str]]:
    """Return each entity with its lines in the form."""
    return [*zip(proposal.specs.entities, write_short_form(proposal.specs), strict=True)]


async def by_model(*changes: str) -> tuple[Proposal, Conversation]:
    """Return the first proposal of the scripted model, and a conversation with changes about it."""
    with scripted({}) as server:
        before = await propose_with_model(server)
    said = tuple(Message(author="Jon", text=text, timestamp="9") for text in changes)
    return before, TALK.model_copy(update={"changes": said, "earlier": Earlier(proposal=before, changes=0)})


async def test_a_model_is_not_asked_about_entities_that_people_edited() -> None:
    before, _ = await by_model()
    change = by_hand(before.specs, Book=("title", "heading"))
    _, conversation = await by_model(change)
    with scripted({}) as server:
        heard = await interview(server, conversation)
        proposal = await propose_with_model(server, conversation)
    assert asked(server) == []
    assert heard.proposal == proposal
    assert heard.questions == ()
    assert proposal.specs == edited_specs(change)
    assert proposal.custom == before.custom


async def test_a_model_goes_on_from_them_and_can_not_change_the_newest() -> None:
    before, _ = await by_model()
    change = by_hand(before.specs, Book=("title", "heading"))
    answer = Step(content=UNCHANGED)
    _, words_last = await by_model(change, "books need a shelf")
    with scripted({"revision": [answer]}, "Edited the entities: ", "- heading: str") as server:
        await propose_with_model(server, words_last)
    assert server.refused == []
    change_told = server.prompts()[0].partition("## The change")[2].partition("## The plan so far")[0]
    assert "Edited the entities: " in change_told
    assert "<entity_specs>" not in change_told
    _, edit_last = await by_model("books need a shelf", change)
    with scripted({"revision": [answer]}, "books need a shelf") as server:
        proposal = await propose_with_model(server, edit_last)
    assert proposal.specs == edited_specs(change)
