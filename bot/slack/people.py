"""Who people are: Slack is asked whether somebody is a member of the workspace, before they decide anything."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.refusals import reason_of
from bot.store.database import WAIT_SECONDS, Database, DatabaseHeld
from bot.workflow.people import keep_person
from bot.workflow.policy import ApprovalPolicy
from bot.workflow.refusals import Refused

__all__ = ["People", "Profile", "Standing", "require_approver", "require_member"]

RESTRICTED = ("is_restricted", "is_ultra_restricted", "is_stranger")
"""What `users.info` says of guests, and of people of another organisation."""
ADMINS = ("is_admin", "is_owner", "is_primary_owner")
HURRIED_SECONDS = 0.5
"""How long the database is waited for where somebody waits for a form."""

log = structlog.get_logger(__name__)


class Standing(Enum):
    """What somebody is in the workspace. Who could not be looked up decides as little as a guest."""

    MEMBER = "member"
    GUEST = "guest"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Profile:
    """What Slack says of somebody."""

    standing: Standing
    admin: bool = False
    """Whether they are an admin or an owner of the workspace."""
    person: bool = True
    """False for apps, and for people who were deactivated."""
    time_zone: str = ""
    """The zone of their clocks, such as ``Europe/Berlin``; empty where Slack doesn't say."""


class People:
    """Looks people up, and keeps whether they are guests, so that reviews name only those who may approve."""

    def __init__(self, client: AsyncWebClient, database: Database, *, hurried: bool = False) -> None:
        """Ask through this client, keep in this database; where that is held, ``hurried`` people aren't kept."""
        self._client = client
        self._database = database
        self._hurried = hurried

    async def standing(self, workspace: str, person: str) -> Standing:
        """Ask Slack what somebody is, each time anew: a member can become a guest."""
        return (await self.profile(workspace, person)).standing

    async def profile(self, workspace: str, person: str) -> Profile:
        """Ask Slack who somebody is, and keep whether they are a guest.

        Raises DatabaseHeld where that can't be kept, unless somebody waits for a form.
        """
        try:
            user = (await self._client.users_info(user=person)).get("user") or {}
        except SlackApiError as error:
            log.warning("Slack won't say who somebody is", reason=reason_of(error), person=person)
            return Profile(Standing.UNKNOWN)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("Slack can't be asked who somebody is", reason=str(error), person=person)
            return Profile(Standing.UNKNOWN)
        standing = standing_of(user, workspace)
        try:
            await self._keep(workspace, person, user, standing)
        except DatabaseHeld:
            if not self._hurried:
                raise
            log.warning("another process holds the database: it isn't kept who somebody is", person=person)
        return Profile(
            standing,
            admin=standing is Standing.MEMBER and any(user.get(name) for name in ADMINS),
            person=not (user.get("is_bot") or user.get("deleted")),
            time_zone=str(user.get("tz") or ""),
        )

    async def _keep(self, workspace: str, person: str, user: dict[str, Any], standing: Standing) -> None:
        async with self._database.write(patience=HURRIED_SECONDS if self._hurried else WAIT_SECONDS) as session:
            await keep_person(
                session,
                workspace,
                person,
                guest=standing is Standing.GUEST,
                gone=bool(user.get("deleted")),
                time_zone=str(user.get("tz") or ""),
            )


def standing_of(user: dict[str, Any], workspace: str) -> Standing:
    """Return what a user object says; in an Enterprise Grid a member belongs to several workspaces."""
    teams = {user.get("team_id"), *(user.get("enterprise_user") or {}).get("teams", [])}
    if workspace not in teams or any(user.get(name) for name in RESTRICTED):
        return Standing.GUEST
    return Standing.MEMBER


def require_member(standing: Standing) -> None:
    """Raise Refused where somebody is no member of the workspace, or where nobody can tell."""
    if standing is Standing.UNKNOWN:
        raise Refused("Slack could not tell me who you are just now, so I did nothing. Please try again in a moment.")
    if standing is Standing.GUEST:
        raise Refused("Only members of this workspace can do that. As a guest you can answer questions in the thread.")


def require_approver(standing: Standing, policy: ApprovalPolicy, person: str) -> None:
    """Raise Refused where somebody can't approve for what they are: a guest may where the channel names them."""
    if standing is not Standing.GUEST or person not in policy.named:
        require_member(standing)
