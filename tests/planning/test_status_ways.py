"""Ways between the values of a status: lists of them in every usual form, what can't be, and what nobody said."""

from __future__ import annotations

import pytest

from bot.documents.entities.declared_rules import Transition
from bot.documents.entities.rule_lines import write_rule
from bot.planning.conversation import Proposal, Question
from tests.planning.talking import interview, propose, talk

DOMAINS = {
    "Trip": "Trip: title str, status enum(planned, under way, done, cancelled)\n",
    "Order": "Order: number str, status enum(open, paid, shipped, returned)\n",
    "Ticket": "Ticket: subject str, state enum(new, in progress, solved, closed)\n",
    "Application": "Application: name str, stage enum(received, invited, hired, rejected)\n",
    "Bed": "Bed: number int, status enum(free, taken, dirty)\n",
    "Article": "Article: title str, status enum(draft, in review, published)\n",
}


def status_rules(proposal: Proposal, entity: str) -> list[str]:
    found = proposal.specs.entity(entity)
    assert found is not None
    return [write_rule(rule).partition(": ")[2] for rule in found.rules if isinstance(rule, Transition)]


LISTS = [
    ("Trip", "A trip may only go from planned to under way, from under way to done, or from planned to cancelled.",
     "planned -> under_way | cancelled, under_way -> done"),
    ("Trip", "Trips: planned → under way → done, planned or under way → cancelled",
     "planned -> under_way | cancelled, under_way -> done | cancelled"),
    ("Trip", "The status is planned, then under way, then done; cancelled at any time before done.",
     "planned -> under_way | cancelled, under_way -> done | cancelled"),
    ("Trip", "A trip is planned, then under way, then done, and cancelled at any time before done.",
     "planned -> under_way | cancelled, under_way -> done | cancelled"),
    ("Order", "An order goes from open to paid and then to shipped. A shipped order can be returned.",
     "open -> paid, paid -> shipped, shipped -> returned"),
    ("Order", "open -> paid -> shipped -> returned", "open -> paid, paid -> shipped, shipped -> returned"),
    ("Order", "Open to paid, paid to shipped and shipped to returned.",
     "open -> paid, paid -> shipped, shipped -> returned"),
    ("Ticket", "A new ticket may become in progress, an in progress ticket may be solved, a solved one can be closed.",
     "new -> in_progress, in_progress -> solved, solved -> closed"),
    ("Ticket", "From new to in progress, from in progress to solved or closed, and from solved back to in progress.",
     "new -> in_progress, in_progress -> solved | closed, solved -> in_progress"),
    ("Application", "received → invited → hired; received or invited → rejected",
     "received -> invited | rejected, invited -> hired | rejected"),
    ("Application",
     "The stage goes from received to invited to hired. An application can be rejected until it is hired.",
     "received -> invited | rejected, invited -> hired | rejected"),
    ("Bed", "free → taken → dirty → free", "free -> taken, taken -> dirty, dirty -> free"),
    ("Article", "Articles go from draft to in review, from in review to published and back to draft.",
     "draft -> in_review, in_review -> published, published -> draft"),
]  # fmt: skip


@pytest.mark.parametrize(("entity", "said", "rule"), LISTS)
def test_a_list_of_ways_is_the_whole_rule(entity: str, said: str, rule: str) -> None:
    proposal = propose(talk(DOMAINS[entity] + said))

    assert status_rules(proposal, entity) == [rule]
    assert proposal.unread == ()
    assert proposal.custom == ()
    assert not ways_asked(DOMAINS[entity] + said)


LIMITS = [
    ("Bed", "A dirty bed can't be taken.", "free -> taken | dirty, taken -> free | dirty, dirty -> free"),
    ("Bed", "Only a dirty bed may become free.", "free -> taken | dirty, taken -> dirty, dirty -> free | taken"),
    ("Bed", "A bed can't go back to free.", "free -> taken | dirty, taken -> dirty, dirty -> taken"),
    ("Bed", "A taken bed may only become dirty.", "free -> taken | dirty, taken -> dirty, dirty -> free | taken"),
    ("Article", "A published article can't be changed.",
     "draft -> in_review | published, in_review -> draft | published"),
    ("Article", "Once an article is published, it can't be reopened.",
     "draft -> in_review | published, in_review -> draft | published"),
    ("Article", "Published is final.", "draft -> in_review | published, in_review -> draft | published"),
    ("Article", "Nothing comes after published.", "draft -> in_review | published, in_review -> draft | published"),
    ("Article", "An article can be published only from in review.",
     "draft -> in_review, in_review -> draft | published, published -> draft | in_review"),
    ("Article", "An article can't be published as long as it is draft.",
     "draft -> in_review, in_review -> draft | published, published -> draft | in_review"),
]  # fmt: skip


@pytest.mark.parametrize(("entity", "said", "rule"), LIMITS)
def test_who_only_says_what_cannot_be_leaves_everything_else_free(entity: str, said: str, rule: str) -> None:
    proposal = propose(talk(DOMAINS[entity] + said))

    assert status_rules(proposal, entity) == [rule]
    assert proposal.unread == ()
    assert not ways_asked(DOMAINS[entity] + said)


def ways_asked(*texts: str, changes: tuple[str, ...] = (), answers: dict[str, str] | None = None) -> list[Question]:
    conversation = talk(*texts, answers={"use": "no accounts", **(answers or {})}, changes=changes)
    return [one for one in interview(conversation).questions if one.id.startswith("ways:")]


def test_some_ways_are_never_taken_for_all_there_are() -> None:
    text = DOMAINS["Trip"] + "A trip may go from planned to under way."
    question = ways_asked(text)[0]

    assert question.id == "ways:trip.status:done,cancelled"
    assert "How does a trip come to done or cancelled?" in question.text
    assert "planned → under way" in question.text
    nobody = propose(talk(text))
    assert "Trip: any status may change to and from done and cancelled, as nobody said which may" in nobody.assumptions
    assert status_rules(nobody, "Trip") == [
        (
            "planned -> under_way | done | cancelled, under_way -> done | cancelled, "
            "done -> planned | under_way | cancelled, cancelled -> planned | under_way | done"
        )
    ]


@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        ("under way → done, planned → cancelled", "planned -> under_way | cancelled, under_way -> done"),
        ("from under way to done or cancelled", "planned -> under_way, under_way -> done | cancelled"),
        ("under way to done; cancelled at any time before done",
         "planned -> under_way | cancelled, under_way -> done | cancelled"),
        ("2", "planned -> under_way"),
    ],
)  # fmt: skip
def test_the_answer_says_the_other_ways(answer: str, rule: str) -> None:
    text = DOMAINS["Trip"] + "A trip may go from planned to under way."
    answered = {"ways:trip.status:done,cancelled": answer}

    assert status_rules(propose(talk(text, answers=answered)), "Trip") == [rule]
    assert not ways_asked(text, answers=answered)


def test_an_answer_that_leaves_a_value_out_is_asked_for_that_one() -> None:
    text = DOMAINS["Trip"] + "A trip may go from planned to under way."

    asked = ways_asked(text, answers={"ways:trip.status:done,cancelled": "under way → done"})
    assert [one.id for one in asked] == ["ways:trip.status:cancelled"]


CHANGES = [
    ("also from planned to cancelled", "planned -> under_way | cancelled, under_way -> done"),
    ("a trip may also go from under way to cancelled", "planned -> under_way, under_way -> done | cancelled"),
    ("planned → cancelled", "planned -> under_way | cancelled, under_way -> done"),
    ("add the way from planned to cancelled", "planned -> under_way | cancelled, under_way -> done"),
    ("there is a transition from under way to cancelled", "planned -> under_way, under_way -> done | cancelled"),
    ("a trip may also go straight from planned to cancelled", "planned -> under_way | cancelled, under_way -> done"),
    ("a trip can be cancelled until it is done", "planned -> under_way | cancelled, under_way -> done | cancelled"),
    ("a trip may only go from planned to done or cancelled and from planned to under way",
     "planned -> under_way | done | cancelled"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "rule"), CHANGES)
def test_a_change_adds_ways_or_says_all_of_them(change: str, rule: str) -> None:
    text = DOMAINS["Trip"] + "A trip goes from planned to under way to done."
    proposal = propose(talk(text, changes=(change,)))

    assert status_rules(proposal, "Trip") == [rule]
    assert f"“{change}” (Jon)" in proposal.decisions
    assert not any("nobody said" in one for one in proposal.assumptions)


def test_a_change_closes_one_way_or_opens_all_of_them() -> None:
    text = DOMAINS["Trip"] + "planned → under way → done, planned or under way → cancelled"

    closed = propose(talk(text, changes=("no longer from under way to cancelled",)))
    assert status_rules(closed, "Trip") == ["planned -> under_way | cancelled, under_way -> done"]
    assert status_rules(propose(talk(text, changes=("any status may go to any",))), "Trip") == []
    both = propose(talk(text, changes=("no longer from under way to cancelled", "also from under way to cancelled")))
    assert status_rules(both, "Trip") == status_rules(propose(talk(text)), "Trip")


@pytest.mark.parametrize(
    "change",
    ["a trip can no longer go from planned to under way", "drop the transition from planned to under way",
     "remove the way from planned to under way"],
)  # fmt: skip
def test_what_was_ruled_out_is_opened_by_no_assumption(change: str) -> None:
    text = DOMAINS["Trip"] + "A trip goes from planned to under way to done."
    (rule,) = status_rules(propose(talk(text, changes=(change,))), "Trip")

    ways = dict(way.split(" -> ") for way in rule.split(", "))
    assert "under_way" not in ways["planned"].split(" | ")
    assert "done" in ways["under_way"].split(" | ")


def test_words_that_speak_of_the_whole_thing_say_what_is_kept_of_them() -> None:
    proposal = propose(talk(DOMAINS["Article"] + "Once published it can't be changed."))

    assert (
        "Article: “Once published it can't be changed” is kept for its status: nothing follows published; "
        "its other fields can still be edited"
    ) in proposal.assumptions


@pytest.mark.parametrize(
    "said",
    ["Planned trips have a meeting point.", "A trip with a skipper is under way.", "Members can see done trips.",
     "The crew of a cancelled trip gets a note.", "Skippers may go from one trip to another."],
)  # fmt: skip
def test_other_sentences_with_such_words_are_no_ways(said: str) -> None:
    assert status_rules(propose(talk(DOMAINS["Trip"] + said)), "Trip") == []


HIVE = "Hive: colour str, status enum(weak, strong, dead)\n"
FOR_GOOD = [
    ("A dead hive never gets strong again.", "weak -> strong | dead, strong -> weak | dead"),
    ("Once a hive is dead, it can't become strong again.", "weak -> strong | dead, strong -> weak | dead"),
    ("weak -> strong, weak -> dead. A dead hive never gets strong again.", "weak -> strong | dead"),
    ("weak -> strong. A dead hive never gets strong again.", "weak -> strong | dead, strong -> dead"),
    ("weak -> strong, weak -> dead, dead -> weak. A dead hive never gets strong again.",
     "weak -> strong | dead, dead -> weak"),
    ("A dead hive can't become weak.", "weak -> strong | dead, strong -> weak | dead, dead -> strong"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "ways"), FOR_GOOD)
def test_what_never_comes_back_is_an_end_unless_a_way_leads_on(said: str, ways: str) -> None:
    assert status_rules(propose(talk(HIVE + said)), "Hive") == [ways]


def test_what_never_comes_back_is_an_end_in_a_change_too() -> None:
    assert status_rules(propose(talk(HIVE, changes=("A dead hive never gets strong again",))), "Hive") == [
        "weak -> strong | dead, strong -> weak | dead"
    ]


@pytest.mark.parametrize(
    "said", ["Once a ticket is closed, it can't be opened again.", "A closed ticket can't be opened any more"]
)
def test_a_value_may_be_said_as_a_deed(said: str) -> None:
    proposal = propose(talk(f"Ticket: subject str, state enum(open, closed)\n{said}"))

    assert status_rules(proposal, "Ticket") == ["open -> closed"]
    assert proposal.unread == ()


def test_nobody_is_asked_what_follows_an_end() -> None:
    questions = interview(talk(f"{HIVE}weak -> strong. A dead hive never gets strong again.")).questions
    ways = next(question for question in questions if question.id.startswith("ways:"))

    assert ways.options[0] == "Any status may change to dead"
