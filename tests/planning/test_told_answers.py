"""What each of some says to each of others is a record between the two; what is lent goes out and comes back."""

from __future__ import annotations

import pytest

from bot.documents.entities.rule_lines import write_rule
from bot.planning.conversation import Proposal
from tests.planning.talking import propose, quoted, talk


def fields_of(proposal: Proposal, name: str) -> list[str]:
    """Return the fields of an entity with their types, or the entities that they name."""
    fields = next(entity.fields for entity in proposal.specs.entities if entity.name == name)
    hidden = {"id", "created_at", "updated_at"}
    return [f"{one.name}:{one.foreign_key or one.type.name}" for one in fields if one.name not in hidden]


def values_of(proposal: Proposal, name: str) -> list[str]:
    """Return the values of an enum."""
    return next(list(enum.values) for enum in proposal.specs.enums if enum.name == name)


@pytest.mark.parametrize(
    ("said", "thing", "fields", "enum", "values"),
    [
        ("Singers have a name. Rehearsals have a date. For each rehearsal every singer says yes, no or maybe.",
         "Answer", "reply:AnswerReply rehearsal_id:Rehearsal singer_id:Singer", "AnswerReply", "yes no maybe"),
        ("Members have a name. Motions have a text. Every member votes yes, no or abstain on every motion.",
         "Vote", "choice:VoteChoice motion_id:Motion member_id:Member", "VoteChoice", "yes no abstain"),
        ("Neighbours have a name. Plans have a title. For each plan each neighbour must vote for, against or abstain.",
         "Vote", "choice:VoteChoice plan_id:Plan neighbour_id:Neighbour", "VoteChoice", "for against abstain"),
        ("Guests have a name. Dishes have a name. For every dish each guest gives good, ok or bad.",
         "Rating", "mark:RatingMark dish_id:Dish guest_id:Guest", "RatingMark", "good ok bad"),
        ("Employees have a name. For each day every employee chooses meat, fish or vegetarian.",
         "Choice", "date:date option:ChoiceOption employee_id:Employee", "ChoiceOption", "meat fish vegetarian"),
        ("Children have a name. Menus have a date. At every menu each child picks soup or salad.",
         "Choice", "option:ChoiceOption menu_id:Menu child_id:Child", "ChoiceOption", "soup salad"),
        ("Helpers have a name. Shifts have a date. A helper replies yes, no or later to a shift and can add a note.",
         "Reply", "answer:ReplyAnswer note:str shift_id:Shift helper_id:Helper", "ReplyAnswer",
         "yes no later"),
        ("Players have a name. Matches have a date. For each match players can say yes, no or maybe.",
         "Answer", "reply:AnswerReply match_id:Match player_id:Player", "AnswerReply", "yes no maybe"),
    ],
)  # fmt: skip
def test_what_each_says_of_each_is_a_record(said: str, thing: str, fields: str, enum: str, values: str) -> None:
    proposal = propose(talk(said))
    assert fields_of(proposal, thing) == fields.split()
    assert values_of(proposal, enum) == values.split()
    assert proposal.unread == ()


def test_how_often_and_how_late_are_rules_by_themselves() -> None:
    known = "Singers have a name. Rehearsals have a date."
    said = "For each rehearsal every singer says yes, no or maybe, only once, and not after it has started."
    proposal = propose(talk(f"{known} {said}"))
    assert quoted(proposal) == [
        "At most one answer per singer and rehearsal",
        "An answer can't be given after the rehearsal has started",
    ]
    assert proposal.unread == ()


@pytest.mark.parametrize(
    "said",
    [
        "At each time every singer says yes, no or maybe.",
        "Every singer says hello.",
        "A singer gives lessons or courses to each singer.",
    ],
)
def test_what_is_said_of_nothing_is_no_answer(said: str) -> None:
    proposal = propose(talk(f"Singers have a name. {said}"))
    assert not {"Answer", "Rating"} & {entity.name for entity in proposal.specs.entities}


def test_values_with_no_and_maybe_are_values() -> None:
    proposal = propose(talk("Guests have a name. A guest has a decision (yes, no or maybe) and a diet."))
    decision = next(one for one in proposal.specs.entities[0].fields if one.name == "decision")
    assert not decision.optional
    assert values_of(proposal, "GuestDecision") == ["yes", "no", "maybe"]


@pytest.mark.parametrize(
    ("house", "who", "thing"),
    [("music school", "pupil", "instrument"), ("toy library", "child", "toy"), ("theatre", "actor", "costume")],
)
def test_what_is_taken_home_from_one_day_to_another_is_a_loan(house: str, who: str, thing: str) -> None:
    many = {"child": "children"}.get(who, f"{who}s")
    proposal = propose(
        talk(
            f"We are a {house} and lend {thing}s to our {many}. Each {thing} has a number, what it is worth, and is "
            f"either free, out or in repair. {many.capitalize()} have a name and a parent's email. "
            f"A {who} takes a {thing} home from one day to another; a {thing} that is in repair can't go out, "
            "and nobody may have more than two at a time."
        )
    )
    loan = next(entity for entity in proposal.specs.entities if entity.name == "Loan")
    assert fields_of(proposal, "Loan") == [
        "from_day:date", "to_day:date", f"{who}_id:{who.capitalize()}", f"{thing}_id:{thing.capitalize()}",
    ]  # fmt: skip
    assert [write_rule(rule) for rule in loan.rules] == [f"create only while {thing}.status is free | out"]
    assert "value:Decimal" in fields_of(proposal, thing.capitalize())
    assert quoted(proposal) == ["nobody may have more than two at a time"]
    assert proposal.unread == ()


def test_who_is_taken_home_is_not_lent() -> None:
    proposal = propose(talk("Drivers have a name. A driver takes a guest home from one place to another."))
    assert "Loan" not in [entity.name for entity in proposal.specs.entities]
