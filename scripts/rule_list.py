"""The rules that the project follows, read from docs/rules/*.toml, and what is wrong with them.

Each file holds the rules of one reference document. A rule says what it asks, where it is obeyed, and what proves it:
the id of a check (`PT240`), a test (`tests/…py::test_name`, or a test of the generated service in
`templates/…py.j2::test_name`), or a judge of the generated service (`mypy`, `ruff check D103`; docs/rules/judges.toml).
What is not done yet names its owner: a step of the roadmap (docs/rules/roadmap.toml).
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["Conflict", "Document", "Faults", "Judge", "Kind", "Rule", "RuleList", "faults_of", "kind_of", "load"]

LISTS = ("judges.toml", "roadmap.toml", "conflicts.toml")
"""Files of docs/rules that hold no rules of a document."""

RULE_KEYS = {"id", "asks", "where", "proof", "planned", "people", "note"}
CONFLICT_KEYS = {"subject", "one", "other", "decision", "rules", "where", "proof", "planned"}
CHECK_ID = re.compile(r"PT\d{3}")
RUFF = "ruff check "
RUFF_SETTINGS = "templates/fastapi/ruff.toml"

type Faults = list[str]


class Kind(Enum):
    """What a rule rests on; the first kind that fits counts."""

    CHECK = "a check"
    TEST = "a test"
    JUDGE = "a judge"
    PEOPLE = "read by people"
    PLANNED = "planned"


@dataclass(frozen=True)
class Rule:
    """One rule of a reference document. ``planned`` is a number of the roadmap, 0 where nothing is left to do."""

    id: str = ""
    asks: str = ""
    where: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()
    planned: int = 0
    people: str = ""
    note: str = ""

    @property
    def kind(self) -> Kind:
        """Return what the rule rests on. One that is still open in part counts as planned."""
        if self.planned or not (self.proof or self.people):
            return Kind.PLANNED
        return kind_of(self.proof[0]) if self.proof else Kind.PEOPLE


@dataclass(frozen=True)
class Document:
    """One reference document and its rules, in its own order."""

    file: str
    title: str
    prefix: str
    about: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Conflict:
    """Two documents that ask for different things, and what was decided."""

    subject: str = ""
    one: str = ""
    other: str = ""
    decision: str = ""
    rules: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()
    planned: int = 0


@dataclass(frozen=True)
class Judge:
    """A judge of the generated service: the file that sets it, and the words there that do."""

    word: str
    settings: str
    says: str


@dataclass(frozen=True)
class RuleList:
    """Everything that docs/rules holds."""

    documents: tuple[Document, ...]
    conflicts: tuple[Conflict, ...]
    judges: Mapping[str, Judge]
    roadmap: Mapping[int, str]


def kind_of(proof: str) -> Kind:
    """Return what kind of proof a word of the data names."""
    if CHECK_ID.fullmatch(proof):
        return Kind.CHECK
    return Kind.TEST if "::" in proof else Kind.JUDGE


def load(root: Path) -> tuple[RuleList, Faults]:
    """Read docs/rules below a root, and say which of its keys nobody understands.

    Raises OSError and tomllib.TOMLDecodeError, and KeyError where a document doesn't say what it is.
    """
    folder = root / "docs" / "rules"
    faults: Faults = []
    documents = [
        document_of(path.name, tomllib.loads(path.read_text(encoding="utf-8")), faults)
        for path in sorted(folder.glob("*.toml"))
        if path.name not in LISTS
    ]
    judges, roadmap, conflicts = (tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in LISTS)
    rules = RuleList(
        documents=tuple(document for _, document in sorted(documents, key=lambda pair: pair[0])),
        conflicts=tuple(Conflict(**known(entry, CONFLICT_KEYS, LISTS[2], faults)) for entry in conflicts["conflicts"]),
        judges={entry["word"]: Judge(**entry) for entry in judges["judges"]},
        roadmap={entry["number"]: entry["title"] for entry in roadmap["steps"]},
    )
    return rules, faults


def document_of(file: str, data: Mapping[str, Any], faults: Faults) -> tuple[int, Document]:
    """Return a document with its place in the page."""
    return int(data["order"]), Document(
        file=file,
        title=data["title"],
        prefix=data["prefix"],
        about=data["about"],
        rules=tuple(Rule(**known(entry, RULE_KEYS, file, faults)) for entry in data["rules"]),
    )


def known(entry: Mapping[str, Any], keys: set[str], file: str, faults: Faults) -> dict[str, Any]:
    """Return an entry's known keys with its lists as tuples, and note the others as a fault."""
    name = entry.get("id") or entry.get("subject")
    faults.extend(
        f"docs/rules/{file}: {name} has the key {key!r}, which means nothing; use {', '.join(sorted(keys))}."
        for key in entry
        if key not in keys
    )
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items() if key in keys}


def faults_of(rules: RuleList, root: Path, check_ids: Iterable[str]) -> Faults:
    """Return one sentence for each thing that is wrong: it says where, what, and what to do."""
    names_of_tests.cache_clear()
    selected.cache_clear()
    checks = frozenset(check_ids)
    faults = [fault for judge in rules.judges.values() for fault in judge_faults(judge, root)]
    seen: set[str] = set()
    for document in rules.documents:
        for rule in document.rules:
            place = f"docs/rules/{document.file}: {rule.id}"
            if rule.id in seen:
                faults.append(f"{place} is there twice; give each rule a number of its own.")
            seen.add(rule.id)
            if not re.fullmatch(rf"{re.escape(document.prefix)}-\d{{2,3}}", rule.id):
                faults.append(f"{place} is no id of this document; write {document.prefix}-01 and so on.")
            faults += rule_faults(place, rule, rules, root, checks)
    for conflict in rules.conflicts:
        faults += conflict_faults(conflict, seen, rules, root, checks)
    return faults


def rule_faults(place: str, rule: Rule, rules: RuleList, root: Path, checks: frozenset[str]) -> Iterator[str]:
    """Return what is wrong with one rule."""
    if not rule.asks.strip():
        yield f"{place} doesn't say what it asks for; write it in a sentence."
    if not (rule.proof or rule.planned or rule.people):
        yield (
            f"{place} has neither a proof nor an owner; name the check, test or judge that proves it in `proof`, "
            "or the step of the roadmap that will do it in `planned`."
        )
    if (rule.proof or rule.people) and not rule.where:
        yield f"{place} says that it is obeyed, but not where; name the path in `where`."
    yield from shared_faults(place, rule, rules, root, checks)


def conflict_faults(
    conflict: Conflict, rule_ids: set[str], rules: RuleList, root: Path, checks: frozenset[str]
) -> Iterator[str]:
    """Return what is wrong with one conflict."""
    place = f"docs/rules/conflicts.toml: {conflict.subject!r}"
    if not conflict.decision.strip():
        yield f"{place} has no decision; write down what holds."
    if not (conflict.proof or conflict.planned):
        yield f"{place} has neither a proof nor an owner; name what proves the decision, or who will do it."
    if not conflict.rules:
        yield f"{place} names no rule; say in `rules` which rules are in conflict."
    for rule_id in conflict.rules:
        if rule_id not in rule_ids:
            yield f"{place} names the rule {rule_id}, which no document has; correct the id."
    yield from shared_faults(place, conflict, rules, root, checks)


def shared_faults(
    place: str, subject: Rule | Conflict, rules: RuleList, root: Path, checks: frozenset[str]
) -> Iterator[str]:
    """Return what is wrong with paths, proofs and owner."""
    for path in subject.where:
        if not (root / path).exists():
            yield f"{place} names {path}, which is not there; correct the path."
    for proof in subject.proof:
        yield from proof_faults(place, proof, rules, root, checks)
    if subject.planned and subject.planned not in rules.roadmap:
        yield f"{place} is planned for step {subject.planned}, which the roadmap doesn't have; name one that it has."


def proof_faults(place: str, proof: str, rules: RuleList, root: Path, checks: frozenset[str]) -> Iterator[str]:
    """Return what is wrong with one proof."""
    kind = kind_of(proof)
    if kind is Kind.CHECK and proof not in checks:
        yield f"{place} is proven by {proof}, which is no check; name one of docs/checks.md."
    if kind is Kind.TEST:
        path, _, name = proof.partition("::")
        if name not in names_of_tests(root / path):
            yield f"{place} is proven by {proof}, which is not there; name a test that is, or write this one."
    if kind is not Kind.JUDGE:
        return
    if not proof.startswith(RUFF):
        if proof not in rules.judges:
            yield f"{place} is proven by {proof!r}, which is no judge; name one of docs/rules/judges.toml."
        return
    code = proof.removeprefix(RUFF)
    if not code.startswith(selected(root / RUFF_SETTINGS)):
        yield f"{place} is proven by {proof!r}, but {RUFF_SETTINGS} doesn't select {code}; select it there."


def judge_faults(judge: Judge, root: Path) -> Iterator[str]:
    """Return what is wrong with a judge's settings."""
    path = root / judge.settings
    if not path.is_file() or judge.says not in path.read_text(encoding="utf-8"):
        yield (
            f"docs/rules/judges.toml: {judge.word!r} is set by {judge.says!r} in {judge.settings}, where it doesn't "
            "stand; correct the settings, or say what sets it now."
        )


@cache
def names_of_tests(path: Path) -> frozenset[str]:
    """Return the names of the tests of a file, or of a template of one; none where there is no such file."""
    if not path.is_file():
        return frozenset()
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".j2":
        return frozenset(re.findall(r"^(?:async )?def (test_\w+)\(", text, re.MULTILINE))
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(function.name for function in functions if function.name.startswith("test_"))


@cache
def selected(settings: Path) -> tuple[str, ...]:
    """Return the beginnings of the rules that ruff's settings select; none where there is no such file."""
    if not settings.is_file():
        return ()
    return tuple(tomllib.loads(settings.read_text(encoding="utf-8"))["lint"]["select"])
