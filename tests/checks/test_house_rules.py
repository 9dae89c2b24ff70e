"""House rules are said once, in short, and marked with checks that exist."""

from __future__ import annotations

import pytest

from bot.checks.house_rules import check_house_rules
from bot.documents.findings import Finding
from bot.documents.house_rules.house_rules_reader import read_house_rules


def found(text: str) -> list[Finding]:
    reading = read_house_rules(text, "rules.md")
    return list(check_house_rules(reading.document, {"mypy", "ruff DTZ"}.__contains__, reading.places))


def test_rules_that_are_fine_have_no_findings() -> None:
    assert found("- H1: types (checked by mypy, ruff DTZ)\n- H2: names\n- ~~H3~~\n") == []


@pytest.mark.parametrize(
    ("text", "rule", "line", "said"),
    [
        ("# Nothing\n- ~~H1~~\n", "PT701", None, "no rule in it"),
        ("- H1: a\n- H2: b\n- h1: c\n", "PT702", 1, "H1 is the id of 2 rules"),
        ("- H2: b\n- H1: a\n- ~~H1~~\n", "PT702", 2, "H1 is struck, and given again"),
        ("- H1: a\n- H2: b (checked by mypi, mypy)\n", "PT703", 2, "“mypi” checks it, and there is no such check"),
        ("- H1: a\n- H2: " + "b" * 601, "PT704", 2, "H2 has 601 characters"),
        ("".join(f"- H{number}: {number} {'b' * 550}\n" for number in range(45)), "PT704", None, "All rules together"),
        ("- H1: Names are words\n- H2: names are words.\n", "PT705", 2, "H2 says the same as H1"),
    ],
)
def test_each_rule_finds_its_breach(text: str, rule: str, line: int | None, said: str) -> None:
    (finding,) = found(text)

    assert (finding.rule, finding.place.line) == (rule, line)
    assert said in finding.message
