"""Reads sentences of "Request changes": add, remove, rename, retype, unique, optional. Anything else stays unread."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from bot.documents.naming import snake_case
from bot.planning.change_phrases import (
    DEFAULTS,
    FLAGS,
    LIMITS,
    RETYPED,
    VALUE_GOES,
    VALUE_RENAMED,
    default_for,
    flag_of,
)
from bot.planning.contradictions import Snapshot, take_back
from bot.planning.conversation import Message
from bot.planning.draft import Draft, EntityDraft, FieldDraft
from bot.planning.field_kinds import typed
from bot.planning.field_phrases import read_field
from bot.planning.pasted_models import take_pasted
from bot.planning.rule_upkeep import drop_rules_about, rename_entity_in_rules, rename_in_rules
from bot.planning.sentence_marks import QUESTIONS, names_accounts, speaks_of_signing_in
from bot.planning.sentence_reader import SentenceReader
from bot.planning.sentences import items_of, sentences_of, without_filler
from bot.planning.value_phrases import values_of
from bot.planning.vocabulary import DETERMINERS, entity_name, spoken, words_of

__all__ = ["ChangeReader"]

Change = Callable[[re.Match[str], str], bool]
OF = r"(?:of|from|in|on|for|to)"


class ChangeReader:
    """Applies change sentences to a settled draft, one after the other."""

    def __init__(self, draft: Draft) -> None:
        """Start with the draft of the proposal that the changes were said about."""
        self.draft = draft
        self.author = ""
        self.patterns: tuple[tuple[re.Pattern[str], Change], ...] = tuple(
            (re.compile(pattern, re.IGNORECASE), change)
            for pattern, change in (
                *((pattern, self.say_default) for pattern in DEFAULTS),
                *((pattern, self.say_limit) for pattern in LIMITS),
                *((pattern, self.retype) for pattern in RETYPED),
                *((pattern, self.say_flag) for pattern in FLAGS),
                (VALUE_RENAMED, self.rename_value),
                (VALUE_GOES, self.remove_value),
                (r"^(?:rename|call)\s+(?:the\s+)?(?P<old>.+?)\s+(?:to|into|as|->)\s+(?P<new>.+)$", self.rename),
                (r"^(?:drop|remove|delete|without|no more|no|leave out|get rid of)\s+(?P<what>.+)$", self.remove),
                ((r"^(?:add|include|also add|give)\s+(?P<what>.+?)\s+(?:to|on|for|"
r"in)\s+(?:the\s+|each\s+|every\s+)?(?P<entity>[\w -]+)$"), self.add),
                ((r"^(?P<entity>[\w -]+?)\s+(?:also\s+)?(?:need|needs|should have|"
r"should also have|must have|get|gets)\s+(?P<what>.+)$"), self.add),
                ((r"^(?:make\s+)?(?:the\s+)?(?P<what>.+?)\s+(?:is|are|should be|must be|may be|"
r"can be)?\s*(?P<flag>not unique|unique|optional|required|mandatory)$"), self.flag),
                ((r"^(?:the\s+)?(?P<what>[\w -]+?)\s+(?:with|has|should have|needs|must "
r"have)\s+(?P<limit>(?:\w+)\s+(?:decimals?|decimal places|places).*)$"), self.limit),
                ((r"^(?:make\s+)?(?:the\s+)?(?P<what>.+?)\s+(?:is|are|should be|must be|"
r"as)?\s*(?P<limit>(?:at least|at most|up to|between|from|no more than|no less than)\s+.+)$"), self.limit),
                ((r"^(?:make|change|"
r"turn)\s+(?:the\s+)?(?P<what>.+?)\s+(?:to\s+|into\s+)?(?:be\s+)?(?:an?\s+)?(?P<kind>\w+)$"), self.retype),
                (r"^(?:the\s+)?(?P<what>.+?)\s+(?:is|are|should be|must be)\s+(?:an?\s+)?(?P<kind>\w+)$", self.retype),
                ((r"^(?:the\s+)?(?P<what>[\w -]+?)\s+(?:is|can be|should be|may be|must "
r"be)\s+(?:either\s+|one of\s+)?(?P<values>.+(?:/|\bor\b).+)$"), self.choose),
                (r"^add\s+(?P<values>[\w -]+?)\s+(?:as a value\s+)?to\s+(?:the\s+)?(?P<what>[\w -]+)$", self.add_value),
            )
        )  # fmt: skip

    def read(self, message: Message) -> None:
        """Apply the sentences of one message."""
        self.author = message.author
        text = take_pasted(self.draft, message.text, message.author)
        for sentence in sentences_of(text):
            before = Snapshot.of(self.draft)
            if not self.apply(sentence):
                self.read_plainly(sentence)
            take_back(self.draft, before)

    def apply(self, sentence: str) -> bool:
        """Apply a sentence of change, or each half of two joined by "and"; tell whether it was one."""
        text = re.sub(r"^(?:please|and|also|then)\s+", "", sentence.strip(), flags=re.IGNORECASE)
        if QUESTIONS.match(text):
            return False
        for pattern, change in self.patterns:
            match = pattern.match(text)
            if match and change(match, sentence):
                return True
        return self.apply_halves(text)

    def apply_halves(self, text: str) -> bool:
        """Apply "add pages to books and drop the status": each part is a change of its own."""
        starts = [
            found.start(1)
            for found in re.finditer(r"(?:\band\b|,)\s+((?:add|drop|remove|delete|rename|make|change)\b)", text)
        ]
        if not starts:
            return False
        bounds = [0, *starts, len(text)]
        for start, end in pairwise(bounds):
            part = re.sub(r"[\s,]*(?:\band\b)?[\s,]*$", "", text[start:end])
            if not self.apply(part):
                self.read_plainly(part)
        return True

    def read_plainly(self, sentence: str) -> None:
        """Read a sentence as any other: "books also have a publisher", "a book belongs to a shelf"."""
        text = re.sub(
            r"^(?:add|include)\s+(?:an?\s+)?(?:(?:new\s+)?(?:entity|table|thing)\s+)?",
            "",
            sentence,
            flags=re.IGNORECASE,
        )
        before = len(self.draft.unread)
        reader = SentenceReader(self.draft, frozenset(self.draft.entities))
        reader.read(text, self.author)
        if len(self.draft.unread) == before and without_filler(text):
            self.draft.decide(f"“{sentence}” ({self.author})")

    def done(self, sentence: str) -> bool:
        """Note a change as decided."""
        self.draft.decide(f"“{sentence}” ({self.author})")
        return True

    def places(self, what: str) -> list[tuple[EntityDraft, str]]:
        """Return the fields that words name: "the price", "price of books", "book price", "books.price"."""
        text = " ".join(
            word for word in re.sub(r"['’]s\b", "", what).replace(".", " ").split() if word.lower() not in DETERMINERS
        )
        entities = list(self.draft.entities.values())
        of = re.match(rf"^(?P<field>.+?)\s+{OF}\s+(?P<entity>.+)$", text)
        if of and (entity := self.draft.entities.get(entity_name(of["entity"]))):
            entities, text = [entity], of["field"]
        else:
            words = text.split()
            for length in (1, 2):
                if len(words) > length and (entity := self.draft.entities.get(entity_name(" ".join(words[:length])))):
                    own = self.fields_called([entity], " ".join(words[length:]))
                    if own:
                        return own
        return self.fields_called(entities, text)

    def fields_called(self, entities: list[EntityDraft], text: str) -> list[tuple[EntityDraft, str]]:
        """Return the fields of the entities that have that name."""
        name = snake_case(text.lower().replace("e-mail", "email").removesuffix(" field").strip())
        name = name.removesuffix("_field")
        return [(entity, found) for entity in entities for found in (name, f"{name}_id") if found in entity.fields]

    def one_place(self, what: str, sentence: str) -> tuple[EntityDraft, str] | None:
        """Return the one field that words name; where several entities have it, leave the sentence unread."""
        found = self.places(what)
        if len(found) > 1:
            names = " or ".join(f"{entity.name}.{name}" for entity, name in found)
            self.draft.leave(f"{sentence} (which one: {names}?)")
        return found[0] if len(found) == 1 else None

    def names_entity(self, what: str) -> bool:
        """Tell whether words name an entity, and no field is called exactly so."""
        exact = snake_case(" ".join(word for word in what.lower().split() if word not in DETERMINERS))
        is_field = any(exact in entity.fields for entity in self.draft.entities.values())
        return entity_name(what) in self.draft.entities and not is_field

    def is_ambiguous(self, what: str) -> bool:
        """Tell whether several entities have the field that words name: the sentence was left unread then."""
        return len(self.places(what)) > 1

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
        place = None if self.names_entity(match["what"]) else self.one_place(match["what"], sentence)
        if place is not None:
            del place[0].fields[place[1]]
            drop_rules_about(self.draft, *place)
            return self.done(sentence)
        if self.is_ambiguous(match["what"]) and not self.names_entity(match["what"]):
            return True
        name = entity_name(match["what"])
        if name not in self.draft.entities and names_accounts(match["what"]):
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

    def flag(self, match: re.Match[str], sentence: str) -> bool:
        """Make a field unique, optional or required."""
        place = self.one_place(match["what"], sentence)
        if place is None:
            return self.is_ambiguous(match["what"])
        key, value = {
            "unique": ("unique", True), "not unique": ("unique", False), "optional": ("optional", True),
            "required": ("optional", False), "mandatory": ("optional", False),
        }[match["flag"].lower()]  # fmt: skip
        return self.update(place, {key: value}, sentence)

    def update(self, place: tuple[EntityDraft, str], update: dict[str, object], sentence: str) -> bool:
        """Put new properties into a field."""
        field: FieldDraft = place[0].fields[place[1]]
        field.field = field.field.model_copy(update=update)
        return self.done(sentence)

    def limit(self, match: re.Match[str], sentence: str) -> bool:
        """Set decimals, a minimum or a maximum."""
        place = self.one_place(match["what"], sentence)
        if place is None:
            return self.is_ambiguous(match["what"])
        words = place[0].fields[place[1]].words
        limit = (
            match["limit"]
            if re.match(r"(?:at|up|between|from|no)\b", match["limit"], re.IGNORECASE)
            else f"with {match['limit']}"
        )
        reading = read_field(f"{' '.join(words) or spoken(place[1])} {limit}")
        if reading is None:
            return False
        keys = ("places", "digits", "type") if reading.field.places is not None else ()
        update = {key: getattr(reading.field, key) for key in keys}
        update |= {key: value for key in ("minimum", "maximum") if (value := getattr(reading.field, key)) is not None}
        return bool(update) and self.update(place, update, sentence)

    def retype(self, match: re.Match[str], sentence: str) -> bool:
        """Give a field another type: "make the price an int", "pages is a number"."""
        place = self.one_place(match["what"], sentence)
        if place is None:
            return self.is_ambiguous(match["what"])
        reading = read_field(f"value: {match['kind']}", shorthand=True)
        kinds = words_of(match["kind"])
        if (
            reading is None
            or not kinds
            or (reading.field.type.name == "str" and kinds[0] not in {"text", "string", "str"})
        ):
            return False
        field = place[0].fields[place[1]]
        field.values, field.guessed_text, field.open_values, field.open_plural = (), False, False, False
        money = (
            {"digits": 12, "places": 2} if reading.field.type.name == "Decimal" else {"digits": None, "places": None}
        )
        return self.update(place, {"type": typed(reading.field.type.name), "default": None, **money}, sentence)

    def choose(self, match: re.Match[str], sentence: str) -> bool:
        """Give a field fixed values."""
        place, values = self.one_place(match["what"], sentence), values_of(match["values"])
        if place is None or not values:
            return self.is_ambiguous(match["what"])
        place[0].fields[place[1]].values = values
        return self.done(sentence)

    def add_value(self, match: re.Match[str], sentence: str) -> bool:
        """Add a value to a field that has fixed values: "add lost to the status"."""
        place = self.one_place(re.sub(r"^(?:the )?(?:values? of )?", "", match["what"]), sentence)
        if place is None or not place[0].fields[place[1]].values:
            return False
        field = place[0].fields[place[1]]
        field.values = tuple(dict.fromkeys((*field.values, snake_case(match["values"].lower()))))
        return self.done(sentence)

    def say_flag(self, match: re.Match[str], sentence: str) -> bool:
        """Make a field unique, optional or required, or take that back: "title can be left empty"."""
        place = self.one_place(match["what"], sentence)
        if place is None:
            return self.is_ambiguous(match["what"])
        key, value = flag_of(sentence, match["flag"])
        return self.update(place, {key: value}, sentence)

    def say_default(self, match: re.Match[str], sentence: str) -> bool:
        """Give a field a default; one that it can't have is left unread, with what it takes."""
        parts = match.groupdict()
        said = parts.get("value") or parts.get("first") or ""
        place = self.one_place(match["what"], sentence) if said else None
        if place is None:
            return bool(said) and self.is_ambiguous(match["what"])
        field = place[0].fields[place[1]]
        kind = field.field.type.name
        values = field.values or self.draft.enums.get(kind, ())
        default = default_for(kind, values, said)
        if default is None:
            takes = f"one of {', '.join(values)}" if values else kind
            self.draft.leave(f"{sentence} ({place[0].name}.{place[1]} takes {takes})")
            return True
        return self.update(place, {"default": default}, sentence)

    def say_limit(self, match: re.Match[str], sentence: str) -> bool:
        """Set a minimum or maximum: "the maximum of pages is 900", "title has a max length of 80"."""
        place = self.one_place(match["what"], sentence)
        if place is None:
            return self.is_ambiguous(match["what"])
        kind = place[0].fields[place[1]].field.type
        if kind.is_list or kind.name not in {"str", "int", "float", "Decimal"}:
            return False
        return self.update(place, {f"{match['side'].lower()}imum": match["number"]}, sentence)

    def rename_value(self, match: re.Match[str], sentence: str) -> bool:
        """Call a value of a status otherwise: "rename the status lent to on loan"."""
        place = self.one_place(match["what"], sentence) if len(self.places(match["what"])) == 1 else None
        field = place[0].fields[place[1]] if place else None
        old, new = snake_case(match["value"].lower()), snake_case(match["new"].lower())
        if field is None or old not in field.values or not new or new in field.values:
            return False
        field.values = tuple(new if value == old else value for value in field.values)
        if field.field.default == old:
            field.field = field.field.model_copy(update={"default": new})
        return self.done(sentence)

    def remove_value(self, match: re.Match[str], sentence: str) -> bool:
        """Take a value from a status: "remove lost from the status"; two must stay."""
        place = self.one_place(match["what"], sentence) if len(self.places(match["what"])) == 1 else None
        field = place[0].fields[place[1]] if place else None
        old = snake_case(match["value"].lower())
        if field is None or old not in field.values:
            return False
        if len(field.values) < 3:
            self.draft.leave(f"{sentence} (fewer than two values would be left)")
            return True
        field.values = tuple(value for value in field.values if value != old)
        if field.field.default == old:
            field.field = field.field.model_copy(update={"default": None})
        return self.done(sentence)
