"""Says what people do who are called by name as what we do: "Ines takes the pieces in" is "we take the pieces in".

Who is called by name is nobody of whom a record is kept: what they do is what is done in the business. What only a
named person may do stays as it is, for there it matters who.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.patterns import found_by, regex
from bot.planning.built_in.words.first_names import KIN, TITLES
from bot.planning.built_in.words.named_people import CAPITAL, SPOTS, named_people
from bot.planning.built_in.words.people_words import PEOPLE
from bot.planning.built_in.words.vocabulary import word_set

__all__ = ["in_plain_persons"]

STARTS = (
    r"(?P<begin>^[ \t]*|[.!?;:]\s++|\n\s*+|,\s+|"
    r"(?:\b(?:and|but|then|when|if|while|because|so|once|before|after|until|that|where|as|"
    r"(?:[Ee]very|[Ee]ach) time)|\b[Oo]n [A-Z][a-z]+days?,?) )"
)
"""Where a clause may begin."""
PERSON = rf"(?:{TITLES} )?(?:{CAPITAL})(?: {CAPITAL})?"
WHO = rf"(?:(?i:my|our)(?: [a-z]+){{0,2}}? (?:{KIN}|{'|'.join(sorted(PEOPLE))}),? )?{PERSON}"
ASIDE = rf"(?:,? (?:who (?:is|sits|stands|works) )?{SPOTS},?|, (?:my|our|the) [a-z]+(?: [a-z]+){{0,2}},)?"
OFTEN = r"(?:(?:always|usually|also|then|mostly|often|just|normally|still|sometimes|regularly) )?"
DOES = regex(rf"{STARTS}(?P<who>{WHO}){ASIDE} (?P<often>{OFTEN})(?P<verb>[a-z]{{2,}}s)(?= (?!not\b)[a-z\d])")
DO = regex(
    rf"{STARTS}(?P<who>{WHO}(?:, {WHO}){{0,6}},? and {WHO}){ASIDE} (?P<often>{OFTEN})(?P<verb>[a-z]{{2,}})(?= [a-z\d])"
)
SHE = regex(rf"{STARTS}(?P<who>[Ss]he|[Hh]e) (?P<often>{OFTEN})(?P<verb>[a-z]{{2,}}s)(?= (?!not\b)[a-z\d])")
STANDS = regex(rf",? and (?P<who>{WHO}) (?P<spot>{SPOTS})(?=\s*(?:[.;!?\n]|$))")
"""Somebody at the end of a list: "three watchmakers and Ines at the counter"."""
AND_DOES = regex(
    r"(?P<joint>,? (?:and|or|then|but)(?: (?:also|then))? |, )(?P<verb>[a-z]{2,}s)"
    r"(?= (?:the|an?|them|it|him|her|each|every|all|our|their|his|what|when|who|how|which|down|up|out|back|after)\b)"
)
"""What somebody does besides."""
GENERAL = regex(rf"\b(?i:an?|each|every|the|any) (?:[a-z-]+ )?(?:{'|'.join(sorted(PEOPLE))})\b")
NO_DEEDS = word_set(
    "is was as its this us always sometimes perhaps besides thus has was yes plus needs likes knows comes means"
)
"""Words with the ending of a verb that tell of no deed, or of the one who does none."""
NO_PLURAL_DEEDS = NO_DEEDS | word_set(
    "are were have had may must can should will would could might shall of for in on at by to with from and or not "
    "only never do did who which that be been get got both all each too alone as want need know like"
)
LONGEST_CLAUSE = 200


def in_plain_persons(text: str) -> str:
    """Return a text in which we do what somebody does who is called by name; where a name stays, it is no thing."""
    names = named_people(text)
    if not names:
        return text
    text = STANDS.sub(lambda found: f". We are {found['spot']}" if is_one(found["who"], names) else found[0], text)
    for said in (SHE, DO, DOES):
        at = 0
        while found := said.search(text, at):
            text, at = by_us(found, text, names)
    return text


def by_us(found: re.Match[str], text: str, names: Iterable[str]) -> tuple[str, int]:
    """Return a text with one clause as what we do, and where to read on."""
    verb, is_she = found["verb"], found_by(SHE, found)
    no_deeds = NO_PLURAL_DEEDS if found_by(DO, found) else NO_DEEDS
    is_meant = is_named_before(text[: found.start("who")], names) if is_she else is_one(found["who"], names)
    if not is_meant or verb in no_deeds:
        return text, found.start("who") + 1
    is_first = re.search(r"(?:^|[.!?\n])\s*$", text[: found.start("who")]) is not None
    told = f"{'We' if is_first else 'we'} {found['often']}{verb if found_by(DO, found) else plain_verb(verb)}"
    before, behind = f"{text[: found.start('who')]}{told}", text[found.end() :]
    end = re.search(r"[.;!?\n]|$", behind[:LONGEST_CLAUSE])
    here = end.start() if end else 0
    rest = behind[:here] if found_by(DO, found) else AND_DOES.sub(and_do, behind[:here])
    return f"{before}{rest}{behind[here:]}", len(before)


def and_do(found: re.Match[str]) -> str:
    """Return "and hands" as "and hand"."""
    verb = found["verb"]
    return found[0] if verb in NO_DEEDS else f"{found['joint']}{plain_verb(verb)}"


def is_one(who: str, names: Iterable[str]) -> bool:
    """Tell whether each of those whom words call by name is a person."""
    called = re.findall(rf"\b{CAPITAL}\b", re.sub(rf"^(?:My|Our) |\b{TITLES} ", "", who))
    return bool(called) and set(called) & set(names) != set() and all(one in names or len(called) > 1 for one in called)


def is_named_before(before: str, names: Iterable[str]) -> bool:
    """Tell whether somebody was called by name before, and nobody else was told of since."""
    last = max((before.rfind(name) for name in names), default=-1)
    return last >= 0 and not GENERAL.search(before[last:])


def plain_verb(verb: str) -> str:
    """Return what somebody does as several say it: ``takes`` → ``take``, ``does`` → ``do``."""
    if verb in {"does", "goes"}:
        return verb[:-2]
    if verb.endswith("ies") and len(verb) > len("dies"):
        return f"{verb[:-3]}y"
    return verb[:-2] if re.search(r"(?:ss|sh|ch|x|zz)es$", verb) else verb[:-1]
