"""Values of an enum as a line writes them: separated by commas or bars, with what is said beside each."""

from __future__ import annotations

from bot.documents.text.quoted_text import split_commas, unquoted_value

__all__ = ["read_enum_line"]


def read_enum_line(line: str) -> list[tuple[str, str]]:
    """Return each value of a line, with what is said beside it; empty where nothing is."""
    text = line.strip()
    if len(text) > 1 and text[0] + text[-1] in {"[]", "{}"}:
        text = text[1:-1]
    pieces = split_commas(text)
    if len(pieces) == 1 and "|" in text and '"' not in text:
        pieces = [piece.strip() for piece in text.split("|") if piece.strip()]
    return [enum_value(piece) for piece in pieces]


def enum_value(piece: str) -> tuple[str, str]:
    """Split ``LENT = "lent"`` or ``LENT (at a member)`` into the value and what is said beside it."""
    if piece.startswith('"'):
        value = unquoted_value(piece)
        return piece if value is None else value, ""
    for separator in ("=", ":", "("):
        value, found, rest = piece.partition(separator)
        if found and value.strip():
            said = rest.strip().rstrip(")")
            is_same = unquoted_value(said) == value.strip()
            return value.strip(), "" if is_same else f"{separator}{rest}".strip()
    return piece.strip("'`"), ""
