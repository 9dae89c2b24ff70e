"""Turns rules as people said them into declared ones, where the draft has the fields for them; else they are quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.documents.entities.declared_rules import (
    ACTIONS,
    ActionByOwner,
    DeclaredRule,
    DerivedMoment,
    LatestAfter,
    NoOverlap,
    OneOpen,
)
from bot.documents.entities.entity_specs import EntityField
from bot.documents.entities.rule_lines import write_rule
from bot.planning.draft import Draft, EntityDraft, FieldDraft, RuleWish
from bot.planning.field_kinds import typed
from bot.planning.noun_clauses import read_clause
from bot.planning.resolution import add_reference, longer_name
from bot.planning.rule_phrases import Form, Wish
from bot.planning.steps_settling import settle_steps
from bot.planning.vocabulary import DETERMINERS, EVENT_NOUNS, base_verb, entity_name, singular, word_set, words_of

__all__ = ["leave_rules", "owners_named", "settle_rules"]

MOMENTS = frozenset({"date", "datetime"})
OVER = word_set("returned back ended finished end closed completed until released collected")
"""Words of a field that says when something is over."""
BEGINS, ENDS = (
    word_set("start starts begin begins from starting beginning first"),
    word_set("end ends finish until to ending last finishes"),
)
STAYS = word_set("arrival departure arrives departs check checkin checkout arriving leaving arrived left")
"""Words of the two ends of a stay, or of a way: whichever is named first begins it."""
VERBS = {
    "edit": "update", "change": "update", "update": "update", "modify": "update", "correct": "update",
    "delete": "delete", "remove": "delete", "create": "create", "add": "create", "enter": "create", "make": "create",
    "see": "read", "read": "read", "view": "read",
}  # fmt: skip
"""What people call the actions of a service."""
FADING = word_set(
    "the a an it its was is were been day date time moment that this then he she they we when of on at has had his her"
)
MIN_STEM = 4


def settle_rules(draft: Draft) -> None:
    """Declare every rule that can be told by now; the rest waits for answers."""
    settle_steps(draft)
    for wish in draft.rule_wishes:
        if not wish.is_settled and declared(draft, wish):
            wish.is_settled = True


def leave_rules(draft: Draft) -> bool:
    """Quote the rules that could not be declared, now that everything was said; tell whether there were any."""
    left = [wish for wish in draft.rule_wishes if not wish.is_settled]
    for wish in left:
        wish.is_settled = True
        draft.leave(wish.wish.quote)
    return bool(left)


def declared(draft: Draft, wish: RuleWish) -> bool:
    """Declare a rule in its entity; tell whether the draft has what it needs."""
    find = {
        Form.ONE_OPEN: one_open, Form.NO_OVERLAP: no_overlap, Form.LIMIT: limit, Form.DERIVED: derived,
        Form.LENDING: lending, Form.OWNER: owner, Form.LASTING: lasting,
    }[wish.wish.form]  # fmt: skip
    found = find(draft, wish.wish, "" if wish.is_near else wish.entity, wish.field)
    if found is None and wish.is_near and wish.entity in draft.entities:
        found = find(draft, wish.wish, wish.entity, wish.field)
    if found is None:
        return False
    entity, rules = found
    entity.rules = tuple(dict.fromkeys((*entity.rules, *rules)))
    for rule in rules:
        draft.decide(f"Rule of {entity.name}, “{write_rule(rule)}”: “{wish.wish.quote}” ({wish.said.author})")
    return True


type Found = tuple[EntityDraft, tuple[DeclaredRule, ...]] | None


def named(draft: Draft, phrase: str) -> EntityDraft | None:
    """Return the entity that a phrase names, or None."""
    name = entity_name(phrase)
    name = draft.other_words.get(name, name)
    return draft.entities.get(name) or draft.entities.get(longer_name(draft, name) if name else "")


def moments(entity: EntityDraft) -> list[EntityField]:
    """Return the fields of an entity that are a date or a moment."""
    return [
        one.field for one in entity.fields.values() if one.field.type.name in MOMENTS and not one.field.type.is_list
    ]


def key_to(entity: EntityDraft, target: EntityDraft) -> EntityField | None:
    """Return the only foreign key of an entity to another, or None."""
    keys = [one.field for one in entity.fields.values() if one.field.foreign_key == target.name]
    return keys[0] if len(keys) == 1 else None


def implied_key(draft: Draft, wish: Wish, record: EntityDraft, owner_entity: EntityDraft) -> EntityField | None:
    """Return the foreign key that a rule counts along; "two orders for the same car" says that an order names one."""
    if record.name == owner_entity.name:
        return None
    linked = any({link.subject, link.object} == {record.name, owner_entity.name} for link in draft.links)
    keys = [one for one in record.fields.values() if one.field.foreign_key == owner_entity.name]
    if not keys and not linked and not key_to(owner_entity, record) and wish.part("record"):
        add_reference(draft, record.name, owner_entity.name, record.said, optional=False)
        draft.assume(f"Each {record.noun} names one {owner_entity.noun}: “{wish.quote}”")
    return key_to(record, owner_entity)


def stems(words: Iterable[str]) -> set[str]:
    """Return what words begin with, so that forms of one verb are the same: lent, written, told."""
    return {singular(word)[:MIN_STEM] for word in words if word not in FADING}


def moment_called(entity: EntityDraft, phrase: str, but: str = "") -> EntityField | None:
    """Return the only moment of an entity that shares most words with a phrase, or None."""
    wanted = stems(words_of(phrase))
    scores = [
        (len(wanted & (stems(words_of(one.name)) | stems(words_of(entity.fields[one.name].clause)))), one)
        for one in moments(entity)
        if one.name != but
    ]
    best = max((score for score, _ in scores), default=0)
    found = [one for score, one in scores if score == best]
    return found[0] if best and len(found) == 1 else None


def record_of(draft: Draft, wish: Wish, owner_entity: EntityDraft) -> EntityDraft | None:
    """Return the record that a rule counts: named, or what its verb makes of the owner, or the only one that ends."""
    if wish.part("record"):
        return named(draft, wish.part("record"))
    noun = EVENT_NOUNS.get(base_verb(wish.part("verb")), "")
    candidates = [one for one in draft.entities.values() if key_to(one, owner_entity)]
    called = [one for one in candidates if noun and one.name == entity_name(noun)]
    open_ended = [one for one in candidates if over_field(one) is not None]
    found = called or open_ended
    return found[0] if len(found) == 1 else None


def over_field(entity: EntityDraft) -> EntityField | None:
    """Return the moment that is empty as long as a record is open, or None where it can't be told."""
    found = [one for one in moments(entity) if set(words_of(one.name)) & OVER]
    optional = [one for one in moments(entity) if one.optional]
    sure = [one for one in found if one.optional] or found or optional
    return sure[0] if len(sure) == 1 else None


def one_open(draft: Draft, wish: Wish, _entity: str, _field: str) -> Found:
    """Declare "a lent book can't be lent again"."""
    owner_entity = named(draft, wish.part("owner"))
    record = record_of(draft, wish, owner_entity) if owner_entity else None
    key = implied_key(draft, wish, record, owner_entity) if record and owner_entity else None
    until = over_field(record) if record else None
    if record and key and until is None and (period := period_of(record)):
        return record, (NoOverlap(start=period[0].name, end=period[1].name, relation=key.name.removesuffix("_id")),)
    if record is None or key is None or until is None:
        return None
    if not until.optional:
        record.fields[until.name].field = until.model_copy(update={"optional": True})
        draft.assume(f"{record.name}.{until.name} is empty as long as the {record.noun} is open")
    rule = OneOpen(entity=record.name, relation=key.name.removesuffix("_id"), until=until.name)
    return record, (rule,)


def no_overlap(draft: Draft, wish: Wish, _entity: str, _field: str) -> Found:
    """Declare "a doctor can't have two appointments at the same time"."""
    owner_entity = named(draft, wish.part("owner"))
    if owner_entity is None:
        return None
    if wish.part("record"):
        records = [one for one in [named(draft, wish.part("record"))] if one]
    else:
        records = [one for one in draft.entities.values() if key_to(one, owner_entity) and period_of(one)]
    record = records[0] if len(records) == 1 else None
    key, period = (implied_key(draft, wish, record, owner_entity), period_of(record)) if record else (None, None)
    if record is None or key is None or period is None:
        return None
    rule = NoOverlap(start=period[0].name, end=period[1].name, relation=key.name.removesuffix("_id"))
    return record, (rule,)


def period_of(entity: EntityDraft) -> tuple[EntityField, EntityField] | None:
    """Return the start and the end of an entity's rows, or None; an arrival named before a departure begins a stay."""
    stays = [one for one in moments(entity) if set(words_of(one.name)) & STAYS]
    if len(stays) == 2 and stays[0].type == stays[1].type and not stays[0].optional:
        return stays[0], stays[1]
    starts = [one for one in moments(entity) if set(words_of(one.name)) & BEGINS]
    ends = [one for one in moments(entity) if set(words_of(one.name)) & ENDS]
    is_period = len(starts) == len(ends) == 1 and starts[0].type == ends[0].type and not starts[0].optional
    return (starts[0], ends[0]) if is_period else None


def pair_of(
    draft: Draft, wish: Wish, entity: str, left: str, right: str
) -> tuple[EntityDraft, EntityField, EntityField] | None:
    """Return the only entity with a moment for each of two phrases, and these."""
    candidates = [draft.entities[entity]] if entity in draft.entities else list(draft.entities.values())
    found = []
    for one in candidates:
        first = moment_called(one, left)
        second = moment_called(one, right, first.name if first else "")
        if first and second:
            found.append((one, first, second))
    about = [one for one in found if one[0].noun in wish.quote.lower()]
    sure = found if len(found) == 1 else about
    return sure[0] if len(sure) == 1 else None


def limit(draft: Draft, wish: Wish, entity: str, field: str) -> Found:
    """Declare "the last day is at most 12 weeks after the first day"."""
    pair = pair_of(draft, wish, entity, wish.part("left") or field, wish.part("right"))
    if pair is None or wish.span is None:
        return None
    return pair[0], (LatestAfter(field=pair[1].name, span=wish.span, after=pair[2].name),)


def derived(draft: Draft, wish: Wish, entity: str, _field: str) -> Found:
    """Declare "runs_out_at is always 48 hours after made_at" and "a loan is due three weeks after it was lent"."""
    if wish.span is None:
        return None
    if not wish.part("left") and entity in draft.entities:
        return derived_within(draft, wish, draft.entities[entity])
    subject = named(draft, wish.part("left"))
    left = f"{wish.part('left')} {'due' if wish.part('due') else ''} {wish.part('verb')}"
    if subject is None:
        pair = pair_of(draft, wish, entity, left, wish.part("right"))
        if pair:
            return derivation(draft, wish, *pair)
        return derived_within(draft, wish, draft.entities[entity]) if entity in draft.entities else None
    word = wish.part("verb") or wish.part("due")
    target = moment_called(subject, word)
    others = [one for one in moments(subject) if target is None or one.name != target.name]
    source = moment_called(subject, wish.part("right"), target.name if target else "") or only(others)
    if source is None or not word:
        return None
    if target is None:
        name = "_".join([*words_of(word), "on" if source.type.name == "date" else "at"])
        target = EntityField(name=name, type=source.type, optional=source.optional)
        subject.fields[name] = FieldDraft(target, subject.said, type_said=True)
        draft.assume(f"{subject.name}.{name} is kept: “{wish.quote}”")
    return derivation(draft, wish, subject, target, source)


def derived_within(draft: Draft, wish: Wish, entity: EntityDraft) -> Found:
    """Declare "the first answer is due 8 hours after it came in" with fields of its own, as assumed."""
    word = wish.part("due") or wish.part("verb")
    if not word or wish.span is None:
        return None
    right = wish.part("right")
    is_that = re.fullmatch(r"(?:that|this|it)(?: (?:day|date|moment|time))?", right) is not None
    source = only(moments(entity)) if is_that else moment_called(entity, right)
    joint = "at" if wish.span.unit == "hours" or (source and source.type.name == "datetime") else "on"
    subject = [each for each in words_of(wish.part("left")) if each not in DETERMINERS]
    if source is None and not is_that:
        source = new_moment(draft, entity, right_name(right, subject, joint), wish)
    if source is None:
        return None
    target = moment_called(entity, f"{wish.part('left')} {word}", source.name)
    target = target or new_moment(draft, entity, "_".join([*subject, *words_of(word), joint]), wish)
    return derivation(draft, wish, entity, target, source) if target else None


def right_name(right: str, subject: list[str], joint: str) -> str:
    """Return the name of the moment that "it came in" or "it was made" speaks of, or nothing."""
    clause = read_clause(
        right if right.startswith(("the day", "the date", "the time", "the moment")) else f"the day {right}"
    )
    if clause is None or clause.kind not in MOMENTS:
        return ""
    words = [*words_of(clause.name)[:-1], joint]
    return "_".join([*subject, *words] if len(words) == len(["made", "on"]) and words[0] in PLAIN_VERBS else words)


PLAIN_VERBS = word_set("made given sent set done")
"""Verbs that say nothing without their object: an offer that was made has ``offer_made_on``."""


def new_moment(draft: Draft, entity: EntityDraft, name: str, wish: Wish) -> EntityField | None:
    """Add a moment that a rule needs and nobody named, noted as an assumption; None where there is no name for it."""
    if not name or len(name.split("_")) > MOST_WORDS or not name.isidentifier():
        return None
    if name not in entity.fields:
        kind = "datetime" if name.endswith("_at") else "date"
        field = EntityField(name=name, type=typed(kind))
        entity.fields[name] = FieldDraft(field, entity.said, type_said=True)
        entity.is_settled = True
        draft.assume(f"{entity.name}.{name} is kept: “{wish.quote}”")
    return entity.fields[name].field


MOST_WORDS = 5


def lasting(draft: Draft, wish: Wish, _entity: str, _field: str) -> Found:
    """Declare "a lease lasts at most 90 days": its end is that span after its start."""
    subject = named(draft, wish.part("what"))
    if subject is None or wish.span is None:
        return None
    period, over = period_of(subject), over_field(subject)
    start = period[0] if period else only([one for one in moments(subject) if over is None or one.name != over.name])
    end = period[1] if period else over
    if start is None or end is None:
        return None
    return subject, (LatestAfter(field=end.name, span=wish.span, after=start.name),)


def only(found: list[EntityField]) -> EntityField | None:
    """Return the required one of fields where there is exactly one."""
    required = [one for one in found if not one.optional]
    return required[0] if len(required) == 1 else None


def derivation(draft: Draft, wish: Wish, entity: EntityDraft, target: EntityField, source: EntityField) -> Found:
    """Declare that a moment is always another one and the span; both have one type then."""
    if wish.span is None or (target.type.name, source.type.name) == ("datetime", "date"):
        return None
    if target.type.name == "date" and wish.span.unit == "hours":
        return None
    if target.optional != source.optional:
        entity.fields[target.name].field = target.model_copy(update={"optional": source.optional})
    return entity, (DerivedMoment(field=target.name, source=source.name, span=wish.span),)


def lending(draft: Draft, wish: Wish, _entity: str, _field: str) -> Found:
    """Declare "we lend for three weeks": what is due in the record of that event."""
    record = named(draft, EVENT_NOUNS.get(base_verb(wish.part("verb")), ""))
    target = moment_called(record, "due") if record else None
    if record is None or target is None:
        return None
    others = [one for one in moments(record) if one.name != target.name]
    source = only([one for one in others if not set(words_of(one.name)) & OVER])
    return derivation(draft, wish, record, target, source) if source else None


def owner(draft: Draft, wish: Wish, entity: str, _field: str) -> Found:
    """Declare "only the seller may delete an offer", where people log in as what the offer names."""
    what = wish.part("what")
    whose = re.search(
        r"\b(?:of|who (?:has |have )?\w+|by whom) (?:an?|the|each|every|one)\s+([a-z][\w-]*)$", wish.part("who")
    )
    near = draft.entities.get(entity)
    of_who = named(draft, whose[1]) if whose else None
    subject = (of_who or near) if what in {"it", "them", "one", "this"} else named(draft, what)
    key = owner_key(draft, subject, wish.part("who")) if subject else None
    if subject is None or key is None:
        return None
    actions = [action_of(draft, subject, word) for word in words_of(wish.part("actions")) if word not in {"or", "and"}]
    if not actions or None in actions:
        return None
    rules = tuple(ActionByOwner(action=str(action), field=key.name.removesuffix("_id")) for action in actions)
    return subject, rules


def owners_named(draft: Draft) -> list[tuple[EntityDraft, str]]:
    """Return whom a rule lets alone do something, and its words: they would have to log in."""
    found: dict[str, tuple[EntityDraft, str]] = {}
    for wish in draft.rule_wishes:
        if wish.wish.form != Form.OWNER or wish.is_settled:
            continue
        head = re.split(r"\s+(?:who|whose|that|of|by)\s", wish.wish.part("who"), maxsplit=1)[0]
        person = named(draft, head)
        if person is not None and not person.is_pasted and not person.account:
            found.setdefault(person.name, (person, wish.wish.quote))
    return list(found.values())


def owner_key(draft: Draft, subject: EntityDraft, who: str) -> EntityField | None:
    """Return the foreign key to the account that words mean: by its name, its entity, or the only one there is."""
    accounts = {one.name for one in draft.entities.values() if one.account}
    keys = [one.field for one in subject.fields.values() if one.field.foreign_key in accounts]
    head = who.partition(" who ")[0].partition(" whose ")[0].partition(" that ")[0]
    called = [one for one in keys if stems(words_of(one.name.removesuffix("_id"))) & stems(words_of(head))]
    of_kind = [one for one in keys if one.foreign_key == entity_name(head)]
    is_anybody = head.split()[-1:] in (
        ["owner"],
        ["person"],
        ["author"],
        ["one"],
        ["creator"],
        ["writer"],
        ["yourself"],
    )
    found = called or of_kind or (keys if is_anybody else [])
    return found[0] if len(found) == 1 else None


def action_of(draft: Draft, subject: EntityDraft, word: str) -> str | None:
    """Return the action that a verb means: one of the service's, or the step to a value of a status."""
    base = word.removesuffix("ing")
    forms = (
        word,
        word.removesuffix("d"),
        word.removesuffix("ed"),
        base,
        f"{base}e",
        base[:-1] if base[-1:] == base[-2:-1] else base,
        word.removesuffix("s"),
    )
    known = next((VERBS[form] for form in forms if form in VERBS), None)
    if known in ACTIONS:
        return known
    steps = {target for rule in subject.rules if rule.kind == "transition" for _, target in rule.pairs()}
    found = [value for value in steps if value.lower()[:MIN_STEM] == base[:MIN_STEM]]
    return found[0].lower() if len(found) == 1 else None
