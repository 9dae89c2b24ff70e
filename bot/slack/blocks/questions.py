"""A round of questions as one message, edited as people answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.planning.conversation import Question
from bot.slack.blocks.rendered import Rendered
from bot.slack.buttons import Action, Subject, actions, button
from bot.slack.texts import render, sections
from bot.store.tables import Plan, PlanQuestion
from bot.workflow.questions import YOU_DECIDE

__all__ = ["questions"]

MOST_OPTIONS = 8


def questions(plan: Plan, rows: Sequence[PlanQuestion]) -> Rendered:
    """Return one round of questions: open ones with their options, answered ones as a line."""
    blocks: list[dict[str, Any]] = sections(
        render("questions_head", plan=plan, round=rows[0].round, many=len(rows) > 1)
    )
    for row in rows:
        question = Question.model_validate(row.question)
        text = render("question", row=row, question=question, you_decide=YOU_DECIDE)
        blocks += sections(text)
        if row.answer is None:
            blocks += actions(*choices(plan, row, question))
    if any(row.answer is None for row in rows):
        blocks += sections(render("questions_foot", many=len(rows) > 1))
    asked = "; ".join(Question.model_validate(row.question).text for row in rows)
    return Rendered(text=f"{plan.title}: {asked}"[:500], blocks=blocks)


def choices(plan: Plan, row: PlanQuestion, question: Question) -> list[dict[str, Any]]:
    """Return a button for each option, and one to leave the decision to the planner."""
    found = [
        button(
            Action.ANSWER,
            Subject(plan=plan.id, question=row.question_id, option=number),
            label=option,
            name=f"{row.position}-{number}",
        )
        for number, option in enumerate(question.options[:MOST_OPTIONS], start=1)
    ]
    decide = Subject(plan=plan.id, question=row.question_id, option=0)
    return (
        [*found, button(Action.ANSWER, decide, label=YOU_DECIDE, name=f"{row.position}-0")]
        if question.default
        else found
    )
