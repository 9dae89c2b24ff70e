"""Free text between the tags of a PLAN.md: its normal form, and what is escaped so that it can't act as structure.

A backslash goes before what would otherwise open, close or mark something: a closing tag of the format, a line that
begins with a tag of the format, fences and comments that don't close. Text that needs none is written as it stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from bot.documents.text.markdown import one_line
from bot.patterns import regex

__all__ = [
    "COMMENT",
    "FENCES",
    "KNOWN_TAGS",
    "SECTIONS",
    "Mask",
    "box_of",
    "escaped_lines",
    "is_label",
    "is_path_line",
    "list_items",
    "mask_of",
    "normal",
    "opens_structure",
    "text_block",
    "unescaped_lines",
    "written_list",
]

SECTIONS = (
    "objective", "execution_context", "context", "tasks", "feature", "threat_model", "verification",
    "success_criteria", "output",
)  # fmt: skip
"""The sections of the body, in their canonical order."""

PARTS = (
    "name", "files", "read_first", "behavior", "implementation", "action", "verify", "automated", "acceptance_criteria",
    "done", "requirements", "depends", "what-built", "how-to-verify", "resume-signal", "decision", "context", "options",
    "option", "pros", "cons", "instructions", "verification",
)  # fmt: skip
"""The parts of tasks, features and options."""

KNOWN_TAGS = frozenset({*SECTIONS, *PARTS, "task"})

FENCES = ("```", "~~~")
COMMENT = "<!--"
OPENING = regex(r"<(?P<name>[a-z][a-z0-9_-]{0,60})(?=[\s/>])")
CLOSING = regex(r"</(?P<name>[a-z][a-z0-9_-]{0,60})>")
ESCAPED_CLOSING = regex(r"\\(?=</[a-z][a-z0-9_-]{0,60}>)")
INNER = regex(r"<(?=automated>)")
ESCAPED_INNER = regex(r"\\(?=<automated>)")
BOX = regex(r"[-*+][ \t]{1,8}\[(?P<mark>.)\](?=[ \t]|$)")


def normal(lines: Iterable[str]) -> str:
    """Return lines as one text: without the indent that all share, blank lines around, or white space at line ends."""
    kept = [line.rstrip() for line in lines]
    filled = [line for line in kept if line]
    if not filled:
        return ""
    indents = [line[: len(line) - len(line.lstrip(" \t"))] for line in filled]
    low, high = min(indents), max(indents)
    shared = next((at for at, (one, other) in enumerate(zip(low, high, strict=False)) if one != other), len(low))
    first = next(at for at, line in enumerate(kept) if line)
    last = next(at for at in range(len(kept) - 1, -1, -1) if kept[at])
    return "\n".join(line[shared:] for line in kept[first : last + 1])


@dataclass(frozen=True)
class Mask:
    """Which lines stand in a fence or comment (True); the positions of those that never close, and of comments."""

    lines: tuple[bool, ...]
    unclosed: tuple[int, ...]
    comments: tuple[int, ...]


@dataclass
class Masking:
    """Walks over lines and marks those in fences and comments; what never closes marks nothing."""

    marks: list[bool]
    unclosed: list[int]
    comments: list[int]
    opener: str = ""
    """The fence's characters, the mark of a comment, or "" outside."""
    start: int = 0

    def take(self, at: int, line: str) -> None:
        """Take the next line."""
        stripped = line.strip()
        fence = next((mark[0] * run_length(stripped, mark[0]) for mark in FENCES if stripped.startswith(mark)), "")
        if self.opener == COMMENT:
            if "-->" in stripped:
                self.close(at)
        elif self.opener:
            self.take_in_fence(at, fence, is_bare=stripped == fence)
        elif fence or (stripped.startswith(COMMENT) and "-->" not in stripped):
            self.opener, self.start = fence or COMMENT, at
        elif stripped.startswith(COMMENT) and stripped.endswith("-->"):
            self.opener, self.start = COMMENT, at
            self.close(at)

    def take_in_fence(self, at: int, fence: str, *, is_bare: bool) -> None:
        """Close the fence, or see by another opening one that it never closes."""
        if not fence.startswith(self.opener):
            return
        if is_bare:
            self.close(at)
            return
        self.unclosed.append(self.start)
        self.opener, self.start = fence, at

    def close(self, at: int) -> None:
        """Mark everything since the opening line."""
        self.marks[self.start : at + 1] = [True] * (at + 1 - self.start)
        if self.opener == COMMENT:
            self.comments += range(self.start, at + 1)
        self.opener = ""


def run_length(text: str, char: str) -> int:
    """Return how often a character stands at the beginning of a text."""
    return len(text) - len(text.lstrip(char))


def mask_of(lines: list[str]) -> Mask:
    """Return which lines are in fences or comments."""
    masking = Masking([False] * len(lines), [], [])
    for at, line in enumerate(lines):
        masking.take(at, line)
    if masking.opener:
        masking.unclosed.append(masking.start)
    return Mask(tuple(masking.marks), tuple(masking.unclosed), tuple(masking.comments))


def opens_structure(line: str) -> bool:
    """Tell whether a line without indent begins with a tag of the format."""
    match = OPENING.match(line)
    return bool(match and match["name"] in KNOWN_TAGS)


def is_path_line(line: str) -> bool:
    """Tell whether a line of the context without indent names a file."""
    return line.startswith("@") and bool(line[1:].strip())


LABEL = regex(r"(?:\*\*)?(?P<label>Purpose|Output):(?:\*\*)?")
LABEL_FIELDS = {"Purpose": "purpose", "Output": "objective_output"}


def is_label(line: str) -> tuple[str, str]:
    """Return the field that a line of the objective labels, and what follows the label; "" and "" for no label."""
    match = LABEL.match(line.lstrip(" \t"))
    return (LABEL_FIELDS[match["label"]], line.lstrip(" \t")[match.end() :].lstrip(" \t")) if match else ("", "")


def box_of(line: str) -> re.Match[str] | None:
    """Return the box that a line without indent begins with; ``mark`` is its mark."""
    return BOX.match(line)


def nothing(_line: str) -> bool:
    """Tell that no line is a mark."""
    return False


def escaped_lines(text: str, tags: Collection[str] = KNOWN_TAGS, is_mark: Callable[[str], bool] = nothing) -> list[str]:
    """Return a text's lines, escaped so that none acts as structure.

    ``tags`` are names whose closing tags count, ``is_mark`` says what else counts at the beginning of a line.
    """
    lines = text.split("\n")
    mask = mask_of(lines)
    is_balanced = not mask.unclosed

    def line_of(at: int, line: str) -> str:
        core = line.lstrip(" \t")
        bare = core.lstrip("\\")
        acts = (not is_balanced and bare.startswith((*FENCES, COMMENT))) or (
            not (is_balanced and mask.lines[at]) and (opens_structure(bare) or is_mark(bare))
        )
        if acts or (core != bare and is_line_mark(bare, is_mark)):
            return f"{line[: len(line) - len(core)]}\\{core}"
        return line

    return [escaped_tags(line_of(at, line), tags) for at, line in enumerate(lines)]


def is_line_mark(bare: str, is_mark: Callable[[str], bool]) -> bool:
    """Tell whether a line without indent and backslashes begins with something that acts."""
    return bare.startswith((*FENCES, COMMENT)) or opens_structure(bare) or is_mark(bare)


def escaped_tags(line: str, tags: Collection[str]) -> str:
    """Return a line with its closing tags and `<automated>` escaped."""

    def closing(match: re.Match[str]) -> str:
        acts = match["name"] in tags or line[: match.start()].endswith("\\")
        return f"\\{match.group()}" if acts else match.group()

    escaped = CLOSING.sub(closing, line)
    return INNER.sub(r"\\<", escaped)


def unescaped_lines(lines: Iterable[str], is_mark: Callable[[str], bool] = nothing) -> list[str]:
    """Return lines as they were before `escaped_lines`."""
    return [unescaped_line(line, is_mark) for line in lines]


def unescaped_line(line: str, is_mark: Callable[[str], bool]) -> str:
    """Return one line as it was before it was escaped."""
    line = ESCAPED_INNER.sub("", ESCAPED_CLOSING.sub("", line))
    core = line.lstrip(" \t")
    bare = core.lstrip("\\")
    if core != bare and is_line_mark(bare, is_mark):
        return line[: len(line) - len(core)] + core[1:]
    return line


def text_block(text: str) -> str:
    """Return text in its normal form, whatever its line endings are."""
    return normal(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


PLAIN_ITEM = regex(r"[^\s\",`()\[\]{}\\<>*+-][^\",`()\[\]{}\\<>]*")
BULLETS = ("- ", "* ", "+ ")


def written_list(items: Iterable[str]) -> str:
    """Return items in one line, separated by commas; an item that holds a comma or bracket stands in double quotes."""
    return ", ".join(item if PLAIN_ITEM.fullmatch(item) else json.dumps(item, ensure_ascii=False) for item in items)


def list_items(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the items of a list whose items are separated by commas, lines or both, with or without bullets.

    Commas inside brackets belong to the item; backticks around a whole item do not.
    """
    return tuple(item for line in lines for item in items_of_line(line.strip()))


def items_of_line(line: str) -> list[str]:
    """Return the items of one line."""
    line = line[2:].strip() if line.startswith(BULLETS) else line
    heed_brackets = is_bracketed_well(line)
    items: list[str] = []
    at = 0
    while at < len(line):
        if line[at] in " \t,":
            at += 1
            continue
        text, at = quoted_item(line, at) or plain_item(line, at, heed_brackets=heed_brackets)
        items.append(one_line(text))
    return [item for item in items if item]


def is_bracketed_well(line: str) -> bool:
    """Tell whether every bracket of a line closes; where not, none holds a comma back."""
    depth = 0
    for char in line:
        depth += (char in "([{") - (char in ")]}")
        if depth < 0:
            return False
    return depth == 0


def quoted_item(line: str, at: int) -> tuple[str, int] | None:
    """Return an item in double quotes and where it ends; None where none begins here."""
    if line[at] != '"':
        return None
    try:
        text, end = json.JSONDecoder().raw_decode(line, at)
    except (ValueError, RecursionError):
        return None
    after = end
    while after < len(line) and line[after] in " \t":
        after += 1
    return (text, after) if after == len(line) or line[after] == "," else None


def plain_item(line: str, at: int, *, heed_brackets: bool) -> tuple[str, int]:
    """Return the item that begins here and where it ends."""
    depth = 0
    end = at
    while end < len(line) and (depth or line[end] != ","):
        depth += ((line[end] in "([{") - (line[end] in ")]}")) * heed_brackets
        end += 1
    text = line[at:end].strip()
    is_code = len(text) > 2 and text[0] == text[-1] == "`" and "`" not in text[1:-1]
    return (text[1:-1] if is_code else text), end
