"""Asking for a change at a review: a sentence is taken, and a new revision follows."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.planning.built_in.phrases.naming import read_name
from bot.planning.built_in.words.greetings import Pleasantry, pleasantry
from bot.planning.built_in.words.vocabulary import is_you_decide
from bot.store.tables import Plan
from bot.workflow.documents import is_given, is_imported
from bot.workflow.events import record
from bot.workflow.going_back import asked_back, go_back
from bot.workflow.leaving_out import leave_unread_out
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.names import rename
from bot.workflow.plans import LONGEST_TEXT, Said, add_message
from bot.workflow.ports import Stage
from bot.workflow.refusals import Refused
from bot.workflow.runs import release, want_run
from bot.workflow.stages import Capability, Hold, PlanStage, allows, move

__all__ = ["request_changes", "require_changeable", "require_newest", "want_revision"]


def require_newest(plan: Plan, number: int) -> None:
    """Raise Refused where a change can't be asked for at this review: another stage, or a newer review."""
    if not allows(plan, Capability.REQUEST_CHANGES):
        raise Refused(f"*{plan.title}* is {plan.stage}. Changing it now is not possible yet.")
    if number != plan.review:
        raise Refused(f"That was review {number}; review {plan.review} is the newest. Please ask for the change there.")


async def request_changes(
    session: AsyncSession,
    plan: Plan,
    number: int,
    text: str,
    person: str,
    key: str,
    said: Said | None = None,
    longest: int = LONGEST_TEXT,
) -> str:
    """Take a sentence about what should be different; a new revision follows. Raises Refused.

    Returns a sentence for the person, or nothing where the next review says it.
    ``said`` is the message in which somebody wrote it, where the person who asks for the change points to one;
    ``longest``: characters of it that are kept.
    """
    if said is None and (way := asked_back(text)):
        return await go_back(session, plan, way, person, key)
    await require_changeable(session, plan, number)
    if pleasantry(text) == Pleasantry.THANKS:
        raise Refused("You're welcome! Nothing was changed. To change something, say what should be different.")
    if not text.strip() or pleasantry(text) or is_you_decide(text):
        raise Refused("Say in a sentence what should be different, such as `add pages to books`.")
    if said is None and (told := await leave_unread_out(session, plan, text, person, key)):
        return told
    message = said or Said(author=person, text=text, key=key)
    await add_message(session, plan, message.author, message.text, message.key, kind="change", longest=longest)
    name = await rename(session, plan, read_name(message.text), person, key)
    await want_revision(session, plan, number, person, key)
    return " ".join(name) if plan.remote_name else ""


async def require_changeable(session: AsyncSession, plan: Plan, number: int) -> None:
    """Raise Refused where a plan can't be changed at this review, or only by its file."""
    require_newest(plan, number)
    is_begun_so = await is_imported(session, plan)
    if plan.stage == PlanStage.IN_REVIEW and not is_begun_so and await is_given(session, plan):
        raise Refused(
            f"This review of *{plan.title}* is of a file. Drop a newer version of it; or press `Forget it`, then say "
            "what should be different."
        )
    if is_begun_so:
        raise Refused(
            f"*{plan.title}* is built as its file says. Change the file, and drop the newer version in this thread."
        )


async def want_revision(session: AsyncSession, plan: Plan, number: int, person: str, key: str) -> None:
    """Have a new revision made of a change that was kept."""
    record(session, plan, person, "change requested", key, review=number)
    if plan.stage == PlanStage.DELIVERED:
        move(session, plan, PlanStage.IN_REVIEW, person, key)
    if plan.hold == Hold.BLOCKED:
        await release(session, plan, person, key)
    want_run(plan, Stage.PLAN)
    await announce(session, plan, MessageKind.REVIEW, str(number))
    await refresh_card(session, plan)
