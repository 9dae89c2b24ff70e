"""What people say of a thing that is none: it isn't there at all, or it is a field of another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.documents.naming import joined, snake_case
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft, Said
from bot.planning.built_in.drafts.plain_facts import forget_entity, make_fact, owner_called, owners_of
from bot.planning.built_in.phrases.denials import denies
from bot.planning.built_in.phrases.plain_facts import PlainFact, read_plain_answer
from bot.planning.built_in.questions.answers import plural_of, reader_of
from bot.planning.built_in.questions.left_words import home_of
from bot.planning.built_in.words.field_kinds import TEXT_LISTS, kind_of
from bot.planning.built_in.words.sentences import sentences_of
from bot.planning.built_in.words.vocabulary import a, word_set, words_of

__all__ = ["NO_SUCH_THING", "choices_against", "take_denial", "take_for_field"]

NO_SUCH_THING = "There is no such thing"
MOST_OWNERS = 2
"""How many things a question names of which the thing in doubt may be a field."""
USUAL_FIELDS = word_set("note comment remark phone address picture photo image description summary detail name title")
"""Nouns that are a field of something more often than a thing of their own."""
WORDS_FOR_FIELDS = word_set("field fields column columns attribute attributes property properties")


def choices_against(draft: Draft, entity: EntityDraft) -> tuple[str, ...]:
    """Return the choices that deny a thing: that it is a field of what it is likely a field of, or that it isn't."""
    fields = [of_owner(draft.entities[name]) for name in likely_owners(draft, entity)]
    return (*fields, NO_SUCH_THING)


def of_owner(owner: EntityDraft) -> str:
    """Return the choice that something is a field of an entity."""
    return f"It is a field of {plural_of(owner.noun)}"


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
    if text != NO_SUCH_THING and not denies(text, entity.noun):
        return False
    sentence = sentence_of(draft, entity)
    take_back(draft, entity)
    draft.unread[:] = [piece for piece in draft.unread if piece.casefold() not in sentence.casefold()]
    draft.decide(f"There is no such thing as {a(entity.noun)} ({author})")
    keep = draft.keep_open if draft.entities else draft.leave
    keep(sentence)
    return True


def sentence_of(draft: Draft, entity: EntityDraft) -> str:
    """Return the sentence in which a thing was named, or the piece of it where that is too long to be quoted."""
    quote = entity.said.quote
    sentences = [" ".join(one.split()).strip(" ,;:.") for text in draft.said for one in sentences_of(text)]
    return home_of(" ".join(quote.split()), sentences) or quote


def take_for_field(draft: Draft, entity: EntityDraft, text: str, author: str) -> bool:
    """Take that a thing is only a field of another; tell whether an answer says so and of what."""
    fact = read_plain_answer(text)
    if fact is None or not fact.is_firm or fact.kind not in {"int", ""}:
        return False
    owners = owners_of(draft, entity.name, fact)
    if fact.owner and not owner_called(draft, fact.owner):
        return False
    if not owners and len(draft.entities) == 2:
        owners = [name for name in draft.entities if name != entity.name]
    is_named = any(
        one.field.foreign_key == entity.name for other in draft.entities.values() for one in field_drafts(other)
    )
    if not fact.kind and not owners and not is_named:
        return False
    if fact.kind or is_named:
        kept = make_fact(draft, entity.name, fact, Said(author, text))
    else:
        kept = put_fields(draft, entity, owners, author)
    instead = f", only {joined(kept)}" if kept else ""
    draft.decide(f"{a(entity.noun).capitalize()} is no thing of its own{instead} ({author})")
    return True


def take_back(draft: Draft, entity: EntityDraft) -> None:
    """Take a thing back, with what was decided of it."""
    forget_entity(draft, entity.name)
    about = (f"Each {entity.noun} names ", f"{a(entity.noun).capitalize()} has ")
    named = re.compile(rf"^Each [\w ]+ names one {re.escape(entity.noun)}:")
    draft.decisions[:] = [one for one in draft.decisions if not one.startswith(about) and not named.match(one)]


def field_drafts(entity: EntityDraft) -> Iterable[FieldDraft]:
    """Return the fields of an entity."""
    return entity.fields.values()


def put_fields(draft: Draft, entity: EntityDraft, owners: list[str], author: str) -> list[str]:
    """Put a field in the place of a thing into each of its owners; return where it is kept."""
    words = said_as(entity)
    take_back(draft, entity)
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
