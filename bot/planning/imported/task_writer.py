"""One task of an imported plan: a model writes its files and says where it leaves the plan; both are judged first."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from pydantic import BaseModel, ConfigDict

from bot.checks.imported_plan import leaves_repository
from bot.documents.frozen import Frozen
from bot.documents.redaction import redact
from bot.language_model.port import LanguageModel
from bot.language_model.prompts import render_prompt
from bot.planning.imported.pipeline_files import is_named, is_of_pipeline
from bot.planning.imported.plan import ImportedPlan, ImportedTask
from bot.planning.model.asking import ask, listed
from bot.planning.model.written_files import WrittenFile, unfit_text, wrong_test

__all__ = [
    "ImportedTaskAnswer",
    "ImportedTaskRequest",
    "ImportedTaskWriter",
    "WrittenTask",
    "files_of_tests",
    "prompt_of",
    "wrong_answer",
]

MOST_FILES = 40
LONGEST_REASON = 400
MOST_PATHS = 400
EMPTY_NAMES = frozenset({"__init__.py", ".gitkeep", "py.typed"})
"""Files that may hold nothing."""
NOT_WRITTEN = "`{path}` was not written: it steers git, or what a host runs, and the approved plan doesn't name it."


class ImportedTaskRequest(Frozen):
    """What a model is told: the plan, one task of it, what is there, and what an earlier attempt failed with."""

    plan: ImportedPlan
    task: ImportedTask
    paths: tuple[str, ...]
    """Every path of the repository so far."""
    existing: Mapping[str, str]
    """The texts of those files that it should know."""
    house_rules: tuple[str, ...]
    problem: str = ""
    facts: str = ""
    """What an existing repository is made with; empty where the plan has a new one."""


class WrittenTask(Frozen):
    """The files of a task, path → text, and where it leaves the plan, a sentence each."""

    files: dict[str, str]
    deviations: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    """Files of the answer that were left out, since only an approved plan may ask for them."""


class GivenDeviation(BaseModel):
    """One place where an answer leaves the plan."""

    model_config = ConfigDict(extra="forbid")

    path: str
    reason: str


class ImportedTaskAnswer(BaseModel):
    """The answer of the decision ``imported_task``."""

    model_config = ConfigDict(extra="forbid")

    files: list[WrittenFile]
    deviations: list[GivenDeviation]


class ImportedTaskWriter:
    """Writes tasks of imported plans with a language model."""

    def __init__(self, language_model: LanguageModel) -> None:
        """Write with this model."""
        self._model = language_model

    async def write(self, request: ImportedTaskRequest) -> WrittenTask:
        """Return files that were judged, and the deviations. Raises PlannerError after three repairs."""
        answer = await ask(
            self._model,
            "imported_task",
            prompt_of(request),
            ImportedTaskAnswer,
            lambda given: wrong_answer(given, request),
            f"the files of “{request.task.title}”",
            "Give a hint, or leave the task to people.",
        )
        refused = refused_files(answer, request)
        deviations = [
            f"`{each.path}`: {' '.join(each.reason.split())[:LONGEST_REASON]}"
            for each in answer.deviations
            if each.path not in refused
        ]
        deviations += [NOT_WRITTEN.format(path=path) for path in refused]
        return WrittenTask(
            files={file.path: file.text for file in answer.files if file.path not in refused},
            deviations=tuple(map(redact, deviations)),
            refused=refused,
        )


def prompt_of(request: ImportedTaskRequest) -> str:
    """Return the prompt of the decision."""
    plan, task = request.plan, request.task
    about = "\n\n".join(part for part in (plan.title, plan.objective, plan.context) if part)
    what = [f"{task.number} {task.title}", task.action, f"It is done when: {task.done}" if task.done else ""]
    ways = [each.text + ("" if each.runs else " (a person confirms this)") for each in task.verifications]
    if task.needs_tests:
        ways = ["The task names no verification: write tests for it (files whose names begin with test_), which run."]
    return render_prompt(
        "imported_task",
        plan=about,
        task="\n\n".join(part for part in what if part),
        paths=task.files,
        verifications=listed(ways),
        rules=request.house_rules,
        paths_there="\n".join(request.paths[:MOST_PATHS]) or "(none)",
        existing=tuple(request.existing.items()),
        facts=request.facts,
        findings=listed([request.problem] if request.problem else []),
    )


def wrong_answer(answer: ImportedTaskAnswer, request: ImportedTaskRequest) -> list[str]:
    """Return everything that is wrong with an answer, one sentence each; none: it may be taken."""
    written = [file.path for file in answer.files]
    wrong = [f"{path[:200]!a} is no plain path inside the repository" for path in written if leaves_repository(path)]
    wrong += [f"{path} is there {times} times" for path, times in Counter(written).items() if times > 1]
    if len(written) > MOST_FILES:
        wrong.append(f"{len(written)} files are too many for a task; at most {MOST_FILES} are taken")
    if wrong:
        return wrong
    refused = refused_files(answer, request)
    kept = answer.model_copy(update={"files": [file for file in answer.files if file.path not in refused]})
    if refused and not kept.files:
        return [f"{path} is left out, since the plan doesn't name it; write the task's other files" for path in refused]
    written = [file.path for file in kept.files]
    wrong += unexplained(kept, request)
    wrong += clashing(written, request.paths)
    for file in kept.files:
        wrong += wrong_file(file.path, file.text)
    if request.task.needs_tests and not files_of_tests(written):
        wrong.append("the task names no verification, so it needs a file of tests, and there is none")
    return wrong


def refused_files(answer: ImportedTaskAnswer, request: ImportedTaskRequest) -> tuple[str, ...]:
    """Return the files of an answer that steer git, or what a host runs, and that the approved plan doesn't name."""
    declared = {path for task in request.plan.tasks for path in task.files}
    odd = sorted({file.path for file in answer.files if is_of_pipeline(file.path)} - declared)
    return tuple(path for path in odd if not is_named(path, request.plan.text))


def unexplained(answer: ImportedTaskAnswer, request: ImportedTaskRequest) -> Iterator[str]:
    """Yield files beside those that are declared, and declared ones that are missing, without a reason."""
    reasons = {each.path for each in answer.deviations if each.reason.strip()}
    written, declared = {file.path for file in answer.files}, set(request.task.files)
    if not answer.files:
        yield "no file is written"
    for path in sorted(written - declared - reasons) if declared else ():
        yield f"{path} is not declared by the task; leave it out, or give the reason as a deviation"
    for path in sorted(declared - written - reasons - set(request.paths)):
        yield f"{path} is declared by the task and missing; write it, or give the reason as a deviation"


def clashing(written: Collection[str], there: Collection[str]) -> Iterator[str]:
    """Yield paths that would be a file and a folder at once."""
    everything = {*written, *there}
    for path in sorted(written):
        parents = path.split("/")[:-1]
        above = ["/".join(parents[: length + 1]) for length in range(len(parents))]
        yield from (f"{folder} would be a file and a folder" for folder in above if folder in everything)
        if any(other.startswith(f"{path}/") for other in everything):
            yield f"{path} would be a file and a folder"


def wrong_file(path: str, text: str) -> list[str]:
    """Return what is wrong with one file."""
    name = path.rpartition("/")[2]
    is_hollow = not text.strip() and name not in EMPTY_NAMES
    wrong = [*([f"{path} is empty"] if is_hollow else []), *unfit_text(path, text)]
    if not wrong and name.endswith(".py"):
        wrong += wrong_python(path, name, text)
    return wrong


def wrong_python(path: str, name: str, text: str) -> list[str]:
    """Return what is wrong with a file as Python; what it imports and does is for the sandbox to bear."""
    try:
        tree = ast.parse(text, path)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return [f"{path} is no valid Python: {error}"]
    if any(isinstance(node, ast.Name) and node.id == "NotImplementedError" for node in ast.walk(tree)):
        return [f"{path} leaves something unimplemented"]
    return wrong_test(path, tree) if name.startswith("test_") else []


def files_of_tests(paths: Collection[str]) -> tuple[str, ...]:
    """Return the paths that pytest collects tests from."""
    return tuple(path for path in sorted(paths) if path.rpartition("/")[2].startswith("test_") and path.endswith(".py"))
