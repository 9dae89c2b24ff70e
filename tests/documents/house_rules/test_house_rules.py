"""House rules are read as people write them; what is no rule is said, and the canonical text reads as the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.findings import Severity
from bot.documents.house_rules.house_rules import HouseRule, HouseRules, HouseRuleSection, write_house_rules
from bot.documents.house_rules.house_rules_reader import ITEM, read_house_rules
from bot.documents.text.source_text import SourceText

TEXT = """\
# Our rules

What we ask of code,
and why.

## Types
- H1: Every signature has types (checked by mypy, ruff UP006)
- **H2** Optional is `T | None`,
  never `Optional[T]`.
* [h-3] – Names are whole words (Checked by: `code  asserts`).

Prose for people, which is no rule.

- ~~H4~~
- ~~**H5** said too much~~ see the minutes

### Tests
1. H9: an ordered list is prose
```
- H10: inside a fence
```
<!-- - H11: inside
- H12: a comment -->
- H6. Tests assert \\[something\\]
"""


def test_rules_are_list_items_with_an_id() -> None:
    reading = read_house_rules(TEXT, "rules.md")

    assert reading.findings == ()
    assert reading.document.title == "Our rules"
    assert reading.document.introduction == "What we ask of code, and why."
    assert reading.document.sections == (
        HouseRuleSection(
            title="Types",
            rules=(
                HouseRule(id="H1", text="Every signature has types", checks=("mypy", "ruff UP006")),
                HouseRule(id="H2", text="Optional is `T | None`, never `Optional[T]`."),
                HouseRule(id="H-3", text="Names are whole words", checks=("code asserts",)),
            ),
            removed=("H4", "H5"),
        ),
        HouseRuleSection(title="Tests", rules=(HouseRule(id="H6", text="Tests assert [something]"),)),
    )
    assert (reading.places["H-3"].file, reading.places["H-3"].line) == ("rules.md", 10)
    assert reading.document.lines()[0] == "H1: Every signature has types"


@pytest.mark.parametrize(
    "item", ["- no id at all", "- H1", "- H1:", "- HOUSE1: five letters", "-  H: no number", "- ~~"]
)
def test_an_item_without_id_or_text_is_said_and_is_no_rule(item: str) -> None:
    reading = read_house_rules(f"- H7: fine\n\n{item}\n")

    assert [rule.id for rule in reading.document.rules()] == ["H7"]
    assert [(one.rule, one.severity, one.place.line) for one in reading.findings] == [("PT005", Severity.ERROR, 3)]


def test_what_is_too_large_is_refused() -> None:
    assert [finding.rule for finding in read_house_rules("- H1: x\n" * 800_000).findings] == ["PT009"]


def test_the_canonical_text() -> None:
    assert write_house_rules(read_house_rules(TEXT).document) == (
        "# Our rules\n\nWhat we ask of code, and why.\n\n## Types\n\n"
        "- H1: Every signature has types (checked by mypy, ruff UP006)\n"
        "- H2: Optional is `T | None`, never `Optional[T]`.\n"
        "- H-3: Names are whole words (checked by code asserts)\n"
        "- ~~H4~~\n- ~~H5~~\n\n## Tests\n\n- H6: Tests assert \\[something\\]\n"
    )


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp", "Cs")), min_size=1, max_size=40)
PLAIN = WORDS.map(lambda text: " ".join(text.split())).filter(
    lambda text: bool(text) and not any(mark in text for mark in ("(", ")", "<!--", "`", "*", "_", "\\"))
)
IDS = st.from_regex(r"[A-Z]{1,4}-?[0-9]{1,4}", fullmatch=True)
RULES = st.builds(
    HouseRule, id=IDS, text=PLAIN, checks=st.lists(st.sampled_from(("mypy", "ruff DTZ", "code asserts"))).map(tuple)
)
SECTIONS = st.builds(
    HouseRuleSection,
    title=st.from_regex(r"[A-Za-z][a-z]{0,9}", fullmatch=True),
    rules=st.lists(RULES, max_size=4).map(tuple),
    removed=st.lists(IDS, max_size=2).map(tuple),
)


@given(st.builds(HouseRules, sections=st.lists(SECTIONS, max_size=3).map(tuple)))
def test_what_is_written_is_read_again(document: HouseRules) -> None:
    reading = read_house_rules(write_house_rules(document))

    assert reading.document == document
    assert reading.findings == ()


LINES = st.builds(
    "{}{}".format, st.sampled_from(("", "- H1: ", "* ", "- ~~H2~~", "  ", "# ", "```", "<!--", "-->")), st.text()
)


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_of_any_text_each_rule_and_each_finding_names_the_line_that_it_is_about(text: str) -> None:
    lines = [line.text for line in SourceText(text).lines]

    reading = read_house_rules(text)

    assert {rule.id for rule in reading.document.rules()} == reading.places.keys()
    assert all(rule_id in lines[place.line - 1].upper() for rule_id, place in reading.places.items() if place.line)
    assert all(rule.text for rule in reading.document.rules())
    assert {finding.rule for finding in reading.findings} <= {"PT005"}
    assert all(ITEM.fullmatch(lines[(finding.place.line or 0) - 1]) for finding in reading.findings)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    [
        "# a" + " " * 200_000 + "b",
        "# a" + " #" * 100_000 + "b",
        "- H1: x" + " " * 200_000 + "y",
        "- H1: x" + "(checked by " * 20_000,
    ],
    ids=["blanks in a heading", "marks in a heading", "blanks in a rule", "open brackets"],
)
def test_hostile_rules_are_read_in_good_time(text: str) -> None:
    reading = read_house_rules(text)

    assert reading.findings == ()
    assert reading.document.rules() or reading.document.title.startswith("a")
