"""Reads who somebody is within a group of people: "some members are stewards", "a kiln master is one of our potters".

So is "stewards are things of their own", which takes it back. Whether the people are a thing that is kept is decided
when everything was read, by `bot.planning.built_in.drafts.told_roles`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.documents.naming import joined, snake_case
from bot.patterns import regex
from bot.planning.built_in.phrases.rule_phrases import Form, Wish
from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.participles import base_form
from bot.planning.built_in.words.people_words import KINDS
from bot.planning.built_in.words.role_nouns import is_role_noun
from bot.planning.built_in.words.vocabulary import entity_name, singular, straight, word_set, words_of

__all__ = [
    "THEY",
    "RolesSaid",
    "is_left_alone",
    "leaves_alone",
    "no_role_said",
    "own_thing_said",
    "read_roles",
    "role_value",
    "roles_parted",
]

LONGEST = 200
STOP = (
    r"(?!(?:an?|the|our|one|some|who|that|which|and|or|but|is|are|was|has|have|can|may|must|of|in|on|at|by|for|to|with|"
    r"from|not|no|too|also|as|we|they|it|there|only|just|all|each|every|any|other|others)\b)"
)
WORD = rf"{STOP}[a-z][\w-]{{1,30}}"
NOUN = rf"{WORD}(?:\s{WORD}){{0,2}}"
ART = r"(?:(?:an?|the|our|any|each|every)\s)?"
OUR = r"(?:(?:our|the|these|all)\s)?"
FEW = (
    r"(?:some|a\sfew|several|certain|one|two|three|four|five|six|\d{1,3}|most|many|a\scouple|a\shandful|a\snumber|any)"
    r"(?:\sof)?\s"
)
BE = r"(?:is|are|'s|'re)\s"
MERELY = r"(?:(?:really|just|only|simply|merely|always|also|both|still|usually)\s)*"
THEM = rf"(?P<them>{NOUN})"
ONE_OF_THEM = rf"(?:(?P<few>{FEW}){OUR}|an?\s(?:normal\s|ordinary\s|regular\s)?|our\s)?{THEM}"
NEXT = r"(?:,\s|,?\s(?:and|or|but)\s)(?:(?:some|others?|a\sfew|one)\s(?:are\s|is\s)?)?"
ROLES = rf"(?P<roles>{ART}{NOUN}(?:{NEXT}{ART}{NOUN}){{0,5}})"
ROLE = rf"{ART}(?P<roles>{NOUN})"
TOO = r"(?:\s(?P<too>too|as\swell|themselves|themself|like\s(?:any|every|all(?:\sthe)?)\sothers?))?"
RIGHTS = (
    r"(?:\s(?P<rights>with)\s(?:(?:some|a\sfew)\s)?(?:more|extra|special|additional|further)\s"
    r"(?:rights|permissions|powers|duties|responsibilities|tasks))?"
)
ALONE = r"(?:,?\s(?:who|that|which)\s(?:(?:alone|also)\s)?(?P<may>(?:may|can|(?:is|are)\sallowed\sto)\s[^,;:]{3,80}))?"
THING = r"(?:things?|entit(?:y|ies)|tables?|records?|objects?)"
KEPT = (
    rf"(?:an?\s)?(?:(?:separate|own|extra)\s)?{THING}"
    r"(?:\s(?:of\s(?:its|their)\sown|(?:that\s)?we\s(?:keep|have|store)|to\skeep|by\s(?:itself|themselves)))?"
)
NO_THING = rf"(?:,?\s(?:and\s|but\s)?(?:not|no)\s{KEPT})?"
A_ROLE = r"(?:an?\s|different\s|the\s)?roles?"
WHOSE = rf"(?:of|for|among|within|that)\s(?:(?:some|one|any)\s(?:of\s)?)?{OUR}(?P<them_too>{NOUN})"
IS_ROLE = rf"{A_ROLE}(?:\s{WHOSE}(?:\s(?:have|has|can\shave))?)?"
IT_IS = r"(?:(?:it|they|he|she|that|this|those)(?:\s(?:is|are)|'s|'re)\s|just\s|only\s)"
ASIDE = rf"\s?(?:[,;:.–—-]+\s?)(?:(?:but|and|rather|instead)\s)?{IT_IS}"
FORMS = tuple(
    regex(rf"^(?:and\s|but\s|also\s)?{form}$", re.IGNORECASE)
    for form in (
        rf"{FEW}{OUR}{THEM}\s(?:are|is|act\sas|acts\sas|work\sas|works\sas|serve\sas|serves\sas)\s{MERELY}{ROLES}{TOO}{ALONE}",
        rf"(?:{FEW}(?P<these>them)|some)\s(?:are|is)\s{MERELY}{ROLES}{TOO}",
        rf"{ROLE}\s{BE}(?P<merely>{MERELY}){ONE_OF_THEM}{TOO}{RIGHTS}{ALONE}{NO_THING}",
        rf"{ROLE}\s{BE}{MERELY}{IS_ROLE}{NO_THING}",
        rf"{ROLE}\s(?:is|are)(?:\snot|n't)\s{KEPT}{ASIDE}{MERELY}(?:{IS_ROLE}|{ONE_OF_THEM}){TOO}",
        (
            rf"(?:there\s(?:is|are)\sno|we\s(?:don't|do\snot)\s(?:keep|have|store))\s{ROLE}\sas\s{KEPT}"
            rf"{ASIDE}{MERELY}(?:{IS_ROLE}|{ONE_OF_THEM}){TOO}"
        ),
        rf"(?:an?|any|every|each|our)\s{THEM}\s(?:can|may|might)\s(?:also\s)?(?:be|become|act\sas)\s{ROLE}{TOO}",
    )
)
NO_ROLE = regex(
    rf"^(?:(?:remove|drop|forget|delete)\s(?:the\s)?(?:roles?\s(?:of\s)?)?(?P<gone>{NOUN}?)(?:\srole)?(?:\sfrom\sthe\sroles?.{{0,40}})?|"
    rf"there\s(?:is|are)\sno\s(?:role\s)?(?P<none>{NOUN})|{ART}(?P<not>{NOUN}?)\s(?:is|are)(?:\sno|\snot\san?|n't\san?)\sroles?)$",
    re.IGNORECASE,
)
OWN_THING = regex(
    rf"^(?:no,?\s|but\s)?{ROLE}\s{BE}(?:really\s|rather\s)?(?:an?\s)?(?:things?|entit(?:y|ies))\sof\s(?:its|their)\sown$",
    re.IGNORECASE,
)
ALONE_MAY = regex(
    r"\b(?:only|solely|exclusively|alone|nobody|no one|no-one|left to|reserved for|up to)\b", re.IGNORECASE
)
LONGEST_TEXT = 8_000
ALL = r"(?:all(?:\sof)?(?:\sthe)?|every|each|any)\s"
ALSO_MAY = regex(
    rf"^{ROLE}\s(?:(?:can|may)\s(?:also\s|too\s)?|(?:also\s)?(?=(?:see|view)s?\s{ALL}))"
    rf"(?P<actions>[a-z]+(?:(?:,\s|\s(?:and|or)\s)[a-z]+){{0,3}})\s(?P<all>{ALL})?"
    rf"(?P<what>{ART}{WORD}(?:\s{WORD})?)(?:\s(?:too|as\swell))?$",
    re.IGNORECASE,
)
CREATING = word_set(
    "create add enter make plan open schedule register record log write post start begin organise organize arrange "
    "announce set file list offer"
)
UPDATING = word_set("update edit change modify correct amend adjust move reschedule rename")
DELETING = word_set("delete remove")
READING = word_set("see read view")
MANAGING = word_set("manage administer maintain")
"""What is all of it: to create, to change and to delete."""
PARTED = regex(
    r"\s*(?:,\s*(?:and|or|but)\s|,|\s(?:and|or|but)\s)\s*(?:(?:some|others?|a few|one)\s(?:are\s|is\s)?)?",
    re.IGNORECASE,
)
THEY = "they"
"""Those who were spoken of."""
OWN = regex(r"\b(?:its|their|his|her|one's) own\b", re.IGNORECASE)
NOBODY = word_set("person human somebody someone")
"""Who is nobody in particular: that somebody is one tells nothing."""


@dataclass(frozen=True)
class RolesSaid:
    """Roles that some of a group of people have, as nouns in the singular."""

    roles: tuple[str, ...]
    people: str = ""
    """Who has them, in the singular; empty where only "a role" was said, "they" for those who were spoken of."""
    is_sure: bool = True
    """The words can't mean anything else; "teachers are parents too" may only be a remark."""
    is_kind: bool = False
    """They are what some people are by age or by where they come from."""
    rule: str = ""
    """What is left to who has the role, as a rule of its own: "only kiln masters may plan a firing"."""


def read_roles(sentence: str) -> RolesSaid | None:
    """Return the roles that a whole sentence tells, or None where it says anything else."""
    text = straight(sentence, " .!")
    if len(text) > LONGEST:
        return None
    for form in FORMS:
        match = form.match(text)
        if match and (said := roles_in(match)):
            return said
    return None


def roles_in(match: re.Match[str]) -> RolesSaid | None:
    """Return the roles of a match, or None where some of its words are nobody."""
    parts = match.groupdict()
    roles = roles_named(parts["roles"] or "")
    said = parts.get("them") or parts.get("them_too") or ""
    people = one(said) if said or "these" not in parts else THEY
    is_known = is_person(people) and people not in {*roles, *NOBODY} and entity_name(people) != ""
    if not roles or not (people in {"", THEY} or is_known):
        return None
    may = parts.get("may") or ""
    is_plain = "merely" in parts and not (parts["merely"] or parts["few"] or parts["rights"] or may)
    is_kind = bool({words_of(role)[-1] for role in roles} & KINDS)
    return RolesSaid(
        roles, people, not (is_plain or is_kind), is_kind, f"only {joined(roles, 'or')} {may}" if may else ""
    )


def roles_named(phrase: str) -> tuple[str, ...]:
    """Return the roles in "a steward or a coach" in the singular; nothing where one of them is no role."""
    nouns = tuple(dict.fromkeys(one(re.sub(r"^(?:or|and)\s", "", part)) for part in PARTED.split(phrase.strip())))
    return nouns if nouns and all(map(is_role_noun, nouns)) else ()


def rights_said(sentence: str) -> Wish | None:
    """Return what a whole sentence says that a role may do too: "moderators can also edit posts"; else None."""
    text = straight(sentence, " .!")
    match = ALSO_MAY.match(text) if len(text) <= LONGEST else None
    if match is None or not is_role_noun(one(match["roles"])):
        return None
    verbs = {verb for verb in words_of(match["actions"]) if verb not in {"and", "or"}}
    if not set(map(base_form, verbs)) <= CREATING | UPDATING | DELETING | MANAGING | READING:
        return None
    is_more = re.search(r"\b(?:also|too|as well)\b", text, re.IGNORECASE) is not None
    is_more |= match["all"] is not None and set(map(base_form, verbs)) <= READING
    also = "also" if is_more else "may"
    parts = {"who": match["roles"], "actions": match["actions"], "what": match["what"], "also": also}
    return Wish(Form.OWNER, text, parts)


def is_of_own(quote: str) -> bool:
    """Tell whether words speak of what somebody owns: "a family sees only its own parcels"."""
    return OWN.search(quote) is not None


def leaves_alone(quote: str) -> bool:
    """Tell whether words leave something to somebody and to nobody else."""
    return ALONE_MAY.search(quote) is not None


def roles_parted(phrase: str) -> tuple[tuple[str, str], ...]:
    """Return who "the owner or a steward" are, one after the other: as a noun in the singular, and as said.

    Whoever is told apart by more than a noun ("members who paid") has no noun.
    """
    parts = PARTED.split(phrase.strip())
    return tuple((one(part) if re.fullmatch(rf"{ART}{NOUN}", part, re.IGNORECASE) else "", part) for part in parts)


def no_role_said(sentence: str) -> str:
    """Return the role that a whole sentence takes back, in the singular: "there are no stewards"; else nothing."""
    text = straight(sentence, " .!")
    match = NO_ROLE.match(text) if len(text) <= LONGEST else None
    return one(next(filter(None, match.groups()), "")) if match else ""


def is_left_alone(role: str, texts: Iterable[str]) -> bool:
    """Tell whether texts leave something to a role and to nobody else: "only stewards may …"."""
    return any(
        re.search(rf"\b{re.escape(role.rpartition(' ')[2])}", sentence.lower()) is not None
        for text in texts
        for sentence in re.split(r"[.!?;\n]", text[:LONGEST_TEXT])
        if leaves_alone(sentence)
    )


def own_thing_said(sentence: str) -> str:
    """Return the noun of which a sentence says that it is a thing of its own, or nothing."""
    text = straight(sentence, " .!")
    match = OWN_THING.match(text) if len(text) <= LONGEST else None
    noun = one(match["roles"]) if match else ""
    return noun if noun and is_role_noun(noun) else ""


def role_value(noun: str) -> str:
    """Return a role as a value: ``kiln_master``; whoever administers is the ``admin`` that accounts know."""
    value = snake_case(singular(noun).replace("-", " ").replace(" ", "_")).lower()
    return "admin" if value in {"administrator", "admin"} else value
