"""More ways to say it: clauses inside clauses, prepositions, pronouns, brackets, systems named after a place."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, shape, talk

SAID: dict[str, dict[str, str]] = {
    "A veterinary clinic needs to track animals and visits. Each animal has a name and birth date. A visit records the "
    "date, the reason and the cost.": {
        "Animal": "name:str birth_date:date",
        "Visit": "date:date reason:str cost:Decimal animal_id:int->Animal",
    },
    "I'd like an API for managing a music festival: stages with a name and capacity, bands with a name, and shows that "
    "have a start time; each show belongs to a stage and a band.": {
        "Stage": "name:str capacity:int",
        "Band": "name:str",
        "Show": "start_time:datetime stage_id:int->Stage band_id:int->Band",
    },
    "An e-commerce backend: products have a name. An order has a status (pending, paid) and contains order items. Each "
    "order item refers to a product and has a quantity.": {
        "Product": "name:str",
        "Order": "status:OrderStatus",
        "OrderItem": "quantity:int product_id:int->Product order_id:int->Order",
    },
    "Real estate: agents list properties. Properties have a price and square meters. Clients schedule viewings of "
    "properties with agents.": {
        "Agent": "name:str",
        "Property": "price:Decimal square_meters:float agent_id:int->Agent",
        "Client": "name:str",
        "Viewing": "client_id:int->Client property_id:int->Property agent_id:int->Agent",
    },
    "Fitness tracker: a workout has a date and consists of exercises with sets, reps and weight.": {
        "Workout": "date:date",
        "Exercise": "name:str",
        "WorkoutExercise": "sets:int reps:int weight:float workout_id:int->Workout exercise_id:int->Exercise",
    },
    "apiary management - an inspection has a date, queen seen (yes/no), number of frames, notes": {
        "Inspection": "date:date queen_seen:bool number_of_frames:int notes:str"
    },
    "need a backend for my plant watering app, plants have name, watering interval (days), last watered date": {
        "Plant": "name:str watering_interval_days:int last_watered_date:date"
    },
    "school timetable: teachers, rooms, lessons. A lesson is taught by a teacher in a room. Lessons have a weekday.": {
        "Teacher": "name:str",
        "Room": "name:str",
        "Lesson": "weekday:str teacher_id:int->Teacher room_id:int->Room",
    },
    "Trees and benches, each with a latitude and longitude": {
        "Tree": "latitude:float longitude:float",
        "Bench": "latitude:float longitude:float",
    },
    "Listeners have a name. They leave reviews with a rating from 1 to 5 and a comment.": {
        "Listener": "name:str",
        "Review": "rating:int comment:str listener_id:int->Listener",
    },
    "For each guest we store a name and a room number": {"Guest": "name:str room_number:str"},
    "a shop with products that have a name and a price": {"Product": "name:str price:Decimal"},
    "Invoice: number, line items (description, unit price)": {
        "Invoice": "number:str",
        "LineItem": "description:str unit_price:Decimal invoice_id:int->Invoice",
    },
}


@pytest.mark.parametrize("text", SAID)
def test_other_ways_of_saying_it_are_read(text: str) -> None:
    proposal = propose(talk(text))

    assert shape(proposal) == SAID[text]
    assert proposal.unread == ()


def test_what_follows_an_unread_clause_is_not_given_to_another_thing() -> None:
    proposal = propose(talk("players have a name. Games pit somebody against anybody and have a result and a date."))

    assert shape(proposal) == {"Player": "name:str"}
    assert proposal.unread == ("Games pit somebody against anybody and have a result and a date",)
