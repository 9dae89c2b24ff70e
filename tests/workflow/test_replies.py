"""Reading replies: numbers, an option's words, the only open question, or nothing of the kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.planning.conversation import Question
from bot.workflow.replies import decides_nothing, preamble, read_reply, several_fit, without_stray_numbers
from tests.workflow.office import COPIES, LATE, WHO

YES_NO = Question(id="accounts", text="Accounts?", reason="", options=("Yes", "No"))
ALSO_YES_NO = Question(id="copies?", text="Copies?", reason="", options=("Yes", "No"))


def read(text: str, *questions: Question) -> dict[str, str]:
    asked = questions or (WHO, LATE, COPIES)
    return dict(read_reply(asked, range(1, len(asked) + 1), text))


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("1. librarians, 2. a fee, 3. two", {"who": "librarians", "late": "a fee", "copies": "two"}),
        ("1. librarians\n2. a fee", {"who": "librarians", "late": "a fee"}),
        ("1) librarians 2) a fee", {"who": "librarians", "late": "a fee"}),
        ("2: a fee; 1: everyone", {"who": "everyone", "late": "a fee"}),
        ("1.yes,2.no", {"who": "yes", "late": "no"}),
        ("3. 12", {"copies": "12"}),
        ("1. librarians\nbut only the head\n2. a fee", {"who": "librarians\nbut only the head", "late": "a fee"}),
        ("Good questions!\n1. everyone\n3. you decide", {"who": "everyone", "copies": "you decide"}),
        ("1. everyone, since 7. of May is near", {"who": "everyone, since 7. of May is near"}),
        ("1.  2. a fee", {"late": "a fee"}),
    ],
)
def test_numbers_tell_which_question_is_answered(text: str, answers: dict[str, str]) -> None:
    assert read(text) == answers


@pytest.mark.parametrize(
    "text",
    ["3-5 days", "1.5 times the price", "2:30 in the afternoon", "10:30", "about 2. maybe", "4. yes", "1st of May"],
)
def test_a_number_that_is_part_of_an_answer_is_no_question_number(text: str) -> None:
    assert read(text) == {}
    assert read(text, COPIES) == {"copies": text}


def test_the_words_of_one_questions_option_answer_it() -> None:
    assert read("librarians only") == {"who": "Librarians only"}
    assert read("A FEE!") == {"late": "A fee"}
    assert read("who is a librarian?") == {}


def test_an_option_of_two_questions_answers_neither() -> None:
    assert read("yes", YES_NO, ALSO_YES_NO) == {}
    assert several_fit([YES_NO, ALSO_YES_NO], " Yes. ")
    assert not several_fit([YES_NO, WHO], "yes")


@pytest.mark.parametrize("text", ["You decide", "you decide.", "Not sure", "whatever!", "decide for me"])
def test_you_decide_leaves_every_open_question_to_the_planner(text: str) -> None:
    assert decides_nothing(text)
    assert read(text) == {"who": "", "late": "", "copies": ""}


def test_you_decide_counts_only_as_the_whole_reply() -> None:
    assert not decides_nothing("you decide on the fee, I take the rest")


def test_the_only_open_question_takes_any_words() -> None:
    assert read("well, three of each", COPIES) == {"copies": "well, three of each"}


def test_what_stands_before_the_numbers_is_kept_apart() -> None:
    assert preamble("Members have a phone.\n1. everyone", [1, 2]) == "Members have a phone."
    assert preamble("1. everyone", [1, 2]) == ""
    assert preamble("no numbers", [1, 2]) == ""


@pytest.mark.parametrize(
    ("text", "rest", "stray"),
    [
        ("2. banana", "", [(2, "banana")]),
        ("1. yes, 2. no", "1. yes", [(2, "no")]),
        ("Hello\n2. no 1. yes\n3. two", "Hello\n 1. yes\n\n3. two", [(2, "no")]),
        ("1. everyone, since 7. of May is near", "1. everyone, since 7. of May is near", []),
        ("2.", "2.", []),
        ("2:30 in the afternoon", "2:30 in the afternoon", []),
    ],
)
def test_answers_to_numbers_that_are_not_open_are_taken_out(text: str, rest: str, stray: list[tuple[int, str]]) -> None:
    assert without_stray_numbers(text, [1, 3]) == (rest, stray)


@given(st.text(), st.integers(min_value=0, max_value=3))
def test_any_text_is_read_without_a_fault_and_answers_only_what_was_asked(text: str, count: int) -> None:
    questions = (WHO, LATE, COPIES)[:count]
    answers = read_reply(questions, range(1, count + 1), text)
    ids = [question_id for question_id, _ in answers]
    assert len(set(ids)) == len(ids)
    assert set(ids) <= {question.id for question in questions}
