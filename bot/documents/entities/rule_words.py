"""What a declared rule says in a plain sentence, for people who never see the notation.

Reviews, answers and the README of a delivered repository tell rules so; documents keep the notation of `write_rule`.
"""

from __future__ import annotations

from bot.documents.entities.accounts import MANAGER
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
    TimeUnit,
    Transition,
)
from bot.documents.entities.rule_lines import write_rule
from bot.documents.naming import article, capital, joined, ordinal, plural, snake_case, words
from bot.patterns import regex

__all__ = ["in_period", "or_administrator", "rule_in_words", "rule_note", "with_role"]

DONE = {"create": "created", "read": "read", "update": "changed", "delete": "deleted"}
"""What is done to a row, as people say it; every other action is the step to a value of a status."""
PARTED = regex(r",? or |, ")
STATUS = frozenset({"status", "state"})
DAYS = frozenset({"day", "date", "night", "week", "month", "hour"})
DAYS_OF_ALL_MONTHS = 28
YES_OR_NO = frozenset({"true", "false"})
OF_VERBS = frozenset({"has", "can", "may", "must", "was", "needs"})
"""How names of yes or no begin that are no adjectives: ``has_key``, ``can_swim``."""


def rule_note(entity: str, rule: DeclaredRule) -> str:
    """Return how a decision begins that notes a rule of the entity with a name, before the words it comes from."""
    return f"Rule of {entity}, “{write_rule(rule)}”"


def rule_in_words(entity: str, rule: DeclaredRule) -> str:
    """Return a rule of the entity with a name as one plain sentence, without a full stop."""
    own = spelled(entity)
    one = capital(article(own))
    match rule:
        case Transition():
            ways = (f"from {value(way.source)} to {either(way.targets)}" for way in rule.changes)
            return f"The {spelled(rule.field)} of {article(own)} goes only {joined(list(ways))}"
        case OneOpen():
            held = article(spelled(rule.relation))
            open_until = f"one without {article(spelled(rule.until))}"
            return f"{capital(held)} has at most one open {spelled(rule.entity)} at a time: {open_until}"
        case DerivedMoment():
            later = f"always {span(rule.span)} after its {spelled(rule.source)}"
            return f"The {spelled(rule.field)} of {article(own)} is {later}"
        case NoOverlap():
            many = capital(spelled(plural(snake_case(entity))))
            period = in_period(rule.start, rule.end)
            whole = f"{many} with the same {spelled(rule.relation)} don't overlap in time ({period})"
            left_out = f"; one that is {apart(rule.unless, rule.values)} is in nobody's way"
            return f"{whole}{left_out if rule.unless else ''}"
        case LatestAfter():
            late = f"at most {span(rule.span)} after its {spelled(rule.after)}"
            return f"The {spelled(rule.field)} of {article(own)} is {late}{for_example(rule)}"
        case ActionByOwner():
            return left_to(f"its {spelled(rule.field)}", rule.action, own)
        case ActionByRole():
            return left_to(with_role(rule), rule.action, own)
        case OnlyWhile():
            return f"{one} can be {DONE.get(rule.action, value(rule.action))} only while {state(rule)}"
        case AtMost():
            return count_in_words(rule)


def left_to(who: str, action: str, own: str) -> str:
    """Say to whom an action is left: ``A note can be changed only by its author, or by an administrator``."""
    if action in DONE:
        return f"{capital(article(own))} can be {DONE[action]} only by {who}{or_administrator(who, ', or by')}"
    return f"Only {who}{or_administrator(who, end=',')} can set {article(own)} to {value(action)}"


def or_administrator(who: str, before: str = ", or", end: str = "") -> str:
    """Return what tells, behind those who may do something, that an administrator may too; nothing where it is told."""
    return "" if article(MANAGER.lower()) in PARTED.split(who) else f"{before} an administrator{end}"


def with_role(rule: ActionByRole) -> str:
    """Say who has one of the roles of a rule: ``a steward or a kiln master``."""
    return joined([article(value(role)) for role in rule.roles], "or")


def count_in_words(rule: AtMost) -> str:
    """Say how many rows there may be: ``A member has at most 3 open loans at a time: those without …``."""
    held, many = capital(article(spelled(rule.relation))), spelled(plural(snake_case(rule.entity)))
    many = many if rule.count != 1 else spelled(rule.entity)
    counted = f"open {many}" if rule.until else many
    holds = f" that {'is' if rule.count == 1 else 'are'} {apart(rule.status, rule.values)}" if rule.status else ""
    most = f"no more {counted} than its {spelled(rule.limit)}" if rule.limit else f"at most {rule.count} {counted}"
    which = f" at a time: those without {article(spelled(rule.until))}" if rule.until else ""
    daily = f" on one day, by its {spelled(rule.day)}" if rule.day else ""
    return f"{held} has {most}{daily}{which}{holds}"


def for_example(rule: LatestAfter) -> str:
    """Say which day is the last one, counted from the first of a month; of hours nothing needs to be said."""
    last = rule.span.count + 1
    if rule.span.unit is not TimeUnit.DAYS or last > DAYS_OF_ALL_MONTHS or rule.field.endswith("_at"):
        return ""
    return f" (from the 1st to the {ordinal(last)} at the latest)"


def in_period(start: str, end: str) -> str:
    """Say from which field to which a period lasts; ``from_day`` and ``to_day`` say "from" and "to" themselves."""
    first, last = spelled(start).removeprefix("from "), spelled(end).removeprefix("to ")
    if first == last:
        return f"from the first {first} to the last" if first in DAYS else "from start to end"
    return f"from {first} to {last}"


def apart(status: str, values: tuple[str, ...]) -> str:
    """Say which rows have some values of a status: ``called off or declined``, ``not confirmed``."""
    if set(values) <= YES_OR_NO:
        name = spelled(status).removeprefix("is ")
        return name if "true" in values else f"not {name}"
    return either(values)


def state(rule: OnlyWhile) -> str:
    """Say which rows a rule allows: ``its costume is available or in cleaning``."""
    who, name = f"its {spelled(rule.relation)}" if rule.relation else "it", spelled(rule.field)
    if set(rule.values) == YES_OR_NO or not set(rule.values) <= YES_OR_NO:
        is_named = rule.field.lower() not in STATUS
        owner = f"the {name} of {who}" if rule.relation else f"its {name}"
        return f"{owner if is_named else who} is {either(rule.values)}"
    holds = "true" in rule.values
    if OF_VERBS & set(name.split()[:1]):
        return f"“{name}” of {who} is {'yes' if holds else 'no'}"
    return f"{who} is {'' if holds else 'not '}{name.removeprefix('is ')}"


def either(values: tuple[str, ...]) -> str:
    """Return values as people list what is possible."""
    return joined([value(one) for one in values], "or")


def value(text: str) -> str:
    """Spell a value of a status: ``IN_CLEANING`` gives ``in cleaning``."""
    return text.replace("_", " ").lower()


def spelled(name: str) -> str:
    """Spell an identifier as lower-case words, without the ``id`` of a key."""
    return " ".join(words(name)).lower().removesuffix(" id") or name


def span(length: Span) -> str:
    """Spell a span: ``1 day``, ``14 days``."""
    return f"{length.count} {length.unit.value.removesuffix('s') if length.count == 1 else length.unit.value}"
