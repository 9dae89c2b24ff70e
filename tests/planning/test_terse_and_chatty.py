"""Sentences in many styles: tidy, chatty with slips, terse lists; what is not built or not sure is said or asked."""

from __future__ import annotations

import time

import pytest

from bot.planning.built_in.words.sentences import sentences_of
from tests.planning.talking import asked, asked_until_done, enums, interview, propose, quoted, shape, talk

KENNEL = (
    "A dog boarding kennel keeps dogs, owners and stays. Every owner has a full name, a mobile number and an emergency "
    "contact; every dog belongs to one owner and has a name, a breed, a birth date, a weight in kilograms and a note "
    "on allergies if there are any. A stay is for one dog, with an arrival date, a departure date, the daily rate in "
    "euros and whether the dog was walked twice a day. Run numbers are between 1 and 24 and must be unique per stay "
    "date."
)
BAND = (
    "ok so basicly our band needs something to organise gigs: each gig has a venue, date, how much we get paid, and "
    "whether its confirmed yet. we also have songs (title, key, bpm, who sings it) and for every gig we make a setlist "
    "- which songs in what order. oh and some songs have two singers lol"
)
LABORATORY = (
    "lab inventory\n"
    "- reagents: name, CAS no (unique), amount ml, expiry date, storage temp °C, hazard class low/medium/high\n"
    "- orders: order no, supplier, ordered on, received on (empty until it arrives), total eur\n"
    "- each order has 1..n reagents with qty\n"
    "- shelves: code, room; a reagent sits on one shelf"
)
KITCHEN = (
    "Please set up a volunteer rota for our soup kitchen. Volunteers sign up for shifts; a shift takes place on a "
    "date, starts and ends at a given time, needs between 2 and 6 volunteers and is led by one coordinator. Volunteers "
    "have a name, an email no two of which are the same, and optionally a phone number."
)
TOOLS = (
    "tool library 4 our street!! ppl borrow tools, every tool has a name, a photo link, who it belongs to and how many "
    "days u can keep it at most. When someone borrows a tool we write down the date it went out, the date its due and "
    "the date it came back if it did. no fines or anything"
)
PIANO = (
    "Students have a name and a parent's phone. Lessons: date, length in minutes, what we practised, homework if any. "
    "Each lesson is with one student, some lessons have two students in them."
)
CHOIR = (
    "We want to digitise our choir's sheet music: every piece has a title, a composer, a number of voices from 1 to 12 "
    "and a shelf mark that no other piece has."
)
PLANTS = (
    "hi! plant shop here. plants got a latin name, how many r in stock n pot size cm. suppliers w/ name n email. each "
    "plant comes from one supplier but sometimes two."
)
MUSEUM = (
    "museum loans: objects (inv no unique, title, artist, height cm, width cm, insured value), lenders (name, country, "
    "contact email), exhibitions (title, opens, closes); loan = one object from a lender to an exhibition, from date "
    "to date, status requested/agreed/in transit/on display/returned, courier optional"
)
SAID: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    KENNEL: (
        "Dog boarding kennel",
        {
            "Dog": "name:str breed:str birth_date:date weight_kilograms:float note_on_allergies:str? "
            "owner_id:int->Owner",
            "Owner": "full_name:str mobile_number:str emergency_contact:str",
            "Stay": "arrival_date:date departure_date:date daily_rate:Decimal dog_walked_twice_day:bool "
            "dog_id:int->Dog",
        },
        ("Run numbers are between 1 and 24 and must be unique per stay date",),
    ),
    BAND: (
        "Band",
        {
            "Gig": "venue:str date:date amount_paid:Decimal is_confirmed:bool",
            "Song": "title:str key:str bpm:str singer_id:int->Singer",
            "Singer": "song_id:int?->Song name:str",
            "GigSong": "gig_id:int->Gig song_id:int->Song",
        },
        ("for every gig we make a setlist - which songs in what order",),
    ),
    LABORATORY: (
        "Lab inventory",
        {
            "Reagent": "name:str cas_number:str! amount_ml:float expiry_date:date storage_temp_celsius:float "
            "hazard_class:ReagentHazardClass shelf_id:int->Shelf",
            "Order": "order_number:str! supplier:str ordered_on:date received_on:date? total:Decimal",
            "Shelf": "code:str room:str",
            "OrderReagent": "qty:int order_id:int->Order reagent_id:int->Reagent",
        },
        (),
    ),
    KITCHEN: (
        "Volunteer rota",
        {
            "Volunteer": "name:str email:EmailStr! phone_number:str?",
            "Shift": "takes_place_on:date starts_at:time ends_at:time coordinator_id:int->Coordinator",
            "Coordinator": "name:str",
            "Registration": "volunteer_id:int->Volunteer shift_id:int->Shift registered_at:datetime",
        },
        ("needs between 2 and 6 volunteers (how many there are is not checked)",),
    ),
    TOOLS: (
        "Tool library",
        {
            "Person": "name:str",
            "Tool": "name:str photo_link:HttpUrl owner_id:int->Person days:int",
            "Loan": "went_out_on:date due_on:date came_back_on:date? person_id:int->Person tool_id:int->Tool",
        },
        ("no fines or anything",),
    ),
    PIANO: (
        "Students and lessons",
        {
            "Student": "name:str parent_phone:str",
            "Lesson": "date:date length_minutes:int practised_item:str homework:str?",
            "StudentLesson": "student_id:int->Student lesson_id:int->Lesson",
        },
        (),
    ),
    CHOIR: (
        "Choir's sheet music",
        {"Piece": "title:str composer:str number_of_voices:int shelf_mark:str!"},
        (),
    ),
    PLANTS: (
        "Plant shop",
        {
            "Plant": "latin_name:str quantity_in_stock:int pot_size_cm:float",
            "Supplier": "name:str email:EmailStr!",
            "PlantSupplier": "plant_id:int->Plant supplier_id:int->Supplier",
        },
        (),
    ),
    MUSEUM: (
        "Museum loans",
        {
            "Object": "inv_number:str! title:str artist:str height_cm:float width_cm:float insured_value:Decimal",
            "Lender": "name:str country:str contact_email:EmailStr!",
            "Exhibition": "title:str opens_on:date closes_on:date",
            "Loan": "object_id:int->Object from_lender_id:int->Lender to_exhibition_id:int->Exhibition "
            "from_date:date to_date:date status:LoanStatus courier:str?",
        },
        (),
    ),
}


@pytest.mark.parametrize("text", SAID, ids=lambda text: text[:24])
def test_sentences_in_many_styles_are_read_whole_or_quoted(text: str) -> None:
    title, entities, unread = SAID[text]
    proposal = propose(talk(text))

    assert proposal.title == title
    assert shape(proposal) == entities
    assert sorted(quoted(proposal)) == sorted(unread)
    assert asked_until_done(talk(text))


def test_values_after_a_name_of_two_words_keep_the_whole_name() -> None:
    assert enums(propose(talk(LABORATORY))) == {"ReagentHazardClass": ("low", "medium", "high")}


FIELDS: dict[str, str] = {
    "depth m": "depth_m:float",
    "load (kg)": "load_kg:float",
    "max load kg": "max_load_kg:float",
    "humidity in %": "humidity_percent:float",
    "discount %": "discount_percent:float",
    "price €": "price:Decimal",
    "fee (EUR)": "fee:Decimal",
    "price per kg": "price_per_kg:Decimal",
    "size m": "size_m:str",
    "ref no unique": "ref_number:str!",
    "nickname (no two the same pls)": "nickname:str!",
    "code, no duplicates": "code:str!",
    "slug unique in the system": "slug:str!",
    "tag unique across all boxes": "tag:str!",
    "notes if theres anything to say": "notes:str?",
    "phone if they have one": "phone:str?",
    "phone (opt)": "phone:str?",
    "adress": "address:str",
    "wether we saw it": "saw:bool",
    "mood of the cows from 1 to 5": "mood_of_cows:int",
    "starts, ends": "starts_at:datetime ends_at:datetime",
    "from city to city": "from_city:str to_city:str",
    "from/to city": "from_city:str to_city:str",
}


@pytest.mark.parametrize("said", FIELDS)
def test_units_uniqueness_and_slips_are_read_in_a_list(said: str) -> None:
    proposal = propose(talk(f"Boxes have a label, {said}, thanks!"))

    assert shape(proposal)["Box"] in {f"label:str {FIELDS[said]}", f"label:str! {FIELDS[said]}"}
    assert proposal.unread == ()


@pytest.mark.parametrize("said", ["open from monday to friday", "from monday to friday"])
def test_a_range_of_words_is_no_pair_of_fields(said: str) -> None:
    assert propose(talk(f"Boxes have a label, {said}")).unread == (said,)


def test_unique_within_a_parent_is_quoted_as_not_built_and_never_unique_by_itself() -> None:
    said = talk("Buildings have a name. Each flat belongs to one building and has a serial number unique per building.")
    proposal = propose(said)

    assert shape(proposal)["Flat"] == "serial_number:str building_id:int->Building"
    assert proposal.unread == (
        "a serial number unique per building (being unique within one building is not built: the value may repeat)",
    )
    assert "unique" not in asked_until_done(said), "asked for what was said"


WHOSE = "Complaints are filed against a shop with a title and a text."


def test_fields_that_may_be_of_either_end_are_asked_for() -> None:
    question = interview(talk(WHOSE)).questions[0]

    assert question.id == "describes:shop:complaint"
    assert question.text == (
        "“Complaints are filed against a shop with a title”: are title and text kept about the shop or about the "
        "complaint?"
    )
    proposal = propose(talk(WHOSE, answers={question.id: "the complaint"}))
    assert shape(proposal)["Complaint"] == "title:str text:str shop_id:int->Shop"
    assert "A complaint has title and text (Mara)" in proposal.decisions
    assert not [note for note in proposal.decisions if note.startswith("A shop has title")]
    undecided = propose(talk(WHOSE))
    assert shape(undecided)["Shop"] == "title:str text:str"
    assert "“Complaints are filed against a shop with a title” describes the shop, not the complaint" in (
        undecided.assumptions
    )


@pytest.mark.parametrize(
    "text",
    [
        f"Shops have a name. {WHOSE}",
        f"{WHOSE} Shops have a name.",
        "Complaints are filed against a shop with a title, a text, and the day they were sent.",
    ],
)
def test_fields_go_to_the_end_that_has_no_others_or_that_they_means(text: str) -> None:
    proposal = propose(talk(text))

    assert shape(proposal)["Complaint"].startswith("title:str text:str")
    assert not [key for key in asked_until_done(talk(text)) if key.startswith("describes:")]


SHARED = "Our keepers (name, phone) look after a few barns each but some barns have two people on them."


def test_words_for_both_directions_make_the_question_say_so() -> None:
    question = next(one for one in interview(talk(SHARED)).questions if one.id.startswith("link:"))

    assert question.reason.startswith("“some barns have two people on them” speaks for several on both sides.")
    assert question.default.startswith("Several ")
    proposal = propose(talk(SHARED))
    assert shape(proposal)["KeeperBarn"] == "keeper_id:int->Keeper barn_id:int->Barn"
    assert "“some barns have two people on them”: how many there may be is not limited" in proposal.assumptions


def test_a_link_that_named_one_is_open_again_when_some_have_several() -> None:
    said = talk("Boats have a name. Each boat belongs to a skipper with a name. Some boats have several skippers.")
    question = next(one for one in interview(said).questions if one.id.startswith("several:"))

    assert question.default == "Yes, one boat can be in several skippers"
    assert "BoatSkipper" in shape(propose(said)) or "SkipperBoat" in shape(propose(said))


CHECKS = (
    "Boats have a name. Crew members have a name and an email. Every time someone does a check of a boat we note the "
    "date."
)


def test_an_occasion_is_a_record_and_who_did_it_is_asked() -> None:
    question = next(one for one in interview(talk(CHECKS)).questions if one.id == "doer:check")

    assert question.text == (
        "“Every time someone does a check of a boat”: should each check keep who that was (such as a crew member)?"
    )
    left_out = propose(talk(CHECKS))
    assert shape(left_out)["Check"] == "date:date boat_id:int->Boat"
    assert "A check does not keep who did it" in left_out.assumptions
    refused = propose(talk(CHECKS, answers={"doer:check": "no"}))
    assert "A check does not keep who did it (Jon)" in refused.decisions
    kept = propose(talk(CHECKS, answers={"doer:check": "the crew member please"}))
    assert shape(kept)["Check"] == "date:date boat_id:int->Boat crew_member_id:int->CrewMember"


def test_where_nobody_is_kept_the_one_who_did_it_can_be_a_text() -> None:
    said = "Boats have a name. Whenever somebody makes a check of a boat, we write down the date."

    assert "done_by:str" in shape(propose(talk(said, answers={"doer:check": "yes"})))["Check"]


@pytest.mark.parametrize(
    "said",
    [
        "Whenever a driver inspects a truck we note the date.",
        "Each time a driver makes an inspection of a truck they record the date.",
    ],
)
def test_an_occasion_that_names_who_acts_needs_no_question(said: str) -> None:
    text = f"Drivers have a name. Trucks have a plate. {said}"

    assert shape(propose(talk(text)))["Inspection"] == "date:date truck_id:int->Truck driver_id:int->Driver"
    assert not [key for key in asked_until_done(talk(text)) if key.startswith("doer:")]


VAGUE = "we can't go on like this with our bike rides, no overview, distance, duration"


def test_asked_again_it_says_what_would_help_with_peoples_own_words() -> None:
    again = interview(talk(VAGUE, answers={"things": "you decide"})).questions[0]

    assert asked(talk(VAGUE)) == ["things"]
    assert again.id == "things:2"
    assert again.text.startswith("I can't decide this for you: I don't know which things to keep.")
    assert again.text.endswith("with your words: Bike ride: distance, duration")
    assert again.options == ("Bike ride: distance, duration",)
    taken = talk(VAGUE, answers={"things": "", "things:2": again.options[0]})
    assert shape(propose(taken)) == {"BikeRide": "distance:float duration:int"}


def test_without_any_noun_the_example_is_a_plain_one() -> None:
    again = interview(talk("hello", answers={"things": ""})).questions[0]

    assert again.text.endswith("for example: Book: title, isbn, price money, status available/lent")
    assert again.options == ()


def test_amounts_without_a_currency_are_said_to_have_none() -> None:
    bare, named = propose(talk("Boxes have a price")), propose(talk("Boxes have a price in euros"))

    assert "Amounts are kept without a currency" in bare.assumptions
    assert "Amounts are kept without a currency" not in named.assumptions
    assert "Box: the currency (euros) is not stored, only the amount" in named.assumptions


@pytest.mark.parametrize("gap", ["\n", "\r", " ", "\n ", "\u2003", "\x0b"])
def test_a_long_gap_costs_nothing(gap: str) -> None:
    sentences_of("Patterns are compiled at their first use.")
    before = time.perf_counter()
    assert " ".join(" ".join(sentences_of(f"Tools{gap * 1000}have a price.")).split()) == "Tools have a price"
    assert time.perf_counter() - before < 1
