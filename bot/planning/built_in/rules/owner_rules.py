"""Declares "only the seller may delete an offer": who acts on a row is whom the row names."""

from __future__ import annotations

import re

from bot.documents.entities.declared_rules import ACTIONS, ActionByOwner
from bot.documents.entities.entity_specs import EntityField
from bot.planning.built_in.drafts.draft import Draft, EntityDraft
from bot.planning.built_in.drafts.persons import is_person
from bot.planning.built_in.drafts.told_roles import account_in
from bot.planning.built_in.phrases.roles_of_people import is_of_own, leaves_alone, role_value
from bot.planning.built_in.phrases.rule_phrases import Form, Wish
from bot.planning.built_in.rules.role_rules import ADMIN, role_rules, roles_and_others, step_of, steps_named, too
from bot.planning.built_in.rules.rule_subjects import Found, named, stems
from bot.planning.built_in.rules.whole_statuses import changes_status, is_of_status, steps_in, subject_of
from bot.planning.built_in.words.vocabulary import entity_name, has_plural, words_of

__all__ = ["action_of", "owner", "owners_named"]

VERBS = {
    "edit": "update", "change": "update", "update": "update", "modify": "update", "correct": "update",
    "delete": "delete", "remove": "delete", "create": "create", "add": "create", "enter": "create", "make": "create",
    "see": "read", "read": "read", "view": "read",
}  # fmt: skip
"""What people call the actions of a service."""


ANYBODY = frozenset({"owner", "person", "author", "one", "creator", "writer", "yourself"})
"""What people call whom a row names, whichever thing that is."""


def owner(draft: Draft, wish: Wish, entity: str, _field: str) -> Found:
    """Declare "only the seller may delete an offer", where people log in as what the offer names."""
    what = wish.part("what")
    whose = re.search(
        r"\b(?:of|who (?:has |have )?\w+|by whom) (?:an?|the|each|every|one)\s+([a-z][\w-]*)$", wish.part("who")
    )
    near = draft.entities.get(entity)
    of_who = named(draft, whose[1]) if whose else named_before(draft, wish.part("who"))
    of_status = is_of_status(wish) and named(draft, what) is None
    subject = subject_of(draft, wish, of_who or near)
    if subject is None:
        return None
    roles, others = roles_and_others(draft, wish, subject)
    if wish.part("also"):
        more = too(draft, subject, wish, roles) if roles else None
        return None if more is None else (subject, more)
    if set(map(role_value, roles)) - {ADMIN} or (roles and not others):
        return by_roles(draft, subject, wish, roles, others)
    key = owner_key(draft, subject, wish.part("who"))
    if key is None:
        return (subject, ()) if is_left_to_all(draft, subject, wish) else None
    said = wish.part("step")
    verbs = [word for word in words_of(wish.part("actions")) if word not in {"or", "and"}]
    actions = [*steps_named(subject.rules, said)] if said else [action_of(subject, word) for word in verbs]
    if of_status:
        actions = [*steps_in(draft, subject)] if changes_status(wish) else []
    if not actions or None in actions:
        return None
    rules = tuple(ActionByOwner(action=str(action), field=key.name.removesuffix("_id")) for action in actions)
    return subject, rules


def named_before(draft: Draft, who: str) -> EntityDraft | None:
    """Return the thing whose somebody is spoken of: the flight of "the flight's pilot"; or None."""
    whose = re.fullmatch(r"(?:an?|the|each|every) ([a-z][\w-]*)['’]s [a-z][\w-]*", who)
    return named(draft, whose[1]) if whose else None


def is_left_to_all(draft: Draft, subject: EntityDraft, wish: Wish) -> bool:
    """Tell whether a rule leaves something to whoever signs in: "only teachers may add books", where teachers do."""
    account = account_in(draft)
    who = wish.part("who")
    if (
        is_of_own(wish.quote)
        or account is None
        or account is subject
        or not has_plural(who)
        or named(draft, who) is not account
    ):
        return False
    if len([one for one in draft.entities.values() if one.account]) > 1 or not leaves_alone(wish.quote):
        return False
    if any(one.field.foreign_key == account.name for one in subject.fields.values()):
        return False
    draft.decide(f"“{wish.quote}”: only {who} sign in, and nobody else can use it")
    return True


def by_roles(draft: Draft, subject: EntityDraft, wish: Wish, roles: tuple[str, ...], others: tuple[str, ...]) -> Found:
    """Declare what is left to roles, and to whom the row names where "the owner or a steward" may do it."""
    if subject is account_in(draft) and {role_value(role) for role in roles} == {ADMIN} and not others:
        draft.decide(f"“{wish.quote}”: who manages accounts is an admin already")
        return subject, ()
    key = owner_key(draft, subject, others[0]) if len(others) == 1 else None
    rules = role_rules(draft, subject, wish, roles) if key or not others else ()
    if not rules:
        return None
    owners = [ActionByOwner(action=rule.action, field=key.name.removesuffix("_id")) for rule in rules] if key else []
    return subject, (*owners, *rules)


def owners_named(draft: Draft) -> list[tuple[EntityDraft, str]]:
    """Return whom a rule lets alone do something, and its words: they would have to log in."""
    found: dict[str, tuple[EntityDraft, str]] = {}
    for wish in draft.rule_wishes:
        if wish.wish.form != Form.OWNER or wish.is_settled:
            continue
        head = re.split(r"\s+(?:who|whose|that|of|by)\s", wish.wish.part("who"), maxsplit=1)[0]
        person = named(draft, head) or whoever(draft, wish.wish, head)
        if person is not None and not person.is_pasted and not person.account:
            found.setdefault(person.name, (person, wish.wish.quote))
    return list(found.values())


def whoever(draft: Draft, wish: Wish, head: str) -> EntityDraft | None:
    """Return the only people that the rows of a rule name, where it speaks of "the owner"; or None."""
    subject = named(draft, wish.part("what"))
    if subject is None or not names_anybody(head):
        return None
    keys = [one.field.foreign_key or "" for one in subject.fields.values() if one.field.foreign_key]
    people = [draft.entities[name] for name in keys if name in draft.entities and is_person(draft.entities[name])]
    return people[0] if len(people) == 1 else None


def names_anybody(head: str) -> bool:
    """Tell whether words mean whom a row names, whichever thing that is: "the owner", "who wrote it"."""
    words = head.split()
    return bool(set(words[-1:]) & ANYBODY) or words[:1] in (["who"], ["whoever"])


def owner_key(draft: Draft, subject: EntityDraft, who: str) -> EntityField | None:
    """Return the foreign key to the account that words mean: by its name, its entity, or the only one there is."""
    accounts = {one.name for one in draft.entities.values() if one.account}
    keys = [one.field for one in subject.fields.values() if one.field.foreign_key in accounts]
    head = who.partition(" who ")[0].partition(" whose ")[0].partition(" that ")[0]
    called = [one for one in keys if stems(words_of(one.name.removesuffix("_id"))) & stems(words_of(head))]
    of_kind = [one for one in keys if one.foreign_key == entity_name(head)]
    is_anybody = names_anybody(head)
    found = called or of_kind or (keys if is_anybody else [])
    return found[0] if len(found) == 1 else None


def action_of(subject: EntityDraft, word: str) -> str | None:
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
    return step_of(subject.rules, word) or None
