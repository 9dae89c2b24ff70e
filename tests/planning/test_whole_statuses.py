"""Who alone may change a status takes each of its steps: "only the office may change the status of a repair"."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked, named_rules_of, propose, quoted, talk

REPAIR = "A repair has a title. A repair goes from new to in work to done. "
LISTED = "A repair has a title. A repair is new, in work or done. "
ORDER = "A member has a name. An order has a number and a member. "
OFFICE = ["Repair: in_work only by role office", "Repair: done only by role office"]
TREE = "A tree has a species. A tree is standing or felled. "


def rights(text: str, **answers: str) -> list[str]:
    """Return what is left to somebody, after a text and some answers."""
    told = {key.replace("_", ":", 1).replace("_", "."): answer for key, answer in answers.items()}
    return [one for one in named_rules_of(propose(talk(text, answers=told))) if " only by " in one]


@pytest.mark.parametrize(
    "said",
    [
        "Only the office may change the status.",
        "Only the office can change the status of a repair.",
        "Only the office may change a repair's status.",
        "Only the office may change the repair status.",
        "Nobody but the office changes a status.",
        "No one except the office may change its status.",
        "The office alone may change the status of repairs.",
        "The office may change the status, nobody else may.",
        "The status may only be changed by the office.",
        "The status of a repair is only changed by the office.",
        "Changing the status is left to the office.",
        "Only the office sets the status.",
        "Its status is set only by the office.",
    ],
)
def test_each_step_is_left_to_those_who_change_the_status(said: str) -> None:
    assert rights(REPAIR + said) == OFFICE
    assert quoted(propose(talk(REPAIR + said))) == []


def test_it_may_be_whom_the_thing_names() -> None:
    assert rights(
        f"{ORDER} An order goes from open to paid. Only the order's member may change its status.", use="Members log in"
    ) == ["Order: paid only by member"]


@pytest.mark.parametrize(
    "said", [f"{LISTED} Only the office may change the status.", f"{LISTED} Nobody but the office changes a status."]
)
def test_how_it_changes_is_asked_where_nobody_said_it(said: str) -> None:
    assert "steps:repair.status" in asked(talk(said))
    assert rights(said, steps_repair_status="new → in work → done") == OFFICE
    assert rights(said, steps_repair_status="Leave it open, noted in the review") == []


def test_a_step_that_is_told_later_is_left_to_them_too() -> None:
    text = "A repair has a title. A repair is new, done or lost. A repair goes from new to done. "
    told = rights(f"{text} Only the office may change the status.")
    assert told == [f"Repair: {step} only by role office" for step in ("done", "lost", "new")]


def test_nothing_is_asked_of_a_status_that_only_some_may_see() -> None:
    assert "steps:repair.status" not in asked(talk(f"{LISTED} Only the office may see the status."))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (TREE + REPAIR, "Only admins can change statuses"),
        (TREE + REPAIR, "Only admins may change the status of an alarm"),
        (REPAIR, "Only admins may see the status"),
        ("A plan has a title. ", "Only admins may change the status"),
    ],
)
def test_what_may_be_another_status_is_no_rule(told: str, said: str) -> None:
    assert rights(f"{told}{said}.") == []
    assert said in quoted(propose(talk(f"{told}{said}.")))
