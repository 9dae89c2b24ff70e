"""What people want to see is one open task, which refuses nothing."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, talk

REPAIRS = "A repair has a maker and a date. It is new, then ready, then collected."


@pytest.mark.parametrize(
    "said",
    [
        "Anything that has been ready for more than 90 days and nobody has fetched it, I want to see on a list",
        "Every repair that nobody collected within 30 days should be shown on a list",
        "I want to see all repairs that nobody has collected after 30 days",
    ],
)
def test_a_list_that_is_wished_for_is_one_task_and_refuses_nothing(said: str) -> None:
    (task,) = propose(talk(f"{REPAIRS} {said}.")).custom

    assert task.title.strip("“”…").rstrip() in said
    assert "409" not in task.done
    assert "409" not in task.criterion
