"""Sentences that only point to something beside them say nothing to build, before a title or alone."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.sentence_marks import only_points
from tests.planning.talking import asked, interview, propose, shape, talk


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("tool shed: here are our tables", "Tool shed"),
        ("Bike shop: see the attached file", "Bike shop"),
        ("our gym - the tables are in the file below", "Gym"),
        ("a flower nursery: our data is attached", "Flower nursery"),
        ("Chess club – see below", "Chess club"),
        ("ferry office: I've uploaded the spreadsheet", "Ferry office"),
        ("pottery: please find attached our lists", "Pottery"),
        ("Choir: attached", "Choir"),
        ("the depot: use the attached schema", "Depot"),
        ("Bakery: the file is attached.", "Bakery"),
    ],
)
def test_a_title_before_what_only_points_is_no_thing(said: str, title: str) -> None:
    first = interview(talk(said))
    assert first.title == title
    assert [question.id for question in first.questions] == ["things"]
    assert "could not" not in first.questions[0].text

    proposal = propose(talk(said, "tools with a name"))
    assert (proposal.title, shape(proposal), proposal.unread) == (title, {"Tool": "name:str"}, ())


@pytest.mark.parametrize(
    "said",
    [
        "I'll drop the schema",
        "see the schema",
        "please read it",
        "It's all in the requirements.md that I dropped, please read it",
        "we'll paste our schema.sql in a moment",
    ],
)
def test_what_shows_a_file_only_points(said: str) -> None:
    assert only_points(said)
    proposal = propose(talk(f"tool shed. {said}", "tools with a name", said))
    assert (shape(proposal), proposal.unread) == ({"Tool": "name:str"}, ())


@pytest.mark.parametrize("said", ["drop it", "people send documents", "documents are read", "send them a document"])
def test_what_somebody_else_shows_or_drops_does_not_only_point(said: str) -> None:
    assert not only_points(said)


@pytest.mark.parametrize(
    "said", ["use our database", "tables with a number", "see a doctor", "files have a name", "here we keep tools"]
)
def test_what_says_more_does_not_only_point(said: str) -> None:
    assert not only_points(said)


def test_a_pointing_sentence_alone_is_not_asked_about() -> None:
    assert "unread" not in asked(talk("Here are our tables. Tools with a name"))
    assert propose(talk("Here are our tables. Tools with a name")).unread == ()
