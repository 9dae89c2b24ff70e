"""The prepared view of declared rules: how the service states each, what the database keeps, and what tests try."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping

from bot.documents.entities.declared_rules import (
    ActionByOwner,
    DeclaredRule,
    DerivedMoment,
    LatestAfter,
    NoOverlap,
    OneOpen,
    Span,
    TimeUnit,
    Transition,
)
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.entities.rule_lines import write_rule
from bot.generation.fields import FieldView
from bot.generation.kinds.base import DATES, ENUMS
from bot.generation.names import article, entity_names, words
from bot.generation.owner_rules import owner_views
from bot.generation.rule_fields import derivations, fields_of, initial_values, rules_of, stamped_fields
from bot.generation.rule_samples import Overrides, Samples
from bot.generation.rule_views import (
    DerivationView,
    LimitView,
    OneOpenView,
    OverlapView,
    RuleCheck,
    RuleIndex,
    RuleParent,
    RulesView,
    SourceView,
    StampView,
    StepView,
    TransitionView,
)
from bot.generation.rule_writing import (
    joined,
    kebab,
    key_along,
    literal,
    made,
    member,
    rule_parent,
    status_enum,
    step_segments,
    text_of,
)
from bot.generation.values import Expression, Identifier, MarkdownText, PythonLiteral, SlugOrPath, join_imports

__all__ = ["rules_view"]

LONGEST_NAME = 63
"""PostgreSQL's longest name of an index or a constraint."""
BESIDE = 50
"""More rows than the tests of periods make."""


def rules_view(entity: Entity, specs: EntitySpecs, fields: tuple[FieldView, ...]) -> RulesView:
    """Prepare the declared rules of an entity."""
    return Writer(entity, specs, fields).view() if entity.rules else RulesView()


class Writer:
    """Writes the rules of one entity."""

    def __init__(self, entity: Entity, specs: EntitySpecs, fields: tuple[FieldView, ...]) -> None:
        """Take the entity and the views of its fields."""
        self.entity, self.specs = entity, specs
        self.fields = {item.field.name: item for item in fields}
        self.samples = Samples(entity, specs)

    def view(self) -> RulesView:
        """Return the whole view."""
        entity = self.entity
        others = (rule for rule in entity.rules if not isinstance(rule, DerivedMoment | ActionByOwner))
        lines = tuple(self.line(rule) for rule in (*derivations(entity), *others))
        owners = tuple(owner_views(entity, self.specs))
        derived = tuple(self.derivation(rule) for rule in derivations(entity))
        indexes = {index: rule for rule in rules_of(entity, OneOpen) for index in [self.index(rule)]}
        checks = {check: rule for rule in rules_of(entity, NoOverlap) for check in self.checks(rule)}
        parents = [self.parent(rule.relation) for rule in rules_of(entity, NoOverlap)]
        return RulesView(
            texts=tuple(MarkdownText.of(write_rule(rule)) for rule in entity.rules),
            words=tuple(text_of(rule) for rule in entity.rules),
            held=tuple(text_of(rule) for rule in entity.rules if not isinstance(rule, ActionByOwner)),
            lines=lines,
            imports=join_imports([*lines, *(owner.line for owner in owners)]),
            parents=tuple({each.name.text: each for each in parents if each.name.text != entity.name}.values()),
            indexes=tuple(indexes),
            checks=tuple(checks),
            table_arguments=(*map(check_argument, checks), *map(index_argument, indexes)),
            constraints=tuple(self.constraints(indexes, checks)),
            derivations=derived,
            sources=tuple(self.sources(derived)),
            stamps=tuple(self.stamps()),
            transitions=tuple(self.transition(rule) for rule in rules_of(entity, Transition)),
            steps=tuple(step for rule in rules_of(entity, Transition) for step in self.steps(rule)),
            one_open=tuple(self.one_open(rule) for rule in rules_of(entity, OneOpen)),
            overlaps=tuple(self.overlap(rule) for rule in rules_of(entity, NoOverlap)),
            limits=tuple(self.limits()),
            owners=owners,
            watched=frozenset(name for rule in entity.rules for name in fields_of(rule)),
            derived_keys=tuple(item.key for item in derived),
            status_names=frozenset(rule.field for rule in rules_of(entity, Transition)),
        )

    # -------------------------------------------------------------------------------------------------------- stating

    def line(self, rule: DeclaredRule) -> Expression:
        """Write the object that keeps a rule."""
        match rule:
            case DerivedMoment():
                return made("derived", "Derived", rule, self.derived_arguments(rule))
            case Transition():
                return made("transition", "Transition", rule, self.transition_arguments(rule), ENUMS)
            case OneOpen():
                arguments = {
                    "relation": self.column(key_along(self.entity, rule.relation).name),
                    "until": self.column(rule.until),
                }
                return made("one_open", "OneOpen", rule, arguments)
            case NoOverlap():
                return made("no_overlap", "NoOverlap", rule, self.overlap_arguments(rule))
            case LatestAfter():
                columns = {"field": self.column(rule.field), "after": self.column(rule.after)}
                return made("latest_after", "LatestAfter", rule, {**columns, "span": span_text(rule.span)}, DATES)
            case ActionByOwner():
                raise TypeError(f"{write_rule(rule)!r} is about who acts, not about rows")

    def derived_arguments(self, rule: DerivedMoment) -> dict[str, str]:
        """Write what makes a derivation."""
        derive = f"{self.entity.name}.{derive_name(rule)}"
        return {"field": self.column(rule.field), "source": self.column(rule.source), "derive": derive}

    def transition_arguments(self, rule: Transition) -> dict[str, str]:
        """Write the ways of a status."""
        enum = status_enum(rule, self.entity, self.specs)
        initial = [member(enum, value) for value in initial_values(rule, self.entity, self.specs)]
        ways = {member(enum, way.source): [member(enum, value) for value in way.targets] for way in rule.changes}
        if self.fields[rule.field].field.optional:
            ways = {"None": initial, **ways}
            initial = [*initial, "None"]
        written = ", ".join(f"{source}: {joined(targets)}" for source, targets in ways.items())
        return {"field": self.column(rule.field), "initial": joined(initial), "ways": f"{{{written}}}"}

    def overlap_arguments(self, rule: NoOverlap) -> dict[str, str]:
        """Write what makes periods lie apart."""
        key = key_along(self.entity, rule.relation)
        return {
            "start": self.column(rule.start),
            "end": self.column(rule.end),
            "relation": self.column(key.name),
            "parent": key.foreign_key or "",
        }

    def column(self, name: str) -> str:
        """Write a field as the attribute of its model."""
        return f"{self.entity.name}.{self.fields[name].attribute.text}"

    def parent(self, relation: str) -> RuleParent:
        """Prepare the parent of a relation."""
        return rule_parent(self.entity, relation, self.specs)

    # ------------------------------------------------------------------------------------------------- in the database

    def index(self, rule: OneOpen) -> RuleIndex:
        """Return the unique index of the open rows."""
        column = key_along(self.entity, rule.relation).name
        name = bounded(f"uq_{self.entity.table}_{column}_open")
        living = " AND deleted_at IS NULL" if self.entity.is_deleted_softly else ""
        return RuleIndex(name=name, column=column, where=f'"{rule.until}" IS NULL{living}')

    def checks(self, rule: NoOverlap) -> Iterator[RuleCheck]:
        """Yield the check that a period does not end before it begins; both databases compare moments alike."""
        prefix = f"ck_{self.entity.table}_"
        name = bounded(f"{prefix}{rule.start}_{rule.end}_in_order")
        condition = f'"{rule.start}" <= "{rule.end}"'
        yield RuleCheck(name=name, short=name.removeprefix(prefix), condition=condition)

    def constraints(
        self, indexes: Mapping[RuleIndex, OneOpen], checks: Mapping[RuleCheck, NoOverlap]
    ) -> Iterator[tuple[PythonLiteral, PythonLiteral]]:
        """Yield what PostgreSQL and SQLite call a constraint; of a unique index, SQLite tells only the columns."""
        for index, rule in indexes.items():
            for name in (index.name, f"{self.entity.table}.{index.column}"):
                yield PythonLiteral.of(name), text_of(rule)
        for check, period in checks.items():
            yield PythonLiteral.of(check.name), text_of(period)

    # ------------------------------------------------------------------------------------------------------ derivations

    def derivation(self, rule: DerivedMoment) -> DerivationView:
        """Prepare a derivation."""
        item, source = self.fields[rule.field], self.fields[rule.source]
        reads_day = item.field.type.name == "date" and source.field.type.name == "datetime"
        moment = f"{source.attribute.text}.date()" if reads_day else source.attribute.text
        cases = [(self.samples.payload(sent), derived) for sent, derived in self.samples.followed_by(rule)]
        late = self.samples.last_moment(rule.source) if source.is_given else None
        return DerivationView(
            rule=text_of(rule),
            attribute=item.attribute,
            source=source.attribute,
            key=item.key,
            source_key=source.key,
            label=item.label,
            source_label=source.label,
            type=item.kind.annotation(),
            source_type=source.kind.annotation(),
            formula=Expression(f"{moment} + {span_text(rule.span)}", frozenset({DATES})),
            function=Identifier(derive_name(rule)),
            cases=PythonLiteral.of(cases),
            has_cases=bool(cases),
            is_unique=self.samples.is_unique(rule.source),
            too_late=PythonLiteral.of(late) if late else None,
            span=Expression(span_text(rule.span)),
            read=parsed(item, is_day=False),
            read_source=parsed(source, is_day=reads_day),
            follows_clock=not source.is_given and not source.is_derived,
        )

    def sources(self, derived: tuple[DerivationView, ...]) -> Iterator[SourceView]:
        """Yield each source with what follows from it."""
        by_source: dict[str, list[DerivationView]] = {}
        for rule, view in zip(derivations(self.entity), derived, strict=True):
            by_source.setdefault(rule.source, []).append(view)
        for name, views in by_source.items():
            item = self.fields[name]
            annotation = item.kind.annotation()
            yield SourceView(
                attribute=item.attribute,
                label=item.label,
                annotation=annotation | Expression("None") if item.field.optional else annotation,
                optional=item.field.optional,
                derivations=tuple(views),
            )

    def stamps(self) -> Iterator[StampView]:
        """Yield what the clock fills in and rules must know."""
        for field in stamped_fields(self.entity):
            tell = "today" if field.type.name == "date" else "now"
            yield StampView(attribute=self.fields[field.name].attribute, tell=Identifier(tell))

    # ---------------------------------------------------------------------------------------------------------- status

    def transition(self, rule: Transition) -> TransitionView:
        """Prepare the tests of a status."""
        item, enum = self.fields[rule.field], self.specs.enum(self.fields[rule.field].field.type.name)
        segments = step_segments(rule)
        return TransitionView(
            rule=text_of(rule),
            attribute=item.attribute,
            constant=Identifier(rule.field.upper()),
            key=item.key,
            label=item.label,
            values=PythonLiteral.of(list(enum.values if enum else ())),
            initial=PythonLiteral.of(list(initial_values(rule, self.entity, self.specs))),
            ways=PythonLiteral.of(list(rule.pairs())),
            steps=PythonLiteral.of([(f"{kebab(rule.field)}/{segments[value]}", value) for value in segments]),
        )

    def steps(self, rule: Transition) -> Iterator[StepView]:
        """Yield the route of each value that a way leads to."""
        item, names = self.fields[rule.field], entity_names(self.entity)
        for value, segment in step_segments(rule).items():
            place = f"{kebab(rule.field)}/{segment}"
            action = f"{rule.field}_to_{segment.replace('-', '_')}"
            summary = f"Change the {words(rule.field)} of {article(names.label)} to {value}"
            yield StepView(
                path=PythonLiteral.of(f"/{{key}}/{place}"),
                example=SlugOrPath(f"{self.entity.api_path}/1/{place}"),
                segment=PythonLiteral.of(place),
                operation=PythonLiteral.of(f"change_{names.module}_{action}"),
                summary=PythonLiteral.of(summary),
                function=Identifier(f"change_{action}"),
                label=item.label,
                key=item.key,
                value=PythonLiteral.of(value),
            )

    # ----------------------------------------------------------------------------------------------------------- tests

    def one_open(self, rule: OneOpen) -> OneOpenView:
        """Prepare the tests of open rows. Raises ValueError where no client can leave a row open."""
        openings = self.samples.openings(rule.until)
        if openings is None:
            raise ValueError(f"no client can leave {rule.until} empty")
        opened, closed = (PythonLiteral.of(self.samples.payload(each)) for each in openings)
        parent = self.parent(rule.relation)
        return OneOpenView(
            rule=text_of(rule),
            name=parent.field,
            attribute=self.fields[parent.field.text].attribute,
            parent=parent,
            opened=opened,
            closed=closed,
            rows=self.three_rows(rule, *openings),
        )

    def three_rows(
        self, rule: OneOpen, opened: Overrides, closed: Overrides
    ) -> tuple[PythonLiteral, PythonLiteral, PythonLiteral] | None:
        """Return payloads that break no other rule with each other."""
        if self.samples.is_unique(rule.until) or self.samples.is_end(rule.until, rule.relation):
            return None
        apart = [self.samples.apart(number, rule.relation) for number in range(3)]
        if any(self.samples.is_unique(*each) for each in apart):
            return None
        first, other, third = (
            PythonLiteral.of(self.samples.payload(each | state))
            for each, state in zip(apart, (opened, closed, opened), strict=True)
        )
        return first, other, third

    def overlap(self, rule: NoOverlap) -> OverlapView:
        """Prepare the tests of periods."""
        parent = self.parent(rule.relation)
        turns = self.samples.periods_in_turn(rule)
        taken = next(iter(self.samples.candidates(rule)), {})
        return OverlapView(
            rule=text_of(rule),
            name=Identifier(f"{rule.start}_{rule.end}_{parent.field.text}"),
            parent=parent,
            turns=PythonLiteral.of(turns) if turns else None,
            taken=PythonLiteral.of(self.samples.payload(taken)),
            beside=PythonLiteral.of(self.samples.payload(self.samples.apart(BESIDE, rule.relation, rule) | taken)),
        )

    def limits(self) -> Iterator[LimitView]:
        """Yield the tests of limits that a client can reach."""
        for rule in rules_of(self.entity, LatestAfter):
            around = self.samples.around(rule)
            if around is None:
                continue
            in_time, too_late = (self.samples.payload(each) for each in around)
            changed = {name: value for name, value in too_late.items() if in_time[name] != value}
            yield LimitView(
                rule=text_of(rule),
                name=Identifier(f"{rule.field}_after_{rule.after}"),
                in_time=PythonLiteral.of(in_time),
                too_late=PythonLiteral.of(too_late),
                change=PythonLiteral.of(changed),
            )


def parsed(item: FieldView, *, is_day: bool) -> Expression:
    """Write a date or a moment of an answer called ``row``, or the day of a moment."""
    text = f"dt.{item.field.type.name}.fromisoformat(row[{item.key.text}])"
    return Expression(f"{text}.date()" if is_day else text)


def derive_name(rule: DerivedMoment) -> str:
    """Return the function of the model that derives a field."""
    return f"derive_{rule.field}"


def span_text(span: Span) -> str:
    """Write a span of time."""
    unit = "days" if span.unit is TimeUnit.DAYS else "hours"
    return f"dt.timedelta({unit}={span.count})"


def bounded(name: str) -> str:
    """Return a name as it is, or cut to what databases take, with a sum of the whole."""
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[: LONGEST_NAME - 9]}_{zlib.crc32(name.encode()):08x}"


def check_argument(check: RuleCheck) -> Expression:
    """Write a check of a model."""
    return Expression(f"sa.CheckConstraint({PythonLiteral.of(check.condition).text}, name={literal(check.short)})")


def index_argument(index: RuleIndex) -> Expression:
    """Write an index of a model that is about some rows only."""
    where = f"sa.text({literal(index.where)})"
    options = f"unique=True, sqlite_where={where}, postgresql_where={where}"
    return Expression(f"sa.Index({literal(index.name)}, {literal(index.column)}, {options},)")
