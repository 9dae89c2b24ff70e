"""Makes a thing of what a record only names as text, where a rule keeps its records apart, or counts them.

"A booking has a room, a start and an end. A room can't be booked twice at the same time": whoever says so means rooms
that are told from each other, not words in a text. So does "a borrower can have at most five loans".
"""

from __future__ import annotations

from bot.documents.naming import plural, snake_case
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft, RuleWish
from bot.planning.built_in.phrases.count_phrases import read_count
from bot.planning.built_in.phrases.rule_phrases import Form
from bot.planning.built_in.rules.rule_subjects import moments, named
from bot.planning.built_in.words.vocabulary import entity_name, spoken

__all__ = ["raise_owners"]

KEEPING_APART = frozenset({Form.NO_OVERLAP, Form.ONE_OPEN})
TEXTS = frozenset({"name", "title", "status", "state", "kind", "type", "email", "phone", "address", "note", "text"})
"""Fields that say something of a record itself: no two records are kept apart by a thing of that name."""


def raise_owners(draft: Draft) -> None:
    """Add the things that rules keep records apart by, or count them for, where just one record names each, as text.

    `bot.planning.built_in.drafts.resolution.resolve` turns the text into a link.
    """
    for wish in draft.rule_wishes:
        name = owner_without_thing(draft, wish.wish.part("owner")) if is_open(wish) else ""
        records = [one for one in naming(draft, name) if moments(one)] if name else []
        if len(records) == 1:
            add_owner(draft, name, records[0], wish.wish.quote)
    for piece in draft.unread:
        said = read_count(piece)
        name = owner_without_thing(draft, said.owner) if said and said.number else ""
        records = [one for one in naming(draft, name) if one is named(draft, said.thing)] if said and name else []
        if len(records) == 1:
            add_owner(draft, name, records[0], piece)


def is_open(wish: RuleWish) -> bool:
    """Tell whether a rule keeps records apart, and is not declared yet."""
    return wish.wish.form in KEEPING_APART and not wish.is_settled


def add_owner(draft: Draft, name: str, record: EntityDraft, quote: str) -> None:
    """Add a thing that a record names as text so far, and say why."""
    draft.entity(name, record.said)
    one, many = spoken(snake_case(name)), spoken(plural(snake_case(record.name)))
    draft.assume(f"Each {one} is kept as a thing of its own, since a rule tells {many} apart by it: “{quote}”")


def owner_without_thing(draft: Draft, owner: str) -> str:
    """Return the name of what a rule is about, where it is no thing and nobody took it back."""
    name = entity_name(owner) if owner and named(draft, owner) is None else ""
    is_free = name and name not in draft.same and spoken(snake_case(name)) not in draft.gone
    return name if is_free and snake_case(name) not in TEXTS else ""


def naming(draft: Draft, name: str) -> list[EntityDraft]:
    """Return the records that name something as plain text."""
    return [
        entity
        for entity in draft.entities.values()
        if not entity.is_pasted and is_plain(entity.fields.get(snake_case(name)))
    ]


def is_plain(field: FieldDraft | None) -> bool:
    """Tell whether a field is one text of which nobody said more."""
    if field is None or field.type_said or field.values:
        return False
    return field.field.type.name == "str" and not field.field.type.is_list and not field.field.unique
