"""Requirements and lists of requirements in each other's form."""

from __future__ import annotations

from hypothesis import assume, given, settings

from bot.documents.conversion import Conversion, convert_document
from bot.documents.formats import Format
from bot.documents.progress.requirements_list_reader import read_requirements_list
from bot.documents.requirements.requirements import Requirements
from bot.documents.requirements.requirements_reader import read_requirements
from bot.documents.requirements.requirements_writer import write_requirements
from bot.documents.text.boxes import TaskState
from tests.documents.strategies import requirements
from tests.documents.test_conversion import SAMPLES, text_of


def sample(name: str) -> str:
    """Return a sample by its path."""
    return text_of(SAMPLES / name)


@given(requirements())
@settings(max_examples=30, deadline=None)
def test_requirements_come_back_from_their_list(document: Requirements) -> None:
    assume(document.requirements)
    listed = convert_document(Format.REQUIREMENTS, write_requirements(document), Format.REQUIREMENTS_LIST)
    assume(document.criteria())
    back = convert_document(Format.REQUIREMENTS_LIST, listed.files["REQUIREMENTS.md"], Format.REQUIREMENTS)
    read = read_requirements(back.files["requirements.md"]).requirements
    with_criteria = tuple(each for each in document.requirements if each.criteria)
    assert read.requirements == with_criteria
    assert (read.title, read.introduction) == (document.title, document.introduction)
    assert {each.number for each in read.removed} == {each.number for each in document.removed}
    gone = len(document.glossary) + len(document.assumptions) + len(document.requirements) - len(with_criteria)
    assert bool(listed.lost) == bool(gone)
    assert back.lost == ()


def test_criteria_become_a_list_with_their_numbers_as_ids() -> None:
    conversion = convert_document(
        Format.REQUIREMENTS, sample("requirements/office.requirements.md"), Format.REQUIREMENTS_LIST
    )
    listed = read_requirements_list(conversion.files["REQUIREMENTS.md"]).requirements_list
    assert [each.id for each in listed.requirements()] == ["1.1", "1.2", "1.3", "4.2"]
    assert {each.state for each in listed.requirements()} == {TaskState.TODO}
    assert listed.traces == ()
    assert "line 10: the term “Loan: A book that a member has.” of the glossary has no place." in conversion.lost


def test_a_list_with_ids_of_words_gets_numbers_and_says_so() -> None:
    conversion = convert_document(Format.REQUIREMENTS_LIST, sample("requirement_lists/harbour.md"), Format.REQUIREMENTS)
    read = read_requirements(conversion.files["requirements.md"]).requirements
    assert [(each.number, each.title, len(each.criteria)) for each in read.requirements] == [
        (1, "Piers (PIER)", 3),
        (2, "Bookings", 3),
        (3, "v2 Requirements", 1),
    ]
    assert conversion.lost[:6] == (
        "line 3: “Defined: 2026-02-11” has no place.",
        "line 4: “Core Value: No boat without a berth” has no place.",
        "line 6: the heading “v1 Requirements” and “All of these ship in June.” stands above no requirement.",
        "line 12: the box of PIER-01 says done, and criteria have none.",
        "line 12: the id PIER-01 becomes 1.1: criteria have numbers.",
        "line 12: the id PIER-01 becomes 2.3: criteria have numbers.",
    )
    assert "line 41: the row “PIER-02 | Phase 1 | Complete” has no place." in conversion.lost
    assert "line 34: “Cards: invoices do” is out of scope, and that has no place." in conversion.lost


def test_a_list_of_numbers_keeps_them_wherever_they_stand() -> None:
    text = (
        "---\nowner: Mara\n---\n# Requirements\n\n## 2. Till\n\n"
        "- [ ] **2.1**: Coins\n- [ ] **3.1**: Notes\n- [ ] ~~**4**: Cards~~\n"
        "\n## 2. Cash\n\nAs we said.\n\n- [ ] **2.4**: Cents\n- [ ] **2.5**\n"
    )
    conversion = convert_document(Format.REQUIREMENTS_LIST, text, Format.REQUIREMENTS)
    read = read_requirements(conversion.files["requirements.md"]).requirements
    assert [each.number for each in read.removed] == ["4"]
    assert "line 1: the front matter “owner: Mara” has no place." in conversion.lost
    assert [[criterion.number for criterion in each.criteria] for each in read.requirements] == [
        ["2.1", "2.4", "2.5"],
        ["3.1"],
    ]
    assert conversion.lost == (
        "line 1: the front matter “owner: Mara” has no place.",
        "line 12: the heading “Cash” stands beside the title of requirement 2.",
        "line 14: “As we said.” above requirement 2 has no place.",
        "line 17: 2.5 says nothing.",
    )


def test_nothing_lost_is_nothing_said() -> None:
    text = "# Requirements Document\n\n### Requirement 1: Till\n\n#### Acceptance Criteria\n\n1. THE Till SHALL open\n"
    conversion = convert_document(Format.REQUIREMENTS, text, Format.REQUIREMENTS_LIST)
    assert conversion.lost == ()
    assert convert_document(Format.REQUIREMENTS_LIST, conversion.files["REQUIREMENTS.md"], Format.REQUIREMENTS) == (
        Conversion(
            {"requirements.md": text.replace("Document\n", "Document\n\n## Introduction\n\n## Requirements\n")}, ()
        )
    )
