"""Whatever people do in whatever order: no forbidden stage, no voided approval counted, no event lost."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlmodel import SQLModel

from bot.planning.conversation import PlannerError
from bot.store.database import Database, sqlite_url
from bot.store.migrate import upgrade
from bot.store.tables import Approval, DocumentRevision, Event, PlanQuestion
from bot.workflow.approvals import Shown
from bot.workflow.channel_settings import change_settings
from bot.workflow.disagreements import is_settling
from bot.workflow.policy import ApprovalPolicy
from bot.workflow.refusals import Refused
from bot.workflow.reviews import documents_of
from bot.workflow.rounds import is_open
from bot.workflow.stages import TRANSITIONS, PlanStage
from tests.workflow.office import ADA, COPIES, JON, MARA, WHO, Office, ScriptedPlanner

PEOPLE = st.sampled_from([MARA, JON, ADA])
QUESTIONS = st.sampled_from(["who", "copies", "who/settled/1", "copies/settled/1", "nonsense"])
ANSWERS = st.sampled_from(["Everyone", "Librarians only", "you decide"])
WORDS = st.sampled_from(["members have a phone", "1. everyone", "1. everyone 2. two", "you decide", "Everyone", " "])
CHANGES = st.sampled_from(["add pages", "add shelf", "make it nicer", ""])


class LifeOfAPlan(RuleBasedStateMachine):
    """People answer, approve what they saw (old reviews too), ask for changes, stop and resume; the planner works."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.database = Database(sqlite_url(Path(self.folder.name) / "plans.db"))
        self.office = Office(self.database, ScriptedPlanner(WHO, COPIES))
        self.seen: dict[int, dict[str, Shown]] = {}
        self.stage = PlanStage.GATHERING
        self.needed = 1
        self.done = 0

    def do(self, deed: Coroutine[Any, Any, Any]) -> bool:
        """Do something; False when a person was refused, in which case nothing may have changed."""
        before = self.loop.run_until_complete(self.snapshot())
        try:
            self.loop.run_until_complete(deed)
        except Refused:
            assert self.loop.run_until_complete(self.snapshot()) == before
            return False
        self.done += 1
        return True

    async def snapshot(self) -> tuple[Any, ...]:
        plan = await self.office.plan()
        return plan.model_dump(), len(await self.office.events()), await self.office.approvals()

    @initialize(asks=st.booleans(), delivered=st.booleans())
    def start(self, asks: bool, delivered: bool) -> None:
        """Begin with an idea, or with what was delivered, so that half of the lives are about changes."""
        self.loop.run_until_complete(upgrade(self.database))
        if not asks or delivered:
            self.office.planner.questions = ()
        self.loop.run_until_complete(self.office.start())
        if delivered:
            self.loop.run_until_complete(self.deliver())
            self.office.planner.questions = (WHO, COPIES) if asks else ()

    async def deliver(self) -> None:
        await self.office.work()
        await self.office.approve(1)
        await self.office.deliver()
        self.seen[1] = documents_of(await self.office.review(1))

    @rule()
    def whatever_holds_the_plan_is_lifted_and_it_goes_on(self) -> None:
        if self.loop.run_until_complete(self.office.plan()).hold:
            self.office.planner.error = None
            self.do(self.office.resume())
        if self.loop.run_until_complete(self.office.open_questions()) and self.stage is PlanStage.GATHERING:
            self.do(self.office.say("you decide"))
        self.the_planner_works()

    @rule()
    def the_planner_works(self) -> None:
        self.do(self.office.work())
        review = self.loop.run_until_complete(self.office.plan()).review
        if review:
            self.seen[review] = documents_of(self.loop.run_until_complete(self.office.review()))

    @rule(fails=st.booleans())
    def the_planner_fails_or_recovers(self, fails: bool) -> None:
        self.office.planner.error = PlannerError("Say it in other words.") if fails else None

    @rule(text=WORDS, person=PEOPLE)
    def somebody_says_something(self, text: str, person: str) -> None:
        gathering = self.stage is PlanStage.GATHERING
        if gathering:
            self.do(self.office.say(text, person))

    @rule(question=QUESTIONS, answer=ANSWERS, person=PEOPLE)
    def somebody_presses_an_answer(self, question: str, answer: str, person: str) -> None:
        """Another answer than somebody else's becomes a question of its own, which the ids name too."""
        self.do(self.office.answer(question, answer, person))

    @rule(needed=st.sampled_from([1, 1, 2]))
    def the_channel_asks_for_so_many_approvals(self, needed: int) -> None:
        policy = ApprovalPolicy(needed=needed)
        self.needed = needed
        deed = self.office.within_workspace(
            lambda session: change_settings(session, "T1", "C1", policy, None, MARA, "view/1")
        )
        self.loop.run_until_complete(deed)

    @precondition(lambda self: self.seen)
    @rule(data=st.data(), person=PEOPLE, tampered=st.sampled_from([False, False, True]))
    def somebody_approves_what_they_saw(self, data: st.DataObject, person: str, tampered: bool) -> None:
        number = data.draw(st.sampled_from(sorted(self.seen)))
        shown = dict(self.seen[number])
        if tampered:
            shown["task_plan"] = Shown(revision=shown["task_plan"].revision, fingerprint="f" * 64)
        approved = self.do(self.office.approve(number, shown, person))
        newest = number == max(self.seen) and shown == self.seen[max(self.seen)]
        assert newest or not approved
        assert not (approved and tampered)
        if approved:
            stands = [row for row in self.rows(Approval) if row.voided_at is None]
            people = {one.person for one in stands}
            whole = [one for one in people if {row.document for row in stands if row.person == one} == set(shown)]
            now_approved = self.loop.run_until_complete(self.office.plan()).stage == PlanStage.APPROVED
            assert now_approved == (len(whole) >= self.needed)

    @precondition(lambda self: self.seen)
    @rule(data=st.data(), text=CHANGES, person=PEOPLE)
    def somebody_asks_for_a_change(self, data: st.DataObject, text: str, person: str) -> None:
        self.do(self.office.change(text, data.draw(st.sampled_from(sorted(self.seen))), person))

    @rule(person=PEOPLE)
    def somebody_stops(self, person: str) -> None:
        self.do(self.office.stop(person))

    @rule(person=PEOPLE)
    def somebody_resumes(self, person: str) -> None:
        self.do(self.office.resume(person))

    @precondition(lambda self: self.stage is PlanStage.APPROVED)
    @rule()
    def the_build_begins(self) -> None:
        self.do(self.office.begin_build())

    @precondition(lambda self: self.stage is PlanStage.BUILDING)
    @rule()
    def the_build_ends(self) -> None:
        if not self.loop.run_until_complete(self.office.plan()).hold:
            self.do(self.office.deliver())

    @rule(person=PEOPLE)
    def somebody_takes_a_change_back(self, person: str) -> None:
        """Only a change of what was delivered, before it is approved: then the documents are as they were."""
        plan = self.loop.run_until_complete(self.office.plan())
        if self.do(self.office.forget(person)):
            event("a change is taken back")
            assert plan.delivered_review
            now = self.loop.run_until_complete(self.office.plan())
            assert (now.stage, now.run_stage, now.hold) == (PlanStage.DELIVERED, None, None)
            assert prints(self.office, self.loop, now.review) == prints(self.office, self.loop, plan.delivered_review)

    @invariant()
    def every_stage_was_reached_by_an_allowed_move_that_left_its_event(self) -> None:
        moves = [event.data for event in self.events() if event.what == "stage"]
        stage = PlanStage.GATHERING
        for made in moves:
            assert made["before"] == stage
            assert PlanStage(made["after"]) in TRANSITIONS[stage]
            stage = PlanStage(made["after"])
        self.stage = PlanStage(self.loop.run_until_complete(self.office.plan()).stage)
        assert self.stage is stage
        event(f"a plan is {stage}")

    @invariant()
    def only_approvals_of_the_newest_documents_count_and_an_approved_plan_has_them_all(self) -> None:
        newest = {row.document: row for row in self.rows(DocumentRevision)}
        counted = {(row.document, row.revision, row.fingerprint) for row in self.rows(Approval) if not row.voided_at}
        expected = {(row.document, row.revision, row.fingerprint) for row in newest.values()}
        approved = self.loop.run_until_complete(self.office.plan()).stage in {PlanStage.APPROVED, PlanStage.BUILDING}
        assert counted <= expected
        assert not approved or counted == expected

    @invariant()
    def no_review_is_open_while_people_disagree(self) -> None:
        disputed = [row for row in self.rows(PlanQuestion) if is_settling(row) and is_open(row)]
        if disputed:
            event("people disagree")
            assert self.stage is PlanStage.GATHERING
            assert len({row.question_id for row in disputed}) == len(disputed)

    @invariant()
    def nothing_that_was_done_is_without_its_event(self) -> None:
        assert len(self.events()) >= (1 if self.done else 0)
        assert all(event.actor and event.what for event in self.events())

    def events(self) -> list[Event]:
        return self.rows(Event)

    def rows[Row: SQLModel](self, table: type[Row]) -> list[Row]:
        return list(self.loop.run_until_complete(self.office.rows(table)))

    def teardown(self) -> None:
        self.loop.run_until_complete(self.database.close())
        self.loop.close()
        self.folder.cleanup()


def prints(office: Office, loop: asyncio.AbstractEventLoop, number: int) -> dict[str, str]:
    """Return the fingerprints that a review showed."""
    return {
        name: what.fingerprint for name, what in documents_of(loop.run_until_complete(office.review(number))).items()
    }


def lived(examples: int, steps: int) -> settings:
    """Return how many lives of how many deeds are tried; a slow machine fails nothing."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )


TestLifeOfAPlan = LifeOfAPlan.TestCase
TestLifeOfAPlan.settings = lived(examples=8, steps=20)


class ManyLives(LifeOfAPlan):
    """The same, for hundreds of longer lives."""


TestManyLives = pytest.mark.timeout(3600)(pytest.mark.matrix(ManyLives.TestCase))
TestManyLives.settings = lived(examples=300, steps=40)
