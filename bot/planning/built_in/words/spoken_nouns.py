"""Finds the nouns that a sentence is about without understanding it: who does something, and to what.

"At our farm shop customers order boxes of vegetables for Friday" → customers, boxes. What stands behind a preposition
is where, when or of what, and is no noun of the sentence.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import DETERMINERS, has_plural, is_verb_form, word_set

__all__ = ["nouns_of"]

PREPOSITIONS = word_set(
    "in at on of for from to with by about into onto over under through during between among against around near "
    "behind beside per without within via before after since until till as like than off out up down across along "
    "because so if when where while whether how why who which that what"
)
"""Words behind which a noun says where, when or of what, or another clause begins."""
COUNTS = word_set(
    "two three four five six seven eight nine ten twelve twenty thirty forty fifty hundred dozens several many some "
    "few various different broken old new used small big large young own most more all both these those"
)
NO_NOUNS = word_set(
    "is are was were be been has have had do does did can could may might must should shall will would not never no "
    "it its he she they we you i them him us me this and or but then also just only always often sometimes usually "
    "already still soon again there here too very please once twice today tomorrow every each "
)
PRONOUNS = word_set("we they you i it he she")
ONES = word_set("a an each every one the our their his her my this another")
OWN = word_set("our my")
"""Whose firm, club or team it is that somebody speaks of; one of them is no thing to keep."""
BEHIND_VERBS = word_set("it them him her us me up out off over down back a an the one two three several each every")
CLAUSES = regex(r"[,;:.!?()–—]|\s-\s|\b(?:and|but|or|then)\b", re.IGNORECASE)
PLACE = regex(
    r"^(?:in|at|on|for|from)\s+(?:our|the|my|a|an|this)\s+(?:[\w'-]+\s+){1,3}?"
    r"(?=(?:each|every|an?|the|our|some|many|all|most|several|we|they|i|people)\b|[\w-]+s\s)",
    re.IGNORECASE,
)
WORD = regex(r"[^\W\d_][\w'-]*")


def nouns_of(sentence: str) -> list[str]:
    """Return the nouns of a sentence in lower case and in their order, each once: who does what to what.

    No list of verbs is needed: the word behind who does it is the verb. Nouns behind a preposition are left out.
    """
    found: list[str] = []
    for clause in CLAUSES.split(sentence):
        words = [word.lower() for word in WORD.findall(PLACE.sub("", clause.strip()))]
        subject, rest = who_acts(words)
        found += [noun for noun in [*subject, *acted_on(rest)] if noun not in found]
    return found


def who_acts(words: list[str]) -> tuple[list[str], list[str]]:
    """Return the noun that a clause begins with, if any, and the words behind its verb."""
    if not words:
        return [], []
    behind = words[1] if len(words) > 1 else ""
    if words[0] in ONES:
        last = next((at for at, word in enumerate(words[1:4], 1) if ends_noun(word, words[at + 1 : at + 2])), 1)
        return words[last : last + 1] if words[0] not in OWN or has_plural(behind) else [], words[last + 2 :]
    if words[0] in PRONOUNS:
        return [], words[2:]
    if not is_noun(words[0]) or not has_plural(words[0]) or behind in BEHIND_VERBS | COUNTS:
        return [], words[1:]
    return words[:1], words[2:]


def ends_noun(word: str, behind: list[str]) -> bool:
    """Tell whether a word is the last of what an article opens: a plural, or one before its verb."""
    return has_plural(word) or not behind or behind[0] in NO_NOUNS | PREPOSITIONS or has_plural(behind[0])


def acted_on(words: list[str]) -> list[str]:
    """Return the nouns behind a verb: plurals, and what an article opens, until a preposition."""
    nouns: list[str] = []
    for number, word in enumerate(words):
        before = words[number - 1] if number else ""
        ahead = words[number + 1] if number + 1 < len(words) else ""
        if word in PREPOSITIONS and not nouns and "a" not in words[number + 2 :]:
            break
        if not is_noun(word) or nouns or before in PREPOSITIONS:
            continue
        if (has_plural(word) and word not in ONES) or (before in {"a", "an", "one"} and not is_noun(ahead)):
            nouns.append(word)
    return nouns


def is_noun(word: str) -> bool:
    """Tell whether a word can be a noun: it is none of the small words, no number and no past form."""
    small = NO_NOUNS | DETERMINERS | COUNTS | PREPOSITIONS
    return bool(word) and word not in small and not is_verb_form(word)
