"""Tells of which kind a statement is, so that only one of the same kind takes the place of another."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.phrases.open_rules import is_rule_like
from bot.planning.built_in.phrases.status_phrases import StatusPhrase, read_status_phrases
from bot.planning.built_in.words.vocabulary import straight

__all__ = ["is_asked", "is_same_kind"]

ASKS = regex(
    r"^(?:(?:and|but|so|hm+|ok|okay|hey|wait|well)\b[,\s]+)*(?:(?:why|how come|where)\b|"
    r"what\s+(?:is|are|was|have|has|did|do|does)\b|(?:who|when|how)\s+(?:is|are|did|do|does|was|were|will|would|many|much|long)\b)",
    re.IGNORECASE,
)
"""How a question begins, whether or not it ends with its mark."""
TOPICS = {
    "unique": r"\bunique(?:ness)?\b|\bno two\b.*\bsame\b",
    "deleting": r"\b(?:delet|remov|eras)\w*",
    "number": (
        r"\b(?:at most|at least|no (?:more|fewer|less) than|more than|fewer than|less than|exceeds?|up to|as many|"
        r"max(?:imum)?|min(?:imum)?|(?:bigg|larg|small|long|short|tall|high|low|heavi|light|old|young|wid|deep)er than|"
        r"(?:over|above|under|below|beyond)(?= (?:the age of )?\d))\b"
    ),
    "order": r"\b(?:before|after|earlier|later|in the (?:past|future))\b",
}
"""What a rule may be about, by its words. An overlap, and what can't be done twice, is told in too many ways."""
COMPILED = {topic: regex(pattern, re.IGNORECASE) for topic, pattern in TOPICS.items()}


def is_asked(text: str) -> bool:
    """Tell whether words ask something: they say nothing to build, whatever they speak of."""
    said = straight(text)
    return said.endswith("?") or ASKS.match(said) is not None


def is_same_kind(one: str, other: str) -> bool:
    """Tell whether two statements may say the same: both rules about the same kind of thing, or both descriptions."""
    if is_asked(one) or is_asked(other) or is_rule_like(one) != is_rule_like(other):
        return False
    return not is_rule_like(one) or (topics_of(one) == topics_of(other) and not are_of_other_states(one, other))


def are_of_other_states(one: str, other: str) -> bool:
    """Tell whether two rules forbid the same in different states: to change a done visit, and a cancelled one."""
    first, second = read_status_phrases(one), read_status_phrases(other)
    same_deed = [(said, alike) for said in first for alike in second if deed_of(said) == deed_of(alike)]
    return bool(same_deed) and all(said.states != alike.states for said, alike in same_deed)


def deed_of(said: StatusPhrase) -> tuple[str, tuple[str, ...]]:
    """Return what is done with what, whatever state it is in."""
    return (said.thing, said.verbs)


def topics_of(rule: str) -> set[str]:
    """Return what a rule is about, as far as its words tell."""
    text = straight(rule)
    return {topic for topic, pattern in COMPILED.items() if pattern.search(text)}
