"""Puts the fields that a sentence says into a draft: plain ones, references, and things inside things."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.documents.entities.declared_rules import MOMENTS
from bot.documents.entities.entity_specs import EntityField
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import (
    Description,
    Draft,
    EntityDraft,
    FieldDraft,
    Link,
    LinkKind,
    RuleWish,
    Said,
    StatusSteps,
)
from bot.planning.built_in.phrases.asked_facts import asked_role
from bot.planning.built_in.phrases.everyday_fields import moves_in_and_out
from bot.planning.built_in.phrases.fact_phrases import WHICH_WHICH, named_like, read_reference_phrase
from bot.planning.built_in.phrases.field_comments import Comment, read_comment, split_comment
from bot.planning.built_in.phrases.field_phrases import FieldReading, field_called, read_field
from bot.planning.built_in.phrases.noun_clauses import without_relative
from bot.planning.built_in.phrases.phrase_parts import OPTIONAL, UNIQUE
from bot.planning.built_in.phrases.role_phrases import read_way, split_way
from bot.planning.built_in.phrases.rule_phrases import read_limit_of_field
from bot.planning.built_in.phrases.status_steps import steps_of_field
from bot.planning.built_in.phrases.value_phrases import CHOICE_NAME
from bot.planning.built_in.words.deed_marks import tells_of_deed
from bot.planning.built_in.words.field_kinds import typed
from bot.planning.built_in.words.sentence_marks import NOT_THINGS
from bot.planning.built_in.words.sentences import items_of
from bot.planning.built_in.words.vocabulary import a, entity_name, has_plural, spoken, word_set, words_of

__all__ = ["FieldReader"]


A_NUMBER_OF = regex(r"^an?\s+number\s+of\s+(?P<things>[\w-]+(?:\s+[\w-]+)?)$", re.IGNORECASE)
"""Several things, or only how many there are."""
COMPARED = regex(r"^(?:the\s+)?(?:more|fewer|less|fewest|highest|lowest)\s+(?:than\s+)?\w", re.IGNORECASE)
"""Those of which something is more or less are told apart, not described: "the team with more points wins"."""
BRACKETED = regex(r"^(?P<name>[^()]{2,60}?)\s*\((?P<rule>[^()]{4,80})\)$")
LONG_AFTER = regex(
    r"^(?:always\s+)?(?:\d+|an?|one|two|three|four|five|six|ten)\s+(?:months?|years?|minutes?)\s+(?:after|from|before)\s+\w",
    re.IGNORECASE,
)
"""A span that no declared rule has: months and years are not of one length."""
STAFF = word_set(
    "employee colleague staff worker mechanic technician volunteer helper assistant trainer instructor nurse caretaker "
    "janitor steward"
)
"""Those who do what is done, where somebody tells of them."""
OUTSIDERS = word_set("owner recipient sender author")
"""Roles of anybody, also of those for whom something is done."""
LONGEST_PAIR = 120
"""Characters of "which reader took which book"."""


class FieldReader:
    """Reads items as fields of an entity; what is no field is left unread."""

    whole = ""
    """The sentence that is being read, as people wrote it."""

    def __init__(self, draft: Draft, known: frozenset[str] = frozenset()) -> None:
        """Start with a draft; ``known`` are names of entities that are described anywhere in the conversation."""
        self.draft = draft
        self.known = known
        self.author = ""
        self.is_shorthand = False
        self.lacking = ""
        """Whose facts may be left out in what is being read: those of the thing that "may have" them."""
        self.description: Description | None = None
        """The fields being read, where it is not sure yet whose they are."""

    def said(self, quote: str) -> Said:
        """Return who said a piece of text."""
        return Said(self.author, quote)

    def names(self) -> frozenset[str]:
        """Return the names of all entities known so far."""
        return self.known | self.draft.entities.keys()

    def is_nothing(self, name: str) -> bool:
        """Tell whether a name only speaks of whatever is kept, such as "records", where no such thing is known."""
        return spoken(name) in NOT_THINGS and name not in self.names()

    def read_field_of(self, entity: EntityDraft, text: str, item: str, *, optional: bool = False) -> None:
        """Read one field of an entity, or its several things of another entity ("many tasks")."""
        if (
            self.read_after(entity, text, item)
            or self.read_nested(entity, text, item)
            or self.read_condition(entity, text)
        ):
            return
        if self.read_reference(entity, text, item) or self.read_two(entity, text, item):
            return
        if self.read_who(entity, text, item):
            return
        if self.read_counted(entity, text, item) or self.read_moves(entity, text, item):
            return
        text, is_later = named_like(text)
        optional = optional or is_later
        if self.read_ends(entity, text, item, optional=optional) or self.read_commented(entity, text, item):
            return
        reading = self.read_own_clause(entity, text) or read_field(text, shorthand=self.is_shorthand)
        if reading is None or COMPARED.match(text) or tells_of_deed(text):
            self.draft.leave(item)
            return
        if "password" in reading.words:
            self.draft.leave(f"{item} (a password is never stored as plain text, and accounts are not built yet)")
            return
        self.take_reading(entity, reading, text, item, optional=optional)

    def take_reading(self, entity: EntityDraft, reading: FieldReading, text: str, item: str, *, optional: bool) -> None:
        """Put a field as read into an entity, or its several things."""
        for note in reading.notes:
            self.draft.assume(f"{entity.name}: {note}")
        for piece in reading.open:
            self.draft.keep_open(piece)
        entity.is_settled = True
        name = entity_name(" ".join(reading.words))
        is_list = re.match(r"an?\s+(?:list|set|collection)\s+of\b", text.strip(), re.IGNORECASE) is not None
        if is_list and reading.many and name not in self.names():
            reading = replace(reading, many=False, open_plural=not reading.field.type.is_list)
        if reading.many and not reading.values:
            self.add_many(entity, name, item)
        elif reading.field.name:
            self.add_field(entity, reading, item, optional=optional)
            self.add_steps(entity, reading, item)

    def add_steps(self, entity: EntityDraft, reading: FieldReading, item: str) -> None:
        """Keep the steps that "a stage: new -> old -> gone" says, to be declared with those of other sentences."""
        steps = steps_of_field(reading.steps) if reading.steps else None
        if steps and not any(one.entity == entity.name for one in self.draft.steps):
            self.draft.steps.append(StatusSteps(entity.name, steps, self.said(item)))

    def read_ends(self, entity: EntityDraft, text: str, item: str, *, optional: bool) -> bool:
        """Read "from depot to depot" as two fields; what is called like a thing becomes a link to it."""
        parts = split_way(text, self.names())
        if parts:
            self.read_field_of(entity, parts[0], item, optional=optional)
        way = read_way(parts[1] if parts else text, self.names())
        return way is not None and self.add_ends(entity, way, item, optional=optional)

    def add_ends(self, entity: EntityDraft, way: tuple[str, str], item: str, *, optional: bool) -> bool:
        """Add the two fields of a way or a period; tell whether both names can be fields."""
        ends = [field for field in map(field_called, way) if field]
        if len(ends) != 2:
            return False
        kinds = [end.field.type.name for end in ends if end.field.type.name in MOMENTS]
        for end in ends:
            is_guess = bool(kinds) and end.guessed_text
            field = end.field.model_copy(update={"type": typed(kinds[0])}) if is_guess else end.field
            known = replace(end, field=field, guessed_text=end.guessed_text and not is_guess)
            self.add_field(entity, known, item, optional=optional)
        return True

    def read_own_clause(self, entity: EntityDraft, text: str) -> FieldReading | None:
        """Read "whether the book is available" among the fields of a book as "whether it is available"."""
        last = entity.noun.rpartition(" ")[2]
        own = re.match(rf"(?P<lead>whether(?: or not)?|if)\s+the\s+(?:{entity.noun}|{last})\b", text, re.IGNORECASE)
        reading = read_field(f"{own['lead']} it{text[own.end() :]}") if own else None
        return replace(reading, clause=text) if reading else None

    def is_last_listed(self, text: str) -> bool:
        """Tell whether "a short text" is the last of several facts ("a photo and a short text"), no word about one."""
        return re.search(rf"\band\s+{re.escape(text.strip())}(?=\s*(?:[.;]|$))", self.whole, re.IGNORECASE) is not None

    def read_condition(self, entity: EntityDraft, text: str) -> bool:
        """Read "notes, if any" and "code, no duplicates" as words about the field before them."""
        last = next(reversed(entity.fields.values()), None)
        if last is None:
            return False
        if re.fullmatch(UNIQUE, text.strip(), re.IGNORECASE):
            last.field = last.field.model_copy(update={"unique": True})
            return True
        comment = read_comment(text)
        if comment is not None and comment.is_text and self.is_last_listed(text):
            return False
        if comment is not None:
            names = list(entity.fields)
            self.apply_comment(entity, names[-2:] if comment.both else names[-1:], comment)
            return True
        match = re.fullmatch(r"(?:if|once|when)\s+(?:it|they|he|she|we)\s+(?P<what>[\w ]+)", text, re.IGNORECASE)
        repeats = match is not None and set(words_of(match["what"])) <= set(last.words)
        if not repeats and not re.fullmatch(OPTIONAL, text.strip(), re.IGNORECASE):
            return False
        last.field = last.field.model_copy(update={"optional": True})
        return True

    def read_counted(self, entity: EntityDraft, text: str, item: str) -> bool:
        """Read "a number of berths" as many berths where they are told of anywhere; people are asked then."""
        counted = A_NUMBER_OF.match(text.strip())
        name = entity_name(counted["things"]) if counted else ""
        if not name or name not in self.names():
            return False
        self.add_many(entity, name, item)
        return True

    def read_after(self, entity: EntityDraft, text: str, item: str) -> bool:
        """Read "a due date (30 days after the date)" as a field and when it is."""
        group = BRACKETED.match(text)
        wish = read_limit_of_field(group["rule"]) if group else None
        is_long = group is not None and LONG_AFTER.match(group["rule"]) is not None
        if not group or not (wish or is_long):
            return False
        before = set(entity.fields)
        self.read_field_of(entity, group["name"], item)
        if wish is None:
            self.draft.leave_deed(item)
            return True
        for name in [name for name in entity.fields if name not in before][-1:]:
            self.draft.rule_wishes.append(RuleWish(replace(wish, quote=text), self.said(item), entity.name, name))
        return True

    def read_moves(self, entity: EntityDraft, text: str, item: str) -> bool:
        """Read "how many items came in or went out" as a quantity and its direction."""
        ways = moves_in_and_out(text)
        if ways is None:
            return False
        self.read_field_of(entity, "quantity", item)
        self.read_field_of(entity, f"direction {'/'.join(ways)}", item)
        self.draft.assume(f"{entity.name}: “{text}” is its quantity and its direction")
        return True

    def read_two(self, entity: EntityDraft, text: str, item: str) -> bool:
        """Read "which reader took which book" as the two things that each row names."""
        both = WHICH_WHICH.match(text) if len(text) <= LONGEST_PAIR else None
        if both is None or not {entity_name(both["one"]), entity_name(both["other"])} <= self.names():
            return False
        for noun in (both["one"], both["other"]):
            self.read_field_of(entity, noun, item)
        return True

    def read_reference(self, entity: EntityDraft, text: str, item: str) -> bool:
        """Read "for one client" and "exactly one per job" as the thing that each row names, where it is known."""
        phrase = read_reference_phrase(text)
        if phrase is None:
            return False
        words = phrase.noun.split()
        names = [
            " ".join(words[start:])
            for start in range(len(words))
            if entity_name(" ".join(words[start:])) in self.names()
        ]
        if not names or not self.add_reference(entity, phrase.noun, entity_name(names[0]), item, unique=phrase.unique):
            return False
        entity.is_settled = True
        return True

    def read_who(self, entity: EntityDraft, text: str, item: str) -> bool:
        """Read "who is working on it" as the person that each row names, by what they are called for it."""
        role = asked_role(text)
        if not role:
            return False
        known = [name for name in sorted(self.names() - {entity.name}) if spoken(name) == role]
        staff = [name for name in sorted(self.names()) if spoken(name).split()[-1] in STAFF]
        staff = staff if len(staff) == 1 and role not in OUTSIDERS else []
        person = next(iter([*known, *staff]), "Person")
        if not self.add_reference(entity, role, person, item):
            return False
        if person == "Person" and (name := field_called("name")) and not self.draft.entities[person].fields:
            self.add_field(self.draft.entities[person], name, item, optional=False)
            self.draft.entities[person].is_settled = True
        entity.is_settled = True
        self.draft.assume(f"{entity.name}: “{text}” names {a(spoken(person))}")
        return True

    def read_commented(self, entity: EntityDraft, text: str, item: str) -> bool:
        """Read "a reason if the patient gives one": a field, and what is said of it behind it."""
        split = split_comment(text)
        is_plain = split is None or (read_field(text) is not None and not split[1].is_text)
        if split is None or is_plain or read_field(named_like(split[0])[0]) is None:
            return False
        before = len(self.draft.unread)
        names = set(entity.fields)
        self.read_field_of(entity, split[0], item)
        added = [name for name in entity.fields if name not in names]
        if len(self.draft.unread) == before and added:
            self.apply_comment(entity, added[-1:], split[1])
        return True

    def apply_comment(self, entity: EntityDraft, names: list[str], comment: Comment) -> None:
        """Change fields by what was said of them; a reference can only be optional or unique."""
        for name in names:
            one = entity.fields[name]
            update = dict(comment.update)
            if comment.kind and not one.field.foreign_key:
                is_money = comment.kind == "Decimal"
                places = comment.places if comment.places is not None else 2
                update |= {
                    "type": typed(comment.kind),
                    "digits": 12 if is_money else None,
                    "places": places if is_money else None,
                }
                one.open_plural = one.guessed_text = False
                one.type_said = True
            if one.field.foreign_key:
                update = {key: update[key] for key in ("optional", "unique") if key in update}
            one.field = one.field.model_copy(update=update)
            if comment.values:
                one.values, one.open_values, one.open_plural, one.guessed_text = comment.values, False, False, False

    def read_nested(self, entity: EntityDraft, text: str, item: str) -> bool:
        """Read "line items (quantity, unit price)" inside an entity: things of their own with their fields."""
        group = re.fullmatch(r"(?P<head>[\w -]+?)\s*\((?P<fields>[^()]*,[^()]*)\)", text)
        head = without_relative(group["head"]) if group else ""
        if not group or not has_plural(head) or CHOICE_NAME.search(head):
            return False
        name = entity_name(head)
        if not name:
            return False
        self.add_many(entity, name, item)
        for field in items_of(group["fields"]):
            self.read_field_of(self.draft.entities[name], field, field)
        return True

    def add_field(self, entity: EntityDraft, reading: FieldReading, item: str, *, optional: bool) -> None:
        """Add a field as read; an arrow makes it a reference."""
        field: EntityField = reading.field
        if reading.target:
            self.draft.entity(reading.target, self.said(item))
            name = field.name if field.name.endswith("_id") else f"{field.name}_id"
            field = field.model_copy(update={"name": name, "foreign_key": reading.target})
        if optional or self.lacking == entity.name:
            field = field.model_copy(update={"optional": True})
        known = entity.fields.get(field.name)
        if known is not None and known.field.foreign_key:
            return
        if known is not None and known.clause and reading.clause and known.clause != reading.clause:
            self.draft.leave(item)
            return
        if self.description is not None and self.description.holder == entity.name:
            self.description.names.append(field.name)
        entity.fields[field.name] = FieldDraft(
            field, self.said(item), reading.words, reading.values, reading.open_plural, reading.open_values,
            reading.guessed_text, type_said=reading.type_said, clause=reading.clause,
            unique_within=reading.unique_within,
        )  # fmt: skip

    def add_reference(self, entity: EntityDraft, called: str, target: str, item: str, *, unique: bool = False) -> bool:
        """Let each row of a thing name one of another, by a field that is called so; tell whether that is a name."""
        reading = field_called(called)
        if reading is None:
            return False
        field = reading.field.model_copy(update={"type": typed("int"), "unique": unique})
        self.add_field(entity, replace(reading, field=field, target=target), item, optional=False)
        return True

    def add_start_and_end(self, entity: EntityDraft, quote: str, item: str, *, optional: bool = False) -> None:
        """Add the moments from and to which something lasts."""
        for name in ("starts at", "ends at"):
            if field := field_called(name, kind="datetime", quote=quote):
                self.add_field(entity, field, item, optional=optional)

    def add_many(self, entity: EntityDraft, name: str, quote: str) -> None:
        """Add "a project has many tasks"."""
        if not name:
            self.draft.leave(quote)
            return
        self.draft.entity(name, self.said(quote))
        entity.is_settled = True
        link = Link(entity.name, "have", name, LinkKind.HAS_MANY, self.said(quote))
        self.draft.link(link)
