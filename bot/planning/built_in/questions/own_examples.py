"""Examples of sentences that are read, with the things of a plan itself: "each parcel has a note"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.planning.built_in.drafts.draft import Draft, EntityDraft
from bot.planning.built_in.questions.answers import plural_of
from bot.planning.built_in.words.deed_nouns import is_somebody
from bot.planning.built_in.words.vocabulary import a, spoken, words_of

__all__ = ["own_examples"]

MOST = 3
MOST_SHOWN = 20
"""The limit of a number in an example."""


def own_examples(draft: Draft, pieces: Sequence[str]) -> str:
    """Return sentences that can be read, in quotes: about the first thing that pieces name, or the first of all."""
    things = [one for one in draft.entities.values() if not one.is_pasted]
    if not things:
        return "“each parcel has a note”"
    said = {word for piece in pieces for word in words_of(piece)}
    named = [one for one in things if {one.noun, plural_of(one.noun)} & said]
    about = (named or things)[0]
    around = [about, *(one for one in things if one is not about)]
    states, numbers = [state_of(draft, one) for one in around], [number_of(one) for one in around]
    left = [left_to_somebody(things, one) for one in around if not is_somebody(one.noun)]
    found = [fact_of(about), *(next(filter(None, ways), "") for ways in (states, numbers, left))]
    return ", ".join(f"“{one}”" for one in [one for one in found if one][:MOST])


def fact_of(about: EntityDraft) -> str:
    """Return that a thing has one more fact."""
    return f"each {about.noun} has a {'comment' if 'note' in about.fields else 'note'}"


def state_of(draft: Draft, about: EntityDraft) -> str:
    """Return what can't be done in one of the states of a thing, where it has some."""
    values = [value for field in about.fields.values() for value in draft.values_of(field)[1:] if value.isalpha()]
    return f"{a(spoken(values[0]))} {about.noun} can't be deleted" if values else ""


def number_of(about: EntityDraft) -> str:
    """Return the limit of a number of a thing, where it has one."""
    numbers = [name for name, field in about.fields.items() if field.field.type.name in {"int", "float", "Decimal"}]
    own = [name for name in numbers if not about.fields[name].field.foreign_key]
    return f"the {spoken(own[0])} of {a(about.noun)} is at most {MOST_SHOWN}" if own else ""


def left_to_somebody(things: Sequence[EntityDraft], about: EntityDraft) -> str:
    """Return what only some people may do with a thing, where there are people."""
    people = [one for one in things if one is not about and is_somebody(one.noun)]
    return f"only {plural_of(people[0].noun)} can change {plural_of(about.noun)}" if people else ""
