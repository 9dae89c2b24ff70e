"""Tables in Markdown documents: rows by column, whatever the columns are called and in whatever order they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator

from bot.documents.text.markdown import escaped, one_line, span
from bot.documents.text.outline import Block, heading_key
from bot.documents.text.prose import Label, read_inline

__all__ = ["MoreColumns", "Row", "column_names", "read_rows", "split_cells", "write_table"]


def by_name(labels: tuple[Label, ...]) -> tuple[Label, ...]:
    """Return the cells of further columns in one order, each column once, empty cells left out."""
    cells = {label.name: label for label in reversed(labels) if label.text and label.name}
    return tuple(cells[name] for name in sorted(cells))


MoreColumns = Annotated[tuple[Label, ...], AfterValidator(by_name)]
"""The cells of a row in columns that a document's model has no name for."""


@dataclass(frozen=True)
class Row:
    """One row: its cells by the column's name in the model, those of other columns, and its line."""

    cells: Mapping[str, str]
    more: tuple[Label, ...]
    line: int

    def __getitem__(self, column: str) -> str:
        """Return a cell; empty where the table has no such column."""
        return self.cells.get(column, "")


def split_cells(text: str) -> list[str]:
    """Return the cells of a line as they are written; a bar behind a backslash ends none."""
    cells: list[str] = []
    start = index = 0
    while index < len(text):
        if text[index] == "\\":
            index += 2
            continue
        if text[index] == "|":
            cells.append(text[start:index].strip())
            start = index + 1
        index += 1
    cells.append(text[start:].strip())
    first = 1 if cells[0] == "" else 0
    last = len(cells) - 1 if len(cells) > 1 and cells[-1] == "" else len(cells)
    return cells[first:last]


def read_rows(block: Block, columns: Mapping[str, str]) -> tuple[frozenset[str], tuple[Row, ...]]:
    """Return the columns of a table that the model knows, and its rows.

    ``columns`` maps a heading (as `heading_key` gives it) to the model's name. Of two columns with one name the first
    counts; cells beyond the last heading belong to the last column.
    """
    head = [read_inline(cell) for cell in split_cells(block.lines[0].text.strip())]
    names: list[str | None] = []
    for title in head:
        name = columns.get(heading_key(title))
        names.append(name if name not in names else None)
    rows = [
        row_of(split_cells(line.text.strip()), head, names, line.number)
        for index, line in enumerate(block.lines[1:])
        if line.text.strip(" \t|" if index else " \t|:-")
    ]
    return frozenset(name for name in names if name), tuple(rows)


def row_of(cells: list[str], head: Sequence[str], names: Sequence[str | None], line: int) -> Row:
    """Return one row of a table."""
    if len(cells) > len(head) > 0:
        cells = [*cells[: len(head) - 1], " | ".join(cells[len(head) - 1 :])]
    known: dict[str, str] = {}
    more: list[Label] = []
    for title, name, cell in zip(head, names, cells, strict=False):
        text = read_inline(cell)
        if name:
            known[name] = text
        elif text:
            more.append(Label(name=title or "#", text=text))
    return Row(known, tuple(more), line)


def column_names(rows: Iterable[Sequence[Label]]) -> tuple[str, ...]:
    """Return the names of all further columns of a table's rows, in one order."""
    return tuple(sorted({label.name for more in rows for label in more}))


def write_table(
    head: Sequence[str], rows: Sequence[Sequence[str]], more: Sequence[Sequence[Label]] | None = None
) -> str:
    """Return a table; ``more`` holds the cells of further columns, row by row."""
    further = column_names(more or ())
    lines = [line_of([*head, *further]), f"|{'---|' * (len(head) + len(further))}"]
    for row, cells in zip(rows, more or [()] * len(rows), strict=True):
        texts = {label.name: label.text for label in cells}
        lines.append(line_of([*row, *(texts.get(name, "") for name in further)]))
    return "\n".join(lines)


def line_of(cells: Iterable[str]) -> str:
    """Return a line of a table."""
    return f"| {' | '.join(cell_text(cell) for cell in cells)} |"


def cell_text(text: str) -> str:
    """Return the text of a cell; a bar ends a cell even inside code, so text with one is shown without code."""
    line = one_line(text)
    return escaped(line).replace("`", "\\`") if "|" in line else span(line)
