"""Rules over declared rules: they name what is there, fit its types, and don't contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.checks.cycles import find_cycles
from bot.checks.entity_specs import ENTITY_RULES
from bot.checks.registry import Problem, quote
from bot.checks.rule_owner import CORRECT_IT, Owner, beginnings, for_each_rule, listed, owners, reachable, spelled
from bot.documents.entities.declared_rules import (
    ACTIONS,
    MOMENTS,
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
    TimeUnit,
    Transition,
    counting_status,
    fields_of,
    rule_subject,
)
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.findings import Severity
from bot.documents.naming import snake_case

__all__ = ["UNDER_WAY"]

rule = ENTITY_RULES.rule

LONGEST_SPAN = 100 * 365 * 24
"""Hours; a longer span than a hundred years is a slip, and runs past the last date that Python knows."""

UNDER_WAY = frozenset(
    {
        "active", "assigned", "awaiting", "blocked", "confirming", "created", "draft", "drafted", "hold", "idle", "new",
        "open", "opened", "paused", "pending", "planned", "preparing", "processing", "progress", "queued", "ready",
        "requested", "reserved", "review", "running", "scheduled", "started", "submitted", "suspended", "todo",
        "waiting",
    }
)  # fmt: skip
"""Words of a value that say that something is still to come, so that it is no plausible end."""


@rule(
    "PT261",
    "A rule names fields that are there, a relation that is one of its entity's foreign keys, and its own entity",
    Severity.ERROR,
    "A rule about something that isn't there can never be kept.",
)
@for_each_rule
def names_what_is_there(owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
    """Find names that the entity doesn't have."""
    name_of_owner = owner.entity.name
    for name in dict.fromkeys(fields_of(declared)):
        if name not in owner.fields:
            yield f"there is no field {quote(name)}.", f"The fields are: {listed(owner.fields)}."
    relation = relation_of(declared)
    if relation is not None and owner.keys.along(relation) is None:
        step = f"Its foreign keys are: {listed(owner.keys.by_name)}."
        yield f"{quote(relation)} is no foreign key of {name_of_owner}.", step
    if isinstance(declared, OnlyWhile) and declared.relation and (holder := owner.looked_at(declared)):
        names = owner.all_fields[holder]
        if declared.field not in names:
            yield f"{holder} has no field {quote(declared.field)}.", f"Its fields are: {listed(names)}."
    if isinstance(declared, AtMost) and declared.limit and (holder := owner.looked_at(declared)):
        names = owner.all_fields[holder]
        if declared.limit not in names:
            yield f"{holder} has no field {quote(declared.limit)}.", f"Its fields are: {listed(names)}."
    if isinstance(declared, OneOpen | AtMost) and declared.entity != name_of_owner:
        step = f"Write {name_of_owner}, or move the rule to the entity that it is about."
        yield f"{quote(declared.entity)} is not the entity that it stands in.", step


def relation_of(declared: DeclaredRule) -> str | None:
    """Return the relation that a rule names, or None."""
    match declared:
        case OneOpen() | NoOverlap() | AtMost():
            return declared.relation
        case ActionByOwner():
            return declared.field
        case OnlyWhile():
            return declared.relation or None
        case _:
            return None


@rule(
    "PT262",
    "A rule fits the types: a transition an enum, “only while”, “unless” and “while” an enum or a bool, spans and "
    "periods dates or moments, "
    "“until” one that may be empty, "
    "“at most” a whole number",
    Severity.ERROR,
    "A rule that can't be applied to its field's values would be left out silently.",
)
@for_each_rule
def fits_types(owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
    """Find rules whose fields have other types than the form needs; missing fields are another rule's."""
    if isinstance(declared, OnlyWhile):
        status = owner.status(declared)
        if status is not None and not owner.values(declared):
            message = f"{declared.path} is {type_of(status)}, and only an enum or a bool tells how something is."
            yield message, CORRECT_IT
        return
    fields = [owner.fields.get(name) for name in fields_of(declared)]
    found = [field for field in fields if field is not None]
    if len(found) < len(fields):
        return
    yield from ((message, CORRECT_IT) for message in unfit(owner, declared, found))


def unfit(owner: Owner, declared: DeclaredRule, fields: Sequence[EntityField]) -> Iterator[str]:
    """Say how a rule does not fit the fields that it names, which come in their order."""
    match declared:
        case Transition():
            if fields[0].type.name not in owner.enums or fields[0].type.is_list:
                yield f"{declared.field} is {type_of(fields[0])}, and only an enum has values to go through."
        case OneOpen():
            yield from unfit_moments(fields)
            yield from never_open(fields[0])
        case DerivedMoment():
            yield from unfit_derivation(fields[0], fields[1], declared.span)
        case NoOverlap():
            yield from unfit_period(fields[0], fields[1])
            if declared.unless and not owner.values(declared):
                yield no_status(fields[2])
        case LatestAfter():
            yield from unfit_pair(fields[0], fields[1], declared.span)
        case AtMost():
            yield from unfit_count(owner, declared, fields)
        case ActionByOwner() | ActionByRole() | OnlyWhile():
            return


def never_open(until: EntityField) -> Iterator[str]:
    """Find a field that is never empty, where a row is open as long as it is."""
    if not until.optional:
        yield f"{until.name} is required, so no row could ever be open; make it Optional[…]."


def unfit_count(owner: Owner, declared: AtMost, fields: Sequence[EntityField]) -> Iterator[str]:
    """Find a number that is none, and what is never empty though only what is empty counts."""
    for field in fields:
        if field.name == declared.status:
            yield from () if owner.values(declared) else (no_status(field),)
        elif field.name == declared.day:
            yield from () if field.type.name == "date" and not field.type.is_list else (no_day(field),)
        else:
            yield from unfit_moments([field])
            yield from never_open(field)
    holder = owner.looked_at(declared) if declared.limit else None
    number = owner.all_fields[holder].get(declared.limit) if holder else None
    if number is not None and (number.type.name != "int" or number.type.is_list):
        yield f"{declared.number} is {type_of(number)}, and only a whole number tells how many there may be."


def no_day(field: EntityField) -> str:
    """Say of a field that it is no date."""
    return f"{field.name} is {type_of(field)}, and only a date tells of which day a row is."


def no_status(field: EntityField) -> str:
    """Say of a field that it is no status."""
    return f"{field.name} is {type_of(field)}, and only an enum or a bool tells how something is."


def type_of(field: EntityField) -> str:
    """Return a field's type in words."""
    return f"a list of {field.type.name}" if field.type.is_list else field.type.name


def unfit_moments(fields: Iterable[EntityField]) -> Iterator[str]:
    """Find fields that are neither date nor datetime, each once."""
    for field in dict.fromkeys(fields):
        if field.type.name not in MOMENTS or field.type.is_list:
            yield f"{field.name} is {type_of(field)}, and it must be a date or a datetime."


def unfit_derivation(field: EntityField, source: EntityField, span: Span) -> Iterator[str]:
    """Find what keeps a field from being derived from another."""
    wrong = list(unfit_moments((field, source)))
    yield from wrong
    if wrong:
        return
    if field.type.name == "datetime" and source.type.name == "date":
        yield f"{field.name} is a datetime and {source.name} a date, which has no time of day."
    elif field.type.name == "date" and span.unit is TimeUnit.HOURS:
        yield f"{field.name} is a date, which hours can't be added to; count in days."
    if source.optional and not field.optional:
        yield f"{source.name} may be empty and {field.name} may not; make both Optional[…], or neither."


def unfit_period(start: EntityField, end: EntityField) -> Iterator[str]:
    """Find what keeps two fields from being a period; an empty end is one that goes on."""
    wrong = list(unfit_moments((start, end)))
    yield from wrong
    if wrong:
        return
    if start.type != end.type:
        yield f"{start.name} is a {start.type.name} and {end.name} a {end.type.name}; give both one type."
    if start.optional:
        yield f"{start.name} may be empty, and a period without a beginning overlaps everything."


def unfit_pair(field: EntityField, after: EntityField, span: Span) -> Iterator[str]:
    """Find what keeps two fields from being compared."""
    wrong = list(unfit_moments((field, after)))
    yield from wrong
    if wrong:
        return
    if field.type != after.type:
        yield f"{field.name} is a {field.type.name} and {after.name} a {after.type.name}; give both one type."
    elif field.type.name == "date" and span.unit is TimeUnit.HOURS:
        yield f"{field.name} is a date, which has no hours; count in days."


@rule(
    "PT263",
    "A transition leads from one value of the field's enum to another; “only while”, “unless” and “while” name some of "
    "its own",
    Severity.ERROR,
    "A value that the enum doesn't have can't be stored; a change to the same value is none.",
)
@for_each_rule
def leads_between_values(owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
    """Find values that the field doesn't have, and ways that lead back to where they began at once."""
    if not isinstance(declared, Transition | OnlyWhile | NoOverlap | AtMost):
        return
    values = dict.fromkeys(owner.values(declared))
    if isinstance(declared, OnlyWhile):
        named, field = declared.values, declared.path
    elif isinstance(declared, NoOverlap | AtMost):
        named, field = declared.values, counting_status(declared)
    else:
        named, field = tuple(value for pair in declared.pairs() for value in pair), declared.field
    for value in dict.fromkeys(named) if values else ():
        if value not in values:
            yield f"{quote(value)} is no value of {field}.", f"The values are: {listed(values)}."
    if not isinstance(declared, Transition):
        return
    for source, target in declared.pairs():
        if source == target:
            yield f"{quote(source)} leads to itself.", "Take that way out: staying as it is needs no rule."


@rule(
    "PT264",
    "Every value of a status can be reached from the first one, which is the default or the enum's first value",
    Severity.WARNING,
    "A value that no way leads to is dead, and usually a way was forgotten.",
)
@for_each_rule
def reaches_every_value(owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
    """Find values that no row can come to.

    A status without a default is given by the client, so every value that something leads on from may be a beginning.
    """
    values = owner.values(declared)
    if not isinstance(declared, Transition) or not values:
        return
    reached = reachable(declared, beginnings(declared, owner.fields[declared.field], values))
    for value in values:
        if value not in reached:
            yield f"no way leads to {quote(value)}.", f"Add the way that leads to {value}, or take the value out."


@rule(
    "PT265",
    "A status does not end by mistake: its first value can be left, and no way ends at a value that is still under way",
    Severity.WARNING,
    "A row that comes to such a value stays there for good; an end such as CLOSED, PAID or CANCELLED is meant.",
)
@for_each_rule
def has_no_dead_end(owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
    """Find defaults that can't be left, and ends whose name says that something is still to come (`UNDER_WAY`)."""
    values = owner.values(declared)
    if not isinstance(declared, Transition) or not values:
        return
    left = {change.source for change in declared.changes}
    default = owner.fields[declared.field].default
    first = default if default in values else values[0]
    if first not in left:
        yield f"rows begin at {quote(first)}, and no way leads on from it.", f"Add the ways that lead on from {first}."
    ends = dict.fromkeys(target for _, target in declared.pairs() if target not in left and target in values)
    for value in ends:
        if value != first and UNDER_WAY.intersection(snake_case(value).split("_")):
            step = f"Add the ways that lead on from {value}, unless it is an end."
            yield f"{quote(value)} sounds as if something were to follow, and no way leads on from it.", step


@rule(
    "PT266",
    "A span is at least one day or hour and at most a hundred years",
    Severity.ERROR,
    "Nothing is derived by adding nothing, and dates end with the year 9999.",
)
@for_each_rule
def has_possible_span(_owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
    """Find spans that are too short or too long."""
    if isinstance(declared, (DerivedMoment, LatestAfter)) and not 1 <= declared.span.hours <= LONGEST_SPAN:
        yield f"{declared.span.count} {declared.span.unit} can't be a span.", CORRECT_IT


@rule(
    "PT267",
    "The rules of an entity don't repeat or contradict each other",
    Severity.ERROR,
    "Of two rules about the same thing, one would win, and nobody decided which.",
)
def agrees_with_others(specs: EntitySpecs) -> Iterator[Problem]:
    """Find rules about what another rule decides already, otherwise or in the same words."""
    for owner in owners(specs):
        first: dict[tuple[str, ...], DeclaredRule] = {}
        for number, declared in enumerate(owner.entity.rules, start=1):
            decided = decides(owner, declared)
            earlier = first.get(decided)
            if earlier is None:
                first[decided] = declared
                continue
            says = "the same again" if earlier == declared else f"something else than {spelled(earlier)}"
            message = f"{spelled(declared)} of {owner.entity.name} says {says}."
            yield Problem(rule_subject(owner.entity.name, number), message, "Keep one of them.")
        yield from contradictions(owner.entity)


def decides(owner: Owner, declared: DeclaredRule) -> tuple[str, ...]:
    """Return what a rule decides, the same for two rules of which only one can hold."""
    match declared:
        case Transition() | DerivedMoment():
            return (declared.kind, declared.field)
        case OneOpen():
            return (declared.kind, declared.entity, along(owner, declared.relation))
        case NoOverlap():
            return (declared.kind, declared.start, declared.end, along(owner, declared.relation))
        case LatestAfter():
            return (declared.kind, declared.field, declared.after)
        case AtMost():
            counted = (declared.day, declared.until, declared.status, *declared.values)
            return (declared.kind, declared.entity, along(owner, declared.relation), *counted)
        case ActionByOwner() | ActionByRole():
            return (declared.kind, declared.action)
        case OnlyWhile():
            return (declared.kind, declared.action, along(owner, declared.relation), declared.field)


def along(owner: Owner, relation: str) -> str:
    """Return the foreign key that a relation means, or the relation where there is none."""
    key = owner.keys.along(relation)
    return key.name if key else relation


def contradictions(entity: Entity) -> Iterator[Problem]:
    """Find derivations in a circle, fields held against themselves, and derived spans beyond what is allowed."""
    derived: dict[str, DerivedMoment] = {}
    for declared in entity.rules:
        if isinstance(declared, DerivedMoment):
            derived.setdefault(declared.field, declared)
    for cycle in find_cycles({name: (declared.source,) for name, declared in derived.items()}):
        subject = rule_subject(entity.name, entity.rules.index(derived[cycle[0]]) + 1)
        message = f"{' → '.join(cycle)} of {entity.name} are derived from each other."
        yield Problem(subject, message, "Say which of them a client gives, and take its rule out.")
    for number, declared in enumerate(entity.rules, start=1):
        subject = rule_subject(entity.name, number)
        if isinstance(declared, NoOverlap) and declared.start == declared.end:
            yield Problem(subject, f"{spelled(declared)} of {entity.name} begins where it ends.", "Name two fields.")
        if not isinstance(declared, LatestAfter):
            continue
        if declared.field == declared.after:
            message = f"{spelled(declared)} of {entity.name} holds a field against itself."
            yield Problem(subject, message, "Name two fields.")
        made = derived.get(declared.field)
        if made and made.source == declared.after and made.span.hours > declared.span.hours:
            message = f"{spelled(declared)} of {entity.name} forbids what {spelled(made)} derives."
            yield Problem(subject, message, "Make one of the spans fit the other.")


@rule(
    "PT268",
    "An action is open only to an account: the field is a foreign key to the entity that people log in with",
    Severity.ERROR,
    "Only an account can ask for anything; a row of another entity can't be compared with who asks.",
)
@for_each_rule
def names_an_account(owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
    """Find owners that are no account; without a marked one, User, Account and entities with an e-mail address are."""
    key = owner.keys.along(declared.field) if isinstance(declared, ActionByOwner) else None
    target = key.foreign_key if key else None
    if target is None or target in owner.accounts:
        return
    step = f"Mark it as “ENTITY: {target} (account)”, or name the foreign key to the account."
    yield f"{quote(target)} is not what people log in with.", step


@rule(
    "PT269",
    "An action is create, read, update, delete, or a value that a transition leads to",
    Severity.WARNING,
    "Another action is built as behaviour of its own, and the rule must be said there too.",
)
@for_each_rule
def names_an_action(owner: Owner, declared: DeclaredRule) -> Iterator[tuple[str, str]]:
    """Find actions that the service has not by itself."""
    if isinstance(declared, ActionByOwner | ActionByRole) and declared.action not in ACTIONS | owner.steps:
        message = f"{quote(declared.action)} is nothing that {owner.entity.name} does by itself."
        yield message, f"Write {', '.join(sorted(ACTIONS))}, or say the behaviour in the thread with who may do it."
