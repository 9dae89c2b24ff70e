"""Files that people drop: fetched, read beside the loop, and given to the workflow in one unit of work."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.formats import format_by_name
from bot.planning.dropped_files import DroppedFile, DroppedFiles, FileKind, plain_name, read_dropped
from bot.slack.answers import Answers, Caller, says
from bot.slack.downloads import Downloads, NotFetched, name_of
from bot.slack.inbox import handling
from bot.slack.people import People, Standing, require_member
from bot.store.database import Database
from bot.store.tables import Plan
from bot.workflow.documents import is_imported
from bot.workflow.dropped_files import take_files
from bot.workflow.imports import (
    FilesThere,
    GivenPlan,
    read_given,
    revise_imported_plan,
    start_imported_plan,
)
from bot.workflow.plain_questions import answer_unasked, answer_while_gathering
from bot.workflow.plans import Beginning, NewPlan, plan_by_id, start_plan
from bot.workflow.questions import reply
from bot.workflow.refusals import Refused
from bot.workflow.stages import Capability, PlanStage, allows

__all__ = ["BESIDE_WORDS", "Drop", "Drops", "LookAtFiles", "is_meant"]

MOST_FILES = 10
PLANS_BY_NAME = frozenset({".sql", ".jdl", ".jh", ".zip"})
BESIDE_WORDS = "I took the word, and not the file beside it. Drop the file in a message of its own."


type LookAtFiles = Callable[[Plan], Awaitable[FilesThere]]


@dataclass(frozen=True)
class Drop:
    """What somebody dropped, and where: ``said`` are the words beside the files."""

    files: Sequence[Mapping[str, Any]]
    said: str
    who: Caller
    key: str
    addressed: bool


class Drops:
    """Takes the files of messages."""

    def __init__(
        self,
        database: Database,
        client: AsyncWebClient,
        answers: Answers,
        people: People,
        files_there: LookAtFiles | None = None,
    ) -> None:
        """Fetch with this client; ``files_there`` tells what people have in a delivered repository."""
        self._files_there = files_there
        self._database = database
        self._downloads = Downloads(client)
        self._answers = answers
        self._people = people

    async def take(self, plan: Plan, drop: Drop) -> None:
        """Take files that were dropped in a plan's thread. Raises Refused."""
        standing = await self._people.standing(drop.who.workspace, drop.who.person)
        require_welcome(plan, standing)
        dropped = await self.read(drop.files)
        if await self._is_next(plan, dropped):
            await self._take_next(plan, drop, await given_of(dropped))
            return
        if not any(file.is_read for file in dropped.files) and not drop.said:
            raise Refused(why_unread(dropped))
        async with handling(self._database, drop.key) as session:
            plan = await plan_by_id(session, plan.id, drop.who.workspace, change=True)
            require_welcome(plan, standing)  # it may have come to its review while the files were fetched
            answer, said = await said_beside(session, plan, drop)
            await take_files(session, plan, dropped, drop.who.person, drop.key, said)
        if answer:
            await self._answers.tell(drop.who, says(answer))

    async def start(self, drop: Drop, planner: str) -> None:
        """Start a plan with files, and the words beside them. Raises Refused where nothing in them can be planned."""
        dropped = await self.read(drop.files)
        if not any(file.is_read for file in dropped.files) and not drop.said:
            raise Refused(f"{why_unread(dropped)} Nothing was started.")
        if dropped.is_plan_as_it_stands:
            await self._start_given(drop, await given_of(dropped))
            return
        names = ", ".join(PurePosixPath(file.name).name for file in dropped.files if file.is_read)
        async with handling(self._database, drop.key) as session:
            new = NewPlan(
                workspace=drop.who.workspace,
                channel=drop.who.channel,
                author=drop.who.person,
                text=drop.said or f"New plan: {names}",
                key=drop.key,
                said=None if drop.said else (),
            )
            plan = await start_plan(session, new, planner)
            await take_files(session, plan, dropped, drop.who.person, drop.key)

    async def _start_given(self, drop: Drop, given: GivenPlan) -> None:
        """Start the plan of a file that is built as it stands."""
        who = drop.who
        async with handling(self._database, drop.key) as session:
            new = Beginning(workspace=who.workspace, channel=who.channel, author=who.person, key=drop.key)
            await start_imported_plan(session, new, given)

    async def _is_next(self, plan: Plan, dropped: DroppedFiles) -> bool:
        """Tell whether files are to be built as they stand: all of a plan that was begun so, a plan once delivered."""
        async with self._database.read() as session:
            return await is_imported(session, plan) or bool(plan.delivered_review and dropped.is_plan_alone)

    async def _take_next(self, plan: Plan, drop: Drop, given: GivenPlan) -> None:
        """Take a file that is built as it stands, in the place of the one before or upon what was delivered."""
        there = await self._files_there(plan) if self._files_there else None
        async with handling(self._database, drop.key) as session:
            plan = await plan_by_id(session, plan.id, drop.who.workspace, change=True)
            await revise_imported_plan(session, plan, given, drop.who.person, drop.key, there)

    async def read(self, files: Sequence[Mapping[str, Any]]) -> DroppedFiles:
        """Fetch and read files; one that can't be had says why, and takes nothing from the others."""
        fetched: list[tuple[str, bytes]] = []
        problems: list[DroppedFile] = []
        for file in files[:MOST_FILES]:
            try:
                fetched.append((name_of(file), await self._downloads.fetch(file)))
            except NotFetched as refused:
                problems.append(unread(name_of(file), str(refused)))
        problems += [unread(name_of(file), f"I read {MOST_FILES} files at once.") for file in files[MOST_FILES:]]
        dropped = await asyncio.to_thread(read_dropped, fetched)
        return dropped.model_copy(update={"files": (*dropped.files, *problems)})


async def said_beside(session: AsyncSession, plan: Plan, drop: Drop) -> tuple[str, str]:
    """Take the words beside files; return what their writer is told, and the words that go with the files.

    A question is answered, and is no part of what the files say.
    """
    gathers = plan.stage == PlanStage.GATHERING
    asked = answer_while_gathering if gathers else answer_unasked
    if answer := await asked(session, plan, drop.said):
        return answer, ""
    told = ""
    if gathers and drop.said:
        try:
            told = " ".join((await reply(session, plan, drop.said, drop.who.person, drop.key)).left_out)
        except Refused as refusal:  # the words are no answer; the files count all the same
            told = str(refusal)
    return told, drop.said if drop.addressed else ""


async def given_of(dropped: DroppedFiles) -> GivenPlan:
    """Return the one plan among dropped files that is built as it stands. Raises Refused."""
    plans = dropped.of_kind(FileKind.PLAN, FileKind.TASKS)
    if not plans:
        raise Refused(f"{why_unread(dropped)} Drop the PLAN.md or tasks.md that is to be built.".strip())
    if len(plans) > 1:
        names = ", ".join(f"`{file.name}`" for file in plans[:MOST_FILES])
        raise Refused(f"These are {len(plans)} plans ({names}); I build one at a time. Drop the one to begin with.")
    return await asyncio.to_thread(read_given, plans[0].name, plans[0].text)


def is_meant(plan: Plan, drop: Drop) -> bool:
    """Tell whether files are for the plan: all while it gathers, plans by name in review, else with a mention."""
    if drop.addressed or plan.stage == PlanStage.GATHERING:
        return True
    return plan.stage == PlanStage.IN_REVIEW and any(is_plan_by_name(name_of(file)) for file in drop.files)


def require_welcome(plan: Plan, standing: Standing) -> None:
    """Raise Refused where a plan takes no files as it stands now, or not from somebody of this standing."""
    if plan.stage == PlanStage.GATHERING:
        return
    require_member(standing)
    if not allows(plan, Capability.REQUEST_CHANGES):
        raise Refused(not_now(plan))


def is_plan_by_name(name: str) -> bool:
    """Tell whether a file's name alone says that it belongs to a plan."""
    path = PurePosixPath(name)
    return (
        format_by_name(path.name) is not None
        or path.suffix.lower() in PLANS_BY_NAME
        or path.name.lower().endswith(("requirements.md", "design.md"))
    )


def not_now(plan: Plan) -> str:
    """Return what becomes of a file that comes while a plan takes no change."""
    if plan.stage == PlanStage.CANCELLED:
        return f"*{plan.title}* is cancelled. Begin another plan with `/plan new …`, and drop the file in its thread."
    return (
        f"*{plan.title}* is {plan.stage}, so I did not read the file; nothing is lost. Drop it again, mentioning me, "
        "once it is delivered."
    )


def why_unread(dropped: DroppedFiles) -> str:
    """Return why none of some files was read."""
    return " ".join(f"`{file.name}`: {file.problem}" for file in dropped.files[:MOST_FILES])


def unread(name: str, problem: str) -> DroppedFile:
    """Return a file that could not be had."""
    return DroppedFile(name=plain_name(name), kind=FileKind.UNREAD, problem=problem)
