"""Somebody asks to be forgotten: it is done, in the database's files too, and they hear what that was."""

from __future__ import annotations

from bot.slack.answers import Answers, Caller, says
from bot.slack.inbox import handling
from bot.store.database import Database
from bot.workflow.erasure import Erased, forget_person

__all__ = ["forget_caller"]


async def forget_caller(database: Database, answers: Answers, who: Caller, key: str) -> None:
    """Forget the one who asks, and tell them what that was."""
    async with handling(database, key) as session:
        erased = await forget_person(session, who.workspace, who.person)
    await database.rewrite()
    await answers.tell(who, says(forgotten_sentence(erased)))


def forgotten_sentence(erased: Erased) -> str:
    """Tell somebody what was forgotten of them, and what is theirs to delete."""
    cancelled = f" Nothing was left of {', '.join(erased.cancelled)}, so that is cancelled." if erased.cancelled else ""
    return (
        f"Forgotten: your messages and answers ({erased.messages}) in plans ({erased.plans}), and that it was you."
        f"{cancelled} My messages in Slack follow in a moment; your own there are yours to delete. What was delivered "
        "lies in git, where I rewrite nothing."
    )
