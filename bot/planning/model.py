"""The model planner: a language model decides; its answers are read and checked like anyone's."""

from __future__ import annotations

import asyncio
import keyword
import re
from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from bot.checks import check_entity_specs, describe_rules
from bot.documents.entities.entity_specs import SCALAR_TYPES, EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.findings import Finding, Severity
from bot.language_model.port import AnswerUnreadableError, LanguageModel, LanguageModelError
from bot.language_model.prompts import render_prompt
from bot.planning.conversation import (
    Conversation,
    CustomBehaviour,
    Interview,
    PlannerError,
    Proposal,
    Question,
    Slot,
)
from bot.planning.material import answers_of, changes_of, conversation_key, thread_of, without_people

__all__ = ["ModelPlanner", "PlanAnswer"]

About = Literal[
    "what it is called",
    "the things it manages",
    "what each thing holds",
    "how they are linked",
    "limits and values",
    "who uses it",
    "what else it does",
]
SLOTS: tuple[str, ...] = get_args(About)
MOST_REPAIRS = 3
MOST_QUESTIONS = 3
MOST_CUSTOM = 12
LONGEST_TITLE = 60
KEPT_ANSWERS = 64
SLUG = re.compile(r"[a-z][a-z0-9_]{1,40}")
QUESTION_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")


class Closed(BaseModel):
    """A part of an answer: no unknown keys."""

    model_config = ConfigDict(extra="forbid")


class AskedQuestion(Closed):
    """A question of the model."""

    id: str
    about: About
    text: str
    reason: str
    options: list[str]
    default: str


class AskedBehaviour(Closed):
    """Behaviour that needs code of its own."""

    title: str
    slug: str
    criterion: str
    done: str


class PlanAnswer(Closed):
    """The answer of the decision ``entity_specs``."""

    title: str
    introduction: str
    questions: list[AskedQuestion]
    entity_specs: str
    decisions: list[str]
    assumptions: list[str]
    custom: list[AskedBehaviour]
    unread: list[str]


@dataclass(frozen=True)
class Decided:
    """A checked answer and the specs that were read from it."""

    answer: PlanAnswer
    specs: EntitySpecs


class ModelPlanner:
    """Implements `bot.planning.conversation.Planner` with a language model; one conversation is paid for once."""

    def __init__(self, language_model: LanguageModel) -> None:
        """Plan with this model."""
        self.name = language_model.name
        self._model = language_model
        self._decided: OrderedDict[str, Decided] = OrderedDict()
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def interview(self, conversation: Conversation) -> Interview:
        """Return what is known and what the model asks. Raises PlannerError."""
        decided = await self._decide(conversation)
        asked = {question.about for question in decided.answer.questions}
        has_things = bool(decided.specs.entities)
        return Interview(
            title=decided.answer.title.strip() or "New service",
            slots=tuple(Slot(name=name, known=has_things and name not in asked) for name in SLOTS),
            questions=tuple(question_of(question) for question in decided.answer.questions),
        )

    async def propose(self, conversation: Conversation) -> Proposal:
        """Return the proposal; questions nobody answered are noted as assumptions. Raises PlannerError."""
        decided = await self._decide(conversation)
        answer = decided.answer
        if not decided.specs.entities:
            raise PlannerError(
                f"{self.name} found nothing to manage in what was said. Name the things and their fields, such as "
                "“books with a title and a price”."
            )
        taken = [f"{question.text} {question.default}".strip() for question in answer.questions]
        return Proposal(
            title=answer.title.strip(),
            introduction=without_people(answer.introduction.strip(), conversation),
            specs=decided.specs,
            decisions=tuple(answer.decisions),
            assumptions=tuple(without_people(line, conversation) for line in (*answer.assumptions, *taken)),
            custom=tuple(CustomBehaviour(**behaviour.model_dump()) for behaviour in answer.custom),
            unread=tuple(answer.unread),
        )

    async def _decide(self, conversation: Conversation) -> Decided:
        """Return the decision about a conversation, from memory where it was taken already."""
        key = conversation_key(conversation)
        async with self._locks[key]:
            if key not in self._decided:
                self._decided[key] = await self._ask(conversation)
        self._locks.pop(key, None)
        self._decided.move_to_end(key)
        while len(self._decided) > KEPT_ANSWERS:
            self._decided.popitem(last=False)
        return self._decided[key]

    async def _ask(self, conversation: Conversation) -> Decided:
        """Ask the model, and give findings back to it at most three times. Raises PlannerError."""
        so_far = self._so_far(conversation)
        findings: list[str] = []
        for _ in range(MOST_REPAIRS + 1):
            prompt = prompt_of(conversation, so_far, findings)
            try:
                answer = await self._model.answer("entity_specs", prompt, PlanAnswer)
            except AnswerUnreadableError as error:
                findings = list(error.findings) or [str(error)]
                continue
            except LanguageModelError as error:
                raise PlannerError(str(error)) from error
            specs, findings = judged(answer, conversation)
            if not findings:
                return Decided(answer, specs)
            so_far = answer.entity_specs
        raise PlannerError(
            f"{self.name} was asked {MOST_REPAIRS + 1} times, and its plan is still wrong: {'; '.join(findings[:3])}. "
            "Say it in other words, paste entity_specs, or use the built-in planner."
        )

    def _so_far(self, conversation: Conversation) -> str:
        """Return the specs that the last change was said about, where they are known."""
        if not conversation.changes:
            return "(none)"
        before = conversation.model_copy(update={"changes": conversation.changes[:-1]})
        decided = self._decided.get(conversation_key(before))
        return write_entity_specs(decided.specs) if decided else "(none)"


def prompt_of(conversation: Conversation, so_far: str, findings: list[str]) -> str:
    """Return the prompt of the decision."""
    return render_prompt(
        "entity_specs",
        types=SCALAR_TYPES,
        rules=(*describe_rules("PT1"), *describe_rules("PT2")),
        thread=thread_of(conversation),
        answers=answers_of(conversation),
        changes=changes_of(conversation),
        so_far=so_far,
        findings="\n".join(f"- {finding}" for finding in findings) or "(none)",
    )


def question_of(question: AskedQuestion) -> Question:
    """Return a question as people get it."""
    return Question(
        id=question.id,
        text=question.text,
        reason=question.reason,
        options=tuple(question.options),
        default=question.default,
    )


def judged(answer: PlanAnswer, conversation: Conversation) -> tuple[EntitySpecs, list[str]]:
    """Return the specs of an answer and everything that is wrong with it."""
    reading = read_entity_specs(answer.entity_specs)
    found: list[Finding] = [*reading.findings, *check_entity_specs(reading.specs)]
    may_be_empty = bool(answer.questions) and not answer.entity_specs.strip()
    wrong = [] if may_be_empty else [said(finding) for finding in found if finding.severity is Severity.ERROR]
    wrong += wrong_questions(answer, conversation)
    wrong += wrong_custom(answer)
    if not answer.title.strip() or len(answer.title) > LONGEST_TITLE:
        wrong.append(f"title: give one of at most {LONGEST_TITLE} characters")
    return reading.specs, wrong


def said(finding: Finding) -> str:
    """Return a finding as one sentence for the model."""
    place = f" (line {finding.place.line})" if finding.place.line else ""
    return f"{finding.rule}{place}: {finding.message} {finding.next_step}"


def wrong_questions(answer: PlanAnswer, conversation: Conversation) -> list[str]:
    """Return what is wrong with the questions of an answer."""
    asked = [question.id for question in answer.questions]
    answered = {given.question.id for given in conversation.answers}
    wrong = [f"questions: {question} was answered already" for question in asked if question in answered]
    wrong += [
        f"questions: the id {question!r} is not made of a-z, 0-9 and dashes"
        for question in asked
        if not QUESTION_ID.fullmatch(question)
    ]
    if len(asked) > MOST_QUESTIONS:
        wrong.append(f"questions: ask at most {MOST_QUESTIONS}")
    if len(set(asked)) < len(asked):
        wrong.append("questions: two have the same id")
    return wrong


def wrong_custom(answer: PlanAnswer) -> list[str]:
    """Return what is wrong with the custom behaviours of an answer."""
    slugs = [behaviour.slug for behaviour in answer.custom]
    wrong = [
        f"custom: the slug {slug!r} is not a module's name in snake_case"
        for slug in slugs
        if not SLUG.fullmatch(slug) or keyword.iskeyword(slug)
    ]
    wrong += [
        f"custom: the criterion of {behaviour.slug} is not in EARS form, with THE … SHALL …"
        for behaviour in answer.custom
        if not re.search(r"\bTHE\b.+\bSHALL\b", behaviour.criterion, re.IGNORECASE)
    ]
    if len(set(slugs)) < len(slugs):
        wrong.append("custom: two behaviours have the same slug")
    if len(slugs) > MOST_CUSTOM:
        wrong.append(f"custom: at most {MOST_CUSTOM} behaviours")
    return wrong
