"""What a channel decided for its plans, who may decide it, and what a change means for reviews that are open.

What is decided counts from now on. No approval is given or taken back by it: one that was given counts while its giver
may approve, and a build begins only when somebody approves, never because the settings changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.store.tables import ChannelEvent, ChannelSettings, Event, Plan, now
from bot.workflow.events import record
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.plan_defaults import Delivery, Gates, PlanDefaults, SettingsRefused, require_known
from bot.workflow.policy import USUAL_POLICY, ApprovalPolicy
from bot.workflow.stages import PlanStage

__all__ = [
    "LARGEST_BUDGET",
    "SETTINGS_CHANGED",
    "SMALLEST_BUDGET",
    "DecidedSettings",
    "SettingsRefused",
    "change_settings",
    "may_change",
    "settings_changed_by",
    "settings_of",
]

SETTINGS_CHANGED = "settings changed"
SMALLEST_BUDGET, LARGEST_BUDGET = 1_000, 100_000_000
"""Tokens; with fewer no plan gets anywhere, and more is a slip of the pen."""


class DecidedSettings(PlanDefaults):
    """The settings of a channel at one revision; revision 0 are the usual ones, which nobody changed."""

    policy: ApprovalPolicy = USUAL_POLICY
    budget: int | None = None
    """Tokens that each plan may use; None: what is configured for all."""
    revision: int = 0
    changed_by: str = ""
    at: datetime | None = None

    def defaults(self) -> PlanDefaults:
        """Return what it says of how plans are built and where they go."""
        return PlanDefaults(**{name: getattr(self, name) for name in PlanDefaults.model_fields})


async def settings_of(session: AsyncSession, workspace: str, channel: str) -> DecidedSettings:
    """Return what holds in a channel now."""
    row = await session.get(ChannelSettings, (workspace, channel))
    if row is None:
        return DecidedSettings()
    return DecidedSettings(
        policy=ApprovalPolicy.model_validate(row.approval),
        budget=row.budget,
        gates=Gates(row.gates),
        features=tuple(row.features),
        delivery=Delivery(row.delivery),
        github_owner=row.github_owner,
        github_access=tuple(row.github_access),
        revision=row.revision,
        changed_by=row.changed_by,
        at=row.at,
    )


def may_change(policy: ApprovalPolicy, person: str, *, member: bool, admin: bool, creator: bool) -> bool:
    """Tell whether somebody may change a channel's settings.

    A workspace's admins and owners may, who created the channel, and whom its policy names; guests never, even named.
    """
    return member and (admin or creator or person in policy.named)


async def change_settings(
    session: AsyncSession,
    workspace: str,
    channel: str,
    policy: ApprovalPolicy,
    budget: int | None,
    person: str,
    key: str,
    upon: int | None = None,
    defaults: PlanDefaults | None = None,
) -> Sequence[Plan]:
    """Keep what a channel decided, from now on, and return its plans in review; the same as now changes nothing.

    ``upon`` is the revision that the person saw; without ``defaults`` those that hold stay. Raises SettingsRefused for
    what can't be met, and where somebody changed the settings since.
    """
    require_possible(policy, budget)
    before = await settings_of(session, workspace, channel)
    wanted = defaults or before.defaults()
    require_known(wanted)
    if (policy, budget, wanted) == (before.policy, before.budget, before.defaults()):
        return []
    if upon is not None and upon != before.revision:
        raise SettingsRefused(
            "revision",
            "Somebody changed these settings since you opened them. Close this form, open it again, and change what "
            "is still to be changed.",
        )
    await session.merge(
        ChannelSettings(
            workspace=workspace,
            channel=channel,
            approval=policy.model_dump(mode="json"),
            budget=budget,
            gates=wanted.gates,
            features=list(wanted.features),
            delivery=wanted.delivery,
            github_owner=wanted.github_owner,
            github_access=list(wanted.github_access),
            revision=before.revision + 1,
            changed_by=person,
            at=now(),
        )
    )
    session.add(
        ChannelEvent(
            workspace=workspace,
            channel=channel,
            actor=person,
            what=SETTINGS_CHANGED,
            message_key=key,
            data={
                "before": told(before.policy, before.budget, before.defaults()),
                "after": told(policy, budget, wanted),
            },
        )
    )
    await session.flush()
    decides_anew = (policy, wanted.gates) != (before.policy, before.gates)
    return await renew_reviews(session, workspace, channel, person, key) if decides_anew else []


def require_possible(policy: ApprovalPolicy, budget: int | None) -> None:
    """Raise SettingsRefused where a policy can't be met, or a budget is none."""
    if policy.is_named and len(policy.named) < policy.needed:
        raise SettingsRefused(
            "needed",
            f"{policy.needed} approvals can't come from {len(policy.named)} of you. Name more people, or ask for "
            "fewer.",
        )
    if budget is not None and not SMALLEST_BUDGET <= budget <= LARGEST_BUDGET:
        raise SettingsRefused("budget", f"Choose between {SMALLEST_BUDGET:,} and {LARGEST_BUDGET:,} tokens.")


def told(policy: ApprovalPolicy, budget: int | None, defaults: PlanDefaults) -> dict[str, object]:
    """Return settings as an event keeps them."""
    return {"approval": policy.model_dump(mode="json"), "budget": budget, **defaults.model_dump(mode="json")}


async def settings_changed_by(session: AsyncSession, plan: Plan) -> str:
    """Return who changed, while a plan's newest review was open, who approves it; empty where nobody did."""
    query = select(Event).where(col(Event.plan_id) == plan.id, col(Event.what) == SETTINGS_CHANGED)
    newest = await session.scalar(query.order_by(col(Event.id).desc()).limit(1))
    return newest.actor if newest is not None and newest.data.get("review") == plan.review else ""


async def renew_reviews(session: AsyncSession, workspace: str, channel: str, person: str, key: str) -> Sequence[Plan]:
    """Have each open review of a channel say who approves it from now on, and note it in its plan."""
    query = select(Plan).where(
        col(Plan.workspace) == workspace, col(Plan.channel) == channel, col(Plan.stage) == PlanStage.IN_REVIEW
    )
    plans = (await session.scalars(query.order_by(col(Plan.created_at)))).all()
    for plan in plans:
        record(session, plan, person, SETTINGS_CHANGED, key, review=plan.review)
        await announce(session, plan, MessageKind.REVIEW, str(plan.review))
        await refresh_card(session, plan)
    return plans
