"""What one line of requirements.md is: a heading of the structure, a user story, a criterion, a struck line."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.documents.requirements.requirements_words import (
    CRITERIA,
    REQUIREMENT_WORDS,
    STORY_PARTS,
    STORY_WORDS,
    heading_words,
)
from bot.documents.text.numbering import Struck, read_struck, struck_of
from bot.patterns import regex

__all__ = [
    "CriterionLine",
    "RequirementLine",
    "criterion_of",
    "is_criteria_heading",
    "requirement_of",
    "story_of",
    "story_part",
    "struck_requirement",
    "title_of",
    "without_box",
]

TITLE = regex(r"#[ \t]+requirements(?: document| specification)?(?:[ \t]*[:–—-][ \t]*(?P<title>.*))?", re.IGNORECASE)
REQUIREMENT = regex(
    rf"(?:#{{2,5}}[ \t]+(?:\*\*)?|\*\*)(?:{REQUIREMENT_WORDS})[ \t]*(?P<number>\d{{1,6}})(?!\d|\.\d)"
    r"(?P<separator>(?:[ \t]*[:：.)—–-])?[ \t]*)(?P<title>.*)",
    re.IGNORECASE,
)
PLAIN_REQUIREMENT = regex(r"#{3,4}[ \t]+(?P<number>\d{1,6})(?P<separator>[:：.)]?[ \t]+)(?P<title>.*)")
NAMED_REQUIREMENT = regex(
    r"#{2,5}[ \t]+(?:\*\*)?(?P<title>\[?(?P<prefix>[A-Z]{1,8}(?:-[A-Z]{1,8}){0,2})-?(?P<number>\d{1,6})"
    r"(?:\.\d{1,6})?\]?(?:(?:[ \t]?[:：.)—–-]|[ \t]).*)?)"
)
"""A requirement with a name of its own: ``### RF-01: …``, ``## REQ-AUTH-003 — …``, ``### FR-1.2 …``."""

DEEPER_REQUIREMENT = regex(
    rf"#{{2,5}}[ \t]+(?:\*\*)?(?P<title>(?:{REQUIREMENT_WORDS})[ \t]*\d{{1,6}}\.\d{{1,6}}\b.*)", re.IGNORECASE
)
PREFIXES = frozenset({"REQ", "R", "FR", "NFR", "RF", "RNF", "US", "UC", "BR", "STORY", "REQUIREMENT"})
"""Names that requirements have wherever they stand; others count only among requirements."""

STORY = regex(rf"[*_]{{0,3}}(?:{STORY_WORDS})[*_]{{0,3}}[ \t]{{0,4}}[:：][*_]{{0,3}}(?P<text>.*)", re.IGNORECASE)
STORY_HEADING = regex(rf"(?:#{{2,6}}[ \t]+|\*\*)(?:{STORY_WORDS})(?:\*\*)?[:：]?", re.IGNORECASE)
STORY_PART = regex(rf"(?:[-*+][ \t]+)?\*\*(?:{STORY_PARTS})\b[^*]{{0,80}}\*\*", re.IGNORECASE)
BARE_STORY = regex(r"as (?:a|an|the) [^,]{1,200}, (?:i|we) ", re.IGNORECASE)
NUMBERED = regex(r"(?P<own>\d{1,6})[.)](?:[ \t]+(?P<text>.*))?")
WHOLE = regex(r"(?:[-*+][ \t]+)?(?:\*\*)?(?P<head>\d{1,6})\.(?P<own>\d{1,6})[.:)]?(?:\*\*)?[.:]?[ \t]+(?P<text>.*)")
BOX = regex(r"\[[ xX~-]\][ \t]+")
STRUCK_HEADING = regex(r"#{2,5}[ \t]+(?P<rest>~~.*)")


class RequirementLine(NamedTuple):
    """A line that begins a requirement. ``title_start`` and ``title_end`` are columns, from 0, in the stripped line."""

    number: int
    title: str
    title_start: int
    title_end: int
    is_named: bool = False
    """Whether it has a name of its own, such as ``RF-01``, which its title keeps; its number only follows from it."""


class CriterionLine(NamedTuple):
    """A line that begins a criterion. ``own`` is the number after the dot; ``head`` stands before it, where written."""

    own: int | None
    text: str
    head: int | None = None


def title_of(stripped: str) -> str | None:
    """Return the title of a first heading (empty where it says only what the document is), or None."""
    match = TITLE.fullmatch(stripped)
    if match:
        return (match["title"] or "").strip()
    return stripped[1:].strip() if stripped.startswith(("# ", "#\t")) else None


def requirement_of(stripped: str, is_among_requirements: bool) -> RequirementLine | None:
    """Return the requirement that a heading begins; a bare number counts only among requirements."""
    match = REQUIREMENT.fullmatch(stripped)
    if not match and is_among_requirements:
        match = PLAIN_REQUIREMENT.fullmatch(stripped)
    if not match:
        return named_requirement(stripped, is_among_requirements)
    return requirement_line(stripped, match, int(match["number"]), is_named=False)


def named_requirement(stripped: str, is_among_requirements: bool) -> RequirementLine | None:
    """Return the requirement that a heading with a name such as ``RF-01`` or a number such as 1.2 begins."""
    match = NAMED_REQUIREMENT.fullmatch(stripped)
    if match and (is_among_requirements or match["prefix"].partition("-")[0] in PREFIXES):
        return requirement_line(stripped, match, int(match["number"]), is_named=True)
    deeper = DEEPER_REQUIREMENT.fullmatch(stripped)
    return requirement_line(stripped, deeper, 0, is_named=True) if deeper else None


def requirement_line(stripped: str, match: re.Match[str], number: int, *, is_named: bool) -> RequirementLine:
    """Return a requirement with what its heading says."""
    title = match["title"].strip()
    is_bold = title.endswith("**") and "**" in stripped[: match.start("title")]
    title = title.removesuffix("**").rstrip() if is_bold else title
    return RequirementLine(number, title, match.start("title"), match.start("title") + len(title), is_named)


def story_of(stripped: str) -> str | None:
    """Return what a line says as a user story (empty where the story follows), or None."""
    match = STORY.fullmatch(stripped)
    if match:
        return match["text"].strip()
    if STORY_HEADING.fullmatch(stripped):
        return ""
    return stripped if BARE_STORY.match(stripped) else None


def story_part(stripped: str) -> str | None:
    """Return what a line says of a story in three lines (``**As a** …``, ``**I want** …``), or None."""
    match = STORY_PART.match(stripped)
    return stripped[stripped.index("*", 1 if stripped[1:2] in " \t" else 0) :].replace("**", "") if match else None


def is_criteria_heading(stripped: str) -> bool:
    """Tell whether a line says that acceptance criteria follow."""
    if not (stripped.startswith(("#", "*", "_")) or stripped.endswith((":", "："))):
        return False
    return heading_words(stripped) in CRITERIA


def without_box(text: str) -> str:
    """Return a criterion without the box before it."""
    match = BOX.match(text)
    return text[match.end() :] if match else text


def criterion_of(stripped: str) -> CriterionLine | None:
    """Return the criterion that a line begins, or None: ``3. …``, ``3) …``, ``2.3 …``, ``- **2.3** …``."""
    match = NUMBERED.fullmatch(stripped)
    if match:
        return CriterionLine(int(match["own"]), match["text"] or "")
    match = WHOLE.fullmatch(stripped)
    return CriterionLine(int(match["own"]), match["text"], int(match["head"])) if match else None


def struck_requirement(stripped: str, requirement: int | None) -> Struck | None:
    """Return what a struck line says, or None. ``3. ~~…~~`` is the third criterion of the requirement it is in."""
    if "~~" not in stripped:
        return None
    heading = STRUCK_HEADING.fullmatch(stripped)
    if heading:
        return read_struck(heading["rest"].rstrip())
    numbered = NUMBERED.fullmatch(stripped)
    if not numbered or requirement is None:
        struck = struck_of(stripped)
        return struck if struck and struck.number else None
    struck = read_struck((numbered["text"] or "").strip())
    return Struck(f"{requirement}.{int(numbered['own'])}", struck.text) if struck else None
