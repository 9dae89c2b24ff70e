"""A whole conversation in a few lines: what was said, what was answered, what came out."""

from __future__ import annotations

import asyncio

from bot.documents.entities.entity_specs import Entity
from bot.documents.entities.rule_lines import write_rule
from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.conversation import Answer, Conversation, Interview, Message, Proposal, Question

PLANNER = BuiltInPlanner()


def talk(*texts: str, answers: dict[str, str] | None = None, changes: tuple[str, ...] = ()) -> Conversation:
    """Return a conversation of Mara's messages, Jon's answers (by question id), and asked changes."""
    given = tuple(
        Answer(question=Question(id=key, text="?", reason="?"), text=text, author="Jon", timestamp="2")
        for key, text in (answers or {}).items()
    )
    return Conversation(
        messages=tuple(Message(author="Mara", text=text, timestamp="1") for text in texts),
        answers=given,
        changes=tuple(Message(author="Jon", text=text, timestamp="3") for text in changes),
    )


def interview(conversation: Conversation) -> Interview:
    """Return the built-in planner's interview."""
    return asyncio.run(PLANNER.interview(conversation))


def propose(conversation: Conversation) -> Proposal:
    """Return the built-in planner's proposal."""
    return asyncio.run(PLANNER.propose(conversation))


def asked(conversation: Conversation) -> list[str]:
    """Return the ids of what is asked next."""
    return [question.id for question in interview(conversation).questions]


def asked_until_done(conversation: Conversation) -> list[str]:
    """Answer "you decide" until nothing is asked, and return the ids of all questions in order."""
    ids: list[str] = []
    while questions := interview(conversation).questions:
        assert len(questions) <= 3
        assert not {question.id for question in questions} & set(ids), "asked again what was answered"
        ids += [question.id for question in questions]
        answers = tuple(Answer(question=question, text="", author="Jon", timestamp="2") for question in questions)
        conversation = conversation.model_copy(update={"answers": (*conversation.answers, *answers)})
    return ids


def shape(proposal: Proposal) -> dict[str, str]:
    """Return each entity with its given fields, such as ``title:str isbn:str! author_id:int->Author``."""
    return {entity.name: " ".join(fields_of(entity)) for entity in proposal.specs.entities}


def fields_of(entity: Entity) -> list[str]:
    """Return the fields that a client gives, in short."""
    return [
        f"{field.name}:{field.type.name}{'[]' if field.type.is_list else ''}{'?' if field.optional else ''}"
        f"{'!' if field.unique else ''}{'->' + field.foreign_key if field.foreign_key else ''}"
        for field in entity.fields
        if field.is_given
    ]


def enums(proposal: Proposal) -> dict[str, tuple[str, ...]]:
    """Return the enums with their values."""
    return {enum.name: enum.values for enum in proposal.specs.enums}


def rules_of(proposal: Proposal) -> list[str]:
    """Return the declared rules as they are written, such as ``one open Loan per book until returned_on``."""
    return [write_rule(rule) for entity in proposal.specs.entities for rule in entity.rules]


def named_rules_of(proposal: Proposal) -> list[str]:
    """Return the declared rules, each behind the name of its entity."""
    return [f"{entity.name}: {write_rule(rule)}" for entity in proposal.specs.entities for rule in entity.rules]


def quoted(proposal: Proposal) -> list[str]:
    """Return the pieces that nothing was built of, as they were read: rules that stay open tasks, then the unread."""
    tasks = [behaviour.criterion.partition("“")[2].rpartition("”")[0] for behaviour in proposal.custom]
    return [*tasks, *proposal.unread]
