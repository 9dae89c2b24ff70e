"""A short answer to who uses it: each of them signs in, and what is said beside it is taken or asked again."""

from __future__ import annotations

import time

import pytest

from bot.planning.built_in.questions.who_signs_in import reads_who
from tests.planning.talking import asked, enums, propose, quoted, shape, talk

FLIGHTS = (
    "Flights have a number and a date. Pilots have a name and a licence. Each flight belongs to a pilot. "
    "Passengers have a name. Each passenger is on a flight. A flight has many seats."
)
TOOLS = "Tools have an isbn. Loans have a start. Each loan names a tool."
SALON = "Stylists have a name. Customers have a phone number. Each visit belongs to a customer and a stylist."
OFFICE_TOO = {"PilotRole": ("pilot", "office", "admin")}
NO_ROLES = {"UserRole": ("ADMIN", "USER")}


@pytest.mark.parametrize(
    ("answer", "roles"),
    [
        ("the office and the pilots", OFFICE_TOO),
        ("Office and pilots.", OFFICE_TOO),
        ("just the pilots and the office, not the passengers", OFFICE_TOO),
        ("Yes, the pilot and the office sign in, and passengers don't", OFFICE_TOO),
        ("yes for pilots, no for passengers", NO_ROLES),
        ("pilots yes, passengers no", NO_ROLES),
        ("the pilots need an account and the passengers don't", NO_ROLES),
        ("the dispatcher, the pilots and the mechanic", {"PilotRole": ("pilot", "dispatcher", "mechanic", "admin")}),
    ],
)
def test_a_short_answer_names_who_signs_in(answer: str, roles: dict[str, tuple[str, ...]]) -> None:
    proposal = propose(talk(FLIGHTS, answers={"use": answer}))
    assert [one.name for one in proposal.specs.entities if one.account] == ["Pilot"]
    assert (enums(proposal), quoted(proposal)) == (roles, [])


@pytest.mark.parametrize("answer", ["just the office", "staff only", "the office and the stewards", "only stewards"])
def test_who_is_not_kept_is_a_role_of_users_and_linked_with_nothing(answer: str) -> None:
    conversation = talk(TOOLS, answers={"use": answer})
    assert asked(conversation) == ["unique"]
    assert next(value for value in enums(propose(conversation))["UserRole"][1:]) in answer
    assert "user_id" not in str(shape(propose(conversation)))


@pytest.mark.parametrize(
    "answer",
    ["Yes, the pilot and the office sign in, and passengers don't; there is no list of seats",
     "The office and the pilots. We have no seats!", "office and pilots; I told you, there are no seats to keep"],
)  # fmt: skip
def test_every_part_of_an_answer_is_taken(answer: str) -> None:
    conversation = talk(FLIGHTS, answers={"use": answer})
    assert "Seat" not in shape(propose(conversation))
    assert enums(propose(conversation)) == OFFICE_TOO
    assert asked(conversation) == []


def test_a_part_that_is_not_taken_is_quoted_and_asked_again() -> None:
    said = "the stylists and the desk sign in; the moon is made of cheese"
    conversation = talk(SALON, answers={"use": said, "fields:visit": ""})
    assert quoted(propose(conversation)) == ["the moon is made of cheese"]
    assert asked(conversation) == ["unread"]


def test_other_people_are_users_where_several_are_kept() -> None:
    proposal = propose(talk(FLIGHTS, answers={"use": "pilots and passengers"}))
    assert "email" in shape(proposal)["User"]


@pytest.mark.parametrize(
    "said",
    ["everyone", "nobody", "yes", "no, pilots don't", "we all do", "us and them", "the pilots have a phone number",
     "it is for us", "pilots, not pilots", "they sign in with a card", "both", "who has the key"],
)  # fmt: skip
def test_other_words_name_nobody(said: str) -> None:
    assert reads_who(said) is None


def test_long_texts_are_looked_through_quickly() -> None:
    before = time.perf_counter()
    for text in ("the office and " * 13, "office, " * 24, "only for the " * 15, "a b c " * 33, "yes " * 50):
        reads_who(text[:200])
    assert time.perf_counter() - before < 1
