"""Declares when something is due: "due back in 14 days", "a due date (30 days after the date)"."""

from __future__ import annotations

from bot.documents.entities.entity_specs import EntityField
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft
from bot.planning.built_in.drafts.resolution import dates_of
from bot.planning.built_in.phrases.rule_phrases import Wish
from bot.planning.built_in.rules.rule_subjects import (
    BEGINS,
    OVER,
    Found,
    key_to,
    moment_called,
    moments,
    named,
    only,
)
from bot.planning.built_in.rules.span_rules import derivation
from bot.planning.built_in.words.field_kinds import typed
from bot.planning.built_in.words.vocabulary import EVENT_FIELDS, word_set, words_of

__all__ = ["due", "field_after"]

DUE = "due_at"
LENDINGS = frozenset(noun for noun, dates in EVENT_FIELDS.items() if DUE in dict(dates))
"""Records of what comes back: they have a day on which it is due."""
FIRSTS = BEGINS | word_set("lent rented hired issued issue borrowed taken made given sent invoice order loan checked")
THAT_DATE = frozenset({"the date", "that", "it", "that date", "that day", "date", "the day"})


def due(draft: Draft, wish: Wish, entity: str, _field: str) -> Found:
    """Declare "books have to be returned within 3 weeks": what is due is that span after it began."""
    subject = named(draft, wish.part("what")) if wish.part("what") else draft.entities.get(entity)
    record = record_due(draft, subject, is_named=bool(wish.part("what"))) if subject or not entity else None
    if record is None or wish.span is None:
        return None
    if record.noun in LENDINGS and not moments(record):
        for name, optional in dates_of(record.noun):
            field = EntityField(name=name, type=typed("datetime"), optional=optional)
            record.fields[name] = FieldDraft(field, record.said, tuple(words_of(name)), type_said=True)
        record.is_settled = True
        draft.assume(f"{record.name} has {', '.join(name for name, _ in dates_of(record.noun))}: “{wish.quote}”")
    target = moment_called(record, "due")
    source = first_moment(record, target)
    if source is None or (source.type.name == "date" and wish.span.unit == "hours"):
        return None
    if target is None:
        name = "due_date" if source.name.endswith("date") else "due_on" if source.type.name == "date" else DUE
        target = EntityField(name=name, type=source.type)
        record.fields[name] = FieldDraft(target, record.said, ("due",), type_said=True)
        draft.assume(f"{record.name}.{name} is kept: “{wish.quote}”")
    return derivation(wish, record, target, source)


def record_due(draft: Draft, subject: EntityDraft | None, *, is_named: bool) -> EntityDraft | None:
    """Return the record that has the day on which something is due: the thing itself, or its loan."""
    lendings = [one for one in draft.entities.values() if one.noun.rpartition(" ")[2] in LENDINGS]
    if subject is None:
        return lendings[0] if len(lendings) == 1 else None
    if subject in lendings or (is_named and first_moment(subject, None)):
        return subject
    about = [one for one in lendings if key_to(one, subject)]
    found = about or ([] if is_named else lendings)
    return found[0] if len(found) == 1 else None


def first_moment(entity: EntityDraft, target: EntityField | None) -> EntityField | None:
    """Return the moment from which a span counts: the only one, or the only one that begins something."""
    others = [
        one
        for one in moments(entity)
        if (target is None or one.name != target.name) and not set(words_of(one.name)) & (OVER | {"due"})
    ]
    begins = [one for one in others if set(words_of(one.name)) & FIRSTS]
    return only(others) or only(begins)


def field_after(draft: Draft, wish: Wish, entity: str, field: str) -> Found:
    """Declare "a due date (30 days after the date)": the field is that span after another moment of its thing."""
    subject = draft.entities.get(entity)
    target = subject.fields[field].field if subject and field in subject.fields else None
    if subject is None or target is None or target not in moments(subject):
        return None
    is_plain = wish.part("right") in THAT_DATE
    source = first_moment(subject, target) if is_plain else moment_called(subject, wish.part("right"), target.name)
    return derivation(wish, subject, target, source) if source else None
