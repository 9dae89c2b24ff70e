"""`/plan settings`: a channel's settings and the house rules as forms, checked again when they are sent.

These forms don't go through the inbox: what is wrong with them is said in the form, which stays open until its change
is kept, so nothing that was typed is lost when the bot stops in between.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import aiohttp
import structlog
from pydantic import ValidationError
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.digests.schedules import set_schedule, turn_off
from bot.digests.words import DigestTime, read_schedule_words
from bot.documents.findings import has_errors
from bot.documents.naming import joined
from bot.slack.answers import Caller, SlackAnswers, says, who_of
from bot.slack.blocks.forms import Origin, chosen, errors_at, origin_of, typed
from bot.slack.blocks.settings import (
    MOST_PEOPLE,
    STARTER_COUNTS,
    house_rules_view,
    part_of_line,
    rules_in,
    settings_view,
)
from bot.slack.channels import be_in
from bot.slack.digests import DEFAULT_ZONE
from bot.slack.home import digest_of
from bot.slack.people import People, Profile, Standing
from bot.slack.private_channels import PrivateChannels
from bot.slack.refusals import reason_of
from bot.slack.unkept import ASKING_SECONDS, UNKEPT, patience_after, stays_open
from bot.slack.user_groups import UserGroups, handles_in, named_groups
from bot.store.database import Database
from bot.store.tables import Plan
from bot.workflow.access import answer_by_settings
from bot.workflow.channel_settings import (
    DecidedSettings,
    SettingsRefused,
    change_settings,
    may_change,
    settings_of,
)
from bot.workflow.house_rules import HouseRulesRefused, change_house_rules, current_house_rules, judge_house_rules
from bot.workflow.messages import is_direct
from bot.workflow.plan_defaults import Delivery, Gates, PlanDefaults, read_access
from bot.workflow.policy import ApprovalPolicy, renew_groups
from bot.workflow.refusals import Refused

__all__ = ["SettingsForms"]

FIELDS = {"revision": "people"}
"""The field below which a refusal of a setting is shown, where it isn't that of the setting's own name."""
NOT_ALLOWED = (
    "You can't change these: admins and owners of the workspace can, who created the channel, and who is named here. "
    "Guests can't."
)
LEFT = "You aren't in this channel any more, so its settings are not yours to change."
RULES_NOT_ALLOWED = "Only admins and owners of the workspace can change its house rules."
OLD_FORM = "This form is from an older version. Close it and open it again with /plan settings."
UNCHANGED = "Nothing in that form was different, so the settings of this channel stay as they are."
RULES_UNCHANGED = "Nothing in that form was different, so the house rules stay as they are."
MOST_NAMED = 5

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Rights:
    """What somebody may do with a channel's settings."""

    profile: Profile
    creator: bool

    def change(self, policy: ApprovalPolicy, person: str) -> bool:
        """Tell whether they may change the settings of a channel that has this policy."""
        member = self.profile.standing is Standing.MEMBER
        return may_change(policy, person, member=member, admin=self.profile.admin, creator=self.creator)


@dataclass(frozen=True)
class Asked:
    """What a form asks for."""

    origin: Origin
    policy: ApprovalPolicy
    budget: int | None
    defaults: PlanDefaults
    digest: DigestTime | Literal["off"] | None
    """When the digest is to come from now on; None where the form leaves it as it is."""


class FieldError(Refused):
    """What was filled in can't be. ``field`` is where in the form."""

    def __init__(self, field: str, sentence: str) -> None:
        """Say what is wrong with which field."""
        super().__init__(sentence)
        self.field = field


class SettingsForms:
    """Opens the forms, and keeps what they change."""

    def __init__(self, client: AsyncWebClient, database: Database, private_channels: PrivateChannels) -> None:
        """Ask and open through this client, keep in this database."""
        self._client = client
        self._database = database
        self._people = People(client, database, hurried=True)
        self._groups = UserGroups(client)
        self._private_channels = private_channels
        self._answers = SlackAnswers(client)

    # Opening

    async def open(self, body: Mapping[str, Any]) -> None:
        """Show the settings of the channel in which the command was said: everybody there may see them."""
        who = who_of("command", dict(body))
        settings, digest, rights = await asyncio.gather(
            self._settings(who), self._digest(who), self._rights(who.workspace, who.channel, who.person)
        )
        handles = await self._groups.handles(settings.policy.groups)
        origin = Origin(channel=who.channel, response_url=who.response_url, digest=digest)
        can_change = rights.change(settings.policy, who.person)
        view = settings_view(settings, list(handles.values()), origin, can_change=can_change)
        try:
            await self._client.views_open(trigger_id=body["trigger_id"], view=view)
        except SlackApiError as error:
            log.warning("the settings could not be opened", reason=reason_of(error), person=who.person)
            await self._answers.tell(who, says("That took too long for Slack. Please say `/plan settings` once more."))

    async def open_house_rules(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Show the house rules on top of the settings; a guest is told that they are the members'."""
        await ack()
        workspace, person = body["team"]["id"], body["user"]["id"]
        origin = origin_of(body["view"])
        if origin is None:
            return
        async with self._database.read() as session:
            rules = await current_house_rules(session, workspace)
        profile = await self._people.profile(workspace, person)
        if profile.standing is not Standing.MEMBER:
            where = Caller(workspace, person, origin.channel, response_url=origin.response_url)
            await self._answers.tell(where, says("House rules are shown to members of this workspace only."))
            return
        view = house_rules_view(rules, origin, can_change=profile.admin)
        try:
            await self._client.views_push(trigger_id=body["trigger_id"], view=view)
        except SlackApiError as error:
            log.warning("the house rules could not be opened", reason=reason_of(error), person=person)
        await asyncio.to_thread(judge_house_rules, rules.text)  # so that the form is judged at once when it is sent

    # Keeping

    async def submit(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Keep the settings, or say in the form what can't be."""
        try:
            async with asyncio.timeout(ASKING_SECONDS) as asking:
                asked = await self._asked_for(body)
                await self._require_place(asked)
            where, plans, changed = await self._keep(body, asked, patience_after(asking))
        except FieldError as error:
            await refuse(ack, error.field, str(error))
            return
        except UNKEPT as error:
            await stays_open(ack, body, error)
            return
        await ack()
        await self._answers.tell(where, says(kept_sentence(plans) if changed else UNCHANGED))

    async def submit_house_rules(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Keep a new revision of the house rules, or say in the form what is wrong with it."""
        workspace, person, view = body["team"]["id"], body["user"]["id"], body["view"]
        origin = origin_of(view)
        if origin is None or not origin.parts:
            await refuse(ack, "part1", OLD_FORM)
            return
        text = rules_in(view, origin.parts)
        try:
            async with asyncio.timeout(ASKING_SECONDS) as asking:
                profile = await self._people.profile(workspace, person)
            if not profile.admin:
                await refuse(ack, "part1", RULES_NOT_ALLOWED)
                return
            async with self._database.write(patience=patience_after(asking)) as session:
                before = await current_house_rules(session, workspace)
                same = text.strip("\n") == before.text.strip("\n")
                text = before.text if same else text
                rules = await change_house_rules(session, workspace, text, person, upon=origin.revision)
        except HouseRulesRefused as error:
            wrong = next(one for one in error.findings if has_errors([one]))
            place = part_of_line(view, origin.parts, wrong.place.line)
            await refuse(ack, place, f"{wrong.message} {wrong.next_step}")
            return
        except Refused:
            await refuse(ack, "part1", "Somebody changed the house rules since you opened them. Open them again first.")
            return
        except UNKEPT as error:
            await stays_open(ack, body, error)
            return
        await ack()
        where = Caller(workspace, person, origin.channel, response_url=origin.response_url)
        changed = f"The house rules are at revision {rules.revision} now; the next build follows them."
        await self._answers.tell(where, says(changed if rules.revision != before.revision else RULES_UNCHANGED))

    async def _asked_for(self, body: Mapping[str, Any]) -> Asked:
        """Return what a form asks for, once the person may and every name in it is known. Raises FieldError."""
        workspace, person, view = body["team"]["id"], body["user"]["id"], body["view"]
        origin = origin_of(view)
        if origin is None:
            raise FieldError("people", OLD_FORM)
        who = Caller(workspace, person, origin.channel)
        settings, rights, has_left = await asyncio.gather(
            self._settings(who),
            self._rights(workspace, origin.channel, person),
            self._private_channels.has_left(person, origin.channel),
        )
        if has_left:
            raise FieldError("people", LEFT)
        if rights.profile.standing is Standing.UNKNOWN:
            raise FieldError("people", "Slack could not tell me who you are just now. Please send the form once more.")
        if not rights.change(settings.policy, person):
            raise FieldError("people", NOT_ALLOWED)
        people, groups = await asyncio.gather(
            self._known_people(workspace, chosen(view, "people"), settings.policy.people),
            self._known_groups(typed(view, "groups")),
        )
        needed = number_in(view, "needed")
        policy = {
            "people": people,
            "groups": groups,
            "needed": settings.policy.needed if needed is None else needed,
            "starter_counts": chosen(view, "starter") in ([], [STARTER_COUNTS]),
        }
        defaults = PlanDefaults(
            gates=Gates(next(iter(chosen(view, "gates")), settings.gates)),
            features=tuple(chosen(view, "features")),
            delivery=Delivery(next(iter(chosen(view, "delivery")), settings.delivery)),
            github_owner=typed(view, "github_owner").strip().removeprefix("@"),
            github_access=tuple(read_access(typed(view, "github_access"))),
        )
        try:
            named = ApprovalPolicy.model_validate(policy)
        except ValidationError as error:
            raise FieldError("needed", "Choose a number from 1 to 10.") from error
        digest = digest_in(view, origin, rights.profile.time_zone or DEFAULT_ZONE)
        return Asked(origin, named, number_in(view, "budget"), defaults, digest)

    async def _require_place(self, asked: Asked) -> None:
        """Be in the channel in which a digest is to appear. Raises FieldError where the bot can't be."""
        if isinstance(asked.digest, DigestTime):
            try:
                await be_in(self._client, asked.origin.channel)
            except Refused as error:
                raise FieldError("digest", str(error)) from error

    async def _known_people(self, workspace: str, people: Sequence[str], before: Sequence[str]) -> list[str]:
        """Return whom a form names, once Slack knows each. Raises FieldError."""
        if len(people) > MOST_PEOPLE:
            raise FieldError("people", f"Name at most {MOST_PEOPLE} people; a user group can hold more.")
        new = [person for person in people if person not in before]
        profiles = await asyncio.gather(*(self._people.profile(workspace, person) for person in new))
        if any(profile.standing is Standing.UNKNOWN for profile in profiles):
            raise FieldError("people", "Slack could not tell me who everybody here is. Please send the form once more.")
        if not all(profile.person for profile in profiles):
            raise FieldError("people", "Apps, and people who left, can't approve. Name somebody else.")
        return list(people)

    async def _known_groups(self, text: str) -> Mapping[str, tuple[str, ...]]:
        """Return the user groups that a form names, with their members. Raises FieldError."""
        if not handles_in(text):
            return {}
        try:
            return named_groups(text, await self._groups.all())
        except Refused as error:
            raise FieldError("groups", str(error)) from error

    async def _keep(
        self, body: Mapping[str, Any], asked: Asked, patience: float
    ) -> tuple[Caller, Sequence[Plan], bool]:
        """Keep settings; return where to tell of it, the reviews that are open, and whether anything is different.

        Raises FieldError, and DatabaseHeld after ``patience``, in seconds.
        """
        origin, policy = asked.origin, asked.policy
        workspace, person = body["team"]["id"], body["user"]["id"]
        where = Caller(workspace, person, origin.channel, response_url=origin.response_url)
        key = f"view/{body.get('trigger_id') or body['view']['id']}"
        try:
            async with self._database.write(patience=patience) as session:
                await renew_groups(session, workspace, origin.channel, policy.groups)
                before = await settings_of(session, workspace, origin.channel)
                plans = await change_settings(
                    session,
                    workspace,
                    origin.channel,
                    policy,
                    asked.budget,
                    person,
                    key,
                    upon=origin.revision,
                    defaults=asked.defaults,
                )
                await keep_digest(session, workspace, person, asked)
                after = await settings_of(session, workspace, origin.channel)
                await answer_by_settings(session, workspace, origin.channel, after.github_access, person, key)
        except SettingsRefused as error:
            raise FieldError(FIELDS.get(error.about, error.about), str(error)) from error
        return where, plans, after.revision != before.revision or asked.digest is not None

    # Looking up

    async def _settings(self, who: Caller) -> DecidedSettings:
        async with self._database.read() as session:
            return await settings_of(session, who.workspace, who.channel)

    async def _digest(self, who: Caller) -> str:
        """Return when the channel's digest comes, as it is typed; a person's own is theirs, and not shown here."""
        async with self._database.read() as session:
            return (await digest_of(session, who.workspace, who.channel)).words

    async def _rights(self, workspace: str, channel: str, person: str) -> Rights:
        """Ask Slack what somebody is, and whether they created the channel."""
        profile, creator = await asyncio.gather(self._people.profile(workspace, person), self._creator(channel))
        return Rights(profile, creator=creator == person)

    async def _creator(self, channel: str) -> str:
        """Return who created a channel, or whose direct message it is; empty where Slack doesn't say."""
        try:
            info = (await self._client.conversations_info(channel=channel)).get("channel") or {}
        except SlackApiError as error:
            log.info("Slack won't say who created a channel", reason=reason_of(error), channel=channel)
            return ""
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("Slack can't be asked who created a channel", reason=str(error), channel=channel)
            return ""
        return str(info.get("creator") or info.get("user") or "")


async def refuse(ack: AsyncAck, field: str, sentence: str) -> None:
    """Keep a form open, with a sentence below one of its fields."""
    await ack(response_action="errors", errors=errors_at(field, sentence))


def digest_in(view: Mapping[str, Any], origin: Origin, zone: str) -> DigestTime | Literal["off"] | None:
    """Return the digest that a form asks for; None where its field is as it was when the form was opened.

    A digest that somebody set meanwhile stays, unless this form sets another. Raises FieldError.
    """
    words = " ".join(typed(view, "digest").split())
    if words == origin.digest or is_direct(origin.channel):
        return None
    if words.lower() in {"", "off"}:
        return "off"
    try:
        return read_schedule_words(words.split(), zone)
    except Refused as error:
        raise FieldError("digest", str(error)) from error


async def keep_digest(session: AsyncSession, workspace: str, person: str, asked: Asked) -> None:
    """Set or stop a channel's digest where a form asks for it."""
    if asked.digest == "off":
        await turn_off(session, workspace, asked.origin.channel)
    elif asked.digest is not None:
        await set_schedule(session, workspace, asked.origin.channel, asked.digest, person)


def number_in(view: Mapping[str, Any], name: str) -> int | None:
    """Return the whole number in a field; None where it is empty. Raises FieldError."""
    text = typed(view, name).strip()
    if not text:
        return None
    if not text.removeprefix("-").isdecimal() or len(text) > 12:
        raise FieldError(name, "Write a whole number.")
    return int(text)


def kept_sentence(plans: Sequence[Plan]) -> str:
    """Tell that settings are kept, and which open reviews they change."""
    kept = "The settings of this channel are kept, and count from now on."
    if not plans:
        return kept
    names = [f"*{plan.title}*" for plan in plans[:MOST_NAMED]]
    more = [f"{len(plans) - MOST_NAMED} more"] if len(plans) > MOST_NAMED else []
    return (
        f"{kept} Open for review: {joined([*names, *more])}. Approvals count while their givers may approve, as the "
        "reviews say now; no build begins by itself."
    )
