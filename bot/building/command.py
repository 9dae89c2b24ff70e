"""`planthread build`: the main job without a chat. The same commits as a plan's build, from a file."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from bot.building.beside import folder_beside, remove_abandoned
from bot.building.commits import documents_commit, generated_commit, phase_commit, task_commit
from bot.building.generation import Generation, first_generation
from bot.building.record import GENERATED, Record
from bot.building.regeneration import Outcome, open_existing, regenerate
from bot.building.tree import service_tree
from bot.checks import check_entity_specs, check_plan
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.findings import Finding, has_errors
from bot.documents.frozen import Frozen
from bot.documents.requirements.requirements import Requirements
from bot.documents.requirements.requirements_reader import read_requirements
from bot.documents.tasks.task_plan import TaskState
from bot.generation.blueprint import USUAL, BlueprintFeature, load_blueprint
from bot.generation.custom import CustomBehaviour
from bot.generation.derivation import derive_requirements, derive_task_plan
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.feature_specs import with_features
from bot.generation.inputs import BuildInputs, slugify
from bot.repository.errors import CheckoutRefused
from bot.repository.git import MAIN, Repository
from bot.repository.working_copy import WorkingCopy
from bot.verification.evidence import Check

__all__ = ["BuildReport", "BuildRow", "build_repository"]

NOT_VERIFIED = "open"
LONGEST_TITLE = 100
"""Letters of a title that is made of a file's name."""


class BuildRow(Frozen):
    """One task of the result's table."""

    task: str
    title: str
    commit: str
    verdict: str


class BuildReport(Frozen):
    """What a build came to: findings of the documents, a row a task, and whether the repository is there.

    ``refusal`` is a sentence where the documents keep to every rule and the blueprint can't make what they ask for.
    ``outcome`` is there where the build went into a repository that was generated before.
    """

    findings: tuple[Finding, ...] = ()
    refusal: str = ""
    rows: tuple[BuildRow, ...] = ()
    outcome: Outcome | None = None
    ok: bool = False


class Order(Frozen):
    """What to build, as it was asked for. Without a name, features or requirements they are those of the repository
    that is there already, or the usual ones."""

    specs_text: str
    specs_name: str
    name: str | None
    features: tuple[str, ...] | None
    requirements_text: str | None
    started: datetime
    author_name: str
    author_email: str
    introduction: str | None = None
    """What derived requirements begin with; otherwise it names the tables."""
    assumptions: tuple[str, ...] = ()
    custom: tuple[CustomBehaviour, ...] = ()
    unwritten: tuple[str, ...] = ()
    blueprint: str = ""
    """The name of a blueprint or the path of its folder; otherwise the one of the repository, or the usual one."""

    def upon(self, record: Record) -> Order:
        """Return the order with what a repository was built from, where nothing else is asked for.

        Raises CheckoutRefused where another blueprint is asked for, and BlueprintNotRead.
        """
        blueprint = self.blueprint or record.blueprint.name
        if load_blueprint(blueprint).name != record.blueprint.name:
            raise CheckoutRefused(
                f"This repository was built with the blueprint {record.blueprint.name} and stays with it. Leave "
                "--blueprint out, or name a new folder with --out."
            )
        given = None if record.is_derived else record.requirements
        before = read_requirements(record.requirements).requirements
        is_usual = before.introduction == usual_introduction(record.name, record.entity_specs())
        return self.model_copy(
            update={
                "blueprint": blueprint,
                "introduction": None if is_usual else before.introduction,
                "assumptions": before.assumptions,
                "custom": record.custom,
                "unwritten": record.unwritten,
                "name": self.name or record.name,
                "features": record.features if self.features is None else self.features,
                "requirements_text": given if self.requirements_text is None else self.requirements_text,
            }
        )


async def build_repository(
    specs_text: str,
    specs_name: str,
    out: Path,
    name: str | None,
    features: tuple[str, ...] | None,
    started: datetime,
    author_name: str,
    author_email: str,
    cache: Path | None,
    report: Callable[[str], None],
    requirements_text: str | None = None,
    blueprint: str = "",
) -> BuildReport:
    """Build a repository at ``out`` from an entity_specs document; nothing is written where findings are errors.

    A repository that was generated before goes on, with every edit of people. ``report`` is told each step in one
    line. Without a ``cache`` for the judges' environments nothing is judged and every box stays open.
    Raises BlueprintNotRead, CheckoutRefused and GitError.
    """
    order = Order(
        blueprint=blueprint,
        specs_text=specs_text,
        specs_name=specs_name,
        name=name,
        features=features,
        requirements_text=requirements_text,
        started=started,
        author_name=author_name,
        author_email=author_email,
    )
    try:
        if await asyncio.to_thread((out / ".git").exists):
            return await build_upon(out, order, cache, report)
        return await build_new(out, order, cache, report)
    except UnsupportedSpecsError as error:
        return BuildReport(refusal=f"{specs_name} can't be built as it is. {error}")


async def build_new(out: Path, order: Order, cache: Path | None, report: Callable[[str], None]) -> BuildReport:
    """Build a repository where there is none. Raises UnsupportedSpecsError and GitError."""
    findings, inputs, refusal = prepared(order)
    if inputs is None:
        return BuildReport(findings=findings, refusal=refusal)
    trees = await asyncio.to_thread(service_tree, inputs)
    verdicts = await judged(inputs, trees, cache, report)
    if broken(verdicts, report):
        return BuildReport(findings=findings, rows=rows_of(inputs, verdicts))
    commits = await write_repository(inputs, trees, out, verdicts, is_derived=order.requirements_text is None)
    return BuildReport(findings=findings, rows=rows_of(inputs, verdicts, commits), ok=True)


async def build_upon(out: Path, order: Order, cache: Path | None, report: Callable[[str], None]) -> BuildReport:
    """Build into a repository that was generated before. Raises UnsupportedSpecsError, CheckoutRefused, GitError."""
    await asyncio.to_thread(remove_abandoned, out)
    copy = await WorkingCopy.open(out)
    with copy.alone():
        existing = await open_existing(copy)
        if existing.resumed:
            report(f"An earlier build was interrupted; it is {existing.resumed} now.")
        order = order.upon(existing.record)
        findings, inputs, refusal = prepared(order)
        if inputs is None:
            return BuildReport(findings=findings, refusal=refusal)

        async def judge(generation: Generation) -> Mapping[str, Check]:
            return await judged(generation.inputs, generation.trees, cache, report)

        outcome, verdicts = await regenerate(existing, inputs, judge, is_derived=order.requirements_text is None)
    if broken(verdicts, report):
        return BuildReport(findings=findings, rows=rows_of(inputs, verdicts))
    return BuildReport(findings=findings, outcome=outcome, ok=not outcome.conflicts)


async def judged(
    inputs: BuildInputs, trees: Mapping[str, Mapping[str, bytes]], cache: Path | None, report: Callable[[str], None]
) -> Mapping[str, Check]:
    """Judge every task where there is a cache; who asks for no judges need not wait for what they are made of."""
    if cache is None:
        return {}
    from bot.building.verdicts import verdicts_of

    return await verdicts_of(inputs, trees, cache, report)


def broken(verdicts: Mapping[str, Check], report: Callable[[str], None]) -> bool:
    """Tell whether a check failed, and show what it said."""
    failures = [check for check in verdicts.values() if not check.passed]
    for check in failures:
        for line in check.tail.splitlines():
            report(line)
    if failures:
        report("Nothing was written, since a check failed. Planthread should have known better: please report it.")
    return bool(failures)


def prepared(order: Order) -> tuple[tuple[Finding, ...], BuildInputs | None, str]:
    """Read, check and derive every document: findings, the inputs where there is no error, and a refusal."""
    title, blueprint = order.name or title_of(order.specs_name), load_blueprint(order.blueprint or USUAL)
    features = order.features or blueprint.usual_features
    specs, findings = read_specs(order.specs_text, order.specs_name)
    if has_errors(findings):
        return findings, None, ""
    specs = with_features(specs, features)
    try:
        requirements, more = read_or_derive(title, specs, order, blueprint.chosen(features))
        task_plan = derive_task_plan(title, specs, requirements, order.custom, blueprint, features)
    except UnsupportedSpecsError as error:
        return findings, None, f"{order.specs_name} can't be built as it is. {error}"
    known = {(finding.rule, finding.message) for finding in findings}
    later = [in_file(f, order.specs_name) for f in (*more, *check_plan(specs, requirements, task_plan))]
    findings = (*findings, *(finding for finding in later if (finding.rule, finding.message) not in known))
    if has_errors(findings):
        return findings, None, ""
    inputs = BuildInputs(
        name=title,
        slug=slugify(title),
        specs=specs,
        requirements=requirements,
        task_plan=task_plan,
        features=features,
        blueprint=blueprint,
        custom=order.custom,
        unwritten=order.unwritten,
        started=order.started,
        author_name=order.author_name,
        author_email=order.author_email,
    )
    return findings, inputs, ""


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
    title: str, specs: EntitySpecs, order: Order, features: tuple[BlueprintFeature, ...]
) -> tuple[Requirements, tuple[Finding, ...]]:
    """Return the given requirements, or one derived per entity, per custom behaviour and per feature."""
    if order.requirements_text is None:
        introduction = order.introduction or usual_introduction(title, specs)
        return derive_requirements(title, introduction, specs, order.custom, order.assumptions, features), ()
    reading = read_requirements(order.requirements_text)
    return reading.requirements, tuple(reading.findings)


def usual_introduction(title: str, specs: EntitySpecs) -> str:
    """Return what requirements begin with where nobody said anything."""
    return f"{title} keeps {', '.join(entity.table.replace('_', ' ') for entity in specs.entities)}."


def title_of(specs_name: str) -> str:
    """Return a title from a file's name: ``office_library.txt`` is Office library."""
    words = re.sub(r"[^A-Za-z0-9]+", " ", Path(specs_name).stem).split()
    words = [word for word in words if word.lower() not in {"entity", "specs", "spec", "entities"}] or ["Service"]
    text = " ".join(words)[:LONGEST_TITLE].rstrip()
    return text[:1].upper() + text[1:]


def rows_of(
    inputs: BuildInputs, verdicts: Mapping[str, Check], commits: Mapping[str, str] | None = None
) -> tuple[BuildRow, ...]:
    """Return the rows of the table: every task that has a commit, or where none was made, a verdict."""
    titles = {task.number: task.title for task in inputs.task_plan.tasks()}
    return tuple(
        BuildRow(
            task=number, title=titles[number], commit=(commits or {}).get(number, ""), verdict=word_of(verdicts, number)
        )
        for number in commits or verdicts
    )


def word_of(verdicts: Mapping[str, Check], number: str) -> str:
    """Return what the table says of a task's check."""
    check = verdicts.get(number)
    if check is None:
        return NOT_VERIFIED
    return "passed" if check.passed else f"failed: {check.word}"


async def write_repository(
    inputs: BuildInputs,
    trees: Mapping[str, Mapping[str, bytes]],
    out: Path,
    verdicts: Mapping[str, Check],
    *,
    is_derived: bool,
) -> dict[str, str]:
    """Write the repository beside its place and move it there in one step; return the commit of each task."""
    await asyncio.to_thread(out.parent.mkdir, parents=True, exist_ok=True)
    with folder_beside(out) as beside:
        repository = Repository(beside / "history.git")
        await repository.create()
        commits = await commit_steps(inputs, trees, repository, verdicts)
        pure = first_generation(inputs, trees, is_derived=is_derived)
        await repository.commit(GENERATED, None, generated_commit(inputs, pure.files))
        await repository.check_out(beside / "copy", GENERATED)
        await asyncio.to_thread(move_into_place, beside / "copy", out)
        return commits


async def commit_steps(
    inputs: BuildInputs, trees: Mapping[str, Mapping[str, bytes]], repository: Repository, verdicts: Mapping[str, Check]
) -> dict[str, str]:
    """Make every commit; phases are closed only where their tasks were judged."""
    head = await repository.commit(MAIN, None, documents_commit(inputs))
    commits: dict[str, str] = {}
    position = 0
    for phase in inputs.task_plan.phases:
        made = [
            task_commit(inputs, position + number, task, trees[task.number])
            for number, task in enumerate(phase.tasks, start=1)
        ]
        hashes = await repository.commit_all(MAIN, head, made)
        commits.update({task.number: commit for task, commit in zip(phase.tasks, hashes, strict=True)})
        head, position = hashes[-1], position + len(made) + 1
        if verdicts:
            states = dict.fromkeys(commits, TaskState.DONE)
            head = await repository.commit(MAIN, head, phase_commit(inputs, position, phase, states, commits))
    return commits


def move_into_place(beside: Path, out: Path) -> None:
    """Give the finished folder its name; an empty folder there is replaced. Raises CheckoutRefused where one is not."""
    try:
        if out.is_dir():
            out.rmdir()
        beside.rename(out)
    except OSError:
        if not out.exists() or (out.is_dir() and not any(out.iterdir())):
            raise
        raise CheckoutRefused(
            f"Another build has just written {out}, and it stays as it is. "
            "Build again to go on from it, or name another folder with --out."
        ) from None
