"""Derivations: fields that follow from others, and what the clock fills in for them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.entities.declared_rules import DerivedMoment
from bot.generation.fields import FieldView
from bot.generation.kinds.base import DATES
from bot.generation.rule_fields import derivations, stamped_fields
from bot.generation.rule_statements import derive_name, span_text
from bot.generation.rule_views import DerivationView, SourceView, StampView
from bot.generation.rule_writing import text_of
from bot.generation.ruled_entity import RuledEntity
from bot.generation.values import Expression, Identifier, PythonLiteral

__all__ = ["derivation_view", "sources_of", "stamps_of"]


def derivation_view(ruled: RuledEntity, rule: DerivedMoment) -> DerivationView:
    """Prepare a derivation."""
    item, source = ruled.fields[rule.field], ruled.fields[rule.source]
    reads_day = item.field.type.name == "date" and source.field.type.name == "datetime"
    moment = f"{source.attribute.text}.date()" if reads_day else source.attribute.text
    cases = [(ruled.samples.payload(sent), derived) for sent, derived in ruled.samples.followed_by(rule)]
    late = ruled.samples.last_moment(rule.source) if source.is_given else None
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
        is_unique=ruled.samples.is_unique(rule.source),
        too_late=PythonLiteral.of(late) if late else None,
        span=Expression(span_text(rule.span)),
        read=parsed(item, is_day=False),
        read_source=parsed(source, is_day=reads_day),
        follows_clock=not source.is_given and not source.is_derived,
    )


def sources_of(ruled: RuledEntity, derived: tuple[DerivationView, ...]) -> Iterator[SourceView]:
    """Yield each source with what follows from it."""
    by_source: dict[str, list[DerivationView]] = {}
    for rule, view in zip(derivations(ruled.entity), derived, strict=True):
        by_source.setdefault(rule.source, []).append(view)
    for name, views in by_source.items():
        item = ruled.fields[name]
        annotation = item.kind.annotation()
        yield SourceView(
            attribute=item.attribute,
            label=item.label,
            annotation=annotation | Expression("None") if item.field.optional else annotation,
            optional=item.field.optional,
            derivations=tuple(views),
        )


def stamps_of(ruled: RuledEntity) -> Iterator[StampView]:
    """Yield what the clock fills in and rules must know."""
    for field in stamped_fields(ruled.entity):
        tell = "today" if field.type.name == "date" else "now"
        yield StampView(attribute=ruled.fields[field.name].attribute, tell=Identifier(tell))


def parsed(item: FieldView, *, is_day: bool) -> Expression:
    """Write a date or a moment of an answer called ``row``, or the day of a moment."""
    text = f"dt.{item.field.type.name}.fromisoformat(row[{item.key.text}])"
    return Expression(f"{text}.date()" if is_day else text)
