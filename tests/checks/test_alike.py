"""The same remark many times over is told a few times, with the lines of all others."""

from __future__ import annotations

from bot.checks.alike import MOST_ALIKE, fold_alike
from bot.documents.findings import Finding, Place, Severity


def finding(line: int | None, rule: str = "PT001", step: str = "Take it out.", file: str = "a.md") -> Finding:
    place = Place(file=file, line=line)
    return Finding(rule=rule, severity=Severity.WARNING, message=f"Odd {line}.", next_step=step, place=place)


def test_a_few_findings_of_one_kind_are_told_one_by_one() -> None:
    findings = tuple(finding(line) for line in range(1, MOST_ALIKE + 1))
    assert fold_alike(findings) == findings


def test_of_many_three_are_told_and_the_lines_of_the_others() -> None:
    findings = [*(finding(line) for line in range(1, 21)), finding(7, rule="PT002")]
    folded = fold_alike(findings)
    assert [(each.rule, each.message) for each in folded] == [
        ("PT001", "Odd 1."),
        ("PT001", "Odd 2."),
        ("PT001", "Odd 3. So it is 17 times more, on lines 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 7 more."),
        ("PT002", "Odd 7."),
    ]


def test_other_files_and_other_advice_are_of_another_kind() -> None:
    findings = [finding(line, file=f"{line % 2}.md", step=f"Step {line % 3}.") for line in range(24)]
    assert fold_alike(findings) == tuple(findings)


def test_findings_without_a_line_are_counted() -> None:
    folded = fold_alike([finding(None) for _ in range(9)])
    assert folded[-1].message == "Odd None. So it is 6 times more."
