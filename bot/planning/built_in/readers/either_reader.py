"""Reads that each of a thing is for one of two others into a draft: it may name both."""

from __future__ import annotations

from bot.planning.built_in.phrases.either_links import read_either
from bot.planning.built_in.readers.roles_reader import RolesReader

__all__ = ["EitherReader"]


class EitherReader(RolesReader):
    """Reads which of two others each of a thing names."""

    def read_either(self, sentence: str) -> bool:
        """Read "each loan is for either a club or a family" as two links that may be empty; that it is one is left."""
        said = read_either(sentence)
        if said is None or not {said.what, said.one, said.other} <= self.names():
            return False
        for other in (said.one, said.other):
            self.begin(self.belongs(said.what, other, sentence, optional=True).name, sentence)
        self.draft.leave_deed(sentence)
        return True
