"""Every sentence that is a rule becomes a declared one, a question, or an open task with all of its words."""

from __future__ import annotations

import pytest

from bot.documents.findings import has_errors
from bot.planning.conversation import Answer
from bot.planning.derived import derive
from tests.planning.talking import interview, propose, quoted, rules_of, shape, talk

BOATS = """Boat: name str, berths int, status enum(free, in repair)
Trip: boat -> Boat, title str, starts_at datetime, ends_at datetime, guests int, status enum(planned, under way, done)
"""
LIBRARY = """Member: name str
Book: title str
Loan: book -> Book, member -> Member, lent_on date, due_on date, returned_on date?
"""
ROOMS = """Room: name str, seats int
Booking: room -> Room, starts_at datetime, ends_at datetime, people int
"""
SHOP = """Customer: name str
Order: customer -> Customer, total money, discount money, ordered_on date, paid_on date?, status enum(open, paid, sent)
"""
CLINIC = """Doctor: name str
Appointment: doctor -> Doctor, start datetime, end datetime, status enum(requested, confirmed, cancelled)
"""
SCHOOL = """Course: title str, places int, first_day date, last_day date
Enrolment: course -> Course, pupil str, grade int
"""
GARDEN = """Plot: number int, size int
Lease: plot -> Plot, tenant str, starts_on date, ends_on date
"""
DESK = "Ticket: subject str, opened_at datetime, closed_at datetime?, state enum(new, open, solved, closed)\n"
FARM = """Stable: name str, stalls int
Horse: stable -> Stable, name str, born_on date, weight int
"""
STORE = """Shelf: name str, capacity int
Crate: shelf -> Shelf, weight int, limit int, received_on date, expires_on date
"""

DECLARED = [
    (BOATS, "A boat can't have two trips at the same time.", "no overlap of starts_at, ends_at per boat"),
    (BOATS, "A done trip can't be deleted.", "delete only while status is planned | under_way"),
    (BOATS, "A boat must not be rented while it is in repair.", "create only while boat.status is free"),
    (BOATS, "Only a planned trip may go to under way.", ("transition status: planned -> under_way | done, "
     "under_way -> planned | done, done -> planned")),
    (LIBRARY, "A member may have at most three open loans.", "at most 3 Loan per member until returned_on"),
    (LIBRARY, "A member can't have more than 5 loans at once.", "at most 5 Loan per member until returned_on"),
    (LIBRARY, "Nobody may have more than 4 loans.", "at most 4 Loan per member until returned_on"),
    (LIBRARY, "A member may borrow 6 books at most.", "at most 6 Loan per member until returned_on"),
    (SCHOOL, "At most 30 enrolments per course.", "at most 30 Enrolment per course"),
    (LIBRARY, "A lent book can't be lent again.", "one open Loan per book until returned_on"),
    (LIBRARY, "A member has at most one open loan.", "one open Loan per member until returned_on"),
    (LIBRARY, "A loan is due two weeks after it was lent.", "due_on = lent_on + 14 days"),
    (ROOMS, "Bookings of one room must not overlap.", "no overlap of starts_at, ends_at per room"),
    (SHOP, "An order must go from open to paid, from paid to sent.", "transition status: open -> paid, paid -> sent"),
    (SHOP, "paid_on is at most 30 days after ordered_on", "paid_on at most 30 days after ordered_on"),
    (CLINIC, "Cancelled is final.", ("transition status: requested -> confirmed | cancelled, "
     "confirmed -> requested | cancelled")),
    (CLINIC, "An appointment can only be confirmed from requested.", ("transition status: "
     "requested -> confirmed | cancelled, confirmed -> requested | cancelled, cancelled -> requested")),
    (GARDEN, "A lease lasts at most 90 days.", "ends_on at most 90 days after starts_on"),
    (DESK, "A ticket can't be closed unless it is solved.", ("transition state: new -> open | solved, "
     "open -> new | solved, solved -> new | open | closed, closed -> new | open | solved")),
    (DESK, "Once closed, a ticket can never be reopened.", ("transition state: new -> open | solved | closed, "
     "open -> new | solved | closed, solved -> new | open | closed")),
]  # fmt: skip
UNDERSTOOD = [
    (BOATS, "No more guests than the boat has berths.", "guests of a trip is at most the berths of its boat"),
    (BOATS, "A boat may have at most three open trips.", "there are at most 3 open trips of one boat at a time"),
    (BOATS, "At most 3 trips at once.", "there are at most 3 open trips at a time"),
    (BOATS, "The trip must not start in the past.", ""),
    (LIBRARY, "A member may borrow up to 3 books per day.", "there are at most 3 books of one member in one day"),
    (SHOP, "A customer can place no more than two orders a week.",
     "there are at most 2 orders of one customer in one week"),
    (ROOMS, "The number of people must not exceed the seats of the room.",
     "people of a booking is at most the seats of its room"),
    (ROOMS, "No more than two bookings per room a day.",
     "there are at most 2 bookings of one room in one day, as told by starts_at"),
    (ROOMS, "The end must be after the start.", "ends_at of a booking is never before its starts_at"),
    (SHOP, "The discount may never exceed the total.", "discount of an order is at most its total"),
    (SHOP, "The payment can't be before the order.", ""),
    (CLINIC, "The start must not be in the past.", "start of an appointment is not in the past when it is stored"),
    (CLINIC, "End before start makes no sense.", "end of an appointment is never before its start"),
    (SCHOOL, "The last day is never before the first day.", "last_day of a course is never before its first_day"),
    (GARDEN, "The end of a lease must come after its start.", "ends_on of a lease is never before its starts_on"),
    (FARM, "No more horses than the stable has stalls.", ""),
    (FARM, "born_on must not be in the future", "born_on of a horse is not in the future when it is stored"),
    (STORE, "The weight must not exceed the limit.", "weight of a crate is at most its limit"),
    (STORE, "expires_on must be later than received_on", "expires_on of a crate is never before its received_on"),
]  # fmt: skip
QUOTED = [
    (LIBRARY, "A book can't be lent to a member who has an overdue loan."),
    (LIBRARY, "Members may only borrow until they have three overdue loans."),
    (ROOMS, "A booking can only be changed until the day before it starts."),
    (SHOP, "An order must be paid before it is sent out."),
    (SHOP, "An order over 1000 must be approved by two people."),
    (CLINIC, "A doctor never works on Sundays."),
    (CLINIC, "An appointment can't be moved unless the patient agrees."),
    (SCHOOL, "Pupils may only enrol in a course if it has places left."),
    (SCHOOL, "A grade can't be given until the course is over."),
    (GARDEN, "A plot can't be leased unless the tenant has paid."),
    (DESK, "A ticket must be answered within one working day."),
    (DESK, "Nobody may reopen a ticket after a month."),
    (FARM, "A horse may not be sold as long as it is ill."),
    (STORE, "A crate must never stand on two shelves."),
]  # fmt: skip


def questions_of(text: str) -> str:
    """Return everything that is asked, "you decide" being each answer."""
    conversation, found = talk(text), ""
    while asked := interview(conversation).questions:
        found += " ".join(one.text for one in asked)
        answers = tuple(Answer(question=one, text="", author="Jon", timestamp="2") for one in asked)
        conversation = conversation.model_copy(update={"answers": (*conversation.answers, *answers)})
    return found


LIMITS = [
    (LIBRARY, "A member may have at most 2 loans per week."),
    (LIBRARY, "A member may have at most two loans a month."),
    (SHOP, "Customers can have up to 2 orders a day."),
    (BOATS, "A boat may have no more than 9 trips a month."),
    (ROOMS, "A room can have at most 4 bookings per day."),
]


@pytest.mark.parametrize(("text", "said"), LIMITS)
def test_when_a_number_counts_is_no_field_of_who_has_it(text: str, said: str) -> None:
    proposal = propose(talk(text + said))

    assert shape(proposal) == shape(propose(talk(text)))
    assert quoted(proposal) == [said.strip(".")]


@pytest.mark.parametrize(("text", "said", "rule"), DECLARED)
def test_a_rule_that_the_grammar_has_is_declared(text: str, said: str, rule: str) -> None:
    proposal = propose(talk(text + said))

    assert rules_of(proposal) == [rule]
    assert (proposal.unread, proposal.custom) == ((), ())
    assert any(said.strip(".") in note for note in proposal.decisions)


@pytest.mark.parametrize(("text", "said", "understood"), UNDERSTOOD)
def test_a_rule_that_no_template_builds_is_told_as_understood(text: str, said: str, understood: str) -> None:
    proposal = propose(talk(text + said))
    words = said.strip(".")

    assert rules_of(proposal) == []
    assert proposal.unread == ()
    assert [f"“{words}”" in one.criterion for one in proposal.custom] == [True]
    note = next(one for one in proposal.assumptions if one.startswith(f"“{words}” is not built by templates"))
    assert note.endswith(f"I understood: {understood}" if understood else "I quote it as it is")
    assert (f"“{words}”" in questions_of(text + said)) is not bool(understood)
    assert not has_errors(derive(proposal).findings)


@pytest.mark.parametrize(("text", "said"), QUOTED)
def test_any_other_rule_is_asked_about_and_kept_with_all_its_words(text: str, said: str) -> None:
    proposal = propose(talk(text + said))
    words = said.strip(".")

    assert f"I could not read “{words}”" in questions_of(text + said)
    assert [f"“{words}”" in one.criterion for one in proposal.custom] == [True]
    assert (rules_of(proposal), proposal.unread) == ([], ())
    derived = derive(proposal)
    assert not has_errors(derived.findings)
    assert any(words in criterion.text for criterion in derived.requirements.criteria())


@pytest.mark.parametrize(
    ("text", "said", "field", "limits"),
    [
        (BOATS, "Guests must be at least 1.", "guests", ("1", None)),
        (BOATS, "At most 10 guests.", "guests", (None, "10")),
        (BOATS, "The number of guests must be between 1 and 12.", "guests", ("1", "12")),
        (ROOMS, "The seats of a room can't be more than 400.", "seats", (None, "400")),
        (SHOP, "The total is never negative.", "total", ("0", None)),
        (SCHOOL, "A grade must be at least one.", "grade", ("1", None)),
    ],
)
def test_a_limit_of_a_number_is_kept_by_its_field(
    text: str, said: str, field: str, limits: tuple[str | None, str | None]
) -> None:
    proposal = propose(talk(text + said))

    found = next(one for entity in proposal.specs.entities for one in entity.fields if one.name == field)
    assert (found.minimum, found.maximum) == limits
    assert (proposal.unread, proposal.custom) == ((), ())
    assert any(said.strip(".") in note for note in proposal.decisions)
