"""Says plainly what stands "with" a thing: the details of what it belongs to, how many fit in, each side of two.

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.numerals import SMALL, TENS, figure
from bot.planning.built_in.words.rewriting import BEGIN, END, WORD, Ways, added, replaced, rewritten
from bot.planning.built_in.words.vocabulary import a, has_plural, singular, word_set

__all__ = ["in_plain_attached"]

COUNT = rf"(?:\d+|{'|'.join([*list(SMALL)[1:], *TENS])}|hundred)"
IS_IN = (
    r"(?:belongs? to|lives? in|works? (?:in|at|for)|is (?:in|part of|assigned to)|sits? in|stands? (?:in|on)|stays? in|"
    r"sleeps? in|goes to|plays? (?:in|for)|comes? from|is kept (?:in|on)|is stored (?:in|on)|hangs? in|lies (?:in|on))"
)
OWN = word_set("name number title code address capacity maximum label place location floor")
"""What the thing has that something belongs to: a group with a name."""
MOST = r"\ban? (?P<kind>maximum|limit|capacity) of (?:at most |up to )?"
UNITS = (
    r"(?:minutes|hours|days|weeks|months|years|euros?|percent|stars|points|kilos|grams|metres|meters|litres|liters|"
    r"kilometres|degrees)"
)
SIDES = {"for": "proposing", "against": "opposing", "pro": "proposing", "contra": "opposing"}
SIDE = r"(?:with|as|for|in|on|at|from) (?:the )?|(?:the )?"
DOING = r"(?:learning|speaking|playing|teaching|wearing|having|using|being)"
ROLE = r"(?P<{0}>(?!(?:the|and|other|one|of|of them|is|has)\b)[a-z][a-z-]+)"


def at_most(found: re.Match[str], text: str) -> str | None:
    """Return "a maximum of twelve places" as places between 1 and 12, or at most so many of a thing told of."""
    if not found["what"] and found["kind"].lower() != "capacity":
        return None
    what = found["what"].lower() if found["what"] else "capacity"
    others = f"{text[: found.start()]} {text[found.end() :]}"
    if re.search(
        rf"\b(?:an?|each|every|the) {re.escape(singular(what))}\b|\b{what} (?:have|are)\b", others, re.IGNORECASE
    ):
        return f"{text[: found.start()]}at most {figure(found['count'])} {what}{text[found.end() :]}"
    return f"{text[: found.start()]}{what} between 1 and {figure(found['count'])}{text[found.end() :]}"


def belongs_with(found: re.Match[str], text: str) -> str | None:
    """Return "every child belongs to a group with a name and a colour" with what a group has by itself."""
    first = re.match(r"(?:an?|the|its) (?:[a-z-]+ )??(?P<noun>[a-z-]+)(?=,| and |$|\s)", found["facts"], re.IGNORECASE)
    if not first or first["noun"].lower() not in OWN or (first["noun"].lower() == "number" and in_team(found)):
        return None
    whole = f"{a(found['whole'].lower())}"
    told = f"{found['one']} {found['is']} {whole}"
    return replaced(found, text, capital(told), f"{capital(whole)} has {found['facts']}")


def in_team(found: re.Match[str]) -> bool:
    """Tell whether somebody is in a team, where a number may be theirs."""
    return re.match(r"(?:plays?|works?|rides?) for", found["is"], re.IGNORECASE) is not None


def two_sides(found: re.Match[str], text: str) -> str | None:
    """Return "a game is between two members, one with white and one with black" as a white and a black member."""
    who, sides = singular(found["many"].lower()), [found["first"].lower(), found["second"].lower()]
    if not has_plural(found["many"].lower()) or sides[0] == sides[1]:
        return None
    verb = "have" if (found["is"] or "").lower() == "are" else "has"
    plain = f"{verb} {' and '.join(a(f'{SIDES.get(side, side)} {who}') for side in sides)}"
    others = f"{text[: found.start()]}{text[found.end() :]}"
    is_told = re.search(rf"\b(?:an?|each|every|the) {who}\b|\b{found['many']}\b", others, re.IGNORECASE)
    said = f"{text[: found.start()]}{plain}{text[found.end() :]}"
    return said if is_told else added(said, found.start(), f"We keep {found['many'].lower()}")


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{MOST}(?P<count>{COUNT})"
                rf"(?: (?P<what>(?!{UNITS}\b)"
                rf"[a-z]+s|people))?(?=\s*(?:[,.;!?)\n]|and\b|$))"
            ),
            at_most,
        ),
        (
            (
                rf"{BEGIN}(?P<one>(?:each|every|an?) {WORD}(?: {WORD})?) (?P<is>{IS_IN}) an? "
                rf"(?P<whole>{WORD}(?: {WORD})?) "
                rf"with (?P<facts>(?:an?|the|its) [^.;:!?\n]+?){END}"
            ),
            belongs_with,
        ),
        (
            (
                r"\b(?:(?P<is>is|are) (?:always |played |held |fought )?between|(?:brings together|pairs(?: up)?|"
                r"matches|joins|involves|consists of|needs)) two (?P<many>[a-z]+s)(?:,| \(|:) ?"
                r"(?:one|the first)(?: of them| one)?(?: (?:is|has|plays?|gets?))? "
                rf"(?:{SIDE})(?:{DOING} )?{ROLE.format('first')},? "
                rf"(?:and )?(?:one|the other|the second)(?: one| of them)?(?: (?:is|has|plays?|gets?))? "
                rf"(?:{SIDE})(?:{DOING} )?{ROLE.format('second')}\)?(?=\s*(?:[,.;!?\n]|and\b|$))"
            ),
            two_sides,
        ),
    )
)
"""Ways of telling what stands with a thing, and what says them plainly."""


def in_plain_attached(text: str) -> str:
    """Return a text with what stands with a thing said in sentences of one fact each."""
    return rewritten(text, WAYS)
