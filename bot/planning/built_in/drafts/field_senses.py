"""Settles what a field's name leaves open until its thing is known: a start time without a day, a player's position."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft
from bot.planning.built_in.drafts.persons import is_person
from bot.planning.built_in.words.field_kinds import typed
from bot.planning.built_in.words.vocabulary import word_set

__all__ = ["settle_senses"]

MOMENTS = word_set(
    "start starting begin beginning end ending finish entry exit departure arrival pickup pick dropoff drop check "
    "checkin checkout boarding landing takeoff kickoff scheduled planned actual"
)
"""What a time belongs to that happens once: "start time", "check-in time"."""
NOTED = word_set(
    "reading measurement sighting observation incident accident sample alarm alert message catch find entry"
)
"""What is noted when it happens, once: its time is that of a day."""
HAPPENED = regex(r"\b(?:was|were|has been|have been|had been)\b", re.IGNORECASE)
"""What was done once: "the time it was found"."""
DAYS = word_set("weekday weekdays day days")
"""Fields that say the day of a time as words do: "every Monday at six"."""
TRADED = word_set(
    "deal contract order offer opportunity quote quotation invoice estimate lead asset shipment policy claim voucher "
    "coupon donation purchase sale transaction booking property item painting artwork"
)
"""Things whose bare value is an amount of money."""

OF_PEOPLE = frozenset({("position",), ("rank",), ("level",)})
"""Numbers of things in a row that are words where they are somebody's: goalkeeper, captain, beginner."""


def settle_senses(draft: Draft) -> None:
    """Give the fields of every thing the types that only the whole thing tells; pasted ones stay as they are."""
    for entity in draft.entities.values():
        if entity.is_pasted:
            continue
        leave_out_the_day(draft, entity)
        for field in entity.fields.values():
            if is_moment(entity, field):
                field.field = field.field.model_copy(update={"type": typed("datetime")})
            elif is_standing(entity, field):
                field.field, field.guessed_text = field.field.model_copy(update={"type": typed("str")}), True
            elif is_worth(entity, field):
                amount = {"type": typed("Decimal"), "digits": 12, "places": 2}
                field.field, field.guessed_text = field.field.model_copy(update=amount), False


def leave_out_the_day(draft: Draft, entity: EntityDraft) -> None:
    """Leave out a bare day beside the moments at which something starts and ends: "on a day, from when to when"."""
    day = next((name for name, one in entity.fields.items() if one.words == ("day",) and not one.type_said), "")
    spans = {one.words for one in entity.fields.values() if one.field.type.name == "datetime"}
    if day and entity.fields[day].field.type.name == "date" and {("starts", "at"), ("ends", "at")} <= spans:
        del entity.fields[day]
        draft.assume(f"{entity.name}: its day is part of starts at and ends at, which are each a date and time")


def is_moment(entity: EntityDraft, field: FieldDraft) -> bool:
    """Tell whether a time of day is a moment: of something that happens once, and that nothing else says the day of."""
    if field.field.type.name != "time" or field.type_said or not is_of_once(entity, field):
        return False
    return not any(
        one.field.type.name == "date" or DAYS & set(one.words) or one.words[:1] == ("days",)
        for one in entity.fields.values()
    )


def is_of_once(entity: EntityDraft, field: FieldDraft) -> bool:
    """Tell whether a time is of what happens once: a start time, the time it was found, the time of a reading."""
    if field.clause:
        return HAPPENED.search(field.clause) is not None
    is_of_record = field.words == ("time",) and entity.noun.rpartition(" ")[2] in NOTED
    return is_of_record or bool(MOMENTS & set(field.words[:-1]))


def is_standing(entity: EntityDraft, field: FieldDraft) -> bool:
    """Tell whether a number is the word for what somebody is among others: the position of a player."""
    is_bare = field.words in OF_PEOPLE and field.field.type.name == "int" and not field.type_said
    has_bounds = field.field.minimum is not None or field.field.maximum is not None
    return is_bare and not has_bounds and is_person(entity)


def is_worth(entity: EntityDraft, field: FieldDraft) -> bool:
    """Tell whether a bare "value" is an amount of money: what a deal or a contract is worth."""
    is_bare = field.words == ("value",) and field.guessed_text and not field.values
    return is_bare and entity.noun.rpartition(" ")[2] in TRADED
