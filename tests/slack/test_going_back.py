"""Going back to an earlier review, and every review there was, as people say it in a thread."""

from __future__ import annotations

from bot.local_workspace.workspace import Workspace
from bot.slack.blocks.history import history
from bot.slack.plan_pages import PlanPages
from bot.store.database import Database
from bot.store.tables import Event, now
from bot.workflow.history import PastReview
from bot.workflow.stages import PlanStage
from tests.local_workspace.driving import PersonAtWork
from tests.slack.at_work import rows, started, told
from tests.slack.running import RunningBot, buttons_of, press, running_bot, shown
from tests.slack.test_blocks import a_view
from tests.workflow.office import JON, ScriptedPlanner


async def newest_review(bot: RunningBot, person: PersonAtWork, number: int) -> dict[str, object]:
    """Wait until a review is posted, and return its message."""
    await bot.reviewed(number)
    await bot.settled("in review")
    return next(one for one in reversed(await bot.thread(person)) if f"review {number}" in shown(one))


async def test_undo_is_a_word_of_the_thread_and_the_new_review_says_what_it_is(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    await mara.say("@planthread add pages", thread_ts=thread)
    assert "pages" in shown(await newest_review(bot, mara, 2))

    await jon.say("take that back", thread_ts=thread)  # said to each other
    await told(jon, "I left that between you", thread)
    await jon.say("undo", thread_ts=thread)
    restored = await newest_review(bot, jon, 3)
    assert "This is review 3: the plan as it was in review 1." in shown(restored)
    assert f"<@{JON}> went back to it" in shown(restored)
    assert "go back to review 2" in shown(restored)
    assert "Approve and build" in buttons_of(restored)

    await mara.say("@planthread add weight", thread_ts=thread)
    last = shown(await newest_review(bot, mara, 4))
    assert "weight" in last
    assert "pages" not in last
    await jon.say("@planthread go back to review 9", thread_ts=thread)
    await told(jon, "has no review 9; the newest is review 4", thread)


async def test_a_bot_that_is_killed_in_between_posts_the_review_once(
    workspace: Workspace, database: Database, planner: ScriptedPlanner, mara: PersonAtWork
) -> None:
    async with running_bot(workspace, database, planner) as bot:
        thread = await started(bot, mara)
        await mara.say("@planthread add pages", thread_ts=thread)
        await newest_review(bot, mara, 2)
        await mara.say("go back to review 1", thread_ts=thread)
        await bot.reviewed(3)  # it may or may not be posted by now
    async with running_bot(workspace, database, planner) as bot:
        assert "as it was in review 1" in shown(await newest_review(bot, mara, 3))
        posted = [one for one in await bot.thread(mara) if "as it was in review 1" in shown(one)]
        assert len(posted) == 1
        assert [event.what for event in await rows(bot, Event)].count("went back") == 1


async def test_where_there_is_no_way_back_it_says_so(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork, ada: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    await ada.say("undo", thread_ts=thread)
    await told(ada, "guest", thread)
    await jon.say("undo", thread_ts=thread)
    await told(jon, "there is none before it", thread)
    review = await newest_review(bot, mara, 1)
    await press(mara, review, "Approve and build")
    await bot.settled("approved")
    await jon.say("undo", thread_ts=thread)
    await told(jon, "is approved, as it was approved in review 1", thread)
    assert [event.what for event in await rows(bot, Event)].count("went back") == 0


async def test_history_says_where_every_review_is(bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork) -> None:
    thread = await started(bot, mara)
    await mara.say("@planthread add pages", thread_ts=thread)
    await newest_review(bot, mara, 2)
    await jon.say("history", thread_ts=thread)
    answer = shown(await told(jon, "2 reviews", thread))
    assert "review 2, the newest: " in answer
    assert "pages" in answer
    assert answer.index("review 2") < answer.index("• review 1")
    assert "`go back to review 1` makes an earlier one the newest again" in answer


def test_history_links_to_pages_and_is_cut() -> None:
    pages = PlanPages(evidence_at=lambda plan: f"https://bot.example/plans/{plan}/key")
    plan = a_view(1, id="p1", title="Library", handle="library", stage=PlanStage.IN_REVIEW, review=12)
    reviews = [
        PastReview(
            number=number, at=now(), restored=3 * (number == 11), restored_by="", forgotten_by="", changes=("a" * 500,),
            asked=(), is_unshown=number in {2, 10},
        )
        for number in range(14, 0, -1)
    ]  # fmt: skip
    text = shown({"blocks": history(plan, reviews, pages).blocks})
    assert "<https://bot.example/plans/p1/key/reviews/14|review 14>, the newest: aaa" in text
    assert "review 11>, as review 3 was" in text
    assert "12 reviews" in text
    assert "review 10>" not in text
    assert "Reviews 2, 10: shown to nobody; where a change is forgotten" in text
    assert "and 2 more: <https://bot.example/plans/p1/key/reviews|every review>" in text
    assert "a" * 161 not in text
