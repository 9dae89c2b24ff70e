"""Tells how things that no sentence linked are likely linked: the choice that "you decide" takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents.naming import joined
from bot.planning.built_in.drafts.draft import Draft, EntityDraft
from bot.planning.built_in.drafts.plain_facts import is_told_of
from bot.planning.built_in.questions.answers import plural_of
from bot.planning.built_in.words.deed_nouns import is_occasion, is_person
from bot.planning.built_in.words.vocabulary import ARRANGEMENT_NOUNS, EVENT_FIELDS, a

__all__ = ["LikelyLinks", "likely_links", "names_its_writer_only"]

RECORDS = ARRANGEMENT_NOUNS | EVENT_FIELDS.keys()
"""What things of other kinds meet in: a loan, a booking, a trip."""
MOST = 3
"""Things that one record names; of more, nobody can tell which are meant."""


@dataclass(frozen=True)
class LikelyLinks:
    """A record, the things that each of its rows names, and the words that put them together, where there are any."""

    record: str
    targets: tuple[str, ...]
    sentence: str
    quote: str = ""


def likely_links(draft: Draft, alone: Sequence[EntityDraft]) -> LikelyLinks | None:
    """Return what links things that stand alone: a record of what happens to them, or None where nothing speaks for it.

    A record is called like one; where several are, the one that an unread sentence names with the others.
    """
    records = [entity for entity in draft.entities.values() if entity.noun.rpartition(" ")[2] in RECORDS]
    spoken = [(record, quote) for record in records for quote in draft.unread if names(quote, record)]
    for record, quote in spoken:
        others = [one for one in draft.entities.values() if one is not record and names(quote, one)]
        others = not_apart(draft, record, others)
        if others and not linked_already(record, others):
            return found(record, others, quote)
    others = [one for one in alone if one not in records and is_told_of(one)]
    others = not_apart(draft, records[0], others) if records else others
    if (
        len(records) != 1
        or not (records[0] in alone or names_nobody(records[0]))
        or not 0 < len(others) <= MOST
        or linked_already(records[0], others)
    ):
        return None
    return found(records[0], others, "")


def names_nobody(record: EntityDraft) -> bool:
    """Tell whether no row of a record names another thing: only its own parts may name it."""
    return not any(one.field.foreign_key for one in record.fields.values())


def names_its_writer_only(draft: Draft, record: EntityDraft) -> bool:
    """Tell whether what happens names nobody but who may have noted it, where other things were told of."""
    ends = [one.field for one in record.fields.values() if one.field.foreign_key]
    if not is_occasion(record.noun) or not ends or not all(end.optional for end in ends):
        return False
    named = {str(end.foreign_key) for end in ends}
    others = [one for one in draft.entities.values() if one.name not in {record.name, *named}]
    return bool(others) and all(is_person(draft.entities[name].noun) for name in named & draft.entities.keys())


def found(record: EntityDraft, others: Sequence[EntityDraft], quote: str) -> LikelyLinks:
    """Return the links of a record with others."""
    sentence = f"Each {record.noun} names {joined([f'one {other.noun}' for other in others])}"
    return LikelyLinks(record.name, tuple(other.name for other in others), sentence, quote)


def not_apart(draft: Draft, record: EntityDraft, others: Sequence[EntityDraft]) -> list[EntityDraft]:
    """Return those of some things of which nobody said that they aren't linked with a record."""
    return [one for one in others if {one.name, record.name} not in draft.apart]


def linked_already(record: EntityDraft, others: Sequence[EntityDraft]) -> bool:
    """Tell whether a record and one of others name each other already."""
    ends = {one.field.foreign_key for one in record.fields.values()}
    back = {one.field.foreign_key for other in others for one in other.fields.values()}
    return record.name in back or bool(ends & {other.name for other in others})


def names(quote: str, entity: EntityDraft) -> bool:
    """Tell whether words name an entity."""
    nouns = "|".join(re.escape(noun) for noun in {entity.noun, plural_of(entity.noun), a(entity.noun)})
    return re.search(rf"\b(?:{nouns})\b", quote, re.IGNORECASE) is not None
