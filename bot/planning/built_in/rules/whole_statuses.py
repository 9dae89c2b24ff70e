"""Tells of which thing a rule leaves the whole status to somebody: "only the office may change the status"."""

from __future__ import annotations

from bot.documents.entities.declared_rules import Transition
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft
from bot.planning.built_in.phrases.rule_phrases import Wish
from bot.planning.built_in.rules.rule_subjects import named
from bot.planning.built_in.words.field_kinds import CHOICE_WORDS
from bot.planning.built_in.words.vocabulary import word_set, words_of

__all__ = ["changes_status", "is_of_status", "steps_in", "subject_of", "values_left", "whole_status"]

EACH = r"(?:(?:an?|the|each|every|any|one)\s)?"
NOUN = r"[a-z][\w-]{0,40}(?:\s[a-z][\w-]{0,40})?"
STATUS = regex(
    rf"(?:(?:the|its|their|his|her)\s(?P<one>status|state)|(?:an?|any|every|each)\s(?:status|state)|status(?:es)?|states|"
    rf"(?:the|its)\s(?:status|state)(?:es|s)?\sof\s{EACH}(?P<of>{NOUN})|{EACH}(?P<whose>{NOUN})['’]s?\s(?:status|state)|"
    r"(?:the|an?)\s(?P<before>[a-z][\w-]{0,40})\s(?:status|state))"
)
"""What changes by its steps, and by nothing else; whose it is may stand before or behind it."""
CHANGING = word_set("change update edit modify set move switch adjust")
OTHER_CHOICES = word_set("role priority severity")


def is_of_status(wish: Wish) -> bool:
    """Tell whether a rule speaks of a status as a whole."""
    return STATUS.fullmatch(wish.part("what")) is not None


def changes_status(wish: Wish) -> bool:
    """Tell whether a rule is about who changes a status as a whole, and not about who sees it."""
    verbs = [word for word in words_of(wish.part("actions")) if word not in {"and", "or"}]
    return is_of_status(wish) and bool(verbs) and all(forms_of(verb) & CHANGING for verb in verbs)


def forms_of(verb: str) -> set[str]:
    """Return what a verb may be in its base form: "changes", "changed" and "changing" may all be "change"."""
    bases = {verb, *(verb.removesuffix(ending) for ending in ("s", "d", "ed", "ing"))}
    return bases | {f"{base}e" for base in bases}


def subject_of(draft: Draft, wish: Wish, near: EntityDraft | None) -> EntityDraft | None:
    """Return the thing that a rule is about; ``near`` is what was spoken of, which has "it" and "the status"."""
    what = wish.part("what")
    if what in {"it", "them", "one", "this"}:
        return near
    match = STATUS.fullmatch(what)
    if match is None or named(draft, what) is not None:
        return named(draft, what)
    said = match["of"] or match["whose"] or match["before"]
    if said:
        return near if said in {"it", "them"} else named(draft, said)
    having = [one for one in draft.entities.values() if whole_status(draft, one)]
    if len(having) == 1:
        return having[0]
    return near if match["one"] else None


def whole_status(draft: Draft, entity: EntityDraft) -> FieldDraft | None:
    """Return the only status of a thing: the one with steps, or the only one that is called so and has values."""
    stepped = [entity.fields[rule.field] for rule in entity.rules if isinstance(rule, Transition)]
    called = [
        one
        for one in entity.fields.values()
        if words_of(one.field.name)[-1] in CHOICE_WORDS - OTHER_CHOICES and draft.values_of(one)
    ]
    found = stepped or called
    return found[0] if len(found) == 1 else None


def steps_in(draft: Draft, subject: EntityDraft) -> list[str]:
    """Return the values to which the steps of a status lead, each once; none as long as some of its ways are open."""
    rules = [rule for rule in subject.rules if isinstance(rule, Transition)]
    if any(values_left(draft, subject, rule) for rule in rules):
        return []
    return list(dict.fromkeys(target.lower() for rule in rules for _, target in rule.pairs()))


def values_left(draft: Draft, entity: EntityDraft, rule: Transition) -> list[str]:
    """Return the values of a status that no step names."""
    field = entity.fields.get(rule.field)
    values = draft.values_of(field) if field else ()
    told = {value for pair in rule.pairs() for value in pair}
    return [one for one in values if one not in told and (entity.name, rule.field, one) not in draft.unreached]
