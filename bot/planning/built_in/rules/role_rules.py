"""Declares "only stewards may add tools": what is left to who has a role among those who sign in.

Who is named so only in such a rule, and is no thing, has a role: people are told so and can take it back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.documents.entities.declared_rules import ActionByOwner, ActionByRole, DeclaredRule, Transition
from bot.documents.naming import joined, plural, snake_case
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, RoleTold, RuleWish, Said
from bot.planning.built_in.drafts.told_roles import (
    ROLE,
    account_in,
    holder_of,
    is_own,
    note_implied,
    only_people,
    role_thing,
    take_roles,
)
from bot.planning.built_in.phrases.roles_of_people import (
    CREATING,
    DELETING,
    MANAGING,
    READING,
    UPDATING,
    is_of_own,
    leaves_alone,
    role_value,
    roles_parted,
)
from bot.planning.built_in.phrases.rule_phrases import Form, Wish
from bot.planning.built_in.rules.rule_subjects import MIN_STEM, named, stems
from bot.planning.built_in.rules.rule_upkeep import drop_rule, drop_value_in_rules, put_in_place, quotes_of, sees_every
from bot.planning.built_in.rules.whole_statuses import changes_status, is_of_status, steps_in, subject_of
from bot.planning.built_in.words.participles import participle
from bot.planning.built_in.words.people_words import ROLE_NOUNS, SERVED
from bot.planning.built_in.words.role_nouns import is_role_noun
from bot.planning.built_in.words.vocabulary import a, spoken, word_set, words_of

__all__ = [
    "ADMIN",
    "Left",
    "actions_of",
    "give_back_roles",
    "leave_role_rules",
    "left_to_roles",
    "let_roles_read",
    "role_actions",
    "role_rules",
    "roles_and_others",
    "settle_account_roles",
    "states_said",
    "step_of",
    "steps_named",
    "take_back_role",
    "too",
    "verbs_said",
]

ADMIN = "admin"
"""The role that manages accounts, whatever else is left to it."""


@dataclass(frozen=True)
class Left:
    """Something that is left to roles: in which words, and who may have them where that can be told."""

    quote: str
    person: EntityDraft | None = None
    is_likely: bool = False
    """They have the roles by what was said, or are the only people there are, and nobody's customers."""


def left_to_roles(draft: Draft) -> list[Left]:
    """Return what rules leave to roles that are not declared yet: who has one would have to log in."""
    return [left for wish in draft.rule_wishes if (left := left_in(draft, wish))]


def left_in(draft: Draft, wish: RuleWish) -> Left | None:
    """Return what one rule leaves to roles, or None where it does not."""
    if wish.wish.form != Form.OWNER or wish.is_settled or wish.wish.part("also"):
        return None
    subject = subject_of(draft, wish.wish, draft.entities.get(wish.entity))
    roles = roles_and_others(draft, wish.wish, subject)[0] if subject else ()
    if not roles:
        return None
    told = next((holder for role in roles if (holder := told_holder(draft, role))), None)
    person = told or only_people(draft)
    is_one_of_them = told is not None or (person is not None and words_of(person.noun)[-1] not in SERVED)
    return Left(wish.wish.quote, person, is_one_of_them)


def told_holder(draft: Draft, role: str) -> EntityDraft | None:
    """Return the thing that has a role by what people said: they told it, or it is among the values of a role."""
    having = [one for one in draft.entities.values() if role_value(role) in roles_of(draft, one)]
    said = [holder for told in draft.roles if told.noun == role and (holder := holder_of(draft, told))]
    found = having or said
    return found[0] if found else None


def roles_of(draft: Draft, entity: EntityDraft) -> tuple[str, ...]:
    """Return the roles that a thing has, in small letters."""
    field = entity.fields.get(ROLE)
    return tuple(map(str.lower, draft.values_of(field))) if field else ()


def roles_and_others(draft: Draft, wish: Wish, subject: EntityDraft) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the roles that a rule names, as nouns in the singular, and who else it names, as said."""
    parts = roles_parted(wish.part("who")) if is_about_roles(wish) else ()
    roles = tuple(noun for noun, said in parts if noun and is_role(draft, noun, said, subject))
    return roles, tuple(said for noun, said in parts if noun not in roles)


def is_about_roles(wish: Wish) -> bool:
    """Tell whether a rule leaves something to somebody and to nobody else, or lets a role do it too.

    What is somebody's own is left to whom a row names, whatever role they have.
    """
    is_left = bool(wish.part("alone") or wish.part("also")) or leaves_alone(wish.quote)
    return is_left and not is_of_own(wish.quote)


def is_role(draft: Draft, noun: str, said: str, subject: EntityDraft) -> bool:
    """Tell whether a noun is a role of somebody: told so, or somebody who is no thing, and whom no row names.

    "The seller" of an offer is the one that it names, should it name one; "the treasurer" is what somebody is.
    """
    if named(draft, noun) is not None:
        return False
    if told_holder(draft, noun) is not None or any(told.noun == noun for told in draft.roles):
        return True
    names = {word for name in subject.fields for word in words_of(name.removesuffix("_id").replace("_", " "))}
    is_of_row = said == f"the {noun}" and words_of(noun)[-1] not in ROLE_NOUNS
    return is_role_noun(noun) and not is_of_row and not stems(words_of(noun)) & stems(names)


EITHER = regex(r",\s*(?:(?:or|and)\s+)?|\s+(?:or|and)\s+")
BESIDE_VERBS = word_set("or and down off back up out in")
"""Words between and behind verbs: "confirm or turn down"."""


def role_actions(draft: Draft, subject: EntityDraft, wish: Wish) -> tuple[str, ...]:
    """Return what a rule leaves to a role, as rules call it; nothing where one of its verbs can't be told."""
    if said := wish.part("step"):
        return steps_named(subject.rules, said)
    found = [actions_of(subject.rules, verb) for verb in verbs_said(wish)]
    if is_of_status(wish):
        return tuple(steps_in(draft, subject)) if changes_status(wish) else ()
    return tuple(dict.fromkeys(action for actions in found for action in actions)) if all(found) else ()


def actions_of(rules: Iterable[DeclaredRule], verb: str) -> tuple[str, ...]:
    """Return the actions that a verb means; a step that rules know goes before making something."""
    forms = forms_of(verb)
    if forms & READING:
        return ("read",)
    if forms & UPDATING:
        return ("update",)
    if forms & DELETING:
        return ("delete",)
    if forms & MANAGING:
        return ("create", "update", "delete")
    step = step_of(rules, verb)
    return (step,) if step else ("create",) if forms & CREATING else ()


def forms_of(verb: str) -> set[str]:
    """Return what a verb may be in its base form."""
    bases = {verb, *(verb.removesuffix(ending) for ending in ("s", "es", "d", "ed", "ing"))}
    return bases | {base[:-1] for base in bases if base[-1:] == base[-2:-1]} | {f"{base}e" for base in bases}


def verbs_said(wish: Wish) -> list[str]:
    """Return the verbs of what a rule leaves to somebody, without the words beside them."""
    return [word for word in words_of(wish.part("actions")) if word not in BESIDE_VERBS]


def steps_named(rules: Iterable[DeclaredRule], said: str) -> tuple[str, ...]:
    """Return the values of a status that words name, "confirmed or called off"; none where one of them is no step."""
    known = list(rules)
    if whole := step_named(known, said):
        return (whole,)
    steps = [step_named(known, one) for one in states_said(said)]
    return tuple(dict.fromkeys(steps)) if all(steps) else ()


def states_said(said: str) -> list[str]:
    """Return the states in "confirmed or called off", one after the other."""
    return [one.strip() for one in EITHER.split(said) if one.strip()]


def step_named(rules: Iterable[DeclaredRule], said: str) -> str:
    """Return the value of a status that words name, to which some way leads: "turned down"; or nothing."""
    steps = {target for rule in rules if isinstance(rule, Transition) for _, target in rule.pairs()}
    found = [value for value in steps if snake_case(value) == snake_case(said.replace("-", " ").replace(" ", "_"))]
    return snake_case(found[0]) if len(found) == 1 else ""


def step_of(rules: Iterable[DeclaredRule], verb: str) -> str:
    """Return the only value of a status that a verb leads to: "cancel" leads to "cancelled"; or nothing."""
    base = verb.removesuffix("ing")
    steps = {target for rule in rules if isinstance(rule, Transition) for _, target in rule.pairs()}
    done = participle(base)
    found = [
        value for value in steps if value.lower()[:MIN_STEM] == base[:MIN_STEM] or value.lower().split("_")[0] == done
    ]
    return found[0].lower() if len(found) == 1 else ""


def too(draft: Draft, subject: EntityDraft, wish: Wish, roles: tuple[str, ...]) -> tuple[ActionByRole, ...] | None:
    """Let roles do too what rules leave to others; where nothing is left to anybody, that is said.

    Nothing is returned where it isn't clear what the roles may do.
    """
    actions = role_actions(draft, subject, wish)
    left = [rule for rule in subject.rules if isinstance(rule, ActionByOwner | ActionByRole) and rule.action in actions]
    if not actions:
        return None
    if not left:
        alone = f"only {wish.quote[:1].lower()}{wish.quote[1:]}".replace(" also ", " ")
        draft.decide(f"“{wish.quote}”: nobody is kept from it; say “{alone}” where others may not")
    new = [rule for rule in role_rules(draft, subject, wish, roles) if rule.action in {one.action for one in left}]
    return tuple(widened(draft, subject, rule) for rule in new)


def widened(draft: Draft, subject: EntityDraft, new: ActionByRole) -> ActionByRole:
    """Return a rule with the roles that another one of its action has already, which it takes the place of."""
    rules = (rule for rule in subject.rules if isinstance(rule, ActionByRole) and rule.action == new.action)
    old = next(rules, None)
    if old is None:
        return new
    both = old.model_copy(update={"roles": tuple(dict.fromkeys((*old.roles, *new.roles)))})
    put_in_place(draft, subject, old, both)
    return both


def let_roles_read(draft: Draft, entity: EntityDraft, new: Iterable[DeclaredRule], quote: str) -> None:
    """Let the roles that change a thing's records see them, where a new rule would shut them out: that is told."""
    changes = [one for one in entity.rules if isinstance(one, ActionByRole) and one.action not in {"create", "read"}]
    reading = [one for one in entity.rules if isinstance(one, ActionByOwner | ActionByRole) and one.action == "read"]
    is_about = any(rule in changes or rule in reading for rule in new)
    known = {role for one in reading if isinstance(one, ActionByRole) for role in one.roles}
    shut_out = dict.fromkeys(role for one in changes for role in one.roles if role not in known)
    roles = tuple(role for role in shut_out if role.lower() != ADMIN)
    if not reading or not roles or not is_about:
        return
    rule = widened(draft, entity, ActionByRole(action="read", roles=roles))
    entity.rules = tuple(dict.fromkeys((*entity.rules, rule)))
    who = joined([a(spoken(role)) for role in roles], "or").capitalize()
    draft.assume(f"{who}{sees_every(entity)}: “{quote}”")


# ---------------------------------------------------------------------------------------------------- who has a role


def role_rules(draft: Draft, subject: EntityDraft, wish: Wish, roles: tuple[str, ...]) -> tuple[ActionByRole, ...]:
    """Return the rules that leave something to roles of whoever signs in, and give them the roles; or nothing.

    Where the roles are those of a thing, it is what people sign in as.
    """
    actions = role_actions(draft, subject, wish)
    if not draft.people_log_in or not actions or subject is account_in(draft):
        return ()
    holder = next((holder for role in roles if (holder := told_holder(draft, role))), None)
    if account_in(draft) is None and holder is not None:
        holder.account = True
        draft.assume(f"{people_of(holder)} sign in, for their role tells who may do what: “{wish.quote}”")
    known = {told.noun for told in draft.roles}
    for role in roles:
        if role not in known and told_holder(draft, role) is None:
            draft.roles.append(RoleTold(role, "", Said("", wish.quote), is_implied=True))
    take_roles(draft)
    account = account_in(draft)
    if subject is account:
        return ()
    for told in draft.roles if account is None else ():
        if told.noun in roles:
            note_implied(draft, told, "user")
    if account is not None and not set(map(role_value, roles)) <= set(roles_of(draft, account)):
        return ()
    values = tuple(spelled(draft, account, role_value(role)) for role in roles)
    return tuple(ActionByRole(action=action, roles=values) for action in actions)


def spelled(draft: Draft, account: EntityDraft | None, value: str) -> str:
    """Return a role as the values of the account's role spell it."""
    field = account.fields.get(ROLE) if account else None
    values = draft.values_of(field) if field else ()
    return next((one for one in values if one.lower() == value), value)


def people_of(entity: EntityDraft) -> str:
    """Return what rows of a thing are called together, at the beginning of a sentence."""
    return spoken(plural(snake_case(entity.name))).capitalize()


def settle_account_roles(draft: Draft) -> None:
    """Let whoever registers have the ordinary role, and somebody manage the accounts, where roles tell who may what."""
    account = account_in(draft)
    field = account.fields.get(ROLE) if account else None
    if account is None:
        return
    for own in [one for one in account.rules if isinstance(one, ActionByRole)]:
        leave_unkept(draft, account, own)
    if field is None or not field.values:
        return
    rules = [rule for one in draft.entities.values() for rule in one.rules if isinstance(rule, ActionByRole)]
    left = {role for rule in rules for role in rule.roles}
    if not left and field.values[0] != snake_case(account.name):
        return
    plain = [value for value in field.values if value.lower() != ADMIN]
    first = next((value for value in plain if value not in left), plain[0] if plain else "")
    if first and field.field.default not in field.values:
        field.field = field.field.model_copy(update={"default": first})
    if ADMIN not in map(str.lower, field.values):
        field.values = (*field.values, ADMIN)
        draft.assume(
            f"The role of {a(account.noun)} can also be {ADMIN}: somebody has to manage the accounts. "
            f"Who registers is {a(spoken(first))}, until an admin gives them another role"
        )


def leave_unkept(draft: Draft, entity: EntityDraft, rule: ActionByRole) -> None:
    """Quote a rule that can't be kept: there are no accounts, or it leaves these to a role, as managing them is."""
    for quote in quotes_of(draft, entity, rule):
        draft.leave(quote)
    drop_rule(draft, entity, rule)


def give_back_roles(draft: Draft) -> None:
    """Let a role be none where people tell of a thing of that name since: its rules are read again."""
    for told in [one for one in draft.roles if one.is_taken]:
        thing, holder = role_thing(draft, told), holder_of(draft, told)
        if thing is None or holder is None or thing is holder or not is_own(draft, thing, told):
            continue
        forget_role(draft, holder, told)
        take_back_rules(draft, role_value(told.noun))


def forget_role(draft: Draft, holder: EntityDraft, told: RoleTold) -> None:
    """Take a role from the values of a thing, with what was noted of it; the last one goes with the field."""
    draft.roles.remove(told)
    value, field = role_value(told.noun), holder.fields.get(ROLE)
    if field is not None and field.values:
        field.values = tuple(one for one in field.values if one.lower() != value)
        if {one.lower() for one in field.values} <= {ADMIN, snake_case(holder.name)}:
            del holder.fields[ROLE]
    draft.decisions[:] = [one for one in draft.decisions if not one.startswith(f"The role of {a(holder.noun)} is ")]
    notes = (f"{a(told.noun).capitalize()} is ", f"The role of {a(holder.noun)} can also be ")
    draft.assumptions[:] = [one for one in draft.assumptions if not one.startswith(notes)]


def take_back_role(draft: Draft, noun: str) -> bool:
    """Take back a role that was told, and what was left to it; tell whether there is one."""
    told = next((one for one in draft.roles if one.noun == noun and one.is_taken), None)
    holder = holder_of(draft, told) if told else None
    if told is None or holder is None or role_thing(draft, told) is not None:
        return False
    drop_value_in_rules(draft, holder, ROLE, role_value(noun))
    forget_role(draft, holder, told)
    return True


def leave_role_rules(draft: Draft) -> None:
    """Quote what is left to roles where nobody signs in."""
    for entity in draft.entities.values():
        for rule in [one for one in entity.rules if isinstance(one, ActionByRole)]:
            leave_unkept(draft, entity, rule)


def take_back_rules(draft: Draft, value: str) -> None:
    """Take back the rules that leave something to a role; what was said is a rule that is still to be declared."""
    for entity in draft.entities.values():
        for rule in [
            one for one in entity.rules if isinstance(one, ActionByRole) and value in map(str.lower, one.roles)
        ]:
            drop_rule(draft, entity, rule)
    for wish in draft.rule_wishes:
        is_about = any(role_value(noun) == value for noun, _ in roles_parted(wish.wish.part("who")))
        if wish.wish.form == Form.OWNER and is_about:
            wish.is_settled = False
