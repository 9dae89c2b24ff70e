"""Rules as anybody would type them: one at a time, no double booking, who may see it; what fits no form stays whole."""

import pytest

from tests.planning.talking import interview, named_rules_of, propose, quoted, shape, talk

FLEET = "We track vehicles with a plate. A trip has a vehicle, a start time and an end time. "
PARKING = (
    "Spots have a number, vehicles have a plate. "
    "A parking session has a spot, a vehicle, an entry time and an exit time. "
)
TALKS = "Rooms have a name. Talks have a title, a room, a start and an end. "
TABLES = "Tables have a number. Guests have a name. A reservation has a guest, a table, a start and an end. "
LEASES = "Properties have an address. A lease has a property, a start date, an end date and a rent. "
RIDES = "Riders have a name. A ride has a rider, a start time, an end time and a distance. "
STAYS = "Runs have a number. A stay has a run, an arrival date and a departure date. "
LOANS = "Instruments have a name. Loans have an instrument, a lent at and a returned at. "
LOCKERS = "Lockers have a number. Rentals have a locker, a start date and an end date. "
SURGERY = "Surgeons have a name. Operations have a surgeon, a start and an end. "
WORKSHOP = "Machines have a name. Jobs have a machine, a start time and an end time. "


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            FLEET + "A vehicle can only be on one trip at a time.",
            "Trip: no overlap of start_time, end_time per vehicle",
        ),
        (
            FLEET + "Each vehicle may be on at most one trip at once.",
            "Trip: no overlap of start_time, end_time per vehicle",
        ),
        (
            SURGERY + "A surgeon can only be in one operation at a time.",
            "Operation: no overlap of start, end per surgeon",
        ),
        (
            WORKSHOP + "A machine can handle only one job at a time.",
            "Job: no overlap of start_time, end_time per machine",
        ),
        (
            PARKING + "A spot can hold one vehicle at a time.",
            "ParkingSession: no overlap of entry_time, exit_time per spot",
        ),
        (
            PARKING + "A spot holds only one vehicle at a time.",
            "ParkingSession: no overlap of entry_time, exit_time per spot",
        ),
        (TALKS + "No two talks in the same room at the same time.", "Talk: no overlap of start, end per room"),
        (TABLES + "No double booking.", "Reservation: no overlap of start, end per table"),
        (TABLES + "Double bookings must be prevented.", "Reservation: no overlap of start, end per table"),
        (
            LEASES + "A property can have only one active lease.",
            "Lease: no overlap of start_date, end_date per property",
        ),
        (RIDES + "A rider can have only one ride at once.", "Ride: one open Ride per rider until end_time"),
        (
            STAYS + "Obviously the same run can't be given away twice for the same days.",
            "Stay: no overlap of arrival_date, departure_date per run",
        ),
        (TABLES + "No table can be booked twice for the same time.", "Reservation: no overlap of start, end per table"),
        (SURGERY + "Surgeons can't have overlapping operations.", "Operation: no overlap of start, end per surgeon"),
        (SURGERY + "A surgeon can't do two operations at once.", "Operation: no overlap of start, end per surgeon"),
        (WORKSHOP + "A machine can do just one job at a time.", "Job: no overlap of start_time, end_time per machine"),
        (
            "Plugs have a number. A session has a plug, a start and an end. One session per plug at a time.",
            "Session: one open Session per plug until end",
        ),
        (
            LOCKERS + "Each locker can be rented by only one person at a time.",
            "Rental: no overlap of start_date, end_date per locker",
        ),
        (
            LOANS + "An instrument can only be lent to one student at a time.",
            "Loan: one open Loan per instrument until returned_at",
        ),
        (
            "Users have an email and log in. A habit has a name and a user. Only the owner can see their habits.",
            "Habit: read only by user",
        ),
    ],
)
def test_declared(text: str, rule: str) -> None:
    proposal = propose(talk(text))
    assert named_rules_of(proposal) == [rule]
    assert quoted(proposal) == []


def test_times_of_day_become_moments_where_a_rule_compares_them() -> None:
    rides = "Riders have a name. A ride has a rider, a start (time of day) and an end (time of day). "
    plain, ruled = (propose(talk(rides + more)) for more in ("", "A rider can have only one ride at once."))
    assert "start:time end:time" in shape(plain)["Ride"]
    assert "start:datetime end:datetime" in shape(ruled)["Ride"]


@pytest.mark.parametrize(
    ("before", "rule"),
    [
        ("Kennels have a number. Dogs have a name. ", "A kennel holds only one dog at a time"),
        ("Bookings have a start and an end. ", "Bookings can be cancelled up to 2 hours before they start"),
        ("Tickets have a price. Events have a date. ", "Tickets can be refunded until 24 hours before the event"),
        ("Orders have a number. ", "Orders can be returned within 14 days"),
        ("Animals have a name and a status: available, adopted. ", "Only available animals can be applied for"),
        ("Tickets have a seat number. ", "No two tickets can have the same seat number for an event"),
        ("Lessons have a title. ", "Lessons can be moved up to one day before they begin"),
    ],
)
def test_what_fits_no_form_is_one_open_task_with_its_whole_sentence(before: str, rule: str) -> None:
    proposal = propose(talk(f"{before}{rule}."))
    assert [one.details[0] for one in proposal.custom] == [f"The rule as it was said: “{rule}”."]
    assert proposal.unread == ()


def test_a_rule_behind_a_description_is_a_rule_and_the_description_is_read() -> None:
    proposal = propose(
        talk(
            "Screenings have a date. A booking is for a screening and has a seat number, and the same seat can't be "
            "booked twice for the same screening."
        )
    )
    assert shape(proposal)["Booking"] == "seat_number:str screening_id:int->Screening"
    assert quoted(proposal) == ["the same seat can't be booked twice for the same screening"]


def test_who_alone_may_see_something_asks_for_accounts_with_the_words() -> None:
    asked = interview(talk("Users have an email. A habit has a name and a user. Only the owner can see their habits."))
    use = next(question for question in asked.questions if question.id == "use")
    assert use.default == "Users log in"
    assert "Only the owner can see their habits" in use.reason


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            "Orders are pending, paid, shipped, delivered or cancelled. Only pending orders can be cancelled.",
            "Order: transition status: pending -> paid | cancelled, paid -> shipped, shipped -> delivered",
        ),
        (
            "Requests have a status: new, approved, done, rejected. Only new requests can be rejected.",
            "Request: transition status: new -> approved | rejected, approved -> done",
        ),
        (
            "Seats are free, held or sold. Only free seats can be held.",
            "Seat: transition status: free -> held | sold, held -> free | sold, sold -> free",
        ),
    ],
)
def test_values_that_plainly_follow_each_other_do_so_where_only_their_way_out_is_told(text: str, rule: str) -> None:
    assert named_rules_of(propose(talk(text))) == [rule]


def test_that_they_follow_each_other_is_told_as_an_assumption() -> None:
    proposal = propose(
        talk("Orders are pending, paid, shipped, delivered or cancelled. Only pending orders can be cancelled.")
    )
    way = "pending → paid → shipped → delivered"
    assert f"Order: {way}, one after the other as they were listed" in proposal.assumptions


@pytest.mark.parametrize(
    ("text", "task", "unread"),
    [
        (
            "Courses have a level: beginner or advanced. A couple can only join one course at a time.",
            ["A couple can only join one course at a time"],
            (),
        ),
        (
            "Trucks can be available, on the road or in repair. Only available trucks can be assigned to a job.",
            ["Only available trucks can be assigned to a job"],
            (),
        ),
        (
            "Shifts have a start, an end and an employee. Employees can swap shifts if the manager agrees.",
            [],
            ("Employees can swap shifts if the manager agrees",),
        ),
        ("Customers pay within 30 days. Invoices have a number.", [], ("Customers pay within 30 days",)),
        ("Products can be sold out. Products have a price.", [], ("Products can be sold out",)),
    ],
)
def test_nothing_is_quoted_as_a_fragment_and_no_first_sentence_is_lost(
    text: str, task: list[str], unread: tuple[str, ...]
) -> None:
    proposal = propose(talk(text))
    assert quoted(proposal) == [*task, *unread]
    assert proposal.unread == unread
