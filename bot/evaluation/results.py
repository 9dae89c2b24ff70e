"""Dated results: kept as files under ``evals/results``, printed, and shown as tables in ``evals/README.md``."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from bot.documents.frozen import Frozen
from bot.evaluation.scores import Score, Share, total

__all__ = ["NOT_MEASURED", "Measured", "Result", "newest_results", "record", "rows_of", "scores_page"]

NOT_MEASURED = "The model planner is not yet measured with a live model."
GROUPS = {"tuned": "tuned", "held_out": "held out"}
SHARES = {
    "entities": "entities found",
    "fields": "essential fields found",
    "types": "types right, of the fields found",
    "optional": "required or optional, right",
    "relations": "relations found",
    "rules": "declared rules found",
    "custom": "other behaviour held or quoted",
    "coverage": "criteria that a task names",
}
"""What is counted as a share, and how it is called."""


class Measured(Frozen):
    """One brief and its numbers."""

    file: str
    group: str
    title: str
    score: Score


class Result(Frozen):
    """All numbers of one planner on one day. ``kind`` is ``built-in`` or ``model``."""

    planner: str
    kind: str
    date: date
    briefs: tuple[Measured, ...]

    def of_group(self, group: str) -> Score:
        """Return the sum of a group's briefs."""
        return total(one.score for one in self.briefs if one.group == group)


def rows_of(score: Score) -> list[tuple[str, str]]:
    """Return the numbers of a score, each with what it counts, in the order in which they are shown."""
    shares = [(label, percent(getattr(score, name))) for name, label in SHARES.items()]
    extra = (
        f"{score.extra_entities} entities, {score.extra_fields} fields, {score.extra_relations} relations, "
        f"{score.extra_rules} rules"
    )
    seen = f"{score.asked} asked, {score.assumed} said as an assumption or decision, {score.quoted} only quoted"
    return [
        *shares,
        ("what nobody wanted", extra),
        ("findings", f"{score.errors} errors, {score.warnings} warnings"),
        ("questions", f"{score.questions} in {score.rounds} rounds"),
        ("ambiguities", f"{score.ambiguities}: {seen}"),
        ("silent guesses", str(score.silent)),
        ("no proposal at all", str(score.failures)),
        ("tokens", f"{score.input_tokens} in, {score.output_tokens} out"),
    ]


def percent(share: Share) -> str:
    """Write a share with its percentage; of nothing there is none."""
    return f"{share} ({100 * share.found // share.wanted} %)" if share.wanted else "none wanted"


def record(result: Result, folder: Path) -> Path:
    """Write a result under its date and its planner's name, without what was missed, and return the file.

    The same planner on the same day overwrites its own file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    slug = re.sub(r"[^a-z0-9.]+", "-", result.planner.lower()).strip("-.") or result.kind
    path = folder / f"{result.date.isoformat()}-{slug}.json"
    content = result.model_dump(mode="json", exclude={"briefs": {"__all__": {"score": {"missed"}}}})
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def newest_results(folder: Path) -> tuple[Result, ...]:
    """Return the newest result of each planner, by name. Raises ValueError, naming a file that holds none."""
    newest: dict[str, Result] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            result = Result.model_validate_json(path.read_bytes())
        except ValidationError as error:
            raise ValueError(f"{path} holds no result: {error.errors()[0]['msg']}") from None
        known = newest.get(result.planner)
        if known is None or known.date <= result.date:
            newest[result.planner] = result
    return tuple(newest[name] for name in sorted(newest))


def scores_page(folder: Path) -> str:
    """Return the newest results as Markdown: a table a planner, a column a group of briefs."""
    results = newest_results(folder)
    parts = [table(result) for result in results]
    if not any(result.kind == "model" for result in results):
        parts.append(NOT_MEASURED)
    return "\n\n".join(parts)


def table(result: Result) -> str:
    """Return one result as a Markdown table under a sentence that says whose it is."""
    groups = {group: result.of_group(group) for group in GROUPS if any(one.group == group for one in result.briefs)}
    counts = {group: sum(one.group == group for one in result.briefs) for group in groups}
    heads = " | ".join(f"{GROUPS[group]} ({counts[group]} briefs)" for group in groups)
    columns = [dict(rows_of(score)) for score in groups.values()]
    rows = [f"| {label} | {' | '.join(column[label] for column in columns)} |" for label in columns[0]]
    separator = " | ".join("---" for _ in range(1 + len(groups)))
    said = f"The {result.planner}, measured on {result.date.isoformat()}:"
    return "\n".join([said, "", f"| | {heads} |", f"| {separator} |", *rows])
