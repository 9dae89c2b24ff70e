"""A loss: something that a file says and its other form doesn't, in one sentence with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.documents.findings import Finding
from bot.documents.text.reading import quote
from bot.documents.text.source_text import Line, SourceText
from bot.patterns import regex

__all__ = [
    "LONGEST_LINE",
    "LOSING_RULES",
    "WORD",
    "Loss",
    "Places",
    "finding_losses",
    "line_losses",
    "paragraphs_of",
    "sentences",
    "words_of",
]

WORD = regex(r"[^\W_]+")
LONGEST_PARAGRAPH = 300
"""Characters that one sentence quotes; of a longer paragraph each line gets a sentence of its own."""

LONGEST_LINE = 2000
"""Characters that are quoted of one line."""

LONGEST_NEEDLE = 40
MOST_SEARCHES = 300
"""So many texts of one document are searched for, so that the work stays linear in its size."""

LOSING_RULES = frozenset({"PT001", "PT005", "PT006", "PT007", "PT008", "PT009"})
"""Rules by which readers say that they made nothing of something, or something else. PT002, PT003: only spelling."""

KEPT = (
    "; it is kept as it is.",
    " is kept as a note.",
    " are kept as a note.",
    "; what stands there is kept, and counts for nothing.",
    "; it is kept, and read as a task.",
    " is given twice; the first one holds.",  # the other is kept as a note
    "so nobody knows its phase, its wave and the files it changes.",
    "so nothing says of which phase and plan this is the summary.",
    " has no name.",
    " was struck, and is given again.",  # both lines are kept
    "A truth is one text; put it in quotes.",
)
"""Ends of sentences about what a canonical form still says. Quoted text ends with a quotation mark: none fakes one."""

TAKEN_AS_TEXT = regex(r"[a-z_]{1,40} is one text; what stands there is taken as “")
SEVERAL_LINES = regex(r"” \(lines (?P<first>\d{1,9}) to (?P<last>\d{1,9})\) was not understood[^“”]*\Z")
UNREADABLE_KEY = "The front matter can't be read at "
WITHOUT_WORDS = (" are kept in the file only.", " never closes.", "is read as text.", ", holds.")
KEY_LINE = regex(r"[A-Za-z_][A-Za-z0-9_-]{0,99}:")


@dataclass(frozen=True, slots=True, order=True)
class Loss:
    """What gets lost. ``line`` is 0 where it stands in no line of its own; ``until`` is its last line."""

    line: int
    said: str
    until: int = 0

    def __str__(self) -> str:
        """Return the sentence."""
        if not self.line:
            return f"{self.said}."
        if self.until > self.line:
            return f"lines {self.line} to {self.until}: {self.said}."
        return f"line {self.line}: {self.said}."


class Places:
    """Where the things of a document stand: by the subjects of its format, else by their words."""

    def __init__(self, source: SourceText, lines: Mapping[str, int]) -> None:
        """Take the lines that a reader noted."""
        self.lines = lines
        self.source = source
        self.searches = 0

    def get(self, subject: str, otherwise: int = 0) -> int:
        """Return the line of a subject, or another one where the reader noted none."""
        return self.lines.get(subject, otherwise)

    def of_text(self, text: str) -> int:
        """Return the first line that begins to say a text; 0 where none does, or after many searches."""
        start = joined(text.strip().split("\n", 1)[0])[:LONGEST_NEEDLE]
        self.searches += 1
        if not start or self.searches > MOST_SEARCHES:
            return 0
        return next((number for number, line in enumerate(self.joined_lines, start=1) if start in line), 0)

    @cached_property
    def joined_lines(self) -> tuple[str, ...]:
        """Return the lines with their white space joined."""
        return tuple(joined(line.text) for line in self.source.lines)


def joined(text: str) -> str:
    """Return text with its white space joined."""
    return " ".join(text.split())


def sentences(losses: Iterable[Loss]) -> tuple[str, ...]:
    """Return the sentences in the order of the file, each once; what stands in no line of its own comes last."""
    in_order = sorted(losses, key=lambda loss: (not loss.line, loss))
    return tuple(dict.fromkeys(map(str, in_order)))


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text (letters and digits), for comparing."""
    return frozenset(WORD.findall(text.casefold()))


def paragraphs_of(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield runs of lines that follow each other, without blank ones."""
    run: list[Line] = []
    for line in lines:
        if run and (not line.text.strip() or line.number != run[-1].number + 1):
            yield run
            run = []
        if line.text.strip():
            run.append(line)
    if run:
        yield run


def line_losses(lines: Iterable[Line], why: str) -> Iterator[Loss]:
    """Yield a sentence for each paragraph: what it says, and why that gets lost. Lines without words say nothing."""
    for run in paragraphs_of(lines):
        said = " ".join(line.text.strip() for line in run)
        if not words_of(said):
            continue
        if len(said) <= LONGEST_PARAGRAPH:
            yield Loss(run[0].number, f"{quote(said, LONGEST_PARAGRAPH)} {why}", run[-1].number)
            continue
        yield from (Loss(line.number, f"{quote(line.text, LONGEST_LINE)} {why}") for line in run if words_of(line.text))


def finding_losses(
    findings: Iterable[Finding],
    source: SourceText,
    canonical: str = "",
    rules: frozenset[str] = LOSING_RULES,
) -> Iterator[Loss]:
    """Yield what a reader says it couldn't take; where its sentence quotes too little, with the lines themselves.

    With the canonical text of a PLAN.md, a sentence may be about all lines up to the next tag that it hasn't.
    """
    written = frozenset(line.strip() for line in canonical.splitlines())
    for finding in findings:
        if finding.rule not in rules or is_kept(finding.message):
            continue
        said = finding.message.removesuffix(".")
        yield Loss(finding.place.line or 0, said)
        for line in unquoted_lines(finding, source.lines, written):
            if words_of(line.text) <= words_of(said):
                continue
            yield Loss(line.number, f"this belongs to it: {quote(line.text, LONGEST_LINE)}")


def is_kept(message: str) -> bool:
    """Tell whether a reader's sentence says that what it quotes is still there."""
    return message.endswith(KEPT) or TAKEN_AS_TEXT.match(message) is not None


def unquoted_lines(finding: Finding, lines: Sequence[Line], written: frozenset[str]) -> Iterator[Line]:
    """Yield the lines that a finding is about and doesn't quote in full."""
    number = finding.place.line or 0
    several = SEVERAL_LINES.search(finding.message)
    if several and "…”" in finding.message:
        yield from lines[int(several["first"]) - 1 : int(several["last"])]
    elif finding.message.startswith(UNREADABLE_KEY):
        yield from lines_of_key(number, lines)
    elif number and not several and "…”" in finding.message:
        block = block_from(number, lines) if written else lines[number - 1 : number]
        yield from (line for line in block if line.text.strip() not in written)
    elif number and finding.message.endswith(WITHOUT_WORDS):
        yield lines[number - 1]


def lines_of_key(number: int, lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of the key of a front matter in which a line stands."""
    start = number - 1
    while start > 1 and not KEY_LINE.match(lines[start].text):
        start -= 1
    yield lines[start]
    for line in lines[start + 1 :]:
        if KEY_LINE.match(line.text) or line.text.startswith("---"):
            return
        yield line


def block_from(number: int, lines: Sequence[Line]) -> Iterator[Line]:
    """Yield a line and those after it, up to the next one that begins with a tag, a heading or a key."""
    yield lines[number - 1]
    for line in lines[number:]:
        if line.text.lstrip().startswith(("<", "#", "---")) or KEY_LINE.match(line.text):
            return
        if line.text.strip():
            yield line
