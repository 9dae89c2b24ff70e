"""Says a change in plain words: names as a review shows them, "PupilInstrument should be called Loan", and facts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.documents.naming import plural, snake_case
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft
from bot.planning.built_in.phrases.plain_changes import called_otherwise, may_be_called
from bot.planning.built_in.words.vocabulary import EVENT_FIELDS, entity_name, singular, spoken

__all__ = ["RenamedWithFacts", "as_spoken", "in_full", "record_meant", "renamed_with_facts"]

QUOTE = '["“”`*]'
TO = r"(?:to|into|as|->)"
NEW = rf"(?:(?:an?|the)\s+)?{QUOTE}?(?P<new>[a-z][\w-]*(?:[ _][a-z][\w-]*)?){QUOTE}?"
RENAMES = regex(r"^(?:rename|call)\s", re.IGNORECASE)
SHOULD_BE_CALLED = regex(
    rf"^(?:(?:the|an?)\s+)?(?P<old>[\w ]{{1,60}}?)\s+(?:should|shall|must|is\s+to|ought\s+to)\s+"
    rf"(?:(?:rather|better)\s+)?be\s+(?:called|named)\s+{NEW}$",
    re.IGNORECASE,
)
CALLED_SO = regex(rf"^(?:call|name)\s+(?:the\s+)?(?P<old>[\w ]{{1,60}}?)\s+(?P<rest>{NEW})$", re.IGNORECASE)
HUMP = regex(r"(?<=[a-z0-9])(?=[A-Z])")
NEW_CLASS = regex(rf"(?<=\s)({TO}|called|named)\s+((?:[A-Z][a-z0-9]+){{2,}})\b")
WITH_FACTS = regex(
    rf"^(?:rename|call)\s+(?:the\s+)?(?P<old>[\w ]{{1,60}}?)\s+{TO}\s+(?P<new>[\w -]{{1,40}}?)"
    r"\s*,?\s+(?:and\s+)?with\s+(?P<facts>.+?)"
    r"(?:,?\s+(?:instead\s+of|in\s+place\s+of|rather\s+than)\s+(?P<gone>[\w ]{1,40}))?$",
    re.IGNORECASE,
)
TOLD = regex(
    r"^(?:an?|the|each|every)\s+(?P<noun>[a-z][\w ]{1,30}?)\s+(?:also\s+)?(?:has|have|needs)\s",
    re.IGNORECASE,
)

SHORT = regex(
    r"^(?:an?|the|each|every)\s+(?P<noun>[a-z]{3,})\s+(?:(?:also|may|can)\s+)?"
    r"(?:has|have|needs|is|belongs?|stands|gets|costs)\s",
    re.IGNORECASE,
)
"""A sentence of one thing that is called by one word."""


@dataclass(frozen=True)
class RenamedWithFacts:
    """A thing that gets another name and facts, perhaps in the place of one that it has."""

    renames: str
    tells: str
    removes: str


def as_spoken(draft: Draft, text: str) -> str:
    """Return a sentence with class names as words, and each way of giving a thing a name as "rename … to …"."""
    for name in draft.entities:
        text = with_words_for(name, text) if HUMP.search(name) and name in text else text
    if RENAMES.match(text):
        text = NEW_CLASS.sub(lambda found: f"{found[1]} {HUMP.sub(' ', found[2]).lower()}", text)
        text = re.sub(QUOTE, "", text)
        text = re.sub(rf"\s({TO})\s+(?:an?|the)\s+(?=\S)", r" \1 ", text)
    called, otherwise = called_otherwise(text)
    if entity_name(called) in draft.entities:
        return f"rename {called} to {otherwise.lower()}"
    for form in (SHOULD_BE_CALLED, CALLED_SO):
        match = form.match(text)
        if match and entity_name(match["old"]) in draft.entities and may_be_called(text, match["old"], match["new"]):
            new = HUMP.sub(" ", match["new"]).lower()
            return f"rename {match['old']} to {new}"
    return in_full(draft, text)


def in_full(draft: Draft, text: str) -> str:
    """Return "a turbine has a height" with the name of the one thing that it is short for: wind turbines."""
    match = SHORT.match(text)
    name = entity_name(match["noun"]) if match else ""
    if match is None or not name or draft.other_words.get(name, name) in draft.entities:
        return text
    longer = [one for one in draft.entities if one.endswith(name)]
    if len(longer) != 1 or longer[0].removesuffix(name) in draft.entities:
        return text
    return f"{text[: match.start('noun')]}{draft.entities[longer[0]].noun}{text[match.end('noun') :]}"


def with_words_for(name: str, text: str) -> str:
    """Return a sentence with "pupil instrument" for "PupilInstrument", also where there are several of them."""
    words = spoken(name)
    many = re.escape(plural(name))
    text = re.sub(rf"{QUOTE}?\b{many}\b{QUOTE}?", spoken(plural(snake_case(name))), text)
    return re.sub(rf"{QUOTE}?\b{re.escape(name)}\b{QUOTE}?", words, text)


def renamed_with_facts(draft: Draft, text: str) -> RenamedWithFacts | None:
    """Return the changes of "rename X to loan, with a note instead of happened at", or None for anything else."""
    match = WITH_FACTS.match(text)
    if match is None or entity_name(match["old"]) not in draft.entities or not entity_name(match["new"]):
        return None
    new = spoken(entity_name(match["new"]))
    removes = f"remove {match['gone']} of {new}" if match["gone"] else ""
    return RenamedWithFacts(f"rename {match['old']} to {new}", f"a {new} has {match['facts']}", removes)


def record_meant(draft: Draft, sentence: str) -> tuple[str, str]:
    """Return the unknown lending that a sentence tells of, and the one record that may be it; else nothing.

    "A loan has a returned date" may speak of the record of pupils who take instruments, which is called otherwise.
    """
    match = TOLD.match(sentence)
    noun = singular(match["noun"].lower()) if match else ""
    name = entity_name(noun)
    if noun.rpartition(" ")[2] not in EVENT_FIELDS or draft.other_words.get(name, name) in draft.entities:
        return "", ""
    records = [
        one.noun
        for one in draft.entities.values()
        if "happened_at" in one.fields and sum(bool(field.field.foreign_key) for field in one.fields.values()) > 1
    ]
    return (noun, records[0]) if len(records) == 1 else ("", "")
