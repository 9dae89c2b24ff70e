"""Finds the state by which something is counted: "at most 3 open tickets", "no more than six repairs on the bench"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft
from bot.planning.built_in.phrases.count_phrases import CountSaid, read_count
from bot.planning.built_in.phrases.status_ways import spelling, values_in

__all__ = ["CountedState", "read_counted_state"]

LONGEST = 200
MOST_VALUES = 30
BE = r"(?:(?:can|may|could|should|must)\s+)?(?:be|is|are)"
LEFT = regex(rf"\s+(?:(?:that|which|who)\s+)?(?:{BE})(?=\s+(?:per|for each|for every)\s|\s*$)", re.IGNORECASE)
"""What is left of "at most 6 repairs per bench are ready" without the state."""
GROUP = regex(
    rf"(?:\s(?:that|which|who)\s+{BE}\s|\s(?:with|in)\s+(?:the\s+)?(?:status|state)\s|"
    rf"\s(?:while|as long as|so long as)\s+(?:it|they|the\s+[a-z]+)\s+{BE}\s)?"
    r"\s*(?P<no>not\s+)?(?:still\s+)?§\d+(?:\s*(?:,|\bor\b|\band\b|/)\s*§\d+)*"
)
"""Where values stand in a sentence: "that are §0 or §1", "with the status §2", "while they are not §3"."""


@dataclass(frozen=True)
class CountedState:
    """A count of the records that have some values of a status, as a sentence says it."""

    said: CountSaid
    record: EntityDraft
    status: str
    values: tuple[str, ...]


def read_counted_state(draft: Draft, piece: str) -> Iterator[CountedState]:
    """Yield each way in which a sentence counts the records in some state of theirs."""
    text = " ".join(piece.split()).strip(" .!")
    if len(text) > LONGEST:
        return
    for record in draft.entities.values():
        for field in record.fields.values():
            values = draft.values_of(field)
            if field.field.type.is_list or not 1 < len(values) <= MOST_VALUES:
                continue
            rest, named = without_values(text, values)
            said = read_count(rest) if named and set(named) < set(values) else None
            if said is not None:
                yield CountedState(replace(said, is_open=False), record, field.field.name, named)


def without_values(text: str, values: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return a sentence without the state in it, and the values that it names: "on the bench or ready"."""
    marked = text.lower()
    for value in sorted(values, key=len, reverse=True):
        marked = spelling(value).sub(f" §{values.index(value)} ", marked)
    groups = list(GROUP.finditer(marked))
    if len(groups) != 1:
        return text, ()
    rest = f"{marked[: groups[0].start()]} {marked[groups[0].end() :]}"
    named = values_in(groups[0][0], values)
    if groups[0]["no"]:
        named = tuple(value for value in values if value not in named)
    return LEFT.sub("", " ".join(rest.split())), named
