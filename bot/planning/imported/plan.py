"""The model of an imported plan: its tasks as they stand, each verification with who does it, and what is asked."""

from __future__ import annotations

from enum import StrEnum

from bot.documents.formats import Format
from bot.documents.frozen import Frozen
from bot.documents.must_haves import MustHaves
from bot.planning.imported.commands import AllowedCommand

__all__ = [
    "ImportedKind",
    "ImportedPhase",
    "ImportedPlan",
    "ImportedTask",
    "Option",
    "SummaryAsked",
    "Verification",
]


class ImportedKind(StrEnum):
    """Who does a task: a model writes code, or a person looks, decides or acts."""

    CODE = "code"
    LOOK = "human-verify"
    DECISION = "decision"
    ACTION = "human-action"


class Verification(Frozen):
    """One way to see that work is done: as it is written, and the command of ours that it comes to."""

    text: str
    command: AllowedCommand | None = None
    """None where no command that may run does it: then a person confirms it."""

    @property
    def runs(self) -> bool:
        """Tell whether it runs by itself."""
        return self.command is not None


class Option(Frozen):
    """One way to decide."""

    name: str
    about: str = ""


class ImportedTask(Frozen):
    """One task. ``action`` is everything that says what to do; ``ask`` is what a person is told at a checkpoint."""

    number: str
    title: str
    phase: int = 1
    kind: ImportedKind = ImportedKind.CODE
    files: tuple[str, ...] = ()
    """Paths that the task declares; empty where it names none."""
    action: str = ""
    ask: str = ""
    done: str = ""
    verifications: tuple[Verification, ...] = ()
    options: tuple[Option, ...] = ()
    depends: tuple[str, ...] = ()
    ticked_elsewhere: bool = False
    """Its box was ticked in the file: there is no evidence of it here, so it is built."""
    box: int | None = None
    """Where the mark of its box stands in the text; None where it has none."""

    @property
    def running(self) -> tuple[Verification, ...]:
        """Return the verifications that run."""
        return tuple(each for each in self.verifications if each.runs)

    @property
    def confirmed(self) -> tuple[Verification, ...]:
        """Return the verifications that a person confirms."""
        return tuple(each for each in self.verifications if not each.runs)

    @property
    def needs_tests(self) -> bool:
        """Tell whether nothing says how the task is verified: then its own tests must be written, and run."""
        return self.kind is ImportedKind.CODE and not self.verifications


class ImportedPhase(Frozen):
    """A phase of the plan: one for a PLAN.md, one for each task at the top of a checklist."""

    number: int
    name: str


class SummaryAsked(Frozen):
    """The summary that the plan's output section asks for: where, its heading, its first line, and the next step."""

    path: str
    title: str = ""
    one_line: str = ""
    next_steps: tuple[str, ...] = ()


class ImportedPlan(Frozen):
    """A plan as it was given. ``text`` is the file, without secrets; everything else was read from it."""

    format: Format
    file: str
    text: str
    title: str
    phase: str = ""
    plan: str = ""
    objective: str = ""
    context: str = ""
    phases: tuple[ImportedPhase, ...] = ()
    tasks: tuple[ImportedTask, ...] = ()
    verifications: tuple[Verification, ...] = ()
    """Those of the plan as a whole, at its end."""
    must_haves: MustHaves = MustHaves()
    summary: SummaryAsked | None = None

    def task(self, number: str) -> ImportedTask | None:
        """Return the task of a number, or None."""
        return next((task for task in self.tasks if task.number == number), None)

    def tasks_of(self, phase: int) -> tuple[ImportedTask, ...]:
        """Return the tasks of a phase, in order."""
        return tuple(task for task in self.tasks if task.phase == phase)
