"""What is chosen for a thing: what somebody decides of it, what it comes in, what it is rented by, what is once."""

from __future__ import annotations

import pytest

from tests.planning.talking import enums, propose, quoted, rules_of, shape, talk


@pytest.mark.parametrize(
    ("said", "enum", "values"),
    [
        ("Members have a plan: basic, plus or full.", "MemberPlan", ("basic", "plus", "full")),
        ("Every customer has a package (mini, plus or max).", "CustomerPackage", ("mini", "plus", "max")),
        (
            "Manuscripts have a title. An editor decides: rejected, revision or accepted.",
            "ManuscriptDecision",
            ("rejected", "revision", "accepted"),
        ),
        ("Grants have a title. A committee decides: funded or refused.", "GrantDecision", ("funded", "refused")),
        (
            "A bug has a title. A developer decides whether it is accepted, rejected or a duplicate.",
            "BugDecision",
            ("accepted", "rejected", "duplicate"),
        ),
        ("Ideas have a title. The board decides (taken, later).", "IdeaDecision", ("taken", "later")),
        ("Pizzas come in small, medium and large. Pizzas have a name.", "PizzaSize", ("small", "medium", "large")),
        ("Each chair comes in oak, beech or walnut. Chairs have a price.", "ChairMaterial", ("oak", "beech", "walnut")),
        ("The sofa comes in red or blue. Sofas have a name.", "SofaColour", ("red", "blue")),
        ("A bird has a name. A bird comes in healthy or injured state.", "BirdState", ("healthy", "injured")),
        ("We film weddings. We offer packages: basic, plus and deluxe.", "PackageKind", ("basic", "plus", "deluxe")),
        ("Boxes have a name and a grade: A, B or C.", "BoxGrade", ("a", "b", "c")),
        ("Rooms have a number. A room is either single or double.", "RoomStatus", ("single", "double")),
    ],
)  # fmt: skip
def test_values_are_those_of_the_thing(said: str, enum: str, values: tuple[str, ...]) -> None:
    proposal = propose(talk(said))

    assert enums(proposal) == {enum: values}
    assert not quoted(proposal)


@pytest.mark.parametrize(
    ("said", "status", "rule"),
    [
        (
            "An errand has a description and is open, then done.",
            "Errand",
            "transition status: open -> done",
        ),
        (
            "A claim has an amount and is new, then checked, then paid or refused.",
            "Claim",
            "transition status: new -> checked, checked -> paid | refused",
        ),
        (
            "Episodes have a title, a length and are draft, then edited, then aired.",
            "Episode",
            "transition status: draft -> edited, edited -> aired",
        ),
    ],
)
def test_steps_behind_facts_are_a_status(said: str, status: str, rule: str) -> None:
    proposal = propose(talk(said))

    assert f"status:{status}Status" in shape(proposal)[status].split()
    assert rules_of(proposal) == [rule]


@pytest.mark.parametrize(
    ("said", "prices"),
    [
        (
            "Desks are rented by the month, meeting rooms by the hour.",
            {"Desk": "name:str price_per_month:Decimal", "MeetingRoom": "name:str price_per_hour:Decimal"},
        ),
        ("Boats are rented by the hour.", {"Boat": "name:str price_per_hour:Decimal"}),
        ("We rent out bouncy castles by the day. Castles have a name.", {"Castle": "price_per_day:Decimal name:str"}),
        (
            "Kilns are rented by the firing, glazes are sold by the kilo.",
            {"Kiln": "name:str price_per_firing:Decimal", "Glaze": "name:str price_per_kilo:Decimal"},
        ),
        (
            "Fabric is sold by the metre, and buttons by the piece.",
            {"Fabric": "name:str price_per_metre:Decimal", "Button": "name:str price_per_piece:Decimal"},
        ),
    ],
)
def test_what_is_rented_by_a_measure_has_a_price_per_it(said: str, prices: dict[str, str]) -> None:
    assert shape(propose(talk(said))) == prices


@pytest.mark.parametrize(
    ("said", "record", "rule"),
    [
        (
            "Seats have a number. Performances have a date. A seat can be sold only once per performance.",
            {"Sale": {"seat_id:int->Seat", "performance_id:int->Performance"}},
            "A seat can be sold only once per performance",
        ),
        (
            "Members have a name. Elections have a date. A member can vote only once per election.",
            {"Vote": {"member_id:int->Member", "election_id:int->Election"}},
            "A member can vote only once per election",
        ),
        ("Slots have a number. A slot can be booked only once per day.", {}, "A slot can be booked only once per day"),
        (
            "Items have a description. If they match, the item is handed out.",
            {},
            "If they match, the item is handed out",
        ),
        (
            "Schools have a name. Puppets have a name. A school can borrow a puppet only once per term.",
            {},
            "A school can borrow a puppet only once per term",
        ),
        (
            "Runners have a name. If they miss a control they are disqualified.",
            {},
            "If they miss a control they are disqualified",
        ),
        ("Buyers and sellers. If they agree, a deal is made.", {}, "If they agree, a deal is made"),
    ],
)
def test_what_no_form_holds_stays_a_task_in_all_its_words(said: str, record: dict[str, set[str]], rule: str) -> None:
    proposal = propose(talk(said))

    assert {name: set(shape(proposal)[name].split()) for name in record} == record
    assert [task.title for task in proposal.custom] == [f"“{rule}”"]
    assert not proposal.unread


@pytest.mark.parametrize(
    "said",
    [
        "Offices have a name. Rooms are let by the council.",
        "Chairs come in pairs or sets. Chairs have a price.",
        "A bus has a number. The driver decides.",
    ],
)
def test_what_means_something_else_is_no_choice(said: str) -> None:
    proposal = propose(talk(said))

    assert not enums(proposal)
    assert not any("price_per" in fields for fields in shape(proposal).values())
