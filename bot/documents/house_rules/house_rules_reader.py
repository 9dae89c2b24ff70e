"""Reads house rules as people write them; what is no rule is said, and never becomes one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.documents.findings import Finding, Place
from bot.documents.frozen import Frozen
from bot.documents.house_rules.house_rules import HouseRule, HouseRules, HouseRuleSection
from bot.documents.text.markdown import read_inline, read_paragraphs
from bot.documents.text.reading import FindingList, quote
from bot.documents.text.source_text import Line, SourceText
from bot.patterns import regex

__all__ = ["HouseRulesReading", "read_house_rules"]

HEADING = regex(r"(#{1,6})[ \t]+(.*)")
ITEM = regex(r"[ \t]*[-*+][ \t]+(.*)")
STRUCK = regex(r"~~[ \t]*\**([A-Za-z]{1,4}-?\d{1,4})\b[^~]*~~.*")
IDENTIFIED = regex(r"[\[*`]{0,3}([A-Za-z]{1,4}-?\d{1,4})[\]*`]{0,3}[ \t]*[:.–—-]?[\]*`]{0,3}[ \t]+(\S.*)")
"""An id, bare or in brackets, bold or code, and what the rule says."""
CHECKED = regex(r"\([ \t]*(?:checked|enforced) by:?[ \t]+([^()]*)\)[ \t]*\.?", re.IGNORECASE)
FENCE = regex(r"[ \t]*(?:```|~~~)")
COMMENT_BEGINS, COMMENT_ENDS = "<!--", "-->"


class HouseRulesReading(Frozen):
    """What was read, where each rule stands (by its id), and what there is to say about it."""

    document: HouseRules
    places: Mapping[str, Place]
    findings: tuple[Finding, ...]


@dataclass
class OpenItem:
    """A list item that is being read: further indented lines belong to it."""

    line: Line
    parts: list[str]
    """What it says, a part a line."""


@dataclass
class OpenSection:
    """A section that is being read."""

    title: str = ""
    rules: list[HouseRule] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def closed(self) -> HouseRuleSection:
        """Return the section as it is now."""
        return HouseRuleSection(title=self.title, rules=tuple(self.rules), removed=tuple(self.removed))


def read_house_rules(text: str, file: str = "house_rules.md") -> HouseRulesReading:
    """Read house rules. Never raises; findings are those of reading (PT0xx)."""
    reader = Reader(file)
    source = SourceText(text)
    if source.is_too_large:
        reader.findings.add("PT009", "This document is larger than 5 MB, so it was not read.", "Split it.")
    else:
        for line in shown_lines(source):
            reader.take(line)
        reader.close_item()
    return reader.reading()


def shown_lines(source: SourceText) -> Iterator[Line]:
    """Yield the lines outside fenced code and comments."""
    in_fence = in_comment = False
    for line in source.lines:
        if in_comment or (COMMENT_BEGINS in line.text and not in_fence):
            in_comment = COMMENT_ENDS not in line.text
            continue
        is_edge = FENCE.match(line.text) is not None
        if not (is_edge or in_fence):
            yield line
        in_fence ^= is_edge


class Reader:
    """Reads line by line."""

    def __init__(self, file: str) -> None:
        """Begin with nothing."""
        self.findings = FindingList(file)
        self._file = file
        self._title = ""
        self._introduction: list[str] = []
        self._sections = [OpenSection()]
        self._places: dict[str, Place] = {}
        self._item: OpenItem | None = None

    def take(self, line: Line) -> None:
        """Take one line: a heading, an item, more of an item, or prose."""
        if heading := HEADING.fullmatch(line.text):
            self.close_item()
            self._heading(len(heading[1]), read_inline(heading[2].rstrip(" \t#")))
        elif item := ITEM.fullmatch(line.text):
            self.close_item()
            self._item = OpenItem(line, [item[1]])
        elif self._item and line.text.strip() and line.indent:
            self._item.parts.append(line.text.strip())
        else:
            self.close_item()
            if len(self._sections) == 1 and not self._sections[0].rules:
                self._introduction.append(line.text)

    def _heading(self, level: int, title: str) -> None:
        if level == 1 and not self._title and len(self._sections) == 1:
            self._title = title
        else:
            self._sections.append(OpenSection(title))

    def close_item(self) -> None:
        """Make what an item says a rule, a struck id, or a finding."""
        item, self._item = self._item, None
        if item is None:
            return
        place = {"line": item.line.number, "column": 1}
        said = " ".join(item.parts)
        if struck := STRUCK.fullmatch(said):
            self._sections[-1].removed.append(struck[1].upper())
            return
        checked = CHECKED.search(said)
        bare = said[: checked.start()].rstrip(" \t") + said[checked.end() :] if checked else said
        identified = IDENTIFIED.fullmatch(bare.strip())
        if identified is None:
            message = f"{quote(said)} is no rule: it has no id and text."
            self.findings.add(
                "PT005", message, "Write it as `- H99: what must hold`, with an id that is free.", **place
            )
            return
        names = [name.strip(" `\t") for name in checked[1].split(",")] if checked else []
        rule = HouseRule(
            id=identified[1].upper(),
            text=read_inline(identified[2]),
            checks=tuple(" ".join(name.split()) for name in names if name),
        )
        self._sections[-1].rules.append(rule)
        self._places.setdefault(rule.id, Place(file=self._file, **place))

    def reading(self) -> HouseRulesReading:
        """Return what was read."""
        sections = [section for section in self._sections if section.title or section.rules or section.removed]
        document = HouseRules(
            title=self._title or HouseRules().title,
            introduction=read_paragraphs(self._introduction),
            sections=tuple(section.closed() for section in sections),
        )
        return HouseRulesReading(document=document, places=self._places, findings=tuple(self.findings.findings))
