"""What readers say about text that they can't take as it stands: the rules of reading, and a list that collects them.

`bot.checks` prints these rules beside its own; a reader finds, a check judges.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.documents.findings import Finding, Place, Severity

__all__ = ["LONGEST_QUOTE", "READING_RULES", "FindingList", "ReadingRule", "quote"]

LONGEST_QUOTE = 120


@dataclass(frozen=True, slots=True)
class ReadingRule:
    """One rule of reading: its stable id, what it asks for, how much it weighs, and why it is there."""

    id: str
    title: str
    severity: Severity
    why: str


READING_RULES = {
    rule.id: rule
    for rule in (
        ReadingRule(
            "PT001",
            "Everything in a document is understood",
            Severity.WARNING,
            "Text that nobody understands must be quoted to people, or a wish gets lost silently.",
        ),
        ReadingRule(
            "PT002",
            "Names are written as the code will have them",
            Severity.WARNING,
            "A name that is mapped (camelCase to snake_case) is another name than people wrote, so they are told.",
        ),
        ReadingRule(
            "PT003",
            "Types are those of the grammar",
            Severity.WARNING,
            "A type of another language is mapped to the nearest one, and the mapping is said.",
        ),
        ReadingRule(
            "PT004",
            "A document holds what its name promises",
            Severity.ERROR,
            "An empty reading usually means that the wrong file or the wrong format was given.",
        ),
        ReadingRule(
            "PT005",
            "A line that names something says all of it",
            Severity.ERROR,
            "A field without a type, or an entity without a name, can't be built and must not vanish.",
        ),
        ReadingRule(
            "PT006",
            "What is declared is kept",
            Severity.WARNING,
            "Declarations that this version keeps no place for are quoted, so that people can say them another way.",
        ),
        ReadingRule(
            "PT007",
            "A thing is said once",
            Severity.WARNING,
            "When a key stands twice with different values, only one can hold.",
        ),
        ReadingRule(
            "PT008",
            "What is opened is closed",
            Severity.WARNING,
            "A bracket, comment or wrapper that never closes may swallow text that was meant to count.",
        ),
        ReadingRule(
            "PT009",
            "A document has at most 5 MB",
            Severity.ERROR,
            "Larger files are never plans; reading them would hold up everyone else.",
        ),
        ReadingRule(
            "PT011",
            "A document is text in UTF-8, without control characters",
            Severity.WARNING,
            "Other bytes are carried as they are, but no page, terminal or program shows them as they were meant.",
        ),
        ReadingRule(
            "PT010",
            "A parent's box says what its sub-tasks say",
            Severity.WARNING,
            "Ticked parents with open sub-tasks, and the reverse, are how work is lost sight of.",
        ),
    )
}


def quote(text: str, longest: int = LONGEST_QUOTE) -> str:
    """Return hostile text as one safe line in “quotes”: no control characters, white space joined, cut when long."""
    cut = text[: longest * 4]
    joined = " ".join("".join(char if char.isprintable() else " " for char in cut).split())
    if len(joined) > longest or len(cut) < len(text):
        joined = joined[:longest].rstrip() + "…"
    return f"“{joined}”"


@dataclass
class FindingList:
    """Collects the findings of one reading."""

    file: str
    findings: list[Finding] = field(default_factory=list)

    def add(self, rule: str, message: str, next_step: str, line: int | None = None, column: int | None = None) -> None:
        """Add a finding of a rule of `READING_RULES` at a line and column, both from 1; a line alone is its first."""
        self.findings.append(
            Finding(
                rule=rule,
                severity=READING_RULES[rule].severity,
                message=message,
                next_step=next_step,
                place=Place(file=self.file, line=line, column=column or (1 if line else None)),
            )
        )
