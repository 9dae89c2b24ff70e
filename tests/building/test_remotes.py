"""Where a plan's repository goes: made once, and opened to those whom the channel named."""

from __future__ import annotations

from pathlib import Path

from bot.building.remotes import made_remote
from bot.publishing.github import GitHubPublisher
from bot.store.database import Database
from bot.store.tables import ChannelSettings
from tests.stand_ins.github import GitHubStandIn
from tests.workflow.conftest import database, office, planner
from tests.workflow.office import Office

__all__ = ["database", "office", "planner"]

TOKEN = "ghp_thetokenthatnobodymaysee"


async def test_whom_the_channel_named_gets_access_when_the_repository_is_made(
    database: Database, office: Office, tmp_path: Path
) -> None:
    plan = await office.start()
    with GitHubStandIn(tmp_path / "github", TOKEN) as github:
        publisher = GitHubPublisher(TOKEN, "acme", github.url, github.url)
        await made_remote(database, publisher, plan, "Books")
        assert not [path for method, path, _ in github.requests if method == "PUT"], "nobody was named"

        async with database.write() as session:
            named = ["octocat", "acme/backend"]
            session.add(ChannelSettings(workspace="T1", channel="C1", github_access=named, changed_by="U0MARA"))
        remote = await made_remote(database, publisher, plan, "Books")

        assert remote.name == f"acme/{plan.handle}"
        given = [path for method, path, _ in github.requests if method == "PUT"]
        assert [path.split("/")[1:4:2] for path in given] == [["repos", plan.handle], ["orgs", "teams"]]
        assert given[0].endswith("/collaborators/octocat")
        assert given[1].endswith(f"/backend/repos/acme/{plan.handle}")
