"""Lists behind a colon or dash, lists after "is for one thing with", values that follow each other, examples."""

from __future__ import annotations

import pytest

from bot.documents.entities.rule_lines import write_rule
from bot.planning.built_in.phrases.phrase_parts import read_steps
from tests.planning.talking import asked_until_done, enums, propose, shape, talk

READ: dict[str, tuple[str, dict[str, str]]] = {
    "Every booking is about one boat with a start day, an end day and whether the deposit has been paid. Boats have a "
    "name and a length.": (
        "Bookings and boats",
        {
            "Booking": "start_day:date end_day:date deposit_paid:bool boat_id:int->Boat",
            "Boat": "name:str length:float",
        },
    ),
    "Saws have a brand. Each loan covers one saw with a pickup date and whether the blade is sharp.": (
        "Saws and loans",
        {"Saw": "brand:str", "Loan": "pickup_date:date blade_sharp:bool saw_id:int->Saw"},
    ),
    "Looking for something for our rabbits – each rabbit has a name, which stall it lives in, how many toes, and "
    "temper which is calm/nervous/wild": (
        "Rabbits",
        {"Rabbit": "name:str stall:str toes:int temper:RabbitTemper"},
    ),
    "Ovens have a name. Each oven gets lots of bakes: when we started (date and time), temperature like 220.5, burnt "
    "yes or no, mood, loaves like 12, and some remarks": (
        "Ovens and bakes",
        {
            "Oven": "name:str",
            "Bake": "started_at:datetime temperature:float is_burnt:bool mood:str loaves:int remarks:str "
            "oven_id:int->Oven",
        },
    ),
    "Patients have a name. Every patient has many visits - the day, weight in kg e.g. 71.3, improved y/n": (
        "Patients and visits",
        {"Patient": "name:str", "Visit": "day:date weight_kg:float is_improved:bool patient_id:int->Patient"},
    ),
    "Manage volunteer shifts for our food bank: date, helper, sum we promised, amount paid out (blank until the month "
    "ends), a status that goes open -> filled -> done or cancelled. Helpers have a name, and one helper can take "
    "several shifts": (
        "Volunteer shifts",
        {
            "VolunteerShift": "date:date helper_id:int->Helper sum_promised:Decimal amount_paid_out:Decimal? "
            "status:VolunteerShiftStatus",
            "Helper": "name:str",
        },
    ),
    "Keep a list of sheet music for our band: title, composer, copies, condition (good, worn)": (
        "Sheet music",
        {"SheetMusic": "title:str composer:str copies:int condition:SheetMusicCondition"},
    ),
    "A log of complaints for our town hall: subject, sender, status: new -> in review -> closed. Senders have an "
    "email.": (
        "Complaints",
        {"Complaint": "subject:str sender_id:int->Sender status:ComplaintStatus", "Sender": "email:EmailStr!"},
    ),
}


@pytest.mark.parametrize("text", READ)
def test_a_list_belongs_to_the_thing_that_its_head_names(text: str) -> None:
    title, entities = READ[text]
    proposal = propose(talk(text))

    assert shape(proposal) == entities
    assert proposal.title == title
    assert proposal.unread == ()


@pytest.mark.parametrize("text", READ)
def test_no_question_asks_for_a_list_that_was_read(text: str) -> None:
    assert not [key for key in asked_until_done(talk(text)) if key.startswith(("fields:", "unread"))]


def test_whose_list_it_is_is_said_and_depends_on_what_is_described_already() -> None:
    about = propose(talk("Each rental is for one tent with a start date."))
    other = propose(talk("A rental has a price. Each rental is for one tent with a colour."))

    assert "“Each rental is for one tent with a start date” describes the rental, not the tent" in about.assumptions
    assert shape(about)["Rental"] == "start_date:date tent_id:int->Tent"
    assert shape(other)["Tent"] == "colour:str"


def test_nouns_behind_a_head_that_is_not_understood_are_no_things() -> None:
    proposal = propose(talk("Boats have a name. What matters to the harbour master: deadline, fees paid, weather."))

    assert shape(proposal) == {"Boat": "name:str"}
    assert proposal.unread == ("What matters to the harbour master: deadline, fees paid, weather",)


@pytest.mark.parametrize(
    ("said", "values", "rule"),
    [
        (
            "a state that goes from todo to doing to done",
            ("todo", "doing", "done"),
            "transition state: todo -> doing, doing -> done",
        ),
        (
            "a status open -> paid -> shipped, cancelled or returned",
            ("open", "paid", "shipped", "cancelled", "returned"),
            "transition status: open -> paid, paid -> shipped | cancelled | returned",
        ),
        (
            "a phase (draft → review → final)",
            ("draft", "review", "final"),
            "transition phase: draft -> review, review -> final",
        ),
        ("a stage: new => old", ("new", "old"), "transition stage: new -> old"),
        (
            "status goes from new to open, then to done",
            ("new", "open", "done"),
            "transition status: new -> open, open -> done",
        ),
    ],
)
def test_steps_in_a_list_of_fields_are_values_and_a_rule(said: str, values: tuple[str, ...], rule: str) -> None:
    proposal = propose(talk(f"An order has {said} and a total"))

    assert list(enums(proposal).values()) == [values]
    assert shape(proposal)["Order"].endswith(" total:Decimal")
    assert [write_rule(one) for one in proposal.specs.entities[0].rules] == [rule]
    assert proposal.unread == ()


def test_a_later_sentence_adds_to_the_steps_of_a_list() -> None:
    proposal = propose(talk("tickets with a title and a stage: new -> done. A done ticket can be new again."))

    assert [write_rule(one) for one in proposal.specs.entities[0].rules] == [
        "transition stage: new -> done, done -> new"
    ]


@pytest.mark.parametrize("text", ["author -> Author", "a road that goes from here to there", "title"])
def test_other_phrases_have_no_steps(text: str) -> None:
    assert read_steps(text) is None


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("phone like 5551234", "phone:str"),
        ("mileage like 12.5", "mileage:float"),
        ("price like 9,99", "price:Decimal"),
        ("eggs such as 6", "eggs:int"),
    ],
)
def test_an_example_shows_the_kind_of_number(said: str, field: str) -> None:
    assert shape(propose(talk(f"A crate has a name and {said}")))["Crate"] == f"name:str {field}"


def test_why_a_field_may_be_empty_is_noted() -> None:
    proposal = propose(talk("A claim has a title and a refund (not known until the court decides)"))

    assert shape(proposal) == {"Claim": "title:str refund:str?"}
    assert "Claim: “a refund (not known until the court decides)” may be empty" in proposal.assumptions


def test_two_clauses_of_one_name_are_not_merged() -> None:
    proposal = propose(talk("A walk has the river we follow and the river we cross"))

    assert shape(proposal) == {"Walk": "river:str"}
    assert proposal.unread == ("the river we cross",)


def test_a_list_inside_a_list_describes_the_inner_thing() -> None:
    proposal = propose(talk("A film with a title, a year, and lots of reviews: stars, a comment"))

    assert shape(proposal)["Film"] == "title:str year:int"
    assert shape(proposal)["Review"] == "stars:int comment:str"


def test_counted_things_are_things_though_their_plural_may_be_a_number() -> None:
    proposal = propose(talk("Parties have a name. Each party has many guests: nickname, email."))

    assert shape(proposal)["Party"] == "name:str"
    assert shape(proposal)["Guest"] == "nickname:str email:EmailStr! party_id:int->Party"


def test_what_follows_an_unread_head_inside_a_list_is_not_given_to_another_thing() -> None:
    proposal = propose(talk("A film has a title, what the critics wrote about the whole of it: stars, a comment"))

    assert shape(proposal) == {"Film": "title:str"}
    assert "a comment" in " ".join(proposal.unread)
