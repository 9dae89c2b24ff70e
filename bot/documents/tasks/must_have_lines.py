"""The must-haves at the end of our own task plan: truths, artifacts and key links, written and read back.

- Truth: GET /health answers 200
- Artifact: `app/config.py` (at least 20 lines; exports `Settings`; contains `BaseSettings`): the settings
- Key link: `app/main.py` → `app/config.py` by `load_settings(`: reads them once
- Artifact in words: …        - Key link in words: …
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.documents.must_haves import Artifact, KeyLink, MustHaves
from bot.documents.text.code_spans import code_list, code_span, read_code_span
from bot.documents.text.markdown import inline, read_inline
from bot.patterns import regex

__all__ = ["must_have_lines", "read_must_haves"]

PHASE = regex(r"#{3,6}[ \t]+Phase[ \t]+(?P<number>\d{1,6})\b")
TRUTH, ARTIFACT, KEY_LINK = "- Truth:", "- Artifact:", "- Key link:"
ARTIFACT_IN_WORDS, LINK_IN_WORDS = "- Artifact in words:", "- Key link in words:"
ARROW = "→"
BY = "by "
AT_LEAST = regex(r"at least (?P<lines>-?\d{1,18}) lines")


def must_have_lines(must_haves: MustHaves) -> list[str]:
    """Return must-haves, one a line."""
    return [
        *(f"{TRUTH} {inline(truth)}" for truth in must_haves.truths if truth.strip()),
        *(artifact_line(artifact) for artifact in must_haves.artifacts),
        *(key_link_line(link) for link in must_haves.key_links),
    ]


def artifact_line(artifact: Artifact) -> str:
    """Return an artifact with what is asked of its file."""
    asked = [] if artifact.min_lines is None else [f"at least {artifact.min_lines} lines"]
    asked += [f"exports {exports}"] if (exports := code_list(artifact.exports)) else []
    asked += [f"contains {contains}"] if (contains := code_span(artifact.contains)) else []
    path = code_span(artifact.path)
    if not path and not asked:
        return f"{ARTIFACT_IN_WORDS} {inline(artifact.provides)}"
    extra = f" ({'; '.join(asked)})" if asked else ""
    return f"{ARTIFACT} {path}{extra}: {inline(artifact.provides)}"


def key_link_line(link: KeyLink) -> str:
    """Return a key link. The pattern stands before the reason, so that no text can be taken for it."""
    source, target, pattern = code_span(link.source), code_span(link.target), code_span(link.pattern)
    if not source and not target and not pattern:
        return f"{LINK_IN_WORDS} {inline(link.via)}"
    return f"{KEY_LINK} {source} {ARROW} {target}{f' {BY}{pattern}' if pattern else ''}: {inline(link.via)}"


class Cursor:
    """Reads a line from left to right; blanks between its parts don't count."""

    def __init__(self, text: str) -> None:
        """Begin at the first character."""
        self.text = text
        self.position = 0

    def skip(self) -> None:
        """Step over blanks."""
        while self.text[self.position : self.position + 1] in {" ", "\t"}:
            self.position += 1

    def takes(self, word: str) -> bool:
        """Step over a word, and tell whether it stood here."""
        self.skip()
        if not self.text.startswith(word, self.position):
            return False
        self.position += len(word)
        return True

    def span(self) -> str:
        """Step over a code span and return what it holds; empty where none stands here."""
        self.skip()
        found = read_code_span(self.text, self.position)
        if found is None:
            return ""
        value, self.position = found
        return value

    def spans(self) -> tuple[str, ...]:
        """Step over a list of code spans and return what they hold."""
        found = [self.span()]
        while self.takes(","):
            found.append(self.span())
        return tuple(value for value in found if value)

    def rest(self) -> str:
        """Return the text that follows."""
        return read_inline(self.text[self.position :])


def artifact_of(value: str) -> Artifact | None:
    """Return the artifact that a line names, or None."""
    cursor = Cursor(value)
    path = cursor.span()
    min_lines: int | None = None
    exports: tuple[str, ...] = ()
    contains = ""
    if cursor.takes("("):
        while not cursor.takes(")"):
            lines = AT_LEAST.match(value, cursor.position)
            if lines:
                min_lines = int(lines["lines"])
                cursor.position = lines.end()
            elif cursor.takes("exports "):
                exports = cursor.spans()
            elif cursor.takes("contains "):
                contains = cursor.span()
            elif not cursor.takes(";"):
                return None
    elif not path:
        return None
    if not cursor.takes(":"):
        return None
    return Artifact(path=path, provides=cursor.rest(), min_lines=min_lines, exports=exports, contains=contains)


def key_link_of(value: str) -> KeyLink | None:
    """Return the key link that a line names, or None."""
    cursor = Cursor(value)
    source = cursor.span()
    if not cursor.takes(ARROW):
        return None
    target = cursor.span()
    pattern = cursor.span() if cursor.takes(BY) else ""
    if not cursor.takes(":"):
        return None
    return KeyLink(source=source, target=target, pattern=pattern, via=cursor.rest())


@dataclass
class Collected:
    """The must-haves of one phase while they come in."""

    truths: list[str] = field(default_factory=list)
    artifacts: list[Artifact] = field(default_factory=list)
    key_links: list[KeyLink] = field(default_factory=list)

    def takes(self, line: str) -> bool:
        """Take a line, and tell whether it was understood."""
        kind, value = line[: line.find(":") + 1], line[line.find(":") + 1 :].strip()
        artifact = artifact_of(value) if kind == ARTIFACT else None
        link = key_link_of(value) if kind == KEY_LINK else None
        if kind == TRUTH and value:
            self.truths.append(read_inline(value))
        elif artifact or kind == ARTIFACT_IN_WORDS:
            self.artifacts.append(artifact or Artifact(path="", provides=read_inline(value)))
        elif link or kind == LINK_IN_WORDS:
            self.key_links.append(link or KeyLink(source="", target="", via=read_inline(value)))
        else:
            return False
        return True


def read_must_haves(lines: list[str]) -> tuple[dict[int, MustHaves], list[int]]:
    """Return the must-haves by phase, and the positions of lines that were not understood."""
    phases: dict[int, Collected] = {}
    current: Collected | None = None
    unknown: list[int] = []
    for position, line in enumerate(lines):
        stripped = line.strip()
        heading = PHASE.match(stripped)
        if heading:
            current = phases.setdefault(int(heading["number"]), Collected())
        elif stripped and not (current and current.takes(stripped)):
            unknown.append(position)
    return {
        number: MustHaves(
            truths=tuple(found.truths), artifacts=tuple(found.artifacts), key_links=tuple(found.key_links)
        )
        for number, found in phases.items()
    }, unknown
