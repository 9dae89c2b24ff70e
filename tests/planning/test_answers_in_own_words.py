"""Answers in people's own words: nobody logs in, "leave them both to you", and what an answer tells of other things."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.vocabulary import is_you_decide
from tests.planning.talking import asked, enums, propose, quoted, rules_of, shape, talk

BOOKS = "Books have a title."


@pytest.mark.parametrize(
    "said",
    [
        "it runs inside our own network only, nobody logs in",
        "no one needs to sign in",
        "we use it at the front desk, people don't have to log in",
    ],
)
def test_nobody_logs_in(said: str) -> None:
    for conversation in (talk(BOOKS, answers={"use": said}), talk(BOOKS, said)):
        proposal = propose(conversation)
        assert "use" not in asked(conversation)
        assert any(one.startswith("No accounts") for one in proposal.decisions)
        assert quoted(proposal) == []


@pytest.mark.parametrize("said", ["nobody logs in but the librarians", "nobody logs in until the shop opens"])
def test_who_logs_in_after_all_is_not_overheard(said: str) -> None:
    assert said in quoted(propose(talk(BOOKS, said)))


@pytest.mark.parametrize(
    "said",
    [
        "Leave them both to you.",
        "I'll leave it to you",
        "leave it all up to you",
        "it's up to you",
        "they're both up to you",
    ],
)
def test_it_is_left_to_the_planner(said: str) -> None:
    assert is_you_decide(said)


@pytest.mark.parametrize("said", ["leave it out", "leave them", "leave it to the librarians"])
def test_other_leaving_is_no_decision(said: str) -> None:
    assert not is_you_decide(said)


SESSIONS = "Sessions on the same telescope can't overlap, and an astronomer has at most 3 open sessions."
TOLD = (
    "A session is one telescope with one astronomer, from start until end, and a status: requested, confirmed, done. "
    "It goes from requested to confirmed, then to done."
)


def test_an_answer_that_tells_of_other_things_is_theirs_and_is_quoted_nowhere() -> None:
    assert asked(talk(SESSIONS))[0] == "fields:astronomer"
    proposal = propose(talk(SESSIONS, answers={"fields:astronomer": TOLD}))
    assert shape(proposal)["Astronomer"] == "name:str"
    assert enums(proposal) == {"SessionStatus": ("requested", "confirmed", "done")}
    [session] = [one for one in proposal.specs.entities if one.name == "Session"]
    assert {rule.kind for rule in session.rules} == {"transition", "no overlap", "count"}
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    "joint",
    [" and an astronomer can't have more than 3 sessions a year", ", and at most 3 sessions per astronomer a week"],
)
def test_an_open_task_is_named_after_what_is_open(joint: str) -> None:
    things = "Telescopes have a name. Astronomers have a name. " + TOLD
    proposal = propose(talk(things, f"Sessions on the same telescope can't overlap{joint}."))
    [task] = proposal.custom
    assert task.title.strip("“”") == joint.removeprefix(",").removeprefix(" and ")
    assert "overlap" not in task.done
    assert "overlap" not in task.slug


def test_a_limit_is_understood_with_the_words_that_were_said() -> None:
    things = "Apiaries have a name. Hives have a number. A hive belongs to an apiary. "
    [task] = propose(talk(things + "An apiary can have at most 40 hives per year.")).custom
    assert task.details[-1] == "It was understood as: there are at most 40 hives of one apiary in one year."
    [task] = propose(talk(things + "An apiary can have at most 40 hives at a time.")).custom
    assert task.details[-1] == "It was understood as: there are at most 40 open hives of one apiary at a time."


STORE = (
    "Each costume has a label and a condition (fine, worn, in repair). Actors, with their name and phone number, book "
    "a costume from one day to another; nobody can book a costume that somebody else has on those days, nor one that "
    "is in repair."
)


def test_two_sentences_take_the_place_of_the_one_that_could_not_be_read() -> None:
    said = "A costume can't be booked twice for the same days. A costume in repair can't be booked."
    proposal = propose(talk(STORE, answers={"unread": said}))
    assert rules_of(proposal) == [
        "no overlap of from_day, to_day per costume", "create only while costume.condition is fine | worn",
    ]  # fmt: skip
    assert quoted(proposal) == []
    assert any("takes the place of “nobody can book" in one for one in proposal.decisions)


@pytest.mark.parametrize("said", ["Actors have an e-mail address.", "A costume can be washed."])
def test_an_answer_about_something_else_leaves_the_sentence(said: str) -> None:
    assert any("nor one that is in repair" in one for one in quoted(propose(talk(STORE, answers={"unread": said}))))
