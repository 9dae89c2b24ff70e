"""Sentences as colleagues type them: long, with asides, clauses and wishes; every piece is a field or is quoted."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from bot.planning.built_in.phrases.titles import title_of_words
from tests.planning.talking import asked_until_done, enums, interview, propose, quoted, shape, talk


class Request(NamedTuple):
    """What somebody typed, and what must come out of it."""

    text: str
    title: str
    entities: dict[str, str]
    unread: tuple[str, ...] = ()


REQUESTS: dict[str, Request] = {
    "bike workshop": Request(
        "We run a small bike repair workshop: customers with a name, phone and email, each customer can have several "
        "bikes (brand, frame number, and whether it's electric), and for every bike we log the repairs - what was "
        "done, the day it came in, the price and a state that's waiting, in progress or done. Oh, and text the "
        "customer when the repair is done.",
        "Bike repair workshop",
        {
            "Customer": "name:str phone:str email:EmailStr!",
            "Bike": "brand:str frame_number:str is_electric:bool customer_id:int->Customer",
            "Repair": "work_done:str came_in_on:date price:Decimal state:RepairState bike_id:int->Bike",
        },
        ("text the customer when the repair is done",),
    ),
    "garden": Request(
        "Need something for our community garden: plots have a number, a size in square metres and are either free, "
        "taken or resting, and gardeners have a name, an email and the date they joined. A gardener looks after one "
        "or more plots, and we'd also like to keep the yearly fees each gardener paid (which year, how much, when).",
        "Community garden",
        {
            "Plot": "number:str size_square_metres:float status:PlotStatus gardener_id:int?->Gardener",
            "Gardener": "name:str email:EmailStr! joined_on:date",
            "YearlyFee": "year:int amount:Decimal date:date gardener_id:int->Gardener",
        },
    ),
    "river": Request(
        "A log for our river water samples: every measuring station has a name, the river it's on and a "
        "latitude/longitude, and every sample belongs to one station and has the date and time it was taken, the pH, "
        "the temperature, how many bottles we filled, whether it's been sent to the lab yet, and some notes if needed. "
        "It would be great to get a monthly PDF with a chart per station.",
        "River water samples",
        {
            "MeasuringStation": "name:str river:str latitude:float longitude:float",
            "Sample": "taken_at:datetime ph:float temperature:float bottles:int sent_to_lab:bool notes:str? "
            "measuring_station_id:int->MeasuringStation",
        },
        ("It would be great to get a monthly PDF with a chart per station",),
    ),
    "choir": Request(
        "Hey, I sing in a choir and we'd love something to keep track of it all. Singers have a name, an email, the "
        "voice they sing (soprano, alto, tenor or bass) and when they joined. Concerts have a title, the day it takes "
        "place, the venue and how many tickets we sold. For each concert we note the pieces we sang (title, composer, "
        "how long it takes). Singers sign up for concerts. And please remind everyone a week before.",
        "Choir",
        {
            "Singer": "name:str email:EmailStr! voice:SingerVoice joined_on:date",
            "Concert": "title:str takes_place_on:date venue:str tickets:int",
            "Piece": "title:str composer:str duration:int",
            "ConcertPiece": "concert_id:int->Concert piece_id:int->Piece",
            "Registration": "singer_id:int->Singer concert_id:int->Concert registered_at:datetime",
        },
        ("remind everyone a week before",),
    ),
    "food bank": Request(
        "We're a small food bank. Donors drop off donations, each donation has what was given, how many kilos, the "
        "day it arrived and whether or not it needs cooling. Families have a last name, how many children they have, "
        "an address and maybe a phone number, and for every family we keep track of the parcels - date handed out, "
        "weight, who packed it. Oh and it'd be nice if it printed labels for the parcels.",
        "Food bank",
        {
            "Person": "name:str",
            "Donor": "name:str",
            "Donation": "given_item:str kilos:int arrived_on:date needs_cooling:bool donor_id:int->Donor",
            "Family": "last_name:str children:int address:str phone_number:str?",
            "Parcel": "date_handed_out:date weight:float packed_by_id:int->Person family_id:int->Family",
        },
        ("it'd be nice if it printed labels for the parcels",),
    ),
    "car park": Request(
        "Car park thing for our office building: parking spaces have a number, the floor they're on, is it covered, "
        "and a type (normal, disabled, electric). Employees have name, license plate, email. A space is assigned to "
        "at most one employee. Visitors' cars: plate, when they came, when they left, which company they visit. Would "
        "be great if the gate opened automatically!",
        "Car park",
        {
            "ParkingSpace": "number:str floor:int is_covered:bool type:ParkingSpaceType employee_id:int?->Employee",
            "Employee": "name:str license_plate:str! email:EmailStr!",
            "VisitorCar": "plate:str! came_on:date left_on:date company:str",
        },
        ("Would be great if the gate opened automatically",),
    ),
    "theatre": Request(
        "need a simple tool for our amateur theatre!! plays (title, author, how many acts), performances of a play "
        "with a date and time and the price of a ticket, and props - every prop has a name, where it's stored, "
        "whether it's fragile, whether we own it or not. actors have a name + phone. Each performance has several "
        "actors. Also which actor plays which role.",
        "Amateur theatre",
        {
            "Play": "title:str author:str acts:int",
            "Performance": "date_and_time:datetime price_of_ticket:Decimal play_id:int->Play",
            "Prop": "name:str place_stored:str is_fragile:bool own:bool",
            "Actor": "name:str phone:str",
            "PerformanceActor": "performance_id:int->Performance actor_id:int->Actor",
        },
        ("which actor plays which role",),
    ),
    "kennel": Request(
        "Dog kennel: owners (name, phone, email, emergency contact if any). Each owner may have several dogs with a "
        "name, breed, the date they were born, chip number, vaccinated yes/no and any allergies. Stays: every stay is "
        "for one dog and has the day it starts, the day it ends, how much they paid and some notes maybe. Send the "
        "owner a photo every evening",
        "Dog kennel",
        {
            "Owner": "name:str phone:str email:EmailStr! emergency_contact:str?",
            "Dog": "name:str breed:str born_on:date chip_number:str! is_vaccinated:bool allergies:str[] "
            "owner_id:int->Owner",
            "Stay": "starts_on:date ends_on:date amount_paid:Decimal notes:str? dog_id:int->Dog",
        },
        ("Send the owner a photo every evening",),
    ),
    "loan desk": Request(
        "hi team, could you build us a hardware loan desk? basically devices with a serial number, the model, what it "
        "cost, when we bought it, and a status that can be in stock, lent out or broken. Colleagues borrow devices; "
        "for each loan we record the date it was handed out, the date it's due back and the date it came back, if it "
        "came back. Only IT can delete devices.",
        "Hardware loan desk",
        {
            "Device": "serial_number:str! model:str price:Decimal bought_on:date status:DeviceStatus",
            "Colleague": "name:str",
            "Loan": "handed_out_on:date due_back_on:date came_back_on:date? colleague_id:int->Colleague "
            "device_id:int->Device",
        },
        ("Only IT can delete devices",),
    ),
    "clinic": Request(
        "I run a physiotherapy clinic, and I need to keep patients (first/last name, date of birth, insurance number, "
        "whether they've signed the privacy form), therapists with their name and speciality, and appointments: each "
        "appointment is with one therapist and one patient and has the date and time it starts, how long it lasts in "
        "minutes, the room it's in and if the patient showed up. We also want to keep the invoices each patient got "
        "(number, amount, when it was sent, paid or not).",
        "Physiotherapy clinic",
        {
            "Patient": "first_name:str last_name:str date_of_birth:date insurance_number:str signed_privacy_form:bool",
            "Therapist": "name:str speciality:str",
            "Appointment": "starts_at:datetime duration_minutes:int room:str showed_up:bool "
            "therapist_id:int->Therapist patient_id:int->Patient",
            "Invoice": "number:str amount:Decimal sent_on:date is_paid:bool patient_id:int->Patient",
        },
    ),
    "newsletter": Request(
        "A place to manage our newsletter - subscribers have an email, the language they read, the date they signed "
        "up and whether they're still active. Issues have a subject, the text, the date it goes out and whether it "
        "was sent. Each issue contains several articles; an article has a headline, a body, who wrote it and the link "
        "it points to. Track who opened which issue.",
        "Newsletter",
        {
            "Person": "name:str",
            "Subscriber": "email:EmailStr! language:str signed_up_on:date is_active:bool",
            "Issue": "subject:str text:str goes_out_on:date sent:bool",
            "Article": "headline:str body:str author_id:int->Person link:HttpUrl issue_id:int->Issue",
        },
        ("who opened which issue",),
    ),
    "car wash": Request(
        "Tool for a car wash: cars (plate, colour, owner's phone, whether the owner has a subscription), washes - the "
        "date each car was washed, the price they paid. Each wash belongs to a car. Please also show a dashboard.",
        "Car wash",
        {
            "Car": "plate:str! colour:str owner_phone:str has_subscription:bool",
            "Wash": "washed_on:date price:Decimal car_id:int->Car",
        },
        ("show a dashboard",),
    ),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_a_colleague_is_understood(name: str) -> None:
    request = REQUESTS[name]
    proposal = propose(talk(request.text))

    assert proposal.title == request.title
    assert title_of_words(request.text) == request.title
    assert shape(proposal) == request.entities
    assert tuple(quoted(proposal)) == request.unread


@pytest.mark.parametrize("name", REQUESTS)
def test_nobody_is_asked_for_fields_that_were_said(name: str) -> None:
    request = REQUESTS[name]
    described = {key.lower() for key in request.entities} - {"donor", "colleague"}

    asked = asked_until_done(talk(request.text))

    assert not {f"fields:{key}" for key in described} & set(asked)
    assert ("unread" in asked) is bool(request.unread)


def test_values_in_brackets_or_after_that_is_become_an_enum() -> None:
    choir = enums(propose(talk(REQUESTS["choir"].text)))
    workshop = enums(propose(talk(REQUESTS["bike workshop"].text)))

    assert choir == {"SingerVoice": ("soprano", "alto", "tenor", "bass")}
    assert workshop == {"RepairState": ("waiting", "in_progress", "done")}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (
            "Hives have a name. For each hive we record the inspections: when, who did it.",
            "date:date done_by_id:int->Person",
        ),
        ("Hives have a name. For every hive we track inspections (weight, date)", "weight:float date:date"),
        ("Hives have a name and for all hives, we'd like to log inspections - weight", "weight:float"),
    ],
)
def test_what_is_logged_for_a_thing_names_it(text: str, fields: str) -> None:
    proposal = propose(talk(text))

    assert shape(proposal)["Inspection"] == f"{fields} hive_id:int->Hive"
    assert "Each inspection has one hive, not several" in proposal.assumptions


def test_what_is_only_kept_for_a_thing_may_be_shared_and_is_asked() -> None:
    text = "Halls have a title. For each hall we keep the chairs (name, age)."

    assert "several:hall:chair" in asked_until_done(talk(text))
    assert shape(propose(talk(text)))["Chair"] == "name:str age:int hall_id:int->Hall"


def test_the_last_word_of_a_name_means_the_same_thing() -> None:
    proposal = propose(talk("Every delivery van has a plate. Each stop belongs to a van and has an address."))

    assert shape(proposal) == {"DeliveryVan": "plate:str!", "Stop": "address:str delivery_van_id:int->DeliveryVan"}
    assert "“van” means the delivery van" in proposal.assumptions


def test_two_things_that_end_alike_stay_apart() -> None:
    two = propose(talk("A paper order has a date. A web order has a url. Each parcel belongs to an order."))
    described = propose(talk("An order has a date. A work order has a url."))

    assert "Order" in shape(two)
    assert list(shape(described)) == ["Order", "WorkOrder"]


@pytest.mark.parametrize(
    ("sentence", "default"),
    [
        ("A keeper looks after several cages", "One keeper for each cage: a new one replaces the one before"),
        ("Each screening shows one cage", "One cage for each screening: a new one replaces the one before"),
        ("Keepers borrow cages", "Every loan, also old ones, with lent at, due at and returned at"),
    ],
)
def test_only_a_verb_that_is_known_makes_a_record_by_default(sentence: str, default: str) -> None:
    questions = interview(
        talk(f"Keepers have a name. Cages have a width. Screenings have a date. {sentence}.")
    ).questions
    link = next(question for question in questions if question.id.startswith("link:"))

    assert link.default == default
    assert link.options[0] == default
    assert any("also old ones" in option for option in link.options)


def test_a_head_that_is_not_understood_is_quoted_and_what_follows_is_read() -> None:
    proposal = propose(talk("I want to track what my kids borrow from the library: items have a title and a due date"))
    nameless = propose(talk("Machines have a name. People who may use one are called users: they have a badge."))

    assert shape(proposal) == {"Item": "title:str due_date:date"}
    assert proposal.unread == ("what my kids borrow from the library",)
    assert shape(nameless) == {"Machine": "name:str"}
    assert nameless.unread == ("People who may use one are called users: they have a badge",)


def test_interjections_are_dropped_and_wishes_are_quoted() -> None:
    proposal = propose(
        talk("Boats with a name. Oh, by the way, email the owner when it sinks. It'd be nice to get a weekly summary.")
    )

    assert proposal.unread == ("email the owner when it sinks", "It'd be nice to get a weekly summary")


def test_people_are_named_with_decisions_only() -> None:
    conversation = talk("boats with a name, asked by <@U0123ABCD>; frobnicate them").model_copy()
    proposal = propose(conversation.model_copy(update={"messages": tuple(
        message.model_copy(update={"author": "U0777XYZ"}) for message in conversation.messages
    )}))  # fmt: skip

    documents = " ".join((proposal.title, proposal.introduction, *proposal.assumptions, *proposal.unread))
    assert "U0777XYZ" not in documents
    assert "U0123ABCD" not in documents
    assert any("(U0777XYZ)" in line for line in proposal.decisions)


@pytest.mark.parametrize("text", ["word " * 4000, "things - " * 2000, "boats with " + "it is " * 3000, "if " * 6000])
def test_a_text_without_end_is_quoted_not_pondered(text: str) -> None:
    assert [question.id for question in interview(talk(text)).questions]
