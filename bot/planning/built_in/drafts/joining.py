"""Makes one thing of two: fields, links and rules of both, under one of their names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.documents.naming import snake_case
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft
from bot.planning.built_in.drafts.plain_facts import is_only_a_join, speaks_of
from bot.planning.built_in.words.vocabulary import spoken

__all__ = ["NOT_LINKED", "join_entities", "join_same"]

NOT_LINKED = regex(r"\bare not linked(?: \([^()]*\))?$")
type Renamed = Callable[[EntityDraft, str, str], None]


def nothing_else(_entity: EntityDraft, _old: str, _new: str) -> None:
    """Do nothing more for a field that goes by another name."""


def join_same(draft: Draft) -> None:
    """Join what a later sentence calls by a name that is only another word for a thing."""
    for gone in draft.same:
        kept = draft.other_words.get(gone, "")
        if gone in draft.entities and kept in draft.entities:
            join_entities(draft, gone, kept)


def join_entities(draft: Draft, gone: str, kept: str, *, renamed: Renamed = nothing_else) -> None:
    """Give one entity all that another has, and let everything that names the other name it.

    ``renamed`` is told of each foreign key that goes by another name: the entity, the old and the new name.
    """
    joins = [
        one.name
        for one in draft.entities.values()
        if gone in one.name
        and draft.references(one.name, gone)
        and is_only_a_join(one)
        and not is_named(draft, one.name)
    ]
    former = draft.entities.pop(gone)
    take_over(draft.entities[kept], former)
    for entity in list(draft.entities.values()):
        entity.relations = tuple(
            one.model_copy(update={"target": kept}) if one.target == gone else one for one in entity.relations
        )
        for key in [key for key, one in entity.fields.items() if one.field.foreign_key == gone]:
            point_key(entity, key, gone, kept, renamed)
    drop_own_keys(draft.entities[kept], kept)
    point_links(draft, gone, kept)
    for short, longer in draft.other_words.items():
        draft.other_words[short] = kept if longer == gone else longer
    for join in joins:
        rename_join(draft, join, join.replace(gone, kept, 1))
    for notes in (draft.assumptions, draft.decisions):
        notes[:] = [
            re.sub(rf"(?<!\w){gone}\.(?=\w)", f"{kept}.", note)
            for note in notes
            if not NOT_LINKED.search(note) or not any(speaks_of(note, spoken(name)) for name in (gone, kept))
        ]


def is_named(draft: Draft, target: str) -> bool:
    """Tell whether any entity has a foreign key to another."""
    return any(draft.references(name, target) for name in draft.entities)


def take_over(entity: EntityDraft, former: EntityDraft) -> None:
    """Add the fields and rules of a former thing; of a field that both have, the values of both are taken."""
    for name, field in former.fields.items():
        own = entity.fields.setdefault(name, field)
        if own is not field and own.values and field.values:
            own.values = tuple(dict.fromkeys((*own.values, *field.values)))
    names = {one.name for one in entity.relations}
    entity.relations += tuple(one for one in former.relations if one.name not in names)
    entity.rules += tuple(rule for rule in former.rules if rule not in entity.rules)
    entity.account = entity.account or former.account
    entity.is_settled = entity.is_settled or former.is_settled


def point_key(entity: EntityDraft, key: str, gone: str, kept: str, renamed: Renamed) -> None:
    """Let a foreign key name the thing that is kept; one that does so already takes its place."""
    new = re.sub(rf"(?:(?<=_)|^){snake_case(gone)}_id$", f"{snake_case(kept)}_id", key)
    there = entity.fields.get(new) if new != key else None
    if there is not None and there.field.foreign_key == kept:
        del entity.fields[key]
        renamed(entity, key, new)
        return
    new = key if there is not None else new
    field = entity.fields[key]
    field.field = field.field.model_copy(update={"foreign_key": kept, "name": new})
    entity.fields = {new if name == key else name: one for name, one in entity.fields.items()}
    if new != key:
        field.first_name = ""
        renamed(entity, key, new)


def drop_own_keys(entity: EntityDraft, name: str) -> None:
    """Take out the key by which one of the two named the other: a thing doesn't name itself."""
    own = f"{snake_case(name)}_id"
    if own in entity.fields and entity.fields[own].field.foreign_key == name:
        del entity.fields[own]


def point_links(draft: Draft, gone: str, kept: str) -> None:
    """Let everything that was said of a thing be said of another; a link between the two is none any more."""

    def now(name: str) -> str:
        return kept if name == gone else name

    draft.links = [link for link in draft.links if {link.subject, link.object} != {gone, kept}]
    for link in draft.links:
        link.subject, link.object = now(link.subject), now(link.object)
    draft.pairs = [pair for pair in draft.pairs if {pair.one, pair.other} != {gone, kept}]
    for pair in draft.pairs:
        pair.one, pair.other = now(pair.one), now(pair.other)
    for wish in draft.rule_wishes:
        wish.entity = now(wish.entity)
    for steps in draft.steps:
        steps.entity = now(steps.entity)
    for description in draft.descriptions:
        description.holder, description.other = now(description.holder), now(description.other)
    draft.doers = [replace(doer, entity=now(doer.entity)) for doer in draft.doers]
    draft.ones = [(now(one), now(other)) for one, other in draft.ones]
    draft.finals = [(now(entity), field, value) for entity, field, value in draft.finals]
    draft.unreached = [(now(entity), field, value) for entity, field, value in draft.unreached]
    draft.assumed_ways = [(now(entity), field, way) for entity, field, way in draft.assumed_ways]
    draft.barred_ways = [(now(entity), field, way) for entity, field, way in draft.barred_ways]


def rename_join(draft: Draft, old: str, new: str) -> None:
    """Call what only joins two things after the one that is kept; a second such record is dropped."""
    if new in draft.entities:
        del draft.entities[old]
        return
    draft.entities = {
        new if name == old else name: replace(one, name=new, table="", api_path="") if name == old else one
        for name, one in draft.entities.items()
    }
