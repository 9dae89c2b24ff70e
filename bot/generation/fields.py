"""The prepared view of one field: the line that stands for it in each layer, and its examples."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.documents.entities.declared_rules import ActionByRole
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs, OnDelete
from bot.generation.defaults import sent_default
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.kinds import Json, Kind, kind_of
from bot.generation.names import attribute_name, words
from bot.generation.values import Expression, Identifier, PythonLiteral, Words

__all__ = ["DataKey", "FieldView", "field_view", "fills_from_clock", "json_expression"]

LONG_RUN = 40
"""Texts that end in a longer run of one letter are written as a product."""
UUID_DEFAULT = "from uuid import uuid4"


ROLE = "role"
SEEDS = 3
"""How many rows of an entity are made for development."""


@dataclass(frozen=True)
class DataKey:
    """A foreign key as the model declares it."""

    constraint: PythonLiteral
    target: PythonLiteral
    on_delete: PythonLiteral
    is_deferred: bool


@dataclass(frozen=True)
class FieldView:
    """One field in every layer; lines are whole lines of a class or a call."""

    field: EntityField
    kind: Kind
    attribute: Identifier
    key: PythonLiteral
    """The field's name as text: in JSON, and as the column."""
    label: Words
    model_line: Expression
    create_line: Expression
    update_line: Expression
    read_line: Expression
    example: Expression
    """A value for the payload of a factory; a unique one varies with ``number``."""
    sample: Expression
    """The value that the API's document shows."""
    seed: Expression
    """A value for development; a unique one and a text vary with ``number``, which counts from 0."""
    another: Expression
    """Another good value, to change a row with."""
    default: Expression | None
    """What a field is worth that is left out, as a client would send it; None for nothing, or ever another value."""
    data_key: DataKey | None
    is_derived: bool
    """Whether a declared rule fills the field in."""
    examples: tuple[Json, ...]
    """Good values, which keep declared rules as far as one row can: the first for a payload, the last to change it."""

    @property
    def is_given(self) -> bool:
        """Tell whether clients give the value."""
        return self.field.is_given and not self.is_derived

    @property
    def column(self) -> Identifier:
        """Return the column's name as part of other names."""
        return Identifier(self.field.name)

    @property
    def is_varied(self) -> bool:
        """Tell whether a factory must give each row a value of its own."""
        return self.field.unique

    @property
    def capacity(self) -> int:
        """Return how many rows the examples are enough for."""
        return len(self.examples) if self.field.unique else 1000

    @property
    def has_default(self) -> bool:
        """Tell whether a client may leave the field out."""
        return self.field.optional or self.field.default is not None

    @property
    def mixed_in(self) -> bool:
        """Tell whether the field is one that `TimestampMixin` may bring."""
        return self.field.is_timestamp and not self.field.optional

    def refused(self) -> list[Expression]:
        """Return values that the schema refuses."""
        bad: list[Json] = [*self.kind.refused()]
        if not self.field.optional:
            bad.append(None)
        return [json_expression(value) for value in bad]

    def accepted(self) -> list[Expression]:
        """Return values on the very edge of the limits, and null where it is one."""
        good: list[Json] = [*self.kind.examples()[:1], *self.kind.edges()]
        if self.field.optional:
            good.append(None)
        return [json_expression(value) for value in good]


def field_view(
    entity: Entity,
    field: EntityField,
    specs: EntitySpecs,
    *,
    is_deferred: bool,
    is_derived: bool = False,
    examples: list[Json] | None = None,
) -> FieldView:
    """Prepare a field, with examples of its own where rules ask for them.

    Raises UnsupportedSpecsError where its modifiers don't fit its type.
    """
    kind = kind_of(f"{entity.name}.{field.name}", field, specs)
    data_key = data_key_of(entity, field, specs, is_deferred=is_deferred)
    default = default_of(kind)
    examples = kind.examples() if examples is None else examples
    return FieldView(
        field=field,
        kind=kind,
        attribute=Identifier(attribute_name(field)),
        key=PythonLiteral.of(field.name),
        label=Words(words(field.name)),
        model_line=model_line(
            field, kind, default, data_key, is_softly_unique=field.unique and entity.is_deleted_softly
        ),
        create_line=create_line(field, kind, default),
        update_line=update_line(field, kind),
        read_line=read_line(field, kind),
        example=varied_example(field, examples) if field.unique else json_expression(examples[0]),
        sample=json_expression(examples[0]),
        seed=seed_of(entity, field, specs, examples),
        another=json_expression(examples[-1]),
        default=None if (sent := sent_default(field, default)) is None else json_expression(sent),
        data_key=data_key,
        is_derived=is_derived,
        examples=tuple(examples),
    )


def data_key_of(entity: Entity, field: EntityField, specs: EntitySpecs, *, is_deferred: bool) -> DataKey | None:
    """Return the foreign key of a field, or None."""
    parent = specs.entity(field.foreign_key or "")
    if parent is None or parent.primary_key is None:
        return None
    rule = field.on_delete or OnDelete.RESTRICT
    return DataKey(
        constraint=PythonLiteral.of(f"fk_{entity.table}_{field.name}_{parent.table}"),
        target=PythonLiteral.of(f"{parent.table}.{parent.primary_key.name}"),
        on_delete=PythonLiteral.of(rule.value.upper()),
        is_deferred=is_deferred,
    )


def default_of(kind: Kind) -> Expression | None:
    """Return the Python value of a field's default. Raises UnsupportedSpecsError where it does not fit."""
    text = kind.field.default
    if text is None:
        return None
    try:
        return kind.default(text)
    except (ValueError, TypeError, RecursionError, OverflowError):
        raise UnsupportedSpecsError(
            f"The default {text[:60]!r} of {kind.where} is no good value of it; give one within its type and limits."
        ) from None


def is_callable(default: Expression) -> bool:
    """Tell whether a default is a function that makes the value."""
    return default.text in {"base.today", "base.now", "uuid4"}


def is_mutable(default: Expression) -> bool:
    """Tell whether a default is a list or a mapping, of which each row needs its own."""
    return default.text[:1] in {"[", "{"}


def maker(default: Expression) -> str:
    """Write what makes the default of a new row; no two rows share a list or a mapping."""
    empty = {"[]": "list", "{}": "dict"}
    if default.text in empty:
        return empty[default.text]
    return f"lambda: {default.text}" if is_mutable(default) else default.text


def nullable(annotation: Expression, field: EntityField) -> Expression:
    """Add ``None`` to the type of an optional field."""
    return annotation | Expression("None") if field.optional else annotation


def model_line(
    field: EntityField, kind: Kind, default: Expression | None, data_key: DataKey | None, *, is_softly_unique: bool
) -> Expression:
    """Write the attribute of a model; what is unique among living rows only, the table says itself.

    An optional field has its default in the schema alone: SQLAlchemy would put one of the model in the place of a null
    that a client sends.
    """
    annotation = nullable(kind.annotation(), field)
    sql_type = kind.model_type()
    imports = annotation.imports | sql_type.imports
    parts = [] if attribute_name(field) == field.name else [PythonLiteral.of(field.name).text]
    parts.append(sql_type.text)
    if data_key is not None:
        deferred = f", use_alter=True, name={data_key.constraint.text}" if data_key.is_deferred else ""
        parts.append(f"sa.ForeignKey({data_key.target.text}, ondelete={data_key.on_delete.text}{deferred})")
    parts += [] if is_softly_unique else modifiers(field, is_foreign=data_key is not None)
    made = made_by_itself(field) or (None if field.optional else default)
    if made is not None:
        imports |= made.imports
        parts.append(f"default={maker(made)}")
    return Expression(
        f"{attribute_name(field)}: Mapped[{annotation.text}] = mapped_column({', '.join(parts)})", imports
    )


def modifiers(field: EntityField, *, is_foreign: bool) -> list[str]:
    """Write the column's flags. A unique column is indexed by its constraint; a foreign key always is."""
    flags: list[str] = []
    if field.primary_key:
        flags.append("primary_key=True")
    elif field.unique:
        flags.append("unique=True")
    elif field.index or is_foreign:
        flags.append("index=True")
    if fills_from_clock(field):
        flags.append("server_default=sa.func.now()")
    if fills_from_clock(field) and field.name == "updated_at":
        flags.append("onupdate=sa.func.now()")
    return flags


def fills_from_clock(field: EntityField) -> bool:
    """Tell whether the database fills the field with its own time."""
    return field.type.name == "datetime" and (field.is_timestamp or field.auto_generated)


def made_by_itself(field: EntityField) -> Expression | None:
    """Return what makes the value of a UUID or a date that fills itself."""
    if field.auto_generated and field.type.name == "UUID":
        return Expression("uuid4", frozenset({UUID_DEFAULT}))
    if field.auto_generated and field.type.name == "date":
        return Expression("base.today", frozenset({"from app.models import base"}))
    return None


def aliased(field: EntityField, default: str | None, alias: str) -> tuple[str, set[str]]:
    """Write what stands after an attribute's type in a schema."""
    if attribute_name(field) == field.name:
        return ("" if default is None else f" = {default}"), set()
    name = PythonLiteral.of(field.name).text
    value = f"default={default}, " if default is not None else ""
    return f" = Field({value}{alias}={name})", {"from pydantic import Field"}


def create_line(field: EntityField, kind: Kind, default: Expression | None) -> Expression:
    """Write the attribute of the schema that creates."""
    annotation = nullable(kind.schema(), field)
    if default is not None and is_callable(default):
        return factory_line(field, annotation, default)
    value = default.text if default is not None else "None" if field.optional else None
    rest, imports = aliased(field, value, "alias")
    needed = annotation.imports | imports | (default.imports if default else frozenset())
    return Expression(f"{attribute_name(field)}: {annotation.text}{rest}", needed)


def factory_line(field: EntityField, annotation: Expression, default: Expression) -> Expression:
    """Write the attribute of a schema whose default is made anew each time."""
    alias = "" if attribute_name(field) == field.name else f", alias={PythonLiteral.of(field.name).text}"
    return Expression(
        f"{attribute_name(field)}: {annotation.text} = Field(default_factory={default.text}{alias})",
        annotation.imports | default.imports | {"from pydantic import Field"},
    )


def update_line(field: EntityField, kind: Kind) -> Expression:
    """Write the attribute of the schema that changes: absent is not null."""
    annotation = nullable(kind.schema(), field) | Expression("MISSING", frozenset({"from pydantic import MISSING"}))
    rest, imports = aliased(field, "MISSING", "alias")
    return Expression(f"{attribute_name(field)}: {annotation.text}{rest}", annotation.imports | imports)


def read_line(field: EntityField, kind: Kind) -> Expression:
    """Write the attribute of the schema that answers."""
    annotation = nullable(kind.read(), field)
    rest, imports = aliased(field, None, "serialization_alias")
    return Expression(f"{attribute_name(field)}: {annotation.text}{rest}", annotation.imports | imports)


def seed_of(entity: Entity, field: EntityField, specs: EntitySpecs, examples: list[Json]) -> Expression:
    """Write what rows for development have: texts and roles differ, what other rules may speak of does not."""
    if entity.logs_in and field.name == ROLE and not any(is_about_roles(each) for each in specs.entities):
        return varied_example(field, seeded_roles(specs, examples))
    is_varied = field.unique or (field.type.name == "str" and not field.type.is_list)
    return varied_example(field, examples[:SEEDS]) if is_varied else json_expression(examples[0])


def is_about_roles(entity: Entity) -> bool:
    """Tell whether a rule looks at a role as at any other status, or leads from one role to another."""
    return any(ROLE in {getattr(rule, "field", ""), getattr(rule, "status", "")} for rule in entity.rules)


def seeded_roles(specs: EntitySpecs, roles: list[Json]) -> list[Json]:
    """Return the roles that accounts for development have: the first, then those that rules leave something to."""
    rules = [rule for entity in specs.entities for rule in entity.rules if isinstance(rule, ActionByRole)]
    named = [role for rule in rules for role in rule.roles if role in roles]
    return list(dict.fromkeys([roles[0], *named, *roles]))[:SEEDS]


def varied_example(field: EntityField, examples: list[Json]) -> Expression:
    """Write a value that differs from row to row."""
    if len(examples) == 1:
        return json_expression(examples[0])
    choices = ", ".join(json_expression(value).text for value in examples)
    return Expression(f"({choices},)[number % {len(examples)}]")


def json_expression(value: Json) -> Expression:
    """Write a JSON value in Python; long runs become products, so that nobody has to read them."""
    if isinstance(value, str) and (run := re.search(rf"(?s)(.)\1{{{LONG_RUN},}}\Z", value)):
        start = value[: run.start()]
        product = f"{PythonLiteral.of(run[1]).text} * {len(run[0])}"
        return Expression(f"{PythonLiteral.of(start).text} + {product}" if start else product)
    if isinstance(value, list) and len(value) > LONG_RUN // 4 and value.count(value[0]) == len(value):
        return Expression(f"[{json_expression(value[0]).text}] * {len(value)}")
    return Expression(PythonLiteral.of(value).text)
