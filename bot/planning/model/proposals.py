"""From answers of a model to a proposal: what was decided is put together, and people are kept out of what is built."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bot.checks import check_entity_specs
from bot.documents.entities.declared_rules import ActionByOwner, ActionByRole
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.findings import Finding, Severity
from bot.documents.naming import pascal_case, regular_singular, snake_case
from bot.generation.account_specs import AUTH
from bot.generation.custom import CustomBehaviour
from bot.generation.errors import UnsupportedSpecsError
from bot.planning.conversation import Conversation, EntityWording, Proposal, Question
from bot.planning.derived import derive
from bot.planning.model.answer_rules import slug_of
from bot.planning.model.material import without_people
from bot.planning.model.model_answers import (
    AskedQuestion,
    CoveredBehaviour,
    EntitySpecsAnswer,
    RequirementsAnswer,
    RevisionAnswer,
    TaskPlanAnswer,
    WantedBehaviour,
    WordedEntity,
)

__all__ = [
    "entity_called",
    "first_proposal",
    "problems_of",
    "question_of",
    "revised_proposal",
    "said",
    "said_of",
    "with_tasks",
]


def first_proposal(wanted: RequirementsAnswer, kept: EntitySpecsAnswer, conversation: Conversation) -> Proposal:
    """Return the proposal of requirements and the entities that were decided for them."""
    specs = read_entity_specs(kept.entity_specs).specs
    return Proposal(
        title=line(wanted.title),
        introduction=impersonal([wanted.introduction], conversation)[0],
        specs=specs,
        decisions=tuple(map(line, wanted.decisions)),
        assumptions=impersonal([*wanted.assumptions, *kept.assumptions], conversation),
        custom=customs(wanted.behaviours, kept.covered, conversation),
        unread=tuple(map(line, wanted.unread)),
        features=features_with_accounts(kept.features, specs),
        wording=wordings(wanted.entities, specs, conversation),
    )


def revised_proposal(before: Proposal, answer: RevisionAnswer, conversation: Conversation) -> Proposal:
    """Return the proposal after a change: what was dropped goes, what is new comes, the rest stays as it was."""
    specs = read_entity_specs(answer.entity_specs).specs
    dropped = {line(one) for one in answer.dropped}
    changed = customs(answer.behaviours, answer.covered, conversation)
    retold = {each.title for each in answer.behaviours} | {each.behaviour for each in answer.covered}
    taken = [f"{question.text} {question.default}" for question in answer.questions]
    worded = wordings(answer.entities, specs, conversation)
    names = {wording.entity for wording in worded}
    return before.model_copy(
        update={
            "title": line(answer.title) or before.title,
            "introduction": impersonal([answer.introduction], conversation)[0] or before.introduction,
            "specs": specs,
            "decisions": merged(before.decisions, dropped, map(line, answer.decisions)),
            "assumptions": merged(before.assumptions, dropped, impersonal([*answer.assumptions, *taken], conversation)),
            "custom": settled(before.custom, dropped, changed, retold),
            "unread": merged(before.unread, dropped, map(line, answer.unread)),
            "features": features_with_accounts(merged(before.features, dropped, answer.features), specs),
            "wording": (*(each for each in before.wording if each.entity not in names), *worded),
        }
    )


def with_tasks(proposal: Proposal, answer: TaskPlanAnswer, conversation: Conversation) -> Proposal:
    """Return the proposal with its custom behaviours in the order of an answer, each with how it is built."""
    by_title = {behaviour.title: behaviour for behaviour in proposal.custom}
    custom = tuple(
        by_title[task.behaviour].model_copy(
            update={
                "done": line(task.done),
                "details": impersonal(task.action, conversation),
                "files": tuple(task.files),
                "verification": tuple(task.verification),
                "truths": impersonal(task.truths, conversation),
            }
        )
        for task in answer.tasks
    )
    packages = [
        f"The package {line(package.name)} was wished for ({line(package.reason)}); the plan does without it until "
        "somebody decides to add it."
        for package in answer.packages
    ]
    return proposal.model_copy(update={"custom": custom, "risks": impersonal([*answer.risks, *packages], conversation)})


def problems_of(proposal: Proposal, specs_text: str) -> list[str]:
    """Return what is wrong with a proposal and all that is derived from it, one sentence each."""
    reading = read_entity_specs(specs_text)
    wrong = errors((*reading.findings, *check_entity_specs(reading.specs)))
    if wrong:
        return wrong
    try:
        return errors(derive(proposal).findings)
    except UnsupportedSpecsError as error:
        return [str(error)]


def errors(findings: Iterable[Finding]) -> list[str]:
    """Return findings of severity error as sentences."""
    return said_of(finding for finding in findings if finding.severity is Severity.ERROR)


def said_of(findings: Iterable[Finding]) -> list[str]:
    """Return findings as sentences for a model."""
    return [said(finding) for finding in findings]


def said(finding: Finding) -> str:
    """Return a finding as one sentence for a model."""
    place = f" (line {finding.place.line})" if finding.place.line else ""
    return f"{finding.rule}{place}: {finding.message} {finding.next_step}"


def question_of(question: AskedQuestion) -> Question:
    """Return a question as people get it."""
    return Question(
        id=question.id,
        text=line(question.text),
        reason=line(question.reason),
        options=tuple(map(line, question.options)),
        default=line(question.default),
    )


def customs(
    behaviours: Sequence[WantedBehaviour], covered: Sequence[CoveredBehaviour], conversation: Conversation
) -> tuple[CustomBehaviour, ...]:
    """Return the behaviours that need code of their own."""
    titles = {each.behaviour for each in covered}
    return tuple(
        CustomBehaviour(
            title=behaviour.title,
            slug=slug_of(behaviour.title),
            criterion=criteria[0],
            further=criteria[1:],
            done=line(behaviour.done),
            user_story=impersonal([behaviour.user_story], conversation)[0],
        )
        for behaviour in behaviours
        if behaviour.title not in titles and (criteria := impersonal(behaviour.criteria, conversation))
    )


def settled(
    before: Sequence[CustomBehaviour], dropped: Collection[str], changed: Sequence[CustomBehaviour], retold: set[str]
) -> tuple[CustomBehaviour, ...]:
    """Return the custom behaviours after a change; one that only was told again keeps how it is built.

    ``retold`` are the titles of all that the change speaks of, also of what needs no code any more.
    """
    same = {(each.title, each.criteria): each for each in before}
    kept = [each for each in before if each.title not in dropped and each.title not in retold]
    return (*kept, *(same.get((each.title, each.criteria), each) for each in changed))


def merged(before: Iterable[str], dropped: Collection[str], new: Iterable[str]) -> tuple[str, ...]:
    """Return what stays and what is new, each once."""
    return tuple(dict.fromkeys((*(one for one in before if one not in dropped), *new)))


def features_with_accounts(features: Iterable[str], specs: EntitySpecs) -> tuple[str, ...]:
    """Return chosen features, with accounts where the specs can't do without: something logs in, or owns its rows."""
    chosen = tuple(dict.fromkeys(features))
    needs = any(
        entity.account or any(isinstance(rule, ActionByOwner | ActionByRole) for rule in entity.rules)
        for entity in specs.entities
    )
    return (*chosen, AUTH) if needs and AUTH not in chosen else chosen


def wordings(
    worded: Sequence[WordedEntity], specs: EntitySpecs, conversation: Conversation
) -> tuple[EntityWording, ...]:
    """Return the words for entities that are there."""
    found = [(entity_called(each.name, specs), each) for each in worded]
    return tuple(
        EntityWording(
            entity=entity.name,
            meaning=impersonal([each.meaning], conversation)[0],
            user_story=impersonal([each.user_story], conversation)[0],
        )
        for entity, each in found
        if entity is not None
    )


def entity_called(name: str, specs: EntitySpecs) -> Entity | None:
    """Return the entity of a name in any spelling, singular or plural, or None."""
    spellings = {pascal_case(name), pascal_case(regular_singular(snake_case(name)))}
    return next((entity for entity in specs.entities if entity.name in spellings), None)


def impersonal(texts: Iterable[str], conversation: Conversation) -> tuple[str, ...]:
    """Return texts on one line each, without the ids of people."""
    return tuple(without_people(line(text), conversation) for text in texts)


def line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())
