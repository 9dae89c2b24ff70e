"""The RULES sections of entity_specs: each rule goes to the entity that it is about, wherever it is written."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.entities.cardinalities import folded
from bot.documents.entities.declared_rules import RULE_FORMS, DeclaredRule, StatusChange, Transition, rule_subject
from bot.documents.entities.entity_blocks import NOTHING, Block, BlockLine, block_name
from bot.documents.entities.entity_lines import Names
from bot.documents.entities.entity_specs import EntitySpecs, EnumSpec
from bot.documents.entities.rule_lines import continues_transition, is_transition, read_rule_line, write_rule
from bot.documents.findings import Place
from bot.documents.text.reading import FindingList, quote

__all__ = ["read_rules"]


def read_rules(
    blocks: list[Block], specs: EntitySpecs, names: Names, findings: FindingList, places: dict[str, Place]
) -> EntitySpecs:
    """Return the specs with the rules of every RULES section; what is no rule is quoted, places are noted."""
    collector = Collector(specs, names, findings, places)
    for block in blocks:
        host = block_name(block) if block.kind == "ENTITY" else ""
        for line in rule_items(block.sections.get("RULES", [])):
            collector.take(host, line)
    return collector.specs_with_rules()


class Collector:
    """Collects the rules of a document by entity."""

    def __init__(self, specs: EntitySpecs, names: Names, findings: FindingList, places: dict[str, Place]) -> None:
        """Begin without rules."""
        self.specs = specs
        self.names = names
        self.findings = findings
        self.places = places
        self.enums = {
            (entity.name, field.name): field.type.name for entity in specs.entities for field in entity.fields
        }
        self.values = {enum.name: enum for enum in reversed(specs.enums)}
        self.rules: dict[str, list[DeclaredRule]] = {}

    def take(self, host: str, line: BlockLine) -> None:
        """Read one rule of a block; ``host`` is the entity whose block it is, or empty."""
        reading = read_rule_line(line.item, self.names)
        entity = reading.entity or host
        if reading.rule is None or not entity:
            self.not_kept(entity, line, reading.problem or "it does not say which entity it is about")
            return
        rule = reading.rule
        if isinstance(rule, Transition):
            enum = self.values.get(self.enums.get((entity, rule.field), ""))
            rule = with_declared_values(rule, enum, reading.renamed)
        rules = self.rules.setdefault(entity, [])
        rules.append(rule)
        self.places[rule_subject(entity, len(rules))] = Place(
            file=self.findings.file, line=line.number, column=line.column
        )
        step = f"Write {quote(write_rule(rule), 400)}."
        for id_of_rule, notes in (("PT002", reading.renamed), ("PT003", reading.notes)):
            for note in notes:
                self.findings.add(id_of_rule, f"A rule of {entity}: {note}.", step, line.number, line.column)

    def not_kept(self, entity: str, line: BlockLine, reason: str) -> None:
        """Quote a line that is no rule."""
        message = f"{entity or 'RULES'}: {quote(line.item, 400)} was not kept, because {reason}."
        step = f"Write one of these: {'; '.join(RULE_FORMS)}. Or say it as behaviour in the thread."
        self.findings.add("PT006", message, step, line.number, line.column)

    def specs_with_rules(self) -> EntitySpecs:
        """Return the specs with the rules; of two entities with one name, the first has them."""
        if not self.rules:
            return self.specs
        left = dict(self.rules)
        entities = tuple(
            entity.model_copy(update={"rules": tuple(left.pop(entity.name))}) if entity.name in left else entity
            for entity in self.specs.entities
        )
        return self.specs.model_copy(update={"entities": entities})


def rule_items(lines: list[BlockLine]) -> Iterator[BlockLine]:
    """Yield the rules of a section, the ways of a transition on lines of their own joined to it."""
    current: BlockLine | None = None
    ways: list[str] = []
    for line in lines:
        if current and is_transition(current.item) and continues_transition(line.item):
            ways.append(line.item)
            continue
        if current:
            yield joined(current, ways)
        current, ways = (None if line.item.lower() in NOTHING else line), []
    if current:
        yield joined(current, ways)


def joined(line: BlockLine, ways: list[str]) -> BlockLine:
    """Return a transition's line with further ways after it."""
    if not ways:
        return line
    head = line.item.rstrip(" ,;")
    between = " " if head.endswith(":") else ", "
    return BlockLine(line.number, line.column, head + between + ", ".join(way.strip(" ,;") for way in ways))


def with_declared_values(rule: Transition, enum: EnumSpec | None, renamed: list[str]) -> Transition:
    """Return a transition whose values are spelled as its enum has them; each other spelling is noted."""
    alike: dict[str, dict[str, None]] = {}
    for value in enum.values if enum else ():
        alike.setdefault(folded(value), {})[value] = None
    spelled: dict[str, str] = {}
    for value in dict.fromkeys(value for pair in rule.pairs() for value in pair):
        found = alike.get(folded(value), {})
        spelled[value] = value if value in found or len(found) != 1 else next(iter(found))
        if spelled[value] != value:
            renamed.append(f"{quote(value)} is called {spelled[value]}")
    changes: dict[str, dict[str, None]] = {}
    for source, target in rule.pairs():
        changes.setdefault(spelled[source], {})[spelled[target]] = None
    return Transition(
        field=rule.field,
        changes=tuple(StatusChange(source=source, targets=tuple(targets)) for source, targets in changes.items()),
    )
