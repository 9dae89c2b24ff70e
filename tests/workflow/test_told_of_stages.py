"""What people ask of the work itself is answered by a plan's stage, and says what to do next."""

from __future__ import annotations

import pytest

from bot.store.tables import Plan
from bot.workflow.stages import Hold, PlanStage
from bot.workflow.told_of_stages import told_of_stage


def plan_in(stage: PlanStage, hold: Hold | None = None) -> Plan:
    """Return a plan in a stage."""
    review = 0 if stage == PlanStage.GATHERING else 2
    return Plan(
        workspace="T1", channel="C1", handle="shed", title="Shed", starter="U1", stage=stage, hold=hold, review=review
    )


def told(stage: PlanStage, question: str, questions: int = 2) -> str:
    """Return what somebody hears at a stage."""
    return told_of_stage(plan_in(stage), question, questions)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("how many questions are left?", "2 questions are open. An answer may bring up another one"),
        ("is that the last question?", "2 questions are open."),
        ("are we done?", "Not quite. 2 questions are open. Then I show one review"),
        ("what happens then?", "2 questions are open. Then comes one review"),
        ("when do you start?", "2 questions are open. Then comes one review"),
        ("what happens if I don't answer?", "Then it waits, and nothing is built."),
        ("can my colleague answer too?", "Yes: whoever is in this channel can answer"),
        ("how do I change something?", "At any time: say it here in a sentence"),
        ("can I start over?", "`cancel` asks once and then ends this plan."),
        ("where is it?", "Not yet: nothing is built before somebody approves the review. 2 questions"),
        ("are you a bot?", "I am a bot."),
        ("did I say enough?", "Not quite. 2 questions are open."),
        ("what do I get in the end?", "A repository with a service"),
        ("do I need to know how to program?", "Not to plan it: plain sentences are enough."),
        ("will you let us know when it is ready?", "Yes: this thread hears"),
        ("do I have to stay here?", "No. All of it is kept here"),
        ("who can read this thread?", "Whoever is in this channel"),
    ],
)
def test_while_gathering(question: str, answer: str) -> None:
    assert told(PlanStage.GATHERING, question).startswith(answer)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("how long does it take?", "A few minutes for most plans, once review 2 is approved."),
        ("is that all?", "Almost: review 2 waits for `Approve and build`."),
        ("what are you waiting for?", "I wait until somebody approves review 2"),
        ("can I still add something?", "Mention me in this thread with what should be different"),
        ("can I close this?", "Yes. All of it is kept here; the review waits"),
        ("should I approve it?", "That is yours to decide: I build exactly what review 2 shows."),
        ("what happens if I approve by mistake?", "Nothing is lost"),
    ],
)
def test_at_a_review(question: str, answer: str) -> None:
    assert told(PlanStage.IN_REVIEW, question).startswith(answer)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what are you doing now?", "I build what was approved"),
        ("how much longer?", "A few minutes for most plans."),
        ("can I still change something?", "This build goes on as it was approved."),
        ("what if something breaks?", "I stop at that task and say so here"),
        ("how do I stop it?", "Say `stop`"),
        ("do I have to wait?", "No. I go on by myself"),
        ("are you stuck?", "No: I build what was approved"),
    ],
)
def test_while_it_is_built(question: str, answer: str) -> None:
    assert told(PlanStage.BUILDING, question).startswith(answer)
    assert told_of_stage(plan_in(PlanStage.BUILDING, Hold.PAUSED), question, 0) == "", "a held plan does none of it"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("where is it?", "In its repository."),
        ("how do I start it?", "Where the news of its delivery has `Try it`"),
        ("is it online?", "It runs nowhere by itself"),
        ("does it work?", "Each task that is ticked passed its checks"),
        ("how can I see the data?", "Start it as its README says"),
        ("can I delete it?", "The repository is yours"),
        ("thanks, how do I show it to my team?", "It runs nowhere by itself"),
        ("can I edit the code by hand?", "You may, in its repository: a later change of mine comes as a branch"),
        ("can you build it again?", "It is built as it was approved."),
        ("is it finished?", "Yes, *Shed* is delivered."),
    ],
)
def test_after_the_delivery(question: str, answer: str) -> None:
    assert told(PlanStage.DELIVERED, question).startswith(answer)


@pytest.mark.parametrize(
    "said",
    ["is the bike done?", "where is the bike?", "can I delete a bike?", "how long is a loan?", "who can see bikes?", "",
     "can you add a photo?", "what is a bike?", "is everything built?", "it is done",
     "how long does a loan last?", "?" * 500,
     "how do members start a loan?", "can we change the name?", "must a member answer?",
     "what happens with a late loan?"],
)  # fmt: skip
def test_what_is_asked_of_things_is_left_to_others(said: str) -> None:
    assert {told(stage, said) for stage in PlanStage} == {""}
