"""Rules as people say them that a declared form builds: nothing twice at once, nobody else's, several in a sentence."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked, named_rules_of, propose, quoted, shape, talk

STAYS = "Flats have a name. Guests have a name. A booking has a flat, a guest, a first day and a last day. "
CHARTERS = "Skippers have a name. Charters have a skipper, a start and an end. "
SAUNAS = "Saunas have a name. "
COURTS = "Courts have a number. Players have a name. A reservation has a court, a player, a start and an end. "
POSTS = "Users log in. A post has a text and a user. "
LOANS = "Books have a title, members have a name. Members borrow books. "
DUE = "Loan: due_at = lent_at + 14 days"
MOST = "Loan: at most {} Loan per member until returned_at"
ONE_OPEN = "Loan: one open Loan per book until returned_at"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (CHARTERS + "Skippers must never be booked twice for the same weekend.",
         "Charter: no overlap of start, end per skipper"),
        (CHARTERS + "A skipper can't be hired twice on the same day.", "Charter: no overlap of start, end per skipper"),
        (CHARTERS + "A skipper must never be booked twice in the same hour.",
         "Charter: no overlap of start, end per skipper"),
        (COURTS + "No two reservations at once for the same court.", "Reservation: no overlap of start, end per court"),
        (COURTS + "Nobody can reserve a court that is taken.", "Reservation: no overlap of start, end per court"),
        (SAUNAS + "Nobody can book a sauna somebody else has already booked.",
         "Booking: no overlap of starts_at, ends_at per sauna"),
        (POSTS + "Nobody can delete a post of somebody else.", "Post: delete only by user"),
        (POSTS + "Nobody may change somebody else's post.", "Post: update only by user"),
        (POSTS + "You can't delete other people's posts.", "Post: delete only by user"),
        (POSTS + "Only who wrote it may change it.", "Post: update only by user"),
        (POSTS + "Only whoever wrote a post may delete it.", "Post: delete only by user"),
    ],
)  # fmt: skip
def test_it_is_declared(text: str, rule: str) -> None:
    proposal = propose(talk(text))
    assert named_rules_of(proposal) == [rule]
    assert quoted(proposal) == []


def test_nights_of_a_stay_are_its_days() -> None:
    text = "Guests book flats from a day to a day. Flats have a name. A flat can't be booked twice for the same night."
    assert named_rules_of(propose(talk(text))) == ["Booking: no overlap of from_day, to_day per flat"]


def test_when_a_lesson_ends_is_asked_where_a_rule_counts_hours() -> None:
    text = "Instructors have a name. Lessons have an instructor, a date and a start time. "
    said = talk(f"{text}An instructor must never be booked twice at the same hour.")
    assert "period:lesson" in asked(said)
    assert named_rules_of(propose(said)) == ["Lesson: no overlap of starts_at, ends_at per instructor"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("A table has a number. A reservation has a table and a day. ",
         "A table can't be reserved twice for the same day"),
        ("A van has a name. A trip has a van, a date and a goal. ", "A van can't be used twice on the same evening"),
        ("Learners have a name and an instructor. Instructors have a name. Lessons have a date and a price. ",
         "An instructor must never be booked twice at the same hour"),
        ("Users log in. A report has a title and a user. ", "Nobody can close a report of somebody else"),
    ],
)  # fmt: skip
def test_what_no_form_holds_stays_a_task_and_adds_nothing(text: str, rule: str) -> None:
    proposal = propose(talk(f"{text}{rule}."))
    assert [task.details[0] for task in proposal.custom] == [f"The rule as it was said: “{rule}”."]
    assert (named_rules_of(proposal), proposal.unread) == ([], ())
    assert shape(proposal) == shape(propose(talk(text)))


@pytest.mark.parametrize(
    ("said", "rules", "tasks"),
    [
        ("A lent book can't be lent again, and a loan is due 14 days after it was lent", [ONE_OPEN, DUE], []),
        ("A member has at most two loans, and a loan is due two weeks after it begins",
         [MOST.format(2), DUE], []),
        ("A member must never sell a book, and a loan is due two weeks after it begins",
         [DUE], ["A member must never sell a book"]),
        ("Loans are due two weeks after they were borrowed, and a loan lasts at most 72 hours",
         [DUE, "Loan: due_at at most 72 hours after lent_at"], []),
        ("A member may have at most three loans at once, a lent book can't be lent again, and loans are due in 2 weeks",
         [MOST.format(3), ONE_OPEN, DUE], []),
        ("A loan lasts at most two weeks and nobody may borrow on Sundays",
         ["Loan: due_at at most 14 days after lent_at"], ["nobody may borrow on Sundays"]),
    ],
)  # fmt: skip
def test_rules_in_one_sentence_are_each_built_or_quoted(said: str, rules: list[str], tasks: list[str]) -> None:
    proposal = propose(talk(f"{LOANS}{said}."))
    assert named_rules_of(proposal) == rules
    assert quoted(proposal) == tasks


@pytest.mark.parametrize(
    "said",
    [
        "If a reader has left, the card is void and the books are written off",
        "Unless the board agrees, no member may sell a book",
        "When nobody comes for it, the book goes back to the shelf",
    ],
)
def test_a_condition_is_never_parted_from_what_follows(said: str) -> None:
    assert quoted(propose(talk(f"Books have a title. {said}."))) == [said]
