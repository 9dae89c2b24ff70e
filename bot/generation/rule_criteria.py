"""One EARS criterion for each declared rule, which also says what the rule's words leave open."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.entities.declared_rules import (
    ActionByOwner,
    ActionByRole,
    AtMost,
    DeclaredRule,
    DerivedMoment,
    LatestAfter,
    NoOverlap,
    OneOpen,
    OnlyWhile,
    Span,
    Transition,
)
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.entities.rule_lines import written_value
from bot.documents.entities.rule_words import in_period
from bot.generation.names import article, entity_names, words
from bot.generation.rule_fields import initial_values, rules_of

__all__ = ["rule_sentences"]

REFUSED = "THEN THE System SHALL answer 409 with the words of the rule and change nothing."
FORBIDDEN = "THEN THE System SHALL answer 403 with the words of the rule and change nothing."


def rule_sentences(entity: Entity, specs: EntitySpecs) -> Iterator[str]:
    """Yield the criterion of each rule of an entity, in order."""
    return (rule_sentence(rule, entity, specs) for rule in entity.rules)


def rule_sentence(rule: DeclaredRule, entity: Entity, specs: EntitySpecs) -> str:
    """Say what the service does about a rule."""
    names = entity_names(entity)
    one, many = article(names.label), names.plural
    match rule:
        case Transition():
            return transition_sentence(rule, entity, specs)
        case OneOpen():
            return (
                f"IF {one} would be a second one with the same {words(rule.relation)} and no {words(rule.until)}, "
                f"{REFUSED}"
            )
        case DerivedMoment():
            return (
                f"WHEN {one} is stored, THE System SHALL set its {words(rule.field)} to its {words(rule.source)} and "
                f"{span_words(rule.span)}, and never take it from a client."
            )
        case NoOverlap():
            return overlap_sentence(rule, entity)
        case LatestAfter():
            return (
                f"IF the {words(rule.field)} of {one} is more than {span_words(rule.span)} after its "
                f"{words(rule.after)}, {REFUSED}"
            )
        case ActionByOwner():
            return (
                f"IF an account that neither is the {words(rule.field)} of {one} nor manages accounts asks for "
                f"“{words(rule.action)}” of {many}, {FORBIDDEN}"
            )
        case ActionByRole():
            roles = " or ".join(map(written_value, rule.roles))
            return (
                f"IF an account that neither has the role {roles} nor manages accounts asks for "
                f"“{words(rule.action)}” of {many}{owner_apart(rule, entity)}, {FORBIDDEN}"
            )
        case OnlyWhile():
            return while_sentence(rule, entity, specs)
        case AtMost():
            return count_sentence(rule, one)


def count_sentence(rule: AtMost, one: str) -> str:
    """Say which row is one too many; ``one``: a row with its article."""
    most, held = f"as many as its {words(rule.limit)}" if rule.limit else f"{rule.count}", article(words(rule.relation))
    if rule.status:
        state = f" with the {words(rule.status)} {' or '.join(map(written_value, rule.values))}"
        return f"IF {one}{state} would be one more for {held} that has {most} such already, {REFUSED}"
    if rule.day:
        return (
            f"IF {one} would be one more for {held} that has {most} with the same {words(rule.day)} already, {REFUSED}"
        )
    without = f" without {article(words(rule.until))}" if rule.until else ""
    return f"IF {one} would be one more for {held} that has {most}{without} already, {REFUSED}"


def owner_apart(rule: ActionByRole, entity: Entity) -> str:
    """Say whom a row itself names for an action that is left to roles too: either is enough."""
    owners = [words(each.field) for each in rules_of(entity, ActionByOwner) if each.action == rule.action]
    return f" and is not its {owners[0]}" if owners else ""


def transition_sentence(rule: Transition, entity: Entity, specs: EntitySpecs) -> str:
    """Say how a status begins, and how it goes on."""
    one = article(entity_names(entity).label)
    first = " or ".join(map(written_value, initial_values(rule, entity, specs)))
    ways = "; ".join(
        f"{written_value(way.source)} to {' or '.join(map(written_value, way.targets))}" for way in rule.changes
    )
    return (
        f"IF a client creates {one} with a {words(rule.field)} other than {first}, or changes it otherwise than "
        f"from {ways}, {REFUSED}"
    )


def while_sentence(rule: OnlyWhile, entity: Entity, specs: EntitySpecs) -> str:
    """Say what is refused while a status does not allow it."""
    one = article(entity_names(entity).label)
    state = state_words(rule, entity, specs)
    if rule.action == "create":
        return f"IF a client creates {one} {state}, or lets one name such {article(words(rule.relation))}, {REFUSED}"
    has_steps = any(each.field == rule.field for each in rules_of(entity, Transition)) and not rule.relation
    apart = f", the steps of its {words(rule.field)} apart" if has_steps and rule.action == "update" else ""
    verb = {"update": "changes", "delete": "deletes"}.get(rule.action, words(rule.action))
    return f"IF a client {verb} {one} {state}{apart}, {REFUSED}"


def state_words(rule: OnlyWhile, entity: Entity, specs: EntitySpecs) -> str:
    """Say which rows a status holds back: ``whose kiln has a status other than working or idle``."""
    key = entity.key_along(rule.relation) if rule.relation else None
    holder = specs.entity(key.foreign_key or "") if key else entity
    status = holder.field(rule.field) if holder else None
    who, name = f"whose {words(rule.relation)}" if rule.relation else "that", words(rule.field)
    if status is None or status.type.name != "bool":
        return f"{who} has {article(name)} other than {' or '.join(map(written_value, rule.values))}"
    if name.split()[0] in {"has", "can", "may", "must", "was", "needs"}:
        return f"{who} has “{name}” other than {' or '.join(rule.values)}"
    return f"{who} is {'not ' if 'true' in rule.values else ''}{name.removeprefix('is ')}"


def overlap_sentence(rule: NoOverlap, entity: Entity) -> str:
    """Say which periods are in each other's way."""
    start = entity.field(rule.start)
    is_date = start is not None and start.type.name == "date"
    bounds = "the last day included" if is_date else "the moment of the end not included"
    return (
        f"IF the period {in_period(rule.start, rule.end)} of {article(entity_names(entity).label)}, "
        f"{bounds} and without an end for ever, overlaps that of another one with the same {words(rule.relation)}"
        f"{left_out_words(rule)}, or ends before it begins, {REFUSED}"
    )


def left_out_words(rule: NoOverlap) -> str:
    """Say which rows are in nobody's way: ``, neither of them with the status cancelled``."""
    if not rule.unless:
        return ""
    return f", neither of them with the {words(rule.unless)} {' or '.join(map(written_value, rule.values))}"


def span_words(span: Span) -> str:
    """Spell a span: ``1 day``, ``14 days``."""
    return f"{span.count} {span.unit.value.removesuffix('s') if span.count == 1 else span.unit.value}"
