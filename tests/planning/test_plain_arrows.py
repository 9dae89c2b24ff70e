"""Steps that are told in arrows, with a yes and a no, and put right in a change."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, rules_of, talk

REPAIR = "A repair has a maker. It is taken in, then quoted, then agreed or refused, then on the bench, then collected."


@pytest.mark.parametrize(
    ("said", "ways"),
    [
        (
            "A repair goes quoted → agreed, agreed → on the bench, on the bench → ready.",
            "quoted -> agreed, agreed -> on_bench, on_bench -> ready",
        ),
        ("A repair goes taken in -> on the bench -> ready.", "taken_in -> on_bench, on_bench -> ready"),
        (
            "A bike is: in the shop -> out on hire, out on hire -> in the shop, in the shop -> at the mechanic.",
            "in_shop -> out_on_hire | at_mechanic, out_on_hire -> in_shop",
        ),
        (
            "A parcel goes at the depot → on the van, on the van → delivered, on the van → at the depot.",
            "at_depot -> on_van, on_van -> at_depot | delivered",
        ),
        ("A parcel is new → sent, then lost or delivered.", "new -> sent, sent -> lost | delivered"),
    ],
)
def test_states_between_arrows_may_have_articles(said: str, ways: str) -> None:
    kept = said.split()[1]

    assert rules_of(propose(talk(f"A {kept} has a number. {said}"))) == [f"transition status: {ways}"]


@pytest.mark.parametrize(
    ("said", "ways"),
    [
        ("quoted, then agreed or refused, then on the bench", "quoted -> agreed | refused, agreed -> on_bench"),
        ("new, then accepted or declined, then packed", "new -> accepted | declined, accepted -> packed"),
        ("handed in, then approved or rejected, then paid", "handed_in -> approved | rejected, approved -> paid"),
        ("open, then granted or denied, then closed", "open -> granted | denied, granted -> closed, denied -> closed"),
        ("open, then won or lost, then paid", "open -> won | lost, won -> paid, lost -> paid"),
    ],
)
def test_what_follows_a_yes_and_a_no_follows_the_yes(said: str, ways: str) -> None:
    assert rules_of(propose(talk(f"A case has a number. It is {said}."))) == [f"transition status: {ways}"]


def test_that_nothing_follows_the_no_is_an_assumption() -> None:
    assert "Repair: nothing follows refused, as nobody said what does" in propose(talk(REPAIR)).assumptions


@pytest.mark.parametrize(
    "change",
    [
        "A refused repair can't go on the bench, it goes straight to collected.",
        "Refused repairs do not go to on bench; from refused a repair goes to collected.",
        "After refused comes collected.",
        "When refused, a repair goes directly to collected.",
    ],
)
def test_where_a_no_leads_is_said_in_a_change(change: str) -> None:
    proposal = propose(talk(REPAIR, changes=(change,)))

    assert "refused -> collected" in rules_of(proposal)[0]
    assert "refused -> on_bench" not in rules_of(proposal)[0]
    assert not proposal.unread
    assert not proposal.custom


def test_a_way_is_closed_by_a_change_that_says_the_state_with_its_article() -> None:
    told = (
        "A repair has a maker. It goes from refused to on the bench, from on the bench to ready, from refused to ready."
    )

    assert rules_of(propose(talk(told, changes=("Refused repairs never go on the bench.",)))) == [
        "transition status: refused -> ready, on_bench -> ready"
    ]
