"""Reads the short form of entities: what people left as it was stays the very same, what they changed is read anew.

Each text is put together to a whole entity again, with what the form doesn't show, and read like any entity_specs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.documents.entities.cardinalities import cardinality_in, folded
from bot.documents.entities.entity_blocks import Block, BlockLine, class_name
from bot.documents.entities.entity_lines import Names
from bot.documents.entities.entity_marks import written_marks
from bot.documents.entities.entity_specs import Cardinality, Entity, EntityField, EntitySpecs, EnumSpec, FieldType
from bot.documents.entities.entity_specs_reader import Reader
from bot.documents.entities.entity_specs_writer import field_line, quoted_enum_value
from bot.documents.entities.field_types import read_type
from bot.documents.entities.key_relations import with_relations_of_keys
from bot.documents.entities.plain_ranges import says_many, with_plain_ranges
from bot.documents.entities.plain_types import in_grammar
from bot.documents.entities.renaming import with_names
from bot.documents.entities.short_form import field_lines, relation_lines, write_short_form
from bot.documents.entities.short_form_lines import (
    FormLine,
    FormText,
    SaidValues,
    as_value,
    lines_of,
    read_form_text,
    said_values,
    take_fields_back,
    things_in,
    without_type,
)
from bot.documents.entities.short_form_parts import with_fitting_defaults, without_unused, woven
from bot.documents.findings import Finding, Place
from bot.documents.naming import kebab_plural_path, pascal_case, snake_case, table_name
from bot.documents.text.quoted_text import split_brackets, split_commas
from bot.documents.text.reading import FindingList, quote

__all__ = ["FormProblem", "ShortFormReading", "read_short_form"]

TOLD = frozenset({"PT001", "PT005", "PT006", "PT007", "PT008"})
"""What a reader finds that people are to mend before their text counts; other findings say only what was mapped."""
KEY = EntityField(name="id", type=FieldType(name="int"), primary_key=True, auto_generated=True)
TIMESTAMPS = tuple(
    EntityField(name=name, type=FieldType(name="datetime"), auto_generated=True)
    for name in ("created_at", "updated_at")
)
CHOICES = frozenset({"role", "status", "state", "kind", "type", "level", "category", "stage"})
"""Names of fields that take one of some values."""
A_ROLE = "each user has a role: member, helper or manager"
"""How roles are told in a thread; the first is what everybody is who registers."""


@dataclass(frozen=True)
class FormProblem:
    """What is wrong with one text of a form, at a line of it from 1, or with all of it at 0."""

    text: int
    line: int
    message: str


@dataclass(frozen=True)
class ShortFormReading:
    """What the texts of a form make of specs, and what is wrong with them."""

    specs: EntitySpecs
    problems: tuple[FormProblem, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    """Subjects of the specs → their line, for checks to point at; `text_and_line` says where that is in the form."""
    lines: tuple[tuple[int, int], ...] = ()

    def text_and_line(self, place: Place) -> tuple[int, int]:
        """Return which text of the form a place is in, and its line there; the first text where that can't be told."""
        return self.lines[place.line - 1] if place.line and place.line <= len(self.lines) else (0, 0)


def read_short_form(before: EntitySpecs, texts: Sequence[str], further: str = "") -> ShortFormReading:
    """Return what edited texts say, one for each entity of ``before`` in order, and what ``further`` adds to them.

    Never raises: what can't be read is a problem, with what to do. Problems of ``further`` are those of the text after
    the last. Texts that say what they said give the same specs.
    """
    if not further.strip() and tuple(texts) == write_short_form(before):
        return ShortFormReading(before)
    return FormReader(before, texts, further).read()


@dataclass
class Thing:
    """One entity of the form: its text, what it was before, and its name from now on."""

    text: int
    head: int
    form: FormText
    name: str
    before: Entity | None = None


class FormReader:
    """Puts the texts of a form together to the blocks of entity_specs, and reads these."""

    def __init__(self, before: EntitySpecs, texts: Sequence[str], further: str) -> None:
        """Learn every name first: a link may stand before the thing that it leads to."""
        self.before = before
        self.origins: list[tuple[int, int]] = []
        self.problems: list[FormProblem] = []
        self.things = [*self.kept_things(texts), *self.new_things(further, len(texts))]
        self.names: dict[str, str] = {}
        for thing in self.things:
            for name in (thing.name, thing.before.name if thing.before else thing.name):
                self.names.setdefault(folded(name), thing.name)
        self.values = {enum.name: enum.values for enum in reversed(before.enums)}
        self.taken = {*self.values, *(thing.name for thing in self.things)}
        self.model = before.entities[0] if before.entities else None
        known = Names(frozenset(thing.name for thing in self.things))
        for thing in self.things:
            take_fields_back(thing.form, known)

    def kept_things(self, texts: Sequence[str]) -> list[Thing]:
        """Return the entities whose texts still say anything."""
        things: list[Thing] = []
        written = write_short_form(self.before)
        for number, (entity, text) in enumerate(zip(self.before.entities, texts, strict=True)):
            if (lines := lines_of(text)) or not written[number]:
                form = read_form_text(lines)
                things.append(Thing(number, 0, form, form.name or entity.name, entity))
        return things

    def new_things(self, further: str, number: int) -> list[Thing]:
        """Return the entities that come."""
        things: list[Thing] = []
        for head, *lines in things_in(further):
            spelled = head.text.removeprefix("ENTITY:").strip(" #:*`")
            name = class_name(spelled.partition("(")[0].strip(" :*`"))
            if ":" in spelled or not name.isidentifier():
                message = f"{quote(head.text, 60)} is no name. Begin another thing with its name alone, such as Review."
                self.problems.append(FormProblem(number, head.number, message))
                continue
            things.append(Thing(number, head.number, read_form_text(lines), name))
        return things

    def read(self) -> ShortFormReading:
        """Return the specs that the texts make, with every problem in the order of the form."""
        findings = FindingList("")
        blocks = [self.block(thing) for thing in self.things]
        enums = [self.enum_block(EnumSpec(name=name, values=values)) for name, values in self.values_in_order().items()]
        specs, places = Reader([*blocks, *enums], findings).read()
        for thing in self.things:
            self.problems += [FormProblem(thing.text, line, message) for line, message in thing.form.problems]
        renamed = {thing.before.name: thing.name for thing in self.things if thing.before}
        renamed = {old: new for old, new in renamed.items() if old != new}
        specs = with_names(specs, renamed)
        specs = with_relations_of_keys(with_names(self.before, renamed), with_fitting_defaults(specs))
        reading = ShortFormReading(without_unused(self.before, specs), (), places, tuple(self.origins))
        if not self.things and not self.problems:
            self.problems.append(FormProblem(0, 0, "At least one thing must stay. To end the plan, say `cancel`."))
        found = [problem_of(finding, reading) for finding in findings.findings if finding.rule in TOLD]
        ordered = sorted(dict.fromkeys([*self.problems, *found]), key=lambda each: (each.text, each.line))
        return ShortFormReading(reading.specs, tuple(ordered), places, reading.lines)

    def values_in_order(self) -> dict[str, tuple[str, ...]]:
        """Return the values of each enum, those that were there before in their order."""
        first = {enum.name: self.values[enum.name] for enum in self.before.enums}
        return first | {name: values for name, values in self.values.items() if name not in first}

    # -------------------------------------------------------------------------------------------------------- blocks

    def line(self, thing: Thing | None, number: int, text: str) -> BlockLine:
        """Return a line of a block, remembering where it came from."""
        self.origins.append((thing.text, number) if thing else (0, 0))
        return BlockLine(len(self.origins), 1, text)

    def block(self, thing: Thing) -> Block:
        """Return the whole block of an entity: what the form shows of it, and what it doesn't."""
        old = thing.before
        is_renamed = old is not None and old.name != thing.name
        marked = old.model_copy(update={"renamed_from": old.name}) if old and is_renamed else old
        head = self.line(thing, thing.head, thing.name)
        block = Block("ENTITY", head, thing.name + (written_marks(marked) if marked else ""))
        if old:
            table = table_name(thing.name) if is_renamed and old.table == table_name(old.name) else old.table
            is_usual = is_renamed and old.api_path == kebab_plural_path(old.name)
            path = kebab_plural_path(thing.name) if is_usual else old.api_path
            block.values = {"TABLE": (table, head), "API_PATH": (path, head)}
        block.sections["FIELDS"] = self.fields(thing)
        block.sections["RELATIONS"] = [*self.relations(thing), *block.sections.get("RELATIONS", [])]
        block.sections["RULES"] = [self.line(thing, line.number, line.text) for line in thing.form.sections["RULES"]]
        return block

    def fields(self, thing: Thing) -> list[BlockLine]:
        """Return the fields of an entity, with those that the form doesn't show where they stood."""
        old = thing.before
        written = field_lines(old, self.before) if old else []
        same = {line: field for field, line in reversed(written) if line}
        shown: list[tuple[str, BlockLine]] = []
        for line in thing.form.sections["FIELDS"]:
            if line.text in same:
                text = field_line(same[line.text], self.values)
            elif (read := self.field(thing, line)) is not None:
                text = read
            else:
                continue
            shown.append((line.name, self.line(thing, line.number, text)))
        if old is None:
            return self.with_usual_fields(thing, [line for _, line in shown])
        hidden = [(line.partition(":")[0], "" if line else field_line(one, self.values)) for one, line in written]
        return woven(hidden, shown, lambda text: self.line(thing, 0, text))

    def with_usual_fields(self, thing: Thing, shown: list[BlockLine]) -> list[BlockLine]:
        """Return the fields of a new entity with a key and timestamps, like those that there are."""
        model = self.model.fields if self.model else ()
        key = next((one for one in model if one.primary_key and not one.foreign_key), KEY)
        stamps = [one for one in model if one.is_timestamp] or TIMESTAMPS
        named = {line.text.partition(":")[0].strip() for line in shown}
        has_key = any("primary key" in line.text for line in shown)
        first = [] if has_key or key.name in named else [key]
        last = [one for one in stamps if one.name not in named]
        made = [[self.line(thing, 0, field_line(one)) for one in some] for some in (first, last)]
        return [*made[0], *shown, *made[1]]

    def relations(self, thing: Thing) -> list[BlockLine]:
        """Return the relations of an entity, with those that follow from its keys where they stood."""
        said = [(line.name, self.line(thing, line.number, line.text)) for line in thing.form.sections["RELATIONS"]]
        if thing.before is None:
            return [line for _, line in said]
        ways = {way.name: f"{way.name}: {way.target} ({way.cardinality})" for way in thing.before.relations}
        hidden = [(name, "" if line else ways[name]) for name, line in relation_lines(thing.before, self.before)]
        return woven(hidden, said, lambda text: self.line(thing, 0, text))

    def enum_block(self, enum: EnumSpec) -> Block:
        """Return the block of an enum."""
        values = ", ".join(map(quoted_enum_value, enum.values))
        return Block("ENUM", self.line(None, 0, enum.name), enum.name, {}, {"VALUES": [self.line(None, 0, values)]})

    # --------------------------------------------------------------------------------------------------------- lines

    def field(self, thing: Thing, line: FormLine) -> str | None:
        """Return a line that is new or changed in the grammar's words; None where it is wrong, which is noted."""
        name, colon, rest = line.text.partition(":")
        name, rest = name.strip(), rest.strip()
        if not colon or not rest or not line.name:
            thing.form.problems.append((line.number, without_type(line)))
            return None
        rest = with_plain_ranges(rest, self.taken)
        first = (split_commas(split_brackets(rest).head) or [""])[0]
        kind = read_type(first, self.taken)
        target = self.names.get(folded(kind.type.name)) if kind.type.name not in self.values else None
        said = said_values(rest, () if target and is_choice(line.name) else self.taken)
        if self.is_hidden(thing, line):
            roles = f" Say in the thread which there are, such as “{A_ROLE}”." if line.name == "role" else ""
            message = f"{snake_case(line.name)} is there already and is not edited here; take the line out.{roles}"
            thing.form.problems.append((line.number, message))
            return None
        if target and said is None and not first.startswith("enum"):
            is_optional = kind.optional or name.endswith("?")
            return self.link(thing, line, target, rest[len(first) :], is_optional, kind.type.is_list)
        if said is not None:
            return self.chosen(thing, line, name, said)
        return f"{name}: {in_grammar(first, rest[len(first) :], self.taken)}{rest[len(first) :]}"

    def is_hidden(self, thing: Thing, line: FormLine) -> bool:
        """Tell whether an entity has a field of that name which the form doesn't show, such as a key or a role."""
        shown = field_lines(thing.before, self.before) if thing.before else []
        return any(one.name == snake_case(line.name) and not text for one, text in shown)

    def link(
        self, thing: Thing, line: FormLine, target: str, rest: str, is_optional: bool, is_list: bool
    ) -> str | None:
        """Return the foreign key of a link to an entity."""
        said = cardinality_in(rest.replace("(", " ").replace(")", " ").replace(",", " "))
        stem = snake_case(line.name).removesuffix("_id")
        is_many = said and said.cardinality in {Cardinality.ONE_TO_MANY, Cardinality.MANY_TO_MANY}
        if is_list or is_many or says_many(rest):
            message = (
                f"{quote(line.text, 60)} is a list. Write “{stem or 'things'}: {target} (ManyToMany)” under a line "
                f"RELATIONS:, or in {target} a link to {thing.name}."
            )
            thing.form.problems.append((line.number, message))
            return None
        former = self.former(thing, rest)
        old = thing.before.field(f"{former or stem}_id") if thing.before else None
        marks = ["foreign key to " + target, *(["index"] if old and old.index else [])]
        marks += ["optional"] if is_optional else []
        if former and old:
            rest = rest.replace(former, f"{former}_id")
        return f"{stem}_id: {self.key_type(target)} ({', '.join(marks)}){rest}"

    def key_type(self, target: str) -> str:
        """Return the type of the primary key of an entity."""
        of = next((one.before for one in self.things if one.name == target and one.before), self.model)
        key = of.primary_key if of else None
        return key.type.name if key else KEY.type.name

    def chosen(self, thing: Thing, line: FormLine, name: str, said: SaidValues) -> str:
        """Return a field that takes one of some values; the enum keeps its name where the field had one."""
        former = self.former(thing, ", ".join(said.modifiers)) or snake_case(line.name)
        old = thing.before.field(former) if thing.before else None
        known = self.before.enum_of(old)
        values = tuple(dict.fromkeys(as_value(value, known.values if known else ()) for value in said.values))
        enum = self.enum_for(thing, line.name, known, values)
        tail = f" {said.unknown}" if said.unknown else ""
        return f"{name}: {enum} ({', '.join(('enum', *said.modifiers))}){tail}"

    def enum_for(self, thing: Thing, name: str, known: EnumSpec | None, values: tuple[str, ...]) -> str:
        """Return the name of the enum that has these values for a field, which may be another field's too."""
        if known:
            users = [one for each in self.before.entities for one in each.fields if one.type.name == known.name]
            if len(users) == 1 or values == known.values:
                self.values[known.name] = values
                return known.name
        wanted = thing.name + pascal_case(name)
        while wanted in self.taken and self.values.get(wanted) != values:
            wanted += "Value"
        self.taken.add(wanted)
        self.values[wanted] = values
        return wanted

    def former(self, thing: Thing, rest: str) -> str:
        """Return the former name that a line gives its field, where there is such a field or link."""
        _, found, spelled = rest.replace("renamed_from", "renamed from").partition("renamed from ")
        word = snake_case((spelled.replace(")", ",").split(",")[0]).strip(" `\"'")) if found else ""
        fields = {one.name for one in thing.before.fields} if thing.before else set()
        return word if {word, f"{word}_id"} & fields else ""


def is_choice(name: str) -> bool:
    """Tell whether a field of that name takes one of some values, also where one is called like an entity."""
    return snake_case(name).split("_")[-1] in CHOICES


def problem_of(finding: Finding, reading: ShortFormReading) -> FormProblem:
    """Return a reader's finding as a problem of the form."""
    return FormProblem(*reading.text_and_line(finding.place), f"{finding.message} {finding.next_step}")
