"""Several deeds in one breath, and what is noted of each: a thing is never named by a verb, nor by an adverb."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.deed_rows import in_single_deeds
from bot.planning.built_in.words.doing_verbs import record_of_deed
from tests.planning.talking import propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("said", "things"),
    [
        ("Rows have a number. We spray and prune rows.", {"Row"}),
        ("Farms have a name. I visit farms and treat cows. Cows have an ear tag.", {"Farm", "Cow"}),
        ("We clean and polish windows. Windows have a number.", {"Window"}),
        ("I tune pianos and repair organs. Pianos have a maker.", {"Piano"}),
        ("A farm. We feed and milk goats. Goats have a name.", {"Goat"}),
        ("We harvest, wash and pack carrots. Carrots have a variety.", {"Carrot"}),
        ("Nurses wash patients and change bandages. Patients have a name.", {"Nurse", "Patient", "Washing"}),
        ("Divers check tanks and fill bottles. Tanks have a number.", {"Diver", "Tank", "Check"}),
        ("Our gardeners mow lawns and trim hedges. Gardens have an address.", {"Garden"}),
        ("Rangers patrol trails and remove litter. Trails have a name.", {"Ranger", "Trail", "Patrol"}),
        (
            "Trainers walk horses and groom ponies. Horses have a name. Ponies have a name.",
            {"Trainer", "Horse", "Pony", "Walk", "Grooming"},
        ),
        ("A pupil takes an instrument home. Instruments have a number.", {"Pupil", "Instrument"}),
        ("A child takes home a puppet. Puppets have a name.", {"Child", "Puppet"}),
        ("Somebody sends a parcel away. Parcels have a weight.", {"Parcel"}),
        ("Manuscripts have a title. An editor decides: films or books.", {"Manuscript"}),
        ("Editors download and rate sounds. Sounds have a title.", {"Editor", "Sound", "Rating"}),
        ("A puppet theatre lends puppets to schools. Puppets have a name.", {"Puppet", "School", "Loan"}),
        ("A bakery sells cakes. Cakes have a name and a price.", {"Cake"}),
        ("The club flies model planes. A plane has a name.", {"Plane"}),
        (
            "Our kitchen: volunteers cook and pack meals on Thursdays. Meals have a name.",
            {"Volunteer", "Meal", "Packing"},
        ),
        ("We sell bikes and repair kits. Bikes have a brand.", {"Bike", "RepairKit"}),
        ("We keep cats and guard dogs. Cats have a name.", {"Cat", "GuardDog"}),
    ],
)
def test_a_thing_is_never_named_by_a_verb(said: str, things: set[str]) -> None:
    assert set(shape(propose(talk(said)))) == things


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("Farms have a name. I visit farms and treat cows. Cows have an ear tag.", "I visit farms and treat cows"),
        ("Windows have a number. We clean and polish windows.", "We clean and polish windows"),
        ("Our gardeners mow lawns. Gardens have an address.", "Our gardeners mow lawns"),
        ("I tune pianos and repair organs. Pianos have a maker.", "I tune pianos and repair organs"),
    ],
)
def test_deeds_without_facts_are_quoted_as_somebody_wrote_them(said: str, whole: str) -> None:
    assert quoted(propose(talk(said))) == [whole]


@pytest.mark.parametrize(
    ("said", "records"),
    [
        (
            "Rows have a number. We spray and prune rows; each time we note the date and the worker.",
            {"Spraying": "date:date worker:str row_id:int->Row", "Pruning": "date:date worker:str row_id:int->Row"},
        ),
        (
            "We clean and restore paintings; each time we note the cost. Paintings have a title.",
            {
                "Cleaning": "cost:Decimal painting_id:int->Painting",
                "Restoration": "cost:Decimal painting_id:int->Painting",
            },
        ),
        ("Ovens have a name. We clean ovens. Each time we note the date.", {"Cleaning": "date:date oven_id:int->Oven"}),
        (
            "Birds have a name. Falconers fly and feed birds; each time they note the weight.",
            {
                "Flying": "weight:float bird_id:int->Bird falconer_id:int->Falconer",
                "Feeding": "weight:float bird_id:int->Bird falconer_id:int->Falconer",
            },
        ),
        (
            "A volunteer runs dogs on Sundays; we note the time. Dogs have a name.",
            {"Running": "time:time dog_id:int->Dog volunteer_id:int->Volunteer"},
        ),
        (
            "Beers have a name. When I drink one I note the date, the place and a rating.",
            {"Tasting": "date:date place:str rating:int beer_id:int->Beer"},
        ),
        (
            "Films have a title. When I watch one, I note the date and a rating.",
            {"Viewing": "date:date rating:int film_id:int->Film"},
        ),
        (
            "Trails have a name. Each time I hike one I record the date and the weather.",
            {"Hike": "date:date weather:str trail_id:int->Trail"},
        ),
        (
            "Mountains have a height. When somebody climbs one they log the date and the route.",
            {"Climb": "date:date route:str mountain_id:int->Mountain"},
        ),
        (
            "A cylinder has a label. When we digitise one we note the date and the engineer.",
            {"Digitising": "date:date engineer:str cylinder_id:int->Cylinder"},
        ),
        (
            "We inspect bridges. Bridges have a name. An inspection has a date.",
            {"Inspection": "date:date bridge_id:int->Bridge"},
        ),
        (
            "Critics taste wines. A tasting has a score. Wines have a name.",
            {"Tasting": "score:int critic_id:int->Critic wine_id:int->Wine"},
        ),
        (
            "Surgeons operate on patients. An operation has a date. Patients have a name.",
            {"Operation": "date:date surgeon_id:int->Surgeon patient_id:int->Patient"},
        ),
        (
            "Dealers sell cars. A sale has a price. Cars have a number.",
            {"Sale": "price:Decimal dealer_id:int->Dealer car_id:int->Car"},
        ),
        (
            "Pupils solve puzzles. A solution has a time. Puzzles have a name.",
            {"Solution": "time:time pupil_id:int->Pupil puzzle_id:int->Puzzle"},
        ),
        (
            "Members borrow books. Books have a title. A loan has a start and an end.",
            {"Loan": "start:datetime end:datetime member_id:int->Member book_id:int->Book"},
        ),
        (
            "I restore clocks. Clocks have a maker. I clean and oil them; each time I note the hours.",
            {"Cleaning": "hours:int clock_id:int->Clock", "Oiling": "hours:int clock_id:int->Clock"},
        ),
        (
            "Stunts have a name. Pupils practise and perform stunts; each time we note the date.",
            {
                "Practising": "date:date stunt_id:int->Stunt pupil_id:int->Pupil",
                "Performance": "date:date stunt_id:int->Stunt pupil_id:int->Pupil",
            },
        ),
        (
            "Bats have a name. Carers weigh bats twice a day and write down the grams.",
            {"Weighing": "grams:float bat_id:int->Bat carer_id:int->Carer"},
        ),
        (
            "Pools have a name. Lifeguards check the water every two hours and note the temperature.",
            {"Measurement": "temperature:float lifeguard_id:int->Lifeguard"},
        ),
        (
            "Pianos have a maker. When one comes in I note the owner and what's wrong.",
            {"Piano": "maker:str owner:str fault:str"},
        ),
        (
            "Customers bring books in; we note the title, the damage and a deadline.",
            {"Book": "title:str damage:str deadline:date customer_id:int->Customer"},
        ),
        ("We ring quarter peals; each has a date and a method.", {"QuarterPeal": "date:date method:str"}),
        (
            "Two players play a game; a game ends in a win or a draw. Players have a name.",
            {"Game": "first_player_id:int->Player second_player_id:int->Player result:GameResult?"},
        ),
        (
            "A museum restores paintings; each time we note the cost. Paintings have a title.",
            {"Restoration": "cost:Decimal painting_id:int->Painting"},
        ),
        (
            "Teachers prepare students for exams. Exams have a date.",
            {"Preparation": "teacher_id:int->Teacher student_id:int->Student exam_id:int->Exam"},
        ),
    ],
)  # fmt: skip
def test_what_is_noted_of_a_deed_is_a_record_named_by_its_noun(said: str, records: dict[str, str]) -> None:
    found = shape(propose(talk(said)))

    assert {name: set(found.get(name, "").split()) for name in records} == {
        name: set(fields.split()) for name, fields in records.items()
    }


@pytest.mark.parametrize(
    "said",
    [
        "Members book rooms and meeting tables.",
        "We make videos and review articles.",
        "Members register and bring friends.",
        "Guests arrive and order drinks.",
        "Members borrow books and write reviews.",
        "We keep hens and ducks; each time is fine.",
    ],
)
def test_lists_of_nouns_stay_as_they_are(said: str) -> None:
    assert in_single_deeds(said) == said


def test_records_are_called_by_their_nouns() -> None:
    verbs = ("prune", "trim", "spray", "treat", "visit", "repair", "weigh", "sharpen", "sell")

    assert [record_of_deed(verb) for verb in verbs] == [
        "pruning", "trimming", "spraying", "treatment", "visit", "repair", "weighing", "sharpening", "sale",
    ]  # fmt: skip
