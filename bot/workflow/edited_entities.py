"""Entities that people edit by hand at a review: what the form begins with, what is wrong in it, and keeping it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.checks import check_entity_specs
from bot.documents.entities.difference import describe_changes
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.short_form import write_short_form
from bot.documents.entities.short_form_reader import FormProblem, ShortFormReading, read_short_form
from bot.documents.findings import Severity
from bot.generation.errors import UnsupportedSpecsError
from bot.planning.conversation import Proposal
from bot.planning.derived import derive
from bot.planning.edited_entities import edited_text, with_specs, without_secrets
from bot.store.tables import ConversationMessage, Plan
from bot.workflow.change_requests import require_changeable, want_revision
from bot.workflow.heard import changes_of_plan
from bot.workflow.plans import add_message
from bot.workflow.refusals import Refused
from bot.workflow.reviews import ReviewContent, review_of

__all__ = ["EditedForm", "form_texts", "judge_form", "keep_edited", "proposal_to_edit"]

LONGEST_TEXT = 3_000
"""Characters of one entity: a field of a form takes no more."""
MOST_ENTITIES = 90
MOST_TOGETHER = 180_000
"""Bytes of all texts: Slack takes a form of 250 kB."""
TOO_LARGE = (
    "This plan is too large for a form. Say `/plan export {handle} entity-specs`, edit the file that you get, and drop "
    "it in this thread."
)
WORKED_IN = "Another change is being worked in. Its review comes in a moment; open the form there, with what it brings."
UNKNOWN_TYPE = " has the unknown type "
AS_BEFORE = "Nothing here was different. Change a line, or press Cancel."


@dataclass(frozen=True)
class EditedForm:
    """What a form makes of a plan's entities; with problems nothing may be kept."""

    specs: EntitySpecs
    difference: tuple[str, ...] = ()
    problems: tuple[FormProblem, ...] = ()


async def proposal_to_edit(session: AsyncSession, plan: Plan, number: int) -> Proposal:
    """Return the proposal whose entities a form at this review shows. Raises Refused where they can't be edited."""
    await require_changeable(session, plan, number)
    content = ReviewContent.model_validate((await review_of(session, plan, plan.review)).content)
    if content.proposal is None:
        raise Refused(f"This review of *{plan.title}* is of a file. Change the file, and drop the newer version here.")
    if len(await changes_of_plan(session, plan)) > content.heard_changes or plan.run_stage is not None:
        raise Refused(WORKED_IN)
    return content.proposal


def form_texts(plan: Plan, specs: EntitySpecs) -> tuple[str, ...]:
    """Return what each field of the form begins with. Raises Refused where a form doesn't hold it all."""
    texts = write_short_form(specs)
    is_long = any(len(text) > LONGEST_TEXT for text in texts) or len(json.dumps(texts)) > MOST_TOGETHER
    if is_long or len(texts) > MOST_ENTITIES:
        raise Refused(TOO_LARGE.format(handle=plan.handle))
    return texts


def judge_form(proposal: Proposal, texts: Sequence[str], further: str) -> EditedForm:
    """Return what a form makes of the entities of a proposal, and what is wrong with it. It may take a second."""
    before = proposal.specs
    if len(texts) != len(before.entities):
        return EditedForm(before, problems=(FormProblem(0, 0, "This form is of an older review. Open it again."),))
    reading = read_short_form(before, texts, further)
    found = new_errors(before, reading)
    if reading.problems:  # what else is wrong may follow from these
        found = tuple(problem for problem in found if UNKNOWN_TYPE in problem.message)
    problems = (*reading.problems, *found) or unbuildable(proposal, reading.specs)
    specs = without_secrets(reading.specs)
    difference = describe_changes(before, specs)
    if not problems and not difference:
        problems = (FormProblem(0, 0, AS_BEFORE),)
    return EditedForm(specs, difference, problems)


def new_errors(before: EntitySpecs, reading: ShortFormReading) -> tuple[FormProblem, ...]:
    """Return the errors that the checks find in edited entities, but for those that were there before."""
    known = {finding.message for finding in check_entity_specs(before)}
    found = [
        FormProblem(*reading.text_and_line(finding.place), f"{finding.message} {finding.next_step}")
        for finding in check_entity_specs(reading.specs, reading.places)
        if finding.severity is Severity.ERROR and finding.message not in known
    ]
    said_at_lines = [problem for problem in found if problem.line]
    return tuple(dict.fromkeys(said_at_lines or found))


def unbuildable(proposal: Proposal, specs: EntitySpecs) -> tuple[FormProblem, ...]:
    """Return why no service can be made of edited entities; nothing where one can."""
    try:
        derive(with_specs(proposal, specs))
    except UnsupportedSpecsError as error:
        return (FormProblem(0, 0, str(error)),)
    return ()


async def keep_edited(
    session: AsyncSession, plan: Plan, number: int, edited: EditedForm, person: str, key: str
) -> None:
    """Keep edited entities as a change, once for a key; a new revision follows.

    Raises Refused where another review, or another change, came meanwhile.
    """
    same = select(ConversationMessage).where(
        col(ConversationMessage.plan_id) == plan.id, col(ConversationMessage.key) == key
    )
    if await session.scalar(same) is not None:
        return
    await proposal_to_edit(session, plan, number)
    text = edited_text(edited.difference, edited.specs)
    await add_message(session, plan, person, text, key, kind="change", longest=len(text), is_clean=True)
    await want_revision(session, plan, number, person, key)
