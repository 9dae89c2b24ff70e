"""The front matter of a PLAN.md: its keys as fields of the model, and back. What has no field is kept or told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.documents.must_haves import Artifact, KeyLink, MustHaves
from bot.documents.phases.phase_plan import PhasePlan
from bot.documents.text.front_matter import FrontMatter, Value
from bot.documents.text.reading import FindingList, quote

__all__ = ["plan_fields", "plan_keys"]

TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
TEXTS = ("phase", "plan", "type")
LISTS = ("depends_on", "files_modified", "requirements")
SWITCHES = ("autonomous", "gap_closure")
ARTIFACT_KEYS = ("path", "provides", "min_lines", "exports", "contains")
KEY_LINK_KEYS = ("from", "to", "via", "pattern")


def plan_fields(front_matter: FrontMatter, findings: FindingList) -> dict[str, object]:
    """Return the fields of a `PhasePlan` that the front matter gives."""
    return PlanKeys(front_matter.lines, findings).read(front_matter.values)


@dataclass
class PlanKeys:
    """Takes keys; a value of the wrong kind is told with its line, and kept where it can be."""

    lines: Mapping[str, int]
    findings: FindingList
    fields: dict[str, object] = field(default_factory=dict)
    unknown: dict[str, Value] = field(default_factory=dict)

    def read(self, values: Mapping[str, Value]) -> dict[str, object]:
        """Return the fields."""
        for key, value in values.items():
            if not self.takes(key, value):
                self.unknown[key] = value
        return {**self.fields, "unknown_keys": self.unknown}

    def takes(self, key: str, value: Value) -> bool:
        """Take a key, and tell whether there is a field that holds its value as it is."""
        if key in TEXTS:
            return self.takes_text(key, value)
        if key == "wave":
            return self.takes_number(key, value)
        if key in LISTS:
            return self.takes_list(key, value)
        if key in SWITCHES:
            return self.takes_switch(key, value)
        if key == "user_setup":
            self.fields[key] = value if isinstance(value, tuple) else (value,) if value else ()
            return True
        if key == "must_haves" and isinstance(value, Mapping):
            self.fields[key] = self.must_haves(value)
            return True
        return key == "must_haves" and not value

    def takes_text(self, key: str, value: Value) -> bool:
        """Take a text."""
        if not isinstance(value, str):
            return self.is_wrong(key, "one text")
        if value or key != "type":
            self.fields[key] = value
        return True

    def takes_number(self, key: str, value: Value) -> bool:
        """Take a whole number; nothing at all is none."""
        number = whole_number(value)
        if number is None and value:
            return self.is_wrong(key, "a whole number")
        self.fields[key] = number
        return True

    def takes_switch(self, key: str, value: Value) -> bool:
        """Take true or false; nothing at all is neither."""
        if value == "":
            return True
        if not isinstance(value, str) or value.lower() not in TRUTHS:
            return self.is_wrong(key, "true or false")
        self.fields[key] = TRUTHS[value.lower()]
        return True

    def takes_list(self, key: str, value: Value) -> bool:
        """Take a list of texts; one text is a list whose items stand between commas."""
        if isinstance(value, str):
            self.fields[key] = tuple(item for part in value.split(",") if (item := part.strip()))
            return True
        if isinstance(value, Mapping) or not all(isinstance(item, str) for item in value):
            return self.is_wrong(key, "a list of texts")
        self.fields[key] = value
        return True

    def is_wrong(self, key: str, wanted: str) -> bool:
        """Tell people that a value isn't what its key asks for."""
        message = f"The key {quote(key)} asks for {wanted}; what stands there is kept, and counts for nothing."
        self.findings.add("PT005", message, "Write it the way the format asks.", self.lines.get(key))
        return False

    def must_haves(self, values: Mapping[str, Value]) -> MustHaves:
        """Return the must-haves."""
        self.tell_unknown(values, ("truths", "artifacts", "key_links"), "must_haves")
        truths = tuple(self.items(values.get("truths", ()), "must_haves.truths"))
        artifacts = tuple(self.items(values.get("artifacts", ()), "must_haves.artifacts"))
        links = tuple(self.items(values.get("key_links", ()), "must_haves.key_links"))
        return MustHaves(
            truths=tuple(self.truth(value, path) for path, value in truths),
            artifacts=tuple(self.artifact(value, path) for path, value in artifacts),
            key_links=tuple(self.key_link(value, path) for path, value in links),
        )

    def items(self, value: Value, path: str) -> list[tuple[str, Value]]:
        """Return the items of a list with their paths; a single value is a list of one."""
        if isinstance(value, tuple):
            return [(f"{path}[{index}]", item) for index, item in enumerate(value)]
        return [(path, value)] if value else []

    def truth(self, value: Value, path: str) -> str:
        """Return a truth. A colon in a text without quotes makes YAML a mapping of it: it is put together again."""
        if isinstance(value, str):
            return value
        self.tell(path, "A truth is one text; put it in quotes.")
        return put_together(value)

    def artifact(self, value: Value, path: str) -> Artifact:
        """Return an artifact."""
        if not isinstance(value, Mapping):
            text = self.truth(value, path)
            return Artifact(path=text, provides="") if looks_like_path(text) else Artifact(path="", provides=text)
        self.tell_unknown(value, ARTIFACT_KEYS, path)
        least = value.get("min_lines", "")
        if least and whole_number(least) is None:
            self.tell(path, f"min_lines {quote(put_together(least))} is no whole number, and counts for nothing.")
        exports = value.get("exports", ())
        names = tuple(part.strip() for part in exports.split(",") if part.strip()) if isinstance(exports, str) else ()
        if isinstance(exports, tuple):
            names = tuple(put_together(item) for item in exports)
        return Artifact(
            path=self.text(value, "path", path),
            provides=self.text(value, "provides", path),
            min_lines=whole_number(least),
            exports=names,
            contains=self.text(value, "contains", path),
        )

    def key_link(self, value: Value, path: str) -> KeyLink:
        """Return a key link."""
        if not isinstance(value, Mapping):
            return KeyLink(source="", target="", via=self.truth(value, path))
        self.tell_unknown(value, KEY_LINK_KEYS, path)
        source, target, via, pattern = (self.text(value, key, path) for key in KEY_LINK_KEYS)
        return KeyLink(source=source, target=target, via=via, pattern=pattern)

    def text(self, values: Mapping[str, Value], key: str, path: str) -> str:
        """Return the text of a key."""
        value = values.get(key, "")
        if not isinstance(value, str):
            self.tell(path, f"{key} is one text; what stands there is taken as {quote(put_together(value))}.")
        return put_together(value)

    def tell_unknown(self, values: Mapping[str, Value], known: tuple[str, ...], path: str) -> None:
        """Tell people about keys that no field holds."""
        for key, value in values.items():
            if key not in known:
                self.tell(path, f"The key {quote(key)} is kept in the file only: {quote(put_together(value))}.", key)

    def tell(self, path: str, message: str, key: str = "") -> None:
        """Add a finding at a path of the front matter."""
        line = self.lines.get(f"{path}.{key}") or self.lines.get(path)
        self.findings.add("PT006", message, "Say it in a way that the format has.", line)


def whole_number(value: Value) -> int | None:
    """Return a whole number, or None."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10 else None


def looks_like_path(text: str) -> bool:
    """Tell whether a text without a key is the path of a file."""
    return bool(text) and not any(char.isspace() for char in text) and ("/" in text or "." in text[1:-1])


def put_together(value: Value) -> str:
    """Return a value as one text."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {put_together(item)}" for key, item in value.items())
    return ", ".join(put_together(item) for item in value)


def plan_keys(plan: PhasePlan) -> dict[str, Value]:
    """Return the front matter of a plan, in its canonical order; a key that says nothing is left out."""
    keys: dict[str, Value] = {"phase": plan.phase, "plan": plan.plan, "type": plan.type}
    if plan.wave is not None:
        keys["wave"] = str(plan.wave)
    keys |= {"depends_on": plan.depends_on, "files_modified": plan.files_modified}
    if plan.autonomous is not None:
        keys["autonomous"] = str(plan.autonomous).lower()
    if plan.requirements:
        keys["requirements"] = plan.requirements
    if plan.user_setup:
        keys["user_setup"] = plan.user_setup
    if plan.gap_closure is not None:
        keys["gap_closure"] = str(plan.gap_closure).lower()
    if plan.must_haves != MustHaves():
        keys["must_haves"] = must_have_keys(plan.must_haves)
    return {**keys, **{key: value for key, value in plan.unknown_keys.items() if value or key not in keys}}


def must_have_keys(must_haves: MustHaves) -> dict[str, Value]:
    """Return the must-haves as the front matter has them."""
    keys: dict[str, Value] = {
        "truths": must_haves.truths,
        "artifacts": tuple(artifact_value(artifact) for artifact in must_haves.artifacts),
        "key_links": tuple(key_link_value(link) for link in must_haves.key_links),
    }
    return {key: value for key, value in keys.items() if value}


def artifact_value(artifact: Artifact) -> Value:
    """Return an artifact as a mapping; as its words alone where it has nothing else."""
    if artifact == Artifact(path="", provides=artifact.provides) and not looks_like_path(artifact.provides):
        return artifact.provides
    keys: dict[str, Value] = {"path": artifact.path, "provides": artifact.provides}
    if artifact.min_lines is not None:
        keys["min_lines"] = str(artifact.min_lines)
    keys |= {"exports": artifact.exports, "contains": artifact.contains}
    return {key: value for key, value in keys.items() if value}


def key_link_value(link: KeyLink) -> Value:
    """Return a key link as a mapping; as its words alone where it has nothing else."""
    if link == KeyLink(source="", target="", via=link.via):
        return link.via
    keys = zip(KEY_LINK_KEYS, (link.source, link.target, link.via, link.pattern), strict=True)
    return {key: value for key, value in keys if value}
