"""Sentences of "Request changes": fields come, go and change; what can't be read is kept for people."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.checks import check_entity_specs
from bot.documents.entities.entity_specs import FieldType
from bot.documents.findings import has_errors
from bot.planning.conversation import PlannerError
from tests.planning.talking import enums, interview, propose, shape, talk
from tests.planning.test_sentences_of_many_domains import LIBRARY

BOOK = "title:str isbn:str! price:Decimal status:BookStatus"


def book_after(*changes: str) -> str:
    proposal = propose(talk(LIBRARY, changes=changes))
    assert proposal.unread == ()
    return shape(proposal)["Book"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("add pages to books", f"{BOOK} pages:int"),
        ("Please add a publisher and an optional subtitle to books.", f"{BOOK} publisher:str subtitle:str?"),
        ("books also have a publisher", f"{BOOK} publisher:str"),
        ("a book needs a weight", f"{BOOK} weight:float"),
        ("rename isbn to code", BOOK.replace("isbn", "code")),
        ("drop the status", BOOK.removesuffix(" status:BookStatus")),
        ("remove the price from books", BOOK.replace(" price:Decimal", "")),
        ("title is optional", BOOK.replace("title:str", "title:str?")),
        ("make the title unique", BOOK.replace("title:str", "title:str!")),
        ("isbn is not unique", BOOK.replace("isbn:str!", "isbn:str")),
        ("make the price an int", BOOK.replace("Decimal", "int")),
        ("each book belongs to a shelf", f"{BOOK} shelf_id:int->Shelf"),
        ("add pages to books and drop the status", f"{BOOK.removesuffix(' status:BookStatus')} pages:int"),
    ],
)
def test_a_sentence_changes_the_book(change: str, expected: str) -> None:
    assert book_after(change) == expected


@pytest.mark.parametrize(
    ("change", "field", "expected"),
    [
        ("price with three decimals", "price", (None, None, 3)),
        ("the price should have 4 decimal places", "price", (None, None, 4)),
        ("title is at most 100 characters", "title", (None, "100", None)),
        ("the price must be at least 1", "price", ("1", None, 2)),
    ],
)
def test_limits_change(change: str, field: str, expected: tuple[str | None, str | None, int | None]) -> None:
    proposal = propose(talk(LIBRARY, changes=(change,)))
    changed = proposal.specs.entities[0].field(field)

    assert proposal.unread == ()
    assert changed is not None
    assert (changed.minimum, changed.maximum, changed.places) == expected


def test_values_are_replaced_and_added() -> None:
    replaced = propose(talk(LIBRARY, changes=("status can be free, taken or lost",)))
    added = propose(talk(LIBRARY, changes=("add lost to the status",)))

    assert enums(replaced) == {"BookStatus": ("free", "taken", "lost")}
    assert enums(added) == {"BookStatus": ("available", "lent", "lost")}


def test_an_entity_is_renamed_with_everything_that_names_it() -> None:
    proposal = propose(talk(LIBRARY, changes=("rename member to reader",)))

    assert list(shape(proposal)) == ["Book", "Reader", "Loan"]
    assert "reader_id:int->Reader" in shape(proposal)["Loan"]
    reader = proposal.specs.entity("Reader")
    assert reader is not None
    assert reader.table == "readers"


def test_an_entity_goes_unless_something_needs_it() -> None:
    gone = propose(talk(LIBRARY, changes=("remove loans",)))
    for words in ("remove the entity Loan", "Remove the loans table", "drop the Loan entity"):
        assert propose(talk(LIBRARY, changes=(words,))).specs == gone.specs
    needed = propose(talk(LIBRARY, changes=("remove members",)))

    assert list(shape(gone)) == ["Book", "Member"]
    assert "remove members (Loan needs it; “forget member” takes it out there too)" in needed.unread
    forgotten = propose(talk(LIBRARY, changes=("forget members",)))
    assert list(shape(forgotten)) == ["Book", "Loan"]
    assert "member" not in shape(forgotten)["Loan"]
    assert "“forget members” (Jon)" in forgotten.decisions
    assert not any(note.startswith(("Member", "A member", "Each member")) for note in forgotten.assumptions)


def test_changes_are_applied_in_order_and_noted_with_who_asked() -> None:
    proposal = propose(talk(LIBRARY, changes=("drop the price", "add a price with three decimals to books")))

    assert "“drop the price” (Jon)" in proposal.decisions
    price = proposal.specs.entities[0].field("price")
    assert price is not None
    assert price.places == 3


def test_a_field_that_several_have_is_not_guessed() -> None:
    proposal = propose(talk("books with a name; members with a name", changes=("make the name unique",)))

    assert proposal.unread == ("make the name unique (which one: Book.name or Member.name?)",)


@pytest.mark.parametrize(
    "change",
    ["could a loan be extended once?", "remove the frobnicator", "make it faster", "send a reminder every week",
     "rename isbn to title"],
)  # fmt: skip
def test_what_can_not_be_read_is_kept(change: str) -> None:
    proposal = propose(talk(LIBRARY, changes=(change,)))

    assert any(change in line for line in proposal.unread)
    assert shape(proposal)["Book"] == BOOK


def test_a_change_that_opens_a_question_is_asked_about() -> None:
    changed = talk(LIBRARY, changes=("each book belongs to a shelf",))

    assert [question.id for question in interview(changed).questions] == ["fields:shelf"]


def test_pasted_specs_change_too() -> None:
    block = "<entity_specs>\nENTITY: User\nFIELDS:\n  - id: int (primary key)\n  - name: str\n</entity_specs>"
    proposal = propose(talk(block, changes=("add a phone to users", "rename name to full name")))

    assert shape(proposal) == {"User": "full_name:str phone:str"}


@pytest.mark.parametrize(
    ("change", "field", "expected"),
    [
        ("the default of the price is 5", "price", {"default": "5"}),
        ("price defaults to 2.50", "price", {"default": "2.50"}),
        ("the status is lent by default", "status", {"default": "lent"}),
        ("status starts as lent", "status", {"default": "lent"}),
        ("the default status is lent", "status", {"default": "lent"}),
        ("the maximum of the price is 99.5", "price", {"maximum": "99.5"}),
        ("title has a max length of 80", "title", {"maximum": "80"}),
        ("the price has a minimum of 1", "price", {"minimum": "1"}),
        ("isbn doesn't have to be unique", "isbn", {"unique": False}),
        ("isbn is no longer unique", "isbn", {"unique": False}),
        ("isbn can repeat", "isbn", {"unique": False}),
        ("title can be left empty", "title", {"optional": True}),
        ("title is no longer required", "title", {"optional": True}),
        ("title must be given", "title", {"optional": False}),
        ("change the type of the isbn to int", "isbn", {"type": FieldType(name="int")}),
        ("store the price as an int", "price", {"type": FieldType(name="int")}),
    ],
)
def test_a_field_gets_what_a_sentence_says(change: str, field: str, expected: dict[str, object]) -> None:
    proposal = propose(talk(LIBRARY, changes=(change,)))
    changed = proposal.specs.entities[0].field(field)

    assert proposal.unread == ()
    assert changed is not None
    assert {key: getattr(changed, key) for key in expected} == expected
    assert not has_errors(check_entity_specs(proposal.specs))


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ("status defaults to burnt", "status defaults to burnt (Book.status takes one of available, lent)"),
        ("price defaults to cheap", "price defaults to cheap (Book.price takes Decimal)"),
        ("remove lent from the status", "remove lent from the status (fewer than two values would be left)"),
    ],
)
def test_what_a_field_can_not_take_is_left_with_the_reason(change: str, left: str) -> None:
    proposal = propose(talk(LIBRARY, changes=(change,)))

    assert left in proposal.unread
    assert shape(proposal)["Book"] == BOOK


def test_values_are_renamed_and_removed() -> None:
    renamed = propose(talk(LIBRARY, changes=("rename the status lent to on loan",)))
    removed = propose(talk(LIBRARY, changes=("add lost to the status", "remove lent from the status")))

    assert enums(renamed) == {"BookStatus": ("available", "on_loan")}
    assert enums(removed) == {"BookStatus": ("available", "lost")}


def test_a_rename_keeps_what_was_stored() -> None:
    changes = ("rename isbn to code", "rename code to number", "rename member to reader", "add a weight to books",
               "rename weight to mass")  # fmt: skip
    specs = propose(talk(LIBRARY, changes=changes)).specs
    book, reader, loan = specs.entities

    assert {one.name: one.renamed_from for one in book.fields if one.renamed_from} == {"number": "isbn"}
    assert (reader.name, reader.renamed_from) == ("Reader", "Member")
    assert {one.name: one.renamed_from for one in loan.fields if one.renamed_from} == {}
    assert not has_errors(check_entity_specs(specs))


def test_a_name_that_comes_back_needs_no_mark() -> None:
    specs = propose(talk(LIBRARY, changes=("rename isbn to code", "rename code to isbn"))).specs

    assert not any(one.renamed_from for one in specs.entities[0].fields)


VOCABULARY = (
    "a an the each book books member members borrows has have with and or , ; . : ( ) / -> status price many title is "
    "optional unique not ENTITY: <entity_specs> - * 3 … é 書 drop rename add to make which of at most"
)
WORDS = st.sampled_from([*VOCABULARY.split(), "\n"])


@settings(max_examples=60, deadline=None)
@example("", "book a a - <entity_specs>")
@example("", "book books many a")
@example("; or ( \n optional rename , - add / is … \n", "rename of")
@given(st.lists(WORDS, max_size=25).map(" ".join), st.lists(WORDS, max_size=8).map(" ".join))
def test_no_words_make_it_fail_otherwise(text: str, change: str) -> None:
    try:
        proposal = propose(talk(text, changes=(change,) if change.strip() else ()))
    except PlannerError:
        return
    assert proposal.specs.entities
    assert interview(talk(text)).slots


@pytest.mark.parametrize(
    ("wish", "fields"),
    [
        ("can you add pages to books?", "title:str price:Decimal pages:int"),
        ("could you please rename price to cost?", "title:str cost:Decimal"),
        ("Would it be possible to remove the price from books, please?", "title:str"),
        ("can books have pages?", "title:str price:Decimal"),
    ],
)
def test_a_change_may_be_asked_for_as_a_question(wish: str, fields: str) -> None:
    assert shape(propose(talk("books with a title and a price", changes=(wish,))))["Book"] == fields
