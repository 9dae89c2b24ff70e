"""Takes what people want to do without off what could not be read: the newest, what they name, or all of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.documents.clipping import clip_words
from bot.planning.built_in.drafts.draft import Draft
from bot.planning.built_in.phrases.leaving_out import LeavingOut, read_leaving_out
from bot.planning.built_in.phrases.rule_loosening import read_loosening
from bot.planning.built_in.questions.left_words import content_of, has_substance, said_again, whole_sentences
from bot.planning.built_in.rules.open_tasks import is_open_task, understood
from bot.planning.built_in.words.sentences import sentences_of
from bot.planning.built_in.words.vocabulary import plainly

__all__ = ["leave_out", "leave_out_said", "meant", "says_again_to_drop", "take_out", "which_one"]

LONGEST_QUOTE = 80
MOST_QUOTED = 3


def meant(wanted: LeavingOut, pieces: Sequence[str]) -> list[str]:
    """Return which of the pieces that could not be read, oldest first, somebody wants to do without.

    Only what is named goes: none, where one is named by words that several hold.
    """
    if wanted.is_all:
        return list(pieces)
    if wanted.place:
        return [piece for n, piece in enumerate(pieces, start=1) if wanted.place in {n, n - len(pieces) - 1}]
    if not (wanted.quoted or wanted.about):
        return list(pieces[-1:])
    found = fitting(wanted, pieces)
    return found if len(found) < 2 or wanted.is_several or holds_them(wanted.quoted, found) else []


def fitting(wanted: LeavingOut, pieces: Sequence[str]) -> list[str]:
    """Return every piece that the words fit by which somebody names one: itself, what they hold, what holds them."""
    if wanted.about:
        content = content_of(wanted.about)
        return [piece for piece in pieces if content and content <= content_of(piece)]
    said = plainly(wanted.quoted)
    same = [piece for piece in pieces if plainly(piece) == said]
    inside = [piece for piece in pieces if holds(said, plainly(piece))]
    around = [piece for piece in pieces if holds(plainly(piece), said)]
    return same or inside or around or said_again(pieces, wanted.quoted)


def holds_them(quoted: str, pieces: Sequence[str]) -> bool:
    """Tell whether each of some pieces stands in a quote: who quotes them names them all."""
    return bool(quoted) and all(holds(plainly(quoted), plainly(piece)) for piece in pieces)


def holds(text: str, words: str) -> bool:
    """Tell whether whole words stand in a text."""
    return bool(words) and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def which_one(wanted: LeavingOut, pieces: Sequence[str]) -> str:
    """Return the pieces that somebody may mean who names one by words that several hold; nothing else."""
    found = fitting(wanted, pieces) if wanted.quoted or wanted.about else []
    if len(found) < 2 or meant(wanted, pieces):
        return ""
    return " or ".join(f"“{clip_words(piece, LONGEST_QUOTE)}”" for piece in found[:MOST_QUOTED])


def says_again_to_drop(before: str, sentence: str) -> bool:
    """Tell whether a sentence only says "leave them all out" of the rule that the sentence before it takes back."""
    wanted, dropped = read_leaving_out(sentence), read_loosening(before) if before else None
    return wanted in {LeavingOut(), LeavingOut(is_all=True)} and dropped is not None and bool(dropped.noun)


def leave_out(draft: Draft, sentence: str, author: str, *, is_change: bool = False) -> bool:
    """Take what a sentence leaves out off what could not be read; False where it leaves out nothing of that.

    ``is_change``: people see a review, which lists apart from its open tasks what could not be read.
    """
    wanted = read_leaving_out(sentence)
    if wanted is None:
        return False
    if take_out(draft, wanted, author, is_change=is_change):
        return True
    if is_change and not is_named(wanted):
        draft.leave(f"{sentence} (I found no such words that I could not read: quote the words that are to go)")
        return True
    several = which_one(wanted, shown_unread(draft))
    if several:
        draft.leave(f"{sentence} (several hold these words: quote more of the one)")
    return bool(several)


def is_named(wanted: LeavingOut) -> bool:
    """Tell whether somebody names what to leave out by words of it, and not only as what they see."""
    return bool(wanted.quoted or wanted.about)


def shown_unread(draft: Draft, *, in_place: bool = False, has_tasks: bool = True) -> list[str]:
    """Return what could not be read, the newest last, or in the place in which people are shown it.

    ``has_tasks``: with rules that would stay open tasks.
    """
    pieces = [piece for piece in draft.unread if has_substance(piece) and not understood(draft, piece)]
    pieces = [piece for piece in pieces if has_tasks or not is_open_task(draft, piece)]
    return whole_sentences([*pieces, *draft.not_built] if in_place else [*draft.not_built, *pieces], draft.said)


def take_out(draft: Draft, wanted: LeavingOut, author: str, *, is_change: bool = False) -> bool:
    """Take what somebody wants to do without off what could not be read; False where that holds nothing of it."""
    has_tasks = is_named(wanted) or not is_change
    found = meant(wanted, shown_unread(draft, in_place=bool(wanted.place), has_tasks=has_tasks))
    for piece in found:
        for kept in (draft.unread, draft.not_built):
            kept[:] = [one for one in kept if not holds(plainly(piece), plainly(one))]
        draft.decide(f"“{piece}” is left out ({author})")
    return bool(found)


def leave_out_said(draft: Draft, text: str, author: str) -> str:
    """Take out what sentences of a message leave out of what was said before; return the message without them."""
    sentences = sentences_of(text)
    if not any(map(read_leaving_out, sentences)):
        return text
    return "\n".join(sentence for sentence in sentences if not leave_out(draft, sentence, author))
