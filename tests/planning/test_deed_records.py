"""Deeds with several people and places, what is noted later, who takes part: said as records, and read as these."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.deed_records import in_records
from tests.planning.talking import propose, quoted, shape, talk

SAID: list[tuple[str, str]] = [
    (
        "Pupils have piano lessons with a teacher in a room.",
        "Each piano lesson belongs to a pupil, a teacher and a room.",
    ),
    (
        "Patients get a treatment from a therapist in a treatment room on a day.",
        "Each treatment belongs to a patient, a therapist and a treatment room. A treatment has a date.",
    ),
    (
        "Couples book shoots (engagement or wedding) at a location on a date.",
        "Each shoot belongs to a couple. A shoot has a kind (engagement or wedding), a location and a date.",
    ),
    (
        "Pupils take lessons with a teacher at our school.",
        "Each lesson belongs to a pupil and a teacher.",
    ),
    (
        "New colleagues are trained on a forklift by a supervisor.",
        "Each training belongs to a new colleague, a forklift and a supervisor.",
    ),
    ("Bikes get repaired by a mechanic for a customer.", "Each repair belongs to a bike, a mechanic and a customer."),
    ("Trainers coach athletes in a discipline.", "Each coaching belongs to a trainer, an athlete and a discipline."),
    (
        "Members get trained on machines by a trainer, and only trained members may use a machine.",
        "Each training belongs to a member, a machine and a trainer. Only trained members may use a machine",
    ),
    (
        "The toilets are cleaned by a volunteer every day, who ticks them off.",
        (
            "Each cleaning belongs to a toilet and a volunteer. A cleaning has a date and whether it is done. "
            "Every toilet must be cleaned every day."
        ),
    ),
    (
        "Every kiln needs a check once a month.",
        "Each check belongs to a kiln. A check has a date. Every kiln must have a check once a month.",
    ),
    (
        "For every chore we track whether a child has done it.",
        "Each completion belongs to a child and a chore. A completion has whether it is done.",
    ),
    (
        "For each tree we mark if a gardener has watered it.",
        "Each watering belongs to a gardener and a tree. A watering has whether it is watered.",
    ),
    (
        "For each rehearsal we note whether a singer was there.",
        "Each attendance belongs to a singer and a rehearsal. An attendance has whether they came.",
    ),
    (
        "Employees record the hours they worked on a project and what they did.",
        "Each time entry belongs to an employee and a project. A time entry has a date, the hours and what they did.",
    ),
    (
        "Volunteers take a van for a delivery. They write down the mileage at the start and at the end.",
        "Each delivery belongs to a volunteer and a van. A delivery has start mileage, end mileage.",
    ),
    (
        "Guests with a sailing licence may take a dinghy for a sail.",
        (
            "Each sail belongs to a guest and a dinghy. A guest has a sailing licence. "
            "Only guests with a sailing licence can take a dinghy."
        ),
    ),
    (
        "Members book a court. After the match we note the score and who won.",
        "Members book a court. A booking has the score and who won.",
    ),
    (
        "A tour has a guide and a date. After the tour we record how many people came and the tips.",
        "A tour has a guide and a date. A tour has how many people came and the tips.",
    ),
    (
        "Volunteers sign up for shifts. After the shift we note who came.",
        "Volunteers sign up for shifts. A registration has whether they came.",
    ),
    (
        "Customers rent a bike. They pay a deposit and leave a comment.",
        "Customers rent a bike. A rental has a deposit. A rental has a comment.",
    ),
    (
        "Guests book a room. If something was wrong they can leave a comment.",
        "Guests book a room. A booking has an optional comment.",
    ),
    (
        "A patient borrows a crutch and leaves a deposit, which they get back on return.",
        "A patient borrows a crutch. A loan has a deposit. They get it back on return.",
    ),
    ("Visitors sign up for tours and leave a comment.", "Visitors sign up for tours. A registration has a comment."),
    (
        "Painters work on houses; a job has a start, an end and a price.",
        "Each job belongs to a painter and a house. A job has a start, an end and a price.",
    ),
    (
        "Volunteers feed animals. A feeding has a time and an amount.",
        "Each feeding belongs to a volunteer and an animal. A feeding has a time and an amount.",
    ),
    (
        "Donors with a blood group donate blood, a donation has a date and gets a bag number.",
        "Each donation belongs to a donor. A donor has a blood group. A donation has a date and a bag number",
    ),
    (
        "In each round two teams play against each other, home and away.",
        "Each game belongs to a round. A game has a home team and an away team. There are teams.",
    ),
    (
        "Each evening needs one cook and two waiters.",
        (
            "Each evening shift belongs to a cook. "
            "An evening shift has a date, a first waiter and a second waiter. There are waiters."
        ),
    ),
    (
        "Each concert requires two ushers and a technician.",
        "Each concert belongs to a technician. A concert has a first usher and a second usher. There are ushers.",
    ),
    ("Children take a toy home for a week and bring it back later.", "Children borrow a toy for a week."),
    ("A member takes a tool with them and returns it.", "A member borrows a tool."),
    (
        (
            "We keep scores. Each score is a piece by a composer, and we have several copies of it, numbered. "
            "Pieces are long."
        ),
        (
            "We keep scores. Each score belongs to a piece. Each piece belongs to a composer. "
            "Each copy belongs to a score. A copy has a number. Pieces are long."
        ),
    ),
    (
        "Pupils hire flutes. After each concert we note how many people came.",
        "Pupils hire flutes. A concert has how many people came.",
    ),
    (
        "In each match two players play each other.",
        "A match has a first player and a second player. There are players.",
    ),
    (
        "Firefighters attend drills. After the drill we record who was there.",
        "Firefighters attend drills. An attendance has whether they came.",
    ),
    (
        "Horses are shod by a blacksmith every eight weeks.",
        (
            "Each shoeing belongs to a horse and a blacksmith. A shoeing has a date. "
            "Every horse must be shod every eight weeks."
        ),
    ),
    (
        "Patients get a prescription from a doctor.",
        "Each prescription belongs to a patient and a doctor.",
    ),
    (
        "Bikes need a service every three months.",
        "Each service belongs to a bike. A service has a date. Every bike must have a service every three months.",
    ),
    (
        "Customers bring their cars for repairs.",
        "Each car belongs to a customer. Each repair belongs to a car.",
    ),
    (
        "Volunteers walk dogs. A walk has a start and an end.",
        "Each walk belongs to a volunteer and a dog. A walk has a start and an end.",
    ),
    (
        "Children take swimming lessons with a coach on a day. After each lesson the coach notes what they learned.",
        (
            "Each swimming lesson belongs to a child and a coach. A swimming lesson has a date. "
            "A swimming lesson has what they learned."
        ),
    ),
    (
        "Customers leave their bikes for a repair. A mechanic works on it and logs the hours.",
        (
            "Each bike belongs to a customer. Each repair belongs to a bike. Each repair belongs to a mechanic. "
            "A repair has the hours."
        ),
    ),
    (
        "Members fire pieces in a kiln. A firing has a start.",
        "Each firing belongs to a member, a piece and a kiln. A firing has a start.",
    ),
    (
        "Couples have a wedding at a venue on a date with a number of guests.",
        "Each wedding belongs to a couple. A wedding has a venue, a date and a number of guests.",
    ),
    (
        "For each book we remember whether a member has read it and how they rated it.",
        "Each reading belongs to a member and a book. A reading has whether it is read and a rating.",
    ),
    (
        "Judoka take belt exams with an examiner.",
        "Each belt exam belongs to a judoka and an examiner.",
    ),
    (
        "Trainers hold training sessions in a hall every week.",
        (
            "Each training session belongs to a trainer and a hall. A training session has a date. "
            "Trainers must hold a training session every week."
        ),
    ),
    (
        "Vets operate on animals in a room. An operation has a start.",
        "Each operation belongs to a vet, an animal and a room. An operation has a start.",
    ),
    (
        "Museum guides give tours to groups in a language.",
        "Each tour belongs to a museum guide, a group and a language.",
    ),
    (
        "Each shift needs a driver and two paramedics.",
        (
            "Each shift belongs to a driver. A shift has a date, a first paramedic and a second paramedic. "
            "There are paramedics."
        ),
    ),
    ("Teachers take care of groups.", "Each group belongs to a teacher."),
    ("Customers borrow books and return them later.", "Customers borrow books."),
    (
        "Pupils hire flutes and bring them back at the end of term.",
        "Pupils hire flutes. It must come back at the end of term.",
    ),
    (
        "After the game we note whether they got out.",
        "A game has got out (yes/no).",
    ),
    (
        "Teachers publish courses. Learners enroll and go through the lessons.",
        "Teachers publish courses. Learners enroll in courses. Go through the lessons.",
    ),
    (
        "There are three rooms. Teams book a slot of an hour. After the game we note the score.",
        (
            "There are three rooms. Each game belongs to a team and a room. A game has a start and an end. "
            "A game lasts an hour. A game has the score."
        ),
    ),
]
"""What people type, and the same said as records."""
LEFT = [
    "A keeper looks after several cages",
    "A member borrows a key and returns it by a given day.",
    "A rider takes a horse. After the ride the rider notes how the horse was.",
    "Customers bring their dogs for fun.",
    "Members have a name and a phone.",
    "Students have lessons.",
    "A lesson takes place in a room.",
    "A lesson is taught by a teacher in a room.",
    "A book can be lent by several members at the same time.",
    "Candidates have interviews with two recruiters.",
    "Every team has two coaches and a captain.",
    "Every bike needs two wheels.",
    "Trainees attend coaching sessions with a coach.",
    "Every member gets a newsletter once a month.",
    "Members pay a fee.",
    "They pay a deposit.",
    "For each task we note whether the worker is away.",
    "For each book we note the title.",
    "Teachers publish courses. A lesson has a title.",
    "Learners enroll.",
    "We have several copies of the contract in the office.",
    "A novel has a title, a page count and a genre.",
    "Members take part in a training at a gym.",
]


@pytest.mark.parametrize(("said", "plain"), SAID)
def test_a_deed_is_said_as_its_record(said: str, plain: str) -> None:
    assert in_records(said).strip(" .") == plain.strip(" .")


@pytest.mark.parametrize("said", LEFT)
def test_what_tells_of_no_such_deed_stays_as_it_is(said: str) -> None:
    assert in_records(said) == said


def test_what_is_paid_and_left_without_a_record_stays_as_it_is() -> None:
    assert in_records("It is simple. They leave a note.") == "It is simple. They leave a note."


def test_a_sentence_of_many_parts_is_read_in_a_moment() -> None:
    long = "words, " * 85

    assert in_records(long) == long


IDEAS = {
    "A driving school. Students take driving lessons with an instructor in a car. A lesson has a start and costs "
    "money. Cars have a plate.": (
        "Lesson", "start:datetime price:Decimal student_id:int->Student instructor_id:int->Instructor car_id:int->Car",
    ),
    "Members of our makerspace get trained on machines by a trainer. Members have a name. Machines have a fee. "
    "Members get trained on machines by a trainer.": (
        "Training", "member_id:int->Member machine_id:int->Machine trainer_id:int->Trainer",
    ),
    "Company car pool. Employees can take a car for a trip. They note the kilometres at the start and at the end "
    "and where they went.": (
        "Trip",
        "start_kilometres:int end_kilometres:int destination:str employee_id:int->Employee car_id:int->Car",
    ),
    "A run has a route and a date. Members sign up for runs. After the run we note who really came.": (
        "Registration", "came:bool member_id:int->Member run_id:int->Run",
    ),
    "Small hotel. Guests make reservations for a room from one day to another. They pay a deposit.": (
        "Reservation", "from_day:date to_day:date deposit:Decimal guest_id:int->Guest room_id:int->Room",
    ),
    "Museum: exhibits belong to a collection. Restorers work on exhibits; a restoration has a start, an end "
    "and costs.": (
        "Restoration", "start:datetime end:datetime costs:Decimal restorer_id:int->Restorer exhibit_id:int->Exhibit",
    ),
    "A chess club. Players have a name and a rating. In every round two players play each other, "
    "with white or black.": (
        "Game", "white_player_id:int->Player black_player_id:int->Player round_id:int->Round",
    ),
    "There are nurses and doctors. Each night needs two nurses and one doctor.": (
        "NightShift", "date:date first_nurse_id:int->Nurse second_nurse_id:int->Nurse doctor_id:int->Doctor",
    ),
    "Every shift needs two lifeguards.": (
        "Shift", "date:date first_lifeguard_id:int->Lifeguard second_lifeguard_id:int->Lifeguard",
    ),
    "A farm. Workers log the hours they spend on a field and what they did.": (
        "TimeEntry", "date:date hours:int work_done:str field_id:int->Field worker_id:int->Worker",
    ),
    "Clients book shoots (wedding, portrait or product) at a place on a day.": (
        "Shoot", "kind:ShootKind place:str day:date client_id:int->Client",
    ),
    "For each lesson we remember whether a learner has finished it. A lesson has a title.": (
        "Completion", "is_finished:bool learner_id:int->Learner lesson_id:int->Lesson",
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", IDEAS)
def test_the_record_of_a_deed_has_its_people_places_and_facts(text: str) -> None:
    name, fields = IDEAS[text]

    found = shape(propose(talk(text)))

    assert sorted(found[name].replace("!", "").split()) == sorted(fields.split())


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Cars have a plate. Every car needs an inspection once a year.",
         "Every car needs an inspection once a year"),
        ("Rooms are cleaned by a cleaner every day.", "Rooms are cleaned by a cleaner every day"),
        ("Trainers hold training sessions in a hall every week.",
         "Trainers hold training sessions in a hall every week"),
        ("Members get trained on machines by a trainer, and only trained members may use a machine.",
         "Only trained members may use a machine"),
        ("Employees with a driving licence can take a car for a trip.",
         "Employees with a driving licence can take a car for a trip"),
    ],
)  # fmt: skip
def test_what_no_form_holds_is_quoted_whole(text: str, rule: str) -> None:
    proposal = propose(talk(text))

    assert any(rule in piece for piece in quoted(proposal))
