"""Imports ``app.main:app`` from the current folder; with ``openapi`` its document is judged as well."""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def faults(document: dict[str, Any]) -> list[str]:
    """Return what is wrong with an OpenAPI document: its version, its paths, operation ids, and dangling references."""
    found: list[str] = []
    if not str(document.get("openapi", "")).startswith("3."):
        found.append("the document names no OpenAPI version 3")
    if not document.get("info", {}).get("title"):
        found.append("info.title is missing")
    operations = [
        (f"{method.upper()} {path}", operation)
        for path, item in document.get("paths", {}).items()
        for method, operation in item.items()
        if method in METHODS
    ]
    if not operations:
        found.append("there is no path")
    names = [operation.get("operationId") for _, operation in operations]
    for place, operation in operations:
        name = operation.get("operationId")
        if not name or names.count(name) > 1:
            found.append(f"{place}: operationId {name!r} is missing or used twice")
        if not operation.get("responses"):
            found.append(f"{place}: no responses")
    found.extend(
        f"{reference} leads nowhere" for reference in sorted(references(document)) if not leads(document, reference)
    )
    return found


def references(value: object) -> set[str]:
    """Return every ``$ref`` below a value."""
    if isinstance(value, list):
        return {reference for item in value for reference in references(item)}
    if not isinstance(value, dict):
        return set()
    own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
    return own | {reference for item in value.values() for reference in references(item)}


def leads(document: object, reference: str) -> bool:
    """Tell whether a reference of the form ``#/a/b`` finds something in the document."""
    if not reference.startswith("#/"):
        return False
    for part in reference[2:].split("/"):
        name = part.replace("~1", "/").replace("~0", "~")
        if not isinstance(document, dict) or name not in document:
            return False
        document = document[name]
    return True


def main(arguments: list[str]) -> int:
    """Import the application, judge its document where asked, and return the exit code."""
    sys.path.insert(0, "")
    application = importlib.import_module("app.main").app
    if "openapi" not in arguments:
        print(f"app.main:app is {type(application).__name__}")  # noqa: T201 - the judge's output
        return 0
    document = json.loads(json.dumps(application.openapi()))
    found = faults(document)
    print(*found, f"{len(document.get('paths', {}))} paths, {len(found)} faults", sep="\n")  # noqa: T201 - as above
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
