"""The front matter of SUMMARY.md as fields: names with dashes or underscores, at the top or grouped, text or lists."""

from __future__ import annotations

from collections.abc import Mapping

from bot.documents.progress.summary import Requires, Summary
from bot.documents.text.front_matter import Value

__all__ = ["front_fields", "front_values"]

LISTS = {
    "provides": "provides",
    "affects": "affects",
    "key-decisions": "key_decisions",
    "decisions": "key_decisions",
    "requirements-completed": "requirements_completed",
}
TEXTS = {"phase": "phase", "plan": "plan", "duration": "duration", "completed": "completed"}
GROUPS = ("dependency-graph", "metrics")
"""Groups whose members some tools write instead of keys at the top."""


def front_fields(values: Mapping[str, Value]) -> dict[str, object]:
    """Return the fields of a summary that a front matter gives; other keys stay together under ``more``."""
    fields: dict[str, object] = {}
    more: dict[str, Value] = {}
    for key, value in values.items():
        name = key.replace("_", "-")
        if name in GROUPS and isinstance(value, Mapping):
            rest = {inner: each for inner, each in value.items() if not take(inner.replace("_", "-"), each, fields)}
            more |= {key: rest} if rest else {}
        elif not take(name, value, fields):
            more[key] = value
    return {**fields, "more": more}


def take(name: str, value: Value, fields: dict[str, object]) -> bool:
    """Put a key's value in its field, and tell whether that was possible."""
    if name in TEXTS and isinstance(value, str) and TEXTS[name] not in fields:
        fields[TEXTS[name]] = value
    elif name in LISTS and not isinstance(value, Mapping) and LISTS[name] not in fields:
        fields[LISTS[name]] = flat_list(value)
    elif name == "requires" and not isinstance(value, Mapping) and name not in fields:
        entries = (value,) if isinstance(value, str) else value
        fields[name] = tuple(requires_of(entry) for entry in entries if entry)
    elif name == "key-files" and isinstance(value, Mapping) and not set(value) - {"created", "modified"}:
        fields |= {key: flat_list(files) for key, files in value.items()}
    else:
        return False
    return True


def flat_list(value: Value) -> tuple[str, ...]:
    """Return a list of texts; one text is a list of one."""
    return (value,) if isinstance(value, str) else tuple(flat(entry) for entry in value)


def flat(value: Value) -> str:
    """Return a value as one text; ``- Name: what`` is read by YAML as a mapping, and meant as text."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {flat(inner)}" for key, inner in value.items())
    return ", ".join(flat(inner) for inner in value)


def requires_of(value: Value) -> Requires:
    """Return what one entry under ``requires`` names."""
    if not isinstance(value, Mapping):
        return Requires(phase=flat(value))
    others = {key: inner for key, inner in value.items() if key not in {"phase", "provides"}}
    if "phase" not in value or others:
        return Requires(phase=flat(value))
    return Requires(phase=flat(value["phase"]), provides=flat(value.get("provides", "")))


def front_values(summary: Summary) -> dict[str, Value]:
    """Return the front matter of a summary; a field without content is left out."""
    requires: tuple[Value, ...] = tuple(
        {"phase": each.phase, "provides": each.provides} if each.provides else each.phase for each in summary.requires
    )
    files: dict[str, Value] = {}
    if summary.created:
        files["created"] = summary.created
    if summary.modified:
        files["modified"] = summary.modified
    values: dict[str, Value] = {
        "phase": summary.phase,
        "plan": summary.plan,
        "requires": requires,
        "provides": summary.provides,
        "affects": summary.affects,
        "key-files": files,
        "key-decisions": summary.key_decisions,
        "requirements-completed": summary.requirements_completed,
        "duration": summary.duration,
        "completed": summary.completed,
    }
    return {key: value for key, value in values.items() if value} | dict(summary.more)
