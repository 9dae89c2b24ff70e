"""The generated service passes its own tests, strict types and the migration round trip, task by task."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.building.tree import service_tree
from bot.documents.entities.entity_specs import EntitySpecs
from bot.generation.blueprint import load_blueprint
from bot.generation.inputs import BuildInputs
from bot.resources import resource
from bot.verification.environments import environment_key
from tests.building.test_tree import write
from tests.generation.samples import build_inputs, everything, library, owned, ruled


@pytest.fixture(scope="session")
def programs(cache: Path) -> Path:
    """Return the folder of the programs of an environment with the service's locked packages."""
    given = os.environ.get("PLANTHREAD_TEST_ENVIRONMENT")
    key = environment_key(resource("templates/fastapi/uv.lock").read_bytes())
    folder = Path(given) if given else cache / "environments" / key
    if not (folder / "bin" / "pytest").exists():
        pytest.skip("no packages of the generated service (run `make setup` once with a network)")
    return folder / "bin"


def fault_of(programs: Path, folder: Path, command: Sequence[str]) -> str:
    """Run a program in the service's folder; return nothing where it succeeds, else what it said."""
    environment = {"PATH": f"{programs}:{os.defpath}", "HOME": str(folder), "NO_COLOR": "1"}
    outcome = subprocess.run(
        [str(programs / command[0]), *command[1:]],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    if outcome.returncode == 0:
        return ""
    return f"{' '.join(command)} ended with {outcome.returncode}\n{outcome.stdout[-3000:]}{outcome.stderr[-2000:]}"


def named_tests(inputs: BuildInputs) -> list[str]:
    """Return the tests that the tasks of a service name, in order."""
    return [word for task in inputs.task_plan.tasks() for word in task.verification if word.startswith("pytest ")]


def step_by_step(programs: Path, folder: Path, inputs: BuildInputs) -> dict[str, str]:
    """Write a service task by task, and run the tests of each at its commit; return what was wrong with each."""
    trees = service_tree(inputs)
    faults: dict[str, str] = {}
    for task in inputs.task_plan.tasks():
        write(folder, trees[task.number])
        for word in task.verification:
            if word.startswith("pytest "):
                faults[word] = fault_of(programs, folder, [*word.split(), "-q", "-p", "no:cacheprovider"])
    return faults


@pytest.mark.environment
@pytest.mark.matrix
def test_each_task_of_a_library_passes_its_tests_at_its_commit(programs: Path, tmp_path: Path) -> None:
    inputs = build_inputs(library())
    assert step_by_step(programs, tmp_path, inputs) == dict.fromkeys(named_tests(inputs), "")


@pytest.mark.environment
@pytest.mark.matrix
def test_each_task_of_everything_passes_its_tests_at_its_commit(programs: Path, tmp_path: Path) -> None:
    inputs = build_inputs(everything())
    assert step_by_step(programs, tmp_path, inputs) == dict.fromkeys(named_tests(inputs), "")


@pytest.mark.environment
@pytest.mark.matrix
@pytest.mark.timeout(900)
def test_each_task_of_every_feature_passes_its_tests_at_its_commit(programs: Path, tmp_path: Path) -> None:
    inputs = build_inputs(owned(), features=load_blueprint().feature_names)
    assert step_by_step(programs, tmp_path, inputs) == dict.fromkeys(named_tests(inputs), "")


@pytest.mark.environment
@pytest.mark.matrix
def test_each_task_of_declared_rules_passes_its_tests_at_its_commit(programs: Path, tmp_path: Path) -> None:
    inputs = build_inputs(ruled())
    assert step_by_step(programs, tmp_path, inputs) == dict.fromkeys(named_tests(inputs), "")


@pytest.mark.environment
@pytest.mark.matrix
@pytest.mark.parametrize("specs", [library(), everything(), ruled()], ids=["library", "everything", "ruled"])
def test_a_whole_service_passes_tests_types_and_migrations(programs: Path, tmp_path: Path, specs: EntitySpecs) -> None:
    for files in service_tree(build_inputs(specs)).values():
        write(tmp_path, files)
    assert fault_of(programs, tmp_path, ["pytest", "-q", "--cov", "--cov-fail-under=95"]) == ""
    assert fault_of(programs, tmp_path, ["mypy"]) == ""
    round_trip = ("upgrade head", "check", "downgrade base", "upgrade head", "check")
    faults = [fault_of(programs, tmp_path, ["alembic", *command.split()]) for command in round_trip]
    assert faults == [""] * len(round_trip)
