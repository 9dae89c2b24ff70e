"""The prepared view of a service: everything that templates print, as typed values."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs, EnumSpec, OnDelete
from bot.generation.fields import FieldView, field_view
from bot.generation.names import article, attribute_name, entity_names, words
from bot.generation.order import EntityOrder, entity_order, references_to, with_relations
from bot.generation.values import Expression, Identifier, PythonLiteral, SlugOrPath, Words, join_imports

__all__ = ["ChildView", "EntityView", "EnumMember", "EnumView", "ParentView", "SpecsView", "specs_view"]

ROWS = 3
"""How many rows the tests of lists create, where unique values allow it."""
PAGE_SIZE = 2


@dataclass(frozen=True)
class EnumMember:
    """A value of an enum and its name in Python."""

    name: Identifier
    value: PythonLiteral


@dataclass(frozen=True)
class EnumView:
    """An enum."""

    name: Identifier
    test_name: Identifier
    label: Words
    members: tuple[EnumMember, ...]
    values: PythonLiteral


@dataclass(frozen=True)
class ParentView:
    """An entity that a foreign key of this one names a row of."""

    field: FieldView
    name: Identifier
    module: Identifier
    label: Words
    row: Identifier
    """A variable for a row of the parent."""
    key_as_json: Expression
    """The key of that row, as JSON."""
    missing_key: PythonLiteral
    required: bool


@dataclass(frozen=True)
class ChildView:
    """An entity whose foreign key names a row of this one."""

    module: Identifier
    label: Words
    field: Identifier
    field_key: PythonLiteral
    path: PythonLiteral
    key: Identifier
    restricts: bool
    cascades: bool
    empties: bool
    suffix: Identifier
    """Makes the names of tests different where one entity refers twice."""


@dataclass(frozen=True)
class EntityView:
    """An entity in every layer."""

    entity: Entity
    name: Identifier
    module: Identifier
    collection: Identifier
    label: Words
    one: Words
    plural: Words
    table: PythonLiteral
    path: PythonLiteral
    tag: PythonLiteral
    key: FieldView
    key_annotation: Expression
    key_type: Expression
    key_as_json: Expression
    missing_key: PythonLiteral
    fields: tuple[FieldView, ...]
    parents: tuple[ParentView, ...]
    children: tuple[ChildView, ...] = ()
    rows: int = ROWS
    imports: dict[str, tuple[Expression, ...]] = field(default_factory=dict)

    @property
    def given(self) -> tuple[FieldView, ...]:
        """Return the fields that clients give."""
        return tuple(item for item in self.fields if item.field.is_given)

    @property
    def plain(self) -> tuple[FieldView, ...]:
        """Return the fields that clients give and that name no other row."""
        return tuple(item for item in self.given if item.data_key is None)

    @property
    def required_plain(self) -> tuple[FieldView, ...]:
        """Return the fields without which nothing can be created, references left out."""
        return tuple(item for item in self.plain if not item.has_default)

    @property
    def uniques(self) -> tuple[FieldView, ...]:
        """Return the fields whose values are unique; the key is not one of them."""
        return tuple(item for item in self.fields if item.field.unique and not item.field.primary_key)

    @property
    def path_text(self) -> SlugOrPath:
        """Return the path for prose."""
        return SlugOrPath(self.entity.api_path)

    @property
    def table_name(self) -> Identifier:
        """Return the table's name as part of other names."""
        return Identifier(self.entity.table)

    @property
    def taken(self) -> tuple[FieldView, ...]:
        """Return the fields whose values tests try to take twice, where there is room for two rows."""
        return tuple(item for item in self.plain if item.field.unique) if self.rows > 1 else ()

    @property
    def indexed(self) -> tuple[FieldView, ...]:
        """Return the fields with an index of their own."""
        return tuple(
            item
            for item in self.fields
            if (item.field.index or item.data_key is not None) and not item.field.unique and not item.field.primary_key
        )

    @property
    def stamped(self) -> bool:
        """Tell whether the entity takes both its time stamps from the mixin."""
        return {item.field.name for item in self.fields if item.mixed_in} == {"created_at", "updated_at"}

    @property
    def own_fields(self) -> tuple[FieldView, ...]:
        """Return the fields that the model declares itself."""
        return tuple(item for item in self.fields if not (self.stamped and item.mixed_in))

    @property
    def varies(self) -> bool:
        """Tell whether the factory counts its rows."""
        return any(item.is_varied for item in self.plain)

    @property
    def changed(self) -> FieldView:
        """Return the field that tests change: one with another good value, if there is any."""
        candidates = self.plain or self.given
        return next((item for item in candidates if len(item.kind.examples()) > 1), candidates[0])

    @property
    def optional(self) -> FieldView | None:
        """Return the first field that may be null, or None."""
        return next((item for item in self.given if item.field.optional), None)

    @property
    def required_parents(self) -> tuple[ParentView, ...]:
        """Return the references that every row needs."""
        return tuple(parent for parent in self.parents if parent.required)

    @property
    def parent_modules(self) -> tuple[ParentView, ...]:
        """Return one reference for each other entity that is referred to."""
        others = [parent for parent in self.parents if parent.name != self.name]
        return tuple({parent.name.text: parent for parent in others}.values())

    @property
    def required_parent_modules(self) -> tuple[ParentView, ...]:
        """Return one reference for each other entity that every row needs."""
        return tuple({parent.name.text: parent for parent in self.required_parents}.values())

    @property
    def child_modules(self) -> tuple[ChildView, ...]:
        """Return one reference for each other entity that refers to this one."""
        others = [child for child in self.children if child.module != self.module]
        return tuple({child.module.text: child for child in others}.values())

    @property
    def pages(self) -> int:
        """Return how many pages of two the rows of the tests fill."""
        return -(-self.rows // PAGE_SIZE)

    @property
    def first_page(self) -> int:
        """Return how many rows stand on the first page of the tests."""
        return min(self.rows, PAGE_SIZE)

    @property
    def last_page(self) -> int:
        """Return how many rows stand on the last page of the tests."""
        return self.rows - PAGE_SIZE * (self.pages - 1)


@dataclass(frozen=True)
class SpecsView:
    """All entities, parents first, and all enums."""

    entities: tuple[EntityView, ...]
    by_module: tuple[EntityView, ...]
    """The same in the order of their modules, for imports and lists."""
    enums: tuple[EnumView, ...]
    enum_names: tuple[PythonLiteral, ...]

    def entity(self, name: str) -> EntityView:
        """Return the view of an entity."""
        return next(view for view in self.entities if view.entity.name == name)


@functools.lru_cache(maxsize=8)
def specs_view(specs: EntitySpecs) -> SpecsView:
    """Prepare specs for the templates. Raises UnsupportedSpecsError where a field can't be built."""
    order = entity_order(specs)
    capacities: dict[str, int] = {}
    views = [entity_view(entity, specs, order, capacities) for entity in order.entities]
    return SpecsView(
        entities=tuple(views),
        by_module=tuple(sorted(views, key=lambda view: view.module.text)),
        enums=tuple(enum_view(enum) for enum in specs.enums),
        enum_names=tuple(PythonLiteral.of(name) for name in sorted(enum.name for enum in specs.enums)),
    )


def entity_view(entity: Entity, specs: EntitySpecs, order: EntityOrder, capacities: dict[str, int]) -> EntityView:
    """Prepare one entity, and note how many rows its unique values allow."""
    names = entity_names(entity)
    fields = tuple(
        field_view(
            entity, with_relations(item, entity, specs), specs, is_deferred=(entity.name, item.name) in order.deferred
        )
        for item in entity.fields
    )
    key = next(item for item in fields if item.field.primary_key)
    parents = tuple(parent_view(item, specs) for item in fields if item.data_key is not None)
    required = [parent for parent in parents if parent.required]
    capacities[entity.name] = min(
        [
            *(item.capacity for item in fields if item.field.is_given and item.data_key is None),
            *(capacities[parent.name.text] for parent in required if parent.name.text in capacities),
            1000,
        ]
    )
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
        key_as_json=key_as_json(key.field, Identifier("row")),
        missing_key=missing_key(key.field),
        fields=fields,
        parents=parents,
        children=tuple(child_views(entity, specs)),
        rows=min(ROWS, capacities[entity.name]),
        imports=imports_of(fields),
    )


def imports_of(fields: tuple[FieldView, ...]) -> dict[str, tuple[Expression, ...]]:
    """Return the import lines of the modules made from fields."""
    given = [item for item in fields if item.field.is_given]
    stamped = {item.field.name for item in fields if item.mixed_in} == {"created_at", "updated_at"}
    own = [item for item in fields if not (stamped and item.mixed_in)]
    schema_lines = [*(item.create_line for item in given), *(item.update_line for item in given)]
    return {
        "model": join_imports(item.model_line for item in own),
        "schema": join_imports([*schema_lines, *(item.read_line for item in fields)]),
    }


def key_as_json(item: EntityField, row: Identifier) -> Expression:
    """Write how the key of a row looks in JSON."""
    key = f"{row.text}.{attribute_name(item)}"
    return Expression(f"str({key})" if item.type.name == "UUID" else key)


def missing_key(item: EntityField) -> PythonLiteral:
    """Return a key that no row of a test has, as JSON."""
    return PythonLiteral.of("ffffffff-ffff-4fff-8fff-ffffffffffff" if item.type.name == "UUID" else 2**31 - 1)


def parent_view(item: FieldView, specs: EntitySpecs) -> ParentView:
    """Prepare a reference to a parent."""
    parent = specs.entity(item.field.foreign_key or "")
    if parent is None or parent.primary_key is None:
        raise ValueError(f"{item.field.name} has no parent")
    names = entity_names(parent)
    row = Identifier(f"{names.module}_row")
    return ParentView(
        field=item,
        name=Identifier(names.name),
        module=Identifier(names.module),
        label=Words(names.label),
        row=row,
        key_as_json=key_as_json(parent.primary_key, row),
        missing_key=missing_key(parent.primary_key),
        required=not item.field.optional,
    )


def child_views(entity: Entity, specs: EntitySpecs) -> Iterable[ChildView]:
    """Prepare the references that others make to an entity."""
    for reference in references_to(entity, specs):
        names = entity_names(reference.entity)
        key = reference.entity.primary_key
        yield ChildView(
            module=Identifier(names.module),
            label=Words(names.label),
            field=Identifier(attribute_name(reference.field)),
            field_key=PythonLiteral.of(reference.field.name),
            path=PythonLiteral.of(reference.entity.api_path),
            key=Identifier(attribute_name(key) if key else "id"),
            restricts=reference.on_delete is OnDelete.RESTRICT,
            cascades=reference.on_delete is OnDelete.CASCADE,
            empties=reference.on_delete is OnDelete.SET_NULL,
            suffix=Identifier(f"{names.module}_{reference.field.name}"),
        )


def enum_view(enum: EnumSpec) -> EnumView:
    """Prepare an enum; values that are no names get one."""
    taken: set[str] = set()
    members: list[EnumMember] = []
    for number, value in enumerate(enum.values, start=1):
        name = member_name(value, number, taken)
        taken.add(name)
        members.append(EnumMember(name=Identifier(name), value=PythonLiteral.of(value)))
    return EnumView(
        name=Identifier(enum.name),
        test_name=Identifier(words(enum.name).replace(" ", "_")),
        label=Words(words(enum.name)),
        members=tuple(members),
        values=PythonLiteral.of(list(enum.values)),
    )


def member_name(value: str, number: int, taken: set[str]) -> str:
    """Return the name of an enum's member: the value in capitals, with its number where that is not enough."""
    name = re.sub(r"[^A-Z0-9]+", "_", value.upper()).strip("_")
    if not name or name[0].isdigit():
        name = f"VALUE_{name or number}"
    candidates = itertools.chain([name], (f"{name}_{count}" for count in itertools.count(number)))
    return next(candidate for candidate in candidates if candidate not in taken)
