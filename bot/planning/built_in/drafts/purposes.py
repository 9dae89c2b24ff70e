"""Finds what a booking is for, where that is nothing of its own: "books a dog for a walk; a walk is planned or off"."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft
from bot.planning.built_in.words.vocabulary import EVENT_NOUNS, base_verb, entity_name, spoken

__all__ = ["forget_purpose", "record_for"]

BOOKED_FOR = regex(
    r"\b(?P<verb>[a-z]+)\s+(?:a|an|the|one|one of the)\s+(?:[\w-]+\s+){1,3}?for\s+(?:a|an|the|his|her|their)\s+"
    r"(?P<purpose>[\w-]+(?:\s[\w-]+)?)",
    re.IGNORECASE,
)
"""What is done with a thing, and what for: "books a dog for a walk"."""


def record_for(draft: Draft, entity: EntityDraft) -> str:
    """Return the record that is made for nothing but an entity, by the words in which it was told; else nothing."""
    for text in draft.said:
        for found in BOOKED_FOR.finditer(text):
            record = entity_name(EVENT_NOUNS.get(base_verb(found["verb"].lower()), ""))
            if record in draft.entities and record != entity.name and begins_with(found["purpose"], entity.name):
                return record
    return ""


def forget_purpose(draft: Draft, name: str, record: str) -> None:
    """Take back what links a record to its purpose, and the words for it that nothing was made of."""
    draft.links = [link for link in draft.links if {link.subject, link.object} != {name, record}]
    said = re.compile(rf"^for (?:an?|the|his|her|their) {re.escape(spoken(name))}$", re.IGNORECASE)
    draft.unread = [piece for piece in draft.unread if not said.match(piece)]


def begins_with(purpose: str, name: str) -> bool:
    """Tell whether the first words behind "for a" are the name of a thing."""
    words = purpose.split()
    return name in {entity_name(words[0]), entity_name(purpose)}
