"""Hypothesis strategies for planning documents: valid by construction, hostile in their values."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.documents.entity_specs import (
    SCALAR_TYPES,
    Cardinality,
    Entity,
    EntityField,
    EntitySpecs,
    EnumSpec,
    FieldType,
    OnDelete,
    Relation,
)

snake_names = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
pascal_names = st.from_regex(r"[A-Z][A-Za-z0-9]{0,12}", fullmatch=True)
hostile_values = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ['a "quoted" one', "a, b (c)", "<!-- x", "-->", "None", "null", "'x'", "\\d{3}\n", "ENTITY: X", ""]
    ),
)
counts = st.integers(min_value=0, max_value=10_000)


def fields(enums: list[str], entities: list[str]) -> st.SearchStrategy[EntityField]:
    """Return fields of any type and any mix of modifiers, also contradictory ones."""
    types = st.builds(FieldType, name=st.sampled_from([*SCALAR_TYPES, *enums]), is_list=st.booleans())
    return st.builds(
        EntityField,
        name=snake_names,
        type=types,
        primary_key=st.booleans(),
        auto_generated=st.booleans(),
        optional=st.booleans(),
        unique=st.booleans(),
        index=st.booleans(),
        default=st.none() | hostile_values,
        minimum=st.none() | counts.map(str) | hostile_values.filter(bool),
        maximum=st.none() | counts.map(str) | hostile_values.filter(bool),
        pattern=st.none() | hostile_values,
        digits=st.none() | counts,
        places=st.none() | counts,
        foreign_key=st.none() | st.sampled_from(entities),
        on_delete=st.none() | st.sampled_from(list(OnDelete)),
        renamed_from=st.none() | snake_names,
    )


@st.composite
def entity_specs(draw: st.DrawFn) -> EntitySpecs:
    """Return whole documents with one to three entities and up to two enums, names distinct in any spelling."""
    names = draw(st.lists(pascal_names, min_size=1, max_size=5, unique_by=str.casefold))
    entity_names, enum_names = names[:3], names[3:]
    relation = st.builds(
        Relation, name=snake_names, target=st.sampled_from(entity_names), cardinality=st.sampled_from(list(Cardinality))
    )
    entities = tuple(
        Entity(
            name=name,
            table=draw(snake_names),
            api_path="/api/v1/" + draw(snake_names),
            fields=tuple(draw(st.lists(fields(enum_names, entity_names), max_size=4))),
            relations=tuple(draw(st.lists(relation, max_size=2))),
            account=draw(st.booleans()),
        )
        for name in entity_names
    )
    values = st.lists(hostile_values, max_size=4).map(tuple)
    return EntitySpecs(entities=entities, enums=tuple(EnumSpec(name=name, values=draw(values)) for name in enum_names))
