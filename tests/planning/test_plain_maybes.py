"""What a thing may also have may be left out, however that is said."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("text", "entity", "fields"),
    [
        ("Each farm has a name. A farm may also have a website.", "Farm", "name:str website:HttpUrl?"),
        ("Each farm has a name. Farms can also have a website.", "Farm", "name:str website:HttpUrl?"),
        ("A car has a maker. Cars can have a nickname and a colour note.", "Car",
         "maker:str nickname:str? colour_note:str?"),
        ("A plant has a name and might have a nickname.", "Plant", "name:str nickname:str?"),
        ("A choir has a name. Choirs optionally have a website.", "Choir", "name:str website:HttpUrl?"),
        ("A well has a name. A well sometimes has a depth in metres.", "Well", "name:str depth_metres:float?"),
        ("Each farm has a name. Some farms have a website.", "Farm", "name:str website:HttpUrl?"),
        ("Books have a title. A few books also have a subtitle.", "Book", "title:str subtitle:str?"),
        ("Books have a title. Not every book has a subtitle.", "Book", "title:str subtitle:str?"),
        ("A car has a maker. A car doesn't always have a nickname.", "Car", "maker:str nickname:str?"),
        ("A plant has a name; some also have a nickname.", "Plant", "name:str nickname:str?"),
        ("A dog may have a nickname and must have a name.", "Dog", "nickname:str? name:str"),
        ("A book can have a title and an author.", "Book", "title:str author:str"),
    ],
)  # fmt: skip
def test_what_a_thing_may_have_may_be_left_out(text: str, entity: str, fields: str) -> None:
    proposal = propose(talk(text))
    assert shape(proposal) == {entity: fields}
    assert quoted(proposal) == []


def test_what_the_many_of_a_thing_have_must_be_given() -> None:
    text = "Each customer has a name, and each customer can have several bikes (brand, frame size)."
    assert shape(propose(talk(text)))["Bike"] == "brand:str frame_size:str customer_id:int->Customer"
