"""`Try it`: what was delivered runs for a while behind a port of this machine, and nothing of it stays."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot.building import trials as room
from bot.building.trials import MOST, Trial, Trials, TrialState
from bot.store.tables import Plan
from bot.verification.sandbox import Level, Sandbox, Trust
from bot.workflow.ports import THEN_RETRY, PublishingError
from tests.building.test_changes import Delivery, judges, office
from tests.git_commands import git

__all__ = ["judges", "office"]

PATIENCE_SECONDS = 120.0


@pytest.fixture
async def trials(office: Delivery, cache: Path) -> AsyncIterator[Trials]:
    """Give trials in the sandbox of this machine."""
    made = trials_of(office, cache, await Sandbox.probe())
    yield made
    await made.close()


def trials_of(office: Delivery, cache: Path, sandbox: Sandbox) -> Trials:
    """Return trials of what an office delivered."""
    repositories = office.folder / "repositories"
    return Trials(office.database, repositories, cache / "environments", office.publisher, sandbox)


async def settled(trials: Trials, office: Delivery) -> Trial:
    """Wait until a trial is no longer starting."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (trial := await trials.look(await office.plan())).state is TrialState.STARTING:
            await asyncio.sleep(0.05)
    return trial


def listens(address: str) -> bool:
    """Tell whether anything listens at an address."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", int(address.rpartition(":")[2]))) == 0


@pytest.mark.environment
@pytest.mark.sandbox
async def test_a_delivered_service_runs_with_rows_and_ends_without_a_trace(office: Delivery, trials: Trials) -> None:
    plan = await office.plan()
    first, second = await asyncio.gather(trials.look(plan), trials.look(plan))
    assert first.until == second.until, "two who look at once start one service"

    trial = await settled(trials, office)
    assert trial.state is TrialState.READY, trial
    assert trial.commit == (await office.plan()).pushed_commit
    assert timedelta(0) < trial.until - datetime.now(UTC) <= timedelta(minutes=20)
    async with httpx.AsyncClient(base_url=trial.address) as client:
        assert (await client.get("/api/v1/books")).json()["items"], "the seeds are there"
        made = await client.post("/api/v1/books", json={"title": "Dune", "price": "9.99", "pages": 412})
        assert made.status_code == 201, made.text
        assert (await client.get("/", headers={"Host": "evil.example"})).status_code == 400

    place = trials.socket_of(office.plan_id)
    assert place is not None
    await trials.close()
    assert not place.parent.exists()
    assert not listens(trial.address)
    assert trials.socket_of(office.plan_id) is None


@pytest.mark.environment
@pytest.mark.sandbox
async def test_what_people_push_is_what_runs_again_and_a_service_that_fails_says_so(
    office: Delivery, trials: Trials, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.edit("app/main.py", '"""The application', 'raise SystemExit("by hand: broken")\n"""The application')
    trial = await settled(trials, office)
    assert (trial.state, trial.sentence) == (TrialState.ENDED, "The service ended by itself.")
    assert "by hand: broken" in trial.tail
    assert trial.commit == git(office.clone, "rev-parse", "HEAD").strip()
    assert (await trials.look(await office.plan())).state is TrialState.ENDED, "looking alone starts nothing again"

    git(office.clone, "revert", "--no-edit", "HEAD")
    git(office.clone, "push", "--quiet")
    await trials.look(await office.plan(), again=True)
    mended = await settled(trials, office)
    assert mended.state is TrialState.READY
    with monkeypatch.context() as patch:
        patch.setattr(office.publisher, "fetch", None)
        assert (await trials.look(await office.plan())).until == mended.until, "nothing moved: the same goes on"

    git(office.clone, "commit", "--quiet", "--allow-empty", "--message", "Such as a merge")
    git(office.clone, "push", "--quiet")
    anew = await settled(trials, office)
    assert (anew.state, anew.commit) == (TrialState.READY, git(office.clone, "rev-parse", "HEAD").strip())


@pytest.mark.environment
async def test_without_a_sandbox_only_what_this_bot_wrote_alone_runs(office: Delivery, cache: Path) -> None:
    trials = trials_of(office, cache, Sandbox(Level.TRUSTED_ONLY, "No sandbox here."))
    office.edit("app/main.py", '"""The application', '"""The edited application')
    trial = await settled(trials, office)
    await trials.close()
    assert trial.state is TrialState.ENDED
    assert "nobody here vouches for" in trial.sentence


@pytest.mark.environment
async def test_without_a_sandbox_what_people_pushed_during_the_build_does_not_run(
    office: Delivery, cache: Path
) -> None:
    trials = trials_of(office, cache, Sandbox(Level.TRUSTED_ONLY, "No sandbox here."))
    plan = await office.plan()
    assert await trials.trust(plan, plan.pushed_commit or "") is Trust.TEMPLATES, "a build made it, alone"

    office.edit("app/main.py", '"""The application', '"""The edited application')
    async with office.database.write() as session:  # as a build leaves it that merged what people pushed meanwhile
        (await session.get_one(Plan, plan.id)).pushed_commit = git(office.clone, "rev-parse", "HEAD").strip()
    trial = await settled(trials, office)
    await trials.close()
    assert "nobody here vouches for" in trial.sentence


@pytest.mark.environment
async def test_without_a_sandbox_a_forged_branch_of_pure_output_vouches_for_nothing(
    office: Delivery, cache: Path
) -> None:
    office.edit("app/main.py", '"""The application', '"""The edited application')
    git(office.clone, "push", "--quiet", "--force", "origin", "HEAD:generated")
    git(office.clone, "push", "--quiet", "origin", "--delete", "generated")
    trials = trials_of(office, cache, Sandbox(Level.TRUSTED_ONLY, "No sandbox here."))
    trial = await settled(trials, office)
    await trials.close()
    assert "nobody here vouches for" in trial.sentence


async def test_what_is_not_there_any_more_is_a_sentence(office: Delivery, cache: Path) -> None:
    git(office.clone, "rm", "--quiet", "uv.lock")
    git(office.clone, "commit", "--quiet", "--message", "No lock")
    git(office.clone, "push", "--quiet")
    trials = trials_of(office, cache, Sandbox(Level.TRUSTED_ONLY, ""))
    assert "no pyproject.toml and uv.lock" in (await settled(trials, office)).sentence

    git(office.remote, "update-ref", "-d", "refs/heads/main")
    await trials.look(await office.plan(), again=True)
    assert "no branch main any more" in (await settled(trials, office)).sentence
    await trials.close()


async def test_who_tries_a_service_reads_of_no_build_that_waits(
    office: Delivery, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(*_: object) -> dict[str, str]:
        raise PublishingError("GitHub doesn't accept the token; give a new GITHUB_TOKEN", THEN_RETRY)

    monkeypatch.setattr(office.publisher, "fetch", refused)
    trials = trials_of(office, cache, Sandbox(Level.TRUSTED_ONLY, ""))
    trial = await settled(trials, office)
    await trials.close()
    assert trial.sentence == "GitHub doesn't accept the token; give a new GITHUB_TOKEN."


async def test_one_more_than_may_run_ends_the_oldest(
    office: Delivery, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def waits(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(room.Trials, "_serve", waits)
    trials = trials_of(office, cache, Sandbox(Level.TRUSTED_ONLY, ""))
    plan = await office.plan()
    others = [plan.model_copy(update={"id": f"other{number}"}) for number in range(MOST)]
    begun = [await trials.look(one) for one in (plan, *others)]

    assert [(await trials.look(one)).until for one in others] == [one.until for one in begun[1:]]
    assert (await trials.look(plan)).until > begun[0].until, "the first was ended, and starts anew"
    await trials.close()
