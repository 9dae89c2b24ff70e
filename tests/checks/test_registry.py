"""The one list of rules: stable ids, described once, readable in a prompt."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from bot.checks import all_rules, describe_rules
from bot.checks.cycles import find_cycles
from bot.checks.registry import DESCRIBED, Problem, Rule, RuleSet, rule_of
from bot.documents.findings import Place, Severity
from bot.documents.text.reading import READING_RULES


def test_ids_are_unique_sorted_and_of_one_form() -> None:
    ids = [rule.id for rule in all_rules()]
    assert ids == sorted(set(ids))
    assert all(re.fullmatch(r"PT[0-8]\d\d", rule_id) for rule_id in ids)


def test_every_rule_says_what_and_why() -> None:
    for rule in all_rules():
        assert len(rule.title) > 10, rule.id
        assert rule.why.endswith("."), rule.id
        assert not rule.title.endswith("."), rule.id


def test_reading_rules_are_in_the_list() -> None:
    assert {rule_id: rule_of(rule_id).title for rule_id in READING_RULES} == {
        rule_id: rule.title for rule_id, rule in READING_RULES.items()
    }


def test_rules_are_described_for_a_prompt() -> None:
    lines = describe_rules("PT2")
    assert len(lines) == len([rule for rule in all_rules() if rule.id.startswith("PT2")])
    assert any(line.startswith("PT240 (must): Money is Decimal, never float. ") for line in lines)
    assert any(line.startswith("PT232 (should): ") for line in lines)
    assert describe_rules("PT9") == ()


def test_an_id_is_given_once() -> None:
    rules: RuleSet[str] = RuleSet("a.txt")
    with pytest.raises(ValueError, match="PT101"):
        rules.rule("PT101", "Taken", Severity.ERROR, "It is.")


def test_a_declared_rule_is_described_and_run(monkeypatch: pytest.MonkeyPatch) -> None:
    rules: RuleSet[str] = RuleSet("a.txt")
    with monkeypatch.context() as patched:
        patched.setattr("bot.checks.registry.DESCRIBED", dict(DESCRIBED))

        @rules.rule("PTX01", "Texts are short", Severity.WARNING, "Long ones are not read.")
        def is_short(text: str) -> list[Problem]:
            """Find long texts."""
            return [Problem("", f"{text} is long.", "Cut it.")] if len(text) > 3 else []

        assert rule_of("PTX01") == Rule("PTX01", "Texts are short", Severity.WARNING, "Long ones are not read.")
    assert is_short("four") == [Problem("", "four is long.", "Cut it.")]
    (finding,) = rules.check("four")
    assert (finding.rule, finding.severity) == ("PTX01", Severity.WARNING)
    assert (finding.message, finding.next_step, finding.place) == ("four is long.", "Cut it.", Place(file="a.txt"))
    assert rules.check("two") == ()


@pytest.mark.parametrize(
    ("subject", "line"), [("Book.price", 3), ("Book.title", 2), ("Book", 2), ("Shelf.size", None), ("", 1)]
)
def test_a_finding_stands_at_its_subject_or_at_what_holds_it(subject: str, line: int | None) -> None:
    places = {"Book.price": Place(file="b", line=3), "Book": Place(file="b", line=2), "": Place(file="b", line=1)}
    rules: RuleSet[str] = RuleSet("a.txt")
    rules.checks.append((registered("PTX01")[0], lambda _: [Problem(subject, "It is.", "Go.")]))
    (finding,) = rules.check("x", places)
    assert finding.place == (Place(file="b", line=line) if line else Place(file="a.txt"))


def registered(rule_id: str) -> tuple[Rule, Callable[[str], list[Problem]]]:
    """Return a rule that finds one problem in any text, and its check."""

    def check(text: str) -> list[Problem]:
        return [Problem("", f"{rule_id} {text}", "Go.")]

    return Rule(rule_id, "Nothing is fine", Severity.WARNING, "It isn't."), check


def test_rules_run_in_the_order_of_their_ids_and_can_be_left_out() -> None:
    rules: RuleSet[str] = RuleSet("a.txt")
    rules.checks += [registered("PTX02"), registered("PTX01")]
    assert [finding.message for finding in rules.check("x")] == ["PTX01 x", "PTX02 x"]
    assert [finding.rule for finding in rules.check("x", without={"PTX01"})] == ["PTX02"]


@pytest.mark.parametrize(
    ("edges", "cycles"),
    [
        ({}, []),
        ({"a": ["b"], "b": []}, []),
        ({"a": ["a"]}, [("a", "a")]),
        ({"a": ["b"], "b": ["c"], "c": ["b"], "d": ["a"]}, [("b", "c", "b")]),
        ({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}, [("a", "b", "a"), ("c", "d", "c")]),
        ({"a": ["nowhere"]}, []),
        ({"a": ["b", "c"], "b": [], "c": ["a"]}, [("a", "c", "a")]),
    ],
)
def test_circles_are_found_with_their_path(edges: dict[str, list[str]], cycles: list[tuple[str, ...]]) -> None:
    assert find_cycles(edges) == cycles


def test_no_more_than_twenty_circles_are_told_apart() -> None:
    assert len(find_cycles({name: [name] for name in "abcdefghijklmnopqrstuvwxyz"})) == 20


def test_a_long_chain_and_a_long_circle_end() -> None:
    chain = {str(number): [str(number + 1)] for number in range(50_000)}
    assert find_cycles(chain) == []
    circle = chain | {"50000": ["0"]}
    assert len(find_cycles(circle)[0]) == 50_002
