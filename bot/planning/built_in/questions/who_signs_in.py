"""Reads who signs in from an answer: the pilots of "the office and the pilots sign in", the office as a role."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, RoleTold, Said
from bot.planning.built_in.drafts.persons import is_person
from bot.planning.built_in.words.deed_nouns import one
from bot.planning.built_in.words.people_words import SERVED
from bot.planning.built_in.words.role_nouns import LOG_IN, is_role_noun
from bot.planning.built_in.words.vocabulary import entity_name, words_of

__all__ = ["let_sign_in"]

GROUP = (
    r"(?:the |our |all )?(?!(?:and|or|with|for|of|who|that|not|the|our|all)\b)[a-z][a-z-]{1,30}(?: [a-z][a-z-]{1,30})??"
)
WHO_SIGNS_IN = regex(
    rf"(?:only )?(?P<who>{GROUP}(?:, {GROUP}){{0,3}}(?:,? and {GROUP})?) {LOG_IN}"
    r"(?: with an? e-?mail and an? password)?",
    re.IGNORECASE,
)


def let_sign_in(draft: Draft, text: str, author: str) -> EntityDraft | None:
    """Let the only people that are kept sign in who an answer says do; who is beside them is a role of theirs.

    Nobody is returned, and nothing done, where it isn't clear who is meant.
    """
    said = " ".join(text.split()).strip(" .!")
    found = WHO_SIGNS_IN.fullmatch(said)
    if found is None:
        return None
    groups = [re.sub(r"^(?:the|our|all) ", "", group, flags=re.IGNORECASE) for group in split(found["who"])]
    nouns = [one(group) for group in groups]
    kept = [thing for noun in nouns if (thing := draft.entities.get(entity_name(noun)))]
    others = [noun for noun in nouns if entity_name(noun) not in draft.entities]
    if len(kept) != 1 or kept[0].is_pasted or not (is_person(kept[0]) or is_role_noun(kept[0].noun)):
        return None
    if others and not (all(map(is_role_noun, others)) and {words_of(noun)[-1] for noun in nouns}.isdisjoint(SERVED)):
        return None
    known = {told.noun for told in draft.roles if not told.is_implied}
    draft.roles += [RoleTold(noun, kept[0].noun, Said(author, said)) for noun in others if noun not in known]
    kept[0].account = True
    draft.people_log_in = True
    return kept[0]


def split(who: str) -> list[str]:
    """Return the groups of a list of them."""
    return re.split(r",? and |, ", who, flags=re.IGNORECASE)
