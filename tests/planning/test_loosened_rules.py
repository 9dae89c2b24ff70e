"""Changes that take a rule back or say it otherwise: the one rule that is meant goes; else people are asked which."""

from __future__ import annotations

import time

import pytest

from bot.documents.entities.rule_lines import write_rule
from bot.documents.entities.rule_words import rule_in_words
from bot.planning.conversation import Proposal
from tests.planning.talking import interview, propose, quoted, shape, talk
from tests.planning.test_rule_sentences import LENDING, ROOMS, SHOP, rules_of

LIBRARY = f"{LENDING}A lent book can't be lent again.\nBooks are lent for three weeks."
ONE_OPEN, DUE = "one open Loan per book until returned_on", "due_on = lent_on + 21 days"
BOOKED = f"{ROOMS}A room can't be booked twice at the same time."
SOLD = f"{SHOP}Only the seller may edit or delete an offer."
PAID = "Only members who paid may borrow."
LEASE = "Lease: tenant str, starts_on date, ends_on date\nA lease lasts at most 90 days."


def after(text: str, change: str) -> Proposal:
    return propose(talk(text, changes=(change,)))


@pytest.mark.parametrize(
    ("text", "change", "entity", "left"),
    [
        (LIBRARY, "a lent book may be lent again after all", "Loan", [DUE]),
        (LIBRARY, "books can be lent twice now", "Loan", [DUE]),
        (LIBRARY, "a book can be lent by several members at the same time", "Loan", [DUE]),
        (LIBRARY, "Please drop the rule that a lent book can't be lent again.", "Loan", [DUE]),
        (LIBRARY, "the rule that a lent book cannot be lent again no longer applies", "Loan", [DUE]),
        (LIBRARY, f"drop the rule {ONE_OPEN}", "Loan", [DUE]),
        (LIBRARY, "remove the rule about due dates", "Loan", [ONE_OPEN]),
        (LIBRARY, "remove the rule about due_on", "Loan", [ONE_OPEN]),
        (LIBRARY, "a loan is no longer due three weeks after it was lent", "Loan", [ONE_OPEN]),
        (LIBRARY, "due_on needn't be 21 days after lent_on", "Loan", [ONE_OPEN]),
        (LIBRARY, "drop the rules of loans", "Loan", []),
        (f"{LIBRARY}\nA member has at most one open loan.", "a member may have several open loans now", "Loan",
         [ONE_OPEN, DUE]),
        (BOOKED, "bookings of one room may overlap", "Booking", []),
        (BOOKED, "bookings may overlap now", "Booking", []),
        (BOOKED, "two bookings may be in the same room at the same time after all", "Booking", []),
        (BOOKED, "lift the ban on bookings", "Booking", []),
        (SOLD, "everybody may delete an offer", "Offer", ["update only by seller"]),
        (SOLD, "offers can be edited and deleted by anyone now", "Offer", []),
        (SOLD, "drop the rule that only the seller may edit or delete an offer", "Offer", []),
        (LEASE, "a lease may last longer than 90 days", "Lease", []),
        (LEASE, "leases can run as long as the tenant likes", "Lease", []),
    ],
)  # fmt: skip
def test_the_rule_that_is_meant_goes_and_no_other(text: str, change: str, entity: str, left: list[str]) -> None:
    before, proposal = propose(talk(text)), after(text, change)
    gone = [rule for rule in rules_of(before, entity) if rule not in left]

    assert rules_of(proposal, entity) == left
    assert gone
    assert not any(note.startswith(f"Rule of {entity}, “{rule}”") for rule in gone for note in proposal.decisions)
    [told] = [note for note in proposal.decisions if note.endswith("(Jon)") and change.rstrip(".") in note]
    plain = [
        rule_in_words(one.name, rule) for one in before.specs.entities for rule in one.rules if write_rule(rule) in gone
    ]
    assert len(plain) == len(gone)
    assert all(rule in told for rule in plain), "the line says what went"
    assert proposal.unread == ()
    assert shape(proposal) == shape(before)


@pytest.mark.parametrize(
    ("text", "change", "entity"),
    [
        (LIBRARY, "drop the rule", "Loan"),
        (LIBRARY, "drop the rule of loans", "Loan"),
        (SOLD, "drop the rule of offers", "Offer"),
        (LIBRARY, "remove the rule that readers get a cake", "Loan"),
        (LIBRARY, "remove the rule about cakes", "Loan"),
        (
            f"{LENDING}A member has at most one open loan.\nA lent book can't be lent again.",
            "loans may overlap",
            "Loan",
        ),
    ],
)
def test_where_it_is_not_clear_which_rule_people_are_asked(text: str, change: str, entity: str) -> None:
    proposal = after(text, change)
    before = propose(talk(text))
    rules = rules_of(before, entity)

    choice = " or ".join(
        f"“{rule_in_words(entity, rule)}”" for one in before.specs.entities if one.name == entity for rule in one.rules
    )
    assert proposal.unread == (f"{change} (which rule: {choice}?)",)
    assert rules_of(proposal, entity) == rules
    assert [question.id for question in interview(talk(text, changes=(change,))).questions] == ["unread"]


@pytest.mark.parametrize("gone", [0, 1])
def test_a_rule_is_dropped_by_the_words_in_which_reviews_tell_it(gone: int) -> None:
    before = propose(talk(LIBRARY))
    places = [(one.name, rule) for one in before.specs.entities for rule in one.rules]
    proposal = after(LIBRARY, f"drop the rule “{rule_in_words(*places[gone])}”")
    assert rules_of(proposal, "Loan") == [write_rule(rule) for _, rule in places if rule != places[gone][1]]
    assert proposal.unread == ()


def test_both_rules_go_where_there_are_two_and_else_people_are_asked_which() -> None:
    assert rules_of(after(LIBRARY, "drop both rules"), "Loan") == []
    three = f"{LIBRARY}\nA member has at most one open loan."
    proposal = after(three, "Drop both rules.")
    assert rules_of(proposal, "Loan") == rules_of(propose(talk(three)), "Loan")
    assert "which rule: “A book has at most one open loan at a time" in proposal.unread[0]


def test_rules_that_only_stay_open_tasks_are_there_to_choose_from() -> None:
    texts = ("A loan can't be longer than the book is thick.", "A member can borrow at most five books a day.", PAID)
    [asked] = [one for one in after(f"{LENDING}{' '.join(texts)}", "drop both rules").unread if "drop both" in one]
    assert "no rule is declared" not in asked
    assert all(f"“{text.strip('.')}”" in asked for text in texts)


def test_where_there_is_no_rule_that_is_said() -> None:
    assert after(LENDING, "drop the rule about due dates").unread == (
        "drop the rule about due dates (no rule is declared)",
    )


@pytest.mark.parametrize(
    "change",
    ["a lent book may be reserved after all", "a loan may be extended after all", "members can have two books",
     "a room may be booked twice", "everybody may delete a book", "a loan may last longer than 90 days"],
)  # fmt: skip
def test_what_no_rule_forbids_loosens_none(change: str) -> None:
    assert rules_of(after(LIBRARY, change), "Loan") == [ONE_OPEN, DUE]


def test_a_rule_that_was_only_quoted_is_forgotten() -> None:
    text = f"{LIBRARY}\nA lent book can't be reserved."

    assert quoted(propose(talk(text))) == ["A lent book can't be reserved"]
    assert quoted(after(text, "a lent book may be reserved after all")) == []
    assert quoted(after(text, "drop the rule that a lent book can't be reserved")) == []


def test_a_field_that_is_called_like_a_rule_is_meant_itself() -> None:
    text = f"{LIBRARY}\nBooks have a condition."
    proposal = after(text, "drop the condition of the books")

    assert "condition" in shape(propose(talk(text)))["Book"]
    assert shape(proposal)["Book"] == "title:str"
    assert rules_of(proposal, "Loan") == [ONE_OPEN, DUE]


@pytest.mark.parametrize(
    ("text", "change", "entity", "expected"),
    [
        (LIBRARY, "books are lent for two weeks", "Loan", [ONE_OPEN, "due_on = lent_on + 14 days"]),
        (LEASE, "a lease lasts at most 120 days", "Lease", ["ends_on at most 120 days after starts_on"]),
    ],
)
def test_a_span_that_is_said_anew_replaces_the_old_one(
    text: str, change: str, entity: str, expected: list[str]
) -> None:
    proposal = after(text, change)

    assert rules_of(proposal, entity) == expected
    assert not any("21 days" in note or "90 days" in note for note in proposal.decisions)


def test_a_hostile_change_is_read_in_good_time() -> None:
    started = time.process_time()
    after(LIBRARY, ("a book may be lent again " * 1_600)[:40_000])

    assert time.process_time() - started < 2


def test_a_loosened_rule_can_be_said_again() -> None:
    proposal = propose(talk(LIBRARY, changes=("books can be lent twice now", "a lent book can't be lent again")))

    assert rules_of(proposal, "Loan") == [DUE, ONE_OPEN]


KILNS = "A kiln has a name and is either working or broken. A firing is in one kiln and has a start time. "
BROKEN = "A broken kiln can't be booked without a permit"
OTHERS = {
    KILNS: (BROKEN, "a broken kiln can't get a new firing without a permit"),
    "Pitches have a name and are dry or wet. A match is on one pitch and has a date. ": (
        "A wet pitch can't be used on Sundays", "a wet pitch can't have a match on Sundays"
    ),
    "Vans have a plate and are fine or damaged. A trip is in one van and has a day. ": (
        "A damaged van may not be driven by guests", "a damaged van may not get a new trip by guests"
    ),
}  # fmt: skip


@pytest.mark.parametrize("things", OTHERS)
@pytest.mark.parametrize(
    "form", ["drop the rule “{}”", 'remove the rule "{}"', "forget the rule that {}", "I take the rule {} back"]
)
def test_of_two_quoted_rules_that_sound_alike_only_the_one_that_is_said_goes(things: str, form: str) -> None:
    older, newer = OTHERS[things]
    for gone, left in ((newer, older), (older, newer)):
        proposal = propose(talk(f"{things}{older}.", changes=(newer, form.format(gone))))

        assert quoted(proposal) == [left]
        assert not any("takes the place" in note or "sound alike" in note for note in proposal.decisions)
        assert not any(f"“{gone}” is not built" in note for note in proposal.assumptions)


def test_of_two_quoted_rules_that_fit_as_well_people_are_asked_which() -> None:
    days = [f"{BROKEN} on {day}" for day in ("Mondays", "Sundays")]
    proposal = after(
        f"{KILNS}{days[0]}. {days[1]}.", "drop the rule that a broken kiln can't be booked without a permit"
    )

    assert [piece for piece in quoted(proposal) if piece in days] == days
    [asks] = [piece for piece in proposal.unread if "which rule" in piece]
    assert all(f"“{one}”" in asks for one in days)


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (
            "drop the rule that a broken kiln can't be booked without a permit",
            [f"{BROKEN} on Sundays", "Nobody fires a kiln alone"],
        ),
        ("drop the rule that broken kilns are not booked on a Sunday", [BROKEN, "Nobody fires a kiln alone"]),
        ("scrap the Sunday rule", [BROKEN, "Nobody fires a kiln alone"]),
        ("remove the rule about Sundays", [BROKEN, "Nobody fires a kiln alone"]),
        ("drop the rules about broken kilns", ["Nobody fires a kiln alone"]),
    ],
)
def test_the_quoted_rule_that_is_meant_most_likely_goes(change: str, left: list[str]) -> None:
    words = f"{KILNS}{BROKEN}. {BROKEN} on Sundays. Nobody fires a kiln alone."
    before = quoted(propose(talk(words)))

    proposal = after(words, change)

    assert quoted(proposal) == left
    [told] = [note for note in proposal.decisions if change in note]
    gone = [piece for piece in before if piece not in left]
    assert gone
    assert all(piece.lower() in told.lower() for piece in gone), "the line says what went"


RESCUE = (
    "We run a mountain rescue. Then she sends out rescuers (name, call sign, phone), and each rescuer must confirm it "
    "within ten minutes. An emergency goes from reported to running to closed. A rescuer must sleep eight hours."
)


@pytest.mark.parametrize(
    "change",
    [
        "drop the rule “Then she sends out rescuers (name, call sign, phone), and…”",
        "please drop the task “Then she sends out rescuers (name, call sign, phone), and…”.",
        'remove the rule "Then she sends out rescuers…"',
        "drop the rule that then she sends out rescuers (name, call sign, phone), and…",
    ],
)
def test_a_rule_is_known_by_how_its_sentence_begins(change: str) -> None:
    told = quoted(propose(talk(RESCUE)))
    assert any("must confirm" in piece for piece in told)
    assert quoted(after(RESCUE, change)) == [piece for piece in told if "must confirm" not in piece]


ALONE = "Nobody fires a kiln alone"
DRY = "A glaze must dry two days before the firing"
MOON = "The moon wobbles greenly over fluffy toast"
FIRED = f"{KILNS}{BROKEN}. {ALONE}. {DRY}. {MOON}."


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (f"Drop the rules “{BROKEN}”, “{ALONE}” and “{DRY}”", [MOON]),
        (f"Please remove both rules: \"{BROKEN}\" and \"{ALONE}\", they are nonsense", [DRY, MOON]),
        (f"forget the rule “{ALONE}” and the rule “{DRY}”. Add a colour to kilns.", [BROKEN, MOON]),
        (f"Drop the rule “{BROKEN}” and keep the rule “{ALONE}”", [ALONE, DRY, MOON]),
        (f"Drop the rule “{BROKEN}”. Drop the rule “{ALONE}”. Leave them all out.", [DRY, MOON]),
        (f"Drop the rules “{BROKEN}” and “{ALONE}”. Leave them out.", [DRY, MOON]),
        ("Leave them all out", [BROKEN, ALONE, DRY]),
        ("leave it out", [BROKEN, ALONE, DRY]),
        ("leave out the first one", [BROKEN, ALONE, DRY]),
    ],
)  # fmt: skip
def test_every_quoted_rule_of_a_list_goes_and_no_rule_that_nobody_named(change: str, left: list[str]) -> None:
    assert quoted(after(FIRED, change)) == left


def test_of_several_quoted_rules_the_one_that_is_not_there_is_told() -> None:
    *left, told = quoted(after(FIRED, f"Drop the rules “{BROKEN}”, “{ALONE}” and “No cat may bake bread”"))
    assert left == [DRY, MOON]
    assert told.startswith("Drop the rule “No cat may bake bread” (which rule")


def test_where_all_was_read_nothing_is_left_out() -> None:
    *left, told = quoted(after(f"{KILNS}{BROKEN}. {ALONE}.", "Leave them all out"))
    assert left == [BROKEN, ALONE]
    assert told.startswith("Leave them all out (I found no such words")
