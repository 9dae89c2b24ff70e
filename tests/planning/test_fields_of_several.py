"""Words about a field without its thing: taken for the only one that has it, else people are asked which."""

from __future__ import annotations

import pytest

from tests.planning.talking import enums, interview, propose, shape, talk


@pytest.mark.parametrize(
    ("told", "said", "thing", "fields"),
    [
        ("Books have a title. Members have a name.", "Title must be unique", "Book", "title:str!"),
        ("Books have a title. Members have a name.", "The title must be unique.", "Book", "title:str!"),
        ("Boats have a name and a length. Skippers have a phone.", "Length is optional", "Boat",
         "name:str length:float?"),
        ("Tools have a photo. Loans have a day.", "The photo is optional", "Tool", "photo:str?"),
        ("Rooms have a code. Guests have a phone.", "The code is unique", "Room", "code:str!"),
        ("Dogs have a chip. Owners have a name.", "The chip must be unique", "Dog", "chip:str!"),
        ("Plots have a size. Gardeners have a phone.", "Size may be empty", "Plot", "size:str?"),
    ],
)  # fmt: skip
def test_the_only_thing_that_has_the_field_is_meant(told: str, said: str, thing: str, fields: str) -> None:
    for proposal in (propose(talk(told, said)), propose(talk(f"{told} {said}"))):
        assert shape(proposal)[thing] == fields
        assert proposal.unread == ()
        assert len(shape(proposal)) == 2


ALIKE = "Books have a title. Films have a title. Members have a name."
WHICH = "Title must be unique (which one: Book.title or Film.title?)"


def test_of_several_people_are_asked_which() -> None:
    conversation = talk(ALIKE, "Title must be unique", answers={"links": "", "use": "no"})
    question = next(one for one in interview(conversation).questions if one.id == "unread")

    assert WHICH in question.text
    assert shape(propose(conversation)) == {"Book": "title:str", "Film": "title:str", "Member": "name:str"}


@pytest.mark.parametrize(
    ("answer", "unique"),
    [("the books", ["Book"]), ("Film.title", ["Film"]), ("both", ["Book", "Film"]), ("of a film", ["Film"])],
)
def test_the_answer_says_which(answer: str, unique: list[str]) -> None:
    proposal = propose(talk(ALIKE, "Title must be unique", answers={"unread": answer}))

    assert [name for name, fields in shape(proposal).items() if fields.endswith("!")] == unique
    assert proposal.unread == ()


@pytest.mark.parametrize(
    ("told", "thing", "values"),
    [
        ("Persons have a name. Bookings go planned -> confirmed.", "Booking", ("planned", "confirmed")),
        ("Guests have a phone. A trip goes planned → under way → done.", "Trip", ("planned", "under_way", "done")),
        ("Members have a name. Orders move from open -> paid -> sent.", "Order", ("open", "paid", "sent")),
        ("Dogs have a chip. Every stay runs booked => checked in => over.", "Stay", ("booked", "checked_in", "over")),
    ],
)
def test_steps_are_of_the_thing_that_goes_through_them(told: str, thing: str, values: tuple[str, ...]) -> None:
    proposal = propose(talk(told))

    assert enums(proposal) == {f"{thing}Status": values}
    assert [entity.name for entity in proposal.specs.entities if entity.rules] == [thing]
