"""Open points, and what people mean by their answers to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.documents.naming import plural
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft
from bot.planning.built_in.readers.sentence_reader import SentenceReader
from bot.planning.built_in.words.vocabulary import (
    has_plural,
    is_you_decide,
    spoken,
    words_of,
)
from bot.planning.conversation import Question

__all__ = ["EARLY_SLOTS", "OpenPoint", "chosen", "note", "plural_of", "reader_of", "yes_or_no"]

EARLY_SLOTS = frozenset({"what it is called", "the things it manages", "what each thing holds"})

PLACES_IN_LIST = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}
ORDINAL = regex(
    rf"(?:the\s+)?(?P<place>{'|'.join(PLACES_IN_LIST)})(?:\s+(?:one|option|choice|answer))?(?:,?\s+please)?"
)
"""Which of the options is meant: "the first", "the second one"."""


@dataclass(frozen=True)
class OpenPoint:
    """One open point. ``settle(text, author)`` takes an answer; an empty text leaves it to the planner."""

    slot: str
    question: Question
    settle: Callable[[str, str], None]
    is_needed: bool = False
    """Nothing can be proposed before it is answered."""

    @property
    def is_early(self) -> bool:
        """Tell whether the point decides which things and fields there are."""
        return self.slot in EARLY_SLOTS or self.question.id.startswith(("link:", "several:", "values:"))


def chosen(text: str, options: tuple[str, ...]) -> str:
    """Return the option that an answer means (its text, its number, or its first words), or nothing."""
    said = " ".join(text.lower().split()).strip(" .!")
    if said.isdigit() and 1 <= int(said) <= len(options):
        return options[int(said) - 1]
    ordinal = ORDINAL.fullmatch(said)
    if ordinal and (place := PLACES_IN_LIST[ordinal["place"]]) < len(options):
        return options[place]
    exact = [option for option in options if option.lower().strip(" .") == said]
    if exact:
        return exact[0]
    begins = [option for option in options if said and re.match(rf"{re.escape(said)}\b", option.lower())]
    return begins[0] if len(begins) == 1 else ""


def yes_or_no(text: str) -> bool | None:
    """Return what an answer says first: yes, no, or neither."""
    words = words_of(text)
    if words[:1] == ["well"]:
        words = words[1:]
    if words[:2] == ["of", "course"] or words[:1] in (["certainly"], ["definitely"], ["absolutely"], ["naturally"]):
        return "not" not in words[1:3]
    if words[:1] and words[0] in {"yes", "yeah", "yep", "sure", "correct", "right", "both", "all", "ja", "oui", "si"}:
        return True
    return False if words[:1] and words[0] in {"no", "nope", "none", "neither", "nein", "non"} else None


def note(draft: Draft, sentence: str, text: str, author: str, *, is_answered: bool) -> None:
    """Note a settled point: as a decision where someone chose it, else as an assumption; other words stay unread."""
    if is_answered:
        draft.decide(f"{sentence} ({author})")
        return
    draft.assume(sentence)
    if not is_you_decide(text):
        draft.leave(text)


def reader_of(draft: Draft, author: str) -> SentenceReader:
    """Return a reader for an answer's free words."""
    reader = SentenceReader(draft, frozenset(draft.entities))
    reader.author = author
    return reader


def plural_of(noun: str) -> str:
    """Return the plural of a noun phrase."""
    return noun if has_plural(noun) else spoken(plural(noun.replace(" ", "_")))
