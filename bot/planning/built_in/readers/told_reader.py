"""Puts what is told of fields that are there already into a draft: their type, their values, and exactly one each."""

from __future__ import annotations

from bot.documents.naming import snake_case
from bot.planning.built_in.drafts.draft import EntityDraft
from bot.planning.built_in.phrases.field_comments import Comment
from bot.planning.built_in.phrases.told_fields import ToldField, read_one_each, read_told_field
from bot.planning.built_in.readers.made_reader import MadeReader
from bot.planning.built_in.words.field_names import only_called
from bot.planning.built_in.words.vocabulary import entity_name, spoken

__all__ = ["ToldReader"]

NUMBERS = frozenset({"int", "float", "Decimal", "str"})


class ToldReader(MadeReader):
    """Reads whole sentences about one field of what was described before."""

    def read_told(self, sentence: str) -> bool:
        """Read "the seats are a whole number" or "the mood can only be good or bad"; tell whether it was that."""
        told = read_told_field(sentence)
        place = self.place_told(told) if told else None
        if told is None or place is None:
            return self.read_one_each(sentence)
        entity, name = place
        field = entity.fields[name]
        if field.field.foreign_key or field.field.type.is_list or field.field.type.name not in NUMBERS:
            return False
        if field.values or (told.values and (field.type_said or field.field.type.name != "str" or field.open_values)):
            return False
        update: dict[str, object] = {} if told.optional is None else {"optional": told.optional}
        self.apply_comment(entity, [name], Comment(update, kind=told.kind, values=told.values))
        return True

    def place_told(self, told: ToldField) -> tuple[EntityDraft, str] | None:
        """Return the one field that a sentence tells of, also where it is called by the beginning of its name."""
        thing = self.draft.entities.get(self.full_name(entity_name(told.thing))) if told.thing else None
        if told.thing and thing is None:
            return None
        entities = [thing] if thing else list(self.draft.entities.values())
        place = only_called([(one, list(one.fields)) for one in entities], snake_case(told.field.lower()))
        is_thing = self.full_name(entity_name(told.field)) in self.names()
        return None if place and is_thing and spoken(place[1]) != told.field.lower() else place

    def read_one_each(self, sentence: str) -> bool:
        """Read "a screening shows one film in one hall" as what each screening names, where all of it is known."""
        each = read_one_each(sentence)
        names = [self.full_name(entity_name(noun)) for noun in (each.thing, *each.others)] if each else []
        if each is None or len(set(names)) < len(names) or not set(names) <= self.names():
            return False
        thing, *others = names
        self.subject = self.names_each(thing, others, sentence)
        return True
