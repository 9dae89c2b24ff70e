"""The prepared view of relations: the attribute of the model, and what a list or a read may include on request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.documents.entities.entity_specs import Cardinality, Entity, EntityField, EntitySpecs, Relation
from bot.documents.remembered import remembered
from bot.generation.associations import Association, AssociationEnd, associations, ends_of, keys_name
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.keys import key_as_json, key_of, missing_key, missing_value
from bot.generation.names import attribute_name, entity_names, safe_attribute, words
from bot.generation.order import foreign_keys
from bot.generation.rule_fields import guards_links, hides_rows
from bot.generation.values import Expression, Identifier, PythonLiteral, Words

__all__ = [
    "IncludeView",
    "LinkView",
    "TableView",
    "include_targets",
    "include_views",
    "link_views",
    "related_names",
]


@dataclass(frozen=True)
class TableView:
    """The table of an association, as the model of its owner declares it."""

    variable: Identifier
    name: PythonLiteral
    columns: tuple[tuple[PythonLiteral, PythonLiteral], ...]
    """Each column and what it refers to."""


@dataclass(frozen=True)
class IncludeView:
    """A relation that a read may include."""

    name: Identifier
    """The attribute of the model and of the detail schema."""
    key: PythonLiteral
    """What clients ask for, and the name in the answer."""
    member: Identifier
    label: Words
    target: Identifier
    module: Identifier
    target_label: Words
    many: bool
    model_line: Expression
    detail_line: Expression
    field: EntityField | None
    """The foreign key that carries the relation, where the entity holds it itself."""
    field_key: PythonLiteral
    """The foreign key that carries it, on either side; of linked rows the list of keys."""
    related_key: Expression
    """The key of a row called ``related``, as JSON."""
    path: PythonLiteral
    nested: tuple[tuple[Identifier, Identifier], ...]
    """Class and attribute of what reads of the target need loaded themselves."""
    to_itself: bool
    is_private: bool = False
    """Whether it shows accounts or what only owners may read, so that only some callers may see it."""
    link: LinkView | None = None


@dataclass(frozen=True)
class LinkView:
    """One end of a many-to-many relation: a list of keys in schemas, a list of rows in the model."""

    relation: Identifier
    attribute: Identifier
    key: PythonLiteral
    """The field that lists the keys, such as ``tag_ids``."""
    label: Words
    target: Identifier
    module: Identifier
    target_label: Words
    target_key: Identifier
    key_annotation: Expression
    create_line: Expression
    update_line: Expression
    read_line: Expression
    model_line: Expression
    filter_key: PythonLiteral
    """The query parameter that finds rows by one linked key, such as ``tag_id``."""
    filter_attribute: Identifier
    filter_type: Expression
    missing_key: PythonLiteral
    missing_text: PythonLiteral
    key_as_json: Expression
    """The key of a linked row called ``linked``, as JSON."""
    related_key: Expression
    path: PythonLiteral
    rows: int
    """How many rows of the target tests can make, at most two."""
    nested: tuple[tuple[Identifier, Identifier], ...]
    table: TableView | None
    """The table, at the end that declares it."""
    to_itself: bool
    is_private: bool = False
    is_guarded: bool = False
    """Whether the linked rows are left to owners, so that not everybody may link to them."""
    is_hidden: bool = False
    """Whether linked rows are shown only to those whom a rule names."""

    @property
    def name(self) -> Identifier:
        """Return the class of the linked entity."""
        return self.target


@dataclass(frozen=True)
class Way:
    """A relation before it is written: where it leads, along which key, and how it is called."""

    name: str
    target: Entity
    key: EntityField
    is_own: bool
    many: bool


def is_private(target: Entity) -> bool:
    """Tell whether rows are accounts, or such as only some may read."""
    return target.logs_in or hides_rows(target)


def link_views(entity: Entity, found: tuple[Association, ...], rows: Mapping[str, int]) -> tuple[LinkView, ...]:
    """Prepare the many-to-many relations of an entity; ``rows`` tells how many of each entity tests can make."""
    return tuple(link_view(entity, end, found, rows) for end in ends_of(entity, found))


def link_view(entity: Entity, end: AssociationEnd, found: tuple[Association, ...], rows: Mapping[str, int]) -> LinkView:
    """Prepare one end of a many-to-many relation."""
    names, key = entity_names(end.target), key_of(end.target)
    field = keys_name(end.relation, end.target)
    is_uuid = key.type.name == "UUID"
    annotation = Expression("UUID", frozenset({"from uuid import UUID"})) if is_uuid else Expression("int")
    keys = Expression("types.UniqueIds" if is_uuid else "types.Keys", frozenset({"from app.schemas import types"}))
    filter_name = field.removesuffix("s")
    return LinkView(
        relation=Identifier(safe_attribute(end.relation.name)),
        attribute=Identifier(safe_attribute(field)),
        key=PythonLiteral.of(field),
        label=Words(words(end.relation.name)),
        target=Identifier(names.name),
        module=Identifier(names.module),
        target_label=Words(names.label),
        target_key=Identifier(attribute_name(key)),
        key_annotation=annotation,
        create_line=Expression(f"{field}: {keys.text} = []", keys.imports),
        update_line=Expression(
            f"{field}: {keys.text} | MISSING = MISSING", keys.imports | {"from pydantic import MISSING"}
        ),
        read_line=Expression(f"{field}: list[{annotation.text}]", annotation.imports),
        model_line=link_line(entity, end),
        filter_key=PythonLiteral.of(filter_name),
        filter_attribute=Identifier(safe_attribute(filter_name)),
        filter_type=Expression("types.UniqueId" if is_uuid else "types.Key", keys.imports),
        missing_key=missing_key(key),
        missing_text=PythonLiteral.of(str(missing_value(key))),
        key_as_json=key_as_json(key, "linked"),
        related_key=key_as_json(key, "related"),
        rows=min(2, rows.get(end.target.name, 1)),
        nested=nested_links(end.target, found),
        path=PythonLiteral.of(end.target.api_path),
        table=table_view(end.association) if end.is_owner else None,
        to_itself=end.target.name == entity.name,
        is_private=is_private(end.target),
        is_guarded=guards_links(end.target),
        is_hidden=hides_rows(end.target),
    )


def nested_links(target: Entity, found: tuple[Association, ...]) -> tuple[tuple[Identifier, Identifier], ...]:
    """Return the relations whose keys belong to every read of an entity."""
    return tuple(
        (Identifier(target.name), Identifier(safe_attribute(end.relation.name))) for end in ends_of(target, found)
    )


def link_line(entity: Entity, end: AssociationEnd) -> Expression:
    """Write the attribute that holds the linked rows."""
    association, key = end.association, key_of(end.target)
    table, target = association.table, end.target.name
    options = [f'secondary="{table}"']
    if entity.name == target:
        own = attribute_name(key)
        options.append(f'primaryjoin="{target}.{own} == {table}.c.{association.owner_column}"')
        options.append(f'secondaryjoin="{target}.{own} == {table}.c.{association.target_column}"')
    if end.back is not None:
        options.append(f'back_populates="{safe_attribute(end.back.name)}"')
    options += [f'order_by="{target}.{attribute_name(key)}"', 'lazy="raise"', "passive_deletes=True"]
    return Expression(
        f'{safe_attribute(end.relation.name)}: Mapped[list["{target}"]] = relationship({", ".join(options)})'
    )


def table_view(association: Association) -> TableView:
    """Prepare the table of an association."""
    columns = (
        (association.owner_column, association.owner),
        (association.target_column, association.target),
    )
    return TableView(
        variable=Identifier(f"{association.table}_table"),
        name=PythonLiteral.of(association.table),
        columns=tuple(
            (PythonLiteral.of(column), PythonLiteral.of(f"{entity.table}.{key_of(entity).name}"))
            for column, entity in columns
        ),
    )


def include_views(
    entity: Entity, specs: EntitySpecs, found: tuple[Association, ...], links: tuple[LinkView, ...]
) -> tuple[IncludeView, ...]:
    """Prepare what reads of an entity may include: rows that it refers to, declared relations, and linked rows."""
    carried = (include_view(entity, way, name, found) for name, way in named_ways(entity, specs))
    return (*carried, *(linked_include(link) for link in links))


def include_targets(entity: Entity, specs: EntitySpecs, found: tuple[Association, ...]) -> tuple[Entity, ...]:
    """Return the entities whose rows reads of an entity may include."""
    carried = (way.target for _, way in named_ways(entity, specs))
    return (*carried, *(end.target for end in ends_of(entity, found)))


def related_names(entity: Entity, specs: EntitySpecs) -> tuple[str, ...]:
    """Return what reads of an entity of the specs may include, in words."""
    return all_related_names(specs)[entity.name]


@remembered
def all_related_names(specs: EntitySpecs) -> dict[str, tuple[str, ...]]:
    """Return what reads may include, in words, by the name of the entity."""
    found = associations(specs)
    related: dict[str, tuple[str, ...]] = {}
    for entity in specs.entities:
        carried = (name for name, _ in named_ways(entity, specs))
        linked = (end.relation.name for end in ends_of(entity, found))
        related[entity.name] = tuple(words(name) for name in (*carried, *linked))
    return related


def named_ways(entity: Entity, specs: EntitySpecs) -> Iterable[tuple[str, Way]]:
    """Yield each relation along a foreign key with a name that no field has."""
    ends = ends_of(entity, associations(specs))
    taken = {attribute_name(field) for field in entity.fields}
    taken |= {name for end in ends for name in (safe_attribute(end.relation.name), keys_name(end.relation, end.target))}
    for way in ways(entity, specs):
        name = way.name if safe_attribute(way.name) not in taken else f"{way.name}_row"
        if safe_attribute(name) in taken:
            continue
        taken.add(safe_attribute(name))
        yield name, way


def ways(entity: Entity, specs: EntitySpecs) -> Iterable[Way]:
    """Yield the relations that a foreign key carries: the entity's own keys first, then declared ones to others."""
    named = {}
    for relation in entity.relations:
        key = entity.key_along(relation.name)
        if key is not None and relation.cardinality in {Cardinality.MANY_TO_ONE, Cardinality.ONE_TO_ONE}:
            named[key.name] = relation.name
    for field in foreign_keys(entity):
        target = specs.entity(field.foreign_key or "")
        if target is not None:
            yield Way(named.get(field.name) or stem(field), target, field, is_own=True, many=False)
    for relation in entity.relations:
        target = specs.entity(relation.target)
        is_many = relation.cardinality is Cardinality.ONE_TO_MANY
        if target is None or relation.name in named.values() or relation.cardinality is Cardinality.MANY_TO_MANY:
            continue
        key = carrier(entity, relation, target)
        if key is not None and (is_many or relation.cardinality is Cardinality.ONE_TO_ONE):
            yield Way(relation.name, target, key, is_own=False, many=is_many)


def stem(field: EntityField) -> str:
    """Return what a foreign key is about: ``author_id`` is about ``author``."""
    name = field.name.removesuffix("_id")
    return name if name != field.name and name else f"{field.name}_row"


def carrier(entity: Entity, relation: Relation, target: Entity) -> EntityField | None:
    """Return the foreign key of the target that carries a relation, if any.

    Raises UnsupportedSpecsError where several may.
    """
    keys = [field for field in foreign_keys(target) if field.foreign_key == entity.name]
    if len(keys) > 1:
        spoken = set(relation.name.split("_"))
        named = [key for key in keys if spoken & set(key.name.removesuffix("_id").split("_"))]
        keys = named if len(named) == 1 else keys
    if len(keys) > 1:
        candidates = " or ".join(f"{target.name}.{key.name}" for key in keys)
        raise UnsupportedSpecsError(
            f"It can't be told which foreign key carries {entity.name}.{relation.name}: {candidates}. "
            "Let the relation's name share a word with the key's, such as home_games for home_id."
        )
    return keys[0] if keys else None


def include_view(entity: Entity, way: Way, name: str, found: tuple[Association, ...]) -> IncludeView:
    """Prepare a relation along a foreign key."""
    names, attribute = entity_names(way.target), safe_attribute(name)
    holder = entity if way.is_own else way.target
    key = f'foreign_keys="{holder.name}.{attribute_name(way.key)}"'
    options = [key, "viewonly=True", 'lazy="raise"']
    if way.is_own and way.target.name == entity.name:
        options.append(f'remote_side="{entity.name}.{attribute_name(key_of(entity))}"')
    if way.many:
        options.append(f'order_by="{way.target.name}.{attribute_name(key_of(way.target))}"')
    target = names.name
    is_optional = way.key.optional or not way.is_own
    annotation = f'list["{target}"]' if way.many else f'"{target} | None"' if is_optional else f'"{target}"'
    return IncludeView(
        name=Identifier(attribute),
        key=PythonLiteral.of(name),
        member=Identifier(member(name)),
        label=Words(words(name)),
        target=Identifier(target),
        module=Identifier(names.module),
        target_label=Words(names.label),
        many=way.many,
        model_line=Expression(f"{attribute}: Mapped[{annotation}] = relationship({', '.join(options)})"),
        detail_line=detail_line(attribute, name, target, many=way.many),
        field=way.key if way.is_own else None,
        field_key=PythonLiteral.of(way.key.name),
        related_key=key_as_json(key_of(way.target), "related"),
        path=PythonLiteral.of(way.target.api_path),
        nested=nested_links(way.target, found),
        to_itself=way.target.name == entity.name,
        is_private=is_private(way.target),
    )


def linked_include(link: LinkView) -> IncludeView:
    """Prepare the inclusion of linked rows."""
    name = link.relation.text
    key = name.removesuffix("_")
    return IncludeView(
        name=link.relation,
        key=PythonLiteral.of(key),
        member=Identifier(member(key)),
        label=link.label,
        target=link.target,
        module=link.module,
        target_label=link.target_label,
        many=True,
        model_line=link.model_line,
        detail_line=detail_line(name, key, link.target.text, many=True),
        field=None,
        field_key=link.key,
        related_key=link.related_key,
        path=link.path,
        nested=link.nested,
        to_itself=link.to_itself,
        is_private=link.is_private,
        link=link,
    )


def detail_line(attribute: str, name: str, target: str, *, many: bool) -> Expression:
    """Write the attribute of the detail schema: absent unless it was asked for."""
    annotation, empty = (f"list[{target}Read]", "[]") if many else (f"{target}Read | None", "None")
    if attribute == name:
        return Expression(f"{attribute}: {annotation} = {empty}")
    return Expression(
        f'{attribute}: {annotation} = Field(default={empty}, serialization_alias="{name}")',
        frozenset({"from pydantic import Field"}),
    )


def member(name: str) -> str:
    """Return the member of an enum for a name."""
    return name.upper()
