"""The forms of a channel's settings and of the house rules, as people open, fill in and send them."""

from __future__ import annotations

from bot.local_workspace.directory import TEAM
from bot.store.database import Database
from bot.workflow.channel_settings import DecidedSettings, change_settings, settings_of
from bot.workflow.policy import ApprovalPolicy
from tests.local_workspace.driving import Json, PersonAtWork
from tests.slack.running import RunningBot
from tests.workflow.office import MARA

TITLE = "Channel settings"
RULES = "House rules"


async def opened(person: PersonAtWork, channel: str = "general", title: str = TITLE) -> Json:
    """Open the settings; what was open before is closed first, so that no older form is taken for the new one."""
    for view in reversed((await person.get("views"))["views"]):
        await person.do("views/close", view_id=view["id"])
    assert (await person.plan("settings", channel))["ok"]
    return await person.sees_view(title)


async def settings(bot: RunningBot, channel: str = "C0GENERAL") -> DecidedSettings:
    async with bot.database.read() as session:
        return await settings_of(session, TEAM, channel)


async def decide(database: Database, policy: ApprovalPolicy) -> None:
    async with database.write() as session:
        await change_settings(session, TEAM, "C0GENERAL", policy, None, MARA, "view/0")


async def send(person: PersonAtWork, view: Json, **values: object) -> Json:
    """Fill a form in and send it; what isn't named stays as the form began."""
    given = {name: {"value": value} for name, value in values.items()}
    return await person.do("views/submit", view_id=view["id"], values=given)


def fields(view: Json) -> dict[str, Json]:
    return {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}


async def rules_form(person: PersonAtWork) -> Json:
    form = await opened(person)
    await person.do("actions", view_id=form["id"], action_id="house_rules", values={})
    return await person.sees_view(RULES)
