"""Who sees which records: the own ones, all of them by a role, and roles that change what they could not see."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked, asked_until_done, interview, named_rules_of, propose, quoted, shape, talk

BIKES = (
    "A bike has a name. A member has a name and an e-mail. Members log in. Each loan belongs to a member and a bike "
    "and has a date."
)
STEPS = "A loan has a status: requested, then confirmed or turned down, then out."
OWN, ALL = "Loan: read only by member", "Loan: read only by role mechanic"


@pytest.mark.parametrize(
    "said",
    [
        "Members see the bikes and only their own loans, mechanics see all loans",
        "Members see their own loans only, but mechanics can see all of them",
        "Members may only see their own loans. Mechanics can see every loan",
        "A member sees only their own loans, while a mechanic sees all",
        "Mechanics see all loans. Members only see their own loans",
        "Members see only their own loans. Mechanics can see all of them",
    ],
)
def test_a_role_sees_all_of_what_others_see_their_own_of(said: str) -> None:
    proposal = propose(talk(f"{BIKES} {said}."))
    assert (named_rules_of(proposal), quoted(proposal)) == ([OWN, ALL], [])


@pytest.mark.parametrize(
    ("said", "roles"),
    [
        ("Only coordinators and the treasurer see loans", "coordinator | treasurer"),
        ("Loans are only visible to coordinators", "coordinator"),
        ("The loans can only be seen by the treasurer", "treasurer"),
        ("Nobody but mechanics may see a loan", "mechanic"),
        ("Only a coach can view the loans", "coach"),
    ],
)
def test_who_alone_sees_something_has_a_role(said: str, roles: str) -> None:
    proposal = propose(talk(f"{BIKES} {said}."))
    assert (named_rules_of(proposal), quoted(proposal)) == ([f"Loan: read only by role {roles}"], [])


@pytest.mark.parametrize(
    "said", ["Only doctors see members", "We only see loans on Monday", "Mechanics can see all loans"]
)
def test_what_is_no_right_is_no_rule(said: str) -> None:
    assert named_rules_of(propose(talk(f"{BIKES} {said}."))) == []


def test_who_takes_a_step_sees_the_records_and_the_review_says_so() -> None:
    said = f"{BIKES} {STEPS} Members see only their own loans. Only mechanics can confirm a loan."
    proposal = propose(talk(said))
    assert named_rules_of(proposal)[1:] == [OWN, "Loan: confirmed only by role mechanic", ALL]
    assert any(one.startswith("A mechanic sees every loan too") for one in proposal.assumptions)
    gone = propose(talk(said, changes=("Everybody can see loans",)))
    assert named_rules_of(gone)[1:] == ["Loan: confirmed only by role mechanic"]
    assert not any("sees every loan" in one for one in gone.assumptions)


def test_all_is_seen_by_one_more_role_and_a_later_only_takes_its_place() -> None:
    said = f"{BIKES} Members see only their own loans."
    more = propose(talk(said, changes=("Mechanics can see all loans", "Coordinators see all loans")))
    assert named_rules_of(more) == [OWN, f"{ALL} | coordinator"]
    other = propose(talk(BIKES, changes=("Only mechanics see loans", "Only coordinators see loans")))
    assert named_rules_of(other) == ["Loan: read only by role coordinator"]


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("Only mechanics can set a loan to out", "out only by role mechanic"),
        ("Only a mechanic may mark loans as turned down", "turned_down only by role mechanic"),
        ("Nobody but coordinators may move a loan to confirmed", "confirmed only by role coordinator"),
        ("A loan may only be set to out by mechanics", "out only by role mechanic"),
        ('Setting a loan to "out" is left to the mechanics', "out only by role mechanic"),
        ("Only the treasurer changes the status of a loan to turned down", "turned_down only by role treasurer"),
        ("Only the member can put a loan to out", "out only by member"),
    ],
)
def test_setting_a_status_is_a_step(said: str, rule: str) -> None:
    for proposal in (propose(talk(f"{BIKES} {STEPS} {said}.")), propose(talk(f"{BIKES} {STEPS}", changes=(said,)))):
        assert (named_rules_of(proposal)[1:], quoted(proposal)) == ([f"Loan: {rule}"], [])


@pytest.mark.parametrize(
    "said", ["Only mechanics can set a loan to lost", "Only mechanics can move a bike to the shed"]
)
def test_what_is_no_value_of_the_status_stays_an_open_task(said: str) -> None:
    proposal = propose(talk(f"{BIKES} {STEPS} {said}."))
    assert (len(named_rules_of(proposal)), quoted(proposal)) == (1, [said])


def test_the_ways_to_a_step_are_asked_where_none_are_told() -> None:
    values = "A loan has a status (requested, confirmed, out)."
    said = f"{BIKES} {values} Only mechanics can confirm a loan."
    talked = talk(said)
    (question,) = [one for one in interview(talked).questions if one.id == "steps:loan.status"]
    assert question.text.endswith("Say the ways of its status like this: requested → confirmed")
    answered = talk(said, answers={question.id: "requested → confirmed, confirmed → out"})
    assert named_rules_of(propose(answered)) == [
        "Loan: transition status: requested -> confirmed, confirmed -> out", "Loan: confirmed only by role mechanic",
    ]  # fmt: skip
    assert "nobody said which may" in " ".join(propose(talked).assumptions)


def test_a_verb_that_is_no_step_is_told_so_once() -> None:
    said = "A parcel has a date. A helper has a name. Helpers log in. Only coordinators may give out parcels."
    (question,) = [one for one in interview(talk(said)).questions if one.id.startswith("steps:")]
    assert "“give out” is no step of a parcel yet" in question.text
    assert quoted(propose(talk(said))) == ["Only coordinators may give out parcels"]
    proposal = propose(talk(said, answers={question.id: "A parcel has a status: packed, then given out"}))
    assert named_rules_of(proposal)[1:] == ["Parcel: given_out only by role coordinator"]
    assert "unread" not in asked_until_done(talk(said, answers={question.id: question.default}))


def test_members_and_mechanics_who_log_in_are_members_some_of_whom_are_mechanics() -> None:
    said = BIKES.replace("Members log in", "Members and mechanics log in")
    proposal = propose(talk(f"{said} Only mechanics may delete loans."))
    assert named_rules_of(proposal) == ["Loan: delete only by role mechanic"]
    assert [one.name for one in proposal.specs.entities if one.account] == ["Member"]
    assert asked(talk(said)) == asked(talk(BIKES))


@pytest.mark.parametrize(
    "said",
    [
        "A family sees only its own parcels",
        "Families may only see their own parcels",
        "A family may see and change only its own parcels",
        "Families collect parcels on Fridays, never more than two a month. A family sees only its own parcels",
    ],
)
def test_what_somebody_sees_their_own_of_names_whose_it_is(said: str) -> None:
    proposal = propose(talk(f"Parcels have a number and a weight. {said}."))
    assert "Parcel: read only by family" in named_rules_of(proposal)
    assert shape(proposal)["Parcel"] == "number:str weight:float family_id:int->Family"
    assert any(one.startswith("Each parcel belongs to one family: “") for one in proposal.assumptions)


def test_what_belongs_to_whom_by_other_words_stays_as_it_is() -> None:
    proposal = propose(talk(f"{BIKES} Members see only their own bikes."))
    assert "member_id" not in shape(proposal)["Bike"]
    assert quoted(proposal) == ["Members see only their own bikes"]


@pytest.mark.parametrize(
    "change",
    [
        "members may see all loans",
        "a member should see every loan",
        "members can see all of them",
        "all members can see every loan now",
        "every member is allowed to see all loans, not only their own",
        "everybody sees everything",
        "Members see all loans again",
    ],
)
def test_who_saw_the_own_ones_sees_all_by_a_change(change: str) -> None:
    said = f"{BIKES} Members see only their own loans. Mechanics can see all loans."
    proposal = propose(talk(said, changes=(change,)))

    assert (named_rules_of(proposal), quoted(proposal)) == ([], [])
    assert shape(proposal) == shape(propose(talk(said)))
    assert any(
        "everybody who signs in sees all loans now, without the rules “A loan" in one for one in proposal.decisions
    )


def test_a_role_sees_all_of_what_was_named_before() -> None:
    said = f"{BIKES} Members see only their own loans."
    proposal = propose(talk(said, changes=("Volunteers can see all of them",)))
    assert named_rules_of(proposal) == [OWN, "Loan: read only by role volunteer"]

    two = f"{said} A note has a text and belongs to a member. Members see only their own notes."
    unclear = propose(talk(two, changes=("Volunteers can see all of them",)))
    assert unclear.unread == ("Volunteers can see all of them (all of what: loans or notes? Say it with that word)",)


@pytest.mark.parametrize(
    "change", ["members may see all loans", "members can see all bikes", "everyone may see every loan"]
)
def test_what_nobody_is_kept_from_links_nothing(change: str) -> None:
    proposal = propose(talk(BIKES, changes=(change,)))

    assert (shape(proposal), proposal.unread) == (shape(propose(talk(BIKES))), ())
    assert any(one.startswith(f"“{change}”: nobody is kept from it") for one in proposal.decisions)
