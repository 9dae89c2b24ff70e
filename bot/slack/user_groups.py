"""User groups: Slack is asked which there are and who belongs to them, so that a policy can name a group."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.patterns import regex
from bot.slack.refusals import reason_of
from bot.workflow.policy import ApprovalPolicy
from bot.workflow.refusals import Refused

__all__ = ["UserGroup", "UserGroups", "handles_in", "named_groups"]

HANDLE = regex(r"<!subteam\^(\w+)(?:\|[^>]*)?>|@?([^\s,;@<>]+)")
LONGEST_HANDLE = 80
UNSURE = "Slack could not tell me just now who belongs to the user groups of this channel's settings, so I did nothing."

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class UserGroup:
    """A group of people, by its id and its handle (``@leads``, without the ``@``)."""

    id: str
    handle: str
    members: tuple[str, ...]


class UserGroups:
    """Looks user groups up."""

    def __init__(self, client: AsyncWebClient) -> None:
        """Ask through this client."""
        self._client = client

    async def all(self) -> list[UserGroup]:
        """Return the groups of the workspace with their members. Raises Refused where Slack doesn't say."""
        try:
            answer = await self._client.usergroups_list(include_users=True)
        except SlackApiError as error:
            reason = reason_of(error)
            log.warning("Slack won't say which user groups there are", reason=reason)
            if reason == "missing_scope":
                raise Refused(f"{UNSURE} The app needs the scope usergroups:read: install it again.") from error
            raise Refused(f"{UNSURE} Please try again in a moment ({reason}).") from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("Slack can't be asked which user groups there are", reason=str(error))
            raise Refused(f"{UNSURE} Please try again in a moment.") from error
        groups = answer.get("usergroups") or []
        return [UserGroup(one["id"], one.get("handle") or one["id"], tuple(one.get("users") or ())) for one in groups]

    async def members(self, policy: ApprovalPolicy) -> dict[str, tuple[str, ...]]:
        """Return who belongs to the groups of a policy now; a group that is gone has nobody. Raises Refused."""
        if not policy.groups:
            return {}
        found = {group.id: group.members for group in await self.all()}
        return {name: found.get(name, ()) for name in policy.groups}

    async def handles(self, groups: Collection[str]) -> dict[str, str]:
        """Return the handle of each group, or its id where Slack doesn't say."""
        if not groups:
            return {}
        try:
            async with asyncio.timeout(1.0):
                known = {group.id: f"@{group.handle}" for group in await self.all()}
        except (Refused, TimeoutError):
            known = {}
        return {group: known.get(group, group) for group in groups}


def handles_in(text: str) -> list[str]:
    """Return the handles, ids or mentions of groups in a text, such as ``@leads, @product``."""
    found = (mention or handle for mention, handle in HANDLE.findall(text))
    return list(dict.fromkeys(found))


def named_groups(text: str, groups: Collection[UserGroup]) -> Mapping[str, tuple[str, ...]]:
    """Return the groups that a text names, by id, with their members. Raises Refused for one that isn't there."""
    by_name = {group.handle.lower(): group for group in groups} | {group.id.lower(): group for group in groups}
    named: dict[str, tuple[str, ...]] = {}
    for handle in handles_in(text):
        group = by_name.get(handle.lower())
        if group is None:
            raise Refused(f"There is no user group @{handle[:LONGEST_HANDLE]} in this workspace.")
        named[group.id] = group.members
    return named
