"""Gives a thing the status that people only speak of: "approved expenses get paid", "a manager approves them"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.documents.entities.entity_specs import EntityField
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft, Said
from bot.planning.built_in.phrases.everyday_deeds import states_named, with_others
from bot.planning.built_in.phrases.open_rules import is_rule_like
from bot.planning.built_in.phrases.rule_phrases import read_rule
from bot.planning.built_in.rules.rule_subjects import named, stems
from bot.planning.built_in.words.field_kinds import CHOICE_WORDS, typed
from bot.planning.built_in.words.sentences import sentences_of
from bot.planning.built_in.words.vocabulary import words_of

__all__ = ["settle_states"]

BEGINS_WITH_STATE = regex(r"^(?:(?:an?|the|all|only|once)\s+)*[a-z]+(?:ed|able|ive|id)\s", re.IGNORECASE)
"""A sentence about what is in a state, not one that only mentions it: "show me all completed tasks"."""

DOES = regex(r"\b(?:can|may|must|should)\b", re.IGNORECASE)


def settle_states(draft: Draft, texts: Iterable[str], author: str) -> None:
    """Give things that have no status the one that adjectives and decisions name; its values are asked."""
    sentences = [sentence for text in texts for sentence in sentences_of(text)]
    for sentence in dict.fromkeys((*sentences, *draft.unread)):
        if not read_rule(sentence):
            take_states(draft, sentence)
    for name, states, sentence in draft.states:
        if name in draft.entities and not has_state(draft.entities[name], states):
            give_status(draft, draft.entities[name], states, Said(author, sentence))
    draft.states = []


def take_states(draft: Draft, sentence: str) -> None:
    """Note the states that a sentence names; one that nothing was made of, and that tells what is done, is a task."""
    begins = BEGINS_WITH_STATE.match(sentence) is not None
    for word in states_named(sentence):
        entity = entity_in(draft, word.noun)
        if entity is None:
            continue
        is_known = any(word.state in one.values for one in entity.fields.values())
        if sentence in draft.unread and (begins or (is_known and DOES.search(sentence))):
            draft.deeds.append(sentence)
        if begins or is_rule_like(sentence):
            states = tuple(filter(None, (word.state, word.then)))
            draft.states.append((entity.name, with_others(states), sentence))


def entity_in(draft: Draft, phrase: str) -> EntityDraft | None:
    """Return the thing that one or two words behind an adjective name."""
    words = words_of(phrase)
    return next((found for size in (2, 1) if (found := named_exactly(draft, " ".join(words[:size])))), None)


def named_exactly(draft: Draft, phrase: str) -> EntityDraft | None:
    """Return the thing that a phrase names, where its last word is the thing's own."""
    found = named(draft, phrase)
    return found if found and not found.is_pasted else None


def has_state(entity: EntityDraft, states: tuple[str, ...]) -> bool:
    """Tell whether a thing has a field that says these states already, or a status with other values."""
    wanted = stems(states)
    for name, one in entity.fields.items():
        if one.suggested:
            continue
        is_status = name.rpartition("_")[2] in CHOICE_WORDS - {"role", "priority", "severity"}
        if (is_status and not one.open_values) or set(one.values) & set(states) or wanted & stems(words_of(name)):
            return True
    return False


def give_status(draft: Draft, entity: EntityDraft, states: tuple[str, ...], said: Said) -> None:
    """Give a thing a status whose values people are asked for, with these as the likely ones."""
    known = next((one for one in entity.fields.values() if one.open_values and "stat" in one.field.name), None)
    if known is None:
        field = EntityField(name="status", type=typed("str"))
        known = entity.fields["status"] = FieldDraft(field, said, ("status",), open_values=True)
        draft.assume(f"{entity.name} has a status: “{said.quote}” speaks of it")
    entity.is_settled = True
    more = states[1:] if known.suggested and len(states) > 1 else states
    if set(known.suggested) & {"declined", "refused", "denied"}:
        more = tuple(one for one in more if one != "rejected")
    known.suggested = tuple(dict.fromkeys((*known.suggested, *more)))
