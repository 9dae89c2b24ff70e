"""Notices in a thread: one message a subject, edited in other words, settled in its own or others."""

from __future__ import annotations

from bot.workflow.notices import Notice, add_to_notice, settle_notice, tell_notice
from tests.workflow.office import Office


async def told(office: Office, sentence: str) -> None:
    """Tell of the issues."""
    await office.within(lambda session, plan: tell_notice(session, plan, Notice.ISSUES, sentence))


async def added(office: Office, sentence: str) -> None:
    """Tell it beside what was told."""
    await office.within(lambda session, plan: add_to_notice(session, plan, Notice.ISSUES, sentence))


async def settled(office: Office, sentence: str = "") -> None:
    """Settle what was told."""
    await office.within(lambda session, plan: settle_notice(session, plan, Notice.ISSUES, sentence))


async def shown(office: Office) -> tuple[int, dict[str, object]]:
    """Return how often the notice was drawn, and what it says."""
    item = await office.message("notice/issues")
    return item.version, item.subject


async def test_the_same_words_are_told_once_and_others_in_the_same_message(office: Office) -> None:
    await office.start()
    await told(office, "Issues are off.")
    await told(office, "Issues are off.")
    assert await shown(office) == (1, {"sentence": "Issues are off.", "settled": 0})
    await told(office, "x" * 2_000)
    assert await shown(office) == (2, {"sentence": "x" * 1_000, "settled": 0})


async def test_more_of_the_same_is_told_beside_it(office: Office) -> None:
    await office.start()
    for sentence in ("One.", "Two.", "One."):
        await added(office, sentence)
    assert await shown(office) == (2, {"sentence": "One.\nTwo.", "settled": 0})


async def test_a_notice_is_settled_once_in_these_words_or_its_own(office: Office) -> None:
    await office.start()
    await settled(office, "They are on.")
    await told(office, "Issues are off.")
    await settled(office)
    assert await shown(office) == (2, {"sentence": "Issues are off.", "settled": 1})
    await settled(office, "They are on.")
    assert (await shown(office))[0] == 2

    await told(office, "Issues are off.")
    await settled(office, "They are on.")
    assert await shown(office) == (4, {"sentence": "They are on.", "settled": 1})
