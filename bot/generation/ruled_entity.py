"""An entity with declared rules, as all that is written about its rules sees it."""

from __future__ import annotations

from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.generation.fields import FieldView
from bot.generation.rule_rows import RuleParent
from bot.generation.rule_samples import Samples
from bot.generation.rule_writing import rule_parent

__all__ = ["RuledEntity"]


class RuledEntity:
    """An entity, the views of its fields by name, and sample values that keep its rules."""

    def __init__(self, entity: Entity, specs: EntitySpecs, fields: tuple[FieldView, ...]) -> None:
        """Take the entity and the views of its fields."""
        self.entity, self.specs = entity, specs
        self.fields = {item.field.name: item for item in fields}
        self.samples = Samples(entity, specs)

    def column(self, name: str) -> str:
        """Write a field as the attribute of its model."""
        return f"{self.entity.name}.{self.fields[name].attribute.text}"

    def parent(self, relation: str) -> RuleParent:
        """Prepare the parent of a relation."""
        return rule_parent(self.entity, relation, self.specs)
