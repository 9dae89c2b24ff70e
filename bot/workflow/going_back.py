"""Going back to an earlier review: its documents become new revisions, and what was said since is set aside."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.frozen import Frozen
from bot.patterns import regex
from bot.store.tables import Event, Plan, PlanQuestion, Review
from bot.workflow.disagreements import settles
from bot.workflow.documents import documents_at, is_given, is_imported
from bot.workflow.erasure import FORGOTTEN as PERSON_FORGOTTEN
from bot.workflow.events import PLANTHREAD, record
from bot.workflow.heard import Heard, asked_as, hear_only, heard_by
from bot.workflow.kept_files import files_beside
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.names import clean_title, has_handle
from bot.workflow.planning_input import WORDS_TAKEN
from bot.workflow.ports import Stage
from bot.workflow.refusals import Refused
from bot.workflow.reviews import ReviewContent, documents_of, new_revisions, review_of, show_review
from bot.workflow.rounds import all_questions
from bot.workflow.runs import release
from bot.workflow.stages import Hold, PlanStage, move
from bot.workflow.taking_back import forget_change, withdraw_questions

__all__ = ["WayBack", "asked_back", "go_back"]

WENT_BACK = "went back"
POLITE = r"(?:please,?\s+)?(?:(?:can|could|will|would) you\s+|let'?s\s+|let us\s+)?(?:please\s+)?"
END = r"(?:,?\s+please)?[\s.!?]*"
THE_PLAN = r"(?:(?:it|us|this|the plan|everything)\s+)?"
NUMBERED = regex(
    POLITE + rf"(?:(?:go|take|put|bring|roll|change|switch|get)\s+{THE_PLAN}back(?:\s+to)?|back\s+to|restore|reopen|"
    rf"(?:return|revert|reset)\s+{THE_PLAN}to|undo\s+{THE_PLAN}(?:back\s+)?to)\s+(?:the\s+)?"
    r"(?:review|revision|version)\s*(?:number|no\.?|#)?\s*(\d{1,4})" + END,
    re.IGNORECASE,
)
LAST = r"(?:the |my |our )?(?:(?:very )?(?:last|latest|previous|recent)\s+)?(?:change|changes|one|review|revision)"
UNDO = regex(
    POLITE + rf"(?:undo(?:\s+{LAST})?|(?:revert|take back|roll back|reverse)\s+{LAST}|"
    rf"(?:i\s+|we\s+)?(?:(?:want|would like|'d like) to\s+)?(?:take|roll)\s+{LAST}\s+back(?:\s+again)?|"
    r"(?:go|take us|take it) back to (?:the )?(?:previous|last|earlier) (?:review|revision|version)|"
    r"restore (?:the )?(?:previous|last|earlier) (?:review|revision|version))" + END,
    re.IGNORECASE,
)
LOOSE = regex(
    POLITE + r"(?:(?:undo|revert|reverse|roll ?back|take back)\s+(?:that|this|it|these)(?:\s+(?:again|change))?|"
    r"take (?:that|this|it) back(?:\s+again)?|go back|roll ?back|revert)" + END,
    re.IGNORECASE,
)


class WayBack(Frozen):
    """What somebody asked to go back to."""

    number: int = 0
    """The review; 0: the one before."""
    is_plain: bool = True
    """Whether it can only mean the plan; else people say it to each other, too."""


def asked_back(text: str) -> WayBack | None:
    """Return where a message, as a whole, asks to go back to; None where it says anything else."""
    words = " ".join(text.split())
    if named := NUMBERED.fullmatch(words):
        return WayBack(number=int(named[1]))
    if UNDO.fullmatch(words):
        return WayBack()
    return WayBack(is_plain=False) if LOOSE.fullmatch(words) else None


async def go_back(session: AsyncSession, plan: Plan, way: WayBack, person: str, key: str) -> str:
    """Make an earlier review the newest one, or take back a change that is being worked in.

    Returns a sentence for the person; nothing where a new review says it. Raises Refused.
    """
    await require_open(session, plan)
    number = way.number or await one_before(session, plan)
    if plan.delivered_review and number == plan.delivered_review:
        return await forget_change(session, plan, person, key)
    if await is_given(session, plan):
        raise Refused(f"This review of *{plan.title}* is of a file. Drop its earlier version, or press `Forget it`.")
    is_newest = number == plan.review
    require_earlier(plan, number, is_newest=is_newest)
    review = await review_of(session, plan, number)
    heard = await heard_by(session, plan, review)
    since = await shown_at(session, plan, number)
    await require_same_words(session, plan, number, heard, since)
    plan.run_stage = None
    plan.run_attempt += 1  # what a planner answers from now on is of an older attempt
    await withdraw_questions(session, plan)
    await hear_only(session, plan, heard)
    if plan.hold == Hold.BLOCKED:
        await release(session, plan, person, key)
    if is_newest:
        return await let_stand(session, plan, person, key)
    await rename_back(session, plan, since, person, key)
    await show_again(session, plan, review, heard, person, key)
    return ""


async def require_open(session: AsyncSession, plan: Plan) -> None:
    """Raise Refused where no review can be gone back to: none is there, or it is too late."""
    if plan.stage in {PlanStage.APPROVED, PlanStage.BUILDING}:
        raise Refused(
            f"*{plan.title}* is {plan.stage}, as it was approved in review {plan.review}. `stop` pauses it and "
            "`cancel` ends it; once it is delivered, mention me and say what should be different."
        )
    if plan.stage == PlanStage.DELIVERED:
        raise Refused(
            f"*{plan.title}* is delivered, so no review is open to go back from. Mention me and say what should be "
            "different, such as `remove pages from books`: it comes as a change."
        )
    if plan.stage == PlanStage.CANCELLED:
        raise Refused(f"*{plan.title}* is cancelled; its documents are kept as they are.")
    if not plan.review:
        raise Refused(
            f"*{plan.title}* has no review yet that could be gone back to. Say what was wrong in your own words, "
            "such as `forget berths`."
        )
    if await is_imported(session, plan):
        raise Refused(f"*{plan.title}* is built as its file says. Drop the earlier version of the file in this thread.")


async def one_before(session: AsyncSession, plan: Plan) -> int:
    """Return the review that `undo` means: the newest while a change is worked in, else the one before it.

    Before a review that is as another one was, comes what was before that one. Raises Refused for the first.
    """
    if is_under_way(plan):
        return plan.review
    origin = plan.review
    while restored := ReviewContent.model_validate((await review_of(session, plan, origin)).content).restored:
        origin = restored
    if origin > 1:
        return origin - 1
    if origin == plan.review:
        raise Refused(f"This is the first review of *{plan.title}*: there is none before it to go back to.")
    raise Refused(
        f"Review {plan.review} is as review {origin} was, the first one: there is none before it. "
        f"`go back to review {plan.review - 1}` brings back what you had."
    )


def is_under_way(plan: Plan) -> bool:
    """Tell whether a change of the newest review is being worked in, or asked about."""
    return plan.run_stage == Stage.PLAN or plan.stage == PlanStage.GATHERING


def require_earlier(plan: Plan, number: int, *, is_newest: bool) -> None:
    """Raise Refused for a review that there is not, that stands anyway, or that was before what was delivered."""
    if not 1 <= number <= plan.review:
        raise Refused(f"*{plan.title}* has no review {number}; the newest is review {plan.review}.")
    if number < plan.delivered_review:
        raise Refused(
            f"Review {number} was before what was delivered, and people may work with that. `Forget it` on the review "
            "leaves everything as it was delivered; or say what should be different."
        )
    if is_newest and not is_under_way(plan):
        raise Refused(f"Review {number} is the newest of *{plan.title}*: nothing was changed since.")


async def shown_at(session: AsyncSession, plan: Plan, number: int) -> int:
    """Return the id of the event with which a review was shown; 0 where that is not known any more."""
    query = select(Event).where(col(Event.plan_id) == plan.id, col(Event.what) == "review").order_by(col(Event.id))
    rows = (await session.scalars(query)).all()
    return next((row.id or 0 for row in rows if row.data.get("number") == number), 0)


async def require_same_words(session: AsyncSession, plan: Plan, number: int, heard: Heard, since: int) -> None:
    """Raise Refused where what a review came from is not there as it was: planners would not come to it again."""
    query = select(Event).where(col(Event.plan_id) == plan.id, col(Event.id) > since).order_by(col(Event.id))
    asked = {row.id: row for row in await all_questions(session, plan)}
    for event in (await session.scalars(query)).all():
        is_other = event.what == "answered" and is_about(asked.get(event.data.get("row")), asked, heard)
        if event.what in {WORDS_TAKEN, PERSON_FORGOTTEN} or is_other:
            why = "somebody was forgotten" if event.what == PERSON_FORGOTTEN else "other words were taken"
            raise Refused(
                f"Since review {number} {why} of what it came from, so I can't bring it back as it was. Press `Request "
                "changes` on the newest review, and say what should be different."
            )


def is_about(row: PlanQuestion | None, asked: dict[int | None, PlanQuestion], heard: Heard) -> bool:
    """Tell whether an answer changed one that a review heard: it answers its question, or settles it."""
    if row is None:
        return False
    about = settles(asked_as(row))
    return row.id in heard.questions or about in {asked_as(asked[one]) for one in heard.questions if one in asked}


async def let_stand(session: AsyncSession, plan: Plan, person: str, key: str) -> str:
    """Have the newest review stand as it was before a change was asked for; return a sentence for the person."""
    record(session, plan, person, WENT_BACK, key, number=plan.review, review=plan.review)
    if plan.stage == PlanStage.GATHERING:
        move(session, plan, PlanStage.IN_REVIEW, PLANTHREAD)
    await announce(session, plan, MessageKind.REVIEW, str(plan.review))
    await refresh_card(session, plan)
    return f"Taken back: review {plan.review} of *{plan.title}* stands as it is."


async def rename_back(session: AsyncSession, plan: Plan, since: int, person: str, key: str) -> None:
    """Give a plan the handle again that it had at a review, unless another plan has it by now."""
    query = select(Event).where(col(Event.plan_id) == plan.id, col(Event.what) == "renamed").order_by(col(Event.id))
    rows = (await session.scalars(query)).all()
    before = [row.data.get("handle", "") for row in rows if (row.id or 0) < since]
    after = [row.data.get("was", "") for row in rows if (row.id or 0) > since]
    handle = next(iter([*reversed(before), *after]), "")
    if not handle or handle == plan.handle or plan.remote_name or await has_handle(session, plan.workspace, handle):
        return
    record(session, plan, person, "renamed", key, title=plan.title, handle=handle, was=plan.handle)
    plan.handle = handle


async def show_again(session: AsyncSession, plan: Plan, review: Review, heard: Heard, person: str, key: str) -> None:
    """Keep what a review showed as new revisions, and put it before people as a new review."""
    seen = {name: what.revision for name, what in documents_of(review).items()}
    documents = await documents_at(session, plan, seen)
    shown, told = await new_revisions(session, plan, documents)
    content = ReviewContent.model_validate(review.content)
    again = {
        "restored": review.number,
        "restored_by": person,
        "heard": heard,
        "fresh_unread": 0,
        "is_unshown": False,
        "radius": content.radius if plan.delivered_review else None,
        "left_files": await files_beside(session, plan, content.kept),
    }
    plan.title = clean_title(content.proposal.title if content.proposal else "") or plan.title
    plan.review += 1
    record(session, plan, person, WENT_BACK, key, number=plan.review, review=review.number)
    row = Review(
        workspace=plan.workspace,
        plan_id=plan.id,
        number=plan.review,
        documents=shown,
        content=content.model_copy(update=told | again).model_dump(mode="json"),
    )
    await show_review(session, plan, row)
