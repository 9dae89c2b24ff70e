"""Asks which thing gets a field that was only named: "add a notes field"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.documents.naming import joined
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft
from bot.planning.built_in.drafts.plain_facts import owner_called
from bot.planning.built_in.questions.answers import OpenPoint, chosen, plural_of, reader_of
from bot.planning.built_in.words.vocabulary import is_you_decide, word_set, words_of
from bot.planning.conversation import Question

__all__ = ["homeless_fields"]

A_FIELD = regex(
    r"^(?:(?:please|and|also|then|maybe)\s+)*"
    r"(?:(?:we\s+(?:also\s+)?need|there\s+(?:is|should be)|add|include|put in)\s+)?"
    r"(?:(?:an?|the|another|one more)\s+)?(?P<name>[a-z][\w-]*(?:\s+[\w-]+){0,2}?)\s+"
    r"(?:field|column|attribute|property)$",
    re.IGNORECASE,
)
KINDS = word_set("new more other another text number date own same right wrong the a an this that which each every")
"""Words before "field" that name none."""
LEFT_OUT = "Leave it out"
MOST_OFFERED = 6


def homeless_fields(draft: Draft) -> Iterator[OpenPoint]:
    """Ask for each field that nothing was named for."""
    for piece in draft.unread:
        match = A_FIELD.match(piece)
        if match and not set(words_of(match["name"])) & KINDS and piece not in draft.left_out:
            yield home_of_field(draft, piece, match["name"].lower())


def home_of_field(draft: Draft, piece: str, name: str) -> OpenPoint:
    """Ask for the things that have one field."""
    homes = {plural_of(entity.noun).capitalize(): entity.name for entity in draft.entities.values()}
    options = (*list(homes)[:MOST_OFFERED], LEFT_OUT)
    question = Question(
        id=f"home:{name}".replace(" ", "_"), text=f"“{piece}”: what is the “{name}” kept about?",
        reason="Each of them then has one.", options=options, default=LEFT_OUT,
    )  # fmt: skip

    def settle(text: str, author: str) -> None:
        option = chosen(text, options)
        if is_you_decide(text) or option == LEFT_OUT:
            draft.left_out.append(piece)
            return
        meant = [homes[option]] if option else homes_in(draft, text)
        if not meant:
            draft.left_out.append(piece)
            draft.leave(text)
            return
        draft.unread.remove(piece)
        for home in meant:
            reader = reader_of(draft, author)
            reader.begin(home, piece)
            reader.read_item(name)
        draft.decide(
            f"“{piece}”: a field of {joined([plural_of(draft.entities[one].noun) for one in meant])} ({author})"
        )

    return OpenPoint("what each thing holds", question, settle)


def homes_in(draft: Draft, text: str) -> list[str]:
    """Return the things that an answer names: "the bookings", "bookings and rooms", "both"."""
    words = words_of(text)
    if words[:1] and words[0] in {"both", "all", "each", "every", "everything"}:
        return list(draft.entities)
    said = re.sub(r"^.*\bfields?\s+(?:of|on|in|for)\s+|^(?:of|for|to|in|on)\s+", "", text, flags=re.IGNORECASE)
    parts = re.split(r"\s*(?:,|;|/|\band\b|\bor\b)\s*", said)
    nouns = [re.sub(r"^(?:the|an?|each|every|our)\s+", "", part.strip(" ."), flags=re.IGNORECASE) for part in parts]
    named = [owner_called(draft, noun) for noun in nouns if noun]
    return [one for one in dict.fromkeys(named) if one]
