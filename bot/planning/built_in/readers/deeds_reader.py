"""Puts what people do with things into a draft: records they make, things they put somewhere."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.patterns import regex
from bot.planning.built_in.phrases.doing_phrases import Deed, read_deed, read_described, read_linking, read_placing
from bot.planning.built_in.phrases.keeping_phrases import KeptList, is_fact
from bot.planning.built_in.readers.meeting_reader import MeetingReader
from bot.planning.built_in.words.sentence_marks import NOT_THINGS
from bot.planning.built_in.words.sentences import items_of
from bot.planning.built_in.words.vocabulary import PLACES, entity_name, spoken, words_of

__all__ = ["CONDITION", "DeedsReader"]

CONDITION = regex(r"^(?P<when>(?:when|whenever|if|once|as soon as)\s[^,]{3,60}),\s*(?P<rest>\S.*)$", re.IGNORECASE)


class DeedsReader(MeetingReader):
    """Reads clauses that say what somebody does."""

    actor = ""
    """Whose story is told ("as a sender I …"), where that is a thing."""

    def read_doing(self, clause: str) -> bool:
        """Read "readers can put a hold on it" as a record, "we put parcels on a tour" as a link."""
        if self.read_met(clause):
            return True
        described, placing, deed = read_described(clause), read_placing(clause), self.deed_in(clause)
        if described and self.kept_in(clause) is None and self.is_thing(described.noun):
            self.read_clause(described.main)
            main = self.subject
            self.read_list_of(KeptList(described.noun, described.list), clause)
            self.subject = main or self.subject
            return True
        if placing and self.is_thing(placing.thing) and self.is_thing(placing.place):
            thing, place = entity_name(placing.thing), entity_name(placing.place)
            self.subject = self.belongs(thing, place, clause, optional=True)
            return True
        linking = read_linking(clause)
        if linking:
            record, *ends = map(entity_name, linking)
            self.subject = self.names_each(record, ends, clause)
            return True
        if deed is None:
            return False
        self.make_record(deed, clause)
        return True

    def deed_after(self, clause: str) -> Deed | None:
        """Return the record that is made on a condition: "when a book is out, readers can put a hold on it"."""
        condition = CONDITION.match(clause)
        return self.deed_in(condition["rest"], self.named_in(condition["when"])) if condition else None

    def named_in(self, text: str) -> str:
        """Return the first thing that a text names, or nothing."""
        words = words_of(text)
        found = (entity_name(" ".join(words[at : at + size])) for at in range(len(words)) for size in (2, 1))
        return next((name for name in found if name in self.names()), "")

    def deed_in(self, clause: str, topic: str = "") -> Deed | None:
        """Return the record that a clause makes where it names things that are known, or holds facts; or None."""
        deed = read_deed(clause)
        if deed is None or spoken(entity_name(deed.record)) in NOT_THINGS | PLACES:
            return None
        who = entity_name(deed.who) if deed.who.lower() not in {"i", "we"} else self.actor
        is_somebody = who in self.names() or deed.who.lower() == "i"
        current = self.subject or self.previous
        spoken_of = topic or (current.name if current else "")
        what = "" if not deed.what else spoken_of if deed.what in {"it", "them"} else entity_name(deed.what)
        is_known = what in self.names() or not deed.what
        facts = items_of(deed.list) if deed.list else []
        has_facts = any(is_fact(fact) for fact in facts)
        if not is_somebody or not is_known or not (has_facts or (deed.what and not deed.list)):
            return None
        return replace(deed, who=who if who in self.names() else "", what=what)

    def make_record(self, deed: Deed, clause: str) -> None:
        """Add a record with whoever makes it and what it is for, and read what it holds."""
        name = entity_name(deed.record)
        entity = self.begin(name, clause)
        for other in dict.fromkeys((deed.who, deed.what)):
            if other and other != name:
                self.belongs(name, other, clause)
        if deed.who and deed.who == deed.what != name:
            self.add_recipient(entity, deed.who, clause)
        for item in items_of(deed.list) if deed.list else ():
            self.read_item(item)
        if deed.is_one and deed.what:
            self.draft.ones.append((name, deed.what))
        self.subject = entity

    def begins_story(self, who: str, quote: str) -> bool:
        """Tell whether a story's first words name a thing that is known, and make it the subject."""
        words = words_of(who)
        called = [entity_name(" ".join(words[:count])) for count in (2, 1)]
        name = next((one for one in called if one in self.names()), called[-1])
        if not name or self.is_nothing(name):
            return False
        self.subject = self.draft.entity(name, self.said(quote))
        return True
