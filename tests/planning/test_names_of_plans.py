"""What a plan is called: by the thing that first words speak of, or as people say in the thread."""

from __future__ import annotations

import pytest

from bot.planning.built_in.phrases.naming import read_field_name, read_name
from bot.workflow.names import base_of, first_title, title_told
from tests.planning.talking import interview, propose, shape, talk

BOATS = "Boats have a name. Skippers have a phone. A skipper belongs to a boat."


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("call it harbour", "Harbour"), ("Call it “Harbour office”, please", "Harbour office"),
        ("call the repository tool_shed", "Tool_shed"),
        ("please call the plan boat trips", "Boat trips"), ("name the repository harbour-office", "Harbour-office"),
        ("rename the service to Harbour", "Harbour"), ("It should be called Sail away.", "Sail away"),
        ("the name is Boat trips", "Boat trips"), ("Let's call it sailing instead", "Sailing"),
        ("rename it to Tool shed", "Tool shed"), ("The title of the plan should be Bakery", "Bakery"),
    ],
)  # fmt: skip
def test_people_say_what_a_plan_is_called(said: str, name: str) -> None:
    assert read_name(said) == name


@pytest.mark.parametrize(
    "said",
    ["call me later", "rename bases to customers", "the name is unique", "the name is optional", "call them clients",
     "it is called machine", "It's named Machine.", "we call it a machine", "call it a machine",
     "No, this is called Berth",
     "a boat is called by its name", "name the price", "call it off", "it is called when somebody phones", "",
     "the title is text"],
)  # fmt: skip
def test_other_sentences_name_no_plan(said: str) -> None:
    assert read_name(said) == ""


@pytest.mark.parametrize(
    "said", ["Call it trip_end", "call it “trip_end”, please", "Rename end of Trip to trip_end, for example."]
)
def test_a_name_for_a_field_names_no_plan(said: str) -> None:
    words = "Trips have a title, a start and an end."

    proposal = propose(talk(words, changes=(said,)))

    assert read_name(said) == ""
    assert shape(proposal) == {"Trip": "title:str start:datetime trip_end:datetime"}
    assert proposal.title == propose(talk(words)).title
    assert proposal.unread == ()


@pytest.mark.parametrize("said", ["call it sail_number", "Call it guest_name instead"])
def test_a_name_for_a_field_that_is_not_told_is_asked_back(said: str) -> None:
    proposal = propose(talk(BOATS, changes=(said,)))

    assert read_field_name(said)
    assert shape(proposal) == shape(propose(talk(BOATS)))
    assert proposal.title == propose(talk(BOATS)).title
    assert len(proposal.unread) == 1
    assert said in proposal.unread[0]
    assert "“rename name of boat to " in proposal.unread[0]


@pytest.mark.parametrize("said", ["call it harbour", "rename the repository to harbour"])
def test_a_name_is_no_thing_and_no_wish(said: str) -> None:
    told, changed = propose(talk(BOATS, said)), propose(talk(BOATS, changes=(said,)))

    assert told.title == changed.title == interview(talk(BOATS, said)).title == "Harbour"
    assert shape(told) == shape(changed) == shape(propose(talk(BOATS)))
    assert told.unread == changed.unread == ()
    assert f"“{said}” (Jon)" in changed.decisions


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("We run a small sailing club and hire out boats with skippers. A boat has a name.", "Sailing club"),
        ("We run a small boat hire; trips have a date", "Boat hire"),
        ("Our club organises boat trips for guests.", "Boat trips"),
        ("We're a small team that lends tools to neighbours", "Tools"),
        ("I own a bakery and people order cakes", "Bakery"),
        ("We run a small bike rental and customers book bikes", "Bike rental"),
        ("My wife and I run a small guest house: rooms with a number", "Guest house"),
        ("Our school plans excursions for classes", "Excursions"),
        ("I have a workshop and we repair clocks", "Workshop"),
        ("We run an allotment association and members rent plots", "Allotment association"),
        ("An app where neighbours lend each other tools.", "Tools"),
        ("Students borrow cameras from the media lab", "Cameras"),
        ("A potter books a firing in a kiln, and firings take a day", "Firings"),
        ("Rehearsals are always for one concert", "Rehearsals"),
        ("We lend sheet music.", "Sheet music"),
        ("Our band and its equipment", "Band and equipment"),
        ("My bees and their hives", "Bees and hives"),
    ],
)
def test_first_words_give_the_thing_as_the_title(said: str, title: str) -> None:
    assert first_title(said) == title


@pytest.mark.parametrize(
    "said",
    [
        "plan this",
        "Plan this!",
        "please plan it",
        "can you plan this thread?",
        "turn this into a plan",
        "make a plan",
        "go",
    ],
)
def test_words_that_only_ask_for_a_plan_are_no_name(said: str) -> None:
    assert first_title(said) == "New plan"
    assert first_title(said, BOATS) == first_title(BOATS)
    told = propose(talk(said, BOATS))
    assert (told.title, shape(told), told.unread) == (
        propose(talk(BOATS)).title,
        shape(propose(talk(BOATS))),
        propose(talk(BOATS)).unread,
    )


@pytest.mark.parametrize("said", ["plan this: ", "Please build it - ", "Can you make a plan for this: "])
def test_a_command_before_the_wish_is_no_part_of_it(said: str) -> None:
    assert first_title(said + BOATS) == first_title(BOATS)
    assert shape(propose(talk(said + BOATS))) == shape(propose(talk(BOATS)))


@pytest.mark.parametrize(
    "said",
    [
        "a plan library",
        "Build a library for us",
        "Start times and places",
        "We plan trips: a trip has a date",
        "Go karts",
    ],
)
def test_a_wish_that_begins_like_a_command_is_none(said: str) -> None:
    assert first_title(said) != "New plan"


@pytest.mark.parametrize(
    "said", ["Call it Harbour desk.", "The service should be called Harbour desk.", "Name the app Harbour desk."]
)
def test_the_first_wish_may_say_the_name(said: str) -> None:
    told = propose(talk(f"{BOATS.rstrip('.')}. {said}"))
    assert told.title == "Harbour desk"
    assert (shape(told), told.unread) == (shape(propose(talk(BOATS))), ())


@pytest.mark.parametrize("said", ["Call it name.", "Its name is short."])
def test_what_a_wish_says_of_a_field_names_no_plan(said: str) -> None:
    assert propose(talk(f"{BOATS.rstrip('.')}. {said}")).title == propose(talk(BOATS)).title


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Each report belongs to an inspector. Each report has a date.", "Reports and inspectors"),
        ("Every report must belong to something", "Reports"),
        ("Every member pays a fee.", "Members and fees"),
        ("its sheet music", "Sheet music"),
        ("No member may do that", "Members"),
        ("Each of our", "New plan"),
    ],
)
async def test_words_that_begin_a_sentence_are_no_part_of_a_name(said: str, title: str) -> None:
    assert await title_told(said) == title


@pytest.mark.parametrize(
    ("said", "title", "handle"),
    [
        (
            "We are a small bicycle repair co-op and members borrow tools.",
            "Bicycle repair co-op",
            "bicycle-repair-co-op",
        ),
        ("We're a group of beekeepers. A hive has a number.", "Beekeepers", "beekeepers"),
        ("We are two sisters who rent out wedding dresses.", "Wedding dresses", "wedding-dresses"),
        ("I am a piano tuner and customers book visits.", "Piano tuner", "piano-tuner"),
        (
            "Hi! We are a very small bicycle repair and recycling co-operative and volunteers mend bikes.",
            "Bicycle repair and recycling co-operative",
            "bicycle-repair-and-recycling",
        ),
        (
            "we run a non-profit after-school tutoring programme; tutors teach pupils",
            "Non-profit after-school tutoring programme",
            "after-school-tutoring-programme",
        ),
    ],
)
async def test_a_name_is_of_whole_words_that_make_sense(said: str, title: str, handle: str) -> None:
    found = await title_told(said)
    assert (found, base_of(found)) == (title, handle)


def test_who_says_what_they_are_is_called_so() -> None:
    assert propose(talk("We are a family bakery and people order cakes. A cake has a size.")).title == "Family bakery"
    assert propose(talk("People order cakes. A cake has a size.")).title == "People and cakes"


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("We're a group of beekeepers. Each beekeeper has a name. A hive has a number.", "Beekeepers"),
        ("We are a bunch of friends who fly balloons. A balloon has a colour.", "Balloons"),
        ("A bunch of us keep bees. A hive has a number.", "Hives"),
        ("We are a bunch with boats. A boat has a name.", "Boats"),
        ("our group: hikes have a date and a guide", "Hikes"),
        ("A group has a name. A member has a name and belongs to a group.", "Groups and members"),
    ],
)
def test_that_those_who_speak_are_several_names_no_plan(said: str, title: str) -> None:
    assert propose(talk(said)).title == title


def test_a_plan_is_called_group_where_people_say_so() -> None:
    assert propose(talk(BOATS, changes=("call it Group",))).title == "Group"
