"""What people list without verbs, and what they do with what was spoken of, is said in clauses and read."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.chat_text import cleaned
from bot.planning.built_in.words.deed_marks import begins_with_verb, tells_of_deed
from tests.planning.talking import propose, quoted, shape, talk

LISTS = (
    (
        "something for my mum's cattery: cats stay from - to, owners with phone, which cage, special food",
        {"Stay": "start_date:date end_date:date cage:str special_food:str cat_id:int->Cat",
         "Cat": "owner_id:int->Owner name:str", "Owner": "name:str phone:str"},
    ),
    (
        "horses live from / until, owners with phone and e-mail, which stable, feed",
        {"Stay": "start_date:date end_date:date stable:str feed:str horse_id:int->Horse",
         "Horse": "owner_id:int->Owner name:str", "Owner": "phone:str email:EmailStr!"},
    ),
    (
        "our ski rental: skis and boots with size and length, guests with shoe size, rentals for several days, fee",
        {"Ski": "size:str length:float", "Boot": "size:str length:float", "Guest": "name:str shoe_size:str",
         "Rental": "start_date:date end_date:date fee:Decimal ski_id:int->Ski boot_id:int->Boot guest_id:int->Guest"},
    ),
    (
        "hostel - beds in rooms, guests with name, bookings for several nights, paid or not",
        {"Bed": "room_id:int->Room name:str", "Room": "name:str", "Guest": "name:str",
         "Booking": "start_date:date end_date:date is_paid:bool guest_id:int->Guest"},
    ),
    (
        "Theatre: plays, performances (date), seats in rows, tickets for a seat at a performance, snacks with price",
        {"Play": "name:str", "Performance": "date:date", "Seat": "row:str",
         "Ticket": "seat_id:int->Seat performance_id:int->Performance", "Snack": "price:Decimal"},
    ),
    (
        "Lost and found office: items found on trains with place, date and category; people ask for lost items",
        {"Item": "place:str date:date category:str", "Request": "person_id:int->Person item_id:int->Item",
         "Person": "name:str"},
    ),
    (
        ("a recipe collection for our family, with ingredients and amounts, steps, and who contributed it. "
        "everybody can like recipes"),
        {"Recipe": "steps:str[] person_id:int->Person", "Ingredient": "name:str amount:Decimal recipe_id:int->Recipe",
         "Person": "name:str", "Like": "person_id:int->Person recipe_id:int->Recipe"},
    ),
    (
        "Track laptops: model, purchase date; who uses one",
        {"Laptop": "model:str purchase_date:date person_id:int->Person", "Person": "name:str"},
    ),
    (
        "we need a list of keys of our building, which door, who got one, when given, when returned",
        {"Key": "door:str given_on:date returned_on:date person_id:int->Person", "Person": "name:str"},
    ),
    (
        "Chess club ladder: players with elo, games between two players with result and date",
        {"Player": "name:str elo:str",
         "Game": "first_player_id:int->Player second_player_id:int->Player result:str date:date"},
    ),
    (
        "Pet adoption: animals (species, age), people apply for an animal",
        {"Animal": "species:str age:int", "Person": "name:str",
         "Application": "person_id:int->Person animal_id:int->Animal applied_at:datetime"},
    ),
    (
        "An archive of old postcards with place, year and who gave it to us",
        {"Postcard": "place:str year:int person_id:int->Person", "Person": "name:str"},
    ),
    (
        "Garden centre: beds in greenhouses, plants in beds, watering with date and litres",
        {"Bed": "greenhouse_id:int->Greenhouse name:str", "Greenhouse": "name:str", "Plant": "bed_id:int->Bed name:str",
         "Watering": "date:date litres:float"},
    ),
    (
        "Parcels come with a carrier and a weight, for a resident. Residents have a name.",
        {"Parcel": "carrier:str weight:float resident_id:int->Resident", "Resident": "name:str"},
    ),
)  # fmt: skip
DEEDS = (
    (
        ("People can suggest improvements, others vote on them, and the board decides (accepted, rejected, "
        "later)."),
        {"Person": "name:str", "Improvement": "status:ImprovementStatus person_id:int->Person",
         "Vote": "person_id:int->Person improvement_id:int->Improvement"},
    ),
    (
        "Employees can propose ideas, others can comment on them, and the manager decides: approved or declined.",
        {"Employee": "name:str", "Idea": "status:IdeaStatus employee_id:int->Employee",
         "Comment": "text:str employee_id:int->Employee idea_id:int->Idea"},
    ),
    (
        "A rescue has a date and a depth, and we note which divers and boats took part. Divers: name. Boats: length.",
        {"Rescue": "date:date depth:float", "Diver": "name:str", "Boat": "length:float",
         "RescueDiver": "rescue_id:int->Rescue diver_id:int->Diver",
         "RescueBoat": "rescue_id:int->Rescue boat_id:int->Boat"},
    ),
    (
        "A hike has a date. For each hike we note which members came along. Members have a name.",
        {"Hike": "date:date", "Member": "name:str", "HikeMember": "hike_id:int->Hike member_id:int->Member"},
    ),
    (
        "Farmers get a number and bring crates, each with a weight and a kind.",
        {"Farmer": "number:str", "Crate": "weight:float kind:str farmer_id:int->Farmer"},
    ),
    (
        ("quizzes with questions, every question has four answers, one of them is right. Players play quizzes "
        "and get points."),
        {"Quiz": "name:str", "Question": "quiz_id:int->Quiz name:str",
         "Answer": "is_right:bool question_id:int->Question",
         "Player": "name:str", "Play": "points:int player_id:int->Player quiz_id:int->Quiz"},
    ),
    (
        "Runners run races and get a rank. A race has a date. Runners have a name.",
        {"Result": "rank:int runner_id:int->Runner race_id:int->Race", "Runner": "name:str", "Race": "date:date"},
    ),
    (
        "A language school offers courses at levels A1 to B2. Courses have a room. Students enroll and pay a fee.",
        {"Course": "level:CourseLevel room:str", "Student": "name:str",
         "Enrollment": "fee:Decimal student_id:int->Student course_id:int->Course"},
    ),
    (
        "Members have a name. Every trip is written in the logbook with engine hours and fuel. Members make trips.",
        {"Member": "name:str", "Trip": "engine_hours:int fuel:str member_id:int->Member"},
    ),
)  # fmt: skip


@pytest.mark.parametrize(("said", "things"), [*LISTS, *DEEDS])
def test_what_is_told_in_a_row_is_read(said: str, things: dict[str, str]) -> None:
    proposal = propose(talk(said))
    assert shape(proposal) == things
    assert proposal.unread == ()


@pytest.mark.parametrize("said", [said for said, _ in (*LISTS, *DEEDS)])
def test_plain_clauses_are_plain_already(said: str) -> None:
    assert cleaned(cleaned(said)) == cleaned(said)


@pytest.mark.parametrize(
    ("said", "things", "left"),
    [
        (
            (
                "Our parents' association runs a clothes market. Sellers get a number and hand in up to 30 items, "
                "each with a price. When an item is sold we record it."
            ),
            {"Seller": "name:str number:str", "Item": "price:Decimal seller_id:int->Seller"},
            ["When an item is sold we record it"],
        ),
        (
            "Films have a title, the film with most points wins. We want to know who has what right now.",
            {"Film": "title:str"},
            ["the film with most points wins", "who has what right now"],
        ),
        (
            "Books have a title. Users sign up.",
            {"Book": "title:str"},
            ["Users sign up"],
        ),
        (
            "Courses have a room. Students read books and get badges.",
            {"Course": "room:str"},
            ["Students read books and get badges"],
        ),
        (
            "Members have a name, a phone, hand in the keys and pay a fee.",
            {"Member": "name:str phone:str"},
            ["hand in the keys", "pay a fee"],
        ),
        (
            "Courses have a teacher, a room. Guests arrive and leave again.",
            {"Course": "teacher:str room:str"},
            ["Guests arrive and leave again"],
        ),
    ],
)
def test_what_is_no_thing_and_no_fact_is_quoted(said: str, things: dict[str, str], left: list[str]) -> None:
    proposal = propose(talk(said))
    assert shape(proposal) == things
    assert quoted(proposal) == left


@pytest.mark.parametrize("words", ["hand in up to 30 items", "students enroll", "vehicles took part", "people sign up"])
def test_deeds_are_no_facts(words: str) -> None:
    assert tells_of_deed(words)


@pytest.mark.parametrize(
    "words", ["when they came", "check-in date", "pick up point", "sign-up date", "fee", "pay rate", "take home pay"]
)
def test_facts_that_begin_with_a_verb_stay_facts(words: str) -> None:
    assert not tells_of_deed(words)


def test_a_verb_before_things_begins_no_name() -> None:
    assert begins_with_verb("get points")
    assert not begins_with_verb("points")


@pytest.mark.parametrize(
    "said",
    [
        "Guests stay from Monday to Friday.",
        "Books in boxes are heavy.",
        "Tickets for a child are cheaper.",
        "A team has four players, and one is hurt today.",
        "Members register and bring friends.",
        "Cars have a plate, keys for a garage, a price.",
        "Our film archive with films and actors.",
        "A shop sells products. A shop has a name.",
        "Our club holds a meeting. Meetings have a date.",
        "Companies ask for candidates.",
        "We keep an archive of photos.",
        "Books have a title. Users register.",
        "Every letter is written in German with care.",
        "Teams play matches and get tired.",
    ],
)
def test_what_only_sounds_alike_stays_as_it_is(said: str) -> None:
    assert cleaned(said) == said
