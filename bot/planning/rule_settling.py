"""Turns rules as people said them into declared ones, where the draft has the fields for them; else they are quoted."""

from __future__ import annotations

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
from bot.planning.rule_phrases import Form, Wish
from bot.planning.vocabulary import EVENT_NOUNS, base_verb, entity_name, singular, word_set, words_of

__all__ = ["leave_rules", "settle_rules"]

MOMENTS = frozenset({"date", "datetime"})
OVER = word_set("returned back ended finished end closed completed until released collected")
"""Words of a field that says when something is over."""
BEGINS, ENDS = (
    word_set("start starts begin begins from starting beginning"),
    word_set("end ends finish until to ending"),
)
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
        Form.LENDING: lending, Form.OWNER: owner,
    }[wish.wish.form]  # fmt: skip
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
    return draft.entities.get(draft.other_words.get(name, name))


def moments(entity: EntityDraft) -> list[EntityField]:
    """Return the fields of an entity that are a date or a moment."""
    return [
        one.field for one in entity.fields.values() if one.field.type.name in MOMENTS and not one.field.type.is_list
    ]


def key_to(entity: EntityDraft, target: EntityDraft) -> EntityField | None:
    """Return the only foreign key of an entity to another, or None."""
    keys = [one.field for one in entity.fields.values() if one.field.foreign_key == target.name]
    return keys[0] if len(keys) == 1 else None


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
    key = key_to(record, owner_entity) if record and owner_entity else None
    until = over_field(record) if record else None
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
    key, period = (key_to(record, owner_entity), period_of(record)) if record else (None, None)
    if record is None or key is None or period is None:
        return None
    rule = NoOverlap(start=period[0].name, end=period[1].name, relation=key.name.removesuffix("_id"))
    return record, (rule,)


def period_of(entity: EntityDraft) -> tuple[EntityField, EntityField] | None:
    """Return the start and the end of an entity's rows, or None."""
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
    subject = named(draft, wish.part("left"))
    left = f"{wish.part('left')} {'due' if wish.part('due') else ''} {wish.part('verb')}"
    if subject is None:
        pair = pair_of(draft, wish, entity, left, wish.part("right"))
        return derivation(draft, wish, *pair) if pair else None
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
    subject = draft.entities.get(entity) if what in {"it", "them"} else named(draft, what)
    key = owner_key(draft, subject, wish.part("who")) if subject else None
    if subject is None or key is None:
        return None
    actions = [action_of(draft, subject, word) for word in words_of(wish.part("actions")) if word not in {"or", "and"}]
    if not actions or None in actions:
        return None
    rules = tuple(ActionByOwner(action=str(action), field=key.name.removesuffix("_id")) for action in actions)
    return subject, rules


def owner_key(draft: Draft, subject: EntityDraft, who: str) -> EntityField | None:
    """Return the foreign key to the account that words mean: by its name, its entity, or the only one there is."""
    accounts = {one.name for one in draft.entities.values() if one.account}
    keys = [one.field for one in subject.fields.values() if one.field.foreign_key in accounts]
    head = who.partition(" who ")[0].partition(" whose ")[0].partition(" that ")[0]
    called = [one for one in keys if stems(words_of(one.name.removesuffix("_id"))) & stems(words_of(head))]
    of_kind = [one for one in keys if one.foreign_key == entity_name(head)]
    is_anybody = head.split()[-1:] in (["owner"], ["person"], ["author"], ["one"])
    found = called or of_kind or (keys if is_anybody else [])
    return found[0] if len(found) == 1 else None


def action_of(draft: Draft, subject: EntityDraft, word: str) -> str | None:
    """Return the action that a verb means: one of the service's, or the step to a value of a status."""
    base = word.removesuffix("ing")
    forms = (word, base, f"{base}e", base[:-1] if base[-1:] == base[-2:-1] else base, word.removesuffix("s"))
    known = next((VERBS[form] for form in forms if form in VERBS), None)
    if known in ACTIONS:
        return known
    steps = {target for rule in subject.rules if rule.kind == "transition" for _, target in rule.pairs()}
    found = [value for value in steps if value.lower()[:MIN_STEM] == base[:MIN_STEM]]
    return found[0].lower() if len(found) == 1 else None
