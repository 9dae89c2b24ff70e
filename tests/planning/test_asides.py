"""What people say beside the facts becomes no field: "of course", "and so on", "the rest: leave it open"."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked, propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("said", "built"),
    [
        ("A library: readers have a name and a nickname, of course.", {"Reader": "name:str nickname:str"}),
        ("A farm. Cows have a name, a breed as usual, a colour as well, obviously, and so on.",
         {"Cow": "name:str breed:str colour:str"}),
        ("A garage. Cars have a plate, a colour etc. Ramps have a label, you know, and a note, please.",
         {"Car": "plate:str! colour:str", "Ramp": "label:str note:str?"}),
        ("A choir. Singers have, obviously, a name, and of course a nickname, etc.",
         {"Singer": "name:str nickname:str"}),
        ("A bakery. Loaves have a name and a shape. The rest: leave it open.", {"Loaf": "name:str shape:str"}),
        ("A bakery. Loaves have a name and a shape. Everything else is up to you.", {"Loaf": "name:str shape:str"}),
    ],
)  # fmt: skip
def test_asides_are_no_facts(said: str, built: dict[str, str]) -> None:
    proposal = propose(talk(said))
    given = {name: {part.split(":")[0] for part in fields.split()} for name, fields in shape(proposal).items()}
    wanted = {name: {part.split(":")[0] for part in fields.split()} for name, fields in built.items()}
    assert given == wanted
    assert quoted(proposal) == []
    assert not [question for question in asked(talk(said)) if question.startswith(("fields", "unread"))]


@pytest.mark.parametrize("field", ["well depth", "course", "status as stated"])
def test_a_field_with_such_a_word_in_its_name_stays(field: str) -> None:
    name = field.replace(" ", "_")
    assert f"{name}:" in shape(propose(talk(f"A village. Pumps have a name and a {field}.")))["Pump"]
