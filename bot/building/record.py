"""The record of the branch ``generated``: what its pure output is a function of, and the tables that it made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.frozen import Frozen
from bot.documents.requirements.requirements import Requirements
from bot.documents.requirements.requirements_reader import read_requirements
from bot.documents.requirements.requirements_writer import write_requirements
from bot.generation.blueprint import Blueprint, BlueprintName
from bot.generation.custom import CustomBehaviour
from bot.generation.derivation import derive_task_plan
from bot.generation.feature_specs import with_features
from bot.generation.inputs import BuildInputs, slugify
from bot.generation.tables import Schema, schema_of

__all__ = [
    "FOLDER",
    "GENERATED",
    "RECORD",
    "Record",
    "UnreadableRecord",
    "inputs_of_record",
    "read_record",
    "record_of",
]

GENERATED = "generated"
"""The branch that holds pure output, one commit a generation."""
FOLDER = ".planthread"
RECORD = f"{FOLDER}/record.json"
FORMAT = 1


class UnreadableRecord(ValueError):  # noqa: N818 - says what happened
    """The record is not one that this version reads. The message says why."""


class BlueprintRecord(Frozen):
    """Which templates wrote the output."""

    name: BlueprintName
    fingerprint: str


class Record(Frozen):
    """Everything that a generation was made from, and a digest of what came out."""

    format: int = FORMAT
    name: str
    features: tuple[str, ...]
    blueprint: BlueprintRecord
    specs: str
    """The entity_specs in canonical form, with what the features added."""
    requirements: str
    is_derived: bool = True
    """Whether the requirements follow from the specs; otherwise people wrote them."""
    custom: tuple[CustomBehaviour, ...] = ()
    """The custom behaviours, whose code is on people's branches only."""
    unwritten: tuple[str, ...] = ()
    """The modules of those that were left to people."""
    tables: Schema
    digest: str
    """Of every other file of the commit."""

    def text(self) -> bytes:
        """Return the record's file."""
        return (json.dumps(self.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n").encode()

    def entity_specs(self) -> EntitySpecs:
        """Return the specs as a model."""
        return read_entity_specs(self.specs, "entity_specs.txt").specs

    def is_of(self, files: Mapping[str, bytes]) -> bool:
        """Tell whether files are the ones that were written with the record."""
        return digest_of(files) == self.digest


def record_of(inputs: BuildInputs, files: Mapping[str, bytes], *, is_derived: bool) -> Record:
    """Return the record of a generation."""
    blueprint = inputs.blueprint
    return Record(
        name=inputs.name,
        features=inputs.features,
        blueprint=BlueprintRecord(name=blueprint.name, fingerprint=fingerprint_of(blueprint)),
        specs=write_entity_specs(inputs.specs),
        requirements=write_requirements(inputs.requirements),
        is_derived=is_derived,
        custom=inputs.custom,
        unwritten=inputs.unwritten,
        tables=schema_of(inputs.specs),
        digest=digest_of(files),
    )


def read_record(content: bytes) -> Record:
    """Read a record's file. Raises UnreadableRecord."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    number = found.get("format") if isinstance(found, dict) else None
    if number != FORMAT:
        raise UnreadableRecord(f"its record has the format {number}, and this version reads {FORMAT}")
    try:
        return Record.model_validate(found)
    except ValueError as error:
        raise UnreadableRecord(f"its record can't be read ({str(error).splitlines()[0]})") from None


def inputs_of_record(
    record: Record, blueprint: Blueprint, started: datetime, author_name: str, author_email: str
) -> BuildInputs:
    """Return the inputs of a generation that a blueprint made before. Raises UnsupportedSpecsError."""
    specs = with_features(record.entity_specs(), record.features)
    requirements: Requirements = read_requirements(record.requirements).requirements
    return BuildInputs(
        name=record.name,
        slug=slugify(record.name),
        specs=specs,
        requirements=requirements,
        task_plan=derive_task_plan(record.name, specs, requirements, record.custom, blueprint, record.features),
        features=record.features,
        blueprint=blueprint,
        custom=record.custom,
        unwritten=record.unwritten,
        started=started,
        author_name=author_name,
        author_email=author_email,
    )


def digest_of(files: Mapping[str, bytes]) -> str:
    """Return the digest of files, the record itself left out."""
    whole = hashlib.sha256()
    for path, content in sorted(files.items()):
        if path != RECORD:
            whole.update(f"{path}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return whole.hexdigest()


@cache
def fingerprint_of(blueprint: Blueprint) -> str:
    """Return the fingerprint of a blueprint's templates."""
    return digest_of(
        {
            path.relative_to(blueprint.folder).as_posix(): path.read_bytes()
            for path in blueprint.folder.rglob("*")
            if path.is_file()
        }
    )
