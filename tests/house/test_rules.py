"""docs/rules.md: every rule has a proof or an owner that is there, and one that hasn't is said in a sentence."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.checks import Rule
from bot.documents.findings import Severity
from scripts import docs
from scripts.checks_page import checks_page, registered_rules
from scripts.rule_list import Faults, Kind, RuleList, faults_of, load
from scripts.rules_page import rules_page

DOCUMENT = """
order = 1
title = "The rules of the house"
prefix = "H"
about = "How one lives here."
"""
GOOD = """
[[rules]]
id = "H-01"
asks = "Money is exact | always."
where = ["app/money.py"]
proof = ["PT240", "ruff check F401"]

[[rules]]
id = "H-02"
asks = "Doors close."
where = ["app"]
proof = ["tests/test_doors.py::test_a_door_closes", "templates/fastapi/test_gate.py.j2::test_a_gate_closes"]
note = "Gates too."

[[rules]]
id = "H-03"
asks = "Types hold."
where = ["templates/fastapi/test_gate.py.j2"]
proof = ["mypy --strict"]

[[rules]]
id = "H-04"
asks = "It is beautiful."
where = ["app"]
people = "nobody can measure it"

[[rules]]
id = "H-05"
asks = "There is a garden."
planned = 3
"""
CONFLICTS = """
[[conflicts]]
subject = "Doors"
one = "The house: closed."
other = "The garden: open."
decision = "Closed at night."
rules = ["H-02", "H-05"]
where = ["app/money.py"]
proof = ["tests/test_doors.py::test_a_door_closes"]
"""
FILES = {
    "app/money.py": "",
    "tests/test_doors.py": "async def test_a_door_closes(): ...\n\ndef closes(): ...\n",
    "templates/fastapi/test_gate.py.j2": "def test_a_gate_closes(): ...\n{{ broken python }}\n",
    "templates/fastapi/ruff.toml": '[lint]\nselect = ["F", "D10"]\n',
    "templates/fastapi/pyproject.toml.j2": "strict = true\n",
    "docs/rules/house.toml": DOCUMENT + GOOD,
    "docs/rules/conflicts.toml": CONFLICTS,
    "docs/rules/roadmap.toml": '[[steps]]\nnumber = 3\ntitle = "the garden"\n',
    "docs/rules/judges.toml": '[[judges]]\nword = "mypy --strict"\n'
    'settings = "templates/fastapi/pyproject.toml.j2"\nsays = "strict = true"\n',
}


def house(root: Path, changed: Mapping[str, str] | None = None) -> tuple[RuleList, Faults]:
    """Write a house with its rules, and return them with what is wrong with them."""
    for path, text in (FILES | dict(changed or {})).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    rules, faults = load(root)
    return rules, [*faults, *faults_of(rules, root, ["PT240"])]


def test_a_house_in_order_has_no_faults(tmp_path: Path) -> None:
    rules, faults = house(tmp_path)

    assert faults == []
    assert [rule.kind for rule in rules.documents[0].rules] == [
        Kind.CHECK, Kind.TEST, Kind.JUDGE, Kind.PEOPLE, Kind.PLANNED,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("planned = 3\n", "", "H-05 has neither a proof nor an owner; name the check, test or judge"),
        ("planned = 3\n", "planned = 9\n", "H-05 is planned for step 9, which the roadmap doesn't have"),
        ("PT240", "PT999", "H-01 is proven by PT999, which is no check; name one of docs/checks.md"),
        ("::test_a_door_closes", "::test_a_door_opens", "test_doors.py::test_a_door_opens, which is not there"),
        ("::test_a_door_closes", "::closes", "test_doors.py::closes, which is not there"),
        ("test_doors.py", "test_windows.py", "test_windows.py::test_a_door_closes, which is not there"),
        ("::test_a_gate_closes", "::test_a_gate", "test_gate.py.j2::test_a_gate, which is not there"),
        ("ruff check F401", "ruff check D200", "templates/fastapi/ruff.toml doesn't select D200; select it there"),
        ("ruff check F401", "pylint", "H-01 is proven by 'pylint', which is no judge"),
        ("app/money.py", "app/gold.py", "H-01 names app/gold.py, which is not there; correct the path"),
        ('where = ["app"]\npeople', "people", "H-04 says that it is obeyed, but not where"),
        ('where = ["templates/fastapi/test_gate.py.j2"]\n', "", "H-03 says that it is obeyed, but not where"),
        ('id = "H-02"', 'id = "H-01"', "H-01 is there twice; give each rule a number of its own"),
        ('id = "H-02"', 'id = "X-02"', "X-02 is no id of this document; write H-01 and so on"),
        ('asks = "Doors close."\n', "", "H-02 doesn't say what it asks for; write it in a sentence"),
        ('id = "H-02"\n', "", " is no id of this document; write H-01 and so on"),
        ("Doors close.", " ", "H-02 doesn't say what it asks for; write it in a sentence"),
        ("note =", "remark =", "H-02 has the key 'remark', which means nothing; use asks, id, "),
    ],
)
def test_a_rule_that_is_not_in_order_is_said_in_a_sentence(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in DOCUMENT + GOOD

    _, faults = house(tmp_path, {"docs/rules/house.toml": (DOCUMENT + GOOD).replace(old, new)})

    assert any(sentence in fault for fault in faults), faults
    assert all(fault.startswith("docs/rules/") for fault in faults)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("Closed at night.", "", "'Doors' has no decision; write down what holds"),
        ('"H-02", "H-05"', '"H-77"', "'Doors' names the rule H-77, which no document has"),
        ('"H-02", "H-05"', "", "'Doors' names no rule; say in `rules` which rules are in conflict"),
        ("proof =", "where =", "'Doors' names tests/test_doors.py::test_a_door_closes, which is not there"),
        ('proof = ["tests/test_doors.py::test_a_door_closes"]', "", "'Doors' has neither a proof nor an owner"),
        ("_closes", "_opens", "'Doors' is proven by tests/test_doors.py::test_a_door_opens, which is not there"),
    ],
)
def test_a_conflict_that_is_not_in_order_is_said_in_a_sentence(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    text = CONFLICTS.replace('where = ["app/money.py"]\n', "") if old == "proof =" else CONFLICTS

    _, faults = house(tmp_path, {"docs/rules/conflicts.toml": text.replace(old, new)})

    assert any(sentence in fault for fault in faults), faults


def test_a_judge_whose_settings_went_away_proves_nothing(tmp_path: Path) -> None:
    _, faults = house(tmp_path, {"templates/fastapi/pyproject.toml.j2": "strict = false\n"})

    (fault,) = faults
    assert "'mypy --strict' is set by 'strict = true' in templates/fastapi/pyproject.toml.j2" in fault


def test_without_settings_of_ruff_none_of_its_rules_proves_anything(tmp_path: Path) -> None:
    house(tmp_path)
    (tmp_path / "templates" / "fastapi" / "ruff.toml").unlink()
    rules, _ = load(tmp_path)

    assert any("doesn't select F401" in fault for fault in faults_of(rules, tmp_path, ["PT240"]))


def test_the_page_counts_links_and_tells_what_is_still_to_come(tmp_path: Path) -> None:
    page = rules_page(house(tmp_path)[0])

    assert "| [The rules of the house](#the-rules-of-the-house) | 5 | 1 | 1 | 1 | 1 | 1 |" in page
    assert "| **All** | 5 | 1 | 1 | 1 | 1 | 1 |" in page
    assert (
        '| <a id="h-01"></a>**H-01** Money is exact \\| always. | [`app/money.py`](../app/money.py) '
        "| [PT240](checks.md#pt240)<br>[`ruff check F401`](../templates/fastapi/ruff.toml) |"
    ) in page
    assert "**H-03** Types hold. | [`…/test_gate.py`](../templates/fastapi/test_gate.py.j2) | [`mypy --strict`]" in page
    assert "Doors close.<br>*Gates too.*" in page
    assert (
        "| [`test_a_door_closes`](../tests/test_doors.py)<br>"
        "[`test_a_gate_closes`](../templates/fastapi/test_gate.py.j2) (of the service) |"
    ) in page
    assert "| read by people: nobody can measure it |" in page
    assert "| planned: step 3, the garden |" in page
    assert "| Doors ([H-02](#h-02), [H-05](#h-05)) | The house: closed. | The garden: open. | Closed at night." in page
    assert "- **3. the garden**: [H-05](#h-05)" in page


def test_the_page_of_checks_has_every_rule_with_an_anchor_and_groups_that_nobody_named() -> None:
    page = checks_page(
        (
            Rule("PT240", "Money is Decimal, never | float", Severity.ERROR, "A float rounds."),
            Rule("PT941", "Roofs hold", Severity.WARNING, "It rains."),
        )
    )

    assert "There are 2 rules: 1 of severity error, 1 of severity warning." in page
    assert '| <a id="pt240"></a>**PT240** | error | Money is Decimal, never \\| float | A float rounds. |' in page
    assert "library.specs.txt:6:3: error: Book.price sounds like money" in page
    assert page.index("## Entities") < page.index("## More: PT9") < page.index("**PT941**")


def test_stale_pages_and_faults_fail_and_writing_mends_the_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house(tmp_path)

    assert docs.write_pages(tmp_path, only_compare=True) == 1
    assert "docs/checks.md is stale: run `make docs` and commit it" in capsys.readouterr().err
    assert docs.write_pages(tmp_path, only_compare=False) == 0
    assert docs.write_pages(tmp_path, only_compare=True) == 0
    (tmp_path / "app" / "money.py").unlink()
    assert docs.write_pages(tmp_path, only_compare=False) == 1
    assert "H-01 names app/money.py, which is not there" in capsys.readouterr().err


def test_the_pages_of_this_house_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert docs.main(["--check"]) == 0, capsys.readouterr().err


def test_every_rule_of_the_checks_is_on_their_page() -> None:
    page = (docs.ROOT / "docs" / "checks.md").read_text(encoding="utf-8")

    assert [rule.id for rule in registered_rules() if f'id="{rule.id.lower()}"' not in page] == []


def test_every_rule_is_registered_by_importing_the_checks() -> None:
    """A module that nothing imports would put rules on the page that never run."""
    program = "from bot.checks import all_rules; print(*(rule.id for rule in all_rules()))"
    alone = subprocess.run([sys.executable, "-c", program], cwd=docs.ROOT, capture_output=True, text=True, check=True)

    assert alone.stdout.split() == [rule.id for rule in registered_rules()]


def test_all_five_documents_and_their_conflicts_are_there() -> None:
    rules, _ = load(docs.ROOT)

    assert [document.prefix for document in rules.documents] == ["P", "N", "C", "L", "S"]
    assert all(len(document.rules) > 30 for document in rules.documents)
    assert len(rules.conflicts) >= 10
    read_by_people = [rule.id for document in rules.documents for rule in document.rules if rule.kind is Kind.PEOPLE]
    assert len(read_by_people) <= 4
