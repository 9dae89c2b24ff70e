"""What people say of a thing that is none: it isn't there at all, or it is a field of another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.documents.naming import joined, snake_case
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft, Said
from bot.planning.built_in.drafts.plain_facts import (
    Gone,
    add_fact,
    forget_entity,
    make_fact,
    nothing_else,
    owner_called,
    owners_of,
)
from bot.planning.built_in.drafts.resolution import WRITTEN
from bot.planning.built_in.phrases.denials import denies, is_called
from bot.planning.built_in.phrases.denied_nouns import (
    aside_of,
    counted_instead,
    denied_nouns,
    denies_by_name,
    is_just_anybody,
    said_instead,
)
from bot.planning.built_in.phrases.plain_facts import PlainFact, read_plain_answer
from bot.planning.built_in.phrases.told_denials import Counted, of_ourselves, only_one
from bot.planning.built_in.questions.answers import plural_of, reader_of
from bot.planning.built_in.questions.left_words import home_of
from bot.planning.built_in.words.field_kinds import TEXT_LISTS, kind_of, typed
from bot.planning.built_in.words.sentences import sentences_of
from bot.planning.built_in.words.vocabulary import a, entity_name, straight, word_set, words_of

__all__ = [
    "NO_SUCH_THING",
    "choices_against",
    "has_many",
    "is_denied",
    "is_gone",
    "put_instead",
    "take_back_thing",
    "take_denial",
    "take_for_field",
    "take_things_denied",
    "things_denied",
]

NO_SUCH_THING = "There is no such thing"
MOST_OWNERS = 2
"""How many things a question names of which the thing in doubt may be a field."""
USUAL_FIELDS = word_set("note comment remark phone address picture photo image description summary detail name title")
"""Nouns that are a field of something more often than a thing of their own."""
TOO_PLAIN = word_set("name number phone note text id date")
"""Fields that are called after the thing that they are kept in the place of: the caller's name of a fault."""
FIELD_WORDS = regex(r"(?:only|just|but|we)\b.*\b(?:field|column|text|note|number|name)s?\b", re.IGNORECASE)
OF_ANOTHER = regex(r"(?:the|an?|each|every)\s+[\w-]+\s+(?:just|only|simply)\b", re.IGNORECASE)
"""What a denial goes on to say of another thing: "a ticket just says which row"."""
TOPIC = regex(r"(?:the|our)\s+[\w-]{2,30}(?:\s+[\w-]{2,30})?\?\s+[^.!?\n]{2,60}[.!]?$", re.IGNORECASE)
"""What an answer speaks of, as a question of its own: "The school? That's us."."""
WORDS_FOR_FIELDS = word_set("field fields column columns attribute attributes property properties")


def choices_against(draft: Draft, entity: EntityDraft) -> tuple[str, ...]:
    """Return the choices that deny a thing: that it is a field of what it is likely a field of, or that it isn't."""
    fields = [of_owner(draft.entities[name]) for name in likely_owners(draft, entity)]
    return (*fields, NO_SUCH_THING)


def of_owner(owner: EntityDraft) -> str:
    """Return the choice that something is only kept with each of an entity."""
    return f"It is only a detail of {plural_of(owner.noun)}"


def likely_owners(draft: Draft, entity: EntityDraft) -> list[str]:
    """Return what a thing may be a field of: what it is linked with, or what its sentence spoke of before."""
    linked = owners_of(draft, entity.name, PlainFact(entity.noun))
    if linked or any(entity.name in {link.subject, link.object} for link in draft.links):
        return linked[:MOST_OWNERS]
    others = [one for one in draft.entities.values() if one is not entity and one.fields and not one.is_pasted]
    if not is_usual_field(entity.noun):
        others = [one for one in others if is_in_one_sentence(draft, one, entity)]
    return [one.name for one in reversed(others)][:MOST_OWNERS]


def is_usual_field(noun: str) -> bool:
    """Tell whether a noun is a field of something more often than a thing of its own."""
    words = words_of(noun)
    things = words_of(plural_of(noun))
    is_typed = kind_of(snake_case(noun.replace(" ", "_")), words)[1] if words else False
    return bool(words) and (is_typed or words[-1] in USUAL_FIELDS or things[-1] in TEXT_LISTS)


def is_in_one_sentence(draft: Draft, one: EntityDraft, other: EntityDraft) -> bool:
    """Tell whether two things were named in one sentence."""
    sentences = [sentence for text in draft.said for sentence in sentences_of(text)]
    return any(one.said.quote in sentence and other.said.quote in sentence for sentence in sentences)


def take_denial(draft: Draft, entity: EntityDraft, text: str, author: str) -> bool:
    """Take that a thing isn't there: its sentence is quoted as unread. Tell whether an answer says so."""
    first, *more = [text] if TOPIC.match(text) else sentences_of(text) or [text]
    if text != NO_SUCH_THING and not is_denied(first, entity.noun):
        return False
    sentence, owners = sentence_of(draft, entity), has_many(draft, entity)
    if owners and only_one(straight(first, " .!"), entity.noun):
        return False
    take_back_thing(draft, entity)
    is_kept = take_others(draft, first, entity.noun, author, owners=owners)
    for one in more:
        if not is_denied(one, entity.noun) or said_instead(one):
            is_kept |= read_beside(draft, one, entity.noun, author, owners=owners)
    draft.unread[:] = [piece for piece in draft.unread if piece.casefold() not in sentence.casefold()]
    draft.decide(f"There is no such thing as {a(entity.noun)} ({author})")
    keep = draft.keep_open if draft.entities else draft.leave
    if not is_kept and not is_ours(first, entity.noun):
        keep(sentence)
    return True


def is_denied(sentence: str, noun: str) -> bool:
    """Tell whether a sentence of an answer says that there is no thing of that name, or no record of it."""
    return denies(sentence, noun) or denies_by_name(sentence, noun) or is_just_anybody(sentence, noun)


def is_ours(sentence: str, noun: str) -> bool:
    """Tell whether a thing isn't kept because there is one in all, ours: what was said of it is understood then."""
    said = straight(sentence, " .!")
    return bool(of_ourselves(said, noun) or only_one(said, noun))


def has_many(draft: Draft, entity: EntityDraft) -> list[str]:
    """Return what has several of a thing: the number of them is kept there, where only that is kept."""
    return owners_of(draft, entity.name, PlainFact(entity.noun))


def read_beside(draft: Draft, sentence: str, noun: str, author: str, *, owners: list[str]) -> bool:
    """Read what an answer says beside its denial; tell whether it adds a field in the place of the thing."""
    if put_instead(draft, sentence, noun, author, owners=owners):
        return True
    before = sum(len(entity.fields) for entity in draft.entities.values())
    if not aside_of(sentence):
        reader_of(draft, author).read(sentence, author)
    return sum(len(entity.fields) for entity in draft.entities.values()) > before


def take_others(draft: Draft, sentence: str, noun: str, author: str, *, owners: list[str]) -> bool:
    """Take what else a denial says: others that aren't there either; tell whether a field is kept instead."""
    for other in things_denied(draft, sentence):
        take_back_thing(draft, other)
        draft.decide(f"There is no such thing as {a(other.noun)} ({author})")
    return bool(put_instead(draft, sentence, noun, author, owners=owners))


def things_denied(draft: Draft, sentence: str) -> list[EntityDraft]:
    """Return the things of which a sentence says that there are none; what was pasted is there."""
    nouns = denied_nouns(sentence)
    things = [one for one in draft.entities.values() if not one.is_pasted]
    return [one for one in things if any(is_called(noun, one.noun) for noun in nouns)]


def take_things_denied(draft: Draft, sentence: str, author: str) -> bool:
    """Take back what a sentence beside an answer says isn't there; tell whether it names things that were."""
    things = things_denied(draft, sentence)
    if not things or len(things) == len(draft.entities):
        return False
    take_others(draft, sentence, things[0].noun, author, owners=has_many(draft, things[0]))
    return True


def is_gone(draft: Draft, sentence: str) -> bool:
    """Tell whether a sentence only says again that something isn't there that was taken back."""
    nouns = denied_nouns(sentence)
    return bool(nouns) and all(any(is_called(noun, gone) for gone in draft.gone) for noun in nouns)


def put_number(draft: Draft, counted: Counted, aside: str, noun: str, said: Said, *, owners: list[str]) -> list[str]:
    """Keep the number that a denial says is kept in the place of a thing; return where.

    What is kept itself is counted there. What can't be placed is quoted.
    """
    named = owner_called(draft, counted.thing) if counted.thing else ""
    places = [one for one in ([named] if named else owners) if one in draft.entities]
    if counted.what and (owner_called(draft, counted.what) or is_kept_as_field(draft, counted.what)):
        draft.decide(f"“{aside}” ({said.author})")
        return []
    if len(places) != 1 or (counted.thing and not named):
        draft.leave(aside)
        return []
    return [add_fact(draft, places[0], entity_name(counted.what or noun), "int", said)]


def is_kept_as_field(draft: Draft, things: str) -> bool:
    """Tell whether a number of things is a field already."""
    name = snake_case(things.replace(" ", "_"))
    return any({name, f"number_of_{name}"} & set(entity.fields) for entity in draft.entities.values())


def put_instead(draft: Draft, sentence: str, noun: str, author: str, *, owners: list[str]) -> list[str]:
    """Keep the field that a denial names in the place of a thing; return where. What can't be placed is quoted.

    ``owners`` is what had several of the thing.
    """
    if counted := counted_instead(sentence):
        return put_number(draft, counted, aside_of(sentence), noun, Said(author, sentence), owners=owners)
    said = said_instead(sentence)
    owner = next(filter(None, (owner_called(draft, thing) for thing in said.things)), "") if said else ""
    if said is None or not owner:
        aside = aside_of(sentence)
        if FIELD_WORDS.match(aside) or OF_ANOTHER.match(aside):
            draft.leave(aside)
        return []
    entity, before = draft.entities[owner], set(draft.entities[owner].fields)
    name = f"{noun} {said.field}" if noun and said.field in TOO_PLAIN else said.field
    reader_of(draft, author).add_fields(entity, name, "", sentence)
    kept = [key for key in entity.fields if key not in before]
    for key in kept if said.kind else ():
        entity.fields[key].field = entity.fields[key].field.model_copy(update={"type": typed(said.kind)})
        entity.fields[key].type_said = True
    entity.is_settled |= bool(kept)
    return [f"{owner}.{key}" for key in kept]


def sentence_of(draft: Draft, entity: EntityDraft) -> str:
    """Return the sentence in which a thing was named, or the piece of it where that is too long to be quoted."""
    quote = entity.said.quote
    sentences = [" ".join(one.split()).strip(" ,;:.") for text in draft.said for one in sentences_of(text)]
    return home_of(" ".join(quote.split()), sentences) or quote


def take_for_field(draft: Draft, entity: EntityDraft, text: str, author: str) -> bool:
    """Take that a thing is only a field of another; tell whether an answer says so and of what."""
    fact = read_plain_answer(text)
    is_written = entity.noun.rpartition(" ")[2] in WRITTEN
    if fact is None or not fact.is_firm or (fact.kind == "str" and is_written and not fact.owner):
        return False
    owners = owners_of(draft, entity.name, fact)
    if fact.owner and not owner_called(draft, fact.owner):
        return False
    if not owners and len(draft.entities) == 2:
        owners = [name for name in draft.entities if name != entity.name]
    is_named = any(
        one.field.foreign_key == entity.name for other in draft.entities.values() for one in field_drafts(other)
    )
    if not owners and not is_named:
        return False
    if fact.kind or is_named:
        kept = make_fact(draft, entity.name, fact, Said(author, text))
    else:
        kept = put_fields(draft, entity, owners, author)
    instead = f", only {joined(kept)}" if kept else ""
    draft.decide(f"{a(entity.noun).capitalize()} is no thing of its own{instead} ({author})")
    return True


def take_back_thing(draft: Draft, entity: EntityDraft, *, gone: Gone = nothing_else) -> None:
    """Take a thing back, with what was decided of it; ``gone`` is told of each field that went."""
    forget_entity(draft, entity.name, gone=gone)
    about = (f"Each {entity.noun} names ", f"{a(entity.noun).capitalize()} has ")
    named = re.compile(rf"^Each [\w ]+ names one {re.escape(entity.noun)}:")
    draft.decisions[:] = [one for one in draft.decisions if not one.startswith(about) and not named.match(one)]


def field_drafts(entity: EntityDraft) -> Iterable[FieldDraft]:
    """Return the fields of an entity."""
    return entity.fields.values()


def put_fields(draft: Draft, entity: EntityDraft, owners: list[str], author: str) -> list[str]:
    """Put a field in the place of a thing into each of its owners; return where it is kept."""
    words = said_as(entity)
    take_back_thing(draft, entity)
    kept = []
    for owner in owners:
        before = set(draft.entities[owner].fields)
        reader = reader_of(draft, author)
        reader.begin(owner, entity.said.quote)
        reader.read_item(words)
        draft.entities[owner].is_settled = True
        kept += [f"{owner}.{name}" for name in draft.entities[owner].fields if name not in before]
    draft.unread[:] = [piece for piece in draft.unread if not set(words_of(piece)) <= WORDS_FOR_FIELDS]
    return kept


def said_as(entity: EntityDraft) -> str:
    """Return a thing's name in the number in which it was said."""
    things = plural_of(entity.noun)
    return things if things in " ".join(entity.said.quote.lower().split()) else entity.noun
