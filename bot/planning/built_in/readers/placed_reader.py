"""Puts what is said of fields by their things into a draft: "the plate of a car and the licence of a driver must be
unique", "the statuses of a booking are called asked, given and back"."""

from __future__ import annotations

import re

from bot.documents.naming import pascal_case, snake_case
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import EntityDraft
from bot.planning.built_in.phrases.change_phrases import ADDED
from bot.planning.built_in.phrases.field_comments import Comment, read_comment
from bot.planning.built_in.phrases.placed_fields import NamedValues, read_named_values, read_placed_fields
from bot.planning.built_in.phrases.value_tellings import read_value_telling
from bot.planning.built_in.readers.bullet_reader import BulletReader
from bot.planning.built_in.words.sentences import items_of, without_greeting
from bot.planning.built_in.words.vocabulary import PLACES, entity_name, has_plural, singular, spoken

__all__ = ["PlacedReader"]

ADDING = regex(ADDED[0], re.IGNORECASE)
"""Sentences by which fields come to what is there already."""


class PlacedReader(BulletReader):
    """Reads sentences that name fields with the things that they are of."""

    def placed(self, sentence: str) -> tuple[list[tuple[EntityDraft, str]], Comment] | None:
        """Return the fields that a sentence is about and what it says of them; None where one of them is not there."""
        said = read_placed_fields(sentence)
        if said is None:
            return None
        found = [place for field, thing in said.places if (place := self.place_of(field, thing))]
        return (found, said.comment) if len(found) == len(said.places) else None

    def place_of(self, field: str, thing: str) -> tuple[EntityDraft, str] | None:
        """Return a thing with its field that words name, in the singular or the plural; or None."""
        name = entity_name(thing)
        entity = self.draft.entities.get(self.full_name(self.draft.other_words.get(name, name)))
        *before, last = snake_case(field.lower().replace("e-mail", "email")).split("_")
        names = ["_".join((*before, form)) for form in (last, singular(last))]
        called = [form for one in names for form in (one, f"{one}_id") if entity and form in entity.fields]
        return (entity, called[0]) if entity and called else None

    def read_placed(self, sentence: str) -> bool:
        """Read a sentence about fields of things, or about the names of values; tell whether it was one."""
        placed = self.placed(sentence)
        if placed is not None:
            for entity, field in placed[0]:
                self.apply_comment(entity, [field], placed[1])
            return True
        return self.read_named_values(sentence) or self.read_added(sentence)

    def read_added(self, sentence: str) -> bool:
        """Read "add notes to bookings, optional" as fields of what is there; tell whether it was that."""
        match = ADDING.match(without_greeting(sentence))
        entity = self.draft.entities.get(entity_name(match["entity"])) if match else None
        if match is None or entity is None:
            return False
        self.add_fields(entity, match["what"], match.groupdict().get("flag") or "", sentence)
        return True

    def add_fields(self, entity: EntityDraft, what: str, flag: str, sentence: str) -> None:
        """Add the fields of a list to an entity; ``flag`` says of each whether it may be empty."""
        known = set(entity.fields)
        self.begin(entity.name, sentence)
        for item in items_of(what):
            self.read_item(item)
        if flag:
            comment = read_comment(flag) or Comment({"optional": False})
            self.apply_comment(entity, [name for name in entity.fields if name not in known], comment)

    def named_values(self, sentence: str) -> tuple[str, NamedValues] | None:
        """Return the thing that is known with the names of its values, or None."""
        said = read_named_values(sentence)
        name = self.full_name(entity_name(said.thing)) if said else ""
        is_thing = bool(name) and name in self.names()
        return (name, said) if said and is_thing else self.told_values(sentence)

    def told_values(self, sentence: str) -> tuple[str, NamedValues] | None:
        """Return the thing of "the severity of a fault is minor or serious" with the values, or None.

        A field that is a thing of its own, has its values already or names a thing is left to others, as are values
        that are things ("the owner of a dog is a member or a guest").
        """
        said = read_value_telling(sentence)
        current = self.subject or self.previous
        thing = self.full_name(entity_name(said.thing)) if said and said.thing else current.name if current else ""
        things = [pascal_case(value) for value in said.values] if said else []
        if said is None or not thing or self.is_nothing(thing) or spoken(thing) in PLACES or set(things) & self.names():
            return None
        is_sure = (
            thing in self.names()
            or has_plural(said.thing)
            or re.search(rf"\b(?:an?|each|every)\s+{said.thing}", sentence)
        )
        if not is_sure or (thing not in self.names() and self.full_name(entity_name(said.field)) in self.names()):
            return None
        known = self.draft.entities[thing].fields.get(said.field) if thing in self.draft.entities else None
        is_free = known is None or not (known.values or known.field.foreign_key)
        return (thing, said) if is_free and entity_name(said.field) not in self.names() else None

    def read_named_values(self, sentence: str) -> bool:
        """Read "the statuses of a booking are called asked, given and back" as the values of its status."""
        named = self.named_values(sentence)
        if named is None:
            return False
        name, said = named
        entity, place = self.begin(name, sentence), self.place_of(said.field, said.thing)
        listed = ", ".join(map(spoken, said.values))
        self.read_values_of(entity, place[1] if place else said.field, f"{said.field}: {listed}", sentence)
        return True
