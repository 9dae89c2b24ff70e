"""Says plainly what becomes of what is asked for, what the accepted ones get, and what fits several of what.

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital, plural
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.field_kinds import named_kind
from bot.planning.built_in.words.plain_requests import ASKED
from bot.planning.built_in.words.rewriting import (
    BEGIN,
    END,
    MANY,
    NAME,
    PAUSE,
    TERM,
    WORD,
    Ways,
    replaced,
    rewritten,
)
from bot.planning.built_in.words.vocabulary import a, singular

__all__ = ["in_plain_outcomes"]

ACCEPTED = r"(?:accepted|approved|selected|chosen|confirmed|shortlisted)"
DECISION = r"accept|approve|confirm|grant"
REFUSAL = r"decline|reject|refuse|deny|denie|turn down"
APPLYING = regex(rf"(?:^|[.!?;:,]\s+)(?P<who>{NAME}s) (?:can |may |must )?apply\b", re.IGNORECASE)
"""Who applies: what is decided then is about them."""
EACH = regex(rf"\b(?:each|every) (?P<noun>{WORD})\b", re.IGNORECASE)
FITTING = (
    r"(?:opens?|fits?|covers?|serves?|feeds|feed|suppl(?:y|ies)|powers?|lights?|heats?|cross(?:es)?|connects?|"
    r"supports?|"
    r"match(?:es)?|treats?|prevents?|controls?|monitors?|protects?|mentions?|cites?|depicts?|suits?|affects?|"
    r"unlocks?)"
)
"""What a thing does to several others, of which each may have several such things."""
SEVERAL = r"(?:one or more|one or several|several|many|multiple|at least one|any number of|more than one|various)"


def asked_last(before: str) -> str:
    """Return what was asked for last, or who applied, or nothing."""
    asked = [(found.start(), found["what"]) for found in ASKED.finditer(before) if not is_person(found["what"])]
    asked += [(found.start(), found["who"]) for found in APPLYING.finditer(before)]
    return one(max(asked)[1]) if asked else ""


def judged(found: re.Match[str], text: str) -> str | None:
    """Return "…, and the committee accepts or rejects them" as a sentence of its own, where anybody asks."""
    if re.fullmatch(r"|[.!?;:]\s+|\n\s*", found["begin"]) or not asked_last(text[: found.start()]):
        return None
    return replaced(found, text, capital(found["said"]))


def got_by_accepted(found: re.Match[str], text: str) -> str | None:
    """Return "the accepted ones get a room" as what was asked for, with a status, and perhaps a room."""
    before = text[: found.start()]
    said = singular(found["noun"].lower())
    thing = asked_last(before) or next((one(noun) for noun in reversed(EACH.findall(before))), "")
    is_meant = said == "one" or thing.endswith(said) or thing.startswith(f"{said} ")
    thing = thing if is_meant else said
    if not thing:
        return None
    got = [re.sub(r"^an? ", "", one) for one in re.split(r",? and |, ", found["what"].lower())]
    facts = [f"an optional {one}" for one in got if named_kind(one.split())]
    ends = [a(one) for one in got if not named_kind(one.split())]
    told = [f"{a(thing).capitalize()} may belong to {' and '.join(ends)}"] if ends else []
    told += [f"{a(thing).capitalize()} has {' and '.join(facts)}"] if facts else []
    if not re.search(
        rf"\b(?:{DECISION})\w* or |, then | has a status \(|\b{thing} is (?:[a-z]+, )*[a-z]+,? or ", text, re.IGNORECASE
    ):
        told = [f"{a(thing).capitalize()} is submitted, then {found['state'].lower()} or rejected", *told]
    rest = found["rest"]
    told += [f"Every {found['state'].lower()} {thing} must {rest}"] if rest else []
    return replaced(found, text, *told)


def fits_several(found: re.Match[str], text: str) -> str | None:
    """Return "every key has a number and opens one or more doors" as keys of several doors, and the other way round."""
    what, other = one(found["each"] or found["all"]), singular(found["many"].lower())
    if is_person(what) or is_person(other) or what == other:
        return None
    told = [
        f"Each {what} belongs to several {found['many'].lower()} and each {other} belongs to several {plural(what)}"
    ]
    told += [f"{a(what).capitalize()} has {found['facts']}"] if found["facts"] else []
    rest = re.sub(r"^,? and (?=\S)|^, (?=\S)", ". ", text[found.end() :])
    rest = f". {rest[2].upper()}{rest[3:]}" if rest != text[found.end() :] else rest
    return replaced(found, f"{text[: found.end()]}{rest}", *told)


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{BEGIN}(?:then )?(?P<said>(?:their|the|an?|our) {NAME} (?:then )?(?:{DECISION})s? or "
                rf"(?:{REFUSAL})s? (?:them|it|these|those|(?:each|every|the|their|an?|this) {WORD}))"
                rf"{END}"
            ),
            judged,
        ),
        (
            (
                rf"{BEGIN}(?:the |all (?:the )?)?(?P<state>{ACCEPTED}) (?P<noun>ones|{MANY}) (?:then )?"
                r"(?:get|receive|are given|are assigned|are allotted) (?P<what>an? "
                rf"{TERM}(?:(?:,| and) an? {TERM})*)(?:,? and (?P<rest>(?:pay|bring|send|sign|confirm|must) "
                rf"[^.;!?\n]+))?{END}"
            ),
            got_by_accepted,
        ),
        (
            (
                rf"{BEGIN}(?:(?:an?|each|every) (?P<each>{TERM})|(?P<all>{MANY})) "
                rf"(?:(?:has|have) (?P<facts>[^.;:!?\n]{{2,80}}?),? and )?"
                rf"{FITTING} {SEVERAL} (?P<many>{MANY}){PAUSE}"
            ),
            fits_several,
        ),
    )
)
"""Ways of telling what becomes of what, and what says them plainly."""


def in_plain_outcomes(text: str) -> str:
    """Return a text with what becomes of what is asked for said in sentences of one fact each."""
    return rewritten(text, WAYS)
