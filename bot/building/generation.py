"""One generation: the pure output of some inputs, with every migration that was written before it, and its record."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from bot.building.record import RECORD, Record, record_of
from bot.building.tree import format_tree, service_tree
from bot.generation.differences import Difference, difference
from bot.generation.inputs import BuildInputs
from bot.generation.matching import Side
from bot.generation.revision import render_revision
from bot.generation.revision_chain import RevisionChain, versions_of
from bot.generation.tables import schema_of

__all__ = ["Generation", "first_generation", "next_generation"]

type Trees = Mapping[str, Mapping[str, bytes]]


@dataclass(frozen=True)
class Generation:
    """What was generated. ``trees`` are the files by task, as judges look at them."""

    inputs: BuildInputs
    record: Record
    files: Mapping[str, bytes]
    """Every file of the branch ``generated``, the record too."""
    trees: Trees
    notes: tuple[str, ...] = ()
    takes_away: bool = False
    """Whether its migration drops or refuses what rows hold."""
    trades_entities: bool = False
    """Whether an entity came and another went, whose files look alike."""


def first_generation(inputs: BuildInputs, trees: Trees, *, is_derived: bool) -> Generation:
    """Return the first generation of a new repository, of files that are rendered already."""
    files = joined(trees)
    record = record_of(inputs, files, is_derived=is_derived)
    return Generation(inputs, record, {**files, RECORD: record.text()}, trees)


async def next_generation(
    inputs: BuildInputs, before: Generation, others: Mapping[str, bytes], *, is_derived: bool
) -> Generation:
    """Return the generation that follows another: migrations stay as they were written, and one more may follow.

    ``others`` are the migrations of the branch that it will be merged into; the new one follows their head.
    Raises UnsupportedSpecsError.
    """
    trees = await asyncio.to_thread(service_tree, inputs)
    written = versions_of(before.files)
    old = Side(before.record.tables, before.inputs.specs)
    found = difference(old, Side(schema_of(inputs.specs), inputs.specs))
    own, judged = dict(written), dict(written)
    if inputs.blueprint.has_migrations and (found.upgrade or found.downgrade):
        chain = RevisionChain.read({**written, **others})
        number = chain.following()
        path, content = await formatted(found, number, chain.head(), inputs)
        own[path] = content
        judged[path] = (await formatted(found, number, RevisionChain.read(written).head(), inputs))[1]
    files = joined(with_versions(trees, own))
    record = record_of(inputs, files, is_derived=is_derived)
    return Generation(
        inputs=inputs,
        record=record,
        files={**files, RECORD: record.text()},
        trees=with_versions(trees, judged),
        notes=found.notes if inputs.blueprint.has_migrations else (),
        takes_away=bool(found.losses) and inputs.blueprint.has_migrations,
        trades_entities=bool(found.matches.created and found.matches.removed),
    )


async def formatted(found: Difference, number: str, parent: str, inputs: BuildInputs) -> tuple[str, bytes]:
    """Return the path and the text of a migration that follows another."""
    revision = render_revision(found, number, parent, inputs.started, inputs.blueprint)
    files = await asyncio.to_thread(format_tree, {revision.path: revision.content}, inputs.blueprint)
    return revision.path, files[revision.path]


def joined(trees: Trees) -> dict[str, bytes]:
    """Return the files as they are after the last task."""
    files: dict[str, bytes] = {}
    for task in trees.values():
        files |= task
    return files


def with_versions(trees: Trees, versions: Mapping[str, bytes]) -> Trees:
    """Return the files by task with these migrations in place of the rendered one."""
    return {
        number: {path: content for path, content in files.items() if path not in versions_of(files)}
        | (dict(versions) if versions_of(files) else {})
        for number, files in trees.items()
    }
