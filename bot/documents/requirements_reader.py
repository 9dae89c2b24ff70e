"""Reads requirements.md: our own form in full, and foreign files as far as they share its structure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.documents.findings import Finding, Place
from bot.documents.markdown import read_inline, read_paragraphs
from bot.documents.reading import FindingList, quote
from bot.documents.requirements import AcceptanceCriterion, Requirement, Requirements, Term
from bot.documents.source_text import Line, SourceText

__all__ = ["RequirementsReading", "read_requirements"]

TITLE = re.compile(r"# +Requirements(?: Document)?(?: *: *(?P<title>.*))?", re.IGNORECASE)
REQUIREMENT = re.compile(r"#{2,4} +Requirement +(?P<number>\d{1,6})(?: *[:.—–-] *(?P<title>.*))?", re.IGNORECASE)
CRITERION = re.compile(r"(?P<number>\d{1,6})[.)] +(?P<text>.*)")
STORY = "**user story:**"
SECTIONS = {
    "## introduction": "introduction",
    "## glossary": "glossary",
    "## assumptions": "assumptions",
    "## requirements": "requirements",
    "#### acceptance criteria": "criteria",
}


@dataclass(frozen=True)
class RequirementsReading:
    """What was read, what there is to say about the text, and where each thing stands in it."""

    requirements: Requirements
    findings: tuple[Finding, ...]
    places: Mapping[str, Place]
    """``1`` (a requirement) or ``1.2`` (a criterion) → its line."""


@dataclass
class Draft:
    """A requirement while its lines come in."""

    number: int
    title: str
    story: str = ""
    criteria: list[AcceptanceCriterion] = field(default_factory=list)


@dataclass
class Reader:
    """Takes the lines of a document in order."""

    findings: FindingList
    title: str = ""
    introduction: list[str] = field(default_factory=list)
    glossary: list[Term] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    section: str = ""

    def take(self, line: Line) -> None:
        """Put one line where it belongs."""
        text = line.text.strip()
        if self.takes_heading(text, line) or (not text and self.section != "introduction"):
            return
        if self.section == "introduction":
            self.introduction.append(text)
        elif self.section in {"glossary", "assumptions"} and text.startswith(("- ", "* ")):
            self.take_item(text[2:].strip())
        elif text.lower().startswith(STORY) and self.drafts:
            self.drafts[-1].story = read_inline(text[len(STORY) :])
        elif self.section == "criteria" and self.drafts:
            self.take_criterion(text, line)
        else:
            self.not_understood(line)

    def takes_heading(self, text: str, line: Line) -> bool:
        """Take a heading of the structure, and tell whether the line was one."""
        section = SECTIONS.get(text.lower())
        if section:
            self.section = section
            return True
        requirement = REQUIREMENT.fullmatch(text)
        if requirement:
            self.section = "requirement"
            number = int(requirement["number"])
            self.drafts.append(Draft(number, read_inline(requirement["title"] or "")))
            self.places.setdefault(str(number), self.place(line))
            return True
        title = TITLE.fullmatch(text)
        if title and not self.title:
            self.title = read_inline(title["title"] or "")
            return True
        return False

    def take_item(self, text: str) -> None:
        """Take a term of the glossary, or an assumption."""
        if self.section == "assumptions":
            self.assumptions.append(read_inline(text))
            return
        word, colon, meaning = text.removeprefix("**").partition("**:")
        if not colon:
            word, _, meaning = text.partition(":")
        self.glossary.append(Term(word=read_inline(word), meaning=read_inline(meaning)))

    def take_criterion(self, text: str, line: Line) -> None:
        """Take a numbered criterion, or a line that goes on with the one before."""
        draft = self.drafts[-1]
        match = CRITERION.fullmatch(text)
        if match:
            number = f"{draft.number}.{int(match['number'])}"
            if number in self.places:
                position = f"{draft.number}.{len(draft.criteria) + 1}"
                self.findings.add(
                    "PT007",
                    f"The number {number} is given twice; {quote(match['text'])} is read as {position}.",
                    "Give each criterion a number of its own.",
                    line.number,
                )
                number = position
            self.places.setdefault(number, self.place(line))
            draft.criteria.append(AcceptanceCriterion(number=number, text=read_inline(match["text"])))
        elif draft.criteria and line.indent >= 2:
            before = draft.criteria[-1]
            joined = f"{before.text} {read_inline(text)}"
            draft.criteria[-1] = AcceptanceCriterion(number=before.number, text=joined)
        else:
            self.not_understood(line)

    def not_understood(self, line: Line) -> None:
        """Quote a line that nothing was made of."""
        message = f"{quote(line.text)} was not understood and nothing was made of it."
        self.findings.add("PT001", message, "Write it as a numbered criterion, or take it out.", line.number, 1)

    def place(self, line: Line) -> Place:
        """Return the place of a line."""
        return Place(file=self.findings.file, line=line.number, column=1)


def read_requirements(text: str, file: str = "") -> RequirementsReading:
    """Return what the text says. Never raises: whatever can't be read becomes a finding."""
    source = SourceText(text)
    findings = FindingList(file)
    reader = Reader(findings)
    if source.is_too_large:
        findings.add("PT009", "This document is larger than 5 MB, so it was not read.", "Split it.")
        return RequirementsReading(Requirements(title="", introduction=""), tuple(findings.findings), {})
    for line in source.lines:
        reader.take(line)
    if not reader.drafts:
        findings.add("PT004", "There is no requirement in this text.", "Begin each with “### Requirement 1: Title”.")
    requirements = Requirements(
        title=reader.title,
        introduction=read_paragraphs(reader.introduction),
        glossary=tuple(reader.glossary),
        requirements=tuple(
            Requirement(number=draft.number, title=draft.title, user_story=draft.story, criteria=tuple(draft.criteria))
            for draft in reader.drafts
        ),
        assumptions=tuple(reader.assumptions),
    )
    return RequirementsReading(requirements, tuple(findings.findings), reader.places)
