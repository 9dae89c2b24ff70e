"""Writes a conversation as text for a prompt: who said what, what was answered, what was asked to change."""

from __future__ import annotations

import re

from bot.documents.fingerprint import fingerprint
from bot.planning.conversation import Conversation

__all__ = ["answers_of", "changes_of", "conversation_key", "thread_of", "without_people"]

NONE = "(none)"


def thread_of(conversation: Conversation) -> str:
    """Return the messages, oldest first, each after its author."""
    return "\n\n".join(f"{message.author}: {message.text}" for message in conversation.messages) or NONE


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


def changes_of(conversation: Conversation) -> str:
    """Return the asked changes, oldest first."""
    return "\n\n".join(f"{change.author}: {change.text}" for change in conversation.changes) or NONE


def conversation_key(conversation: Conversation) -> str:
    """Return a key of everything that was said, times left out: the same words need one answer only."""
    return fingerprint("\0".join((thread_of(conversation), answers_of(conversation), changes_of(conversation))))


def without_people(text: str, conversation: Conversation) -> str:
    """Return text without the ids of those who spoke: who said what is kept with the decisions, nowhere else."""
    authors = {message.author for message in (*conversation.messages, *conversation.changes)}
    authors |= {answer.author for answer in conversation.answers}
    for author in sorted(filter(None, authors), key=lambda author: (-len(author), author)):
        text = re.sub(rf"<@{re.escape(author)}(?:\|[^>]*)?>|\b{re.escape(author)}\b", "someone", text)
    return text
