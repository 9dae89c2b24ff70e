"""Says in words of our own what several fields of a thing say together: unique as a pair, one never after another."""

from __future__ import annotations

from bot.documents.entities.declared_rules import MOMENTS
from bot.documents.entities.entity_specs import EntityField
from bot.documents.naming import joined, plural, snake_case
from bot.planning.built_in.drafts.draft import Draft, EntityDraft
from bot.planning.built_in.phrases.open_rules import OpenRule
from bot.planning.built_in.rules.rule_subjects import key_to, named, stems
from bot.planning.built_in.words.vocabulary import a, spoken, words_of

__all__ = ["checked", "once_together"]

NEVER = {">=": "before", ">": "before or at", "<=": "after", "<": "after or at"}
"""What a moment never is beside another one, by the sign between them."""
LIMITED = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}


def once_together(draft: Draft, said: OpenRule) -> str:
    """Say which fields occur once together, or nothing where no thing, or more than one, has them all."""
    phrases = [said.part("early"), *(part.strip() for part in said.part("late").split(","))]
    found = []
    for entity in things_meant(draft, said):
        fields = [field_called(draft, entity, phrase) for phrase in phrases]
        if all(fields) and len({one.name for one in fields if one}) == len(fields):
            found.append((entity, [spoken(one.name.removesuffix("_id")) for one in fields if one]))
    if len(found) != 1:
        return ""
    entity, names = found[0]
    return f"no two {spoken(plural(snake_case(entity.name)))} have the same {joined(names)}"


def checked(draft: Draft, said: OpenRule) -> str:
    """Say what a check of two columns asks of them, or nothing where it asks more."""
    for entity in things_meant(draft, said):
        first, second = entity.fields.get(said.part("early")), entity.fields.get(said.part("late"))
        if first is None or second is None:
            continue
        sign, names = said.part("sign"), (first.field.name, second.field.name)
        if first.field.type.name in MOMENTS:
            return f"{names[0]} of {a(entity.noun)} is never {NEVER[sign]} its {names[1]}"
        return f"{names[0]} of {a(entity.noun)} is {LIMITED[sign]} its {names[1]}"
    return ""


def things_meant(draft: Draft, said: OpenRule) -> list[EntityDraft]:
    """Return what a rule names, or everything where it names nothing."""
    if not said.part("what"):
        return list(draft.entities.values())
    entity = named(draft, said.part("what")) or next(
        (one for one in draft.entities.values() if one.name.lower() == said.part("what")), None
    )
    return [entity] if entity else []


def field_called(draft: Draft, entity: EntityDraft, phrase: str) -> EntityField | None:
    """Return the only field, or reference, of an entity that a phrase names, or None."""
    fields = [one.field for one in entity.fields.values()]
    stem = snake_case(phrase)
    exact = next((one for one in fields if one.name in {stem, f"{stem}_id"}), None)
    if exact is not None:
        return exact
    target = named(draft, phrase)
    key = key_to(entity, target) if target else None
    wanted = stems(words_of(phrase))
    alike = [one for one in fields if wanted and wanted <= stems(words_of(one.name))]
    return key or (alike[0] if len(alike) == 1 else None)
