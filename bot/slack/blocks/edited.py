"""A message that a plan came from was edited or deleted: what it said, what it says now, and the two ways on."""

from __future__ import annotations

from collections.abc import Sequence

from bot.documents.naming import joined
from bot.slack.blocks.rendered import Rendered
from bot.slack.buttons import Action, Subject, actions, button
from bot.slack.texts import Mrkdwn, clip, escape, mention, render, sections
from bot.store.tables import MessageEdit, Plan

__all__ = ["edited", "edits_told"]

LONGEST_WORDS = 1000
MOST_CRITERIA = 6


def edited(plan: Plan, edit: MessageEdit, url: str = "") -> Rendered:
    """Return the question what should become of an edit; once it is settled, one line."""
    text = render(
        "edited",
        plan=plan,
        edit=edit,
        url=url,
        criteria=numbers(edit.criteria),
        was=clip(edit.was, LONGEST_WORDS),
        words=clip(edit.words, LONGEST_WORDS),
    )
    about = Subject(plan=plan.id, edit=edit.id or 0)
    take = button(Action.TAKE_WORDS, about, label="Leave it out" if edit.is_gone else "Take the new words")
    ways = [] if edit.settled else [take, button(Action.LEAVE_WORDS, about)]
    return Rendered(
        text=escape(f"{plan.title}: a message was {'deleted' if edit.is_gone else 'edited'}"),
        blocks=[*sections(text), *actions(*ways)],
    )


def edits_told(edits: Sequence[MessageEdit]) -> list[str]:
    """Return a line a person for an open review: who edited what it came from since."""
    told = dict.fromkeys(
        Mrkdwn(
            f"{mention(edit.person, starts=True)} {'deleted' if edit.is_gone else 'edited'} what "
            f"{escape(numbers(edit.criteria) or 'this')} came from: see the message in the thread"
        )
        for edit in edits
    )
    return list(told)


def numbers(criteria: Sequence[str]) -> str:
    """Return the numbers of criteria as words; of many the first."""
    more = len(criteria) - MOST_CRITERIA
    return joined([*criteria[:MOST_CRITERIA], *([f"{more} more"] if more > 0 else [])]) if criteria else ""
