"""What stands under a task or a phase of our own task plan: labelled details, written and read back.

A free detail that begins like a label is written with a backslash before its colon, so that it stays a detail.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.documents.naming import ascii_letters
from bot.documents.tasks.checklist_lines import labels_of
from bot.documents.tasks.task_plan import Phase, Task, TaskKind
from bot.documents.text.code_spans import code_list, code_span, read_code_list, read_code_span
from bot.documents.text.kept_markdown import AsWritten
from bot.documents.text.markdown import escaped, inline, one_line, read_inline
from bot.documents.text.references import Reference, ReferenceKind, read_references
from bot.patterns import regex

__all__ = ["NAMELESS", "Labelled", "default_slug", "phase_details", "read_details", "task_details"]

LABEL = regex(r"(Goal|Folder|Tasks|Written by|Files|Verify|Done when|Template|Entity):")
EMPHASIS = regex(r"[`_*]")
NAMELESS = "phase"
BY_MODEL = "a model"
NO_TASKS = "none"


@dataclass
class Labelled:
    """What details say, taken apart: labels and their values, references, and what is free text."""

    values: dict[str, str] = field(default_factory=dict)
    """``Goal``, ``Files`` … → the value as written."""
    requirements: list[Reference] = field(default_factory=list)
    depends: list[Reference] = field(default_factory=list)
    details: list[str] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)
    """``boundary``, ``blocked``, ``validates``, ``property`` → what the marked details say."""
    joined: list[str] = field(default_factory=list)
    """Details whose line breaks the plan can't hold."""

    def text(self, label: str) -> str:
        """Return the text of a label."""
        return read_inline(self.values.get(label, ""))

    def said(self, key: str) -> str:
        """Return what the marked details of one key say."""
        return "; ".join(text for text in self.words.get(key, ()) if text)

    def codes(self, label: str) -> tuple[str, ...]:
        """Return the code spans of a label."""
        return read_code_list(self.values.get(label, ""))

    @property
    def kind(self) -> TaskKind:
        """Return who writes the task's files."""
        return TaskKind.CUSTOM if self.text("Written by") == BY_MODEL else TaskKind.DERIVED

    @property
    def blueprint_task(self) -> str:
        """Return the id of the blueprint's task."""
        span = read_code_span(self.values.get("Template", ""))
        return span[0] if span else ""

    @property
    def entity(self) -> str:
        """Return the entity that the task is about."""
        template = self.values.get("Template", "")
        span = read_code_span(template)
        subject = template[span[1] :].strip().removeprefix("for ") if span else self.values.get("Entity", "")
        named = read_code_span(subject)
        return named[0] if named else ""

    @property
    def says_no_tasks(self) -> bool:
        """Tell whether a phase says that it has no tasks."""
        return self.text("Tasks") == NO_TASKS


def default_slug(name: str) -> str:
    """Return the slug that a phase has where it says no other: ``data-layer`` for ``Data layer``, never an empty one.

    Accents are taken off (``grosse`` for ``Größe``); a name that has no such letters at all gives ``phase``.
    """
    return "-".join(re.findall(r"[a-z0-9]+", ascii_letters(name).lower())) or NAMELESS


def phase_details(phase: Phase, line: Callable[[str], str] = inline) -> list[str]:
    """Return what stands under a phase; ``line`` writes a text as one line of Markdown."""
    texts = []
    if phase.goal.strip():
        texts.append(f"Goal: {line(phase.goal)}")
    if phase.slug != default_slug(phase.name):
        texts.append(f"Folder: {code_span(f'{phase.number:02d}-{phase.slug}')}")
    if not phase.tasks:
        texts.append(f"Tasks: {NO_TASKS}")
    return texts


def task_details(task: Task, line: Callable[[str], str] = inline) -> list[str]:
    """Return what stands under a task, in its canonical order; ``line`` writes a text as one line of Markdown."""
    texts = [free_detail(line(detail)) for detail in task.details if detail.strip()]
    if task.kind is TaskKind.CUSTOM:
        texts.append(f"Written by: {BY_MODEL}")
    if task.blueprint_task.strip():
        subject = f" for {code_span(task.entity)}" if task.entity.strip() else ""
        texts.append(f"Template: {code_span(task.blueprint_task)}{subject}")
    elif task.entity.strip():
        texts.append(f"Entity: {code_span(task.entity)}")
    if files := code_list(task.files):
        texts.append(f"Files: {files}")
    if words := code_list(task.verification):
        texts.append(f"Verify: {words}")
    if task.done.strip():
        texts.append(f"Done when: {line(task.done)}")
    return texts + marked_details(task, line)


def marked_details(task: Task, line: Callable[[str], str]) -> list[str]:
    """Return the details of a task that have marks."""
    texts = []
    if task.requirements:
        texts.append(f"_Requirements: {', '.join(inline(number) for number in task.requirements)}_")
    if task.depends:
        texts.append(f"_Depends: {', '.join(inline(number) for number in task.depends)}_")
    words = {"boundary": task.boundary, "blocked": task.blocked, "validates": task.validates}
    texts += [marked_detail(key, said, line) for key, text in words.items() if (said := one_line(text))]
    return texts + [property_detail(text, line) for text in task.properties if text.strip()]


def free_detail(line: str) -> str:
    """Return a line of Markdown so that it can't be taken for a label or a mark."""
    match = LABEL.match(line)
    if match:
        return f"{line[: match.end() - 1]}\\{line[match.end() - 1 :]}"
    return f"\\{line}" if labels_of(line) else line


def marked_detail(key: str, text: str, line: Callable[[str], str]) -> str:
    """Return text with its mark, such as ``_Boundary: app/books_``; escaped where it could be taken for its end."""
    detail = f"_{line(f'{key.capitalize()}: {text}')}_"
    if [(found, read_inline(value)) for found, value in labels_of(detail)] == [(key, text)]:
        return detail
    return f"_{key.capitalize()}: {without_marks(text)}_"


def property_detail(text: str, line: Callable[[str], str]) -> str:
    """Return a property in bold, as tests name it."""
    name, _, value = one_line(text).partition(": ")
    detail = f"**{line(one_line(text))}**"
    if [(found, read_inline(said)) for found, said in labels_of(detail)] == [("property", one_line(text))]:
        return detail
    return f"**{name}: {without_marks(value)}**"


def without_marks(text: str) -> str:
    """Return a text with a backslash before every character that marks emphasis, code or anything else."""
    return EMPHASIS.sub(r"\\\g<0>", escaped(one_line(text)))


def read_details(raws: list[str], written: AsWritten | None = None) -> Labelled:
    """Return what raw details say; ``written`` notes how their texts stand in the file."""
    found = Labelled()
    texts = written or AsWritten()
    for raw in raws:
        labels = labels_of(raw)
        match = None if labels else LABEL.match(raw)
        if match and match[1] not in found.values:
            found.values[match[1]] = raw[match.end() :].strip()
            texts.note(found.values[match[1]])
        elif not labels:
            take_free(raw, found)
            plain = inline(read_inline(raw))
            texts.note(plain if raw == free_detail(plain) else raw)
        for key, value in labels:
            take_label(key, value, found)
            texts.note(value if key == "property" else f"{key.capitalize()}: {value}")
    return found


def take_free(raw: str, found: Labelled) -> None:
    """Take free text; the lines of a fence are joined."""
    if "\n" in raw:
        found.joined.append(raw)
        found.details.append(" ".join(raw.split()))
        return
    found.details.append(read_inline(raw))


def take_label(key: str, value: str, found: Labelled) -> None:
    """Take a marked detail: references, or text with its label."""
    if key not in {"requirements", "depends"}:
        found.words.setdefault(key, []).append(read_inline(value))
        return
    references = read_references(value)
    (found.requirements if key == "requirements" else found.depends).extend(references)
    if any(each.note or (each.kind is ReferenceKind.TEXT and each.text.strip()) for each in references):
        found.details.append(f"{key.capitalize()}: {read_inline(value)}")
