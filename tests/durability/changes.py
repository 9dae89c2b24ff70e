"""A change of what was delivered on GitHub, from the press on `Approve and build` to its pull request."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.durability import looking
from tests.durability.runs import Ending, Releases, Story, Way, Worker, press_where_it_waits
from tests.end_to_end.people import Person
from tests.end_to_end.programs import Program, until
from tests.stand_ins.github import GitHubStandIn

__all__ = ["ChangeStory"]

TOKEN = "ghp_durability"
WISH = "@planthread add a subtitle to books"


class ChangeStory(Story):
    """A delivered plan with a change that waits for its approval; GitHub is a stand-in, its git server a real one."""

    def __init__(self, folder: Path, releases: Releases, cache: Path) -> None:
        """Keep it in a folder of its own."""
        super().__init__(folder, releases, cache)
        self.port = 0
        self.pulls: list[str] = []

    @contextlib.contextmanager
    def programs(self, place: Path, more: Mapping[str, str]) -> Iterator[tuple[Program, Worker]]:
        """Start GitHub and the workspace of a folder, and give the bot that works there, not started yet."""
        (place / "github").mkdir(exist_ok=True)
        with GitHubStandIn(place / "github", TOKEN, port=self.port) as server:
            self.port = int(server.server_address[1])  # plans keep the address of their repository
            there = {"GITHUB_TOKEN": TOKEN, "GITHUB_API_URL": server.url, "GITHUB_URL": server.url}
            with super().programs(place, {**there, **more}) as started:
                yield started
            self.pulls = [f"{pull['head']} into {pull['base']}" for pull in server.pulls]

    def converse(self, mara: Person, place: Path) -> str:
        """Have a plan delivered, and ask for a change of it."""
        head = super().converse(mara, place)
        until(lambda: self.approved(mara, place), "a delivery", mara.log)
        mara.say(WISH, head)
        until(lambda: looking.waits_for_approval(place), "a review of the change", mara.log)
        return head

    def approved(self, mara: Person, place: Path) -> bool:
        """Approve what waits for it; tell whether it is delivered and everybody knows."""
        press_where_it_waits(mara, place)
        return looking.delivered(place) and looking.at_rest(place)

    def run(self, kill_at: str = "", way: Way = Way.AGAIN) -> Ending:
        """Approve the change, be killed at a point, start again, and end with one pull request."""
        ending = super().run(kill_at, way)
        ending.commits += [f"pull request: {pull}" for pull in self.pulls]
        if len(self.pulls) != 1:
            ending.problems.append(f"{len(self.pulls)} pull requests")
        return ending

    def remotes(self, place: Path) -> list[Path]:
        """Return the repositories that were delivered."""
        return sorted((place / "github").glob("*/*.git"))
