"""Judges of the OpenAPI document: valid, without a warning of spectral, and honest about what it promises."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.generated_services.judges.base import CannotJudge, Case, Judged, first_match, judged
from tests.generated_services.outside_tools import LISTS, NO_NODE
from tests.generated_services.programs import environment_of, run
from tests.generated_services.service_specs import whole_specs

__all__ = ["document_is_honest", "document_is_valid", "faults_of_document", "spectral_is_silent"]

METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
WITHOUT_CONTENT = frozenset({"204", "304"})
SAYS_SOMETHING = frozenset(
    {"type", "enum", "const", "$ref", "anyOf", "oneOf", "allOf", "items", "properties", "not", "prefixItems"}
)
ANY_JSON = "JsonValue"
"""What Pydantic calls the schema of a field that may hold any JSON."""
BROKEN_ONLY_BY_PARTS = frozenset({"/health/ready"})
"""Paths whose answer 503 is what they are for."""


def written(case: Case) -> Path:
    """Write the document to a file."""
    place = case.scratch / "openapi.json"
    place.write_text(json.dumps(case.service.openapi, indent=1), encoding="utf-8")
    return place


def document_is_valid(case: Case) -> Judged:
    """Run openapi-spec-validator."""
    return judged(case.run_tool("openapi-spec-validator", written(case)), figures=f"{operations(case)} operations")


def operations(case: Case) -> int:
    """Return how many operations the document has."""
    return sum(method in METHODS for item in case.service.openapi["paths"].values() for method in item)


def spectral_is_silent(case: Case) -> Judged:
    """Run spectral with all its rules for OpenAPI. Raises CannotJudge where the machine has no npm."""
    spectral = case.workbench.tools.spectral
    if spectral is None:
        raise CannotJudge(NO_NODE)
    rules: list[str | Path] = ["--ruleset", LISTS / "spectral.yaml", "--fail-severity=warn"]
    done = run([spectral, "lint", written(case), *rules], case.scratch, environment_of(case.scratch))
    return judged(done, figures=first_match(r"(\d+ problems? \(.*\))", done.output))


def document_is_honest(case: Case) -> Judged:
    """Look whether the document loosens what it promises: a 5xx that is declared, or a body of no type."""
    free = {field.name for entity in whole_specs(case.service.size).entities for field in entity.fields}
    typed = {
        field.name
        for entity in whole_specs(case.service.size).entities
        for field in entity.fields
        if field.type.name != "JSON"
    }
    faults = list(faults_of_document(case.service.openapi, free - typed))
    return Judged(not faults, f"{len(faults)} faults" if faults else "", "\n".join(faults))


def faults_of_document(document: dict[str, Any], untyped: set[str]) -> Iterator[str]:
    """Yield what the document declares too loosely; fields named in ``untyped`` may hold any JSON."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in METHODS:
                yield from faults_of_operation(f"{method.upper()} {path}", path, operation)
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        if name == ANY_JSON and untyped:
            continue
        yield from faults_of_schema(name, schema, untyped)


def faults_of_operation(where: str, path: str, operation: dict[str, Any]) -> Iterator[str]:
    """Yield the faults of one operation."""
    bodies = {"request": operation["requestBody"]} if "requestBody" in operation else {}
    for status, answer in operation["responses"].items():
        if (status.startswith("5") or status == "default") and path not in BROKEN_ONLY_BY_PARTS:
            yield f"{where} declares the answer {status}"
        if status not in WITHOUT_CONTENT:
            bodies[status] = answer
    for name, body in bodies.items():
        contents = body.get("content", {})
        if not contents:
            yield f"{where}: {name} has no content"
        for kind, content in contents.items():
            yield from faults_of_schema(f"{where}: {name} ({kind})", content.get("schema", {}), set(), is_body=True)
    for parameter in operation.get("parameters", []):
        yield from faults_of_schema(f"{where}: {parameter['name']}", parameter.get("schema", {}), set())


def faults_of_schema(where: str, schema: Any, untyped: set[str], *, is_body: bool = False) -> Iterator[str]:
    """Yield each part of a schema that says nothing; a body that is an object must name its properties."""
    if schema is False:
        return
    if not isinstance(schema, dict) or SAYS_SOMETHING.isdisjoint(schema):
        yield f"{where} has no type"
        return
    if is_body and schema.get("type") == "object" and not schema.get("properties"):
        yield f"{where} is an object of anything"
    for name, part in schema.get("properties", {}).items():
        if name not in untyped:
            yield from faults_of_schema(f"{where}.{name}", part, untyped)
    if schema.get("type") == "array":
        yield from faults_of_schema(f"{where}[]", schema.get("items", schema.get("prefixItems") and False), untyped)
    for word in ("anyOf", "oneOf", "allOf"):
        for number, part in enumerate(schema.get(word, [])):
            yield from faults_of_schema(f"{where} ({word} {number + 1})", part, untyped, is_body=is_body)
