"""Terms of a glossary, from lines and from the rows of a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import zip_longest

from bot.documents.requirements.requirements import Term
from bot.documents.text.markdown import read_inline
from bot.documents.text.tables import split_cells

__all__ = ["GlossaryTable", "term_of"]

MARKS_OF_MEANING = (":", "-", "–", "—")


@dataclass
class GlossaryTable:
    """A table of terms while its rows come in: the first row is a heading where a rule of dashes follows it."""

    rows: int = 0
    first: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    """What its columns are called, once the rule below its heading was seen."""

    def take(self, text: str, items: list[list[str]]) -> None:
        """Add a row to the items of the glossary; the rule below the first makes that one the heading."""
        if text.strip("|:- \t"):
            cells = split_cells(text)
            self.first = self.first or cells
            self.rows += 1
            items.append([row_term(cells, self.columns)])
        elif self.rows == 1 and not self.columns:
            self.columns = self.first
            items.pop()


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
