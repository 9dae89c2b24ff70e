"""An entity with declared rules, as all that is written about its rules sees it."""

from __future__ import annotations

from bot.documents.entities.declared_rules import DeclaredRule, Transition
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.entities.rule_lines import write_rule
from bot.generation.enums import EnumView, enum_view
from bot.generation.fields import FieldView
from bot.generation.names import entity_names, safe_attribute
from bot.generation.rule_samples import Samples
from bot.generation.rule_views import RuleParent
from bot.generation.values import Expression, Identifier, PythonLiteral

__all__ = ["RuledEntity", "text_of"]


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

    def key(self, relation: str) -> EntityField:
        """Return the foreign key of a relation. Raises ValueError where there is none."""
        field = self.entity.key_along(relation)
        if field is None:
            raise ValueError(f"{relation} is no foreign key of {self.entity.name}")
        return field

    def enum(self, rule: Transition) -> EnumView:
        """Return the enum of a status. Raises ValueError where the field has none."""
        enum = self.specs.enum(self.fields[rule.field].field.type.name)
        if enum is None:
            raise ValueError(f"{rule.field} is no enum")
        return enum_view(enum)

    def parent(self, relation: str) -> RuleParent:
        """Prepare the parent of a relation."""
        field = self.key(relation)
        parent = self.specs.entity(field.foreign_key or "")
        if parent is None or parent.primary_key is None:
            raise ValueError(f"{field.name} has no parent")
        names = entity_names(parent)
        row = f"{names.module}_row"
        key = f"{row}.{safe_attribute(parent.primary_key.name)}"
        return RuleParent(
            name=Identifier(names.name),
            module=Identifier(names.module),
            key=PythonLiteral.of(field.name),
            field=Identifier(field.name),
            row=Identifier(row),
            row_key=Expression(f"str({key})" if parent.primary_key.type.name == "UUID" else key),
        )


def text_of(rule: DeclaredRule) -> PythonLiteral:
    """Write the words of a rule."""
    return PythonLiteral.of(write_rule(rule))
