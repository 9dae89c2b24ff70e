"""Changes that the model planner is asked for: one call each, with only what they touch asked anew."""

from __future__ import annotations

from bot.planning.conversation import Message
from tests.planning.model_talking import (
    QUESTION,
    SHELVED,
    TALK,
    UNCHANGED,
    asked,
    changed,
    interview,
    planner_of,
    propose,
    scripted,
)
from tests.stand_ins.library_script import (
    LIBRARY_REQUIREMENTS,
    LIBRARY_TASKS,
    OVERDUE,
)
from tests.stand_ins.model import Step


async def test_a_change_is_one_call_and_comes_with_the_proposal() -> None:
    conversation, answer = await changed(
        "books need a shelf",
        entity_specs=SHELVED,
        decisions=["A book has a shelf (Jon)"],
        assumptions=["A shelf is a text"],
    )
    with scripted({"revision": [answer]}, "Jon: books need a shelf", "Overdue loans", "ENTITY: Loan") as server:
        heard = await interview(server, conversation)
    proposal = heard.proposal

    assert proposal is not None
    assert asked(server) == ["revision"], "what the change doesn't touch is not asked for again"
    assert server.refused == []
    assert any(field.name == "shelf" for field in proposal.specs.entities[0].fields)
    assert proposal.decisions == (*LIBRARY_REQUIREMENTS["decisions"], "A book has a shelf (Jon)")
    assert proposal.custom[0].details == tuple(LIBRARY_TASKS["tasks"][0]["action"])
    assert proposal.wording[0].meaning == "A copy of a title that the library owns."


async def test_a_change_of_behaviour_asks_how_it_is_built() -> None:
    later = OVERDUE | {"title": "Loans due today"}
    conversation, answer = await changed(
        "not overdue loans, but those due today", behaviours=[later], dropped=["Overdue loans"]
    )
    tasks = LIBRARY_TASKS | {"tasks": [LIBRARY_TASKS["tasks"][0] | {"behaviour": "Loans due today"}]}
    with scripted({"revision": [answer], "task_plan": [Step(content=tasks)]}, "those due today") as server:
        proposal = await propose(server, conversation)

    assert asked(server) == ["revision", "task_plan"]
    assert [behaviour.slug for behaviour in proposal.custom] == ["loans_due_today"]


async def test_what_a_change_takes_back_is_gone() -> None:
    assumption = LIBRARY_REQUIREMENTS["assumptions"][0]
    conversation, answer = await changed(
        "no overdue list; two members may share an e-mail", dropped=[assumption, "Overdue loans"]
    )
    with scripted({"revision": [answer]}, "no overdue list") as server:
        proposal = await propose(server, conversation)

    assert proposal.custom == ()
    assert proposal.assumptions == ("A price is not negative",)
    assert proposal.risks == ()
    assert asked(server) == ["revision"]


async def test_dropping_what_is_not_there_goes_back() -> None:
    conversation, wrong = await changed("no fees", dropped=["Fees are paid at once"])
    with scripted({"revision": [wrong, Step(content=UNCHANGED)]}, "Jon: no fees") as server:
        await propose(server, conversation)

    assert "does not stand in the plan so far" in server.prompts()[1]


async def test_a_change_that_can_be_meant_in_two_ways_asks_first() -> None:
    conversation, answer = await changed("fees!", questions=[QUESTION])
    with scripted({"revision": [answer]}, "Jon: fees!") as server:
        async with planner_of(server) as planner:
            heard = await planner.interview(conversation)
            proposal = await planner.propose(conversation)

    assert [question.id for question in heard.questions] == ["fees"]
    assert heard.proposal is None
    assert "What happens when a book is late? Nothing" in proposal.assumptions


async def test_a_change_of_an_older_plan_is_planned_anew_from_all_that_was_said() -> None:
    said = (Message(author="Jon", text="books need a shelf", timestamp="3"),)
    with scripted({}, "Jon: books need a shelf") as server:
        async with planner_of(server) as planner:
            heard = await planner.interview(TALK.model_copy(update={"changes": said}))

    assert heard.proposal is None
    assert asked(server) == ["interview"]
