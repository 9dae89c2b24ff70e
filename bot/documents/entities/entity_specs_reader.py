"""Reads entity_specs in every form found in real files: both wrappers, keys in any order, dialect types and names.

Never raises, takes time linear in the text, and loses nothing silently: what has no place in the models becomes a
finding that quotes it. The grammar is in ``docs/formats.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.documents.entities.declared_names import declared_names, plain, table_of
from bot.documents.entities.entity_blocks import NOTHING, Block, BlockLine, block_name, find_blocks
from bot.documents.entities.entity_lines import FieldLine, read_field_line
from bot.documents.entities.entity_marks import EntityMarks, read_marks
from bot.documents.entities.entity_specs import (
    WITH_OWN_KEY,
    Cardinality,
    Entity,
    EntityField,
    EntitySpecs,
    EnumSpec,
    FieldType,
    Relation,
)
from bot.documents.entities.enum_lines import read_enum_line
from bot.documents.entities.field_types import written_type
from bot.documents.entities.relation_lines import read_relation_line
from bot.documents.entities.rule_sections import read_rules
from bot.documents.entities.subjects import class_subjects, path_subject, subjects_of, table_subject
from bot.documents.findings import Finding, Place
from bot.documents.naming import kebab_plural_path, pascal_case, snake_case
from bot.documents.text.quoted_text import split_brackets, unquoted_value
from bot.documents.text.reading import FindingList, quote
from bot.documents.text.source_text import SourceText

__all__ = ["SpecsReading", "read_entity_specs"]

NO_KEY = ("id", "int")
"""What an entity's primary key is taken for where it declares none."""
GRAMMAR_HINT = "A field is “- name: type (modifiers)”, such as “- price: Decimal (min 0)”."


@dataclass(frozen=True)
class SpecsReading:
    """What was read: the specs, what there is to say about the text, and where each thing stands in it."""

    specs: EntitySpecs
    findings: tuple[Finding, ...]
    places: Mapping[str, Place]
    """``Book``, ``Book.TABLE``, ``Book.price`` or ``BookStatus`` → its line, for checks to point at; of several with
    one name the later ones as `bot.documents.entities.subjects` calls them."""


def read_entity_specs(text: str, file: str = "") -> SpecsReading:
    """Return what the text declares. Never raises: whatever can't be read becomes a finding."""
    source = SourceText(text)
    findings = FindingList(file)
    if source.is_too_large:
        findings.add(
            "PT009", "This document is larger than 5 MB, so it was not read.", "Split it, or send the plan only."
        )
        return SpecsReading(EntitySpecs(), tuple(findings.findings), {})
    blocks = find_blocks(source, findings)
    specs, places = Reader(blocks, findings).read()
    if not specs.entities:
        findings.add(
            "PT004",
            "There is no ENTITY in this text.",
            "Begin each entity with “ENTITY: Name”, followed by “FIELDS:” and one line for each field.",
        )
    return SpecsReading(specs, tuple(findings.findings), places)


class Reader:
    """Turns blocks into models, collecting findings and places."""

    def __init__(self, blocks: list[Block], findings: FindingList) -> None:
        """Learn every declared name first: references may stand before what they name."""
        self.blocks = blocks
        self.findings = findings
        self.names = declared_names(blocks)
        self.places: dict[str, Place] = {}
        self.inline_enums: dict[str, EnumSpec] = {}
        self.lines_of_inline_enums: dict[str, BlockLine] = {}
        self.lines_of_members: list[list[BlockLine]] = []
        """Of each entity, in order, the lines of its fields and then of its relations."""
        self.keys: dict[str, tuple[str, str]] = {}
        """Entity → name and type of its primary key."""

    def read(self) -> tuple[EntitySpecs, dict[str, Place]]:
        """Return the specs and the place of each thing."""
        blocks = [block for block in self.blocks if block.kind == "ENTITY"]
        lines = [self.field_lines(block) for block in blocks]
        self.keys = {block_name(block): key_of(read) for block, read in zip(blocks, lines, strict=True)}
        entities = tuple(self.entity(block, read) for block, read in zip(blocks, lines, strict=True))
        enum_blocks = [block for block in self.blocks if block.kind == "ENUM"]
        enums = tuple(self.enum(block) for block in enum_blocks)
        specs = EntitySpecs(entities=entities, enums=(*enums, *self.inline_enums.values()))
        self.note_places(specs, [*blocks, *enum_blocks])
        return read_rules(self.blocks, specs, self.names, self.findings, self.places), self.places

    def note_places(self, specs: EntitySpecs, blocks: list[Block]) -> None:
        """Note where each thing stands; what has no name has no place of its own."""
        heads = [*(block.head for block in blocks), *self.lines_of_inline_enums.values()]
        for subject, head in zip(class_subjects(specs), heads, strict=True):
            if subject and not subject.startswith("#"):
                self.places[subject] = self.place_of(head)
        for subjects, block, lines in zip(subjects_of(specs), blocks, self.lines_of_members, strict=False):
            for key, subject_of in (("TABLE", table_subject), ("API_PATH", path_subject)):
                if key in block.values:
                    self.places[subject_of(subjects.subject)] = self.place_of(block.values[key][1])
            for member, line in zip((*subjects.fields, *subjects.relations), lines, strict=True):
                self.places[member] = self.place_of(line)

    def place_of(self, line: BlockLine) -> Place:
        """Return the place of a line."""
        return Place(file=self.findings.file, line=line.number, column=line.column)

    # ------------------------------------------------------------------------------------------------------ entities

    def entity(self, block: Block, lines: list[tuple[BlockLine, FieldLine]]) -> Entity:
        """Return the entity of a block, its table and path derived where they are not given."""
        name = self.named(block)
        fields: list[EntityField] = []
        relations: list[Relation] = []
        lines_of_fields: list[BlockLine] = []
        lines_of_relations: list[BlockLine] = []
        given = {snake_case(line.name) for _, line in lines}
        for place, line in lines:
            relation = self.relation_of_field(line)
            if relation is None:
                fields.append(self.field(name, place, line))
                lines_of_fields.append(place)
                continue
            relations.append(relation)
            lines_of_relations.append(place)
            key = f"{relation.name}_id"
            if relation.cardinality in WITH_OWN_KEY and key not in given:
                fields.append(self.foreign_key_of(relation, line))
                lines_of_fields.append(place)
            else:
                key = ""
            self.say_relation(name, place, line, relation, key)
        for place, relation in self.relations(block):
            relations.append(relation)
            lines_of_relations.append(place)
        self.lines_of_members.append([*lines_of_fields, *lines_of_relations])
        path, _ = block.values.get("API_PATH", ("", block.head))
        marks = self.marks(block)
        for value in block.sections.get("VALUES", []):
            self.not_kept(name, value, "an entity has no VALUES")
        return Entity(
            name=name,
            table=table_of(block),
            api_path=plain(path) or kebab_plural_path(name),
            fields=tuple(fields),
            relations=tuple(relations),
            account=marks.account,
            renamed_from=marks.renamed_from,
        )

    def named(self, block: Block) -> str:
        """Return the block's name; a missing or mapped name is said."""
        name = block_name(block)
        spelled = split_brackets(block.name).head.strip("`* ")
        line, column = block.head.number, block.head.column
        if not name:
            self.findings.add("PT005", f"This {block.kind} has no name.", f"Write “{block.kind}: Name”.", line, column)
        elif name != spelled:
            message = f"{quote(spelled)} is called {name} in the code."
            self.findings.add("PT002", message, f"Write {name}, or another name in PascalCase.", line, column)
        return name

    def marks(self, block: Block) -> EntityMarks:
        """Return the marks of an entity's head; anything else after the name is quoted."""
        marks = read_marks(block.name)
        subject, line = block_name(block), block.head
        if marks.renamed_from and marks.renamed_from != marks.spelled:
            message = f"{subject}: {quote(marks.spelled)} is called {marks.renamed_from}."
            self.findings.add("PT002", message, "Write that name.", line.number, line.column)
        if marks.repeated:
            message = f"{subject} is renamed from two names; the last one, {quote(marks.spelled)}, holds."
            self.findings.add("PT007", message, "Keep one of them.", line.number, line.column)
        if marks.unknown:
            self.not_understood(subject, line, marks.unknown)
        return marks

    def relations(self, block: Block) -> list[tuple[BlockLine, Relation]]:
        """Return the relations of the RELATIONS section, each with its line."""
        found: list[tuple[BlockLine, Relation]] = []
        for line in block.sections.get("RELATIONS", []):
            if line.item.lower() in NOTHING:
                continue
            reading = read_relation_line(line.item, self.names, block_name(block))
            if reading.relation is None or not reading.relation.name:
                message = f"The relation {quote(line.text)} of {block_name(block)} names no entity."
                self.findings.add("PT005", message, "Write “- name: Entity (ManyToOne)”.", line.number, line.column)
                continue
            subject = f"{block_name(block)}.{reading.relation.name}"
            for rule, notes in (("PT002", reading.renamed), ("PT003", reading.notes)):
                for note in notes:
                    self.findings.add(rule, f"{subject}: {note}.", "Write it so.", line.number, line.column)
            if reading.unknown:
                self.not_understood(subject, line, reading.unknown)
            found.append((line, reading.relation))
        return found

    # -------------------------------------------------------------------------------------------------------- fields

    def field_lines(self, block: Block) -> list[tuple[BlockLine, FieldLine]]:
        """Return the read lines of an entity's fields; lines without a type are said and left out."""
        entity = block_name(block)
        backend, frontend = block.sections.get("FIELDS", []), block.sections.get("FRONTEND_FIELDS", [])
        lines = self.read_lines(entity, backend)
        if not frontend:
            return lines
        shown = self.read_lines(entity, frontend)
        if not lines:
            return shown
        known = {snake_case(line.name): line for _, line in reversed(lines)}
        for place, line in shown:
            backend_line = known.get(snake_case(line.name))
            if backend_line is None:
                self.not_kept(entity, place, "it stands in FRONTEND_FIELDS only")
            elif backend_line.type != line.type or not line.said.items() <= backend_line.said.items():
                written = written_type(backend_line.type, bool(backend_line.said.get("optional")))
                self.not_kept(entity, place, f"the other fields have it as {written}, which holds")
        return lines

    def read_lines(self, entity: str, lines: list[BlockLine]) -> list[tuple[BlockLine, FieldLine]]:
        """Return the lines of one section that say a name and a type."""
        found: list[tuple[BlockLine, FieldLine]] = []
        for line in lines:
            read = read_field_line(line.item, self.names)
            if read is not None:
                found.append((line, read))
            elif line.item.lower() not in NOTHING:
                message = f"The line {quote(line.text)} of {entity or 'an entity'} is no field."
                self.findings.add("PT005", message, GRAMMAR_HINT, line.number, line.column)
        return found

    def field(self, entity: str, place: BlockLine, line: FieldLine) -> EntityField:
        """Return the field of a line, saying what was mapped and what was not understood."""
        name = snake_case(line.name) or line.name
        subject = f"{entity}.{name}"
        self.say_name(entity, place, line.name, name)
        self.take_inline_enum(entity, name, place, line)
        self.take_cardinality(line)
        key_name, _ = self.keys.get(line.foreign_key or "", NO_KEY)
        if line.foreign_column not in {"", key_name}:
            line.unknown.append(f"column {line.foreign_column}")
        for note in line.notes:
            self.findings.add("PT003", f"{subject}: {note}.", "Write it so.", place.number, place.column)
        self.say_reading(subject, place, line, line.unknown)
        return EntityField.model_validate(
            {
                "name": name,
                "type": line.type,
                "foreign_key": line.foreign_key,
                "on_delete": line.on_delete,
                **line.said,
            }
        )

    def say_name(self, entity: str, place: BlockLine, spelled: str, name: str) -> None:
        """Say that a field has another name in the code."""
        if name != spelled:
            message = f"{quote(spelled)} of {entity} is called {name} in the code."
            self.findings.add("PT002", message, f"Write {name}.", place.number, place.column)

    def say_reading(self, subject: str, place: BlockLine, line: FieldLine, unknown: list[str]) -> None:
        """Say what else there is about a field's line: other names, values given twice, brackets, unknown pieces."""
        for note in line.renamed:
            self.findings.add("PT002", f"{subject}: {note}.", "Write that name.", place.number, place.column)
        for key in line.repeated:
            message = f"{subject} gives {key} twice; the last one, {quote(str(line.said[key]))}, holds."
            self.findings.add("PT007", message, "Keep one of them.", place.number, place.column)
        if line.doubtful_pattern:
            line.said.pop("pattern", None)
            message = f"{subject}: it can't be told where the pattern {quote(line.doubtful_pattern)} ends."
            self.findings.add("PT005", message, "Put the pattern in double quotes.", place.number, place.column)
        elif not line.is_closed:
            self.findings.add("PT008", f"A bracket of {subject} never closes.", "Add “)”.", place.number, place.column)
        if unknown:
            self.not_understood(subject, place, unknown)

    def take_inline_enum(self, entity: str, name: str, place: BlockLine, line: FieldLine) -> None:
        """Make an enum of ``status: enum (A, B)``, named after entity and field."""
        if line.type.name.lower() != "enum" or not line.unknown:
            return
        values = tuple(unquoted_value(piece) or piece for piece in line.unknown)
        enum = EnumSpec(name=entity + pascal_case(name), values=values)
        if enum.name not in self.names.declared:
            self.inline_enums.setdefault(enum.name, enum)
            self.lines_of_inline_enums.setdefault(enum.name, place)
        line.unknown.clear()
        line.type = FieldType(name=enum.name, is_list=line.type.is_list)
        line.notes.append(f"its values are the enum {enum.name}")

    def take_cardinality(self, line: FieldLine) -> None:
        """Take ``ManyToOne`` on a foreign key as what it is, ``OneToOne`` as unique; quote any other."""
        if line.cardinality is None or (line.foreign_key and line.cardinality is Cardinality.MANY_TO_ONE):
            return
        if line.foreign_key and line.cardinality is Cardinality.ONE_TO_ONE:
            line.said["unique"] = True
            return
        line.unknown.append(line.cardinality)

    def relation_of_field(self, line: FieldLine) -> Relation | None:
        """Return the relation that a field such as ``patient: Patient (ManyToOne relationship)`` is; None for data."""
        target = self.names.entity(line.type.name)
        if line.type.is_scalar or line.type.name in self.names.enums or target not in self.names.entities:
            return None
        suggested = Cardinality.ONE_TO_MANY if line.type.is_list else Cardinality.MANY_TO_ONE
        name = snake_case(line.name) or line.name
        return Relation(name=name, target=target, cardinality=line.cardinality or suggested)

    def foreign_key_of(self, relation: Relation, line: FieldLine) -> EntityField:
        """Return the foreign key field of a relation that was written as a field."""
        _, kind = self.keys.get(relation.target, NO_KEY)
        return EntityField(
            name=f"{relation.name}_id",
            type=FieldType(name=kind),
            optional=bool(line.said.get("optional")),
            unique=bool(line.said.get("unique")) or relation.cardinality is Cardinality.ONE_TO_ONE,
            index=bool(line.said.get("index")),
            foreign_key=relation.target,
            on_delete=line.on_delete,
        )

    def say_relation(self, entity: str, place: BlockLine, line: FieldLine, relation: Relation, key: str) -> None:
        """Say that a field is a relation and got its foreign key field, if any; quote modifiers without a place."""
        subject = f"{entity}.{relation.name}"
        self.say_name(entity, place, line.name, relation.name)
        message = f"{subject} is a relation ({relation.cardinality} to {relation.target})"
        step = f"Write “- {relation.name}: {relation.target} ({relation.cardinality})” under RELATIONS."
        if key:
            message = f"{subject} is a relation, so {entity} gets {key} (foreign key to {relation.target})"
            _, kind = self.keys.get(relation.target, NO_KEY)
            step = f"Write “- {key}: {kind} (foreign key to {relation.target})” and the relation under RELATIONS."
        self.findings.add("PT003", f"{message}.", step, place.number, place.column)
        carried = {"optional", "unique", "index"} if key else set()
        left = [
            f"{word} {value}" if value is not True else word for word, value in line.said.items() if word not in carried
        ]
        left += [f"on delete {line.on_delete}"] if line.on_delete and not key else []
        left += [f"foreign key to {line.foreign_key}"] if line.foreign_key not in {None, relation.target} else []
        self.say_reading(subject, place, line, [*left, *line.unknown])

    # --------------------------------------------------------------------------------------------------------- enums

    def enum(self, block: Block) -> EnumSpec:
        """Return the enum of a block."""
        name = self.named(block)
        values: list[str] = []
        for line in block.sections.get("VALUES", []):
            values.extend(self.enum_values(name, line))
        for key, lines in block.sections.items():
            for line in lines if key not in {"VALUES", "RULES"} else []:
                self.not_kept(name, line, f"an enum has no {key}")
        for key, (value, place) in block.values.items():
            self.not_kept(name, BlockLine(place.number, place.column, value), f"an enum has no {key}")
        return EnumSpec(name=name, values=tuple(values))

    def enum_values(self, name: str, line: BlockLine) -> list[str]:
        """Return the values of one line: separated by commas or bars, or one with a bullet."""
        values: list[str] = []
        for value, unknown in read_enum_line(line.item):
            values.append(value)
            if unknown:
                self.not_understood(f"{name}.{value}", line, [unknown])
        return values

    # ------------------------------------------------------------------------------------------------------ findings

    def not_understood(self, subject: str, place: BlockLine, pieces: list[str] | tuple[str, ...]) -> None:
        """Quote what nothing was made of."""
        message = f"{subject}: {quote(', '.join(pieces[:50]), 400)} was not understood and nothing was made of it."
        step = "Write it as a modifier of the grammar, say it as a sentence in the thread, or take it out."
        self.findings.add("PT001", message, step, place.number, place.column)

    def not_kept(self, subject: str, place: BlockLine, reason: str) -> None:
        """Quote a declaration that the models have no place for."""
        message = f"{subject}: {quote(place.item, 400)} was not kept, because {reason}."
        step = "Say it as behaviour in the thread, or write it under another key."
        self.findings.add("PT006", message, step, place.number, place.column)


def key_of(lines: list[tuple[BlockLine, FieldLine]]) -> tuple[str, str]:
    """Return name and type of an entity's primary key, as a foreign key to it must have."""
    keys = ((snake_case(line.name), line.type.name) for _, line in lines if line.said.get("primary_key"))
    return next(keys, NO_KEY)
