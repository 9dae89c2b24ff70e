"""Makes one thing of two words for it: two things, a thing and a field that is called otherwise, or a mere word."""

from __future__ import annotations

from bot.planning.built_in.changes.field_changes import FieldChanges
from bot.planning.built_in.drafts.joining import join_entities
from bot.planning.built_in.drafts.resolution import add_reference
from bot.planning.built_in.phrases.same_things import SameThings, read_same_things
from bot.planning.built_in.rules.rule_upkeep import drop_rules_about, rename_entity_in_rules, rename_in_rules
from bot.planning.built_in.words.vocabulary import entity_name, spoken

__all__ = ["JoinedThings"]


class JoinedThings(FieldChanges):
    """Takes "keeper and beekeeper are the same"."""

    def join_things(self, text: str, sentence: str) -> bool:
        """Make one thing of two words; tell whether a sentence says that they are one."""
        same = read_same_things(text)
        if same is None:
            return False
        one, other = self.name_of(same.one), self.name_of(same.other)
        there = [name for name in (one, other) if name in self.draft.entities]
        if len(there) == 2 and one != other:
            gone, kept = (one, other) if same.is_named or self.size(other) >= self.size(one) else (other, one)
            join_entities(self.draft, gone, kept, renamed=rename_in_rules)
            rename_entity_in_rules(self.draft, gone, kept)
            return self.is_now(gone, kept, sentence)
        if not there or not one or not other:
            self.tell_unknown(same, sentence)
            return True
        if len(there) == 2 or entity_name(same.one) == entity_name(same.other):
            return self.done(sentence)
        word, kept = (same.other, there[0]) if there[0] == one else (same.one, there[0])
        self.link_fields(word, kept, sentence)
        return self.is_now(entity_name(word), kept, sentence)

    def name_of(self, words: str) -> str:
        """Return the entity that words name, or the name that it would have."""
        name = entity_name(words)
        return self.draft.other_words.get(name, name)

    def size(self, name: str) -> int:
        """Return how many fields of its own an entity has."""
        return sum(not one.field.foreign_key for one in self.draft.entities[name].fields.values())

    def is_now(self, gone: str, kept: str, sentence: str) -> bool:
        """Note that a word means a thing, from now on too."""
        self.draft.other_words[gone] = kept
        self.draft.same.append(gone)
        self.draft.decide(f"“{sentence}”: one thing, {spoken(kept)} ({self.author})")
        return True

    def link_fields(self, word: str, kept: str, sentence: str) -> None:
        """Let the text fields that are called like a thing name it."""
        for entity, name in self.places(spoken(entity_name(word))):
            field = entity.fields[name]
            if field.field.foreign_key or field.values or field.field.type.name != "str" or entity.name == kept:
                continue
            del entity.fields[name]
            drop_rules_about(self.draft, entity, name)
            if not self.draft.references(entity.name, kept):
                optional = field.field.optional
                add_reference(self.draft, entity.name, kept, field.said, optional=optional, name=f"{name}_id")

    def tell_unknown(self, same: SameThings, sentence: str) -> None:
        """Quote a sentence about two words of which none is a thing here, with what can be said."""
        self.draft.leave(
            f"{sentence} (neither {same.one} nor {same.other} is a thing here; of two fields, "
            f"“remove {same.one}” takes one out)"
        )
