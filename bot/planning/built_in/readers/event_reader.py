"""Puts what is told of an event into a draft: its record, and the facts behind "with", "for" and "from … to …"."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import EntityDraft, Link, LinkKind
from bot.planning.built_in.drafts.resolution import FAMILIES, is_described
from bot.planning.built_in.phrases.event_phrases import fact_of_event, is_time_slot, tells_of_event, tells_of_line
from bot.planning.built_in.phrases.link_phrases import LinkPhrase
from bot.planning.built_in.phrases.role_phrases import read_way
from bot.planning.built_in.readers.link_reader import AT_ONCE, LinkReader
from bot.planning.built_in.words.numerals import NUMERAL
from bot.planning.built_in.words.sentences import items_of
from bot.planning.built_in.words.shared_things import PARTS, is_shared
from bot.planning.built_in.words.vocabulary import ARRANGEMENT_NOUNS, a, entity_name, has_plural, spoken, word_set

__all__ = ["EventReader"]

EACH_IN = regex(
    r"^each\s+(?:one\s+)?(?:is\s+)?(?=(?:in|on|at|for|of|from)\s+(?:exactly|only|just|an?|one)\s)", re.IGNORECASE
)
"""What stands before a link of whatever was spoken of: "each in exactly one section"."""
THIRD = regex(
    r"^(?:(?P<where>in|at|of|on)|to|from|for|with|by)\s+(?:(?:an?|the|one|each|their|our|different|several)\s+)?"
    r"(?P<thing>[a-z][\w -]*)$",
    re.IGNORECASE,
)
"""A third thing behind an event: where its object is, or who else takes part."""
COUNTED = regex(rf"^(?:for|to|with|of|by)\s+(?:up to\s+|at most\s+)?(?!one\b|1\b)(?:{NUMERAL})\s", re.IGNORECASE)
"""Several by their number behind an event: no row of it names one of them."""
APPOINTMENTS = word_set("session lesson meeting call consultation interview viewing appointment class tour tasting")
"""What two agree on: each of them names both, and needs no booking of its own."""
THROUGH = regex(
    r"^(?:through|via|by|by means of|using|as)\s+(?:an?\s+|their\s+)?(?P<record>[a-z][\w -]*)$", re.IGNORECASE
)


class EventReader(LinkReader):
    """Reads what follows a link that is an event, or whose object is the record of one."""

    sentence = ""
    """What is being read, without what people say before they say something."""

    def event_of(self, phrase: LinkPhrase) -> str:
        """Return the record that a link makes by its name, or nothing: "guests reserve tables" → Reservation."""
        if phrase.kind is not LinkKind.EVENT:
            is_made = phrase.kind is LinkKind.OWNS and phrase.said_object == phrase.object
            return phrase.object if is_made else ""
        if spoken(phrase.object).split()[-1] in ARRANGEMENT_NOUNS:
            return phrase.object
        name = entity_name(phrase.noun) if phrase.noun else ""
        if not name or name in {phrase.subject, phrase.object}:
            return ""
        family = next((family for family in FAMILIES if phrase.noun in family), frozenset())
        others = [other for one in sorted(family) if (other := entity_name(one)) in self.names()]
        return name if name in self.names() or len(others) != 1 else others[0]

    def begin_event(self, phrase: LinkPhrase, quote: str) -> EntityDraft | None:
        """Make the record of an event the subject: facts of it follow, so that it is a record of its own."""
        name = self.event_of(phrase)
        if not name:
            return None
        for link in self.links_of(phrase):
            link.noun = spoken(name) if link.kind is LinkKind.EVENT else link.noun
        return self.begin(name, quote)

    def links_of(self, phrase: LinkPhrase) -> list[Link]:
        """Return the links that were made of a phrase."""
        said = (phrase.subject, phrase.verb, phrase.object)
        return [link for link in self.draft.links if (link.subject, link.verb, link.object) == said]

    def read_leftover(self, phrase: LinkPhrase, piece: str) -> None:
        """Read "for a time slot", "for a date" and "from a first day to a last day" as facts of the event."""
        if (
            AT_ONCE.fullmatch(piece)
            or self.read_recipient(phrase, piece)
            or self.names_record(phrase, piece)
            or self.read_third(phrase, piece)
        ):
            return
        way, fact = read_way(piece, self.names()), fact_of_event(piece)
        is_fact = way is not None or bool(fact) or is_time_slot(piece)
        record = self.begin_event(phrase, piece) if is_fact else None
        if record is None:
            super().read_leftover(phrase, piece)
            return
        if is_time_slot(piece):
            self.add_start_and_end(record, piece, piece)
            record.is_settled = True
            return
        self.read_field_of(record, piece if way else fact, piece)

    def read_recipient(self, phrase: LinkPhrase, piece: str) -> bool:
        """Read "to other users" behind "users send messages" as whom each message is for, beside who sent it."""
        to = re.match(r"^to\s+(?:an?\s+|the\s+)?(?:other|another)\s+(?P<who>[a-z][\w -]*)$", piece, re.IGNORECASE)
        if to is None or phrase.kind is not LinkKind.OWNS or entity_name(to["who"]) != phrase.subject:
            return False
        self.add_recipient(self.draft.entities[phrase.object], phrase.subject, piece)
        return True

    def add_recipient(self, record: EntityDraft, person: str, quote: str) -> None:
        """Let a record name whom it is for, beside whom of the same kind it is from."""
        for called in (spoken(person), "recipient"):
            self.add_reference(record, called, person, quote)

    def read_third(self, phrase: LinkPhrase, piece: str) -> bool:
        """Read "at events" behind "volunteers sign up for shifts" as where they are, "to a customer" as the deed's."""
        is_one = phrase.kind is LinkKind.EVENT and COUNTED.match(piece) is None
        third = THIRD.match(piece) if is_one else None
        name = entity_name(third["thing"]) if third else ""
        if third is None or name not in self.names() - {phrase.subject, phrase.object}:
            return False
        is_where = third["where"] is not None
        record = None if is_where else self.begin_event(phrase, piece)
        if not is_where and record is None:
            return False
        source = phrase.object if record is None else record.name
        self.belongs(source, name, piece)
        self.subject, self.mode = self.draft.entities[phrase.said_subject or phrase.subject], "link"
        return True

    def begin_line(self, whole: EntityDraft, part: str, rest: str, item: str) -> EntityDraft | None:
        """Make the record the subject that joins a whole with its many, where facts of both together follow.

        "An order contains several products with quantity and price": an order item, where people named one.
        """
        noun, name = spoken(whole.name), spoken(part)
        if not is_shared(noun, name) or not tells_of_line(self.facts_behind(rest)):
            return None
        named = [one for one in sorted(self.names()) if one.startswith(whole.name) and spoken(one).split()[-1] in PARTS]
        record = named[0] if len(named) == 1 else f"{whole.name}{part}"
        for end in (whole.name, part):
            self.draft.entity(record, self.said(item))
            self.draft.link(Link(record, "belong", end, LinkKind.BELONGS, self.said(item)))
        whole.is_settled = True
        self.draft.assume(f"“{item}”: what follows “with” is kept for each {name} of {a(noun)}")
        return self.begin(record, item)

    def without_each(self, text: str) -> str:
        """Take "each" off "each in exactly one section", which is told of whatever was spoken of."""
        each = EACH_IN.match(text) if self.subject or self.previous else None
        if each is None:
            return text
        self.subject, self.mode = self.subject or self.previous, "fields"
        return text[each.end() :]

    def begin_several(self, things: str, first: str, item: str) -> str:
        """Go on with the many things that the subject has, and return the first of their facts."""
        if self.subject and not self.begin_line(self.subject, things, first, item):
            self.add_many(self.subject, things, item)
            self.begin(things, item)
        return first

    def begin_line_of(self, phrase: LinkPhrase, rest: str, item: str) -> bool:
        """Read "each recipe needs several ingredients with an amount" as a record of both."""
        before = len(self.draft.links)
        record = self.begin_line(self.draft.entities[phrase.subject], phrase.object, rest, item)
        if record is None:
            return False
        said = (phrase.subject, phrase.verb, phrase.object)
        self.draft.links = [
            link for link in self.draft.links[:before] if (link.subject, link.verb, link.object) != said
        ] + self.draft.links[before:]
        self.read_field_of(record, rest, item)
        return True

    def facts_behind(self, rest: str) -> list[str]:
        """Return the facts of a list that begins with some words, up to the end of the sentence."""
        _, found, behind = self.sentence.partition(f"with {rest}")
        return items_of(f"{rest}{behind}") if found else [rest]

    def names_record(self, phrase: LinkPhrase, piece: str) -> bool:
        """Read "through leases" behind "tenants rent them" as the name of the record that it makes."""
        means = THROUGH.match(piece)
        name = entity_name(means["record"]) if means else ""
        if phrase.kind is not LinkKind.EVENT or name not in self.names() - {phrase.subject, phrase.object}:
            return False
        for link in self.links_of(phrase):
            link.noun = spoken(name)
        self.draft.entity(name, self.said(piece))
        return True

    def read_appointment(self, phrase: LinkPhrase, rest: str, item: str) -> bool:
        """Read "students book sessions with tutors for a date" as a session, not a booking of it."""
        first, *behind = re.split(r"\s+(?=(?:for|in|at|on)\s)", rest)
        name = entity_name(first)
        is_meeting = phrase.verb in {"book", "reserve", "take", "schedule", "have", "arrange", "request"} and (
            spoken(phrase.object).split()[-1] in APPOINTMENTS
        )
        if not is_meeting or not name or not (name in self.names() or has_plural(first)):
            return False
        record = phrase.object
        for link in self.links_of(phrase):
            link.kind = LinkKind.OWNS
        self.belongs(record, name, item)
        subject = self.begin(record, item)
        for piece in behind:
            fact, place = fact_of_event(piece), entity_name(re.sub(r"^\w+\s+", "", piece))
            if fact:
                self.read_field_of(subject, fact, piece)
            elif place in self.names() or (has_plural(piece) and piece[:2] in {"in", "at"}):
                self.belongs(record, place, piece)
            elif not is_time_slot(piece):
                self.draft.leave(piece)
        return True

    def is_of_event(self, phrase: LinkPhrase, rest: str) -> bool:
        """Tell whether a list behind "with" is of the event, not of what it was done to."""
        if phrase.kind is not LinkKind.EVENT or not self.event_of(phrase):
            return False
        facts = self.facts_behind(rest)
        told = self.draft.entities.get(phrase.object)
        return tells_of_event(phrase.verb, facts, is_object_told=told is not None and is_described(told))
