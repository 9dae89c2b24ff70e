"""Takes a thing back into what it is a fact of: "berths is only a number of the boat"."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.documents.entities.entity_specs import EntityField, FieldType
from bot.documents.naming import plural, snake_case
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft, LinkKind, Said
from bot.planning.built_in.phrases.plain_facts import PlainFact, is_counted
from bot.planning.built_in.words.field_kinds import typed
from bot.planning.built_in.words.vocabulary import entity_name, spoken

__all__ = [
    "Gone",
    "add_fact",
    "forget_entity",
    "is_told_of",
    "make_fact",
    "nothing_else",
    "owner_called",
    "owners_of",
    "speaks_of",
]

type Gone = Callable[[EntityDraft, str], None]


def nothing_else(_entity: EntityDraft, _field: str) -> None:
    """Do nothing more for a field that went."""


def make_fact(draft: Draft, name: str, fact: PlainFact, said: Said, *, gone: Gone = nothing_else) -> list[str]:
    """Turn an entity into a fact of what it was linked with; return where it is kept now, such as ``Boat.berths``.

    ``gone`` is told of each field that went. Nothing keeps it where nothing was linked with it.
    """
    entity = draft.entities[name]
    owners = owners_of(draft, name, fact)
    counted = any(is_counted(link.said.quote) for link in draft.links if name in {link.subject, link.object})
    named_by = [
        (other, key) for other in draft.entities.values() for key, one in other.fields.items()
        if one.field.foreign_key == name and other is not entity
    ]  # fmt: skip
    places: list[str] = []
    for other, key in named_by:
        if is_only_a_join(other):
            continue
        place = replace_key(other, key, fact.kind or "str", said)
        gone(other, key)
        places.append(f"{other.name}.{place}")
    forget_entity(draft, name, gone=gone)
    kept_by = {place.partition(".")[0] for place in places}
    for owner in owners:
        kind = fact.kind or ("int" if counted else "")
        if owner in kept_by or owner not in draft.entities or (fact.is_no_thing and not kind):
            continue
        places.append(add_fact(draft, owner, name, kind, said))
    return places


def add_fact(draft: Draft, owner: str, name: str, kind: str, said: Said) -> str:
    """Let an entity keep a fact in the place of things; return where it is kept."""
    field = fact_field(name, kind)
    kept = FieldDraft(field, said, type_said=bool(kind), open_plural=not kind)
    draft.entities[owner].fields.setdefault(field.name, kept)
    draft.entities[owner].is_settled = True
    return f"{owner}.{field.name}"


def fact_field(name: str, kind: str) -> EntityField:
    """Return the field that keeps a fact in the place of a thing: a number of berths, or what its name says."""
    things = plural(snake_case(name))
    if kind == "int":
        return EntityField(name=f"number_of_{things}", type=typed("int"))
    if not kind:
        return EntityField(name=things, type=FieldType(name="str", is_list=True))
    money = {"digits": 12, "places": 2} if kind == "Decimal" else {}
    return EntityField(name=snake_case(name), type=typed(kind)).model_copy(update=money)


def owners_of(draft: Draft, name: str, fact: PlainFact) -> list[str]:
    """Return what an entity is a fact of: what the words say, else what has many of it or is named by it."""
    if fact.owner and (owner := owner_called(draft, fact.owner)) and owner != name:
        return [owner]
    linked = [link.subject for link in draft.links if link.object == name and link.kind is LinkKind.HAS_MANY]
    linked += [link.subject for link in draft.links if link.object == name and link.kind is LinkKind.OWNS]
    keys = [one.field.foreign_key or "" for one in draft.entities[name].fields.values()]
    return [one for one in dict.fromkeys([*linked, *keys]) if one in draft.entities and one != name]


def owner_called(draft: Draft, noun: str) -> str:
    """Return the entity that words name, or nothing."""
    name = entity_name(noun)
    name = draft.other_words.get(name, name)
    return name if name in draft.entities else ""


def is_only_a_join(entity: EntityDraft) -> bool:
    """Tell whether an entity only joins two others: it is called after both, and nobody told anything of it."""
    ends = [one.field.foreign_key or "" for one in entity.fields.values() if one.field.foreign_key]
    is_named_after_both = any(entity.name == f"{one}{other}" for one in ends for other in ends)
    return is_named_after_both and not is_told_of(entity)


def is_told_of(entity: EntityDraft) -> bool:
    """Tell whether somebody told what an entity holds: it is more than a name with fields that were assumed."""
    return entity.is_pasted or any(not one.field.foreign_key and one.said.quote for one in entity.fields.values())


def replace_key(entity: EntityDraft, key: str, kind: str, said: Said) -> str:
    """Put a plain fact in the place of a field that named a thing; return its name."""
    before = entity.fields[key].field
    name = key.removesuffix("_id")
    money = {"digits": 12, "places": 2} if kind == "Decimal" else {}
    field = EntityField(name=name, type=typed(kind), optional=before.optional).model_copy(update=money)
    entity.fields = {
        name if one == key else one: FieldDraft(field, said, guessed_text=kind == "str") if one == key else value
        for one, value in entity.fields.items()
    }
    return name


def forget_entity(draft: Draft, name: str, *, gone: Gone = nothing_else) -> None:
    """Take an entity back with all that speaks of it; what only joined it to others goes too."""
    del draft.entities[name]
    for other in list(draft.entities.values()):
        keys = [key for key, one in other.fields.items() if one.field.foreign_key == name]
        if keys and is_only_a_join(other) and other.name in draft.entities:
            forget_entity(draft, other.name, gone=gone)
            continue
        for key in keys:
            del other.fields[key]
            gone(other, key)
    draft.links = [link for link in draft.links if name not in {link.subject, link.object}]
    draft.pairs = [pair for pair in draft.pairs if name not in {pair.one, pair.other}]
    draft.rule_wishes = [wish for wish in draft.rule_wishes if wish.entity != name]
    draft.other_words = {short: longer for short, longer in draft.other_words.items() if name not in {short, longer}}
    draft.gone.append(spoken(name))
    draft.assumptions[:] = [note for note in draft.assumptions if not speaks_of(note, draft.gone[-1])]


def speaks_of(note: str, noun: str) -> bool:
    """Tell whether a note speaks of a thing by its name, not in somebody's quoted words."""
    names = "|".join({re.escape(noun), re.escape(plural(noun.replace(" ", "_")).replace("_", " "))})
    said = re.sub(r"“[^”]*”", "", note)
    return re.search(rf"(?<![\w.])(?:{names})(?![\w.])", said, re.IGNORECASE) is not None
