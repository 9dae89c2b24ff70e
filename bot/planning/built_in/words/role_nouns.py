"""Knows what somebody may be among others: a steward. Puts the values of "a role, potter or coach" in brackets."""

from __future__ import annotations

import re

from bot.documents.naming import capital, plural
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.people_words import ROLE_NOUNS, SERVED
from bot.planning.built_in.words.rewriting import Ways, rewritten
from bot.planning.built_in.words.vocabulary import word_set, words_of

__all__ = ["LOG_IN", "in_plain_roles", "is_role_noun"]

ANYBODY = word_set(
    "owner person author one creator writer user people somebody someone everyone everybody anyone anybody nobody "
    "account friend colleague other guy human"
)
"""Who is called so with regard to something, or is anybody: that is no role of theirs."""
MOST_WORDS = 3
WORD = r"(?!(?:and|or|with|for|of|who|that|which|is|are|has|have|in|on|at|by|to|an?|the)\b)[a-z][a-z-]{1,30}"
NOUN = rf"(?:(?:an?|the) )?{WORD}(?: {WORD}){{0,2}}"
ROLES = regex(
    r"\b(?P<role>(?:an?|the|one|their) (?:role|position|rank|function)s?)"
    r"(?:(?:,|:| [-–—]|,? (?:which|that) is|,? being| of| as) (?:either )?| either )"
    rf"(?P<values>{NOUN}(?:, {NOUN}){{0,6}},? or {NOUN})(?=\s*(?:[.;,!?\n)]|$|and\b))",
    re.IGNORECASE,
)
OTHERS = regex(
    rf"(?:^|[.!?;]\s+|\n)some (?:of (?:our|the) )?{NOUN} are (?P<first>{NOUN})"
    rf"(?P<joint>,? (?:and )?(?:some|others|other ones)(?: of them)?(?: are)? )(?P<second>{NOUN})(?=\s*(?:[.;!?\n]|$))",
    re.IGNORECASE,
)
"""What some are, and what others are."""
LOG_IN = r"(?:(?:can|may|must|should|will|have to|need to) )?(?:(?:all|both) )?(?:log|sign)s? in"
SIGNING_IN = regex(
    rf"(?P<begin>^|[.!?]\s+|\n\s*)(?:the |our )?(?P<first>{WORD}(?: {WORD})?)"
    rf"(?P<more>(?:, (?:the |our )?{WORD}(?: {WORD})?){{0,3}})"
    rf",? and (?:the |our )?(?P<last>{WORD}(?: {WORD})??) (?P<log>{LOG_IN})(?=\s*(?:[.;!?\n]|$))",
    re.IGNORECASE,
)
"""Several groups of people who sign in."""
TOLD = (
    r"(?:\b(?:an?|each|every|our|the) {noun} (?:has|have|is|belongs)\b|\b{many} have\b|"
    r"\bfor (?:each|every) {noun}\b|^\W*{noun}\s*:)"
)


def is_role_noun(noun: str) -> bool:
    """Tell whether a noun in the singular may be what somebody is among others: "steward", "kiln master", "admin"."""
    words = words_of(noun)
    if not 0 < len(words) <= MOST_WORDS or words[-1] in ANYBODY:
        return False
    return words[-1] in ROLE_NOUNS or is_person(noun)


def in_brackets(found: re.Match[str], text: str) -> str | None:
    """Return "a role, potter or kiln master" with its values in brackets, where they are somebody."""
    nouns = [one(noun) for noun in re.split(r",? or |, ", found["values"])]
    if not any(map(is_role_noun, nouns)):
        return None
    listed = f"{', '.join(nouns[:-1])} or {nouns[-1]}"
    return f"{text[: found.start()]}{found['role']} ({listed}){text[found.end() :]}"


def together(found: re.Match[str], text: str) -> str | None:
    """Return "some dancers are coaches, others are assistants" with all that they are behind one verb."""
    if not all(is_role_noun(one(found[which])) for which in ("first", "second")):
        return None
    return f"{text[: found.start('joint')]} or {found['second']}{text[found.end() :]}"


def is_told(noun: str, text: str) -> bool:
    """Tell whether a text says what is kept about a thing."""
    form = TOLD.format(noun=re.escape(noun), many=re.escape(plural(noun)))
    return re.search(form, text, re.IGNORECASE | re.MULTILINE) is not None


def signing_in(found: re.Match[str], text: str) -> str | None:
    """Return "members and mechanics log in" as members who log in, where nothing is kept about mechanics by themselves.

    Whom a place serves is left alone: who works there is none of them.
    """
    more = [re.sub(r"^(?:the|our) ", "", noun, flags=re.IGNORECASE) for noun in found["more"].split(", ")]
    named = [found["first"], *filter(None, more), found["last"]]
    nouns = [one(noun) for noun in named]
    kept = [at for at, noun in enumerate(nouns) if is_told(noun, text)]
    if len(kept) != 1 or not all(map(is_role_noun, nouns)) or {words_of(noun)[-1] for noun in nouns} & SERVED:
        return None
    people = named[kept[0]]
    others = [noun for at, noun in enumerate(named) if at != kept[0]]
    said = f"{capital(people)} {found['log']}. Some {people.lower()} are {' or '.join(others)}"
    return f"{text[: found.start()]}{found['begin']}{said}{text[found.end() :]}"


WAYS: Ways = ((ROLES, in_brackets), (OTHERS, together), (SIGNING_IN, signing_in))


def in_plain_roles(text: str) -> str:
    """Return a text in which the roles that somebody may have stand in brackets."""
    return rewritten(text, WAYS)
