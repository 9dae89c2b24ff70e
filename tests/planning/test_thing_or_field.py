"""A thing and a field may have one name: the word beside it, or a capital letter, tells which of the two is meant."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, shape, talk

BOTH = {
    (
        "severity",
        "fault",
    ): "Severities have a name and a colour. A fault has a text, and a severity: minor or major.",
    ("grade", "exam"): "Grades have a name and a colour. An exam has a description, and a grade: pass or fail.",
    ("size", "jacket"): "Sizes have a name and a colour. A jacket has a description, and a size: small or large.",
}


def after(both: tuple[str, str], change: str) -> tuple[bool, bool, list[str]]:
    """Return whether thing and field are there after a change, and what was decided last."""
    proposal = propose(talk(BOTH[both], changes=(change.format(*both, Thing=both[0].title(), Owner=both[1].title()),)))
    assert proposal.unread == ()
    things = shape(proposal)
    return both[0].title() in things, f"{both[0]}:" in things[both[1].title()], [*proposal.decisions[-1:]]


@pytest.mark.parametrize("both", BOTH)
@pytest.mark.parametrize(
    "change",
    ["forget {Thing}", "remove the entity {Thing}", "drop the {0} table", "forget the {0} as a thing", "remove {0}",
     "delete the thing called {0}", "we don't need {Thing} any more", "please get rid of {Thing}",
     "take the thing {0} out", "remove the {0} entity", "scrap {Thing}"],
)  # fmt: skip
def test_the_thing_goes_and_the_line_says_that_the_field_stays(both: tuple[str, str], change: str) -> None:
    is_thing, is_field, [told] = after(both, change)

    assert (is_thing, is_field) == (False, True)
    assert f"the thing {both[0].title()} is gone, {both[1].title()}.{both[0]} stays" in told
    assert f"“remove {both[0]} of {both[1]}” takes it out" in told


@pytest.mark.parametrize("both", BOTH)
@pytest.mark.parametrize(
    "change",
    ["remove the {0} field", "forget the field {0}", "drop the column {0}", "remove {0} of {1}s",
     "delete the {1}'s {0}", "remove {Owner}.{0}", "there is no field {0}",
     "you made up the field {0}", "take the {0} field out",
     "remove the {0} of the {1}", "leave the property {0} out"],
)  # fmt: skip
def test_the_field_goes_and_the_thing_stays(both: tuple[str, str], change: str) -> None:
    is_thing, is_field, _ = after(both, change)

    assert (is_thing, is_field) == (True, False)


@pytest.mark.parametrize("both", BOTH)
def test_what_the_line_offers_takes_the_field_out_too(both: tuple[str, str]) -> None:
    changes = (f"forget {both[0].title()}", f"remove {both[0]} of {both[1]}")

    assert shape(propose(talk(BOTH[both], changes=changes))) == {
        both[1].title(): "text:str" if both[0] == "severity" else "description:str"
    }


@pytest.mark.parametrize("both", BOTH)
def test_a_name_with_a_capital_letter_is_the_things(both: tuple[str, str]) -> None:
    assert after(both, "rename {Thing} to Rank")[:2] == (False, True)
    assert "Rank" in shape(propose(talk(BOTH[both], changes=(f"rename {both[0].title()} to Rank",))))


def test_where_nothing_else_has_the_name_every_word_means_it() -> None:
    words = "Kilns have a name and a colour. A fault has a description and a kiln."
    assert "colour" not in shape(propose(talk(words, changes=("remove Colour",))))["Kiln"]
    assert "Fault" not in shape(propose(talk(words, changes=("remove the fault",))))


@pytest.mark.parametrize(
    "said",
    ["The treasurer calculates what each tenant owes", "The town gives us a little money", "Everybody wants less work"],
)
def test_what_is_asked_and_what_there_is_some_of_make_no_thing(said: str) -> None:
    proposal = propose(talk(f"A tenant has a name. {said}."))
    assert shape(proposal) == {"Tenant": "name:str"}
    assert said in proposal.unread
