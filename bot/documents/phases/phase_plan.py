"""The models of PLAN.md: one plan of a phase, its tasks and checkpoints, and how it is verified.

Free text is kept in its normal form: without the indent that all lines share, without blank lines around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.documents.frozen import Frozen
from bot.documents.must_haves import MustHaves
from bot.documents.phases.plan_text import text_block
from bot.documents.text.boxes import TaskState
from bot.documents.text.front_matter import Value
from bot.documents.text.markdown import one_line
from bot.patterns import regex

__all__ = [
    "AutoTask",
    "Box",
    "Decision",
    "DecisionOption",
    "Feature",
    "HumanAction",
    "HumanVerification",
    "PhasePlan",
    "PlanContext",
    "PlanTask",
    "UnknownPart",
]

NUMBER = regex(r"(?:\d{1,6}(?:\.\d{1,6}){0,6})?")
TAG = regex(r"[a-z][a-z0-9_-]{0,60}")
UNSAFE_IN_ATTRIBUTE = regex('[\x00-\x1f"<>\x7f-\x9f\u2028\u2029]')


def filled_lines(items: Iterable[str]) -> tuple[str, ...]:
    """Return items as lines, without empty ones."""
    return tuple(line for item in items if (line := one_line(item)))


def filled_blocks(items: Iterable[str]) -> tuple[str, ...]:
    """Return items as texts in their normal form, without empty ones."""
    return tuple(block for item in items if (block := text_block(item)))


def task_number(text: str) -> str:
    """Return a task's number. Raises ValueError for anything else."""
    if not NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is no number of a task")
    return text


def tag_name(text: str) -> str:
    """Return the name of a tag. Raises ValueError for anything else."""
    if not TAG.fullmatch(text):
        raise ValueError(f"{text!r} is no name of a tag")
    return text


def attribute(text: str) -> str:
    """Return the value of an attribute. Raises ValueError where it can't stand in quotes."""
    if UNSAFE_IN_ATTRIBUTE.search(text):
        raise ValueError(f"{text!r} can't be the value of an attribute")
    return text


OneLine = Annotated[str, AfterValidator(one_line)]
TextBlock = Annotated[str, AfterValidator(text_block)]
Lines = Annotated[tuple[str, ...], AfterValidator(filled_lines)]
Blocks = Annotated[tuple[str, ...], AfterValidator(filled_blocks)]
TaskNumber = Annotated[str, AfterValidator(task_number)]
TagName = Annotated[str, AfterValidator(tag_name)]
Attribute = Annotated[str, AfterValidator(attribute)]
Attributes = tuple[tuple[TagName, Attribute], ...]


class UnknownPart(Frozen):
    """A tag that the format doesn't name, kept with its attributes and text."""

    tag: TagName
    attributes: Attributes = ()
    text: TextBlock = ""


class PlanTask(Frozen):
    """What every task of a plan has: a name, perhaps a number of ours, and what this version doesn't know.

    The number is that of a name such as ``Task 2.1: Store books``; such a name is written so again.
    """

    name: OneLine = ""
    number: TaskNumber = ""
    gate: Attribute = ""
    attributes: Attributes = ()
    """Further attributes of the task's tag."""
    unknown: tuple[UnknownPart, ...] = ()


class AutoTask(PlanTask):
    """A task that is done without people.

    ``requirements`` and ``depends`` are our own parts: ids of criteria and numbers of tasks. A reader that doesn't
    know them skips their tags.
    """

    type: Attribute = "auto"
    tdd: bool = False
    files: Lines = ()
    read_first: Lines = ()
    behavior: TextBlock = ""
    action: TextBlock = ""
    verify: TextBlock = ""
    automated: Blocks = ()
    """Commands that verify the task."""
    acceptance_criteria: TextBlock = ""
    done: TextBlock = ""
    requirements: Lines = ()
    depends: Lines = ()


class HumanVerification(PlanTask):
    """A checkpoint at which a person looks at what was built."""

    what_built: TextBlock = ""
    how_to_verify: TextBlock = ""
    resume_signal: TextBlock = ""


class DecisionOption(Frozen):
    """One way to decide."""

    id: Attribute = ""
    name: OneLine = ""
    pros: TextBlock = ""
    cons: TextBlock = ""


class Decision(PlanTask):
    """A checkpoint at which a person decides."""

    decision: TextBlock = ""
    context: TextBlock = ""
    options: tuple[DecisionOption, ...] = ()
    resume_signal: TextBlock = ""


class HumanAction(PlanTask):
    """A checkpoint at which a person does what no program can."""

    action: TextBlock = ""
    instructions: TextBlock = ""
    verification: TextBlock = ""
    resume_signal: TextBlock = ""


class Feature(Frozen):
    """What a plan of type tdd builds, instead of tasks."""

    name: OneLine = ""
    files: Lines = ()
    behavior: TextBlock = ""
    implementation: TextBlock = ""
    unknown: tuple[UnknownPart, ...] = ()


class Box(Frozen):
    """One line of the verification, with the state of its box."""

    text: OneLine
    state: TaskState = TaskState.TODO


class PlanContext(Frozen):
    """Files to read first (as written after the @), and what must be known."""

    paths: Lines = ()
    text: TextBlock = ""


class PhasePlan(Frozen):
    """One plan of a phase. ``phase`` and ``plan`` are text as written: `04.1`, `010` and `07-01a` stay as they are."""

    phase: str = ""
    plan: str = ""
    type: str = "execute"
    wave: int | None = Field(default=None, ge=0, lt=10**9)
    depends_on: tuple[str, ...] = ()
    files_modified: tuple[str, ...] = ()
    autonomous: bool | None = None
    """None where the plan doesn't say."""
    requirements: tuple[str, ...] = ()
    user_setup: tuple[Value, ...] = ()
    gap_closure: bool | None = None
    must_haves: MustHaves = MustHaves()
    unknown_keys: Mapping[str, Value] = {}
    """Keys of the front matter that the format doesn't name."""

    objective: TextBlock = ""
    purpose: TextBlock = ""
    objective_output: TextBlock = ""
    execution_context: TextBlock = ""
    context: PlanContext = PlanContext()
    tasks: tuple[AutoTask | HumanVerification | Decision | HumanAction, ...] = ()
    features: tuple[Feature, ...] = ()
    threat_model: TextBlock = ""
    verification: tuple[Box, ...] = ()
    verification_text: TextBlock = ""
    """What stands among the boxes of the verification."""
    success_criteria: TextBlock = ""
    output: TextBlock = ""
    unknown_sections: tuple[UnknownPart, ...] = ()

    def task(self, number: str) -> AutoTask | None:
        """Return the task of a number of ours, or None."""
        return next((task for task in self.tasks if isinstance(task, AutoTask) and task.number == number), None)
