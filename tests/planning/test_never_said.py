"""People take back what they never said: a link, a field, a rule; what isn't found is quoted and is no task."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, shape, talk

WORDS = {
    ("hive", "beekeeper"): "Beekeepers with a name. Hives with a number and a colour. A hive belongs to a beekeeper.",
    ("violin", "player"): "Players with a name. Violins with a number and a colour. A violin belongs to a player.",
}


@pytest.mark.parametrize("things", WORDS)
@pytest.mark.parametrize("is_change", [True, False])
@pytest.mark.parametrize(
    "said",
    ["I never said that a {} belongs to a {}", "that's wrong, a {} doesn't belong to a {}",
     "No, we didn't say every {} is linked to a {}.", "A {} does not belong to a {}"],
)  # fmt: skip
def test_a_link_that_nobody_said_goes(said: str, things: tuple[str, str], is_change: bool) -> None:
    words, sentence = WORDS[things], said.format(*things)

    proposal = propose(talk(words, changes=(sentence,)) if is_change else talk(words, sentence))

    assert shape(proposal) == {things[1].title(): "name:str", things[0].title(): "number:str colour:str"}
    assert (proposal.custom, proposal.unread) == ((), ())
    assert not any(f"names one {things[1]}" in note for note in proposal.decisions)


@pytest.mark.parametrize("things", WORDS)
@pytest.mark.parametrize("said", ["I never said that {}s have a colour", "that's wrong: a {} doesn't have a colour"])
def test_a_field_that_nobody_said_goes(said: str, things: tuple[str, str]) -> None:
    proposal = propose(talk(WORDS[things], changes=(said.format(things[0]),)))

    assert "colour" not in shape(proposal)[things[0].title()]
    assert "number:str" in shape(proposal)[things[0].title()]
    assert (proposal.custom, proposal.unread) == ((), ())


@pytest.mark.parametrize("things", WORDS)
@pytest.mark.parametrize("is_change", [True, False])
@pytest.mark.parametrize(
    "said", ["I never said that a {} can never be sold", "That's wrong, {}s must not be painted by a guest"]
)
def test_what_is_not_found_is_quoted_and_is_no_task(said: str, things: tuple[str, str], is_change: bool) -> None:
    words, sentence = WORDS[things], said.format(things[0])

    proposal = propose(talk(words, changes=(sentence,)) if is_change else talk(words, sentence))

    assert proposal.custom == ()
    assert proposal.unread == (sentence,)
    assert shape(proposal) == shape(propose(talk(words)))


@pytest.mark.parametrize("things", WORDS)
def test_an_open_rule_that_nobody_said_goes(things: tuple[str, str]) -> None:
    rule = f"a {things[0]} can never be sold before noon"
    words = f"{WORDS[things]} {rule.capitalize()}."

    assert len(propose(talk(words)).custom) == 1
    assert propose(talk(words, changes=(f"I never said that {rule}",))).custom == ()
