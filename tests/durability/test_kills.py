"""The bot is killed at some of the points of a build that `make test-durability` kills it at; nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.durability.cancelled import CancelledStory, hanging
from tests.durability.changes import ChangeStory
from tests.durability.choosing import chosen
from tests.durability.imported import ImportedStory
from tests.durability.looking import left_alone
from tests.durability.runs import Ending, Releases, Story, Way

pytestmark = [
    pytest.mark.environment,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system tells of no processes"),
]
COMMIT = ("git fast-import #3 after", Way.DEPLOY)
"""A commit without its tick."""
NOTED_BY_NOBODY = (("git push #1 after", Way.NO_ENGINE), ("slack chat.postMessage #1 after", Way.AGAIN))
"""A push and a message that nobody noted."""
SAMPLE = (
    pytest.param(*COMMIT, id=COMMIT[0]),
    *(pytest.param(*each, id=each[0], marks=pytest.mark.matrix) for each in NOTED_BY_NOBODY),
)
CHECKLIST_POINT = "git fast-import #2 after"
"""What a model wrote is committed, and nobody noted it."""


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[Story]:
    """Give a plan that waits for its approval."""
    folder = tmp_path_factory.mktemp("durability")
    with left_alone():
        made = Story(folder / "story", Releases.made(folder / "releases"), cache)
        made.prepare()
        yield made


@pytest.fixture(scope="module")
def undisturbed(story: Story) -> Ending:
    """Return how a build ends that nobody disturbs."""
    return story.run()


def test_a_build_that_nobody_disturbs_has_many_points(undisturbed: Ending) -> None:
    assert undisturbed.problems == []
    assert len(undisturbed.points) >= 60
    assert {point for point, _ in (COMMIT, *NOTED_BY_NOBODY)} <= set(undisturbed.points)


@pytest.mark.parametrize(("point", "way"), SAMPLE)
def test_a_kill_loses_and_doubles_nothing(story: Story, undisturbed: Ending, point: str, way: Way) -> None:
    ending = story.run(point, way)

    assert ending.was_killed
    assert ending.differences(undisturbed) == []


@pytest.mark.matrix
@pytest.mark.timeout(7200)
def test_no_kill_at_any_kind_of_point_loses_or_doubles_anything(story: Story, undisturbed: Ending) -> None:
    points = chosen(undisturbed.points, (), 3)
    ways = list(Way)

    lost = {
        point: differences
        for number, point in enumerate(points)
        if (differences := story.run(point, ways[number % len(ways)]).differences(undisturbed))
    }

    assert lost == {}


@pytest.mark.matrix
@pytest.mark.timeout(7200)
def test_no_kill_over_a_change_loses_it_or_asks_twice_for_its_merge(
    tmp_path_factory: pytest.TempPathFactory, cache: Path
) -> None:
    folder = tmp_path_factory.mktemp("durability")
    with left_alone():
        story = ChangeStory(folder / "story", Releases.made(folder / "releases"), cache)
        story.prepare()
        undisturbed = story.run()
        assert undisturbed.problems == []
        points = chosen(undisturbed.points, ("http", "git push", "slack chat.postMessage"), 2)
        lost = {point: found for point in points if (found := story.run(point).differences(undisturbed))}

    assert lost == {}


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[ImportedStory]:
    """Give a dropped checklist that waits for its approval."""
    folder = tmp_path_factory.mktemp("imported")
    with left_alone():
        made = ImportedStory(folder / "story", Releases.made(folder / "releases"), cache)
        made.prepare()
        yield made


@pytest.mark.matrix
@pytest.mark.sandbox
def test_a_kill_over_a_checklist_loses_and_doubles_nothing(imported: ImportedStory) -> None:
    undisturbed = imported.run()
    assert undisturbed.problems == []
    assert [count for key, count in undisturbed.keys.items() if "/checkpoint/" in key] == [1]
    assert CHECKLIST_POINT in undisturbed.points

    ending = imported.run(CHECKLIST_POINT, Way.NO_ENGINE)

    assert ending.was_killed
    assert ending.differences(undisturbed) == []


@pytest.mark.matrix
@pytest.mark.sandbox
@pytest.mark.timeout(7200)
def test_no_kill_at_any_kind_of_point_over_a_checklist_loses_or_doubles_anything(imported: ImportedStory) -> None:
    undisturbed = imported.run()
    ways = list(Way)

    lost = {
        point: differences
        for number, point in enumerate(chosen(undisturbed.points, (), 2))
        if (differences := imported.run(point, ways[number % len(ways)]).differences(undisturbed))
    }

    assert lost == {}


def test_a_cancelled_build_leaves_no_judge_and_nothing_to_throw_away(tmp_path: Path, cache: Path) -> None:
    with left_alone():
        story = CancelledStory(tmp_path / "story", hanging(tmp_path / "release"), cache)
        story.prepare()

        ending = story.run()

    assert ending.problems == []
    assert story.was_asked, "the judge that never ends ran when the plan was cancelled"


def test_points_are_spread_over_a_build() -> None:
    points = [f"git push #{number} {side}" for number in range(1, 8) for side in ("before", "after")]

    assert chosen(points, ["push #2", "push #3"], 0) == points[2:6]
    assert chosen(points, [], 3) == [points[0], points[1], points[6], points[7], points[12], points[13]]
    assert chosen(points, ["after"], 1) == [points[7]]
