"""One person's id and words, taken out of any text or JSON value. Pure: what is done with the result is the caller's.

An id is replaced wherever it stands as a word. Of words only what is quoted (“…”) or stands alone is taken out:
what planners derived from them, such as names of entities, is not theirs any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.patterns import regex
from bot.planning.built_in.words.chat_text import without_mentions

__all__ = ["REMOVED", "Scrubber"]

REMOVED = "[removed]"
QUOTED = regex(r"“([^“”]*)”")
PART = regex(r"[^\n.;:!?,]+")
LONGEST_QUOTE = 400
"""Characters after which planners cut what they quote."""
LEAST_WORDS, LEAST_OF_PART = 2, 4
"""Words of a quote, and of a part of one, at least: fewer, such as the name of a status, are everybody's."""


class Scrubber:
    """Takes out what one person said, and puts a tombstone where they are named."""

    def __init__(self, person: str, tombstone: str, said: Iterable[str] = ()) -> None:
        """Take out this person; ``said`` is everything they said."""
        self._named = re.compile(rf"(?<![A-Za-z0-9]){re.escape(person)}(?![A-Za-z0-9])")
        self._tombstone = tombstone
        forms = dict.fromkeys(" ".join(form.split()) for text in said for form in (text, without_mentions(text)))
        self._said = "\n".join(f" {words(form)} " for form in forms)
        whole = (form[:LONGEST_QUOTE] for form in forms if len(form.split()) >= LEAST_WORDS)
        self._whole = sorted(whole, key=len, reverse=True)

    def text(self, text: str) -> str:
        """Return a text without the person's id, and without what they said, as a whole or in quotes."""
        for whole in self._whole:
            text = text.replace(whole, REMOVED)
        without_quotes = QUOTED.sub(lambda quote: f"“{REMOVED}”" if self.is_theirs(quote[1]) else quote[0], text)
        return self._named.sub(self._tombstone, without_quotes)

    def piece(self, text: str) -> str:
        """Return a text that stands alone; nothing of it where it is theirs as a whole."""
        return REMOVED if self.is_theirs(text) else self.text(text)

    def value(self, value: Any, *, alone: bool = False) -> Any:  # noqa: ANN401 (any value that JSON has)
        """Return a JSON value with every text in it scrubbed; ``alone``: texts that are theirs as a whole go too."""
        if isinstance(value, str):
            return self.piece(value) if alone else self.text(value)
        if isinstance(value, Mapping):
            return {self.text(name): self.value(part, alone=alone) for name, part in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(part, alone=alone) for part in value]
        return value

    def is_theirs(self, text: str) -> bool:
        """Tell whether a text repeats what they said: as a whole, or in a part of some words between its stops."""
        parts = [(words(part), LEAST_OF_PART) for part in PART.findall(text)]
        return any(
            len(part.split()) >= least and f" {part} " in self._said
            for part, least in [(words(text), LEAST_WORDS), *parts]
        )


def words(text: str) -> str:
    """Return the words of a text, in small letters, one space apart: quotes lose line breaks and markup."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))
