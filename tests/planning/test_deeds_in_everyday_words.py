"""What people do, as anybody would type it: who submits and decides, what is done with what is approved, hours."""

import pytest

from tests.planning.talking import asked, enums, interview, propose, quoted, shape, talk

EXPENSES = (
    "Expense tracker for our team. Everyone submits expenses with amount, currency, category and a receipt photo. "
    "A manager approves or rejects them. Approved expenses get paid out at the end of the month."
)
HOLIDAYS = "Our staff request holidays with a start date and an end date. "
ARTICLES = "We write articles with a title and text. "


def test_everyone_submits_things_that_somebody_decides_about() -> None:
    proposal = propose(talk(EXPENSES))
    assert list(shape(proposal)) == ["Expense"]
    assert shape(proposal)["Expense"].startswith("amount:Decimal currency:str category:str receipt_photo:str status:")
    assert enums(proposal)["ExpenseStatus"] == ("submitted", "approved", "rejected", "paid")
    assert quoted(proposal) == [
        "A manager approves or rejects them",
        "Approved expenses get paid out at the end of the month",
    ]
    assert proposal.unread == ()


def test_the_values_of_such_a_status_and_who_submits_are_asked() -> None:
    questions = {one.id: one for one in interview(talk(EXPENSES)).questions}
    assert questions["values:expense.status"].default == "submitted / approved / rejected / paid"
    assert "doer:expense" in questions
    answered = propose(talk(EXPENSES, answers={"values:expense.status": "new / ok / refused"}))
    assert enums(answered)["ExpenseStatus"] == ("new", "ok", "refused")


@pytest.mark.parametrize(
    ("text", "enum", "values", "tasks"),
    [
        (
            "Tasks have a title and a due date. Completed tasks can't be edited.",
            "TaskStatus",
            ("open", "completed"),
            [],
        ),
        (
            "Leave requests have a start and an end. A manager must approve each leave request.",
            "LeaveRequestStatus",
            ("submitted", "approved", "rejected"),
            ["A manager must approve each leave request"],
        ),
        (
            ARTICLES + "An editor reviews and approves them. Published articles can't be deleted.",
            "ArticleStatus",
            ("submitted", "approved", "rejected", "published"),
            ["An editor reviews and approves them"],
        ),
        (
            "Our staff report incidents (date, place). The safety officer reviews and closes them.",
            "IncidentStatus",
            ("open", "closed"),
            ["The safety officer reviews and closes them"],
        ),
        (
            "Animals have a name and a species. Only available animals can be applied for.",
            "AnimalStatus",
            ("available", "unavailable"),
            ["Only available animals can be applied for"],
        ),
        (
            HOLIDAYS + "The boss approves or declines them. Approved holidays can't be changed.",
            "HolidayStatus",
            ("submitted", "approved", "declined"),
            ["The boss approves or declines them"],
        ),
        (
            "Students upload a thesis with title and abstract. A supervisor approves it.",
            "ThesisStatus",
            ("submitted", "approved", "rejected"),
            ["A supervisor approves it"],
        ),
        (
            "Ideas board: anyone can post ideas with a title. An admin approves ideas before they are shown.",
            "IdeaStatus",
            ("submitted", "approved", "rejected"),
            ["An admin approves ideas before they are shown"],
        ),
        (
            "Requests have a title. The head must approve each request within 3 days.",
            "RequestStatus",
            ("submitted", "approved", "rejected"),
            ["The head must approve each request within 3 days"],
        ),
        (
            "Bookings have a start and an end. The host accepts or declines the bookings.",
            "BookingStatus",
            ("submitted", "accepted", "declined"),
            ["The host accepts or declines the bookings"],
        ),
    ],
)
def test_a_status_that_is_only_spoken_of(text: str, enum: str, values: tuple[str, ...], tasks: list[str]) -> None:
    proposal = propose(talk(text))
    assert enums(proposal)[enum] == values
    assert quoted(proposal) == tasks
    assert proposal.unread == ()


@pytest.mark.parametrize(
    "text",
    [
        "Orders have a number and a paid flag. Paid orders can't be changed.",
        "Posts have a title and a status: draft or published. Published posts can't be deleted.",
        "Loans have a lent on and a completed on. Completed loans can't be deleted.",
    ],
)
def test_a_state_that_a_field_says_already_is_no_status(text: str) -> None:
    assert not [one for one in asked(talk(text)) if one.startswith("values:")]
    assert sum(shape(propose(talk(text)))[name].count("Status") for name in shape(propose(talk(text)))) <= 1


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        (
            "I have clients and projects, log hours on projects, and send invoices.",
            "date:date hours:float project_id:int->Project",
        ),
        (
            "Tasks have a title. Employees log hours on tasks.",
            "date:date hours:float task_id:int->Task employee_id:int->Employee",
        ),
        (
            "Cases have a number. Lawyers log their time spent on cases.",
            "date:date hours:float case_id:int->Case lawyer_id:int->Lawyer",
        ),
    ],
)
def test_hours_that_are_logged_are_time_entries(text: str, entry: str) -> None:
    assert shape(propose(talk(text)))["TimeEntry"] == entry


def test_hours_go_to_the_record_of_time_that_people_named() -> None:
    proposal = propose(talk("Projects have a name. Timesheets have a note. People log hours on projects."))
    assert shape(proposal)["Timesheet"] == "note:str date:date hours:float project_id:int->Project"
    assert "TimeEntry" not in shape(proposal)


def test_what_we_sell_is_a_thing_and_nothing_is_left_of_the_sentence() -> None:
    proposal = propose(talk("We sell courses. Courses have a title. We rent out bikes."))
    assert set(shape(proposal)) == {"Course", "Bike"}
    assert quoted(proposal) == []


def test_what_we_do_with_things_is_no_part_of_their_name() -> None:
    proposal = propose(talk("I have clients and projects, and send invoices. An invoice has a number."))
    assert set(shape(proposal)) == {"Client", "Project", "Invoice"}


@pytest.mark.parametrize(
    ("before", "deed"),
    [
        ("Guests have an email. A reservation has a guest. ", "The guest gets an email confirmation"),
        ("Flights have a number. ", "Passengers get a text message when a flight is late"),
        ("Books have a title. ", "Overdue books get a fine of 0.50 per day"),
        ("Rentals have a start date. ", "Late returns cost 5 euros per day"),
        ("Invoices have a number. ", "The total is calculated from the hours and the hourly rate"),
        ("Patients have a name. ", "The patient receives an SMS the day before"),
        ("Members have a name. ", "Members get a reminder before their membership expires"),
    ],
)
def test_what_happens_by_itself_is_an_open_task_and_no_field(before: str, deed: str) -> None:
    plain, more = propose(talk(before)), propose(talk(f"{before}{deed}."))
    assert shape(more) == shape(plain)
    assert [one.details[0] for one in more.custom] == [f"The rule as it was said: “{deed}”."]
    assert more.unread == ()


def test_an_email_that_people_have_is_a_field() -> None:
    assert shape(propose(talk("Guests get an email and a phone number.")))["Guest"].startswith("email:EmailStr")


def test_a_word_of_a_rule_that_is_declared_is_no_status() -> None:
    proposal = propose(
        talk("Contracts have an employee, a start date and an end date. An employee may have only one active contract.")
    )
    assert "status" not in shape(proposal)["Contract"]


def test_an_adjective_in_the_middle_of_a_sentence_names_a_status_too() -> None:
    proposal = propose(
        talk("Speakers submit talks (title), accepted talks get scheduled into rooms with a start and end time.")
    )
    assert enums(proposal)["TalkStatus"] == ("submitted", "accepted", "rejected")
    assert proposal.unread == ()


def test_what_only_what_is_published_allows_stays_an_open_task_beside_its_link() -> None:
    proposal = propose(
        talk("Posts can be draft or published. Comments have a text. Readers can comment on published posts.")
    )
    assert quoted(proposal) == ["Readers can comment on published posts"]
    assert proposal.unread == ()
    assert enums(proposal) == {"PostStatus": ("draft", "published")}


def test_an_amount_that_is_worked_out_is_quoted_without_the_list_around_it() -> None:
    proposal = propose(talk("Parking: spots, sessions with entry time and exit time, price is calculated per hour."))
    assert quoted(proposal) == ["price is calculated per hour"]
