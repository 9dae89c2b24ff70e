"""The evidence of tasks beside their commits on GitHub: after the push, once, and nothing fails by it."""

from __future__ import annotations

import pytest

from bot.building.attestations import Attestations
from bot.documents.tasks.task_plan import TaskState
from bot.store.tables import Effect, Step
from bot.verification.evidence import Check, Evidence
from bot.workflow.attestations import words_of
from bot.workflow.ports import PublishingError, RemoteBusyError
from bot.workflow.retention import empty_plan
from bot.workflow.stages import PlanStage
from tests.building.on_github import github, kept, office
from tests.building.test_changes import Delivery
from tests.stand_ins.github import GitHubStandIn
from tests.stand_ins.github_answers import problem

__all__ = ["github", "kept", "office"]


async def commits_of(office: Delivery) -> list[str]:
    """Return the commits of the tasks that are ticked, each once."""
    steps = [step for step in await office.steps() if step.key.startswith("task") and step.state == TaskState.DONE]
    return list(dict.fromkeys(step.commit for step in steps if step.commit))


async def test_each_commit_of_a_task_says_what_ticked_it_once(office: Delivery, github: GitHubStandIn) -> None:
    office.watch.attestations.page_of = lambda plan_id: f"https://plans.example.org/{plan_id}"
    await office.watch.look()
    await office.watch.look()
    assert [commit for commit, _ in github.statuses] == await commits_of(office)
    said = github.statuses[0][1]
    assert (said["state"], said["context"]) == ("success", "planthread")
    assert said["description"].startswith("1.1")
    assert "check" in said["description"]
    assert said["target_url"] == f"https://plans.example.org/{office.plan_id}"


async def test_a_few_are_told_in_a_minute_and_the_others_later(
    office: Delivery, github: GitHubStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.building.attestations.MOST_A_MINUTE", 2)
    assert len(await commits_of(office)) > 2
    plan = await office.plan()
    attestations = Attestations(office.database, office.publisher)
    await attestations.look_at(plan)
    await attestations.look_at(plan)
    assert len(github.statuses) == 2
    await Attestations(office.database, office.publisher).look_at(plan)
    told = [commit for commit, _ in github.statuses]
    assert told == (await commits_of(office))[: len(told)]
    assert len(told) > 2


async def test_a_refusal_rests_and_what_was_told_before_it_is_kept(office: Delivery, github: GitHubStandIn) -> None:
    second = (await commits_of(office))[1]
    github.prepare("POST", f"/repos/acme/library/statuses/{second}", 403, problem("Resource not accessible"))
    attestations = Attestations(office.database, office.publisher)
    with pytest.raises(PublishingError, match="commit statuses: write"):
        await attestations.look_at(await office.plan())
    await attestations.look_at(await office.plan())
    assert len(github.statuses) == 1
    assert ((await office.plan()).stage, (await office.plan()).hold) == ("delivered", None)
    await Attestations(office.database, office.publisher).look_at(await office.plan())
    assert [commit for commit, _ in github.statuses] == await commits_of(office)


async def test_while_it_is_built_only_phases_that_have_ended_are_told(office: Delivery, github: GitHubStandIn) -> None:
    async with office.database.write() as session:
        for step in await office.steps():
            if step.key.startswith("phase") and step.phase > 1:
                (await session.get_one(Step, step.id)).state = TaskState.TODO
    plan = await office.plan()

    async def building(_session: object, row: object) -> None:
        row.stage = PlanStage.BUILDING  # type: ignore[attr-defined]

    await office.within(building)
    await Attestations(office.database, office.publisher).look_at(plan)
    first = [step.commit for step in await office.steps() if step.key.startswith("task") and step.phase == 1]
    assert [commit for commit, _ in github.statuses] == list(dict.fromkeys(first))


async def test_a_commit_that_is_not_there_yet_is_told_later(office: Delivery, github: GitHubStandIn) -> None:
    first = (await commits_of(office))[0]
    github.prepare("POST", f"/repos/acme/library/statuses/{first}", 422, problem("No commit found for SHA"))
    with pytest.raises(RemoteBusyError):
        await Attestations(office.database, office.publisher).look_at(await office.plan())
    assert github.statuses == []


async def test_a_plan_that_is_emptied_is_not_told_of_again(office: Delivery, github: GitHubStandIn) -> None:
    await office.watch.look()
    told = len(github.statuses)
    await office.within(empty_plan)
    assert all(effect.key.startswith("evidence/") for effect in await office.rows_of(Effect))
    await Attestations(office.database, office.publisher).look_at(await office.plan())
    assert len(github.statuses) == told > 0


@pytest.mark.parametrize(
    ("checks", "words"),
    [
        ([Check(word="ruff", passed=True)], "2.1: 1 check passes"),
        ([Check(word="ruff", passed=True), Check(word="mypy", passed=True)], "2.1: 2 checks pass"),
        ([Check(word="pytest", passed=True, passed_tests=1)], "2.1: 1 check, 1 test pass"),
        ([Check(word="pytest", passed=True, passed_tests=31)], "2.1: 1 check, 31 tests pass"),
        ([Check(word="person", passed=True, by="U0MARA")], "2.1: 1 check passes, confirmed by a person"),
    ],
)
def test_the_words_count_checks_and_tests(checks: list[Check], words: str) -> None:
    evidence = Evidence(commit="c0ffee", checks=tuple(checks)).model_dump(mode="json")
    step = Step(
        workspace="T1", plan_id="p", key="task 2.1", position=1, phase=2, number="2.1", title="x", state=TaskState.DONE,
        commit="c0ffee", evidence=evidence,
    )  # fmt: skip
    assert words_of([step]) == words
    assert "U0MARA" not in words_of([step])
