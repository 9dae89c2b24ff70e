"""Declares "a broken kiln can't be booked": what depends on a status, where the draft has it and says what is done.

Only what nothing else was made of is looked at, so that no other reading is lost; what is not clear stays quoted.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.documents.entities.cardinalities import folded
from bot.documents.entities.declared_rules import DeclaredRule, OnlyWhile
from bot.documents.naming import snake_case
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft
from bot.planning.built_in.phrases.status_phrases import StatusPhrase, read_status_phrases
from bot.planning.built_in.rules.owner_rules import VERBS
from bot.planning.built_in.rules.rule_subjects import is_loan, key_to, moments, named, stems
from bot.planning.built_in.rules.rule_upkeep import drop_rule, noted, quotes_of
from bot.planning.built_in.words.vocabulary import EVENT_NOUNS, base_verb, entity_name, word_set, words_of

__all__ = ["declares_status", "settle_statuses", "status_rules"]

TAKES = word_set("book reserve schedule use take lend loan borrow rent hire lease get have receive")
"""Verbs that mean whichever record there is of a thing, where none is called after them."""
ANYTHING = word_set("anything nothing something things one any booking more it them")
GOES_OUT = ("go", "out")
MAKES = TAKES | word_set("make create add place open start sell buy enter submit request file write post plan")
"""Verbs that make the record that is named with them."""
OPPOSITES = {"closed": "open", "off": "on", "absent": "present", "broken": "working", "out": "in", "retired": "active"}
DENYING = ("un", "in", "non-", "not ")
"""What an adjective begins with that denies another one."""
PLACED = regex(
    r"^(?:in|on|at|under|out for|away for|out of|off)\s+(?:(?:an?|the|its|their)\s+)?(?=[a-z])", re.IGNORECASE
)
"""How a state is said that its value leaves out: "in repair" of "repair"; the "in" of it denies nothing."""


type Rules = list[tuple[EntityDraft, OnlyWhile]]


def settle_statuses(draft: Draft, said_by: Callable[[str], str]) -> None:
    """Declare the rules about a status among the pieces that nothing was made of; ``said_by`` tells whose they are."""
    draft.unread[:] = [piece for piece in draft.unread if not declares_status(draft, piece, said_by(piece))]


def declares_status(draft: Draft, piece: str, author: str) -> bool:
    """Declare what a sentence makes depend on a status; tell whether it is clear."""
    found = status_rules(draft, piece)
    for entity, rule in found:
        for old in [one for one in entity.rules if one != rule and is_about_same(one, rule)]:
            quotes = quotes_of(draft, entity, old)
            drop_rule(draft, entity, old)
            draft.decisions += [f"{noted(entity, rule)}: “{quote}”" for quote in quotes]
        entity.rules = tuple(dict.fromkeys((*entity.rules, rule)))
        draft.decide(f"{noted(entity, rule)}: “{piece}”" + (f" ({author})" if author else ""))
    return bool(found)


def status_rules(draft: Draft, piece: str) -> Rules:
    """Return the rules that a sentence says, each with the entity that declares it; none where it is not clear."""
    for phrase in read_status_phrases(piece):
        thing = named(draft, phrase.thing)
        found = None if thing is None else status_of_words(draft, thing, phrase)
        if thing is None or found is None:
            continue
        rules: Rules = [rule for verb in phrase.verbs for rule in rules_of_verb(draft, thing, phrase, verb, *found)]
        if not phrase.is_allowed:
            rules = [(entity, narrowed(entity, rule)) for entity, rule in rules]
        elif any(speaks_already(*rule) for rule in rules):
            continue
        if rules and len(rules) == len(phrase.verbs) and all(rule.values for _, rule in rules):
            return rules
    return []


def speaks_already(entity: EntityDraft, rule: OnlyWhile) -> bool:
    """Tell whether an entity has another rule about the same action and the same status."""
    return any(one != rule and is_about_same(one, rule) for one in entity.rules)


def is_about_same(one: DeclaredRule, other: OnlyWhile) -> bool:
    """Tell whether two rules make the same action depend on the same status."""
    place = (other.action, other.relation, other.field)
    return isinstance(one, OnlyWhile) and (one.action, one.relation, one.field) == place


def narrowed(entity: EntityDraft, rule: OnlyWhile) -> OnlyWhile:
    """Return a rule that forbids more without what is forbidden already: a done visit, and a cancelled one."""
    olds = [one for one in entity.rules if isinstance(one, OnlyWhile) and is_about_same(one, rule)]
    values = tuple(value for value in rule.values if all(value in one.values for one in olds))
    return rule.model_copy(update={"values": values})


def status_of_words(draft: Draft, thing: EntityDraft, phrase: StatusPhrase) -> tuple[str, tuple[str, ...]] | None:
    """Return the field that tells the states of a phrase, and the values with which it is possible, or None."""
    found = [place for field in thing.fields.values() if (place := meant(draft, field, phrase.states))]
    if len(found) != 1:
        return None
    field, values, told = found[0]
    allowed = told if phrase.is_allowed else tuple(value for value in values if value not in told)
    return (field.field.name, allowed) if allowed and set(allowed) < set(values) else None


def meant(
    draft: Draft, field: FieldDraft, states: tuple[str, ...]
) -> tuple[FieldDraft, tuple[str, ...], tuple[str, ...]] | None:
    """Return a field with all its values and those that words mean, where it tells every one of them."""
    if field.field.foreign_key or field.field.type.is_list or field.open_values:
        return None
    is_truth = field.field.type.name == "bool"
    values = ("true", "false") if is_truth else (field.values or draft.enums.get(field.field.type.name, ()))
    told: list[str] = []
    for state in states:
        of_state = truth_of(field.field.name, state) if is_truth else values_meant(values, state)
        if not of_state:
            return None
        told += of_state
    return (field, values, tuple(dict.fromkeys(told))) if values else None


def truth_of(name: str, state: str) -> tuple[str, ...]:
    """Return the truth of a bool that a state says: "active" and "inactive" of ``is_active``."""
    own = folded(name.removeprefix("is_").removeprefix("has_").removeprefix("are_"))
    if folded(state) == own:
        return ("true",)
    is_denied = any(folded(f"{prefix}{own}") == folded(state) for prefix in DENYING)
    return ("false",) if is_denied or folded(OPPOSITES.get(state, "")) == own else ()


def values_meant(values: tuple[str, ...], state: str) -> tuple[str, ...]:
    """Return the values of a status that a state says: itself, one that begins with it, or all but one it denies."""
    exact = tuple(value for value in values if folded(value) == folded(state))
    if exact:
        return exact
    words = snake_case(state).split("_")
    longer = tuple(value for value in values if snake_case(value).split("_")[: len(words)] == words)
    if longer:
        return longer if len(longer) == 1 else ()
    bare = PLACED.sub("", state)
    if bare != state:
        return values_meant(values, bare)
    denied = [value for value in values for prefix in DENYING if folded(f"{prefix}{value}") == folded(state)]
    return tuple(value for value in values if value != denied[0]) if denied else ()


def rules_of_verb(
    draft: Draft, thing: EntityDraft, phrase: StatusPhrase, verb: str, field: str, values: tuple[str, ...]
) -> Rules:
    """Return the rule about one verb: a change of the thing itself, or a new record that names it; none if unclear."""
    action = "" if phrase.acts else action_of(verb)
    if action and not phrase.record:
        return [(thing, OnlyWhile(action=action, field=field, values=values))]
    record = named(draft, phrase.record) if phrase.record else record_of_verb(draft, thing, phrase, verb)
    key = key_to(record, thing) if record and record is not thing else None
    is_out = phrase.acts and (verb, phrase.object) == GOES_OUT
    is_made = base_verb(verb) in MAKES if phrase.record else is_out or not is_step(draft, thing, verb)
    if record is None or key is None or not (action or is_made):
        return []
    relation = key.name.removesuffix("_id")
    return [(record, OnlyWhile(action=action or "create", relation=relation, field=field, values=values))]


def action_of(verb: str) -> str:
    """Return the change or the deletion that a verb means: "changed", "edit", "removed"; nothing for another verb."""
    forms = (verb, base_verb(verb), verb.removesuffix("d"), verb.removesuffix("ed"), verb.removesuffix("ted"))
    action = next((VERBS[form] for form in forms if form in VERBS), "")
    return action if action in {"update", "delete"} else ""


def is_step(draft: Draft, thing: EntityDraft, verb: str) -> bool:
    """Tell whether a verb leads to a value of a status of the thing: that is a matter of its ways."""
    if base_verb(verb) in TAKES:
        return False
    known = [one.values or draft.enums.get(one.field.type.name, ()) for one in thing.fields.values()]
    return any(stems([verb]) & stems(words_of(value)) for values in known for value in values)


def record_of_verb(draft: Draft, thing: EntityDraft, phrase: StatusPhrase, verb: str) -> EntityDraft | None:
    """Return the record that a verb makes of a thing: called after the verb or the object, or the only one of it."""
    candidates = [one for one in draft.entities.values() if one is not thing and key_to(one, thing)]
    if phrase.acts and (verb, phrase.object) == GOES_OUT:
        loans = [one for one in candidates if is_loan(one)]
        return loans[0] if len(loans) == 1 else None
    if phrase.object and not set(words_of(phrase.object)) & ANYTHING:
        other = named(draft, phrase.object)
        if other is None:
            return None
        if other in candidates:
            return other if base_verb(verb) in MAKES or EVENT_NOUNS.get(base_verb(verb), "") == other.noun else None
        candidates = [one for one in candidates if key_to(one, other)]
    noun = EVENT_NOUNS.get(base_verb(verb), "")
    called = [one for one in candidates if noun and one.name == entity_name(noun)]
    called = called or [one for one in candidates if stems([verb, base_verb(verb)]) & stems(words_of(one.noun))]
    dated = [one for one in candidates if moments(one)]
    found = called or ((dated or candidates) if base_verb(verb) in TAKES else [])
    return found[0] if len(found) == 1 else None
