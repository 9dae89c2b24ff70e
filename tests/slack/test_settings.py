"""People open and change a channel's settings, in the real app over the real socket."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from slack_sdk.models.views import View

from bot.documents.entities.entity_specs import FEATURES
from bot.local_workspace import methods_conversations
from bot.local_workspace.directory import PEOPLE_BY_ID, USER_GROUPS
from bot.local_workspace.limits import view_problems
from bot.local_workspace.workspace import Workspace
from bot.slack.blocks.forms import Origin
from bot.slack.blocks.settings import house_rules_view, settings_view
from bot.slack.user_groups import handles_in
from bot.store.database import Database
from bot.store.tables import ChannelEvent, DigestSchedule, InboxItem
from bot.workflow.channel_settings import DecidedSettings
from bot.workflow.house_rules import current_house_rules
from bot.workflow.policy import ApprovalPolicy
from tests.local_workspace.driving import PATIENCE_SECONDS, PersonAtWork
from tests.slack.at_work import rows, started, told
from tests.slack.running import RunningBot, buttons_of, press, shown
from tests.slack.settings_forms import decide, fields, opened, send, settings
from tests.slack.test_blocks import HOSTILE
from tests.workflow.office import ADA, JON, MARA


async def test_an_admin_changes_who_approves_and_hears_what_it_means(bot: RunningBot, mara: PersonAtWork) -> None:
    thread = await started(bot, mara)
    form = await opened(mara)
    assert list(fields(form)) == [
        "people", "groups", "needed", "starter", "budget",
        "gates", "features", "delivery", "github_owner", "github_access", "digest",
    ]  # fmt: skip
    assert fields(form)["needed"]["initial_value"] == "1"
    answer = await send(
        mara, form, people=[JON, ADA], groups="@leads", needed="3", starter="somebody_else", budget="50000"
    )
    assert answer == {"ok": True}

    heard = await told(mara, "The settings of this channel are kept")
    assert "Open for review: *Office library*" in heard["text"]
    now = await settings(bot)
    assert now.policy == ApprovalPolicy(
        people=(JON, ADA), groups={"S0LEADS": (MARA, JON)}, needed=3, starter_counts=False
    )
    assert (now.budget, now.revision, now.changed_by) == (50_000, 1, MARA)
    assert [(row.actor, row.what) for row in await rows(bot, ChannelEvent)] == [(MARA, "settings changed")]
    await bot.settled("in review")
    review = shown((await bot.thread(mara))[1])
    assert f"<@{JON}> or <@{ADA}>" in review
    assert f"<@{MARA}> changed who approves in this channel." in review
    await mara.say("approve", thread_ts=thread)
    await told(mara, "can approve plans of this channel", thread=thread)

    again = await opened(mara)
    assert fields(again)["people"]["initial_users"] == [JON, ADA]
    assert fields(again)["groups"]["initial_value"] == "@leads"
    assert fields(again)["starter"]["initial_option"]["value"] == "somebody_else"
    assert (await send(mara, again)) == {"ok": True}
    assert (await settings(bot)).revision == 1, "nothing was different"
    await told(mara, "Nothing in that form was different, so the settings of this channel stay as they are.")


async def test_everybody_in_a_channel_sees_its_settings_and_only_some_may_change_them(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork, ada: PersonAtWork
) -> None:
    for person in (jon, ada):
        form = await opened(person)
        assert fields(form) == {}
        assert form["submit"] is None
        assert "whoever started a plan, and members who wrote in its thread" in shown(form)
        await person.do("views/close", view_id=form["id"])
    await decide(bot.database, ApprovalPolicy(people=(JON, ADA), groups={"S0LEADS": (MARA,)}, needed=2))
    assert "needed" in fields(await opened(jon)), "whom the policy names may change it"
    form = await opened(ada)
    assert fields(form) == {}, "guests never"
    assert f"<@{JON}>, <@{ADA}>, @leads" in shown(form)
    assert "2 approvals" in shown(form)
    assert "needed" in fields(await opened(jon, channel="D0JON")), "a direct message is its person's own"


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"people": [JON], "needed": "2"}, "needed", "2 approvals can't come from 1 of you"),
        ({"groups": "@leads @nobody"}, "groups", "There is no user group @nobody"),
        ({"people": ["U0PLANTHREAD"]}, "people", "Apps, and people who left, can't approve"),
        ({"needed": "11"}, "needed", "at most 10"),
        ({"needed": ""}, "needed", "complete this required field"),
        ({"budget": "5"}, "budget", "at least 1000"),
        ({"github_owner": "acme inc"}, "github_owner", "as in github.com/NAME"),
        ({"github_owner": "-acme"}, "github_owner", "as in github.com/NAME"),
        ({"github_access": "octocat, acme/"}, "github_access", "“acme/” is no name on GitHub"),
        ({"github_access": ", ".join(f"p{n}" for n in range(21))}, "github_access", "Name at most 20"),
        ({"digest": "daily at noon"}, "digest", "I can't read noon as a time of day"),
    ],
)
async def test_what_can_not_be_is_said_in_the_form_which_stays_open(
    bot: RunningBot, mara: PersonAtWork, values: dict[str, object], field: str, words: str
) -> None:
    form = await opened(mara)
    answer = await send(mara, form, **values)
    assert list(answer["errors"]) == [field]
    assert words in answer["errors"][field]
    assert (await mara.get("views"))["views"] != []
    assert (await settings(bot)).revision == 0
    assert await rows(bot, InboxItem) == []


async def test_two_who_change_at_once_overwrite_nothing(bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork) -> None:
    await decide(bot.database, ApprovalPolicy(people=(JON,)))
    hers, his = await opened(mara), await opened(jon)
    assert (await send(mara, hers, needed="1", people=[JON, MARA]))["ok"]
    answer = await send(jon, his, starter="somebody_else")
    assert "Somebody changed these settings since you opened them" in answer["errors"]["people"]
    assert (await settings(bot)).policy.starter_counts


async def test_who_may_change_is_checked_again_when_a_form_is_sent(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    await decide(bot.database, ApprovalPolicy(people=(JON,)))
    form = await opened(jon)
    await decide(bot.database, ApprovalPolicy(people=(MARA,)))
    answer = await send(jon, form, people=[JON])
    assert "You can't change these" in answer["errors"]["people"]
    form = await opened(mara)
    monkeypatch.setitem(PEOPLE_BY_ID, MARA, replace(PEOPLE_BY_ID[MARA], guest=True))
    answer = await send(mara, form, people=[JON])
    assert "You can't change these" in answer["errors"]["people"]
    assert (await settings(bot)).policy.people == (MARA,)


async def test_where_slack_does_not_say_who_somebody_is_nothing_is_changed(
    bot: RunningBot, mara: PersonAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = await opened(mara)

    async def unreachable(**_: object) -> None:
        raise TimeoutError

    monkeypatch.setattr("slack_sdk.web.async_client.AsyncWebClient.users_info", lambda *_, **__: unreachable())
    answer = await send(mara, form, needed="2")
    assert "could not tell me who you are" in answer["errors"]["people"]
    assert (await settings(bot)).revision == 0


async def test_without_the_scope_for_user_groups_the_form_says_so(
    bot: RunningBot, workspace: Workspace, mara: PersonAtWork
) -> None:
    form = await opened(mara)
    scopes = tuple(scope for scope in workspace.options.scopes if scope != "usergroups:read")
    workspace.options = replace(workspace.options, scopes=scopes)
    answer = await send(mara, form, groups="@leads")
    assert "usergroups:read" in answer["errors"]["groups"]


async def test_features_owner_and_access_are_kept_with_their_history(bot: RunningBot, mara: PersonAtWork) -> None:
    form = await opened(mara)
    given = {
        "features": ["audit", "uuid-keys"],
        "delivery": "here",
        "github_owner": " @acme ",
        "github_access": "octocat @hubot,acme/backend",
    }
    assert (await send(mara, form, **given))["ok"]
    await told(mara, "The settings of this channel are kept")
    kept = await settings(bot)
    assert (kept.features, kept.delivery, kept.github_owner) == (("audit", "uuid-keys"), "here", "acme")
    assert kept.github_access == ("octocat", "hubot", "acme/backend")
    (event,) = await rows(bot, ChannelEvent)
    assert (event.data["before"]["features"], event.data["after"]["github_owner"]) == ([], "acme")
    form = await opened(mara)
    chosen_before = [option["value"] for option in fields(form)["features"]["initial_options"]]
    assert chosen_before == ["audit", "uuid-keys"]
    assert (await send(mara, form))["ok"]
    assert (await settings(bot)).revision == 1, "sent as it was, nothing is changed"
    assert (await send(mara, await opened(mara), features=[], github_access=""))["ok"]
    assert ((await settings(bot)).features, (await settings(bot)).github_access) == ((), ())


async def test_with_gates_the_review_has_a_button_for_one_document_after_the_other(
    bot: RunningBot, mara: PersonAtWork
) -> None:
    await started(bot, mara)
    old = (await bot.thread(mara))[1]
    assert (await send(mara, await opened(mara), gates="each"))["ok"]
    await told(mara, "Open for review: *Office library*")
    await bot.settled("in review")
    for label, words in (
        ("Approve requirements", "now the *requirements*"),
        ("Approve entities", "now the *entities*"),
        ("Approve and build", "now the *task plan*, and then the build begins"),
    ):
        review = (await bot.thread(mara))[1]
        assert words in shown(review)
        assert label in buttons_of(review)
        await press(mara, review, label)
        if label != "Approve and build":
            await asked_next(bot, mara, label)
    assert (await bot.settled("approved")).approved_at is not None
    assert "Approve and build" in buttons_of(old)


async def asked_next(bot: RunningBot, person: PersonAtWork, label: str) -> None:
    """Wait until the review has another button than this one."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while label in buttons_of((await bot.thread(person))[1]):
            await asyncio.sleep(0.02)


async def test_those_who_may_not_change_settings_read_them(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    given = {"features": ["audit"], "github_owner": "acme", "digest": "weekly mon 09:00 UTC"}
    assert (await send(mara, await opened(mara), **given))["ok"]
    read = shown(await opened(jon))
    assert "begins with: audit" in read
    assert "*Approved* together, in one review; those of large plans" in read
    assert "owned by `acme`" in read
    assert "*Digest*: weekly mon 09:00 UTC" in read


async def test_a_digest_is_set_changed_and_stopped_in_the_form(bot: RunningBot, mara: PersonAtWork) -> None:
    assert (await send(mara, await opened(mara), digest="daily 9:00"))["ok"]
    await told(mara, "The settings of this channel are kept")
    (kept,) = await rows(bot, DigestSchedule)
    assert (kept.channel, kept.hour, kept.time_zone, kept.set_by) == ("C0GENERAL", 9, "Europe/Berlin", MARA)
    assert (await settings(bot)).revision == 0, "a digest is not part of what approvals rest on"
    form = await opened(mara)
    assert fields(form)["digest"]["initial_value"] == "daily 09:00 Europe/Berlin"
    assert (await send(mara, form, needed="2", people=[MARA, JON]))["ok"]
    assert (await rows(bot, DigestSchedule))[0].since == kept.since, "untouched"
    assert (await send(mara, await opened(mara), digest=""))["ok"]
    assert await rows(bot, DigestSchedule) == []


async def test_a_digest_that_was_set_meanwhile_is_not_overwritten(bot: RunningBot, mara: PersonAtWork) -> None:
    form = await opened(mara)
    await mara.plan("digest weekly fri 16:00 UTC")
    await told(mara, "A digest comes to this channel")
    assert (await send(mara, form, budget="5000"))["ok"]
    assert [(row.weekday, row.hour) for row in await rows(bot, DigestSchedule)] == [(4, 16)]


async def test_a_digest_of_a_channel_that_the_bot_is_not_in_is_refused_in_the_form(
    bot: RunningBot, mara: PersonAtWork
) -> None:
    form = await opened(mara, channel="leads")
    answer = await send(mara, form, digest="daily 09:00", budget="5000")
    assert "I'm not in this channel" in answer["errors"]["digest"]
    assert await rows(bot, DigestSchedule) == []
    assert (await settings(bot, "C0LEADS")).budget is None, "nothing of the form was kept"
    assert (await send(mara, form, budget="5000"))["ok"], "without a digest the bot need not be there"


async def test_in_a_direct_message_there_is_no_digest_of_a_channel(bot: RunningBot, jon: PersonAtWork) -> None:
    form = await opened(jon, channel="D0JON")
    assert "digest" not in fields(form)
    assert (await send(jon, form, budget="5000"))["ok"]
    assert await rows(bot, DigestSchedule) == []


async def test_a_named_guest_approves_and_any_other_does_not(
    bot: RunningBot, mara: PersonAtWork, ada: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    await ada.say("approve", thread_ts=thread)
    await told(ada, "Only members of this workspace can do that", thread=thread)
    await decide(bot.database, ApprovalPolicy(people=(ADA,)))
    await bot.settled("in review")
    await press(ada, (await bot.thread(ada))[1], "Approve and build")
    assert (await bot.settled("approved")).approved_at is not None


async def test_who_belongs_to_a_group_is_asked_when_somebody_approves(
    bot: RunningBot, workspace: Workspace, mara: PersonAtWork, jon: PersonAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    await decide(bot.database, ApprovalPolicy(groups={"S0LEADS": (MARA, JON)}))
    thread = await started(bot, mara)
    only_mara = (replace(USER_GROUPS[0], users=(MARA,)),)
    monkeypatch.setattr(methods_conversations, "USER_GROUPS", only_mara)
    await jon.say("approve", thread_ts=thread)
    await told(jon, f"<@{MARA}> can approve plans of this channel", thread=thread)
    assert (await settings(bot)).policy.groups == {"S0LEADS": (MARA,)}
    scopes = tuple(scope for scope in workspace.options.scopes if scope != "usergroups:read")
    with monkeypatch.context() as without:
        without.setattr(workspace, "options", replace(workspace.options, scopes=scopes))
        await mara.say("approve", thread_ts=thread)
        await told(mara, "The app needs the scope usergroups:read", thread=thread)
    await mara.say("approve", thread_ts=thread)
    assert (await bot.settled("approved")).stage == "approved"


@pytest.mark.parametrize("size", [1, 30, 2000])
async def test_forms_hold_slacks_limits_and_pass_its_models(size: int, database: Database) -> None:
    people = tuple(f"U{number}" for number in range(size))
    policy = ApprovalPolicy(people=people, groups={"S1": people})
    decided = DecidedSettings(
        policy=policy,
        budget=5_000,
        features=FEATURES,
        github_owner="a" * 39,
        github_access=("octocat",) * min(size, 20),
        revision=1,
        changed_by="U1",
    )
    handles = ["@" + "g" * 20] * min(size, 20)
    origin = Origin(channel="C1", response_url="https://hooks.slack.com/" + "x" * 200, digest="daily 09:00 UTC")
    async with database.read() as session:
        rules = await current_house_rules(session, "T1")
    long = rules.model_copy(update={"text": f"# Rules\n\n- H1: {HOSTILE}\n" * size})
    for can_change in (True, False):
        for view in (
            settings_view(decided, handles, origin, can_change=can_change),
            settings_view(DecidedSettings(), (), origin, can_change=can_change),
            house_rules_view(long, origin, can_change=can_change),
            house_rules_view(rules, origin, can_change=can_change),
        ):
            assert view_problems(view) == []
            made = View(**view).to_dict()
            assert made["blocks"] == view["blocks"]


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("", []),
        ("@leads, @product", ["leads", "product"]),
        ("leads product;@leads", ["leads", "product"]),
        ("<!subteam^S0LEADS|@leads> S1", ["S0LEADS", "S1"]),
    ],
)
def test_groups_are_named_in_any_usual_way(text: str, handles: list[str]) -> None:
    assert handles_in(text) == handles
