"""What is said again in other words, and understood, takes the place of what stayed unread or was left out."""

from __future__ import annotations

import pytest

from bot.documents.entities.declared_rules import NoOverlap
from bot.planning.built_in.questions.rewordings import keeps_counts
from bot.planning.conversation import Answer, Conversation, Message, Proposal, Question
from tests.planning.talking import asked, propose, quoted, shape, talk

ROOMS = "rooms with a number; bookings with a room, a start and an end"
COURTS = "courts with a name; slots with a court, a start and an end"
CARS = "cars with a plate; rentals with a car, a start and an end"
LOANS = "books with a title; members with a name; a loan has a book, a member, a lent date and a due date"


def rules_of(proposal: Proposal) -> int:
    """Return how many rules were declared."""
    return sum(len(entity.rules) for entity in proposal.specs.entities)


@pytest.mark.parametrize(
    ("idea", "older", "newer"),
    [
        (ROOMS, "two bookings must not collide in the same room", "bookings of the same room must not overlap"),
        (ROOMS, "nobody may double-book a room", "a room can't be booked twice at the same time"),
        (COURTS, "two slots must not collide on the same court", "slots of the same court must not overlap"),
        (CARS, "two rentals must not collide on the same car", "rentals of the same car must not overlap"),
    ],
)
def test_a_rule_said_again_and_understood_takes_the_place_of_the_older_words(idea: str, older: str, newer: str) -> None:
    assert older in quoted(propose(talk(idea, older))), "alone it is not understood"

    for conversation in (talk(idea, older, newer), talk(idea, older, changes=(newer,))):
        proposal = propose(by_mara(conversation))
        assert rules_of(proposal) == 1
        assert quoted(proposal) == []
        assert f"“{newer}” takes the place of “{older}” (Mara)" in proposal.decisions
        assert "unread" not in asked(by_mara(conversation)), "nobody is asked for other words that were said already"


HALF = "we phone the customer when the clock is repaired"


def test_only_the_half_that_an_answer_says_again_goes() -> None:
    clocks = "clocks with a maker; customers with a name; a repair has a clock, a customer and a status"
    whole = f"Nobody gets a clock back that isn't paid, and {HALF}"
    proposal = propose(talk(clocks, whole, answers={"unread": "A clock can't be collected before it is paid."}))
    assert quoted(proposal) == ["A clock can't be collected before it is paid", HALF]


RUNNING = "bikes with a name; members with a name; a loan has a bike, a member, a due date and a returned date"
BUILT = "is built now as a rule: A member has at most 2 open loans at a time: those without a returned date"


@pytest.mark.parametrize("author", ["Mara", "Jon"])
def test_an_open_task_that_a_rule_keeps_by_now_is_built(author: str) -> None:
    older = "Never may anybody have more than 2 loans open"
    plan = talk(RUNNING, older, changes=("A member has at most 2 open loans",))
    changes = tuple(one.model_copy(update={"author": author}) for one in plan.changes)
    proposal = propose(plan.model_copy(update={"changes": changes}))
    assert quoted(proposal) == []
    assert f"“{older}” {BUILT}" in proposal.decisions


@pytest.mark.parametrize(
    "older",
    [
        "Nobody may have more than 2 loans open at once unless they are on the board",
        "No member may extend more than 2 loans at once",
        "Whoever has more than 2 loans open can't borrow",
    ],
)
def test_what_says_more_than_the_new_rule_stays(older: str) -> None:
    plan = by_mara(talk(RUNNING, older, changes=("A member has at most 2 open loans",)))
    assert older in quoted(propose(plan))


def test_two_at_once_are_built_in_whatever_words_but_not_for_a_day() -> None:
    kayaks = "kayaks with a name; a rental has a kayak, a start and an end"
    older = "No two parties may ever be promised the same kayak for one moment"
    for_a_day = "No two groups may get the same kayak on the same day"
    rule = "Rentals of the same kayak must not overlap"
    assert quoted(propose(talk(kayaks, older, for_a_day, changes=(rule,)))) == [for_a_day]


def by_mara(conversation: Conversation) -> Conversation:
    """Return a conversation in which Mara says everything."""
    changes = tuple(one.model_copy(update={"author": "Mara"}) for one in conversation.changes)
    return conversation.model_copy(update={"changes": changes})


def test_other_rules_and_other_people_replace_nothing() -> None:
    older, newer = "two bookings must not collide in the same room", "bookings of the same room must not overlap"
    plain = propose(talk(ROOMS, older, "rooms of a house have a number, bookings the same"))
    assert older in quoted(plain)
    jons = talk(ROOMS, older, newer)
    first, second, third = jons.messages
    proposal = propose(
        jons.model_copy(update={"messages": (first, second, third.model_copy(update={"author": "Jon"}))})
    )
    assert older in quoted(proposal), "what somebody else meant is not taken back"


def test_rules_of_one_message_stand_beside_each_other() -> None:
    older, newer = "two bookings must not collide in the same room", "bookings of the same room must not overlap"
    assert older in quoted(propose(talk(f"{ROOMS}. {older}. {newer}.")))


@pytest.mark.parametrize(
    ("idea", "older", "newer"),
    [
        (LOANS, "no member may hold more than five loans a week", "a member can have at most 5 loans per week"),
        (LOANS, "a member must never have more than 5 loans a month", "members have at most five loans in one month"),
        (
            ROOMS,
            "a room must never have more than 3 bookings a season",
            "rooms have at most three bookings in one season",
        ),
    ],
)
def test_of_two_open_tasks_that_sound_alike_the_review_offers_to_drop_the_older_one(
    idea: str, older: str, newer: str
) -> None:
    for conversation in (talk(idea, older, newer), talk(idea, older, changes=(newer,))):
        proposal = propose(conversation)
        if len(proposal.custom) < 2:
            continue
        [offer] = [one for one in proposal.assumptions if "sound alike" in one]
        words = offer.partition("say: ")[2]
        assert words == f"drop the rule “{older}”"

        changes = (*conversation.changes, Message(author="Mara", text=words, timestamp="4"))
        after = propose(conversation.model_copy(update={"changes": changes}))
        assert not any(older in piece for piece in quoted(after))
        assert any(newer in piece for piece in quoted(after))
        assert not any("sound alike" in one for one in after.assumptions)
        return
    pytest.fail("neither conversation leaves both open")


def test_a_field_that_was_left_out_and_is_said_again_is_out_of_scope_no_more() -> None:
    idea, left = "rooms with a number; bookings with a date; add a notes field", {"home:notes": "Leave it out"}
    assert propose(talk(idea, answers=left)).unread == ("add a notes field",)

    proposal = propose(talk(idea, answers=left, changes=("add notes to bookings",)))
    assert "notes:str" in shape(proposal)["Booking"]
    assert proposal.unread == ()


@pytest.mark.parametrize("noun", ["shelf", "kennel", "album"])
def test_a_thing_that_was_denied_and_is_said_again_is_there_again(noun: str) -> None:
    things = {"shelf": "shelves"}.get(noun, f"{noun}s")
    idea, denied = f"books with a title; {things}", {f"fields:{noun}": "There is no such thing"}
    assert propose(talk(idea, answers=denied)).unread == (things,)

    proposal = propose(talk(idea, answers=denied, changes=(f"add {things} with a number",)))
    assert shape(proposal)[noun.capitalize()] == "number:str"
    assert proposal.unread == ()
    assert not any("no such thing" in one for one in proposal.decisions)

    bare = talk(idea, answers=denied, changes=(f"add {things}",))
    assert asked(bare) == [f"fields:{noun}:anew"], "the older answer was about the older words"
    question = Question(id=f"fields:{noun}:anew", text="?", reason="?")
    answer = Answer(question=question, text="a number", author="Jon", timestamp="4")
    again = propose(bare.model_copy(update={"answers": (*bare.answers, answer)}))
    assert "number:str" in shape(again)[noun.capitalize()]


def test_what_was_taken_back_in_a_message_and_is_said_again_after_it_is_there() -> None:
    assert list(shape(propose(talk("books with a title; shelves", "forget shelves")))) == ["Book"]
    assert shape(propose(talk("books with a title; shelves", "forget shelves", "shelves have a number"))) == {
        "Book": "title:str",
        "Shelf": "number:str",
    }
    assert list(shape(propose(talk("books with a title; shelves have a number", "forget shelves")))) == ["Book"]


HIVES = "Hives have a name. Inspections have a date. An inspection belongs to a hive. A dead hive can't be inspected."
COURSES = (
    "Courses have a title and seats. Students have a name. An enrolment is of a student in a course, with a status: "
    "requested, confirmed or cancelled. A course can't be deleted while it has confirmed enrolments."
)


@pytest.mark.parametrize(
    "later", ["Hives have a status, which is active, swarmed or dead", "hives that are dead have a grave"]
)
def test_a_description_takes_the_place_of_no_rule(later: str) -> None:
    rule = "A dead hive can't be inspected"
    for conversation in (
        talk(HIVES, later),
        talk(HIVES, changes=(later,)),
        talk(HIVES, answers={"unread": later}),
    ):
        proposal = propose(by_mara(conversation))
        assert rule in quoted(proposal) or any(f"“{rule}”" in one for one in proposal.decisions)
        assert not any("takes the place" in one for one in proposal.decisions)


def test_rules_of_two_kinds_about_the_same_things_do_not_sound_alike() -> None:
    older, newer = (
        COURSES.rpartition("requested, confirmed or cancelled. ")[2].strip("."),
        "A course has at most as many enrolments as seats",
    )
    proposal = propose(talk(COURSES, newer))

    assert [older, newer] == [one for one in quoted(proposal) if one in {older, newer}]
    assert not any("sound alike" in one for one in proposal.assumptions)


def test_what_is_said_after_a_question_of_people_takes_its_place_nowhere() -> None:
    asked_for = "why did you leave out the unique vintage of batches?"
    proposal = propose(talk("Batches have a name and a vintage.", asked_for, "Batches have a unique vintage."))
    assert not any("takes the place" in one for one in proposal.decisions)


BERTHS = "Berths have a length. Boats have a length and a berth."
SHELVES = "Shelves have a number."


@pytest.mark.parametrize(
    ("idea", "older", "newer"),
    [
        (BERTHS, "A boat longer than the berth must be refused", "boats longer than the berth aren't allowed"),
        (SHELVES, "Anybody who cancels less than a day ahead still pays", "Whoever cancels less than a day ahead pays"),
        (SHELVES, "Only trained members may use a saw", "Only members who are trained may use saws"),
        (
            SHELVES,
            "A dog heavier than 30 kg may only be booked by an experienced walker",
            "Only experienced walkers may book a dog of more than 30 kg",
        ),
        (SHELVES, "A van may only be driven by a trained driver", "Only trained drivers may drive a van"),
        (
            SHELVES,
            "A child may only leave with somebody on the list",
            "Children may only leave with someone on the list",
        ),
    ],
)
def test_a_rule_that_says_the_same_in_other_words_takes_the_place_of_the_older_task(
    idea: str, older: str, newer: str
) -> None:
    mine = by_mara(talk(idea, older, changes=(newer,)))
    for conversation in (talk(idea, older, newer), mine):
        proposal = propose(conversation)
        assert quoted(proposal) == [newer]
        assert f"“{newer}” takes the place of “{older}”, which says the same (Mara)" in proposal.decisions
    assert older in quoted(propose(talk(idea, older, changes=(newer,)))), "what Mara said, Jon takes back by asking"


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("Only trained members may use a saw", "Trained members must not use a saw"),
        ("A rope must be checked before it is lent", "A rope mustn't be checked before it is lent"),
        ("A kite longer than the string must be refused", "A string longer than the kite must be refused"),
        ("Changes are accepted until noon", "Changes are accepted until six"),
        ("A pilot may have at most 3 kites", "A pilot may have at most 4 kites"),
        ("A skipper must be met by a pilot", "A pilot must be met by a skipper"),
        ("A saw may only be used by a trained member", "A trained member may only use a saw"),
        ("A dog heavier than 30 kg must be led by two walkers", "A dog heavier than 20 kg must be led by two walkers"),
    ],
)
def test_rules_that_say_something_else_in_the_same_words_are_both_kept(older: str, newer: str) -> None:
    assert set(quoted(propose(talk(SHELVES, older, newer)))) == {older, newer}


@pytest.mark.parametrize(
    ("tale", "rule"),
    [
        ("We want people to come and walk the dogs", "Walks of the same dog must not overlap"),
        ("Somebody should come and hire the boats", "Hires of the same boat must not overlap"),
    ],
)
def test_a_rule_takes_the_place_of_no_tale(tale: str, rule: str) -> None:
    noun, record = ("dog", "walk") if "dog" in rule else ("boat", "hire")
    idea = f"{noun}s with a name; {record}s with a {noun}, a start and an end"
    proposal = propose(by_mara(talk(f"{tale}. {idea}", changes=(rule,))))
    assert rules_of(proposal) == 1
    assert not any("takes the place" in one for one in proposal.decisions)


@pytest.mark.parametrize(
    ("idea", "rule"),
    [
        ("dogs with a name; walks with a dog, a start and an end",
         "Nobody should be able to take a dog that is already out at that time"),
        (CARS, "No one is allowed to rent a car that is taken already at the same time"),
        (ROOMS, "nobody should be allowed to use a room that somebody else has reserved then"),
        ("dogs with a name; walks with a dog, a start and an end", "a dog can't be out on two walks at the same time"),
    ],
)  # fmt: skip
def test_nobody_takes_what_is_out_at_that_time(idea: str, rule: str) -> None:
    proposal = propose(talk(idea, rule))
    assert [type(one) for entity in proposal.specs.entities for one in entity.rules] == [NoOverlap]
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    ("piece", "sentence", "keeps"),
    [
        ("with two kilns", "a kiln also has a maker", False),
        ("with two kilns", "there are 2 kilns", True),
        ("the glaze that is on it", "pieces have a glaze", True),
        ("a shift has at most 6 places", "a shift has at most 8 places", True),
        ("three boats lie in the harbour", "boats have a harbour", False),
    ],
)
def test_a_number_is_not_said_again_by_what_has_none(piece: str, sentence: str, keeps: bool) -> None:
    assert keeps_counts(piece, sentence) is keeps
