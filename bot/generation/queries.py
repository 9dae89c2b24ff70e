"""The prepared view of lists: what a list can be filtered by, searched in and sorted by, and how tests show it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from bot.generation.fields import FieldView, json_expression
from bot.generation.kinds import Json, Kind
from bot.generation.kinds.base import ENUMS, FIELD, TYPES
from bot.generation.names import safe_attribute
from bot.generation.relations import IncludeView, LinkView
from bot.generation.values import Expression, Identifier, PythonLiteral

__all__ = ["FilterView", "ListView", "SearchCase", "SortCase", "SortView", "list_view"]

OF_LISTS = frozenset({"page", "size", "sort", "q", "include"})
"""Query parameters of every list; a field of the same name is filtered by another."""
MOST_VALUES = 20
"""How many values of an enum one filter takes."""
ANNOTATED = "from typing import Annotated"
ORDERED = frozenset({"int", "float", "Decimal", "date", "datetime", "time"})
TEXTS = frozenset({"str", "EmailStr", "HttpUrl"})
SORTABLE = ORDERED | TEXTS | {"bool", "UUID"}


@dataclass(frozen=True)
class FilterCase:
    """What shows that a filter works: a row that it finds, one that it leaves out, and the query."""

    found: Expression
    """Overrides of the payload of the row that is found."""
    left_out: Expression
    query: Expression


@dataclass(frozen=True)
class FilterView:
    """One filter: its line in the query schema, and its condition in the repository."""

    query_line: Expression
    attribute: PythonLiteral
    condition: Expression
    case: FilterCase | None = None
    linked: Expression | None = None
    """The relation and the key that a filter by linked rows looks at; None of every other."""


@dataclass(frozen=True)
class SortView:
    """One field that lists can be sorted by, upwards and downwards."""

    member: Identifier
    up: PythonLiteral
    down: PythonLiteral
    attribute: Identifier


@dataclass(frozen=True)
class SortCase:
    """What shows that a sort key works: two values in their order, and whether databases agree on it."""

    key: PythonLiteral
    up: PythonLiteral
    down: PythonLiteral
    values: Expression


@dataclass(frozen=True)
class SearchCase:
    """What shows that the search works: a row that it finds, one that it leaves out, and the text."""

    found: Expression
    left_out: Expression
    text: Expression


@dataclass(frozen=True)
class ListView:
    """All that a list can be asked for."""

    filters: tuple[FilterView, ...]
    searched: tuple[FieldView, ...]
    sorts: tuple[SortView, ...]
    includes: tuple[IncludeView, ...]
    sort_cases: tuple[SortCase, ...]
    search_case: SearchCase | None

    @property
    def cases(self) -> tuple[FilterCase, ...]:
        """Return what shows that the filters work."""
        return tuple(item.case for item in self.filters if item.case is not None)


def list_view(
    entity: str, fields: tuple[FieldView, ...], links: tuple[LinkView, ...], includes: tuple[IncludeView, ...]
) -> ListView:
    """Prepare the list of an entity."""
    taken = {*OF_LISTS, *(item.field.name for item in fields)}
    filters = [made for item in fields for made in field_filters(entity, item, taken)]
    filters += [link_filter(entity, link) for link in links if link.filter_attribute.text not in taken]
    searched = tuple(item for item in fields if is_searched(item))
    sortable = [item for item in fields if is_sortable(item)]
    return ListView(
        filters=tuple(filters),
        searched=searched,
        sorts=tuple(sort_view(item) for item in sortable),
        includes=includes,
        sort_cases=tuple(case for item in sortable if (case := sort_case(item))),
        search_case=search_case(fields, searched),
    )


def is_searched(item: FieldView) -> bool:
    """Tell whether the search looks into a field."""
    is_text = item.field.type.name in {"str", "EmailStr"} and not item.field.type.is_list
    return is_text and not item.field.is_kept_by_service


def is_sortable(item: FieldView) -> bool:
    """Tell whether rows can be sorted by a field."""
    is_enum = not item.field.type.is_scalar
    is_of_many = not item.field.type.is_list and not is_of_deleted_rows(item)
    return is_of_many and (is_enum or item.field.type.name in SORTABLE)


def is_of_deleted_rows(item: FieldView) -> bool:
    """Tell whether a field is empty in every row that a list may answer."""
    return item.field.is_kept_by_service and item.field.name == "deleted_at"


def field_filters(entity: str, item: FieldView, taken: set[str]) -> Iterable[FilterView]:
    """Yield the filters of one field; a key is read by its own path."""
    field = item.field
    if field.primary_key or field.type.is_list or field.type.name == "JSON" or is_of_deleted_rows(item):
        return
    name = field.name if field.name not in OF_LISTS else free(f"{field.name}_is", f"{field.name}_equals", taken)
    value, column = query_type(item), f"{entity}.{item.attribute.text}"
    if not field.type.is_scalar:
        yield made_filter(name, list_of(value), f"any_of({column})", case_of(item, name, is_list=True))
    elif field.type.name != "float" and not field.is_timestamp:
        yield made_filter(name, value, f"equals({column})", case_of(item, name))
    if field.type.name in ORDERED and item.data_key is None:
        for bound, condition in (("min", "at_least"), ("max", "at_most")):
            ranged = free(f"{field.name}_{bound}", f"{field.name}_{condition}", taken)
            yield made_filter(ranged, value, f"{condition}({column})", range_case(item, ranged, bound))
    if field.optional:
        empty = free(f"{field.name}_is_null", f"{field.name}_is_empty", taken)
        flag = Expression("types.QueryFlag", frozenset({TYPES}))
        yield made_filter(empty, flag, f"is_null({column})", null_case(item, empty))


def free(name: str, otherwise: str, taken: set[str]) -> str:
    """Return a name for a query parameter that nothing else has, and note it."""
    numbered = (f"{otherwise}_{number}" for number in itertools.count(2))
    chosen = next(each for each in itertools.chain((name, otherwise), numbered) if each not in taken)
    taken.add(chosen)
    return chosen


def made_filter(name: str, value: Expression, condition: str, case: FilterCase | None) -> FilterView:
    """Write a filter."""
    attribute = safe_attribute(name)
    rest, imports = aliased_name(attribute, name)
    return FilterView(
        query_line=Expression(f"{attribute}: {value.text} | None{rest}", value.imports | imports),
        attribute=PythonLiteral.of(attribute),
        condition=Expression(condition),
        case=case,
    )


def aliased_name(attribute: str, name: str) -> tuple[str, set[str]]:
    """Write the default of a query parameter, and its name where Python calls it otherwise."""
    if attribute == name:
        return " = None", set()
    return f" = Field(default=None, alias={PythonLiteral.of(name).text})", {FIELD}


def query_type(item: FieldView) -> Expression:
    """Return the type of a value in a query: the text that a URL holds, read as the field's type."""
    name = item.field.type.name
    if item.data_key is not None and name == "int":
        return Expression("types.Key", frozenset({TYPES}))
    named = {
        "int": "types.QueryNumber",
        "float": "types.QueryReal",
        "bool": "types.QueryFlag",
        "str": "types.QueryText",
        "EmailStr": "types.QueryText",
        "HttpUrl": "types.QueryText",
    }
    if name in named:
        return Expression(named[name], frozenset({TYPES}))
    return item.kind.read() if name == "Decimal" else item.kind.schema()


def list_of(value: Expression) -> Expression:
    """Return the type of several values of an enum."""
    return Expression(
        f"Annotated[list[{value.text}], Field(max_length={MOST_VALUES})]", value.imports | {ANNOTATED, FIELD, ENUMS}
    )


def link_filter(entity: str, link: LinkView) -> FilterView:
    """Write the filter that finds rows by one linked key."""
    looked_at = f"{entity}.{link.relation.text}, {link.target.text}.{link.target_key.text}"
    return FilterView(
        query_line=Expression(
            f"{link.filter_attribute.text}: {link.filter_type.text} | None = None", link.filter_type.imports
        ),
        attribute=PythonLiteral.of(link.filter_attribute.text),
        condition=Expression(f"linked_to({looked_at})"),
        linked=Expression(looked_at),
    )


def sort_view(item: FieldView) -> SortView:
    """Prepare a field that lists can be sorted by."""
    name = item.field.name
    return SortView(
        member=Identifier(name.upper()),
        up=PythonLiteral.of(name),
        down=PythonLiteral.of(f"-{name}"),
        attribute=item.attribute,
    )


def two_values(item: FieldView) -> tuple[Json, Json] | None:
    """Return two good values of a field that clients give, or None."""
    examples = item.examples
    if not item.is_given or item.data_key is not None or len(examples) < len(("one", "other")):
        return None
    return examples[0], examples[-1]


def overrides(item: FieldView, value: Json) -> Expression:
    """Write the overrides of a payload."""
    return Expression(f"{{{item.key.text}: {json_expression(value).text}}}")


def as_query(name: str, value: Json) -> Expression:
    """Write a query with one parameter, its value as a URL holds it."""
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else value
    return Expression(f"{{{PythonLiteral.of(name).text}: {json_expression(text).text}}}")


def case_of(item: FieldView, name: str, *, is_list: bool = False) -> FilterCase | None:
    """Return what shows that a filter by a value works."""
    values = two_values(item)
    if values is None or is_too_long(values[0]):
        return None
    query = as_query(name, [values[0]] if is_list else values[0])
    return FilterCase(overrides(item, values[0]), overrides(item, values[1]), query)


def range_case(item: FieldView, name: str, bound: str) -> FilterCase | None:
    """Return what shows that a bound works: the bound itself is found."""
    pair = in_order(item)
    if pair is None:
        return None
    low, high = pair
    found, other = (high, low) if bound == "min" else (low, high)
    return FilterCase(overrides(item, found), overrides(item, other), as_query(name, found))


def null_case(item: FieldView, name: str) -> FilterCase | None:
    """Return what shows that rows without a value are found."""
    values = two_values(item)
    if values is None:
        return None
    return FilterCase(overrides(item, None), overrides(item, values[0]), as_query(name, value=True))


def is_too_long(value: Json) -> bool:
    """Tell whether a value is longer than queries take."""
    return isinstance(value, str) and len(value) > LONGEST_QUERY


LONGEST_QUERY = 200


def in_order(item: FieldView) -> tuple[Json, Json] | None:
    """Return two values, the lower first, of a type whose order every database agrees on."""
    values = two_values(item)
    if values is None or item.field.type.name not in ORDERED:
        return None
    low, high = sorted(values, key=lambda value: comparable(item.kind, value))
    return low, high


def comparable(kind: Kind, value: Json) -> tuple[float, str]:
    """Return what orders JSON values of a field: numbers by size, dates and times by their text."""
    if kind.field.type.name in {"int", "float", "Decimal"}:
        return float(str(value)), ""
    return 0.0, str(value)


def sort_case(item: FieldView) -> SortCase | None:
    """Return what shows that sorting by a field works."""
    pair = in_order(item)
    if pair is None:
        return None
    view = sort_view(item)
    return SortCase(key=item.key, up=view.up, down=view.down, values=Expression(listed(pair)))


def listed(values: tuple[Json, ...]) -> str:
    """Write a list of JSON values."""
    return f"[{', '.join(json_expression(value).text for value in values)}]"


def search_case(fields: tuple[FieldView, ...], searched: tuple[FieldView, ...]) -> SearchCase | None:
    """Return what shows that the search finds a text in one row and not in another, or None."""
    for item in searched:
        if not item.is_given or item.data_key is not None:
            continue
        needles = [value for value in item.examples if isinstance(value, str) and is_needle(value)]
        elsewhere = [str(value) for other in searched if other is not item for value in other.examples]
        for needle in needles:
            others = [value for value in needles if needle.lower() not in value.lower()]
            if others and not any(needle.lower() in text.lower() for text in elsewhere):
                return SearchCase(overrides(item, needle), overrides(item, others[-1]), json_expression(needle))
    return None


def is_needle(text: str) -> bool:
    """Tell whether a text can be searched for as it is."""
    return 0 < len(text) <= LONGEST_QUERY and text.isascii() and text.isprintable()
