"""Forms while another process holds the database: they open, say at once that nothing was kept, and stay open."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.people import HURRIED_SECONDS
from bot.slack.unkept import ASKING_SECONDS, NOT_NOW, TOO_SLOW, WRITING_SECONDS
from bot.store.tables import DigestSchedule, HouseRulesRevision
from tests.local_workspace.driving import Json, PersonAtWork
from tests.slack.at_work import rows, started
from tests.slack.held import held
from tests.slack.running import RunningBot, press, shown
from tests.slack.settings_forms import fields, opened, rules_form, send, settings
from tests.slack.test_home import (
    button_of,
    home,
    tabs,  # noqa: F401 (a fixture)
)
from tests.slack.test_home import opened as opened_home

SLACK_WAITS = 3.0
"""Seconds until Slack says in the bot's place that something went wrong."""


def test_all_that_a_form_may_wait_for_ends_before_slack_gives_up() -> None:
    assert ASKING_SECONDS + WRITING_SECONDS < SLACK_WAITS
    assert HURRIED_SECONDS < ASKING_SECONDS


async def test_settings_open_and_are_kept_once_the_database_can_be_had_again(
    bot: RunningBot, mara: PersonAtWork, tmp_path: Path
) -> None:
    async with held(tmp_path):
        form = await opened(mara)
        assert (await send(mara, form, budget="50000"))["errors"] == {"people": NOT_NOW}
    assert (await settings(bot)).revision == 0

    assert (await send(mara, form, budget="50000")) == {"ok": True}
    assert (await settings(bot)).budget == 50_000


async def test_house_rules_stay_open_with_what_was_typed(bot: RunningBot, mara: PersonAtWork, tmp_path: Path) -> None:
    form = await rules_form(mara)
    name, last = list(fields(form).items())[-1]
    changed = {name: f"{last['initial_value']}\n- H90: Be kind"}
    async with held(tmp_path):
        assert (await send(mara, form, **changed))["errors"] == {"part1": NOT_NOW}
    assert await rows(bot, HouseRulesRevision) == []

    assert (await send(mara, form, **changed))["ok"]
    assert len(await rows(bot, HouseRulesRevision)) == 1


async def test_ones_own_digest_says_that_it_was_not_taken(
    bot: RunningBot,
    tabs: object,  # noqa: F811 (the fixture)
    mara: PersonAtWork,
    tmp_path: Path,
) -> None:
    home = await opened_home(mara)
    change = button_of(home, "Change")
    async with held(tmp_path):
        await mara.do("actions", view_id=home["id"], action_id=change["action_id"], value=change.get("value"))
        form = await mara.sees_view("Digest of your plans")
        values = {"when": {"value": "daily 09:00"}}
        answer = await mara.do("views/submit", view_id=form["id"], values=values)
        assert answer["errors"] == {"when": NOT_NOW}
    assert await rows(bot, DigestSchedule) == []

    assert (await mara.do("views/submit", view_id=form["id"], values=values))["ok"]
    assert [row.hour for row in await rows(bot, DigestSchedule)] == [9]


async def test_an_opened_tab_says_that_it_can_not_be_drawn_and_is_drawn_once_it_can_be(
    bot: RunningBot,
    tabs: object,  # noqa: F811 (the fixture)
    mara: PersonAtWork,
    tmp_path: Path,
) -> None:
    async with held(tmp_path):
        told = await opened_home(mara, lambda text: "I can't write anything down at the moment" in text)
        assert "open it again" in shown(told)
    await home(mara, lambda text: "Nothing is planned yet" in text)


async def test_a_button_that_shows_a_form_shows_it(bot: RunningBot, mara: PersonAtWork, tmp_path: Path) -> None:
    await started(bot, mara)
    review = (await bot.thread(mara))[1]
    async with held(tmp_path):
        await press(mara, review, "Request changes")
        assert await mara.sees_view("Request changes")


@pytest.mark.parametrize("form", [opened, rules_form])
async def test_forms_that_wait_for_slack_say_so_in_time(
    bot: RunningBot,
    mara: PersonAtWork,
    monkeypatch: pytest.MonkeyPatch,
    form: Callable[[PersonAtWork], Awaitable[Json]],
) -> None:
    view = await form(mara)

    async def never(*_: object, **__: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("bot.slack.settings.ASKING_SECONDS", 0.05)
    with monkeypatch.context() as slow:
        slow.setattr(AsyncWebClient, "users_info", never)
        (said,) = (await send(mara, view))["errors"].values()
    assert said == TOO_SLOW
