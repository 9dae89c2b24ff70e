"""Changes of the numbers in rules, in passing: "not 14 days but 21", "the limit should be 10", "it isn't needed"."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, rules_of, talk

TOOLS = (
    "Members have a name. Tools have a name. Members borrow tools for 14 days. "
    "A member can have at most 4 tools at a time."
)
FOUR, FORTNIGHT = "at most 4 Loan per member until returned_at", "due_at = lent_at + 14 days"
DOGS = (
    "A walker has a name. A dog has a name. A walk has a start and an end. Each walk belongs to a walker and a dog. "
    "A walker can have at most 4 walks. A walk lasts at most 3 hours."
)


@pytest.mark.parametrize(
    ("change", "span"),
    [
        ("not 14 days but 21", "21 days"),
        ("no, not two weeks but three", "21 days"),
        ("two weeks is too long, one is enough", "7 days"),
        ("14 days is far too short, make it 30", "30 days"),
        ("10 days instead of 14", "10 days"),
        ("three weeks, not two", "21 days"),
        ("the lending time should be 3 weeks", "21 days"),
        ("our loan period is now ten days", "10 days"),
        ("one week is enough", "7 days"),
        ("ten days will do", "10 days"),
    ],
)
def test_a_span_becomes_another_one(change: str, span: str) -> None:
    proposal = propose(talk(TOOLS, changes=(change,)))

    assert set(rules_of(proposal)) == {FOUR, f"due_at = lent_at + {span}"}
    assert not proposal.unread


@pytest.mark.parametrize(
    "change", ["not 10 days but 21", "two hours is too long, one is enough", "9 days instead of 8"]
)
def test_a_span_that_no_rule_has_is_asked_about(change: str) -> None:
    proposal = propose(talk(TOOLS, changes=(change,)))

    assert set(rules_of(proposal)) == {FOUR, FORTNIGHT}
    assert proposal.unread[0].startswith(f"{change} (which rule: ")


@pytest.mark.parametrize("change", ["one is enough", "two tools are enough", "the party is too long, one is enough"])
def test_what_is_no_span_changes_none(change: str) -> None:
    assert set(rules_of(propose(talk(TOOLS, changes=(change,))))) == {FOUR, FORTNIGHT}


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ("the limit should be 10", 10),
        ("our limit is six now", 6),
        ("only one tool at a time", 1),
        ("four is too few, make it six", 6),
        ("4 tools are not enough, 7 please", 7),
        ("raise the limit to 8", 8),
        ("lower the limit from 4 to 2", 2),
        ("the maximum has to be 5, not 4", 5),
    ],
)
def test_the_limit_has_another_number(change: str, number: int) -> None:
    proposal = propose(talk(TOOLS, changes=(change,)))

    assert set(rules_of(proposal)) == {f"at most {number} Loan per member until returned_at", FORTNIGHT}
    assert not proposal.unread


def test_of_two_limits_it_is_asked_which() -> None:
    proposal = propose(talk(DOGS, changes=("the limit should be 10",)))
    assert set(rules_of(proposal)) == {"at most 4 Walk per walker", "end at most 3 hours after start"}
    assert "which rule: “A walker has at most 4 walks” or" in proposal.unread[0]

    told = propose(talk(DOGS, changes=("the limit for walks is 10",)))
    assert set(rules_of(told)) == {"at most 10 Walk per walker", "end at most 3 hours after start"}


@pytest.mark.parametrize(
    "change",
    ["the limit isn't needed any more", "the limit can go", "nobody needs the limit any more",
     "we don't need the limit any more", "drop the limit",
     "the limit of four tools is no longer needed", "our limit on tools isn’t needed either"],
)  # fmt: skip
def test_a_limit_that_nobody_needs_goes(change: str) -> None:
    proposal = propose(talk(TOOLS, changes=(change,)))

    assert rules_of(proposal) == [FORTNIGHT]
    assert not proposal.unread


def test_another_rule_that_nobody_needs_goes_by_what_it_is_about() -> None:
    said = f"{TOOLS} No tool goes out twice in the rain."
    proposal = propose(talk(said, changes=("the rule about the rain isn't needed any more",)))

    assert set(rules_of(proposal)) == {FOUR, FORTNIGHT}
    assert not proposal.custom
