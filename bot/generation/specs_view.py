"""The view of a whole service: its entities, its enums, and what holds for any of them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.generation.associations import Association
from bot.generation.entity_view import EntityView
from bot.generation.enums import EnumView
from bot.generation.relations import LinkView
from bot.generation.values import Identifier, PythonLiteral, SlugOrPath

__all__ = ["SpecsView"]


@dataclass(frozen=True)
class SpecsView:
    """All entities, parents first, and all enums."""

    entities: tuple[EntityView, ...]
    associations: tuple[Association, ...]
    by_module: tuple[EntityView, ...]
    """The same in the order of their modules, for imports and lists."""
    enums: tuple[EnumView, ...]
    enum_names: tuple[PythonLiteral, ...]
    has_many_queries: bool
    """Whether FastAPI would not keep the fields of all query schemas."""

    @property
    def writable(self) -> tuple[EntityView, ...]:
        """Return the entities that clients write, parents first."""
        return tuple(view for view in self.entities if view.is_writable)

    @property
    def writable_by_module(self) -> tuple[EntityView, ...]:
        """Return the entities that clients write in the order of their modules."""
        return tuple(view for view in self.by_module if view.is_writable)

    @property
    def read_only(self) -> tuple[EntityView, ...]:
        """Return the entities that clients only read."""
        return tuple(view for view in self.entities if not view.is_writable)

    @property
    def has_includes(self) -> bool:
        """Tell whether reads of any entity may include related rows."""
        return any(view.list.includes for view in self.entities)

    @property
    def has_rules(self) -> bool:
        """Tell whether any entity has declared rules."""
        return any(view.rules for view in self.entities)

    @property
    def has_rule_books(self) -> bool:
        """Tell whether any entity has declared rules about its rows, whoever acts."""
        return any(view.rules.lines for view in self.entities)

    @property
    def has_owners(self) -> bool:
        """Tell whether any entity leaves actions to somebody: to the owners of its rows, or to roles."""
        return any(view.rules.left for view in self.entities)

    @property
    def leaves_to_owners(self) -> bool:
        """Tell whether any entity leaves actions to the owners of its rows."""
        return any(view.rules.owners for view in self.entities)

    @property
    def leaves_to_roles(self) -> bool:
        """Tell whether any entity leaves actions to roles."""
        return any(view.rules.roles for view in self.entities)

    @property
    def has_owned_steps(self) -> bool:
        """Tell whether any entity leaves steps of a status to somebody."""
        return any(left.steps for view in self.entities for left in view.rules.left)

    @property
    def leaves_steps_to_owners(self) -> bool:
        """Tell whether any entity leaves steps of a status to the owners of its rows."""
        return any(owner.steps for view in self.entities for owner in view.rules.owners)

    @property
    def hides_rows(self) -> bool:
        """Tell whether any entity leaves reading to somebody: to the owners of its rows, or to roles."""
        return any(left.is_read for view in self.entities for left in view.rules.left)

    @property
    def shows_to_owners(self) -> bool:
        """Tell whether any entity leaves reading to the owners of its rows."""
        return any(owner.is_read for view in self.entities for owner in view.rules.owners)

    @property
    def shows_to_roles(self) -> bool:
        """Tell whether any entity leaves reading to roles."""
        return any(view.rules.reads_by_role for view in self.entities)

    @property
    def guards_links(self) -> bool:
        """Tell whether any links lead to rows that are left to owners."""
        return any(view.guarded_links for view in self.entities)

    @property
    def hides_links(self) -> bool:
        """Tell whether any links are shown to the owners of the linked rows only."""
        return any(link.is_hidden for view in self.entities for link in view.guarded_links)

    def links_to(self, target: EntityView) -> tuple[tuple[EntityView, LinkView], ...]:
        """Return the links that lead to rows of an entity left to owners, each with the entity that has it."""
        by_role = target.rules.updates_by_role or target.rules.reads_by_role
        found = ((view, link) for view in self.entities for link in view.links if link.is_guarded and not by_role)
        return tuple(
            (view, link)
            for view, link in found
            if link.target == target.name and not (view.rules.creates_by_role or view.rules.updates_by_role)
        )

    def role_links_to(self, target: EntityView) -> tuple[tuple[EntityView, LinkView], ...]:
        """Return the links of rows that everybody may change to those of an entity whose changes are left to roles."""
        if not target.rules.updates_by_role:
            return ()
        others = (view for view in self.entities if view.account is None and not view.rules.left)
        return tuple((view, link) for view in others for link in view.links if link.target == target.name)

    def role_sights_of(self, target: EntityView) -> tuple[tuple[EntityView, LinkView], ...]:
        """Return the links of rows that everybody may read to those of an entity that only some roles may read."""
        if not target.rules.reads_by_role:
            return ()
        others = (view for view in self.entities if view.account is None and not view.rules.hides_rows)
        return tuple((view, link) for view in others for link in view.links if link.target == target.name)

    @property
    def has_derivations(self) -> bool:
        """Tell whether models derive fields, which a statement of many rows would pass by."""
        return any(view.rules.derivations for view in self.entities)

    @property
    def has_queried_rules(self) -> bool:
        """Tell whether a rule looks at other rows."""
        return any(view.rules.one_open or view.rules.overlaps for view in self.entities)

    @property
    def has_counts(self) -> bool:
        """Tell whether a rule counts rows."""
        return any(view.rules.counts for view in self.entities)

    @property
    def has_locking_rules(self) -> bool:
        """Tell whether a rule locks a parent."""
        return any(view.rules.overlaps for view in self.entities) or self.has_fixed_counts

    @property
    def has_left_out_periods(self) -> bool:
        """Tell whether the periods of some rows don't count, because of their status."""
        return any(rule.status for view in self.entities for rule in view.rules.overlaps)

    @property
    def has_fixed_counts(self) -> bool:
        """Tell whether a rule counts rows up to a number that is always the same."""
        return any(not rule.is_told for view in self.entities for rule in view.rules.counts)

    @property
    def has_told_counts(self) -> bool:
        """Tell whether a rule counts rows up to a number that the row they name tells."""
        return any(rule.is_told for view in self.entities for rule in view.rules.counts)

    @property
    def has_open_counts(self) -> bool:
        """Tell whether a rule counts only open rows."""
        return any(rule.closed for view in self.entities for rule in view.rules.counts)

    @property
    def has_day_counts(self) -> bool:
        """Tell whether a rule counts the rows of one day."""
        return any(rule.another_day for view in self.entities for rule in view.rules.counts)

    @property
    def has_state_counts(self) -> bool:
        """Tell whether a rule counts the rows that have some values of a status."""
        return any(rule.state for view in self.entities for rule in view.rules.counts)

    @property
    def has_held_fields(self) -> bool:
        """Tell whether a rule looks at a field of a row that another one names."""
        return self.has_looking_rules or self.has_told_counts

    @property
    def has_guarded_deletes(self) -> bool:
        """Tell whether rows of any entity can't be deleted at any time."""
        return any(view.rules.has_guarded_deletes for view in self.entities)

    @property
    def has_whiles(self) -> bool:
        """Tell whether what may be done to rows of any entity depends on a status."""
        return any(view.rules.whiles for view in self.entities)

    @property
    def has_looking_rules(self) -> bool:
        """Tell whether a rule looks at the status of a row that another one names."""
        return any(each.parent for view in self.entities for each in view.rules.whiles)

    def lets(self, action: str, module: Identifier) -> bool:
        """Tell whether tests change rows of an entity before an action is possible."""
        return any(Identifier(action) in view.rules.letting for view in self.entities if view.module == module)

    @property
    def rule_stamps(self) -> bool:
        """Tell whether rules must know what the clock fills in."""
        return any(view.rules.stamps for view in self.entities)

    @property
    def rule_example(self) -> PythonLiteral:
        """Return the words of the first rule."""
        return next(view.rules.words[0] for view in self.entities if view.rules)

    @property
    def step_example(self) -> SlugOrPath | None:
        """Return the path of the first step of a status, or None."""
        return next((step.example for view in self.entities for step in view.rules.steps), None)

    @property
    def account(self) -> EntityView | None:
        """Return the entity that clients log in with, or None."""
        return next((view for view in self.entities if view.account is not None), None)

    def entity(self, name: str) -> EntityView:
        """Return the view of an entity."""
        return next(view for view in self.entities if view.entity.name == name)
