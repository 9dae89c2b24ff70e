"""Buttons about changes to what was delivered: merge, open again, forget; take up or leave an edit by hand."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.slack.buttons import Action, Subject
from bot.store.tables import Plan
from bot.workflow.changes import ask_merge
from bot.workflow.hand_edits import leave_edit, take_up_edit
from bot.workflow.pull_requests import ask_reopen, forget_closed
from bot.workflow.refusals import Refused
from bot.workflow.taking_back import forget_change

__all__ = ["ABOUT_CHANGES", "press_about_change"]

ABOUT_CHANGES = frozenset({Action.MERGE, Action.REOPEN, Action.FORGET, Action.TAKE_UP, Action.LEAVE})


async def press_about_change(
    session: AsyncSession, action: str, plan: Plan, about: Subject, person: str, key: str
) -> str:
    """Do what a button about a change, or an edit, says; return what to tell the person.

    Without a number it is about the change in review.

    Raises Refused.
    """
    number = about.change
    match action:
        case Action.MERGE:
            return await ask_merge(session, plan, number, person, key, about.commit)
        case Action.REOPEN:
            return await ask_reopen(session, plan, number, person, key)
        case Action.TAKE_UP:
            return await take_up_edit(session, plan, number, person, key)
        case Action.LEAVE:
            return await leave_edit(session, plan, number, person, key)
        case Action.FORGET if number:
            return await forget_closed(session, plan, number, person, key)
        case Action.FORGET:
            return await forget_change(session, plan, person, key)
        case _:
            raise Refused("That button does nothing here any more. Look at the newest message in the thread.")
