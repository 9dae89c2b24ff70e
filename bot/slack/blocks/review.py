"""The review: what people must decide first, the entities, the plan, and then the buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.documents.entities.plain_changes import told_changes
from bot.documents.findings import has_errors
from bot.documents.frozen import Frozen
from bot.documents.tasks.task_plan import TaskKind
from bot.slack.blocks.entity_lines import field_list, value_line
from bot.slack.blocks.rendered import Rendered, image
from bot.slack.blocks.review_lists import (
    LONGEST_ENTRY,
    MOST_LISTED,
    Seen,
    blocking,
    folded,
    gaps,
    left_out,
    listed,
    points,
    rules,
    unread,
    voided_by_person,
    warnings,
)
from bot.slack.buttons import Action, Subject, actions, button
from bot.slack.drawn import Picture
from bot.slack.texts import (
    Mrkdwn,
    clip,
    escape,
    render,
    sections,
)
from bot.store.tables import Approval, Plan, Review
from bot.workflow.approvals import MOST_TOGETHER, Shown
from bot.workflow.asked import Asked
from bot.workflow.blast_radius import told
from bot.workflow.documents import DOCUMENT_TITLES, TITLES, Documents
from bot.workflow.reviews import ReviewContent, documents_of
from bot.workflow.stages import PlanStage
from bot.workflow.waiting import BUILT_IN

__all__ = [
    "Deciding",
    "approving",
    "decided_review",
    "review",
    "state_of",
]

MOST_ASKED = 5
"""How many of the changes that were asked for a review quotes: the newest."""
NOTHING_SEEN = Seen()
ENTITIES = "*Entities*"
"""How the part begins below which the drawing stands."""


class Deciding(Frozen):
    """Who may approve a review, who of them did, and how many it takes."""

    allowed: tuple[str, ...]
    approved: tuple[str, ...] = ()
    needed: int = 1
    named: bool = False
    """Whether the channel names those who may."""
    lapsed: tuple[str, ...] = ()
    """Who approved and may not any more."""
    changed_by: str = ""
    """Who changed the channel's settings while this review was open."""
    gate: tuple[str, ...] = ()
    """The documents that are to be approved now; all of them, unless it goes one after the other."""
    unshown: tuple[int, ...] = ()
    """The numbers before that of the review which stand for none that anybody saw."""

    @property
    def waiting(self) -> tuple[str, ...]:
        """Return those who may approve and have not yet."""
        return tuple(person for person in self.allowed if person not in self.approved)

    @property
    def missing(self) -> int:
        """Return how many approvals are still needed."""
        return max(0, self.needed - len(self.approved))


def review(
    plan: Plan,
    row: Review,
    documents: Documents,
    approvals: Sequence[Approval],
    deciding: Deciding,
    people: Sequence[str],
    *,
    is_new: bool = True,
    picture: Picture | None = None,
    edits: Sequence[str] = (),
    asked: Sequence[Asked] = (),
    seen: Seen = NOTHING_SEEN,
) -> Rendered:
    """Return a review; an older one, or one that is decided, keeps one line and no approving button.

    ``people`` took part, guests too, and stay mentions in what was decided. Without ``is_new`` all of it was delivered
    already, so there is nothing to approve. ``picture`` is the drawing of its entities;
    ``edits`` tells which messages that it came from were edited since; ``asked`` are the changes that it holds, or that
    are being worked in. What stood in the review before (``seen``) is folded.
    """
    shown = documents_of(row)
    state = state_of(plan, row)
    if state != "open":
        return decided_review(plan, row, state, approvals, asked[-MOST_ASKED:])
    content = ReviewContent.model_validate(row.content)
    text = render(
        "review",
        plan=plan,
        row=row,
        is_new=is_new,
        edits=listed(edits),
        gaps=gaps(content, documents.specs) if row.number == 1 and not content.kept else "",
        asked=asked[-MOST_ASKED:],
        asked_before=len(asked[:-MOST_ASKED]),
        **who_decides(deciding, documents, shown),
        **what_changed(plan, row, content),
        **what_is_said(content, documents, people, seen),
        **what_is_planned(plan, documents, points(content, documents, people, seen)),
    )
    said = with_picture(sections(text), picture)
    return Rendered(
        text=escape(f"{plan.title}: please review"),
        blocks=[*said, *actions(*review_buttons(plan, row, content, deciding, is_new=is_new))],
        picture=picture,
    )


def who_decides(deciding: Deciding, documents: Documents, shown: Mapping[str, Shown]) -> dict[str, Any]:
    """Return what the template says of who may approve, and of which documents."""
    return {
        "deciding": deciding,
        "allowed": deciding.waiting[:MOST_LISTED],
        "approved": deciding.approved[:MOST_LISTED],
        "missing": deciding.missing,
        "needed": deciding.needed,
        "named": deciding.named,
        "lapsed": deciding.lapsed[:MOST_LISTED],
        "changed_by": deciding.changed_by,
        "gate": gate_of(deciding, shown),
        "is_large": len(documents.specs.entities) > MOST_TOGETHER,
        "shown": shown,
        "titles": DOCUMENT_TITLES,
    }


def what_changed(plan: Plan, row: Review, content: ReviewContent) -> dict[str, Any]:
    """Return what the template says of the review before, or of what was delivered, and what a change touches."""
    is_first_change = plan.delivered_review == row.number - 1 > 0
    since = content.since_delivery
    return {
        "since_delivery": since is not None or is_first_change,
        "before": row.number - 1,
        "restored": content.restored,
        "restored_by": content.restored_by,
        "changes": listed(told_changes(content.changes if since is None else since)),
        "newest": clip("; ".join(told_changes(content.changes)), 2 * LONGEST_ENTRY) if since is not None else "",
        "untouched": content.untouched,
        "touches": clip(told(content.radius, content.decisions), 2 * LONGEST_ENTRY) if content.radius else "",
        "rows": listed(content.radius.rows if content.radius else ()),
        "voided": voided_by_person(content),
    }


def what_is_said(content: ReviewContent, documents: Documents, people: Sequence[str], seen: Seen) -> dict[str, Any]:
    """Return what the template says of what people decide: what was understood, what was not, and what was found."""
    fresh = content.unread[: content.fresh_unread][:MOST_LISTED]
    return {
        "points": points(content, documents, people, seen),
        "rules": rules(content, documents, people, seen),
        "unread": unread(content, seen),
        "are_unread": len(content.unread),
        "fresh": [f"“{clip(piece, LONGEST_ENTRY)}”" for piece in fresh],
        "left_out": left_out(content),
        "risks": folded(seen, ((risk, clip(risk, LONGEST_ENTRY)) for risk in content.risks)),
        "errors": listed([*blocking(content, documents.specs)]),
        "warnings": warnings(content, seen),
        "kept": content.kept[:MOST_LISTED],
    }


def what_is_planned(plan: Plan, documents: Documents, shown: Sequence[str]) -> dict[str, Any]:
    """Return what the template says of the entities and the tasks.

    Tasks that nothing writes are named where ``shown``, what the review tells before, doesn't name all of them.
    """
    specs, tasks = documents.specs, documents.task_plan.tasks()
    custom = [task for task in tasks if task.kind is TaskKind.CUSTOM]
    titles = [clip(task.title, LONGEST_ENTRY) for task in custom]
    are_told = all(any(escape(title) in one for one in shown) for title in titles)
    return {
        "entities": listed([bold(entity.name, field_list(entity)) for entity in specs.entities]),
        "values": listed([value_line(enum, specs) for enum in specs.enums]),
        "entity_count": len(specs.entities),
        "phases": len(documents.task_plan.phases),
        "tasks": len(tasks),
        "custom": len(custom),
        "unwritten": len(custom) if plan.planner == BUILT_IN else 0,
        "unwritten_titles": [] if are_told else listed(titles),
    }


def decided_review(
    plan: Plan, row: Review, state: str, approvals: Sequence[Approval], asked: Sequence[Asked] = ()
) -> Rendered:
    """Return a review that isn't open: a line, and while it is the newest, its documents."""
    shown = documents_of(row)
    titles = {name: title for name, title in TITLES.items() if name in shown}
    is_built = bool(approvals) and was_built(plan, row)
    values = {"approvals": approvals, "is_built": is_built, "shown": shown, "titles": titles, "asked": asked}
    text = render("review_closed", plan=plan, row=row, state=state, **values)
    subject = Subject(plan=plan.id, review=row.number)
    closed = actions(button(Action.DOCUMENT, subject)) if row.number == plan.review else []
    return Rendered(text=escape(f"{plan.title}: review {row.number}"), blocks=[*sections(text), *closed])


def with_picture(blocks: Sequence[dict[str, Any]], picture: Picture | None) -> list[dict[str, Any]]:
    """Return the blocks of a review with its drawing below the entities; at the end where these were cut off."""
    if picture is None:
        return list(blocks)
    entities = (n for n, block in enumerate(blocks, start=1) if said_in(block).startswith(ENTITIES))
    place = next(entities, len(blocks))
    return [*blocks[:place], image(picture), *blocks[place:]]


def said_in(block: dict[str, Any]) -> str:
    """Return what a section says; nothing for other blocks."""
    return str(block["text"]["text"]) if block["type"] == "section" else ""


def bold(name: str, text: str) -> Mrkdwn:
    """Return a name in bold, and what is to be said of it."""
    return Mrkdwn(f"*{escape(name)}*: {escape(text)}")


def state_of(plan: Plan, row: Review) -> str:
    """Return how a review stands: open, replaced, being changed, approved, or forgotten."""
    if row.content.get("forgotten_by"):
        return "forgotten"
    if row.number < plan.review:
        return "replaced"
    if plan.stage in {PlanStage.APPROVED, PlanStage.BUILDING, PlanStage.DELIVERED}:
        return "approved"
    if plan.stage == PlanStage.CANCELLED:
        return "cancelled"
    return "open" if plan.stage == PlanStage.IN_REVIEW and plan.run_stage is None else "changing"


def was_built(plan: Plan, row: Review) -> bool:
    """Tell whether what a review showed is delivered, while a newer one stands or is on its way."""
    return row.number <= plan.delivered_review and state_of(plan, row) in {"replaced", "changing"}


def gated(deciding: Deciding, shown: Mapping[str, Shown]) -> dict[str, Shown]:
    """Return what is to be approved now, of what a review shows."""
    return {name: what for name, what in shown.items() if not deciding.gate or name in deciding.gate}


def gate_of(deciding: Deciding, shown: Mapping[str, Shown]) -> str:
    """Return the title of the one document that is to be approved now; empty where all are, together."""
    asked = list(gated(deciding, shown))
    return DOCUMENT_TITLES[asked[0]].lower() if len(asked) == 1 < len(shown) else ""


def review_buttons(
    plan: Plan, row: Review, content: ReviewContent, deciding: Deciding, *, is_new: bool
) -> list[dict[str, Any]]:
    """Return the buttons of an open review."""
    subject = Subject(plan=plan.id, review=row.number)
    first = approving(plan, row, content, deciding, is_new=is_new)
    last = [button(Action.FORGET, Subject(plan=plan.id))] if plan.delivered_review else []
    changing = [button(Action.REQUEST_CHANGES, subject), button(Action.EDIT_ENTITIES, subject)]
    return [*first, *changing, button(Action.DOCUMENT, subject), *last]


def approving(
    plan: Plan, row: Review, content: ReviewContent, deciding: Deciding, *, is_new: bool
) -> list[dict[str, Any]]:
    """Return the button that approves an open review; findings of severity error, or nothing new, leave no way to.

    It is about what is to be approved now: with the last document of the three the build begins.
    """
    if not is_new or has_errors(content.findings):
        return []
    shown = gated(deciding, documents_of(row))
    last_title = [*DOCUMENT_TITLES][-1]
    label = "" if last_title in shown else f"Approve {' and '.join(DOCUMENT_TITLES[name].lower() for name in shown)}"
    pressed = Subject(plan=plan.id, review=row.number, documents=shown)
    return [button(Action.APPROVE, pressed, label=label, style="primary")]
