"""Declares that periods don't overlap: "a room can't be booked twice at the same time", with the times it needs."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.entities.declared_rules import NoOverlap
from bot.documents.entities.entity_specs import EntityField
from bot.documents.naming import joined
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft, RuleWish
from bot.planning.built_in.drafts.persons import is_person
from bot.planning.built_in.drafts.resolution import FAMILIES, add_reference
from bot.planning.built_in.phrases.rule_phrases import Form, Wish
from bot.planning.built_in.questions.answers import OpenPoint, chosen, note, yes_or_no
from bot.planning.built_in.rules.left_out_rules import has_state
from bot.planning.built_in.rules.rule_subjects import (
    ENDS,
    Found,
    implied_key,
    key_to,
    moment_called,
    moments,
    named,
    period_of,
    with_days,
)
from bot.planning.built_in.words.field_kinds import typed
from bot.planning.built_in.words.vocabulary import EVENT_NOUNS, a, base_verb, entity_name, spoken, words_of
from bot.planning.conversation import Question

__all__ = ["add_records", "give_periods", "no_overlap", "periods_open"]

START, END = "starts_at", "ends_at"
DAYS = frozenset({"day", "date", "night", "evening", "morning", "afternoon"})
"""What a rule calls the one day of a record."""


def no_overlap(draft: Draft, wish: Wish, _entity: str, _field: str) -> Found:
    """Declare "a doctor can't have two appointments at the same time"."""
    owner = owner_of(draft, wish)
    record = period_record(draft, wish, owner) if owner else None
    if owner is None or record is None or (wish.part("apart") and not has_state(draft, record, wish.part("apart"))):
        return None
    key, period = implied_key(draft, wish, record, owner), period_said(wish, record)
    if key is None or period is None:
        return None
    note_period(draft, wish, record, period)
    return record, (NoOverlap(start=period[0].name, end=period[1].name, relation=key.name.removesuffix("_id")),)


def period_said(wish: Wish, record: EntityDraft) -> tuple[EntityField, EntityField] | None:
    """Return the two moments of a record that a rule names, or those that begin and end it, in a pasted one its two."""
    if wish.part("start"):
        start = moment_called(record, wish.part("start"))
        end = moment_called(record, wish.part("end"), start.name if start else "")
        is_period = start is not None and end is not None and start.type == end.type
        return (start, end) if start and end and is_period else None
    found = moments(record)
    is_pair = record.is_pasted and len(found) == 2 and found[0].type == found[1].type
    return period_of(record) or ((found[0], found[1]) if is_pair else None)


def note_period(draft: Draft, wish: Wish, record: EntityDraft, period: tuple[EntityField, EntityField]) -> None:
    """Note what was assumed of the two moments of a record: that they are its ends, that the first is given."""
    start, end = period
    if start.optional:
        record.fields[start.name].field = start.model_copy(update={"optional": False})
        draft.assume(f"{record.name}.{start.name} must be given: “{wish.quote}” counts from it")
    if period_of(record) is None and not wish.part("start"):
        draft.assume(f"{record.name}: {start.name} and {end.name} are its start and end: “{wish.quote}”")


def owner_of(draft: Draft, wish: Wish) -> EntityDraft | None:
    """Return whose periods a rule is about: as named, or the only thing, other than people, that the record names."""
    if wish.part("owner"):
        return named(draft, wish.part("owner"))
    record = named(draft, wish.part("record")) if wish.part("record") else booked(draft, wish)
    keys = [one.field.foreign_key or "" for one in record.fields.values()] if record else []
    owners = [draft.entities[name] for name in dict.fromkeys(keys) if name in draft.entities]
    things = [one for one in owners if not is_person(one)] if len(owners) > 1 else owners
    return things[0] if len(things) == 1 else None


def period_record(draft: Draft, wish: Wish, owner: EntityDraft) -> EntityDraft | None:
    """Return the record whose periods a rule is about: as named, or as its verb makes it, or the only one that fits."""
    if wish.part("record"):
        return named(draft, wish.part("record"))
    keyed = [one for one in draft.entities.values() if key_to(one, owner)]
    if held := named(draft, wish.part("held")) if wish.part("held") else None:
        if held in keyed and times_of(held):
            return held
        keyed = [one for one in keyed if key_to(one, held) and times_of(one)]
    called = [one for one in keyed if one.name == record_name(wish)]
    if not keyed and (kin := booked(draft, wish)) and period_of(kin):
        return kin
    others = [one for one in keyed if times_of(one) or not is_person(one)]
    found = called or [one for one in keyed if period_of(one)] or (others if len(keyed) == 1 else [])
    return found[0] if len(found) == 1 else None


def booked(draft: Draft, wish: Wish) -> EntityDraft | None:
    """Return the only record that a rule's verb makes, under whichever of its names: bookings, reservations."""
    noun = EVENT_NOUNS.get(base_verb(wish.part("verb")), "")
    family = next((family for family in FAMILIES if noun in family), frozenset({noun}))
    called = [one for one in draft.entities.values() if noun and set(words_of(one.noun)) & family]
    return called[0] if len(called) == 1 else None


def record_name(wish: Wish) -> str:
    """Return the record that a rule's verb makes: what is booked has bookings."""
    noun = EVENT_NOUNS.get(base_verb(wish.part("verb")), "")
    return entity_name(noun) if noun else ""


def lacking(draft: Draft) -> Iterator[tuple[RuleWish, EntityDraft, EntityDraft | None]]:
    """Yield rules against overlaps that lack a period: the wish, its owner, and the record if there is one."""
    for wish in draft.rule_wishes:
        owner = owner_of(draft, wish.wish) if wish.wish.form == Form.NO_OVERLAP else None
        if wish.is_settled or owner is None:
            continue
        record = period_record(draft, wish.wish, owner)
        is_named = record is not None and bool(wish.wish.part("start"))
        if record is not None and is_by_day(wish.wish, record):
            continue
        if record is None or (period_said(wish.wish, record) is None and not is_named):
            yield wish, owner, record


def is_by_day(wish: Wish, record: EntityDraft) -> bool:
    """Tell whether a rule speaks of one day of a record that has one: no period says that it occurs once a day."""
    dates = [one for one in times_of(record) if one.type.name == "date"]
    return wish.part("unit") in DAYS and len(dates) == 1 and period_of(record) is None


def periods_open(draft: Draft) -> Iterator[OpenPoint]:
    """Ask when a record begins and ends that only has other dates, where a rule needs to know."""
    for wish, _, record in lacking(draft):
        if record is None or with_days(draft, wish.wish.quote, record):
            continue
        if times_of(record) and start_of(record) is None:
            yield period_point(draft, wish, record)
            return


def period_point(draft: Draft, wish: RuleWish, record: EntityDraft) -> OpenPoint:
    """Ask for the start and the end of one record."""
    dates = joined([spoken(one.name) for one in times_of(record)])
    options = (
        f"Add {spoken(START)} and {spoken(END)} to each {record.noun}",
        "Leave the rule out, noted in the review",
    )
    question = Question(
        id=f"period:{record.name}".lower(),
        text=f"“{wish.wish.quote}”: when does {a(record.noun)} start and end? So far it has only {dates}.",
        reason="Whether two of them overlap can only be told from a start and an end.",
        options=options, default=options[0],
    )  # fmt: skip

    def settle(text: str, author: str) -> None:
        if chosen(text, options) == options[1] or yes_or_no(text) is False:
            wish.is_settled = True
            draft.leave(wish.wish.quote)
            draft.left_out.append(wish.wish.quote)
            return
        is_answered = bool(chosen(text, options) or yes_or_no(text))
        give_period(record)
        note(draft, f"Each {record.noun} has {START} and {END}", text, author, is_answered=is_answered)

    return OpenPoint("what each thing holds", question, settle)


def add_records(draft: Draft) -> None:
    """Add the records that rules against overlaps speak of, where no link can become one."""
    for wish, owner, record in list(lacking(draft)):
        may_come = any(owner.name in {link.subject, link.object} and not link.is_settled for link in draft.links)
        if record is None and not may_come and (added := new_record(draft, wish, owner)):
            give_period(added)


def give_periods(draft: Draft) -> bool:
    """Add the start and the end that rules against overlaps need, noted as assumptions; tell whether any was added."""
    was_added = False
    for wish, owner, found in list(lacking(draft)):
        record = found or new_record(draft, wish, owner)
        if record is None or record.is_pasted:
            continue
        start, end = give_period(record)
        draft.assume(f"{a(record.noun).capitalize()} has {start} and {end}: “{wish.wish.quote}” needs them")
        was_added = True
    return was_added


def new_record(draft: Draft, wish: RuleWish, owner: EntityDraft) -> EntityDraft | None:
    """Add the record that nobody spoke of: each time that a room is booked is a booking."""
    name = record_name(wish.wish) or entity_name(wish.wish.part("record"))
    if not name or name in draft.entities or any(key_to(one, owner) for one in draft.entities.values()):
        return None
    record = draft.entity(name, wish.said)
    add_reference(draft, name, owner.name, wish.said, optional=False)
    draft.assume(
        f"{a(record.noun).capitalize()} of {a(owner.noun)}, with {START} and {END}, is kept: “{wish.wish.quote}”"
    )
    return record


def give_period(record: EntityDraft) -> tuple[str, str]:
    """Give a record a required start and end with times; a moment that it has already is its start."""
    start = start_of(record)
    for name in (START, END) if start is None else (END,):
        field = EntityField(name=name, type=typed("datetime"))
        record.fields[name] = FieldDraft(field, record.said, tuple(words_of(name)), type_said=True)
    record.is_settled = True
    return (start.name if start else START), END


def times_of(record: EntityDraft) -> list[EntityField]:
    """Return the fields of a record that say when something is: dates, moments, and times of day."""
    return [*moments(record), *(one.field for one in record.fields.values() if one.field.type.name == "time")]


def start_of(record: EntityDraft) -> EntityField | None:
    """Return the only moment of a record, where it can be its start: given for each, with a time, and no end."""
    found = times_of(record)
    if len(found) != 1 or found[0].optional or found[0].type.name != "datetime":
        return None
    return None if set(words_of(found[0].name)) & ENDS else found[0]
