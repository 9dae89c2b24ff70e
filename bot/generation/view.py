"""The prepared view of a service: everything that templates print, as typed values."""

from __future__ import annotations

from collections.abc import Mapping

from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.remembered import remembered
from bot.generation.accounts import account_view, password_field
from bot.generation.associations import Association, associations
from bot.generation.entity_view import ROWS, EntityView, declared_by_model
from bot.generation.enums import enum_view
from bot.generation.facts import has_many_queries
from bot.generation.fields import FieldView, field_view
from bot.generation.guarded_links import guarded_links
from bot.generation.keys import key_as_json, missing_key
from bot.generation.kinds.base import TYPES
from bot.generation.names import article, entity_names
from bot.generation.order import EntityOrder, entity_order, with_relations
from bot.generation.queries import ListView, list_view
from bot.generation.references import child_views, parent_view
from bot.generation.relations import LinkView, include_views, link_views
from bot.generation.rule_fields import derived_names
from bot.generation.rule_samples import Samples
from bot.generation.rule_views import RulesView
from bot.generation.rules import rules_view
from bot.generation.specs_view import SpecsView
from bot.generation.values import Expression, Identifier, PythonLiteral, Words, join_imports

__all__ = ["specs_view"]

MOST_ROWS = 1000
"""So many rows are enough for any test."""


@remembered
def specs_view(specs: EntitySpecs) -> SpecsView:
    """Prepare specs for the templates. Raises UnsupportedSpecsError where a field can't be built."""
    order = entity_order(specs)
    found = associations(specs)
    fields = {entity.name: field_views(entity, specs, order) for entity in order.entities}
    capacities = capacities_of(order, fields)
    views = [entity_view(entity, specs, fields[entity.name], found, capacities) for entity in order.entities]
    return SpecsView(
        entities=tuple(views),
        associations=found,
        by_module=tuple(sorted(views, key=lambda view: view.module.text)),
        enums=tuple(enum_view(enum) for enum in specs.enums),
        has_many_queries=has_many_queries(specs),
        enum_names=tuple(PythonLiteral.of(name) for name in sorted(enum.name for enum in specs.enums)),
    )


def field_views(entity: Entity, specs: EntitySpecs, order: EntityOrder) -> tuple[FieldView, ...]:
    """Prepare the fields of an entity."""
    samples, derived = Samples(entity, specs), derived_names(entity)
    return tuple(
        field_view(
            entity,
            with_relations(item, entity, specs),
            specs,
            is_deferred=(entity.name, item.name) in order.deferred,
            is_derived=item.name in derived,
            examples=samples.examples(item),
        )
        for item in entity.fields
    )


def capacities_of(order: EntityOrder, fields: Mapping[str, tuple[FieldView, ...]]) -> dict[str, int]:
    """Return how many rows of each entity its unique values allow, those of its parents included."""
    capacities: dict[str, int] = {}
    for entity in order.entities:
        own = fields[entity.name]
        plain = [item.capacity for item in own if item.is_given and item.data_key is None]
        required = [item.field.foreign_key or "" for item in own if item.data_key and not item.field.optional]
        capacities[entity.name] = min([*plain, *(capacities.get(name, MOST_ROWS) for name in required), MOST_ROWS])
    return capacities


def entity_view(
    entity: Entity,
    specs: EntitySpecs,
    fields: tuple[FieldView, ...],
    found: tuple[Association, ...],
    capacities: Mapping[str, int],
) -> EntityView:
    """Prepare one entity."""
    names = entity_names(entity)
    key = next(item for item in fields if item.field.primary_key)
    links = link_views(entity, found, capacities)
    answered = tuple(item for item in fields if not item.field.is_secret)
    lists = list_view(names.name, answered, links, include_views(entity, specs, found, links))
    written = (password_field(entity, specs),) if entity.logs_in else ()
    parents = tuple(parent_view(entity, item, specs) for item in fields if item.data_key is not None)
    rules = rules_view(entity, specs, fields)
    return EntityView(
        entity=entity,
        name=Identifier(names.name),
        module=Identifier(names.module),
        collection=Identifier(names.collection),
        label=Words(names.label),
        one=Words(article(names.label)),
        plural=Words(names.plural),
        table=PythonLiteral.of(entity.table),
        path=PythonLiteral.of(entity.api_path),
        tag=PythonLiteral.of(names.plural),
        key=key,
        key_annotation=key.kind.annotation(),
        key_type=Expression("types.UniqueId" if key.field.type.name == "UUID" else "types.Key"),
        key_as_json=key_as_json(key.field, "row"),
        missing_key=missing_key(key.field),
        fields=fields,
        list=lists,
        parents=parents,
        rules=rules,
        links=links,
        guarded_links=guarded_links(entity, specs, found),
        written=written,
        account=account_view(entity, specs, fields, links, written) if entity.logs_in else None,
        children=tuple(child_views(entity, specs)),
        rows=min(ROWS, capacities[entity.name]),
        imports=imports_of(fields, written, links, lists, rules, is_writable=entity.is_writable),
    )


def imports_of(
    fields: tuple[FieldView, ...],
    written: tuple[FieldView, ...],
    links: tuple[LinkView, ...],
    lists: ListView,
    rules: RulesView,
    *,
    is_writable: bool,
) -> dict[str, tuple[Expression, ...]]:
    """Return the import lines of the modules made from fields and relations."""
    given = [*(item for item in fields if item.is_given and is_writable), *written]
    schema_lines = [*(item.create_line for item in given), *(item.update_line for item in given)]
    schema_lines += [line for link in links for line in (link.create_line, link.update_line, link.read_line)]
    schema_lines += [item.query_line for item in lists.filters]
    searched = [Expression("", frozenset({TYPES}))] if lists.searched else []
    return {
        "model": join_imports(
            [
                *(item.model_line for item in declared_by_model(fields)),
                *(link.read_line for link in links),
                *rules.model_lines,
            ]
        ),
        "schema": join_imports(
            [*schema_lines, *searched, *(item.read_line for item in fields if not item.field.is_secret)]
        ),
        "detail": join_imports(include.detail_line for include in lists.includes),
    }
