"""Where something in a plan was said: the pieces of messages, answers and changes that its words stand in.

Any planner's plan can be asked, also a model's: nothing but the conversation and the documents is read. What nobody
named has no source; it was assumed, or is derived.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.documents.entities.declared_rules import (
    ActionByOwner,
    DeclaredRule,
    DerivedMoment,
    LatestAfter,
    NoOverlap,
    OneOpen,
    Transition,
)
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.frozen import Frozen
from bot.planning.conversation import Conversation
from bot.planning.vocabulary import singular, spoken, word_set, words_of

__all__ = ["Source", "sources_of_entity", "sources_of_field", "sources_of_rule", "sources_of_words"]

PIECE = re.compile(r"[^\n.;!?]+(?:[.;!?](?=\S)[^\n.;!?]*)*")
"""A sentence, or a part of one between semicolons; a dot within a number or a name ends nothing."""
MOST = 3
"""Pieces that one thing is traced to at most: the first, and the latest that speak of it."""
ENDINGS = frozenset({"id", "at", "on", "date", "time", "count", "number"})
"""Last words of field names that people leave out when they speak: ``lent_at``, ``author_id``."""
SMALL = word_set(
    "a an and any are as at be been by can cannot can't client could do does for from has have if in into is it its "
    "may must no not of on one or per shall so system than that the their them then there these they this to until was "
    "were when which while who whom will with"
)
RULE_WORDS: dict[type[DeclaredRule], frozenset[str]] = {
    Transition: word_set("status state become go goes change then step available only"),
    OneOpen: word_set("again already once twice open another second same only"),
    DerivedMoment: word_set("day week hour due after later for"),
    NoOverlap: word_set("overlap overlaps overlapping twice double same clash collide taken"),
    LatestAfter: word_set("at most longer within maximum limit hour day week long"),
    ActionByOwner: word_set("only own owner themselves who author nobody else"),
}
LEAST_FOR_A_RULE = 2
LEAST_FOR_WORDS = 2


class Source(Frozen):
    """A piece of what somebody said."""

    key: str
    """The key of the message, or of what an answer came in."""
    author: str
    quote: str
    question: str = ""
    """The question that it answers, in its words; empty for a message."""


@dataclass(frozen=True)
class Piece:
    """A piece of text that was said, and the words in it, each in the singular."""

    source: Source
    is_late: bool
    """It was said about a plan that there was already: an asked change."""

    @cached_property
    def stems(self) -> frozenset[str]:
        """Return the words, of the question as well."""
        return stems(f"{self.source.question} {self.source.quote}")


def sources_of_entity(conversation: Conversation, entity: Entity) -> tuple[Source, ...]:
    """Return where an entity was named, first of all where it was named first."""
    names = [entity.name, *filter(None, [entity.renamed_from])]
    return next(filter(None, (traced(conversation, stems(spoken(name))) for name in names)), ())


def sources_of_field(conversation: Conversation, entity: Entity, field: EntityField) -> tuple[Source, ...]:
    """Return where a field was named, rather beside its entity; nothing for keys and timestamps, which are derived."""
    if field.primary_key or field.is_timestamp:
        return ()
    near = stems(spoken(entity.name))
    if field.foreign_key:
        others = {stem for one in entity.fields if one.foreign_key for stem in stems(spoken(one.foreign_key))}
        return traced(conversation, stems(spoken(field.foreign_key)), near | others)
    names = [stems(spoken(name)) for name in (field.name, field.renamed_from) if name]
    found = (traced(conversation, name, near) for name in names)
    beside = (traced(conversation, name - ENDINGS | near, near) for name in names if name - ENDINGS)
    return next(filter(None, (*found, *beside)), ())


def sources_of_rule(
    conversation: Conversation, specs: EntitySpecs, entity: Entity, rule: DeclaredRule
) -> tuple[Source, ...]:
    """Return where a rule was said: where most of its words, its fields and their values stand together."""
    names = [*names_in(rule.model_dump(mode="json", exclude={"kind"})), entity.name]
    about = {stem for name in names for stem in stems(spoken(name)) - ENDINGS}
    values = {stem for name in names if (field := entity.field(name)) for stem in stems_of_values(specs, field)}
    return likeliest(conversation, RULE_WORDS[type(rule)], about | values, LEAST_FOR_A_RULE)


def sources_of_words(conversation: Conversation, text: str) -> tuple[Source, ...]:
    """Return where a sentence of a plan comes from, such as a custom behaviour's: where most of its words stand."""
    wanted = stems(text) - SMALL
    return likeliest(conversation, wanted, frozenset(), min(LEAST_FOR_WORDS, len(wanted)) or 1)


def names_in(value: object) -> Iterator[str]:
    """Yield every name in the parts of a rule: of fields, relations, values and actions."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from names_in(part)


def stems_of_values(specs: EntitySpecs, field: EntityField) -> frozenset[str]:
    """Return the words of the values of a field of an enum's type."""
    values = next((enum.values for enum in specs.enums if enum.name == field.type.name), ())
    return frozenset(stem for value in values for stem in stems(spoken(value)))


def traced(
    conversation: Conversation, wanted: frozenset[str], near: frozenset[str] = frozenset()
) -> tuple[Source, ...]:
    """Return the pieces that hold all wanted words: the first that speaks most of what is near, then the latest."""
    if not wanted:
        return ()
    holding = [piece for piece in pieces_of(conversation) if wanted <= piece.stems]
    if not holding:
        return ()
    first = max(holding, key=lambda piece: (len(near & piece.stems), not piece.is_late))
    later = [piece for piece in holding if piece.is_late and piece is not first]
    return (first.source, *(piece.source for piece in later[-(MOST - 1) :]))


def likeliest(conversation: Conversation, own: frozenset[str], about: Iterable[str], least: int) -> tuple[Source, ...]:
    """Return the piece that has the most of these words, at least one of its own; the first of several."""
    every = frozenset(about) | own
    counted = [(len(piece.stems & every), piece) for piece in pieces_of(conversation) if piece.stems & own]
    best = max((count for count, _ in counted), default=0)
    if best < least:
        return ()
    return (next(piece.source for count, piece in counted if count == best),)


def pieces_of(conversation: Conversation) -> Iterator[Piece]:
    """Yield everything that was said, piece by piece: messages, then answers, then changes."""
    for message in conversation.messages:
        yield from (piece(message.timestamp, message.author, part) for part in parts_of(message.text))
    for answer in conversation.answers:
        if answer.text.strip():
            yield piece(answer.timestamp, answer.author, answer.text.strip(), question=answer.question.text)
    for change in conversation.changes:
        yield from (piece(change.timestamp, change.author, part, is_late=True) for part in parts_of(change.text))


def piece(key: str, author: str, quote: str, *, question: str = "", is_late: bool = False) -> Piece:
    """Return a piece of what somebody said."""
    return Piece(Source(key=key, author=author, quote=quote, question=question), is_late)


def parts_of(text: str) -> list[str]:
    """Return the sentences of a text, and their parts between semicolons, as they stand."""
    return [part for found in PIECE.finditer(text) if (part := found[0].strip(" \t,:-•*"))]


def stems(text: str) -> frozenset[str]:
    """Return the words of a text in small letters and in the singular; ``e-mail`` is ``email``."""
    return frozenset(singular(word.replace("-", "").removesuffix("'s")) for word in words_of(text))
