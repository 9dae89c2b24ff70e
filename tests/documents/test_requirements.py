"""Requirements are written in one form and read back; foreign files are read as far as they share it."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.requirements import AcceptanceCriterion, Requirement, Requirements, Term
from bot.documents.requirements_reader import read_requirements
from bot.documents.requirements_writer import write_requirements
from tests.documents.strategies import requirements

OFFICE = (Path(__file__).parent / "samples" / "requirements" / "office.requirements.md").read_text(encoding="utf-8")

LIBRARY = Requirements(
    title="Library",
    introduction="An office lends books.",
    glossary=(Term(word="Loan", meaning="A book that a member has."),),
    requirements=(
        Requirement(
            number=2,
            title="Loans",
            user_story="As a member, I want to borrow, so that I can read.",
            criteria=(
                AcceptanceCriterion(number="2.3", text="WHEN a book is lent, THE System SHALL refuse another loan."),
            ),
        ),
    ),
    assumptions=("One copy of each title.",),
)


def test_the_canonical_form() -> None:
    assert write_requirements(LIBRARY) == (
        "# Requirements Document: Library\n\n"
        "## Introduction\n\nAn office lends books.\n\n"
        "## Glossary\n\n- **Loan**: A book that a member has.\n\n"
        "## Assumptions\n\n- One copy of each title.\n\n"
        "## Requirements\n\n### Requirement 2: Loans\n\n"
        "**User Story:** As a member, I want to borrow, so that I can read.\n\n"
        "#### Acceptance Criteria\n\n"
        "3. WHEN a book is lent, THE System SHALL refuse another loan.\n"
    )


@settings(deadline=None)
@given(requirements())
def test_writing_and_reading_gives_the_same_requirements(document: Requirements) -> None:
    reading = read_requirements(write_requirements(document))
    assert reading.requirements == document
    assert {finding.rule for finding in reading.findings} <= {"PT004"}


def test_a_foreign_file_is_read_and_what_is_odd_is_said() -> None:
    reading = read_requirements(OFFICE, "requirements.md")
    assert reading.requirements.introduction == "An office lends its books to members."
    assert [term.word for term in reading.requirements.glossary] == ["Loan", "Member"]
    assert [requirement.title for requirement in reading.requirements.requirements] == ["", "Rückgabe"]
    assert [(criterion.number, criterion.text[:30]) for criterion in reading.requirements.criteria()] == [
        ("1.1", "WHEN a member borrows a book T"),
        ("1.2", "while a book is lent, the Syst"),
        ("1.3", "WHERE mail is on, THE System S"),
        ("4.2", "WENN ein Buch zurückkommt, THE"),
    ]
    assert reading.requirements.criteria()[0].text.endswith("SHALL note the day.")
    assert [(finding.rule, finding.place.line) for finding in reading.findings] == [("PT007", 23), ("PT001", 26)]
    assert "“Nobody wrote a number before this.”" in reading.findings[1].message
    assert str(reading.places["4.2"]) == "requirements.md:32:1"


@given(
    st.lists(st.sampled_from([*OFFICE.splitlines(keepends=True), "# ", "1. ", "x", "\r\n"]) | st.text()).map("".join)
)
def test_no_text_makes_it_raise(text: str) -> None:
    assert read_requirements(text) == read_requirements(text)


def test_a_file_that_is_too_large_is_refused() -> None:
    reading = read_requirements("x" * (5 * 1024 * 1024 + 1))
    assert [finding.rule for finding in reading.findings] == ["PT009"]
