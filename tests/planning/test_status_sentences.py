"""What may be done only while something is as it must be, as people say it, becomes a rule; else it stays quoted."""

from __future__ import annotations

import pytest

from bot.documents.entities.rule_lines import write_rule
from bot.planning.built_in.phrases.status_phrases import read_status_phrases
from bot.planning.conversation import Proposal
from tests.planning.talking import propose, quoted, talk

KILNS = (
    "Kilns with a name and a status working/idle/broken. Potters with a name and whether they are active. "
    "Firings with a kiln, a potter, a start and an end. "
)
LENDING = (
    "Items with a name and a status in/out/lost. Members with a name and a status active/blocked. "
    "Loans with an item, a member, a lent on date and an optional returned on date. "
)
ORDERS = (
    "Customers with a name. Orders with a customer, a number and a status open/paid/sent. "
    "Order lines with an order and an amount. "
)
CARS = (
    "Cars with a plate and a condition ok/in repair/scrapped. Drivers with a name and a state on duty/off duty. "
    "Trips with a car, a driver, a start and an end. "
)
CONCERTS = "Concerts with a date and a status planned/cancelled/over. Tickets with a concert and a price. "
HALLS = (
    "Halls with a name and whether it is open. "
    "Bookings with a hall, a start and an end and a status requested/confirmed/cancelled. "
)
NOT_BROKEN = "Firing: create only while kiln.status is working | idle"
NOT_BLOCKED = "Loan: create only while member.status is active"
ACTIVE = "Firing: create only while potter.is_active is true"
ON_DUTY = "Trip: create only while driver.state is on_duty"
NOT_CANCELLED = "Ticket: create only while concert.status is planned | over"

SENTENCES = [
    (KILNS, "A broken kiln can't be booked", NOT_BROKEN),
    (KILNS, "Kilns that are broken cannot be booked", NOT_BROKEN),
    (KILNS, "A kiln can't be booked while it is broken", NOT_BROKEN),
    (KILNS, "a kiln can't be booked if broken", NOT_BROKEN),
    (KILNS, "If a kiln is broken, it can't be booked", NOT_BROKEN),
    (KILNS, "Nobody can book a broken kiln", NOT_BROKEN),
    (KILNS, "You can't book a kiln that is broken", NOT_BROKEN),
    (KILNS, "A broken kiln can't get a new firing", NOT_BROKEN),
    (KILNS, "No firings in a broken kiln", NOT_BROKEN),
    (KILNS, "A kiln can't be booked unless it is working", "Firing: create only while kiln.status is working"),
    (KILNS, "A kiln can only be booked when it is working", "Firing: create only while kiln.status is working"),
    (KILNS, "Only a working kiln can be booked", "Firing: create only while kiln.status is working"),
    (KILNS, "Only working or idle kilns can be booked", NOT_BROKEN),
    (KILNS, "Inactive potters can't book", ACTIVE),
    (KILNS, "Only active potters may book a kiln", ACTIVE),
    (KILNS, "Potters who are not active can't book anything", ACTIVE),
    (LENDING, "An item that is out can't be lent", "Loan: one open Loan per item until returned_at"),
    (LENDING, "An item that is out or lost can't be lent", "Loan: create only while item.status is in"),
    (LENDING, "Only items that are in can be borrowed", "Loan: create only while item.status is in"),
    (LENDING, "We never lend lost items", "Loan: create only while item.status is in | out"),
    (LENDING, "Blocked members cannot borrow", NOT_BLOCKED),
    (LENDING, "Only active members can borrow", NOT_BLOCKED),
    (LENDING, "Only members who are active can borrow items", NOT_BLOCKED),
    (LENDING, "A member can't borrow if they are blocked", NOT_BLOCKED),
    (ORDERS, "Only open orders can be changed", "Order: update only while status is open"),
    (ORDERS, "An order can't be edited once it is sent", "Order: update only while status is open | paid"),
    (ORDERS, "Orders can only be deleted while they are open", "Order: delete only while status is open"),
    (ORDERS, "A paid order can't be deleted", "Order: delete only while status is open | sent"),
    (ORDERS, "Lines of a paid order can't be changed", "OrderLine: update only while order.status is open | sent"),
    (ORDERS, "Only lines of open orders can be deleted", "OrderLine: delete only while order.status is open"),
    (CARS, "A car in repair can't be booked", "Trip: create only while car.condition is ok | scrapped"),
    (CARS, "Scrapped cars can't be used", "Trip: create only while car.condition is ok | in_repair"),
    (CARS, "A car that is in repair or scrapped can't be used", "Trip: create only while car.condition is ok"),
    (CARS, "A driver who is off duty cannot be booked", ON_DUTY),
    (CARS, "Only drivers on duty can drive", ON_DUTY),
    (CONCERTS, "No tickets for a cancelled concert", NOT_CANCELLED),
    (CONCERTS, "You can't buy a ticket for a cancelled concert", NOT_CANCELLED),
    (CONCERTS, "A concert that is over can't be changed", "Concert: update only while status is planned | cancelled"),
    (HALLS, "Only open halls can be booked", "Booking: create only while hall.is_open is true"),
    (HALLS, "A closed hall can't be booked", "Booking: create only while hall.is_open is true"),
    (HALLS, "Confirmed bookings can't be deleted", "Booking: delete only while status is requested | cancelled"),
]  # fmt: skip


def rules_of(proposal: Proposal) -> list[str]:
    """Return the rules of all entities."""
    return [f"{entity.name}: {write_rule(rule)}" for entity in proposal.specs.entities for rule in entity.rules]


@pytest.mark.parametrize(("idea", "sentence", "rule"), SENTENCES, ids=[sentence for _, sentence, _ in SENTENCES])
def test_a_sentence_becomes_a_rule_and_is_quoted_with_it(idea: str, sentence: str, rule: str) -> None:
    proposal = propose(talk(f"{idea}{sentence}."))
    assert rules_of(proposal) == [rule]
    assert quoted(proposal) == []
    entity, _, form = rule.partition(": ")
    assert f"Rule of {entity}, “{form}”: “{sentence}” (Mara)" in proposal.decisions


def test_two_verbs_are_two_rules() -> None:
    assert rules_of(propose(talk(f"{ORDERS}A paid order can't be changed or deleted."))) == [
        "Order: update only while status is open | sent",
        "Order: delete only while status is open | sent",
    ]


def test_what_can_t_be_changed_any_more_keeps_its_steps_too() -> None:
    proposal = propose(talk(f"{ORDERS}A sent order can no longer be changed."))
    assert rules_of(proposal)[0] == "Order: update only while status is open | paid"
    assert rules_of(proposal)[1].startswith("Order: transition status: ")
    assert not any("other fields can still be edited" in line for line in proposal.assumptions)


@pytest.mark.parametrize(
    ("idea", "sentence"),
    [
        (KILNS, "A molten kiln can't be booked"),
        (KILNS, "A broken kiln can't be sold"),
        (KILNS, "Broken kilns can't be booked without approval"),
        (LENDING, "A blocked member can't delete loans"),
        (LENDING, "Blocked members can't see items"),
        (ORDERS, "A cheap order can't be deleted"),
        (HALLS, "A small hall can't be booked"),
    ],
)
def test_what_the_draft_has_not_stays_an_open_task(idea: str, sentence: str) -> None:
    proposal = propose(talk(f"{idea}{sentence}."))
    assert not any("only while" in rule for rule in rules_of(proposal))
    assert quoted(proposal) == [sentence]


def test_a_step_of_a_status_stays_a_step() -> None:
    rules = rules_of(propose(talk(f"{HALLS}A confirmed booking can't be cancelled.")))
    assert [rule.partition(" status")[0] for rule in rules] == ["Booking: transition"]


def test_several_records_of_a_thing_leave_it_open() -> None:
    idea = f"{KILNS}Repairs with a kiln, a start and an end. "
    assert rules_of(propose(talk(f"{idea}A broken kiln can't be used."))) == []
    repaired = rules_of(propose(talk(f"{idea}A working kiln can't be repaired.")))
    assert repaired == ["Repair: create only while kiln.status is idle | broken"]


def test_it_comes_with_a_change_and_goes_with_one() -> None:
    said = "A broken kiln can't be booked"
    assert rules_of(propose(talk(KILNS, changes=(said,)))) == [NOT_BROKEN]
    assert rules_of(propose(talk(f"{KILNS}{said}.", changes=(f'drop the rule "{said.lower()}"',)))) == []


def test_a_record_that_is_asked_for_is_there_in_time() -> None:
    idea = "Books with a title. Members with a name and whether they are active. Members borrow books. "
    rules = rules_of(propose(talk(f"{idea}Only active members can borrow.")))
    assert rules == ["Loan: create only while member.is_active is true"]


@pytest.mark.parametrize("sentence", ["only " + "a of " * 46 + "can be", "a that is " * 23, "a broken kiln " * 30])
def test_what_is_no_such_sentence_says_nothing(sentence: str) -> None:
    assert read_status_phrases(sentence) == ()
