"""Why something isn't built: what is missing, where a developer finds it, and what can be said that is built."""

from __future__ import annotations

import pytest

from bot.workflow.documents import derive_documents
from bot.workflow.reviews import ReviewContent
from bot.workflow.told_of_unbuilt import told_unbuilt
from tests.planning.talking import propose, talk

SHED = (
    "Bikes have a name and a status: free, lent. Members have a name. A loan has a bike, a member and a due date. "
    "When a loan is late the member gets a reminder."
)
DOCUMENTS = derive_documents(propose(talk(SHED)))[0]
CONTENT = ReviewContent(unread=("No pets in winter",))


@pytest.mark.parametrize(
    "question",
    ["why can't you build the reminder", "why isn't the reminder built", "why was the reminder not written",
     "why is the reminder still open", "why is task 4.1 open", "why can't you build that",
     "why don't you send the reminder",
     "why did you build nothing for the reminder", "how do I get the reminder built", "how can the reminder be built",
     "why does the reminder stay open"],
)  # fmt: skip
def test_an_open_task_is_told_with_its_place_and_with_what_would_be_built(question: str) -> None:
    told = told_unbuilt(DOCUMENTS, CONTENT, question)
    assert told.startswith("“When a loan is late the member gets a reminder” has the form of no rule that I can build")
    assert "as open task 4.1 in `.planning/tasks.md`" in told
    assert "said as a sentence: `each member has a reminder date`" in told


def test_what_was_not_read_is_no_part_of_the_plan() -> None:
    told = told_unbuilt(DOCUMENTS, CONTENT, "why can't you build the pets")
    assert told.startswith("I could not read “No pets in winter”, so it is no part of the plan")


@pytest.mark.parametrize(
    "question",
    ["why can't you build a rocket", "why is the bike open", "why can't a loan be made", "how can a loan be made",
     "how do I get a bike", "why is there a bike", "what can you build", "why don't you ask Mara"],
)  # fmt: skip
def test_other_questions_are_others(question: str) -> None:
    assert told_unbuilt(DOCUMENTS, CONTENT, question) == ""
