"""Makes links of roles: an "assignee" of an issue is one of the users, where people are one thing."""

from __future__ import annotations

from bot.documents.entities.entity_specs import EntityField
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft
from bot.planning.built_in.words.field_kinds import typed
from bot.planning.built_in.words.vocabulary import a, word_set

__all__ = ["is_people", "link_roles"]

ANYBODY = word_set("user person account")
"""Things that stand for everybody: each role is one of them."""
STAFF = word_set("employee colleague staff worker teammate")
"""Things that stand for those who work there: what outsiders are is none of them."""
ROLES = word_set(
    "assignee reporter approver reviewer requester submitter uploader organizer organiser supervisor manager lead "
    "leader moderator maintainer operator coordinator handler editor trainer instructor coach mentor driver technician "
    "inspector responsible host controller dispatcher facilitator clerk foreman caretaker"
)
"""What somebody is with regard to a thing, inside of the house."""
OUTSIDE = word_set("owner creator sender recipient receiver inviter seller buyer borrower poster holder")
"""What somebody may be who doesn't work there."""
LONGEST_ROLE = 2
"""Words: "project manager"."""


def is_people(entity: EntityDraft) -> bool:
    """Tell whether a thing is the people of a service: its users, or those who work there."""
    return entity.noun in ANYBODY | STAFF


def link_roles(draft: Draft) -> None:
    """Turn texts that are called like a role into links to the one thing that people are."""
    people = [one for one in draft.entities.values() if is_people(one)]
    if len(people) != 1:
        return
    person = people[0]
    roles = ROLES | OUTSIDE if person.noun in ANYBODY else ROLES
    for entity in draft.entities.values():
        if entity.is_pasted or entity is person:
            continue
        for name in [name for name, field in entity.fields.items() if is_role(field, roles)]:
            link_role(draft, entity, name, person)


def is_role(field: FieldDraft, roles: frozenset[str]) -> bool:
    """Tell whether a field is a plain text that is called like a role."""
    is_plain = field.guessed_text and not field.values and not field.type_said and not field.clause
    words = field.words
    return is_plain and field.field.type.name == "str" and 0 < len(words) <= LONGEST_ROLE and words[-1] in roles


def link_role(draft: Draft, entity: EntityDraft, name: str, person: EntityDraft) -> None:
    """Let a field name a person, under the name of the role."""
    field = entity.fields[name]
    reference = EntityField(
        name=f"{name}_id", type=typed("int"), foreign_key=person.name, optional=field.field.optional,
        unique=field.field.unique,
    )  # fmt: skip
    linked = FieldDraft(reference, field.said)
    entity.fields = {
        reference.name if key == name else key: linked if key == name else one for key, one in entity.fields.items()
    }
    role = " ".join(field.words)
    draft.assume(f"The {role} of {a(entity.noun)} is {a(person.noun)}")
