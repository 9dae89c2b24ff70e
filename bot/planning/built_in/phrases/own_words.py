"""Makes an example out of the words of people who were not understood: "Hive: nickname, spot"."""

from __future__ import annotations

import re
from collections import Counter

from bot.planning.built_in.phrases.field_phrases import read_field
from bot.planning.built_in.words.field_kinds import PROSE_PLURALS, named_kind
from bot.planning.built_in.words.sentence_marks import NOT_THINGS
from bot.planning.built_in.words.sentences import is_thanks
from bot.planning.built_in.words.vocabulary import (
    ACTIONS,
    DETERMINERS,
    FEATURES,
    HEDGES,
    PLACES,
    SENTENCE_WORDS,
    SYSTEM_NOUNS,
    base_verb,
    entity_name,
    has_plural,
    is_verb_form,
    singular,
    word_set,
    words_of,
)

__all__ = ["own_example"]

LONGEST_TEXT = 2_000
"""Characters that are looked through."""
MOST_FIELDS = 3
OWNERS = word_set("each every our my all many several per a an of")
"""Words before the name of a thing that is kept."""
NO_NOUNS = (
    SENTENCE_WORDS | ACTIONS | DETERMINERS | NOT_THINGS | PROSE_PLURALS | SYSTEM_NOUNS | PLACES | HEDGES | FEATURES
    | word_set("like very more most other others lots kinds sorts ways times people day days week weeks always maybe")
)  # fmt: skip


def own_example(pieces: list[str]) -> str:
    """Return a line such as "Hive: nickname, spot" from pieces that were not read, or nothing where they name no thing.

    The words are people's own; which of them are things and which fields is only a suggestion.
    """
    text = " , ".join(pieces)[:LONGEST_TEXT]
    thing = likely_thing(words_of(text))
    if not thing:
        return ""
    fields = [name for name in likely_fields(text) if singular(name) != thing][:MOST_FIELDS]
    return f"{thing.capitalize()}: {', '.join(fields or ['name'])}"


def likely_thing(words: list[str]) -> str:
    """Return the noun that people speak of most, in the singular, or nothing."""
    score: Counter[str] = Counter()
    for before, word in zip(["", *words], words, strict=False):
        if is_noun(word) and not named_kind([word]):
            is_compound = has_plural(word) and is_noun(before) and not has_plural(before)
            noun = f"{before} {singular(word)}" if is_compound else singular(word)
            score[noun] += 1 + is_compound + 2 * has_plural(word) + 2 * (before in OWNERS)
    ranked = [word for word, points in score.most_common(1) if points > 1]
    return ranked[0] if ranked else ""


def is_noun(word: str) -> bool:
    """Tell whether a word could name a thing, or begin its name."""
    is_known_otherwise = word in NO_NOUNS or singular(word) in NO_NOUNS or is_verb_form(word) or bool(base_verb(word))
    return len(word) > 2 and not is_known_otherwise and not word.endswith("ing") and bool(entity_name(word))


def likely_fields(text: str) -> list[str]:
    """Return the short items of a list that could be fields, as names."""
    items = [item.strip() for item in re.split(r"[,;:()\n]|\band\b", text)]
    short = [item for item in items if 0 < len(words_of(item)) <= 3 and not is_thanks(item)]
    readings = [read_field(item) for item in short]
    names = [reading.field.name.replace("_", " ") for reading in readings if reading and reading.field.name]
    return list(dict.fromkeys(names))
