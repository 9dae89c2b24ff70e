"""Values that people tell of a field in a sentence of its own, and steps of a status that they tell as a story."""

from __future__ import annotations

import pytest

from bot.documents.entities.rule_lines import write_rule
from tests.planning.talking import asked_until_done, enums, propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("said", "field", "values"),
    [
        ("The severity of an item is minor, serious or dangerous.", "severity", ("minor", "serious", "dangerous")),
        ("The mood of an item can be calm, nervous or aggressive.", "mood", ("calm", "nervous", "aggressive")),
        ("The language of each item is English or German.", "language", ("english", "german")),
        ("An item's sex is male, female or unknown.", "sex", ("male", "female", "unknown")),
        ("An item's kind: lab, office or hall.", "kind", ("lab", "office", "hall")),
        ("The state of an item: open, running, finished.", "state", ("open", "running", "finished")),
        ("Its condition can be new, used or broken.", "condition", ("new", "used", "broken")),
        ("Severity: minor, serious, dangerous.", "severity", ("minor", "serious", "dangerous")),
        ("The possible colours are red, green and blue.", "colour", ("red", "green", "blue")),
        ("There are three states: free, rented and broken.", "state", ("free", "rented", "broken")),
        ("An item has one of three states: free, rented or broken.", "state", ("free", "rented", "broken")),
        ("Every item is in one of these states: free, rented, broken.", "state", ("free", "rented", "broken")),
        ("We mark an item as free, rented or broken.", "status", ("free", "rented", "broken")),
        ("Item comes in two colours: red or white.", "colour", ("red", "white")),
        ("How bad an item is can be minor or serious.", "severity", ("minor", "serious")),
        ("Every item is a bug, a feature or a chore.", "kind", ("bug", "feature", "chore")),
    ],
)
def test_a_sentence_tells_the_values_of_a_field(said: str, field: str, values: tuple[str, ...]) -> None:
    text = f"Items have a code. {said}"
    proposal = propose(talk(text))

    assert shape(proposal) == {"Item": f"code:str {field}:Item{field.capitalize()}"}
    assert list(enums(proposal).values()) == [values]
    assert proposal.unread == ()
    assert set(asked_until_done(talk(text))) <= {"use", "unique"}


def test_values_may_be_told_before_and_in_the_middle_of_a_description() -> None:
    before = propose(talk("The severity of a fault is minor or serious. A fault has a description."))
    beside = propose(talk("A fault has a description, and its severity is minor or serious."))

    assert shape(before) == {"Fault": "severity:FaultSeverity description:str"}
    assert shape(beside) == {"Fault": "description:str severity:FaultSeverity"}


@pytest.mark.parametrize(
    ("measure", "field"),
    [
        ("how bad it is: minor, serious or dangerous", "severity"),
        ("how bad it is, minor or serious", "severity"),
        ("how urgent it is (low, medium or high)", "urgency"),
        ("how hard the item is: easy, moderate or hard", "difficulty"),
        ("how big they are: small, medium or large", "size"),
    ],
)
def test_a_measure_in_words_has_a_name(measure: str, field: str) -> None:
    proposal = propose(talk(f"items with a code, {measure} and a note"))

    assert shape(proposal) == {"Item": f"code:str {field}:Item{field.capitalize()} note:str"}
    assert proposal.unread == ()


@pytest.mark.parametrize(
    "said",
    [
        "The owner of a dog is a member or a guest.",
        "The deadline of a dog is today or tomorrow.",
        "The title of a dog is required or optional.",
        "A dog's owner is Anna or Ben.",
    ],
)
def test_what_may_be_anything_is_no_list_of_values_and_no_thing(said: str) -> None:
    proposal = propose(talk(f"Dogs have a name. {said}"))

    assert shape(proposal) == {"Dog": "name:str"}
    assert quoted(proposal) == [said.rstrip(".")]


def test_things_are_no_values() -> None:
    proposal = propose(talk("Visits have a date. Dogs have a name. Cats have a name. A visit is for a dog or a cat."))

    assert enums(proposal) == {}
    assert "A visit is for a dog or a cat" in quoted(proposal)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("An item starts as a draft and ends up paid.", "draft -> paid"),
        ("An item starts as draft, then is sent and ends up paid.", "draft -> sent, sent -> paid"),
        ("An item is new, then packed by the warehouse, then shipped.", "new -> packed, packed -> shipped"),
        (
            "An item is new, then assigned to a technician by the office, then closed.",
            "new -> assigned, assigned -> closed",
        ),
        (
            "An item begins as requested, becomes approved by the librarian, and finally is returned.",
            "requested -> approved, approved -> returned",
        ),
        ("An item starts out as open, is taken by a helper and ends as done.", "open -> taken, taken -> done"),
        (
            "An item first waits, later it is reserved and in the end adopted.",
            "waiting -> reserved, reserved -> adopted",
        ),
        (
            "Items are registered, then tested in the lab, then released by the head of the lab.",
            "registered -> tested, tested -> released",
        ),
        (
            "An item is received first, then invited to an interview, then hired or turned down.",
            "received -> invited, invited -> hired | turned_down",
        ),
        (
            "Once an item is granted it is printed, and once printed it is handed out.",
            "granted -> printed, printed -> handed_out",
        ),
        (
            "An item is requested until we confirm it, then confirmed, and later finished.",
            "requested -> confirmed, confirmed -> finished",
        ),
        (
            "An item starts life as a sketch, gets discussed, and is then built or dropped.",
            "sketch -> discussed, discussed -> built | dropped",
        ),
        (
            "An item is written, then edited by an editor, then proofread and finally published.",
            "written -> edited, edited -> proofread, proofread -> published",
        ),
        ("Items are first to do, then doing, then done.", "todo -> doing, doing -> done"),
        ("An item begins in the barrel, is then bottled and later sold.", "in_barrel -> bottled, bottled -> sold"),
        (
            "An item starts as new, the office checks it, and then it is accepted or rejected.",
            "new -> checked, checked -> accepted | rejected",
        ),
        (
            "Items start out open, somebody picks them up, and then they're done.",
            "open -> picked_up, picked_up -> done",
        ),
        (
            "Items come in, get checked by a vet, wait for a home and are finally adopted.",
            "arrived -> checked, checked -> waiting, waiting -> adopted",
        ),
        ("An item is planned, then played, or it is cancelled.", "planned -> played | cancelled"),
        (
            "It is noted first, later baked and at the end picked up by the customer.",
            "noted -> baked, baked -> picked_up",
        ),
        (
            "An item is first an idea, then it gets planned, and once the bus is booked it's fixed.",
            "idea -> planned, planned -> fixed",
        ),
        ("An item is noted, reported to the landlord, and repaired.", "noted -> reported, reported -> repaired"),
    ],
)
def test_steps_are_told_as_a_story(said: str, rule: str) -> None:
    proposal = propose(talk(f"Items have a code. {said}"))
    (item,) = proposal.specs.entities

    assert [write_rule(one) for one in item.rules] == [f"transition status: {rule}"]
    assert item.name == "Item"
    assert quoted(proposal) == []


def test_whom_a_step_names_is_an_optional_link_where_it_is_a_thing() -> None:
    proposal = propose(
        talk("Tasks have a title. A task is new, then assigned to a crew by the office, then done. Crews have a name.")
    )

    assert shape(proposal)["Task"] == "title:str status:TaskStatus crew_id:int?->Crew"
    assert any("“assigned by the office”" in one and "isn't kept" in one for one in proposal.assumptions)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        (
            "At first an item is new. When we climb it's begun, later it's completed, and the head then signs it off.",
            "new -> begun, begun -> completed, completed -> signed_off",
        ),
        (
            "At first an item is new. Then the office checks it, after that it's accepted or rejected.",
            "new -> checked, checked -> accepted | rejected",
        ),
        (
            "Initially an item is new; the technician then takes it; and in the end it's closed.",
            "new -> taken, taken -> closed",
        ),
    ],
)
def test_a_story_goes_on_over_several_sentences(said: str, rule: str) -> None:
    proposal = propose(talk(f"Items have a code. {said}"))
    (item,) = proposal.specs.entities

    assert [write_rule(one) for one in item.rules] == [f"transition status: {rule}"]
    assert quoted(proposal) == []


def test_a_start_makes_no_thing() -> None:
    proposal = propose(talk("Kilns have a name. At first a visitor is registered."))

    assert shape(proposal) == {"Kiln": "name:str"}
    assert quoted(proposal) == ["At first a visitor is registered"]


def test_an_order_of_two_steps_of_what_is_spoken_of_is_read() -> None:
    proposal = propose(talk("Orders have a number. An order is new, then packed. Once it is packed it is shipped."))

    (order,) = proposal.specs.entities
    assert [write_rule(one) for one in order.rules] == ["transition status: new -> packed, packed -> shipped"]


def test_steps_are_of_a_status_and_no_values_of_a_severity() -> None:
    proposal = propose(
        talk("Songs have a title. How difficult a song is can be easy or hard. A song is new, then old.")
    )

    assert shape(proposal) == {"Song": "title:str difficulty:SongDifficulty status:SongStatus"}
    assert enums(proposal) == {"SongDifficulty": ("easy", "hard"), "SongStatus": ("new", "old")}


def test_those_in_one_state_and_what_they_become_are_one_step() -> None:
    proposal = propose(
        talk("Trips have a date and a status (approved, done, cancelled). Approved ones are done at last or cancelled.")
    )

    (trip,) = proposal.specs.entities
    assert [write_rule(one) for one in trip.rules] == ["transition status: approved -> done | cancelled"]


def test_a_start_that_nothing_follows_is_quoted() -> None:
    proposal = propose(talk("Claims have a number.", "A claim comes in as new."))

    assert quoted(proposal) == ["A claim comes in as new"]


def test_the_first_and_the_last_day_are_two_days() -> None:
    assert shape(propose(talk("courses with the first and the last day"))) == {"Course": "first_day:date last_day:date"}
