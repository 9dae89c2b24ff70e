"""Links what people see only their own of: "a family sees only its own parcels" says that each parcel has a family."""

from __future__ import annotations

from bot.planning.built_in.drafts.draft import Draft, EntityDraft, RuleWish
from bot.planning.built_in.drafts.persons import is_person
from bot.planning.built_in.drafts.resolution import add_reference
from bot.planning.built_in.phrases.roles_of_people import is_of_own, roles_parted
from bot.planning.built_in.phrases.rule_phrases import Form
from bot.planning.built_in.rules.rule_subjects import named
from bot.planning.built_in.words.role_nouns import is_role_noun
from bot.planning.built_in.words.vocabulary import entity_name

__all__ = ["link_owned"]


def link_owned(draft: Draft) -> None:
    """Let each row name whose it is, where a rule speaks of somebody's own and nothing else links the two."""
    for wish in [one for one in draft.rule_wishes if one.wish.form == Form.OWNER and not one.is_settled]:
        thing = named(draft, wish.wish.part("what")) if is_of_own(wish.wish.quote) else None
        person = owner_of(draft, wish) if thing else ""
        if thing is None or not person or thing.is_pasted or thing.name == person or are_linked(draft, thing, person):
            continue
        draft.entity(person, wish.said)
        add_reference(draft, thing.name, person, wish.said, optional=False)
        draft.assume(f"Each {thing.noun} belongs to one {draft.entities[person].noun}: “{wish.wish.quote}”")


def owner_of(draft: Draft, wish: RuleWish) -> str:
    """Return whose own a rule speaks of, one kind of people; or nothing."""
    parts = roles_parted(wish.wish.part("who"))
    noun = parts[0][0] if len(parts) == 1 else ""
    known = named(draft, noun) if noun else None
    if known is not None:
        return known.name if is_person(known) or is_role_noun(noun) else ""
    is_new = noun and noun not in draft.gone and not any(told.noun == noun for told in draft.roles)
    return entity_name(noun) if is_new and is_role_noun(noun) else ""


def are_linked(draft: Draft, thing: EntityDraft, person: str) -> bool:
    """Tell whether two things are linked, or may be: directly, by a record that names both, or by what names people."""
    wanted = {thing.name, person}
    if draft.has_link(thing.name, person) or draft.references(person, thing.name):
        return True
    if any({pair.one, pair.other} == wanted for pair in draft.pairs):
        return True
    named_by = [
        draft.entities[one.field.foreign_key]
        for one in thing.fields.values()
        if one.field.foreign_key in draft.entities
    ]
    if any(is_person(one) or draft.references(one.name, person) for one in named_by):
        return True
    return any(draft.references(one, person) and draft.references(one, thing.name) for one in draft.entities)
