"""Finding the blocks of entity_specs in any text: wrappers, comments, keys in any order, and what belongs to no block.

Lines, not a DOM: a real block holds ``List<Product>``, so it is no XML.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from bot.documents.naming import pascal_case
from bot.documents.text.quoted_text import closing_quote, split_brackets
from bot.documents.text.reading import FindingList, quote
from bot.documents.text.source_text import Line, SourceText
from bot.patterns import regex

__all__ = [
    "BULLETS",
    "NOTHING",
    "Block",
    "BlockLine",
    "block_name",
    "class_name",
    "find_blocks",
    "line_without_comments",
]

OPENING, CLOSING, LABEL = "<entity_specs>", "</entity_specs>", "ENTITY_SPECS:"
CLOSED_LABEL = "after the label"
HEADS = ("ENTITY", "ENUM")
KEYS = {
    key: meaning
    for meaning, keys in {
        "ENTITY": "ENTITY",
        "ENUM": "ENUM",
        "TABLE": "TABLE,TABLE_NAME",
        "API_PATH": "API_PATH,API PATH,PATH",
        "FIELDS": "FIELDS,BACKEND_FIELDS",
        "FRONTEND_FIELDS": "FRONTEND_FIELDS",
        "RELATIONS": "RELATIONS,RELATIONSHIPS",
        "VALUES": "VALUES",
        "RULES": "RULES",
    }.items()
    for key in keys.split(",")
}
KEYS |= {key.replace("_", " ").title(): meaning for key, meaning in KEYS.items()}
SECTIONS = ("FIELDS", "FRONTEND_FIELDS", "RELATIONS", "VALUES", "RULES")
NOTHING = frozenset({"none", "n/a", "-", "(none)", "[]", ""})
"""What people write in a section that they leave empty."""
LONGEST_KEY = 40
DECORATION = frozenset("═─━-=_*#`~ \t│|")
BULLETS = ("- ", "* ", "• ", "+ ", "– ")
QUOTE_OR_COMMENT = regex('"|<!--')
HEAD_MARKS = "#>*-•0123456789. \t"


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A line inside a block: its number, the column where its text begins, and the text without white space."""

    number: int
    column: int
    text: str

    @property
    def item(self) -> str:
        """Return the text without its bullet."""
        return self.text[2:].strip() if self.text.startswith(BULLETS) else self.text


@dataclass
class Block:
    """One ENTITY or ENUM: its head, its single values (TABLE, API_PATH), and the lines of its sections.

    A RULES section before the first of them is a block of the kind DOCUMENT.
    """

    kind: str
    head: BlockLine
    name: str
    values: dict[str, tuple[str, BlockLine]] = field(default_factory=dict)
    sections: dict[str, list[BlockLine]] = field(default_factory=dict)


def find_blocks(source: SourceText, findings: FindingList) -> list[Block]:
    """Return the blocks of a text in order; what belongs to none becomes a finding that quotes it."""
    assembler = Assembler(findings)
    for chunk in chunks(relevant_lines(source, findings)):
        assembler.take(chunk)
    assembler.finish()
    return assembler.blocks


def block_name(block: Block) -> str:
    """Return the PascalCase name of a block; a name that can't be one stays as written, for a check to judge."""
    return class_name(split_brackets(block.name).head.strip("`* "))


def class_name(spelled: str) -> str:
    """Return a name in PascalCase; one that can't be so stays as written, for a check to judge."""
    return spelled if spelled.isidentifier() and spelled[0].isupper() else pascal_case(spelled) or spelled


def relevant_lines(source: SourceText, findings: FindingList) -> Iterator[BlockLine]:
    """Yield the lines inside the wrappers (all lines where there is none), comments taken out."""
    lines = list(without_comments(source, findings))
    if not any(wrapper_of(line.text) for line in lines):
        yield from lines
        return
    gate = Gate()
    for line in lines:
        text = gate.passes(line)
        if text is not None:
            yield BlockLine(line.number, line.column, text)
    if gate.inside == OPENING:
        findings.add("PT008", f"{OPENING} is never closed.", f"Add {CLOSING} after the last block.")
    for line in gate.lost:
        findings.add(
            "PT001",
            f"{quote(line.text)} stands outside {OPENING} … {CLOSING} and was not read.",
            "Move the block inside the wrapper.",
            line.number,
            line.column,
        )


class Gate:
    """Tells which lines stand inside a wrapper. A bare label ends at a heading and goes on at the next block."""

    def __init__(self) -> None:
        """Begin outside."""
        self.inside = ""
        self.lost: list[BlockLine] = []

    def passes(self, line: BlockLine) -> str | None:
        """Return the part of the line that stands inside, or None."""
        wrapper = wrapper_of(line.text)
        if wrapper == CLOSING:
            was_inside, self.inside = self.inside, ""
            return line.text[: -len(CLOSING)].strip() if was_inside else None
        if wrapper:
            return self.open(wrapper, line.text[len(wrapper) :].strip())
        is_head = key_of(line.text)[0] in HEADS
        if self.inside == LABEL and line.text.startswith("#") and not is_head:
            self.inside = CLOSED_LABEL
        if self.inside == CLOSED_LABEL and is_head:
            self.inside = LABEL
        if self.inside in {OPENING, LABEL}:
            return line.text
        if is_head:
            self.lost.append(line)
        return None

    def open(self, wrapper: str, text: str) -> str:
        """Go inside, and out again where the same line closes the wrapper; return what stands between."""
        closes_too = text.lower().endswith(CLOSING)
        self.inside = "" if closes_too else wrapper
        return text[: -len(CLOSING)].strip() if closes_too else text


def wrapper_of(text: str) -> str:
    """Return which wrapper a line opens or closes, or an empty string."""
    if len(text) >= len(CLOSING) and text[-len(CLOSING) :].lower() == CLOSING and not text.lower().startswith(OPENING):
        return CLOSING
    if text[: len(OPENING)].lower() == OPENING:
        return OPENING
    bare = text.lstrip("#* ")[: len(LABEL) + 2].upper()
    return LABEL if bare.startswith(LABEL) and text.upper().startswith(LABEL) else ""


def without_comments(source: SourceText, findings: FindingList) -> Iterator[BlockLine]:
    """Yield every line without ``<!-- … -->``; a comment that never closes is text, and said."""
    last_end = source.text.rfind("-->")
    in_comment = False
    for line in source.lines:
        if not in_comment and "<!--" not in line.text:
            yield block_line(line, line.text)
            continue
        kept, in_comment, unclosed = cut_comments(line, in_comment, last_end)
        if unclosed is not None:
            findings.add(
                "PT008",
                f"The comment {quote(line.text[unclosed:])} is never closed, so it was read as text.",
                "Close it with -->.",
                line.number,
                unclosed + 1,
            )
        yield block_line(line, kept)


def line_without_comments(text: str) -> str:
    """Return a line of its own with spaces for its comments."""
    return cut_comments(Line(1, 0, text, ""), False, len(text))[0]


def cut_comments(line: Line, in_comment: bool, last_end: int) -> tuple[str, bool, int | None]:
    """Return a line with spaces for its comments, whether one goes on, and where one begins that never ends.

    Spaces, so that columns stay those of the text. What stands in double quotes is no comment.
    """
    text, position, can_quote = line.text, 0, True
    kept: list[str] = []
    while position < len(text):
        start = position
        if not in_comment:
            start, can_quote = comment_start(text, position, can_quote)
            if start < 0:
                break
            if line.start + start > last_end:
                return "".join([*kept, text[position:]]), False, start
            kept.append(text[position:start])
        closing = text.find("-->", start if in_comment else start + len("<!--"))
        end = len(text) if closing < 0 else closing + len("-->")
        kept.append(" " * (end - start))
        in_comment, position = closing < 0, end
    kept.append(text[position:])
    return "".join(kept), in_comment, None


def comment_start(text: str, position: int, can_quote: bool) -> tuple[int, bool]:
    """Return where the next comment begins outside double quotes, or -1, and whether quotes still count.

    After one that never closes they don't, for the rest of the line.
    """
    while found := QUOTE_OR_COMMENT.search(text, position):
        position = found.end()
        if found.group() == "<!--":
            return found.start(), can_quote
        closing = closing_quote(text, position) if can_quote else None
        can_quote = closing is not None
        position = position if closing is None else closing + 1
    return -1, can_quote


def block_line(line: Line, text: str) -> BlockLine:
    """Return a line with the white space around its text taken off."""
    stripped = text.strip()
    return BlockLine(line.number, len(text) - len(text.lstrip()) + 1, stripped)


def chunks(lines: Iterator[BlockLine]) -> Iterator[list[BlockLine]]:
    """Yield runs of lines between blank ones."""
    chunk: list[BlockLine] = []
    for line in lines:
        if line.text:
            chunk.append(line)
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def key_of(text: str) -> tuple[str, str]:
    """Return which key a line gives and the rest of the line; two empty strings where it gives none.

    Keys are upper case; a bullet or heading mark may stand before them. ``Fields:`` counts too, without a bullet.
    """
    before, colon, _ = text[: LONGEST_KEY * 2].partition(":")
    if not colon:
        return "", ""
    word = before.lstrip(HEAD_MARKS).rstrip("* ")
    meaning = KEYS.get(word, "")
    if meaning and (word.isupper() or not text.startswith(BULLETS)):
        return meaning, text[len(before) + 1 :].strip().removeprefix("**").strip()
    return "", ""


def is_unknown_key(text: str) -> bool:
    """Tell whether a line looks like a key of the grammar but is none (``INDEXES:``)."""
    before, colon, _ = text[: LONGEST_KEY * 2].partition(":")
    return bool(colon) and len(before) > 1 and before.isupper() and before.replace("_", "").replace(" ", "").isalpha()


def keys_until_next_head(lines: list[BlockLine]) -> set[str]:
    """Return the keys that a block gives, up to the next block's head."""
    keys = (key_of(line.text)[0] for line in lines)
    return set(takewhile(lambda key: key not in HEADS, keys))


class Assembler:
    """Puts lines into blocks and quotes the ones that fit nowhere, neighbours together."""

    def __init__(self, findings: FindingList) -> None:
        """Begin without a block."""
        self.findings = findings
        self.blocks: list[Block] = []
        self.section = ""
        self.unknown: list[BlockLine] = []

    def take(self, chunk: list[BlockLine]) -> None:
        """Take the lines between two blank lines; keys before the chunk's first head may belong to that head."""
        first_head = next((index for index, line in enumerate(chunk) if key_of(line.text)[0] in HEADS), None)
        if first_head and self.belongs_to_next(chunk, first_head):
            chunk = [chunk[first_head], *chunk[:first_head], *chunk[first_head + 1 :]]
        for line in chunk:
            self.take_line(line)

    def belongs_to_next(self, chunk: list[BlockLine], first_head: int) -> bool:
        """Tell whether the lines before a chunk's first head describe that head, not the block before it.

        A TABLE right above its ENTITY does; another key does when the block before has it already.
        """
        before = [key for line in chunk[:first_head] if (key := key_of(line.text)[0])]
        if not before or not key_of(chunk[0].text)[0]:
            return False
        if not self.blocks:
            return True
        if before[0] == "TABLE":
            return "TABLE" not in keys_until_next_head(chunk[first_head + 1 :])
        current = self.blocks[-1]
        return any(key in current.values or key in current.sections for key in before)

    def take_line(self, line: BlockLine) -> None:
        """Put one line where it belongs."""
        key, rest = key_of(line.text)
        if key in HEADS:
            self.open(key, rest, line)
        elif key == "RULES" and not self.blocks:
            self.blocks.append(Block("DOCUMENT", line, ""))
            self.take_key(key, rest, line)
        elif key and self.blocks:
            self.take_key(key, rest, line)
        elif key or is_unknown_key(line.text):
            self.section = ""
            self.unknown.append(line)
        elif self.blocks and self.section:
            self.blocks[-1].sections[self.section].append(line)
        elif not DECORATION.issuperset(line.text) and not line.text.startswith("```"):
            self.unknown.append(line)

    def open(self, kind: str, rest: str, line: BlockLine) -> None:
        """Begin a block."""
        name, values_key, values = rest.partition("VALUES:") if kind == "ENUM" else (rest, "", "")
        self.blocks.append(Block(kind, line, name.strip()))
        self.section = ""
        if values_key:
            self.take_key("VALUES", values.strip(), line)

    def take_key(self, key: str, rest: str, line: BlockLine) -> None:
        """Take a key of the current block: a single value, or the beginning of a section."""
        block = self.blocks[-1]
        value = BlockLine(line.number, line.column, rest)
        if key in SECTIONS:
            self.section = key
            section = block.sections.setdefault(key, [])
            if rest:
                section.append(value)
            return
        self.section = ""
        earlier = block.values.get(key)
        if earlier and earlier[0] != rest:
            self.findings.add(
                "PT007",
                f"{key} of {block.name} is given as {quote(earlier[0])} and again as {quote(rest)}; the first holds.",
                "Keep one of them.",
                line.number,
                line.column,
            )
            return
        block.values[key] = (rest, value)

    def finish(self) -> None:
        """Say what was not understood, neighbouring lines in one finding."""
        run: list[BlockLine] = []
        for line in self.unknown:
            if run and line.number != run[-1].number + 1:
                self.report(run)
                run = []
            run.append(line)
        if run:
            self.report(run)

    def report(self, run: list[BlockLine]) -> None:
        """Quote one run of lines that were not understood."""
        text = " / ".join(line.text for line in run[:20])
        more = f" and {len(run) - 20} line{'s' if len(run) > 21 else ''} more" if len(run) > 20 else ""
        self.findings.add(
            "PT001",
            f"{quote(text, 400)}{more} was not understood and nothing was made of it.",
            "Write it under ENTITY, TABLE, FIELDS, API_PATH, RELATIONS, RULES, ENUM or VALUES, or take it out.",
            run[0].number,
            run[0].column,
        )
