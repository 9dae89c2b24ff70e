"""Who may do something by the plan, and whether somebody may: no or yes first, then the rule."""

from __future__ import annotations

import pytest

from bot.workflow.named_in_questions import asked_about
from bot.workflow.told_of_rights import told_of_rights
from tests.planning.talking import propose, talk

STUDIO = (
    "Potters have a name and an e-mail. A kiln master is just one of our potters. Firings have a date and a note. "
    "Only kiln masters may plan a firing. Pieces have a name and a potter. Potters may only change their own pieces."
)
SCHOOL = (
    "Courses have a title and a status: planned, then confirmed; a planned or confirmed course can be cancelled. "
    "Dancers have a name and an e-mail. Admins and coaches can cancel courses, nobody else."
)
LEFT = "A firing can be created only by a kiln master, or by an administrator."
STEP = "Only an admin or a coach can set a course to cancelled."
OWN = "A piece can be changed only by its potter, or by an administrator."


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (STUDIO, "can a potter plan a firing", f"No. {LEFT}"),
        (STUDIO, "may kiln masters add new firings", f"Yes. {LEFT}"),
        (STUDIO, "are potters allowed to create a firing", f"No. {LEFT}"),
        (STUDIO, "can an admin open a firing", f"Yes. {LEFT}"),
        (STUDIO, "can a potter change a firing", "Yes. Whoever is signed in can update a firing"),
        (STUDIO, "can a potter change a piece", f"Only with their own. {OWN}"),
        (STUDIO, "who may plan a firing", "Only a kiln master can create a firing"),
        (STUDIO, "who can delete firings", "Whoever is signed in can delete a firing"),
        (SCHOOL, "can a dancer cancel a course", f"No. {STEP}"),
        (SCHOOL, "may a coach cancel courses", f"Yes. {STEP}"),
        (SCHOOL, "who is allowed to cancel a course", "Only an admin or a coach can set a course to cancelled"),
    ],
)
def test_who_may_do_something_is_answered_by_the_rule(text: str, question: str, answer: str) -> None:
    specs = propose(talk(text)).specs
    assert told_of_rights(specs, asked_about(specs, question)).startswith(answer)


@pytest.mark.parametrize(
    "question",
    ["can a potter have two pieces", "can a firing be cancelled", "can a kiln plan a firing", "who fires the pieces",
     "can a potter bake a cake", "may we plan a firing"],
)  # fmt: skip
def test_other_questions_are_others(question: str) -> None:
    specs = propose(talk(STUDIO)).specs
    assert told_of_rights(specs, asked_about(specs, question)) == ""
