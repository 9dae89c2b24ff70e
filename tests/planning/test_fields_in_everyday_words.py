"""Fields as anybody would type them: what may be or not, kinds of a thing, values in brackets, who and how many."""

import pytest

from tests.planning.talking import enums, propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("text", "entity", "fields"),
    [
        ("Jobs have a title and can be remote.", "Job", "title:str remote:bool"),
        (
            "Donations have an amount, a date and may be anonymous.",
            "Donation",
            "amount:Decimal date:date anonymous:bool",
        ),
        ("Recipes have a title. Recipes can be private.", "Recipe", "title:str private:bool"),
        (
            "Shipments have a weight, may be fragile and can be insured.",
            "Shipment",
            "weight:float fragile:bool insured:bool",
        ),
        ("Courses have a title. Courses can be held online.", "Course", "title:str online:bool"),
        ("Trails have a length. A trail can be wet or not.", "Trail", "length:float wet:bool"),
        ("Order items have a quantity and the price at the time.", "OrderItem", "quantity:int price:Decimal"),
        ("Sales have a price at the time of the sale.", "Sale", "price:Decimal"),
        ("Loans have a title, a lent on and due back.", "Loan", "title:str lent_on:date due_back:date"),
        (
            "Stock movements record how many items came in or went out, when, and who did it.",
            "StockMovement",
            "quantity:int direction:StockMovementDirection date:date done_by_id:int->Person",
        ),
    ],
)
def test_fields(text: str, entity: str, fields: str) -> None:
    proposal = propose(talk(text))
    people = {"Person": "name:str"} if "->Person" in fields else {}
    assert shape(proposal) == {entity: fields} | people
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    ("text", "enum", "values"),
    [
        ("Habits have a name and frequency (daily, weekly).", "HabitFrequency", ("daily", "weekly")),
        ("Plants with a name and light (sunny, shady).", "PlantLight", ("sunny", "shady")),
        (
            "We have animals (name, species, age, status: available, reserved, adopted).",
            "AnimalStatus",
            ("available", "reserved", "adopted"),
        ),
        (
            "Speakers submit talks (title, abstract, level: beginner, intermediate, advanced).",
            "TalkLevel",
            ("beginner", "intermediate", "advanced"),
        ),
        ("Pets (name, size: small, medium, large, vaccinated or not).", "PetSize", ("small", "medium", "large")),
        (
            "Memberships have a price. There are monthly and yearly memberships.",
            "MembershipKind",
            ("monthly", "yearly"),
        ),
        ("We run a gym. There are monthly and yearly memberships.", "MembershipKind", ("monthly", "yearly")),
        (
            "We offer single, double and family rooms. Rooms have a number.",
            "RoomKind",
            ("single", "double", "family"),
        ),
        (
            "Tickets have a price. Tickets come in three types: standard, premium and vip.",
            "TicketType",
            ("standard", "premium", "vip"),
        ),
        ("Shirts have a price. There are two sizes of shirts: small and large.", "ShirtSize", ("small", "large")),
        (
            "Tenants have a name. Tenants report maintenance issues, which are open, in progress or fixed.",
            "MaintenanceIssueStatus",
            ("open", "in_progress", "fixed"),
        ),
        ("Exhibits with a title, on loan or owned.", "ExhibitStatus", ("on_loan", "owned")),
        ("Cars have a plate and are either new or used.", "CarStatus", ("new", "used")),
    ],
)
def test_values(text: str, enum: str, values: tuple[str, ...]) -> None:
    assert enums(propose(talk(text)))[enum] == values


@pytest.mark.parametrize(
    "text",
    [
        "Orders have a number. Orders can be cancelled.",
        "Accounts have a balance. The balance can be negative.",
        "Rooms have a number and an address (street, city).",
    ],
)
def test_what_is_done_or_has_parts_is_no_flag_and_no_values(text: str) -> None:
    proposal = propose(talk(text))
    assert "bool" not in " ".join(shape(proposal).values())
    assert enums(proposal) == {}


def test_kinds_of_a_thing_are_no_things() -> None:
    proposal = propose(talk("Members have a name. Memberships have a price. There are monthly and yearly memberships."))
    assert set(shape(proposal)) == {"Member", "Membership"}


def test_things_that_are_listed_stay_things() -> None:
    proposal = propose(talk("We have rooms, tables and chairs."))
    assert set(shape(proposal)) == {"Room", "Table", "Chair"}


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("Speakers submit talks (title).", {"Talk": "title:str"}),
        (
            "Rooms (price per night) are booked by guests (email).",
            {"Room": "price_per_night", "Guest": "email:EmailStr"},
        ),
        (
            "Speakers (name) submit talks (title), and hosts (name) invite them.",
            {"Talk": "title:str", "Host": "name:str"},
        ),
    ],
)
def test_one_fact_in_brackets_is_a_field_of_the_noun_before(said: str, fields: dict[str, str]) -> None:
    proposal = propose(talk(said))
    assert all(shape(proposal)[thing].startswith(field) for thing, field in fields.items())
    assert proposal.unread == ()


def test_a_remark_in_brackets_is_no_field() -> None:
    proposal = propose(talk("Members book courts (indoor) for a day. Courts have a name."))
    assert shape(proposal)["Court"] == "name:str"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("A batch has a gravity (decimal number)", "gravity:float"),
        ("A batch has a gravity (a number with decimals)", "gravity:float"),
        ("A batch has a cost as a decimal", "cost:Decimal"),
    ],
)
def test_a_number_with_decimals_is_said_in_many_ways(said: str, field: str) -> None:
    assert shape(propose(talk(said))) == {"Batch": field}


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ("a date, a note (free text, optional) and a nurse", "date:date note:str? nurse:str"),
        ("a date and a comment (optional, free text)", "date:date comment:str?"),
        ("a price (in euros, optional) and a code (8 letters, unique)", "price:Decimal? code:str!"),
        ("a name and a phone (optional, unique)", "name:str phone:str?!"),
        ("a number and a priority (0, 1, 2)", "number:str priority:int"),
    ],
)
def test_several_remarks_in_brackets_are_about_their_field(facts: str, fields: str) -> None:
    proposal = propose(talk(f"A visit has {facts}."))
    assert shape(proposal) == {"Visit": fields}
    assert not quoted(proposal)


def test_numbers_in_a_row_are_the_limits_of_a_number() -> None:
    said = [
        "A ticket has a name and a priority (0, 1, 2).",
        "A ticket has a name. The priority of a ticket is 0, 1 or 2.",
    ]
    for one in said:
        field = propose(talk(one)).specs.entities[0].fields
        assert [(each.minimum, each.maximum) for each in field if each.name == "priority"] == [("0", "2")]
    assert "size" not in shape(propose(talk("A ticket has a name and a size (36, 38 or 40).")))["Ticket"]
