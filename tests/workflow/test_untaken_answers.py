"""An answer of which nothing was made isn't shown as taken: asked once more, or quoted by the review."""

from __future__ import annotations

from bot.slack.blocks.questions import questions
from bot.slack.rendering import render_item
from bot.workflow.untaken_answers import Untaken, untaken_answers
from tests.slack.running import shown
from tests.slack.test_blocks import a_plan, some_questions
from tests.workflow.office import COPIES, LATE, WHO, Office


async def untaken(office: Office) -> dict[str, Untaken]:
    """Return what became of answers that nothing was made of."""
    found: dict[str, Untaken] = await office.within(untaken_answers)
    return found


async def first_round(office: Office) -> str:
    """Return what the first message of questions says now."""
    item = await office.message("questions/1")
    async with office.database.read() as session:
        message = await render_item(session, item, await office.plan())
    assert message is not None
    return shown({"blocks": message.blocks})


async def test_an_answer_that_is_asked_for_again_loses_its_sign(office: Office) -> None:
    office.planner.questions = (WHO, LATE)
    await office.start()
    await office.work()
    await office.answer("who", "the moon")
    await office.answer("late", "A fee")
    words = await first_round(office)
    assert "✎ 1. Who may add books? *the moon*" in words, "nobody has read it yet"
    assert "noted; I take it in once all of these are answered" in words
    assert "✓ 2. What happens when a book is late? *A fee*" in words, "an option is taken at once"

    version = (await office.message("questions/1")).version
    office.planner.questions = (WHO.model_copy(update={"id": "who:again"}), LATE)
    await office.work()
    assert await untaken(office) == {"who": Untaken.ASKED_AGAIN}
    assert (await office.message("questions/1")).version > version, "its message is edited"
    words = await first_round(office)
    assert "✗ 1. Who may add books? *the moon*" in words
    assert "I could not take that, so I ask once more" in words
    assert "✓ 2. What happens when a book is late? *A fee*" in words


async def test_an_answer_that_the_review_quotes_loses_its_sign_until_it_is_read(office: Office) -> None:
    office.planner.questions = (WHO,)
    office.planner.extra = {"unread": ("the Moon",)}
    await office.start()
    await office.work()
    await office.answer("who", "the moon.")
    version = (await office.message("questions/1")).version
    await office.work()
    assert await untaken(office) == {"who": Untaken.QUOTED}
    assert (await office.message("questions/1")).version > version
    assert "so the review quotes it" in await first_round(office)

    office.planner.extra = {"unread": ()}
    await office.change("add pages", 1)
    await office.work()
    assert await untaken(office) == {}
    assert "✓ 1. Who may add books? *the moon.*" in await first_round(office)


async def test_an_answer_of_which_every_sentence_is_quoted_loses_its_sign(office: Office) -> None:
    office.planner.questions = (WHO,)
    office.planner.extra = {
        "unread": ("Anybody is just whoever calls us", "we only note the caller's name on the report")
    }
    await office.start()
    await office.work()
    await office.answer("who", "Anybody is just whoever calls us, we only note the caller's name on the report.")
    await office.work()
    assert await untaken(office) == {"who": Untaken.QUOTED}
    assert "✗ 1. Who may add books?" in await first_round(office)


async def test_an_answer_of_which_a_part_is_quoted_says_so(office: Office) -> None:
    office.planner.questions = (WHO,)
    office.planner.extra = {"unread": ("the moon is made of cheese",)}
    await office.start()
    await office.work()
    await office.answer(
        "who", "Librarians, and a member may add a book that the librarian saw; the moon is made of cheese"
    )
    await office.work()
    assert await untaken(office) == {"who": Untaken.PARTLY}
    words = await first_round(office)
    assert "✎ 1. Who may add books?" in words
    assert "of a part of that, so the review quotes it" in words


async def test_own_words_get_their_sign_when_a_planner_has_read_them(office: Office) -> None:
    office.planner.questions = (WHO, LATE)
    await office.start()
    await office.work()
    await office.answer("who", "the two of us")
    assert await untaken(office) == {"who": Untaken.NOT_READ}, "another question is open"
    await office.answer("late", "")
    assert await untaken(office) == {"who": Untaken.NOT_READ}
    version = (await office.message("questions/1")).version

    office.planner.questions = (WHO, LATE, COPIES)
    await office.work()
    assert await untaken(office) == {}, "it was read, and something else is asked now"
    assert (await office.message("questions/1")).version > version, "its message is edited"
    assert "✓ 1. Who may add books? *the two of us*" in await first_round(office)

    await office.answer("copies", "a handful")
    assert await untaken(office) == {"copies": Untaken.NOT_READ}
    version = (await office.message("questions/2")).version
    await office.work()
    assert await untaken(office) == {}
    assert (await office.message("questions/2")).version > version


async def test_what_was_taken_costs_no_further_edit(office: Office) -> None:
    office.planner.questions = (WHO,)
    await office.start()
    await office.work()
    await office.answer("who", "Everyone")
    version = (await office.message("questions/1")).version
    await office.work()
    assert await untaken(office) == {}
    assert (await office.message("questions/1")).version == version


def test_a_decision_left_to_the_planner_is_never_untaken() -> None:
    message = questions(a_plan(1), some_questions(1), {"9": Untaken.QUOTED})
    assert message is not None
    assert "✗" not in shown({"blocks": message.blocks})
