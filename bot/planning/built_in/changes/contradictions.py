"""Keeps what is noted true after a change: notes that it contradicts are rewritten or taken back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.documents.naming import joined
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft
from bot.planning.built_in.drafts.joining import NOT_LINKED
from bot.planning.built_in.words.vocabulary import a, spoken

__all__ = ["Snapshot", "take_back"]

HOLDS = regex(r"^(?P<lead>An? (?P<noun>.+?) has )(?P<only>only )?(?P<names>.+?)(?P<author> \([^()]*\))?$")
UNIQUE = regex(r"^Unique: (?P<names>.+?)(?P<author> \([^()]*\))?$")
NOT_UNIQUE = regex(r"^(?P<names>.+?) need not be unique(?P<author> \([^()]*\))?$")
ABOUT_FIELD = regex(r"^(?P<entity>[A-Z]\w*): (?P<field>[a-z]\w*) is (?:an? |text)")
WAITS = regex(r"^(?P<entity>[A-Z]\w*): “(?P<words>.+)” may be empty$")


@dataclass(frozen=True)
class Snapshot:
    """The fields of each entity before a change, with their types, and how many fields and links name another."""

    fields: dict[str, dict[str, str]]
    references: int

    @classmethod
    def of(cls, draft: Draft) -> Snapshot:
        """Return what a draft holds now."""
        fields = {
            entity.name: {name: field.field.type.name for name, field in entity.fields.items()}
            for entity in draft.entities.values()
        }
        return cls(fields, reference_count(draft))


def not_unique_now(draft: Draft, match: re.Match[str]) -> str:
    """Return which of the fields in a note still need not be unique; nothing where all of them must or are gone."""
    found = {name: field_at(draft, name) for name in re.split(r", | and ", match["names"])}
    names = [name for name, field in found.items() if field and not field.field.unique]
    return f"{joined(names)} need not be unique{match['author'] or ''}" if names else ""


def reference_count(draft: Draft) -> int:
    """Return how many fields and links name another entity."""
    return len(draft.links) + sum(
        bool(field.field.foreign_key) for entity in draft.entities.values() for field in entity.fields.values()
    )


def take_back(draft: Draft, before: Snapshot) -> None:
    """Rewrite or drop the decisions and assumptions that a draft contradicts since the snapshot."""
    for notes in (draft.decisions, draft.assumptions):
        notes[:] = [kept for note in notes if (kept := still_true(draft, before, note))]


def still_true(draft: Draft, before: Snapshot, note: str) -> str:
    """Return a note as it holds now, or nothing where it holds no more."""
    if match := UNIQUE.match(note):
        return unique_now(draft, match, note)
    if match := NOT_UNIQUE.match(note):
        return not_unique_now(draft, match)
    if NOT_LINKED.search(note):
        return "" if reference_count(draft) > before.references else note
    if match := HOLDS.match(note):
        return held_now(draft, before, match, note)
    if match := ABOUT_FIELD.match(note):
        entity = draft.entities.get(match["entity"])
        field = entity.fields.get(match["field"]) if entity else None
        old = before.fields.get(match["entity"], {}).get(match["field"])
        return note if old is None or (field and field.field.type.name == old) else ""
    if match := WAITS.match(note):
        entity = draft.entities.get(match["entity"])
        return note if entity is None or not is_required_now(entity, match["words"]) else ""
    return note


def unique_now(draft: Draft, match: re.Match[str], note: str) -> str:
    """Return "Unique: Book.isbn and Member.email" with the fields that are unique still."""
    said = re.split(r", | and ", match["names"])
    kept = [name for name in said if (field := field_at(draft, name)) and field.field.unique]
    return note if kept == said else f"Unique: {joined(kept)}{match['author'] or ''}" if kept else ""


def field_at(draft: Draft, name: str) -> FieldDraft | None:
    """Return the field that a note calls ``Book.isbn``; None where it is gone."""
    entity, _, field = name.partition(".")
    return draft.entities[entity].fields.get(field) if entity in draft.entities else None


def held_now(draft: Draft, before: Snapshot, match: re.Match[str], note: str) -> str:
    """Return "A book has title and isbn" without the fields that went; nothing where fields joined "has only"."""
    name = next((key for key in before.fields if a(spoken(key)) == match["lead"][:-5].lower()), "")
    if not name:
        return note
    entity = draft.entities.get(name)
    if entity is None:
        return ""
    old, new = list(before.fields[name]), list(entity.fields)
    if match["only"]:
        return note if old == new else ""
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    renamed = dict(zip(gone, come, strict=True)) if len(gone) == len(come) == 1 and len(old) == len(new) else {}
    said = re.split(r", | and ", match["names"])
    kept = [renamed.get(one, one) for one in said if one in renamed or not {one, f"{one}_id"} & set(gone)]
    return note if kept == said else f"{match['lead']}{joined(kept)}{match['author'] or ''}" if kept else ""


def is_required_now(entity: EntityDraft, words: str) -> bool:
    """Tell whether the field that words speak of must be given."""
    spoken_of = [field for name, field in entity.fields.items() if spoken(name) in words.lower()]
    return bool(spoken_of) and not any(field.field.optional for field in spoken_of)
