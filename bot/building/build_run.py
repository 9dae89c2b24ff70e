"""The engine's ``build`` stage: every step in order, each judged, committed, ticked; pushed after each phase.

A run may be killed anywhere and run again: what is ticked is in the store, what is committed gets the same hash again,
and what is pushed is found on the remote.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.building.change_build import ChangeBuild
from bot.building.checking import Workshop, check_tree, failed
from bot.building.commits import documents_commit, generated_commit, phase_commit, task_commit
from bot.building.custom_task import CustomTaskFailed, CustomTasks, LeftOpen
from bot.building.failures import BuildOvertaken, BuildWaits, ChangeStuck, StepFailed, plan_of_build
from bot.building.generation import first_generation
from bot.building.imported_build import ImportedBuild, imported_rows
from bot.building.imported_change import ImportedChange
from bot.building.imported_task import ImportedTasks
from bot.building.inputs import inputs_of
from bot.building.must_haves import check_must_haves
from bot.building.plan_build import PlanBuild
from bot.building.reachable import reachable
from bot.building.record import GENERATED
from bot.building.tree import service_tree
from bot.documents.clipping import first_sentence
from bot.documents.tasks.task_plan import Task, TaskKind, TaskState
from bot.generation.blueprint import load_blueprint
from bot.generation.custom import module_of
from bot.generation.inputs import BuildInputs
from bot.repository.errors import CheckoutRefused
from bot.repository.git import Commit, Repository
from bot.store.database import Database
from bot.store.tables import Plan, Step
from bot.verification.environments import EnvironmentNotReady, prepare_environment
from bot.verification.evidence import Check, Evidence
from bot.verification.sandbox import Level, Sandbox, Trust
from bot.workflow.blast_radius import radius_between, told
from bot.workflow.budget import BudgetReached, rest_for_budget
from bot.workflow.builds import (
    NO_MODEL,
    StepKind,
    begin_build,
    begin_steps,
    deliver,
    load_steps,
    remote_of,
    start_step,
    steps_in,
)
from bot.workflow.changes import delivered_documents, lay_out_change, open_change, steps_before, unmerged_before
from bot.workflow.documents import is_given, load_documents
from bot.workflow.house_rules import current_house_rules
from bot.workflow.imports import begin_imported_change, imported_plan_of
from bot.workflow.kept_reviews import kept_for_build, left_out_of
from bot.workflow.model_calls import asking_about
from bot.workflow.notes import notes_of
from bot.workflow.planning_run import block, wanted
from bot.workflow.ports import Publisher, PublishingError, Stage

__all__ = ["BuildFolders", "BuildRun"]


LEVELS = {Level.SANDBOXED: "sandboxed, no network", Level.TRUSTED_ONLY: "trusted templates"}
"""What the card says about how checks run."""
LONGEST_DESCRIPTION = 300
"""Characters of what an imported plan is for that describe its repository."""


@dataclass(frozen=True)
class BuildFolders:
    """Where builds keep what they can't make anew (repositories) and what they can (work, cache)."""

    repositories: Path
    work: Path
    cache: Path


class BuildRun:
    """Runs the build of one plan after another; all it knows of a plan is read from the store."""

    def __init__(
        self,
        database: Database,
        folders: BuildFolders,
        publisher: Publisher,
        sandbox: Sandbox,
        custom_tasks: CustomTasks | None,
        stopping: Callable[[], bool] = lambda: False,
        imported_tasks: ImportedTasks | None = None,
    ) -> None:
        """Build with these parts; without ``custom_tasks`` what only a model could write stays open.

        ``imported_tasks`` writes the tasks of plans that a file was given for; without it they stay open too.

        Once ``stopping`` is true a run ends before its next step; the next process goes on with it.
        """
        self._stopping = stopping
        self._database = database
        self._folders = folders
        self._publisher = publisher
        self._sandbox = sandbox
        self._custom_tasks = custom_tasks
        self._imported_tasks = imported_tasks

    async def run(self, plan_id: str, attempt: int) -> None:
        """Build until delivered, stopped or blocked."""
        try:
            is_given = await self._is_given(plan_id)
            if await self._is_change(plan_id) and not is_given:
                change = await self._begin_change(plan_id, attempt)
                await change.run()
                return
            build = await (self._begin_imported(plan_id, attempt) if is_given else self._begin(plan_id, attempt))
            for step in await self._open_steps(plan_id):
                if self._stopping() or not await build.step(step):
                    return
            await build.finish()
        except (BuildOvertaken, BuildWaits):
            return
        except BudgetReached as reached:
            await self._rest(plan_id, attempt, reached)
        except CustomTaskFailed as failure:
            await self._block(plan_id, attempt, str(failure), failure.tail, failure.step)
        except StepFailed as failure:
            await self._block(plan_id, attempt, f"{failure}.", failure.check.tail or failure.check.not_run_reason)
        except (PublishingError, EnvironmentNotReady, ChangeStuck, CheckoutRefused) as error:
            await self._block(plan_id, attempt, str(error))

    async def _begin(self, plan_id: str, attempt: int) -> OneBuild:
        async with self._database.write() as session:
            plan = await plan_of_build(session, plan_id, attempt)
            documents = await load_documents(session, plan)
            await begin_build(session, plan, documents.task_plan, LEVELS[self._sandbox.level])
            kept, left_out = await kept_for_build(session, plan), await left_out_of(session, plan)
            inputs = inputs_of(plan, documents, kept, left_out)
            house_rules = (await current_house_rules(session, plan.workspace)).document.lines()
        trees = await asyncio.to_thread(service_tree, inputs)
        first = trees[inputs.task_plan.tasks()[0].number]
        environment = await prepare_environment(first["pyproject.toml"], first["uv.lock"], self._folders.cache)
        workshop = Workshop(self._folders.work / plan_id, self._sandbox, environment)
        repository = Repository(self._folders.repositories / f"{plan_id}.git")
        await repository.create()
        return OneBuild(
            database=self._database,
            plan_id=plan_id,
            attempt=attempt,
            inputs=inputs,
            trees=trees,
            workshop=workshop,
            repository=repository,
            publisher=self._publisher,
            about=first_sentence(inputs.requirements.introduction, LONGEST_DESCRIPTION),
            day=inputs.day,
            custom_tasks=self._custom_tasks,
            house_rules=house_rules,
        )

    async def _is_given(self, plan_id: str) -> bool:
        async with self._database.read() as session:
            return await is_given(session, await session.get_one(Plan, plan_id))

    async def _begin_imported(self, plan_id: str, attempt: int) -> ImportedBuild:
        async with self._database.write() as session:
            plan = await plan_of_build(session, plan_id, attempt)
            day = plan.approved_at
            if day is None:
                raise ValueError(f"{plan.handle} is not approved")
            given = await imported_plan_of(session, plan)
            steps, level = steps_in(plan, imported_rows(given)), LEVELS[self._sandbox.level]
            change = await begin_imported_change(session, plan, steps, level) if plan.delivered_review else None
            if change is None:
                await begin_steps(session, plan, steps, level)
            house_rules = (await current_house_rules(session, plan.workspace)).document.lines()
        environment = None
        if self._imported_tasks is not None or any(each.runs for each in given.verifications):
            folder = load_blueprint().folder
            pyproject, lock = (folder / "pyproject.toml").read_bytes(), (folder / "uv.lock").read_bytes()
            environment = await prepare_environment(pyproject, lock, self._folders.cache)
        repository = Repository(self._folders.repositories / f"{plan_id}.git")
        await repository.create()
        kind = ImportedBuild if change is None else functools.partial(ImportedChange, change=change)
        build = kind(
            database=self._database,
            plan_id=plan_id,
            attempt=attempt,
            about=(given.objective or given.title).partition("\n")[0][:LONGEST_DESCRIPTION],
            day=day,
            plan=given,
            row=plan,
            workshop=Workshop(self._folders.work / plan_id, self._sandbox, environment),
            repository=repository,
            publisher=self._publisher,
            tasks=self._imported_tasks,
            house_rules=house_rules,
        )
        if isinstance(build, ImportedChange):
            await build.begin()
        return build

    async def _is_change(self, plan_id: str) -> bool:
        """Tell whether the plan was delivered before, so that its repository is people's now."""
        async with self._database.read() as session:
            return bool((await session.get_one(Plan, plan_id)).delivered_review)

    async def _begin_change(self, plan_id: str, attempt: int) -> ChangeBuild:
        async with self._database.write() as session:
            plan = await plan_of_build(session, plan_id, attempt)
            before, after = await delivered_documents(session, plan), await load_documents(session, plan)
            change = await open_change(session, plan)
            steps = steps_before(change) or await load_steps(session, plan_id)
            earlier = await unmerged_before(session, change)
            house_rules = (await current_house_rules(session, plan.workspace)).document.lines()
            kept, left_out = await kept_for_build(session, plan), await left_out_of(session, plan)
        radius = await asyncio.to_thread(radius_between, plan, before, after, steps)
        touched = frozenset((*radius.tasks.new, *radius.tasks.changed))
        async with self._database.write() as session:
            plan = await plan_of_build(session, plan_id, attempt)
            await lay_out_change(session, plan, after.task_plan, touched, LEVELS[self._sandbox.level])
        repository = Repository(self._folders.repositories / f"{plan_id}.git")
        await repository.create()
        return ChangeBuild(
            database=self._database,
            plan_id=plan_id,
            attempt=attempt,
            change=change,
            earlier=earlier,
            inputs=inputs_of(plan, after, kept, left_out),
            words=f"It touches {told(radius)}.\n\nAsked for and approved in the plan's thread.",
            folder=self._folders.work / plan_id,
            cache=self._folders.cache,
            sandbox=self._sandbox,
            repository=repository,
            publisher=self._publisher,
            remote=remote_of(plan),
            custom_tasks=self._custom_tasks,
            house_rules=house_rules,
        )

    async def _open_steps(self, plan_id: str) -> Sequence[Step]:
        async with self._database.read() as session:
            return [step for step in await load_steps(session, plan_id) if not settled(step)]

    async def _rest(self, plan_id: str, attempt: int, reached: BudgetReached) -> None:
        async with self._database.write() as session:
            plan = await wanted(session, plan_id, Stage.BUILD, attempt)
            if plan is not None:
                await rest_for_budget(session, plan, reached)

    async def _block(self, plan_id: str, attempt: int, sentence: str, tail: str = "", skippable: str = "") -> None:
        async with self._database.write() as session:
            plan = await wanted(session, plan_id, Stage.BUILD, attempt)
            if plan is not None:
                await block(session, plan, sentence, tail, skippable)


@dataclass
class OneBuild(PlanBuild):
    """One run of one plan's build."""

    inputs: BuildInputs
    trees: Mapping[str, Mapping[str, bytes]]
    workshop: Workshop
    custom_tasks: CustomTasks | None

    def __post_init__(self) -> None:
        """Begin with what was rendered before anything was left open."""
        self._newest = self.inputs, self.trees

    async def step(self, step: Step) -> bool:
        """Do one step, and tell that the next may follow.

        Raises StepFailed, PublishingError, or BuildOvertaken when a person stopped the plan.
        """
        async with self.database.write() as session:
            await start_step(session, await self._plan(session), await session.merge(step))
        if step.key == StepKind.DOCUMENTS:
            await self._settle(step, documents_commit(self.inputs), ())
        elif StepKind.of(step) is StepKind.PHASE:
            await self._close_phase(step)
        else:
            await self._task(step)
        return True

    async def finish(self) -> None:
        """Push what is not pushed, the branch of pure output too, and say that the plan is delivered."""
        await self._push(await self._head())
        await self._push_generated()
        async with self.database.write() as session:
            await deliver(session, await self._plan(session))

    async def _task(self, step: Step) -> None:
        task = self.inputs.task_plan.task(step.number)
        if task is None:
            raise LookupError(f"the approved task plan has no task {step.number}")
        if task.kind is TaskKind.CUSTOM:
            await self._custom(step, task)
            return
        _, trees = await self._rendered()
        files = trees[task.number]
        checks = await check_tree(
            task.verification, {**await self._tree(), **files}, self.workshop, await self._trust()
        )
        problem = failed(checks)
        if problem is not None:
            raise StepFailed(f"{task.number} {task.title}", problem)
        await self._settle(step, task_commit(self.inputs, step.position, task, files), checks)

    async def _custom(self, step: Step, task: Task) -> None:
        if self.custom_tasks is None:
            await self._leave_open(step, NO_MODEL)
            return
        built = {row.number for row in await self._done() if StepKind.of(row) is StepKind.TASK} | {task.number}
        async with self.database.read() as session:
            notes = await notes_of(session, await self._plan(session))
        with asking_about(step.key):
            outcome = await self.custom_tasks.build(
                self.inputs, task, built, await self._tree(), self.workshop, self.house_rules, notes
            )
        if isinstance(outcome, LeftOpen):
            await self._leave_open(step, outcome.reason)
            return
        await self._settle(step, task_commit(self.inputs, step.position, task, outcome.files), outcome.checks)

    async def _close_phase(self, step: Step) -> None:
        phase = next(phase for phase in self.inputs.task_plan.phases if phase.number == step.phase)
        open_numbers = await self._left_open()
        check = check_must_haves(reachable(phase, open_numbers), await self._tree())
        if not check.passed:
            raise StepFailed(f"Phase {phase.number} {phase.name}", check)
        done = await self._done()
        commits = {row.number: row.commit or "" for row in done if StepKind.of(row) is StepKind.TASK}
        states = dict.fromkeys(commits, TaskState.DONE) | dict.fromkeys(open_numbers, TaskState.DOING)
        await self._settle(step, phase_commit(self.inputs, step.position, phase, states, commits), (check,))
        await self._push(await self._head())

    async def _settle(self, step: Step, commit: Commit, checks: tuple[Check, ...]) -> None:
        """Commit, then tick with the evidence. Killed in between, the same commit is made again with the same hash."""
        await self._tick(step, Evidence(commit=await self._made(commit), checks=checks))

    async def _push_generated(self) -> None:
        """Write the branch of pure output and push it, so that later builds merge; repeated, it is the same commit."""
        inputs, trees = await self._rendered()
        pure = first_generation(inputs, trees, is_derived=True)
        commit = await self.repository.commit(GENERATED, None, generated_commit(inputs, pure.files))
        async with self.database.read() as session:
            remote = await self._remote(await self._plan(session))
        await self.publisher.push(self.repository.path, remote, GENERATED, commit, None)

    async def _rendered(self) -> tuple[BuildInputs, Mapping[str, Mapping[str, bytes]]]:
        """Return the inputs with the custom tasks that were left open by now, and the trees that they make."""
        open_tasks = [task for task in map(self.inputs.task_plan.task, await self._left_open()) if task]
        unwritten = tuple(sorted(module_of(task) for task in open_tasks if task.kind is TaskKind.CUSTOM))
        if unwritten != self._newest[0].unwritten:
            inputs = self.inputs.model_copy(update={"unwritten": unwritten})
            self._newest = inputs, await asyncio.to_thread(service_tree, inputs)
        return self._newest

    def _topics(self) -> Sequence[str]:
        return [self.inputs.blueprint.name]

    async def _trust(self) -> Trust:
        """Trees with code that a model wrote run only in the sandbox, also for the tasks after it."""
        custom = {task.number for task in self.inputs.task_plan.tasks() if task.kind is TaskKind.CUSTOM}
        written = any(step.number in custom for step in await self._done() if StepKind.of(step) is StepKind.TASK)
        return Trust.FOREIGN if written else Trust.TEMPLATES


def settled(step: Step) -> bool:
    """Tell whether a step needs nothing more: ticked, or left open with a reason."""
    return step.state == TaskState.DONE or bool((step.evidence or {}).get("open"))
