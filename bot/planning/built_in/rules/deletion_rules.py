"""Puts what people said of deleting into the foreign keys that it is about."""

from __future__ import annotations

from bot.documents.entities.entity_specs import OnDelete
from bot.planning.built_in.drafts.draft import DeletionWish, Draft, EntityDraft, FieldDraft
from bot.planning.built_in.rules.rule_subjects import named
from bot.planning.built_in.words.vocabulary import a, spoken

__all__ = ["forget_deletion", "leave_deletions", "settle_deletions"]


def settle_deletions(draft: Draft) -> None:
    """Give each foreign key what was said of it; the last word holds. What names nothing yet waits for answers."""
    for wish in draft.deletions:
        if not wish.is_settled and (found := keys_of(draft, wish)):
            wish.is_settled = True
            for entity, key in found:
                take(draft, wish, entity, key)


def leave_deletions(draft: Draft) -> bool:
    """Quote what is about no two things that are linked; tell whether there was any."""
    left = [wish for wish in draft.deletions if not wish.is_settled]
    for wish in left:
        wish.is_settled = True
        draft.leave(wish.said.quote)
    return bool(left)


def forget_deletion(draft: Draft, wish: DeletionWish) -> None:
    """Take back what was said of deleting: the keys say nothing of it any more."""
    draft.deletions.remove(wish)
    for _, key in keys_of(draft, wish):
        key.field = key.field.model_copy(update={"on_delete": None})
    draft.decisions[:] = [note for note in draft.decisions if f"“{wish.said.quote}”" not in note]


def keys_of(draft: Draft, wish: DeletionWish) -> list[tuple[EntityDraft, FieldDraft]]:
    """Return the foreign keys of the records to the thing that is deleted."""
    parent, child = named(draft, wish.deletion.parent), named(draft, wish.deletion.child)
    if parent is None or child is None:
        return []
    return [(child, one) for one in child.fields.values() if one.field.foreign_key == parent.name]


def take(draft: Draft, wish: DeletionWish, entity: EntityDraft, key: FieldDraft) -> None:
    """Let one foreign key say what becomes of its row; one that is emptied may be empty."""
    kind = wish.deletion.kind
    update: dict[str, object] = {"on_delete": kind}
    place = f"{entity.name}.{key.field.name}"
    if kind is OnDelete.SET_NULL and not key.field.optional:
        update["optional"] = True
        draft.assume(f"{place} may be empty: what it names can be deleted")
    key.field = key.field.model_copy(update=update)
    parent = a(spoken(key.field.foreign_key or ""))
    does = {
        OnDelete.RESTRICT: f"{parent.capitalize()} that is named by {place} can't be deleted",
        OnDelete.CASCADE: f"Deleting {parent} deletes what names it by {place}",
        OnDelete.SET_NULL: f"Deleting {parent} empties {place}",
    }[kind]
    draft.decide(f"{does}: “{wish.said.quote}” ({wish.said.author})")
