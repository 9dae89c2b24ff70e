"""Puts in one form who sees what: "a family sees only its own parcels, coordinators see all of them"."""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.rewriting import BEGIN, SENTENCE, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.role_nouns import is_role_noun
from bot.planning.built_in.words.vocabulary import word_set

__all__ = ["in_plain_sights"]

SEES = r"(?:(?:can|may|should|shall|must|will) )?(?:(?:be able|get) to )?(?:sees?|views?|looks? at)"
ITS = r"(?:their|its|his or her|his|her)"
WHO = rf"(?:(?:an?|the|our|each|every|all) )?{WORD}(?: {WORD})??"
NAMED = rf"(?:(?:an?|the|our|any|each|every) )?{WORD}(?: {WORD}){{0,2}}?"
THINGS = rf"{WORD}(?: {WORD})??"
ALL = r"(?:all(?: of)?|every|each|everybody's|everyone's|any|everything(?: of)?)"
TOO = r"(?: too| as well)?"
STOP = r"(?=\s*(?:[.;!?\n]|$))"
NO_THINGS = word_set("one ones them those everything anything nothing all that it this too well")
OWN = (
    rf"(?:only (?:{SEES} )?{ITS} own|{ITS} own|of (?:the |our )?{THINGS},? only {ITS} own) (?P<own>{THINGS})(?: only)?"
)
PAIR = regex(
    rf"{BEGIN}(?P<who>{WHO}) (?:only )?{SEES} (?:(?:all )?(?:the |our )?{THINGS},? (?:and|but) )?{OWN}"
    rf"(?:, (?:and|but|while|whereas) | and | but | while |, |; ?)(?:only )?(?P<others>{NAMED}) {SEES} {ALL}"
    rf"(?: (?:the |our )?(?P<all>{THINGS}))?{TOO}{STOP}",
    re.IGNORECASE,
)
"""What some see of their own, and who sees all of it."""
ALONE = regex(
    rf"{SENTENCE}only (?P<who>{NAMED}(?:(?:, | and | or |, (?:and|or) ){NAMED}){{0,4}}) (?P<sees>{SEES}) "
    rf"(?:the |our |all (?:the |our )?|an? |any )?(?P<things>{THINGS}){STOP}",
    re.IGNORECASE,
)
"""Who alone sees something."""
SHOWN = regex(
    rf"{SENTENCE}(?:the |our |all (?:the |our )?|an? )?(?P<things>{THINGS}) "
    r"(?:is|are|(?:can|may|should|must) (?:only )?be) "
    r"(?:(?:only )?(?:visible|shown)(?: only)? to|(?:only )?seen(?: only)? by) "
    rf"(?P<who>{NAMED}(?:(?:, | and | or |, (?:and|or) ){NAMED}){{0,4}})(?P<only> only| alone)?{STOP}",
    re.IGNORECASE,
)
"""The same, told of the things."""
EVERYTHING = regex(
    rf"{BEGIN}(?P<who>{NAMED}) {SEES} {ALL} (?:the |our )?(?P<things>{THINGS}){TOO}{STOP}", re.IGNORECASE
)
"""Who sees all that others see their own of."""


def is_thing(noun: str) -> bool:
    """Tell whether words may be what a service keeps, and nobody whom a doctor sees."""
    return noun.lower().split()[-1] not in NO_THINGS and not is_person(one(noun))


def roles_in(phrase: str) -> bool:
    """Tell whether words are roles, one or several."""
    return all(is_role_noun(one(noun)) for noun in re.split(r", (?:and |or )?| and | or ", phrase))


def own_and_all(found: re.Match[str], text: str) -> str | None:
    """Return what some see of their own, and that a role sees all of it, as two sentences."""
    own, said = found["own"], found["all"] or ""
    things = own if said.lower() in {"", *NO_THINGS} else said
    if one(own) != one(things) or not is_thing(own) or not is_role_noun(one(found["others"])):
        return None
    who, others = found["who"], found["others"]
    return replaced(
        found, text, f"{capital(who)} may only see their own {own}", f"{capital(others)} may also see {own}"
    )


def seen_alone(found: re.Match[str], text: str) -> str | None:
    """Return "only coordinators and the treasurer see fees" with "may"."""
    if not roles_in(found["who"]) or not is_thing(found["things"]):
        return None
    things = found["things"]
    new = f"Only {found['who'].replace(', ', ' or ').replace(' and ', ' or ')} may see {things[0].lower()}{things[1:]}"
    return None if found[0].endswith(new) else replaced(found, text, new)


def shown_alone(found: re.Match[str], text: str) -> str | None:
    """Return "fees are only visible to coordinators" as who alone may see them."""
    is_only = bool(found["only"]) or re.search(r"\bonly\b", found[0], re.IGNORECASE) is not None
    return seen_alone(found, text) if is_only else None


def all_seen(found: re.Match[str], text: str) -> str | None:
    """Return "staff can see every order" as what they see too, where others see their own of it."""
    things = found["things"] if found["things"].lower() != "them" else only_own(text[: found.start()])
    if not is_role_noun(one(found["who"])) or not things or not is_thing(things):
        return None
    rest = f"{text[: found.start()]}\n{text[found.end() :]}"
    owned = re.findall(r"\bown ((?:[a-z-]+ )?[a-z-]+)", rest, re.IGNORECASE)
    return replaced(found, text, f"{capital(found['who'])} may also see {things}") if is_among(things, owned) else None


def only_own(before: str) -> str:
    """Return the one thing of which people see their own, in what was said before; nothing where there are several."""
    own = dict.fromkeys(noun.lower() for noun in OWNED.findall(before))
    return next(iter(own)) if len(own) == 1 else ""


def is_among(things: str, owned: list[str]) -> bool:
    """Tell whether things are among phrases that begin with what somebody owns."""
    return any(one(things) in {one(phrase), one(phrase.split()[0])} for phrase in owned)


OWNED = regex(rf"\b(?:(?:see|view)s? only|only (?:see|view)s?) {ITS} own ({WORD})\b", re.IGNORECASE)
WAYS: Ways = ((PAIR, own_and_all), (SHOWN, shown_alone), (ALONE, seen_alone), (EVERYTHING, all_seen))


def in_plain_sights(text: str) -> str:
    """Return a text in which each sentence says of one group of people what they may see."""
    return rewritten(text, WAYS)
