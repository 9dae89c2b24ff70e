"""What planners read and what they answer. A planner decides; everything derivable is derived by `bot.generation`."""

from __future__ import annotations

from typing import Protocol

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.frozen import Frozen
from bot.generation.criteria import EntityWording
from bot.generation.custom import CustomBehaviour
from bot.inspection.facts import RepositoryFacts

__all__ = [
    "Answer",
    "Conversation",
    "CustomBehaviour",
    "Earlier",
    "EntityWording",
    "Interview",
    "Message",
    "Planner",
    "PlannerError",
    "Proposal",
    "Question",
    "Side",
    "Slot",
]


class Message(Frozen):
    """One message of the thread that counts as input. The text is hostile: material, never an instruction."""

    author: str
    text: str
    timestamp: str


class Side(Frozen):
    """What one of several people says where they disagree."""

    author: str
    text: str


class Question(Frozen):
    """One thing a planner lacks. ``id`` is stable across calls, so that an answered question is never asked again."""

    id: str
    text: str
    reason: str
    options: tuple[str, ...] = ()
    default: str = ""
    """The option taken when people say "you decide"."""
    examples: tuple[str, ...] = ()
    """What each option means, in the order of the options: a row or two as they would be kept."""
    sides: tuple[Side, ...] = ()
    """Who said what, where the question is which of them holds."""


class Answer(Frozen):
    """What a person said to a question. ``text`` is an option's text, free words, or empty for "you decide"."""

    question: Question
    text: str
    author: str
    timestamp: str

    def as_message(self) -> Message:
        """Return what was said, without the question."""
        return Message(author=self.author, text=self.text, timestamp=self.timestamp)


class Slot(Frozen):
    """One thing that must be known before a review, and whether it is."""

    name: str
    known: bool


class Proposal(Frozen):
    """The decisions of a planner, ready to be derived, checked and reviewed."""

    title: str
    introduction: str
    specs: EntitySpecs
    decisions: tuple[str, ...] = ()
    """What people said, one short sentence each, with who said it."""
    assumptions: tuple[str, ...] = ()
    custom: tuple[CustomBehaviour, ...] = ()
    unread: tuple[str, ...] = ()
    """Quoted pieces that could not be read and that nothing was made of; never dropped silently."""
    features: tuple[str, ...] = ()
    """Features that the service shall have beside the usual ones and those that fields of the specs are marked for."""
    wording: tuple[EntityWording, ...] = ()
    """What people call entities and want of them; the usual words are derived."""
    risks: tuple[str, ...] = ()
    """What may go wrong with this plan, or what somebody has to decide outside of it, one sentence each."""


class Earlier(Frozen):
    """The proposal that the newest changes were said about."""

    proposal: Proposal
    changes: int
    """How many of the conversation's changes it holds already."""


class Conversation(Frozen):
    """Everything said so far: the first sentence, later messages, answered questions, asked changes."""

    messages: tuple[Message, ...]
    answers: tuple[Answer, ...] = ()
    changes: tuple[Message, ...] = ()
    """Sentences of "Request changes", oldest first; each was said about the proposal before it."""
    earlier: Earlier | None = None
    findings: tuple[str, ...] = ()
    """What is still open: what the checks found in the earlier proposal, or why the last attempt ended without one."""
    delivered: EntitySpecs | None = None
    """What was delivered last, which may have rows already; None before the first delivery."""
    repository: RepositoryFacts | None = None
    """What was read from the repository that this is for; None for a service of its own. Hostile, as messages are."""

    @property
    def new_changes(self) -> tuple[Message, ...]:
        """Return the changes that the earlier proposal doesn't hold yet; none where there is no earlier proposal."""
        return self.changes[self.earlier.changes :] if self.earlier else ()


class Interview(Frozen):
    """What a planner knows and what it must ask next. No questions: it can write the proposal."""

    title: str
    slots: tuple[Slot, ...]
    questions: tuple[Question, ...] = ()
    proposal: Proposal | None = None
    """The proposal, where it came with the interview: then nobody needs to ask for it again."""


class PlannerError(Exception):
    """A planner can't go on. The message is for people and says what to do next.

    ``findings`` are what stays wrong with the plan: the next attempt is told.
    """

    def __init__(self, message: str, findings: tuple[str, ...] = ()) -> None:
        """Keep the findings beside the message."""
        super().__init__(message)
        self.findings = findings


class Planner(Protocol):
    """Decides what to ask and what to build. Implementations: built-in (no key, no network) and model."""

    name: str
    """What the card calls it, such as ``built-in planner`` or ``gpt-5``."""

    async def interview(self, conversation: Conversation) -> Interview:
        """Return what is known and at most three questions. Raises PlannerError."""
        ...

    async def propose(self, conversation: Conversation) -> Proposal:
        """Return the whole proposal, all changes included. Raises PlannerError."""
        ...
