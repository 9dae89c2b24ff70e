"""Finds what rules speak of in a draft: the entities, their moments and periods, the records that rules count."""

from __future__ import annotations

from collections.abc import Iterable

from bot.documents.entities.declared_rules import MOMENTS, DeclaredRule
from bot.documents.entities.entity_specs import EntityField, FieldType
from bot.planning.built_in.drafts.draft import Draft, EntityDraft
from bot.planning.built_in.drafts.resolution import add_reference, longer_name
from bot.planning.built_in.phrases.rule_phrases import Wish
from bot.planning.built_in.words.vocabulary import EVENT_NOUNS, base_verb, entity_name, singular, word_set, words_of

__all__ = [
    "BEGINS",
    "ENDS",
    "MIN_STEM",
    "OVER",
    "Found",
    "implied_key",
    "is_loan",
    "key_to",
    "moment_called",
    "moments",
    "named",
    "only",
    "over_field",
    "pair_of",
    "pair_of_phrases",
    "period_of",
    "record_of",
    "stems",
    "with_days",
]

OVER = word_set("returned back ended finished end closed completed until released collected")
"""Words of a field that says when something is over."""
BEGINS, ENDS = (
    word_set("start starts begin begins from starting beginning first entry entered pick pickup"),
    word_set("end ends finish until to ending last finishes exit exited return dropoff"),
)
STAYS = word_set("arrival departure arrives departs check checkin checkout arriving leaving arrived left")
"""Words of the two ends of a stay, or of a way: whichever is named first begins it."""
LOANS = word_set("loan rental hire lease lending borrowing checkout")
"""Records of what goes out of the house and comes back."""
FADING = word_set(
    "the a an it its was is were been day date time moment that this then he she they we when of on at has had his her"
)
"""Words that tell no moment from another."""
MIN_STEM = 4
"""Letters of a word that tell it from others."""
type Found = tuple[EntityDraft, tuple[DeclaredRule, ...]] | None
"""The entity that a rule is declared in, with what is declared there; None where the draft lacks what it needs."""


def named(draft: Draft, phrase: str) -> EntityDraft | None:
    """Return the entity that a phrase names, or None."""
    name = entity_name(phrase)
    name = draft.other_words.get(name, name)
    return draft.entities.get(name) or draft.entities.get(longer_name(draft, name) if name else "")


def is_loan(entity: EntityDraft) -> bool:
    """Tell whether an entity is a record of what goes out and comes back, by its name."""
    return bool(words_of(entity.noun)) and words_of(entity.noun)[-1] in LOANS


def moments(entity: EntityDraft) -> list[EntityField]:
    """Return the fields of an entity that are a date or a moment."""
    return [
        one.field for one in entity.fields.values() if one.field.type.name in MOMENTS and not one.field.type.is_list
    ]


def key_to(entity: EntityDraft, target: EntityDraft) -> EntityField | None:
    """Return the only foreign key of an entity to another, or None."""
    keys = [one.field for one in entity.fields.values() if one.field.foreign_key == target.name]
    return keys[0] if len(keys) == 1 else None


def says_what(wish: Wish) -> bool:
    """Tell whether a rule says whose periods it is about, by a noun or by what is done to it."""
    return bool(wish.part("record") or wish.part("verb"))


def implied_key(draft: Draft, wish: Wish, record: EntityDraft, owner_entity: EntityDraft) -> EntityField | None:
    """Return the foreign key that a rule counts along; "two orders for the same car" says that an order names one."""
    if record.name == owner_entity.name:
        return None
    linked = draft.has_link(record.name, owner_entity.name)
    keys = [one for one in record.fields.values() if one.field.foreign_key == owner_entity.name]
    if not keys and not linked and not key_to(owner_entity, record) and says_what(wish):
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


def period_of(entity: EntityDraft) -> tuple[EntityField, EntityField] | None:
    """Return the start and the end of an entity's rows, or None; an arrival named before a departure begins a stay."""
    stays = [one for one in moments(entity) if set(words_of(one.name)) & STAYS]
    if len(stays) == 2 and stays[0].type == stays[1].type and not stays[0].optional:
        return stays[0], stays[1]
    starts = [one for one in moments(entity) if set(words_of(one.name)) & BEGINS]
    ends = [one for one in moments(entity) if set(words_of(one.name)) & ENDS]
    is_period = len(starts) == len(ends) == 1 and starts[0].type == ends[0].type and not starts[0].optional
    return (starts[0], ends[0]) if is_period else None


def with_days(draft: Draft, quote: str, record: EntityDraft) -> bool:
    """Make moments of a start and an end that are only times of day, noted as an assumption."""
    clocks = [one.field for one in record.fields.values() if one.field.type.name == "time" and not one.field.optional]
    starts = [one for one in clocks if set(words_of(one.name)) & BEGINS]
    ends = [one for one in clocks if set(words_of(one.name)) & ENDS]
    if len(starts) != 1 or len(ends) != 1 or moments(record):
        return False
    for one in (starts[0], ends[0]):
        record.fields[one.name].field = one.model_copy(update={"type": FieldType(name="datetime")})
    names = f"{starts[0].name} and {ends[0].name}"
    draft.assume(f"{record.name}: {names} are each a date and time: “{quote}” needs the day too")
    return True


def pair_of(
    draft: Draft, wish: Wish, entity: str, left: str, right: str
) -> tuple[EntityDraft, EntityField, EntityField] | None:
    """Return the only entity with a moment for each of two phrases, and these."""
    return pair_of_phrases(draft, wish.quote, left, right, entity)


def pair_of_phrases(
    draft: Draft, quote: str, left: str, right: str, entity: str = ""
) -> tuple[EntityDraft, EntityField, EntityField] | None:
    """Return the only entity with a moment for each of two phrases, and these; rather one that the words name."""
    candidates = [draft.entities[entity]] if entity in draft.entities else list(draft.entities.values())
    found = []
    for one in candidates:
        first = moment_called(one, left)
        second = moment_called(one, right, first.name if first else "")
        if first and second:
            found.append((one, first, second))
    about = [one for one in found if one[0].noun in quote.lower()]
    sure = found if len(found) == 1 else about
    return sure[0] if len(sure) == 1 else None


def only(found: list[EntityField]) -> EntityField | None:
    """Return the required one of fields where there is exactly one."""
    required = [one for one in found if not one.optional]
    return required[0] if len(required) == 1 else None
