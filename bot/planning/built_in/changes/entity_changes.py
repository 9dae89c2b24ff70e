"""Lets fields and entities come and go, and renames them with everything that names them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from bot.documents.naming import joined, snake_case
from bot.patterns import regex
from bot.planning.built_in.changes.changed_places import FIELD_KIND, without_kind
from bot.planning.built_in.changes.joined_things import JoinedThings
from bot.planning.built_in.drafts.draft import EntityDraft, FieldDraft, Said
from bot.planning.built_in.drafts.plain_facts import forget_entity, is_told_of, make_fact
from bot.planning.built_in.phrases.field_phrases import read_field
from bot.planning.built_in.phrases.plain_facts import PlainFact, read_plain_fact
from bot.planning.built_in.readers.sentence_reader import SentenceReader
from bot.planning.built_in.rules.role_rules import leave_role_rules
from bot.planning.built_in.rules.rule_upkeep import (
    drop_rules_about,
    rename_entity_in_rules,
    rename_field,
    rename_in_rules,
)
from bot.planning.built_in.words.field_kinds import typed
from bot.planning.built_in.words.sentence_marks import names_accounts, speaks_of_signing_in
from bot.planning.built_in.words.vocabulary import entity_name, spoken, words_of

__all__ = ["EntityChanges"]


PLACE = r"(?:the\s+|each\s+|every\s+)?(?:entity\s+|table\s+)?"
RENAMED_THERE = regex(
    rf"^(?:(?:in|of|for|on)\s+{PLACE}(?P<first>[\w -]{{1,40}}?)\s*[,:]?\s+)?(?:rename|call)\s+(?:the\s+)?"
    rf"(?P<old>[\w -]{{1,40}}?)\s+(?:to|into|as|->)\s+(?P<new>[\w-]+(?:\s+[\w-]+)??)"
    rf"(?:\s+(?:in|of|for|on)\s+{PLACE}(?P<where>[\w -]{{1,40}}))?$",
    re.IGNORECASE,
)
"""A new name with the thing whose field it is, before or behind it."""
FORGETS = regex(r"^(?:(?:please|and|also|then|no|ok)\b[,\s]+)*forget\b", re.IGNORECASE)
"""Words that take a thing back wherever it is, also where others name it."""
TYPED = regex(
    r"^(?:an?\s+|the\s+)?(?P<name>[a-z][\w-]*(?:[ _][\w-]+){0,2}?)\s*(?::\s*|\s*\(\s*)(?P<type>[a-z]\w*)\s*"
    r"(?P<more>(?:,\s*[\w ]+)*)\s*\)?$",
    re.IGNORECASE,
)
"""A field with its type in brackets or behind a colon: "berths (int, required)"."""


class EntityChanges(JoinedThings):
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
        rename_field(self.draft, entity, old, new)
        return self.done(sentence)

    def renamed_there(self, text: str) -> str:
        """Return "rename end to ends_at in Session" as "rename end of Session to ends_at"; anything else as it is."""
        match = RENAMED_THERE.match(text)
        where = (match["where"] or match["first"]) if match else ""
        entity = self.draft.entities.get(entity_name(where)) if where else None
        if match is None or entity is None or not self.fields_called([entity], match["old"]):
            return text
        return f"rename {match['old']} of {where} to {match['new']}"

    def rename_entity(self, match: re.Match[str], sentence: str) -> bool:
        """Rename an entity, and every reference to it."""
        old, new = self.entity_meant(match["old"]), entity_name(match["new"])
        if old not in self.draft.entities or not new or new in self.draft.entities:
            return False
        self.draft.entities = {
            new if name == old else name: replace(entity, name=new, table="", api_path="") if name == old else entity
            for name, entity in self.draft.entities.items()
        }
        self.draft.point_to(old, new)
        for entity in self.draft.entities.values():
            own = f"{snake_case(old)}_id"
            if own in entity.fields:
                entity.fields[own].first_name = ""
                rename_in_rules(entity, own, f"{snake_case(new)}_id")
                entity.fields[own].field = entity.fields[own].field.model_copy(update={"name": f"{snake_case(new)}_id"})
                entity.fields = {
                    f"{snake_case(new)}_id" if name == own else name: field for name, field in entity.fields.items()
                }
        rename_entity_in_rules(self.draft, old, new)
        words = self.draft.other_words
        self.draft.other_words = {short: new if name == old else name for short, name in words.items()}
        for pair in self.draft.pairs:
            pair.one = new if pair.one == old else pair.one
            pair.other = new if pair.other == old else pair.other
        return self.done(sentence)

    def remove(self, match: re.Match[str], sentence: str) -> bool:
        """Remove a field, or an entity that nothing names."""
        what = without_kind(match["what"])
        is_thing = self.names_entity(match["what"]) or self.may_be_thing(match["what"])
        place = None if is_thing else self.one_place(FIELD_KIND.sub("", what), sentence)
        if place is not None:
            del place[0].fields[place[1]]
            drop_rules_about(self.draft, *place)
            return self.done(sentence)
        if self.is_ambiguous(what) and not is_thing:
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
        if len(self.draft.entities) == 1:
            self.draft.leave(f"{sentence} (nothing else would be left)")
            return True
        if users and not FORGETS.match(match.string) and not FORGETS.match(sentence.strip()):
            names = joined(list(dict.fromkeys(users)))
            instead = f"“forget {spoken(name)}” takes it out there too"
            self.draft.leave(f"{sentence} ({names} {'needs' if len(set(users)) == 1 else 'need'} it; {instead})")
            return True
        forget_entity(self.draft, name, gone=partial(drop_rules_about, self.draft))
        return self.done_beside(self.fields_exactly(what), name, sentence)

    def may_be_thing(self, what: str) -> bool:
        """Tell whether words name a thing and a field alike, and no word says that the field is meant."""
        return entity_name(what) in self.draft.entities and not FIELD_KIND.search(what.strip())

    def done_beside(self, fields: list[str], name: str, sentence: str) -> bool:
        """Note that a thing is gone, and that the fields of the same name stay."""
        if not fields:
            return self.done(sentence)
        owner, _, field = fields[0].partition(".")
        stay = f"{joined(fields)} {'stays' if len(fields) == 1 else 'stay'}"
        out = f"“remove {spoken(field)} of {spoken(owner)}” takes {'it' if len(fields) == 1 else 'the first'} out"
        self.draft.decide(f"“{sentence}”: the thing {name} is gone, {stay}; {out} ({self.author})")
        return True

    def add_number(self, entity: EntityDraft, what: str, sentence: str) -> bool:
        """Add "berths (int, required)" to boats in the place of the thing that berths were taken for."""
        spelled = TYPED.match(what.strip())
        name = entity_name(spelled["name"]) if spelled else ""
        other = self.draft.entities.get(name)
        reading = read_field(f"{spelled['name']}: {spelled['type']}", shorthand=True) if spelled else None
        if spelled is None or reading is None or not reading.type_said or not reading.field.type.is_scalar:
            return False
        more = set(words_of(spelled["more"] or ""))
        if more - {"required", "optional", "unique"}:
            return False
        if other is not None and (is_told_of(other) or other is entity):
            thing = spoken(name)
            self.draft.leave(f"{sentence} ({thing} is a thing of its own; to take it back, say “forget {thing}”)")
            return True
        if other is not None:
            forget_entity(self.draft, name, gone=partial(drop_rules_about, self.draft))
        flags = {"optional": "optional" in more or reading.field.optional, "unique": "unique" in more}
        field = reading.field.model_copy(update=flags)
        entity.fields[field.name] = FieldDraft(field, Said(self.author, sentence), type_said=True)
        return self.done(sentence)

    def take_for_fact(self, text: str, sentence: str) -> bool:
        """Take "berths is just a number of the boat" and "a base is not a thing": what it is a fact of keeps it."""
        fact = read_plain_fact(text)
        name = entity_name(fact.what) if fact else ""
        name = self.draft.other_words.get(name, name)
        if fact is None or self.is_fact_already(fact, sentence):
            return fact is not None
        if name not in self.draft.entities or (len(self.draft.entities) == 1 and not fact.owner):
            return False
        gone = partial(drop_rules_about, self.draft)
        places = make_fact(self.draft, name, fact, Said(self.author, sentence), gone=gone)
        kept = f": kept as {joined(places)}" if places else ""
        self.draft.decide(f"“{sentence}”{kept} ({self.author})")
        return True

    def is_fact_already(self, fact: PlainFact, sentence: str) -> bool:
        """Give a field that words name the type they say; tell whether there is one."""
        if self.names_entity(fact.what):
            return False
        if not fact.kind:
            return fact.is_no_thing and self.tell_fact(fact.what, sentence)
        places = self.places(f"{fact.what} of {fact.owner}" if fact.owner else fact.what)
        counted = [(entity, key) for entity in self.draft.entities.values() for key in entity.fields
                   if key == f"number_of_{snake_case(fact.what.lower())}"]  # fmt: skip
        found = places or counted
        if len(found) != 1 or found[0][0].fields[found[0][1]].field.foreign_key:
            return False
        field = found[0][0].fields[found[0][1]]
        field.values, field.guessed_text, field.open_values, field.open_plural = (), False, False, False
        field.type_said = True
        money = {"digits": 12, "places": 2} if fact.kind == "Decimal" else {"digits": None, "places": None}
        return self.update(found[0], {"type": typed(fact.kind), "default": None, **money}, sentence)

    def tell_fact(self, what: str, sentence: str) -> bool:
        """Say that what is no thing is a field already; tell whether there is one."""
        called = {snake_case(what.lower()), f"number_of_{snake_case(what.lower())}"}
        kept = [f"{one.name}.{key}" for one in self.draft.entities.values() for key in one.fields if key in called]
        if kept:
            self.draft.leave(
                f"{sentence} (it is {joined(kept)} already, and no thing; to take it out, say “remove {what}”)"
            )
        return bool(kept)

    def remove_accounts(self, sentence: str) -> bool:
        """Take back what was said about signing in: nobody does."""
        self.draft.is_use_settled, self.draft.people_log_in = True, False
        leave_role_rules(self.draft)
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
        if self.add_number(entity, match["what"], sentence):
            return True
        before = len(self.draft.unread)
        reader = SentenceReader(self.draft, frozenset(self.draft.entities))
        reader.author = self.author
        reader.add_fields(entity, match["what"], match.groupdict().get("flag") or "", sentence)
        return self.done(sentence) if len(self.draft.unread) == before else True
