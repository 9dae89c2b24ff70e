"""`/plan digest`: of a channel, or of a person's own plans in a direct message."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.digests.schedules import find_schedule, set_schedule, snooze, turn_off, when_of
from bot.digests.words import read_rest, read_schedule_words
from bot.documents.frozen import Frozen
from bot.slack.answers import Caller
from bot.slack.blocks.digest import moment_in
from bot.slack.channels import be_in
from bot.store.tables import DigestSchedule, OutboxItem, now
from bot.workflow.messages import MessageKind, is_direct
from bot.workflow.refusals import Refused

__all__ = ["DEFAULT_ZONE", "DigestWish", "digest_command", "digest_now", "digest_wish", "require_place"]

DEFAULT_ZONE = "UTC"
OWN = frozenset({"me", "my", "mine"})
"""The first word with which somebody means their own digest from within a channel."""
QUIET = frozenset({"off", "snooze"})
"""What needs no place to post in."""


class DigestWish(Frozen):
    """What somebody wants of a digest: the words, and whose it is (a channel's id, or a person's for their own)."""

    place: str
    words: tuple[str, ...]
    own: bool


def digest_wish(who: Caller, words: Sequence[str]) -> DigestWish:
    """Return what is meant: in a direct message, and after ``me``, it is the person's own digest."""
    said = tuple(word.lower() for word in words[:1])
    named = bool(OWN.intersection(said))
    own = named or is_direct(who.channel)
    return DigestWish(place=who.person if own else who.channel, words=tuple(words[1:] if named else words), own=own)


async def require_place(client: AsyncWebClient, wish: DigestWish) -> None:
    """Be in the channel in which a digest is to appear. Raises Refused where the bot can't be."""
    if not wish.own and wish.words and not QUIET.intersection(wish.words[:1]):
        await be_in(client, wish.place)


async def digest_command(
    session: AsyncSession, workspace: str, person: str, wish: DigestWish, key: str, zone: str
) -> str:
    """Set, stop or send a digest, and say what was done; ``zone`` is the person's own. Raises Refused."""
    verb, rest = "".join(wish.words[:1]).lower(), wish.words[1:]
    if verb == "now":
        await digest_now(session, workspace, wish.place, key, zone)
        return "Here comes the digest of your plans." if wish.own else "Here comes the digest of this channel."
    if verb == "off":
        was_on = await turn_off(session, workspace, wish.place)
        return ended(wish, was_on=was_on)
    if verb == "snooze":
        resting = await snooze(session, workspace, wish.place, read_rest(rest))
        if resting is None or resting.snoozed_until is None:
            raise Refused(f"{nothing_there(wish)}, so there is nothing that could rest.")
        return f"No digest before {moment_in(resting.snoozed_until, zone)}. Set it again to wake it earlier."
    if not verb:
        return usage(wish, told_of(await find_schedule(session, workspace, wish.place)))
    when = read_schedule_words(wish.words, zone or DEFAULT_ZONE)
    await set_schedule(session, workspace, wish.place, when, person)
    if wish.own:
        return f"A digest of your plans comes to you alone {when.told()}, unless nothing happened."
    return f"A digest comes to this channel {when.told()}, unless nothing happened."


def usage(wish: DigestWish, told: str) -> str:
    """Say what is set now, and what can be said."""
    is_set = f"{'A digest of your plans' if wish.own else 'The digest of this channel'} comes {told}."
    me = "me " if wish.own else ""
    ways = [f"`/plan digest {me}{words}`" for words in ("now", "daily 09:00", "weekly mon 09:00", "snooze 3d", "off")]
    own = "" if wish.own else " `/plan digest me daily 09:00` is one of your own plans, for you alone."
    return f"{is_set if told else f'{nothing_there(wish)}.'} Say {', '.join(ways[:-1])} or {ways[-1]}.{own}"


def told_of(schedule: DigestSchedule | None) -> str:
    """Return when a digest comes, in words; empty where none does."""
    if schedule is None:
        return ""
    rests = schedule.snoozed_until is not None and schedule.snoozed_until > now()
    until = moment_in(schedule.snoozed_until, schedule.time_zone) if rests and schedule.snoozed_until else ""
    return f"{when_of(schedule).told()}{f', resting until {until}' if until else ''}"


def ended(wish: DigestWish, *, was_on: bool) -> str:
    """Say that a digest is off, or that there was none."""
    if not was_on:
        return f"{nothing_there(wish)}."
    return "No more digests of your plans." if wish.own else "No more digests in this channel."


def nothing_there(wish: DigestWish) -> str:
    """Say that there is no digest."""
    return "You have no digest of your own" if wish.own else "This channel has no digest"


async def digest_now(session: AsyncSession, workspace: str, place: str, key: str, zone: str = "") -> None:
    """Have a digest of the last day posted to a channel, or to a person."""
    session.add(
        OutboxItem(
            workspace=workspace,
            key=f"digest/now/{key}",
            channel=place,
            kind=MessageKind.DIGEST,
            subject={"hours": 24, "zone": zone},
        )
    )
