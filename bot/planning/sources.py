"""Where something in a plan was said: the pieces of messages, answers and changes that its words stand in.

Any planner's plan can be asked, also a model's: nothing but the conversation and the documents is read. What nobody
named has no source; it was assumed, or is derived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial

from bot.documents.entities.declared_rules import (
    ActionByOwner,
    ActionByRole,
    AtMost,
    DeclaredRule,
    DerivedMoment,
    LatestAfter,
    NoOverlap,
    OneOpen,
    OnlyWhile,
    Transition,
)
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.entities.rule_words import rule_in_words
from bot.documents.frozen import Frozen
from bot.patterns import regex
from bot.planning.built_in.phrases.rule_loosening import read_loosening
from bot.planning.built_in.words.as_said import PIECE, as_said, comparable
from bot.planning.built_in.words.vocabulary import singular, spoken, word_set, words_of
from bot.planning.conversation import Answer, Conversation, Message
from bot.planning.edited_entities import set_in_form

__all__ = [
    "UNIQUE",
    "Source",
    "changes_of_values",
    "in_order",
    "sources_of_entity",
    "sources_of_field",
    "sources_of_quotes",
    "sources_of_rule",
    "sources_of_said_rule",
    "sources_of_signing_in",
    "sources_of_words",
]

MOST = 3
"""Pieces that one thing is traced to at most: the first, and the latest that speak of it."""
MOST_QUOTED = 12
"""Pieces that one rule is traced to at most, which is made of one sentence after the other."""
LONGEST_WHOLE = 120
"""Characters of an answer that is quoted whole."""
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
    ActionByRole: word_set("only role may can nobody else no one but allowed permission"),
    AtMost: word_set(
        "at most more than maximum limit places seats capacity full many number each per room day once twice"
    ),
    OnlyWhile: word_set("only while when if cannot can't nobody no longer anymore"),
}
LEAST_FOR_A_RULE = 2
LEAST_FOR_WORDS = 2
LEAST_OF_VALUES = 2
"""Values of a field in one piece that name the field without its name: “a laptop is available, lent or broken”."""
SIGNING_IN = word_set("log login logged sign signin account password")
"""Words with which people say that somebody has an account."""
UNIQUE = word_set("unique uniquely twice same different distinct duplicate only one")
"""Words with which people say that no two have the same."""
BULLET = regex(r"(?P<indent>[ \t]*)(?P<bullet>(?:[-*•]|\d{1,3}[.)])[ \t]+)?")


class Source(Frozen):
    """A piece of what somebody said."""

    key: str
    """The key of the message, or of what an answer came in."""
    author: str
    quote: str
    question: str = ""
    """The question that it answers, in its words; empty for a message."""
    is_set: bool = False
    """It was set in the form `Edit entities`, and not said: the quote tells what that changed."""


@dataclass(frozen=True)
class Piece:
    """A piece of text that was said, and the words in it, each in the singular."""

    source: Source
    is_late: bool = False
    """It was said about a plan that there was already: an asked change."""
    heading: str = ""
    """The line above that a line of a list stands under."""
    items: str = ""
    """The lines of a list that stand under it."""

    @cached_property
    def stems(self) -> frozenset[str]:
        """Return the words, of the question as well."""
        return stems(f"{self.source.question} {self.source.quote}")

    @cached_property
    def above(self) -> frozenset[str]:
        """Return the words of the heading."""
        return stems(self.heading)

    def says(self, name: tuple[str, ...]) -> bool:
        """Tell whether the words of a name stand in it one after the other."""
        return f" {' '.join(name)} " in self.words

    def says_only(self, longer: tuple[str, ...], wanted: frozenset[str]) -> bool:
        """Tell whether it has the words of a longer name, and not all that is wanted beside it."""
        name = f" {' '.join(longer)} "
        return name in self.words and not wanted <= stems(self.words.replace(name, " "))

    @cached_property
    def words(self) -> str:
        """Return its words in their order, with a space before and behind each."""
        return f" {' '.join(phrase(self.source.quote))} "

    def is_of(self, others: Iterable[frozenset[str]], own: frozenset[str]) -> bool:
        """Tell whether it speaks, itself or by its heading, of one of the others and not of this one."""
        told = self.stems | self.above
        return not own <= told and any(other <= told for other in others)

    def nearness(self, near: frozenset[str]) -> int:
        """Return how much of what is near it speaks of; its heading and the items under it count half."""
        return 2 * len(near & self.stems) + len(near & (self.above | stems(self.items)) - self.stems)


def sources_of_entity(conversation: Conversation, specs: EntitySpecs, entity: Entity) -> tuple[Source, ...]:
    """Return where an entity was named, rather with its fields; a record of a link may be named by both its ends."""
    own = frozenset(stem for field in entity.fields if field.is_given for stem in stems(spoken(field.name)))
    names = [phrase(name) for name in (entity.name, entity.renamed_from) if name]
    found = (traced(conversation, frozenset(name), own, name=name, longer=longer_names(specs, name)) for name in names)
    ends = frozenset(stem for name in linked_by(entity) for stem in stems(spoken(name)))
    linked = traced(conversation, ends) if len(linked_by(entity)) > 1 else ()
    return next(filter(None, found), linked)


def sources_of_field(
    conversation: Conversation,
    specs: EntitySpecs,
    entity: Entity,
    field: EntityField,
    about: frozenset[str] = frozenset(),
) -> tuple[Source, ...]:
    """Return where a field was named, rather beside its entity; nothing for keys and timestamps, which are derived.

    ``about``: further words that its sentence rather has, such as those of ``UNIQUE``.
    """
    if field.primary_key or field.is_timestamp:
        return ()
    own = stems(spoken(entity.name))
    near = own | about
    if field.foreign_key:
        ends = {stem for name in linked_by(entity) for stem in stems(spoken(name))}
        other = phrase(field.foreign_key)
        return traced(conversation, frozenset(other), near | ends, name=other, longer=longer_names(specs, other))
    others = owners_beside(specs, entity, field)
    longer = longer_names(specs, phrase(entity.name))
    names = [phrase(name) for name in (field.name, field.renamed_from) if name]
    place = partial(traced, conversation, near=near, own=own, others=others, longer=longer)
    found = (place(frozenset(name), name=name) for name in names)
    shorter = [frozenset(name) - ENDINGS for name in names if frozenset(name) - ENDINGS]
    beside = (place(name | own) for name in shorter)
    return next(filter(None, (*found, *beside)), ()) or sources_of_values(conversation, specs, entity, field)


def sources_of_values(
    conversation: Conversation, specs: EntitySpecs, entity: Entity, field: EntityField
) -> tuple[Source, ...]:
    """Return where at least two values of a field were said, nearest to its entity."""
    own, others = stems(spoken(entity.name)), owners_beside(specs, entity, field)
    values = stems_of_values(specs, field)
    few = partial(has_few, values=values)
    return likeliest(conversation, values, own, LEAST_OF_VALUES, lambda piece: few(piece) or piece.is_of(others, own))


def changes_of_values(
    conversation: Conversation, specs: EntitySpecs, entity: Entity, field: EntityField
) -> tuple[Source, ...]:
    """Return the asked changes that name a field and one of its values, such as another name for it."""
    name, values, own = stems(spoken(field.name)), stems_of_values(specs, field), stems(spoken(entity.name))
    others = owners_beside(specs, entity, field)
    late = (piece for piece in pieces_of(conversation) if piece.is_late and name <= piece.stems)
    return tuple(piece.source for piece in late if piece.stems & values and not piece.is_of(others, own))[-MOST_QUOTED:]


def has_few(piece: Piece, values: frozenset[str]) -> bool:
    """Tell whether a piece names too few of a field's values to speak of it."""
    return len(piece.stems & values) < LEAST_OF_VALUES


def linked_by(entity: Entity) -> list[str]:
    """Return the entities that one names by foreign keys."""
    return list(dict.fromkeys(field.foreign_key for field in entity.fields if field.foreign_key))


def longer_names(specs: EntitySpecs, name: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the names of entities that hold a name: who says “book copy” doesn't speak of a book."""
    return tuple(one for entity in specs.entities if frozenset(name) < frozenset(one := phrase(entity.name)))


def owners_beside(specs: EntitySpecs, entity: Entity, field: EntityField) -> tuple[frozenset[str], ...]:
    """Return the names of the other entities that have a field of the same name."""
    return tuple(stems(spoken(one.name)) for one in specs.entities if one != entity and one.field(field.name))


def sources_of_rule(
    conversation: Conversation, specs: EntitySpecs, entity: Entity, rule: DeclaredRule
) -> tuple[Source, ...]:
    """Return where a rule was said: where most of its words, its fields and their values stand together."""
    names = [*names_in(rule.model_dump(mode="json", exclude={"kind"})), entity.name]
    about = {stem for name in names for stem in stems(spoken(name)) - ENDINGS}
    values = {stem for name in names if (field := entity.field(name)) for stem in stems_of_values(specs, field)}
    return likeliest(conversation, RULE_WORDS[type(rule)], about | values, LEAST_FOR_A_RULE)


def sources_of_quotes(conversation: Conversation, quotes: Iterable[str]) -> tuple[Source, ...]:
    """Return where exactly these words were said, in their order; the latest of several who said the same.

    Words that the built-in planner put plainly before it read them are traced to the sentence that says so.
    """
    said = [(one.timestamp, one.author, one.text, "") for one in conversation.messages]
    said += [(one.timestamp, one.author, one.text, one.question.text) for one in conversation.answers]
    said += [(one.timestamp, one.author, one.text, "") for one in conversation.changes if not set_in_form(one.text)]
    found: dict[str, Source] = {}
    for quote in quotes:
        wanted = comparable(quote)
        for key, author, text, question in said if wanted else ():
            words = quote if wanted in comparable(text) else as_said(text, quote)
            if words and (words == quote or quote not in found):
                found[quote] = Source(key=key, author=author, quote=words, question=question)
    return in_order(conversation, found.values())[:MOST_QUOTED]


def sources_of_said_rule(
    conversation: Conversation, entity: Entity, rule: DeclaredRule, quotes: Iterable[str]
) -> tuple[Source, ...]:
    """Return where a rule was said in words that are known; where the form brought it later, that alone."""
    said, brought = sources_of_quotes(conversation, quotes), rule_set_in_form(conversation, entity, rule)
    is_later = brought is not None and in_order(conversation, (*said, brought))[-1] == brought
    return (brought,) if brought and is_later else said


def rule_set_in_form(conversation: Conversation, entity: Entity, rule: DeclaredRule) -> Source | None:
    """Return the last change in the form `Edit entities` that brought a rule; None where none did."""
    quote = f"{entity.name} gains the rule “{rule_in_words(entity.name, rule)}”"
    brought = (one for one in reversed(conversation.changes) if quote in set_in_form(one.text))
    return next((Source(key=one.timestamp, author=one.author, quote=quote, is_set=True) for one in brought), None)


def in_order(conversation: Conversation, sources: Iterable[Source]) -> tuple[Source, ...]:
    """Return sources in the order in which they were said, each once."""
    keys = [one.timestamp for one in conversation.messages]
    keys += [one.timestamp for one in conversation.answers]
    keys += [one.timestamp for one in conversation.changes]
    places = {key: place for place, key in reversed(list(enumerate(keys)))}
    return tuple(sorted(dict.fromkeys(sources), key=lambda one: places.get(one.key, len(keys))))


def sources_of_signing_in(conversation: Conversation, account: Entity) -> tuple[Source, ...]:
    """Return where it was said that people log in, rather as that entity."""
    return likeliest(conversation, SIGNING_IN, stems(spoken(account.name)), 1)


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
    conversation: Conversation,
    wanted: frozenset[str],
    near: frozenset[str] = frozenset(),
    *,
    name: tuple[str, ...] = (),
    own: frozenset[str] = frozenset(),
    others: Iterable[frozenset[str]] = (),
    longer: Iterable[tuple[str, ...]] = (),
) -> tuple[Source, ...]:
    """Return the pieces that hold all wanted words: the first that speaks most of what is near, then the latest.

    ``name``: the words as one; ``others``: names of what has the same beside this, whose name is ``own``; ``longer``:
    names that hold this one, which it is rather not taken from.
    """
    if not wanted:
        return ()
    others, longer = tuple(others), tuple(longer)
    holding = [piece for piece in pieces_of(conversation) if wanted <= piece.stems and not piece.is_of(others, own)]
    if not holding:
        return ()

    def likeness(piece: Piece) -> tuple[bool, bool, int, bool]:
        is_longer = any(piece.says_only(each, own or wanted) for each in longer)
        return not is_longer, piece.says(name), piece.nearness(near), not piece.is_late

    first = max(holding, key=likeness)
    later = [piece for piece in holding if piece.is_late and piece is not first]
    return (first.source, *(piece.source for piece in later[-(MOST - 1) :]))


def likeliest(
    conversation: Conversation,
    own: frozenset[str],
    about: Iterable[str],
    least: int,
    but: Callable[[Piece], bool] = lambda _: False,
) -> tuple[Source, ...]:
    """Return the piece that has the most of these words, at least one of its own; the first of several.

    ``but``: tells which pieces are of something else.
    """
    every = frozenset(about) | own
    pieces = [piece for piece in pieces_of(conversation) if piece.stems & own and not but(piece)]
    best = max((len(piece.stems & every) for piece in pieces), default=0)
    if best < least:
        return ()
    return (next(piece.source for piece in pieces if len(piece.stems & every) == best),)


def pieces_of(conversation: Conversation) -> Iterator[Piece]:
    """Yield everything that was said, piece by piece: messages, then answers, then changes."""
    for message in conversation.messages:
        yield from pieces_of_text(message.timestamp, message.author, message.text)
    for answer in conversation.answers:
        if answer.text.strip():
            yield from pieces_of_answer(answer)
    for change in conversation.changes:
        yield from pieces_of_change(change)


def pieces_of_change(change: Message) -> Iterator[Piece]:
    """Yield what a change says piece by piece; of one that was made in a form, what it set.

    What takes a rule back is why nothing is there.
    """
    told = set_in_form(change.text)
    for piece in pieces_of_text(change.timestamp, change.author, told or change.text, is_late=True):
        if takes_rule_back(piece.source.quote):
            continue
        yield replace(piece, source=piece.source.model_copy(update={"is_set": bool(told)}))


@lru_cache(maxsize=500)
def takes_rule_back(text: str) -> bool:
    """Tell whether a piece of a change takes a rule back that it names or quotes."""
    said = read_loosening(text)
    return said is not None and bool(said.noun)


def pieces_of_answer(answer: Answer) -> Iterator[Piece]:
    """Yield an answer as it stands; of a long one its sentences, so that what is quoted is what was meant."""
    source = Source(
        key=answer.timestamp, author=answer.author, quote=answer.text.strip(), question=answer.question.text
    )
    if len(source.quote) <= LONGEST_WHOLE:
        yield Piece(source)
        return
    for piece in pieces_of_text(source.key, source.author, source.quote):
        yield replace(piece, source=piece.source.model_copy(update={"question": source.question}))


def pieces_of_text(key: str, author: str, text: str, *, is_late: bool = False) -> Iterator[Piece]:
    """Yield the sentences of a text, and their parts between semicolons, as they stand, each with its heading."""
    lines = [line for line in text.split("\n") if line.strip()]
    headings = headings_of(lines)
    items: dict[int, list[str]] = {}
    for line, above in zip(lines, headings, strict=True):
        items.setdefault(above, []).append(line)
    for at, line in enumerate(lines):
        heading = lines[headings[at]] if headings[at] >= 0 else ""
        for found in PIECE.finditer(line):
            if part := found[0].strip(" \t,:-•*"):
                yield Piece(Source(key=key, author=author, quote=part), is_late, heading, " ".join(items.get(at, ())))


def headings_of(lines: list[str]) -> list[int]:
    """Return for each line the nearest line above that stands less far in, or -1; an item stands in by one."""
    headings: list[int] = []
    above: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        start = BULLET.match(line)
        depth = 2 * len(start["indent"].expandtabs(4)) + bool(start["bullet"]) if start else 0
        above = [one for one in above if one[0] < depth]
        headings.append(above[-1][1] if above else -1)
        above.append((depth, at))
    return headings


def phrase(text: str) -> tuple[str, ...]:
    """Return the words of a text in their order, in small letters and in the singular; ``e-mail`` is ``email``."""
    return tuple(singular(word.replace("-", "").removesuffix("'s")) for word in words_of(spoken(text)))


def stems(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(singular(word.replace("-", "").removesuffix("'s")) for word in words_of(text))
