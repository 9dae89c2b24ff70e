"""Things that name each other in a circle: one of them may be empty, or no first row could be stored."""

from __future__ import annotations

from bot.workflow.documents import derive_documents
from tests.planning.talking import propose, shape, talk


def test_the_link_that_closes_a_circle_may_be_empty_and_the_review_says_so() -> None:
    proposal = propose(
        talk(
            "A lesson belongs to a course. A course belongs to a teacher. A teacher belongs to a lesson. "
            "Lessons have a title."
        )
    )
    assert shape(proposal) == {
        "Lesson": "title:str course_id:int->Course",
        "Course": "teacher_id:int->Teacher name:str",
        "Teacher": "lesson_id:int?->Lesson name:str",
    }
    assert [one for one in proposal.assumptions if "may be without" in one] == [
        "A teacher may be without a lesson: they lead back to each other, and one of them must be stored first"
    ]
    assert derive_documents(proposal)[0].task_plan.phases


def test_links_without_a_circle_stay_required() -> None:
    proposal = propose(
        talk("A lesson belongs to a course and a teacher. A course belongs to a teacher. Lessons have a title.")
    )
    assert "?" not in " ".join(shape(proposal).values())


def test_two_that_name_each_other_are_a_circle_and_one_that_names_itself_is_none() -> None:
    proposal = propose(talk("A dog belongs to a keeper. A keeper belongs to a dog. Dogs have a name."))
    assert [fields.count("?->") for fields in shape(proposal).values()].count(1) == 1
    assert derive_documents(proposal)[0].task_plan.phases
