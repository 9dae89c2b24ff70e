"""Features that a channel wants in each of its plans: they come with the first review, where they can be had."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.findings import Finding, has_errors
from bot.documents.naming import joined
from bot.generation.errors import UnsupportedSpecsError
from bot.planning.conversation import Proposal
from bot.store.tables import Plan
from bot.workflow.channel_settings import settings_of
from bot.workflow.documents import Documents, derive_documents

__all__ = ["derive_with", "features_to_add"]


async def features_to_add(session: AsyncSession, plan: Plan) -> tuple[str, ...]:
    """Return the features that a plan of its channel begins with; none once it had a review: people decided since."""
    if plan.review:
        return ()
    return (await settings_of(session, plan.workspace, plan.channel)).features


def derive_with(
    proposal: Proposal, before: Documents | None, wanted: Collection[str]
) -> tuple[Proposal, Documents, tuple[Finding, ...]]:
    """Derive a proposal with the features that its channel wants, or without them where that can't be built.

    What came of the wish stands among the assumptions, which people see in the review. Raises UnsupportedSpecsError
    where the specs ask for what can't be generated anyway.
    """
    added = [name for name in wanted if name not in proposal.features]
    if not added:
        return proposal, *derive_documents(proposal, before)
    given = told(proposal, f"Plans of this channel begin with {joined(added)}").model_copy(
        update={"features": (*proposal.features, *added)}
    )
    try:
        documents, findings = derive_documents(given, before)
        if not has_errors(findings):
            return given, documents, findings
        why = next(finding.message for finding in findings if has_errors([finding]))
    except UnsupportedSpecsError as error:
        why = str(error)
    without = told(proposal, f"Plans of this channel begin with {joined(added)}, which this one can't have: {why}")
    return without, *derive_documents(without, before)


def told(proposal: Proposal, assumption: str) -> Proposal:
    """Return a proposal with one more assumption."""
    return proposal.model_copy(update={"assumptions": (*proposal.assumptions, assumption)})
