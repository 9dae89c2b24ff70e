"""What people take back in words before there is a review, and whom they tell of: they hear what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.naming import joined
from bot.patterns import regex
from bot.planning.built_in.phrases.denials import is_called
from bot.planning.built_in.phrases.denied_nouns import aside_of, denied_nouns
from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.built_in.words.named_people import people_guessed, tells_who
from bot.planning.built_in.words.vocabulary import a, spoken, straight
from bot.planning.conversation import Conversation, Message, PlannerError, Question
from bot.store.tables import Plan
from bot.workflow.plans import load_conversation
from bot.workflow.questions_back import still_open
from bot.workflow.waiting import BUILT_IN

__all__ = ["takes_things_back", "told_of_taken_back"]

LONGEST = 300
SENTENCE = regex(r"[.;!?]+\s+|\n+")
MOST = 5
"""What is told of by name; the review has the rest."""
A_PERSON = "Thank you, that tells me who somebody is: people who are called by name are nothing to keep."


def takes_things_back(questions: Sequence[Question], text: str) -> bool:
    """Tell whether a message only says that things aren't there, by their names, or who somebody is.

    What answers one question, and touches no other, is its answer.
    """
    said = sentences_in(text)
    denied = [noun for one in said for noun in denied_nouns(one)]
    who = [one for one in said if not denied_nouns(one) and tells_who(one, people_guessed(text))]
    if (
        not said
        or any(aside_of(one) for one in said)
        or len(said) != len(who) + sum(map(bool, map(denied_nouns, said)))
    ):
        return False
    about = [question for question in questions if any(is_about(question, noun) for noun in denied)]
    return bool(who) or len(denied) > 1 or len(about) != 1


def sentences_in(text: str) -> list[str]:
    """Return the sentences of a message that isn't too long."""
    said = straight(text)
    return [one for one in SENTENCE.split(said) if one.strip(" .!?")] if len(said) <= LONGEST else []


def is_about(question: Question, noun: str) -> bool:
    """Tell whether a question is about a thing that a noun names."""
    return any(is_called(noun, part.partition(".")[0]) for part in question.id.split(":")[1:])


async def told_of_taken_back(
    session: AsyncSession, plan: Plan, questions: Sequence[Question], text: str, person: str
) -> str:
    """Return what becomes of a message that takes something back, as the built-in planner reads it.

    Nothing where another planner reads it, or where more of it becomes than can be told in a sentence.
    """
    if plan.planner != BUILT_IN or len(text) > LONGEST:
        return ""
    conversation = await load_conversation(session, plan)
    more = Message(author=person, text=text, timestamp="")
    before = await things_in(conversation)
    after = await things_in(conversation.model_copy(update={"messages": (*conversation.messages, more)}))
    if gone := [name for name in before if name not in after]:
        denied = [noun for one in sentences_in(text) for noun in denied_nouns(one)]
        named = [name for name in gone if any(is_called(noun, name) for noun in denied)]
        return told_gone(questions, named or gone, [name for name in after if name not in before])
    if fields := [
        f"{spoken(one)} of {a(spoken(name))}" for name in after for one in before.get(name, set()) - after[name]
    ]:
        return f"Taken back: the {joined(sorted(fields)[:MOST])}. The review will show the rest of it."
    said = sentences_in(text)
    if said and all(tells_who(one, people_guessed(text)) for one in said):
        return f"{A_PERSON} {still_open(questions) if questions else ''}".strip()
    denied = [noun for one in said for noun in denied_nouns(one)]
    return f"There is nothing to take back: so far I know of no {joined(denied, 'or')}." if denied else ""


def told_gone(questions: Sequence[Question], gone: Sequence[str], new: Sequence[str]) -> str:
    """Say which things are none any more, or what one is called now, and that nothing is asked about them."""
    nouns = [spoken(name) for name in gone[:MOST]]
    if len(gone) == len(new) == 1:
        return f"Understood: {a(nouns[0])} is now {a(spoken(new[0]))}."
    more = f" and {len(gone) - MOST} more" if len(gone) > MOST else ""
    is_asked = any(is_about(question, spoken(name)) for question in questions for name in gone)
    closed = " What I asked about that is closed." if is_asked else ""
    return f"Taken back: there is no {joined(nouns, 'and no')}{more} in the plan any more.{closed}"


async def things_in(conversation: Conversation) -> dict[str, set[str]]:
    """Return the things that the built-in planner reads in a conversation by now, each with its fields."""
    try:
        specs = (await BuiltInPlanner().propose(conversation)).specs
    except PlannerError:
        specs = EntitySpecs(entities=())
    return {entity.name: {field.name for field in entity.fields if field.is_given} for entity in specs.entities}
