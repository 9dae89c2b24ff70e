"""Asking a model for a decision: its answer is judged, what is wrong goes back, and people are told last."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import BaseModel

from bot.language_model.port import AnswerUnreadableError, LanguageModel, LanguageModelError
from bot.language_model.prompts import render_prompt
from bot.planning.conversation import PlannerError

__all__ = ["MOST_REPAIRS", "REPAIR", "ask", "listed", "repair_prompt"]

MOST_REPAIRS = 3
REPAIR = "repair"
"""The decision in which an answer goes back with what is wrong with it."""
MOST_FINDINGS = 30
MOST_TOLD = 3
"""How many of the last findings people are told."""
LONGEST_ANSWER = 60_000
"""Characters of an answer that go back with its findings."""


async def ask[Answer: BaseModel](
    model: LanguageModel,
    decision: str,
    prompt: str,
    schema: type[Answer],
    judge: Callable[[Answer], list[str]],
    what: str,
    advice: str,
    doubts: Callable[[Answer], list[str]] = lambda _answer: [],
) -> Answer:
    """Return an answer that the judge finds nothing wrong with; findings go back at most three times.

    ``what`` completes "asked N times for", and ``advice`` says what people can do then. ``doubts`` go back as well, but
    an answer that nothing else is wrong with is good enough in the end: people see them. Raises PlannerError.
    """
    name, request = decision, prompt
    findings: list[str] = []
    doubtful: Answer | None = None
    for _ in range(MOST_REPAIRS + 1):
        try:
            answer = await model.answer(name, request, schema)
        except AnswerUnreadableError as error:
            findings, text = list(error.findings) or [str(error)], error.text
        except LanguageModelError as error:
            raise PlannerError(str(error)) from error
        else:
            wrong, text = judge(answer), answer.model_dump_json(indent=1)
            findings = wrong or doubts(answer)
            if not findings:
                return answer
            doubtful = doubtful if wrong else answer
        name, request = REPAIR, repair_prompt(prompt, text, findings)
    if doubtful is not None:
        return doubtful
    raise PlannerError(
        f"{model.name} was asked {MOST_REPAIRS + 1} times for {what}, and each answer was checked and sent back. "
        f"Still wrong: {' · '.join(findings[:MOST_TOLD])} {advice}",
        tuple(findings),
    )


def repair_prompt(request: str, answer: str, findings: list[str]) -> str:
    """Return what a model is told about an answer that can't be taken."""
    return render_prompt(
        REPAIR, findings=listed(findings[:MOST_FINDINGS]), answer=answer[:LONGEST_ANSWER], request=request
    )


def listed(findings: list[str] | tuple[str, ...]) -> str:
    """Return findings one a line, as prompts show them."""
    return "\n".join(f"- {finding}" for finding in findings) or "(none)"
