"""Tasks that are left to people: an issue each on GitHub, once, linked from the thread, closed when they are done."""

from __future__ import annotations

import pytest

from bot.building.build_run import BuildFolders, BuildRun
from bot.building.issues import Issues
from bot.publishing.local import LocalPublisher
from bot.store.tables import Effect, OutboxItem
from bot.verification.sandbox import Level, Sandbox
from bot.workflow.ports import PublishingError
from tests.building.on_github import github, kept, office, shown
from tests.building.test_after_a_thread import LENDING
from tests.building.test_changes import Adding, Delivery
from tests.stand_ins.github import GitHubStandIn
from tests.stand_ins.github_answers import problem
from tests.workflow.office import JON

__all__ = ["github", "kept", "office"]

HOSTILE = LENDING.model_copy(update={"details": ("Tell @acme/everybody, see #12 and mara@example.org.",)})


@pytest.fixture
async def left(office: Delivery, github: GitHubStandIn) -> Delivery:
    """Give the office with a second change, of which one task is left to people: no model is there to write it."""
    github.merge_pull(1, "jon-of-acme")
    await office.watch.look()
    folder = office.folder
    folders = BuildFolders(folder / "repositories", folder / "work", folder / "cache")
    with_model, office.builder = office.builder, BuildRun(
        office.database, folders, office.publisher, Sandbox(Level.SANDBOXED, "asked"), None
    )  # fmt: skip
    await changed(office, HOSTILE)
    office.builder = with_model
    assert [task.title for task in (await office.overview()).left_open] == [LENDING.title]
    return office


async def changed(office: Delivery, behaviour: object) -> None:
    """Have a change with one behaviour that only a model can write planned, approved and built."""
    office.planning = Adding(behaviour)  # type: ignore[arg-type]
    await office.change("let people lend a book", (await office.plan()).review, JON)
    await office.run()
    await office.approve((await office.plan()).review, person=JON)
    await office.run()


async def test_a_task_that_is_left_open_has_an_issue_which_the_thread_links_to(
    left: Delivery, github: GitHubStandIn
) -> None:
    await left.watch.look()
    await left.watch.look()

    (issue,) = github.issues
    (task,) = (await left.overview()).left_open
    assert (issue["title"], issue["labels"]) == (f"{task.number} {LENDING.title}", ["planthread"])
    assert "no model is configured that could write it" in issue["body"]
    assert "app/services/lend_book.py" in issue["body"]
    assert task.issue == issue["html_url"]
    assert f"<{task.issue}|{LENDING.title}>" in (await shown(left, "change/2"))[0]
    assert (await left.events()).count("issue opened") == 1


async def test_nobody_is_called_by_what_a_plan_says(left: Delivery, github: GitHubStandIn) -> None:
    await left.watch.look()
    (issue,) = github.issues
    for name in ("@acme", "#12", "mara@example"):
        assert name not in issue["body"]
    assert "acme/everybody" in issue["body"], "the words stay readable"


async def test_killed_before_it_was_noted_the_issue_is_found_again(left: Delivery, github: GitHubStandIn) -> None:
    await left.watch.look()
    async with left.database.write() as session:
        for effect in await left.rows_of(Effect):
            if effect.key.startswith("issue/"):
                effect.result = None
                await session.merge(effect)
    await left.watch.look()
    assert len(github.issues) == 1
    assert (await left.overview()).left_open[0].issue == github.issues[0]["html_url"]


async def test_a_refusal_holds_nothing_up_and_rests(left: Delivery, github: GitHubStandIn) -> None:
    github.without_issues = True
    await left.watch.look()
    asked = len([path for method, path, _ in github.requests if path.endswith("/issues") and method == "POST"])
    await left.watch.look()
    plan = await left.plan()
    assert (plan.stage, plan.hold) == ("delivered", None)
    again = len([path for method, path, _ in github.requests if path.endswith("/issues") and method == "POST"])
    assert (asked, again) == (1, 1), "it is not asked for every minute"
    text, buttons = await shown(left, "notice/issues")
    assert "acme/library has its issues switched off; switch them on in its settings." in text
    assert (buttons, (await left.message("notice/issues")).version) == ([], 1)

    github.without_issues = False
    await Issues(left.database, left.publisher).look_at(plan)
    assert len(github.issues) == 1
    assert "settled" in (await shown(left, "notice/issues"))[0]


async def test_what_nobody_can_mend_is_not_told_in_the_thread(left: Delivery, github: GitHubStandIn) -> None:
    github.limit_rate("POST", "/repos/acme/library/issues")
    with pytest.raises(PublishingError, match="limit of requests"):
        await Issues(left.database, left.publisher).look_at(await left.plan())
    assert not [item for item in await left.rows_of(OutboxItem) if item.kind == "notice" and "issues" in item.key]


async def test_an_issue_is_closed_when_the_task_is_done_on_main(left: Delivery, github: GitHubStandIn) -> None:
    await left.watch.look()
    github.merge_pull(2, "jon-of-acme")
    await changed(left, LENDING)
    assert not (await left.overview()).left_open
    await left.watch.look()
    assert github.issues[0]["state"] == "open", "the change is not merged yet"

    github.merge_pull(3, "jon-of-acme")
    await left.watch.look()
    await left.watch.look()

    (issue,) = github.issues
    (step,) = [step for step in await left.steps() if step.title == LENDING.title]
    assert (issue["state"], issue["comments"]) == ("closed", [f"Done in {step.commit}."])
    assert (await left.events()).count("issue closed") == 1


async def test_one_that_people_closed_stays_as_it_is(left: Delivery, github: GitHubStandIn) -> None:
    await left.watch.look()
    github.issues[0]["state"] = "closed"
    github.merge_pull(2, "jon-of-acme")
    await changed(left, LENDING)
    github.merge_pull(3, "jon-of-acme")
    await left.watch.look()
    assert github.issues[0]["comments"] == []
    assert (await left.events()).count("issue closed") == 1


async def test_a_token_that_may_open_no_issues_is_told_what_it_lacks(left: Delivery, github: GitHubStandIn) -> None:
    refusal = problem("Resource not accessible by personal access token")
    github.prepare("POST", "/repos/acme/library/issues", 403, refusal)
    with pytest.raises(PublishingError, match=r"may not open issues in acme/library .*issues: write"):
        await Issues(left.database, left.publisher).look_at(await left.plan())
    assert github.issues == []


async def test_on_a_local_remote_the_task_list_is_linked(left: Delivery, github: GitHubStandIn) -> None:
    local = LocalPublisher(left.folder / "local", "http://127.0.0.1:8000")
    plan = await left.plan()
    plan.web_url = "http://127.0.0.1:8000/repositories/library"
    await Issues(left.database, local).look_at(plan)
    (task,) = (await left.overview()).left_open
    assert task.issue == "http://127.0.0.1:8000/repositories/library/file/.planning/tasks.md"
    assert github.issues == []
