"""What a client can send to a service that holds rows already, so that one more is taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.documents.entities.declared_rules import NoOverlap
from bot.documents.entities.entity_specs import EntitySpecs
from bot.generation.entity_view import EntityView
from bot.generation.fields import SEEDS
from bot.generation.kinds import Json
from bot.generation.rule_fields import rules_of
from bot.generation.rule_samples import Samples
from bot.generation.view import specs_view

__all__ = ["FreshRow", "ParentPlace", "Stored", "fresh_rows"]

MOST_APART = 1000
"""So many periods are laid one after the other at most: later ones would leave the calendar."""

type Stored = Sequence[Mapping[str, Any]]
"""Rows as a service answers them."""


@dataclass(frozen=True)
class ParentPlace:
    """Where the rows are that a foreign key names: their path, and the name of their key."""

    path: str
    key: str
    is_optional: bool
    is_unique: bool


@dataclass(frozen=True)
class FreshRow:
    """What one more row of an entity needs that isn't stored yet."""

    path: str
    key: str
    is_account: bool
    choices: Mapping[str, tuple[Json, ...]]
    """Values of each unique field, those of the seeds first."""
    parents: Mapping[str, ParentPlace]
    periods: tuple[str, ...]
    """The relations along which periods must not overlap."""
    samples: Samples
    logins: tuple[tuple[str, str], ...] = ()
    """The e-mail and the password of each account that the seeds store."""

    def values(self, rows: Mapping[str, Stored]) -> dict[str, Json]:
        """Return the fields that depend on what is stored, given the rows by their paths."""
        own = rows.get(self.path, ())
        values: dict[str, Json] = {}
        for relation in self.periods:
            number = min(max(len(own), SEEDS), MOST_APART)
            values |= self.samples.payload(self.samples.apart(number, relation))
        values |= {name: free(choices, own, name) for name, choices in self.choices.items()}
        keys = {name: self.parent_key(name, place, rows) for name, place in self.parents.items()}
        known = {name: key for name, key in keys.items() if key is not None or self.parents[name].is_optional}
        return values | known

    def parent_key(self, name: str, place: ParentPlace, rows: Mapping[str, Stored]) -> Json:
        """Return the key of a row that a foreign key may name, one that few rows name; null where none is known."""
        taken = [row.get(name) for row in rows.get(self.path, ())]
        keys = [row[place.key] for row in rows.get(place.path, ()) if place.key in row]
        least = min(keys, key=taken.count, default=None)
        return None if place.is_unique and place.is_optional and least in taken else least

    def lacks(self, rows: Mapping[str, Stored]) -> tuple[str, ...]:
        """Return the foreign keys of which every row that they could name is taken."""
        taken = {name: [row.get(name) for row in rows.get(self.path, ())] for name in self.parents}
        return tuple(
            name
            for name, place in self.parents.items()
            if place.is_unique and not place.is_optional and self.parent_key(name, place, rows) in taken[name]
        )


def free(choices: tuple[Json, ...], rows: Stored, name: str) -> Json:
    """Return the first value that no row has, and that the seeds don't give."""
    taken = [*choices[:SEEDS], *(row.get(name) for row in rows)]
    return next((value for value in choices if value not in taken), choices[-1])


def fresh_rows(specs: EntitySpecs) -> tuple[FreshRow, ...]:
    """Return what one more row needs, of each entity that clients write. Raises UnsupportedSpecsError."""
    return tuple(fresh_row(view, specs) for view in specs_view(specs).writable)


def fresh_row(view: EntityView, specs: EntitySpecs) -> FreshRow:
    """Return what one more row of an entity needs."""
    return FreshRow(
        path=view.entity.api_path,
        key=view.key.field.name,
        is_account=view.account is not None,
        choices={item.field.name: item.examples for item in view.plain if item.field.unique},
        parents=dict(parents_of(view, specs)),
        periods=tuple(dict.fromkeys(rule.relation for rule in rules_of(view.entity, NoOverlap))),
        samples=Samples(view.entity, specs),
        logins=tuple(logins_of(view)),
    )


def logins_of(view: EntityView) -> Iterator[tuple[str, str]]:
    """Give the e-mail and the password of each row for development that can log in."""
    if view.account is None:
        return
    examples = {item.field.name: item.examples for item in view.plain}
    for number in range(min(SEEDS, view.rows)):
        email, password = (examples[name][number % len(examples[name])] for name in ("email", "password"))
        yield str(email), str(password)


def parents_of(view: EntityView, specs: EntitySpecs) -> Iterator[tuple[str, ParentPlace]]:
    """Give each foreign key that clients give, with where its rows are."""
    for item in view.given:
        parent = specs.entity(item.field.foreign_key or "")
        if item.data_key is not None and parent is not None and parent.primary_key is not None:
            place = ParentPlace(parent.api_path, parent.primary_key.name, item.field.optional, item.field.unique)
            yield item.field.name, place
