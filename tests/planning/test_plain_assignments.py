"""Who and what is put on a job stands at the job: one of a kind is its own, several stand beside it."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked, propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("said", "record", "link"),
    [
        ("Customers bring in their cars, and a mechanic gets the job. A job has a date.", "Job", "mechanic_id:int?->"),
        ("Customers bring in their cars, and a mechanic gets the job. A job has a date.", "Job", "car_id:int->Car"),
        ("We note the plate and mileage of each car, and a mechanic gets the job.", "Job", "car_id:int->Car"),
        ("Clients report a leak with a date, and a plumber takes the case. A case has a price.", "Case", "plumber_id"),
        ("Tenants send a complaint, and one of our caretakers is given the case.", "Case", "caretaker_id"),
        ("People hand in their bikes, and a volunteer takes on the repair. A repair has a date.", "Repair", "bike_id"),
        ("A claim has a number and a date. The claim goes to an adjuster.", "Claim", "adjuster_id"),
        ("A tour has a date, and a guide gets the tour.", "Tour", "guide_id"),
        ("Members send an application, and an assessor handles the application.", "Application", "assessor_id"),
    ],
)
def test_who_gets_the_job_is_named_by_the_job(said: str, record: str, link: str) -> None:
    told = shape(propose(talk(said)))
    assert link in told[record]
    people = [fields for name, fields in told.items() if name != record]
    assert not any(f"{record.lower()}_id" in fields or f" {record.lower()}:" in fields for fields in people)


@pytest.mark.parametrize(
    ("said", "record", "single", "many"),
    [
        ("A job has a date. Two workers and one van are assigned to each job.", "Job", "van_id", "JobWorker"),
        ("A job has a date. Two or more workers and one van are assigned to it.", "Job", "van_id", "JobWorker"),
        ("A tour has a date. Two guides and a bus are assigned to each tour.", "Tour", "bus_id", "TourGuide"),
        ("A job has a date. Each job needs two workers and one van.", "Job", "van_id", "JobWorker"),
        ("A surgery has a date. A room and two nurses are assigned to it.", "Surgery", "room_id", "SurgeryNurse"),
        ("We assign a truck and several drivers to each delivery.", "Delivery", "truck_id", "DeliveryDriver"),
    ],
)
def test_one_of_a_kind_is_the_jobs_own_and_several_stand_beside_it(
    said: str, record: str, single: str, many: str
) -> None:
    proposal = propose(talk(said))
    assert single in shape(proposal)[record]
    assert many in shape(proposal)
    assert proposal.unread == ()


@pytest.mark.parametrize(
    "said",
    [
        "Two workers and one van are assigned to each removal job.",
        "Two or more workers are assigned to it.",
        "Exactly three workers are allocated to each removal job.",
    ],
)
def test_how_many_there_must_be_stays_an_open_task(said: str) -> None:
    proposal = propose(talk(f"A removal job has a moving day. {said}"))
    assert any("workers" in task.title for task in proposal.custom)
    assert not any("moving day" in task.title for task in proposal.custom)


def test_it_is_asked_whether_one_of_several_may_be_on_several_jobs() -> None:
    assert any("worker" in key for key in asked(talk("A job has a date. Two workers are assigned to each job.")))


@pytest.mark.parametrize(
    "said", ["Each recipe takes two minutes and one pot.", "A member takes the minutes. A meeting has a date."]
)
def test_what_is_used_up_or_written_is_put_on_nothing(said: str) -> None:
    told = shape(propose(talk(f"A recipe has a name. {said}")))
    assert not any(f"{part}_id" in fields for part in ("minute", "member") for fields in [told.get("Recipe", "")])


def test_a_room_and_a_projector_may_be_put_on_a_course() -> None:
    proposal = propose(talk("A course has a title. A room and a projector are assigned to each course."))
    assert {"room_id:int->Room", "projector_id:int->Projector"} <= set(shape(proposal)["Course"].split())
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    ("text", "whom", "key"),
    [
        ("A room is assigned to each guest. A guest has a name. A room has a number.", "Guest", "room_id:int->Room"),
        ("Each guest is assigned a room. A guest has a name. A room has a number.", "Guest", "room_id:int->Room"),
        ("For each guest, a room is assigned. A guest has a name. A room has a number.", "Guest", "room_id:int->Room"),
        ("One mentor is assigned to every student. A mentor has a name.", "Student", "mentor_id:int->Mentor"),
        ("We assign one coach to each team. A coach has a name.", "Team", "coach_id:int->Coach"),
        ("Each room is assigned to a guest. A guest has a name. A room has a number.", "Room", "guest_id:int->Guest"),
    ],
)
def test_whom_one_of_a_kind_is_assigned_to_names_it(text: str, whom: str, key: str) -> None:
    """A room may be for several guests: "each" says whose there is one of."""
    shown = shape(propose(talk(text)))
    assert key in shown[whom]
    assert sum("->" in fields for fields in shown.values()) == 1


@pytest.mark.parametrize(
    ("said", "holder", "key"),
    [
        ("Dogs are assigned to walkers. Dogs have a name. Walkers have a name.", "Dog", "walker_id:int?->Walker"),
        ("Rooms are assigned to guests. Rooms have a number. Guests have a name.", "Guest", "room_id:int?->Room"),
        ("Lockers are allocated to swimmers. Swimmers have a name.", "Swimmer", "locker_id:int?->Locker"),
    ],
)
def test_which_of_several_assigned_to_several_names_the_other_is_asked(said: str, holder: str, key: str) -> None:
    assert any(question.startswith("link:assigned:") for question in asked(talk(said)))
    assert key in shape(propose(talk(said)))[holder].split()


@pytest.mark.parametrize("said", ["are assigned to shifts", "can be assigned to several shifts"])
def test_people_on_occasions_are_several_on_both_sides(said: str) -> None:
    given = shape(propose(talk(f"Volunteers have a name. Shifts have a date. Volunteers {said}.")))
    assert (given["Volunteer"], given["Shift"]) == ("name:str", "date:date")
    assert len(given) == 3
