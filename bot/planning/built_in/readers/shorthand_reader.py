"""Puts lines of shorthand into a draft: typed fields, references, enums, links many to many, who logs in."""

from __future__ import annotations

from bot.documents.naming import joined
from bot.planning.built_in.drafts.draft import EntityDraft, FieldDraft, Link, LinkKind, Pair
from bot.planning.built_in.phrases.shorthand import ShortField, read_pair, read_short_line
from bot.planning.built_in.readers.head_reader import HeadReader
from bot.planning.built_in.words.vocabulary import spoken

__all__ = ["ShorthandReader"]


class ShorthandReader(HeadReader):
    """Reads a sentence that is shorthand; any other is left to those who read sentences."""

    def read_shorthand(self, sentence: str) -> bool:
        """Read ``Book: title str, author -> Author`` or ``tags: books <-> tags``; tell whether it was shorthand."""
        line = read_short_line(sentence)
        if line is None:
            return self.read_pair(sentence)
        entity = self.begin(line.name, sentence)
        entity.is_settled = entity.is_listed = True
        if line.account:
            self.log_in(entity, sentence)
        if line.unknown_marks:
            self.draft.leave(f"{line.name} ({line.unknown_marks})")
        for number, item in enumerate(line.items):
            one = line.fields.get(number)
            if one is None:
                self.read_field_of(entity, item, item)
            else:
                self.add_short_field(entity, one, item)
        self.mode, self.subject = "", None
        return True

    def add_short_field(self, entity: EntityDraft, one: ShortField, item: str) -> None:
        """Add a typed field or a reference; an arrow to several is a link that is asked about."""
        said = self.said(item)
        if one.field.name in {"id", "created_at", "updated_at"} and not one.target:
            return
        if not one.target:
            entity.fields[one.field.name] = FieldDraft(one.field, said, values=one.values, type_said=True)
            return
        self.draft.entity(one.target, said)
        if one.many:
            self.draft.link(Link(entity.name, "have", one.target, LinkKind.HAS_MANY, said))
            return
        name = f"{one.field.name.removesuffix('_id')}_id"
        reference = one.field.model_copy(update={"name": name, "foreign_key": one.target})
        entity.fields[name] = FieldDraft(reference, said, type_said=True)

    def read_pair(self, sentence: str) -> bool:
        """Read ``favourites: users <-> offers`` as a link many to many."""
        pair = read_pair(sentence)
        if pair is None:
            return False
        name, one, other = pair
        for end in (one, other):
            self.draft.entity(end, self.said(sentence))
        self.draft.pairs.append(Pair(one, other, self.said(sentence), name))
        ends = joined([spoken(one), spoken(other)])
        self.draft.decide(f"{ends.capitalize()} are linked many to many: “{sentence}” ({self.author})")
        return True

    def log_in(self, entity: EntityDraft, quote: str) -> None:
        """Let people log in with an entity."""
        entity.account = self.draft.is_use_settled = self.draft.people_log_in = True
        self.draft.decide(f"People log in as {spoken(entity.name)}: “{quote}” ({self.author})")
