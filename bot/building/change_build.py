"""Building an approved change of a delivered repository: generated beside people's work, merged, judged, proposed.

What it is made upon is kept before anything is made, so a run that was killed gives the same commits again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from bot.building.checking import Workshop, check_tree, failed
from bot.building.commits import made_commit, message, task_commit
from bot.building.custom_task import CustomTasks, LeftOpen
from bot.building.edited_files import edited_files
from bot.building.failures import ChangeStuck, StepFailed, plan_of_build
from bot.building.joining import named_files, upon_earlier
from bot.building.must_haves import check_must_haves
from bot.building.pushing import Push
from bot.building.reachable import reachable
from bot.building.record import FOLDER, GENERATED
from bot.building.regeneration import MERGE, PLAN, Regeneration, published_repository
from bot.documents.tasks.task_plan import Task, TaskKind, TaskState
from bot.generation.custom import module_of
from bot.generation.inputs import BuildInputs
from bot.repository.git import MAIN, Repository
from bot.repository.scratch import Scratch
from bot.repository.working_copy import WorkingCopy
from bot.store.database import Database
from bot.store.tables import Change, Plan, Step
from bot.verification.environments import prepare_environment
from bot.verification.evidence import Check, Evidence
from bot.verification.sandbox import Level, Sandbox, Trust
from bot.workflow.builds import NO_MODEL, StepKind, leave_open, load_steps, tick
from bot.workflow.changes import is_output_of_ours, note_base, offer_change, pure_output_before
from bot.workflow.model_calls import asking_about
from bot.workflow.notes import notes_of
from bot.workflow.ports import Proposed, Publisher, Remote

__all__ = ["ChangeBuild"]

NO_SANDBOX = "people edited this repository, and their code runs only in a sandbox; none works here"
CONFLICT = (
    "The change and what people edited touch the same lines of {files}. Nothing was overwritten: in a clone, "
    "`git fetch` and `git merge origin/{branch}`, settle those lines, push main, then press Retry."
)
GONE = "{files} is gone from main of {name}, so nothing can be checked. Bring it back, push main, then press Retry."


@dataclass(frozen=True)
class Joined:
    """What was generated anew, merged with what people have."""

    tip: str
    generated: str
    tree: Mapping[str, bytes]
    is_foreign: bool
    """Whether people edited it, or put something in the place of pure output."""
    commits: int


@dataclass
class ChangeBuild:
    """One run of the build of one change."""

    database: Database
    plan_id: str
    attempt: int
    change: Change
    earlier: Change | None
    """The change before this one, where nobody has merged it yet."""
    inputs: BuildInputs
    words: str
    """What the change is about, for those who look at its branch."""
    folder: Path
    cache: Path
    sandbox: Sandbox
    repository: Repository
    publisher: Publisher
    remote: Remote
    custom_tasks: CustomTasks | None
    house_rules: tuple[str, ...]

    async def run(self) -> None:
        """Build until people are asked to merge.

        Raises StepFailed, ChangeStuck, CustomTaskFailed, PublishingError, EnvironmentNotReady, GitError, and
        BuildOvertaken when a person stopped the plan.
        """
        main, generated = await self._base()
        unwritten = await self._unwritten()
        first = await self._joined(main, generated, unwritten)
        await self._judge(first)
        tip, written = await self._custom(first)
        if written:
            again = await self._joined(tip, first.generated, unwritten - written)
            tip, newest = again.tip, again.generated
        else:
            newest = first.generated
        tip = await self._documents(tip, newest)
        await self._close_phases(tip)
        await self._offer(main, first.tip, tip, generated, newest)

    async def _base(self) -> tuple[str, str]:
        """Return what people have on main, and the newest pure output; fetched once, and then kept."""
        if self.change.base_main and self.change.base_generated:
            return self.change.base_main, self.change.base_generated
        earlier = self.earlier
        branches = (MAIN, GENERATED, *([earlier.branch] if earlier else []))
        there = await self.publisher.fetch(self.repository.path, self.remote, branches)
        if MAIN not in there:
            raise ChangeStuck(f"{self.remote.name} has no branch main any more. Push it again, then press Retry.")
        generated = there.get(GENERATED) or await self.repository.head(GENERATED)
        if generated is None:
            raise ChangeStuck(f"{self.remote.name} has no branch generated. Push it from a clone, then press Retry.")
        if GENERATED not in there:
            await self.publisher.push(self.repository.path, self.remote, GENERATED, generated, None)
        generated = await self._without_forgotten(generated)
        main = there[MAIN]
        if earlier and earlier.branch in there:
            tip = earlier.branch, there[earlier.branch]
            main = await upon_earlier(self.repository, main, tip, self.inputs.day)
        async with self.database.write() as session:
            await self._plan(session)
            await note_base(session, self.change.id or 0, main, generated)
        return main, generated

    async def _without_forgotten(self, generated: str) -> str:
        """Take pure output of changes that were forgotten off its branch; return what is left."""
        async with self.database.read() as session:
            kept = await pure_output_before(session, await self._plan(session), generated)
        if kept != generated:
            await self.publisher.push(self.repository.path, self.remote, GENERATED, kept, generated)
        return kept

    async def _joined(self, main: str, generated: str, unwritten: Collection[str]) -> Joined:
        """Let the pure output go on, and merge it into what people have. Raises ChangeStuck on conflicts."""
        inputs = self.inputs.model_copy(update={"unwritten": tuple(sorted(unwritten))})
        existing = await published_repository(self.repository, main, generated)
        with tempfile.TemporaryDirectory(prefix="planthread-") as folder:
            work = Regeneration(existing, Scratch(Path(folder) / "scratch.git", existing.copy), inputs)
            await work.scratch.create()
            await work.generate(is_derived=True)
            tip = main
            if work.has_work:
                merged = await work.merged()
                if not merged.conflicts:
                    made = work.authored(MERGE.format(name=inputs.name), "", {})
                    tip = await work.scratch.commit_tree(merged.tree, (main, work.tip), made)
                await work.scratch.hand_over((work.tip, tip))
                if merged.conflicts:
                    await self._stuck(main, generated, work.tip, merged.conflicts)
        edited = await edited_files(self.repository, main, existing.merged)
        is_foreign = bool(edited) or not await self._is_ours_alone(generated)
        return Joined(tip, work.tip, await self.repository.read_tree(tip), is_foreign, len(work.commits))

    async def _is_ours_alone(self, generated: str) -> bool:
        """Tell whether builds here made what the branch of pure output held."""
        first = await self.repository.head(GENERATED)
        async with self.database.read() as session:
            return await is_output_of_ours(session, await self._plan(session), first, generated)

    async def _stuck(self, main: str, before: str, generated: str, conflicts: Sequence[str]) -> None:
        """Push what people need to merge by hand, and say so. Raises ChangeStuck.

        Their main shares no commit with pure output before the first merge; so they get a branch upon the last commit
        of main that came from here, with what was generated anew.
        """
        async with self.database.read() as session:
            delivered = (await self._plan(session)).pushed_commit
        tip = generated
        if delivered is not None:
            tip = await self._anew(delivered, before, generated)
        await self._push(GENERATED, generated, before)
        await self._push_change(tip, main)
        async with self.database.write() as session:
            await self._plan(session)
            await note_base(session, self.change.id or 0, None, None, pushed=tip)
        raise ChangeStuck(CONFLICT.format(files=named_files(conflicts), branch=self.change.branch))

    async def _anew(self, delivered: str, before: str, generated: str) -> str:
        """Return a commit upon a delivered one that has what was generated since; pure output where even that parts."""
        copy = WorkingCopy.bare(self.repository)
        with tempfile.TemporaryDirectory(prefix="planthread-") as folder:
            scratch = Scratch(Path(folder) / "scratch.git", copy)
            await scratch.create()
            base, theirs = await scratch.tree(before, FOLDER), await scratch.tree(generated, FOLDER)
            merged = await scratch.merge(base, (MAIN, await scratch.tree(delivered)), (GENERATED, theirs))
            if merged.conflicts:
                return generated
            words = made_commit(self.inputs, 0, MERGE.format(name=self.inputs.name), {})
            tip = await scratch.commit_tree(merged.tree, (delivered, generated), words)
            await scratch.hand_over((tip,))
        return tip

    async def _push(self, branch: str, commit: str, expected: str | None) -> None:
        if commit != expected:
            await self.publisher.push(self.repository.path, self.remote, branch, commit, expected)

    async def _push_change(self, tip: str, main: str) -> None:
        if tip != self.change.commit:
            push = Push(self.publisher, self.repository, self.remote)
            await push.change(self.change.branch, tip, self.change.commit, main)

    async def _judge(self, joined: Joined) -> None:
        """Judge the merged tree as a whole, and tick what the change touches. Raises StepFailed."""
        steps = [step for step in await self._open_tasks() if self._task(step).kind is not TaskKind.CUSTOM]
        if not steps:
            return
        if joined.is_foreign and self.sandbox.level is not Level.SANDBOXED:
            await self._leave_open(steps, NO_SANDBOX)
            return
        checks = await self._checks(joined.tree, Trust.FOREIGN if joined.is_foreign else Trust.TEMPLATES)
        async with self.database.write() as session:
            plan = await self._plan(session)
            for step in steps:
                row = await session.merge(step)
                await tick(session, plan, row, Evidence(commit=joined.tip, checks=checks))

    async def _checks(self, tree: Mapping[str, bytes], trust: Trust) -> tuple[Check, ...]:
        """Run the judges of the whole service: those of its last task. Raises StepFailed."""
        last = self.inputs.task_plan.tasks()[-1]
        workshop = await self._workshop(tree)
        checks = await check_tree(last.verification, tree, workshop, trust)
        problem = failed(checks)
        if problem is not None:
            raise StepFailed(f"Change {self.change.number}, merged with what people edited", problem)
        return checks

    async def _workshop(self, tree: Mapping[str, bytes]) -> Workshop:
        if missing := [name for name in ("pyproject.toml", "uv.lock") if name not in tree]:
            raise ChangeStuck(GONE.format(files=named_files(missing), name=self.remote.name))
        environment = await prepare_environment(tree["pyproject.toml"], tree["uv.lock"], self.cache)
        return Workshop(self.folder, self.sandbox, environment)

    async def _custom(self, joined: Joined) -> tuple[str, set[str]]:
        """Have a model write what only a model can; return the last commit, and the modules that are new.

        What an earlier run of this change had written is there already, and its commits are taken as they are.
        """
        tip, written = joined.tip, set[str]()
        for position, task in enumerate(self.inputs.task_plan.tasks(), joined.commits + 1):
            step = (await self._custom_steps()).get(task.number)
            if step is None:
                continue
            if step.state == TaskState.DONE and step.commit:
                tip = step.commit
                written.add(module_of(task))
                continue
            if self.custom_tasks is None:
                await self._leave_open([step], NO_MODEL)
                continue
            tree = await self.repository.read_tree(tip)
            built = {row.number for row in await self._done_tasks()} | {task.number}
            workshop = await self._workshop(tree)
            async with self.database.read() as session:
                notes = await notes_of(session, await self._plan(session))
            with asking_about(step.key):
                outcome = await self.custom_tasks.build(
                    self.inputs, task, built, tree, workshop, self.house_rules, notes
                )
            if isinstance(outcome, LeftOpen):
                await self._leave_open([step], outcome.reason)
                continue
            commit = task_commit(self.inputs, position, task, outcome.files)
            tip = await self.repository.commit(self.change.branch, tip, commit)
            written.add(module_of(task))
            async with self.database.write() as session:
                row = await session.merge(step)
                await tick(session, await self._plan(session), row, Evidence(commit=tip, checks=outcome.checks))
        return tip, written

    async def _documents(self, tip: str, generated: str) -> str:
        """Commit the planning documents with the boxes that have evidence; return the last commit."""
        done = {step.number: step.commit or "" for step in await self._done_tasks()}
        states = dict.fromkeys(done, TaskState.DONE) | dict.fromkeys(await self._left_open(), TaskState.DOING)
        existing = await published_repository(self.repository, tip, generated)
        with tempfile.TemporaryDirectory(prefix="planthread-") as folder:
            work = Regeneration(existing, Scratch(Path(folder), existing.copy), self.inputs)
            files = await work.documents(tip, states, done)
        if not files:
            return tip
        text = message(PLAN.format(name=self.inputs.name), self.words)
        position = len(self.inputs.task_plan.tasks()) + 1
        return await self.repository.commit(self.change.branch, tip, made_commit(self.inputs, position, text, files))

    async def _close_phases(self, tip: str) -> None:
        """Hold each touched phase to its must-haves, and tick it. Raises StepFailed."""
        tree, left_open = await self.repository.read_tree(tip), await self._left_open()
        async with self.database.read() as session:
            rows = [row for row in await load_steps(session, self.plan_id) if row.state != TaskState.DONE]
        for row in rows:
            if StepKind.of(row) is StepKind.TASK:
                continue
            checks: tuple[Check, ...] = ()
            for phase in self.inputs.task_plan.phases:
                if row.key == f"{StepKind.PHASE} {phase.number}":
                    checks = (check_must_haves(reachable(phase, left_open), tree),)
            problem = failed(checks)
            if problem is not None:
                raise StepFailed(f"Phase {row.phase} {row.title}", problem)
            async with self.database.write() as session:
                await tick(
                    session, await self._plan(session), await session.merge(row), Evidence(commit=tip, checks=checks)
                )

    async def _offer(self, main: str, merge: str, tip: str, before: str, generated: str) -> None:
        """Push both branches, ask people to merge, and say so in the thread."""
        await self._push(GENERATED, generated, before)
        await self._push_change(tip, main)
        title = f"Change {self.change.number} of {self.inputs.name}"
        proposed = Proposed(branch=self.change.branch, commit=merge, title=title, body=self.words)
        url = await self.publisher.propose(self.remote, proposed)
        async with self.database.write() as session:
            plan, merges_here = await self._plan(session), self.publisher.merges(self.remote)
            change_id = self.change.id or 0
            await offer_change(session, plan, change_id, merge, tip, url, merges_here=merges_here, generated=generated)

    async def _unwritten(self) -> set[str]:
        """Return the modules of custom behaviours that had no code when this change began."""
        tasks = [task for task in self.inputs.task_plan.tasks() if task.kind is TaskKind.CUSTOM]
        before = {step.number for step in await self._done_tasks() if not self._is_ours(step)}
        return {module_of(task) for task in tasks if task.number not in before}

    async def _custom_steps(self) -> dict[str, Step]:
        """Return the custom tasks that this change has to write or has written, by their numbers."""
        open_or_ours = [*await self._open_tasks(), *(step for step in await self._done_tasks() if self._is_ours(step))]
        return {step.number: step for step in open_or_ours if self._task(step).kind is TaskKind.CUSTOM}

    def _is_ours(self, step: Step) -> bool:
        """Tell whether a step was ticked for this change, and did not keep what ticked it before."""
        return step.at is not None and step.at >= self.change.at

    async def _open_tasks(self) -> list[Step]:
        """Return the tasks without evidence that nothing has left open either."""
        async with self.database.read() as session:
            rows = await load_steps(session, self.plan_id)
        tasks = [row for row in rows if StepKind.of(row) is StepKind.TASK and row.state != TaskState.DONE]
        return [row for row in tasks if not (row.evidence or {}).get("open")]

    async def _done_tasks(self) -> list[Step]:
        async with self.database.read() as session:
            rows = await load_steps(session, self.plan_id)
        return [row for row in rows if StepKind.of(row) is StepKind.TASK and row.state == TaskState.DONE]

    async def _left_open(self) -> set[str]:
        async with self.database.read() as session:
            rows = await load_steps(session, self.plan_id)
        return {row.number for row in rows if (row.evidence or {}).get("open")}

    def _task(self, step: Step) -> Task:
        task = self.inputs.task_plan.task(step.number)
        if task is None:
            raise LookupError(f"the approved task plan has no task {step.number}")
        return task

    async def _leave_open(self, steps: Sequence[Step], reason: str) -> None:
        async with self.database.write() as session:
            plan = await self._plan(session)
            for step in steps:
                await leave_open(session, plan, await session.merge(step), reason)

    async def _plan(self, session: AsyncSession) -> Plan:
        return await plan_of_build(session, self.plan_id, self.attempt)
