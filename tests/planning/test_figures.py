"""Wishes for figures over several records are quoted with an honest reason, and make no thing of their own."""

from __future__ import annotations

import pytest

from bot.planning.built_in.phrases.figures import figure_of
from tests.planning.talking import asked, propose, quoted, shape, talk

HIVES = "hives with a colour; sessions with a date; a session belongs to a hive"
KEPT = {"Hive": "colour:str", "Session": "date:date hive_id:int->Hive"}
FIGURES = [
    "the digest counts sessions per hive",
    "The weekly digest counts the hives and the sessions of the week",
    "The overview shows how many sessions each hive had",
    "A monthly report should list the number of sessions per hive",
    "count the sessions of each hive",
    "The service sums up the sessions of a hive",
]


@pytest.mark.parametrize("said", FIGURES)
@pytest.mark.parametrize("where", ["first", "messages", "changes"])
def test_a_figure_is_quoted_and_becomes_no_thing(said: str, where: str) -> None:
    texts = {"first": talk(f"{HIVES}. {said}."), "messages": talk(HIVES, said), "changes": talk(HIVES, changes=(said,))}
    proposal = propose(texts[where])

    assert shape(proposal) == KEPT
    assert [piece.startswith(said) and "no template makes digests" in piece for piece in quoted(proposal)] == [True]
    assert asked(texts[where]) == ([] if where == "changes" else ["use"])


def test_a_report_that_people_describe_is_a_thing() -> None:
    proposal = propose(
        talk(f"{HIVES}; reports with a title and a number of pages; a report counts as read when signed")
    )

    assert shape(proposal)["Report"].startswith("title:str")


@pytest.mark.parametrize(
    "said", ["a report has a title", "a hive counts as dead after a year", "show the hive", "a session has a total"]
)
def test_a_description_is_no_such_wish(said: str) -> None:
    assert figure_of(said) is None
