"""What the built-in planner makes of plain sentences: the right things, fields and links, or a question."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.planning.talking import asked_until_done, enums, propose, quoted, shape, talk

LIBRARY = (
    "a library: books with a title, an ISBN, a price and a status available/lent; members with a name and an e-mail; "
    "a member borrows many books"
)


class Case(NamedTuple):
    """A sentence, and what must come out of it; ``questions`` are all that are ever asked."""

    text: str
    title: str
    entities: dict[str, str]
    questions: list[str]


CASES: dict[str, Case] = {
    "library": Case(
        LIBRARY, "Library",
        {
            "Book": "title:str isbn:str! price:Decimal status:BookStatus",
            "Member": "name:str email:EmailStr!",
            "Loan": "member_id:int->Member book_id:int->Book lent_at:datetime due_at:datetime returned_at:datetime?",
        },
        ["link:borrow:member:book", "unique", "use"],
    ),
    "clinic": Case(
        "A clinic where patients book appointments with doctors. Patients have a name, a date of birth and a phone "
        "number. Doctors have a name and a specialty. An appointment has a date and time, a reason and a status "
        "(scheduled, done or cancelled).",
        "Clinic",
        {
            "Patient": "name:str date_of_birth:date phone_number:str",
            "Appointment": "date_and_time:datetime reason:str status:AppointmentStatus patient_id:int->Patient "
            "doctor_id:int->Doctor",
            "Doctor": "name:str specialty:str",
        },
        ["use"],
    ),
    "marketplace": Case(
        "an online marketplace where sellers list products and buyers order them; products have a name, description, "
        "price, and stock; sellers with a name and website",
        "Online marketplace",
        {
            "Seller": "name:str website:HttpUrl",
            "Product": "name:str description:str price:Decimal stock:int seller_id:int->Seller",
            "Buyer": "name:str",
            "Order": "buyer_id:int->Buyer product_id:int->Product ordered_at:datetime",
        },
        ["link:order:buyer:product", "fields:buyer", "use"],
    ),
    "ticket desk": Case(
        "Ticket desk: tickets with a title, description, priority low/medium/high and status open, in progress or "
        "closed. Each ticket is assigned to an agent. Agents have a name and an email. Customers open tickets.",
        "Ticket desk",
        {
            "Ticket": "title:str description:str priority:TicketPriority status:TicketStatus agent_id:int->Agent "
            "customer_id:int->Customer",
            "Agent": "name:str email:EmailStr!",
            "Customer": "name:str",
        },
        ["fields:customer", "unique", "use"],
    ),
    "recipe box": Case(
        "Recipe box: recipes with a title, instructions, cooking time in minutes, ingredients and difficulty "
        "easy/medium/hard",
        "Recipe box",
        {"Recipe": "title:str instructions:str cooking_time_minutes:int ingredients:str[] difficulty:RecipeDifficulty"},
        ["plural:recipe.ingredients", "use"],
    ),
    "fleet, in bullets": Case(
        "Fleet:\n- vehicles with a license plate, model, year and mileage\n- drivers with a name and licence number\n"
        "- a driver drives many vehicles",
        "Fleet",
        {
            "Vehicle": "license_plate:str! model:str year:int mileage:int",
            "Driver": "name:str licence_number:str!",
            "Trip": "driver_id:int->Driver vehicle_id:int->Vehicle starts_at:datetime ends_at:datetime?",
        },
        ["link:drive:driver:vehicle", "unique", "use"],
    ),
    "school, in upper case": Case(
        "SCHOOL: STUDENTS WITH A NAME AND A BIRTHDAY; COURSES WITH A TITLE AND CREDITS; STUDENTS ENROL IN COURSES",
        "School",
        {
            "Student": "name:str birthday:date",
            "Course": "title:str credits:int",
            "Enrolment": "student_id:int->Student course_id:int->Course enrolled_at:datetime",
        },
        ["link:enrol:student:course", "use"],
    ),
    "shorthand": Case(
        "Book: title str, price money, author -> Author, tags list[str]?, status: draft|published\nAuthor: name, email",
        "Books and authors",
        {
            "Book": "title:str price:Decimal author_id:int->Author tags:str[]? status:BookStatus",
            "Author": "name:str email:EmailStr!",
        },
        ["unique", "use"],
    ),
    "vinyl": Case(
        "I want to keep track of my vinyl records with artist, album, year and condition",
        "Vinyl records",
        {"VinylRecord": "artist:str album:str year:int condition:str"},
        ["use"],
    ),
    "hotel": Case(
        "hotel: rooms have a number, a floor, a price per night and a type single/double/suite, guests have a first "
        "name, last name and e-mail, and guests book rooms",
        "Hotel",
        {
            "Room": "number:str floor:int price_per_night:Decimal type:RoomType",
            "Guest": "first_name:str last_name:str email:EmailStr!",
            "Booking": "guest_id:int->Guest room_id:int->Room starts_at:datetime ends_at:datetime?",
        },
        ["link:book:guest:room", "unique", "use"],
    ),
    "authors": Case(
        "An author writes many books. Books have a title, a publication date and number of pages, and an author has a "
        "name and a website.",
        "Authors and books",
        {
            "Author": "name:str website:HttpUrl",
            "Book": "title:str publication_date:date number_of_pages:int author_id:int->Author",
        },
        ["use"],
    ),
    "bakery": Case(
        "a bakery: cakes with a name, price and allergens; customers with a name and a phone number; customers order "
        "cakes; an order can contain several cakes",
        "Bakery",
        {
            "Cake": "name:str price:Decimal allergens:str[]",
            "Customer": "name:str phone_number:str",
            "Order": "customer_id:int->Customer ordered_at:datetime",
            "OrderCake": "order_id:int->Order cake_id:int->Cake",
        },
        ["several:order:cake", "fields:order", "use"],
    ),
    "vet": Case(
        "A vet practice with owners and pets. Owners have a name, an e-mail address and a phone number. Each pet "
        "belongs to an owner and has a name, a species, a birth date and an optional microchip number. "
        "Vets treat pets.",
        "Vet practice",
        {
            "Owner": "name:str email_address:EmailStr! phone_number:str",
            "Pet": "name:str species:str birth_date:date microchip_number:str? owner_id:int->Owner",
            "Vet": "name:str",
            "Treatment": "vet_id:int->Vet pet_id:int->Pet happened_at:datetime",
        },
        ["link:treat:vet:pet", "fields:vet", "unique", "use"],
    ),
    "cars, in brackets": Case(
        "car dealership: cars (make, model, year, price, status in stock/sold), salespeople (name, email), a "
        "salesperson sells many cars",
        "Car dealership",
        {
            "Car": "make:str model:str year:int price:Decimal status:CarStatus salesperson_id:int->Salesperson",
            "Salesperson": "name:str email:EmailStr!",
        },
        ["unique", "use"],
    ),
    "conference": Case(
        "Conference: talks with a title, abstract and duration in minutes; speakers with name, bio and website; each "
        "talk has one or more speakers; attendees register for talks",
        "Conference",
        {
            "Talk": "title:str abstract:str duration_minutes:int",
            "Speaker": "name:str bio:str website:HttpUrl",
            "Attendee": "name:str",
            "TalkSpeaker": "talk_id:int->Talk speaker_id:int->Speaker",
            "Registration": "attendee_id:int->Attendee talk_id:int->Talk registered_at:datetime",
        },
        ["several:talk:speaker", "link:register:attendee:talk", "fields:attendee", "use"],
    ),
    "charity": Case(
        "We run a charity. Donors give donations. A donation has an amount, a date and a campaign. Campaigns have a "
        "name, a goal amount and an end date.",
        "Charity",
        {
            "Donor": "name:str",
            "Donation": "amount:Decimal date:date campaign_id:int->Campaign donor_id:int->Donor",
            "Campaign": "name:str goal_amount:Decimal end_date:date",
        },
        ["fields:donor", "use"],
    ),
    "staff": Case(
        "HR tool: employees with first name, last name, hire date, salary and role; departments with a name; an "
        "employee works in a department; an employee reports to a manager",
        "HR tool",
        {
            "Employee": "first_name:str last_name:str hire_date:date salary:Decimal role:EmployeeRole "
            "department_id:int->Department manager_id:int->Manager",
            "Department": "name:str",
            "Manager": "name:str",
        },
        ["fields:manager", "values:employee.role", "use"],
    ),
    "movies": Case(
        "movies with a title, a release year, a rating from 1 to 5 and genres, and directors with a name; a director "
        "directs many movies",
        "Movies and directors",
        {"Movie": ("title:str release_year:int rating:int "
"genres:str[] director_id:int->Director"), "Director": "name:str"},
        ["use"],
    ),
    "projects": Case(
        "Project management: a project has a name, a deadline and many tasks. A task has a title, an assignee, an "
        "estimate in hours and is either open or done.",
        "Project management",
        {
            "Project": "name:str deadline:date",
            "Task": "title:str assignee:str estimate_hours:int status:TaskStatus project_id:int->Project",
        },
        ["several:project:task", "use"],
    ),
    "blog": Case(
        ("Posts have a title, a body, a slug and many comments. "
"Comments have an author name and text. Users like posts."),
        "Posts and comments",
        {
            "Post": "title:str body:str slug:str!",
            "Comment": "author_name:str text:str post_id:int->Post",
            "User": "name:str",
            "UserPost": "user_id:int->User post_id:int->Post happened_at:datetime",
        },
        ["several:post:comment", "link:like:user:post", "fields:user", "unique", "use"],
    ),
    "events": Case(
        "Events with a name, a date, a venue and max capacity 500; tickets with a price, seat number; each ticket is "
        "for an event and belongs to a customer; customers with name, email unique",
        "Events and tickets",
        {
            "Event": "name:str date:date venue:str capacity:int",
            "Ticket": "price:Decimal seat_number:str event_id:int->Event customer_id:int->Customer",
            "Customer": "name:str email:EmailStr!",
        },
        ["use"],
    ),
    "harbour": Case(
        "Ships: name, tonnage, flag; Ports: name, country; ships visit ports",
        "Ships and ports",
        {
            "Ship": "name:str tonnage:str flag:str",
            "Port": "name:str country:str",
            "Visit": "ship_id:int->Ship port_id:int->Port visited_at:datetime",
        },
        ["link:visit:ship:port", "use"],
    ),
    "header with bullets": Case(
        "Plants:\n• name\n• species (optional)\n• watered at\n\nPots:\n1. size small, medium or large\n2. colour\n",
        "Plants and pots",
        {"Plant": "name:str species:str? watered_at:datetime", "Pot": "size:PotSize colour:str"},
        ["links", "use"],
    ),
    "gym, things only": Case(
        "a gym with members, trainers, and classes",
        "Gym",
        {"Member": "name:str", "Trainer": "name:str", "Class": "name:str"},
        ["fields:member", "fields:trainer", "fields:class", "links", "use"],
    ),
    "todo app": Case(
        "We need a todo app: tasks with a title, a due date and is_done flag, each task belongs to a project. Projects "
        "have a name.",
        "Todo app",
        {"Task": "title:str due_date:date is_done_flag:bool project_id:int->Project", "Project": "name:str"},
        ["use"],
    ),
    "many to many, both ways": Case(
        "Tags with a label. Photos with a title and a url. A photo has many tags. A tag has many photos.",
        "Tags and photos",
        {
            "Tag": "label:str",
            "Photo": "title:str url:HttpUrl",
            "PhotoTag": "photo_id:int->Photo tag_id:int->Tag",
        },
        ["use"],
    ),
    "passive": Case(
        "Articles with a headline and body. Articles are written by journalists. A journalist has a name and an email.",
        "Articles and journalists",
        {"Article": "headline:str body:str journalist_id:int->Journalist", "Journalist": "name:str email:EmailStr!"},
        ["unique", "use"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_sentence_gives_the_right_service_or_questions(case: str) -> None:
    text, title, expected, questions = CASES[case]

    proposal = propose(talk(text))

    assert proposal.title == title
    assert shape(proposal) == expected
    assert proposal.unread == ()
    assert sorted(asked_until_done(talk(text))) == sorted(questions)


UNREAD = {
    "books with a title. Users can log in. Send reminders by email.": ["Send reminders by email"],
    "books with a title; a late fee of one euro per day": ["a late fee of one euro per day"],
    "books with a title, notifications and online payments": ["notifications", "online payments"],
    "books with a title; members with a name; a member can borrow at most five books a week": [
        "a member can borrow at most five books a week"
    ],
    "Books with a title. Books can't be lent twice. Members must be over 18.": [
        "Books can't be lent twice", "Members must be over 18",
    ],
    "items with a name and a quantity; warn me when stock is low": ["warn me when stock is low"],
    "Trees with a height and fountains in our city park": ["fountains in our city park"],
    "users with an email and a password": [
        "a password (a password is never stored as plain text, and accounts are not built yet)"
    ],
    "books with a title. Could members rate them?": ["Could members rate them?"],
    "boxes with a weight/height": ["boxes with a weight/height"],
    "rooms with a name. It should look nice and be fast.": ["It should look nice and be fast"],
}  # fmt: skip


@pytest.mark.parametrize("text", UNREAD)
def test_what_can_not_be_built_is_quoted_and_never_dropped(text: str) -> None:
    proposal = propose(talk(text))

    assert sorted(quoted(proposal)) == sorted(UNREAD[text])
    is_understood = any("I understood" in one for one in proposal.assumptions)
    assert is_understood or "unread" in asked_until_done(talk(text))


def test_words_choose_types_limits_and_flags() -> None:
    proposal = propose(
        talk(
            "Products with a name up to 80 characters, a unique SKU, a unit price with 3 decimals, a weight, an "
            "optional homepage, a quantity at least 0, is_active, sold at, opening time, a rating between 1 and "
            "5, created on, a budget in euros, rank default 3"
        )
    )
    product = proposal.specs.entity("Product")
    assert product is not None
    assert shape(proposal)["Product"] == (
        "name:str sku:str! unit_price:Decimal weight:float homepage:HttpUrl? quantity:int is_active:bool "
        "sold_at:datetime opening_time:time rating:int created_on:date budget:Decimal rank:int"
    )
    limits = {field.name: (field.minimum, field.maximum, field.places, field.default) for field in product.fields}
    assert limits["name"] == (None, "80", None, None)
    assert limits["unit_price"] == (None, None, 3, None)
    assert limits["quantity"] == ("0", None, None, None)
    assert limits["rating"] == ("1", "5", None, None)
    assert limits["rank"] == (None, None, None, "3")
    assert any("in euros" in line or "(euros)" in line for line in proposal.assumptions)


def test_values_become_an_enum_whose_first_value_is_the_default() -> None:
    proposal = propose(talk(LIBRARY))
    book = proposal.specs.entity("Book")

    assert enums(proposal) == {"BookStatus": ("available", "lent")}
    assert book is not None
    status = book.field("status")
    assert status is not None
    assert status.default == "available"


def test_every_entity_has_key_timestamps_table_path_and_relations() -> None:
    proposal = propose(talk(LIBRARY))

    for entity in proposal.specs.entities:
        names = [field.name for field in entity.fields]
        assert names[0] == "id"
        assert names[-2:] == ["created_at", "updated_at"]
        assert entity.primary_key is not None
        assert entity.primary_key.type.name == "int"
    loan = proposal.specs.entity("Loan")
    assert loan is not None
    assert (loan.table, loan.api_path) == ("loans", "/api/v1/loans")
    assert {relation.name: relation.target for relation in loan.relations} == {"member": "Member", "book": "Book"}


def test_the_same_words_give_the_same_proposal() -> None:
    assert propose(talk(LIBRARY)) == propose(talk(LIBRARY))
