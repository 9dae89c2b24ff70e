"""Reads what a thing is made of into a draft: each of its rows names one of every part."""

from __future__ import annotations

import re

from bot.planning.built_in.drafts.draft import Link, LinkKind
from bot.planning.built_in.phrases.made_of import read_made_of
from bot.planning.built_in.readers.prose_reader import ProseReader
from bot.planning.built_in.words.sentences import items_of

__all__ = ["MadeReader"]


class MadeReader(ProseReader):
    """Reads "a trip is one boat with one skipper" as two things that a trip names, and the facts behind them."""

    def read_made_of(self, sentence: str) -> bool:
        """Read the parts of a thing and what is kept with them; tell whether the sentence said such a thing."""
        made = read_made_of(sentence, self.names())
        if made is None:
            return False
        said = self.said(sentence)
        self.draft.entity(made.thing, said)
        for part in made.parts:
            self.draft.entity(part, said)
            self.draft.link(Link(made.thing, "name", part, LinkKind.BELONGS, said))
        self.begin(made.thing, sentence)
        for item in items_of(made.rest):
            for piece in re.split(r"\s+(?:on|at|with|in)\s+(?=an?\s)", item):
                self.read_item(piece)
        return True
