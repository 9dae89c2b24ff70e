"""What a model is asked in each decision of planning; rules come from the checks that judge the answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bot.checks import describe_rules
from bot.documents.entities.declared_rules import RULE_FORMS
from bot.documents.entities.entity_specs import SCALAR_TYPES
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.tasks.task_plan_writer import write_task_plan
from bot.generation.blueprint import load_blueprint
from bot.language_model.prompts import render_prompt
from bot.planning.conversation import Conversation, Proposal
from bot.planning.derived import Derived
from bot.planning.edited_entities import as_told
from bot.planning.model.answer_rules import BEHAVIOUR_RULES, INTERVIEW_RULES, PLAIN_RULES, QUESTION_RULES, AnswerRule
from bot.planning.model.asking import listed
from bot.planning.model.material import answers_of, repository_of, thread_of
from bot.planning.model.model_answers import SLOTS, RequirementsAnswer
from bot.planning.model.plan_rules import REVISION_RULES, SPECS_RULES, TASK_RULES, THING_RULES

__all__ = [
    "DECISIONS",
    "TOLD_OF_REPOSITORY",
    "entity_specs_prompt",
    "interview_prompt",
    "requirements_prompt",
    "revision_prompt",
    "rules_of",
    "task_plan_prompt",
]


def words_of(*sets: Sequence[AnswerRule[Any, Any]]) -> tuple[str, ...]:
    """Return the rules of several sets as prompts state them."""
    return tuple(rule.text for rules in sets for rule in rules)


OWN_RULES: dict[str, tuple[str, ...]] = {
    "interview": words_of(INTERVIEW_RULES, QUESTION_RULES, PLAIN_RULES),
    "requirements": words_of(BEHAVIOUR_RULES, PLAIN_RULES),
    "entity_specs": words_of(SPECS_RULES, THING_RULES, PLAIN_RULES),
    "task_plan": words_of(TASK_RULES, PLAIN_RULES),
    "revision": words_of(REVISION_RULES, SPECS_RULES, BEHAVIOUR_RULES, QUESTION_RULES, PLAIN_RULES),
}
NAMES = "PT807"
"""The rule about names that an existing repository has already."""
WAYS = ("PT801", "PT802", "PT803", "PT804")
"""The rules about how an existing repository works."""
CHECKED_BY: dict[str, tuple[str, ...]] = {
    "interview": (),
    "requirements": ("PT1",),
    "entity_specs": ("PT2", NAMES),
    "task_plan": ("PT30", "PT31", *WAYS),
    "revision": ("PT1", "PT2", NAMES, *WAYS),
}
"""The rules of documents that an answer is judged by, by the beginnings of their ids."""
TOLD_OF_REPOSITORY: dict[str, str] = {
    "interview": "a thing that is stored there already may be meant, which only people can say; what is told there "
    "needs no question",
    "entity_specs": "a new entity must not take a name or a table that is there",
    "task_plan": "steps and tests of custom behaviour are planned the way that the repository works",
    "revision": "a change decides both: names, and words of behaviours",
}
"""The decisions whose prompts carry what was read from an existing repository, each with the reason.

The others go without: requirements say what people want, however and wherever it is made; custom_task sees the very
files that its code stands beside, and code written for another repository would not fit these; repair carries the
whole request that it is about.
"""
DECISIONS = tuple(OWN_RULES)
"""What a model is asked while a plan is made."""


def rules_of(decision: str) -> tuple[str, ...]:
    """Return every rule that an answer to a decision is judged by, in words."""
    documents = (rule for prefix in CHECKED_BY[decision] for rule in describe_rules(prefix))
    return (*OWN_RULES[decision], *documents)


def interview_prompt(conversation: Conversation) -> str:
    """Return what is asked before a plan can be made."""
    return render_prompt(
        "interview",
        facts=load_blueprint().facts,
        slots=SLOTS,
        rules=rules_of("interview"),
        repository=repository_of(conversation),
        **heard(conversation),
    )


def requirements_prompt(conversation: Conversation) -> str:
    """Return what is asked once enough is known."""
    return render_prompt("requirements", rules=rules_of("requirements"), **heard(conversation))


def entity_specs_prompt(conversation: Conversation, requirements: RequirementsAnswer) -> str:
    """Return what is asked once the requirements are written down."""
    wanted = requirements.model_dump(include={"title", "entities", "behaviours", "decisions", "assumptions"})
    return render_prompt(
        "entity_specs",
        rules=rules_of("entity_specs"),
        requirements=as_json(wanted),
        repository=repository_of(conversation),
        **grammar(),
        **heard(conversation),
    )


def task_plan_prompt(conversation: Conversation, proposal: Proposal, derived: Derived) -> str:
    """Return what is asked where a plan has custom behaviour."""
    behaviours = [
        {"title": each.title, "criteria": each.criteria, "done": each.done, "steps so far": each.details}
        for each in proposal.custom
    ]
    return render_prompt(
        "task_plan",
        facts=load_blueprint().facts,
        rules=rules_of("task_plan"),
        behaviours=as_json(behaviours),
        plan=write_task_plan(derived.task_plan),
        specs=write_entity_specs(derived.specs),
        repository=repository_of(conversation),
        **heard(conversation),
    )


def revision_prompt(conversation: Conversation, before: Proposal) -> str:
    """Return what is asked about changes of a plan that people looked at."""
    plan = before.model_dump(mode="json", exclude={"specs", "custom", "risks"}) | {
        "behaviours": [
            {"title": each.title, "user_story": each.user_story, "criteria": each.criteria, "done": each.done}
            for each in before.custom
        ]
    }
    return render_prompt(
        "revision",
        rules=rules_of("revision"),
        change="\n\n".join(f"{change.author}: {as_told(change.text)}" for change in conversation.new_changes),
        plan=as_json(plan),
        so_far=write_entity_specs(before.specs),
        repository=repository_of(conversation),
        **grammar(),
        **heard(conversation),
    )


def heard(conversation: Conversation) -> dict[str, Any]:
    """Return what people said, and what is open, as every prompt of planning shows it."""
    return {
        "thread": thread_of(conversation),
        "answers": answers_of(conversation),
        "findings": listed(conversation.findings),
    }


def grammar() -> dict[str, Any]:
    """Return what prompts say of the form of entity_specs."""
    blueprint = load_blueprint()
    features = [each for each in blueprint.features if each.name not in blueprint.usual_features]
    return {
        "types": SCALAR_TYPES,
        "rule_forms": RULE_FORMS,
        "features": tuple((each.name, each.summary) for each in features),
    }


def as_json(value: object) -> str:
    """Return a value as JSON that people can read, too."""
    return json.dumps(value, ensure_ascii=False, indent=1)
