"""What a plan answers to why something is not in it: who took it back, or that it could not be read."""

from __future__ import annotations

import re

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.clipping import clip_words
from bot.generation.names import entity_names
from bot.patterns import regex
from bot.planning.built_in.changes.early_changes import asks_for_change
from bot.planning.built_in.phrases.denied_nouns import denied_nouns
from bot.planning.built_in.questions.left_words import content_of
from bot.planning.built_in.words.sentences import sentences_of
from bot.planning.edited_entities import as_told
from bot.store.tables import Plan
from bot.workflow.documents import Documents
from bot.workflow.forgotten import is_forgotten
from bot.workflow.named_in_questions import asked_about
from bot.workflow.plans import load_conversation
from bot.workflow.reviews import ReviewContent

__all__ = ["asked_absent", "told_of_absence"]

LONGEST_QUOTE = 200
NOT_ANY_MORE = r"(?:any\s?more|any\s+longer|now|here|there|in\s+(?:it|there|the\s+plan|this\s+plan|the\s+service))"
ABSENT = tuple(
    regex(rf"^{form}(?:\s+{NOT_ANY_MORE})*$", re.IGNORECASE)
    for form in (
        r"why\s+(?:is|are|was|were)\s+there\s+(?:no|not\s+any|n't\s+any)\s+(?P<what>.+?)",
        r"why\s+(?:is|are)n't\s+there\s+(?:an?|any)\s+(?P<what>.+?)",
        r"why\s+(?:has|have|does|do|did)\s+.+?\s+(?:have\s+)?no\s+(?P<what>.+?)",
        r"why\s+(?:doesn't|don't|hasn't|haven't|didn't)\s+.+?\s+(?:have|got|keep|hold)\s+(?:an?\s+|any\s+|the\s+)?(?P<what>.+?)",
        r"why\s+(?:is|are)\s+(?:the\s+|our\s+)?(?P<what>.+?)\s+(?:gone|missing|left\s+out|not\s+(?:there|in\s+it|in\s+the\s+plan))",
        r"where\s+(?:is|are|'s)\s+(?:the|our|my)\s+(?P<what>.+?)(?:\s+gone)?",
        r"where\s+(?:has|have|did)\s+(?:the|our|my)\s+(?P<what>.+?)\s+(?:gone|go)(?:\s+to)?",
        r"what\s+(?:happened\s+to|became\s+of)\s+(?:the|our|my)\s+(?P<what>.+?)",
    )
)
"""How people ask for what they miss."""
TAKEN_AWAY = regex(
    r"\b(?:no|not|without|never|drop|remove|delete|forget|leave|skip|scrap|take|instead|only|just)\b|n't\b",
    re.IGNORECASE,
)


def asked_absent(said: str) -> str:
    """Return what a question misses in a plan; nothing of every other question."""
    return next((match["what"].strip() for form in ABSENT if (match := form.match(said))), "")


async def told_of_absence(
    session: AsyncSession, plan: Plan, documents: Documents, content: ReviewContent, said: str
) -> str:
    """Say why something is not in a plan: whose words took it away, or that they could not be read.

    Nothing where it is in the plan, and where nobody ever spoke of it.
    """
    what = asked_absent(said)
    asked = asked_about(documents.specs, what) if what else None
    if asked is None or asked.fields or asked.entities:
        return ""
    wanted = content_of(what)
    conversation = await load_conversation(session, plan)
    spoken = [
        (message, sentence)
        for message in (*conversation.changes[::-1], *(one.as_message() for one in conversation.answers[::-1]),
                        *conversation.messages[::-1])
        for sentence in sentences_of(as_told(message.text))[::-1]
        if wanted and wanted <= content_of(sentence) and not sentence.rstrip().endswith("?")
    ]  # fmt: skip
    if taken := [(message, sentence) for message, sentence in spoken if takes_away(sentence)]:
        message, sentence = taken[0]
        who = "somebody" if is_forgotten(message.author) or not message.author else f"<@{message.author}>"
        return (
            f"There is no {what} in this plan since {who} said “{clip_words(sentence, LONGEST_QUOTE)}”. "
            f"To have it back, say it as a wish, such as `{example(documents, said, what)}`."
        )
    pieces = [*content.unread, *content.left_out, *content.unread_before]
    if piece := next((one for one in pieces if wanted and wanted <= content_of(one)), ""):
        return (
            f"“{clip_words(piece, LONGEST_QUOTE)}” is not part of this plan. Say it in other words to have it taken in."
        )
    if not spoken:
        return ""
    return f"There is no {what} in this plan: I made nothing of “{clip_words(spoken[0][1], LONGEST_QUOTE)}”."


def takes_away(sentence: str) -> bool:
    """Tell whether a sentence takes something back, denies it, or says that it is left out."""
    return bool(asks_for_change(sentence) or denied_nouns(sentence)) and TAKEN_AWAY.search(sentence) is not None


def example(documents: Documents, said: str, what: str) -> str:
    """Return a wish that brings something back."""
    named = (*asked_about(documents.specs, said).entities, *documents.specs.entities)
    return f"add {what} to {entity_names(named[0]).plural}" if named else f"add {what}"
