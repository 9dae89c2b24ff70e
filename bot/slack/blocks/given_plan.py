"""Plans that are built as a file says: their review, and the questions at which a build waits for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.documents.findings import Severity, has_errors
from bot.planning.imported.plan import ImportedKind, ImportedPlan, ImportedTask, Verification
from bot.slack.blocks.rendered import Rendered
from bot.slack.blocks.review import Deciding, decided_review, state_of
from bot.slack.blocks.review_lists import findings, listed, voided_by_person
from bot.slack.buttons import Action, Subject, actions, button
from bot.slack.texts import Mrkdwn, clip, code, escape, render, sections
from bot.store.tables import Approval, Plan, Review
from bot.workflow.checkpoints import CONFIRM, REFUSE, Checkpoint
from bot.workflow.reviews import ReviewContent, documents_of

__all__ = ["checkpoint", "given_review"]

MOST_TASKS = 25
MOST_SHOWN = 6
"""Verifications or files of one task that a review shows; the rest stands in the whole document."""
MOST_LINES = 24
MOST_OPTIONS = 8
LONGEST = 200
DOES = {
    ImportedKind.LOOK: "a person looks",
    ImportedKind.DECISION: "a person decides",
    ImportedKind.ACTION: "a person acts",
}


def given_review(
    plan: Plan, row: Review, given: ImportedPlan, approvals: Sequence[Approval], deciding: Deciding
) -> Rendered:
    """Return a review of a plan as it was given: who does what, and the two gates, approval and build."""
    shown, state = documents_of(row), state_of(plan, row)
    if state != "open":
        return decided_review(plan, row, state, approvals)
    content = ReviewContent.model_validate(row.content)
    text = render(
        "given_review",
        plan=plan,
        row=row,
        given=given,
        deciding=deciding,
        missing=deciding.missing,
        waiting=deciding.waiting[:MOST_SHOWN],
        changes=listed(content.changes),
        voided=voided_by_person(content),
        errors=listed(findings(content, Severity.ERROR)),
        warnings=listed(findings(content, Severity.WARNING)),
        tasks=[told_task(task) for task in given.tasks[:MOST_TASKS]],
        more_tasks=max(0, len(given.tasks) - MOST_TASKS),
        is_change=bool(plan.delivered_review),
        there=content.files_there[:MOST_LINES],
        more_there=max(0, len(content.files_there) - MOST_LINES),
        edited=content.files_edited[:MOST_LINES],
        more_edited=max(0, len(content.files_edited) - MOST_LINES),
        at_the_end=told_ways(given.verifications),
        shown=next(iter(shown.values())),
    )
    first = approving_given(plan, row, content, deciding)
    whole = button(Action.DOCUMENT, Subject(plan=plan.id, review=row.number))
    last = [button(Action.FORGET, Subject(plan=plan.id))] if plan.delivered_review else []
    return Rendered(
        text=escape(f"{plan.title}: please review"),
        blocks=[*sections(text), *actions(*first, whole, *last)],
    )


def approving_given(plan: Plan, row: Review, content: ReviewContent, deciding: Deciding) -> list[dict[str, Any]]:
    """Return the button that approves a given plan, or builds it once enough did; findings of severity error none."""
    if has_errors(content.findings):
        return []
    pressed = Subject(plan=plan.id, review=row.number, documents=documents_of(row))
    if deciding.missing:
        return [button(Action.APPROVE, pressed, label="Approve", style="primary")]
    return [button(Action.BUILD, pressed, style="primary")]


def told_task(task: ImportedTask) -> dict[str, Any]:
    """Return a task as its lines: what it is, what it writes, who does each verification."""
    marks = [DOES[task.kind]] if task.kind in DOES else []
    marks += ["ticked elsewhere, no evidence here"] if task.ticked_elsewhere else []
    more = len(task.files) - MOST_SHOWN
    return {
        "number": task.number,
        "title": clip(task.title, LONGEST),
        "marks": marks,
        "files": [clip(path, LONGEST) for path in task.files[:MOST_SHOWN]] + ([f"and {more} more"] if more > 0 else []),
        "ways": told_ways(task.verifications),
        "needs_tests": task.needs_tests,
    }


def told_ways(verifications: Sequence[Verification]) -> list[Mrkdwn]:
    """Return a line for each verification: what runs, and what a person confirms."""
    lines = [
        Mrkdwn(f"runs: {code(clip(each.command.shown(), LONGEST))}")
        if each.command
        else Mrkdwn(f"a person confirms: {escape(clip(each.text, LONGEST))}")
        for each in verifications[:MOST_SHOWN]
    ]
    more = len(verifications) - MOST_SHOWN
    confirmed = sum(not each.runs for each in verifications[MOST_SHOWN:])
    return [*lines, Mrkdwn(f"and {more} more, {confirmed} of them for a person")] if more > 0 else lines


def checkpoint(plan: Plan, point: Checkpoint, asked: Sequence[str], *, current: bool) -> Rendered:
    """Return a question of the build with its buttons; one that was answered says what, and by whom."""
    lines = point.question.reason.splitlines()
    text = render(
        "checkpoint",
        plan=plan,
        point=point,
        asked=asked[:MOST_SHOWN],
        question=clip(point.question.text, LONGEST),
        lines=[clip(line, 2 * LONGEST) for line in lines[:MOST_LINES]],
        more=max(0, len(lines) - MOST_LINES),
        current=current,
        answer=clip(point.answer or "", 2 * LONGEST),
        decides=point.chooses,
    )
    return Rendered(
        text=escape(clip(f"{plan.title}: {point.question.text}", 300)),
        blocks=[*sections(text), *(actions(*ways(plan, point)) if current else [])],
    )


def ways(plan: Plan, point: Checkpoint) -> list[dict[str, Any]]:
    """Return the buttons of an open checkpoint: those of a decision are its options, by their numbers."""
    if not point.chooses:
        labels: Mapping[str, str] = {CONFIRM: "primary", REFUSE: ""}
    else:
        labels = dict.fromkeys(point.question.options[:MOST_OPTIONS], "")
    return [
        button(
            Action.CHECKPOINT,
            Subject(plan=plan.id, question=point.number, option=number),
            label=label,
            style=style,
            name=f"{point.number}-{number}",
        )
        for number, (label, style) in enumerate(labels.items(), start=1)
    ]
