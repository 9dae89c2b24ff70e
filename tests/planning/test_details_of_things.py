"""Details of one thing in everyday words: "courses, each with a level", "ten to thirty stops", "takes 45 minutes"."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.chat_text import cleaned
from bot.planning.built_in.words.numerals import figure
from tests.planning.talking import enums, propose, quoted, rules_of, shape, talk


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        (
            "Dancers sign up for courses, each with a style and at most 16 places, and pay a fee per course.",
            (
                "Dancers sign up for courses. Each course has a style and a number of places (at most 16). "
                "Each course has a fee."
            ),
        ),
        (
            "Pupils take classes, with a subject and a room, and pay a fee per class.",
            "Pupils take classes. Each class has a subject and a room. Each class has a fee.",
        ),
        (
            "People book workshops, each with a theme and a date, and bring their own apron.",
            "People book workshops. Each workshop has a theme and a date. People bring their own apron.",
        ),
        (
            "Teams register, each with a captain and up to six players.",
            "Each team has a captain and a number of players (at most 6).",
        ),
        (
            "Courses have a style and at least 5 participants.",
            "Courses have a style and a number of participants (at least 5).",
        ),
        ("A tour has a guide and room for 15 people.", "A tour has a guide and a number of places (default 15)."),
        (
            "A quiz has a title and three to five rounds, with a topic each.",
            "A quiz has a title and several rounds with a topic. A quiz must have three to five rounds.",
        ),
        (
            "A house has an address and up to twelve flats with a rent.",
            "A house has an address and several flats with a rent. There may be up to twelve flats per house.",
        ),
        (
            "A dog has a level that starts at 1 and between 20 and 40 walks with a date.",
            "A dog has a level (default 1) and several walks with a date. A dog must have 20 to 40 walks.",
        ),
        (
            "For every marathon we keep the runners, each with a bib number and a club.",
            "Each marathon has several runners with a bib number and a club.",
        ),
        ("A performance has a play, a hall and 120 seats.",
         "A performance has a play, a hall and a number of seats (default 120)."),
        ("Visitors book evenings, each with a date and room for 20 people, and pay an entry fee per evening.",
         ("Visitors book evenings. Each evening has a date and a number of places (default 20). "
         "Each evening has an entry fee.")),
        ("Our theatre sells about nine hundred tickets a week.", "We keep tickets."),
        ("Our scouts go on about five camps a year.", "Our scouts go on camps."),
        (
            "A boat has a name and a crew of two to four sailors with a licence.",
            "A boat has a name and several sailors with a licence.",
        ),
        (
            "For each concert we have a programme of pieces with composer and length.",
            "Each concert has several pieces with composer and length.",
        ),
        (
            "Each festival has a name and a line-up of bands with a genre.",
            "Each festival has a name and several bands with a genre.",
        ),
        ("Our orchestra plays about ten concerts a season.", "Our orchestra plays concerts."),
        ("We print 300 posters a week.", "We print posters."),
        (
            "A stop has an address and a time window.",
            "A stop has an address and a start time and an end time.",
        ),
    ],
)  # fmt: skip
def test_details_are_said_of_what_has_them(said: str, plain: str) -> None:
    assert cleaned(said) == plain


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Each member has a rating that starts at 1200.", "Each member has a rating (default 1200)."),
        ("A player has a name and a score starting at zero.", "A player has a name and a score (default 0)."),
        ("An account has a balance that is 0 at first.", "An account has a balance (default 0)."),
        ("Every player starts with 1500 points.", "Every player has a number of points (default 1500)."),
        ("New members start with a rating of 1000.", "Each member has a rating (default 1000)."),
        ("Each guest gets a number of credits starting at 20.", "Each guest has a number of credits (default 20)."),
        ("Each massage takes about fifty minutes.", "Each massage has a duration in minutes (default 50)."),
        ("Each meeting lasts half an hour.", "Each meeting has a duration in minutes (default 30)."),
        ("Each session lasts an hour and a half.", "Each session has a duration in minutes (default 90)."),
        (
            "A tour has a guide, lasts two days and costs €120.",
            "A tour has a guide, has a duration in days (default 2) and has a price (default 120).",
        ),
        ("A ticket has a seat and costs 12.50 euros.", "A ticket has a seat and has a price (default 12.50)."),
        (
            "A booking has a date. A booking costs 80 euros for members and 150 for everybody else.",
            ("A booking has a date. A booking has a price. "
            "The price of a booking must be 80 euros for members and 150 for everybody else."),
        ),
        (
            "Each treatment lasts twenty or forty minutes.",
            "Each treatment has a duration in minutes. The duration of a treatment must be twenty or forty minutes.",
        ),
        (
            "A bag has a name. A bag comes in 250, 500 or 1000 grams.",
            "A bag has a name. A bag has a weight in grams. The weight of a bag must be 250, 500 or 1000 grams.",
        ),
        (
            "A box comes in small, medium or large, and each week we decide what goes in.",
            "A box has a size (small, medium or large). Each week we decide what goes in.",
        ),
        ("Shirts come in red, blue and green and cost 20 euros.",
         "Shirts have a colour (red, blue or green) and have a price (default 20)."),
        ("A wine comes in red, white and rosé.", "A wine has a colour (red, white or rosé)."),
        ("Boats come in three classes: dinghy, cruiser or barge.", "A boat has a class (dinghy, cruiser or barge)."),
        ("A mattress has a price. A mattress comes in soft, medium or firm.",
         "A mattress has a price. A mattress has a variant (soft, medium or firm)."),
        ("A painting has a title and hangs in one of our twelve rooms.", "A painting has a title and is in a room."),
        ("An exam has a date and takes place in one of three halls.", "An exam has a date and takes place in a hall."),
        ("An exhibition opens in one of four galleries.", "An exhibition takes place in a gallery."),
        ("A race has a date and takes place on one of three slopes.", "A race has a date and takes place in a slope."),
        ("A cheese has a weight, ripens in one of two cellars and lasts six to twelve months.",
         "A cheese has a weight, is in a cellar and has a duration in months between 6 and 12."),
        ("Tickets cost 18 euros, and a ticket comes in adult, child or reduced.",
         "Tickets have a price (default 18). A ticket has a variant (adult, child or reduced)."),
    ],
)  # fmt: skip
def test_values_are_said_as_facts(said: str, plain: str) -> None:
    assert cleaned(said) == plain


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        (
            "For each brew we note how many litres came out and the gravity readings in between.",
            (
                "For each brew we note how many litres. Each gravity reading belongs to a brew. "
                "A gravity reading has a date and a value (float)."
            ),
        ),
        (
            "We note for each dive the place, the depth readings along the way and how many divers took part.",
            (
                "We note for each dive the place and how many divers. Each depth reading belongs to a dive. "
                "A depth reading has a date and a value (float)."
            ),
        ),
        ("A roast has a date and the temperature at the end.", "A roast has a date and the temperature."),
        (
            "For each run we note the weight at the start, the weight at the end and the distance so far.",
            "For each run we note the start weight, the end weight and the distance.",
        ),
        (
            "A boiler has a temperature at the start and at the end.",
            "A boiler has the start temperature and the end temperature.",
        ),
    ],
)
def test_a_fact_is_called_by_its_noun(said: str, plain: str) -> None:
    assert cleaned(said) == plain


@pytest.mark.parametrize(
    "said",
    [
        "A skipper has at most four unpaid bills.",
        "Shifts have a date and at most three members. A member has a name.",
        "A parcel has a name and up to 30 kg.",
        "A shift that starts at 8 needs two people.",
        "A course has a name and a lesson that starts at 9.",
        "If a repair takes two weeks we call the customer.",
        "A nurse takes two weeks.",
        "A car is in one of four states: new, used, damaged or sold.",
        "For each hive we note how many frames came out and how many frames went in.",
        "Each employee has 30 days a year.",
        "A match has eight boards with a number.",
        "A price has a value with 2 places.",
        "If a book is late, a reminder costs 2 euros.",
        "Members have a name. Members pay a fee per year. We meet once a year.",
        "Our hall holds 200 guests.",
        "A tournament that starts with 64 teams has a date.",
        "An invoice number starting at 1000 is printed.",
        "We clean the hall and the kitchen afterwards.",
        "A kennel with 14 runs and a yard.",
        "A late return costs 5 euros. Books have a title.",
        "A time window has a start. A stop has a time window.",
    ],
)
def test_what_means_something_else_stays_as_it_is(said: str) -> None:
    assert cleaned(said) == said


@pytest.mark.parametrize(
    ("said", "things", "open_words"),
    [
        (
            "Each tour has a van and ten to thirty stops with an address and a time window.",
            {
                "Tour": "van:str",
                "Stop": "address:str start_time:datetime end_time:datetime tour_id:int->Tour",
            },
            ["A tour must have ten to thirty stops"],
        ),
        (
            "Each member has a name and a rating that starts at 1200.",
            {"Member": "name:str rating:int"},
            [],
        ),
        (
            "A hero has a name, a strength of 50 at the start and a nickname.",
            {"Hero": "name:str strength:int nickname:str"},
            [],
        ),
        (
            (
                "An owner may have several dogs, a lesson is for one dog, takes 45 minutes and takes place in one of "
                "two fields. A dog has a breed."
            ),
            {
                "Owner": "name:str",
                "Dog": "breed:str owner_id:int->Owner",
                "Lesson": "duration_minutes:int dog_id:int->Dog field_id:int->Field",
                "Field": "name:str",
            },
            [],
        ),
        (
            "A piano has a maker. For each visit I note when I came and the humidity readings in between.",
            {
                "Piano": "maker:str",
                "Visit": "came_on:date piano_id:int->Piano",
                "HumidityReading": "date:date value:float visit_id:int->Visit",
            },
            [],
        ),
    ],
)
def test_ideas_with_details_are_read(said: str, things: dict[str, str], open_words: list[str]) -> None:
    proposal = propose(talk(said))
    assert shape(proposal) == things
    assert quoted(proposal) == open_words


def test_limits_and_first_values_are_kept() -> None:
    proposal = propose(
        talk("A course has a level and at most 16 places. A lesson has a day, takes 45 minutes and costs 30 euros.")
    )
    fields = {f"{entity.name}.{field.name}": field for entity in proposal.specs.entities for field in entity.fields}
    assert fields["Course.number_of_places"].maximum == "16"
    assert fields["Lesson.duration_minutes"].default == "45"
    assert fields["Lesson.price"].default == "30"


def test_at_most_so_many_parts_are_a_rule() -> None:
    proposal = propose(talk("A house has an address and up to twelve flats with a rent."))
    assert shape(proposal) == {"House": "address:str", "Flat": "rent:Decimal house_id:int->House"}
    assert rules_of(proposal) == ["at most 12 Flat per house"]
    assert quoted(proposal) == []


def test_what_a_thing_comes_in_are_its_values() -> None:
    proposal = propose(talk("A plot has a number, a size and a rent. A wine comes in red, white and rosé."))
    assert enums(proposal) == {"WineColour": ("red", "white", "rose")}


@pytest.mark.parametrize(
    ("words", "number"),
    [("forty", 40), ("twenty-five", 25), ("two hundred", 200), ("a dozen", 12), ("1,200", 1200), ("zero", 0)],
)
def test_numbers_in_words(words: str, number: int) -> None:
    assert figure(words) == number
