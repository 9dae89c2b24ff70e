"""Terms of a glossary, from lines and from the rows of a table."""

from __future__ import annotations

from itertools import zip_longest

from bot.documents.requirements.requirements import Term
from bot.documents.text.markdown import read_inline

__all__ = ["row_term", "term_of"]

MARKS_OF_MEANING = (":", "-", "–", "—")


def row_term(cells: list[str], columns: list[str]) -> str:
    """Return a row of a glossary as a term with its meaning; further columns keep their names."""
    word, meaning, *more = [*cells, "", ""][: max(2, len(cells))]
    named = [
        ": ".join(part for part in pair if part) for pair in zip_longest(columns[2:], more, fillvalue="") if pair[1]
    ]
    return f"**{word}**: {'; '.join(part for part in (meaning, *named) if part)}"


def term_of(text: str) -> Term:
    """Return a term of the glossary: ``**Word**: meaning``, ``**Word:** meaning``, ``Word: meaning``."""
    if not text.startswith("**"):
        word, _, meaning = text.partition(":")
        return Term(word=read_inline(word), meaning=read_inline(meaning))
    word, _, meaning = text[2:].partition("**")
    meaning = meaning.lstrip()
    if meaning.startswith(MARKS_OF_MEANING):
        return Term(word=read_inline(word), meaning=read_inline(meaning[1:]))
    return Term(word=read_inline(word.removesuffix(":")), meaning=read_inline(meaning))
