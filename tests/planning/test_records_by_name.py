"""Records keep the names and facts that people give them: in an answer, and in a review that shows class names."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, shape, talk

STORY = "Pupils take instruments home. A pupil has a name. An instrument has a name and a number."
LINK = "link:take:pupil:instrument"
OWN = {LINK: "2"}
JOINS = "pupil_id:int->Pupil instrument_id:int->Instrument"


@pytest.mark.parametrize(
    "change",
    [
        "rename PupilInstrument to Loan",
        "Rename Pupil Instrument to Loan",
        "rename PupilInstruments to Loans",
        "rename `PupilInstrument` to `Loan`",
        "rename “PupilInstrument” to “Loan”",
        "rename PupilInstrument to a loan",
        "call PupilInstrument a loan",
        "PupilInstrument should be called Loan",
        "the pupil instrument should rather be called a loan",
    ],
)
def test_a_thing_is_found_as_the_review_shows_it(change: str) -> None:
    """The class name, its words, and quotes around it name the same thing."""
    proposal = propose(talk(STORY, answers=OWN, changes=(change,)))
    assert shape(proposal)["Loan"] == f"{JOINS} happened_at:datetime"
    assert "PupilInstrument" not in shape(proposal)
    assert not [piece for piece in proposal.unread if "oan" in piece]


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ("rename PupilInstrument.happened_at to taken_on", "taken_on:datetime"),
        ("add a note to PupilInstrument", "happened_at:datetime note:str"),
        ("add a note to PupilInstruments", "happened_at:datetime note:str"),
    ],
)
def test_other_changes_take_class_names_too(change: str, fields: str) -> None:
    """A class name stands for its words in every change."""
    proposal = propose(talk(STORY, answers=OWN, changes=(change,)))
    assert shape(proposal)["PupilInstrument"] == f"{JOINS} {fields}"


def test_a_new_class_name_keeps_its_words() -> None:
    """A name of two words stays one of two words."""
    proposal = propose(talk(STORY, answers=OWN, changes=("rename PupilInstrument to InstrumentLoan",)))
    assert "InstrumentLoan" in shape(proposal)


def test_a_new_name_comes_with_facts() -> None:
    """What is said behind the new name is read as well, and takes the place of what it names."""
    change = "rename PupilInstrument to Loan, with a taken date and an optional returned date instead of happened at"
    proposal = propose(talk(STORY, answers=OWN, changes=(change,)))
    assert shape(proposal)["Loan"] == f"{JOINS} taken_date:date returned_date:date?"
    assert f"“{change}” (Jon)" in proposal.decisions


@pytest.mark.parametrize(
    ("answer", "name", "fields"),
    [
        (
            "it is a loan, with the day it was taken and the day it came back, which is empty while it is out",
            "Loan",
            "taken_on:date came_back_on:date?",
        ),
        (
            "a record of its own, called loan, with a taken date and an optional returned date",
            "Loan",
            "taken_date:date returned_date:date?",
        ),
        ("it's a borrowing, with a taken date and a note", "Borrowing", "taken_date:date note:str"),
        ("a record called loan", "Loan", "lent_at:datetime due_at:datetime returned_at:datetime?"),
        ("a loan", "Loan", "lent_at:datetime due_at:datetime returned_at:datetime?"),
        ("a record of its own, with a taken date", "PupilInstrument", "taken_date:date"),
        ("a record of its own, with dates", "PupilInstrument", "happened_at:datetime"),
        ("a record of its own", "PupilInstrument", "happened_at:datetime"),
    ],
)
def test_an_answer_names_the_record_and_its_facts(answer: str, name: str, fields: str) -> None:
    """The record is called as the answer calls it, and has what the answer tells; else what is usual."""
    proposal = propose(talk(STORY, answers={LINK: answer}))
    assert shape(proposal)[name] == f"{JOINS} {fields}"
    assert answer not in proposal.unread


def test_what_an_answer_tells_unreadably_is_quoted() -> None:
    """The record stays; what nobody can read of its facts is told."""
    proposal = propose(talk(STORY, answers={LINK: "a record of its own, with dates and flying carpets that are blue"}))
    assert any("flying carpets" in piece for piece in proposal.unread)
    assert "PupilInstrument" in shape(proposal)


@pytest.mark.parametrize("answer", ["only a link", "a reference", "no record", "each instrument names one pupil"])
def test_an_answer_that_means_a_link_is_no_record(answer: str) -> None:
    """Words for a link name no record."""
    assert set(shape(propose(talk(STORY, answers={LINK: answer})))) == {"Pupil", "Instrument"}


def test_an_unknown_loan_beside_a_record_of_lending_is_asked_about() -> None:
    """A second thing beside the record would be linked to nothing: the sentence says how to name the record."""
    proposal = propose(talk(STORY, answers=OWN, changes=("a loan has an optional returned date",)))
    assert "Loan" not in shape(proposal)
    assert any("say “rename pupil instrument to loan” first" in piece for piece in proposal.unread)
