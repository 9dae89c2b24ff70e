"""Kill the bot at every point of a build: ``python -m tests.durability [WORDS] [--most N] [--real]``.

Words choose points by a part of their name, such as ``'git push'`` or ``'#1 before'``. Each kill is a line: as
undisturbed, or LOST with what is different. What lies between a kill and the next start changes from point to point;
``--way`` is one for all. ``--most`` takes so many of the points of a name, spread over the build.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.durability.changes import ChangeStory
from tests.durability.choosing import chosen
from tests.durability.imported import ImportedStory
from tests.durability.looking import left_alone
from tests.durability.runs import Releases, Story, Way

ROOT = Path(__file__).resolve().parents[2]
REAL_POINTS = (("judge", "begun"), ("git fast-import", "begun"), ("store commit", "after"))
"""Where runs with the judges of the blueprint that ships are killed, in the middle of the build: each takes minutes."""
REAL_PATIENCE = 1800.0


def main() -> int:
    """Run the kills that were asked for; return 1 where anything was lost."""
    given = arguments()
    cache = Path(os.environ.get("PLANTHREAD_CACHE", ROOT / ".cache" / "planthread"))
    with tempfile.TemporaryDirectory(prefix="durability-", delete=not given.keep) as name, left_alone():
        releases = Releases.made(Path(name) / "releases", has_real_judges=given.real)
        kind = ChangeStory if given.change else ImportedStory if given.imported else Story
        story = kind(Path(name) / "story", releases, cache)
        if given.real:
            story.patience = REAL_PATIENCE
        story.prepare()
        return told(story, given)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    line = argparse.ArgumentParser(prog="python -m tests.durability")
    line.add_argument("words", nargs="*", help="parts of the names of points; all points without")
    line.add_argument("--most", type=int, default=0, help="so many points of a name (default: all)")
    line.add_argument("--way", choices=[way.name.lower() for way in Way], help="one way for all kills")
    line.add_argument("--real", action="store_true", help="three points with the judges of the blueprint that ships")
    line.add_argument("--change", action="store_true", help="the build of a change, up to its pull request on GitHub")
    line.add_argument("--imported", action="store_true", help="the build of a dropped checklist, written by a model")
    line.add_argument("--keep", action="store_true", help="leave the folders of all runs, to be looked at")
    return line.parse_args()


def told(story: Story, given: argparse.Namespace) -> int:
    """Kill at each point, and print what came of it."""
    began = time.monotonic()
    undisturbed = story.run()
    if undisturbed.problems:
        print(f"LOST  undisturbed  {undisturbed.problems}", flush=True)  # noqa: T201
        return 1
    points = chosen(undisturbed.points, given.words, given.most)
    if given.real:
        middle = chosen(undisturbed.points, (), 1)
        points = [point for point in middle if (point.partition(" #")[0], point.rpartition(" ")[2]) in REAL_POINTS]
    print(f"{len(points)} of {len(undisturbed.points)} points; undisturbed: {undisturbed.commits[0]}", flush=True)  # noqa: T201
    ways, counts = list(Way), Counter[str]()
    for number, point in enumerate(points):
        way = Way[given.way.upper()] if given.way else ways[number % len(ways)]
        ending = story.run(point, way)
        lost = ending.differences(undisturbed)
        outcome = "LOST" if lost else "as undisturbed" if ending.was_killed else "not reached"
        counts[outcome] += 1
        print(f"{outcome:<15} {point:<36} {way:<20} {'; '.join(lost)}", flush=True)  # noqa: T201
        if not lost and not given.keep:
            shutil.rmtree(story.folder / f"run-{story.runs}", ignore_errors=True)
    print(f"{dict(counts)} in {time.monotonic() - began:.0f} s", flush=True)  # noqa: T201
    return 1 if counts["LOST"] else 0


if __name__ == "__main__":
    sys.exit(main())
