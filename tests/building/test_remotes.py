"""Where a plan's repository goes: made once, and opened to those whom the channel named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app.core import publisher_of
from bot.building.remotes import Invitations, made_remote
from bot.publishing.chosen import ChosenPublisher
from bot.publishing.github import GitHubPublisher
from bot.publishing.local import LocalPublisher
from bot.settings import Settings
from bot.slack.rendering import render_item
from bot.store.data_folder import DataFolder
from bot.store.database import Database
from bot.store.tables import ChannelSettings
from bot.workflow.builds import set_remote
from bot.workflow.notices import Notice, tell_notice, without_retry
from bot.workflow.ports import THEN_RETRY, WAITS, PublishingError
from tests.stand_ins.github import GitHubStandIn
from tests.stand_ins.github_answers import problem
from tests.workflow.conftest import office, planner
from tests.workflow.office import Office

__all__ = ["office", "planner"]

TOKEN = "ghp_thetokenthatnobodymaysee"


def invited(github: GitHubStandIn) -> list[str]:
    """Return what was asked for to give people and teams access."""
    return [path for method, path, _ in github.requests if method == "PUT" and not path.endswith("/topics")]


async def test_whom_the_channel_named_gets_access_when_the_repository_is_made(
    database: Database, office: Office, tmp_path: Path
) -> None:
    plan = await office.start()
    with GitHubStandIn(tmp_path / "github", TOKEN) as github:
        publisher = GitHubPublisher(TOKEN, "acme", github.url, github.url)
        await made_remote(database, publisher, plan, "Books")
        assert not invited(github), "nobody was named"

        async with database.write() as session:
            named = ["octocat", "acme/backend"]
            session.add(ChannelSettings(workspace="T1", channel="C1", github_access=named, changed_by="U0MARA"))
        remote = await made_remote(database, publisher, plan, "Books")

        assert remote.name == f"acme/{plan.handle}"
        given = invited(github)
        assert [path.split("/")[1:4:2] for path in given] == [["repos", plan.handle], ["orgs", "teams"]]
        assert given[0].endswith("/collaborators/octocat")
        assert given[1].endswith(f"/backend/repos/acme/{plan.handle}")


@pytest.fixture
def github(tmp_path: Path) -> Iterator[GitHubStandIn]:
    with GitHubStandIn(tmp_path / "github", TOKEN) as running:
        yield running


async def made(office: Office, owner: str | None, github: GitHubStandIn) -> Invitations:
    """Have the plan's repository made, twice as after a kill, when builds only told; return who invites later."""
    publisher = GitHubPublisher(TOKEN, owner, github.url, github.url)
    for _ in range(2):
        remote = await made_remote(office.database, publisher, await office.plan(), "Books")
    await office.within(lambda session, plan: set_remote(session, plan, remote))
    await office.within(lambda session, plan: tell_notice(session, plan, Notice.ACCESS, "Nobody was named."))
    return Invitations(office.database, publisher)


async def named(office: Office, *names: str) -> None:
    async with office.database.write() as session:
        await session.merge(
            ChannelSettings(workspace="T1", channel="C1", github_access=list(names), changed_by="U0MARA")
        )


async def told(office: Office) -> tuple[int, str]:
    """Return version and text of the notice."""
    item = await office.message("notice/access")
    async with office.database.read() as session:
        rendered = await render_item(session, item, await office.plan())
    assert rendered is not None
    return item.version, str(rendered.blocks[0]["text"]["text"])


async def test_a_repository_is_found_under_its_topic(office: Office, github: GitHubStandIn) -> None:
    await office.start()
    await made(office, "acme", github)
    assert next(iter(github.known.values()))["topics"] == ["planthread"]


async def test_a_repository_without_topics_is_as_good(office: Office, github: GitHubStandIn) -> None:
    plan = await office.start()
    github.prepare("PUT", f"/repos/acme/{plan.handle}/topics", 403, problem("Resource not accessible"))
    await made(office, "acme", github)
    assert (await office.plan()).remote_name == f"acme/{plan.handle}"


async def test_whom_the_channel_names_then_is_invited_once(office: Office, github: GitHubStandIn) -> None:
    await office.start()
    invitations = await made(office, "acme", github)
    await invitations.look_at(await office.plan())
    await named(office, "octocat", "acme/backend")
    for _ in range(2):
        await invitations.look_at(await office.plan())
    assert len(invited(github)) == 2
    assert (await told(office))[1].startswith("☑️ settled · ")
    assert "octocat, acme/backend can open acme/" in (await told(office))[1]


async def test_who_is_unknown_there_is_told_and_corrected(office: Office, github: GitHubStandIn) -> None:
    await office.start()
    invitations = await made(office, "acme", github)
    await named(office, "nobody-at-all")
    with pytest.raises(PublishingError, match="can't give nobody-at-all access"):
        await invitations.look_at(await office.plan())
    await invitations.look_at(await office.plan())
    assert len(invited(github)) == 1, "not asked for every minute"
    assert (await told(office))[1].endswith(
        "(a person as octocat, a team as acme/backend). It is tried again by itself."
    )
    await named(office, "octocat")
    await invitations.look_at(await office.plan())
    assert "octocat can open" in (await told(office))[1]


async def test_repositories_that_are_made_for_named_people_stay_with_them(
    office: Office, github: GitHubStandIn
) -> None:
    await office.start()
    await named(office, "octocat")
    publisher = GitHubPublisher(TOKEN, "acme", github.url, github.url)
    remote = await made_remote(office.database, publisher, await office.plan(), "Books")
    await office.within(lambda session, plan: set_remote(session, plan, remote))
    await named(office, "octocat", "mara-of-acme")
    await Invitations(office.database, publisher).look_at(await office.plan())
    assert {path.rpartition("/")[2] for path in invited(github)} == {"octocat"}


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (PublishingError("Give a new token", THEN_RETRY), "Give a new token. It is tried again by itself."),
        (PublishingError("It failed: no answer.", WAITS), "It failed: no answer. It is tried again by itself."),
        (PublishingError("Give it the right to, and they come."), "Give it the right to, and they come."),
    ],
)
def test_where_no_build_waits_nobody_is_asked_to_press_retry(refusal: PublishingError, said: str) -> None:
    assert without_retry(refusal) == said


async def test_a_wrong_owner_is_told_without_a_build_where_none_waits(github: GitHubStandIn) -> None:
    publisher = GitHubPublisher(TOKEN, "nobody-there", github.url, github.url)
    with pytest.raises(PublishingError) as refused:
        await publisher.create("library", "", "plan-1")
    assert str(refused.value) == (
        "GitHub knows no user or organisation called nobody-there; correct GITHUB_OWNER. The build waits, and every "
        "commit is safe."
    )
    assert without_retry(refused.value) == (
        "GitHub knows no user or organisation called nobody-there; correct GITHUB_OWNER. It is tried again by itself."
    )


async def test_whom_the_channel_names_as_the_owner_gets_the_repository(
    database: Database, office: Office, tmp_path: Path
) -> None:
    plan = await office.start()
    async with database.write() as session:
        session.add(ChannelSettings(workspace="T1", channel="C1", github_owner="globex", changed_by="U0MARA"))
    with GitHubStandIn(tmp_path / "github", TOKEN, organisations=("acme", "globex")) as github:
        publisher = GitHubPublisher(TOKEN, "acme", github.url, github.url)
        assert (await made_remote(database, publisher, plan, "Books")).name == f"globex/{plan.handle}"


async def test_a_channel_that_wants_it_so_keeps_its_repositories_with_the_bot(
    database: Database, office: Office, github: GitHubStandIn, tmp_path: Path
) -> None:
    publisher = ChosenPublisher(
        GitHubPublisher(TOKEN, "acme", github.url, github.url), LocalPublisher(tmp_path / "remotes", "http://here")
    )
    await decide(office, "here")
    plan = await office.start()
    for _ in range(2):
        kept = await made_remote(database, publisher, plan, "Books")
    assert (kept.name, kept.web_url) == (plan.handle, f"http://here/repositories/{plan.handle}")
    assert github.requests == []
    assert (publisher.merges(kept), publisher.attests(kept)) == (True, False)
    assert publisher.commit_url(kept, "c0ffee") == f"{kept.web_url}/commit/c0ffee"

    await office.within(lambda session, plan: set_remote(session, plan, kept))
    await decide(office, "configured")
    again = await made_remote(database, publisher, await office.plan(), "Books")
    assert again == kept, "a repository that is there stays where it is"
    assert await publisher.head(kept, "main") is None
    assert github.requests == []


async def test_any_other_channel_has_them_on_github_also_after_it_decides_otherwise(
    database: Database, office: Office, github: GitHubStandIn, tmp_path: Path
) -> None:
    publisher = ChosenPublisher(
        GitHubPublisher(TOKEN, "acme", github.url, github.url), LocalPublisher(tmp_path / "remotes", "http://here")
    )
    made = await made_remote(database, publisher, await office.start(), "Books")
    assert made.name == f"acme/{(await office.plan()).handle}"
    assert (publisher.merges(made), publisher.attests(made)) == (False, True)
    await office.within(lambda session, plan: set_remote(session, plan, made))
    await decide(office, "here")
    assert await made_remote(database, publisher, await office.plan(), "Books") == made
    assert not (tmp_path / "remotes").exists()


def test_the_bot_has_the_choice_as_soon_as_it_has_a_token(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    assert isinstance(publisher_of(Settings.model_validate({}), folder), LocalPublisher)
    assert isinstance(publisher_of(Settings.model_validate({"github_token": TOKEN}), folder), ChosenPublisher)


async def decide(office: Office, delivery: str) -> None:
    """Have the channel decide where its repositories go."""
    async with office.database.write() as session:
        await session.merge(
            ChannelSettings(
                workspace="T1", channel="C1", delivery=delivery, changed_by="U0MARA", github_access=["octocat"]
            )
        )
