"""Who somebody is within a group of people is a value of their role, and what is left to a role is a rule."""

from __future__ import annotations

import pytest

from tests.planning.talking import (
    asked,
    asked_until_done,
    enums,
    interview,
    named_rules_of,
    propose,
    quoted,
    shape,
    talk,
)

CLUB = "A tool club. Members have a name and an e-mail. A tool has a name and a value."
STEWARDS = f"{CLUB} Some members are stewards. Only stewards can add tools."


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("Some members are stewards", ("member", "steward")),
        ("A steward is just one of our members", ("member", "steward")),
        ("Stewards are members with extra rights", ("member", "steward")),
        ("Steward is a role, not a thing we keep", ("member", "steward")),
        ("There is no steward as a thing: it's only a role", ("member", "steward")),
        ("A steward is not a thing of its own, it is just one of our members", ("member", "steward")),
        ("Two of our members are stewards and one is the treasurer", ("member", "steward", "treasurer")),
        ("Some members are coaches, others are stewards", ("member", "coach", "steward")),
        ("A member can also be a coach", ("member", "coach")),
        ("Members have a role, member, coach or key holder", ("member", "coach", "key_holder")),
    ],
)
def test_what_some_people_are_among_others_is_their_role(said: str, values: tuple[str, ...]) -> None:
    proposal = propose(talk(f"{CLUB} {said}."))
    assert enums(proposal) == {"MemberRole": values}
    assert list(shape(proposal)) == ["Member", "Tool"]
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    "said",
    ["Some tools are drills", "Some members are children", "A member is a person", "Members are volunteers",
     "Some tools are broken", "The owner is a member"],
)  # fmt: skip
def test_what_tells_no_role_makes_none(said: str) -> None:
    assert "MemberRole" not in enums(propose(talk(f"{CLUB} {said}.")))


@pytest.mark.parametrize("said", ["Some members are stewards", "Stewards are members too", "A steward is a member"])
def test_who_has_facts_of_their_own_is_a_thing_that_names_who_it_is(said: str) -> None:
    proposal = propose(talk(f"{CLUB} A steward has a name and a phone. {said}."))
    assert shape(proposal)["Steward"] == "name:str phone:str member_id:int!->Member"
    assert enums(proposal) == {}
    assert quoted(proposal) == []


def test_some_of_them_are_some_of_those_who_were_spoken_of() -> None:
    proposal = propose(talk("Members have a name. Some of them are stewards. Tools have a name."))
    assert enums(proposal) == {"MemberRole": ("member", "steward")}


@pytest.mark.parametrize("said", ["Only teachers may add books", "Only teachers can see books"])
def test_what_is_left_to_all_who_sign_in_holds(said: str) -> None:
    school = "Pupils have a name. Teachers have a name and an e-mail. Books have a title."
    proposal = propose(talk(f"{school} {said}."))
    assert (named_rules_of(proposal), quoted(proposal)) == ([], [])
    assert f"“{said}”: only teachers sign in, and nobody else can use it" in proposal.decisions


def test_accounts_are_managed_by_admins_anyway() -> None:
    proposal = propose(talk(f"{CLUB} Members log in. Only admins may add members."))
    assert (named_rules_of(proposal), quoted(proposal)) == ([], [])


def test_what_a_role_may_do_too_is_no_link() -> None:
    posts = "Users have a name. Some users are moderators. Posts have a title and a user."
    also = f"{posts} Moderators can also edit posts."
    proposal = propose(talk(also))
    assert (shape(proposal)["Post"], named_rules_of(proposal)) == ("title:str user_id:int->User", [])
    assert [one for one in proposal.decisions if "nobody is kept from it; say “only moderators can edit posts”" in one]
    owned = propose(talk(f"{also} Users may only edit their own posts. Only editors may delete posts."))
    rules = ["Post: update only by user", "Post: delete only by role editor", "Post: update only by role moderator"]
    assert named_rules_of(owned) == rules
    both = propose(talk(f"{also} Only editors may edit posts. Some users are editors."))
    assert named_rules_of(both) == ["Post: update only by role editor | moderator"]


def test_what_is_said_of_those_with_a_role_is_said_of_the_people() -> None:
    studio = "A pottery. Potters have a name. Kiln masters plan firings. A kiln master is just one of our potters."
    proposal = propose(talk(f"{studio} A firing has a date. A kiln has a name and a kiln master."))
    assert shape(proposal) == {
        "Potter": "name:str role:PotterRole",
        "Firing": "date:date potter_id:int->Potter",
        "Kiln": "name:str kiln_master_id:int->Potter",
    }


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ("Only stewards can add tools", ["Tool: create only by role steward"]),
        ("Only stewards add tools", ["Tool: create only by role steward"]),
        ("Nobody but stewards may change or remove tools", [
            "Tool: update only by role steward", "Tool: delete only by role steward",
        ]),
        ("Tools may only be added by stewards and treasurers", ["Tool: create only by role steward | treasurer"]),
        ("Admins and stewards can delete tools, nobody else", ["Tool: delete only by role admin | steward"]),
        ("A steward can register tools, but nobody else can", ["Tool: create only by role steward"]),
        ("Stewards and coaches only may remove tools", ["Tool: delete only by role steward | coach"]),
        ("Changing a tool is left to stewards", ["Tool: update only by role steward"]),
        ("A steward is a member who may delete tools", ["Tool: delete only by role steward"]),
    ],
)  # fmt: skip
def test_what_is_left_to_a_role_is_a_rule_of_who_signs_in(said: str, rules: list[str]) -> None:
    proposal = propose(talk(f"{CLUB} {said}."))
    assert named_rules_of(proposal) == rules
    assert proposal.specs.entity("Member").account  # type: ignore[union-attr]
    assert {"member", "steward", "admin"} <= set(enums(proposal)["MemberRole"])
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    "said",
    ["Only stewards may sharpen tools", "Only members who paid may add tools",
     "Only stewards may add members"],
)  # fmt: skip
def test_what_no_form_holds_stays_an_open_task(said: str) -> None:
    proposal = propose(talk(f"{CLUB} {said}."))
    assert (named_rules_of(proposal), quoted(proposal)) == ([], [said])


def test_a_step_to_a_status_may_be_left_to_a_role_and_to_whom_the_row_names() -> None:
    courses = "Courses have a title, a member and a status: planned, then held; a planned course can be cancelled."
    proposal = propose(talk(f"{CLUB} {courses} Only the member of a course or a coach may cancel it."))
    assert named_rules_of(proposal)[1:] == ["Course: cancelled only by member", "Course: cancelled only by role coach"]


def test_the_question_about_accounts_tells_what_needs_them() -> None:
    questions = {one.id: one for one in interview(talk(STEWARDS)).questions}
    assert questions["use"].default == "Members log in"
    assert "“Only stewards can add tools” can only be kept where people log in" in questions["use"].reason
    proposal = propose(talk(STEWARDS, answers={"use": "No accounts: whoever reaches it may use it"}))
    assert (named_rules_of(proposal), quoted(proposal)) == ([], ["Only stewards can add tools"])


def test_whoever_registers_has_the_ordinary_role_and_somebody_manages_accounts() -> None:
    proposal = propose(talk(STEWARDS))
    assert enums(proposal)["MemberRole"] == ("member", "steward", "admin")
    role = proposal.specs.entity("Member").field("role")  # type: ignore[union-attr]
    assert role is not None
    assert role.default == "member"
    assert [one for one in proposal.assumptions if "can also be admin" in one]


def test_those_who_serve_customers_sign_in_as_users_that_are_told_apart_from_them() -> None:
    shop = "A shop. Customers have a name and an e-mail. Products have a name. Only the office may change products."
    proposal = propose(talk(shop))
    assert enums(proposal) == {"UserRole": ("admin", "office", "user")}
    assert named_rules_of(proposal) == ["Product: update only by role office"]
    assert "no user is linked with a customer; say “customers log in” where that is meant" in proposal.assumptions[-1]
    changed = propose(talk(shop, changes=("Customers log in",)))
    assert enums(changed) == {"CustomerRole": ("customer", "office", "admin")}
    assert not [one for one in changed.assumptions if "is a user" in one]


@pytest.mark.parametrize(
    "said", ["Stewards are things of their own", "We keep stewards, with a name", "A steward has a name"]
)
def test_a_role_can_be_taken_back_in_words(said: str) -> None:
    proposal = propose(talk(STEWARDS, changes=(said,)))
    assert shape(proposal)["Steward"] == "name:str"
    assert "MemberRole" not in enums(proposal)
    assert (named_rules_of(proposal), quoted(proposal)) == ([], ["Only stewards can add tools"])
    assert not [one for one in proposal.decisions + proposal.assumptions if one.startswith("The role of a member")]


@pytest.mark.parametrize(
    "said",
    ["A kiln master is just one of our potters", "There is no kiln master as a thing: it is one of our potters",
     "Kiln master is a role, not a thing we keep"],
)  # fmt: skip
def test_a_thing_becomes_a_role_in_an_answer_and_in_a_change(said: str) -> None:
    studio = "Potters have a name. A firing has a date. Kiln masters plan firings."
    expected = {"Potter": "name:str role:PotterRole", "Firing": "date:date kiln_master_id:int->Potter"}
    answered, changed = (
        propose(talk(studio, answers={"fields:kilnmaster": said})),
        propose(talk(studio, changes=(said,))),
    )
    assert shape(answered) == shape(changed) == expected
    assert not [one for one in changed.assumptions if "only a name" in one]


def test_a_permission_that_comes_as_a_change_asks_who_signs_in() -> None:
    conversation = talk(CLUB, changes=("Only stewards can add tools",))
    assert "use" in asked(conversation)
    assert named_rules_of(propose(conversation)) == ["Tool: create only by role steward"]
    loosened = talk(STEWARDS, changes=("Everybody can add tools",))
    assert named_rules_of(propose(loosened)) == []


@pytest.mark.parametrize(
    "said", ["There are no stewards", "Forget stewards", "Remove the role steward", "Stewards are not a role",
             "Remove steward from the role of members"],
)  # fmt: skip
def test_a_role_goes_with_what_was_left_to_it(said: str) -> None:
    proposal = propose(talk(STEWARDS, changes=(said,)))
    assert (list(shape(proposal)), named_rules_of(proposal), quoted(proposal)) == (["Member", "Tool"], [], [])
    assert "MemberRole" not in enums(proposal)


def test_without_accounts_nothing_is_left_to_roles() -> None:
    proposal = propose(talk(STEWARDS, changes=("No accounts",)))
    assert (named_rules_of(proposal), quoted(proposal)) == ([], ["Only stewards can add tools"])


@pytest.mark.parametrize("said", ["Coaches may add tools too", "Coaches may also add tools"])
def test_what_is_left_to_some_is_left_to_others_too(said: str) -> None:
    proposal = propose(talk(STEWARDS, changes=(said,)))
    assert named_rules_of(proposal) == ["Tool: create only by role steward | coach"]
    assert list(shape(proposal)) == ["Member", "Tool"]


def test_nothing_of_a_role_is_asked_twice() -> None:
    assert asked_until_done(talk(f"{CLUB} Members have a role, member or steward. Only stewards can add tools.")) == [
        "links", "unique", "use",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "The office and the members sign in",
        "Our members and the office log in",
        "Members and the office can log in",
    ],
)
def test_a_group_that_signs_in_beside_those_we_keep_is_a_role_of_theirs(said: str) -> None:
    proposal = propose(talk(f"A tool has a name. For every member we keep the name and an e-mail. {said}."))
    assert enums(proposal) == {"MemberRole": ("member", "office", "admin")}
    assert quoted(proposal) == []


PILOTS = "For every pilot we keep the name and the licence number. A flight has a date and a pilot. "


@pytest.mark.parametrize(
    ("answer", "values"),
    [
        ("The office and the pilots sign in.", {"PilotRole": ("pilot", "office", "admin")}),
        ("Our pilots, the office and the board log in", {"PilotRole": ("pilot", "office", "board", "admin")}),
        ("Only pilots can log in", {"UserRole": ("ADMIN", "USER")}),
    ],
)
def test_an_answer_may_say_who_signs_in(answer: str, values: dict[str, tuple[str, ...]]) -> None:
    proposal = propose(talk(PILOTS, answers={"use": answer}))
    assert [entity.name for entity in proposal.specs.entities if entity.account] == ["Pilot"]
    assert enums(proposal) == values
    assert quoted(proposal) == []


@pytest.mark.parametrize("answer", ["pilots and passengers sign in", "The flights sign in", "people sign in"])
def test_an_answer_that_names_others_too_lets_nobody_be_a_role(answer: str) -> None:
    assert "PilotRole" not in enums(propose(talk(PILOTS, answers={"use": answer})))


@pytest.mark.parametrize("before", ["", "Only the office can add and change bookings."])
def test_a_change_that_leaves_two_deeds_to_a_role_is_one_rule(before: str) -> None:
    said = f"{PILOTS} A booking has a flight and a name. The pilots log in. {before}"
    proposal = propose(talk(said, changes=("Only the office can add and change flights.",)))
    rules = named_rules_of(proposal)
    assert {"Flight: create only by role office", "Flight: update only by role office"} <= set(rules)
    assert ("Booking: update only by role office" in rules) == bool(before)
    assert quoted(proposal) == []
