"""Who gets access to a private repository: where the channel names nobody, the build asks and waits for the answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.publishing.github import GitHubPublisher
from bot.slack.buttons import Action, Subject
from bot.slack.given_plans import press_of_given_plan
from bot.store.database import Database
from bot.store.tables import ChannelSettings, OutboxItem, Plan
from bot.verification.sandbox import Level
from bot.workflow.access import answer_by_settings
from bot.workflow.checkpoints import Checkpoint, CheckpointKind, answer_in_words, open_checkpoint
from bot.workflow.plan_defaults import access_said
from bot.workflow.plans import resume, stop
from bot.workflow.refusals import Refused
from tests.building.on_github import TOKEN, shown
from tests.building.test_changes import Delivery, Judges, judges
from tests.stand_ins.github import GitHubStandIn
from tests.workflow.office import ADA, JON, MARA, ScriptedPlanner

__all__ = ["judges"]


@pytest.fixture
def github(tmp_path: Path) -> Iterator[GitHubStandIn]:
    with GitHubStandIn(tmp_path / "remotes", TOKEN) as running:
        yield running


@pytest.fixture
def office(database: Database, judges: Judges, github: GitHubStandIn, tmp_path: Path) -> Delivery:
    """Give an office whose repositories go to an organisation on GitHub."""
    publisher = GitHubPublisher(TOKEN, "acme", github.url, github.url)
    return Delivery(database, ScriptedPlanner(), tmp_path, Level.SANDBOXED, publisher)


def invited(github: GitHubStandIn) -> list[str]:
    """Return whom GitHub was asked to let in, in order."""
    asked = [path for method, path, _ in github.requests if method == "PUT" and not path.endswith("/topics")]
    return [path.split("/")[4] if path.startswith("/orgs/") else path.rpartition("/")[2] for path in asked]


async def question(office: Delivery) -> Checkpoint:
    """Return the question that waits."""
    async with office.database.read() as session:
        point = await open_checkpoint(session, await session.get_one(Plan, office.plan_id))
    assert point is not None
    return point


async def questions(office: Delivery) -> int:
    """Return how many questions the build asked."""
    return (await office.events()).count("checkpoint")


async def test_a_build_asks_who_gets_access_and_waits_without_failing(office: Delivery, github: GitHubStandIn) -> None:
    plan = await office.built()

    assert (plan.stage, plan.hold, plan.hold_reason) == ("building", "waiting", "who gets access to acme/library")
    assert (plan.push_url, github.pushes) == ("", []), "nothing is pushed before somebody said who sees it"
    point = await question(office)
    assert (point.kind, point.question.text) == (CheckpointKind.ACCESS, "Who gets access to acme/library?")
    text, buttons = await shown(office, f"checkpoint/{await round_of(office)}")
    assert "only acme's owners, and whom acme lets read" in text
    assert buttons == ["Nobody else"]
    assert (await office.overview()).waiting_for == (MARA,)

    await office.answer_build("@octocat and acme/backend")

    assert invited(github) == ["octocat", "backend"]
    assert (await office.plan()).stage == "delivered"
    assert github.pushes
    assert await questions(office) == 1
    assert "octocat, acme/backend" in (await shown(office, f"checkpoint/{await round_of(office)}"))[0]


async def round_of(office: Delivery) -> int:
    """Return the number of the message that holds the newest question."""
    names = [item.key.rpartition("/")[2] for item in await office.rows(OutboxItem) if item.kind == "checkpoint"]
    return int(names[-1])


async def test_the_button_says_nobody_else(office: Delivery, github: GitHubStandIn) -> None:
    await office.built()
    point = await question(office)

    async def press(session: AsyncSession, plan: Plan, person: str) -> str:
        about = Subject(plan=plan.id, question=point.number, option=1)
        return await press_of_given_plan(session, Action.CHECKPOINT, plan, about, person, office.key())

    with pytest.raises(Refused):
        await office.within(lambda session, plan: press(session, plan, ADA))
    await office.within(lambda session, plan: press(session, plan, MARA))
    await office.run()

    assert (invited(github), (await office.plan()).stage) == ([], "delivered")


async def test_talk_of_people_is_no_answer_and_what_is_no_name_is_refused(office: Delivery) -> None:
    await office.built()

    async with office.database.read() as session:
        plan = await session.get_one(Plan, office.plan_id)
        assert await answer_in_words(session, plan, "octocat", addressed=False) is None, "people talk here too"
        assert await answer_in_words(session, plan, "Nobody else.", addressed=False) is not None
    with pytest.raises(Refused, match="“everybody!” is no name on GitHub"):
        await office.answer_build("everybody!")
    with pytest.raises(Refused, match="or say `nobody else`"):
        await office.answer_build(", ;")
    assert (await office.plan()).hold == "waiting"


async def test_names_that_github_refuses_are_asked_for_again(office: Delivery, github: GitHubStandIn) -> None:
    await office.built()

    await office.answer_build("nobody-at-all")

    plan, point = await office.plan(), await question(office)
    assert (plan.hold, await questions(office)) == ("waiting", 2)
    assert point.question.reason.startswith("GitHub can't give nobody-at-all access to acme/library")
    assert "press Retry" not in point.question.reason
    await office.answer_build("octocat")
    assert (invited(github)[-1], (await office.plan()).stage) == ("octocat", "delivered")


async def test_killed_or_paused_while_it_waits_it_asks_once(office: Delivery, github: GitHubStandIn) -> None:
    await office.built()
    await office.within(lambda session, plan: stop(session, plan, MARA, office.key()))
    await office.within(lambda session, plan: resume(session, plan, MARA, office.key()))
    await office.run()

    plan = await office.plan()
    assert (plan.hold, plan.hold_reason) == ("waiting", "who gets access to acme/library")
    assert await questions(office) == 1
    assert len(github.known) == 1
    await office.answer_build("nobody else")
    assert (await office.plan()).stage == "delivered"


async def test_names_in_the_settings_answer_it_too(office: Delivery, github: GitHubStandIn) -> None:
    await office.built()
    async with office.database.write() as session:
        session.add(ChannelSettings(workspace="T1", channel="C1", github_access=["octocat"], changed_by=JON))
        await answer_by_settings(session, "T1", "C2", ["octocat"], JON, office.key())
        await answer_by_settings(session, "T1", "C1", ["octocat"], JON, office.key())
    await office.run()

    assert (invited(github), (await office.plan()).stage) == (["octocat"], "delivered")


async def test_where_the_channel_named_somebody_nothing_is_asked(office: Delivery, github: GitHubStandIn) -> None:
    async with office.database.write() as session:
        session.add(ChannelSettings(workspace="T1", channel="C1", github_access=["octocat"], changed_by=JON))

    plan = await office.built()

    assert (plan.stage, await questions(office), invited(github)) == ("delivered", 0, ["octocat"])


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("octocat, @hubot; acme/backend octocat", "octocat, hubot, acme/backend"),
        ("octocat and hubot.", "octocat, hubot"),
        ("no one", "Nobody else"),
        ("Nobody else.", "Nobody else"),
    ],
)
def test_answers_are_read(said: str, kept: str) -> None:
    assert access_said(said) == kept
