"""Opens circles of things that each must name the next: no first row of any could be stored."""

from __future__ import annotations

from bot.planning.built_in.drafts.draft import Draft, FieldDraft
from bot.planning.built_in.words.vocabulary import a, spoken

__all__ = ["open_circles"]


def open_circles(draft: Draft) -> None:
    """Let the link that closes each circle be empty, and say so; what people pasted stays as it is."""
    seen: dict[str, set[str]] = {}
    for name, entity in draft.entities.items():
        seen[name] = set()
        for field in entity.fields.values():
            target = field.field.foreign_key
            if not is_required(field) or target is None or target == name:
                continue
            if entity.is_pasted or not leads(seen, target, name):
                seen[name].add(target)
                continue
            field.field = field.field.model_copy(update={"optional": True})
            draft.assume(
                f"{a(spoken(name)).capitalize()} may be without {a(spoken(target))}: they lead back to each other, and "
                "one of them must be stored first"
            )


def is_required(field: FieldDraft) -> bool:
    """Tell whether a field names another thing in every row."""
    return field.field.foreign_key is not None and not field.field.optional


def leads(keys: dict[str, set[str]], start: str, goal: str) -> bool:
    """Tell whether required keys that are known by now lead from one thing to another."""
    reached, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        waiting += (further := keys.get(here, set()) - reached)
        reached |= further
    return False
