"""Tells how things that no sentence linked are likely linked: the choice that "you decide" takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents.naming import joined
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft
from bot.planning.built_in.drafts.plain_facts import is_told_of
from bot.planning.built_in.phrases.open_rules import is_rule_like
from bot.planning.built_in.questions.answers import plural_of
from bot.planning.built_in.words.deed_nouns import is_occasion, is_person
from bot.planning.built_in.words.vocabulary import ARRANGEMENT_NOUNS, EVENT_FIELDS, a, words_of

__all__ = ["LikelyLinks", "likely_links", "names_its_writer_only"]

RECORDS = ARRANGEMENT_NOUNS | EVENT_FIELDS.keys()
"""What things of other kinds meet in: a loan, a booking, a trip."""
DENIES = regex(r"\b(?:not?|never|without|nothing)\b|n't\b", re.IGNORECASE)
"""What says of two things that they don't do it."""
LISTING = frozenset({"and", "or", "with", "of", "the", "a", "an", "their", "our"})
"""Words between two nouns that tell of no deed."""
PREPOSITIONS = frozenset(["in", "on", "at", "round", "around", "through", "across", "to", "into", "from", "by"])
MOST = 3
"""Things that one record names; of more, nobody can tell which are meant."""


@dataclass(frozen=True)
class LikelyLinks:
    """A record, the things that each of its rows names, and the words that put them together, where there are any."""

    record: str
    targets: tuple[str, ...]
    sentence: str
    quote: str = ""
    is_shared: bool = False
    """Several of both ends go together: they are joined, and neither names the other."""
    says_all: bool = False
    """The words say nothing but this link: nothing of them is left."""


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
        return put_together(draft, alone) or stands_beside(draft, alone, records)
    return found(records[0], others, "")


def put_together(draft: Draft, alone: Sequence[EntityDraft]) -> LikelyLinks | None:
    """Return what an unread sentence does with two things, one of which stands alone: "bands rehearse in a room".

    One of the other is named ("a room"); where there are several ("in the rooms"), the two are joined.
    """
    for quote in draft.unread:
        if is_rule_like(quote) or DENIES.search(quote):
            continue
        places = {one.name: place for one in draft.entities.values() if (place := place_of(draft, quote, one))}
        told = sorted((draft.entities[name] for name in places), key=lambda one: places[one.name].start())
        if len(told) != 2 or not any(one in alone for one in told) or not between(quote, *places.values()):
            continue
        source, target = told
        if linked_already(source, [target]) or not not_apart(draft, source, [target]):
            continue
        is_shared = bool(places[target.name]["many"])
        sentence = (
            f"Several {plural_of(target.noun)} for each {source.noun}, and the other way round"
            if is_shared
            else f"Each {source.noun} names one {target.noun}"
        )
        says_all = is_one_deed(quote, *places.values())
        return LikelyLinks(source.name, (target.name,), sentence, quote, is_shared=is_shared, says_all=says_all)
    return None


def is_one_deed(quote: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Tell whether words say nothing but one deed of two things, without when or with what."""
    first, last = sorted((one, other), key=lambda place: place.start())
    around = {*words_of(quote[: first.start()]), *words_of(quote[last.end() :])}
    deed = {*words_of(quote[first.end() : last.start()])} - LISTING - PREPOSITIONS
    return not around - LISTING - {"each", "every"} and len(deed) == 1


def between(quote: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Tell whether there is more between two nouns than a word that only lists them: a deed."""
    first, last = sorted((one, other), key=lambda place: place.start())
    return bool({*words_of(quote[first.end() : last.start()])} - LISTING)


def stands_beside(draft: Draft, alone: Sequence[EntityDraft], records: Sequence[EntityDraft]) -> LikelyLinks | None:
    """Return what a lone occasion is likely of: the one thing that names others, and that no other names."""
    if len(alone) != 1 or not (alone[0] in records or is_occasion(alone[0].noun)):
        return None
    named = {one.field.foreign_key for entity in draft.entities.values() for one in entity.fields.values()}
    ends = [one for one in draft.entities.values() if one is not alone[0] and one.name not in named]
    ends = not_apart(draft, alone[0], [one for one in ends if not names_nobody(one)])
    return found(alone[0], ends, "") if len(ends) == 1 else None


def place_of(draft: Draft, quote: str, entity: EntityDraft) -> re.Match[str] | None:
    """Return where words name an entity, by its last word too where no other is called so."""
    last = entity.noun.rpartition(" ")[2]
    is_its_own = sum(one.noun.rpartition(" ")[2] == last for one in draft.entities.values()) == 1
    nouns = {entity.noun, last} if is_its_own else {entity.noun}
    many, one = "|".join(re.escape(plural_of(noun)) for noun in nouns), "|".join(re.escape(noun) for noun in nouns)
    return re.search(rf"\b(?:(?P<many>{many})|{one})\b", quote, re.IGNORECASE)


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
