"""Declares how often something may be on one day, and says of a week, a month or a moment what was understood.

A rule by the day stands alone: beside another rule about the same rows, or about their day, it stays an open task.
"""

from __future__ import annotations

from bot.documents.entities.declared_rules import MOST_COUNTED, AtMost, NoOverlap, OneOpen, fields_of
from bot.documents.entities.entity_specs import EntityField
from bot.documents.naming import plural, snake_case
from bot.planning.built_in.drafts.draft import Draft, EntityDraft
from bot.planning.built_in.phrases.rations import Ration, read_ration
from bot.planning.built_in.rules.rule_subjects import key_to, moments, named, period_of
from bot.planning.built_in.rules.rule_upkeep import drop_rule, noted
from bot.planning.built_in.words.deed_nouns import gerund_of, is_person, noun_of
from bot.planning.built_in.words.vocabulary import EVENT_NOUNS, base_verb, spoken, word_set, words_of

__all__ = ["rationed", "settle_rations"]

FLIGHTS = {"fly": "flight", "flies": "flight"}
"""Verbs whose record is called by a noun that their letters don't tell."""
ANYBODY = word_set("nobody no-one anybody anyone everybody everyone person people you they")
WHEN = word_set("date day on at of the time when start starts started begin begins planned scheduled happened held")
"""Words of a date that tell when something is, and nothing else of it."""
type Rationed = tuple[EntityDraft, EntityDraft, EntityField]
"""A record, whom it is counted for, and the field that tells its day."""


def settle_rations(draft: Draft) -> None:
    """Declare what may be so often on one day, now that everything was said; a newer number takes an older one's place.

    What can't be declared stays unread, and becomes an open task.
    """
    for piece in list(draft.unread):
        said = read_ration(piece)
        place = place_of(draft, said) if said else None
        rule = rule_by_day(said, place) if said and place else None
        if rule is None or place is None or not stands_alone(place[0], rule):
            continue
        record = place[0]
        for old in [one for one in record.rules if isinstance(one, AtMost) and is_about_same(one, rule)]:
            drop_rule(draft, record, old)
        record.rules = (*record.rules, rule)
        draft.unread.remove(piece)
        draft.decide(f"{noted(record, rule)}: “{piece}”")


def rule_by_day(said: Ration, place: Rationed) -> AtMost | None:
    """Return the rule of a day, where a date that everything has tells it; None for any other time."""
    record, owner, day = place
    key = key_to(record, owner)
    is_told = day.type.name == "date" and day.is_given and not (day.optional or day.unique)
    if said.unit != "day" or not is_told or key is None or not 0 < said.number <= MOST_COUNTED:
        return None
    return AtMost(entity=record.name, relation=key.name.removesuffix("_id"), count=said.number, day=day.name)


def stands_alone(record: EntityDraft, rule: AtMost) -> bool:
    """Tell whether no other rule is about the same rows, or about their day."""
    others = [one for one in record.rules if not (isinstance(one, AtMost) and one.day == rule.day)]
    about_rows = [
        one for one in others if isinstance(one, AtMost | NoOverlap | OneOpen) and one.relation == rule.relation
    ]
    return not about_rows and not any(rule.day in fields_of(one) for one in others)


def is_about_same(one: AtMost, other: AtMost) -> bool:
    """Tell whether two rules count the rows of the same parent by the same day."""
    return (one.relation, one.day) == (other.relation, other.day)


def rationed(draft: Draft, piece: str) -> str:
    """Say how many records of one there are at most in a while, and which date tells; nothing where that is unclear."""
    said = read_ration(piece)
    place = place_of(draft, said) if said else None
    if said is None or place is None or not said.number:
        return ""
    record, owner, day = place
    one, many = spoken(snake_case(record.name)), spoken(plural(snake_case(record.name)))
    most = f"is at most 1 {one}" if said.number == 1 else f"are at most {said.number} {many}"
    return f"there {most} of one {owner.noun} in one {said.unit}, as told by {day.name}"


def place_of(draft: Draft, said: Ration) -> Rationed | None:
    """Return the record that is meant, whom it is counted for, and the field of its day; None where one is unclear."""
    for owner in owners_of(draft, said):
        record = record_of(draft, said, owner)
        day = day_of(record) if record else None
        if record is not None and day is not None:
            return record, owner, day
    return None


def owners_of(draft: Draft, said: Ration) -> list[EntityDraft]:
    """Return whom records are counted for: who is named, or the only people of a record where anybody is meant."""
    if said.owner not in ANYBODY | {"no one"}:
        owner = named(draft, said.owner)
        return [owner] if owner else []
    record = named(draft, said.record) if said.record else None
    keys = {one.field.foreign_key for one in record.fields.values()} if record else set()
    people = [one for one in draft.entities.values() if one.name in keys and is_person(one.noun)]
    return people if len(people) == 1 else []


def record_of(draft: Draft, said: Ration, owner: EntityDraft) -> EntityDraft | None:
    """Return the record that is meant: the one that is named, or the one that a verb makes; it names the owner."""
    if said.record:
        record = named(draft, said.record)
        return record if record is not None and key_to(record, owner) else None
    nouns = nouns_made(said.verb)
    found = [one for one in draft.entities.values() if one.noun.split()[-1] in nouns and key_to(one, owner)]
    return found[0] if len(found) == 1 else None


def nouns_made(verb: str) -> set[str]:
    """Return what the record of a deed may be called, by its verb: "walked" makes a walk, "fired" a firing."""
    base = base_verb(verb) or verb
    stems = {verb, base, verb.removesuffix("s"), verb.removesuffix("ed"), verb.removesuffix("d")}
    made = {noun_of(base), gerund_of(verb), EVENT_NOUNS.get(base, ""), FLIGHTS.get(verb, "")}
    return stems | made - {""}


def day_of(record: EntityDraft) -> EntityField | None:
    """Return the one date of a record, or its one moment, or where its period starts; None where it isn't clear."""
    found, period = moments(record), period_of(record)
    if period is not None and set(period) == set(found):
        return period[0]
    dates = [one for one in found if one.type.name == "date"] or found
    return dates[0] if len(dates) == 1 and tells_when(record, dates[0]) else None


def tells_when(record: EntityDraft, day: EntityField) -> bool:
    """Tell whether a date is that of the record itself: ``date``, ``flown_on`` of a flight; no birthday."""
    noun = set(words_of(record.noun))
    return all(word in noun or nouns_made(word) & noun for word in set(words_of(day.name)) - WHEN)
