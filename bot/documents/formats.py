"""Which planning format a file holds: told by its name, then by the first line that only one format has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from itertools import islice

from bot.documents.text.source_text import SourceText
from bot.patterns import regex

__all__ = [
    "FORMAT_FILES",
    "Format",
    "begins_as",
    "detect_format",
    "format_by_name",
    "is_requirements_name",
    "is_research",
]

LOOKED_AT = 400
"""Lines; a header stands near the beginning."""


class Format(StrEnum):
    """A planning format, by the word that people use for it."""

    ENTITY_SPECS = "entity-specs"
    REQUIREMENTS = "requirements"
    TASKS = "tasks"
    PLAN = "plan"
    SUMMARY = "summary"
    ROADMAP = "roadmap"
    STATE = "state"
    PROJECT = "project"
    REQUIREMENTS_LIST = "requirements-list"


FORMAT_FILES = {
    Format.ENTITY_SPECS: "entity_specs.txt",
    Format.REQUIREMENTS: "requirements.md",
    Format.TASKS: "tasks.md",
    Format.PLAN: "PLAN.md",
    Format.SUMMARY: "SUMMARY.md",
    Format.ROADMAP: "ROADMAP.md",
    Format.STATE: "STATE.md",
    Format.PROJECT: "PROJECT.md",
    Format.REQUIREMENTS_LIST: "REQUIREMENTS.md",
}
"""What each format's file is called."""

NAMES = (
    (regex(r"(?:.*[-_.])?entity[-_]specs?(?:\.(?:txt|md))?|.*\.specs\.txt", re.IGNORECASE), Format.ENTITY_SPECS),
    (regex(r"(?:.*[-_.])?tasks\.md", re.IGNORECASE), Format.TASKS),
    (regex(r"(?:.*[-_.])?PLAN\.md"), Format.PLAN),
    (regex(r"(?:.*[-_.])?SUMMARY\.md"), Format.SUMMARY),
    (regex(r"ROADMAP\.md"), Format.ROADMAP),
    (regex(r"STATE\.md"), Format.STATE),
    (regex(r"PROJECT\.md"), Format.PROJECT),
)
"""Names that stand for one format."""

BOTH_REQUIREMENTS = regex(r"(?:.*[-_.])?requirements\.md", re.IGNORECASE)
"""The name of two formats, which are one file where a disk ignores case: what the file says decides."""

ENTITIES = regex(r"\s*<entity_specs>|\s*(?:ENTITY_SPECS|ENTITY|ENUM):")
REQUIREMENT = regex(r"# Requirements Document\b|#{2,4} Requirement \d|#{2,5} Acceptance Criteria\b", re.IGNORECASE)
LISTED = regex(r"\s*[-*] \[.\] \*\*[A-Z][A-Z0-9_]*-\d+", re.IGNORECASE)
HEADERS = (
    (ENTITIES, Format.ENTITY_SPECS),
    (REQUIREMENT, Format.REQUIREMENTS),
    (regex(r"<(?:objective|tasks|execution_context|task type=)", re.IGNORECASE), Format.PLAN),
    (regex(r"(?:provides|key-files|requirements-completed|completed):|# .*\bSummary\b"), Format.SUMMARY),
    (regex(r"# Roadmap\b", re.IGNORECASE), Format.ROADMAP),
    (regex(r"# (?:Project )?State\b", re.IGNORECASE), Format.STATE),
    (regex(r"#{1,2} (?:What This Is|Core Value)\b", re.IGNORECASE), Format.PROJECT),
    (regex(r"# Requirements\b", re.IGNORECASE), Format.REQUIREMENTS_LIST),
    (LISTED, Format.REQUIREMENTS_LIST),
    (regex(r"# (?:Implementation Plan|Tasks)\b|## Tasks\b|\s*[-*+] \[.\]", re.IGNORECASE), Format.TASKS),
)
"""Lines that stand in one format only; where a line fits several, the earlier counts."""


def format_by_name(name: str) -> Format | None:
    """Return the format that a file's name (without its folder) stands for, or None."""
    return next((known for pattern, known in NAMES if pattern.fullmatch(name)), None)


def detect_format(name: str, text: str) -> Format | None:
    """Return the format of a file by its name, else by its first telling line; None where neither tells."""
    known = format_by_name(name)
    if known:
        return None if known is Format.SUMMARY and is_research(text) else known
    beginning = [line.text for line in islice(SourceText(text).each_line(), LOOKED_AT)]
    if BOTH_REQUIREMENTS.fullmatch(name):
        return which_requirements(name, beginning)
    return next((header for line in beginning for pattern, header in HEADERS if pattern.match(line)), None)


def is_research(text: str) -> bool:
    """Tell whether a text sums up research, which files called SUMMARY.md also do beside a roadmap."""
    first = first_words(text)
    return first.startswith("#") and "research summary" in first.casefold()


def first_words(text: str) -> str:
    """Return the first line with words; nothing where there is none."""
    return next((line.text for line in SourceText(text).each_line() if line.text.strip()), "")


def which_requirements(name: str, beginning: Iterable[str]) -> Format:
    """Return which of the two formats of that name a text is: by its lines, else by the case of the name."""
    for line in beginning:
        if REQUIREMENT.match(line):
            return Format.REQUIREMENTS
        if LISTED.match(line):
            return Format.REQUIREMENTS_LIST
    return Format.REQUIREMENTS_LIST if name.endswith("REQUIREMENTS.md") else Format.REQUIREMENTS


def is_requirements_name(name: str) -> bool:
    """Tell whether a name is that of requirements, whichever of the two formats."""
    return BOTH_REQUIREMENTS.fullmatch(name) is not None


def begins_as(text: str) -> Format | None:
    """Return the format whose header is the first line with words, or None: how a folder's other files are told."""
    first = first_words(text)
    return next((known for pattern, known in TITLES if pattern.match(first)), None)


TITLES = (
    (ENTITIES, Format.ENTITY_SPECS),
    (regex(r"# Requirements Document\b", re.IGNORECASE), Format.REQUIREMENTS),
    (regex(r"# Implementation Plan\b", re.IGNORECASE), Format.TASKS),
)
"""First lines that nothing but a plan has."""
