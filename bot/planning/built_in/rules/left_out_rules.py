"""Lets rules against overlaps leave out what was called off: as people say it, or as such a status suggests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.documents.entities.declared_rules import NoOverlap
from bot.documents.naming import joined, snake_case
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft
from bot.planning.built_in.phrases.left_out_phrases import read_counted_still, read_left_out
from bot.planning.built_in.rules.rule_subjects import stems
from bot.planning.built_in.rules.rule_upkeep import leaving_out, noted, put_in_place
from bot.planning.built_in.words.vocabulary import a, spoken, word_set, words_of

__all__ = ["has_state", "settle_left_out", "standing"]

CALLED_OFF = word_set("cancelled canceled called_off rejected declined withdrawn denied refused")
"""Values of a status by which nothing takes place."""
type Place = tuple[EntityDraft, NoOverlap, FieldDraft]


def settle_left_out(draft: Draft) -> None:
    """Let each rule against overlaps leave out what people say, or else what is called off, noted as an assumption."""
    for place in list(places(draft)):
        forget_values(draft, place)
    for wish in draft.rule_wishes:
        if wish.is_settled and (told := wish.wish.part("apart")):
            for place, values in states_told(draft, told):
                leave_out(draft, place, values)
    for piece in list(draft.unread):
        counted = read_counted_still(piece)
        for place, values in states_told(draft, counted or read_left_out(piece)):
            if counted:
                count_all(draft, place)
            else:
                leave_out(draft, place, values)
            draft.decide(f"{noted(place[0], standing(*place[:2]))}: “{piece}”")
            draft.unread[:] = [one for one in draft.unread if one != piece]
    for place in list(places(draft)):
        entity, rule, status = place[0], standing(*place[:2]), place[2]
        known = rule.values if rule.unless == status.field.name else ()
        off = [value for value in later_values(draft, status) if snake_case(value) in CALLED_OFF]
        values = [value for value in off if value not in known]
        is_free = rule.unless in {"", status.field.name} and not entity.is_pasted
        if values and is_free and entity.name not in draft.counts_all:
            leave_out(draft, place, values)
            draft.assume(assumed(entity, values))


def assumed(entity: EntityDraft, values: Sequence[str]) -> str:
    """Say what nobody said: that what is called off is in nobody's way."""
    return f"{a(entity.noun).capitalize()} that is {joined([*map(spoken, values)], 'or')} is in nobody's way"


def places(draft: Draft) -> Iterator[Place]:
    """Yield the rules against overlaps of things that have a status, each with it."""
    for entity in draft.entities.values():
        rules = [rule for rule in entity.rules if isinstance(rule, NoOverlap)]
        for status in [one for one in entity.fields.values() if draft.values_of(one) and not one.field.type.is_list]:
            yield from ((entity, rule, status) for rule in rules)


def states_told(draft: Draft, told: str) -> list[tuple[Place, list[str]]]:
    """Return the rules whose records have a status of which words speak, each with the values that are meant."""
    words = stems(words_of(told))
    meant = [
        (place, [value for value in later_values(draft, place[2]) if stems(words_of(value)) <= words])
        for place in places(draft)
        if told
    ]
    found = [(place, values) for place, values in meant if values]
    named = [(place, values) for place, values in found if stems(words_of(place[0].noun)) & words]
    return named or found


def has_state(draft: Draft, entity: EntityDraft, told: str) -> bool:
    """Tell whether a thing has a status with a value of which words speak, that it comes to later."""
    words = stems(words_of(told))
    return any(stems(words_of(value)) <= words for one in entity.fields.values() for value in later_values(draft, one))


def later_values(draft: Draft, status: FieldDraft) -> Sequence[str]:
    """Return the values that a status comes to later: with the first one, every new record would be left out."""
    values = draft.values_of(status)
    first = status.field.default if isinstance(status.field.default, str) else next(iter(values), "")
    return [value for value in values if value != first]


def leave_out(draft: Draft, place: Place, values: Sequence[str]) -> None:
    """Let a rule leave out further values of a status."""
    entity, status = place[0], place[2]
    rule = standing(*place[:2])
    before = rule.values if rule.unless == status.field.name else ()
    kept = tuple(value for value in draft.values_of(status) if value in {*before, *values})
    put_in_place(draft, entity, rule, leaving_out(rule, kept, status.field.name))


def forget_values(draft: Draft, place: Place) -> None:
    """Let a rule name no value that its status no longer has."""
    entity, rule, status = place
    kept = tuple(value for value in rule.values if value in draft.values_of(status))
    if rule.unless == status.field.name and kept != rule.values:
        put_in_place(draft, entity, rule, leaving_out(rule, kept))


def count_all(draft: Draft, place: Place) -> None:
    """Let a rule count every record again, and take back what was assumed of it."""
    entity, rule, _ = place
    draft.counts_all.add(entity.name)
    taken_back = assumed(entity, rule.values)
    draft.assumptions[:] = [one for one in draft.assumptions if one != taken_back]
    put_in_place(draft, entity, rule, leaving_out(rule, ()))


def standing(entity: EntityDraft, rule: NoOverlap) -> NoOverlap:
    """Return a rule with what the same one of an entity leaves out by now: said again, it leaves out no less."""
    return next((one for one in entity.rules if isinstance(one, NoOverlap) and is_same(one, rule)), rule)


def is_same(one: NoOverlap, other: NoOverlap) -> bool:
    """Tell whether two rules are about the same periods, whatever they leave out."""
    return (one.start, one.end, one.relation) == (other.start, other.end, other.relation)
