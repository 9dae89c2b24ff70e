"""A simulated person: says the brief, answers what is asked with the brief's answers, and else leaves it open."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.evaluation.briefs import Brief
from bot.planning.conversation import (
    Answer,
    Conversation,
    Message,
    Planner,
    PlannerError,
    Proposal,
    Question,
)

__all__ = ["YOU_DECIDE", "Talk", "answer_of", "says", "talk_about"]

PERSON = "Team"
YOU_DECIDE = ""
"""The answer to what a brief says nothing about: "you decide"."""
MOST_ROUNDS = 20
"""Rounds of questions after which nobody would go on."""


@dataclass
class Talk:
    """A conversation that was held: what was asked in which rounds, and the proposal, or why there is none."""

    conversation: Conversation
    questions: list[Question] = field(default_factory=list)
    rounds: int = 0
    proposal: Proposal | None = None
    failure: str = ""
    """Why there is no proposal, in the planner's words."""


def says(text: str, words: str) -> bool:
    """Tell whether a text holds words as such, in any case; the last of them may be a plural."""
    return re.search(rf"(?<![\w-]){re.escape(words)}(?:e?s)?(?![\w-])", text, re.IGNORECASE) is not None


def answer_of(question: Question, brief: Brief) -> str:
    """Return what the team says to a question: the answer that most of its words speak of, else "you decide"."""
    scores = [sum(says(question.text, words) for words in given.about) for given in brief.answers]
    best = max(scores, default=0)
    return brief.answers[scores.index(best)].answer if best else YOU_DECIDE


async def talk_about(brief: Brief, planner: Planner) -> Talk:
    """Hold the conversation of a brief with a planner, up to its proposal; what a planner can't do is kept in words."""
    talk = Talk(Conversation(messages=(Message(author=PERSON, text=brief.brief, timestamp="1"),)))
    try:
        while talk.rounds < MOST_ROUNDS and (asked := (await planner.interview(talk.conversation)).questions):
            talk.rounds += 1
            talk.questions += asked
            answers = tuple(
                Answer(question=one, text=answer_of(one, brief), author=PERSON, timestamp=str(talk.rounds + 1))
                for one in asked
            )
            talk.conversation = talk.conversation.model_copy(update={"answers": talk.conversation.answers + answers})
        talk.proposal = await planner.propose(talk.conversation)
    except PlannerError as error:
        talk.failure = str(error)
    return talk
