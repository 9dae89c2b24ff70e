"""Takes what people want to do without off what could not be read: the newest, what they name, or all of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.planning.built_in.drafts.draft import Draft
from bot.planning.built_in.phrases.leaving_out import LeavingOut, read_leaving_out
from bot.planning.built_in.questions.left_words import content_of, has_substance, said_again, whole_sentences
from bot.planning.built_in.rules.open_tasks import understood
from bot.planning.built_in.words.sentences import sentences_of
from bot.planning.built_in.words.vocabulary import plainly

__all__ = ["leave_out", "leave_out_said", "meant", "take_out"]


def meant(wanted: LeavingOut, pieces: Sequence[str]) -> list[str]:
    """Return which of the pieces that could not be read, oldest first, somebody wants to do without."""
    if wanted.is_all:
        return list(pieces)
    if wanted.quoted:
        said = plainly(wanted.quoted)
        held = [piece for piece in pieces if said in plainly(piece) or plainly(piece) in said]
        return held or said_again(pieces, wanted.quoted)
    if wanted.about:
        content = content_of(wanted.about)
        return [piece for piece in pieces if content and content <= content_of(piece)]
    return list(pieces[-1:])


def leave_out(draft: Draft, sentence: str, author: str) -> bool:
    """Take what a sentence leaves out off what could not be read; False where it leaves out nothing of that."""
    wanted = read_leaving_out(sentence)
    return wanted is not None and take_out(draft, wanted, author)


def take_out(draft: Draft, wanted: LeavingOut, author: str) -> bool:
    """Take what somebody wants to do without off what could not be read; False where that holds nothing of it."""
    pieces = [piece for piece in draft.unread if has_substance(piece) and not understood(draft, piece)]
    shown = whole_sentences([*draft.not_built, *pieces], draft.said)
    found = meant(wanted, shown)
    for piece in found:
        for kept in (draft.unread, draft.not_built):
            kept[:] = [one for one in kept if plainly(one) not in plainly(piece)]
        draft.decide(f"“{piece}” is left out ({author})")
    return bool(found)


def leave_out_said(draft: Draft, text: str, author: str) -> str:
    """Take out what sentences of a message leave out of what was said before; return the message without them."""
    sentences = sentences_of(text)
    if not any(map(read_leaving_out, sentences)):
        return text
    return "\n".join(sentence for sentence in sentences if not leave_out(draft, sentence, author))
