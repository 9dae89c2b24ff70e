"""Declares rules with a span of time in them: "due three weeks after it was lent", "lasts at most 90 days"."""

from __future__ import annotations

import re

from bot.documents.entities.declared_rules import MOMENTS, DerivedMoment, LatestAfter
from bot.documents.entities.entity_specs import EntityField
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft
from bot.planning.built_in.phrases.noun_clauses import read_clause
from bot.planning.built_in.phrases.rule_phrases import Wish
from bot.planning.built_in.rules.rule_subjects import (
    OVER,
    Found,
    moment_called,
    moments,
    named,
    only,
    over_field,
    pair_of,
    period_of,
)
from bot.planning.built_in.words.field_kinds import typed
from bot.planning.built_in.words.vocabulary import DETERMINERS, EVENT_NOUNS, base_verb, word_set, words_of

__all__ = ["derived", "lasting", "lending", "limit"]

MOST_WORDS = 5
"""Words of a name that nobody gave; longer ones name nothing well."""
PLAIN_VERBS = word_set("made given sent set done")
"""Verbs that say nothing without their object: an offer that was made has ``offer_made_on``."""


def limit(draft: Draft, wish: Wish, entity: str, field: str) -> Found:
    """Declare "the last day is at most 12 weeks after the first day"."""
    pair = pair_of(draft, wish, entity, wish.part("left") or field, wish.part("right"))
    if pair is None or wish.span is None:
        return None
    return pair[0], (LatestAfter(field=pair[1].name, span=wish.span, after=pair[2].name),)


def lasting(draft: Draft, wish: Wish, _entity: str, _field: str) -> Found:
    """Declare "a lease lasts at most 90 days": its end is that span after its start.

    Where something is due and given back, what was planned is meant: a loan of at most three days is due by then.
    """
    subject = named(draft, wish.part("what"))
    if subject is None or wish.span is None:
        return None
    period, over = period_of(subject), over_field(subject)
    start = period[0] if period else only([one for one in moments(subject) if over is None or one.name != over.name])
    end = period[1] if period else over
    due = moment_called(subject, "due")
    if due is not None and due.name != (end.name if end else ""):
        others = [one for one in moments(subject) if one.name != due.name and not set(words_of(one.name)) & OVER]
        begun = only([one for one in others if not one.optional])
        if begun is not None and begun.type == due.type:
            draft.assume(f"{subject.name}.{due.name} is when it ends as planned: “{wish.quote}”")
            start, end = begun, due
    if start is None or end is None:
        return None
    return subject, (LatestAfter(field=end.name, span=wish.span, after=start.name),)


def derived(draft: Draft, wish: Wish, entity: str, _field: str) -> Found:
    """Declare "runs_out_at is always 48 hours after made_at" and "a loan is due three weeks after it was lent"."""
    if wish.span is None:
        return None
    if not wish.part("left") and entity in draft.entities:
        return derived_within(draft, wish, draft.entities[entity])
    subject = named(draft, wish.part("left"))
    left = f"{wish.part('left')} {'due' if wish.part('due') else ''} {wish.part('verb')}"
    if subject is None:
        pair = pair_of(draft, wish, entity, left, wish.part("right"))
        if pair:
            return derivation(wish, *pair)
        return derived_within(draft, wish, draft.entities[entity]) if entity in draft.entities else None
    word = wish.part("verb") or wish.part("due")
    target = moment_called(subject, word)
    others = [one for one in moments(subject) if target is None or one.name != target.name]
    source = moment_called(subject, wish.part("right"), target.name if target else "") or only(others)
    if source is None or not word:
        return None
    if target is None:
        name = "_".join([*words_of(word), "on" if source.type.name == "date" else "at"])
        target = EntityField(name=name, type=source.type, optional=source.optional)
        subject.fields[name] = FieldDraft(target, subject.said, type_said=True)
        draft.assume(f"{subject.name}.{name} is kept: “{wish.quote}”")
    return derivation(wish, subject, target, source)


def derived_within(draft: Draft, wish: Wish, entity: EntityDraft) -> Found:
    """Declare "the first answer is due 8 hours after it came in" with fields of its own, as assumed."""
    word = wish.part("due") or wish.part("verb")
    if not word or wish.span is None:
        return None
    right = wish.part("right")
    is_that = re.fullmatch(r"(?:that|this|it)(?: (?:day|date|moment|time))?", right) is not None
    source = only(moments(entity)) if is_that else moment_called(entity, right)
    joint = "at" if wish.span.unit == "hours" or (source and source.type.name == "datetime") else "on"
    subject = [each for each in words_of(wish.part("left")) if each not in DETERMINERS]
    if source is None and not is_that:
        source = new_moment(draft, entity, right_name(right, subject, joint), wish)
    if source is None:
        return None
    target = moment_called(entity, f"{wish.part('left')} {word}", source.name)
    target = target or new_moment(draft, entity, "_".join([*subject, *words_of(word), joint]), wish)
    return derivation(wish, entity, target, source) if target else None


def derivation(wish: Wish, entity: EntityDraft, target: EntityField, source: EntityField) -> Found:
    """Declare that a moment is always another one and the span; both have one type then."""
    if wish.span is None or (target.type.name, source.type.name) == ("datetime", "date"):
        return None
    if target.type.name == "date" and wish.span.unit == "hours":
        return None
    if target.optional != source.optional:
        entity.fields[target.name].field = target.model_copy(update={"optional": source.optional})
    return entity, (DerivedMoment(field=target.name, source=source.name, span=wish.span),)


def lending(draft: Draft, wish: Wish, _entity: str, _field: str) -> Found:
    """Declare "we lend for three weeks": what is due in the record of that event."""
    record = named(draft, EVENT_NOUNS.get(base_verb(wish.part("verb")), ""))
    target = moment_called(record, "due") if record else None
    if record is None or target is None:
        return None
    others = [one for one in moments(record) if one.name != target.name]
    source = only([one for one in others if not set(words_of(one.name)) & OVER])
    return derivation(wish, record, target, source) if source else None


def right_name(right: str, subject: list[str], joint: str) -> str:
    """Return the name of the moment that "it came in" or "it was made" speaks of, or nothing."""
    clause = read_clause(
        right if right.startswith(("the day", "the date", "the time", "the moment")) else f"the day {right}"
    )
    if clause is None or clause.kind not in MOMENTS:
        return ""
    words = [*words_of(clause.name)[:-1], joint]
    return "_".join([*subject, *words] if len(words) == len(["made", "on"]) and words[0] in PLAIN_VERBS else words)


def new_moment(draft: Draft, entity: EntityDraft, name: str, wish: Wish) -> EntityField | None:
    """Add a moment that a rule needs and nobody named, noted as an assumption; None where there is no name for it."""
    if not name or len(name.split("_")) > MOST_WORDS or not name.isidentifier():
        return None
    if name not in entity.fields:
        kind = "datetime" if name.endswith("_at") else "date"
        field = EntityField(name=name, type=typed(kind))
        entity.fields[name] = FieldDraft(field, entity.said, type_said=True)
        entity.is_settled = True
        draft.assume(f"{entity.name}.{name} is kept: “{wish.quote}”")
    return entity.fields[name].field
