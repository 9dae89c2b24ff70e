"""The review: what people must decide first, the entities, the plan, and then the buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.documents.entity_specs import Entity
from bot.documents.findings import Severity, has_errors
from bot.documents.task_plan import TaskKind
from bot.slack.blocks.rendered import Rendered
from bot.slack.buttons import Action, Subject, actions, button
from bot.slack.texts import clip, fenced_sections, render, sections
from bot.store.tables import Approval, Plan, Review
from bot.workflow.documents import DOCUMENT_TITLES, Documents
from bot.workflow.reviews import ReviewContent, Shown

__all__ = ["change_view", "document_view", "review"]

MOST_VIEW_BLOCKS = 95


def review(
    plan: Plan, row: Review, documents: Documents, approvals: Sequence[Approval], allowed: Sequence[str]
) -> Rendered:
    """Return a review; an older one, or one that is decided, keeps one line and no approving button."""
    shown = {name: Shown.model_validate(value) for name, value in row.documents.items()}
    state = state_of(plan, row)
    if state != "open":
        text = render("review_closed", plan=plan, row=row, state=state, approvals=approvals, shown=shown)
        subject = Subject(plan=plan.id, review=row.number)
        closed = actions(button(Action.DOCUMENT, subject)) if row.number == plan.review else []
        return Rendered(text=f"{plan.title}: review {row.number}", blocks=[*sections(text), *closed])
    content = ReviewContent.model_validate(row.content)
    tasks = documents.task_plan.tasks()
    text = render(
        "review",
        plan=plan,
        row=row,
        content=content,
        allowed=allowed,
        shown=shown,
        titles=DOCUMENT_TITLES,
        errors=[finding for finding in content.findings if finding.severity is Severity.ERROR],
        warnings=[finding for finding in content.findings if finding.severity is Severity.WARNING],
        entities=[(entity.name, field_list(entity)) for entity in documents.specs.entities],
        enums=documents.specs.enums,
        phases=len(documents.task_plan.phases),
        tasks=len(tasks),
        custom=sum(task.kind is TaskKind.CUSTOM for task in tasks),
    )
    return Rendered(
        text=f"{plan.title}: please review",
        blocks=[*sections(text), *actions(*review_buttons(plan, row, shown, content))],
    )


def state_of(plan: Plan, row: Review) -> str:
    """Return how a review stands: open, replaced, being changed, or approved."""
    if row.number < plan.review:
        return "replaced"
    if plan.approved_at is not None:
        return "approved"
    return "changing" if plan.run_stage is not None else "open"


def field_list(entity: Entity) -> str:
    """Return an entity's fields in one line, without those that every entity has."""
    parts = []
    for field in entity.fields:
        if field.primary_key or field.is_timestamp:
            continue
        kind = f"→ {field.foreign_key}" if field.foreign_key else field.type.name + ("[]" if field.type.is_list else "")
        marks = "".join([" unique" if field.unique else "", "?" if field.optional else ""])
        parts.append(f"{field.name} {kind}{marks}")
    return clip(" · ".join(parts), 900)


def review_buttons(plan: Plan, row: Review, shown: dict[str, Shown], content: ReviewContent) -> list[dict[str, Any]]:
    """Return the buttons of an open review; findings of severity error leave no way to approve."""
    subject = Subject(plan=plan.id, review=row.number)
    approving = Subject(plan=plan.id, review=row.number, documents=shown)
    first = [] if has_errors(content.findings) else [button(Action.APPROVE, approving, style="primary")]
    return [*first, button(Action.REQUEST_CHANGES, subject), button(Action.DOCUMENT, subject)]


def document_view(plan: Plan, texts: dict[str, str]) -> dict[str, Any]:
    """Return a modal that shows the three documents in full (cut where Slack takes no more)."""
    blocks: list[dict[str, Any]] = []
    for name, text in texts.items():
        blocks.append({"type": "header", "text": {"type": "plain_text", "text": DOCUMENT_TITLES[name]}})
        blocks += fenced_sections(text)
    if len(blocks) > MOST_VIEW_BLOCKS:
        blocks = [*blocks[:MOST_VIEW_BLOCKS], *sections(render("document_cut"))]
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": clip(plan.title, 24)},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": blocks,
    }


def change_view(plan: Plan, number: int) -> dict[str, Any]:
    """Return the modal that asks what should be different."""
    subject = Subject(plan=plan.id, review=number)
    return {
        "type": "modal",
        "callback_id": str(Action.REQUEST_CHANGES),
        "private_metadata": subject.model_dump_json(exclude_defaults=True),
        "title": {"type": "plain_text", "text": "Request changes"},
        "submit": {"type": "plain_text", "text": "Send"},
        "close": {"type": "plain_text", "text": "Cancel"},
        "blocks": [
            {
                "type": "input",
                "block_id": "change",
                "label": {"type": "plain_text", "text": "What should be different?"},
                "hint": {
                    "type": "plain_text",
                    "text": "Such as: add pages to books. A new revision follows in the thread.",
                },
                "element": {"type": "plain_text_input", "action_id": "text", "multiline": True, "max_length": 2000},
            }
        ],
    }
