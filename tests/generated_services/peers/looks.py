"""What the outside judges look at in every project: the same programs, versions, options and seed."""

from __future__ import annotations

import re
import shutil
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.generated_services.judges.base import Workbench, first_match
from tests.generated_services.judges.fuzzing import EXAMPLES, figures_of
from tests.generated_services.peers.projects import NEW_FIELD, Address, NotMade, Peer, Project
from tests.generated_services.programs import Ended, environment_of, free_port, run, serving

__all__ = ["LOOKS", "Look", "look_at"]

LIMIT = 45 * 60.0
"""Seconds that one program may take, on a machine that is busy with other things too."""
BY_HAND = "\n\ndef written_by_hand() -> str:\n    return 'kept'\n"
KEPT_CHARACTERS = 4000
NOT_STARTED = "could not start"


@dataclass(frozen=True)
class Look:
    """What came of one look: whether all was well (None: it does not apply), figures, and why not."""

    ok: bool | None
    figures: str
    output: str = ""


@dataclass(frozen=True)
class Bench:
    """One look at one project: a database of its own, and a folder for notes."""

    peer: Peer
    project: Project
    workbench: Workbench
    notes: Path

    @contextmanager
    def address(self) -> Iterator[Address]:
        """Give a new, empty database and a free port."""
        if self.peer.database == "postgresql":
            with self.workbench.postgresql().database() as url:
                yield Address(url, free_port())
            return
        yield Address(f"sqlite+aiosqlite:///{self.notes / 'judged.db'}", free_port())

    def environment(self, to: Address) -> dict[str, str]:
        """Return the variables with which the service's programs run."""
        return environment_of(self.notes, self.project.programs, **self.project.settings(to))

    def run(self, to: Address, *command: str | Path) -> Ended:
        """Run a program of the project's environment in its folder."""
        program = self.project.programs / str(command[0])
        return run([program, *command[1:]], self.project.folder, self.environment(to), seconds=LIMIT)


def own_tests(bench: Bench) -> Look:
    """Run the tests that came with the project."""
    with bench.address() as to:
        done = bench.run(to, "pytest", "-q", "-p", "no:cacheprovider", *bench.project.tests)
    return Look(done.ok, counts_told(done.output), done.output)


def counts_told(output: str) -> str:
    """Return what pytest counted, in words."""
    counts = [f"{first_match(rf'(\d+) {word}', output)} {word}" for word in ("passed", "failed", "error")]
    covered = first_match(r"TOTAL .*?(\d+)%", output)
    told = [count for count in counts if not count.startswith(" ")]
    return ", ".join([*told, *([f"{covered} % covered"] if covered else [])]) or NOT_STARTED


def types(bench: Bench) -> Look:
    """Run `mypy --strict` as the project configures it, and without its configuration where that can't start."""
    with bench.address() as to:
        done = strict_types(bench, to)
        if types_told(done.output) != NOT_STARTED:
            return Look(done.ok, types_told(done.output), done.output)
        plain = strict_types(bench, to, "--config-file=")
    told = f"its own configuration fails: {last_error(done.output)}; without it {types_told(plain.output)}"
    return Look(False, told, done.output + plain.output)


def strict_types(bench: Bench, to: Address, *options: str) -> Ended:
    """Run mypy over the project's code; libraries without types are no fault of a project."""
    strict: tuple[str | Path, ...] = (
        "--strict",
        "--ignore-missing-imports",
        "--cache-dir",
        bench.notes / "mypy",
        *options,
    )
    return bench.run(to, "mypy", *strict, *bench.project.code)


def types_told(output: str) -> str:
    """Return what mypy counted, in words."""
    if "no issues found" in output:
        return f"0 errors in {first_match(r'in (\d+) source files?', output)} files"
    if "errors prevented further checking" in output:
        return NOT_STARTED
    found = re.search(r"Found (\d+) errors? in (\d+) files?", output)
    return f"{found[1]} errors in {found[2]} files" if found else NOT_STARTED


def migrations(bench: Bench) -> Look:
    """Run Alembic up, down to nothing, and up again on a new database; a `check` that fails ends nothing yet."""
    failed: list[tuple[str, Ended]] = []
    with bench.address() as to:
        for step in bench.project.migrations:
            done = bench.run(to, "alembic", *step.split())
            if not done.ok:
                failed.append((step, done))
            if not done.ok and step != "check":
                break
    return Look(not failed, failures_of_steps(failed), "\n".join(done.output for _, done in failed))


def failures_of_steps(failed: Sequence[tuple[str, Ended]]) -> str:
    """Return which of Alembic's steps failed and why, each once."""
    told = dict.fromkeys(f"`alembic {step}` fails: {last_error(done.output)}" for step, done in failed)
    return "; ".join(told) or "down and up again"


def last_error(output: str) -> str:
    """Return the line of an output that names the error."""
    lines = [line.strip() for line in output.splitlines() if re.search(r"(Error|ERROR|FAILED)\b", line)]
    return (lines[-1] if lines else output.strip().rpartition("\n")[2])[:120]


def fuzzed(bench: Bench) -> Look:
    """Serve the project and run schemathesis against it."""
    report = bench.notes / "schemathesis.json"
    with bench.address() as to:
        for step in bench.project.prepare:
            done = bench.run(to, *step)
            if not done.ok:
                return Look(False, f"`{' '.join(step)}` fails: {last_error(done.output)}", done.output)
        url = f"http://127.0.0.1:{to.port}{bench.project.document}"
        with served(bench, to, url):
            done = schemathesis(bench, url, report)
    return Look(done.ok, failures_told(done.output, figures_of(report)), done.output)


@contextmanager
def served(bench: Bench, to: Address, url: str) -> Iterator[None]:
    """Serve the project as long as the block lasts."""
    program, *rest = bench.project.serve(to)
    command: list[str | Path] = [bench.project.programs / program, *rest]
    with serving(
        command, bench.project.folder, bench.environment(to), bench.notes / "server.log", lambda: answers(url)
    ):
        yield


def answers(url: str) -> bool:
    """Tell whether the OpenAPI document can be had."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def schemathesis(bench: Bench, url: str, report: Path) -> Ended:
    """Run schemathesis with the options of `make test-generated`, and more time for an answer."""
    tools = bench.workbench.tools.python
    examples = str(bench.workbench.examples or EXAMPLES[3])
    command: list[str | Path] = [tools / "schemathesis", "run", url, "--max-examples", examples, "--seed", "1"]
    command += [
        "--request-timeout",
        "60",
        "--continue-on-failure",
        "--no-color",
        "--report",
        "json",
        "--report-json-path",
        report,
    ]
    return run(command, bench.notes, environment_of(bench.notes, tools), seconds=LIMIT)


def failures_told(output: str, figures: str) -> str:
    """Return how many unique failures there were, and how many of them are answers of 5xx."""
    errors = first_match(r"Server error: (\d+)", output) or "0"
    tried = re.match(r"(\d+) cases, (\d+) failures", figures)
    return f"{tried[2]} failures ({errors} of 5xx) in {tried[1]} cases" if tried else NOT_STARTED


def made_again(bench: Bench) -> Look:
    """Edit files by hand, add a field to what the project is made from, make it again, and look what is left."""
    folder, project = bench.project.folder, bench.project
    for name in project.edited:
        with (folder / name).open("a", encoding="utf-8") as stream:
            stream.write(BY_HAND)
    try:
        bench.peer.make_again(bench.workbench, project)
    except NotMade as error:
        return Look(False, str(error), error.output)
    kept = [name for name in project.edited if "written_by_hand" in (folder / name).read_text(encoding="utf-8")]
    added = NEW_FIELD in (folder / project.shows_field).read_text(encoding="utf-8")
    return Look(added and kept == list(project.edited), edits_told(project.edited, kept, added=added))


def edits_told(edited: tuple[str, ...], kept: list[str], *, added: bool) -> str:
    """Return in words which edits were kept, and whether the field came."""
    told = [f"edit in `{name}` {'kept' if name in kept else 'LOST'}" for name in edited]
    return ", ".join([*told, "field added" if added else "field NOT added"])


LOOKS: dict[str, Callable[[Bench], Look]] = {
    "own tests": own_tests,
    "mypy": types,
    "migrations": migrations,
    "schemathesis": fuzzed,
    "made again": made_again,
}


def look_at(name: str, peer: Peer, project: Project, workbench: Workbench, notes: Path) -> Look:
    """Return what came of one look. What a peer lacks is said in its own words."""
    if name in peer.lacks:
        return Look(None, peer.lacks[name])
    shutil.rmtree(notes, ignore_errors=True)
    notes.mkdir(parents=True)
    try:
        look = LOOKS[name](Bench(peer, project, workbench, notes))
    except Exception as error:  # noqa: BLE001 - one peer's surprise must not end the run: it is a line of the table
        return Look(False, f"{type(error).__name__}: {last_error(str(error))}", str(error)[-KEPT_CHARACTERS:])
    return Look(look.ok, look.figures, look.output[-KEPT_CHARACTERS:])
