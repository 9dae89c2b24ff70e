"""Tells a first sentence that says what people do, for whom and where: "we repair bikes for people in town"."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft
from bot.planning.built_in.rules.rule_subjects import named
from bot.planning.built_in.words.deed_nouns import is_person
from bot.planning.built_in.words.vocabulary import EVENT_NOUNS, entity_name, singular, spoken, word_set, words_of

__all__ = ["is_what_we_do"]

LONGEST = 120
NO_NOUN = (
    r"(?!(?:an?|the|each|every|all|any|some|one|two|no|not|only|never|it|them|that|which|who|when|if|at|by|for|to|"
    r"with|in|on|from|of|per|around|near|and|or|but|so|before|after|until|every|once|twice|how|what|where)\b)"
)
WORD = rf"{NO_NOUN}[a-z][a-z-]{{1,30}}"
NOUN = rf"{WORD}(?:\s{WORD}){{0,2}}"
NOUNS = rf"{NOUN}(?:\sand\s{NOUN})?"
DO = regex(
    r"^(?:(?:hi|hello|hey)\b[,!.\s]*)?(?:we|i)\s(?:mostly\s|mainly\s|also\s)?"
    rf"(?P<verb>{WORD})\s(?P<what>{NOUNS})(?:\s(?:for|to|with)\s(?P<whom>(?:our\s|the\s)?{NOUNS}))?"
    r"(?:\s(?:in|around|near|all\sover|through|throughout)\s(?:(?:our|the|and\saround)\s)?(?P<where>[a-z]+(?:\s(?!and\b)[a-z]+)?))?$"
)
"""What people do, in the present; a price, a time or a condition is none of it."""
NOT_DONE = word_set(
    "keep have want need track record store note manage run own operate sell offer stock collect charge pay ask count "
    "plan organise organize list see look like get use do are am must may can should will could would save write know "
    "hold give allow let meet start open close limit require check sort number name call send remind notify inform "
    "invoice bill email mail print calculate measure weigh test approve reject confirm accept assign schedule warn "
    "tell report publish update change edit delete create add remove enter cancel import export search filter show "
    "display award rank grade score thank refund contact phone text message greet welcome divide group split share"
)
"""Verbs that say what is kept, or what is to be done with it: not only what somebody does for others."""
TIMES = word_set(
    "day night morning evening weekend week month year summer winter spring autumn season hour time advance"
)
GENERAL = word_set("people everybody everyone customer client family neighbour neighbor company business public town")
"""Whom everybody works for: no list of them is meant by it."""


def is_what_we_do(draft: Draft, sentence: str) -> bool:
    """Tell whether a sentence only says what people do, and whether the rest tells of what that leaves behind.

    A verb that means a record of its own ("we rent boats to people") needs that record to be told of; whom it is done
    for must be known, or be people in general.
    """
    match = DO.match(" ".join(sentence.lower().split()).strip(" .!")) if len(sentence) <= LONGEST else None
    if match is None or match["verb"] in NOT_DONE or re.search(r"ly\b", match["what"]):
        return False
    record = entity_name(EVENT_NOUNS.get(match["verb"], ""))
    is_told = not record or named(draft, record) is not None
    told = [*nouns_in(match["what"]), *nouns_in(match["whom"])]
    is_there = any(is_known(draft, noun) for noun in told) or has_facts(draft)
    whom_known = all(is_known(draft, noun) or is_general(noun) for noun in nouns_in(match["whom"]))
    return is_told and is_there and whom_known and not set(map(singular, words_of(match["where"] or ""))) & TIMES


def nouns_in(phrase: str | None) -> list[str]:
    """Return the nouns of a phrase, one after the other."""
    bare = (phrase or "").removeprefix("our ").removeprefix("the ")
    return [noun for noun in bare.split(" and ") if noun]


def is_general(noun: str) -> bool:
    """Tell whether a noun means people in general."""
    return singular(noun.rsplit(maxsplit=1)[-1]) in GENERAL or is_person(noun)


def is_known(draft: Draft, noun: str) -> bool:
    """Tell whether a noun is a thing of a draft, or a fact of one: "hot-air balloons" are the balloons."""
    words = noun.split()
    phrases = [" ".join(words[place:]) for place in range(len(words))]
    facts = {spoken(name) for entity in draft.entities.values() for name in entity.fields}
    return any(named(draft, phrase) is not None or singular(phrase) in facts for phrase in phrases)


def has_facts(draft: Draft) -> bool:
    """Tell whether something else was told in full: a thing with facts of its own."""
    return any(len(entity.fields) > 1 for entity in draft.entities.values())
