"""Every message and form that we build holds Slack's documented limits, tiny or enormous, kind or hostile."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs, EnumSpec, FieldType
from bot.documents.findings import Finding, Severity
from bot.documents.formats import Format
from bot.documents.requirements.requirements import Requirements
from bot.documents.tasks.task_plan import Phase, Task, TaskKind, TaskPlan, TaskState
from bot.generation.blast_radius import BlastRadius, Touched
from bot.local_workspace.limits import UPDATE_TEXT, block_problems, view_problems
from bot.planning.conversation import Question, Side
from bot.planning.imported.commands import AllowedCommand, Program
from bot.planning.imported.plan import ImportedKind, ImportedPlan, ImportedTask, SummaryAsked, Verification
from bot.planning.sources import Source
from bot.slack.answers import says
from bot.slack.blocks.card import card, details
from bot.slack.blocks.change import change, closed, hand_edit
from bot.slack.blocks.entities_form import entities_view
from bot.slack.blocks.forms import LONGEST_FIELD
from bot.slack.blocks.given_plan import checkpoint, given_review
from bot.slack.blocks.notices import delivered, help_text, notice, plan_list, plan_menu, problem, status, under_way
from bot.slack.blocks.questions import questions
from bot.slack.blocks.rendered import NATIVE, Rendered
from bot.slack.blocks.review import Deciding, review
from bot.slack.blocks.views import document_view
from bot.slack.blocks.words_form import change_view, hint_view
from bot.slack.buttons import read_subject
from bot.slack.reasons import Told, chain
from bot.store.tables import Approval, Change, HandEdit, Plan, PlanQuestion, Review, now
from bot.workflow.approvals import Shown
from bot.workflow.asked import Asked
from bot.workflow.checkpoints import Checkpoint, CheckpointKind
from bot.workflow.documents import IMPORTED, Documents
from bot.workflow.hand_edits import EditState
from bot.workflow.overview import OfferedChange, PhaseProgress, PlanOverview, TaskProgress
from bot.workflow.provenance import Reason
from bot.workflow.reviews import ReviewContent, VoidedApproval
from bot.workflow.stages import Hold, PlanStage

HOSTILE = "<!channel> <@U0ADA> <https://evil.test|click me> *b* `c` ```d``` \x02\x03\u202e & \n---\n(small) "
SIZES = [1, 30, 200]


def said(size: int) -> str:
    return HOSTILE * size


def a_plan(size: int, **changes: Any) -> Plan:
    values = {
        "id": "p" * 32, "workspace": "T1", "channel": "C1", "handle": "h" * 30, "title": said(size)[:60],
        "stage": PlanStage.IN_REVIEW, "starter": "U0MARA", "review": 1,
    }  # fmt: skip
    return Plan(**{**values, **changes})


def a_view(size: int, **changes: Any) -> PlanOverview:
    tasks = tuple(
        TaskProgress(
            number=f"1.{n}", title=said(size)[:500], state=state, commit="a41f9c2", tests=n, open_reason=reason
        )
        for n, (state, reason) in enumerate(
            [(TaskState.DONE, ""), (TaskState.DOING, ""), (TaskState.DOING, said(size))] * min(size, 60), start=1
        )
    )
    phases = tuple(PhaseProgress(number=n, name=said(1), tasks=tasks) for n in range(1, min(size, 10) + 1))
    values: dict[str, Any] = {
        "id": "p" * 32, "handle": "h", "title": said(size), "channel": "C1", "thread": "1.1",
        "stage": PlanStage.BUILDING, "hold": None, "hold_reason": "", "hold_by": "U0JON", "starter": "U0MARA",
        "planner": said(1),
        "level": said(1), "slots_known": 1, "slots_total": 7, "planning": False, "open_questions": size, "review": 1,
        "waiting_for": ("U0MARA",) * size, "phases": phases, "web_url": "http://git.test/x/",
        "clone_url": "http://git.test/x.git", "created_at": now(), "approved_at": now(), "delivered_at": None,
    }  # fmt: skip
    return PlanOverview(**{**values, **changes})


def some_questions(size: int) -> list[PlanQuestion]:
    def row(position: int, **changes: Any) -> PlanQuestion:
        question = Question(
            id=said(size),
            text=said(size),
            reason=said(size),
            options=(said(1), *map(str, range(size))),
            default=said(1),
            sides=tuple(Side(author=f"U{n}", text=said(size)) for n in range(min(size, 40))),
        )
        return PlanQuestion(
            id=position, workspace="T1", plan_id="p", question_id=f"{position}", round=1, position=position,
            question=question.model_dump(mode="json"), **changes,
        )  # fmt: skip

    return [row(1), row(2, answer=said(size), answered_by="U0JON"), row(3, withdrawn=True)]


def some_documents(size: int) -> Documents:
    fields = tuple(EntityField(name=f"field_{n}", type=FieldType(name="Decimal"), unique=True) for n in range(size))
    entities = tuple(
        Entity(name=f"Entity{n}", table=f"entities_{n}", api_path=f"/{n}", fields=fields) for n in range(size)
    )
    enums = tuple(EnumSpec(name=f"Enum{n}", values=tuple(f"value_{v}" for v in range(size))) for n in range(size))
    tasks = (Task(number="1.1", title=said(1), kind=TaskKind.CUSTOM), Task(number="1.2", title="b"))
    plan = TaskPlan(title="L", phases=(Phase(number=1, name="F", slug="f", goal="g", tasks=tasks),))
    requirements = Requirements(title="L", introduction=said(size))
    return Documents(requirements=requirements, specs=EntitySpecs(entities=entities, enums=enums), task_plan=plan)


def a_review(size: int, severity: Severity, **changes: Any) -> Rendered:
    finding = Finding(rule="entity/x", severity=severity, message=said(size), next_step=said(size))
    many = tuple(said(size) for _ in range(size))
    content = ReviewContent(
        decisions=(*many, "Books are lent (U0JON)"), assumptions=many, unread=many, findings=(finding,) * size,
        changes=many, untouched=("Requirements",), custom=many,
        since_delivery=many if "delivered_review" in changes else None,
        radius=BlastRadius(fields=Touched(new=many, gone=many), finished=many, edited=many),
        voided=tuple(VoidedApproval(person=f"U{n}", document="Entities") for n in range(size)),
    )  # fmt: skip
    shown = Shown(revision=9999, fingerprint="f" * 64).model_dump()
    row = Review(
        workspace="T1", plan_id="p", number=1, content=content.model_dump(mode="json"),
        documents=dict.fromkeys(("requirements", "entity_specs", "task_plan"), shown),
    )  # fmt: skip
    approvals = [
        Approval(workspace="T1", plan_id="p", document="requirements", revision=1, fingerprint="f", person=f"U{n}")
        for n in range(size)
    ]
    people = ["U0MARA", "U0JON", *(f"U{n}" for n in range(size))]
    lapsed = tuple(f"U9{n}" for n in range(size))
    deciding = Deciding(
        allowed=tuple(people), approved=tuple(people[:size]), needed=2, lapsed=lapsed, changed_by="U0JON"
    )
    asked = [Asked(person="U0JON", words=said(1))] * size
    documents = some_documents(min(size, 60))
    return review(a_plan(size, **changes), row, documents, approvals, deciding, people, asked=asked)


CHANGES: dict[str, dict[str, Any]] = {
    "offered here": {"url": "http://127.0.0.1/commit/c", "merges_here": True},
    "pushed to since": {"url": "http://127.0.0.1/compare/c", "merges_here": True, "seen": "a" * 40, "commit": "c" * 40},
    "merged elsewhere": {"url": "http://127.0.0.1/pull/1", "closed_at": now(), "merged_into": "<!channel>`" * 10},
    "pull request": {"url": "http://127.0.0.1/pull/1"},
    "merged": {"merged_commit": "c" * 40, "decided_by": "<!channel>" * 10},
    "closed": {"url": "http://127.0.0.1/pull/1", "closed_at": now(), "decided_by": "*jon*"},
    "forgotten": {"url": "http://127.0.0.1/pull/1", "closed_at": now(), "forgotten_by": "U0JON"},
}


def a_reason(size: int) -> Rendered:
    sources = [Source(key="k", author="U0MARA", quote=said(300), question=said(300)) for _ in range(3)]
    tasks = tuple(
        TaskProgress(number=f"1.{n}", title=said(1), state=TaskState.DONE, commit="c" * 40) for n in range(size)
    )
    reason = Reason(name="1.1", text=said(size), assumptions=(said(300),), tasks=tasks, approved_by=("U0JON",))
    return chain(a_plan(size), reason, [Told(source, source.quote, "http://127.0.0.1/p1") for source in sources])


def given_messages(size: int) -> Iterator[tuple[str, Rendered]]:
    """Yield what people see of a plan that is built as a file says: reviews, and questions of its build."""
    ways = tuple(
        Verification(
            text=said(size), command=AllowedCommand(program=Program.PYTEST, arguments=(said(1),)) if n % 2 else None
        )
        for n in range(size)
    )
    tasks = tuple(
        ImportedTask(number=f"{n}", title=said(size), kind=kind, files=(said(size),) * size, verifications=ways)
        for n, kind in enumerate(list(ImportedKind) * min(size, 20))
    )
    given = ImportedPlan(
        format=Format.PLAN, file=said(1), text="", title=said(1), tasks=tasks, verifications=ways,
        summary=SummaryAsked(path=said(size)),
    )  # fmt: skip
    deciding = Deciding(allowed=("U0MARA", "U0JON"))
    for severity in (*Severity, None):
        found = [Finding(rule="PT821", severity=severity, message=said(size), next_step=said(size))] if severity else []
        content = ReviewContent(findings=tuple(found * size), changes=(said(size),) * size)
        row = Review(
            workspace="T1", plan_id="p", number=1, content=content.model_dump(mode="json"),
            documents={IMPORTED: {"revision": 1, "fingerprint": "f" * 64}},
        )  # fmt: skip
        for approved in ((), ("U0MARA",)):
            shown = given_review(a_plan(size), row, given, [], deciding.model_copy(update={"approved": approved}))
            yield f"given review {severity} {approved}", shown
        yield (
            f"given review {severity} built",
            given_review(a_plan(size, stage=PlanStage.BUILDING), row, given, [], deciding),
        )
    for kind in CheckpointKind:
        for answer in (None, "yes", f"no: {said(size)}"):
            question = Question(
                id="c", text=said(size), reason="\n".join([said(size)] * size), options=(said(size),) * 20
            )
            point = Checkpoint(
                number=1, kind=kind, step="task 1", question=question, answer=answer, answered_by="U0JON"
            )
            yield (
                f"checkpoint {kind} {answer is None}",
                checkpoint(a_plan(size), point, ["U0MARA"] * size, current=answer is None),
            )


@cache
def messages(size: int) -> tuple[tuple[str, Rendered], ...]:
    """Return every message, and those with native blocks once more as servers get them that don't know these."""
    found: list[tuple[str, Rendered]] = []
    for name, message in native_messages(size):
        found.append((name, message))
        if (plain := message.without(NATIVE)) != message:
            found.append((f"plain {name}", plain))
    return tuple(found)


def native_messages(size: int) -> Iterator[tuple[str, Rendered]]:
    """Give every kind of message at a size."""
    for stage in PlanStage:
        for hold in (None, *Hold):
            yield f"card {stage} {hold}", card(a_view(size, stage=stage, hold=hold, hold_reason=said(size)))
    yield "quoting card", card(a_view(size, asked=said(1), hold=None))
    for offered in (
        OfferedChange(number=1, url="http://127.0.0.1/1", merges_here=here, commit="c" * 40) for here in (True, False)
    ):
        view = a_view(size, stage=PlanStage.DELIVERED, change=offered)
        yield f"card with a change, merged here: {offered.merges_here}", card(view)
    for hold in (None, *Hold):
        yield f"answer during a build {hold}", under_way(a_view(size, hold=hold, hold_reason=said(size)), said(size))
    yield "card of a new plan", card(a_view(size, stage=PlanStage.GATHERING, phases=(), planning=True, slots_total=0))
    yield "card while gathering", card(a_view(size, stage=PlanStage.GATHERING, phases=()))
    yield "details", details(a_view(size))
    yield from given_messages(size)
    asked = questions(a_plan(size, stage=PlanStage.GATHERING), some_questions(size))
    assert asked is not None
    yield "questions", asked
    for severity in Severity:
        yield f"review with findings of severity {severity}", a_review(size, severity)
    yield "review of a change", a_review(size, Severity.ERROR, delivered_review=1)
    yield "approved review", a_review(size, Severity.WARNING, approved_at=now(), stage=PlanStage.APPROVED)
    yield "replaced review", a_review(size, Severity.WARNING, review=2)
    yield "review while a change is worked in", a_review(size, Severity.WARNING, run_stage="plan")
    yield "review while questions are asked", a_review(size, Severity.WARNING, stage=PlanStage.GATHERING)
    yield "review of a cancelled plan", a_review(size, Severity.WARNING, stage=PlanStage.CANCELLED)
    for current in (True, False):
        subject = {"sentence": said(size), "tail": said(size), "task": said(1), "skippable": "1.1"}
        yield f"problem {current}", problem(a_view(size), subject, current=current)
        yield f"notice {current}", notice(a_view(size), {"sentence": said(size), "settled": int(not current)})
    yield "delivered", delivered(a_view(size, stage=PlanStage.DELIVERED))
    yield "delivered whole", delivered(a_view(size, stage=PlanStage.DELIVERED, phases=()))
    for name, values in CHANGES.items():
        row = Change(workspace="T1", plan_id="p", number=1, review=2, branch="planthread/change-1", **values)
        yield f"change {name}", change(a_view(size, stage=PlanStage.DELIVERED), row, row.url)
        yield f"closed {name}", closed(a_view(size, stage=PlanStage.DELIVERED), row, row.url)
    for state in (EditState.OPEN, EditState.TAKEN, EditState.LEFT, EditState.BACK):
        edit = HandEdit(
            workspace="T1", plan_id="p", number=1, state=state, author=said(1), told=[said(1)] * 13, asked="x",
            decided_by="U0JON",
        )  # fmt: skip
        yield f"hand edit {state}", hand_edit(a_plan(size), edit)
    yield "status", status(a_view(size))
    yield "status while gathering", status(a_view(size, stage=PlanStage.GATHERING, phases=()))
    yield "list", plan_list([a_view(1)] * min(size, 20))
    yield "no plans", plan_list([])
    for here in (True, False):
        yield f"menu {here}", plan_menu([a_view(1)] * min(size, 10), are_open_here=here)
    yield "help", help_text()
    yield "refusal", says(said(size))
    yield "reason", a_reason(size)


def texts(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return every text object, wherever it stands."""
    found: list[dict[str, Any]] = []

    def look(value: Any) -> None:
        if isinstance(value, dict):
            if value.get("type") in {"mrkdwn", "plain_text"}:
                found.append(value)
            for inner in value.values():
                look(inner)
        elif isinstance(value, list):
            for inner in value:
                look(inner)

    look(blocks)
    return found


@pytest.mark.parametrize("size", SIZES)
def test_every_message_holds_slacks_limits(size: int) -> None:
    for name, message in messages(size):
        assert block_problems(message.blocks) == [], name
        assert 0 < len(message.text) <= UPDATE_TEXT, name
        assert sum(len(text["text"]) for text in texts(message.blocks)) <= 20_000, name
        ids = [
            element["action_id"]
            for block in message.blocks
            if block["type"] == "actions"
            for element in block["elements"]
        ]
        assert len(set(ids)) == len(ids), name


@pytest.mark.parametrize("size", SIZES)
def test_every_message_passes_the_models_of_slacks_own_library(size: int) -> None:
    for name, message in messages(size):
        for block, parsed in zip(message.blocks, Block.parse_all(message.blocks), strict=True):
            assert type(parsed).__name__ != "Block", name
            made = parsed.to_dict()
            assert made["type"] == block["type"], name
            assert {**block, **made} == made, name


@pytest.mark.parametrize("size", SIZES)
def test_nothing_that_was_said_mentions_or_links_in_any_message(size: int) -> None:
    for name, message in messages(size):
        for text in [*texts(message.blocks), {"type": "mrkdwn", "text": message.text}]:
            if text["type"] != "mrkdwn":
                continue
            marks = set(re.findall(r"<[^>]*>?", text["text"]))
            assert all(re.fullmatch(r"<@U\w+>|<http://git\.test/x/\|[Rr]epository>", mark) for mark in marks), name
            assert not marks & {"<@U0ADA>"} or name == "refusal", name
            assert "\x02" not in text["text"], name
            assert text.get("verbatim", True), name


@pytest.mark.parametrize("size", SIZES)
def test_every_button_carries_a_subject_that_can_be_read_again(size: int) -> None:
    for name, message in messages(size):
        for block in message.blocks:
            for element in block.get("elements", []) if block["type"] == "actions" else []:
                if "url" in element:
                    continue
                subject = read_subject(element["value"])
                assert subject is not None, name
                assert subject.plan == "p" * 32, name
                if element["action_id"] == "approve_and_build":
                    assert {one.fingerprint for one in subject.documents.values()} == {"f" * 64}
                    assert (len(subject.documents), subject.review) == (1 if name.startswith("given") else 3, 1)


@pytest.mark.parametrize("size", SIZES)
def test_forms_hold_slacks_limits_and_pass_its_models(size: int) -> None:
    whole = document_view(a_plan(size), {name: said(size) for name in ("requirements", "entity_specs", "task_plan")})
    texts = [said(size)[:LONGEST_FIELD] or "x"] * min(40, size)
    edited = entities_view(a_plan(size), 1, [said(1)] * len(texts), texts)
    for view in (whole, edited, change_view(a_plan(size), 1), hint_view(a_plan(size), said(1))):
        assert view_problems(view) == []
        assert len(json.dumps(view)) <= 250_000
        assert View(**view).to_dict()["type"] == "modal"
