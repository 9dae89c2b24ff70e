"""A token that Slack takes no longer is noticed, said by readiness, and forgiven when it works again."""

from __future__ import annotations

from bot.local_workspace.workspace import Workspace
from bot.slack.application import create_client
from bot.slack.token_watch import TokenWatch
from tests.slack.running import client_of


async def test_a_token_that_works_is_no_problem(workspace: Workspace) -> None:
    watch = TokenWatch(client_of(workspace))

    await watch.look()

    assert watch.problems() == []


async def test_a_refused_token_is_a_problem_until_it_is_taken_again(workspace: Workspace) -> None:
    client = client_of(workspace)
    right, client.token = client.token, "xoxb-revoked"
    watch = TokenWatch(client)

    await watch.look()
    (problem,) = watch.problems()
    assert problem.startswith("Slack refuses SLACK_BOT_TOKEN (invalid_auth). Install the app again")

    client.token = right
    await watch.look()
    assert watch.problems() == []


async def test_a_slack_that_is_not_there_is_tried_again() -> None:
    watch = TokenWatch(create_client("xoxb-local", "http://127.0.0.1:9/api/"))

    await watch.look()

    (problem,) = watch.problems()
    assert "can't be reached" in problem
    assert "tried again by itself" in problem
