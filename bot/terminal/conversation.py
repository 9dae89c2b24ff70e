"""The whole conversation in a terminal: one request, questions, a review, the build, through the workflow of a thread.

It knows no engine: the caller gives a function that works until nothing runs any more.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.frozen import Frozen
from bot.documents.tasks.task_plan import TaskState
from bot.inspection.facts import RepositoryFacts
from bot.inspection.kept import for_keeping
from bot.patterns import regex
from bot.planning.conversation import Question
from bot.store.database import Database
from bot.store.tables import Plan, PlanQuestion
from bot.terminal.lines import ReadLine, Reply, Waiting, Write
from bot.terminal.news import News, letters
from bot.terminal.texts import in_plain_words, one_line, printable, render
from bot.workflow.answers_for_several import leaves_several
from bot.workflow.approving import approve
from bot.workflow.cancelling import cancel
from bot.workflow.checkpoints import answer_checkpoint, answer_in_words
from bot.workflow.documents import TITLES, latest_revisions
from bot.workflow.going_back import asked_back
from bot.workflow.imports import GivenPlan, build_approved, start_imported_plan
from bot.workflow.overview import PlanOverview, overview
from bot.workflow.plain_questions import take_at_review
from bot.workflow.plans import Beginning, NewPlan, start_plan, stop
from bot.workflow.provenance import asked_why, why
from bot.workflow.questions import YOU_DECIDE, answer_question, reply
from bot.workflow.refusals import Refused
from bot.workflow.repositories import repository_of
from bot.workflow.rounds import open_questions
from bot.workflow.short_replies import not_taken
from bot.workflow.stages import Hold, PlanStage

__all__ = ["TERMINAL", "Conversation", "Drive", "converse"]

TERMINAL = "terminal"
"""The workspace and channel of plans that are made in a terminal."""
PERSON = "you"
LOOK_SECONDS = 1.0
"""How often the store is looked at when another process may have written."""
MARKS = {TaskState.DONE: "✓", TaskState.DOING: "◐", TaskState.TODO: "○"}
NUMBERED = regex(r"\s*\d{1,2}[.:)]\s+\S")
NUMBERED_LETTER = regex(r"(\d{1,2})([.:)]\s+)([A-Za-z])\)?(?=\s*(?:[,;\n]|$))")
CANCELLING = "Cancelling ends the plan for good; what was written is kept. Type `cancel plan` to do it."
CHANGES = regex(r"\s*changes?\s*:(.*)", re.IGNORECASE | re.DOTALL)

Drive = Callable[[], Awaitable[None]]
"""Works on the plans until nothing runs any more."""


class Conversation(Frozen):
    """How a conversation ended: the plan (None when none was started) and the exit code, 0 when it is delivered."""

    plan_id: str | None
    code: int


async def converse(
    database: Database,
    drive: Drive,
    planner_name: str,
    read_line: ReadLine,
    write: Write,
    person: str = PERSON,
    *,
    shows_address: bool = False,
    repository: RepositoryFacts | None = None,
    given: GivenPlan | None = None,
) -> Conversation:
    """Hold one conversation until the plan is delivered, held, or the input ends; the last text says which.

    ``shows_address``: whether the repository's address can be reached after this program ended, so that it is shown.
    ``repository``: what was read from an existing repository that the plan is for. ``given``: a file that is built as
    it stands, so that nothing is asked about it.
    """
    if given is not None:
        plan_id = await begin_given(database, given, write, person)
    else:
        plan_id = await begin(database, planner_name, read_line, write, person, repository)
    if plan_id is None:
        write("There was nothing to plan: the input ended. Start again with a sentence about what you need.")
        return Conversation(plan_id=None, code=1)
    talk = Talk(database, plan_id, person, read_line, write, shows_address)
    while True:
        view = await talk.follow(drive)
        if view.stage is PlanStage.DELIVERED:
            return Conversation(plan_id=plan_id, code=0)
        ending = ending_of(view) or await talk.take_reply(view)
        if ending:
            write(ending)
            return Conversation(plan_id=plan_id, code=1)


async def begin(
    database: Database,
    planner_name: str,
    read_line: ReadLine,
    write: Write,
    person: str,
    repository: RepositoryFacts | None,
) -> str | None:
    """Start a plan from the first line that says something; None when there is none."""
    if repository is not None:
        write(render("repository", repository=for_keeping(repository)))
    write(render("welcome"))
    while (reply := await read_line(Waiting(prompt="What do you need? "))) is not None:
        author, text = reply.person or person, printable(reply.text)
        new = NewPlan(
            workspace=TERMINAL, channel=TERMINAL, author=author, text=text, key="terminal/0", repository=repository
        )
        try:
            async with database.write() as session:
                return (await start_plan(session, new, planner_name)).id
        except Refused as refusal:
            write(in_plain_words(str(refusal), person).replace("/plan new ", ""))
    return None


async def begin_given(database: Database, given: GivenPlan, write: Write, person: str) -> str | None:
    """Start the plan of a file; None where it can't be, after saying why."""
    new = Beginning(workspace=TERMINAL, channel=TERMINAL, author=person, key="terminal/0")
    try:
        async with database.write() as session:
            return (await start_imported_plan(session, new, given)).id
    except Refused as refusal:
        write(in_plain_words(str(refusal), person))
    return None


def ending_of(view: PlanOverview) -> str:
    """Return why the conversation can't go on, or an empty string."""
    where = f"Nothing is lost: everything up to here is kept as `{one_line(view.handle)}`."
    if view.stage is PlanStage.CANCELLED:
        return f"Cancelled. {where}"
    if view.hold == Hold.BLOCKED:
        return f"It stops here, because it needs help (see above). {where}"
    if view.hold == Hold.WAITING:
        return ""
    if view.hold is not None:
        return f"Paused. {where}"
    if view.open_questions or (view.stage is PlanStage.IN_REVIEW and not view.planning):
        return ""
    return f"The work ended early, while the plan is {view.stage}. {where} The log says more."


class Talk:
    """One conversation about one plan."""

    def __init__(
        self, database: Database, plan_id: str, person: str, read_line: ReadLine, write: Write, shows_address: bool
    ) -> None:
        """Talk with a person about a plan that was started."""
        self._database = database
        self._plan_id = plan_id
        self._person = person
        self._read_line = read_line
        self._write = write
        self._news = News(database, plan_id, person, write, shows_address)
        self._changed = asyncio.Event()
        self._replies = 0
        database.on_commit(self._changed.set)

    async def follow(self, drive: Drive) -> PlanOverview:
        """Work while the plan wants it, tell what happens meanwhile, and return how the plan stands then."""
        await self._news.tell()
        if await self._wants_run():
            working = asyncio.ensure_future(drive())
            try:
                await self._tell_while(working)
            finally:
                working.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await working
        await self._news.tell()
        async with self._database.read() as session:
            return await overview(session, await self._plan(session))

    async def _tell_while(self, working: asyncio.Future[None]) -> None:
        while not working.done():
            self._changed.clear()
            await self._news.tell()
            waiting: asyncio.Future[Any] = asyncio.ensure_future(self._changed.wait())
            await asyncio.wait([working, waiting], timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()

    async def take_reply(self, view: PlanOverview) -> str:
        """Read one reply and do what it says; return the last sentence when the input ended, else nothing."""
        reply = await self._read_line(await self._waiting(view))
        if reply is None:
            waits = {PlanStage.IN_REVIEW: "an approval", PlanStage.BUILDING: "an answer"}.get(view.stage, "answers")
            return f"The input ended while `{one_line(view.handle)}` waits for {waits}. What was said is kept."
        self._replies += 1
        try:
            await self._take(view, reply)
        except Refused as refusal:
            self._write(in_plain_words(str(refusal), self._person))
        return ""

    async def _waiting(self, view: PlanOverview) -> Waiting:
        if view.hold == Hold.WAITING:
            return Waiting(prompt="confirm, no: …, an option, or stop> ")
        if view.stage is PlanStage.IN_REVIEW:
            return Waiting(prompt="approve, changes: …, show or stop> ", in_review=True)
        async with self._database.read() as session:
            rows = await open_questions(session, await self._plan(session))
        texts = tuple((row.position, Question.model_validate(row.question).text) for row in rows)
        return Waiting(prompt=f"{rows[0].position}> ", questions=texts)

    async def _take(self, view: PlanOverview, reply: Reply) -> None:
        """Do what a reply says: a word of its own, a decision about the review, or an answer. Raises Refused."""
        line, person = printable(reply.text), reply.person or self._person
        word = line.strip().lower()
        change = CHANGES.fullmatch(line)
        if word in {"stop", "pause", "cancel plan"}:
            end = cancel if word == "cancel plan" else stop
            async with self._database.write() as session:
                await end(session, await self._plan(session), person, self._key)
        elif word in {"help", "?", "cancel"}:
            self._write(CANCELLING if word == "cancel" else render("help"))
        elif word == "show" and view.review:
            await self._show_documents()
        elif word == "repository":
            await self._show_repository()
        elif name := asked_why(line):
            await self._explain(name)
        elif view.hold == Hold.WAITING:
            await self._answer_checkpoint(line, person)
        elif word in {"approve", "build"}:
            await (self._approve(person) if word == "approve" else self._build(person))
        elif change is not None or asked_back(line):
            await self._request_changes(change[1] if change else line, person)
        elif view.stage is PlanStage.IN_REVIEW:
            self._write("Nothing was approved. Type `approve`, or `changes: …` with what should be different.")
        else:
            await self._answer(line, person)

    async def _approve(self, person: str) -> None:
        """Approve what was shown. One word is enough at every gate: all of it was shown to one person, at once."""
        async with self._database.write() as session:
            plan = await self._plan(session)
            for _ in range(max(1, len(self._news.seen))):
                await approve(session, plan, self._news.review, self._news.seen, person, self._key)
                if plan.stage != PlanStage.IN_REVIEW:
                    return

    async def _build(self, person: str) -> None:
        async with self._database.write() as session:
            plan = await self._plan(session)
            await build_approved(session, plan, self._news.review, self._news.seen, person, self._key)

    async def _answer_checkpoint(self, line: str, person: str) -> None:
        """Answer what the build waits for; own words decide where a decision is asked for."""
        async with self._database.write() as session:
            plan = await self._plan(session)
            found = await answer_in_words(session, plan, line, addressed=True)
            if found is None:
                raise Refused("Type `confirm`, or `no: …` with what is wrong.")
            sentence = await answer_checkpoint(session, plan, *found, person, self._key)
        self._write(in_plain_words(sentence or f"✓ {one_line(found[1])}", self._person))

    async def _request_changes(self, text: str, person: str) -> None:
        async with self._database.write() as session:
            plan = await self._plan(session)
            sentence = await take_at_review(session, plan, self._news.review, text, person, self._key)
        if sentence:
            self._write(in_plain_words(sentence, self._person))

    async def _answer(self, line: str, person: str) -> None:
        """Answer the first open question, or those that the reply names by their numbers."""
        async with self._database.write() as session:
            plan = await self._plan(session)
            rows = await open_questions(session, plan)
            if NUMBERED.match(line) or (len(rows) > 1 and leaves_several(line)):
                outcome = await reply(session, plan, spelled_out(line, rows), person, self._key)
                for sentence in filter(None, [*outcome.left_out, outcome.told]):
                    self._write(in_plain_words(sentence, self._person))
                return
            row = rows[0]
            question = Question.model_validate(row.question)
            text = letters(question).get(line.strip().lower().rstrip(")."), line) or YOU_DECIDE
            if sentence := not_taken(question, text):
                raise Refused(sentence)
            taken = await answer_question(session, plan, row.question_id, text, person, self._key)
        chosen = taken.answer or (f"{question.default} (decided for you)" if question.default else "decided for you")
        self._write(f"✓ {row.position}. {one_line(chosen)}")

    async def _show_documents(self) -> None:
        async with self._database.read() as session:
            revisions = await latest_revisions(session, await self._plan(session))
        for name, title in TITLES.items():
            if name in revisions:
                self._write(f"▸ {title}, revision {revisions[name].revision}\n\n{printable(revisions[name].text)}")

    async def _show_repository(self) -> None:
        async with self._database.read() as session:
            repository = await repository_of(session, await self._plan(session))
        self._write(render("repository", repository=repository))

    async def _explain(self, name: str) -> None:
        async with self._database.read() as session:
            reason = await why(session, await self._plan(session), name)
        self._write(
            render("why", reason=reason, marks=MARKS, who=lambda author: "you" if author == self._person else author)
        )

    async def _wants_run(self) -> bool:
        async with self._database.read() as session:
            plan = await self._plan(session)
            return plan.run_stage is not None and plan.hold is None

    async def _plan(self, session: AsyncSession) -> Plan:
        return await session.get_one(Plan, self._plan_id)

    @property
    def _key(self) -> str:
        return f"terminal/{self._replies}"


def spelled_out(line: str, rows: Sequence[PlanQuestion]) -> str:
    """Return a reply with the letters behind numbers, as in ``2. b``, as the options that they stand for."""
    options = {row.position: letters(Question.model_validate(row.question)) for row in rows}

    def option(found: re.Match[str]) -> str:
        return found[1] + found[2] + options.get(int(found[1]), {}).get(found[3].lower(), found[3])

    return NUMBERED_LETTER.sub(option, line)
