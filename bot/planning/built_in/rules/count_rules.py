"""Declares how many rows there may be, where the draft has what is counted and whom it is counted for."""

from __future__ import annotations

from bot.documents.entities.declared_rules import MOST_COUNTED, AtMost, DeclaredRule, OneOpen, Transition
from bot.documents.entities.entity_specs import EntityField
from bot.documents.naming import joined
from bot.planning.built_in.drafts.draft import Draft, EntityDraft
from bot.planning.built_in.phrases.count_phrases import CountSaid, read_count
from bot.planning.built_in.rules.counted_states import read_counted_state
from bot.planning.built_in.rules.rule_subjects import is_loan, key_to, named, over_field
from bot.planning.built_in.rules.rule_upkeep import drop_rule, noted
from bot.planning.built_in.words.deed_nouns import is_person
from bot.planning.built_in.words.vocabulary import a, entity_name, singular, spoken, word_set, words_of

__all__ = ["counts_what_is", "left_empty", "settle_counts"]

ROOMY = word_set(
    "place seat spot slot space room capacity participant guest people person size maximum max limit bed copy"
)
"""Words of a number that says how many have room."""
ANY_PEOPLE = word_set("people person participant guest visitor attendee one name")
"""Who is meant by them is somebody who takes part."""
SIGNED_UP = word_set(
    "registration sign-up signup up enrolment enrollment booking reservation membership participation attendance "
    "application ticket"
)
"""Records of who gets in, for whom there may be a waiting list."""
COME_BACK = word_set("returned return back")
"""Words of a moment that nobody knows before it comes; an end may be planned."""
type Place = tuple[EntityDraft, EntityField]
"""What is counted, and the key to whom it is counted for."""


def settle_counts(draft: Draft) -> None:
    """Declare the counts that unread sentences say, where it is clear what is counted for whom."""
    for piece in list(draft.unread):
        said = read_count(piece)
        rule = counted_by_state(draft, piece) or (counted(draft, said) if said else None)
        if rule is None:
            continue
        record = draft.entities[rule.entity]
        for old in [one for one in record.rules if is_other_count(one, rule)]:
            drop_rule(draft, record, old)
        record.rules = tuple(dict.fromkeys((*record.rules, rule)))
        if said and said.is_half:
            draft.assume(f"{noted(record, rule)}: whoever comes too late is refused until there is a waiting list")
            continue
        draft.unread.remove(piece)
        draft.decide(f"{noted(record, rule)}: “{piece}”")


def counts_what_is(draft: Draft, piece: str) -> bool:
    """Tell whether a sentence limits what is there to be counted: then it links nothing anew."""
    said = read_count(piece)
    return said is not None and bool(said.owner and said.thing) and counted_place(draft, said) is not None


def is_other_count(one: DeclaredRule, other: AtMost | OneOpen) -> bool:
    """Tell whether two counts are about the same rows of one parent, up to another number."""
    if not isinstance(one, AtMost | OneOpen):
        return False
    return decided_by(one) == decided_by(other) and one != other


def decided_by(rule: AtMost | OneOpen) -> tuple[object, ...]:
    """Return which rows of which parent a rule counts."""
    return (
        rule.relation,
        rule.until,
        *((rule.day, rule.status, rule.values) if isinstance(rule, AtMost) else ("", "", ())),
    )


def counted_by_state(draft: Draft, piece: str) -> AtMost | None:
    """Return the rule of a count of what is in some state, or None where that can't be told."""
    for found in read_counted_state(draft, piece):
        place = counted_place(draft, found.said)
        if place is None or place[0] is not found.record or found.said.limit or found.said.number > MOST_COUNTED:
            continue
        return AtMost(
            entity=place[0].name,
            relation=place[1].name.removesuffix("_id"),
            count=found.said.number,
            status=found.status,
            values=found.values,
        )
    return None


def counted(draft: Draft, said: CountSaid) -> AtMost | OneOpen | None:
    """Return the rule of a count in the names of the draft, or None where that can't be told."""
    place = counted_place(draft, said)
    if place is None:
        return None
    record, key = place
    relation = key.name.removesuffix("_id")
    until = over_field(record)
    if said.is_open and until is not None and not until.optional and set(words_of(until.name)) & COME_BACK:
        until = left_empty(draft, record, until)
    is_over = until is not None and until.optional
    if said.is_open and not is_over:
        return while_it_goes_on(draft, record, relation, said)
    ends = until.name if until and is_over and (said.is_open or is_loan(record)) else ""
    if said.limit:
        number = number_of(draft.entities[key.foreign_key or ""], said.limit)
        return AtMost(entity=record.name, relation=relation, limit=number, until=ends) if number else None
    if said.number == 1:
        return OneOpen(entity=record.name, relation=relation, until=ends) if ends else None
    if said.number > MOST_COUNTED:
        return None
    return AtMost(entity=record.name, relation=relation, count=said.number, until=ends)


def while_it_goes_on(draft: Draft, record: EntityDraft, relation: str, said: CountSaid) -> AtMost | None:
    """Return the count of records whose status has a step before it, where steps tell when one is over; or None."""
    steps = next((rule for rule in record.rules if isinstance(rule, Transition)), None)
    field = record.fields.get(steps.field) if steps else None
    if steps is None or field is None or not 0 < said.number <= MOST_COUNTED:
        return None
    known, going = draft.values_of(field), {source for source, _ in steps.pairs()}
    values = tuple(value for value in known if value in going)
    if len(values) == len(known):
        return None
    states = joined([spoken(one) for one in values], "or")
    draft.assume(f"{a(record.noun).capitalize()} counts as open while it is {states}")
    return AtMost(entity=record.name, relation=relation, count=said.number, status=steps.field, values=values)


def left_empty(draft: Draft, record: EntityDraft, until: EntityField) -> EntityField:
    """Let the moment be empty with which a record is over: as long as it is, the record is open."""
    record.fields[until.name].field = until.model_copy(update={"optional": True})
    draft.assume(f"{record.name}.{until.name} is empty as long as the {record.noun} is open")
    return record.fields[until.name].field


def counted_place(draft: Draft, said: CountSaid) -> Place | None:
    """Return what is counted for whom: the thing itself, or the record that links it, where there is just one."""
    owner, thing = named(draft, said.owner), named(draft, said.thing) or signed_up(draft, said.thing)
    if said.owner and owner is None:
        return None
    records = [one for one in draft.entities.values() if is_counted(draft, one, said, owner, thing)]
    places = [(one, key) for one in records for key in keys_of(draft, one, said, owner, thing)]
    direct = [place for place in places if place[0] is thing]
    found = direct or places
    return found[0] if len(found) == 1 else None


def signed_up(draft: Draft, thing: str) -> EntityDraft | None:
    """Return the one record of who gets in, whatever people call it: sign-ups are its registrations."""
    records = [one for one in draft.entities.values() if one.noun.split()[-1] in SIGNED_UP]
    return records[0] if len(records) == 1 and entity_name(thing).lower() in SIGNED_UP else None


def is_counted(
    draft: Draft, record: EntityDraft, said: CountSaid, owner: EntityDraft | None, thing: EntityDraft | None
) -> bool:
    """Tell whether a record may be what a count is about."""
    if record.is_pasted or record is owner or (said.is_half and record.noun.split()[-1] not in SIGNED_UP):
        return False
    if thing is not None:
        return record is thing or key_to(record, thing) is not None
    if not said.thing or (said.limit and not owner):
        return bool(said.limit)
    is_about_people = singular(said.thing.split()[-1]) in ANY_PEOPLE | ROOMY
    return is_about_people and owner is not None and bool(people_of(draft, record, owner))


def people_of(draft: Draft, record: EntityDraft, owner: EntityDraft) -> list[EntityField]:
    """Return the keys of a record to somebody other than whom it is counted for; the record may be somebody itself."""
    keys = [one.field for one in record.fields.values() if one.field.foreign_key not in {None, owner.name}]
    found = [key for key in keys if is_person(draft.entities[key.foreign_key or ""].noun)] if draft.entities else []
    own = key_to(record, owner) if is_person(record.noun) else None
    return found or ([own] if own else [])


def keys_of(
    draft: Draft, record: EntityDraft, said: CountSaid, owner: EntityDraft | None, thing: EntityDraft | None
) -> list[EntityField]:
    """Return the keys along which a record may be counted: to the owner, or to somebody where nobody is named."""
    if owner is not None:
        key = key_to(record, owner)
        return [key] if key else []
    keys = [one.field for one in record.fields.values() if one.field.foreign_key in draft.entities]
    if said.limit:
        return [key for key in keys if number_of(draft.entities[key.foreign_key or ""], said.limit)]
    others = [key for key in keys if thing is None or key.foreign_key != thing.name]
    people = [key for key in others if is_person(draft.entities[key.foreign_key or ""].noun)]
    return people if len(people) == 1 else []


def number_of(entity: EntityDraft, limit: str) -> str:
    """Return the whole number of an entity that says how many have room; nothing where none or several do."""
    wanted = ROOMY if limit == "full" else {singular(limit)}
    numbers = [
        one.field.name
        for one in entity.fields.values()
        if one.field.type.name == "int" and not one.field.foreign_key and not one.field.type.is_list
    ]
    named_so = [name for name in numbers if {singular(word) for word in words_of(name)} & wanted]
    roomy = [name for name in numbers if {singular(word) for word in words_of(name)} & ROOMY]
    found = named_so or (roomy if limit in {"full", "room", "space", "capacity"} else [])
    return found[0] if len(found) == 1 else ""
