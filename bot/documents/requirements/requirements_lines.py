"""What one line of requirements.md is: a heading of the structure, a user story, a criterion, a struck line."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.documents.text.numbering import Struck, read_struck, struck_of

__all__ = [
    "CriterionLine",
    "RequirementLine",
    "criterion_of",
    "is_criteria_heading",
    "requirement_of",
    "story_of",
    "struck_requirement",
    "title_of",
]

WORDS = "requirement|req|anforderung|exigence|requisito|требование|требование №|需求|要件|요구사항"
TITLE = re.compile(
    r"#[ \t]+requirements(?: document| specification)?(?:[ \t]*[:–—-][ \t]*(?P<title>.*))?", re.IGNORECASE
)
REQUIREMENT = re.compile(
    rf"(?:#{{2,5}}[ \t]+(?:\*\*)?|\*\*)(?:{WORDS})[ \t]*(?P<number>\d{{1,6}})(?!\d|\.\d)"
    r"(?P<separator>(?:[ \t]*[:：.)—–-])?[ \t]*)(?P<title>.*)",
    re.IGNORECASE,
)
PLAIN_REQUIREMENT = re.compile(r"#{3,4}[ \t]+(?P<number>\d{1,6})(?P<separator>[:：.)]?[ \t]+)(?P<title>.*)")
STORY = re.compile(r"[*_]{0,3}user story[*_]{0,3}[ \t]{0,4}[:：][*_]{0,3}(?P<text>.*)", re.IGNORECASE)
STORY_HEADING = re.compile(r"(?:#{2,6}[ \t]+|\*\*)user story(?:\*\*)?:?", re.IGNORECASE)
BARE_STORY = re.compile(r"as (?:a|an|the) [^,]{1,200}, (?:i|we) ", re.IGNORECASE)
CRITERIA = frozenset({
    "acceptance criteria", "acceptance criterion", "criteria", "akzeptanzkriterien", "critères d'acceptation",
    "criterios de aceptación", "критерии приёмки", "критерии приемки", "验收标准", "受け入れ基準", "수용 기준",
})  # fmt: skip
NUMBERED = re.compile(r"(?P<own>\d{1,6})[.)](?:[ \t]+(?P<text>.*))?")
WHOLE = re.compile(
    r"(?:[-*+][ \t]+)?(?:\*\*)?(?P<head>\d{1,6})\.(?P<own>\d{1,6})[.:)]?(?:\*\*)?[.:]?[ \t]+(?P<text>.*)"
)
STRUCK_HEADING = re.compile(r"#{2,5}[ \t]+(?P<rest>~~.*)")


class RequirementLine(NamedTuple):
    """A line that begins a requirement. ``title_start`` and ``title_end`` are columns, from 0, in the stripped line."""

    number: int
    title: str
    title_start: int
    title_end: int


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
        return None
    title = match["title"].strip()
    is_bold = title.endswith("**") and "**" in stripped[: match.start("number")]
    title = title.removesuffix("**").rstrip() if is_bold else title
    return RequirementLine(int(match["number"]), title, match.start("title"), match.start("title") + len(title))


def story_of(stripped: str) -> str | None:
    """Return what a line says as a user story (empty where the story follows), or None."""
    match = STORY.fullmatch(stripped)
    if match:
        return match["text"].strip()
    if STORY_HEADING.fullmatch(stripped):
        return ""
    return stripped if BARE_STORY.match(stripped) else None


def is_criteria_heading(stripped: str) -> bool:
    """Tell whether a line says that acceptance criteria follow."""
    if not (stripped.startswith(("#", "*", "_")) or stripped.endswith((":", "："))):
        return False
    return stripped[:80].strip("#*_:： \t").casefold() in CRITERIA


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
