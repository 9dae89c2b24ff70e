"""What changed between two revisions, said in sentences."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from bot.documents.entities.difference import describe_changes
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from tests.documents.strategies import entity_specs

BOOK = "ENTITY: Book\nTABLE: books\nFIELDS:\n- id: int (pk)\n- price: Decimal (digits 8)\n- mood: Mood\n"
LOAN = "\nENTITY: Loan\nFIELDS:\n- id: int (pk)\n- book_id: int (fk to Book)\nRELATIONS:\n- book: Book (ManyToOne)\n"
MOOD = "\nENUM: Mood\nVALUES: GOOD, BAD\n"


def specs(text: str) -> EntitySpecs:
    """Return what the text declares."""
    return read_entity_specs(text).specs


OLD = specs(BOOK + LOAN + MOOD)


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("digits 8", "digits 8 places 2", "`price` of Book now has 2 decimals"),
        ("digits 8", "digits 9", "`price` of Book now has 9 digits"),
        (" (digits 8)", "", "`price` of Book now has any number of digits"),
        ("digits 8", "digits 8, min 0", "`price` of Book now has a minimum of 0"),
        ("digits 8", "digits 8, unique", "`price` of Book now is unique"),
        ("price: Decimal", "price: Optional[Decimal]", "`price` of Book now may be left out"),
        ("price: Decimal (digits 8)", "price: list[int]", "`price` of Book is now a list of int (was Decimal)"),
        ("- mood", "- pages: int\n- mood", "Book gains `pages`: int"),
        ("- mood: Mood\n", "", "Book loses `mood`"),
        ("- mood: Mood", "- temper: Mood (renamed from mood)", "`mood` of Book is now called `temper`"),
        ("mood: Mood", "mood: Mood (for audit)", "`mood` of Book is now for the feature audit"),
        ("- mood", "- gone: int (for audit)\n- mood", "Book gains `gone`: int (for audit)"),
        (LOAN, "", "Loan is gone"),
        (MOOD, MOOD + "\nENTITY: Shelf\nFIELDS:\n- id: int\n", "Shelf is new, with `id`"),
        (MOOD, MOOD + "\nENTITY: Shelf\n", "Shelf is new"),
        ("TABLE: books", "TABLE: tomes", "The table of Book is now `tomes` (was `books`)"),
        ("TABLE: books", "API_PATH: /b", "Book is now reached at `/b` (was `/api/v1/books`)"),
        ("ENTITY: Book", "ENTITY: Book (account)", "Book is now the account that people log in with"),
        ("ENTITY: Book", "ENTITY: Book (renamed from Tome)", "Book is marked as the former Tome"),
        ("(fk to Book)", "", "`book_id` of Loan now no longer names a row of another entity"),
        ("(fk to Book)", "(fk to Loan)", "`book_id` of Loan now names a row of Loan"),
        ("(fk to Book)", "(fk to Book, on delete cascade)", "`book_id` of Loan now has the delete rule cascade"),
        ("- book: Book (ManyToOne)", "- tome: Book (ManyToOne)", "Loan gains the relation `tome` to Book (ManyToOne)"),
        ("- book: Book (ManyToOne)", "- tome: Book (ManyToOne)", "Loan loses the relation `book`"),
        ("- book: Book (ManyToOne)", "- book: Book (OneToOne)", "Loan changes the relation `book` to Book (OneToOne)"),
        ("GOOD, BAD", "GOOD, BAD, UGLY", "Mood gains the value UGLY"),
        ("GOOD, BAD", "GOOD", "Mood loses the value BAD"),
        ("GOOD, BAD", "BAD, GOOD", "The values of Mood are now in the order BAD, GOOD"),
        (MOOD, "", "The enum Mood is gone"),
        (MOOD, MOOD + "\nENUM: Size\nVALUES: S, L\n", "The enum Size is new, with S, L"),
    ],
)
def test_a_change_is_one_readable_sentence(before: str, after: str, sentence: str) -> None:
    text = BOOK + LOAN + MOOD
    assert before in text
    assert sentence in describe_changes(OLD, specs(text.replace(before, after)))


def test_an_entity_under_another_name_is_the_same_wherever_it_is_named() -> None:
    rule = "RULES:\n- one open Loan per book until id\n"
    loans = f"{BOOK}{LOAN}{rule}{MOOD}"
    books = loans.replace("Book", "Tome").replace("ENTITY: Tome", "ENTITY: Tome (renamed from Book)")
    lent = loans.replace("Loan", "Loaning").replace("ENTITY: Loaning", "ENTITY: Loaning (renamed from Loan)")

    books = books.replace("TABLE: books", "TABLE: books\nAPI_PATH: /api/v1/books")
    assert describe_changes(specs(loans), specs(books)) == ("Book is now called Tome",)
    assert describe_changes(specs(loans), specs(lent)) == (
        "Loan is now called Loaning",
        "The table of Loaning is now `loanings` (was `loans`)",
        "Loaning is now reached at `/api/v1/loanings` (was `/api/v1/loans`)",
    )
    assert describe_changes(specs(books), specs(books.replace(" (renamed from Book)", ""))) == (
        "Tome has no former name any more",
    )


def test_a_mark_that_leads_nowhere_renames_nothing() -> None:
    for name in ("Book (renamed from Loan)", "Tome (renamed from Volume)"):
        said = describe_changes(OLD, specs((BOOK + LOAN + MOOD).replace("ENTITY: Book", f"ENTITY: {name}")))
        assert not [sentence for sentence in said if "is now called" in sentence]


def test_the_other_way_round() -> None:
    new = specs((BOOK + LOAN + MOOD).replace("digits 8", "digits 8, min 0, unique, default 1"))
    assert describe_changes(new, OLD) == (
        "`price` of Book now need not be unique",
        "`price` of Book now has no default",
        "`price` of Book now has no minimum",
    )


def test_another_order_is_said() -> None:
    swapped = OLD.model_copy(update={"entities": OLD.entities[::-1]})
    assert describe_changes(OLD, swapped) == ("The order of the document changed",)


@settings(deadline=None, max_examples=40)
@given(entity_specs(), entity_specs())
def test_equal_specs_have_no_changes_and_others_have_some(old: EntitySpecs, new: EntitySpecs) -> None:
    assert describe_changes(old, old) == ()
    assert bool(describe_changes(old, new)) is (old != new)


def test_every_key_of_a_field_is_told() -> None:
    """A key that is added to the model later must be told too."""
    plain = EntityField.model_validate({"name": "a", "type": {"name": "str"}})
    others = {"name": "b", "type": {"name": "int"}, "on_delete": "cascade", "digits": 1, "places": 1}
    silent = []
    for key in EntityField.model_fields:
        flag = isinstance(getattr(plain, key), bool)
        changed = EntityField.model_validate(plain.model_dump() | {key: True if flag else others.get(key, "x")})
        if describe_changes(alone(plain), alone(changed)) in {(), ("The order of the document changed",)}:
            silent.append(key)
    assert silent == []


def alone(field: EntityField) -> EntitySpecs:
    """Return specs with one entity of one field."""
    return EntitySpecs(entities=(Entity(name="A", table="as", api_path="/a", fields=(field,)),))
