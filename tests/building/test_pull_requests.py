"""Pull requests on GitHub: merged, closed, opened again or forgotten, each noticed once and told in the thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.building.watch import Watch
from bot.store.database import Database
from bot.store.tables import Event, Plan
from bot.verification.sandbox import Level
from bot.workflow.pull_requests import ask_reopen, forget_closed
from bot.workflow.refusals import Refused
from tests.building.on_github import github, kept, offered, office, shown
from tests.building.test_changes import Delivery, Judges, judges
from tests.git_commands import git
from tests.stand_ins.github import GitHubStandIn
from tests.workflow.office import ADA, JON, MARA, ScriptedPlanner

__all__ = ["github", "judges", "kept", "office"]


async def pressed(office: Delivery, deed: Callable[..., object], number: int = 1, person: str = MARA) -> str:
    """Press a button of a closed change, and have done what it starts."""

    async def press(session: AsyncSession, plan: Plan) -> object:
        return await deed(session, plan, number, person, office.key())  # type: ignore[misc]

    said = str(await office.within(press))
    await office.run()
    return said


async def test_a_merged_pull_request_is_noticed(office: Delivery, github: GitHubStandIn) -> None:
    assert (await office.overview()).waiting_for == (MARA, JON)
    await office.watch.look()
    assert (await office.changes())[0].merged_commit is None

    merge = github.merge_pull(1, "jon-of-acme")
    await office.watch.look()

    (change,) = await office.changes()
    assert (change.merged_commit, change.decided_by) == (merge, "jon-of-acme")
    assert (await office.plan()).pushed_commit == merge
    assert (await office.overview()).waiting_for == ()
    text, buttons = await shown(office, "change/1")
    assert "change 1 is merged* by jon-of-acme" in text
    assert buttons == ["Open pull request"]
    merged = [event for event in await office.rows(Event) if event.what == "merged"]
    assert [event.data for event in merged] == [{"number": 1, "commit": merge, "by": "jon-of-acme"}]


async def test_a_round_in_which_nothing_happened_writes_nothing_and_counts_against_no_limit(
    office: Delivery, github: GitHubStandIn
) -> None:
    await office.watch.look()
    written: list[None] = []
    office.database.on_commit(lambda: written.append(None))

    await office.watch.look()
    await office.watch.look()

    assert written == []
    assert github.unchanged.count("/repos/acme/library/pulls/1") == 2
    github.merge_pull(1, "jon-of-acme")
    await office.watch.look()
    asked = [path for _, path, _ in github.requests].count("/repos/acme/library/pulls/1")
    await office.watch.look()
    again = [path for _, path, _ in github.requests].count("/repos/acme/library/pulls/1")
    assert again == asked, "a merged change is not asked about again"


async def test_the_next_change_is_made_upon_what_was_merged_on_github(office: Delivery, github: GitHubStandIn) -> None:
    merge = github.merge_pull(1, "jon-of-acme")
    await office.watch.look()

    change = await offered(office, "add a rating to books")

    assert change.base_main == merge
    assert change.commit is not None
    assert git(office.remote, "merge-base", merge, change.commit).strip() == merge


async def test_a_closed_pull_request_is_told_with_both_ways_on(office: Delivery, github: GitHubStandIn) -> None:
    github.close_pull(1, "ada-of-acme")
    await office.watch.look()
    await office.watch.look()

    text, buttons = await shown(office, "closed/1")
    assert "the pull request of change 1 was closed unmerged by ada-of-acme" in text
    assert buttons == ["Open it again", "Forget it", "Open pull request"]
    assert (await office.events()).count("change closed") == 1
    assert "was closed unmerged* by ada-of-acme · main is as it was" in (await shown(office, "change/1"))[0]
    for deed in (ask_reopen, forget_closed):
        with pytest.raises(Refused, match="who may approve the plan"):
            await pressed(office, deed, person=ADA)


@pytest.mark.parametrize("deletes_branch", [False, True])
async def test_a_closed_pull_request_is_opened_again(
    office: Delivery, github: GitHubStandIn, deletes_branch: bool
) -> None:
    (before,) = await office.changes()
    github.close_pull(1, "ada-of-acme", deletes_branch=deletes_branch)
    await office.watch.look()

    assert await pressed(office, ask_reopen) == "Asked for: its message here says when change 1 is open again."

    (change,) = await office.changes()
    assert (change.closed_at, change.reopen_asked_at, change.url) == (None, None, before.url)
    assert [pull["state"] for pull in github.pulls] == ["open"]
    assert git(office.remote, "rev-parse", "planthread/change-1").strip() == before.commit
    assert "open again" in (await shown(office, "closed/1"))[0]
    with pytest.raises(Refused, match=r"^Change 1 is open\.$"):
        await pressed(office, ask_reopen)
    merge = github.merge_pull(1, "jon-of-acme")
    await office.watch.look()
    assert (await office.changes())[0].merged_commit == merge


async def test_where_github_can_not_open_it_again_the_branch_gets_another_pull_request(
    office: Delivery, github: GitHubStandIn
) -> None:
    github.close_pull(1, "ada-of-acme")
    await office.watch.look()
    github.prepare("PATCH", "/repos/acme/library/pulls/1", 422, {"message": "Validation Failed"})

    await pressed(office, ask_reopen)

    (change,) = await office.changes()
    assert change.url == f"{github.url}/acme/library/pull/2"
    assert [pull["state"] for pull in github.pulls] == ["closed", "open"]
    await office.watch.look()
    assert (await office.changes())[0].closed_at is None


async def test_opened_again_on_github_is_noticed_too(office: Delivery, github: GitHubStandIn) -> None:
    github.close_pull(1, "ada-of-acme")
    await office.watch.look()
    github.pulls[0] |= {"state": "open"}
    await office.watch.look()

    assert (await office.changes())[0].closed_at is None
    assert "is ready to merge" in (await shown(office, "change/1"))[0]
    github.close_pull(1, "jon-of-acme")
    await office.watch.look()
    assert "closed unmerged by jon-of-acme" in (await shown(office, "closed/1"))[0]


async def test_a_forgotten_change_leaves_documents_evidence_and_the_next_change_as_before(
    office: Delivery, github: GitHubStandIn
) -> None:
    (change,) = await office.changes()
    evidence = [(step["key"], step["commit"], step["state"]) for step in change.before["steps"]]
    assert [(step.key, step.commit, step.state) for step in await office.steps()] != evidence
    pure = change.base_generated
    assert git(office.remote, "rev-parse", "generated").strip() == change.generated != pure
    github.close_pull(1, "ada-of-acme")
    await office.watch.look()

    said = await pressed(office, forget_closed, person=JON)

    assert said == "Forgotten: *Library* is as it was before change 1."
    assert [(step.key, step.commit, step.state) for step in await office.steps()] == evidence
    assert (await office.overview()).waiting_for == ()
    text, buttons = await shown(office, "closed/1")
    assert "change 1 is forgotten" in text
    assert buttons == ["Open pull request"]
    with pytest.raises(Refused, match="Change 1 is forgotten"):
        await pressed(office, ask_reopen)

    change = await offered(office, "add a rating to books")
    assert change.base_generated == pure, "what only the forgotten change generated is off the branch"
    assert change.commit is not None
    model = git(office.remote, "show", f"{change.commit}:app/models/book.py")
    assert "rating" in model
    assert "subtitle" not in model
    migrations = git(office.remote, "ls-tree", "--name-only", change.commit, "migrations/versions/").split()
    assert len(migrations) == 2, "the first one, and that of the rating"


async def test_what_others_were_made_upon_is_not_forgotten_alone(office: Delivery, github: GitHubStandIn) -> None:
    await offered(office, "add a rating to books")
    github.close_pull(1, "ada-of-acme")
    await office.watch.look()
    with pytest.raises(Refused, match="Other changes were made upon change 1"):
        await pressed(office, forget_closed)
    await office.change("add an edition to books", (await office.plan()).review)
    with pytest.raises(Refused, match="Finish or forget what is under way"):
        await pressed(office, forget_closed)
    with pytest.raises(Refused, match=r"is busy right now"):
        await pressed(office, ask_reopen)


async def test_a_refusal_while_opening_again_holds_the_plan_with_a_sentence(
    office: Delivery, github: GitHubStandIn
) -> None:
    github.close_pull(1, "ada-of-acme")
    await office.watch.look()
    github.limit_rate("PATCH", "/repos/acme/library/pulls/1")

    await pressed(office, ask_reopen)

    plan = await office.plan()
    assert plan.hold == "blocked"
    assert "limit of requests is reached; press Retry in" in plan.hold_reason
    await office.retry()
    assert [pull["state"] for pull in github.pulls] == ["open"]


async def test_a_repository_that_can_not_be_read_stops_no_other(office: Delivery, github: GitHubStandIn) -> None:
    github.merge_pull(1, "jon-of-acme")
    github.prepare("GET", "/repos/acme/library/pulls/1", 502, "a proxy's page")
    await office.watch.look()
    assert (await office.changes())[0].merged_commit is None
    await office.watch.look()
    assert (await office.changes())[0].merged_commit is not None


async def test_a_bell_has_one_repository_looked_at_and_starves_no_round(
    office: Delivery, github: GitHubStandIn, tmp_path: Path
) -> None:
    looked: list[tuple[frozenset[str], bool]] = []

    class Listening(Watch):
        async def look(self, rung: object = (), *, is_round: bool = True) -> None:
            looked.append((frozenset(rung), is_round))  # type: ignore[call-overload]
            await super().look(rung, is_round=is_round)  # type: ignore[arg-type]

    watch = Listening(office.database, tmp_path / "repositories", office.publisher, every=0.2)
    running = asyncio.create_task(watch.run())
    try:
        async with asyncio.timeout(60):
            while sum(is_round for _, is_round in looked) < 3 or (frozenset({"acme/other"}), False) not in looked:
                watch.ring("acme/other")
                await asyncio.sleep(0.01)
            github.merge_pull(1, "jon-of-acme")
            watch.ring("Acme/Library")
            while not any("acme/library" in rung for rung, _ in looked):
                await asyncio.sleep(0.01)
            while not (await office.changes())[0].merged_commit:
                await asyncio.sleep(0.01)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    assert [rung - {"acme/other"} for rung, _ in looked if "acme/library" in rung] == [{"acme/library"}]


async def test_a_branch_that_somebody_merged_in_a_clone_of_a_local_remote_is_noticed(
    database: Database, judges: Judges, tmp_path: Path
) -> None:
    office = Delivery(database, ScriptedPlanner(), tmp_path / "local", Level.SANDBOXED)
    await office.delivered()
    await offered(office)
    await office.watch.look()
    assert (await office.changes())[0].merged_commit is None
    git(office.clone, "fetch", "--quiet")
    git(office.clone, "merge", "--quiet", "--no-ff", "origin/planthread/change-1")
    git(office.clone, "push", "--quiet")

    await office.watch.look()

    (change,) = await office.changes()
    assert change.merged_commit == git(office.clone, "rev-parse", "HEAD").strip()
    text, buttons = await shown(office, "change/1")
    assert "change 1 is merged* · main is at" in text
    assert buttons == ["See what changes"]
