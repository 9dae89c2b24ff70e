"""Rules in plain sentences become declared ones where the fields for them are there; else they are quoted."""

from __future__ import annotations

import pytest

from bot.checks import check_entity_specs
from bot.documents.entities.rule_lines import write_rule
from bot.documents.findings import has_errors
from bot.generation.feature_specs import features_in
from bot.planning.conversation import Answer, Conversation, Proposal, Question
from tests.planning.talking import asked_until_done, interview, propose, quoted, shape, talk

LENDING = """Member: name str, email
Book: title str
Loan: book -> Book, member -> Member, lent_on date, due_on date, returned_on date?
"""
ROOMS = """Room: name str
Booking: room -> Room, starts_at datetime, ends_at datetime
"""
SHOP = """User (login): name str, email
Offer: title str, seller -> User
"""


def interview_of(conversation: Conversation) -> list[Question]:
    """Return every question in order, "you decide" being the answer."""
    found: list[Question] = []
    while asked := interview(conversation).questions:
        found += asked
        answers = tuple(Answer(question=one, text="", author="Jon", timestamp="2") for one in asked)
        conversation = conversation.model_copy(update={"answers": (*conversation.answers, *answers)})
    return found


def rules_of(proposal: Proposal, entity: str) -> list[str]:
    assert not has_errors(check_entity_specs(proposal.specs)), [
        str(finding) for finding in check_entity_specs(proposal.specs)
    ]
    found = proposal.specs.entity(entity)
    assert found is not None
    return [write_rule(rule) for rule in found.rules]


CASES = {
    "A lent book can't be lent again before it's back.": (LENDING, "Loan", "one open Loan per book until returned_on"),
    "A book can only be lent once at a time.": (LENDING, "Loan", "one open Loan per book until returned_on"),
    "A member has at most one open loan.": (LENDING, "Loan", "one open Loan per member until returned_on"),
    "Only one loan at a time per book": (LENDING, "Loan", "one open Loan per book until returned_on"),
    "A member can't take another loan while the last one isn't back.": (
        LENDING, "Loan", "one open Loan per member until returned_on",
    ),
    "We lend for three weeks.": (LENDING, "Loan", "due_on = lent_on + 21 days"),
    "Books are lent for 14 days.": (LENDING, "Loan", "due_on = lent_on + 14 days"),
    "A loan is due two weeks after it was lent.": (LENDING, "Loan", "due_on = lent_on + 14 days"),
    "due_on is always 7 days after lent_on": (LENDING, "Loan", "due_on = lent_on + 7 days"),
    "due on = lent on + 7 days": (LENDING, "Loan", "due_on = lent_on + 7 days"),
    "returned_on is at most 90 days after lent_on": (LENDING, "Loan", "returned_on at most 90 days after lent_on"),
    "A room can't have two bookings at the same time.": (ROOMS, "Booking", "no overlap of starts_at, ends_at per room"),
    "No two bookings of one room overlap": (ROOMS, "Booking", "no overlap of starts_at, ends_at per room"),
    "Two bookings can't be in the same room at the same time": (
        ROOMS, "Booking", "no overlap of starts_at, ends_at per room",
    ),
    "Bookings of one room don't overlap.": (ROOMS, "Booking", "no overlap of starts_at, ends_at per room"),
    "A room can't be booked twice at the same time.": (ROOMS, "Booking", "no overlap of starts_at, ends_at per room"),
    "Only the seller may delete an offer.": (SHOP, "Offer", "delete only by seller"),
    "Only the owner can delete an offer.": (SHOP, "Offer", "delete only by seller"),
    "Nobody but the seller edits or deletes an offer": (SHOP, "Offer", "update only by seller, delete only by seller"),
    "Deleting an offer is up to the user who wrote it and no one else.": (SHOP, "Offer", "delete only by seller"),
    "Users delete their own offers, never somebody else's": (SHOP, "Offer", "delete only by seller"),
}  # fmt: skip


@pytest.mark.parametrize("sentence", CASES)
def test_a_sentence_declares_its_rule(sentence: str) -> None:
    text, entity, rule = CASES[sentence]
    proposal = propose(talk(f"{text}{sentence}"))

    assert ", ".join(rules_of(proposal, entity)) == rule
    assert proposal.unread == ()
    assert any(sentence.strip(".") in note and "Rule of" in note for note in proposal.decisions)


def test_what_is_known_in_the_end_counts_not_what_was_said_first() -> None:
    proposal = propose(talk("A room can't be booked twice at the same time.", ROOMS))

    assert rules_of(proposal, "Booking") == ["no overlap of starts_at, ends_at per room"]


def test_a_moment_that_a_rule_needs_is_added_in_words() -> None:
    text = "Slip: text str, written_on date\nA slip runs out four weeks after that day."
    proposal = propose(talk(text))

    assert shape(proposal)["Slip"] == "text:str written_on:date runs_out_on:date"
    assert rules_of(proposal, "Slip") == ["runs_out_on = written_on + 28 days"]
    assert any("Slip.runs_out_on is kept" in line for line in proposal.assumptions)


def test_a_limit_among_the_fields_is_about_the_field_before_it() -> None:
    proposal = propose(talk("Courses:\n* title\n* first day\n* last day, at most 12 weeks after the first day\n* fee"))

    assert rules_of(proposal, "Course") == ["last_day at most 84 days after first_day"]
    assert "fee" in shape(proposal)["Course"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Book: title str\n", "A lent book can't be lent again."),
        (ROOMS, "We lend for three weeks."),
        (ROOMS, "Two lessons can't be in the same room at the same time"),
        (LENDING, "Only the lender may delete a loan."),
        (SHOP, "Only the seller may frobnicate an offer."),
        (LENDING, "due_on is always 7 hours after lent_on"),
        ("Trip: left_at datetime, back_at datetime\nTour: left_at datetime, back_at datetime\n",
         "back_at is at most 5 hours after left_at"),
    ],
)  # fmt: skip
def test_a_rule_without_its_fields_is_quoted_once(text: str, sentence: str) -> None:
    proposal = propose(talk(f"{text}{sentence}"))

    assert not any(entity.rules for entity in proposal.specs.entities)
    assert [piece for piece in quoted(proposal) if piece == sentence.strip(".")] == [sentence.strip(".")]
    assert "unread" in asked_until_done(talk(f"{text}{sentence}"))


def test_a_long_sentence_with_such_words_is_no_rule() -> None:
    proposal = propose(talk("books with a title, and a member is a person, a loan is due 8 days after it began, maybe"))

    assert "Book" in shape(proposal)


def test_rules_come_with_changes_and_follow_renamed_and_removed_fields() -> None:
    lent = (f"{LENDING}A lent book can't be lent again.",)
    added = propose(talk(LENDING, changes=("a loan is due two weeks after it was lent",)))
    renamed = propose(talk(*lent, changes=("rename returned on to back on", "rename book to title copy")))
    removed = propose(talk(*lent, changes=("drop returned on",)))

    assert rules_of(added, "Loan") == ["due_on = lent_on + 14 days"]
    assert rules_of(renamed, "Loan") == ["one open Loan per title_copy until back_on"]
    assert rules_of(removed, "Loan") == []
    assert any(
        "the rule “A book has at most one open loan at a time: one without a returned on” is gone" in line
        for line in removed.assumptions
    )


def test_who_borrows_is_read_beside_for_how_long() -> None:
    proposal = propose(talk("Books with a title. Members with a name. Members borrow books for three weeks."))

    assert "book_id:int->Book" in shape(proposal)["Loan"]
    assert rules_of(proposal, "Loan") == ["due_at = lent_at + 21 days"]


@pytest.mark.parametrize(
    ("sentence", "entity", "fields"),
    [
        ("Readers log in, we need name, e-mail and card number.", "Reader", {"name", "email", "card_number"}),
        ("Patients log in to book.", "Patient", {"email"}),
        ("Only neighbours have accounts.", "Neighbour", {"email"}),
        (
            "As a sender I have an account with name and e-mail, so that I can hand in parcels.",
            "Sender",
            {"name", "email"},
        ),
    ],
)
def test_who_logs_in_gets_an_account_that_is_built(sentence: str, entity: str, fields: set[str]) -> None:
    proposal = propose(talk(f"books with a title. {sentence}"))
    found = proposal.specs.entity(entity)

    assert found is not None
    assert found.account
    assert fields <= {one.name for one in found.fields}
    assert "auth" in features_in(proposal.specs, ())
    assert "use" not in asked_until_done(talk(f"books with a title. {sentence}"))
    assert not has_errors(check_entity_specs(proposal.specs))


def test_a_rule_about_its_owner_makes_the_question_propose_accounts() -> None:
    said = talk(f"{LENDING}Only the member may delete a loan.")
    question = next(one for one in interview_of(said) if one.id == "use")

    assert question.default == "Members log in"
    assert "“Only the member may delete a loan” can only be kept where people log in." in question.reason
    assert rules_of(propose(said), "Loan") == ["delete only by member"]
    assert any("Members log in" in one for one in propose(said).assumptions)


def test_whoever_says_that_nobody_logs_in_gets_no_accounts_for_a_rule() -> None:
    refused = propose(talk(f"{LENDING}Only the member may delete a loan.", answers={"use": "no accounts please"}))

    assert not any(entity.account for entity in refused.specs.entities)
    assert "Only the member may delete a loan" in quoted(refused)


FLIGHTS = (
    "A pilot has a name. A flight has a date, a status and a pilot. A flight goes from planned to confirmed, then from "
    "confirmed to flown. The pilots log in. "
)


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ("Only the pilot of a flight may change its status", ["confirmed only by pilot", "flown only by pilot"]),
        ("Only the flight's pilot can change its status", ["confirmed only by pilot", "flown only by pilot"]),
        ("Only the pilot may change the status of a flight", ["confirmed only by pilot", "flown only by pilot"]),
        ("Only the flight's pilot may change it", ["update only by pilot"]),
        (
            "Only the office may change the status of a flight",
            ["confirmed only by role office", "flown only by role office"],
        ),
        ("Only the pilot may delete the status of a flight", []),
    ],
)
def test_whose_status_it_is_takes_its_steps(said: str, rules: list[str]) -> None:
    proposal = propose(talk(f"{FLIGHTS}{said}."))
    assert rules_of(proposal, "Flight")[1:] == rules
    assert (said in quoted(proposal)) == (not rules)


@pytest.mark.parametrize(
    ("said", "limits"),
    [
        ("A passenger has a name and a body weight. A passenger may weigh at most 120 kilos.", (None, "120")),
        ("A passenger has a name and a body weight. A passenger weighs at least 30 kg.", ("30", None)),
        ("A bag has a weight. A bag must not weigh more than 20 kg.", (None, "20")),
        ("A bag has a price. A bag can cost at most 50 euros.", (None, "50")),
        ("A parcel has a weight in grams. A parcel may weigh at most 20 kilos.", (None, None)),
        ("A van has an empty weight and a full weight. A van may weigh at most 3000 kilos.", (None, None)),
        ("A climber has a weight in kg. The weight of a climber is between 20 and 150.", ("20", "150")),
        ("A boat has a length in meters. The length of a boat is at most 12 meters.", (None, "12")),
        ("A boat has a length in meters. The length of a boat is at most 12 km.", (None, None)),
    ],
)
def test_a_limit_of_what_something_weighs_is_one_of_its_only_weight(
    said: str, limits: tuple[str | None, str | None]
) -> None:
    fields = [one for one in propose(talk(said)).specs.entities[0].fields if one.type.name in {"float", "Decimal"}]
    assert {(one.minimum, one.maximum) for one in fields} == {limits}
