"""What people tell of themselves where they come to is theirs; what they get is a thing with its own facts."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_visits import in_plain_visits
from tests.planning.talking import propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("said", "name", "fields"),
    [
        (
            "Visitors sign in at our front desk with their name, company and the colleague they've come to see.",
            "Visitor",
            "name:str company:str colleague:str",
        ),
        ("Visitors sign in with their name and company.", "Visitor", "name:str company:str"),
        ("Members check in at the reception with their name and car plate.", "Member", "name:str car_plate:str!"),
        (
            "Every patient registers at the counter with their name, birthday and insurance number.",
            "Patient",
            "name:str birthday:date insurance_number:str",
        ),
        (
            "Guests check in at a hotel with their name and passport number. A hotel has an address.",
            "Guest",
            "name:str passport_number:str!",
        ),
    ],
)
def test_what_people_tell_of_themselves_belongs_to_them(said: str, name: str, fields: str) -> None:
    """Never to the place where they tell it."""
    made = shape(propose(talk(said)))
    assert set(fields.split()) <= set(made[name].split())
    assert not any("company" in facts or "passport" in facts for other, facts in made.items() if other != name)


@pytest.mark.parametrize(
    ("said", "who", "link", "thing", "fields"),
    [
        ("Visitors get a badge, which has a number and a colour.", "Visitor", "badge_id:int->Badge", "Badge",
         "number:str colour:str"),
        ("Each guest gets a key card, which has a number and a colour.", "Guest", "key_card_id:int->KeyCard", "KeyCard",
         "number:str colour:str"),
        ("Runners receive a chip, which has a number. Each runner has a name.", "Runner", "chip_id:int->Chip", "Chip",
         "number:str"),
    ],
)  # fmt: skip
def test_what_somebody_gets_is_a_thing_with_what_it_has(
    said: str, who: str, link: str, thing: str, fields: str
) -> None:
    """Linked to whoever gets it."""
    made = shape(propose(talk(said)))
    assert made[thing] == fields
    assert link in made[who].split()


def test_what_must_be_done_with_what_somebody_gets_stays_a_task() -> None:
    """The badge has its number, and that it has to come back is quoted."""
    proposal = propose(talk("Visitors get a badge, which has a number and has to come back the same day."))
    assert shape(proposal)["Badge"] == "number:str"
    assert any("has to come back the same day" in piece for piece in quoted(proposal))


@pytest.mark.parametrize(
    "said",
    [
        "",
        ". ",
        "\n\n",
        "Users sign in with their e-mail and password.",
        "Users sign in at our site with their name and password.",
        "Campers arrive at the campsite with their dogs.",
        "If members are late, they get a fine, which has an amount.",
        "They get, which has a number.",
        "Visitors sign in with their .",
    ],
)
def test_other_sentences_stay_as_they_are(said: str) -> None:
    """Who logs in, whom people bring along, and what only follows from something."""
    assert in_plain_visits(said) == said
