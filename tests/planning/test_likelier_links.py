"""What two things do with each other makes their link the default of the question."""

from __future__ import annotations

import pytest

from bot.planning.built_in.questions.field_questions import example_for
from bot.planning.conversation import Question
from tests.planning.talking import asked, interview, propose, quoted, shape, talk


def link_question(text: str) -> Question:
    """Return the question how things are linked."""
    return next(one for one in interview(talk(text)).questions if one.id.startswith("link"))


BANDS = "Bands have a name. Rehearsal rooms have a number."
FARMS = "Farms have a name. Mills have a name and a town."
SKATERS = "Skaters have a name. Rinks have a name."


@pytest.mark.parametrize(
    ("said", "default", "name", "link"),
    [(f"{BANDS} Bands rehearse in a room.", "Each band names one rehearsal room", "Band", "rehearsal_room_id:int"),
     (f"{FARMS} The farms bring grain to a mill.", "Each farm names one mill", "Farm", "mill_id:int->Mill"),
     (f"{SKATERS} Skaters glide round the rinks.", "Several rinks for each skater, and the other way round",
      "SkaterRink", "skater_id:int->Skater rink_id:int->Rink"),
     ("Choirs have a name. Churches have a name. Choirs sing in the churches.",
      "Several choirs for each church, without dates",
      "ChoirChurch", "choir_id:int->Choir church_id:int->Church"),
     ("Authors have a name. Festivals have a year. Authors shine at a festival.",
      "One festival for each author: a new one replaces the one before", "Author", "festival_id:int?->Festival")],
)  # fmt: skip
def test_what_two_things_do_together_is_the_default(said: str, default: str, name: str, link: str) -> None:
    asked = link_question(said)
    assert asked.default == asked.options[0] == default
    assert {"They have nothing to do with each other", "Nothing of it"} & set(asked.options)
    if asked.id == "links" and "names one" in default:
        assert asked.text.endswith(f"For example: {default.lower().replace('names one', 'belongs to a')}.")
    assert link in shape(propose(talk(said)))[name]


def test_a_lone_lesson_is_of_who_names_the_other_and_the_example_is_told_the_same_way() -> None:
    said = "Learners have a name. Instructors have a name. Each learner has one instructor. Lessons have a date."
    asked = link_question(said)
    assert asked.text.endswith("For example: each lesson belongs to a learner.")
    assert asked.default == "Each lesson names one learner"
    assert "learner_id:int->Learner" in shape(propose(talk(said)))["Lesson"]


def test_words_that_say_only_the_link_are_read_with_it_and_words_that_say_more_stay_quoted() -> None:
    assert quoted(propose(talk(f"{BANDS} Bands rehearse in a room."))) == []
    assert quoted(propose(talk(f"{FARMS} The farms bring grain to a mill."))) == ["The farms bring grain to a mill"]
    apart = talk(f"{BANDS} Bands rehearse in a room.", answers={"links": "They are not linked"})
    assert quoted(propose(apart)) == ["Bands rehearse in a room"]


@pytest.mark.parametrize("said", ["Bands never share a room.", "The moon is full."])
def test_what_tells_of_no_deed_of_both_makes_no_link(said: str) -> None:
    assert link_question(f"{BANDS} {said}").default == "They have nothing to do with each other"


@pytest.mark.parametrize(
    ("noun", "example"),
    [("training group", "name, description optional"), ("team", "name, description optional"),
     ("ledger", "name, description optional"), ("trainer", "name, e-mail, phone optional"),
     ("member", "name, e-mail, phone optional")],
)  # fmt: skip
def test_the_example_of_facts_suits_the_kind_of_thing(noun: str, example: str) -> None:
    assert example_for(noun) == example


def test_a_link_that_is_told_twice_is_asked_about_once() -> None:
    text = "Songs have a title. Singers have a name. Each song has several singers. A song has at most three singers."
    assert asked(talk(text)) == ["several:song:singer", "use"]
