"""What happens in some case: the rule, the open task or the unread words that speak of it, or that nothing does."""

from __future__ import annotations

import pytest

from bot.workflow.documents import derive_documents
from bot.workflow.named_in_questions import asked_about
from bot.workflow.reviews import ReviewContent
from bot.workflow.told_of_cases import told_of_case
from tests.planning.talking import propose, talk

SHED = (
    "Bikes have a name and a status: free, lent, damaged. Members have a name. A loan has a bike, a member and a "
    "due date. A lent bike can only become free. When a loan is late the member gets a reminder."
)
DOCUMENTS = derive_documents(propose(talk(SHED)))[0]
CONTENT = ReviewContent(unread=("No pets in winter",))


def told(question: str) -> str:
    """Return what the shed's plan answers."""
    return told_of_case(DOCUMENTS, CONTENT, asked_about(DOCUMENTS.specs, question))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what happens when a loan is late", "Task 4.1 “When a loan is late the member gets a reminder” is about it"),
        ("what if a loan is late", "Task 4.1"),
        ("what happens with pets in winter", "“No pets in winter” is not part of this plan"),
        ("what happens if a bike is stolen", "Nothing in the plan says what happens then (“a bike is stolen”)"),
        ("what happens with a lent bike", "A rule: The status of a bike goes only"),
        ("what about a lent bike", "A rule: The status of a bike goes only"),
        (
            "and what about lost keys",
            "Nothing in the plan speaks of “lost keys”. Should it, say in a sentence what is kept",
        ),
        ("what about the due date", "`Loan.due_date` is a date"),
        ("what about members", "Member holds name (text)"),
    ],
)
def test_what_speaks_of_a_case_is_told(question: str, answer: str) -> None:
    assert told(question).startswith(answer)


@pytest.mark.parametrize("question", ["what happens after the build", "what is a bike", "what happens with a bike"])
def test_other_questions_are_others(question: str) -> None:
    assert told(question) == ""


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("what about lost keys", ", such as `a lost key has a name and a date`,"),
        ("what about a stolen bike", ", such as `the status of a bike is free, lent, damaged or stolen`,"),
        ("what about cancelled loans", ", such as `a loan has a status: open, cancelled`,"),
        (
            "what about a phone number",
            ", such as `each … has a phone number`, or as a thing of its own, `a phone number",
        ),
        ("what about a group loan", "what is kept of it, or what can't be done then."),
    ],
)
def test_what_is_not_in_the_plan_hears_what_to_say(question: str, sentence: str) -> None:
    assert sentence in told(question)
