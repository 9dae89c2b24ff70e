"""The YAML between `---` lines at the top of a document: read as plain text values, written in one canonical form.

Every scalar is the text that stands there: `010` stays "010" (YAML 1.1 would make it 8), nothing and `null` are "".
Values are built from PyYAML's events, never by its constructors: no anchor, alias or tag is followed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

import yaml

from bot.documents.text.markdown import yaml_text
from bot.documents.text.reading import FindingList, quote
from bot.documents.text.source_text import Line, SourceText
from bot.patterns import regex

__all__ = ["DEEPEST_VALUE", "LARGEST_FRONT_MATTER", "FrontMatter", "Value", "read_front_matter", "write_front_matter"]

type Value = str | tuple[Value, ...] | Mapping[str, Value]

LARGEST_FRONT_MATTER = 64 * 1024
"""Characters; a larger one is refused with a finding."""

DEEPEST_VALUE = 16
"""Lists and mappings inside each other, the outermost mapping included."""

TOO_DEEP = f"it goes deeper than {DEEPEST_VALUE} levels"
FENCE = "---"
KEY_LINE = regex(r"[A-Za-z_][A-Za-z0-9_-]{0,99}:(?=\s|$)")
NOT_YAML = regex("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
PLAIN = regex(r"[\w ./+()-]*")
WHOLE_NUMBER = regex(r"0|[1-9][0-9]{0,17}")
DATE = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_PLAIN = 200
LONGEST_FLOW = 100
LONGEST_KEY = 500
"""Characters; YAML takes a longer key only after a question mark."""


@dataclass(frozen=True)
class FrontMatter:
    """The values by key, the line of each, and the number of the line where the body begins (all from 1).

    ``lines`` is keyed by path: `phase`, `must_haves.truths`, `must_haves.truths[0]`.
    """

    values: Mapping[str, Value]
    lines: Mapping[str, int]
    body_line: int


def read_front_matter(source: SourceText, findings: FindingList) -> FrontMatter | None:
    """Return the front matter; None (and no finding) where the document has none.

    What can't be read becomes a finding at its line. A key that is no YAML costs no other key.
    """
    opening = next((line for line in source.lines if line.text.strip()), None)
    if opening is None or opening.text.rstrip() != FENCE:
        return None
    after = source.lines[opening.number :]
    closing = next((line for line in after if line.text.rstrip() == FENCE), None)
    if closing is None and not (after and KEY_LINE.match(after[0].text)):
        return None
    if closing is None:
        message = "The front matter opens here and never closes; it is read up to the first line that looks like text."
        findings.add("PT008", message, "Close it with a line of three dashes.", opening.number, 1)
    inside = after[: closing.number - opening.number - 1] if closing else unclosed(after)
    body_line = opening.number + len(inside) + (2 if closing else 1)
    values = FrontMatterValues(source, findings)
    if inside and inside[-1].end - inside[0].start > LARGEST_FRONT_MATTER:
        message = "The front matter is larger than 64 KB, so it was not read."
        findings.add("PT009", message, "Move long text into the body.", opening.number, 1)
    else:
        values.read(inside)
    return FrontMatter(values.values, values.lines, body_line)


def unclosed(after: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines that belong to a front matter that never closes."""
    stops = (index for index, line in enumerate(after) if not line.text.strip() or line.text.startswith(("<", "#")))
    return after[: next(stops, len(after))]


class Kind(StrEnum):
    """What a node of YAML is."""

    SCALAR = "text"
    LIST = "a list"
    MAPPING = "a mapping"


@dataclass
class Node:
    """A value as it stands: keys and values of a mapping take turns in ``items``."""

    kind: Kind
    line: int
    text: str = ""
    items: list[Node] = field(default_factory=list)


@dataclass
class UnreadableError(Exception):
    """YAML can't be read: at which line, and why."""

    line: int
    reason: str


class ShallowLoader(yaml.SafeLoader):
    """Refuses deep flow collections while scanning: PyYAML's look-ahead costs the square of their depth."""

    def fetch_flow_collection_start(self, TokenClass: type[yaml.Token]) -> None:  # noqa: N803 the name is PyYAML's
        """Take an opening bracket."""
        if self.flow_level >= DEEPEST_VALUE:
            raise yaml.scanner.ScannerError(None, None, TOO_DEEP, self.get_mark())
        super().fetch_flow_collection_start(TokenClass)


@dataclass
class FrontMatterValues:
    """Takes the values of one front matter, and says what it can't take."""

    source: SourceText
    findings: FindingList
    values: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def read(self, inside: tuple[Line, ...]) -> None:
        """Read lines as one YAML mapping; where that fails, key by key, so that only the bad ones are lost."""
        for line in inside:
            if NOT_YAML.search(line.text):
                message = f"A character of {quote(line.text)} is none that YAML takes; it is read as “\ufffd”."
                self.findings.add("PT001", message, "Save the file as UTF-8.", line.number)
        try:
            self.take(self.node(inside))
        except UnreadableError:
            for block in by_key(inside):
                self.read_block(block)

    def read_block(self, block: tuple[Line, ...]) -> None:
        """Read the lines of one key."""
        try:
            self.take(self.node(block))
        except UnreadableError as error:
            message = f"The front matter can't be read at {quote(block[0].text)}: {error.reason}."
            self.findings.add("PT001", message, "Write it as YAML; text with a colon goes in quotes.", error.line)

    def node(self, inside: tuple[Line, ...]) -> Node | None:
        """Return what lines hold; None where that is nothing. Raises UnreadableError where it is no mapping."""
        if not inside:
            return None
        start, end = inside[0].start, inside[-1].end
        root = self.root(NOT_YAML.sub("\ufffd", self.source.text[start:end]), start)
        if not root.items:
            return None
        if root.items[0].kind is not Kind.MAPPING:
            raise UnreadableError(root.items[0].line, f"it is {root.items[0].kind}, not keys with values")
        if len(root.items) > 1:
            raise UnreadableError(root.items[1].line, "a second document begins in it")
        return root.items[0]

    def root(self, text: str, start: int) -> Node:
        """Return a list of the documents in a YAML text that begins at an offset of the whole text."""
        stack = [Node(Kind.LIST, self.line_at(start))]
        line = stack[0].line
        try:
            for event in yaml.parse(text, Loader=ShallowLoader):
                line = self.line_at(start + event.start_mark.index) if event.start_mark else line
                if isinstance(event, yaml.NodeEvent):
                    self.add_node(event, line, stack)
                elif isinstance(event, yaml.CollectionEndEvent):
                    stack.pop()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            if mark is not None:
                line = self.line_at(start + min(mark.index, len(text) - 1))
            raise UnreadableError(line, error.problem or error.context or "it is no YAML") from error
        except (yaml.YAMLError, ValueError, OverflowError) as error:  # PyYAML lets bad escapes through as these
            raise UnreadableError(line, "it is no YAML") from error
        return stack[0]

    def line_at(self, offset: int) -> int:
        """Return the number of the line that an offset of the whole text is on."""
        return bisect_right(self.source.lines, offset, key=lambda line: line.start)

    def add_node(self, event: yaml.NodeEvent, line: int, stack: list[Node]) -> None:
        """Add the node that an event begins to the innermost open one."""
        if event.anchor is not None or getattr(event, "tag", None) is not None:
            raise UnreadableError(line, "anchors, aliases and tags are not followed")
        if isinstance(event, yaml.ScalarEvent):
            is_null = event.implicit[0] and event.value in NULLS
            stack[-1].items.append(Node(Kind.SCALAR, line, "" if is_null else event.value))
            return
        if len(stack) > DEEPEST_VALUE:
            raise UnreadableError(line, TOO_DEEP)
        node = Node(Kind.MAPPING if isinstance(event, yaml.MappingStartEvent) else Kind.LIST, line)
        stack[-1].items.append(node)
        stack.append(node)

    def take(self, node: Node | None) -> None:
        """Take the keys of a mapping."""
        for key, value in self.entries(node, "", set(self.values)) if node else ():
            self.values[key] = value

    def entries(self, node: Node, path: str, seen: set[str]) -> Iterator[tuple[str, Value]]:
        """Yield the keys and values of a mapping; of a key that stands twice the first one holds.

        ``path`` is empty, or ends with a dot.
        """
        for key, value in zip(node.items[::2], node.items[1::2], strict=True):
            if key.kind is not Kind.SCALAR:
                message = f"In the front matter, {key.kind} stands where a key belongs; it is not read."
                self.findings.add("PT001", message, "Give it a name.", key.line)
                continue
            if key.text in seen:
                message = f"The key {quote(key.text)} stands twice in the front matter; the first one holds."
                self.findings.add("PT007", message, "Leave one of them.", key.line)
                continue
            seen.add(key.text)
            below = f"{path}{key.text}"
            self.lines.setdefault(below, key.line)
            yield key.text, self.value(value, below)

    def value(self, node: Node, path: str) -> Value:
        """Return a node's value."""
        if node.kind is Kind.SCALAR:
            return node.text
        if node.kind is Kind.MAPPING:
            return dict(self.entries(node, f"{path}.", set()))
        values: list[Value] = []
        for index, item in enumerate(node.items):
            below = f"{path}[{index}]"
            self.lines.setdefault(below, item.line)
            values.append(self.value(item, below))
        return tuple(values)


def by_key(inside: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    """Return lines, split before every key at the left edge."""
    starts = [index for index, line in enumerate(inside) if index == 0 or KEY_LINE.match(line.text)]
    return [inside[start:end] for start, end in zip(starts, [*starts[1:], len(inside)], strict=True)]


def write_front_matter(values: Mapping[str, Value]) -> str:
    """Return the canonical text with its `---` lines and a final newline.

    Short lists of text stand in one line, everything else in blocks. Text is plain where every reader of YAML takes
    it for what it is (whole numbers, dates, true and false included), else in double quotes.
    """
    return "\n".join([FENCE, *mapping_lines(values), FENCE]) + "\n"


def mapping_lines(values: Mapping[str, Value]) -> list[str]:
    """Return the lines of a mapping in block form."""
    lines: list[str] = []
    for key, value in values.items():
        name = scalar(key)
        if len(name) > LONGEST_KEY:
            lines.append(f"? {name}")
            name = ""
        flow = flow_text(value)
        if flow is None:
            lines += [f"{name}:", *(f"  {line}" for line in block_lines(value))]
        else:
            lines.append(f"{name}: {flow}")
    return lines


def block_lines(value: Value) -> list[str]:
    """Return the lines of a list or mapping in block form."""
    if isinstance(value, str):
        return [scalar(value)]
    if isinstance(value, Mapping):
        return mapping_lines(value)
    lines: list[str] = []
    for item in value:
        flow = flow_text(item)
        below = [flow] if flow is not None else block_lines(item)
        if flow is None and not isinstance(item, Mapping):
            below = ["", *below]
        lines += [f"{mark}{line}".rstrip() for mark, line in zip(["- ", *["  "] * len(below)], below, strict=False)]
    return lines


def flow_text(value: Value) -> str | None:
    """Return a value that fits one line; None where it takes several."""
    if isinstance(value, str):
        return scalar(value)
    if not value:
        return "{}" if isinstance(value, Mapping) else "[]"
    texts = [scalar(item) for item in value if isinstance(item, str)]
    line = f"[{', '.join(texts)}]"
    is_short = not isinstance(value, Mapping) and len(texts) == len(value) and len(line) <= LONGEST_FLOW
    return line if is_short else None


def scalar(text: str) -> str:
    """Return text as a YAML scalar: plain where that is safe, else in double quotes."""
    return text if is_plain(text) else yaml_text(text)


def is_plain(text: str) -> bool:
    """Tell whether every reader of YAML takes plain text for exactly this text, number, date or true and false."""
    return 0 < len(text) <= LONGEST_PLAIN and is_short_plain(text)


@lru_cache(maxsize=4096)
def is_short_plain(text: str) -> bool:
    """Tell the same of a text that is not too long; words and paths come again and again."""
    if not (text[0].isalnum() or text[0] in "_./") or text[-1] == " ":
        return False
    if not PLAIN.fullmatch(text) or NOT_YAML.search(text):
        return False
    if text in {"true", "false"} or WHOLE_NUMBER.fullmatch(text) or DATE.fullmatch(text):
        return True
    return not looks_typed(text)


def looks_typed(text: str) -> bool:
    """Tell whether some reader of YAML takes plain text for a number, a date or a truth value."""
    patterns = [found for _, found in yaml.SafeLoader.yaml_implicit_resolvers.get(text[0], [])]
    if any(pattern.match(text) for pattern in patterns) or (text[0] == "0" and text[1:2].isalpha()):
        return True
    try:
        float(text)
    except ValueError:
        return text.lower() in {"y", "n"}
    return True
