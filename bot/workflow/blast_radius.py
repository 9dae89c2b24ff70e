"""What an asked change touches, worked out for a plan and said in one sentence of its review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.naming import joined
from bot.documents.tasks.task_plan import TaskState
from bot.generation.blast_radius import BlastRadius, Touched, blast_radius
from bot.generation.blueprint import load_blueprint
from bot.generation.custom import behaviours_of
from bot.generation.existing_rows import existing_rows
from bot.generation.feature_specs import features_of
from bot.generation.inputs import BuildInputs, slugify
from bot.store.tables import Plan, Step, now
from bot.workflow.documents import Documents

__all__ = ["inputs_for", "radius_between", "told"]

MOST_NAMED = 6
"""Names of one kind that the sentence gives; of more it says how many."""
MOST_NUMBERS = 3
"""Criteria or tasks whose numbers the sentence gives: of more they tell nobody anything."""
MOST_RULES = 2
"""Rules that the sentence names: what changed tells each in words."""


def inputs_for(
    title: str, documents: Documents, started: datetime, author_name: str = "", author_email: str = ""
) -> BuildInputs:
    """Return what documents are built into: a repository of that title and date."""
    blueprint = load_blueprint()
    return BuildInputs(
        name=title,
        slug=slugify(title),
        specs=documents.specs,
        requirements=documents.requirements,
        task_plan=documents.task_plan,
        features=features_of(documents.specs, documents.task_plan, blueprint),
        custom=behaviours_of(documents.task_plan, documents.requirements, blueprint),
        started=started,
        author_name=author_name,
        author_email=author_email,
    )


def radius_between(
    plan: Plan,
    before: Documents,
    after: Documents,
    steps: Sequence[Step],
    edited: frozenset[str] = frozenset(),
    delivered: EntitySpecs | None = None,
) -> BlastRadius:
    """Return what changes from one revision of a plan's documents to the next; seconds of work for many entities.

    ``edited`` are the files that people edited since they were delivered; ``delivered`` are the specs of the service
    that may have rows already, None before the first delivery.

    Raises UnsupportedSpecsError.
    """
    finished = frozenset(step.number for step in steps if step.state == TaskState.DONE)
    started = plan.approved_at or now()
    old, new = inputs_for(plan.title, before, started), inputs_for(plan.title, after, started)
    rows = existing_rows(delivered, after.specs) if delivered else ()
    return blast_radius(old, new, finished, edited).model_copy(update={"rows": rows})


def told(radius: BlastRadius, decisions: Sequence[str] = ()) -> str:
    """Return one sentence about all that a change touches; empty where it touches nothing.

    ``decisions`` are those of the review: they tell which open tasks go because they are built now.
    """
    kinds = [
        said(radius.criteria, "criterion", "criteria", MOST_NUMBERS),
        said(radius.fields, "field", "fields", MOST_NAMED),
        said(radius.rules, "rule", "rules", MOST_RULES),
        said(radius.tasks, "task", "tasks", MOST_NUMBERS),
        counted(radius.files, "file", "files"),
    ]
    sentence = "; ".join(filter(None, [goes(radius.behaviours, decisions), *kinds]))
    if radius.finished:
        sentence += f"; built again: {named(radius.finished)}"
    if radius.edited:
        sentence += f"; people edited {named(radius.edited)}, which is kept"
    return sentence


def goes(behaviours: Sequence[str], decisions: Sequence[str]) -> str:
    """Return which open tasks go and why, in people's words: of what nobody meant to drop, a number tells nothing."""
    fates: dict[tuple[str, str], list[str]] = {}
    for behaviour in behaviours:
        fates.setdefault(fate_of(behaviour, decisions), []).append(behaviour)
    return "; ".join(f"{named(some)}, which {one if len(some) == 1 else many}" for (one, many), some in fates.items())


def fate_of(behaviour: str, decisions: Sequence[str]) -> tuple[str, str]:
    """Return what became of an open task, of one and of several: it is a rule, it was said again, or it is not kept."""
    quote = f"“{behaviour.strip('“”… .')}"
    about = [one for one in decisions if quote in one]
    if any(one.startswith("Rule of ") or " is built now" in one for one in about):
        return "is a rule now", "are rules now"
    if any(f"takes the place of {quote}" in one for one in about):
        return "was said again in other words", "were said again in other words"
    return "is not kept any more", "are not kept any more"


def said(touched: Touched, one: str, many: str, most: int) -> str:
    """Return what happens to things of one kind, such as ``1 new field (Book.pages)``; of many, how many there are."""
    has_names = len(touched.every) <= most
    parts = [
        f"{len(names)} {how} {one if len(names) == 1 else many}" + (f" ({named(names)})" if has_names else "")
        for how, names in (("new", touched.new), ("changed", touched.changed), ("removed", touched.gone))
        if names
    ]
    return ", ".join(parts)


def counted(touched: Touched, one: str, many: str) -> str:
    """Return how many things of one kind are touched."""
    count = len(touched.every)
    return f"{count} {one if count == 1 else many}" if count else ""


def named(names: Sequence[str]) -> str:
    """Return the first names, and how many more there are."""
    more = len(names) - MOST_NAMED
    return joined([*names[:MOST_NAMED], f"{more} more"] if more > 0 else list(names))
