"""Reads SUMMARY.md, our own and foreign ones: front matter, accomplishments, the commits of tasks, deviations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.documents.findings import Finding, Place
from bot.documents.progress.summary import (
    COMMIT_COLUMNS,
    FILE_COLUMNS,
    SUMMARY_SECTIONS,
    ChangedFile,
    Deviation,
    Summary,
    TaskCommit,
)
from bot.documents.progress.summary_front_matter import front_fields
from bot.documents.text.front_matter import read_front_matter
from bot.documents.text.outline import Block, BlockKind, Section, heading_key, is_footer, is_prose, shown
from bot.documents.text.prose import read_inline, split_dash, split_label, split_strong, unbold, without_mark
from bot.documents.text.reading import FindingList
from bot.documents.text.sections import SectionReader, entries, is_none
from bot.documents.text.source_text import SourceText
from bot.documents.text.tables import Row, read_rows
from bot.patterns import regex

__all__ = ["SummaryReading", "read_summary"]

CODE_HASH = regex(r"`([0-9a-fA-F]{4,64})`")
BARE_HASH = regex(r"[0-9a-fA-F]{4,64}")
AROUND = " -–—:,()"
OPEN = "open"
COUNTS = frozenset({"total deviations", "impact on plan"})
"""Labels below deviations that are none of them."""

WITH_PARTS = frozenset({"accomplishments", "files", "deviations"})
"""Sections whose sub-sections, whatever they are called, belong to them."""


@dataclass(frozen=True)
class SummaryReading:
    """What was read, what there is to say, and where things stand.

    Those are each section, each task's commit (by task), and the keys of the front matter, such as ``plan``.
    """

    summary: Summary
    findings: tuple[Finding, ...]
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass
class DeviationDraft:
    """A deviation while its details come in."""

    text: str
    indent: int
    is_prose: bool
    details: list[str] = field(default_factory=list)


class SummaryReader(SectionReader):
    """Takes the sections of a summary."""

    known = SUMMARY_SECTIONS
    familiar = frozenset(
        {"performance", "user setup required", "known stubs", "threat flags", "self check", "self check passed"}
        | {"verification", "verification evidence", "verification results", "auth gates", "authentication gates"}
        | {"tests", "test results", "metrics"}
    )

    def __init__(self, source: SourceText, findings: FindingList) -> None:
        """Read the front matter."""
        before = len(findings.findings)
        super().__init__(source, findings)
        del findings.findings[before:]
        front = read_front_matter(source, findings)
        self.has_front_matter = front is not None
        self.fields = front_fields(front.values if front else {})
        self.one_line = ""
        self.lists: dict[str, list[str]] = {}
        self.commits: list[TaskCommit] = []
        self.files: list[ChangedFile] = []
        self.deviations: list[DeviationDraft] = []
        self.within: tuple[str, int] | None = None
        self.front_lines = front.lines if front else {}

    def read(self) -> SummaryReading:
        """Return what the front matter and the sections say."""
        self.read_sections()
        if not self.has_front_matter and not self.places:
            message = "Nothing in this text says what was done."
            self.findings.add("PT004", message, "Begin with the front matter, then “## Accomplishments”.")
        elif not self.has_front_matter:
            message = "There is no front matter, so nothing says of which phase and plan this is the summary."
            self.findings.add("PT001", message, "Begin with “phase:” and “plan:” between lines of three dashes.", 1, 1)
        summary = Summary.model_validate(
            {
                **self.fields,
                **{name: tuple(texts) for name, texts in self.lists.items()},
                "title": self.title,
                "one_line": self.one_line,
                "commits": tuple(self.commits),
                "files": tuple(self.files),
                "deviations": tuple(
                    Deviation(text=draft.text, details=tuple(draft.details)) for draft in self.deviations
                ),
                "notes": self.notes.notes(),
            }
        )
        for key, line in self.front_lines.items():
            self.places.setdefault(key, self.place(line))
        return SummaryReading(summary, tuple(self.findings.findings), self.places)

    def name_of(self, section: Section) -> str | None:
        """Return the field that a section belongs to, sub-sections included."""
        known = super().name_of(section)
        if known:
            self.within = (known, section.level)
            return known
        if self.within and self.within[0] in WITH_PARTS and section.level > self.within[1]:
            return self.within[0]
        self.within = None
        return None

    def take_opening(self, section: Section) -> None:
        """Take the first paragraph as the one line of what was done."""
        loose: list[Block] = []
        for block in section.blocks:
            if block.kind is BlockKind.PROSE and not self.one_line and shown(block):
                label = split_label(block.text)
                self.one_line = read_inline(label[1] if label and label[1] else unbold(block.text))
            else:
                loose.append(block)
        self.notes.loose(section, loose)

    def take(self, name: str, section: Section) -> None:
        """Take a known section."""
        is_part = self.known.get(section.key) is None
        if name == "accomplishments" and is_part:
            self.take_part(section)
        elif name == "commits":
            self.take_commits(section)
        elif name == "files":
            self.take_files(section, read_inline(section.title) if is_part else "")
        elif name == "deviations":
            self.take_deviations(section)
        else:
            said = [block for block in section.blocks if is_said(block)]
            self.lists.setdefault(name, []).extend(entries(said))
            self.notes.loose(section, [block for block in section.blocks if not is_said(block)])

    def take_part(self, section: Section) -> None:
        """Take one task's own heading below what was done; its text is kept as a note."""
        title = read_inline(section.title)
        hashes = CODE_HASH.findall(section.title)
        if hashes:
            self.add_commit(TaskCommit(task=before_hash(section.title) or title, hashes=tuple(hashes)), section.line)
        self.lists.setdefault("accomplishments", []).append(title)
        self.notes.loose(section, section.blocks)

    def take_commits(self, section: Section) -> None:
        """Take the commits of tasks from a table or a list."""
        loose: list[Block] = []
        for block in section.blocks:
            columns, rows = read_rows(block, COMMIT_COLUMNS) if block.kind is BlockKind.TABLE else (frozenset(), ())
            if {"task", "commit"} <= columns:
                for row in rows:
                    self.add_commit(commit_of_row(row), row.line)
            elif block.kind in {BlockKind.ITEM, BlockKind.PROSE} and CODE_HASH.search(block.text):
                self.add_commit(commit_of_text(block), block.line)
            elif not is_none(block):
                loose.append(block)
        self.notes.loose(section, loose, expected=is_prose)

    def add_commit(self, commit: TaskCommit, line: int) -> None:
        """Keep the commits of one task."""
        self.commits.append(commit)
        self.places.setdefault(commit.task, self.place(line))

    def take_files(self, section: Section, part: str) -> None:
        """Take files with what they are for; without that, the heading of their part (such as “Created”) says it."""
        loose: list[Block] = []
        for block in section.blocks:
            columns, rows = read_rows(block, FILE_COLUMNS) if block.kind is BlockKind.TABLE else (frozenset(), ())
            if "path" in columns and not any(row.more for row in rows):
                self.files += [ChangedFile(path=row["path"] or "—", note=row["note"] or part) for row in rows]
                continue
            found = file_of(block)
            if found:
                self.files.append(found if found.note else ChangedFile(path=found.path, note=part))
            elif not is_none(block):
                loose.append(block)
        self.notes.loose(section, loose)

    def take_deviations(self, section: Section) -> None:
        """Take deviations: paragraphs or items, with the items below each as its details."""
        loose: list[Block] = []
        current: DeviationDraft | None = None
        for block in section.blocks:
            text = shown(block)
            is_detail = current and block.kind is BlockKind.ITEM and (current.is_prose or block.indent > current.indent)
            if not is_said(block) or is_none(block) or is_count(block):
                loose += [] if is_none(block) else [block]
            elif current and is_detail:
                current.details.append(shown(block))
            elif not text:
                loose.append(block)
            else:
                current = DeviationDraft(text, block.indent, block.kind is BlockKind.PROSE)
                self.deviations.append(current)
        self.notes.loose(section, loose, expected=is_count)


def is_count(block: Block) -> bool:
    """Tell whether a block only counts the deviations: ``**Total deviations:** 2 auto-fixed``."""
    label = split_label(block.text) if block.kind in {BlockKind.ITEM, BlockKind.PROSE} else None
    return label is not None and heading_key(label[0]) in COUNTS


def is_said(block: Block) -> bool:
    """Tell whether a block is an item or a paragraph of the text, not one about the document in italics."""
    return block.kind in {BlockKind.ITEM, BlockKind.PROSE} and not is_footer(block)


def commit_of_row(row: Row) -> TaskCommit:
    """Return the commits that a row of a table names; what is no hash is kept in the note."""
    words = row["commit"].replace("`", " ").replace(",", " ").split()
    hashes = tuple(word for word in words if BARE_HASH.fullmatch(word))
    others = " ".join(word for word in words if word not in hashes and word.casefold() != OPEN)
    note = "; ".join(part for part in (others, row["note"]) if part)
    return TaskCommit(task=row["task"] or "—", hashes=hashes, note=note, more=row.more)


def commit_of_text(block: Block) -> TaskCommit:
    """Return the commits that an item names: ``**Task 1: name** - `abc1234` (feat)``."""
    hashes = tuple(CODE_HASH.findall(block.text))
    last = list(CODE_HASH.finditer(block.text))[-1]
    task = before_hash(block.text) or "—"
    return TaskCommit(task=task, hashes=hashes, note=read_inline(block.text[last.end() :].strip(AROUND)))


def before_hash(text: str) -> str:
    """Return what a text names before its first hash."""
    strong = split_strong(text)
    if strong and read_inline(strong[0].strip(AROUND)):
        return read_inline(strong[0].strip(AROUND))
    match = CODE_HASH.search(text)
    start = text[: match.start()] if match else text
    bare = start.strip(AROUND)
    return read_inline(bare.removesuffix("commit").strip(AROUND))


def file_of(block: Block) -> ChangedFile | None:
    """Return the file that an item names: ``path`` in code or bold, or plain before a dash; None for other text."""
    if block.kind is not BlockKind.ITEM or not shown(block):
        return None
    text = block.text
    strong = split_strong(text)
    inner, closed, rest = text[1:].partition("`") if text.startswith("`") else ("", "", "")
    if closed and inner.strip():
        return ChangedFile(path=inner, note=read_inline(without_mark(rest)))
    if strong and read_inline(strong[0]):
        return ChangedFile(path=read_inline(strong[0].rstrip(":")) or "—", note=read_inline(without_mark(strong[1])))
    path, note = (read_inline(part) for part in split_dash(text))
    return ChangedFile(path=path, note=note) if path else ChangedFile(path=shown(block))


def read_summary(text: str, file: str = "") -> SummaryReading:
    """Return what the text says. Never raises: whatever can't be read becomes a finding."""
    source = SourceText(text)
    findings = FindingList(file)
    if source.is_too_large:
        findings.add("PT009", "This document is larger than 5 MB, so it was not read.", "Split it.")
        return SummaryReading(Summary(), tuple(findings.findings))
    return SummaryReader(source, findings).read()
