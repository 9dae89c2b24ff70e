"""Questions for what a service does by itself, why something is not there, and which task a model must write."""

from __future__ import annotations

import pytest

from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.sources import Source
from bot.workflow.documents import Documents, derive_documents
from bot.workflow.named_in_questions import asked_about
from bot.workflow.plain_questions import answer_unasked, origin, take_at_review
from bot.workflow.provenance import Reason
from bot.workflow.reviews import ReviewContent
from bot.workflow.told_of_absence import asked_absent
from bot.workflow.told_of_behaviour import told_of_start, told_of_written
from bot.workflow.told_of_documents import told_of_things
from bot.workflow.told_of_plan import told_of_plan
from tests.planning.talking import propose, talk
from tests.workflow.office import JON, MARA, Office

RING = (
    "Each farm has a name and a village; machines have a name, a kind (tractor, baler or sprayer), a daily rate and "
    "are either available, out or in repair. A farm books a machine from one day to another. Two bookings of the same "
    "machine must never overlap. A machine must never be booked twice by a farm that owes money."
)


@pytest.fixture(scope="module")
def ring() -> Documents:
    return derive_documents(propose(talk(RING)))[0]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("can one farm's booking begin on the day another one ends", "No. The last day of a booking counts as taken"),
        ("may a booking start when another one is over", "No. The last day of a booking counts as taken"),
        ("does booking a machine set it to out", "No. Nothing in this plan sets the status of a machine by itself"),
        ("will a machine go to out when it is booked", "No. Nothing in this plan sets the status of a machine"),
        ("can a machine in repair be booked", "Yes, by this plan: no rule holds back a machine that is in repair."),
        ("is a machine out when it is booked", "The plan doesn't say that in these words. Rules of the plan: Bookings"),
        ("is the status set automatically", "No. Nothing in this plan sets the status of a machine by itself"),
    ],
)
def test_what_it_does_by_itself_is_answered(ring: Documents, question: str, answer: str) -> None:
    asked = asked_about(ring.specs, question)
    told = told_of_plan(ring, ReviewContent(), asked) or told_of_things(ring.specs, asked)
    assert told.startswith(answer), told


def test_a_period_of_moments_ends_where_the_next_may_begin() -> None:
    text = "Rooms have a name. A guest books a room, with a start time and an end time. Guests have a name. "
    specs = propose(talk(f"{text} Two bookings of the same room must never overlap.")).specs
    documents = derive_documents(propose(talk(f"{text} Two bookings of the same room must never overlap.")))[0]
    told = told_of_plan(documents, ReviewContent(), asked_about(specs, "can a booking begin when another one ends"))
    assert told.startswith("Yes. A booking ends at the moment at which the next one may begin."), told


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("why is the status of a machine available by default", "`Machine.status` starts as available, the first of"),
        ("why does a machine start as available", "`Machine.status` starts as available, the first of its values"),
        ("why is kind tractor by default", "`Machine.kind` has no value from the start: it must be given."),
        ("why is there a kind", ""),
    ],
)
def test_why_something_starts_so_is_answered(ring: Documents, question: str, answer: str) -> None:
    told = told_of_start(ring, asked_about(ring.specs, question))
    assert told.startswith(answer)
    assert bool(told) == bool(answer)


@pytest.mark.parametrize(
    "question",
    ["what is the task that needs a model, when the overlap rule is already there", "which tasks need a model",
     "which task must we write by hand", "what needs a model"],
)  # fmt: skip
def test_the_task_for_a_model_is_named(ring: Documents, question: str) -> None:
    told = told_of_written(ring, question)
    assert "“A machine must never be booked twice by a farm that owes" in told
    assert "so a model writes it, or it stays open for you" in told


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("why is there no village", "village"), ("why has a farm no village any more", "village"),
        ("where is the village", "village"), ("where did our village go", "village"),
        ("what happened to the opening hours", "opening hours"), ("why is the village gone", "village"),
        ("why doesn't a farm have a village", "village"), ("why is there a village", ""), ("what is a village", ""),
    ],
)  # fmt: skip
def test_what_is_missed_is_known_by_how_it_is_asked(question: str, what: str) -> None:
    assert asked_absent(question) == what


@pytest.fixture
def planner() -> BuiltInPlanner:
    return BuiltInPlanner()


async def test_who_took_something_back_is_told_also_after_delivery(office: Office) -> None:
    await office.start("Books have a title, a price and a village. There are no accounts.")
    await office.work()
    await office.change("drop the village", 1)
    await office.work()
    told = await office.within(
        lambda session, plan: take_at_review(session, plan, 2, "why is there no village?", JON, office.key())
    )
    assert told.startswith(f"There is no village in this plan since <@{MARA}> said “drop the village”.")
    assert "`add village to books`" in told
    assert await unasked(office, "why is there no coffee?") == "", "nobody ever spoke of coffee"
    await office.approve(2)
    await office.deliver()
    assert f"since <@{MARA}> said “drop the village”" in await unasked(office, "where is the village?")


async def unasked(office: Office, question: str) -> str:
    """Ask something that is put to nobody, and return what is told."""
    told: str = await office.within(lambda session, plan: answer_unasked(session, plan, question))
    return told


def test_why_quotes_what_was_read_rather_than_a_long_sentence_that_stays_a_task() -> None:
    long = "Farms book machines and when something breaks the farm files a report on the machine with a description"
    said = [
        Source(key=str(at), author=MARA, quote=quote) for at, quote in enumerate((long, "Each report names a farm"))
    ]
    reason = Reason(name="Report.farm_id", text="a farm", sources=tuple(said))
    assert "Each report names a farm" in origin(reason, [long.lower()])
    assert long in origin(reason, [])
