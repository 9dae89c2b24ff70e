"""What was refused rests for its time, for what it was refused about, and is forgotten afterwards."""

from __future__ import annotations

import itertools

from bot.building.rests import Rests


def test_a_plan_rests_for_its_seconds() -> None:
    clock = iter([100.0, 129.9, 130.0])
    rests = Rests(lambda: next(clock))
    rests.begin("library", 30.0)
    assert rests.holds("library")
    assert not rests.holds("library")


def test_a_plan_rests_only_in_what_it_was_refused_about_and_until_it_is_taken() -> None:
    rests = Rests()
    rests.begin("library", 600.0, ("octocat",))
    assert rests.holds("library", ("octocat",))
    assert not rests.holds("library", ("octocat", "mara"))
    assert not rests.holds("harbour", ("octocat",))
    rests.end("library")
    rests.end("harbour")
    assert not rests.holds("library", ("octocat",))


def test_plans_that_have_rested_are_forgotten() -> None:
    moments = itertools.count(0.0, 10.0)
    rests = Rests(lambda: next(moments))
    for number in range(50):
        rests.begin(f"plan {number}", 25.0)
    assert len(rests._until) == 3
