"""Writes PLAN.md in its canonical form: what it says is read back as it was by `phase_plan_reader`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.documents.phases.phase_plan import (
    AutoTask,
    Decision,
    DecisionOption,
    Feature,
    HumanAction,
    HumanVerification,
    PhasePlan,
    PlanTask,
    UnknownPart,
)
from bot.documents.phases.phase_plan_keys import plan_keys
from bot.documents.phases.phase_plan_parts import FEATURE_PARTS, LISTS, NUMBERED, OPTION_PARTS, TASK_PARTS, TASKS
from bot.documents.phases.plan_text import (
    COMMENT,
    FENCES,
    KNOWN_TAGS,
    box_of,
    escaped_lines,
    is_label,
    is_path_line,
    written_list,
)
from bot.documents.text.front_matter import write_front_matter

__all__ = ["write_phase_plan"]

LONGEST_INLINE = 200
"""Characters of a text that stands on one line with its tags."""

LONGEST_PATHS = 110
"""Characters of a list of files that stands on one line with its tags."""

PATHS = frozenset({"files", "read_first"})
"""The parts of tasks that list files."""

NEEDS_A_LINE = (" ", "\t", COMMENT, *FENCES)
"""Beginnings of text that count only at a line's beginning (indents, fences, comments): no label goes before them."""

TYPES: dict[type[PlanTask], str] = {kind: name for name, kind in TASKS.items()}


def write_phase_plan(plan: PhasePlan) -> str:
    """Return the canonical text of a plan: front matter, then every section that says something."""
    writer = PlanWriter(tag_names(plan))
    sections = [section for section in writer.sections(plan) if section]
    return write_front_matter(plan_keys(plan)) + "".join("\n" + "\n".join(lines) + "\n" for lines in sections)


def tag_names(plan: PhasePlan) -> frozenset[str]:
    """Return the names of all tags that the text of a plan will have."""
    parts = [part for holder in (*plan.tasks, *plan.features) for part in holder.unknown]
    return KNOWN_TAGS | {part.tag for part in (*plan.unknown_sections, *parts)}


@dataclass(frozen=True)
class PlanWriter:
    """Writes the elements of one plan. ``tags`` are names whose closing tags are escaped in text."""

    tags: frozenset[str]

    def sections(self, plan: PhasePlan) -> list[list[str]]:
        """Return the lines of each section in order; empty ones say nothing."""
        tasks = [line for task in plan.tasks for line in ("", *self.task(task))]
        features = [self.feature(feature) for feature in plan.features]
        return [
            self.section("objective", self.objective(plan)),
            self.section("execution_context", self.text(plan.execution_context)),
            self.section("context", self.context(plan)),
            self.section("tasks", [*tasks, ""] if tasks else []),
            *features,
            self.section("threat_model", self.text(plan.threat_model)),
            self.section("verification", self.verification(plan)),
            self.section("success_criteria", self.text(plan.success_criteria)),
            self.section("output", self.text(plan.output)),
            *(self.unknown_section(part) for part in plan.unknown_sections),
        ]

    def section(self, name: str, lines: list[str]) -> list[str]:
        """Return a section with its tags; nothing where it says nothing."""
        return [f"<{name}>", *lines, f"</{name}>"] if lines else []

    def text(self, text: str, is_mark: Callable[[str], bool] = lambda _line: False) -> list[str]:
        """Return the lines of a text, escaped; none for no text."""
        return escaped_lines(text, self.tags, is_mark) if text else []

    def objective(self, plan: PhasePlan) -> list[str]:
        """Return the objective, its purpose and its output."""
        blocks = [self.text(plan.objective, lambda bare: bool(is_label(bare)[0]))]
        for label, value in (("Purpose", plan.purpose), ("Output", plan.objective_output)):
            lines = self.text(value, lambda bare: bool(is_label(bare)[0]))
            if lines and not lines[0].startswith(NEEDS_A_LINE):
                lines[0] = f"{label}: {lines[0]}"
            elif lines:
                lines.insert(0, f"{label}:")
            blocks.append(lines)
        return joined(blocks)

    def context(self, plan: PhasePlan) -> list[str]:
        """Return the files of the context, and its text."""
        paths = [f"@{self.text(path)[0]}" for path in plan.context.paths]
        return joined([paths, self.text(plan.context.text, is_path_line)])

    def verification(self, plan: PhasePlan) -> list[str]:
        """Return the text of the verification, and its boxes."""
        boxes = [f"- [{box.state}] {''.join(self.text(box.text))}".rstrip() for box in plan.verification]
        return joined([self.text(plan.verification_text, lambda bare: bool(box_of(bare))), boxes])

    def task(self, task: AutoTask | HumanVerification | Decision | HumanAction) -> list[str]:
        """Return a task of any kind."""
        attributes = [("type", task.type if isinstance(task, AutoTask) else TYPES[type(task)])]
        if isinstance(task, AutoTask) and task.tdd:
            attributes.append(("tdd", "true"))
        if task.gate:
            attributes.append(("gate", task.gate))
        inside = [line for tag, name in TASK_PARTS[type(task)].items() for line in self.part(task, tag, name)]
        unknown = [line for part in task.unknown for line in self.unknown_part(part)]
        return [f"<task{written_attributes((*attributes, *task.attributes))}>", *inside, *unknown, "</task>"]

    def part(self, task: PlanTask, tag: str, name: str) -> list[str]:
        """Return one part of a task; nothing where it says nothing."""
        if tag == "name":
            return self.element(tag, task_name(task), "  ")
        if tag == "verify" and isinstance(task, AutoTask):
            return self.verify(task)
        if tag == "options" and isinstance(task, Decision):
            options = [line for option in task.options for line in self.option(option)]
            return ["  <options>", *options, "  </options>"] if options else []
        value = getattr(task, name)
        if tag in PATHS:
            return self.paths(tag, value)
        return self.element(tag, written_list(value) if tag in LISTS else value, "  ")

    def verify(self, task: AutoTask) -> list[str]:
        """Return how a task is verified: the text alone, or with the commands in lines of their own."""
        if not task.automated:
            return self.element("verify", task.verify, "  ")
        commands = [line for command in task.automated for line in self.element("automated", command, "    ")]
        return ["  <verify>", *indented(self.text(task.verify), "    "), *commands, "  </verify>"]

    def option(self, option: DecisionOption) -> list[str]:
        """Return one way to decide."""
        identity = (("id", option.id),) if option.id else ()
        values = {tag: getattr(option, name) for tag, name in OPTION_PARTS.items()}
        inside = [line for tag, value in values.items() for line in self.element(tag, value, " " * 6)]
        return [f"    <option{written_attributes(identity)}>", *inside, "    </option>"]

    def feature(self, feature: Feature) -> list[str]:
        """Return what a plan of type tdd builds."""
        inside = [line for tag, name in FEATURE_PARTS.items() for line in self.feature_part(feature, tag, name)]
        unknown = [line for part in feature.unknown for line in self.unknown_part(part)]
        return ["<feature>", *inside, *unknown, "</feature>"]

    def feature_part(self, feature: Feature, tag: str, name: str) -> list[str]:
        """Return one part of a feature; nothing where it says nothing."""
        return self.paths(tag, feature.files) if tag in PATHS else self.element(tag, getattr(feature, name), "  ")

    def unknown_section(self, part: UnknownPart) -> list[str]:
        """Return a section that the format doesn't name."""
        opening = f"<{part.tag}{written_attributes(part.attributes)}>"
        return [opening, *indented(self.text(part.text), "  "), f"</{part.tag}>"]

    def unknown_part(self, part: UnknownPart) -> list[str]:
        """Return a part that the format doesn't name; one that says nothing is kept too."""
        attributes = written_attributes(part.attributes)
        empty = [f"  <{part.tag}{attributes}>", f"  </{part.tag}>"]
        return self.element(part.tag, part.text, "  ", attributes) or empty

    def paths(self, tag: str, paths: tuple[str, ...]) -> list[str]:
        """Return a list of files: on one line with its tags where it is short, else one file a line."""
        line = written_list(paths)
        if len(line) <= LONGEST_PATHS:
            return self.element(tag, line, "  ")
        lines = [line for path in paths for line in self.text(written_list((path,)))]
        return [f"  <{tag}>", *indented(lines, "    "), f"  </{tag}>"]

    def element(self, tag: str, text: str, indent: str, attributes: str = "") -> list[str]:
        """Return a text between its tags, on one line where it is short; nothing for no text."""
        lines = self.text(text)
        if not lines:
            return []
        opening, closing = f"{indent}<{tag}{attributes}>", f"</{tag}>"
        # A backslash at the end would escape the closing tag.
        if len(lines) == 1 and len(lines[0]) <= LONGEST_INLINE and not lines[0].endswith("\\"):
            return [f"{opening}{lines[0]}{closing}"]
        return [opening, *indented(lines, f"{indent}  "), f"{indent}{closing}"]


def task_name(task: PlanTask) -> str:
    """Return the name with its number; a backslash keeps a name without one from being taken for numbered."""
    if task.number:
        return f"Task {task.number}: {task.name}".rstrip()
    return f"\\{task.name}" if NUMBERED.fullmatch(task.name.lstrip("\\")) else task.name


def written_attributes(attributes: tuple[tuple[str, str], ...]) -> str:
    """Return attributes as they stand in a tag, each with a space before it."""
    return "".join(f' {name}="{value}"' for name, value in attributes)


def indented(lines: list[str], indent: str) -> list[str]:
    """Return lines with an indent; blank ones stay empty."""
    return [f"{indent}{line}" if line else "" for line in lines]


def joined(blocks: list[list[str]]) -> list[str]:
    """Return blocks of lines with an empty line between."""
    lines: list[str] = []
    for block in blocks:
        if block:
            lines += ["", *block] if lines else block
    return lines
