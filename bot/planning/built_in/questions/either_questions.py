"""Asks whether each of a thing is for exactly one of two others: "loans go to clubs or families"."""

from __future__ import annotations

from collections.abc import Iterator

from bot.planning.built_in.drafts.draft import Draft, EntityDraft
from bot.planning.built_in.phrases.either_links import read_either
from bot.planning.built_in.questions.answers import OpenPoint, chosen, note, yes_or_no
from bot.planning.built_in.words.vocabulary import a
from bot.planning.conversation import Question

__all__ = ["either_open"]


def either_open(draft: Draft) -> Iterator[OpenPoint]:
    """Ask for each thing that is for one of two others, as long as it names both."""
    for piece in draft.unread:
        said = read_either(piece)
        things = [draft.entities.get(name) for name in (said.what, said.one, said.other)] if said else []
        what, *others = things or [None]
        known = [one for one in others if one is not None]
        if what is None or len(known) != len(others) or piece in draft.asked:
            continue
        keys = {field.field.foreign_key for field in what.fields.values()}
        if {one.name for one in known} <= keys:
            yield either_point(draft, piece, what, known[0], known[1])


def either_point(draft: Draft, piece: str, what: EntityDraft, one: EntityDraft, other: EntityDraft) -> OpenPoint:
    """Ask whether each names exactly one of the two; that is an open task, for no rule of the plan says it."""
    pair = f"{a(one.noun)} or {a(other.noun)}"
    options = ("Exactly one of the two", "One of them, both, or none")
    question = Question(
        id=f"either:{what.name}:{one.name}:{other.name}".lower(),
        text=f"“{piece}”: must each {what.noun} name exactly one of them, {pair}?",
        reason=f"Each {what.noun} gets a place for both, and each may stay empty. That it is exactly one would be a "
        "check of its own, which I note as an open task.",
        options=options, default=options[0],
        examples=(f"{what.noun} 5 shows {one.noun} 1; it can't show {other.noun} 2 as well",
                  f"{what.noun} 5 may show {one.noun} 1 and {other.noun} 2, or neither"),
    )  # fmt: skip

    def settle(text: str, author: str) -> None:
        option = chosen(text, options)
        answer = option == options[0] if option else yes_or_no(text)
        draft.asked.append(piece)
        if answer is False:
            draft.unread.remove(piece)
        names = f"exactly one of the two, {pair}" if answer is not False else f"{pair}, both, or none"
        note(draft, f"Each {what.noun} names {names}", text, author, is_answered=answer is not None)

    return OpenPoint("how they are linked", question, settle)
