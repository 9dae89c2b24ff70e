"""`planthread build`: the main job without a chat. The same commits as a plan's build, from a file."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.building.checking import AT_ONCE, Workshop, check_tree, failed, in_order
from bot.building.commits import documents_commit, phase_commit, task_commit
from bot.building.must_haves import check_must_haves
from bot.building.tree import service_tree
from bot.checks import check_entity_specs, check_plan
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.findings import Finding, has_errors
from bot.documents.frozen import Frozen
from bot.documents.requirements.requirements import Requirements
from bot.documents.requirements.requirements_reader import read_requirements
from bot.documents.tasks.task_plan import Phase, Task, TaskState
from bot.generation.blueprint import BlueprintFeature, load_blueprint
from bot.generation.derivation import derive_requirements, derive_task_plan
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.feature_specs import with_features
from bot.generation.inputs import BuildInputs, slugify
from bot.repository.git import Repository
from bot.verification.environments import EnvironmentNotReady, prepare_environment
from bot.verification.evidence import Check
from bot.verification.sandbox import Sandbox, Trust

__all__ = ["BuildReport", "BuildRow", "build_repository"]

BRANCH = "main"
NOT_VERIFIED = "open"


class BuildRow(Frozen):
    """One task of the result's table."""

    task: str
    title: str
    commit: str
    verdict: str


class BuildReport(Frozen):
    """What a build came to: findings of the documents, a row a task, and whether the repository is there.

    ``refusal`` is a sentence where the documents keep to every rule and the blueprint can't make what they ask for.
    """

    findings: tuple[Finding, ...] = ()
    refusal: str = ""
    rows: tuple[BuildRow, ...] = ()
    ok: bool = False


async def build_repository(
    specs_text: str,
    specs_name: str,
    out: Path,
    name: str | None,
    features: tuple[str, ...],
    started: datetime,
    author_name: str,
    author_email: str,
    verify: bool,
    cache: Path,
    report: Callable[[str], None],
    requirements_text: str | None = None,
) -> BuildReport:
    """Build a repository at ``out`` from an entity_specs document; nothing is written where findings are errors.

    ``report`` is told each step in one line. Without ``verify`` nothing is judged and every box stays open.
    """
    title = name or title_of(specs_name)
    specs, findings = read_specs(specs_text, specs_name)
    if has_errors(findings):
        return BuildReport(findings=findings)
    blueprint = load_blueprint()
    specs = with_features(specs, features)
    try:
        requirements, more = read_or_derive(title, specs, requirements_text, blueprint.chosen(features))
        task_plan = derive_task_plan(title, specs, requirements, (), blueprint, features)
    except UnsupportedSpecsError as error:
        return BuildReport(findings=findings, refusal=f"{specs_name} can't be built as it is. {error}")
    known = {(finding.rule, finding.message) for finding in findings}
    later = [in_file(f, specs_name) for f in (*more, *check_plan(specs, requirements, task_plan))]
    findings = (*findings, *(finding for finding in later if (finding.rule, finding.message) not in known))
    if has_errors(findings):
        return BuildReport(findings=findings)
    inputs = BuildInputs(
        name=title,
        slug=slugify(title),
        specs=specs,
        requirements=requirements,
        task_plan=task_plan,
        features=features,
        started=started,
        author_name=author_name,
        author_email=author_email,
    )
    trees = await asyncio.to_thread(service_tree, inputs)
    verdicts = await verdicts_of(inputs, trees, cache, report) if verify else {}
    broken = {number: check for number, check in verdicts.items() if not check.passed}
    if broken:
        rows = tuple(row_of(inputs, number, "", verdicts) for number in verdicts)
        for check in broken.values():
            report(check.tail)
        return BuildReport(findings=findings, rows=rows)
    commits = await write_repository(inputs, trees, out, verdicts)
    return BuildReport(
        findings=findings, rows=tuple(row_of(inputs, number, commits[number], verdicts) for number in commits), ok=True
    )


def read_specs(text: str, name: str) -> tuple[EntitySpecs, tuple[Finding, ...]]:
    """Read and check the specs; the reader calls an empty document an error."""
    reading = read_entity_specs(text, name)
    findings = (*reading.findings, *check_entity_specs(reading.specs, places=reading.places))
    return reading.specs, tuple(dict.fromkeys(in_file(finding, name) for finding in findings))


def in_file(finding: Finding, name: str) -> Finding:
    """Return a finding about the specs under the name of the file that people gave."""
    if not finding.place.file.startswith("entity_specs"):
        return finding
    return finding.model_copy(update={"place": finding.place.model_copy(update={"file": name})})


def read_or_derive(
    title: str, specs: EntitySpecs, requirements_text: str | None, features: tuple[BlueprintFeature, ...]
) -> tuple[Requirements, tuple[Finding, ...]]:
    """Return the given requirements, or one derived per entity and per feature."""
    if requirements_text is None:
        introduction = f"{title} keeps {', '.join(entity.table.replace('_', ' ') for entity in specs.entities)}."
        return derive_requirements(title, introduction, specs, (), (), features), ()
    reading = read_requirements(requirements_text)
    return reading.requirements, tuple(reading.findings)


def title_of(specs_name: str) -> str:
    """Return a title from a file's name: ``office_library.txt`` is Office library."""
    words = re.sub(r"[^A-Za-z0-9]+", " ", Path(specs_name).stem).split()
    words = [word for word in words if word.lower() not in {"entity", "specs", "spec", "entities"}] or ["Service"]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


async def verdicts_of(
    inputs: BuildInputs, trees: Mapping[str, Mapping[str, bytes]], cache: Path, report: Callable[[str], None]
) -> dict[str, Check]:
    """Judge every task on the tree up to it, some side by side; stop at the first that fails."""
    first = trees[inputs.task_plan.tasks()[0].number]
    try:
        environment = await prepare_environment(first["pyproject.toml"], first["uv.lock"], cache / "environments")
    except EnvironmentNotReady as error:
        return {inputs.task_plan.tasks()[0].number: Check(word="environment", passed=False, tail=str(error))}
    verdicts: dict[str, Check] = {}
    with tempfile.TemporaryDirectory(prefix="planthread-") as folder:
        workshop = Workshop(Path(folder), await Sandbox.probe(), environment)
        async with contextlib.aclosing(in_order(judgements(inputs, trees, workshop), AT_ONCE)) as results:
            async for task, verdict in results:
                verdicts[task.number] = verdict
                report(f"{task.number} {task.title}: {'passed' if verdict.passed else 'failed'}")
                if not verdict.passed:
                    break
    return verdicts


def judgements(
    inputs: BuildInputs, trees: Mapping[str, Mapping[str, bytes]], workshop: Workshop
) -> Iterator[Callable[[], Awaitable[tuple[Task, Check]]]]:
    """Yield a job per task; the last of a phase also looks at what the phase promised."""
    tree: dict[str, bytes] = {}
    for phase in inputs.task_plan.phases:
        for task in phase.tasks:
            tree.update(trees[task.number])
            closes = phase if task is phase.tasks[-1] else None
            yield partial(judged, task, closes, dict(tree), workshop)


async def judged(task: Task, closes: Phase | None, tree: Mapping[str, bytes], workshop: Workshop) -> tuple[Task, Check]:
    """Judge one task; return what failed, or what passed with the number of its tests."""
    checks = await check_tree(task.verification, tree, workshop, Trust.TEMPLATES, at_once=1)
    tests = sum(check.passed_tests for check in checks)
    verdict = failed(checks) or Check(word=task.verification[-1], passed=True, passed_tests=tests)
    if closes and verdict.passed:
        wired = check_must_haves(closes, tree)
        return task, verdict if wired.passed else wired
    return task, verdict


def row_of(inputs: BuildInputs, number: str, commit: str, verdicts: Mapping[str, Check]) -> BuildRow:
    """Return one row of the table."""
    task = inputs.task_plan.task(number)
    check = verdicts.get(number)
    verdict = NOT_VERIFIED if check is None else "passed" if check.passed else f"failed: {check.word}"
    return BuildRow(task=number, title=task.title if task else "", commit=commit, verdict=verdict)


async def write_repository(
    inputs: BuildInputs, trees: Mapping[str, Mapping[str, bytes]], out: Path, verdicts: Mapping[str, Check]
) -> dict[str, str]:
    """Write the repository beside its place and move it there in one step; return the commit of each task."""
    await asyncio.to_thread(out.parent.mkdir, parents=True, exist_ok=True)
    beside = Path(await asyncio.to_thread(tempfile.mkdtemp, dir=out.parent, prefix=f".{out.name}-"))
    try:
        repository = Repository(beside / "history.git")
        await repository.create()
        commits = await commit_steps(inputs, trees, repository, verdicts)
        await repository.check_out(beside / "copy")
        await asyncio.to_thread(move_into_place, beside / "copy", out)
        return commits
    finally:
        await asyncio.to_thread(shutil.rmtree, beside, ignore_errors=True)


async def commit_steps(
    inputs: BuildInputs, trees: Mapping[str, Mapping[str, bytes]], repository: Repository, verdicts: Mapping[str, Check]
) -> dict[str, str]:
    """Make every commit; phases are closed only where their tasks were judged."""
    head = await repository.commit(BRANCH, None, documents_commit(inputs))
    commits: dict[str, str] = {}
    position = 0
    for phase in inputs.task_plan.phases:
        made = [
            task_commit(inputs, position + number, task, trees[task.number])
            for number, task in enumerate(phase.tasks, start=1)
        ]
        hashes = await repository.commit_all(BRANCH, head, made)
        commits.update({task.number: commit for task, commit in zip(phase.tasks, hashes, strict=True)})
        head, position = hashes[-1], position + len(made) + 1
        if verdicts:
            states = dict.fromkeys(commits, TaskState.DONE)
            head = await repository.commit(BRANCH, head, phase_commit(inputs, position, phase, states, commits))
    return commits


def move_into_place(beside: Path, out: Path) -> None:
    """Give the finished folder its name; an empty folder there is replaced."""
    if out.is_dir():
        out.rmdir()
    beside.rename(out)
