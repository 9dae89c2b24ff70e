"""Reads requirements.md: our own form in full, and foreign files as far as they share its structure.

In foreign files a number may be implied by position; in ours each is given once, so numbers are kept as written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.documents.findings import Finding, Place
from bot.documents.requirements.glossary_terms import GlossaryTable, term_of
from bot.documents.requirements.requirement_drafts import Draft
from bot.documents.requirements.requirement_numbers import Numbers
from bot.documents.requirements.requirements import Requirements
from bot.documents.requirements.requirements_lines import (
    CriterionLine,
    RequirementLine,
    criterion_of,
    is_criteria_heading,
    requirement_of,
    story_of,
    story_part,
    struck_requirement,
    title_of,
    without_box,
)
from bot.documents.requirements.requirements_words import SECTIONS, heading_remark, heading_words
from bot.documents.text.markdown import read_inline, read_paragraphs
from bot.documents.text.numbering import Removed
from bot.documents.text.reading import FindingList, quote
from bot.documents.text.source_text import Line, SourceText

__all__ = ["RequirementsReading", "Span", "read_requirements"]

AMONG_REQUIREMENTS = frozenset({"requirements", "requirement", "criteria", "aside"})
"""Sections in which requirements may begin; an aside is text under a heading of its own within a requirement."""

APART = frozenset({"other", "aside"})
"""Sections of which nothing is made, so that each is told as a whole."""

BULLETS = ("- ", "* ", "+ ")
RULES = frozenset({"---", "***", "___", "- - -", "* * *"})

type Span = tuple[int, int]
"""Offsets of the first character and after the last, the last line's ending left out."""


@dataclass(frozen=True)
class RequirementsReading:
    """What was read, what there is to say about the text, and where each thing stands in it."""

    requirements: Requirements
    findings: tuple[Finding, ...]
    places: Mapping[str, Place]
    """``1`` (a requirement) or ``1.2`` (a criterion) → its line."""
    spans: Mapping[str, Span] = field(default_factory=dict)
    """The same numbers → the lines that belong to it, a requirement's criteria included."""


@dataclass
class Reader:
    """Takes the lines of a document in order."""

    findings: FindingList
    numbers: Numbers = field(default_factory=Numbers)
    title: str | None = None
    introduction: list[str] = field(default_factory=list)
    items: dict[str, list[list[str]]] = field(default_factory=lambda: {"glossary": [], "assumptions": []})
    drafts: dict[int, Draft] = field(default_factory=dict)
    current: Draft | None = None
    removed: list[Removed] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    unknown: list[Line] = field(default_factory=list)
    section: str = ""
    box: Line | None = None
    """The first criterion with a box before it: requirements say what must hold, tasks say what is done."""
    table: GlossaryTable = field(default_factory=GlossaryTable)
    """The table in which the reading is."""
    level_apart: int = 0
    """The level of the heading under which nothing is made of anything."""
    fence: Line | None = None
    open_item: list[str] | None = None
    """The lines of the story, the criterion or the list item that a further line goes on with."""

    def take(self, line: Line) -> None:
        """Put one line where it belongs."""
        text = line.text.strip()
        if not text:
            self.take_blank()
        elif text.startswith("```") or self.fence:
            self.take_fenced(line, text)
        elif text in RULES:
            self.open_item = None
        elif self.takes_structure(line, text) or self.takes_content(line, text):
            self.say_unknown()
            return
        else:
            self.take_unknown(line, text)
            return
        if not self.fence and self.section not in APART:
            self.say_unknown()

    def take_unknown(self, line: Line, text: str) -> None:
        """Keep a line that nothing is made of; what stands under an unknown heading counts for nothing either."""
        level = len(text) - len(text.lstrip("#"))
        if not 0 < level < 7 or text[level : level + 1] not in {" ", "\t"}:
            self.unknown.append(line)
            return
        if level <= self.level_apart or self.section not in APART:
            self.say_unknown()
            self.level_apart = level
        self.unknown.append(line)
        self.open_item = None
        if level < 3 or not self.is_among:
            self.current = None
        self.section = "aside" if level > 2 and self.is_among else "other"

    def take_blank(self) -> None:
        """Take a blank line: it ends a paragraph, a story that has begun, and a list item."""
        if self.section == "introduction":
            self.introduction.append("")
        if self.open_item:
            self.open_item = None
        if self.table.rows:
            self.table = GlossaryTable()

    def take_fenced(self, line: Line, text: str) -> None:
        """Quote what stands in a fence: nothing in it counts as a criterion."""
        self.unknown.append(line)
        if not text.startswith("```"):
            return
        self.fence = None if self.fence else line

    def takes_structure(self, line: Line, text: str) -> bool:
        """Take a heading, a story's label or a struck line, and tell whether the line was one."""
        if text[0] == "#" and self.takes_heading(line, text):
            return True
        struck = struck_requirement(text, self.current.number if self.current else None) if self.is_among else None
        if struck and struck.number:
            self.take_removed(Removed(number=struck.number, text=struck.text))
            return True
        requirement = requirement_of(text, self.is_among) if text[0] in "#*" else None
        if requirement:
            self.begin(requirement, line)
            return True
        if self.current and is_criteria_heading(text):
            self.say_remark(line)
            self.section = "criteria"
            self.open_item = None
            return True
        return False

    @property
    def is_among(self) -> bool:
        """Tell whether requirements have begun."""
        return self.section in AMONG_REQUIREMENTS

    def takes_heading(self, line: Line, text: str) -> bool:
        """Take the title or the heading of a section, and tell whether the line was one."""
        title = title_of(text) if self.title is None else None
        if title is not None:
            self.title = read_inline(title)
            self.section = "introduction"
            return True
        section = SECTIONS.get(heading_words(text)) if text.startswith(("## ", "##\t", "# ")) else None
        if section is None or (section == "introduction" and self.drafts):
            return self.takes_subheading(text)
        self.say_remark(line)
        self.section = section
        self.current = self.open_item = None
        return True

    def say_remark(self, line: Line) -> None:
        """Say what stands in brackets behind a heading, unless it only names the form of what follows."""
        remark = heading_remark(line.text)
        if remark:
            message = f"{quote(remark)} behind the heading is kept in the file only."
            self.findings.add("PT006", message, "Write it below the heading where it matters.", line.number, 1)

    def takes_subheading(self, text: str) -> bool:
        """Take a heading inside the introduction as a paragraph of it, and tell whether the line was one."""
        level = len(text) - len(text.lstrip("#"))
        is_inside = self.section == "introduction" and level != 2 and text[level : level + 1] in {" ", "\t"}
        if not is_inside or requirement_of(text, is_among_requirements=False):
            return False
        self.introduction += ["", text[level:].strip(), ""]
        return True

    def begin(self, words: RequirementLine, line: Line) -> None:
        """Begin a requirement; a number that stands twice gives one that nobody has."""
        number = self.numbers.of_requirement(words.number)
        if number != words.number and not words.is_named:
            message = f"The number {words.number} is given twice; {quote(line.text)} is read as {number}"
            message = f"{message}, and its criteria with it."
            self.findings.add("PT007", message, "Give each requirement a number of its own.", line.number, 1)
        self.section = "requirement"
        written = self.numbers.found.criteria
        written.append(set())
        self.current = Draft(
            number=number,
            title=read_inline(words.title),
            start=line.start,
            end=line.end,
            written=number if words.is_named else words.number,
            found=written[-1],
            kept=self.numbers.kept_after(number, len(self.drafts)),
        )
        self.drafts[number] = self.current
        self.open_item = None
        self.note(str(number), line)

    def take_removed(self, removed: Removed) -> None:
        """Take a struck line: its number is never given again."""
        self.removed.append(removed)
        self.open_item = None
        head, dot, own = removed.number.partition(".")
        if dot and own.isdigit():
            self.numbers.strike_criterion(int(head), int(own), self.drafts.get(int(head)))
        elif not dot:
            self.numbers.strike_requirement(int(head))
            self.current = None

    def takes_content(self, line: Line, text: str) -> bool:
        """Take a line that isn't of the structure, and tell whether it was understood."""
        if self.section == "introduction" and text[0] != "#":
            self.introduction.append(text)
            return True
        if self.section in self.items:
            return self.takes_row(text) or self.takes_item(line, text)
        if not self.current:
            return False
        if not self.takes_story(text) and not self.takes_criterion(line, text):
            return False
        self.current.end = line.end
        self.spans[str(self.current.number)] = (self.current.start, line.end)
        return True

    def takes_row(self, text: str) -> bool:
        """Take a row of a glossary that is a table, and tell whether the line was one."""
        if self.section != "glossary" or not text.startswith("|"):
            return False
        self.open_item = None
        self.table.take(text, self.items["glossary"])
        return True

    def takes_item(self, line: Line, text: str) -> bool:
        """Take a term of the glossary or an assumption, or a line that goes on with one."""
        if text.startswith(BULLETS) and line.indent < 4:
            self.open_item = [text[2:].strip()]
            self.items[self.section].append(self.open_item)
            return True
        if self.section == "glossary" and text.startswith("**") and "**" in text[2:]:
            self.open_item = [text]
            self.items[self.section].append(self.open_item)
            return True
        if self.open_item is None or line.indent < 2:
            return False
        self.open_item.append(text)
        return True

    def takes_story(self, text: str) -> bool:
        """Take a user story or a line that goes on with it; the second story of a requirement is none."""
        draft = self.current
        if draft is None or self.section != "requirement":
            return False
        story = story_of(text) if draft.story is None else None
        if story is not None:
            draft.story = self.open_item = [story] if story else []
            return True
        part = story_part(text) if draft.story is None or draft.story_in_parts else None
        if part is not None:
            draft.story = self.open_item = [*(draft.story or ()), part]
            draft.story_in_parts = True
            return True
        if draft.story is None or self.open_item is not draft.story or criterion_of(text):
            return False
        draft.story.append(text)
        return True

    def takes_criterion(self, line: Line, text: str) -> bool:
        """Take a criterion, or a line that goes on with the one before."""
        draft = self.current
        if draft is None:
            return False
        words = criterion_of(text)
        if words and (self.section != "aside" or not draft.criteria) and (line.indent < 4 or not draft.criteria):
            self.begin_criterion(draft, words, line)
            return True
        if self.section != "criteria":
            return False
        is_bullet = text.startswith(BULLETS)
        if is_bullet and line.indent < 2:
            self.begin_criterion(draft, CriterionLine(None, text[2:].strip()), line)
            return True
        goes_on = self.open_item is not None or line.indent >= 2
        if not goes_on or not draft.criteria:
            return False
        own, lines = draft.criteria[-1]
        lines.append(text)
        number = f"{draft.number}.{own}"
        self.spans[number] = (self.spans[number][0], line.end)
        return True

    def begin_criterion(self, draft: Draft, words: CriterionLine, line: Line) -> None:
        """Begin a criterion: its number is the one that is written, else the next free one."""
        self.section = "criteria"
        own = self.number_of(draft, words, line)
        draft.take(own)
        text = without_box(words.text)
        if text is not words.text and not self.box:
            self.box = line
        self.open_item = [text]
        draft.criteria.append((own, self.open_item))
        self.note(f"{draft.number}.{own}", line)

    def number_of(self, draft: Draft, words: CriterionLine, line: Line) -> int:
        """Return what a criterion is called after the dot: as it is written, else a number that no other has."""
        is_elsewhere = words.head not in {None, draft.number, draft.written}
        own = self.numbers.of_criterion(draft, words.own, is_elsewhere=is_elsewhere)
        number = f"{draft.number}.{own}"
        if is_elsewhere:
            message = f"The number {words.head}.{words.own} stands under requirement {draft.number}"
            message = f"{message}; {quote(words.text)} is read as {number}."
            self.findings.add("PT002", message, "Give it a number of its own requirement.", line.number, 1)
            return own
        if words.own is not None:
            draft.found.add(words.own)
        if words.own is not None and words.own != own and words.own not in draft.said:
            draft.said.add(words.own)
            message = f"The number {draft.number}.{words.own} is given twice; {quote(words.text)} is read as {number}."
            self.findings.add("PT007", message, "Give each criterion a number of its own.", line.number, 1)
        return own

    def note(self, number: str, line: Line) -> None:
        """Note where something begins."""
        self.places[number] = Place(file=self.findings.file, line=line.number, column=1)
        self.spans[number] = (line.start, line.end)

    def say_unknown(self) -> None:
        """Quote lines that nothing was made of, a paragraph at a time."""
        lines, self.unknown = self.unknown, []
        if not lines:
            return
        text = "\n".join(line.text for line in lines)
        more = f" (lines {lines[0].number} to {lines[-1].number})" if len(lines) > 1 else ""
        message = f"{quote(text)}{more} was not understood and nothing was made of it."
        step = "Write it as a numbered criterion, or take it out."
        self.findings.add("PT001", message, step, lines[0].number, 1)

    def end(self) -> None:
        """End the reading: what is still open is said."""
        if self.fence:
            message = f"{quote(self.fence.text)} opens a block that never closes."
            self.findings.add("PT008", message, "Close it with the same mark.", self.fence.number, 1)
        self.say_unknown()
        if self.box:
            message = "The boxes before criteria (here, and in what follows) are kept in the file only."
            self.findings.add("PT006", message, "Tick tasks; a criterion is what must hold.", self.box.number, 1)
        if not self.drafts and not self.removed:
            step = "Begin each with “### Requirement 1: Title”."
            self.findings.add("PT004", "There is no requirement in this text.", step)

    def finished(self) -> Requirements:
        """Return what was read."""
        return Requirements(
            title=self.title or "",
            introduction=read_paragraphs(self.introduction),
            glossary=tuple(term_of(" ".join(item)) for item in self.items["glossary"]),
            requirements=tuple(draft.finished() for draft in self.drafts.values()),
            assumptions=tuple(read_inline(" ".join(item)) for item in self.items["assumptions"]),
            removed=tuple(self.removed),
        )


def read_requirements(text: str, file: str = "") -> RequirementsReading:
    """Return what the text says. Never raises: whatever can't be read becomes a finding.

    Numbers that are written are kept. What has none, or one that stands before, gets one that nobody has; for that
    the text is read a second time, with its numbers known.
    """
    source = SourceText(text)
    if source.is_too_large:
        findings = FindingList(file)
        findings.add("PT009", "This document is larger than 5 MB, so it was not read.", "Split it.")
        return RequirementsReading(Requirements(title="", introduction=""), tuple(findings.findings), {})
    reader = read_lines(source, Reader(FindingList(file)))
    if reader.numbers.gives:
        reader = read_lines(source, Reader(FindingList(file), Numbers(known=reader.numbers.found)))
    return RequirementsReading(reader.finished(), tuple(reader.findings.findings), reader.places, reader.spans)


def read_lines(source: SourceText, reader: Reader) -> Reader:
    """Have a reader take every line of a document, and return it."""
    for line in source.each_line():
        reader.take(line)
    reader.end()
    return reader
