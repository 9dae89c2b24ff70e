"""What is new in a plan, as text: the outbox holds what is to be told, and what was told is marked as sent."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.entities.entity_specs import EntityField, EntitySpecs
from bot.documents.entities.rule_words import rule_in_words
from bot.documents.tasks.task_plan import TaskKind, TaskPlan, TaskState
from bot.planning.conversation import Question
from bot.planning.imported.plan import ImportedPlan
from bot.store.database import Database
from bot.store.tables import OutboxItem, Plan
from bot.terminal.lines import Write
from bot.terminal.texts import in_plain_words, one_line, render
from bot.workflow.approvals import Shown
from bot.workflow.blast_radius import told
from bot.workflow.checkpoints import checkpoint_numbered
from bot.workflow.documents import IMPORTED, latest_revisions
from bot.workflow.messages import MessageKind
from bot.workflow.overview import PlanOverview, overview
from bot.workflow.reviews import ReviewContent, review_of
from bot.workflow.rounds import questions_of_round
from bot.workflow.stages import PlanStage

__all__ = ["News", "letters"]

TOLD = "terminal"
"""Stands where a posted message's timestamp would."""
STAGES = {PlanStage.GATHERING: "gathering requirements", PlanStage.APPROVED: "approved, the build starts"}
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class News:
    """Tells what is new in one plan, each thing once."""

    def __init__(self, database: Database, plan_id: str, person: str, write: Write, shows_address: bool) -> None:
        """Watch the outbox of a plan for a person."""
        self._database = database
        self._plan_id = plan_id
        self._person = person
        self._write = write
        self._shows_address = shows_address
        self._headline = ""
        self._settled: set[str] = set()
        self.review = 0
        """Number of the newest review that was shown."""
        self.seen: dict[str, Shown] = {}
        """The documents as that review showed them: what an approval stands for."""

    async def tell(self) -> None:
        """Write what is due, and mark it as sent."""
        async with self._database.read() as session:
            query = select(OutboxItem).where(
                col(OutboxItem.plan_id) == self._plan_id, col(OutboxItem.version) > col(OutboxItem.sent_version)
            )
            due = (await session.scalars(query.order_by(col(OutboxItem.id)))).all()
            plan = await session.get_one(Plan, self._plan_id)
            texts = [await self._text(session, plan, item) for item in due]
        for text in texts:
            if text:
                self._write(text)
        if due:
            await self._mark({item.id: item.version for item in due})

    async def _mark(self, versions: dict[int | None, int]) -> None:
        async with self._database.write() as session:
            items = (await session.scalars(select(OutboxItem).where(col(OutboxItem.id).in_(versions)))).all()
            for item in items:
                item.sent_version, item.message = versions[item.id], TOLD

    async def _text(self, session: AsyncSession, plan: Plan, item: OutboxItem) -> str:
        """Return what an item says now. Questions, reviews and problems are told once; the card tells what moved."""
        if item.kind == MessageKind.CARD:
            return "\n".join(self.moved(await overview(session, plan)))
        if item.sent_version:
            return ""
        if item.kind == MessageKind.QUESTIONS:
            return await self._questions(session, plan, int(item.subject["round"]))
        if item.kind == MessageKind.REVIEW:
            return await self._review(session, plan, int(item.subject["review"]))
        if item.kind == MessageKind.CHECKPOINT:
            point = await checkpoint_numbered(session, plan, int(item.subject["round"]))
            return render("checkpoint", point=point) if point else ""
        if item.kind == MessageKind.DELIVERED:
            return render("delivered", view=await overview(session, plan), shows_address=self._shows_address)
        if item.kind == MessageKind.NOTICE:
            return one_line(f"🔎 {item.subject['sentence']}")
        if item.kind == MessageKind.UNCHANGED:
            return render(
                "unchanged", sentence=in_plain_words(str(item.subject["sentence"]), self._person), review=plan.review
            )
        sentence = in_plain_words(str(item.subject.get("sentence", "")), self._person)
        return render("problem", sentence=sentence, tail=str(item.subject.get("tail", "")).splitlines())

    def moved(self, view: PlanOverview) -> list[str]:
        """Return a line per task that was settled since, and a headline when the stage changed."""
        lines = []
        headline = one_line(
            f"📐 {view.title} (`{view.handle}`) · {STAGES.get(view.stage, view.stage)} · {view.planner}"
        )
        if headline != self._headline:
            self._headline = headline
            lines.append(headline)
        for task in view.tasks:
            is_settled = task.state is TaskState.DONE or bool(task.open_reason)
            if is_settled and task.number not in self._settled:
                self._settled.add(task.number)
                lines.append(render("task", task=task, settled=len(self._settled), total=len(view.tasks)))
        return lines

    async def _questions(self, session: AsyncSession, plan: Plan, number: int) -> str:
        rows = await questions_of_round(session, plan, number)
        questions = [(row.position, Question.model_validate(row.question)) for row in rows]
        return render("questions", questions=[(place, asked, letters(asked)) for place, asked in questions])

    async def _review(self, session: AsyncSession, plan: Plan, number: int) -> str:
        """Return a review, and keep what an approval of it would stand for."""
        review = await review_of(session, plan, number)
        revisions = await latest_revisions(session, plan)
        self.review = number
        self.seen = {name: Shown.model_validate(shown) for name, shown in review.documents.items()}
        content = ReviewContent.model_validate(review.content)
        if IMPORTED in review.documents:
            given = ImportedPlan.model_validate(revisions[IMPORTED].content)
            return render("imported_review", title=plan.title, number=number, content=content, plan=given)
        specs = EntitySpecs.model_validate(revisions["entity_specs"].content)
        task_plan = TaskPlan.model_validate(revisions["task_plan"].content)
        return render(
            "review",
            title=plan.title,
            number=number,
            content=content,
            touches=told(content.radius, content.decisions) if content.radius else "",
            rows=content.radius.rows if content.radius else (),
            rules=[rule_in_words(entity.name, rule) for entity in specs.entities for rule in entity.rules],
            specs=specs,
            described=described,
            phases=task_plan.phases,
            tasks=len(task_plan.tasks()),
            written=sum(task.kind is TaskKind.CUSTOM for task in task_plan.tasks()),
        )


def letters(question: Question) -> dict[str, str]:
    """Return the letter of each option, so that a reply can be one key."""
    return dict(zip(LETTERS, question.options, strict=False))


def described(field: EntityField) -> str:
    """Return a field in a few words, such as ``isbn str, unique`` or ``author_id → Author``."""
    kind = f"→ {field.foreign_key}" if field.foreign_key else field.type.name + ("[]" if field.type.is_list else "")
    marks = [mark for mark, holds in (("optional", field.optional), ("unique", field.unique)) if holds]
    if field.default is not None:
        marks.append(f"default {field.default}")
    return " ".join([field.name, kind, *([f"({', '.join(marks)})"] if marks else [])])
