"""From a service's OpenAPI document to what a page shows: its operations, each with a form. The document is hostile."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from bot.documents.frozen import Frozen

__all__ = ["Field", "Operation", "operations", "sample"]

METHODS = ("get", "post", "put", "patch", "delete")
MOST_OPERATIONS = 600
DEEPEST = 6
"""How many levels of an example are filled; deeper ones stay empty."""
LARGEST_BOUND = 1e15
EXAMPLES = {
    "date-time": "2026-01-31T09:00:00Z",
    "date": "2026-01-31",
    "time": "09:00:00",
    "duration": "PT1H",
    "uuid": "00000000-0000-4000-8000-000000000001",
    "email": "mara@example.org",
    "uri": "https://example.org",
}
"""What an example holds, by the format of a string."""


class Field(Frozen):
    """A parameter in a path or a query."""

    name: str
    place: str
    required: bool
    value: str = ""


class Operation(Frozen):
    """One operation: what it does, its parameters, and an example of its body."""

    method: str
    path: str
    summary: str
    fields: tuple[Field, ...] = ()
    body: str = ""

    @property
    def reads(self) -> bool:
        """Tell whether it changes nothing."""
        return self.method == "GET"


def operations(document: object) -> dict[str, list[Operation]]:
    """Return the operations of an OpenAPI document by their first tag; what makes no sense is left out."""
    groups: dict[str, list[Operation]] = {}
    for number, (group, operation) in enumerate(found(mapping(document))):
        if number == MOST_OPERATIONS:
            break
        groups.setdefault(group, []).append(operation)
    return groups


def found(document: Mapping[str, Any]) -> Iterator[tuple[str, Operation]]:
    """Give every operation with its group."""
    for path, item in mapping(document.get("paths")).items():
        common = sequence(mapping(item).get("parameters"))
        for method in METHODS:
            said = mapping(mapping(item).get(method))
            if not said:
                continue
            tags = [tag for tag in sequence(said.get("tags")) if isinstance(tag, str)]
            summary = said.get("summary")
            yield (
                tags[0] if tags else "Other",
                Operation(
                    method=method.upper(),
                    path=str(path),
                    summary=summary if isinstance(summary, str) else "",
                    fields=tuple(fields(document, [*common, *sequence(said.get("parameters"))])),
                    body=body_of(document, said),
                ),
            )


def fields(document: Mapping[str, Any], parameters: list[Any]) -> Iterator[Field]:
    """Give the parameters that a form can fill: those of the path, and those of the query."""
    for parameter in parameters:
        said = resolved(document, parameter)
        name, place = said.get("name"), said.get("in")
        if not isinstance(name, str) or place not in {"path", "query"}:
            continue
        required = place == "path" or said.get("required") is True
        example = sample(document, said.get("schema")) if required else ""
        yield Field(name=name, place=place, required=required, value="" if example is None else str(example))


def body_of(document: Mapping[str, Any], operation: Mapping[str, Any]) -> str:
    """Return an example of the body as JSON; empty where there is none, or one that is no JSON."""
    content = mapping(resolved(document, operation.get("requestBody")).get("content"))
    if "application/json" not in content:
        return ""
    example = sample(document, mapping(content["application/json"]).get("schema"))
    return json.dumps(example, indent=2, ensure_ascii=False)


def sample(document: Mapping[str, Any], schema: object, depth: int = 0) -> Any:  # noqa: ANN401 - any JSON value
    """Return a value that fits a schema as far as a simple one can: its example, its default, or a plain value."""
    said = resolved(document, schema)
    if depth > DEEPEST:
        return None
    for name in ("example", "default", "const"):
        if name in said:
            return said[name]
    for name in ("examples", "enum"):
        if sequence(said.get(name)):
            return said[name][0]
    for name in ("anyOf", "oneOf", "allOf"):
        if choices := [one for one in sequence(said.get(name)) if mapping(one).get("type") != "null"]:
            return sample(document, choices[0], depth + 1)
    return plain_value(document, said, depth)


def plain_value(document: Mapping[str, Any], said: Mapping[str, Any], depth: int) -> Any:  # noqa: ANN401 - as above
    """Return a value of a schema's type."""
    kind = said.get("type")
    if kind == "object" or "properties" in said:
        properties = mapping(said.get("properties")).items()
        return {name: sample(document, each, depth + 1) for name, each in properties if not is_read_only(each)}
    if kind == "array":
        return [sample(document, said["items"], depth + 1)] if said.get("minItems") and "items" in said else []
    if kind in {"integer", "number"}:
        return smallest(said)
    if kind == "boolean":
        return False
    if kind == "string":
        return EXAMPLES.get(str(said.get("format")), "text")
    return None


def smallest(said: Mapping[str, Any]) -> int:
    """Return the smallest whole number from 1 that a schema of numbers allows."""
    bounds = [said.get("minimum"), said.get("exclusiveMinimum")]
    least, above = (one if isinstance(one, int | float) and abs(one) < LARGEST_BOUND else 0 for one in bounds)
    return max(1, math.ceil(least), math.floor(above) + 1)


def is_read_only(schema: object) -> bool:
    """Tell whether nobody may send a property."""
    return mapping(schema).get("readOnly") is True


def resolved(document: Mapping[str, Any], value: object) -> Mapping[str, Any]:
    """Return what a reference of the form ``#/a/b`` leads to, or the value itself; nothing where it leads nowhere."""
    said = mapping(value)
    for _ in range(DEEPEST):
        reference = said.get("$ref")
        if not isinstance(reference, str):
            return said
        if not reference.startswith("#/"):
            return {}
        place: object = document
        for part in reference[2:].split("/"):
            place = mapping(place).get(part.replace("~1", "/").replace("~0", "~"))
        said = mapping(place)
    return {}


def mapping(value: object) -> Mapping[str, Any]:
    """Return a value that is an object; else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> list[Any]:
    """Return a value that is a list; else an empty one."""
    return value if isinstance(value, list) else []
