"""Requirements are written in one form and read back; foreign files are read as far as they share it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.requirements.requirements import AcceptanceCriterion, Requirement, Requirements, Term
from bot.documents.requirements.requirements_edits import rename_requirement, strike_requirement
from bot.documents.requirements.requirements_reader import read_requirements
from bot.documents.requirements.requirements_writer import write_requirements
from bot.documents.text.edits import apply_edits
from bot.documents.text.numbering import Removed, next_number
from bot.documents.text.source_text import SourceText
from tests.documents.strategies import requirements

SAMPLES = Path(__file__).parent.parent / "samples" / "requirements"
GARAGE = (SAMPLES / "taller.requirements.md").read_text(encoding="utf-8")
BATH = (SAMPLES / "onsen.requirements.md").read_text(encoding="utf-8")
OFFICE = (SAMPLES / "office.requirements.md").read_text(encoding="utf-8")
MARINA = (SAMPLES / "marina.requirements.md").read_text(encoding="utf-8")

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
    removed=(Removed(number="3", text="Shop"), Removed(number="2.1", text="THE System SHALL ~lend~ `forever`.")),
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
        "- ~~2.1 THE System SHALL \\~lend\\~ \\`forever\\`.~~\n"
        "3. WHEN a book is lent, THE System SHALL refuse another loan.\n\n"
        "- ~~3 Shop~~\n"
    )


@settings(deadline=None, max_examples=60)
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


def test_a_marina_s_requirements_are_read_whatever_their_spelling() -> None:
    document = read_requirements(MARINA, "marina.md").requirements
    assert (document.title, document.introduction) == ("Marina ⚓", "Boats come and go.")
    assert [(term.word, term.meaning) for term in document.glossary] == [
        ("Berth", "a place for one boat, with a number"),
        ("Tide", "how high the water is"),
        ("Skipper", "whoever steers"),
        ("Fee", "what a night costs"),
    ]
    assert document.assumptions == ("Nobody swims in the harbour",)
    assert [(each.number, each.title, each.user_story) for each in document.requirements] == [
        (1, "", "As a skipper, I want a berth, so that I can sleep."),
        (2, "Fees", "As a harbour master, I want fees, so that I can buy paint."),
        (4, "Lights", "As a skipper, I want lights, so that I see the pier."),
        (6, "Weather", "As a skipper, I want the weather, so that I stay."),
        (7, "", ""),
    ]


def test_a_number_is_the_one_that_is_written_and_position_counts_only_without() -> None:
    document = read_requirements(MARINA).requirements
    assert [criterion.number for criterion in document.criteria()] == [
        "1.1", "1.2", "1.3", "2.3", "2.5", "4.1", "4.2", "4.3", "4.4", "4.5", "6.1",
    ]  # fmt: skip
    assert document.criteria()[2].text.endswith("refuse boats deeper than two metres - and yachts")
    assert document.criteria()[3].text == "THE System SHALL ask for 2.5 coins a night"
    assert [each.number for each in document.removed] == ["1.7", "2.7", "3", "5"]
    assert next_number(document.numbers, "1") == "1.8"
    assert next_number(document.numbers, "2") == "2.8"
    assert next_number(document.numbers) == "8"


def test_what_is_odd_in_a_marina_is_said_with_its_line() -> None:
    reading = read_requirements(MARINA, "marina.md")
    assert [(finding.rule, finding.place.line) for finding in reading.findings] == [
        ("PT007", 27), ("PT002", 52), ("PT001", 54), ("PT001", 65), ("PT007", 78), ("PT001", 80),
    ]  # fmt: skip
    assert "“#### Technical notes - Lamps are red - Lamps are green” (lines 54 to 57)" in reading.findings[2].message
    assert "1. THE System SHALL not be read in here" in reading.findings[-1].message


def test_requirements_with_names_of_their_own_keep_them_and_are_numbered() -> None:
    reading = read_requirements(GARAGE, "taller.md")
    document = reading.requirements
    assert [(each.number, each.title) for each in document.requirements] == [
        (1, "RF-01: Recepción"), (2, "RF-02 — Presupuesto"), (3, "RNF-01: Rapidez"), (4, "Requisito 2.1: Recibo"),
    ]  # fmt: skip
    assert document.requirements[0].user_story == "Como mecánica, quiero anotar la bici, para no confundirla."
    assert document.requirements[1].user_story == "As a client, I want a price, So that I can decide."
    assert [(each.number, each.text) for each in document.criteria()] == [
        ("1.1", "WHEN llega una bici, THE Taller SHALL darle un número."),
        ("1.2", "THE Taller SHALL anotar el color."),
        ("2.1", "WHEN la revisión termina, THE Taller SHALL decir el precio"),
        ("2.2", "THE Taller SHALL esperar el sí"),
        ("4.1", "THE Taller SHALL imprimir un recibo."),
    ]
    assert [(term.word, term.meaning) for term in document.glossary] == [
        ("Bici", "lo que se repara"), ("Freno", "lo que la para; Nota: dos por bici"),
    ]  # fmt: skip
    assert document.introduction.startswith("Un taller pequeño.\n\nAlcance\n\nSolo bicis.")


def test_what_stands_apart_from_requirements_is_told_in_one_piece() -> None:
    reading = read_requirements(GARAGE, "taller.md")
    assert [(finding.rule, finding.place.line) for finding in reading.findings] == [
        ("PT001", 2), ("PT006", 24), ("PT001", 48), ("PT001", 60), ("PT006", 43),
    ]  # fmt: skip
    assert "“### Notas 1. Llamar al cliente. Por la tarde.” (lines 48 to 52)" in reading.findings[2].message
    assert "Cinco días." in reading.findings[3].message


def test_the_parts_of_requirements_are_known_in_other_languages() -> None:
    reading = read_requirements(BATH)
    assert reading.findings == ()
    assert reading.requirements.introduction == "湯を沸かす。"
    assert [term.word for term in reading.requirements.glossary] == ["湯", "桶"]
    assert [(each.number, each.title, each.user_story) for each in reading.requirements.requirements] == [
        (1, "湯加減", "客として、湯に入りたい。"),
        (2, "", "番頭として、桶を数えたい。"),
        (3, "Полотенца", "Как гость, хочу сухое."),
    ]
    assert [each.number for each in reading.requirements.criteria()] == ["1.1", "2.1", "3.1"]


def test_a_requirement_gets_another_title_and_nothing_else_changes() -> None:
    reading = read_requirements(MARINA)
    for number, before, after in [
        (1, "### Requirement 1\n", "### Requirement 1: Two \\[berths\\]\n"),
        (2, "### Requirement 2 - Fees\n", "### Requirement 2 - Two \\[berths\\]\n"),
        (6, "### 6. Weather\n", "### 6. Two \\[berths\\]\n"),
    ]:
        edits = rename_requirement(MARINA, reading, number, "Two [berths]")
        renamed = apply_edits(SourceText(MARINA), edits).text
        assert MARINA.count(before) == 1
        assert renamed == MARINA.replace(before, after)
        titles = {each.number: each.title for each in read_requirements(renamed).requirements.requirements}
        assert titles[number] == "Two [berths]"


def test_a_struck_criterion_leaves_one_line_and_all_other_numbers() -> None:
    reading = read_requirements(MARINA)
    struck = apply_edits(SourceText(MARINA), strike_requirement(MARINA, reading, "1.3")).text
    lines, after = MARINA.splitlines(), struck.splitlines()
    assert after[:27] == lines[:27]
    assert after[27].startswith("- ~~1.3 while the tide is low, ")
    assert after[28:] == lines[30:]
    again = read_requirements(struck).requirements
    assert "1.3" in [each.number for each in again.removed]
    assert [c.number for c in again.criteria()] == [
        c.number for c in reading.requirements.criteria() if c.number != "1.3"
    ]


def test_a_struck_requirement_takes_its_criteria_with_it() -> None:
    reading = read_requirements(MARINA)
    struck = apply_edits(SourceText(MARINA), strike_requirement(MARINA, reading, "4")).text
    assert struck.splitlines()[42:45] == ["- ~~3 Swimming~~", "", "- ~~4 Lights~~"]
    again = read_requirements(struck).requirements
    assert [requirement.number for requirement in again.requirements] == [1, 2, 6, 7]
    assert next_number(again.numbers) == "8"


def test_edits_of_what_is_not_there_are_refused() -> None:
    reading = read_requirements(MARINA)
    with pytest.raises(ValueError, match="has the number 9"):
        strike_requirement(MARINA, reading, "9")
    with pytest.raises(ValueError, match="has the number 9"):
        rename_requirement(MARINA, reading, 9, "x")
    with pytest.raises(ValueError, match="needs a title"):
        rename_requirement(MARINA, reading, 1, " ")
    with pytest.raises(ValueError, match="isn't where it was read"):
        rename_requirement(MARINA.replace("Requirement 1", "Wish 1"), reading, 1, "x")


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.iterdir()))
@pytest.mark.parametrize("ending", ["\r\n", "\r", " \t\n"])
def test_line_endings_change_nothing(sample: str, ending: str) -> None:
    text = (SAMPLES / sample).read_text(encoding="utf-8")
    before, after = read_requirements(text), read_requirements("\ufeff" + text.replace("\n", ending))
    assert after.requirements == before.requirements
    assert after.places == before.places
    assert [finding.message for finding in after.findings] == [finding.message for finding in before.findings]


def test_what_was_read_comes_back_from_its_canonical_form() -> None:
    for path in sorted(SAMPLES.iterdir()):
        document = read_requirements(path.read_text(encoding="utf-8")).requirements
        again = read_requirements(write_requirements(document))
        assert (again.requirements, again.findings) == (document, ())


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from([*OFFICE.splitlines(keepends=True), *MARINA.splitlines(keepends=True), "# ", "1. ", "x", "~~"])
        | st.text(max_size=20),
        max_size=60,
    ).map("".join)
)
def test_no_text_makes_it_raise_and_numbers_stand_once(text: str) -> None:
    reading = read_requirements(text)
    numbers = [c.number for c in reading.requirements.criteria()]
    numbers += [str(requirement.number) for requirement in reading.requirements.requirements]
    assert len(numbers) == len(set(numbers))
    assert reading.places.keys() == reading.spans.keys() == set(numbers)


@pytest.mark.parametrize(
    "text",
    [
        "### Requirement 1\n#### Acceptance Criteria\n1. THE\n" + "  a\n" * 100_000,
        "".join(f"### Requirement {number}\n- ~~{number + 1} x~~\n" for number in range(1, 20_000, 2)),
        "### Requirement 1\n" * 20_000,
        "### Requirement 1\n" + "1. x\n" * 40_000,
        "### Requirement 1\n**User Story:** a\n" + "b\n" * 100_000,
        "## Glossary\n- a\n" + "  b\n" * 100_000,
        "### Requirement 1: " + " :" * 1_000_000,
        "*" * 2_000_000 + "user story:",
    ],
    ids=["long criterion", "struck", "one number", "one criterion", "long story", "long term", "title", "marks"],
)
def test_hostile_text_ends(text: str) -> None:
    """No time is asserted; a quadratic reader would run into the suite's own time-out."""
    assert read_requirements(text) is not None


def test_a_block_that_never_closes_is_said() -> None:
    reading = read_requirements("### Requirement 1\n```\n1. THE System SHALL x\n")
    assert [(finding.rule, finding.place.line) for finding in reading.findings] == [("PT008", 2), ("PT001", 2)]


def test_a_file_that_is_too_large_is_refused() -> None:
    reading = read_requirements("x" * (5 * 1024 * 1024 + 1))
    assert [finding.rule for finding in reading.findings] == ["PT009"]


def test_a_second_line_below_the_columns_of_a_glossary_takes_no_term_away() -> None:
    text = (
        "# Requirements Document\n\n## Glossary\n\n- **Pier**: where boats lie\n"
        "| Term | Meaning |\n|---|---|\n|---|---|\n|:-:|\n| Buoy | a mark |\n"
    )

    document = read_requirements(text).requirements

    assert [(term.word, term.meaning) for term in document.glossary] == [
        ("Pier", "where boats lie"),
        ("Buoy", "a mark"),
    ]
