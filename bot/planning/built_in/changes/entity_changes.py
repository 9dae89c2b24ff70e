"""Lets fields and entities come and go, and renames them with everything that names them."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.documents.naming import snake_case
from bot.planning.built_in.changes.field_changes import FieldChanges
from bot.planning.built_in.phrases.field_phrases import read_field
from bot.planning.built_in.readers.sentence_reader import SentenceReader
from bot.planning.built_in.rules.rule_upkeep import drop_rules_about, rename_entity_in_rules, rename_in_rules
from bot.planning.built_in.words.sentence_marks import names_accounts, speaks_of_signing_in
from bot.planning.built_in.words.sentences import items_of
from bot.planning.built_in.words.vocabulary import entity_name, spoken

__all__ = ["EntityChanges"]


KIND = re.compile(
    r"^(?:(?:the|an?)\s+)?(?:entity|table|model|class)\s+(?=\S)|(?<!\bthe)(?<!^)\s+(?:entity|table|model|class)$",
    re.IGNORECASE,
)
"""What people call a thing beside its name: "the entity Berth", "the berths table"."""


class EntityChanges(FieldChanges):
    """Applies changes of what there is; every method tells whether the words were such a change."""

    def rename(self, match: re.Match[str], sentence: str) -> bool:
        """Rename a field or an entity."""
        if self.names_entity(match["old"]):
            return self.rename_entity(match, sentence)
        place = self.one_place(match["old"], sentence)
        if place is None:
            return self.is_ambiguous(match["old"])
        entity, old = place
        reading = read_field(match["new"])
        if reading is None or not reading.field.name:
            return False
        new = f"{reading.field.name}_id" if entity.fields[old].field.foreign_key else reading.field.name
        if new in entity.fields:
            self.draft.leave(f"{sentence} ({entity.name} has {spoken(new)} already)")
            return True
        field = entity.fields[old]
        field.field = field.field.model_copy(update={"name": new})
        field.words = ()
        entity.fields = {new if name == old else name: value for name, value in entity.fields.items()}
        rename_in_rules(entity, old, new)
        return self.done(sentence)

    def rename_entity(self, match: re.Match[str], sentence: str) -> bool:
        """Rename an entity, and every reference to it."""
        old, new = entity_name(match["old"]), entity_name(match["new"])
        if old not in self.draft.entities or not new or new in self.draft.entities:
            return False
        self.draft.entities = {
            new if name == old else name: replace(entity, name=new, table="", api_path="") if name == old else entity
            for name, entity in self.draft.entities.items()
        }
        for entity in self.draft.entities.values():
            for field in entity.fields.values():
                if field.field.foreign_key == old:
                    field.field = field.field.model_copy(update={"foreign_key": new})
            own = f"{snake_case(old)}_id"
            if own in entity.fields:
                entity.fields[own].first_name = ""
                rename_in_rules(entity, own, f"{snake_case(new)}_id")
                entity.fields[own].field = entity.fields[own].field.model_copy(update={"name": f"{snake_case(new)}_id"})
                entity.fields = {
                    f"{snake_case(new)}_id" if name == own else name: field for name, field in entity.fields.items()
                }
        rename_entity_in_rules(self.draft, old, new)
        for pair in self.draft.pairs:
            pair.one = new if pair.one == old else pair.one
            pair.other = new if pair.other == old else pair.other
        for link in self.draft.links:
            link.subject = new if link.subject == old else link.subject
            link.object = new if link.object == old else link.object
        return self.done(sentence)

    def remove(self, match: re.Match[str], sentence: str) -> bool:
        """Remove a field, or an entity that nothing names."""
        what = without_kind(match["what"])
        place = None if self.names_entity(what) else self.one_place(what, sentence)
        if place is not None:
            del place[0].fields[place[1]]
            drop_rules_about(self.draft, *place)
            return self.done(sentence)
        if self.is_ambiguous(what) and not self.names_entity(what):
            return True
        name = entity_name(what)
        if name not in self.draft.entities and names_accounts(what):
            return self.remove_accounts(sentence)
        if name not in self.draft.entities:
            return False
        users = [
            entity.name
            for entity in self.draft.entities.values()
            for field in entity.fields.values()
            if field.field.foreign_key == name and entity.name != name
        ]
        if users or len(self.draft.entities) == 1:
            self.draft.leave(f"{sentence} ({', '.join(users) or 'nothing else'} needs it)")
            return True
        del self.draft.entities[name]
        self.draft.links = [link for link in self.draft.links if name not in {link.subject, link.object}]
        self.draft.pairs = [pair for pair in self.draft.pairs if name not in {pair.one, pair.other}]
        return self.done(sentence)

    def remove_accounts(self, sentence: str) -> bool:
        """Take back what was said about signing in: nobody does."""
        self.draft.is_use_settled, self.draft.people_log_in = True, False
        for entity in self.draft.entities.values():
            entity.account = False
        self.draft.unread[:] = [piece for piece in self.draft.unread if not speaks_of_signing_in(piece)]
        for notes in (self.draft.decisions, self.draft.assumptions):
            notes[:] = [
                note for note in notes if not note.startswith(("People sign in", "Without accounts", "No accounts"))
            ]
        self.draft.decide(f"No accounts: whoever reaches it may use it ({self.author})")
        return self.done(sentence)

    def add(self, match: re.Match[str], sentence: str) -> bool:
        """Add fields to an entity."""
        entity = self.draft.entities.get(entity_name(match["entity"]))
        if entity is None:
            return False
        before = len(self.draft.unread)
        reader = SentenceReader(self.draft, frozenset(self.draft.entities))
        reader.author = self.author
        reader.begin(entity.name, sentence)
        for item in items_of(match["what"]):
            reader.read_item(item)
        return self.done(sentence) if len(self.draft.unread) == before else True


def without_kind(what: str) -> str:
    """Return a name without the word for what it is."""
    return KIND.sub("", what.strip()) or what
