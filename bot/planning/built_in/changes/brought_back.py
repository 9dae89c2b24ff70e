"""Brings back what a change took away: "actually, bring the breed back", "we need the kennels after all".

It comes back as it was, with the links and rules that went with it, and not as something new of that name.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft
from bot.planning.built_in.rules.rule_upkeep import names_in
from bot.planning.built_in.words.vocabulary import DETERMINERS, entity_name, singular, spoken, straight, words_of

__all__ = ["TakenAway", "brings_back"]

LONGEST = 200
LEAD = (
    r"(?:(?:please|actually|sorry|ok|okay|no|hm+|oh|and|but|wait|well|then|on second thoughts?|"
    r"(?:we|i) changed (?:our|my) minds?|can you|could you|let's)\b[,:;.!\s]*)*"
)
ARTICLE = r"(?:(?:the|our|my|an?|that|its|their)\s+)?"
NO_NAME = r"(?!(?:back|it|that|this|them)\b)"
WHAT = rf"{ARTICLE}(?P<what>{NO_NAME}[a-z][\w'-]*(?:\s+{NO_NAME}[\w'-]+){{0,3}}?)"
OF = (
    r"(?:\s+(?:of|to|for|from|on|in|into)\s+(?:(?:the|our|an?|each|every|all)\s+)?"
    r"(?P<of>[a-z][\w-]*(?:\s+[\w-]+)?))?"
)
END = r"(?:\s*,?\s*(?:again|please|after all|then|now|in|too|in again|as (?:it|they) (?:was|were)|as before))*"
WE_WANT = r"(?:we|i)(?:'d|\s+would|\s+do|\s+still)*\s+(?:want|need|like|have)(?:\s+to\s+have)?"
BRING = rf"(?:bring|put|take|get|have|add|want|need|give\s+us|{WE_WANT})"
BACK = tuple(
    regex(rf"^{LEAD}{form}{END}[\s.!?]*$", re.IGNORECASE)
    for form in (
        rf"{BRING}\s+{WHAT}{OF}\s+back{OF.replace('of>', 'at>')}",
        rf"(?:bring|put|take|get|add)\s+back\s+(?:in\s+)?{WHAT}{OF}",
        rf"(?:restore|re-?add|re-?instate|re-?introduce|undelete)\s+{WHAT}{OF}",
        rf"{WHAT}{OF}\s+(?:should|must|can|may|has to|have to|needs? to|shall)\s+(?:come\s+back|be\s+back|return)",
    )
)
AFTER_ALL = regex(
    rf"^{LEAD}(?:we|i)\s+(?:do\s+|still\s+)*(?:need|want|keep|have)\s+{WHAT}{OF}\s*,?\s+after\s+all[\s.!]*$",
    re.IGNORECASE,
)
"""What is wanted after all comes back where it was taken away; else it is a wish as any other."""


def brings_back(text: str) -> bool:
    """Tell whether a sentence wants something back, by these words."""
    said = straight(text)
    return len(said) <= LONGEST and any(form.match(said) for form in BACK)


@dataclass
class Taken:
    """What one change took away: things, fields with their places, and the draft in which they were."""

    before: Draft
    entities: list[str]
    fields: list[tuple[str, str]]


@dataclass
class TakenAway:
    """All that changes took away so far, the newest last."""

    taken: list[Taken] = field(default_factory=list)

    def note(self, before: Draft, after: Draft) -> None:
        """Note what a change took away. What only got another name is there still."""
        entities = [name for name in before.entities if name not in after.entities]
        is_less = len(after.entities) < len(before.entities)
        fields = [
            (name, one)
            for name, entity in before.entities.items()
            if name in after.entities and len(after.entities[name].fields) < len(entity.fields)
            for one in entity.fields
            if one not in after.entities[name].fields
        ]
        if (entities and is_less) or fields:
            self.taken.append(Taken(before, entities if is_less else [], fields))

    def bring_back(self, draft: Draft, text: str) -> bool:
        """Put what a sentence wants back into a draft; False where nothing so called was taken away."""
        said = straight(text)
        forms = (*BACK, AFTER_ALL) if len(said) <= LONGEST else ()
        match = next(filter(None, (form.match(said) for form in forms)), None)
        if match is None:
            return False
        found = match.groupdict()
        what, of = found["what"], entity_name(found.get("of") or found.get("at") or "thing")
        owner = of if found.get("of") or found.get("at") else ""
        return any(self.put_back(draft, taken, what, owner) for taken in reversed(self.taken))

    def put_back(self, draft: Draft, taken: Taken, what: str, owner: str) -> bool:
        """Put back what one change took away, where it is called so."""
        name = entity_name(what)
        if name in taken.entities and name not in draft.entities and not owner:
            put_entity(draft, taken, name)
            return True
        wanted = plain(what)
        places = [
            (entity, one)
            for entity, one in taken.fields
            if wanted in {plain(spoken(one)), plain(spoken(one.removesuffix("_id"))), plain(f"{spoken(entity)} {one}")}
            and (not owner or owner == entity)
            and entity in draft.entities
            and one not in draft.entities[entity].fields
        ]
        for entity, one in places:
            put_field(draft, taken.before.entities[entity], draft.entities[entity], one)
        put_rules(draft, taken)
        return bool(places)


def plain(name: str) -> tuple[str, ...]:
    """Return the words of a name, each in the singular, without articles."""
    return tuple(singular(word) for word in words_of(name.replace("_", " ")) if word not in DETERMINERS)


def put_field(draft: Draft, old: EntityDraft, entity: EntityDraft, name: str) -> None:
    """Put a field back in its place; one that names a thing which is gone stays away."""
    one = deepcopy(old.fields[name])
    if one.field.foreign_key and one.field.foreign_key not in draft.entities:
        return
    before = list(old.fields)[: list(old.fields).index(name)]
    there = list(entity.fields.items())
    at = max((n + 1 for n, (known, _) in enumerate(there) if known in before), default=0)
    fields: dict[str, FieldDraft] = dict([*there[:at], (name, one), *there[at:]])
    entity.fields.clear()
    entity.fields.update(fields)


def put_entity(draft: Draft, taken: Taken, name: str) -> None:
    """Put a thing back with the fields of others that name it, and the links that were said of it."""
    draft.entities[name] = deepcopy(taken.before.entities[name])
    draft.entities[name].rules = ()
    draft.gone[:] = [noun for noun in draft.gone if noun != spoken(name)]
    for entity, one in taken.fields:
        if entity in draft.entities and taken.before.entities[entity].fields[one].field.foreign_key == name:
            put_field(draft, taken.before.entities[entity], draft.entities[entity], one)
    ends = {name, *draft.entities}
    draft.links += [
        deepcopy(link)
        for link in taken.before.links
        if name in {link.subject, link.object} and {link.subject, link.object} <= ends and link not in draft.links
    ]
    draft.pairs += [
        deepcopy(pair)
        for pair in taken.before.pairs
        if name in {pair.one, pair.other} and {pair.one, pair.other} <= ends and pair not in draft.pairs
    ]
    put_rules(draft, taken)


def put_rules(draft: Draft, taken: Taken) -> None:
    """Put back the rules that went with fields which are there again."""
    for name, old in taken.before.entities.items():
        entity = draft.entities.get(name)
        gone = {one for place, one in taken.fields if place == name}
        for rule in old.rules if entity else ():
            names = {known for one in names_in(rule).values() for known in (one, f"{one}_id") if known in old.fields}
            if entity and rule not in entity.rules and names <= set(entity.fields) and (names & gone or not gone):
                entity.rules = (*entity.rules, rule)
