"""Puts things into a draft that a few words link: "books on shelves", "messages from the customer or the agent"."""

from __future__ import annotations

import re

from bot.planning.built_in.drafts.draft import Draft, EntityDraft, Link, LinkKind
from bot.planning.built_in.phrases.field_phrases import field_called
from bot.planning.built_in.phrases.link_phrases import event_noun
from bot.planning.built_in.phrases.place_phrases import (
    read_attended,
    read_from_people,
    read_made_thing,
    read_things_in_places,
    read_worked_in,
)
from bot.planning.built_in.readers.event_reader import EventReader
from bot.planning.built_in.words.people_words import PEOPLE
from bot.planning.built_in.words.vocabulary import ARRANGEMENT_NOUNS, base_verb, entity_name, spoken, word_set

__all__ = ["ThingsReader"]

RECORDS = ARRANGEMENT_NOUNS | word_set("membership enrolment session payment comment post task trip ride note message")
"""What people have of their own: "our members and their memberships"."""


class ThingsReader(EventReader):
    """Reads items that name two things and how they go together, without a verb of their own."""

    def __init__(self, draft: Draft, known: frozenset[str] = frozenset()) -> None:
        """Start with nothing that is anybody's."""
        super().__init__(draft, known)
        self.theirs: set[str] = set()

    def read_together(self, text: str, item: str) -> bool:
        """Read an item that names a thing with whoever makes it or whatever it is in; tell whether it was that."""
        return (
            self.read_made_thing(text, item)
            or self.read_from_people(text, item)
            or self.read_attended(text, item)
            or self.read_worked_in(text, item)
        )

    def read_worked_in(self, text: str, item: str) -> bool:
        """Read "work in one district" as what each names: a thing that is known, or else a text."""
        place = read_worked_in(text)
        field = field_called(place) if place and self.subject else None
        if field is None or self.subject is None or self.is_nothing(entity_name(place)):
            return False
        if (name := entity_name(place)) in self.names():
            self.belongs(self.subject.name, name, item)
        else:
            self.add_field(self.subject, field, item, optional=False)
            self.draft.assume(f"{self.subject.name}: “{text}” is kept as its {place}")
        self.subject.is_settled, self.mode = True, "fields"
        return True

    def spoken_of(self) -> str:
        """Return the thing of a list that "they" and "their" mean: the last that is nobody's."""
        others = [entity.name for entity in self.listed if entity.name not in self.theirs]
        return others[-1] if others else ""

    def read_theirs(self, name: str, text: str, item: str) -> None:
        """Link "their memberships" behind "our members": what is made names whoever has it."""
        owner = self.spoken_of()
        if not re.match(r"their\s", text, re.IGNORECASE) or not owner or owner == name:
            return
        ends = [spoken(one).split()[-1] for one in (owner, name)]
        if ends[1] not in PEOPLE and (ends[0] in PEOPLE or ends[1] in RECORDS):
            self.theirs.add(name)
            self.belongs(name, owner, item)

    def thing(self, noun: str) -> str:
        """Return the thing that a noun names, or nothing where it names none."""
        name = entity_name(noun)
        return "" if self.is_nothing(name) else name

    def go_on_with(self, name: str) -> None:
        """Go on with a list whose last thing was this one."""
        entity = self.draft.entities[name]
        self.topic, self.mode, entity.is_listed = name, "list", True
        self.listed.append(entity)

    def read_in_places(self, text: str, item: str) -> bool:
        """Read "books on shelves" as two things, each of the first in one of the second."""
        found = read_things_in_places(text)
        thing, place = (self.thing(found.things), self.thing(found.places)) if found else ("", "")
        if not thing or not place or thing == place:
            return False
        self.belongs(thing, place, item)
        self.go_on_with(thing)
        return True

    def read_made_thing(self, text: str, item: str) -> bool:
        """Read "applications that an adopter submits for an animal", where both others are known."""
        made = read_made_thing(text)
        record, who, what = map(self.thing, (made.record, made.who, made.what)) if made else ("", "", "")
        if not record or not {who, what} <= self.names() or len({record, who, what}) < 3:
            return False
        self.belongs(record, who, item)
        self.belongs(record, what, item)
        self.go_on_with(record)
        return True

    def read_attended(self, text: str, item: str) -> bool:
        """Read "members and the classes they attend" as a link between what was listed first and these."""
        found = read_attended(text)
        thing = self.thing(found[0]) if found else ""
        verb = base_verb(found[1]) if found else ""
        owner = self.spoken_of()
        if not thing or not verb or not owner or owner == thing:
            return False
        self.draft.entity(thing, self.said(item))
        noun = event_noun(verb, thing)
        kind = LinkKind.EVENT if noun else LinkKind.HAS_MANY
        self.draft.link(Link(owner, verb, thing, kind, self.said(item), noun, subject_is_plural=True))
        self.go_on_with(thing)
        return True

    def read_from_people(self, text: str, item: str) -> bool:
        """Read "messages from the customer or the agent" among the fields of a ticket as things of their own."""
        found = read_from_people(text) if self.subject and self.mode in {"fields", ""} else None
        thing = self.thing(found[0]) if found else ""
        people = [self.thing(noun) for noun in found[1]] if found else []
        if not thing or not set(people) <= self.names() or thing in people or self.subject is None:
            return False
        self.many_from(self.subject, thing, people, item)
        return True

    def many_from(self, entity: EntityDraft, thing: str, people: list[str], item: str) -> None:
        """Let things name what has them, and those whom they come from: one of several may be left out."""
        self.belongs(thing, entity.name, item)
        entity.is_settled = True
        for person in people:
            self.belongs(thing, person, item, optional=len(people) > 1)
