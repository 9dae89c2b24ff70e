"""Puts what people hand in into a draft: a record with its facts, who it is by, and what it is about."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Doer, EntityDraft
from bot.planning.built_in.phrases.handing_in import HandedIn, read_handed_in, speaks_of
from bot.planning.built_in.phrases.keeping_phrases import is_fact
from bot.planning.built_in.readers.told_reader import ToldReader
from bot.planning.built_in.words.sentence_marks import NOT_THINGS
from bot.planning.built_in.words.sentences import items_of
from bot.planning.built_in.words.vocabulary import PLACES, a, entity_name, spoken, word_set, words_of

__all__ = ["HandingReader"]

OF_IT = regex(r"(?<=\w)\s+(?:to|of|for|about|from)\s+(?:it|them|that)$", re.IGNORECASE)
"""What a fact is of, where that is what is handed in: "a link to it"."""
ABOUT = word_set("on of about for")
"""What a record is about stands behind these, also where nobody else speaks of it."""


class HandingReader(ToldReader):
    """Reads "anybody can report a fault on a kiln, with what is wrong" as a record of its own."""

    def read_handed_in(self, sentence: str) -> bool:
        """Read what people hand in; tell whether the sentence said such a thing.

        Whoever does it is no thing where it may be anybody; people are asked whether it is worth keeping.
        """
        said = read_handed_in(sentence)
        record, is_noun = self.record_of(said) if said else ("", False)
        who = entity_name(said.who) if said else ""
        if said is None or not record or (said.who and not (said.is_told_apart or is_noun)):
            return False
        if said.who and (not who or spoken(who) in NOT_THINGS | PLACES or who == record):
            return False
        before = set(self.draft.entities)
        entity = self.begin(record, sentence)
        about, facts = self.target_of(said, record)
        for other in filter(None, (who, about)):
            self.belongs(record, other, sentence)
        spoken_of = said.target if said.is_found else said.what
        if is_noun and not about and entity_name(spoken_of) != record:
            self.draft.assume(
                f"“{sentence}”: each is {a(entity.noun)}; what it is of ({spoken_of}) is no thing of its own"
            )
        if said.is_somebody and record not in before:
            self.draft.doers.append(Doer(record, self.said(sentence)))
        self.read_facts_of(entity, facts)
        return True

    def read_facts_of(self, entity: EntityDraft, facts: str) -> None:
        """Read a list of facts about a thing, which stays what is spoken of."""
        for item in items_of(facts):
            self.read_item(OF_IT.sub("", item))
        self.subject, self.topic = entity, entity.name

    def record_of(self, said: HandedIn) -> tuple[str, bool]:
        """Return the record that is handed in, and whether it is called by its deed: who reports makes a report.

        The deed names it where people go on to speak of reports, and not of what is reported.
        """
        name = self.full_name(entity_name(said.what))
        noun = entity_name(said.noun)
        is_spoken_of = noun in self.known or any(speaks_of(said.noun, text) for text in self.draft.said)
        if noun and noun != name and is_spoken_of:
            return noun, True
        is_thing = bool(name) and spoken(name) not in NOT_THINGS
        return (name, name == noun) if is_thing else ("", False)

    def target_of(self, said: HandedIn, record: str) -> tuple[str, str]:
        """Return the thing that a record is about, or nothing, and the facts of the record."""
        name = self.thing_of(said.target) if said.target else ""
        reported = self.thing_of(said.what)
        if not said.target:
            return (reported if reported in self.names() - {record} else ""), said.facts
        is_known = name in self.names()
        is_new = (
            said.way in ABOUT
            and bool(name)
            and not said.is_found
            and not is_fact(said.target)
            and spoken(name) not in NOT_THINGS
        )
        if name != record and (is_known or is_new):
            return name, said.facts
        if said.way == "with" and not said.facts:
            return "", f"a {said.target}"
        if not said.is_found:
            self.draft.leave(f"{said.way} {said.target}")
        return "", said.facts

    def thing_of(self, noun: str) -> str:
        """Return the name of a thing, in whatever state it is: a bike for "a damaged bike" where bikes are known."""
        name, words = self.full_name(entity_name(noun)), words_of(noun)
        plain = self.full_name(entity_name(" ".join(words[1:]))) if len(words) > 1 else ""
        return plain if name not in self.names() and plain in self.names() else name
