"""JSON schemas in the strict form that structured outputs ask for: every key required, none added, no defaults."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

__all__ = ["strict_schema"]

NOT_ALLOWED = frozenset({"default", "title"})


def strict_schema(schema: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON schema of a model; a model must not hold free-form mappings, which strict schemas can't say."""
    strict = tightened(schema.model_json_schema())
    if not isinstance(strict, dict):
        raise TypeError(f"{schema.__name__} has no object schema")
    return strict


def tightened(node: object, *, holds_names: bool = False) -> object:
    """Return a part of a schema with every object closed; ``holds_names``: its keys are names, not schema words."""
    if isinstance(node, list):
        return [tightened(part) for part in node]
    if not isinstance(node, dict):
        return node
    if holds_names:
        return {name: tightened(part) for name, part in node.items()}
    kept = {
        key: tightened(part, holds_names=key in {"properties", "$defs"})
        for key, part in node.items()
        if key not in NOT_ALLOWED
    }
    if "properties" in kept:
        kept |= {"required": list(node["properties"]), "additionalProperties": False}
    return kept
