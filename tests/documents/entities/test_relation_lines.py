"""Relations in the words that people use for them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.entities.entity_lines import Names
from bot.documents.entities.relation_lines import RelationLine, read_relation_line

NAMES = Names(
    entities=frozenset({"Book", "Loan", "LoanItem", "Member"}),
    tables={"books": "Book", "loans": "Loan", "loan_items": "LoanItem", "members": "Member"},
    spellings={"book": "Book", "loan": "Loan", "loanitem": "LoanItem", "member": "Member"},
)


def read(line: str) -> RelationLine:
    """Return what a line of Book's relations says."""
    return read_relation_line(line, NAMES, "Book")


def spelled(line: str) -> str:
    """Return the relation of a line as the grammar writes it."""
    relation = read(line).relation
    assert relation is not None
    return f"{relation.name}: {relation.target} ({relation.cardinality})"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("loans: one-to-many Loan", "loans: Loan (OneToMany)"),
        ("loans: OneToMany Loan", "loans: Loan (OneToMany)"),
        ("loans: Loan one-to-many", "loans: Loan (OneToMany)"),
        ("loans: one to many with Loan", "loans: Loan (OneToMany)"),
        ("loans: One-to-Many relationship with the Loan", "loans: Loan (OneToMany)"),
        ("loans: has many Loans", "loans: Loan (OneToMany)"),
        ("loans: 1:n Loan", "loans: Loan (OneToMany)"),
        ("loans: 1 to many Loan", "loans: Loan (OneToMany)"),
        ("loans: OneToMany List<Loan>", "loans: Loan (OneToMany)"),
        ("items: one-to-many Loan Item", "items: LoanItem (OneToMany)"),
        ("items: loan items (one to many)", "items: LoanItem (OneToMany)"),
        ("tags: ManyToMany Member", "tags: Member (ManyToMany)"),
        ("tags: has and belongs to many Member", "tags: Member (ManyToMany)"),
        ("owner: belongs to a Member", "owner: Member (ManyToOne)"),
        ("owner: hasOne Member", "owner: Member (OneToOne)"),
        ("ghosts: one-to-many Ghost", "ghosts: Ghost (OneToMany)"),
        ("one-to-many Loan", "loan: Loan (OneToMany)"),
        ("OneToMany: Loan", "loan: Loan (OneToMany)"),
        ("loans one-to-many Loan", "loans: Loan (OneToMany)"),
        ("loans -> Loan (one-to-many)", "loans: Loan (OneToMany)"),
        ("Book -> Loan (1:N)", "loan: Loan (OneToMany)"),
        ("Book 1:N Loan", "loan: Loan (OneToMany)"),
        ("Book has many Loans", "loan: Loan (OneToMany)"),
        ("Book.loans: one-to-many Loan", "loans: Loan (OneToMany)"),
        ("Member has many Books", "member: Member (ManyToOne)"),
    ],
)
def test_a_relation_says_its_cardinality_in_words(line: str, expected: str) -> None:
    assert spelled(line) == expected
    assert read(line).unknown == ()
    assert not [note for note in read(line).notes if "without a cardinality" in note]


@pytest.mark.parametrize(
    ("line", "unknown"),
    [
        ("loans: OneToMany Loans via book_id", ("via book_id",)),
        ("loans: Loan (OneToMany, ManyToOne)", ("ManyToOne",)),
        ("loans: many Loan", ("many",)),
        ("loans: Loan (OneToMany, lazy)", ("lazy",)),
        ("loans: Member one-to-many Loan", ("Member",)),
    ],
)
def test_what_else_a_relation_says_is_quoted(line: str, unknown: tuple[str, ...]) -> None:
    relation = read(line).relation
    assert relation is not None
    assert relation.target == "Loan"
    assert read(line).unknown == unknown


def test_a_relation_that_is_seen_from_the_other_entity_is_turned_and_said() -> None:
    assert read("Member has many Books").notes == ("“Member has many Books” is taken as seen from Book",)


def test_a_name_and_an_entity_of_one_letter_are_no_ratio() -> None:
    reading = read_relation_line("m: N (OneToOne)", Names(frozenset({"N"})))

    assert reading.relation is not None
    assert (reading.relation.name, reading.relation.target) == ("m", "N")


def test_a_relation_to_nothing_is_none() -> None:
    assert read(": (OneToMany)").relation is None
    assert read("one-to-many").relation is None


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.sampled_from(["Book", "Loan", "loans", "one-to-many", "has", "many", "(", ")", ":", ",", "->", "1:n", "x"]),
        max_size=10,
    )
)
def test_no_line_makes_it_raise(words: list[str]) -> None:
    reading = read(" ".join(words))
    assert reading.relation is None or reading.relation.target
