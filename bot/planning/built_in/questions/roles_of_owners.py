"""Tells whom rows name from who only has a role: masters, where sweeps see their own visits and only masters delete."""

from __future__ import annotations

from bot.planning.built_in.drafts.draft import Draft, EntityDraft, RoleTold, Said
from bot.planning.built_in.drafts.told_roles import has_facts

__all__ = ["named_and_others", "take_as_roles"]

Owners = list[tuple[EntityDraft, str]]
"""Who has something to themselves, and the words that say so."""


def named_and_others(draft: Draft, owners: Owners) -> tuple[Owners, Owners]:
    """Part those whom rows name, who sign in as themselves, from those who only have a role beside them.

    All are of the first kind where rows name none of them, or all.
    """
    named = [(person, quote) for person, quote in owners if is_named(draft, person)]
    others = [(person, quote) for person, quote in owners if not is_named(draft, person) and not has_facts(person)]
    return (named, others) if named and len(named) + len(others) == len(owners) else (owners, [])


def is_named(draft: Draft, person: EntityDraft) -> bool:
    """Tell whether rows of anything name a person."""
    return any(draft.references(name, person.name) for name in draft.entities if name != person.name)


def take_as_roles(draft: Draft, others: Owners, people: EntityDraft, author: str) -> None:
    """Let others have a role among the people who sign in."""
    for person, quote in others:
        draft.roles.append(RoleTold(person.noun, people.noun, Said(author, quote)))
