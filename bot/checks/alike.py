"""Findings that are the same remark many times over, told as a few and a count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.documents.findings import Finding

__all__ = ["MOST_ALIKE", "TOLD_OF_MANY", "fold_alike"]

MOST_ALIKE = 5
"""So many findings of one kind in one file are told one by one."""

TOLD_OF_MANY = 3
"""Where there are more, so many are told, and then how many there are besides."""

NAMED_LINES = 10


def fold_alike(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings in their order, those of one kind in one file folded where there are more than a few.

    Of one kind are findings of the same rule that ask for the same to be done. The last one told names the lines of
    the others, so nothing is left out.
    """
    kinds: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(kind_of(finding), []).append(finding)
    folded: list[Finding] = []
    told: dict[tuple[str, str, str], int] = {}
    for finding in findings:
        kind = kind_of(finding)
        alike = kinds[kind]
        told[kind] = told.get(kind, 0) + 1
        if len(alike) <= MOST_ALIKE or told[kind] < TOLD_OF_MANY:
            folded.append(finding)
        elif told[kind] == TOLD_OF_MANY:
            folded.append(with_others(finding, alike[TOLD_OF_MANY:]))
    return tuple(folded)


def kind_of(finding: Finding) -> tuple[str, str, str]:
    """Return what makes findings alike: the file, the rule, and what to do."""
    return finding.place.file, finding.rule, finding.next_step


def with_others(finding: Finding, others: Sequence[Finding]) -> Finding:
    """Return a finding that says how many others of its kind there are, and where."""
    where = lines_of(others)
    message = f"{finding.message} So it is {len(others)} times more{f', on {where}' if where else ''}."
    return finding.model_copy(update={"message": message})


def lines_of(findings: Iterable[Finding]) -> str:
    """Return the lines of findings, such as “lines 4, 9 and 3 others”; nothing where they have none."""
    lines = sorted({finding.place.line for finding in findings if finding.place.line})
    if not lines:
        return ""
    named = ", ".join(map(str, lines[:NAMED_LINES]))
    more = len(lines) - NAMED_LINES
    return f"line{'' if len(lines) == 1 else 's'} {named}" + (f" and {more} more" if more > 0 else "")
