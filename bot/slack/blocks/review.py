"""The review: what people must decide first, the entities, the plan, and then the buttons."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.rule_lines import write_rule
from bot.documents.findings import Severity, has_errors
from bot.documents.frozen import Frozen
from bot.documents.tasks.task_plan import TaskKind
from bot.slack.blocks.entity_lines import field_list, value_line
from bot.slack.blocks.rendered import Rendered, image
from bot.slack.buttons import Action, Subject, actions, button
from bot.slack.drawn import Picture
from bot.slack.texts import (
    SECTION_LIMIT,
    Mrkdwn,
    clip,
    code,
    count,
    escape,
    fenced_sections,
    mention,
    render,
    section,
    sections,
    wrapped,
)
from bot.store.tables import Approval, Plan, Review
from bot.workflow.approvals import MOST_TOGETHER, Shown
from bot.workflow.asked import Asked
from bot.workflow.blast_radius import told
from bot.workflow.documents import DOCUMENT_TITLES, TITLES, Documents
from bot.workflow.reviews import ReviewContent, documents_of
from bot.workflow.stages import PlanStage
from bot.workflow.waiting import BUILT_IN
from bot.workflow.ways_past import way_past

__all__ = [
    "Deciding",
    "approving",
    "decided_review",
    "document_view",
    "notes",
    "review",
    "shown_only",
    "state_of",
    "within_a_view",
]

MOST_VIEW_BLOCKS = 95
MOST_VIEW_CHARACTERS = 200_000
"""Slack takes views of up to 250 KB."""
MOST_LISTED = 12
"""How many entries of one list a review shows; the rest stands in the whole document."""
LONGEST_ENTRY = 300
LONGEST_TITLE = 80
MOST_ASKED = 5
"""How many of the changes that were asked for a review quotes: the newest."""
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
) -> Rendered:
    """Return a review; an older one, or one that is decided, keeps one line and no approving button.

    ``people`` took part, guests too, and stay mentions in what was decided. Without ``is_new`` all of it was delivered
    already, so there is nothing to approve. ``picture`` is the drawing of its entities;
    ``edits`` tells which messages that it came from were edited since; ``asked`` are the changes that it holds, or that
    are being worked in.
    """
    shown = documents_of(row)
    state = state_of(plan, row)
    if state != "open":
        return decided_review(plan, row, state, approvals, asked[-MOST_ASKED:])
    content = ReviewContent.model_validate(row.content)
    tasks = documents.task_plan.tasks()
    custom = [task for task in tasks if task.kind is TaskKind.CUSTOM]
    text = render(
        "review",
        plan=plan,
        row=row,
        allowed=deciding.waiting[:MOST_LISTED],
        approved=deciding.approved[:MOST_LISTED],
        missing=deciding.missing,
        needed=deciding.needed,
        named=deciding.named,
        lapsed=deciding.lapsed[:MOST_LISTED],
        changed_by=deciding.changed_by,
        gate=gate_of(deciding, shown),
        is_large=len(documents.specs.entities) > MOST_TOGETHER,
        shown=shown,
        titles=DOCUMENT_TITLES,
        asked=asked[-MOST_ASKED:],
        asked_before=len(asked[:-MOST_ASKED]),
        since_delivery=content.since_delivery is not None or plan.delivered_review == row.number - 1 > 0,
        before=row.number - 1,
        deciding=deciding,
        restored=content.restored,
        restored_by=content.restored_by,
        changes=listed(content.changes if content.since_delivery is None else content.since_delivery),
        newest=clip("; ".join(content.changes), 2 * LONGEST_ENTRY) if content.since_delivery is not None else "",
        untouched=content.untouched,
        touches=clip(told(content.radius), 2 * LONGEST_ENTRY) if content.radius else "",
        rows=listed(content.radius.rows if content.radius else ()),
        voided=voided_by_person(content),
        points=[*listed([*decided(content, documents, people)]), *listed([*assumed(content)])],
        rules=listed([*rules(content, documents, people)]),
        unread=listed([f"“{clip(piece, LONGEST_ENTRY)}”" for piece in content.unread]),
        left_out=left_out(content),
        risks=listed([clip(risk, LONGEST_ENTRY) for risk in content.risks]),
        errors=listed([*blocking(content, documents.specs)]),
        warnings=listed(findings(content, Severity.WARNING)),
        is_new=is_new,
        edits=listed(edits),
        kept=content.kept[:MOST_LISTED],
        fresh=[f"“{clip(piece, LONGEST_ENTRY)}”" for piece in content.unread[: content.fresh_unread]][:MOST_LISTED],
        entities=listed([bold(entity.name, field_list(entity)) for entity in documents.specs.entities]),
        values=listed([value_line(enum, documents.specs) for enum in documents.specs.enums]),
        entity_count=len(documents.specs.entities),
        phases=len(documents.task_plan.phases),
        tasks=len(tasks),
        custom=len(custom),
        unwritten=listed([clip(task.title, LONGEST_TITLE) for task in custom]) if plan.planner == BUILT_IN else [],
    )
    said = with_picture(sections(text), picture)
    return Rendered(
        text=escape(f"{plan.title}: please review"),
        blocks=[*said, *actions(*review_buttons(plan, row, content, deciding, is_new=is_new))],
        picture=picture,
    )


def decided_review(
    plan: Plan, row: Review, state: str, approvals: Sequence[Approval], asked: Sequence[Asked] = ()
) -> Rendered:
    """Return a review that isn't open: a line, and while it is the newest, its documents."""
    shown = documents_of(row)
    titles = {name: title for name, title in TITLES.items() if name in shown}
    values = {"approvals": approvals, "shown": shown, "titles": titles, "asked": asked}
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


def listed(entries: Sequence[str]) -> list[str]:
    """Return the first entries, each of bearable length, and how many more there are."""
    kept = [entry if isinstance(entry, Mrkdwn) else clip(entry, LONGEST_ENTRY) for entry in entries[:MOST_LISTED]]
    more = len(entries) - len(kept)
    return [*kept, f"and {more} more: see the whole document"] if more else kept


def decided(content: ReviewContent, documents: Documents, people: Sequence[str]) -> Iterator[str]:
    """Return what people decided, as they said it; rules stand in a list of their own."""
    declared = {note for _, note in declared_rules(content, documents)}
    others = (one for one in content.decisions if one not in declared)
    yield from (with_mentions(clip(one, LONGEST_ENTRY), people) for one in others)


def left_out(content: ReviewContent) -> str:
    """Return one line on what could not be read and isn't asked about any more; nothing where there is no such."""
    newest = f"Left out, as you said: “{clip(content.left_out[-1], LONGEST_TITLE)}”" if content.left_out else ""
    more = f" and {len(content.left_out) - 1} more" if len(content.left_out) > 1 else ""
    before = len(content.unread_before)
    delivered = f"Not read, and not in what was delivered either: {count(before, 'piece')}" if before else ""
    return " · ".join(filter(None, (newest + more, delivered)))


def assumed(content: ReviewContent) -> Iterator[str]:
    """Return what no template builds, and what nobody decided."""
    lead = "_no template builds it; a model writes it, or it stays open:_"
    yield from (Mrkdwn(f"{lead} {escape(clip(one, LONGEST_ENTRY))}") for one in content.custom)
    if any(one.startswith("“") for one in content.custom):
        yield Mrkdwn("_a rule that shouldn't be there goes with its words:_ `drop the rule “…”`")
    yield from (Mrkdwn(f"_assumed:_ {escape(clip(one, LONGEST_ENTRY))}") for one in content.assumptions)


def declared_rules(content: ReviewContent, documents: Documents) -> Iterator[tuple[str, str]]:
    """Yield each declared rule in its form, and the decision that it came from, empty where it was pasted."""
    for entity in documents.specs.entities:
        for rule in entity.rules:
            form = write_rule(rule)
            note = next((one for one in content.decisions if one.startswith(f"Rule of {entity.name}, “{form}”")), "")
            yield f"{entity.name}: {form}", note


def rules(content: ReviewContent, documents: Documents, people: Sequence[str]) -> Iterator[str]:
    """Return the declared rules, each with the sentence that it was read from and who said it."""
    for form, note in declared_rules(content, documents):
        yield with_mentions(clip(note.removeprefix("Rule of ") or form, LONGEST_ENTRY), people)


def voided_by_person(content: ReviewContent) -> dict[str, list[str]]:
    """Return the documents of which each person's approval counts no more, for the first people."""
    titles: dict[str, list[str]] = {}
    for one in content.voided:
        titles.setdefault(one.person, []).append(one.document)
    return dict(list(titles.items())[:MOST_LISTED])


def with_mentions(text: str, people: Sequence[str]) -> Mrkdwn:
    """Return a decision with its author as a mention; only people of the plan become one."""
    safe = escape(text)
    for person in people:
        safe = safe.replace(f"({escape(person)})", f"({mention(person)})")
    return Mrkdwn(safe)


def findings(content: ReviewContent, severity: Severity) -> list[str]:
    """Return the findings of one severity as sentences."""
    return [
        f"{clip(one.message, LONGEST_ENTRY)} {clip(one.next_step, LONGEST_ENTRY)} ({one.rule})"
        for one in content.findings
        if one.severity is severity
    ]


def blocking(content: ReviewContent, specs: EntitySpecs) -> Iterator[str]:
    """Return the findings that leave no way to approve, each with what to write to get past it."""
    errors = [one for one in content.findings if one.severity is Severity.ERROR]
    for finding, sentence in zip(errors, findings(content, Severity.ERROR), strict=True):
        words = way_past(finding, specs)
        way = Mrkdwn(f" Mention me and write {code(words)}") if words else " Mention me and say what it should be"
        yield Mrkdwn(f"{escape(clip(sentence, LONGEST_ENTRY))}{way}, or what you want instead.")


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


def gated(deciding: Deciding, shown: dict[str, Shown]) -> dict[str, Shown]:
    """Return what is to be approved now, of what a review shows."""
    return {name: what for name, what in shown.items() if not deciding.gate or name in deciding.gate}


def gate_of(deciding: Deciding, shown: dict[str, Shown]) -> str:
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
    return [*first, button(Action.REQUEST_CHANGES, subject), button(Action.DOCUMENT, subject), *last]


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


def notes(content: ReviewContent) -> str:
    """Return all that a review says beside its documents, a line each; nothing is cut."""
    kinds = [
        ("Decided", content.decisions),
        ("Assumed", content.assumptions),
        ("Risks", content.risks),
        ("Not part of this plan: I could not make anything of", content.unread),
        ("Not read, and not in what was delivered either", content.unread_before),
        ("Left out, as people said", content.left_out),
    ]
    return "\n\n".join("\n".join([f"{title}:", *(f"- {one}" for one in said)]) for title, said in kinds if said)


def document_view(plan: Plan, texts: dict[str, str], beside: str = "", people: Sequence[str] = ()) -> dict[str, Any]:
    """Return a modal that shows the three documents in full (cut where Slack takes no more).

    ``beside`` is what the review says beside them; of those who said it, ``people`` are named.
    """
    blocks = [heading("What was decided and left out"), *named_sections(beside, people)] if beside else []
    for name, text in texts.items():
        blocks += [heading(TITLES[name]), *fenced_sections(text)]
    kept = within_a_view(blocks)
    if len(kept) < len(blocks):
        blocks = [*kept, *sections(render("document_cut"))]
    return shown_only(plan.title, blocks)


def shown_only(title: str, blocks: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return a modal that only shows something."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": clip(title, 24)},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": list(blocks),
    }


def heading(text: str) -> dict[str, Any]:
    """Return a title of a modal."""
    return {"type": "header", "text": {"type": "plain_text", "text": text}}


def named_sections(text: str, people: Sequence[str]) -> list[dict[str, Any]]:
    """Return a text of any length as sections, in which these people are mentions."""
    pieces = [""]
    for line in (with_mentions(part, people) for whole in text.split("\n") for part in wrapped(whole)):
        if len(pieces[-1]) + len(line) + 1 > SECTION_LIMIT:
            pieces.append("")
        pieces[-1] += f"\n{line}"
    return [section(piece.strip()) for piece in pieces if piece.strip()]


def within_a_view(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return as many of the first blocks as Slack takes in one view."""
    room = MOST_VIEW_CHARACTERS
    for number, block in enumerate(blocks[:MOST_VIEW_BLOCKS]):
        room -= len(json.dumps(block))
        if room < 0:
            return blocks[:number]
    return blocks[:MOST_VIEW_BLOCKS]
