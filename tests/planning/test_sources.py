"""Where things of a plan were said: the piece that names them, beside what they belong to; nothing where nobody did."""

from __future__ import annotations

import asyncio

import pytest

from bot.documents.entities.difference import describe_changes
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.conversation import Answer, Conversation, Message, Question
from bot.planning.edited_entities import edited_text
from bot.planning.sources import (
    UNIQUE,
    Source,
    sources_of_entity,
    sources_of_field,
    sources_of_rule,
    sources_of_said_rule,
    sources_of_words,
)
from bot.workflow.provenance import sources_of_declared

SPECS = """
ENTITY: Book
TABLE: books
FIELDS:
  - id: int (primary key)
  - title: str
  - price: Decimal (digits 8 places 2.)
  - status: BookStatus (enum, default available)
  - pages: Optional[int]
  - created_at: datetime
  - updated_at: datetime
API_PATH: /api/v1/books
RULES:
  - transition status: available -> lent, lent -> available

ENTITY: LibraryCard
TABLE: library_cards
FIELDS:
  - id: int (primary key)
  - number: str (unique)
  - price: Decimal (digits 8 places 2)
  - book_id: int (foreign key to Book)
  - lent_at: datetime
  - due_at: datetime
  - returned_at: Optional[datetime]
  - created_at: datetime
  - updated_at: datetime
API_PATH: /api/v1/library-cards
RULES:
  - one open LibraryCard per book until returned_at
  - due_at = lent_at + 21 days
  - create only by owner

ENUM: BookStatus
VALUES: available, lent
"""
MARA, JON = "U0MARA", "U0JON"
FIRST = "Our library: books with a title, a price of 2.50 and so on; library cards with a number and a price."
RULES = "A book that is lent can't be lent again. A loan is due after three weeks"


def conversation(*texts: str, changes: tuple[str, ...] = (), answers: tuple[Answer, ...] = ()) -> Conversation:
    """Return what Mara said, and the changes that Jon asked for."""
    return Conversation(
        messages=tuple(Message(author=MARA, text=text, timestamp=f"m{at}") for at, text in enumerate(texts)),
        changes=tuple(Message(author=JON, text=text, timestamp=f"c{at}") for at, text in enumerate(changes)),
        answers=answers,
    )


@pytest.fixture(scope="module")
def specs() -> EntitySpecs:
    """Return a library as it was decided."""
    return read_entity_specs(SPECS.replace("2.)", "2)")).specs


def the(specs: EntitySpecs, name: str) -> Entity:
    """Return an entity that is there."""
    entity = specs.entity(name)
    assert entity is not None
    return entity


def said_of(specs: EntitySpecs, conversation: Conversation, name: str) -> list[str]:
    """Return the quotes that a field is traced to."""
    entity, field = name.split(".")
    found = the(specs, entity).field(field)
    assert found is not None
    return [source.quote for source in sources_of_field(conversation, specs, the(specs, entity), found)]


def test_an_entity_is_traced_to_where_it_was_named_first_in_any_number(specs: EntitySpecs) -> None:
    heard = conversation("Hello there!", FIRST, "Each library card belongs to a member")

    assert sources_of_entity(heard, specs, the(specs, "LibraryCard")) == (
        Source(key="m1", author=MARA, quote="library cards with a number and a price"),
    )
    assert sources_of_entity(conversation("we lend things"), specs, the(specs, "Book")) == ()


def test_a_field_is_traced_to_the_piece_that_names_its_entity_too(specs: EntitySpecs) -> None:
    heard = conversation(FIRST)

    assert said_of(specs, heard, "Book.price") == ["Our library: books with a title, a price of 2.50 and so on"]
    assert said_of(specs, heard, "LibraryCard.price") == ["library cards with a number and a price"]


def test_a_later_change_stands_beside_the_first_source(specs: EntitySpecs) -> None:
    heard = conversation(FIRST, changes=("make the price of a book optional", "add pages to books"))

    assert said_of(specs, heard, "Book.price") == [
        "Our library: books with a title, a price of 2.50 and so on", "make the price of a book optional",
    ]  # fmt: skip
    assert said_of(specs, heard, "Book.pages") == ["add pages to books"]


def test_what_nobody_named_has_no_source(specs: EntitySpecs) -> None:
    heard = conversation(FIRST)

    for name in ("Book.id", "Book.created_at", "Book.pages", "LibraryCard.due_at"):
        assert said_of(specs, heard, name) == [], name


def test_a_field_is_not_taken_for_a_word_about_something_else(specs: EntitySpecs) -> None:
    """``lent_at`` of a card has nothing to do with a book's status."""
    assert said_of(specs, conversation("books are available or lent"), "LibraryCard.lent_at") == []
    assert said_of(specs, conversation("a library card says when it was lent"), "LibraryCard.lent_at") != []


def test_a_foreign_key_is_traced_to_where_both_ends_stand(specs: EntitySpecs) -> None:
    heard = conversation("Books have a title", "a library card is for one book")

    assert said_of(specs, heard, "LibraryCard.book_id") == ["a library card is for one book"]


def test_an_answer_counts_with_its_question(specs: EntitySpecs) -> None:
    question = Question(id="pages", text="How many pages may a book have?", reason="")
    heard = conversation(FIRST, answers=(Answer(question=question, text="At most 2000", author=JON, timestamp="a1"),))

    found = the(specs, "Book").field("pages")
    assert found is not None
    assert sources_of_field(heard, specs, the(specs, "Book"), found) == (
        Source(key="a1", author=JON, quote="At most 2000", question=question.text),
    )
    left = question.model_copy(update={"text": "Do books have pages?"})
    nothing = conversation(FIRST, answers=(Answer(question=left, text=" ", author=JON, timestamp="a1"),))
    assert sources_of_field(nothing, specs, the(specs, "Book"), found) == (), "you decide says nothing"


def test_rules_are_traced_by_their_fields_their_values_and_words_of_their_kind(specs: EntitySpecs) -> None:
    heard = conversation(FIRST, RULES)
    book, card = the(specs, "Book"), the(specs, "LibraryCard")

    again = [source.quote for source in sources_of_rule(heard, specs, card, card.rules[0])]
    weeks = [source.quote for source in sources_of_rule(heard, specs, card, card.rules[1])]
    assert again == ["A book that is lent can't be lent again"]
    assert weeks == ["A loan is due after three weeks"]
    assert sources_of_rule(conversation(FIRST), specs, card, card.rules[0]) == ()
    status = conversation("the status of a book goes from available to lent", RULES)
    assert [source.key for source in sources_of_rule(status, specs, book, book.rules[0])] == ["m0"]


def test_a_sentence_is_traced_to_where_most_of_its_words_stand() -> None:
    heard = conversation("books and members", "please list overdue loans each morning")

    found = sources_of_words(heard, "WHEN a client asks for overdue loans, THE System SHALL list them.")

    assert [source.quote for source in found] == ["please list overdue loans each morning"]
    assert sources_of_words(heard, "WHEN rain falls, THE System SHALL sing.") == ()
    assert sources_of_words(heard, "") == ()


TOLD = """Meeting rooms for our office:
- rooms: name, floor
- people: name, e-mail

A person books a room. Bookings have a purpose."""
LISTED = """Books:
  - title
  - number

Book copies:
  - number
  - shelf

A book has many book copies. Titles must be unique."""
CHOIR = """Pieces with a title, in a shelf; singers with a name. A singer borrows a piece.
A piece is there, lent or lost. Numbers must be unique."""


def quotes(*texts: str) -> dict[str, list[str]]:
    """Return what each thing of the built-in planner's plan is traced to, also its derived criteria by their words."""
    heard = conversation(*texts)
    specs = asyncio.run(BuiltInPlanner().propose(heard)).specs
    found = {}
    for entity in specs.entities:
        found[entity.name] = sources_of_entity(heard, specs, entity)
        found |= {f"{entity.name}.{one.name}": sources_of_field(heard, specs, entity, one) for one in entity.fields}
    return {name: [source.quote for source in sources] for name, sources in found.items() if sources}


def test_an_entity_is_traced_to_where_its_fields_stand_rather_than_to_a_first_word_of_it() -> None:
    found = quotes(TOLD)

    assert found["Room"] == found["Room.name"] == found["Room.floor"] == ["rooms: name, floor"]
    assert found["Person"] == found["Person.name"] == ["people: name, e-mail"]
    assert found["Booking.room_id"] == found["Booking.person_id"] == ["A person books a room"]


def test_a_list_is_read_under_its_heading_and_a_longer_name_is_not_the_shorter_one() -> None:
    found = quotes(LISTED)

    assert (found["Book"], found["BookCopy"]) == (["Books"], ["Book copies"])
    assert found["BookCopy.book_id"] == ["A book has many book copies"]
    assert found["BookCopy.shelf"] == ["shelf"]


def test_a_list_of_another_thing_is_no_source_though_it_has_a_field_of_the_name(specs: EntitySpecs) -> None:
    heard = conversation("Books:\n- title\nLibrary cards:\n- number\n- price")

    assert said_of(specs, heard, "LibraryCard.price") == ["price"]
    assert said_of(specs, heard, "Book.price") == [], "it stands under the cards"
    assert said_of(specs, conversation("a library card has a price"), "Book.price") == []
    assert said_of(specs, conversation("a card", "they have a price"), "Book.price") == ["they have a price"]


def test_a_field_whose_name_nobody_said_is_traced_to_its_values_and_a_record_to_both_its_ends() -> None:
    found = quotes(CHOIR)

    assert found["Piece.status"] == ["A piece is there, lent or lost"]
    assert found["Loan"] == ["A singer borrows a piece"]
    assert "Loan.returned_at" not in found


def test_a_field_that_is_unique_is_traced_to_where_that_was_said(specs: EntitySpecs) -> None:
    book = the(specs, "Book")
    title = book.field("title")
    assert title is not None
    heard = conversation("Books have a title", "No two titles are the same: a title of a book is unique")

    assert [one.key for one in sources_of_field(heard, specs, book, title)] == ["m0"]
    assert [one.key for one in sources_of_field(heard, specs, book, title, UNIQUE)] == ["m1"]


def test_of_a_long_answer_the_sentence_that_says_it_is_quoted(specs: EntitySpecs) -> None:
    said = (
        "Members have a name and a phone number. A member borrows cards. A card is in one branch and has a colour, a "
        "material and a number of uses. A broken card can't be lent. The pages of a book are at most 900."
    )
    answer = Answer(question=Question(id="unread", text="Which?", reason="?"), text=said, author=JON, timestamp="a1")
    heard = conversation("A book has a title and a price.", answers=(answer,))
    assert said_of(specs, heard, "Book.pages") == ["The pages of a book are at most 900"]


def form_change(before: EntitySpecs, after: EntitySpecs) -> str:
    """Return the text of a change in the form `Edit entities`."""
    return edited_text(describe_changes(before, after), after)


def test_a_rule_that_was_set_in_the_form_has_the_form_as_its_source(specs: EntitySpecs) -> None:
    card = the(specs, "LibraryCard")
    bare = read_entity_specs(SPECS.replace("2.)", "2)").replace("  - create only by owner\n", "")).specs
    own, due = card.rules[2], card.rules[1]
    said = "Only the owner creates a library card"
    talked = (FIRST, "Who may create library cards? Only the owner of a card, themselves, and nobody else")
    edited = conversation(*talked, said, changes=(form_change(bare, specs), "add pages to books"))

    [source] = sources_of_said_rule(edited, card, own, [said])
    assert (source.key, source.author, source.is_set) == ("c0", JON, True)
    assert source.quote.startswith("LibraryCard gains the rule “A library card can be created only by")
    assert sources_of_declared(specs, edited, card, own, ()) == (source,)
    assert sources_of_said_rule(edited, card, due, []) == ()


def test_a_rule_that_was_said_after_the_form_brought_it_has_those_words_as_its_source(specs: EntitySpecs) -> None:
    card = the(specs, "LibraryCard")
    bare = read_entity_specs(SPECS.replace("2.)", "2)").replace("  - create only by owner\n", "")).specs
    said = "Only the owner creates a library card"
    edited = conversation(FIRST, changes=(form_change(bare, specs), form_change(specs, bare), said))

    [source] = sources_of_said_rule(edited, card, card.rules[2], [said])
    assert (source.key, source.quote, source.is_set) == ("c2", said, False)


def test_what_takes_a_rule_back_is_no_source_of_what_stays(specs: EntitySpecs) -> None:
    limited = read_entity_specs(
        SPECS.replace("2.)", "2)").replace("pages: Optional[int]", "pages: int (max 900)")
    ).specs
    changes = (form_change(specs, limited), "Drop the rule “A book may have at most 900 pages”")
    heard = conversation(FIRST, "Books have pages", changes=changes)

    assert not any("Drop the rule" in one.quote for one in sources_of_entity(heard, limited, the(limited, "Book")))
    assert said_of(limited, heard, "Book.pages") == [
        "Books have pages",
        "`pages` of Book now must be given",
        "`pages` of Book now has a maximum of 900",
    ]
