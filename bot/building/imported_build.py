"""Builds an imported plan: its tasks in order, each written, checked, committed, and confirmed where a person must.

What a person confirms is committed and pushed first, so that they can look at it; the box is ticked by their answer.
All that a later run needs is in the step's row: the commit, its checks, and how often people were asked before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.building.checking import Workshop, failed
from bot.building.commits import AUTHOR_EMAIL, AUTHOR_NAME, message
from bot.building.custom_task import CustomTaskFailed, LeftOpen
from bot.building.imported_documents import closing_files, plan_file
from bot.building.imported_task import ImportedTasks, check_given
from bot.building.joining import named_files
from bot.building.must_haves import check_must_haves
from bot.building.plan_build import PlanBuild
from bot.documents.tasks.task_plan import Phase, TaskState
from bot.planning.imported.plan import ImportedKind, ImportedPhase, ImportedPlan, ImportedTask, Verification
from bot.repository.git import Commit
from bot.store.tables import Plan, Step
from bot.verification.evidence import Check, Evidence
from bot.workflow.builds import (
    StepKind,
    deliver,
    keep_work,
    start_step,
)
from bot.workflow.checkpoints import (
    Checkpoint,
    CheckpointKind,
    ask_checkpoint,
    checkpoints_of,
    confirmation,
    wait_for_answer,
)
from bot.workflow.model_calls import asking_about
from bot.workflow.notes import notes_of
from bot.workflow.notices import Notice, add_to_notice

__all__ = ["ImportedBuild", "imported_rows"]

NO_MODEL = "needs OPENAI_API_KEY: no model is configured that could write it"
KINDS = {
    ImportedKind.LOOK: (CheckpointKind.LOOK, "Please look at this"),
    ImportedKind.DECISION: (CheckpointKind.DECISION, "Please decide"),
    ImportedKind.ACTION: (CheckpointKind.ACTION, "Please do this"),
}
LEFT_OUT = (
    "{files} would steer git, or what a host runs outside of any sandbox, and the approved plan doesn't name it: left "
    "out of {task}. Everything else is built. If you want it, add it to the repository yourselves."
)
MOST_ASKED = 20
"""Verifications that one question lists."""


def imported_rows(plan: ImportedPlan) -> list[tuple[StepKind, int, str, str]]:
    """Return the steps of a plan: kind, phase, number and title of each."""
    rows = [(StepKind.DOCUMENTS, 0, "", "Planning documents")]
    for phase in plan.phases:
        rows += [(StepKind.TASK, phase.number, task.number, task.title) for task in plan.tasks_of(phase.number)]
        rows.append((StepKind.PHASE, phase.number, str(phase.number), phase.name))
    return rows


@dataclass
class ImportedBuild(PlanBuild):
    """One run of the build of one imported plan."""

    plan: ImportedPlan
    row: Plan
    """The plan as it was when the run began."""
    workshop: Workshop
    tasks: ImportedTasks | None
    facts: str = ""
    """What an existing repository is made with; empty where there is none."""
    place: str = ""
    """The folder that is the file's alone; empty where its place is that of the plan's documents."""

    async def step(self, step: Step) -> bool:
        """Do one step; return False where it waits for a person, and the run is over.

        Raises CustomTaskFailed, PublishingError, or BuildOvertaken when a person stopped the plan.
        """
        if await self._do(step):
            return True
        async with self.database.write() as session:
            await wait_for_answer(session, await session.get_one(Plan, self.plan_id), step, self.attempt)
        return False

    async def _do(self, step: Step) -> bool:
        async with self.database.write() as session:
            await start_step(session, await self._plan(session), await session.get_one(Step, step.id))
        if step.key == StepKind.DOCUMENTS:
            files = await self._given_file()
            commit = self._commit(step, f"Plan {self.row.title}", "The plan as it was given.", files)
            await self._tick(step, Evidence(commit=await self._made(commit)))
            return True
        if StepKind.of(step) is StepKind.PHASE:
            return await self._phase(step)
        task = self.plan.task(step.number)
        if task is None:
            raise LookupError(f"the approved plan has no task {step.number}")
        return await (self._code(step, task) if task.kind is ImportedKind.CODE else self._human(step, task))

    async def finish(self) -> None:
        """Write what was left open too, push everything, and say that the plan is delivered."""
        await self._push_rest()
        async with self.database.write() as session:
            await deliver(session, await self._plan(session))

    async def _given_file(self) -> dict[str, bytes]:
        return plan_file(self.plan)

    async def _push_rest(self) -> None:
        """Push what isn't pushed yet, with the boxes and the summary of tasks that were left open."""
        steps = await self._steps()
        if any((step.evidence or {}).get("open") for step in steps if StepKind.of(step) is StepKind.PHASE):
            last = steps[-1]
            files = closing_files(self.plan, {step.key: step for step in steps}, self.place)
            await self._push(await self._made(self._commit(last, f"Close {self.row.title}", "", files, later=1)))
        else:
            await self._push(await self._head())

    async def _code(self, step: Step, task: ImportedTask) -> bool:
        """Write a task unless that was done, and have a person confirm what no command may do."""
        asked = await self._asked(step)
        kept = Work.of(step)
        if kept is None or (kept.was_asked(asked) and asked[-1].is_refused):
            kept = await self._write(step, task, asked)
            if kept is None:
                return True
        if not task.confirmed:
            await self._tick(step, kept.evidence())
            return True
        if kept.was_asked(asked) and asked[-1].answer is not None:
            await self._tick(step, kept.evidence(confirmation(asked[-1])))
            return True
        if not kept.was_asked(asked):
            await self._push(kept.commit)
            await self._confirm(step, f"{task.number} {task.title}", task.confirmed, task.done)
        return False

    async def _write(self, step: Step, task: ImportedTask, asked: Sequence[Checkpoint]) -> Work | None:
        """Have a model write a task; commit it and keep that it is there. None where it was left open."""
        if self.tasks is None:
            await self._leave_open(step, NO_MODEL)
            return None
        async with self.database.read() as session:
            notes = await notes_of(session, await self._plan(session))
        hint = asked[-1].hint or "It isn't right." if asked and asked[-1].is_refused else ""
        with asking_about(f"{step.key}/{len(asked)}"):
            outcome = await self.tasks.build(
                self.plan,
                task,
                await self._tree(),
                self.workshop,
                self.house_rules,
                (*notes, *filter(None, [hint])),
                self.facts,
            )
        if isinstance(outcome, LeftOpen):
            await self._leave_open(step, outcome.reason)
            return None
        body = "\n\n".join(part for part in (task.done, "\n".join(f"- {each}" for each in outcome.deviations)) if part)
        commit = self._commit(step, task.title, body, outcome.files, task=task.number, later=len(asked))
        work = Work(
            commit=await self._made(commit),
            checks=outcome.checks,
            files=tuple(sorted(outcome.files)),
            deviations=outcome.deviations,
            asked_before=len(asked),
        )
        async with self.database.write() as session:
            row = await self._plan(session)
            await keep_work(session, row, await session.get_one(Step, step.id), work.commit, work.kept())
            if outcome.refused:
                said = LEFT_OUT.format(files=named_files(outcome.refused), task=f"{task.number} {task.title}")
                await add_to_notice(session, row, Notice.LEFT_OUT, said)
        return work

    async def _human(self, step: Step, task: ImportedTask) -> bool:
        """Have a person look, decide or act; the commit that they were asked at goes with their answer."""
        asked = await self._asked(step)
        if asked and asked[-1].answer is not None and not asked[-1].is_refused:
            head = await self._head()
            await self._tick(step, Evidence(commit=head or "", checks=(confirmation(asked[-1]),)))
            return True
        if not asked or asked[-1].is_refused:
            await self._push(await self._head())
            kind, words = KINDS[task.kind]
            options = [option.name for option in task.options]
            how = "\n".join([task.ask, *(f"- {each.name}: {each.about}" for each in task.options if each.about)])
            await self._ask(step, kind, f"{words}: {task.number} {task.title}", how, options)
        return False

    async def _phase(self, step: Step) -> bool:
        """Verify a phase; with all of its tasks done also what the plan as a whole asks for, at its end."""
        phase = next(each for each in self.plan.phases if each.number == step.phase)
        is_last = phase == self.plan.phases[-1]
        still_open = [each.number for each in await self._steps() if (each.evidence or {}).get("open")]
        verifications = self.plan.verifications if is_last and not still_open else ()
        confirmed = tuple(each for each in verifications if not each.runs)
        asked = await self._asked(step)
        if asked and asked[-1].answer is None:
            return False
        if not asked or asked[-1].is_refused:
            checks = await self._verify(
                step, phase, tuple(each for each in verifications if each.runs), is_last=is_last
            )
            if confirmed:
                await self._push(await self._head())
                await self._keep_checks(step, checks)
                await self._confirm(step, f"The whole plan: {self.row.title}", confirmed, "")
                return False
        else:
            checks = (*Work.checks_in(step), confirmation(asked[-1]))
        skipped = bool(is_last and still_open and self.plan.verifications)
        deviations = ("The verification of the whole plan was not made, since tasks are open.",) if skipped else ()
        await self._close(step, phase, checks, deviations)
        return True

    async def _verify(
        self, step: Step, phase: ImportedPhase, running: tuple[Verification, ...], *, is_last: bool
    ) -> tuple[Check, ...]:
        """Run what runs at the end of a phase, and hold must-haves against the files. Raises CustomTaskFailed."""
        tree = await self._tree()
        checks = await check_given(running, tree, self.workshop)
        if is_last and not await self._left_open():
            must_haves = Phase(
                number=phase.number, name=phase.name, slug="", goal="", tasks=(), must_haves=self.plan.must_haves
            )
            if self.plan.must_haves.artifacts or self.plan.must_haves.key_links:
                checks = (*checks, check_must_haves(must_haves, tree))
        problem = failed(checks)
        if problem is not None:
            sentence = f"The end of {phase.name}: {problem.word} did not pass."
            raise CustomTaskFailed(sentence, step.key, problem.tail or problem.not_run_reason)
        return checks

    async def _close(
        self, step: Step, phase: ImportedPhase, checks: tuple[Check, ...], deviations: tuple[str, ...]
    ) -> None:
        """Commit boxes and summary as they are once this phase is ticked; then tick it."""
        steps = {each.key: each for each in await self._steps()}
        evidence = Evidence(commit="", checks=checks, deviations=deviations)
        closed = Step(**steps[step.key].model_dump(exclude={"id"}))
        closed.state, closed.evidence = TaskState.DONE, evidence.model_dump(mode="json")
        files = closing_files(self.plan, {**steps, step.key: closed}, self.place)
        made = await self._made(self._commit(step, f"Close phase {phase.number}: {phase.name}", "", files))
        await self._tick(step, evidence.model_copy(update={"commit": made}))
        await self._push(made)

    async def _confirm(self, step: Step, title: str, items: Sequence[Verification], done: str) -> None:
        listed = [f"- {each.text}" for each in items[:MOST_ASKED]]
        more = [f"- and {len(items) - MOST_ASKED} more, in the file"] if len(items) > MOST_ASKED else []
        how = "\n".join([*listed, *more, *([f"It is done when: {done}"] if done else [])])
        await self._ask(step, CheckpointKind.CONFIRM, f"Please confirm: {title}", how, ())

    async def _ask(self, step: Step, kind: CheckpointKind, question: str, how: str, options: Sequence[str]) -> None:
        async with self.database.write() as session:
            plan = await self._plan(session)
            await ask_checkpoint(session, plan, await session.get_one(Step, step.id), kind, question, how, options)

    async def _asked(self, step: Step) -> list[Checkpoint]:
        async with self.database.read() as session:
            return await checkpoints_of(session, await session.get_one(Plan, self.plan_id), step.key)

    async def _keep_checks(self, step: Step, checks: tuple[Check, ...]) -> None:
        kept = {"checks": [check.model_dump(mode="json") for check in checks]}
        async with self.database.write() as session:
            await keep_work(session, await self._plan(session), await session.get_one(Step, step.id), None, kept)

    def _commit(
        self, step: Step, subject: str, body: str, files: Mapping[str, bytes], *, task: str = "", later: int = 0
    ) -> Commit:
        """Return a commit that is a function of the plan, its approval and its files; ``later`` counts the tries."""
        return Commit(
            message=message(subject, body, [f"Plan-Task: {task}"] if task else []),
            author_name=AUTHOR_NAME,
            author_email=AUTHOR_EMAIL,
            date=self.day + timedelta(seconds=step.position + later),
            files=dict(files),
        )


@dataclass(frozen=True)
class Work:
    """What was written for a task and isn't ticked yet; ``asked_before`` counts the questions before it."""

    commit: str
    checks: tuple[Check, ...]
    files: tuple[str, ...]
    deviations: tuple[str, ...]
    asked_before: int

    @classmethod
    def of(cls, step: Step) -> Work | None:
        """Return what a step keeps, or None."""
        kept = step.evidence or {}
        if not step.commit or "asked_before" not in kept:
            return None
        return cls(
            commit=step.commit,
            checks=cls.checks_in(step),
            files=tuple(kept["files"]),
            deviations=tuple(kept["deviations"]),
            asked_before=kept["asked_before"],
        )

    @staticmethod
    def checks_in(step: Step) -> tuple[Check, ...]:
        """Return the checks that a step keeps."""
        return tuple(Check.model_validate(check) for check in (step.evidence or {}).get("checks", []))

    def kept(self) -> dict[str, object]:
        """Return what is kept of it beside the commit."""
        return {
            "checks": [check.model_dump(mode="json") for check in self.checks],
            "files": list(self.files),
            "deviations": list(self.deviations),
            "asked_before": self.asked_before,
        }

    def was_asked(self, asked: Sequence[Checkpoint]) -> bool:
        """Tell whether people were asked about this very work."""
        return len(asked) > self.asked_before

    def evidence(self, *confirmed: Check) -> Evidence:
        """Return the evidence, with what a person confirmed."""
        return Evidence(
            commit=self.commit, checks=(*self.checks, *confirmed), files=self.files, deviations=self.deviations
        )
