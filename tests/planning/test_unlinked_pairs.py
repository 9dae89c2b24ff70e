"""Two things that aren't linked: the choice in each question about a link, and sentences that say so at any time."""

from __future__ import annotations

import pytest

from bot.planning.built_in.phrases.unlinked_pairs import read_unlinked
from tests.planning.talking import asked, interview, propose, quoted, shape, talk

VISITS = "hives with a colour; beekeepers with a name; a beekeeper visits hives"
MANY = "hives with a colour; inspections with a date; a hive has many inspections"
APART = {"Hive": "colour:str", "Inspection": "date:date"}
QUESTION = "link:visit:beekeeper:hive"


@pytest.mark.parametrize("answer", ["They are not linked", "Nothing of it", "4", "no, they aren't linked at all"])
def test_a_question_about_what_happens_can_be_answered_that_nothing_links_them(answer: str) -> None:
    question = next(one for one in interview(talk(VISITS)).questions if one.id == QUESTION)
    answered = talk(VISITS, answers={QUESTION: answer})

    assert question.options[-1] == "Nothing of it"
    assert shape(propose(answered)) == {"Hive": "colour:str", "Beekeeper": "name:str"}
    assert asked(answered) == ["use"]
    assert quoted(propose(answered)) == []
    assert "Beekeepers and hives are not linked (Jon)" in propose(answered).decisions


@pytest.mark.parametrize("where", ["messages", "changes"])
@pytest.mark.parametrize(
    "said",
    [
        "they are not linked",
        "no, hives and inspections are not linked",
        "a hive has nothing to do with an inspection",
        "there is no link between hives and inspections",
        "an inspection isn't connected to a hive",
        "an inspection doesn't belong to a hive",
    ],
)
def test_a_link_that_is_denied_is_not_proposed_again(said: str, where: str) -> None:
    conversation = talk(MANY, said) if where == "messages" else talk(MANY, changes=(said,))

    assert shape(propose(conversation)) == APART
    assert quoted(propose(conversation)) == []
    assert not [one for one in asked(conversation) if one.startswith(("several", "link"))]
    assert not [note for note in propose(conversation).assumptions if "belongs to one" in note]


@pytest.mark.parametrize("where", ["messages", "changes"])
def test_the_likely_link_of_a_record_leaves_out_what_people_denied(where: str) -> None:
    first, said = "hives with a colour; visits with a date; members with a name", "a hive and a visit are not linked"
    proposal = propose(talk(first, said) if where == "messages" else talk(first, changes=(said,)))

    assert shape(proposal) == {
        "Hive": "colour:str", "Visit": "date:date member_id:int->Member", "Member": "name:str"
    }  # fmt: skip


@pytest.mark.parametrize("where", ["messages", "changes"])
def test_which_two_is_asked_where_there_are_more(where: str) -> None:
    first = "hives with a colour; visits with a date; members with a name"
    proposal = propose(
        talk(first, "they are not linked") if where == "messages" else talk(first, changes=("they are not linked",))
    )

    assert list(shape(proposal)) == ["Hive", "Visit", "Member"]
    assert quoted(proposal) == ["they are not linked (which two? say “hives and visits are not linked”)"]


def test_saying_the_link_again_later_brings_it_back() -> None:
    later = ("hives and inspections are not linked", "an inspection belongs to a hive")

    assert shape(propose(talk(MANY, changes=later)))["Inspection"] == "date:date hive_id:int->Hive"


@pytest.mark.parametrize("said", ["hives and visits are linked", "a hive is not a visit", "they are not here"])
def test_what_says_something_else_is_no_such_sentence(said: str) -> None:
    assert read_unlinked(said) is None
