"""Reads the tasks, checkpoints and features of a PLAN.md, part by part."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.documents.phases.phase_plan import (
    UNSAFE_IN_ATTRIBUTE,
    AutoTask,
    Decision,
    DecisionOption,
    Feature,
    HumanAction,
    HumanVerification,
    UnknownPart,
)
from bot.documents.phases.plan_tags import Content, Opening, PlanTags
from bot.documents.phases.plan_text import KNOWN_TAGS, PARTS, list_items, normal, unescaped_lines
from bot.documents.text.markdown import one_line
from bot.documents.text.reading import FindingList, quote
from bot.patterns import regex

__all__ = ["FEATURE_PARTS", "LISTS", "OPTION_PARTS", "TASKS", "TASK_PARTS", "TaskReader", "safe_attributes", "text_of"]

type ReadableTask = AutoTask | HumanVerification | Decision | HumanAction

TASKS: Mapping[str, type[ReadableTask]] = {
    "checkpoint:human-verify": HumanVerification,
    "checkpoint:decision": Decision,
    "checkpoint:human-action": HumanAction,
}
"""The types of checkpoints; a task of any other type is an `AutoTask`."""

AUTO_PARTS = (
    "name", "files", "requirements", "depends", "read_first", "behavior", "action", "verify", "acceptance_criteria",
    "done",
)  # fmt: skip
TASK_PARTS: Mapping[type[ReadableTask], Mapping[str, str]] = {
    AutoTask: {part: part for part in AUTO_PARTS},
    HumanVerification: {
        "name": "name",
        "what-built": "what_built",
        "how-to-verify": "how_to_verify",
        "resume-signal": "resume_signal",
    },
    Decision: {
        "name": "name",
        "decision": "decision",
        "context": "context",
        "options": "options",
        "resume-signal": "resume_signal",
    },
    HumanAction: {
        "name": "name",
        "action": "action",
        "instructions": "instructions",
        "verification": "verification",
        "resume-signal": "resume_signal",
    },
}
"""The parts of each kind of task in their canonical order, with the fields that hold them."""

FEATURE_PARTS = {part: part for part in ("name", "files", "behavior", "implementation")}
OPTION_PARTS = {part: part for part in ("name", "pros", "cons")}
LISTS = frozenset({"files", "read_first", "requirements", "depends"})
TASK_NUMBER = r"Task[ ]{1,3}(?P<number>\d{1,6}(?:\.\d{1,6}){0,6})"
NUMBERED = regex(rf"{TASK_NUMBER}(?:[ ]?:|[ ][–—-](?=[ ]))(?P<name>.*)", re.ASCII)
AUTOMATED = "<automated>"
AUTOMATED_END = "</automated>"


@dataclass(frozen=True, slots=True)
class Part:
    """A tag inside a task, and the offsets between which its content stands."""

    opening: Opening
    start: int
    end: int


@dataclass
class TaskReader:
    """Reads tasks and features, and remembers their lines."""

    tags: PlanTags
    findings: FindingList
    places: dict[str, int]
    tasks: list[ReadableTask] = field(default_factory=list)
    features: list[Feature] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Find where tasks and parts begin."""
        self.task_openings = [opening for opening in self.tags.openings if opening.name in {"task", "feature"}]
        self.task_starts = [opening.start for opening in self.task_openings]
        self.part_starts = [opening.start for opening in self.tags.openings if opening.name in PARTS]

    def walk(
        self, start: int, end: int, counts: Callable[[Opening, int], bool], take: Callable[[Opening, int], int]
    ) -> None:
        """Take every tag that counts between two offsets; tell what stands outside them."""
        at = told = start
        while opening := self.tags.opening(at, end):
            if not counts(opening, end):
                at = opening.end
                continue
            self.tell_stray(told, opening.start)
            at = told = max(take(opening, end), opening.end)
        self.tell_stray(told, end)

    def tell_stray(self, start: int, end: int) -> None:
        """Tell people about text that no tag holds; a comment is none."""
        lines = [line for line in self.tags.content(start, end) if line.text.strip()] if start < end else []
        said = [line for line in lines if line.number not in self.tags.comments]
        if not said:
            return
        message = f"{quote(' '.join(line.text for line in said))} stands in no tag; it is kept in the file only."
        self.findings.add("PT001", message, "Put it into a tag, or take it out.", said[0].number)

    def bounds(self, opening: Opening, end: int, rival: int) -> tuple[int, int]:
        """Return where a tag's content ends and where what follows begins.

        ``rival`` is where it must end at the latest; then it is told that it doesn't close.
        """
        if opening.rest.endswith("/"):
            return opening.end, opening.end
        closing = self.tags.closing(opening.name, opening.end, end)
        if closing and closing[0] < rival:
            return closing
        message = f"The tag {quote(f'<{opening.name}>')} opens here and never closes."
        self.findings.add("PT008", message, f"Close it with </{opening.name}>.", opening.line, opening.column + 1)
        return rival, rival

    def counts_task(self, opening: Opening, _end: int) -> bool:
        """Tell whether a tag opens a task or feature."""
        return opening.name in {"task", "feature"}

    def take(self, opening: Opening, end: int) -> int:
        """Take a task or feature, and return where it ends."""
        at = bisect_left(self.task_starts, opening.end)
        rivals = self.task_starts[at : at + 1]
        inner_end, after = self.bounds(opening, end, min([end, *rivals]))
        if opening.name == "feature":
            path = f"features[{len(self.features)}]"
            self.places[path] = opening.line
            fields, unknown = self.part_fields(opening.end, inner_end, FEATURE_PARTS, path)
            self.features.append(Feature.model_validate({**fields, "unknown": unknown}))
            self.no_attributes(opening)
            return after
        self.take_task(opening, inner_end)
        return after

    def take_task(self, opening: Opening, end: int) -> None:
        """Take a task of any kind."""
        path = f"tasks[{len(self.tasks)}]"
        self.places[path] = opening.line
        attributes = dict(safe_attributes(opening, self.findings))
        stated = attributes.pop("type", "auto")
        kind = TASKS.get(stated, AutoTask)
        fields, unknown = self.part_fields(opening.end, end, TASK_PARTS[kind], path)
        if kind is AutoTask:
            fields |= {"type": stated, "tdd": attributes.get("tdd") == "true"}
            if attributes.get("tdd") in {"true", "false"}:
                del attributes["tdd"]
            if stated != "auto":
                message = f"The type {quote(stated)} of this task is unknown; it is kept, and read as a task."
                self.findings.add("PT001", message, "Write auto, or one of the checkpoints.", opening.line)
        fields["gate"] = attributes.pop("gate", "")
        fields["attributes"] = tuple(attributes.items())
        fields |= {"unknown": unknown, **named(str(fields.get("name", "")))}
        self.tasks.append(kind.model_validate(fields))

    def part_fields(
        self, start: int, end: int, parts: Mapping[str, str], path: str
    ) -> tuple[dict[str, object], tuple[UnknownPart, ...]]:
        """Return the fields that the parts between two offsets give, and the parts that no field holds."""
        fields: dict[str, object] = {}
        unknown: list[UnknownPart] = []
        for part in self.parts(start, end):
            name = part.opening.name
            if name not in parts:
                text = text_of(self.content(part))
                attributes = safe_attributes(part.opening, self.findings)
                unknown.append(UnknownPart(tag=name, attributes=attributes, text=text))
            elif parts[name] in fields:
                self.twice(part.opening, part.end)
            else:
                self.places[f"{path}.{parts[name]}"] = part.opening.line
                fields |= self.part_value(part, parts[name], path)
                self.no_attributes(part.opening)
        return fields, tuple(unknown)

    def parts(self, start: int, end: int) -> list[Part]:
        """Return the parts between two offsets in order."""
        found: list[Part] = []

        def counts(opening: Opening, limit: int) -> bool:
            if opening.name in KNOWN_TAGS:
                return opening.name in PARTS  # a section is no part of a task
            return self.tags.closing(opening.name, opening.end, limit) is not None

        def take(opening: Opening, limit: int) -> int:
            closing = self.tags.closing(opening.name, opening.end, limit)
            at = bisect_left(self.part_starts, opening.end)
            rival = limit if closing else min([limit, *self.part_starts[at : at + 1]])
            inner_end, after = self.bounds(opening, limit, rival)
            found.append(Part(opening, opening.end, inner_end))
            return after

        self.walk(start, end, counts, take)
        return found

    def content(self, part: Part) -> list[Content]:
        """Return the lines of a part."""
        return self.tags.content(part.start, part.end)

    def part_value(self, part: Part, name: str, path: str) -> dict[str, object]:
        """Return the field that a part gives; of `verify` its commands too."""
        content = self.content(part)
        if name == "name":
            return {"name": text_of(content).replace("\n", " ")}
        if name in LISTS:
            return {name: list_items(unescaped_lines(line.text for line in content))}
        if name == "options":
            return {name: self.options(part, path)}
        if name == "verify":
            return self.verification(part, content)
        return {name: text_of(content)}

    def options(self, part: Part, where: str) -> tuple[DecisionOption, ...]:
        """Return the options of a decision."""
        options: list[DecisionOption] = []
        for option in self.parts(part.start, part.end):
            if option.opening.name != "option":
                self.tell_stray(option.opening.start, option.end)
                continue
            attributes = dict(safe_attributes(option.opening, self.findings))
            path = f"{where}.options[{len(options)}]"
            self.places[path] = option.opening.line
            fields, unknown = self.part_fields(option.start, option.end, OPTION_PARTS, path)
            for other in unknown:
                message = f"The part {quote(other.tag)} of an option is kept in the file only: {quote(other.text)}."
                self.findings.add("PT006", message, "Say it in its pros or cons.", option.opening.line)
            options.append(DecisionOption.model_validate({**fields, "id": attributes.get("id", "")}))
        return tuple(options)

    def verification(self, part: Part, content: list[Content]) -> dict[str, object]:
        """Return the text and the commands of a task's verification."""
        raw = "\n".join(line.text for line in content)
        texts: list[str] = []
        commands: list[str] = []
        at = 0
        while (start := unescaped_at(raw, AUTOMATED, at)) >= 0:
            end = unescaped_at(raw, AUTOMATED_END, start)
            if end < 0:
                message = "A command opens here and never closes."
                self.findings.add("PT008", message, f"Close it with {AUTOMATED_END}.", part.opening.line)
                end = len(raw)
            texts.append(raw[at:start])
            commands.append(inner_text(raw[start + len(AUTOMATED) : end].split("\n")))
            at = end + len(AUTOMATED_END)
        texts.append(raw[at:])
        return {"verify": inner_text("".join(texts).split("\n")), "automated": tuple(commands)}

    def twice(self, opening: Opening, end: int) -> None:
        """Tell people that something stands twice."""
        said = quote(" ".join(line.text for line in self.tags.content(opening.end, end)))
        message = f"The tag {quote(f'<{opening.name}>')} stands twice; the first one holds, this one says {said}."
        self.findings.add("PT007", message, "Join them.", opening.line)

    def no_attributes(self, opening: Opening) -> None:
        """Tell people about attributes where the format has none."""
        if opening.attributes or opening.rest.strip("/"):
            message = f"The attributes of {quote(f'<{opening.name}>')} are kept in the file only."
            self.findings.add("PT006", message, "Say it in the text.", opening.line)


def unescaped_at(text: str, what: str, start: int) -> int:
    """Return where a tag stands without a backslash before it; -1 where it doesn't."""
    at = text.find(what, start)
    while at > 0 and text[at - 1] == "\\":
        at = text.find(what, at + 1)
    return at


def inner_text(lines: list[str]) -> str:
    """Return text as it stands behind a tag: what follows the tag on its line has no indent."""
    return normal(unescaped_lines([lines[0].lstrip(" \t"), *lines[1:]])) if lines else ""


def text_of(content: list[Content]) -> str:
    """Return the text that lines between tags hold."""
    return inner_text([line.text for line in content])


def named(text: str) -> dict[str, object]:
    """Return the name and number of a task's name."""
    line = one_line(text)
    match = NUMBERED.fullmatch(line)
    if match:
        return {"name": match["name"].strip(), "number": match["number"]}
    is_escaped = line.startswith("\\") and NUMBERED.fullmatch(line.lstrip("\\"))
    return {"name": line[1:] if is_escaped else line}


def safe_attributes(opening: Opening, findings: FindingList) -> tuple[tuple[str, str], ...]:
    """Return the attributes of a tag; what can't be kept is told."""
    if opening.rest.strip("/"):
        message = f"Of the tag {quote(f'<{opening.name}>')}, {quote(opening.rest)} is no attribute in double quotes."
        findings.add("PT001", message, 'Write name="value".', opening.line)
    found: dict[str, str] = {}
    for name, value in opening.attributes:
        if name in found or UNSAFE_IN_ATTRIBUTE.search(value):
            message = f"The attribute {quote(name)} is written twice, or with characters that can't be kept."
            findings.add("PT007", message, "Mend it.", opening.line)
        found.setdefault(name, UNSAFE_IN_ATTRIBUTE.sub(" ", value))
    return tuple(found.items())
