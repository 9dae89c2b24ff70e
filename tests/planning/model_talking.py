"""Talking to the model planner over real HTTP: a scripted model, and what it was asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest

from bot.language_model.openai_model import OpenAIModel
from bot.planning.conversation import Conversation, Earlier, Interview, Message, PlannerError, Proposal
from bot.planning.model.planner import ModelPlanner
from tests.planning.talking import talk
from tests.stand_ins.library_script import (
    LIBRARY,
    LIBRARY_ENTITIES,
    LIBRARY_INTERVIEW,
    LIBRARY_REQUIREMENTS,
    LIBRARY_SPECS,
    LIBRARY_TASKS,
)
from tests.stand_ins.model import ModelStandIn, Step

TALK = talk("a library; members borrow books", "each loan is for three weeks")
QUESTION = {
    "id": "fees", "about": "what else it does", "text": "What happens when a book is late?",
    "reason": "A fee needs an amount.", "options": ["Nothing", "A fee"], "default": "Nothing",
}  # fmt: skip
ASKING = LIBRARY_INTERVIEW | {"known": ["the things it manages"], "questions": [QUESTION]}
KEYED = "ENTITY: Book\nFIELDS:\n  - id: int (primary key)\n"
GOOD: dict[str, dict[str, Any]] = {
    "interview": LIBRARY_INTERVIEW,
    "requirements": LIBRARY_REQUIREMENTS,
    "entity_specs": LIBRARY_ENTITIES,
    "task_plan": LIBRARY_TASKS,
}
UNCHANGED: dict[str, Any] = {
    "title": "", "introduction": "", "questions": [], "entity_specs": LIBRARY_SPECS, "features": [], "entities": [],
    "behaviours": [], "covered": [], "dropped": [], "decisions": [], "assumptions": [], "unread": [],
}  # fmt: skip
SHELVED = LIBRARY_SPECS.replace("  - isbn:", "  - shelf: Optional[str] (max 20)\n  - isbn:")


@contextmanager
def scripted(
    script: Mapping[str, list[Step]], *must_hold: str, understands: Any = "json_schema"
) -> Iterator[ModelStandIn]:
    held = must_hold or ("a library; members borrow books", "each loan is for three weeks")
    with ModelStandIn({**LIBRARY, **script}, must_hold=held, understands=understands) as server:
        yield server


@asynccontextmanager
async def planner_of(server: ModelStandIn) -> AsyncIterator[ModelPlanner]:
    model = OpenAIModel(api_key=server.key, base_url=server.url, model="some-model", retries=0)
    yield ModelPlanner(model)
    await model.close()


async def propose(server: ModelStandIn, conversation: Conversation = TALK) -> Proposal:
    async with planner_of(server) as planner:
        return await planner.propose(conversation)


async def interview(server: ModelStandIn, conversation: Conversation = TALK) -> Interview:
    async with planner_of(server) as planner:
        return await planner.interview(conversation)


def asked(server: ModelStandIn) -> list[str]:
    """Return the decisions that were asked for, in order."""
    return [prompt.partition("\n")[0].removeprefix("# Decision: ") for prompt in server.prompts()]


async def failure(script: Mapping[str, list[Step]]) -> PlannerError:
    with scripted(script) as server, pytest.raises(PlannerError) as caught:
        await propose(server)
    return caught.value


async def changed(change: str, **revision: Any) -> tuple[Conversation, Step]:
    """Return a conversation in which a change was asked for after a first proposal, and the answer to it."""
    with scripted({}) as server:
        before = await propose(server)
    said = (Message(author="Jon", text=change, timestamp="3"),)
    conversation = TALK.model_copy(update={"changes": said, "earlier": Earlier(proposal=before, changes=0)})
    return conversation, Step(content=UNCHANGED | revision)
