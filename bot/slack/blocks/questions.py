"""A round of questions as one message, edited as people answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bot.patterns import regex
from bot.planning.conversation import Question
from bot.slack.blocks.rendered import Rendered
from bot.slack.buttons import BUTTON_TEXT_LIMIT, Action, Subject, actions, button
from bot.slack.texts import clip, escape, render, sections
from bot.store.tables import Plan, PlanQuestion
from bot.workflow.questions import YOU_DECIDE
from bot.workflow.rounds import is_open
from bot.workflow.stages import PlanStage
from bot.workflow.untaken_answers import Untaken

__all__ = ["questions"]

MOST_OPTIONS = 8
MOST_SIDES = 6
LONGEST_TEXT = 600
LONGEST_ASKED = 2_600
"""Characters of a question with what could not be read, one a line."""
LONGEST_SIDE = 300
LINE = "\n• "
"""Begins each piece that a question lists."""
FIRST_WORDS = regex(r"[,:;(–]")
"""Where the first words of an option end, which name it."""


def questions(
    plan: Plan, rows: Sequence[PlanQuestion], untaken: Mapping[str, str] = MappingProxyType({})
) -> Rendered | None:
    """Return one round of questions: open ones with their options, others as a line; None for an empty round.

    ``untaken`` says of questions, by their ids, what became of an answer that was not taken, or not yet.
    """
    waits = [is_open(row) and plan.stage == PlanStage.GATHERING for row in rows]
    if not rows:
        return None
    asked = [Question.model_validate(row.question) for row in rows]
    disagreeing = list(dict.fromkeys(side.author for question in asked for side in question.sides))[:MOST_SIDES]
    head = render("questions_head", plan=plan, round=rows[0].round, many=len(rows) > 1, disagreeing=disagreeing)
    blocks: list[dict[str, Any]] = sections(head)
    for row, question, waiting in zip(rows, asked, waits, strict=True):
        left = untaken.get(row.question_id, "")
        mark = "✎" if left in {Untaken.NOT_READ, Untaken.PARTLY} else "✗"
        told = {"waiting": waiting, "you_decide": YOU_DECIDE, "left": left, "mark": mark}
        brief = shortened(question)
        text = render("question", row=row, question=brief, rows=told_choices(brief), default=in_short(brief), **told)
        blocks += sections(text)
        if waiting:
            blocks += actions(*choices(plan, row, question, many=len(rows) > 1))
    if any(waits):
        blocks += sections(render("questions_foot", rows=rows, many=len(rows) > 1))
    texts = "; ".join(question.text for question in asked)
    return Rendered(text=clip(escape(f"{plan.title}: {texts}"), 500), blocks=blocks)


def shortened(question: Question) -> Question:
    """Return a question of bearable length, whatever a planner wrote."""
    texts = {name: clip(getattr(question, name), LONGEST_TEXT) for name in ("reason", "default")}
    texts["text"] = clip(question.text, LONGEST_ASKED if LINE in question.text else LONGEST_TEXT)
    sides = tuple(side.model_copy(update={"text": clip(side.text, LONGEST_SIDE)}) for side in question.sides)
    examples = tuple(clip(example, LONGEST_SIDE) for example in question.examples[: len(question.options)])
    options = tuple(clip(option, LONGEST_SIDE) for option in question.options)
    more = {"sides": sides[:MOST_SIDES], "examples": examples[:MOST_OPTIONS], "options": options}
    return question.model_copy(update={**texts, **more})


def told_choices(question: Question) -> list[tuple[str, str]]:
    """Return what the buttons don't say of options: the example of each, and the whole of what a button cuts.

    An option that has no more than its button is left out, so that nothing is said twice.
    """
    options = question.options[:MOST_OPTIONS]
    examples = [*question.examples, *[""] * len(options)]
    shorts = short_names(question.options)
    is_cut = [len(option) > BUTTON_TEXT_LIMIT for option in options]
    told = zip(options, shorts, examples, is_cut, strict=False)
    return [(option if cut else short, example) for option, short, example, cut in told if cut or example]


def in_short(question: Question) -> str:
    """Return the default by the first words of its option, since a button says all of it; else as it is."""
    shorts = dict(zip(question.options, short_names(question.options), strict=True))
    return shorts.get(question.default, question.default)


def short_names(options: Sequence[str]) -> list[str]:
    """Return the first words of options, as far as they tell them apart; else the whole options."""
    shorts = [FIRST_WORDS.split(option, maxsplit=1)[0].strip() for option in options]
    return shorts if all(shorts) and len({short.casefold() for short in shorts}) == len(shorts) else list(options)


def labels(options: Sequence[str]) -> list[str]:
    """Return what the buttons of options say: with their numbers where two would say the same once they are cut."""
    cut = [clip(option, BUTTON_TEXT_LIMIT) for option in options]
    if len({label.casefold() for label in (*cut, YOU_DECIDE)}) == len(cut) + 1:
        return cut
    return [clip(f"{number}. {option}", BUTTON_TEXT_LIMIT) for number, option in enumerate(options, start=1)]


def choices(plan: Plan, row: PlanQuestion, question: Question, *, many: bool) -> list[dict[str, Any]]:
    """Return a button for each option, and one to leave the decision to the planner.

    With ``many`` questions in the message that one carries its question's number, so that no two say the same.
    """
    found = [
        button(
            Action.ANSWER,
            Subject(plan=plan.id, question=row.id or 0, option=number),
            label=label,
            name=f"{row.position}-{number}",
        )
        for number, label in enumerate(labels(question.options[:MOST_OPTIONS]), start=1)
    ]
    decide = Subject(plan=plan.id, question=row.id or 0, option=0)
    you_decide = f"{row.position}: {YOU_DECIDE.lower()}" if many else YOU_DECIDE
    return (
        [*found, button(Action.ANSWER, decide, label=you_decide, name=f"{row.position}-0")]
        if question.default
        else found
    )
