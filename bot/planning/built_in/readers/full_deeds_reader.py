"""Puts deeds that are told with all their details into a draft: who, what, for whom, from when to when, how many."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.documents.naming import plural, snake_case
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Doer, EntityDraft, Link, LinkKind, RuleWish
from bot.planning.built_in.phrases.deed_details import Detail, DetailKind
from bot.planning.built_in.phrases.event_phrases import is_time_slot
from bot.planning.built_in.phrases.field_phrases import field_called
from bot.planning.built_in.phrases.full_deeds import NEAR, TAKING_PART, FullDeed, read_full_deed
from bot.planning.built_in.phrases.link_phrases import LinkPhrase
from bot.planning.built_in.phrases.rule_phrases import Form, Wish
from bot.planning.built_in.phrases.settings import read_setting
from bot.planning.built_in.phrases.titles import titled
from bot.planning.built_in.readers.bullet_reader import VERB_FIRST
from bot.planning.built_in.readers.everyday_reader import EverydayReader
from bot.planning.built_in.words.clauses import clauses_of
from bot.planning.built_in.words.deed_words import BRINGING
from bot.planning.built_in.words.field_kinds import named_kind
from bot.planning.built_in.words.sentences import without_greeting
from bot.planning.built_in.words.vocabulary import entity_name, has_plural, singular, spoken, words_of

__all__ = ["FullDeedsReader"]

DATED = frozenset({DetailKind.PERIOD, DetailKind.TERM})
"""Details that say when a record is."""
THEIRS = regex(r"^(?:their|his|her|the)\s+", re.IGNORECASE)


def dated_by(deed: FullDeed) -> str:
    """Return the noun that tells which dates the record of a deed has; nothing where it needs none."""
    if deed.record:
        is_brought = deed.verb.partition(" ")[0] in BRINGING
        return "" if deed.record == TAKING_PART or is_brought else deed.record
    noun = singular(words_of(deed.what)[-1])
    return ("booking" if noun == "visit" else noun) if deed.is_planned else ""


class FullDeedsReader(EverydayReader):
    """Reads a deed with its details as one; its other clauses go where they would go alone."""

    def read_full_deeds(self, sentence: str) -> bool:
        """Read a sentence with a full deed in it, clause by clause; tell whether there was one."""
        if self.read_full_deed(sentence):
            return True
        clauses = clauses_of(without_greeting(sentence))
        if len(clauses) < 2 or not any(read_full_deed(clause, frozenset(self.names())) for clause in clauses):
            return False
        for clause in clauses:
            self.begin_sentence()
            goes_on = VERB_FIRST.match(clause) is not None and self.previous is not None
            if not self.read_full_deed(clause):
                self.read_sentence(f"they {clause}" if goes_on else clause, may_name_title=False)
        return True

    def read_setting(self, sentence: str) -> bool:
        """Read "we are a vet practice with a rota" as the name of the whole; what is left of it is quoted."""
        setting = read_setting(without_greeting(sentence))
        words = setting.name.split() if setting else []
        called = {entity_name(" ".join(words[start:])) for start in range(len(words))}
        if setting is None or called & self.names():
            return False
        title = titled(f"a {setting.name}", "")
        self.draft.title = self.draft.title or (title.text if title else "")
        self.mode = "list"
        for noun in setting.things:
            self.read_item(noun)
        for piece in setting.left:
            self.draft.leave(f"with {piece}")
        return True

    def read_clause(self, clause: str) -> None:
        """Read one clause."""
        if not self.read_full_deed(clause):
            super().read_clause(clause)

    def read_full_deed(self, clause: str) -> bool:
        """Read "a potter books a firing in a kiln from a start to an end" as a record; tell whether it was that."""
        deed = read_full_deed(without_greeting(clause), frozenset(self.names()))
        if deed is None:
            return False
        who, what = self.full_name(entity_name(deed.who)), self.what_is_meant(deed)
        if not what or what == who:
            return False
        deed = replace(deed, record="") if deed.what.lower() in NEAR and deed.record == spoken(what) else deed
        for name, facts in ((who, deed.who_facts), (what, deed.what_facts)):
            if not name:
                continue
            entity = self.draft.entity(name, self.said(clause))
            for fact in facts:
                self.read_field_of(entity, THEIRS.sub("", fact), fact)
        if deed.example:
            self.draft.assume(f"“{deed.example}” is an example of {spoken(plural(snake_case(what)))}")
        record = self.record_made(deed, who, what, clause)
        for detail in deed.details:
            self.read_detail(record, deed, detail, clause)
        for fact in deed.told:
            self.read_field_of(record, THEIRS.sub("", fact), fact)
        if (noun := dated_by(deed)) and not any(one.kind in DATED for one in deed.details):
            self.draft.undated.append((record.name, noun))
        self.subject, self.topic = record, record.name
        return True

    def what_is_meant(self, deed: FullDeed) -> str:
        """Return what a deed is done to; "it" is what was spoken of last, or nothing."""
        if deed.what.lower() not in NEAR:
            return self.full_name(entity_name(deed.what))
        return self.topic or (self.previous.name if self.previous else "")

    def record_made(self, deed: FullDeed, who: str, what: str, clause: str) -> EntityDraft:
        """Return the record that a deed makes, with the links to who does it and to what it is done to."""
        if not deed.verb:
            return self.begin(what, clause)
        if not who:
            return self.record_of_somebody(deed, what, clause)
        if not deed.record:
            self.draft.link(Link(what, "belong", who, LinkKind.BELONGS, self.said(clause)))
            return self.begin(what, clause)
        phrase = LinkPhrase(
            who, deed.verb, what, LinkKind.EVENT, deed.record, has_plural(deed.who.lower()),
            said_subject=who, said_object=what, object_is_many=has_plural(deed.what.lower()),
        )  # fmt: skip
        self.add_link(phrase, clause)
        return self.begin_event(phrase, clause) or self.begin(entity_name(deed.record), clause)

    def record_of_somebody(self, deed: FullDeed, what: str, clause: str) -> EntityDraft:
        """Return the record of what anybody may do; whether it is kept who did it is asked."""
        name = entity_name(deed.record) or what
        self.draft.entity(name, self.said(clause))
        self.draft.doers.append(Doer(name, self.said(clause)))
        if name != what:
            self.draft.link(Link(name, "belong", what, LinkKind.BELONGS, self.said(clause)))
        return self.begin(name, clause)

    def read_detail(self, record: EntityDraft, deed: FullDeed, detail: Detail, clause: str) -> None:
        """Read one detail of a deed as a link, as facts, or as a rule of its record."""
        if detail.kind is DetailKind.THING:
            target = self.full_name(detail.names[0])
            self.draft.entity(target, self.said(clause))
            is_place = deed.is_of_what_is_there and detail.preposition in {"in", "at", "on"}
            source = self.what_is_meant(deed) if is_place else record.name
            self.draft.link(Link(source, "belong", target, LinkKind.BELONGS, self.said(detail.piece)))
        elif detail.kind is DetailKind.PERIOD:
            self.add_period(record, detail)
        elif detail.kind is DetailKind.LASTING and detail.span and (deed.comes_back or detail.is_most):
            self.limit(record, deed, detail, clause)
        elif detail.kind is DetailKind.LASTING and detail.piece == "for a day" and not deed.is_planned:
            self.read_field_of(record, "a date", detail.piece)
        elif detail.kind is DetailKind.LASTING and is_time_slot(detail.piece):
            self.add_period(record, detail)
        elif detail.kind is DetailKind.LASTING:
            self.draft.leave(detail.piece)
        elif detail.kind is DetailKind.DUE and not deed.comes_back:
            self.add_period(record, detail)
        elif detail.kind in {DetailKind.FACT, DetailKind.TERM}:
            self.read_field_of(self.holder(record, deed, detail), detail.names[0], detail.piece)

    def holder(self, record: EntityDraft, deed: FullDeed, detail: Detail) -> EntityDraft:
        """Return what a fact is of: when people take part in something is when that is, all else is the record's."""
        is_moment = named_kind(words_of(detail.names[0])) in {"date", "datetime", "time"}
        what = self.what_is_meant(deed)
        return self.draft.entities[what] if deed.record == TAKING_PART and is_moment else record

    def add_period(self, record: EntityDraft, detail: Detail) -> None:
        """Add the start and the end of a record."""
        names = detail.names or ("starts at", "ends at")
        if names[0] not in {"starts at", "start date"}:
            self.add_ends(record, (names[0], names[1]), detail.piece, optional=False)
        for name in names if names[0] in {"starts at", "start date"} else ():
            if field := field_called(name, kind="datetime" if name.endswith("at") else "date", quote=detail.piece):
                self.add_field(record, field, detail.piece, optional=False)
        record.is_settled = True

    def limit(self, record: EntityDraft, deed: FullDeed, detail: Detail, clause: str) -> None:
        """Keep when something is due back, or how long a record may last."""
        form, parts = (Form.DUE, {"due": "due"}) if deed.comes_back else (Form.LASTING, {"what": record.noun})
        wish = Wish(form, detail.piece, parts, detail.span)
        self.draft.rule_wishes.append(RuleWish(wish, self.said(clause), record.name))
