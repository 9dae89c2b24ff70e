"""Decides whose the fields are after "requests are filed for an apartment with a title", or asks.

The end that has nothing else to tell about itself is meant. Where both have other fields, or neither, and the words
speak for none of them, only people know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.documents.naming import joined
from bot.planning.built_in.drafts.assembly import describe
from bot.planning.built_in.drafts.draft import Description, Draft, EntityDraft
from bot.planning.built_in.drafts.resolution import is_described
from bot.planning.built_in.questions.answers import OpenPoint, chosen, note
from bot.planning.built_in.words.vocabulary import spoken, words_of
from bot.planning.conversation import Question

__all__ = ["descriptions_open", "settle_descriptions"]


def settle_descriptions(draft: Draft) -> None:
    """Give fields to the end that has no others, now that everything was read; the rest stays open."""
    for one in draft.descriptions:
        if one.holder not in draft.entities or one.other not in draft.entities or not one.names:
            continue
        holder_has, other_has = has_others(draft, one.holder, one.names), has_others(draft, one.other, [])
        if holder_has == other_has and not one.is_likely:
            one.is_open = True
            continue
        if holder_has and not other_has:
            move(draft, one)
        draft.assume(f"“{one.quote}” describes the {spoken(one.holder)}, not the {spoken(one.other)}")


def has_others(draft: Draft, name: str, names: list[str]) -> bool:
    """Tell whether an entity has fields of its own besides some."""
    fields = draft.entities[name].fields
    return any(field not in names and not draft_field.field.foreign_key for field, draft_field in fields.items())


def move(draft: Draft, one: Description) -> None:
    """Give the fields to the other end."""
    source, target = draft.entities[one.holder], draft.entities[one.other]
    before = tuple(f"{own_description(entity)} (" for entity in (source, target))
    moved = {name: source.fields.pop(name) for name in one.names if name in source.fields}
    target.fields = moved | target.fields
    target.is_settled, source.is_settled = True, bool(source.fields)
    one.holder, one.other = one.other, one.holder
    noted = [note for note in draft.decisions if note.startswith(before)]
    if not noted:
        return
    position, author = draft.decisions.index(noted[0]), noted[0].rpartition(" (")[2]
    others = [note for note in draft.decisions if note not in noted]
    described = [f"{own_description(entity)} ({author}" for entity in (source, target) if is_described(entity)]
    draft.decisions = [*others[:position], *described, *others[position:]]


def own_description(entity: EntityDraft) -> str:
    """Return one sentence that says what an entity holds besides its links."""
    fields = {name: field for name, field in entity.fields.items() if not field.field.foreign_key}
    return describe(replace(entity, fields=fields))


def descriptions_open(draft: Draft) -> Iterator[OpenPoint]:
    """Ask whose the fields are where nothing else decides it."""
    for one in draft.descriptions:
        if one.is_open and {one.holder, one.other} <= draft.entities.keys():
            yield description_point(draft, one)


def description_point(draft: Draft, one: Description) -> OpenPoint:
    """Ask which end of a link has the fields."""
    holder, other = spoken(one.holder), spoken(one.other)
    options = (f"The {holder}", f"The {other}")
    fields = f"{'is' if len(one.names) == 1 else 'are'} {joined([spoken(name) for name in one.names])}"
    question = Question(
        id=f"describes:{one.holder}:{one.other}".lower(),
        text=f"“{one.quote}”: {fields} kept about the {holder} or about the {other}?",
        reason="The words fit both, and it decides where they are shown.",
        options=options, default=options[0],
    )  # fmt: skip

    def settle(text: str, author: str) -> None:
        one.is_open = False
        said = " ".join(words_of(text))
        named = [noun for noun in (holder, other) if noun in said]
        option = chosen(text, options) or (f"The {named[0]}" if len(named) == 1 else "")
        if option == options[1]:
            move(draft, one)
        sentence = f"“{one.quote}” describes the {spoken(one.holder)}, not the {spoken(one.other)}"
        note(draft, sentence, text, author, is_answered=bool(option))

    return OpenPoint("what each thing holds", question, settle)
