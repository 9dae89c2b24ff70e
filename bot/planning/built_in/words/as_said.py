"""Finds what somebody wrote for words that were put plainly before they were read, so that quotes are theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.planning.built_in.words.chat_text import cleaned
from bot.planning.built_in.words.vocabulary import singular, straight, words_of

__all__ = ["PIECE", "as_said", "comparable", "with_quotes_as_said"]

PIECE = re.compile(r"[^\n.;!?]+(?:[.;!?](?=\S)[^\n.;!?]*)*")
"""A sentence, or a part of one between semicolons; a dot within a number or a name ends nothing."""
MOST_PIECES = 60
"""Sentences of a text among which the one that says something is looked for."""
LONGEST_SMALL = 3
"""Letters of the words that every sentence has."""
QUOTED = re.compile(r"“([^“”]+)”")


def comparable(text: str) -> str:
    """Return a text in small letters with one blank between its words, to find a quote of it."""
    return straight(text, " .;,!").lower()


def as_said(text: str, words: str) -> str:
    """Return the sentence of a text that says some words once it is put plainly; nothing where it doesn't say them."""
    wanted = comparable(words)
    if not wanted or wanted not in comparable(cleaned(text)):
        return ""
    pieces = [piece.strip() for piece in PIECE.findall(text)[:MOST_PIECES] if piece.strip()]
    exact = next((piece for piece in pieces if wanted in comparable(cleaned(piece))), "")
    if exact:
        return exact
    needed = [piece for piece in pieces if wanted not in comparable(cleaned(text.replace(piece, "", 1)))]
    told = telling(wanted)
    return max(needed, key=lambda piece: len(told & telling(piece)), default="")


def telling(text: str) -> set[str]:
    """Return the words of a text that say more than "a", "of" and "has", each in the singular."""
    return {singular(word) for word in words_of(text) if len(word) > LONGEST_SMALL}


def with_quotes_as_said(sentence: str, texts: Iterable[str]) -> str:
    """Return a sentence in which each quote that nobody wrote so is the sentence that somebody wrote."""
    texts = tuple(texts)
    everything = "\n".join(map(comparable, texts))

    def said(found: re.Match[str]) -> str:
        if comparable(found[1]) in everything:
            return found[0]
        wrote = next(filter(None, (as_said(text, found[1]) for text in texts)), found[1])
        return f"“{straight(wrote, ' .;,').replace('“', '‘').replace('”', '’')}”"

    return QUOTED.sub(said, sentence)
