"""The RULES sections of entity_specs: each rule goes to the entity that it is about, wherever it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.documents.entities.accounts import roles_known
from bot.documents.entities.cardinalities import folded
from bot.documents.entities.declared_rules import (
    RULE_FORMS,
    ActionByRole,
    AtMost,
    DeclaredRule,
    NoOverlap,
    OnlyWhile,
    StatusChange,
    Transition,
    rule_subject,
)
from bot.documents.entities.entity_blocks import NOTHING, Block, BlockLine, block_name
from bot.documents.entities.entity_lines import Names
from bot.documents.entities.entity_specs import EntitySpecs, EnumSpec, ForeignKeys
from bot.documents.entities.rule_lines import continues_transition, is_transition, read_rule_line, write_rule
from bot.documents.findings import Place
from bot.documents.naming import snake_case
from bot.documents.text.reading import FindingList, quote

__all__ = ["read_rules"]

TRUTHS = {"yes": "true", "no": "false"}


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
        self.keys = {entity.name: ForeignKeys(entity) for entity in reversed(specs.entities)}
        self.rules: dict[str, list[DeclaredRule]] = {}

    def take(self, host: str, line: BlockLine) -> None:
        """Read one rule of a block; ``host`` is the entity whose block it is, or empty."""
        reading = read_rule_line(line.item, self.names)
        entity = reading.entity or host
        if reading.rule is None or not entity:
            self.not_kept(entity, line, reading.problem or "it does not say which entity it is about")
            return
        rule = self.in_declared_words(entity, reading.rule, reading.renamed)
        rules = self.rules.setdefault(entity, [])
        rules.append(rule)
        self.places[rule_subject(entity, len(rules))] = Place(
            file=self.findings.file, line=line.number, column=line.column
        )
        step = f"Write {quote(write_rule(rule), 400)}."
        for id_of_rule, notes in (("PT002", reading.renamed), ("PT003", reading.notes)):
            for note in notes:
                self.findings.add(id_of_rule, f"A rule of {entity}: {note}.", step, line.number, line.column)

    def in_declared_words(self, entity: str, rule: DeclaredRule, renamed: list[str]) -> DeclaredRule:
        """Return a rule whose values are spelled as they are declared; each other spelling is noted."""
        if isinstance(rule, Transition):
            return with_declared_values(rule, self.values.get(self.enums.get((entity, rule.field), "")), renamed)
        if isinstance(rule, AtMost) and rule.status:
            of_field = self.enums.get((entity, rule.status), "")
            return with_spelled_values(rule, self.values.get(of_field), renamed, is_truth=of_field == "bool")
        if isinstance(rule, NoOverlap) and rule.unless:
            of_field = self.enums.get((entity, rule.unless), "")
            return with_spelled_values(rule, self.values.get(of_field), renamed, is_truth=of_field == "bool")
        if isinstance(rule, ActionByRole):
            roles = spellings(rule.roles, roles_known(self.specs), renamed).values()
            return rule.model_copy(update={"roles": tuple(dict.fromkeys(roles))})
        if not isinstance(rule, OnlyWhile):
            return rule
        keys = self.keys.get(entity)
        key = keys.along(rule.relation) if keys and rule.relation else None
        if rule.relation == snake_case(entity) and key is None:
            rule = rule.model_copy(update={"relation": ""})
        of_field = self.enums.get((key.foreign_key or "" if key else entity, rule.field), "")
        return with_spelled_values(rule, self.values.get(of_field), renamed, is_truth=of_field == "bool")

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
    spelled = spellings([value for pair in rule.pairs() for value in pair], enum.values if enum else (), renamed)
    changes: dict[str, dict[str, None]] = {}
    for source, target in rule.pairs():
        changes.setdefault(spelled[source], {})[spelled[target]] = None
    return Transition(
        field=rule.field,
        changes=tuple(StatusChange(source=source, targets=tuple(targets)) for source, targets in changes.items()),
    )


def with_spelled_values[Rule: (AtMost, NoOverlap, OnlyWhile)](
    rule: Rule, enum: EnumSpec | None, renamed: list[str], *, is_truth: bool
) -> Rule:
    """Return a rule whose values are spelled as its enum has them, or as true and false; other spellings are noted."""
    spelled = spellings(rule.values, ("true", "false") if is_truth else enum.values if enum else (), renamed)
    for value, truth in TRUTHS.items() if is_truth else ():
        if value in spelled:
            spelled[value] = truth
            renamed.append(f"{quote(value)} is called {truth}")
    return rule.model_copy(update={"values": tuple(dict.fromkeys(spelled.values()))})


def spellings(said: Iterable[str], declared: Iterable[str], renamed: list[str]) -> dict[str, str]:
    """Return each value as it is declared, where one is spelled alike; each other spelling is noted."""
    alike: dict[str, dict[str, None]] = {}
    for value in declared:
        alike.setdefault(folded(value), {})[value] = None
    spelled: dict[str, str] = {}
    for value in dict.fromkeys(said):
        found = alike.get(folded(value), {})
        spelled[value] = value if value in found or len(found) != 1 else next(iter(found))
        if spelled[value] != value:
            renamed.append(f"{quote(value)} is called {spelled[value]}")
    return spelled
