"""Links to rows that are left to their owners: whose rights count when links are written, and who is shown them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.generation.associations import Association, AssociationEnd, ends_of
from bot.generation.names import entity_names, safe_attribute
from bot.generation.relations import include_targets
from bot.generation.rule_fields import guards_links, hides_rows
from bot.generation.values import Identifier

__all__ = ["GuardedLink", "guarded_links"]

OWN_RULES = "OWNERS"


@dataclass(frozen=True)
class GuardedLink:
    """A many-to-many relation that leads to rows with owners, as a service is told of it."""

    name: Identifier
    """The class that has the relation, which may be that of related rows."""
    module: Identifier
    relation: Identifier
    rules: Identifier
    """The module of the rules about the linked rows."""
    owners: Identifier
    """The name by which a service knows those rules."""
    is_own: bool
    """Whether the entity of the service has it, so that its service writes it."""
    is_hidden: bool
    """Whether some linked rows are shown to their owners only."""

    @property
    def is_imported(self) -> bool:
        """Tell whether the rules are another entity's, and imported under a name of their own."""
        return self.owners.text != OWN_RULES


def guarded_links(entity: Entity, specs: EntitySpecs, found: tuple[Association, ...]) -> tuple[GuardedLink, ...]:
    """Return the links that an entity writes, and those that reads of its related rows show, each once."""
    links = {(link.name, link.relation): link for link in (*own(entity, found), *shown(entity, specs, found))}
    ordered = sorted(links.values(), key=lambda link: not link.is_own)
    return tuple(ordered)


def shown(entity: Entity, specs: EntitySpecs, found: tuple[Association, ...]) -> Iterator[GuardedLink]:
    """Yield the links of rows that reads may include, where only owners are shown what they lead to."""
    for target in include_targets(entity, specs, found):
        for end in ends_of(target, found):
            if hides_rows(end.target) and target.name != entity.name:
                yield guarded_link(entity, target, end)


def own(entity: Entity, found: tuple[Association, ...]) -> Iterator[GuardedLink]:
    """Yield the links of the entity itself."""
    for end in ends_of(entity, found):
        if guards_links(end.target):
            yield guarded_link(entity, entity, end)


def guarded_link(entity: Entity, holder: Entity, end: AssociationEnd) -> GuardedLink:
    """Prepare one link."""
    rules = entity_names(end.target).module
    return GuardedLink(
        name=Identifier(holder.name),
        module=Identifier(entity_names(holder).module),
        relation=Identifier(safe_attribute(end.relation.name)),
        rules=Identifier(rules),
        owners=Identifier(OWN_RULES if end.target.name == entity.name else f"{rules.upper()}_{OWN_RULES}"),
        is_own=holder.name == entity.name,
        is_hidden=hides_rows(end.target),
    )
