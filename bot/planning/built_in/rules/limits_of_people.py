"""Takes limits said of whoever something is for: "nobody over 120 kilos may fly", "riders must be 12 or older".

The number that is limited is told by its unit, or by how it is compared; it must be the only one for that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft
from bot.planning.built_in.drafts.persons import is_person
from bot.planning.built_in.rules.rule_subjects import named
from bot.planning.built_in.words.deed_nouns import is_person as is_called_somebody
from bot.planning.built_in.words.vocabulary import a, singular, spoken, word_set, words_of

__all__ = ["take_limits_of_people"]

LONGEST = 160
LEAD = r"(?:(?:and|but|also|of course|please)\s+)?"
FIGURE = r"(?P<number>\d{1,6}(?:\.\d{1,3})?)"
UNITS = {
    "weight": r"kilo(?:gram)?s?|kgs?|pounds?|lbs?|tons?|tonnes?|grams?",
    "age": r"years?",
    "height": r"cm|centimet(?:er|re)s?|m|met(?:er|re)s?|feet|inches",
}
UNIT = rf"(?:\s*(?P<unit>{'|'.join(UNITS.values())}))?(?:\s+(?:old|of\s+age|tall|high|heavy))?"
MORE = r"over|above|more\s+than|older\s+than|heavier\s+than|taller\s+than|larger\s+than|from\s+over"
LESS = r"under|below|less\s+than|younger\s+than|lighter\s+than|smaller\s+than|shorter\s+than"
THAN = rf"(?:(?P<more>{MORE})|(?P<less>{LESS}))(?:\s+(?:the\s+)?age\s+of)?"
LIMITED = rf"(?:(?:who|that)\s+(?:is|are|weighs?)\s+|aged\s+|weighing\s+)?{THAN}\s+{FIGURE}{UNIT}"
MAY = r"(?:may|can|should|(?:is|are)\s+allowed\s+to|gets?\s+to)"
MAY_NOT = (
    r"(?:may\s+not|mustn't|must\s+not|can't|cannot|can\s+not|should\s+not|shouldn't|(?:is|are)\s+not\s+allowed\s+to|"
    r"(?:isn't|aren't)\s+allowed\s+to|may\s+never|must\s+never)"
)
DEED = (
    r"(?P<deed>(?:take|come|join|ride|go|get)\s+(?:part|along|in|with\s+us|on\s+board|aboard|on)|be\s+[a-z]{3,20}|"
    r"(?!have\b|be\b|do\b)[a-z]{2,20})(?:\s+(?:with\s+us|here))?"
)
"""What is done, and with nothing else: who may "borrow films" may do other things all the same."""
NOUN = r"[a-z][a-z-]{1,30}"
BE = r"(?:must\s+be|has\s+to\s+be|have\s+to\s+be|needs?\s+to\s+be|should\s+be|may\s+be|can\s+be)"
LOW = r"(?P<low>at\s+least|no\s+less\s+than|no\s+younger\s+than|not\s+younger\s+than|a\s+minimum\s+of)"
HIGH = r"(?P<high>at\s+most|no\s+more\s+than|not\s+more\s+than|no\s+older\s+than|no\s+heavier\s+than|up\s+to)"
OR_MORE = r"(?:\s+or\s+(?:(?P<or_more>older|over|more|taller|above)|(?P<or_less>younger|less|under|lighter|below)))"
FORMS = tuple(
    regex(rf"^{LEAD}{form}$", re.IGNORECASE)
    for form in (
        rf"(?:nobody|no[ -]one|no\s+(?P<who>{NOUN}))\s+{LIMITED}\s+{MAY}\s+{DEED}",
        rf"(?P<only>only)\s+(?P<who>{NOUN})\s+{LIMITED}\s+{MAY}\s+{DEED}",
        rf"(?:(?:an?|any|all)\s+)?(?P<who>{NOUN})\s+{LIMITED}\s+{MAY_NOT}\s+{DEED}",
        rf"(?:(?:an?|each|every|all)\s+)?(?P<who>{NOUN})\s+{BE}\s+(?:{LOW}|{HIGH})\s+{FIGURE}{UNIT}(?:\s+to\s+{DEED})?",
        rf"(?:(?:an?|each|every|all)\s+)?(?P<who>{NOUN})\s+{BE}\s+{FIGURE}{UNIT}{OR_MORE}(?:\s+to\s+{DEED})?",
    )
)
"""What is said of people, or of a thing that is named."""
COMPARED = {
    "weight": regex(r"\b(?:heavy|heavier|lighter|weigh(?:s|ing)?)\b", re.IGNORECASE),
    "age": regex(r"\b(?:old|older|young|younger|aged?)\b", re.IGNORECASE),
    "height": regex(r"\b(?:tall|taller|shorter|high)\b", re.IGNORECASE),
}
OF_EACH = regex(r"^(?:an?|each|every|nobody|no|any)\b|\b(?:over|under|above|below)\b", re.IGNORECASE)
"""A bare number that is said so is no count: "riders must be at least 2" may mean how many there are."""
ANYBODY = word_set("nobody child kid people person adult anybody anyone everybody everyone you one minor")
KILOS = frozenset({"kg", "kgs", "kilo", "kilogram"})


@dataclass(frozen=True)
class Limit:
    """Which number of whom must not be smaller, or greater, than a figure; ``who`` is empty for anybody."""

    who: str
    fact: str
    unit: str
    number: str
    is_least: bool


def take_limits_of_people(draft: Draft) -> None:
    """Give the numbers of people the limits that unread sentences say, and tell what that means."""
    for piece in list(draft.unread):
        limit = read_limit(piece)
        place = place_of(draft, limit) if limit else None
        if limit is None or place is None:
            continue
        entity, one = place
        if one.field.type.name == "int" and "." in limit.number:
            continue
        one.field = one.field.model_copy(update={"minimum" if limit.is_least else "maximum": limit.number})
        draft.unread.remove(piece)
        bound = "less" if limit.is_least else "more"
        draft.assume(
            f"“{piece}”: {a(entity.noun)} with {bound} than {limit.number} as {spoken(one.field.name)} can't be entered"
        )


def read_limit(sentence: str) -> Limit | None:
    """Return the limit that a whole sentence says of people or of a thing, or None."""
    text = " ".join(sentence.split()).strip(" .!")
    if len(text) > LONGEST:
        return None
    found = next((match for form in FORMS if (match := form.match(text))), None)
    if found is None:
        return None
    said = {name: (value or "").lower() for name, value in found.groupdict().items()}
    is_least = bool(said.get("more" if said.get("only") else "less") or said.get("low") or said.get("or_more"))
    who = singular(said["who"]) if said["who"] else ""
    unit = said["unit"]
    by_unit = next((fact for fact, units in UNITS.items() if unit and re.fullmatch(units, unit)), "")
    by_word = next((fact for fact, words in COMPARED.items() if words.search(text)), "")
    if (by_unit and by_word and by_unit != by_word) or not (by_unit or by_word or OF_EACH.search(text)):
        return None
    fact = by_unit or by_word or "age"
    return Limit("" if who in ANYBODY else who, fact, unit, said["number"], is_least)


def place_of(draft: Draft, limit: Limit) -> tuple[EntityDraft, FieldDraft] | None:
    """Return the only number that a limit can mean, in the unit that it was said in; or None."""
    entity = named(draft, limit.who) if limit.who else None
    if limit.who and entity is None:
        return None
    people = [one for one in draft.entities.values() if is_person(one) or is_called_somebody(one.noun)]
    things = [entity] if entity else people
    found = [(thing, one) for thing in things if not thing.is_pasted for one in numbers_of(thing, limit.fact)]
    return found[0] if len(found) == 1 and is_in_unit(found[0][1], limit) else None


def numbers_of(entity: EntityDraft, fact: str) -> list[FieldDraft]:
    """Return the numbers of a thing that hold its weight, its age or its height."""
    fields = [one for one in entity.fields.values() if one.field.type.name in {"int", "float", "Decimal"}]
    return [one for one in fields if fact in words_of(one.field.name) and not one.field.type.is_list]


def is_in_unit(one: FieldDraft, limit: Limit) -> bool:
    """Tell whether a number is kept in the unit of a limit, or in none that was said."""
    words = words_of(one.field.name)
    unit = [word for word in words[words.index(limit.fact) + 1 :] if word != "in"][:1]
    said = {singular(limit.unit)} if limit.unit else set()
    kept = {singular(word) for word in unit}
    return not kept or not said or kept == said or kept | said <= KILOS
