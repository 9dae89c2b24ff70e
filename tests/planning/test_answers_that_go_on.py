"""Answers that begin with a yes or a no, and go on to say something else."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked, interview, propose, quoted, shape, talk

SEVERAL = {
    "several:beekeeper:hive": "Beekeepers with a name. Hives with a number. Each beekeeper has several hives.",
    "several:choir:singer": "Choirs with a name. Singers with a voice. A choir has many singers.",
}
BAND = {"several:choir:singer": "no, that's wrong, I meant a band", "several:beekeeper:hive": "yes, I didn't say that"}


@pytest.mark.parametrize("key", SEVERAL)
@pytest.mark.parametrize(
    "said",
    ["They are not linked", "no, I only meant a count, they aren't linked to each other",
     "No, one has nothing to do with the other", "yes, but they are not really connected"],
)  # fmt: skip
def test_who_denies_a_link_gets_none(said: str, key: str) -> None:
    conversation = talk(SEVERAL[key], answers={key: said, "use": ""})
    proposal = propose(conversation)

    assert "->" not in " ".join(shape(proposal).values())
    assert len(shape(proposal)) == 2
    assert any(note.endswith("are not linked (Jon)") for note in proposal.decisions)
    assert quoted(proposal) == []
    assert asked(conversation) == []


@pytest.mark.parametrize("key", SEVERAL)
def test_that_things_are_not_linked_is_a_choice(key: str) -> None:
    (question,) = [one for one in interview(talk(SEVERAL[key])).questions if one.id == key]

    assert question.options[-1] == "They have nothing to do with each other"
    assert len(question.examples) == len(question.options)


@pytest.mark.parametrize("key", SEVERAL)
def test_a_no_that_means_something_else_is_asked_again_with_its_words(key: str) -> None:
    questions = interview(talk(SEVERAL[key], answers={key: BAND[key], "use": ""})).questions

    assert [one.id for one in questions] == [f"{key}:again"]
    assert f"“{BAND[key]}”" in questions[0].text


@pytest.mark.parametrize("said", ["no", "No, only one", "no, each is at one place"])
def test_a_no_that_says_the_same_is_a_no(said: str) -> None:
    key = "several:choir:singer"

    assert "choir_id:int->Choir" in shape(propose(talk(SEVERAL[key], answers={key: said})))["Singer"]


@pytest.mark.parametrize(
    ("said", "is_unique"),
    [("of course, everybody has their own address", True), ("Certainly", True), ("well, of course!", True),
     ("of course not", False), ("definitely not, couples share one", False)],
)  # fmt: skip
def test_of_course_is_a_yes(said: str, is_unique: bool) -> None:
    proposal = propose(talk("Members with a name and an email.", answers={"unique": said}))

    assert shape(proposal) == {"Member": f"name:str email:EmailStr{'!' if is_unique else ''}"}
    assert any(note.endswith("(Jon)") for note in proposal.decisions)
    assert quoted(proposal) == []
