"""Finds whom a text calls by name: "Ines at the counter", "my sister Ruth", "Frau Beck", "then Wojtek checks them".

Somebody who is called by name is no thing to keep; what people do is told of whoever runs the business.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.patterns import regex
from bot.planning.built_in.words.first_names import FIRST_NAMES, KIN, NOUNS_TOO, TITLES
from bot.planning.built_in.words.people_words import GROUPS, PEOPLE
from bot.planning.built_in.words.rewriting import LONGEST
from bot.planning.built_in.words.vocabulary import (
    DAYS,
    DETERMINERS,
    FEATURES,
    HEDGES,
    MONTHS,
    NOBODY,
    PLACES,
    SENTENCE_WORDS,
    SYSTEM_NOUNS,
    has_plural,
    singular,
    straight,
    word_set,
)

__all__ = [
    "CAPITAL",
    "SPOTS",
    "is_called_by_name",
    "named_people",
    "people_guessed",
    "somebody_in",
    "stands_there",
    "tells_who",
]

CAPITAL = r"(?:[A-Z]'|Mc|Mac)?[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{1,19}(?:-[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{1,19})?"
"""A word that is written as names are."""
SPOTS = (
    r"(?:at|behind|on|in) (?:the|our) (?:front |cash |service |help |reception )?"
    r"(?:counter|desk|till|door|reception|bar|phones?|checkout|entrance|gate|window|office|shop|kitchen|workshop|register)"
)
"""Where somebody stands or sits at work."""
OTHER_CAPITALS = MONTHS | word_set(
    "may spring summer autumn winter christmas easter english german french spanish italian i ok yes hello hi hey dear "
    "thanks please"
)
NO_NAMES = (
    PEOPLE | GROUPS | SENTENCE_WORDS | NOBODY | DAYS | DETERMINERS | HEDGES | PLACES | SYSTEM_NOUNS | FEATURES
) | OTHER_CAPITALS
ROLE = rf"(?:{KIN}|{'|'.join(sorted(PEOPLE))})"
NAMED = tuple(
    regex(form)
    for form in (
        rf"\b{TITLES} (?P<name>{CAPITAL})\b",
        rf"\b(?i:my|our)(?: [a-z]+){{0,2}} {KIN},? (?P<name>{CAPITAL})\b",
        rf"\b(?i:my|our)(?: [a-z]+){{0,2}}? {ROLE} (?P<name>{CAPITAL})\b",
        rf"\b(?P<name>{CAPITAL}),? (?:(?:who )?(?:is|sits|stands|works|helps) )?{SPOTS}\b",
        rf"\b(?P<name>{CAPITAL})(?: is|,) (?:my|our) (?:[a-z]+ ){{0,2}}?{ROLE}\b",
        rf"\b(?P<name>{CAPITAL}) is an? (?:man|woman|person|colleague|human)\b",
    )
)
"""Ways of telling that a word is what somebody is called."""
GUESSED = regex(
    rf"(?:\b(?:and|but|then|when|if|while|because|so|once|before|after|until|that|(?:[Oo]n )?[A-Z][a-z]+days?)|[,;:]) "
    rf"(?P<name>{CAPITAL}) (?:(?:always|usually|also|then|mostly|often|only|never|just) )?"
    r"(?!(?:is|has|was|its|this|as|us|needs|costs|counts|exists|happens|starts|ends|expires|belongs|gets)\b)[a-z]{2,}s\b"
)
"""A word with a capital amid a sentence, without an article, which does something: "then Wojtek checks them"."""
BOTH = regex(
    rf"(?:^|[.!?;:,]\s|\n)\s*(?P<name>{CAPITAL}) and (?P<other>{CAPITAL}) (?!(?:are|have|were)\b)[a-z]{{2,}}\b"
)
"""Two with a capital and without an article, who do something: "Rose and Bill run the café"."""
ALSO_NOUNS = regex(
    rf"(?:^|[.!?;:,]\s|\n)\s*(?P<name>{'|'.join(name.capitalize() for name in sorted(NOUNS_TOO))}) "
    r"(?:(?:always|usually|also|then|mostly|often|only|never|just) )?"
    r"(?:cooks|cleans|drives|takes|answers|checks|writes|sells|teaches|helps|works|runs|looks|picks|sorts|repairs|"
    r"fixes|serves|organi[sz]es|phones|calls|cuts|washes|feeds|does|hands|brings|packs|prints|keeps|notes|enters|signs|plans|manages)\b"
)
"""A first name that is a noun too, where it does what people do."""
ARTICLES = r"(?:an?|the|each|every|all|some|any|per|one|several|both|new|old|of|have|has|with)"
MOST = 20
"""People of one text: more are a list of something."""
MOST_CAPITALS = 0.3
"""How many words of a text may have a capital, for a capital amid a sentence to tell anything."""
LONGEST_TELLING = 200
BE = r"(?:\s+(?:is|are|was|isn't|aren't|works|sits|stands|helps)|'s)"
KINDS = (
    rf"(?:a|an|the|my|our|his|her|no|not|just|only) (?:[a-z-]+ ){{0,4}}?"
    rf"(?:{ROLE}|man|woman|human|colleagues?|people|staff|clerk|receptionist|cashier|bookkeeper|"
    r"[a-z]+(?:er|or|ist|ant|ian|man|woman))s?"
)
TELLS_WHO = regex(
    rf"^(?:(?:[Aa]nd|[Bb]ut|[Nn]o|[Ss]orry),? )?"
    rf"(?P<who>(?:(?i:she|he|who)|(?:(?i:my|our) [a-z ]{{2,40}}?)?(?:{TITLES} )?{CAPITAL}(?: {CAPITAL})?"
    rf"(?:,? and (?:{TITLES} )?{CAPITAL})?))"
    rf"{BE} (?:(?:also|just|only|mostly|usually|always) )?"
    rf"(?:{KINDS}|{SPOTS}|(?:{TITLES} )?{CAPITAL}|not an? (?:thing|table|record))"
    r"(?:[,;]? (?:not (?:a |an )?(?:thing|table|record|field)|who|and (?:she|he)|at|in|on|of|here)\b[^.;]*)?$"
)
"""What only says who somebody is: "Ines is the counter clerk", "she is Ines", "Tom is our driver"."""
POINTS_AT = regex(
    rf"^(?:(?:and|but|no|sorry),? )?(?:that|this|it)(?:'s| is) (?:only |just )?"
    rf"(?:me|(?:my|our) (?:[a-z]+ ){{0,2}}?{KIN}(?:,? [a-z]+)?)$",
    re.IGNORECASE,
)
"""The same of whom people point at: "that's my wife"."""
STANDS_THERE = regex(rf"^(?:we|i) (?:are|am|'m|'re) {SPOTS}$", re.IGNORECASE)
SHE_OR_HE = regex(r"\b(?:she|he|him|hers|herself|himself|she's|he's)\b", re.IGNORECASE)


@lru_cache(maxsize=256)
def named_people(text: str) -> frozenset[str]:
    """Return what people are surely called in a text, as it is written."""
    if len(text) > LONGEST:
        return frozenset()
    names = {word for word in re.findall(rf"\b{CAPITAL}\b", text) if word.lower() in FIRST_NAMES}
    names = {name for name in names if not is_kept(name, text)}
    told = {found["name"] for form in NAMED for found in form.finditer(text)}
    names |= {name for name in told if not is_other(name) and not is_noun(name, text)}
    return frozenset(names) if len(names) <= MOST else frozenset()


@lru_cache(maxsize=256)
def people_guessed(text: str) -> frozenset[str]:
    """Return what people are called in a text, also where only a capital and what is done tell of it."""
    names = named_people(text)
    words = re.findall(r"[^\W\d_]+", text[:LONGEST])
    capitals = [word for word in words if word[0].isupper()]
    if len(text) > LONGEST or len(capitals) > MOST_CAPITALS * len(words):
        return names
    told = {found["name"] for form in (GUESSED, BOTH, ALSO_NOUNS) for found in form.finditer(text)} - names
    told |= {found["other"] for found in BOTH.finditer(text)}
    return names | {name for name in told if not is_other(name) and not is_noun(name, text)}


def somebody_in(sentence: str, names: frozenset[str]) -> bool:
    """Tell whether a sentence speaks of somebody by name, or as "she" or "he"."""
    words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", sentence.lower()))
    return bool(words & {name.lower() for name in names}) or SHE_OR_HE.search(sentence) is not None


def is_called_by_name(noun: str, names: frozenset[str]) -> bool:
    """Tell whether a thing or a field is called like one of some people, or points at somebody."""
    called = {word for name in names for word in (name.lower(), singular(name.lower()))}
    return any(word in called or SHE_OR_HE.fullmatch(word) for word in noun.lower().split())


def tells_who(sentence: str, names: frozenset[str]) -> bool:
    """Tell whether a sentence only says who somebody is, or where they stand: "Ines is the counter clerk"."""
    text = straight(sentence, " .!")
    if len(text) > LONGEST_TELLING or POINTS_AT.match(text):
        return len(text) <= LONGEST_TELLING
    found = TELLS_WHO.match(text)
    if found is None:
        return False
    called = re.findall(rf"\b{CAPITAL}\b", found["who"].removeprefix("And ").removeprefix("But "))
    is_pronoun = re.search(r"\b(?:she|he|who)\b", found["who"], re.IGNORECASE) is not None
    return is_pronoun or any(name in names for name in called)


def stands_there(sentence: str) -> bool:
    """Tell whether a sentence only says where we are at work: "we are at the counter"."""
    return STANDS_THERE.match(straight(sentence, " .!")) is not None


def is_other(word: str) -> bool:
    """Tell whether a word with a capital is another word than a name, or several of something."""
    lower = word.lower()
    is_word = lower in NO_NAMES or singular(lower) in NO_NAMES
    return lower not in FIRST_NAMES and (is_word or has_plural(lower))


def is_noun(name: str, text: str) -> bool:
    """Tell whether a text has a word also in small letters, behind an article, or in the plural, as nouns are."""
    word = re.escape(name)
    forms = (
        rf"\b{word.lower()}s?\b",
        rf"\b{word}s\b(?!')",
        rf"\b(?i:{ARTICLES}) {word}\b",
        rf"\b{word} (?:has|have|belongs?|with)\b|\b{word}s?:",
    )
    return name.lower() not in FIRST_NAMES and any(re.search(form, text) for form in forms)


def is_kept(name: str, text: str) -> bool:
    """Tell whether a text has a first name as the name of a thing: "each Victoria has a colour"."""
    word = re.escape(name)
    return re.search(rf"\b(?i:an?|each|every) (?i:{word})\b|\b(?i:{word})s\b(?!')", text) is not None
