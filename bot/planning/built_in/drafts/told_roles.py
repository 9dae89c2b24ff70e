"""Keeps what somebody is within a group of people as a value of their role: a steward is a member.

What is said of stewards is then said of members: a link to a steward names a member.
"""

from __future__ import annotations

import re

from bot.documents.entities.entity_specs import EntityField
from bot.documents.naming import joined, snake_case
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft, RoleTold
from bot.planning.built_in.drafts.persons import is_person
from bot.planning.built_in.drafts.role_links import link_role
from bot.planning.built_in.phrases.roles_of_people import role_value
from bot.planning.built_in.words.deed_nouns import is_somebody
from bot.planning.built_in.words.field_kinds import typed
from bot.planning.built_in.words.vocabulary import a, entity_name, spoken

__all__ = [
    "ROLE",
    "account_in",
    "has_facts",
    "holder_of",
    "is_own",
    "leave_roles",
    "note_implied",
    "only_people",
    "role_thing",
    "take_roles",
]

ROLE = "role"
"""The field that holds what somebody is."""


def take_roles(draft: Draft) -> None:
    """Make values of the roles that were told, where the people who have them are a thing by now."""
    for told in draft.roles:
        holder, thing = holder_of(draft, told), role_thing(draft, told)
        if holder is None or holder.is_pasted or (thing and (thing is holder or is_own(draft, thing, told))):
            continue
        if thing:
            merge(draft, thing, holder)
        if not told.is_taken and put_role(draft, holder, told):
            told.is_taken = True
            draft.unread[:] = [piece for piece in draft.unread if piece != told.said.quote.strip(" .!")]
        if told.is_taken:
            link_fields(draft, holder, told)


def leave_roles(draft: Draft) -> None:
    """Link two things of which one is the other: a tutor who is a student. Quote what else nothing could be made of."""
    for told in [one for one in draft.roles if not one.is_taken and not one.is_implied]:
        holder, thing = holder_of(draft, told), role_thing(draft, told)
        if holder and thing and holder is not thing and has_facts(thing) and not thing.is_pasted:
            name_who(draft, thing, holder, told)
            draft.roles.remove(told)
        else:
            draft.leave(told.said.quote.strip(" .!"))


def name_who(draft: Draft, thing: EntityDraft, holder: EntityDraft, told: RoleTold) -> None:
    """Let each row of a thing name who it is among other people."""
    quote = told.said.quote.strip(" .!")
    if not draft.references(thing.name, holder.name):
        name = f"{snake_case(holder.name)}_id"
        key = EntityField(name=name, type=typed("int"), foreign_key=holder.name, unique=True)
        thing.fields[name] = FieldDraft(key, told.said)
    draft.links = [link for link in draft.links if {link.subject, link.object} != {thing.name, holder.name}]
    draft.unread[:] = [piece for piece in draft.unread if piece != quote]
    draft.decide(f"Each {thing.noun} names the {holder.noun} that they are: “{quote}” ({told.said.author})")


def role_thing(draft: Draft, told: RoleTold) -> EntityDraft | None:
    """Return the thing that is called like a role, where there is one."""
    return draft.entities.get(entity_name(told.noun))


def is_own(draft: Draft, thing: EntityDraft, told: RoleTold) -> bool:
    """Tell whether a thing has facts of its own, so that it is more than a role; so is what came when it was one."""
    is_linked = any(thing.name in {link.subject, link.object} for link in draft.links)
    is_linked |= any(draft.references(name, thing.name) for name in draft.entities)
    return thing.is_pasted or has_facts(thing) or (told.is_taken and not is_linked)


def has_facts(thing: EntityDraft) -> bool:
    """Tell whether somebody told facts of a thing; the name that it got because nobody did is none."""
    own = [one for one in thing.fields.values() if not one.field.foreign_key]
    return any(one.said.quote.strip() and not one.said.quote.startswith("Only ") for one in own)


def holder_of(draft: Draft, told: RoleTold) -> EntityDraft | None:
    """Return the thing whose rows have a role: as said, or whoever signs in; else the only people there are."""
    if told.people:
        name = entity_name(told.people)
        return draft.entities.get(draft.other_words.get(name, name))
    return account_in(draft) or (None if told.is_implied else only_people(draft, but=entity_name(told.noun)))


def account_in(draft: Draft) -> EntityDraft | None:
    """Return the thing that people log in as; where they log in as nothing that was said, the users."""
    accounts = [entity for entity in draft.entities.values() if entity.account]
    return accounts[0] if accounts else draft.entities.get("User") if draft.people_log_in else None


def only_people(draft: Draft, but: str = "") -> EntityDraft | None:
    """Return the only thing that is somebody, or None where there are several or none."""
    people = [one for one in draft.entities.values() if one.name != but and (is_person(one) or is_somebody(one.noun))]
    return people[0] if len(people) == 1 else None


def merge(draft: Draft, thing: EntityDraft, holder: EntityDraft) -> None:
    """Let everything that names a thing that is only a role name who has it."""
    ends = {thing.name, holder.name}
    draft.links = [link for link in draft.links if {link.subject, link.object} != ends]
    del draft.entities[thing.name]
    only = f"{a(thing.noun).capitalize()} has only "
    for notes in (draft.decisions, draft.assumptions):
        notes[:] = [one for one in notes if not one.startswith(only)]
    holder.fields |= {
        key: one
        for key, one in thing.fields.items()
        if one.field.foreign_key not in {None, *ends} and key not in holder.fields
    }
    holder.fields = {key: one for key, one in holder.fields.items() if one.field.foreign_key != thing.name}
    draft.point_to(thing.name, holder.name)
    for wish in draft.rule_wishes:
        wish.entity = holder.name if wish.entity == thing.name else wish.entity


def put_role(draft: Draft, holder: EntityDraft, told: RoleTold) -> bool:
    """Put a role among the values of a thing's role, behind the ordinary one; tell whether it is there now."""
    field, value, ordinary = holder.fields.get(ROLE), role_value(told.noun), snake_case(holder.name)
    if field is None:
        new = EntityField(name=ROLE, type=typed("str"), default=ordinary)
        holder.fields[ROLE] = FieldDraft(new, told.said, (ROLE,), values=(ordinary, value), type_said=True)
    elif field.open_values:
        field.suggested = tuple(dict.fromkeys((*(field.suggested or (ordinary,)), value)))
        return True
    elif value in map(str.lower, draft.values_of(field)):
        return True
    elif not field.values:
        return False
    else:
        field.values = (*field.values, value)
    note_role(draft, holder, told)
    return True


def note_role(draft: Draft, holder: EntityDraft, told: RoleTold) -> None:
    """Say that a role is one of a thing: what somebody told, or what follows from a rule, and how to take it back."""
    values = joined([spoken(value) for value in holder.fields[ROLE].values], "or")
    known = f"The role of {a(holder.noun)} is "
    if not told.is_implied:
        draft.decisions[:] = [one for one in draft.decisions if not one.startswith(known)]
        draft.decide(f"{known}{values}: “{told.said.quote.strip(' .!')}” ({told.said.author})")
        return
    note_implied(draft, told, holder.noun)


def note_implied(draft: Draft, told: RoleTold, people: str) -> None:
    """Say that something is left to a role, and what to say where more is known of who has it."""
    noun = a(told.noun).capitalize()
    draft.assumptions[:] = [one for one in draft.assumptions if not re.match(rf"{noun} is [\w ]+ with that role:", one)]
    draft.assume(
        f"{noun} is {a(people)} with that role: “{told.said.quote.strip(' .!')}”; where more is "
        f"kept about them, say “{a(told.noun)} has a name”"
    )


def link_fields(draft: Draft, holder: EntityDraft, told: RoleTold) -> None:
    """Turn texts that are called like a role into links to who has it: the kiln master of a firing is a potter."""
    for entity in draft.entities.values():
        for name, field in list(entity.fields.items()):
            is_text = field.guessed_text and not field.values and not field.type_said
            if entity is not holder and is_text and " ".join(field.words) == told.noun:
                link_role(draft, entity, name, holder)
