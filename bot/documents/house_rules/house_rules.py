"""The house rules of a workspace as a typed document, and its canonical text.

The form is Markdown (``docs/formats.md``): headings group, paragraphs are for people, and each list item is one rule::

    ## Typing
    - H7: Every signature has types (checked by mypy, code asserts)
    - ~~H8~~

An id is given once: gaps stay, and a rule that was taken out leaves its struck id, so that no other rule gets it.
"""

from __future__ import annotations

from bot.documents.frozen import Frozen
from bot.documents.text.markdown import inline, paragraphs, span

__all__ = ["HouseRule", "HouseRuleSection", "HouseRules", "write_house_rules"]

TITLE = "House rules"


class HouseRule(Frozen):
    """One rule: its id, what it asks for, and the ids of the checks that enforce it (none: people look)."""

    id: str
    text: str
    checks: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """Return the rule as prompts state it: id and text in one line."""
        return f"{self.id}: {self.text}"


class HouseRuleSection(Frozen):
    """Rules under one heading; ``removed`` are the struck ids that stand there."""

    title: str
    rules: tuple[HouseRule, ...] = ()
    removed: tuple[str, ...] = ()


class HouseRules(Frozen):
    """The whole document. Rules before the first heading stand in a section without a title."""

    title: str = TITLE
    introduction: str = ""
    sections: tuple[HouseRuleSection, ...] = ()

    def rules(self) -> tuple[HouseRule, ...]:
        """Return every rule, in order."""
        return tuple(rule for section in self.sections for rule in section.rules)

    def lines(self) -> tuple[str, ...]:
        """Return every rule as prompts state it."""
        return tuple(rule.line for rule in self.rules())


def write_house_rules(document: HouseRules) -> str:
    """Return the canonical text: rules in their order, struck ids at the end of their section."""
    blocks = [f"# {inline(document.title) or TITLE}", paragraphs(document.introduction)]
    for section in document.sections:
        if section.title:
            blocks.append(f"## {inline(section.title)}")
        items = [rule_line(rule) for rule in section.rules] + [f"- ~~{removed}~~" for removed in section.removed]
        blocks.append("\n".join(items))
    return "\n\n".join(block for block in blocks if block) + "\n"


def rule_line(rule: HouseRule) -> str:
    """Return one list item."""
    checked = f" (checked by {', '.join(rule.checks)})" if rule.checks else ""
    return f"- {rule.id}: {span(rule.text)}{checked}"
