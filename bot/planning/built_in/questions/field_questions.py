"""Questions about what a thing holds: its fields, what a plural is, which values a status takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.documents.entities.entity_specs import EntityField, FieldType
from bot.documents.naming import joined
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft, Link, LinkKind, Said
from bot.planning.built_in.drafts.resolution import FAMILIES, WRITTEN
from bot.planning.built_in.phrases.plain_facts import read_plain_answer
from bot.planning.built_in.phrases.told_denials import says_who_we_are
from bot.planning.built_in.phrases.value_phrases import values_of
from bot.planning.built_in.questions.answers import OpenPoint, chosen, note, reader_of
from bot.planning.built_in.questions.denied_things import choices_against, take_denial, take_for_field
from bot.planning.built_in.questions.said_of_others import take_of_others
from bot.planning.built_in.words.deed_nouns import NOUN_OF, is_occasion, is_person
from bot.planning.built_in.words.field_kinds import typed
from bot.planning.built_in.words.people_words import GROUPS
from bot.planning.built_in.words.vocabulary import (
    EVENT_FIELDS,
    a,
    entity_name,
    is_you_decide,
    singular,
    spoken,
    straight,
    word_set,
    words_of,
)
from bot.planning.conversation import Question

__all__ = ["fields_missing", "own_fields", "plurals_open", "values_open"]

HOUSEHOLDS = word_set("family couple")
"""Groups that are written to as one person is."""


LEADS = regex(r"^(?:(?:just|only|maybe|well|we (?:keep|store|need)|it has|they have|each has)\s+)+", re.IGNORECASE)
JUST_A = regex(
    r"^(?:it|that|they)(?:'s|\s+is|'re|\s+are)\s+(?:just|only|simply)\s+(?:an?\s+|the\s+|their\s+|its\s+)?(\w+?)s?[\s.!]*$",
    re.IGNORECASE,
)
"""That it is only a name: nothing else is kept about it."""
NOTHING_MORE = regex(r"^(?:no|nothing|none|nothing (?:else|more)|no more|nope|no fields?)[\s.!]*$", re.IGNORECASE)
COLLECTIVES = ("staff", "personnel")
"""Nouns for several people at once: one of them is a member of it."""
DEEDS = frozenset(NOUN_OF.values()) | {"line", "item", "entry", "position", "row", "request", "result", "shift"}
"""What nobody gives a name: what happens, and the lines of a list."""
FAMILY_NOUNS = frozenset(noun for family in FAMILIES for noun in family)
ONLY_A_NUMBER = "Only a number: how many there are"


def own_fields(entity: EntityDraft) -> list[FieldDraft]:
    """Return the fields that are not references."""
    return [field for field in entity.fields.values() if not field.field.foreign_key]


def fields_missing(draft: Draft) -> Iterator[OpenPoint]:
    """Ask what is kept about an entity that was only named."""
    undecided = {name for one in draft.descriptions if one.is_open for name in (one.holder, one.other)}
    for entity in draft.entities.values():
        if entity.name in undecided:
            continue
        if not entity.is_settled or (not own_fields(entity) and not entity.is_pasted and not is_record(entity)):
            entity.is_asked = True
            yield fields_point(draft, entity)


def is_record(entity: EntityDraft) -> bool:
    """Tell whether an entity joins two others: it needs no field of its own, unless people were asked for some."""
    if entity.is_asked and not is_deed(entity.noun):
        return False
    return sum(1 for field in entity.fields.values() if field.field.foreign_key) >= 2


def is_deed(noun: str) -> bool:
    """Tell whether a noun is what happens, or a line of a list: nobody gives a loan or an order item a name."""
    last = noun.rpartition(" ")[2]
    return last in EVENT_FIELDS or last in DEEDS or last in FAMILY_NOUNS or is_occasion(noun)


def fields_point(draft: Draft, entity: EntityDraft) -> OpenPoint:
    """Ask for the fields of one entity."""
    dates = EVENT_FIELDS.get(entity.noun, ())
    plain = "text" if entity.noun.rpartition(" ")[2] in WRITTEN else "name"
    only = joined([spoken(name) for name, _ in dates]) if dates else f"a {plain}"
    options = (f"Only {only}", *choices_against(draft, entity))
    again = ":anew" if entity.noun in draft.gone else ""
    question = Question(
        id=f"fields:{entity.name}{again}".lower(),
        text=f"What is kept about {each_of(entity.noun)}? For example: {example_for(entity.noun)}.",
        reason=f"Nobody said what {a(entity.noun)} has yet.",
        options=options,
        default=options[0],
    )

    def settle(text: str, author: str) -> None:
        entity.is_settled = True
        text = take_of_others(draft, text, author, but=[entity])
        meant = chosen(text, options) or (options[0] if plain in JUST_A.findall(text) and not dates else text)
        is_nothing = NOTHING_MORE.match(text.strip())
        if not is_nothing and take_for_field(draft, entity, meant, author):
            return
        if take_denial(draft, entity, meant, author):
            return
        is_default = is_you_decide(text) or meant in options or is_nothing
        before, left, others = len(own_fields(entity)), len(draft.unread), what_else(draft)
        if not is_default and not says_who_we_are(straight(text, " .!")):
            reader_of(draft, author).read(without_lead(text, entity.noun), author, subject=entity.name)
        if any(told.noun == entity.noun for told in draft.roles):
            return
        if len(own_fields(entity)) == before:
            is_left = len(draft.unread) == left and not any(piece in text for piece in draft.unread)
            if not is_default and is_left and what_else(draft) == others:
                draft.leave(text)
            said = Said(author, text)
            for name, optional in dates:
                entity.fields[name] = FieldDraft(
                    EntityField(name=name, type=typed("datetime"), optional=optional), said
                )
            if not dates:
                entity.fields[plain] = FieldDraft(EntityField(name=plain, type=typed("str")), said, (plain,))
            note(
                draft,
                f"{a(entity.noun).capitalize()} has only {only}",
                "",
                author,
                is_answered=bool(is_default and text),
            )

    return OpenPoint("what each thing holds", question, settle)


def each_of(noun: str) -> str:
    """Return a noun as each one of it: "each room", "each member of staff"."""
    return f"each member of {noun}" if noun.rpartition(" ")[2] in COLLECTIVES else f"each {noun}"


def example_for(noun: str) -> str:
    """Return fields that such a thing may have: what is nobody has no e-mail, nor has a group of people."""
    is_somebody = is_person(noun) and singular(noun.rpartition(" ")[2]) not in GROUPS - HOUSEHOLDS
    return "name, e-mail, phone optional" if is_somebody else "name, description optional"


def what_else(draft: Draft) -> tuple[int, ...]:
    """Return how much a draft holds: an answer may tell of other things than of those that were asked about."""
    fields = sum(len(entity.fields) for entity in draft.entities.values())
    return len(draft.entities), fields, len(draft.links), len(draft.rule_wishes), len(draft.steps)


def without_lead(text: str, noun: str) -> str:
    """Return an answer without "they have", "just", "its", and without whose it is: "only the school's name"."""
    own = re.compile(rf"\b(?:the|each|an?)\s+{re.escape(noun)}['’]s\s+", re.IGNORECASE)
    return LEADS.sub("", own.sub("", text).strip())


def plurals_open(draft: Draft) -> Iterator[OpenPoint]:
    """Ask whether a plural field is a list, one text, or things of their own."""
    for entity in draft.entities.values():
        for field in entity.fields.values():
            if field.open_plural:
                yield plural_point(draft, entity, field)


def plural_point(draft: Draft, entity: EntityDraft, field: FieldDraft) -> OpenPoint:
    """Ask what a plural field is."""
    name, things = field.field.name, spoken(field.field.name)
    options = ("A list of short texts", "One longer text", "Things of their own, with more about each", ONLY_A_NUMBER)
    question = Question(
        id=f"plural:{entity.name}.{name}".lower(), text=f"What are the {things} of {a(entity.noun)}?",
        reason="Things of their own get a list where more can be kept about each.", options=options, default=options[0],
    )  # fmt: skip

    def settle(text: str, author: str) -> None:
        field.open_plural = False
        option = chosen(text, options) or next(
            (options[index] for index, word in enumerate(("list", "text", "own")) if word in words_of(text)), ""
        )
        fact = read_plain_answer(text)
        if option == ONLY_A_NUMBER or (fact and fact.kind == "int"):
            field.field = field.field.model_copy(update={"type": typed("int")})
            field.type_said = True
            draft.decide(f"{entity.name}.{name} is a number ({author})")
            return
        if option == options[2]:
            del entity.fields[name]
            target = entity_name(things)
            draft.entity(target, field.said)
            draft.links.append(Link(entity.name, "have", target, LinkKind.HAS_MANY, field.said))
            draft.decide(f"{things.capitalize()} are things of their own ({author})")
            return
        kind = FieldType(name="str", is_list=option != options[1])
        field.field = field.field.model_copy(update={"type": kind})
        what = "one longer text" if option == options[1] else "a list of short texts"
        note(draft, f"{entity.name}: {things} is {what}", text, author, is_answered=bool(option))

    return OpenPoint("what each thing holds", question, settle)


def values_open(draft: Draft) -> Iterator[OpenPoint]:
    """Ask for the values of a status or role that came without them."""
    for entity in draft.entities.values():
        for field in entity.fields.values():
            if field.open_values:
                yield values_point(draft, entity, field)


def values_point(draft: Draft, entity: EntityDraft, field: FieldDraft) -> OpenPoint:
    """Ask for the values of one field."""
    name = field.field.name
    defaults = {"role": "admin / user", "priority": "low / medium / high", "severity": "low / medium / high"}
    suggestion = next((text for word, text in defaults.items() if name.endswith(word)), "open / in progress / done")
    suggestion = " / ".join(map(spoken, field.suggested)) or suggestion
    options = (suggestion, "Free text, any value")
    question = Question(
        id=f"values:{entity.name}.{name}".lower(),
        text=(f"Which values can the {spoken(name)} of {a(entity.noun)} "
f"have? Write them as a / b / c; a new one begins with the first."),
        reason="Anything else is then refused, such as a misspelt one.", options=options, default=options[0],
    )  # fmt: skip

    def settle(text: str, author: str) -> None:
        field.open_values = False
        option = chosen(text, options)
        if option == options[1] or "free text" in text.lower():
            field.guessed_text = False
            draft.decide(f"{entity.name}.{name} takes any text ({author})")
            return
        values = values_of(text) if not option else ()
        field.values = values or values_of(suggestion)
        sentence = f"{entity.name}.{name} is one of {joined(field.values, 'or')}"
        note(draft, sentence, text, author, is_answered=bool(values or option))

    return OpenPoint("which values they take", question, settle)
