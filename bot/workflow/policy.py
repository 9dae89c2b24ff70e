"""Who may approve the plans of a channel, and how many of them it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.frozen import Frozen
from bot.store.tables import ChannelSettings, Plan
from bot.workflow.forgotten import not_forgotten

__all__ = ["MOST_NEEDED", "USUAL_POLICY", "ApprovalPolicy", "policy_of", "renew_groups"]

MOST_NEEDED = 10
"""Approvals that a channel may ask for at most."""


class ApprovalPolicy(Frozen):
    """A channel's policy. Without names the starter and who took part approve, but no guests; named guests may."""

    people: tuple[str, ...] = ()
    groups: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """User groups that are named, each with its members as they were looked up last (`renew_groups`)."""
    needed: Annotated[int, Field(ge=1, le=MOST_NEEDED)] = 1
    """How many people must approve the same revisions."""
    starter_counts: bool = True
    """Whether the one who started a plan may be one of them."""

    @property
    def is_named(self) -> bool:
        """Tell whether only people who are named approve."""
        return bool(self.people or self.groups)

    @property
    def named(self) -> tuple[str, ...]:
        """Return who is named, by themselves or as members of a group; empty where nobody is."""
        members = (member for group in self.groups.values() for member in group)
        return not_forgotten(dict.fromkeys((*self.people, *members)))

    def allowed(self, starter: str, members: Sequence[str]) -> list[str]:
        """Return who may approve a plan, of its starter and the members who took part."""
        people = self.named if self.is_named else tuple(members)
        return [person for person in people if self.starter_counts or person != starter]


USUAL_POLICY = ApprovalPolicy()


async def policy_of(session: AsyncSession, plan: Plan) -> ApprovalPolicy:
    """Return the policy of a plan's channel."""
    row = await session.get(ChannelSettings, (plan.workspace, plan.channel))
    return ApprovalPolicy.model_validate(row.approval) if row else USUAL_POLICY


async def renew_groups(
    session: AsyncSession, workspace: str, channel: str, members: Mapping[str, Sequence[str]]
) -> None:
    """Keep who belongs to the groups of a channel's policy now; other groups than the policy's change nothing."""
    row = await session.get(ChannelSettings, (workspace, channel))
    if row is None:
        return
    policy = ApprovalPolicy.model_validate(row.approval)
    renewed = {group: tuple(members.get(group, known)) for group, known in policy.groups.items()}
    row.approval = policy.model_copy(update={"groups": renewed}).model_dump(mode="json")
