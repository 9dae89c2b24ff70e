"""Limits that speak of a state: what counts is what has a value of a status."""

from __future__ import annotations

import pytest

from tests.planning.talking import fields_of, propose, rules_of, talk

TICKETS = "An agent has a name. A ticket has a title, an agent and a status open, waiting or closed."
REPAIRS = "A watchmaker has a name. A repair has a maker and a watchmaker. It is new, then on the bench, then ready."
LOANS = (
    "Bikes have a name. Members have a name. A loan belongs to a member and a bike and has a day. "
    "A loan is asked for, then confirmed or turned down, then out,"
)
OPEN = "at most 3 Ticket per agent while status is open"
BENCH = "at most 6 Repair per watchmaker while status is on_bench"


@pytest.mark.parametrize(
    ("idea", "said", "rule"),
    [
        (TICKETS, "An agent can have at most 3 open tickets.", OPEN),
        (TICKETS, "No agent has more than 3 tickets that are open or waiting.", f"{OPEN} | waiting"),
        (TICKETS, "Only two tickets may be waiting per agent.", "at most 2 Ticket per agent while status is waiting"),
        (REPAIRS, "A watchmaker never has more than six repairs on the bench at once.", BENCH),
        (REPAIRS, "At most 6 repairs per watchmaker are on the bench.", BENCH),
        (TICKETS, "An agent has at most three tickets with status open or waiting.", f"{OPEN} | waiting"),
        (TICKETS, "An agent has at most three tickets while the ticket is not closed.", f"{OPEN} | waiting"),
    ],
)  # fmt: skip
def test_a_limit_that_names_a_state_counts_what_is_in_it(idea: str, said: str, rule: str) -> None:
    proposal = propose(talk(f"{idea} {said}"))

    assert rule in rules_of(proposal)
    assert not proposal.unread
    assert not proposal.custom


@pytest.mark.parametrize(
    "said",
    [
        "An agent can have at most 3 urgent tickets.",
        "An open ticket is answered within two days.",
        "At most 3 tickets are open or waiting or closed per agent.",
    ],
)
def test_what_counts_no_state_of_the_record_is_no_such_rule(said: str) -> None:
    assert not [rule for rule in rules_of(propose(talk(f"{TICKETS} {said}"))) if " while " in rule]


def test_a_value_that_is_renamed_or_goes_is_followed_by_the_count() -> None:
    told = f"{TICKETS} An agent can have at most 3 open tickets."

    assert "at most 3 Ticket per agent while status is new" in rules_of(
        propose(talk(told, changes=("Rename the status open to new.",)))
    )


@pytest.mark.parametrize("of", ["that are open or waiting", "with status open or waiting"])
def test_a_limit_that_comes_as_a_change_names_no_values_anew(of: str) -> None:
    steps = f"{TICKETS} A ticket goes from open to waiting, from waiting to closed."
    proposal = propose(talk(steps, changes=(f"An agent has at most three tickets {of}.",)))

    assert [enum.values for enum in proposal.specs.enums] == [("open", "waiting", "closed")]
    assert f"{OPEN} | waiting" in rules_of(proposal)


@pytest.mark.parametrize(
    "said", ["A coach runs at most two courses at the same time.", "A coach gives only one course at a time."]
)
def test_at_the_same_time_is_no_moment_that_is_kept(said: str) -> None:
    proposal = propose(talk(f"A coach has a name. A course has a title and a coach. {said}"))

    assert [fields_of(entity) for entity in proposal.specs.entities][1] == ["title:str", "coach_id:int->Coach"]
    assert said.rstrip(".") in [*proposal.unread, *(task.title.strip("“”") for task in proposal.custom)]


def test_at_most_so_many_at_a_time_behind_a_deed_is_a_rule_of_who_does_it() -> None:
    told = "Members have a name. Tools have a name. Members borrow tools, no more than three tools at a time."

    assert rules_of(propose(talk(told))) == ["at most 3 Loan per member until returned_at"]


@pytest.mark.parametrize(
    "said",
    [
        "Nobody may have more than 2 loans open at the same time",
        "A member may have at most 2 open loans",
        "No member may have more than two loans open",
        "No more than two open loans per member",
        "Members can only have two open loans at a time",
    ],
)
def test_what_is_open_has_a_step_before_it(said: str) -> None:
    proposal = propose(talk(f"{LOANS} then back. {said}."))

    assert "at most 2 Loan per member while status is asked_for | confirmed | out" in rules_of(proposal)
    assert "A loan counts as open while it is asked for, confirmed or out" in proposal.assumptions
    assert not proposal.custom


def test_nothing_is_open_where_every_state_has_a_step_before_it() -> None:
    round_and_round = LOANS.replace(" or turned down", "")
    proposal = propose(talk(f"{round_and_round} then asked for again. A member may have at most 2 open loans."))

    assert [task.title for task in proposal.custom] == ["“A member may have at most 2 open loans”"]
