"""Takes back links: two things that aren't linked, or were never said to be."""

from __future__ import annotations

import re

from bot.documents.naming import joined, plural
from bot.planning.built_in.changes.entity_changes import EntityChanges
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, Said
from bot.planning.built_in.drafts.resolution import add_reference
from bot.planning.built_in.phrases.corrected_links import read_corrected
from bot.planning.built_in.phrases.unlinked_pairs import read_unlinked
from bot.planning.built_in.questions.answers import plural_of
from bot.planning.built_in.rules.rule_subjects import named
from bot.planning.built_in.rules.rule_upkeep import drop_rules_about
from bot.planning.built_in.words.vocabulary import singular, spoken

__all__ = ["PartedThings"]


class PartedThings(EntityChanges):
    """Takes "a hive and a form are not linked"."""

    def part_things(self, text: str, sentence: str) -> bool:
        """Take two things apart; tell whether a sentence says that they aren't linked."""
        pair = read_unlinked(text)
        if pair is None:
            return False
        ends = [named(self.draft, word) for word in (pair.one, pair.other)] if pair.one else self.only_two()
        things = [entity for entity in ends if entity is not None]
        self.draft.unread[:] = [piece for piece in self.draft.unread if piece != sentence]
        if len(things) != 2 or things[0] is things[1]:
            self.tell_which(sentence)
            return True
        self.part(things[0].noun, things[1].noun)
        self.keep_apart(things[0], things[1])
        return self.done(sentence)

    def correct_link(self, text: str, sentence: str) -> bool:
        """Take "it is the report that is written by the assistant, not the costume"; tell whether it was read.

        The link of what was read wrongly becomes the same link of what is right; a field goes where it belongs.
        """
        said = read_corrected(text)
        wrong = named(self.draft, said.wrong) if said else None
        things = [one for one in things_named(self.draft, said.right) if one is not wrong] if said and wrong else []
        if said is None or wrong is None or not 1 <= len(things) <= 2:
            return False
        things = things if said.is_first else things[::-1]
        is_link = len(things) == 2
        if not (self.move_link(wrong, things, sentence) if is_link else self.move_field(wrong, things[0], text)):
            return False
        self.draft.unread[:] = [piece for piece in self.draft.unread if piece != sentence]
        return self.done(sentence)

    def move_link(self, wrong: EntityDraft, things: list[EntityDraft], sentence: str) -> bool:
        """Give one of two things the link that was read of another; tell whether there was one."""
        for right, stays in (tuple(things), tuple(reversed(things))):
            for owner, name in self.linked_or_kept(wrong.noun, stays.noun):
                optional = owner.fields[name].field.optional
                self.part(wrong.noun, stays.noun)
                source, target = (right, stays) if owner is wrong else (stays, right)
                add_reference(self.draft, source.name, target.name, Said(self.author, sentence), optional=optional)
                return True
        return False

    def move_field(self, wrong: EntityDraft, right: EntityDraft, text: str) -> bool:
        """Give one thing a field that was read of another; tell whether there is one that a sentence names."""
        names = [name for name in wrong.fields if re.search(rf"\b{re.escape(spoken(name))}\b", text, re.IGNORECASE)]
        if len(names) != 1:
            return False
        field = wrong.fields.pop(names[0])
        drop_rules_about(self.draft, wrong, names[0])
        right.fields.setdefault(names[0], field)
        return True

    def keep_apart(self, one: EntityDraft, other: EntityDraft) -> None:
        """Forget the links of two things and what was assumed of them; no question proposes one again."""
        self.draft.keep_apart(one.name, other.name)
        self.draft.assumptions[:] = [note for note in self.draft.assumptions if not is_link(note, one, other)]
        names = joined([plural_of(one.noun), plural_of(other.noun)])
        self.draft.decide(f"{names.capitalize()} are not linked ({self.author})")

    def only_two(self) -> list[EntityDraft | None]:
        """Return the things that "they" are: both, where there are no others."""
        entities = list(self.draft.entities.values())
        return [*entities] if len(entities) == 2 else []

    def tell_which(self, sentence: str) -> None:
        """Quote a sentence that leaves open which two are meant, with how to name them."""
        nouns = [plural_of(entity.noun) for entity in self.draft.entities.values()][:2]
        example = f"say “{joined(nouns)} are not linked”" if len(nouns) == 2 else "name both"
        self.draft.leave(f"{sentence} (which two? {example})")

    def part(self, one: str, other: str) -> list[tuple[EntityDraft, str]]:
        """Take out the fields by which one of two things names the other; return where they were."""
        found = self.linked_or_kept(one, other)
        first, second = named(self.draft, one), named(self.draft, other)
        for entity, name in found:
            del entity.fields[name]
            drop_rules_about(self.draft, entity, name)
            about = f"Each {entity.noun} names one {spoken(name.removesuffix('_id'))}"
            self.draft.decisions[:] = [note for note in self.draft.decisions if not note.startswith(about)]
        if first and second and first is not second and (found or self.draft.has_link(first.name, second.name)):
            self.keep_apart(first, second)
        return found

    def linked_or_kept(self, one: str, other: str) -> list[tuple[EntityDraft, str]]:
        """Return the fields by which one of two things names the other, or the field of the first that is called so."""
        entity, end = named(self.draft, one), named(self.draft, other)
        if entity is None or end is None:
            ways = (other, plural(singular(other).replace(" ", "_")).replace("_", " "), singular(other))
            found = (self.places(f"{way} of {one}") for way in ways) if entity is not None else ()
            places = next(filter(None, found), [])
            return places if len(places) == 1 and len(places[0][0].fields) > 1 else []
        return [
            (owner, name)
            for owner, target in ((entity, end), (end, entity))
            for name, kept in owner.fields.items()
            if kept.field.foreign_key == target.name
        ]


def things_named(draft: Draft, text: str) -> list[EntityDraft]:
    """Return the things that a text names, in its order; of names within another, the longest."""
    found: list[tuple[int, int, EntityDraft]] = []
    for entity in sorted(draft.entities.values(), key=lambda one: -len(one.noun)):
        match = re.search(rf"\b(?:{re.escape(entity.noun)}|{re.escape(plural_of(entity.noun))})\b", text, re.IGNORECASE)
        if match and not any(start <= match.start() < end for start, end, _ in found):
            found.append((match.start(), match.end(), entity))
    return [entity for _, _, entity in sorted(found, key=lambda one: one[0])]


def is_link(note: str, one: EntityDraft, other: EntityDraft) -> bool:
    """Tell whether an assumption says how two things are linked."""
    verbs = ("belongs to one", "names one", "names at most one")
    return any(
        note.startswith(f"Each {first.noun} {verb} {second.noun}")
        for first, second in ((one, other), (other, one))
        for verb in verbs
    )
