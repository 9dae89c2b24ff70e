"""What a change touches, in one sentence: counted, named while they are few, and what people edited kept."""

from __future__ import annotations

import pytest

from bot.generation.blast_radius import BlastRadius, Touched
from bot.planning.conversation import Proposal
from bot.store.tables import Plan, now
from bot.workflow.blast_radius import inputs_for, named, radius_between, told
from bot.workflow.documents import derive_documents
from tests.workflow.office import library
from tests.workflow.test_reviews import OVERDUE

NAMES = tuple(f"A.n{number}" for number in range(1, 9))


def test_a_change_that_touches_nothing_is_told_with_no_words() -> None:
    assert told(BlastRadius()) == ""


def test_everything_that_is_touched_is_told_in_one_sentence() -> None:
    radius = BlastRadius(
        criteria=Touched(new=("1.2", "1.3"), changed=("2.1",), gone=("3.1",)),
        fields=Touched(new=("Book.pages",), gone=("Book.isbn", "Book.price")),
        rules=Touched(changed=("Loan: due_at = lent_at + 21 days",)),
        tasks=Touched(changed=("1.1", "2.1", "2.2")),
        files=Touched(new=("a.py",), changed=("b.py",), gone=("c.py",)),
        finished=("1.1", "2.1"),
        edited=("b.py",),
    )
    assert told(radius) == (
        "2 new criteria, 1 changed criterion, 1 removed criterion; "
        "1 new field (Book.pages), 2 removed fields (Book.isbn and Book.price); "
        "1 changed rule (Loan: due_at = lent_at + 21 days); "
        "3 changed tasks (1.1, 2.1 and 2.2); "
        "3 files; built again: 1.1 and 2.1; people edited b.py, which is kept"
    )


@pytest.mark.parametrize(
    ("radius", "sentence"),
    [
        (BlastRadius(rules=Touched(gone=("A: x", "A: y"))), "2 removed rules (A: x and A: y)"),
        (BlastRadius(rules=Touched(new=("A: x", "A: y"), gone=("A: z",))), "2 new rules, 1 removed rule"),
        (BlastRadius(tasks=Touched(changed=("1.4", "2.1", "2.4"), gone=("2.5",))), "3 changed tasks, 1 removed task"),
        (BlastRadius(tasks=Touched(new=("4.1",))), "1 new task (4.1)"),
        (BlastRadius(files=Touched(changed=("a.py",))), "1 file"),
        (BlastRadius(files=Touched(new=("a.py", "b.py"))), "2 files"),
    ],
)
def test_one_is_told_as_one_and_what_is_not_touched_is_left_out(radius: BlastRadius, sentence: str) -> None:
    assert told(radius) == sentence


def test_six_names_are_named_and_of_more_the_first_six() -> None:
    assert named(NAMES[:6]) == "A.n1, A.n2, A.n3, A.n4, A.n5 and A.n6"
    assert named(NAMES[:7]) == "A.n1, A.n2, A.n3, A.n4, A.n5, A.n6 and 1 more"
    assert named(NAMES) == "A.n1, A.n2, A.n3, A.n4, A.n5, A.n6 and 2 more"


def test_the_files_of_a_behaviour_that_a_model_writes_are_touched_with_it() -> None:
    proposal = Proposal(title="Office library", introduction="A library.", specs=library())
    before, after = (
        derive_documents(each)[0] for each in (proposal, proposal.model_copy(update={"custom": (OVERDUE,)}))
    )
    plan = Plan(workspace="T1", channel="C1", handle="library", title="Office library", stage="in review", starter="U1")

    radius = radius_between(plan, before, after, steps=())

    assert radius.files.changed == ("app/api/router.py",), "its routes are included there"
    assert [inputs.title for inputs in inputs_for("Office library", after, now()).custom] == [OVERDUE.title]
    assert OVERDUE.criterion in after.texts()["requirements"]
    assert len(radius.criteria.new) == 1
    assert radius.behaviours == ()


def test_an_open_task_that_goes_is_named_in_the_words_of_people() -> None:
    proposal = Proposal(title="Office library", introduction="A library.", specs=library())
    before, after = (
        derive_documents(each)[0] for each in (proposal.model_copy(update={"custom": (OVERDUE,)}), proposal)
    )
    plan = Plan(workspace="T1", channel="C1", handle="library", title="Office library", stage="in review", starter="U1")

    assert told(radius_between(plan, before, after, steps=())).startswith(
        f"{OVERDUE.title}, which is not kept any more; 1 removed criterion"
    )


@pytest.mark.parametrize(
    ("decision", "fate"),
    [
        ("“Books stay in” is built now as a rule: A book stays in", "is a rule now"),
        ("Rule of Book, “…”: “Books stay in”", "is a rule now"),
        ("“Keep books here” takes the place of “Books stay in” (Mara)", "was said again in other words"),
        ("“Books” (Mara)", "is not kept any more"),
    ],
)
def test_what_became_of_an_open_task_is_said(decision: str, fate: str) -> None:
    assert told(BlastRadius(behaviours=("“Books stay in”",)), (decision,)) == f"“Books stay in”, which {fate}"
