"""Short replies: bound where it is clear, asked back where it isn't, and nonsense is no answer."""

from __future__ import annotations

import pytest

from bot.planning.built_in.questions.denied_things import NO_SUCH_THING
from bot.planning.conversation import Question
from bot.workflow.refusals import Refused
from bot.workflow.replies import read_reply
from bot.workflow.short_replies import is_only_an_answer, not_taken, which_question
from tests.workflow.office import Office

BERTH = Question(
    id="berth", text="Can one berth belong to several boats?", reason="It decides the link.", default="No, one boat",
    options=("No, one boat", "Yes, several boats"),
)  # fmt: skip
PHONE = Question(id="phone", text="Must the phone be unique?", reason="It is checked.", options=("Yes", "No"))
FIELDS = Question(id="fields", text="What is kept about each guest?", reason="Nobody said.", options=("Only a name",))
ASKED = (BERTH, PHONE, FIELDS)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("2 and 1 yes, 3 you decide", {"phone": "yes", "berth": "yes", "fields": ""}),
        ("1 no, 2 yes", {"berth": "no", "phone": "yes"}),
        ("1 yes 2 no", {"berth": "yes", "phone": "no"}),
        ("first yes, second no", {"berth": "yes", "phone": "no"}),
        ("no to 1 and yes to 2", {"berth": "no", "phone": "yes"}),
        ("question 2: yes", {"phone": "yes"}),
        ("yes to all", {"berth": "yes", "phone": "yes"}),
        ("both no", {"berth": "no", "phone": "no"}),
        ("no idea", {"berth": "", "phone": "", "fields": ""}),
        ("4 yes", {}),
        ("1 yes, 1 no", {}),
        ("all of them", {}),
        ("the first", {}),
        ("guests have a phone", {}),
        ("1 boat has 2 berths", {}),
    ],
)
def test_short_replies_are_bound_where_it_is_clear(text: str, answers: dict[str, str]) -> None:
    assert dict(read_reply(ASKED, (1, 2, 3), text)) == answers


def test_yes_is_of_the_only_question_that_it_can_answer() -> None:
    assert dict(read_reply((BERTH, FIELDS), (1, 2), "yes please")) == {"berth": "yes please"}
    assert read_reply((FIELDS, Question(id="x", text="Which?", reason="", options=("a", "b"))), (1, 2), "yep") == []


SHELF = Question(
    id="fields:shelf", text="What is kept about each shelf?", reason="Nobody said.",
    options=("Only a name", NO_SUCH_THING),
)  # fmt: skip
WARD = SHELF.model_copy(update={"id": "fields:ward", "text": "What is kept about each ward?"})


@pytest.mark.parametrize("text", ["there is no such thing", "that isn't a thing", "we have no shelves", "just a field"])
def test_a_denial_is_of_the_only_thing_that_is_asked_about(text: str) -> None:
    [(question_id, answer)] = read_reply((BERTH, SHELF), (1, 2), text)
    assert (question_id, answer.lower()) == ("fields:shelf", text.lower())


def test_a_denial_that_names_one_of_several_things_is_of_that_one() -> None:
    assert dict(read_reply((SHELF, WARD), (1, 2), "there are no wards")) == {"fields:ward": "there are no wards"}
    assert read_reply((SHELF, WARD), (1, 2), "that isn't a thing") == []
    assert is_only_an_answer("that isn't a thing")
    assert read_reply((BERTH, PHONE), (1, 2), "we have no wards") == []


@pytest.mark.parametrize(
    "text", ["yes", "all of them", "the first", "both", "none", "asdf", "banana", "the second one"]
)
def test_an_answer_without_its_question_is_known(text: str) -> None:
    assert is_only_an_answer(text)


@pytest.mark.parametrize("text", ["members have a phone too", "loans", "add a phone", "rooms and guests", ""])
def test_more_to_read_is_no_bare_answer(text: str) -> None:
    assert not is_only_an_answer(text)


@pytest.mark.parametrize("text", ["banana", "asdf", "Asdf!", "qwertz", "foo bar"])
def test_nonsense_is_no_answer_to_a_choice(text: str) -> None:
    sentence = not_taken(BERTH, text)

    assert f"“{text}”" in sentence
    assert "Can one berth belong to several boats?" in sentence
    assert "Say “No, one boat”, or “you decide”." in sentence


@pytest.mark.parametrize(
    "text",
    ["yes", "no", "boats", "the first", "both", "you decide", "only one boat each", "just a number", "2", "several"],
)
def test_what_may_be_an_answer_is_taken(text: str) -> None:
    assert not_taken(BERTH, text) == ""


def test_words_may_answer_an_open_question() -> None:
    assert not_taken(FIELDS, "phone") == ""
    assert not_taken(FIELDS, "asdf") != ""


def test_people_are_asked_which_question_they_mean() -> None:
    sentence = which_question((BERTH, PHONE), (1, 2), "yes")

    assert "`1. yes`" in sentence
    assert "1. Can one berth belong to several boats?" in sentence
    assert "2. Must the phone be unique?" in sentence


async def test_a_bare_answer_to_several_questions_is_asked_back_and_changes_nothing(office: Office) -> None:
    office.planner.questions = (BERTH, PHONE)
    await office.start()
    await office.work()

    for said in ("all of them", "the first", "banana"):
        with pytest.raises(Refused, match="Which question do you mean"):
            await office.say(said)
    assert await office.open_questions() == ["berth", "phone"]
    assert await office.say("1 no, 2 yes") == 2
    assert await office.open_questions() == []


async def test_nonsense_closes_no_question(office: Office) -> None:
    office.planner.questions = (BERTH,)
    await office.start()
    await office.work()
    taken = await office.reply("banana")

    assert taken.answered == 0
    assert "I could not take “banana”" in taken.left_out[0]
    assert await office.open_questions() == ["berth"]
    assert await office.say("the first") == 1


async def test_a_plan_is_renamed_in_its_thread_with_the_name_of_its_repository(office: Office) -> None:
    office.planner.questions = (BERTH, PHONE)
    await office.start()
    await office.work()
    taken = await office.reply("call it Harbour")

    plan = await office.plan()
    assert (plan.title, plan.handle) == ("Harbour", "harbour")
    assert taken.left_out == ("It is called *Harbour* now (`harbour`); its repository will be called so too.",)
    assert await office.open_questions() == ["berth", "phone"]
    await office.reply("rename the plan to Harbour")
    assert (await office.plan()).handle == "harbour"
