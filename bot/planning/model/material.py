"""Writes a conversation as text for a prompt: who said what, what was answered or asked to change, and for what."""

from __future__ import annotations

import re

from bot.planning.conversation import Conversation
from bot.planning.edited_entities import told_conversation

__all__ = ["answers_of", "repository_of", "thread_of", "without_people"]

NONE = "(none)"


def thread_of(conversation: Conversation) -> str:
    """Return the messages and the changes that were asked for, oldest first, each after its author."""
    said = (*conversation.messages, *told_conversation(conversation).changes)
    return "\n\n".join(f"{message.author}: {message.text}" for message in said) or NONE


def answers_of(conversation: Conversation) -> str:
    """Return the answered questions; an empty answer is written out as "you decide"."""
    return (
        "\n\n".join(
            f"[{answer.question.id}] {answer.question.text}\n{answer.author}: {answer.text or 'you decide'}"
            f"{'' if answer.text else f' (default: {answer.question.default})'}"
            for answer in conversation.answers
        )
        or NONE
    )


def repository_of(conversation: Conversation) -> str:
    """Return the facts of the repository that the service is for, one a line."""
    return conversation.repository.for_prompt() if conversation.repository else NONE


def without_people(text: str, conversation: Conversation) -> str:
    """Return text without the ids of those who spoke: who said what is kept with the decisions, nowhere else."""
    authors = {message.author for message in (*conversation.messages, *conversation.changes)}
    authors |= {answer.author for answer in conversation.answers}
    for author in sorted(filter(None, authors), key=lambda author: (-len(author), author)):
        text = re.sub(rf"<@{re.escape(author)}(?:\|[^>]*)?>|\b{re.escape(author)}\b", "someone", text)
    return text
