"""Mutation testing of a room of bot/: change the code in small ways and see whether the room's tests notice.

Run as ``uv run --with mutmut==3.8.1 python -m scripts.mutants [ROOM] [FILE…]`` (`make mutants`); ROOM is ``checks``
(the usual one) or ``workflow``, FILE the name of a module in it such as ``packages.py``, by default all of them. Prints
the survivors, a figure for every file and one for all; leaves with 1 where fewer than 80 % of the mutants are killed. A
room takes about an hour on one core, or hours: mutmut runs only the tests that reach the changed function. With
``PLANTHREAD_MUTANT_SAMPLE=600`` so many are tried, evenly chosen over all of them.

mutmut leaves decorated functions alone, and every rule is one; so it works on a copy in which ``@rule(…) def f`` is
written as ``def f`` and ``f = rule(…)(f)``, and so are properties.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEAST = 0.8
"""The part of the mutants that tests must kill."""

KILLED = ("killed", "timeout")
"""What mutmut calls a mutant that was noticed: a test failed, or never came to an end."""

NOT_TRIED = "not checked"
"""What mutmut calls a mutant that it made, and ran no test for."""

LARGE = {
    "checks": (
        "tests/checks/test_scope.py::test_long_hostile_lines_are_read",
        "tests/checks/test_declared_rules.py::test_a_chain_of_thousands_of_fields_is_read_to_its_end",
        "tests/checks/test_declared_rules.py::test_four_times_the_rules_take_about_four_times_the_work",
        "tests/checks/test_registry.py::test_a_long_chain_and_a_long_circle_end",
    ),
    "workflow": (
        "tests/workflow/test_life.py",
        "tests/workflow/test_crowd.py",
        "tests/workflow/test_model_planning.py",
    ),
}
"""The rooms, each with tests left out that take seconds for each of thousands of mutants, and kill hardly any."""

TESTS = {
    "checks": ("tests/checks",),
    "workflow": (
        "tests/workflow",
        "tests/building/test_attestations.py",
        "tests/building/test_imported_plan.py",
    ),
}
"""The tests of a room: its own, and those of rooms above it that hold what it does only together with them."""

COPIED = ("bot", "tests", "templates", "prompts", "scripts", "examples", "pyproject.toml", "manifest.json")
CONFIGURATION = """\
[mutmut]
source_paths=bot
only_mutate={modules}
also_copy=
{copied}
timeout_multiplier=3
timeout_constant=5
pytest_add_cli_args=
    --no-cov
    -q
    -x
    -p
    no:cacheprovider
{left_out}
pytest_add_cli_args_test_selection=
{tests}
"""

QUICK_FIRST = """

# The quick tests first, so that most mutants fall at once; and nothing is remembered from before the change: mutants
# run in copies of a process that ran all tests already, where a function that keeps its result is never called again.
import functools
import gc
import json
from pathlib import Path

STATS = Path("mutmut-stats.json")


def pytest_sessionstart():
    for kept in gc.get_objects():
        if isinstance(kept, functools._lru_cache_wrapper) and kept.__module__.startswith("bot.{room}."):
            kept.cache_clear()


def pytest_collection_modifyitems(items):
    seconds = json.loads(STATS.read_text())["duration_by_test"] if STATS.exists() else {}
    items.sort(key=lambda item: seconds.get(item.nodeid, 0))
"""


def main() -> None:
    """Make the copy, run mutmut in it, and print the survivors and the score."""
    given = sys.argv[1:]
    room = given.pop(0) if given[:1] and given[0] in LARGE else "checks"
    folder = Path(os.environ.get("PLANTHREAD_MUTANTS") or ROOT / ".cache") / "mutants"
    make_copy(folder, room, given or ["*.py"])
    workers = os.environ.get("PLANTHREAD_MUTANT_WORKERS") or str(os.cpu_count() or 1)
    sample = int(os.environ.get("PLANTHREAD_MUTANT_SAMPLE") or 0)
    mutmut(folder, "run", "--max-children", workers, *(sample_of(folder, sample) if sample else ()))
    fates = fates_in(mutmut(folder, "results", "--all", "true"))
    if sample:
        fates = {name: fate for name, fate in fates.items() if fate != NOT_TRIED}
    sys.stdout.write(figures(fates))
    sys.exit(0 if killed_part(list(fates.values())) >= LEAST else 1)


def sample_of(folder: Path, size: int) -> list[str]:
    """Return so many names of mutants, evenly chosen: mutmut makes them all before it sees that it knows no NONE."""
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "1", "NONE"]
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    names = sorted(fates_in(mutmut(folder, "results", "--all", "true")))
    return names[:: max(1, len(names) // size)]


def fates_in(results: str) -> dict[str, str]:
    """Return what became of every mutant, by its name, such as ``bot.checks.cycles.x_cycle_in__mutmut_3``."""
    return dict(line.strip().rsplit(": ", 1) for line in results.splitlines() if ": " in line)


def figures(fates: dict[str, str]) -> str:
    """Return the survivors, then a line for every module, then one for all."""
    by_module: defaultdict[str, list[str]] = defaultdict(list)
    for name, fate in fates.items():
        by_module[name.split(".")[2]].append(fate)
    lines = [f"{name}: {fate}" for name, fate in fates.items() if fate not in KILLED]
    lines += [figure(f"{module}.py", found) for module, found in sorted(by_module.items())]
    return "\n".join([*lines, figure("all", list(fates.values()))]) + "\n"


def figure(name: str, fates: list[str]) -> str:
    """Return the line of a module: the part that was killed, and what became of the rest."""
    rest = Counter(fate for fate in fates if fate not in KILLED)
    words = "".join(f", {count} {fate}" for fate, count in sorted(rest.items()))
    return f"{name:24} {killed_part(fates):6.1%} of {len(fates)} killed{words}"


def killed_part(fates: list[str]) -> float:
    """Return the part of mutants that were killed. One that no test reaches, or that never ran, was not."""
    return sum(fate in KILLED for fate in fates) / max(1, len(fates))


def mutmut(folder: Path, *words: str) -> str:
    """Run one of mutmut's commands in the copy and return what it printed; leaves where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "mutmut", *words], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"mutmut {words[0]} failed; is it installed?\n{(done.stdout + done.stderr)[-2_000:]}")
    return done.stdout


def make_copy(folder: Path, room: str, names: list[str]) -> None:
    """Copy what the tests of a room need, with functions undecorated; an earlier copy is replaced."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    for module in (folder / "bot" / room).glob("*.py"):
        module.write_text(undecorated(module.read_text(encoding="utf-8")), encoding="utf-8")
    with (folder / "tests" / room / "conftest.py").open("a", encoding="utf-8") as fixtures:
        fixtures.write(QUICK_FIRST.replace("{room}", room))
    copied = "\n".join(f"    {name}" for name in COPIED if name not in {"bot", "tests"})
    modules = "\n".join(f"    bot/{room}/{name}" for name in names)
    left_out = "\n".join(f"    --deselect={test}" for test in LARGE[room])
    tests = "\n".join(f"    {test}" for test in TESTS[room])
    configuration = CONFIGURATION.format(modules="\n" + modules, copied=copied, left_out=left_out, tests=tests)
    (folder / "setup.cfg").write_text(configuration, encoding="utf-8")


def undecorated(source: str) -> str:
    """Return a module in which the decorators of functions are calls behind them; mutmut knows class methods itself."""
    lines = source.split("\n")
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    for node in sorted(functions, key=lambda function: function.lineno, reverse=True):
        decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
        if not decorators or decorators == ["classmethod"]:
            continue
        call = "".join(f"{decorator}(" for decorator in decorators) + node.name + ")" * len(decorators)
        lines.insert(node.end_lineno or node.lineno, f"{' ' * node.col_offset}{node.name} = {call}")
        del lines[node.decorator_list[0].lineno - 1 : node.lineno - 1]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
