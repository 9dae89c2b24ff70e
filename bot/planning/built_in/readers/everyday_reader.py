"""Puts whole sentences in everyday words into a draft: the kinds of a thing, and values behind "which are"."""

from __future__ import annotations

from bot.planning.built_in.drafts.draft import Doer
from bot.planning.built_in.phrases.everyday_deeds import happens, read_deciding, read_everyone
from bot.planning.built_in.phrases.everyday_fields import read_kinds, split_values
from bot.planning.built_in.readers.handing_reader import HandingReader
from bot.planning.built_in.words.sentences import ANCHOR
from bot.planning.built_in.words.vocabulary import entity_name, spoken

__all__ = ["EverydayReader"]


class EverydayReader(HandingReader):
    """Reads sentences as anybody would type them, before those who read them word by word."""

    def read_sentence(self, sentence: str, *, may_name_title: bool) -> None:
        """Read one sentence."""
        raise NotImplementedError

    def read_everyday(self, sentence: str) -> bool:
        """Read a sentence of everyday words; tell whether it was one."""
        return (
            self.read_kinds_of(sentence)
            or self.read_values_behind(sentence)
            or self.read_handed_in(sentence)
            or self.read_everyone(sentence)
            or self.read_decision(sentence)
            or self.read_happening_by_itself(sentence)
        )

    def read_everyone(self, sentence: str) -> bool:
        """Read "everyone submits expenses with an amount" as things with their facts; who did it is asked."""
        rest, is_somebody = read_everyone(sentence)
        if not rest:
            return False
        before = set(self.draft.entities)
        self.read_plain(rest)
        if is_somebody and self.subject and self.subject.name not in before:
            self.draft.doers.append(Doer(self.subject.name, self.said(sentence)))
        return True

    def read_happening_by_itself(self, sentence: str) -> bool:
        """Leave "the guest gets a confirmation" and "the total is calculated from …" as an open task."""
        if not happens(sentence):
            return False
        self.draft.leave_deed(sentence)
        return True

    def read_decision(self, sentence: str) -> bool:
        """Read "a manager approves or rejects them" as states of what was spoken of; who decides is an open task."""
        said = read_deciding(sentence)
        if said is None:
            return False
        is_near = said.what.lower() in {"it", "them", "these"}
        name = self.topic if is_near else self.full_name(entity_name(said.what))
        if name not in self.draft.entities:
            return False
        self.subject = self.draft.entities[name]
        self.draft.states.append((name, said.states, sentence))
        self.draft.leave_deed(sentence)
        return True

    def read_kinds_of(self, sentence: str) -> bool:
        """Read "there are monthly and yearly memberships" as a kind with two values."""
        said = read_kinds(sentence, self.names())
        if said is None:
            return False
        entity = self.begin(self.full_name(entity_name(said.noun)), sentence)
        name = said.field
        if name in entity.fields and not entity.fields[name].values:
            del entity.fields[name]
        self.read_field_of(entity, f"{name} {'/'.join(map(spoken, said.values))}", sentence)
        self.draft.assume(f"{entity.name}: “{sentence}” is its {name}")
        return True

    def read_values_behind(self, sentence: str) -> bool:
        """Read "tenants report issues, which are open or fixed" as two sentences, where the first lists no facts."""
        split = split_values(sentence)
        if split is None or ANCHOR.search(split[0]):
            return False
        for part in split:
            self.begin_sentence()
            self.read_sentence(part, may_name_title=False)
        return True
