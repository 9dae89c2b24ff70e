"""Finds open tasks that say no more than a rule that is declared by now: they are built, whoever said the rule.

A limit is the same where it counts the same things for the same ones, to the same number; two at once are the same
where they are of the same thing. A task with a word more than that says something else, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.documents.entities.declared_rules import AtMost, DeclaredRule, NoOverlap, OneOpen
from bot.documents.entities.rule_words import rule_in_words
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft
from bot.planning.built_in.phrases.open_rules import is_rule_like
from bot.planning.built_in.rules.rule_subjects import is_loan
from bot.planning.built_in.words.numerals import NUMERAL, figure
from bot.planning.built_in.words.vocabulary import base_verb, singular, spoken, straight, word_set, words_of

__all__ = ["HAVING", "is_number", "limit_in", "take_built"]

LONGEST = 300
ANYBODY = word_set(
    "nobody noone no-one anybody anyone somebody someone everybody everyone person people party group family household "
    "you they he she one each every any no none same single two twice"
)
SMALL = word_set(
    "a an the may might can can't cannot could must mustn't should shall will won't be been being is are isn't aren't "
    "do does don't doesn't not never ever always only just at most more than no up to maximum of for by as and or in "
    "on with out once time moment period over any it its their his her to there allowed possible that which who"
)
HAVING = word_set(
    "have hold keep own take get borrow lend rent hire book reserve use juggle run lent borrowed rented hired booked "
    "reserved used taken given promised promise give held kept let had has having holding keeping juggling borrowing "
    "overlap overlapping double booking doubly"
)
"""Verbs by which one has something for a while."""
OPEN = word_set("open unfinished running current active outstanding unreturned simultaneous simultaneously parallel")
AT_ONCE = regex(
    r"\bat\s+(?:a|the\s+same|any(?:\s+one)?)\s+time\b|\bat\s+once\b|\bin\s+(?:parallel|the\s+same\s+period)\b",
    re.IGNORECASE,
)
MOST = regex(
    rf"\b(?:at\s+most|no\s+more\s+than|not\s+more\s+than|up\s+to|a\s+maximum\s+of|only)\s+(?P<most>{NUMERAL})\b|"
    rf"\bmore\s+than\s+(?P<more>{NUMERAL})\b",
    re.IGNORECASE,
)
REFUSES = regex(r"n't\b|\b(?:not|never|no|nobody|no\s+one|cannot)\b", re.IGNORECASE)
SAME_TIME = regex(r"\b(?:at|in|during|for)\s+the\s+same\s+(?:time|moment|period)\b", re.IGNORECASE)
TWO = regex(r"\b(?:two|twice|double|doubly|overlap\w*|at\s+once|same\s+(?:time|moment|period))\b", re.IGNORECASE)


def take_built(draft: Draft) -> None:
    """Drop the open tasks that a declared rule keeps by now, and say of each which rule it is."""
    for piece in list(draft.unread):
        told = next(built_as(draft, piece), "") if len(piece) <= LONGEST and is_rule_like(piece) else ""
        if told:
            draft.unread.remove(piece)
            draft.decide(f"“{piece}” is built now as a rule: {told}")


def built_as(draft: Draft, piece: str) -> Iterator[str]:
    """Yield the rules, as sentences, that say all of a piece."""
    for entity in draft.entities.values():
        for rule in entity.rules:
            if isinstance(rule, AtMost | NoOverlap | OneOpen) and says_all(draft, entity, rule, straight(piece)):
                yield rule_in_words(entity.name, rule)


def says_all(draft: Draft, entity: EntityDraft, rule: AtMost | NoOverlap | OneOpen, piece: str) -> bool:
    """Tell whether a rule says what a piece says, which names nothing else."""
    record, owner = spoken(entity.name), owner_of(draft, entity, rule)
    words = {singular(word) for word in words_of(piece)}
    records, owners = nouns_of(record), nouns_of(owner) | nouns_of(rule.relation.removesuffix("_id"))
    if is_loan(entity):
        records |= nouns_lent(draft, entity) - owners
    left = words - records - owners - SMALL - ANYBODY - HAVING - OPEN
    left = {word for word in left if base_verb(word) not in HAVING and not is_number(word)}
    if left:
        return False
    if isinstance(rule, AtMost):
        return says_limit(rule, piece) and bool(words & records)
    if isinstance(rule, NoOverlap) and rule.unless:
        return False
    one_of_them = rf"\s+(?:{'|'.join(map(re.escape, sorted(owners)))})\b"
    is_of_same = re.search(rf"\b(?:same|one){one_of_them}", piece, re.IGNORECASE)
    is_at_once = SAME_TIME.search(piece) and re.search(rf"\b(?:an?|any){one_of_them}", piece, re.IGNORECASE)
    return bool((is_of_same or is_at_once) and REFUSES.search(piece) and TWO.search(piece))


def nouns_lent(draft: Draft, record: EntityDraft) -> set[str]:
    """Return the words for what a record of lending names: three tools at a time are three loans."""
    keys = {one.field.foreign_key for one in record.fields.values()}
    return {word for name, entity in draft.entities.items() if name in keys for word in nouns_of(entity.noun)}


def says_limit(rule: AtMost, piece: str) -> bool:
    """Tell whether a piece has the number of a limit, as the most there may be, and counts what is open as it does."""
    is_open = bool(AT_ONCE.search(piece) or OPEN & set(words_of(piece)))
    return not (rule.limit or rule.day) and limit_in(piece) == rule.count and is_open == bool(rule.until or rule.status)


def limit_in(piece: str) -> int | None:
    """Return the one number that a piece gives as the most there may be; None where it gives none, or several."""
    found = list(MOST.finditer(straight(piece))) if len(piece) <= LONGEST else []
    if len(found) != 1:
        return None
    is_most = found[0]["most"] is not None or REFUSES.search(straight(piece)[: found[0].start()]) is not None
    return figure(found[0]["most"] or found[0]["more"]) if is_most else None


def owner_of(draft: Draft, entity: EntityDraft, rule: DeclaredRule) -> str:
    """Return the noun of what a rule counts for, by its relation; the relation itself where there is no such key."""
    relation = getattr(rule, "relation", "")
    names = (relation, f"{relation}_id")
    key = next((entity.fields[name].field.foreign_key for name in names if name in entity.fields), None)
    return draft.entities[key].noun if key in draft.entities else spoken(relation)


def nouns_of(name: str) -> set[str]:
    """Return the words of which a name is made, in the singular."""
    return {singular(word) for word in words_of(spoken(name))}


def is_number(word: str) -> bool:
    """Tell whether a word is a number."""
    return re.fullmatch(NUMERAL, word, re.IGNORECASE) is not None
