"""Changes that name a requirement by its number, and words that say nothing of what is to change."""

from __future__ import annotations

import pytest

from bot.planning.derived import derive
from tests.planning.talking import propose, quoted, shape, talk

SAID = (
    "tools with a name and a price; loans with a tool, a start and an end. A loan must end after it starts. "
    "At most 3 loans per day"
)


def told(change: str, *before: str) -> str:
    """Return what is quoted of a change."""
    fresh = [piece for piece in propose(talk(SAID, changes=(*before, change))).unread if change.rstrip(".") in piece]
    assert len(fresh) == 1
    return fresh[0]


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ("remove requirement 3", ["At most 3 loans per day"]),
        ("please drop requirement 4.", ["A loan must end after it starts"]),
        ("Delete requirement no. 3", ["At most 3 loans per day"]),
        ("take out requirements 3 and 4", []),
        ("drop R4", ["A loan must end after it starts"]),
    ],
)
def test_a_requirement_of_a_rule_goes_with_its_rule(change: str, left: list[str]) -> None:
    titles = {one.number: one.title for one in derive(propose(talk(SAID))).requirements.requirements}
    assert titles == {1: "Tools", 2: "Loans", 3: "“A loan must end after it starts”", 4: "“At most 3 loans per day”"}

    proposal = propose(talk(SAID, changes=(change,)))

    assert quoted(proposal) == left
    assert any("is taken back (Jon)" in decision for decision in proposal.decisions)


def test_what_has_no_rule_says_what_to_say_instead() -> None:
    assert told("remove requirement 1").endswith(
        "(requirement 1 is all that tools do; say “remove tools”, or which field or rule goes)"
    )
    assert "there is no requirement 9, the last one is 4" in told("remove requirement 9")
    assert "say “drop the rule …” with its words in quotes" in told("remove criterion 2.1")


def test_later_numbers_are_not_guessed_and_the_words_are_understood() -> None:
    assert "I know rules by their words, not by their numbers" in told("remove requirement 3", "add a note to tools")

    proposal = propose(talk(SAID, changes=("add a note to tools", "drop the rule “A loan must end after it starts”")))
    assert quoted(proposal) == ["At most 3 loans per day"]


def test_what_comes_with_people_who_log_in_counts_as_it_is_shown() -> None:
    said = f"{SAID}. People sign in with an e-mail and a password"
    shown = derive(propose(talk(said, answers={"use": "2"}))).requirements.requirements
    number = next(one.number for one in shown if "A loan must end" in one.title)

    assert number > 3
    changed = propose(talk(said, answers={"use": "2"}, changes=(f"remove requirement {number}",)))
    assert not any("A loan must end" in piece for piece in quoted(changed))


@pytest.mark.parametrize("word", ["banana", "bananas", "a banana", "banana bread", "Rhubarb!"])
def test_a_bare_word_is_quoted_and_no_thing_is_made_of_it(word: str) -> None:
    proposal = propose(talk("tools with a name and a price", changes=(word,)))

    assert shape(proposal) == {"Tool": "name:str price:Decimal"}
    assert proposal.unread == (word.strip("!"),)


@pytest.mark.parametrize("word", ["thanks", "looks good", "Hello"])
def test_kind_words_are_not_quoted(word: str) -> None:
    assert propose(talk("tools with a name and a price", changes=(word,))).unread == ()
