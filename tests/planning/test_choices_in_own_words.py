"""Answers that choose how two things are linked in people's own words; a link that people chose is required."""

from __future__ import annotations

import pytest

from bot.planning.conversation import Question
from bot.workflow.replies import read_reply
from tests.planning.talking import asked, interview, propose, shape, talk

FIRING = "A potter has a name. A kiln has a name. A firing is in one kiln and has a start time. A potter books firings."
MATCH = "A coach has a name. A pitch has a name. A match is on one pitch and has a date. A coach books matches."
LENDING = "Members with a name; books with a title. A member borrows books."
PROJECT = "a project has a name and many tasks; a task has a title"


def link_of(text: str) -> Question:
    """Return the question how two things are linked."""
    return next(one for one in interview(talk(text)).questions if one.id.startswith(("link:", "several:")))


@pytest.mark.parametrize(("idea", "noun", "held"), [(FIRING, "firing", "potter"), (MATCH, "match", "coach")])
@pytest.mark.parametrize(
    "said",
    ["The {0} itself is the booking, it just names its {1}.", "it just names its {1}", "only a link",
     "each {0} has exactly one {1}", "one {1} per {0}", "the {0} is already the booking", "just a reference to the {1}",
     "no separate record please", "we don't need the history", "every {0} belongs to one {1}",
     "it simply points to one {1}", "no record, no dates"],
)  # fmt: skip
def test_a_link_in_own_words_is_a_link_and_required(idea: str, noun: str, held: str, said: str) -> None:
    question, answer = link_of(idea), said.format(noun, held)
    proposal = propose(talk(idea, answers={question.id: answer}))

    assert f"{held}_id:int->{held.title()}" in shape(proposal)[noun.title()]
    assert "Booking" not in shape(proposal)
    assert proposal.unread == ()
    assert f"{question.id}:again" not in asked(talk(idea, answers={question.id: answer}))
    assert any(note.startswith(f"Each {noun} names one {held}") for note in proposal.decisions)


@pytest.mark.parametrize("said", ["only a link, optional", "just a reference, it may be empty", "a link, if any"])
def test_a_chosen_link_is_optional_where_people_say_so(said: str) -> None:
    shown = shape(propose(talk(FIRING, answers={link_of(FIRING).id: said})))
    assert "potter_id:int?->Potter" in shown["Firing"]


def test_what_is_named_for_a_while_only_may_be_empty_and_its_choice_says_so() -> None:
    question = link_of(LENDING)
    assert question.options[1] == "At most one member for each book: a new one replaces the one before"
    for said in ("Only a link", question.options[1], "we only want to know who has it now", "only the current one"):
        assert shape(propose(talk(LENDING, answers={question.id: said}))) == {
            "Member": "name:str", "Book": "title:str member_id:int?->Member"
        }  # fmt: skip


@pytest.mark.parametrize(
    "said",
    ["we need the history", "keep who and when", "we want to know who had it before", "a separate table",
     "track when it was lent", "a record for each of them"],
)  # fmt: skip
def test_a_record_in_own_words(said: str) -> None:
    assert "Loan" in shape(propose(talk(LENDING, answers={link_of(LENDING).id: said})))
    assert not propose(talk(LENDING, answers={link_of(LENDING).id: said})).unread


@pytest.mark.parametrize("said", ["each member has one book", "it depends on the weather", "purple"])
def test_what_chooses_nothing_plainly_is_asked_once_more(said: str) -> None:
    question = link_of(LENDING)
    assert f"{question.id}:again" in asked(talk(LENDING, answers={question.id: said}))


@pytest.mark.parametrize(
    ("said", "is_many"),
    [("only one", False), ("always just one", False), ("one at a time", False), ("not in several", False),
     ("a task is in exactly one project", False), ("never more than one", False), ("several", True),
     ("it can be in many projects", True), ("more than one", True), ("they can be shared", True),
     ("any number of them", True)],
)  # fmt: skip
def test_one_or_several_in_own_words(said: str, is_many: bool) -> None:
    conversation = talk(PROJECT, answers={link_of(PROJECT).id: said})
    assert ("ProjectTask" in shape(propose(conversation))) is is_many
    assert propose(conversation).unread == ()
    assert not any(":again" in key for key in asked(conversation))


@pytest.mark.parametrize(
    ("idea", "said"),
    [(FIRING, "it just names its potter"), (FIRING, "The firing itself is the booking, it just names its potter."),
     (LENDING, "Only a link"), (LENDING, "keep the history of it"),
     (PROJECT, "only ever one"), (PROJECT, "it can be in several")],
)  # fmt: skip
def test_a_plain_choice_needs_no_number_though_another_question_is_open(idea: str, said: str) -> None:
    questions = interview(talk(idea)).questions
    assert len(questions) > 1
    assert read_reply(questions, range(1, len(questions) + 1), said) == [(link_of(idea).id, said)]


@pytest.mark.parametrize("said", ["each bike has one owner", "a shelf holds several jars", "only one bike per owner"])
def test_words_about_other_things_are_no_choice(said: str) -> None:
    for idea in (FIRING, LENDING, PROJECT):
        questions = interview(talk(idea)).questions
        assert read_reply(questions, range(1, len(questions) + 1), said) == []
