"""Hypothesis strategies for planning documents: valid by construction, hostile in their values."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.documents.entities.declared_rules import (
    WRITES,
    ActionByOwner,
    ActionByRole,
    AtMost,
    DeclaredRule,
    DerivedMoment,
    LatestAfter,
    NoOverlap,
    OneOpen,
    OnlyWhile,
    Span,
    StatusChange,
    TimeUnit,
    Transition,
)
from bot.documents.entities.entity_specs import (
    FEATURES,
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
from bot.documents.entities.rule_lines import WRITTEN_AS
from bot.documents.naming import snake_case
from bot.documents.requirements.requirements import AcceptanceCriterion, Requirement, Requirements, Term
from bot.documents.tasks.task_plan import Artifact, KeyLink, MustHaves, Phase, Task, TaskKind, TaskPlan
from bot.documents.text.markdown import one_line
from bot.documents.text.numbering import Removed

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
        feature=st.none() | st.sampled_from(FEATURES),
    )


names_of_fields = snake_names | st.sampled_from(["transition", "only", "by", "no", "one", "of", "per", "until", "most"])
spans = st.builds(Span, count=counts, unit=st.sampled_from(list(TimeUnit)))


@st.composite
def transitions(draw: st.DrawFn, fields: tuple[EntityField, ...], enums: tuple[EnumSpec, ...]) -> Transition:
    """Return a transition of any field: of an enum among its values, of any other among hostile ones."""
    values_of = {enum.name: enum.values for enum in enums}
    field = draw(st.sampled_from(fields)) if fields else None
    name = field.name if field else draw(names_of_fields)
    kind = next((one.type.name for one in fields if one.name == name), "")
    values = st.sampled_from(values_of[kind]) if values_of.get(kind) else hostile_values
    sources = draw(st.lists(values, min_size=1, max_size=3, unique=True))
    changes = tuple(
        StatusChange(source=source, targets=tuple(draw(st.lists(values, min_size=1, max_size=3, unique=True))))
        for source in sources
    )
    return Transition(field=name, changes=changes)


def rules(entity: str, fields: tuple[EntityField, ...], enums: tuple[EnumSpec, ...]) -> st.SearchStrategy[DeclaredRule]:
    """Return rules of every form about an entity, also ones that it can't keep."""
    names = names_of_fields | st.sampled_from([field.name for field in fields] or ["id"])
    roles = st.lists(st.sampled_from(["ADMIN", "USER", "kiln master"]), min_size=1, unique=True).map(tuple)
    return st.one_of(
        transitions(fields, enums),
        st.builds(OneOpen, entity=st.just(entity), relation=names, until=names),
        st.builds(DerivedMoment, field=names, source=names, span=spans),
        periods(names, fields, enums),
        st.builds(LatestAfter, field=names, span=spans, after=names),
        st.builds(ActionByOwner, action=names, field=names),
        st.builds(ActionByRole, action=names.filter(lambda name: name not in WRITTEN_AS), roles=roles),
        statuses(entity, fields, enums),
        counted_rows(entity, names, fields, enums),
    )


@st.composite
def periods(
    draw: st.DrawFn, names: st.SearchStrategy[str], fields: tuple[EntityField, ...], enums: tuple[EnumSpec, ...]
) -> NoOverlap:
    """Return a rule about periods that counts every row, or leaves out some because of an own status."""
    rule = NoOverlap(start=draw(names), end=draw(names), relation=draw(names))
    return rule.model_copy(update=draw(own_states("unless", fields, enums)))


@st.composite
def own_states(
    draw: st.DrawFn, part: str, fields: tuple[EntityField, ...], enums: tuple[EnumSpec, ...]
) -> dict[str, object]:
    """Return an own status of which a rule speaks, under the name that the rule has for it, or nothing."""
    values = {enum.name: enum.values for enum in enums} | {"bool": ("true", "false")}
    types = {field.name: field.type.name for field in reversed(fields)}
    own = [name for name, type_name in types.items() if values.get(type_name)]
    if not own or not draw(st.booleans()):
        return {}
    status = draw(st.sampled_from(own))
    named = draw(st.lists(st.sampled_from(values[types[status]]), min_size=1, max_size=3, unique=True))
    return {part: status, "values": tuple(named)}


@st.composite
def counted_rows(
    draw: st.DrawFn,
    entity: str,
    names: st.SearchStrategy[str],
    fields: tuple[EntityField, ...],
    enums: tuple[EnumSpec, ...],
) -> AtMost:
    """Return a rule that counts rows, up to a number or up to what the row tells that they name."""
    limit = draw(names) if draw(st.booleans()) else ""
    rule = AtMost(
        entity=entity,
        relation=draw(names),
        count=0 if limit else draw(st.integers(1, 1000)),
        limit=limit,
        day=draw(names) if draw(st.booleans()) else "",
        until=draw(names) if draw(st.booleans()) else "",
    )
    return rule.model_copy(update=draw(own_states("status", fields, enums)))


@st.composite
def statuses(draw: st.DrawFn, entity: str, fields: tuple[EntityField, ...], enums: tuple[EnumSpec, ...]) -> OnlyWhile:
    """Return a rule about a status: the values that an own field has, or any others of what no foreign key leads to."""
    keys = {name for field in fields if field.foreign_key for name in (field.name, field.name.removesuffix("_id"))}
    is_own: bool = draw(st.booleans())
    own = draw(st.sampled_from(fields)) if fields and is_own else None
    values = {enum.name: enum.values for enum in enums} | {"bool": ("true", "false")}
    of_field = values.get(next((one.type.name for one in fields if own and one.name == own.name), ""))
    relation = "" if own else draw(names_of_fields.filter(lambda name: name not in {*keys, snake_case(entity)}))
    return OnlyWhile(
        action=draw(st.sampled_from([*WRITES, "lend"])),
        relation=relation,
        field=own.name if own else draw(names_of_fields),
        values=tuple(
            draw(
                st.lists(st.sampled_from(of_field) if of_field else hostile_values, min_size=1, max_size=3, unique=True)
            )
        ),
    )


@st.composite
def entity_specs(draw: st.DrawFn) -> EntitySpecs:
    """Return whole documents with one to three entities and up to two enums, names distinct in any spelling."""
    names = draw(st.lists(pascal_names, min_size=1, max_size=5, unique_by=str.casefold))
    entity_names, enum_names = names[:3], names[3:]
    relation = st.builds(
        Relation, name=snake_names, target=st.sampled_from(entity_names), cardinality=st.sampled_from(list(Cardinality))
    )
    values = st.lists(hostile_values, max_size=4).map(tuple)
    enums = tuple(EnumSpec(name=name, values=draw(values)) for name in enum_names)
    entities: list[Entity] = []
    for name in entity_names:
        own_fields = tuple(draw(st.lists(fields(enum_names, entity_names), max_size=4)))
        entity = Entity(
            name=name,
            table=draw(snake_names),
            api_path="/api/v1/" + draw(snake_names),
            fields=own_fields,
            relations=tuple(draw(st.lists(relation, max_size=2))),
            account=draw(st.booleans()),
            renamed_from=draw(st.none() | pascal_names),
            rules=tuple(draw(st.lists(rules(name, own_fields, enums), max_size=2))),
        )
        entities.append(entity)
    return EntitySpecs(entities=tuple(entities), enums=enums)


sentences = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "# no heading",
            "- [x] 1.1 no task",
            "_Requirements: 9.9_",
            "`code` and <b>",
            "a\n\nb",
            "1. x",
            "|",
            "x_ _Depends: 2",
            "`x_ _Depends: 2`",
            "my_",
            "a*",
            "_",
            "*b*",
            "**Validates: 1**",
        ]
    ),
).map(one_line)
"""Hostile text as one line, as documents keep it."""

said = sentences.filter(bool)
struck_numbers = st.integers(100, 200).map(str) | st.integers(100, 200).map("5.{}".format)
"""Numbers that no strategy gives to what is there."""


@st.composite
def requirements(draw: st.DrawFn) -> Requirements:
    """Return requirements whose numbers rise and leave gaps."""
    numbers = draw(st.lists(st.integers(1, 99), max_size=3, unique=True).map(sorted))
    return Requirements(
        title=draw(sentences),
        introduction="\n\n".join(draw(st.lists(said, max_size=2))),
        glossary=tuple(
            Term(word=word, meaning=draw(sentences)) for word in draw(st.lists(snake_names, max_size=2, unique=True))
        ),
        requirements=tuple(
            Requirement(
                number=number,
                title=draw(sentences),
                user_story=draw(sentences),
                criteria=tuple(
                    AcceptanceCriterion(number=f"{number}.{own}", text=draw(said))
                    for own in draw(st.lists(st.integers(1, 99), max_size=3, unique=True).map(sorted))
                ),
            )
            for number in numbers
        ),
        assumptions=tuple(draw(st.lists(said, max_size=2))),
        removed=tuple(draw(st.lists(st.builds(Removed, number=struck_numbers, text=sentences), max_size=3))),
    )


artifacts = st.builds(Artifact, path=said, provides=sentences) | st.builds(
    Artifact,
    path=sentences,
    provides=sentences,
    min_lines=st.none() | counts,
    exports=st.lists(said, max_size=2).map(tuple),
    contains=sentences,
)
key_links = st.builds(KeyLink, source=said, target=said, via=said, pattern=said) | st.builds(
    KeyLink, source=sentences, target=sentences, via=sentences, pattern=sentences
)
must_haves_of_phases = st.builds(
    MustHaves,
    truths=st.lists(said, max_size=1).map(tuple),
    artifacts=st.lists(artifacts, max_size=1).map(tuple),
    key_links=st.lists(key_links, max_size=1).map(tuple),
)


@st.composite
def task_plans(draw: st.DrawFn) -> TaskPlan:
    """Return task plans of up to three phases, with hostile text and a state of any kind left to the caller."""
    phases: list[Phase] = []
    numbers: list[str] = []
    for number in range(1, draw(st.integers(1, 4))):
        tasks: list[Task] = []
        for own in range(1, draw(st.integers(1, 4))):
            depends = draw(st.lists(st.sampled_from(numbers), max_size=2, unique=True)) if numbers else []
            tasks.append(
                Task(
                    number=f"{number}.{own}",
                    title=draw(said),
                    optional=draw(st.booleans()),
                    kind=draw(st.sampled_from(list(TaskKind))),
                    details=tuple(draw(st.lists(said, max_size=2))),
                    files=tuple(draw(st.lists(said, max_size=2))),
                    requirements=tuple(draw(st.lists(st.sampled_from(["1.1", "1.2", "12.10", "3"]), unique=True))),
                    depends=tuple(depends),
                    wave=draw(st.integers(1, 3)),
                    verification=tuple(draw(st.lists(said, max_size=2))),
                    done=draw(sentences),
                    blueprint_task=draw(sentences),
                    entity=draw(sentences),
                    boundary=draw(sentences),
                    blocked=draw(sentences),
                    validates=draw(sentences),
                    properties=tuple(draw(st.lists(said.map("Property 1: {}".format), max_size=1))),
                )
            )
            numbers.append(f"{number}.{own}")
        must_haves = draw(must_haves_of_phases)
        phases.append(
            Phase(
                number=number,
                name=draw(said),
                slug=draw(sentences | snake_names),
                goal=draw(sentences),
                tasks=tuple(tasks),
                must_haves=must_haves,
            )
        )
    struck = st.sampled_from(["1.9", "1.10", "2.4.1", "7", "8.1", "0"])
    removed = draw(
        st.lists(st.builds(Removed, number=struck, text=sentences), max_size=3, unique_by=lambda r: r.number)
    )
    return TaskPlan(title=draw(sentences), phases=tuple(phases), removed=tuple(removed))
