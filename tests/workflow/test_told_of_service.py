"""What people ask of every plan is answered in words that anybody understands."""

from __future__ import annotations

import pytest

from bot.documents.entities.entity_specs import EntitySpecs
from bot.workflow.told_of_service import told_of_service
from tests.planning.talking import propose, talk

SPECS = propose(talk("Bikes have a name. Members have a name and an e-mail. Members sign in.")).specs
OPEN = propose(talk("Bikes have a name. A task has a title.")).specs


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("can I change it later", "Yes, at any time"),
        ("is this final", "Yes, at any time"),
        ("can we undo that", "Yes: `undo`"),
        ("how do I go back to the last review", "Yes: `undo`"),
        ("where can I see it", "The review shows what will be built"),
        ("what does it cost", "The plan holds no prices"),
        ("is there an app", "No: I build the service behind"),
        ("can we use it on a phone", "No: I build the service behind"),
        ("where is our data stored", "In the database"),
        ("what is a task", "A task is one step"),
        ("what does “unique” mean", "Unique means"),
        ("who manages accounts", "Whoever has the role `ADMIN` manages accounts"),
        ("who is the admin", "Whoever has the role `ADMIN`"),
        ("is it safe", "Only whoever is signed in"),
        ("how secure is our data", "Only whoever is signed in"),
        ("who can see this", "Only whoever is signed in"),
        ("can I delete a bike", "Whoever is signed in can delete a bike"),
        ("can we change a bike", "Whoever is signed in can update a bike"),
    ],
)
def test_what_is_so_of_every_plan_is_told(question: str, answer: str) -> None:
    assert told_of_service(SPECS, question).startswith(answer)


@pytest.mark.parametrize(
    "question",
    ["can we change the name to title", "what does a bike cost", "is it free", "who manages bikes", "what is a bike",
     "can I see the loans", "where is the bike kept", "do members pay", "can we delete the bike", "can I add a note",
     "is the lock safe", "can you delete a bike", "can we add a note to a bike"],
)  # fmt: skip
def test_what_is_asked_of_a_thing_is_left_to_others(question: str) -> None:
    assert told_of_service(SPECS, question) == ""


@pytest.mark.parametrize(
    ("specs", "question", "answer"),
    [
        (OPEN, "what is a task", ""),
        (OPEN, "who manages accounts", "Nobody: "),
        (OPEN, "can anyone see everything", "The plan"),
        (OPEN, "can we remove a task", "Whoever"),
    ],
)
def test_a_thing_of_the_plan_means_itself(specs: EntitySpecs, question: str, answer: str) -> None:
    assert told_of_service(specs, question)[: len(answer) or None] == answer
