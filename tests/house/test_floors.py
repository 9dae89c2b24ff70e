"""The table of floors in docs/architecture.md is written from the contracts, and stays true."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import floors
from scripts.docs import ROOT

PYPROJECT = """
[[tool.importlinter.contracts]]
id = "floors"
name = "A floor imports only from below"
type = "layers"
layers = ["top", "left | right"]

[[tool.importlinter.contracts]]
name = "A room imports only from below"
type = "layers"
containers = ["left"]
layers = ["shelf", "drawer"]

[[tool.importlinter.contracts]]
name = "Nothing else"
type = "forbidden"
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "bot" / "left").mkdir(parents=True)
    (tmp_path / "bot" / "left" / "__init__.py").write_text('"""The left | wing.\n\nMore."""\n')
    (tmp_path / "bot" / "right.py").write_text('"""The right wing."""\n')
    (tmp_path / "bot" / "top.py").write_text('"""The roof."""\n')
    return tmp_path


def test_the_table_lists_floors_from_the_roof_down_and_every_contract(house: Path) -> None:
    table = floors.floors_table(house / "pyproject.toml", house / "bot")

    assert table.splitlines()[2:5] == [
        "| 2 · `top` | The roof. |",
        "| 1 · `left` | The left \\| wing. |",
        "| 1 · `right` | The right wing. |",
    ]
    assert table.endswith("- A floor imports only from below.\n- A room imports only from below.\n- Nothing else.")


def test_a_floor_without_a_docstring_is_an_error(house: Path) -> None:
    (house / "bot" / "top.py").write_text("")

    with pytest.raises(ValueError, match="has no docstring"):
        floors.floors_table(house / "pyproject.toml", house / "bot")


def test_only_what_is_between_the_markers_changes() -> None:
    page = f"before\n{floors.FLOORS.begin}\nold\n{floors.FLOORS.end}\nafter\n"

    changed = f"before\n{floors.FLOORS.begin}\nnew\n{floors.FLOORS.end}\nafter\n"
    assert floors.FLOORS.put(page, "new") == changed
    with pytest.raises(ValueError, match="lacks the line"):
        floors.FLOORS.put("no markers", "new")


def test_a_stale_page_fails_the_check_and_writing_mends_it(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = house / "docs" / "architecture.md"
    page.parent.mkdir()
    page.write_text(f"{floors.FLOORS.begin}\nold\n{floors.FLOORS.end}\n")

    assert floors.write_floors(house, only_compare=True) == 1
    assert capsys.readouterr().err == "docs/architecture.md is stale: run `make docs` and commit it\n"
    assert floors.write_floors(house, only_compare=False) == 0
    assert floors.write_floors(house, only_compare=True) == 0
    assert "| 2 · `top` | The roof. |" in page.read_text(encoding="utf-8")


def test_the_page_of_this_house_is_up_to_date() -> None:
    assert floors.write_floors(ROOT, only_compare=True) == 0
