"""What a plan answers to who may do something: "who may plan a firing?", "can a potter plan a firing?"."""

from __future__ import annotations

import re

from bot.documents.entities.accounts import account_named, managing_role, roles_known
from bot.documents.entities.declared_rules import ACTIONS, ActionByOwner, ActionByRole, OnlyWhile
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.entities.rule_words import or_administrator, rule_in_words, with_role
from bot.generation.names import article, words
from bot.patterns import regex
from bot.planning.built_in.rules.role_rules import actions_of
from bot.planning.built_in.words.role_nouns import is_role_noun
from bot.planning.built_in.words.vocabulary import singular, words_of
from bot.workflow.named_in_questions import Asked, asked_about

__all__ = ["told_of_rights"]

READING = frozenset({"read", "see", "view", "list", "look"})
MAY = r"(?:(?:can|may|could|must|(?:is|are)\s+(?:allowed|able)\s+to|gets?\s+to|has\s+the\s+right\s+to)\s+)"
WHO = regex(
    r"^(?:who(?:\s+(?:all|else))?|which\s+(?:people|persons|users?|accounts?|roles?|members?)|"
    r"(?:can|may)\s+(?:anyone|anybody|everyone|everybody))\s+"
    rf"{MAY}?(?P<verb>[a-z]+)\b(?P<what>.*)$",
    re.IGNORECASE,
)
SOMEBODY = regex(
    r"^(?:(?:can|may|could)\s+(?:only\s+)?(?P<may>.{2,50}?)|(?:is|are)\s+(?P<allowed>.{2,50}?)\s+(?:allowed|able)\s+to)\s+"
    r"(?P<verb>[a-z]+)\s+(?P<what>(?:an?|the|some|new|our|any|[a-z]+s)\b.*)$",
    re.IGNORECASE,
)
ARTICLES = regex(r"^(?:(?:an?|the|our|any|every|each|some|normal|ordinary|simple)\s+)+", re.IGNORECASE)


def told_of_rights(specs: EntitySpecs, asked: Asked) -> str:
    """Say who may do something, or whether somebody may, no or yes first; nothing where a question asks neither."""
    if match := WHO.match(asked.said):
        found = done_to(specs, match["verb"], match["what"])
        return told_rights(specs, *found) if found else ""
    match = SOMEBODY.match(asked.said)
    found = done_to(specs, match["verb"], match["what"]) if match else None
    who = singular(ARTICLES.sub("", (match["may"] or match["allowed"]).lower())) if match else ""
    return told_right(specs, who, *found) if found and who else ""


def done_to(specs: EntitySpecs, verb: str, what: str) -> tuple[Entity, str] | None:
    """Return the entity that words name, and the action that a verb means there; None where either isn't clear."""
    entities = asked_about(specs, what).entities
    if len(entities) != 1:
        return None
    word = verb.lower()
    actions = ("read",) if word in READING or word.removesuffix("s") in READING else actions_of(entities[0].rules, word)
    return (entities[0], actions[0]) if len(actions) == 1 else None


def told_right(specs: EntitySpecs, who: str, entity: Entity, action: str) -> str:
    """Say whether somebody may do something with the rows of an entity; nothing where they are nobody."""
    account, role = account_named(specs), "_".join(words_of(who))
    roles = {one.lower(): one for one in roles_known(specs)} if account else {}
    is_account = account is not None and who == words(account.name)
    if entity.account or entity.logs_in or not (is_account or role in roles or is_role_noun(who)):
        return ""
    rules = [one for one in entity.rules if isinstance(one, ActionByOwner | ActionByRole) and one.action == action]
    told = " ".join(f"{rule_in_words(entity.name, rule)}." for rule in rules)
    if not rules:
        return f"Yes. {told_rights(specs, entity, action)}"
    left = {one.lower() for rule in rules if isinstance(rule, ActionByRole) for one in rule.roles}
    if role in left or (roles and roles.get(role) == managing_role(tuple(roles.values()))):
        return f"Yes. {told}"
    if any(isinstance(rule, ActionByOwner) for rule in rules):
        return f"Only with their own. {told}"
    return f"No{f', not every {who}' if is_account and role not in roles else ''}. {told}"


def did(entity: Entity, action: str) -> str:
    """Say what is done: ``create a tool``, ``set a course to cancelled``."""
    one = article(words(entity.name))
    return f"{action} {one}" if action in ACTIONS else f"set {one} to {words(action)}"


def told_rights(specs: EntitySpecs, entity: Entity, action: str) -> str:
    """Say who may do something with the rows of an entity, and at which values of a status."""
    if entity.account or entity.logs_in:
        return ""
    one = did(entity, action)
    left = next((rule for rule in entity.rules if isinstance(rule, ActionByOwner) and rule.action == action), None)
    while_ = [rule for rule in entity.rules if isinstance(rule, OnlyWhile) and rule.action == action]
    holds = "".join(f" It is held back by a rule: {rule_in_words(entity.name, rule)}." for rule in while_)
    accounts = [other for other in specs.entities if other.account or other.logs_in]
    roles = next((rule for rule in entity.rules if isinstance(rule, ActionByRole) and rule.action == action), None)
    if roles and not left:
        who = with_role(roles)
        return f"Only {who} can {one}{or_administrator(who)}.{holds}"
    if left:
        key = next(
            (one.name for one in entity.fields if left.field in {one.name, one.name.removesuffix("_id")}), left.field
        )
        who = f"its {words(key.removesuffix('_id'))}{f', {with_role(roles)}' if roles else ''}"
        return f"Only {who} can {one}{or_administrator(who)}.{holds}"
    if accounts:
        return f"Whoever is signed in can {one}: no rule of the plan leaves it to somebody.{holds}"
    return f"Whoever reaches the service can {one}: the plan has no accounts.{holds}"
