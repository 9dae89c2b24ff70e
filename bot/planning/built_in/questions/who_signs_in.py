"""Reads who signs in from an answer: the pilots of "the office and the pilots sign in", the office as a role.

A short answer names only who they are: "the office and the pilots", "only pilots, not the passengers".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.documents.naming import joined
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, RoleTold, Said
from bot.planning.built_in.drafts.persons import is_person
from bot.planning.built_in.questions.answers import plural_of
from bot.planning.built_in.words.deed_nouns import is_person as is_called_person
from bot.planning.built_in.words.deed_nouns import one
from bot.planning.built_in.words.people_words import SERVED
from bot.planning.built_in.words.role_nouns import LOG_IN, is_role_noun
from bot.planning.built_in.words.vocabulary import entity_name, straight, word_set, words_of

__all__ = ["goes_on_signing_in", "let_in", "names_who", "only_signs_in", "reads_who", "several_sign_in"]

LONGEST = 200
NO_GROUP = (
    "and|or|with|for|of|who|that|not|the|our|all|their|its|his|her|no|only|just|but|yes|sure|they|it|we|i|you|us|both|"
    "either|neither"
)
NO_SECOND = "log|sign|do|does|don|can|may|must|should|will|have|has|need|use|get|and|only|not|but|yes|no"
GROUP = (
    rf"(?:the |our |all |their |its |his |her )?(?!(?:{NO_GROUP})\b)[a-z][a-z-]{{1,30}}"
    rf"(?: (?!(?:{NO_SECOND})s?\b)[a-z][a-z-]{{1,30}})??"
)
GROUPS = rf"{GROUP}(?:, {GROUP}){{0,3}}(?:,? (?:and|plus) {GROUP})?"
DO = (
    rf"(?:{LOG_IN}|do|does|yes|(?:can |may |should )?uses? it|"
    r"(?:needs?|gets?|have|has) (?:an )?(?:accounts?|log-?ins?))"
)
DO_NOT = (
    r"(?:don't|do not|doesn't|does not|never|needn't|shouldn't|can't|cannot|no)"
    r"(?: (?:(?:have |need )to )?(?:log in|sign in|need (?:an )?accounts?|need to|have to|use it|get accounts?))?"
)
YES = r"(?:(?:yes|yeah|yep|sure|ok|okay)\b[,:;.! –—-]*)?(?:(?:for|only|just|both|it's|that's|it is|that is) ){0,2}"
NOT_THEM = (
    rf",? not (?:for )?(?P<not>{GROUPS})|[,;.]? (?:and |but )?(?P<others>{GROUPS}) {DO_NOT}|"
    rf",? (?:and |but )?no (?:for )?(?P<no>{GROUPS})"
)
WHO_SIGNS_IN = regex(
    rf"{YES}(?P<who>{GROUPS})(?P<verb> {DO})?(?: only)?(?: with an? e-?mail and an? password)?(?:{NOT_THEM})?",
    re.IGNORECASE,
)
GOES_ON = regex(rf"{GROUPS} {LOG_IN}\b", re.IGNORECASE)
WHOLE = word_set("everyone everybody anyone anybody nobody noone none people users all both")
"""Who is no group of people by its name: what is said of them is read elsewhere."""


@dataclass(frozen=True)
class WhoSignsIn:
    """Who signs in and who doesn't, as nouns in the singular, and whether a verb says so."""

    nouns: tuple[str, ...]
    others: tuple[str, ...]
    is_said: bool


def reads_who(text: str) -> WhoSignsIn | None:
    """Return who a whole answer says signs in, or None where it says anything else."""
    said = straight(text, " .!;,")
    found = WHO_SIGNS_IN.fullmatch(said) if len(said) <= LONGEST else None
    if found is None:
        return None
    who = WhoSignsIn(
        nouns_of(found["who"]), nouns_of(found["not"] or found["others"] or found["no"] or ""), bool(found["verb"])
    )
    return None if set(who.nouns) & WHOLE or set(who.nouns) & set(who.others) else who


def names_who(text: str) -> bool:
    """Tell whether an answer names nothing but people, who sign in: "the office and the pilots"."""
    who = reads_who(text)
    return who is not None and all(map(is_role_noun, who.nouns))


def goes_on_signing_in(text: str) -> bool:
    """Tell whether words go on with who signs in: "the office sign in" of "the pilot and the office sign in"."""
    return GOES_ON.match(straight(text)) is not None


def several_sign_in(draft: Draft, text: str) -> bool:
    """Tell whether an answer names several groups of people of whom more than one is kept: all of them are users."""
    who = reads_who(text)
    if who is None or not all(is_somebody(draft, noun) for noun in who.nouns):
        return False
    return len([noun for noun in who.nouns if entity_name(noun) in draft.entities]) > 1


def is_somebody(draft: Draft, noun: str) -> bool:
    """Tell whether a noun in the singular is somebody: by its name, or by what is kept about them."""
    thing = draft.entities.get(entity_name(noun))
    return is_role_noun(noun) or is_called_person(noun) or (thing is not None and is_person(thing))


def let_in(draft: Draft, text: str, author: str) -> str:
    """Let those sign in of whom an answer says so, as records or as roles; return who does, or nothing."""
    if those := let_sign_in(draft, text, author):
        return f"{plural_of(those.noun).capitalize()} log in"
    roles = let_roles_sign_in(draft, text, author)
    return f"The {joined(roles)} can log in" if roles else ""


def let_sign_in(draft: Draft, text: str, author: str) -> EntityDraft | None:
    """Let the only people that are kept sign in who an answer says do; who is beside them is a role of theirs.

    Nobody is returned, and nothing done, where it isn't clear who is meant.
    """
    who = reads_who(text)
    if who is None:
        return None
    kept = [thing for noun in who.nouns if (thing := draft.entities.get(entity_name(noun)))]
    others = [noun for noun in who.nouns if entity_name(noun) not in draft.entities]
    if len(kept) != 1 or kept[0].is_pasted or not (is_person(kept[0]) or is_role_noun(kept[0].noun)):
        return None
    if others and not (
        all(map(is_role_noun, others)) and {words_of(noun)[-1] for noun in who.nouns}.isdisjoint(SERVED)
    ):
        return None
    known = {told.noun for told in draft.roles if not told.is_implied}
    said = " ".join(text.split()).strip(" .!")
    draft.roles += [RoleTold(noun, kept[0].noun, Said(author, said)) for noun in others if noun not in known]
    kept[0].account = True
    draft.people_log_in = True
    return kept[0]


def let_roles_sign_in(draft: Draft, text: str, author: str) -> list[str]:
    """Let users sign in of whom an answer says only what they are, each of it a role: "just the office".

    Nothing is returned, and nothing done, where one of them is kept by itself, or is somebody whom a place serves.
    """
    who = reads_who(text)
    if who is None or draft.entities.get("User") or not all(map(is_role_noun, who.nouns)):
        return []
    if any(entity_name(noun) in draft.entities or words_of(noun)[-1] in SERVED for noun in who.nouns):
        return []
    said = Said(author, " ".join(text.split()).strip(" .!"))
    user = draft.entity("User", said)
    user.account, user.is_settled = True, True
    draft.people_log_in = True
    draft.roles += [RoleTold(noun, "user", said) for noun in who.nouns]
    return list(who.nouns)


def only_signs_in(entity: EntityDraft) -> bool:
    """Tell whether users are kept only because they sign in: nobody told a fact of them, or a link."""
    return entity.account and entity.name == "User" and set(entity.fields) <= {"role"}


def nouns_of(who: str) -> tuple[str, ...]:
    """Return the groups of a list of them, in the singular."""
    groups = re.split(r",? (?:and|plus) |, ", who, flags=re.IGNORECASE)
    return tuple(
        one(re.sub(r"^(?:the|our|all|their|its|his|her) ", "", group, flags=re.IGNORECASE)) for group in groups if group
    )
