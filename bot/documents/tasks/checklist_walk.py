"""Walks a checklist line by line: drafts of its tasks, its sections, and what can't be understood."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.documents.tasks.checklist import Section
from bot.documents.tasks.checklist_lines import (
    TaskLine,
    box_of,
    group_of,
    heading_of,
    labels_of,
    looks_like_box,
)
from bot.documents.tasks.checklist_words import LABEL_WORDS, PROPERTY_WORDS
from bot.documents.text.boxes import MARKS, without_bullet
from bot.documents.text.markdown import read_inline
from bot.documents.text.numbering import Removed, struck_of
from bot.documents.text.reading import FindingList, quote
from bot.documents.text.source_text import Line, SourceText
from bot.patterns import regex

__all__ = ["DEEPER_THAN_HEADINGS", "Draft", "SectionDraft", "Walk", "walk_checklist"]

TITLE = regex(
    r"(?:implementation (?:plan|tasks)|task (?:list|plan)|tasks?)(?:[ \t]*[:–—-][ \t]*(?P<title>.*))?", re.IGNORECASE
)
HEADING = regex(r"(?P<level>#{1,6})(?:[ \t]+(?P<text>.*))?")
DEEPER_THAN_HEADINGS = 10
"""Headings lie above every box: their indent is their level less this."""

NEW_DETAIL = ("- ", "* ", "+ ", "-\t", "*\t", "+\t", "-[", "*[", "+[")
"""How a detail begins, a box that isn't quite one included."""

ORDERED = regex(r"\d{1,6}[.)][ \t]")
MARKED_DETAIL = regex(
    r"\*\*[^*:：]{1,60}(?:[:：]\*\*|\*\*[ \t]?[:：])"
    rf"|[_*]{{1,3}}(?:{LABEL_WORDS}|(?:{PROPERTY_WORDS})[ \t]{{0,4}}\d)(?!\w)",
    re.IGNORECASE,
)
"""How a detail begins that has a mark or a bold label and needs no bullet."""

TAILS = {"task dependency graph": "graph", "notes": "notes", "must-haves": "must-haves"}
"""Level-two headings after which no line begins a task, save a numbered box among the notes."""


@dataclass(slots=True)
class Draft:
    """A task while its details come in. A detail of several lines is a list until the task is finished."""

    line: int
    start: int
    end: int
    indent: int
    section: int
    """How many sections have begun."""
    words: TaskLine
    details: list[str | list[str]] = field(default_factory=list)
    is_open: bool = False
    """Whether the next line without a bullet goes on with the last detail."""

    def take(self, stripped: str, end: int) -> None:
        """Take a line under the task."""
        self.end = end
        is_new = stripped.startswith(NEW_DETAIL) or (stripped[0] in "_*" and MARKED_DETAIL.match(stripped) is not None)
        if is_new or not self.is_open or ORDERED.match(stripped):
            self.details.append(without_bullet(stripped))
            self.is_open = True
            return
        last = self.details[-1]
        if isinstance(last, str) and last[0] in "_*" and last[-1] == last[0] and labels_of(last):
            self.details.append(stripped)
            return
        if isinstance(last, str):
            last = [last]
            self.details[-1] = last
        last.append(stripped)

    def take_fence(self, lines: list[Line]) -> None:
        """Take what stands in a fence, line by line as it is."""
        self.end = lines[-1].end
        self.details.append("\n".join(line.text for line in lines))
        self.is_open = False

    def raw_details(self) -> list[str]:
        """Return each detail as written, in one line; a fence keeps its lines."""
        return [detail if isinstance(detail, str) else " ".join(detail) for detail in self.details]


@dataclass(slots=True)
class SectionDraft:
    """A section while its lines come in."""

    heading: str
    level: int
    line: int
    tail: str = ""
    lines: list[str] = field(default_factory=list)

    def finished(self) -> Section:
        """Return the section, without the blank lines around its text."""
        return Section(self.heading, self.level, self.line, "\n".join(self.lines).strip("\n"))


@dataclass
class Walk:
    """Takes the lines of a checklist in order."""

    findings: FindingList
    finish: Callable[[Draft], None]
    """Takes each task when its last line was read, so that drafts needn't be held."""
    groups: frozenset[tuple[int, str]] = frozenset()
    """The kinds of headings whose numbers count groups of tasks, and are no tasks' numbers."""
    title: str | None = None
    removed: list[Removed] = field(default_factory=list)
    sections: list[SectionDraft] = field(default_factory=lambda: [SectionDraft("", 0, 1)])
    current: Draft | None = None
    fence: list[Line] = field(default_factory=list)
    fence_after_blank: bool = False
    takes_fences: bool = True
    comment: list[Line] = field(default_factory=list)
    """The lines of a comment that is open."""
    takes_comments: bool = True
    comments: list[Line] = field(default_factory=list)
    """Lines of comments below tasks: nothing in a comment is a task or a detail of one."""
    after_blank: bool = False

    @property
    def section(self) -> SectionDraft:
        """Return the section in which the walk is."""
        return self.sections[-1]

    def take(self, line: Line) -> None:
        """Put one line where it belongs."""
        stripped = line.text.strip()
        if self.fence:
            self.fence.append(line)
            if closes(stripped, self.fence[0].text.strip()):
                self.end_fence()
            return
        if self.comment or (self.takes_comments and stripped.startswith("<!--")):
            self.comment.append(line)
            if "-->" in line.text:
                self.end_comment()
            return
        if not stripped:
            self.take_blank()
            return
        first = stripped[0]
        if first in "`~" and self.takes_fences and stripped.startswith(("```", "~~~")) and is_fence(stripped):
            self.fence.append(line)
            self.fence_after_blank = self.after_blank
        elif first == "#" and line.text[0] == "#" and self.takes_heading(line):
            pass
        elif self.section.tail in {"graph", "must-haves"}:
            self.section.lines.append(line.text)
        elif not (("[" in stripped or "~~" in stripped) and self.takes_task(line, stripped)):
            self.take_text(line, stripped)
        self.after_blank = False

    def take_blank(self) -> None:
        """Take a blank line: it ends a detail, and a paragraph of a section."""
        self.after_blank = True
        if self.current:
            self.current.is_open = False
        else:
            self.section.lines.append("")

    def takes_task(self, line: Line, stripped: str) -> bool:
        """Take a line that begins a task or is struck, and tell whether it was one."""
        struck = struck_of(stripped) if "~~" in stripped else None
        if struck and (struck.number or "[" in stripped):
            self.removed.append(Removed(number=struck.number, text=struck.text))
            self.leave_task()
            return True
        words = box_of(line)
        if words is None:
            if looks_like_box(stripped):
                message = f"{quote(stripped)} looks like a box, and is none."
                self.findings.add("PT001", message, "Write it as “- [ ] 1.1 Title”.", line.number, 1)
            return False
        if self.section.tail and not words.number:
            return False
        self.begin(line, words)
        if words.mark not in MARKS:
            message = f"The mark {quote(words.mark)} of {quote(words.title)} is none of todo, doing and done."
            column = (words.mark_column or 0) + 1
            self.findings.add("PT001", f"{message} It is read as todo.", "Write [ ], [-] or [x].", line.number, column)
        return True

    def begin(self, line: Line, words: TaskLine, indent: int | None = None) -> None:
        """Begin a task."""
        self.leave_task()
        columns = line.indent if indent is None else indent
        self.current = Draft(line.number, line.start, line.end, columns, len(self.sections), words)

    def leave_task(self) -> None:
        """End the task in which the walk is."""
        if self.current:
            self.finish(self.current)
            self.current = None

    def takes_heading(self, line: Line) -> bool:
        """Take a heading: a parent, the title, or the beginning of a section; tell whether the line was one."""
        match = HEADING.fullmatch(line.text)
        if not match:
            return False
        level, text = len(match["level"]), (match["text"] or "").strip()
        if self.section.tail and level > self.section.level:
            self.section.lines.append(line.text)
            return True
        self.leave_task()
        parent = heading_of(line) if level > 1 and group_of(line) not in self.groups else None
        if parent:
            self.begin(line, parent, indent=level - DEEPER_THAN_HEADINGS)
            return True
        if level == 1 and self.title is None:
            titled = TITLE.fullmatch(text)
            self.title = read_inline((titled["title"] or "") if titled else text)
            return True
        tail = TAILS.get(text.rstrip(":").casefold(), "") if level > 1 else ""
        self.sections.append(SectionDraft(read_inline(text), level, line.number, tail))
        return True

    def take_text(self, line: Line, stripped: str) -> None:
        """Take a line that begins nothing: a detail of the task above, or text of the section."""
        is_paragraph = self.after_blank and line.text[0] not in " \t-*+_" and not ORDERED.match(stripped)
        if is_paragraph or stripped in {"---", "***", "___"}:
            self.leave_task()
        if self.current:
            self.current.take(stripped, line.end)
        else:
            self.section.lines.append(line.text)

    def end_fence(self) -> None:
        """Put a fence that closed where it belongs."""
        lines, self.fence = self.fence, []
        if self.fence_after_blank and lines[0].text[0] not in " \t":
            self.leave_task()
        if self.current and not self.section.tail:
            self.current.take_fence(lines)
        else:
            self.section.lines += [line.text for line in lines]

    def end_comment(self) -> None:
        """Put a comment that closed where it belongs: a section keeps its lines."""
        lines, self.comment = self.comment, []
        if self.current:
            self.comments += lines
        else:
            self.section.lines += [line.text for line in lines]

    def end(self) -> None:
        """End the walk; a fence or a comment that never closed is read as if it were none."""
        while self.fence or self.comment:
            self.read_again()
        self.leave_task()

    def read_again(self) -> None:
        """Read the lines of a fence or a comment that never closed."""
        step = "Close it with the same mark."
        if self.comment:
            step = "Close it with `-->`."
            self.takes_comments = False
            lines, self.comment = self.comment, []
        else:
            self.takes_fences = False
            self.after_blank = self.fence_after_blank
            lines, self.fence = self.fence, []
        message = f"{quote(lines[0].text)} opens a block that never closes; what follows is read as if it didn't."
        self.findings.add("PT008", message, step, lines[0].number, 1)
        for line in lines:
            self.take(line)


def is_fence(stripped: str) -> bool:
    """Tell whether a line opens a fence; one that closes on the same line is code or struck."""
    mark = stripped[0]
    return mark not in stripped.lstrip(mark)


def closes(stripped: str, opening: str) -> bool:
    """Tell whether a line closes the fence that another opened."""
    mark = opening[0]
    length = len(opening) - len(opening.lstrip(mark))
    return len(stripped) >= length and not stripped.strip(mark)


def walk_checklist(source: SourceText, findings: FindingList, finish: Callable[[Draft], None]) -> Walk:
    """Walk through a checklist's lines: ``finish`` gets its tasks, and the walk is returned with all the rest."""
    walk = Walk(findings, finish, groups_of(source))
    for line in source.each_line():
        walk.take(line)
    walk.end()
    return walk


type Group = tuple[int, str]


@dataclass
class Headings:
    """The headings with numbers of a checklist, by kind, and the boxes among them."""

    by_number: dict[str, set[Group]] = field(default_factory=dict)
    boxes: set[str] = field(default_factory=set)
    parents: set[Group] = field(default_factory=set)
    """The kinds of those directly above a box."""
    current: Group | None = None

    def take(self, line: Line, stripped: str) -> None:
        """Take a line outside fences."""
        if stripped[:1] == "#" and line.text[0] == "#":
            parent = heading_of(line)
            self.current = group_of(line) if parent else None
            if parent and self.current:
                self.by_number.setdefault(parent.number, set()).add(self.current)
        elif "[" in stripped and (words := box_of(line)):
            self.boxes.add(words.number)
            self.parents |= {self.current} if self.current else set()

    def groups(self) -> frozenset[Group]:
        """Return the kinds that are no tasks: their numbers are those of boxes, or no box is anywhere below them."""
        if not self.boxes:
            return frozenset()
        shared = {group for number in self.boxes for group in self.by_number.get(number, ())}
        heads = {head for number in (*self.boxes, *self.by_number) if (head := number.rpartition(".")[0])}
        above = self.parents | {group for head in heads for group in self.by_number.get(head, ())}
        chapters = {group for groups in self.by_number.values() for group in groups if not group[1]} - above
        return frozenset(shared | {group for group in chapters if not self.is_named(group)})

    def is_named(self, group: Group) -> bool:
        """Tell whether headings of a kind have names such as ``TASK-001``, which only tasks have."""
        return any(group in groups and not number[0].isdigit() for number, groups in self.by_number.items())


def groups_of(source: SourceText) -> frozenset[Group]:
    """Return the kinds of headings that only group tasks, as ``## Phase 2: …`` does above ``- [ ] 2. …`` and 3."""
    headings = Headings()
    fence = ""
    is_comment = False
    for line in source.each_line():
        stripped = line.text.strip()
        if fence:
            fence = "" if closes(stripped, fence) else fence
        elif is_comment or stripped.startswith("<!--"):
            is_comment = "-->" not in stripped
        elif stripped.startswith(("```", "~~~")) and is_fence(stripped):
            fence = stripped
        else:
            headings.take(line, stripped)
    return headings.groups()
