"""What the documents beside the plans lose on their way into the canonical form without their readers saying so.

SUMMARY, ROADMAP, STATE, PROJECT and REQUIREMENTS keep what they don't know as notes. Left out are paragraphs that
begin with “None”, notes in brackets behind a label, other names of a phase, and bytes that aren't UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.documents.conversions.losses import LONGEST_LINE, WORD, Loss, words_of
from bot.documents.findings import Finding
from bot.documents.formats import Format
from bot.documents.progress.roadmap import phase_heading
from bot.documents.progress.summary import SUMMARY_SECTIONS
from bot.documents.text.front_matter import read_front_matter
from bot.documents.text.outline import Block, BlockKind, Section, read_outline, shown
from bot.documents.text.prose import split_label, split_strong
from bot.documents.text.reading import FindingList, quote
from bot.documents.text.sections import is_none
from bot.documents.text.source_text import SourceText
from bot.patterns import regex

__all__ = ["KEEPS_FRONT_MATTER", "OUTLINED", "character_losses", "losing_findings", "outline_losses"]

KEEPS_FRONT_MATTER = frozenset({Format.ROADMAP, Format.STATE, Format.PROJECT, Format.REQUIREMENTS_LIST})
"""Formats that keep a front matter as it stands."""

OUTLINED = KEEPS_FRONT_MATTER | {Format.SUMMARY}
"""Formats that are headings, lists, tables and paragraphs."""

READ_AS_TODO = "; it is read as todo."
BRACKETS = regex(r"\([^()\n]*\)")
CONTROL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
MOST_NAMED = 5
"""So many control characters of one line are named."""

SAYS_NOTHING = frozenset({"none", "nothing", "n", "a", "yet", "so", "far"})
FILLER = regex(
    r"(?:none|nothing)(?: yet)?(?: (?:ship to validate|plan executed exactly as (?:written|planned)"
    r"|follow(?:ed|s) (?:the )?plan(?: as specified)?|no external service configuration required"
    r"|required|found|encountered|needed))?"
)
"""Words that templates put where there is nothing to say."""

IDLE_NOTES = frozenset({"what", "must", "be", "true"})
IDLE_LABELS = frozenset({"one-liner", "one liner", "summary", "in one line"})


def outline_losses(known: Format, source: SourceText, canonical: str) -> Iterator[Loss]:
    """Yield what an outlined document loses beside what its reader says."""
    written = words_of(canonical)
    lines = frozenset(map(words_in_order, canonical.splitlines()))
    brackets = frozenset(BRACKETS.findall(canonical))
    outline = read_outline(source, FindingList(""), front_matter_end(source) + 1)
    for section in outline.sections:
        yield from name_losses(known, section, brackets)
        for block in section.blocks:
            if is_none(block) and known is not Format.ROADMAP:
                yield from nothing_losses(block, lines)
            yield from note_losses(block, written)
    if known is Format.SUMMARY:
        yield from heading_losses(outline.sections, written)
        yield from one_line_losses(outline.sections, canonical)


def losing_findings(
    known: Format, source: SourceText, findings: Iterable[Finding], canonical: str
) -> Iterator[Finding]:
    """Yield what a reader says of an outlined document, without what its notes and its front matter keep."""
    end = front_matter_end(source) if known in KEEPS_FRONT_MATTER else 0
    written = frozenset(line.strip() for line in canonical.splitlines())
    for finding in findings:
        line = finding.place.line or 0
        is_in_front_matter = 0 < line <= end and finding.rule != "PT008"
        is_mark_of_a_note = finding.message.endswith(READ_AS_TODO) and source.lines[line - 1].text.strip() in written
        is_listed_twice = known is Format.REQUIREMENTS_LIST and finding.rule == "PT007"
        if not (is_in_front_matter or is_mark_of_a_note or is_listed_twice):
            yield finding


def front_matter_end(source: SourceText) -> int:
    """Return the number of the front matter's last line; 0 where there is none."""
    front = read_front_matter(source, FindingList(""))
    return front.body_line - 1 if front else 0


def words_in_order(text: str) -> str:
    """Return the words of a text in their order, for comparing lines whatever marks stand in them."""
    return " ".join(WORD.findall(text.casefold()))


def nothing_losses(block: Block, written: frozenset[str]) -> Iterator[Loss]:
    """Yield a paragraph that begins with “None” and says more than that."""
    says_more = words_of(block.text) - SAYS_NOTHING and not FILLER.fullmatch(words_in_order(block.text))
    is_kept = all(words_in_order(line.text) in written for line in block.lines)
    if says_more and not is_kept and words_in_order(block.text) not in written:
        yield Loss(block.line, f"{quote(block.text, LONGEST_LINE)} is read as nothing at all, and left out")


def note_losses(block: Block, written: frozenset[str]) -> Iterator[Loss]:
    """Yield notes in brackets between a label and its colon."""
    if block.kind not in {BlockKind.ITEM, BlockKind.PROSE}:
        return
    for line in block.lines:
        text = line.text.strip().lstrip("-*+ ") if not line.text.strip().startswith("**") else line.text.strip()
        strong = split_strong(text)
        if strong is None or split_label(text) is None or not strong[1].strip().startswith("("):
            continue
        note = strong[1].partition(")")[0]
        if words_of(note) - IDLE_NOTES - written:
            yield Loss(line.number, f"the note {quote(note.strip('( '))} stands between a label and its colon")


def name_losses(known: Format, section: Section, written: frozenset[str]) -> Iterator[Loss]:
    """Yield what brackets in the heading of a phase add to its name."""
    heading = phase_heading(section.title.lstrip("✅🚧📋☑✓ *").rstrip("* ")) if known is Format.ROADMAP else None
    for note in BRACKETS.findall(heading[1]) if heading else ():
        if words_of(note) and note not in written:
            yield Loss(section.line, f"{quote(note)} stands in the heading of a phase, and its name is shorter")


def heading_losses(sections: tuple[Section, ...], written: frozenset[str]) -> Iterator[Loss]:
    """Yield the headings of parts, such as those that group deviations."""
    for section in sections:
        if section.key not in SUMMARY_SECTIONS and words_of(section.title) - written:
            yield Loss(section.line, f"the heading {quote(section.title)} groups what stands below it")


def one_line_losses(sections: tuple[Section, ...], canonical: str) -> Iterator[Loss]:
    """Yield the label before the one line of what was done."""
    opening = (block for section in sections[:2] for block in section.blocks if block.kind is BlockKind.PROSE)
    first = next((block for block in opening if shown(block)), None)
    label = split_label(first.text) if first else None
    if first and label and label[1] and label[0].casefold() not in IDLE_LABELS and f"**{label[0]}" not in canonical:
        yield Loss(first.line, f"the label {quote(label[0])} before the one line of what was done has no place")


def character_losses(source: SourceText, canonical: str) -> Iterator[Loss]:
    """Yield lines with bytes or control characters that the other form has no place for."""
    yield from byte_losses(source, canonical)
    if len(CONTROL.findall(source.text)) <= len(CONTROL.findall(canonical)):
        return
    for line in source.lines:
        if found := CONTROL.findall(line.text):
            names = ", ".join(f"U+{ord(char):04X}" for char in list(dict.fromkeys(found))[:MOST_NAMED])
            yield Loss(line.number, f"{quote(line.text)} holds control characters ({names}), which have no place")


def byte_losses(source: SourceText, canonical: str) -> Iterator[Loss]:
    """Yield lines with bytes that aren't UTF-8 (carried as lone surrogates), where the other form has fewer of them."""
    if count_surrogates(source.text) <= count_surrogates(canonical):
        return
    for line in source.lines:
        if count_surrogates(line.text):
            yield Loss(line.number, f"{quote(line.text)} holds bytes that aren't UTF-8, which have no place")


def count_surrogates(text: str) -> int:
    """Return how many bytes of a text aren't UTF-8."""
    return 0 if text.isascii() else sum("\ud800" <= char <= "\udfff" for char in text)
