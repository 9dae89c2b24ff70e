"""Finds what somebody wrote for words that were put plainly before they were read, so that quotes are theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.patterns import regex
from bot.planning.built_in.words.chat_text import cleaned, without_mentions
from bot.planning.built_in.words.vocabulary import singular, straight, words_of

__all__ = ["PIECE", "as_said", "comparable", "own_sentence", "own_words", "with_quotes_as_said"]

PIECE = regex(r"[^\n.;!?]+(?:[.;!?](?=\S)[^\n.;!?]*)*")
"""A sentence, or a part of one between semicolons; a dot within a number or a name ends nothing."""
MOST_PIECES = 60
"""Sentences of a text among which the one that says something is looked for."""
FEWEST_WORDS = 5
"""Words of a quote that are looked for though others stood between them."""
MOST_BETWEEN = 8
"""Words that may have stood between those of a quote, for it to be the same words."""
LEAST_SHARED = 0.6
"""How much of what a quote says must be in a sentence, for the sentence to be what it was made of."""
CLAUSES = regex(r",\s+(?:and|but|so)\s+|;\s+", re.IGNORECASE)
"""What parts the clauses of a sentence."""
NOTE = regex(r"\([^()]*\)$")
"""What the planner puts behind words that it quotes."""
LONGEST_SMALL = 3
"""Letters of the words that every sentence has."""
QUOTED = regex(r"“([^“”]+)”")


def comparable(text: str) -> str:
    """Return a text in small letters with one blank between its words, to find a quote of it."""
    return straight(text, " .;,!").lower()


@lru_cache(maxsize=256)
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
    return max(reversed(needed), key=lambda piece: len(told & telling(piece)), default="")


def own_words(quote: str, texts: Iterable[str]) -> str:
    """Return what somebody wrote for a quote that was put plainly, or cut, before it was read; else the quote."""
    texts = tuple(map(without_mentions, texts))
    wanted = comparable(quote)
    if not wanted or wanted in "\n".join(map(comparable, texts)):
        return quote
    wrote = next(filter(None, (around(text, quote) for text in texts)), "")
    wrote = wrote or next(filter(None, (as_said(text, quote) for text in texts)), "")
    return straight(wrote or ("" if NOTE.search(quote) else nearest(quote, texts)) or quote, " .;,")


def own_sentence(quote: str, texts: Iterable[str]) -> str:
    """Return the clause that somebody wrote for a quote, unless it says much else: one of several rules stays apart."""
    wrote, told = own_words(quote, texts), telling(quote)
    clause = max(CLAUSES.split(wrote), key=lambda one: len(told & telling(one)))
    own = clause if len(told & telling(clause)) == len(told & telling(wrote)) else wrote
    return own if 2 * len(told & telling(own)) >= len(telling(own)) else quote


def around(text: str, quote: str) -> str:
    """Return the words of one sentence that hold those of a quote in their order: "bread [from us] every day"."""
    wanted = [word.lower() for word in re.findall(r"[\w'-]+", straight(quote))]
    if len(wanted) < FEWEST_WORDS:
        return ""
    for piece in PIECE.findall(text)[:MOST_PIECES]:
        words = list(re.finditer(r"[\w'’-]+", piece))
        said = [straight(word[0]).lower() for word in words]
        for first in (at for at, word in enumerate(said) if word == wanted[0]):
            last = last_in_order(said[first : first + len(wanted) + MOST_BETWEEN], wanted)
            if last >= 0:
                return str(piece[words[first].start() : words[first + last].end()])
    return ""


def last_in_order(said: list[str], wanted: list[str]) -> int:
    """Return at which word the last of some words stands, all of them in their order; -1 where they don't."""
    at = -1
    for word in wanted:
        try:
            at = said.index(word, at + 1)
        except ValueError:
            return -1
    return at


def nearest(quote: str, texts: Iterable[str]) -> str:
    """Return the sentence that says most of a quote in other forms of its words, or nothing."""
    told = telling(quote)
    pieces = [piece.strip() for text in texts for piece in PIECE.findall(text)[:MOST_PIECES] if piece.strip()]
    best = max(pieces, key=lambda piece: len(told & telling(piece)), default="")
    return best if told and len(told & telling(best)) >= LEAST_SHARED * len(told) else ""


def telling(text: str) -> set[str]:
    """Return the words of a text that say more than "a", "of" and "has", each in the singular."""
    return {singular(word) for word in words_of(text) if len(word) > LONGEST_SMALL}


def with_quotes_as_said(sentence: str, texts: Iterable[str]) -> str:
    """Return a sentence in which each quote that nobody wrote so is the sentence that somebody wrote."""
    texts = tuple(map(without_mentions, texts))
    everything = "\n".join(map(comparable, texts))

    def said(found: re.Match[str]) -> str:
        if comparable(found[1]) in everything:
            return found[0]
        wrote = next(filter(None, (around(text, found[1]) or as_said(text, found[1]) for text in texts)), found[1])
        return f"“{straight(wrote, ' .;,').replace('“', '‘').replace('”', '’')}”"

    return QUOTED.sub(said, sentence)
