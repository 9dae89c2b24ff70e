"""The last steps in a row, and the ways out that people tell beside the steps."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, rules_of, talk

STEPS = "A parcel has a date. A parcel goes from packed to sent, from sent to delivered."
OUT = ["transition status: packed -> sent | called_off, sent -> delivered | called_off"]


@pytest.mark.parametrize(
    "said",
    ["A parcel can be called off while it is packed or sent.", "It can be called off as long as it is packed or sent.",
     "Each parcel may be called off as long as it isn't delivered yet.", "It can be called off until it is delivered.",
     "A parcel can still be called off when it's packed or sent."],
)  # fmt: skip
def test_a_way_out_leads_from_the_states_that_are_named(said: str) -> None:
    proposal = propose(talk(f"{STEPS} {said}"))
    assert rules_of(proposal) == OUT
    assert (proposal.unread, proposal.custom) == ((), ())


@pytest.mark.parametrize(
    "steps",
    ["from packed to sent, then delivered, filed and finally archived",
     "from packed to sent, then to delivered, filed, and at last archived",
     "from packed to sent, then delivered, filed and then archived"],
)  # fmt: skip
def test_the_last_steps_in_a_row_come_one_after_the_other(steps: str) -> None:
    [rule] = rules_of(propose(talk(f"A parcel has a date. A parcel goes {steps}.")))
    assert rule == "transition status: packed -> sent, sent -> delivered, delivered -> filed, filed -> archived"


def test_a_thing_that_is_called_like_one_of_its_states_is_told_from_it() -> None:
    first = (
        "A firing is planned for a kiln, with a date, and it goes from planned to loading, then firing, cooling and "
    )
    [rule] = rules_of(propose(talk(f"{first}finally unloaded; it can be called off as long as it isn't firing yet.")))
    ways = "planned -> loading | called_off, loading -> firing | called_off, firing -> cooling, cooling -> unloaded"
    assert rule == f"transition status: {ways}"


@pytest.mark.parametrize("said", ["It can be called off while it is raining.", "It can be called off when it is late."])
def test_what_is_no_state_leads_nowhere(said: str) -> None:
    assert "called_off" not in " ".join(rules_of(propose(talk(f"{STEPS} {said}"))))
