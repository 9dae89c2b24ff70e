"""From a service's OpenAPI document to what a page shows: its operations, each with a form. The document is hostile."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Any

from bot.documents.frozen import Frozen

__all__ = [
    "FORM",
    "JSON",
    "Field",
    "Operation",
    "mapping",
    "operations",
    "registration",
    "sample",
    "sequence",
    "sign_in",
]

METHODS = ("get", "post", "put", "patch", "delete")
MOST_OPERATIONS = 600
DEEPEST = 6
"""How many levels of an example are filled; deeper ones stay empty."""
MOST_VALUES = 500
"""Values of one example: a schema of a few lines that refers to itself would be endless."""
MOST_CHARACTERS = 2_000_000
"""Of all examples of a document together."""
MOST_CHOICES = 50
LONGEST_VALUE = 2_000
LARGEST_BOUND = 1e15
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
LAST = ("reports", "Other", "auth", "health")
"""Groups of operations that tell nothing of what the service is about, in their order."""
SIGNS_IN = ("/login", "/token")
"""How the path of the operation ends that answers a token."""
REGISTERS = ("/register", "/signup")
"""How the path of the operation ends that makes an account."""
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
    """A parameter in a path or a query, or a field of a form."""

    name: str
    place: str
    required: bool
    value: str = ""
    label: str = ""
    """What people read in the place of its name."""


class Room:
    """How many values an example may still have."""

    def __init__(self, values: int = MOST_VALUES) -> None:
        """Leave room for so many."""
        self._left = values

    def __bool__(self) -> bool:
        """Tell whether there is any left."""
        return self._left > 0

    def take(self) -> None:
        """Use one up."""
        self._left -= 1


@dataclass(frozen=True)
class Body:
    """An example of what is sent, as JSON, and what is known of it."""

    text: str = ""
    is_form: bool = False
    needed: frozenset[str] = frozenset()
    example: Mapping[str, Any] = MappingProxyType({})

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return the fields of a form: those that are needed, or all where none is."""
        if not self.is_form:
            return ()
        shown = {name: value for name, value in self.example.items() if name in self.needed} or self.example
        return tuple(
            Field(name=name, place="form", required=name in self.needed, value="" if value is None else str(value))
            for name, value in shown.items()
        )


NO_BODY = Body()


class Operation(Frozen):
    """One operation: what it does, its parameters, and an example of its body."""

    method: str
    path: str
    summary: str
    fields: tuple[Field, ...] = ()
    body: str = ""
    """An example of what is sent, as JSON."""
    is_form: bool = False
    """Whether the service wants the body as the fields of a form, which are among ``fields``."""
    needed: frozenset[str] = frozenset()
    """The names in the body without which nothing is taken."""
    note: str = ""
    """What people should know before they send it."""

    @property
    def reads(self) -> bool:
        """Tell whether it changes nothing."""
        return self.method == "GET"


def operations(document: object) -> dict[str, list[Operation]]:
    """Return the operations of an OpenAPI document by their first tag; what makes no sense is left out.

    What the service is about comes first; what every service has comes last.
    """
    groups: dict[str, list[Operation]] = {}
    for number, (group, operation) in enumerate(found(mapping(document))):
        if number == MOST_OPERATIONS:
            break
        groups.setdefault(group, []).append(operation)
    return dict(sorted(groups.items(), key=lambda group: LAST.index(group[0]) if group[0] in LAST else -1))


def sign_in(groups: Mapping[str, Sequence[Operation]]) -> Operation | None:
    """Return the operation that answers a token, or None where nobody signs in."""
    return first_post(groups, SIGNS_IN)


def registration(groups: Mapping[str, Sequence[Operation]]) -> Operation | None:
    """Return the operation that makes an account of one's own, or None where there is none."""
    return first_post(groups, REGISTERS)


def first_post(groups: Mapping[str, Sequence[Operation]], endings: tuple[str, ...]) -> Operation | None:
    """Return the first operation that sends something to a path with such an ending."""
    every = (one for group in groups.values() for one in group)
    return next((one for one in every if one.method == "POST" and one.path.endswith(endings)), None)


def found(document: Mapping[str, Any]) -> Iterator[tuple[str, Operation]]:
    """Give every operation with its group."""
    characters = 0
    for path, item in mapping(document.get("paths")).items():
        common = sequence(mapping(item).get("parameters"))
        for method in METHODS:
            said = mapping(mapping(item).get(method))
            if not said:
                continue
            tags = [tag for tag in sequence(said.get("tags")) if isinstance(tag, str)]
            summary = said.get("summary")
            body = body_of(document, said) if characters < MOST_CHARACTERS else NO_BODY
            characters += len(body.text)
            yield (
                tags[0] if tags else "Other",
                Operation(
                    method=method.upper(),
                    path=str(path),
                    summary=summary if isinstance(summary, str) else "",
                    fields=(*fields(document, [*common, *sequence(said.get("parameters"))]), *body.fields),
                    body="" if body.is_form else body.text,
                    is_form=body.is_form,
                    needed=body.needed,
                ),
            )


def fields(document: Mapping[str, Any], parameters: list[Any]) -> Iterator[Field]:
    """Give the parameters that a form can fill: those of the path, and those of the query."""
    for parameter in parameters:
        said = resolved(document, parameter)
        name, place = said.get("name"), said.get("in")
        if not isinstance(name, str) or not isinstance(place, str) or place not in {"path", "query"}:
            continue
        required = place == "path" or said.get("required") is True
        example = sample(document, said.get("schema")) if required else ""
        yield Field(name=name, place=place, required=required, value="" if example is None else str(example))


def body_of(document: Mapping[str, Any], operation: Mapping[str, Any]) -> Body:
    """Return an example of the body, and whether it is sent as a form; an empty one where it is of neither kind."""
    content = mapping(resolved(document, operation.get("requestBody")).get("content"))
    kind = next((kind for kind in (JSON, FORM) if kind in content), "")
    if not kind:
        return NO_BODY
    schema = mapping(content[kind]).get("schema")
    example = sample(document, schema)
    needed = frozenset(name for name in sequence(resolved(document, schema).get("required")) if isinstance(name, str))
    return Body(json.dumps(example, indent=2, ensure_ascii=False), kind == FORM, needed, mapping(example))


def sample(document: Mapping[str, Any], schema: object, depth: int = 0, room: Room | None = None) -> Any:  # noqa: ANN401 - any JSON value
    """Return a value that fits a schema as far as a simple one can: its example, its default, or a plain value."""
    room = Room() if room is None else room
    if depth > DEEPEST or not room:
        return None
    room.take()
    said = resolved(document, schema)
    for name in ("example", "default", "const"):
        if name in said:
            return given(said[name], room)
    for name in ("examples", "enum"):
        if choices := sequence(said.get(name)):
            return given(choices[0], room)
    for name in ("anyOf", "oneOf", "allOf"):
        some = sequence(said.get(name))[:MOST_CHOICES]
        if choices := [one for one in some if mapping(one).get("type") != "null"]:
            return sample(document, choices[0], depth + 1, room)
    return plain_value(document, said, depth, room)


def given(value: object, room: Room) -> Any:  # noqa: ANN401 - as above
    """Return a value that a schema gives, as much of it as there is room for."""
    room.take()
    if isinstance(value, str):
        return value[:LONGEST_VALUE]
    if isinstance(value, dict):
        return {name: given(each, room) for name, each in islice(value.items(), MOST_VALUES) if room}
    if isinstance(value, list):
        return [given(each, room) for each in value[:MOST_VALUES] if room]
    return value


def plain_value(document: Mapping[str, Any], said: Mapping[str, Any], depth: int, room: Room) -> Any:  # noqa: ANN401
    """Return a value of a schema's type."""
    kind = str(said.get("type"))
    if kind == "object" or "properties" in said:
        return filled(document, mapping(said.get("properties")), depth, room)
    if kind == "array":
        return [sample(document, said["items"], depth + 1, room)] if said.get("minItems") and "items" in said else []
    if kind in {"integer", "number"}:
        return smallest(said)
    if kind == "boolean":
        return False
    if kind == "string":
        return EXAMPLES.get(str(said.get("format")), "text")
    return None


def filled(document: Mapping[str, Any], properties: Mapping[str, Any], depth: int, room: Room) -> dict[str, Any]:
    """Return an object with the properties that people send, as many as there is room for."""
    values = {}
    for name, each in properties.items():
        if not room:
            break
        room.take()
        if not is_read_only(each):
            values[name] = sample(document, each, depth + 1, room)
    return values


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
