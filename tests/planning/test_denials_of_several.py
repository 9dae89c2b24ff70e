"""Denials in people's own words: of several at once, of whoever comes along, and with what is kept instead."""

from __future__ import annotations

import pytest

from bot.planning.built_in.phrases.denied_nouns import denied_nouns, said_instead
from bot.planning.conversation import Conversation
from tests.planning.talking import asked, interview, propose, shape, talk

IDEAS = {
    ("caller", "fault"): "A kiln has a name. A caller reports a fault on a kiln. Faults have a description.",
    ("visitor", "complaint"): "A pool has a name. A visitor files a complaint on a pool. Complaints have a text.",
}


def everywhere(idea: str, noun: str, denial: str) -> tuple[Conversation, ...]:
    """Return conversations in which a thing is denied in an answer, in a message, and in a change."""
    assert noun.title() in shape(propose(talk(idea))), "made of words"
    return (
        talk(idea, answers={f"fields:{noun}": denial}),
        talk(idea, denial),
        talk(idea, changes=(denial,)),
    )


@pytest.mark.parametrize("names", IDEAS)
@pytest.mark.parametrize(
    "denial",
    ["A {0} is just whoever rings us, no record of them", "There is no {0}", "we don't keep {0}s",
     "I never said that there is a {0}", "nobody said there are {0}s", "{0}s aren't stored anywhere",
     "No records of {0}s", "a {0} is anyone who rings, we don't store them", "nothing is kept about {0}s",
     "we never asked for a {0}", "a {0} is only somebody who happens to be there, so there is no record of them",
     "{0}s are the people who ring, they aren't recorded"],
)  # fmt: skip
def test_whoever_comes_along_is_no_thing(names: tuple[str, str], denial: str) -> None:
    noun, record = names
    for conversation in everywhere(IDEAS[names], noun, denial.format(noun)):
        proposal = propose(conversation)
        assert noun.title() not in shape(proposal)
        assert f"{noun}_id" not in shape(proposal)[record.title()]
        assert not any(f"fields:{noun}" in key for key in asked(conversation))
        assert denial.format(noun) not in proposal.unread


@pytest.mark.parametrize("names", IDEAS)
@pytest.mark.parametrize(
    "denial",
    ["There is no {0}, just a text field {0} name on the {1}.", "we have no {0}, only a {0} name on the {1}",
     "A {0} is just whoever rings us, no record of them, just the {0}'s name on the {1} report",
     "there's no {0}, we only note the {0}'s name on the {1}", "we don't keep {0}s, just a name on the {1}"],
)  # fmt: skip
def test_what_is_kept_in_its_place_is_a_field(names: tuple[str, str], denial: str) -> None:
    noun, record = names
    for conversation in everywhere(IDEAS[names], noun, denial.format(*names)):
        proposal = propose(conversation)
        assert noun.title() not in shape(proposal)
        assert f"{noun}_name:str" in shape(proposal)[record.title()]
        assert proposal.unread == ()


@pytest.mark.parametrize("names", IDEAS)
def test_an_answer_may_go_on_with_a_sentence_about_it(names: tuple[str, str]) -> None:
    noun, record = names
    for rest in (f"A {record} has a reporter name.", f"Just a reporter name on the {record}",
                 f"we only note the reporter name on the {record}"):  # fmt: skip
        proposal = propose(talk(IDEAS[names], answers={f"fields:{noun}": f"There is no {noun}. {rest}"}))
        assert noun.title() not in shape(proposal)
        assert "reporter_name:str" in shape(proposal)[record.title()]
        assert proposal.unread == ()


@pytest.mark.parametrize("names", IDEAS)
def test_what_an_answer_only_says_of_somebody_is_a_denial(names: tuple[str, str]) -> None:
    noun, _ = names
    [question] = [one for one in interview(talk(IDEAS[names])).questions if one.id == f"fields:{noun}"]
    for said in (f"a {noun} is just whoever rings", "that's just whoever is there", "no record of them",
                 "we don't keep them", "they aren't recorded"):  # fmt: skip
        conversation = talk(IDEAS[names], answers={question.id: said})
        assert noun.title() not in shape(propose(conversation))
        assert not any(question.id in key for key in asked(conversation))


@pytest.mark.parametrize(
    "denial",
    ["There is no {0} and no {2}", "there is neither a {0} nor a {2}", "we have no {0}, no {2}",
     "I never said that there is a {0} or a {2}", "we don't keep {0}s or {2}s", "no record of the {0} and the {2}",
     "neither {0}s nor {2}s exist"],
)  # fmt: skip
@pytest.mark.parametrize("names", [("caller", "fault", "desk"), ("visitor", "complaint", "gate")])
def test_several_are_denied_in_one_sentence(names: tuple[str, str, str], denial: str) -> None:
    noun, record, other = names
    idea = f"A {noun} files a {record} at a {other}. A {record} has a text. A {other} is in a hall. Halls have a name."
    before = shape(propose(talk(idea)))
    assert {noun.title(), other.title()} <= set(before)
    for conversation in everywhere(idea, noun, denial.format(*names)):
        proposal = propose(conversation)
        assert set(before) - set(shape(proposal)) == {noun.title(), other.title()}
        assert denial.format(*names) not in proposal.unread


def test_of_several_what_is_no_thing_goes_as_a_field() -> None:
    idea = "A kiln has a name. A caller reports a fault on a kiln. Faults have a text and a weight."
    proposal = propose(talk(idea, changes=("There is no caller and no weight",)))
    assert shape(proposal) == {"Kiln": "name:str", "Fault": "text:str kiln_id:int->Kiln"}
    assert any("Caller and Fault.weight are gone" in note for note in proposal.decisions)


@pytest.mark.parametrize(
    "said",
    ["there is no link between hives and inspections", "there are no tanks without a number", "there is no limit on it",
     "I never said that a hive belongs to a beekeeper", "A member is somebody who pays a fee",
     "we don't keep books that are lost", "there is no book or loan without a member"],
)  # fmt: skip
def test_other_sentences_deny_no_thing(said: str) -> None:
    nouns = {"hive", "inspection", "tank", "beekeeper", "member", "book", "loan"}
    assert not nouns & {noun.removesuffix("s") for noun in denied_nouns(said)}
    assert said_instead(said) is None
