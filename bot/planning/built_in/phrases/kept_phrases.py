"""Reads things kept for other things: "for every bike we log the repairs - …", "the fees each member paid (…)"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import (
    EVENT_NOUNS,
    SENTENCE_WORDS,
    base_verb,
    entity_name,
    has_plural,
    is_verb_form,
    word_set,
    words_of,
)

__all__ = ["Kept", "read_kept"]

NOUN = r"[\w-]+(?:\s+[\w-]+){0,2}?"
LIST = r"(?:\s*(?:[-–—:]|,?\s*namely|,?\s*that is,?|,?\s*i\.e\.,?|,?\s*with)\s+(?P<listed>.+)|\s*\((?P<group>[^()]+)\))"
LONGEST_SENTENCE = 2_000
"""Characters; longer ones are read item by item."""
RECORDING = word_set("log record track document")
OF_ONE_OWNER = word_set(
    "paid pays owes owed got gets gave gives made makes sent sends wrote writes received receives earned earns filed "
    "placed submitted did does had"
)
"""What one person alone does with a thing: the fees each member paid."""
FOR_EACH = regex(
    rf"^(?:for|of|about|with)\s+(?:each|every|all)(?:\s+of)?(?:\s+(?:the|our|my))?\s+(?P<owner>{NOUN}),?\s+"
    r"(?:we|i|you|they)(?:'d|\s+would|\s+will)?(?:\s+(?:also|must|should|want to|need to|like to|always|usually))*\s+"
    r"(?P<verb>log|keep|record|track|store|note|save|list|write|need|want|have|register|document)(?:\s+down)?"
    r"(?:\s+(?:track|a log|a list|a record|a history)\s+of)?\s+"
    rf"(?:(?:the|all|its|their|any|some)\s+)*(?P<things>{NOUN})"
    rf"(?:\s+(?:(?:that|which)\s+)?(?:we|they|it|he|she|you|i)\s+[\w' ]+?)?{LIST}$",
    re.IGNORECASE,
)
OF_EACH = regex(
    rf"^(?:(?:the|all|any)\s+)*(?P<things>{NOUN})\s+"
    r"(?:(?:that|which)\s+)?(?P<joint>\w+\s+(?:of|for|per|on|by|from|at)\s+|(?:of|for|per|on|by|from|at)\s+)?"
    rf"(?:each|every|an?|the)\s+(?P<owner>{NOUN})(?:\s+(?:has|have|had))?(?:\s+(?P<verb>[\w]+))?(?:\s+(?:for|in|on|at|to))?"
    rf"(?:{LIST})?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Kept:
    """Things that belong to an owner, and the words that list their fields (empty: nobody said them)."""

    owner: str
    things: str
    fields: str
    is_one_owner: bool
    """The words leave no doubt that each thing has one owner: something logged, done or paid."""


def read_kept(sentence: str, names: frozenset[str]) -> Kept | None:
    """Return what a sentence keeps for a thing among ``names``, or None where it says something else."""
    if len(sentence) > LONGEST_SENTENCE:
        return None
    for_each, of_each = FOR_EACH.match(sentence), OF_EACH.match(sentence)
    match = for_each or of_each
    if match is None:
        return None
    owner, things = entity_name(match["owner"]), entity_name(match["things"])
    words = words_of(match["things"])
    is_plain = has_plural(match["things"].lower()) and not set(words) & SENTENCE_WORDS
    if owner not in names or not things or not is_plain or owner == things:
        return None
    fields = (match["listed"] or match["group"] or "").strip()
    verb = (match["verb"] or "").lower()
    if for_each:
        return Kept(owner, things, fields, verb in RECORDING)
    has_joint = bool(match["joint"])
    is_verb = is_verb_form(verb) or (verb.endswith("s") and not has_plural(match["owner"].lower()))
    if not (is_verb if verb else has_joint) or (has_joint and not fields) or base_verb(verb) in EVENT_NOUNS:
        return None
    return Kept(owner, things, fields, verb in OF_ONE_OWNER)
