"""Shorthand: a line a thing, with types, marks and arrows; items that spell nothing are read as phrases."""

from __future__ import annotations

import pytest

from bot.checks import check_entity_specs
from bot.documents.entities.entity_specs import Cardinality
from bot.documents.entities.entity_specs_writer import field_line
from bot.documents.findings import has_errors
from tests.planning.talking import asked_until_done, enums, propose, shape, talk


def lines_of(text: str, entity: str = "Book") -> list[str]:
    proposal = propose(talk(text))
    assert proposal.unread == ()
    found = proposal.specs.entity(entity)
    assert found is not None
    return [field_line(one, [enum.name for enum in proposal.specs.enums]) for one in found.fields if one.is_given]


def test_the_line_of_the_handbook() -> None:
    text = "Book: title str, price money, author -> Author, tags list[str]?\nAuthor: name str"

    assert lines_of(text) == [
        "title: str",
        "price: Decimal (digits 12 places 2)",
        "author_id: int (foreign key to Author)",
        "tags: Optional[list[str]]",
    ]


def test_an_arrow_without_a_name_is_called_what_it_leads_to() -> None:
    text = "Book: title str, -> Author, -> Book?\nAuthor: name str"

    assert lines_of(text) == [
        "title: str",
        "author_id: int (foreign key to Author)",
        "book_id: Optional[int] (foreign key to Book)",
    ]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("title str max 80", "title: str (max 80)"),
        ("title: varchar(80)", "title: str (max 80)"),
        ("title str unique", "title: str (unique)"),
        ("title?: str", "title: Optional[str]"),
        ("note text?", "note: Optional[str]"),
        ("note str optional", "note: Optional[str]"),
        ("stars int 1-5", "stars: int (min 1, max 5)"),
        ("stars int >= 1 <= 5", "stars: int (min 1, max 5)"),
        ("stars int (1..5)", "stars: int (min 1, max 5)"),
        ("stars int = 3", "stars: int (default 3)"),
        ("stars int default 3 unique", "stars: int (unique, default 3)"),
        ("price decimal(8,2)", "price: Decimal (digits 8 places 2)"),
        ("code str length 13", "code: str (min 13, max 13)"),
        ("tags str[]", "tags: list[str]"),
        ("tags List<string>", "tags: list[str]"),
        ("state enum(new, old)", "state: BookState (enum, default new)"),
        ("state enum[new, old]?", "state: Optional[BookState] (enum)"),
        ("state (new, old)", "state: BookState (enum, default new)"),
        ("contact email", "contact: EmailStr"),
        ("cover url?", "cover: Optional[HttpUrl]"),
        ("sent_at datetime", "sent_at: datetime"),
        ("data json", "data: JSON"),
        ("due date", "due: date"),
    ],
)
def test_an_item_says_its_type_and_more(item: str, expected: str) -> None:
    assert lines_of(f"Book: pages int, {item}")[1] == expected


@pytest.mark.parametrize(
    ("arrow", "expected"),
    [
        ("shelf -> Shelf", "shelf_id: int (foreign key to Shelf)"),
        ("shelf -> Shelf?", "shelf_id: Optional[int] (foreign key to Shelf)"),
        ("shelf → Shelf (1:1)", "shelf_id: int (unique, foreign key to Shelf)"),
        ("shelf_id -> Shelf unique", "shelf_id: int (unique, foreign key to Shelf)"),
        ("parent -> Book?", "parent_id: Optional[int] (foreign key to Book)"),
    ],
)
def test_an_arrow_is_a_reference(arrow: str, expected: str) -> None:
    assert lines_of(f"Book: pages int, {arrow}\nShelf: number int")[1] == expected


def test_items_without_a_type_are_read_as_phrases_and_the_rest_is_quoted() -> None:
    proposal = propose(talk("Book: pages int, e-mail, a colour, rating from the moon (1) ?!"))

    assert shape(proposal)["Book"].startswith("pages:int")
    assert "email:EmailStr" in shape(proposal)["Book"]
    assert any("rating from the moon" in piece for piece in proposal.unread)


def test_a_mark_says_who_logs_in_and_an_unknown_one_is_quoted() -> None:
    proposal = propose(talk("User (login): name str, email\nBook (blue): pages int"))

    user = proposal.specs.entity("User")
    assert user is not None
    assert user.account
    assert user.logs_in
    assert "Book (blue)" in proposal.unread
    assert "use" not in asked_until_done(talk("User (login): name str, email"))


def test_two_sides_are_linked_many_to_many() -> None:
    text = "User: name str\nOffer: title str, seller -> User\n+ favourites: users <-> offers"
    specs = propose(talk(text)).specs
    ways = {f"{entity.name}.{way.name}": way.cardinality for entity in specs.entities for way in entity.relations}

    assert ways["User.favourites"] is Cardinality.MANY_TO_MANY
    assert ways["User.offers"] is Cardinality.ONE_TO_MANY
    assert not has_errors(check_entity_specs(specs))


def test_a_line_in_braces_is_shorthand_too() -> None:
    assert shape(propose(talk("Book { title: string, pages: int }"))) == {"Book": "title:str pages:int"}


def test_values_keep_their_order() -> None:
    assert enums(propose(talk("Book: state enum(draft, out of print, sold)"))) == {
        "BookState": ("draft", "out_of_print", "sold")
    }


@pytest.mark.parametrize("text", ["Book: title, price", "Books: a title and a price", "Rules: no smoking"])
def test_a_line_without_types_is_none(text: str) -> None:
    from bot.planning.built_in.phrases.shorthand import read_short_line

    assert read_short_line(text) is None
