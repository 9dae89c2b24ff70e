"""What is for one of two others may name either, and it is asked whether it is exactly one: "clubs or families"."""

from __future__ import annotations

import time

import pytest

from bot.planning.built_in.words.plain_alternatives import in_plain_alternatives
from tests.planning.talking import asked, interview, propose, shape, talk

THINGS = "A tent has a number. A club has a name. A family has a surname. "
LOAN = f"{THINGS}A loan has a tent and a day. "
EITHER = "club_id:int?->Club family_id:int?->Family"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LOAN, "Loans go to clubs or families"),
        (LOAN, "Each loan is for a club or a family"),
        (LOAN, "Each loan belongs to either a club or a family"),
        (LOAN, "A loan is made to a club or to a family"),
        (LOAN, "We lend tents to clubs and families"),
        (LOAN, "We lend our tents to clubs or families"),
        (THINGS, "A loan has a tent, a day and either a club or a family"),
    ],
)
def test_each_may_name_either_of_the_two(text: str, said: str) -> None:
    conversation = talk(f"{text}{said}.")
    assert shape(propose(conversation))["Loan"] == f"tent_id:int->Tent day:date {EITHER}"
    question = next(one for one in interview(conversation).questions if one.id == "either:loan:club:family")
    assert question.text == f"“{said}”: must each loan name exactly one of them, a club or a family?"


def test_the_question_quotes_the_sentence_that_says_so() -> None:
    loan = f"We lend tents to clubs and families. {THINGS}Each loan has a tent, a start date and an end date."
    assert "“We lend tents to clubs and families”: must each" in interview(talk(loan)).questions[0].text


@pytest.mark.parametrize(
    ("answer", "tasks"),
    [
        ("Exactly one of the two", ["“Loans go to clubs or families”"]),
        ("yes", ["“Loans go to clubs or families”"]),
        ("One of them, both, or none", []),
    ],
)
def test_that_it_is_exactly_one_is_an_open_task(answer: str, tasks: list[str]) -> None:
    told = talk(f"{LOAN}Loans go to clubs or families.", answers={"either:loan:club:family": answer})
    assert [one.title for one in propose(told).custom] == tasks
    assert "either:loan:club:family" not in asked(told)


@pytest.mark.parametrize(
    "said",
    [
        "A ticket has a price. A ticket is for a child or an adult.",
        f"{LOAN}A tent is for a summer or a winter.",
        f"{LOAN}A loan is open or closed.",
        f"{THINGS}We lend tents to clubs and families.",
        f"{LOAN}Loans go to clubs, families or schools.",
    ],
)
def test_values_and_what_nothing_tells_of_are_no_alternatives(said: str) -> None:
    assert in_plain_alternatives(said) == said


def test_a_long_text_takes_no_time() -> None:
    start = time.perf_counter()
    in_plain_alternatives("A loan has a tent, " + "a day, either a " * 450)
    in_plain_alternatives("We lend our tents to " + "our clubs or " * 600)
    assert time.perf_counter() - start < 1
