"""Reads who somebody is within a group of people: "some members are stewards", "stewards are things of their own"."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.documents.entities.declared_rules import ActionByOwner, ActionByRole
from bot.planning.built_in.drafts.draft import RoleTold, RuleWish
from bot.planning.built_in.drafts.persons import is_person
from bot.planning.built_in.drafts.told_roles import has_facts
from bot.planning.built_in.phrases.roles_of_people import (
    READING,
    THEY,
    RolesSaid,
    is_left_alone,
    leaves_alone,
    own_thing_said,
    read_roles,
    rights_said,
)
from bot.planning.built_in.phrases.rule_phrases import Wish, read_rule
from bot.planning.built_in.readers.full_deeds_reader import FullDeedsReader
from bot.planning.built_in.words.deed_nouns import one
from bot.planning.built_in.words.participles import base_form
from bot.planning.built_in.words.rewriting import LONGEST
from bot.planning.built_in.words.vocabulary import entity_name, words_of

__all__ = ["RolesReader"]


class RolesReader(FullDeedsReader):
    """Reads the roles that people have among others."""

    def read_roles(self, sentence: str) -> bool:
        """Read "some members are stewards" as a role that members have; who has facts of their own is a thing."""
        if noun := own_thing_said(sentence):
            self.draft.roles = [told for told in self.draft.roles if told.noun != noun or told.is_taken]
            self.draft.entity(entity_name(noun), self.said(sentence))
            return True
        if self.read_rights(sentence):
            return True
        said = read_roles(sentence)
        if said is not None and said.people == THEY and self.previous and is_person(self.previous):
            said = replace(said, people=self.previous.noun)
        if said is None or said.people == THEY or not self.is_meant(said):
            return False
        told = {known.noun for known in self.draft.roles if not known.is_implied}
        for role in said.roles:
            if role not in told:
                self.draft.roles.append(RoleTold(role, said.people, self.said(sentence)))
        if said.rule and (wish := read_rule(said.rule)):
            quote = sentence.strip(" .!")
            left = replace(wish, quote=quote, parts={**wish.parts, "alone": "alone"})
            self.draft.rule_wishes.append(RuleWish(left, self.said(sentence)))
        return True

    def read_rights(self, sentence: str) -> bool:
        """Read "moderators can also edit posts" as what a role that was told may do too, and no link of the two."""
        wish = rights_said(sentence)
        role = one(wish.part("who")) if wish else ""
        is_told = any(told.noun == role for told in self.draft.roles)
        if wish is None or not (is_told or (entity_name(role) not in self.names() and self.is_left(wish))):
            return False
        self.draft.rule_wishes.append(RuleWish(wish, self.said(sentence)))
        return True

    def is_left(self, wish: Wish) -> bool:
        """Tell whether what a role may do too was left to others before: "only stewards may add tools"."""
        if wish.part("also") != "also":
            return False
        thing = one(wish.part("what"))
        if thing in {
            one(other.wish.part("what")) for other in self.draft.rule_wishes if leaves_alone(other.wish.quote)
        }:
            return True
        if not set(map(base_form, words_of(wish.part("actions")))) <= READING:
            return False
        known = self.draft.entities.get(entity_name(thing))
        rules = known.rules if known else ()
        is_held = any(isinstance(rule, ActionByOwner | ActionByRole) and rule.action == "read" for rule in rules)
        return is_held or any(owns(thing, text) for text in self.draft.said)

    def is_meant(self, said: RolesSaid) -> bool:
        """Tell whether words are about roles: a mere remark is, where it is of who may do what, or of two things."""
        things = [thing for role in said.roles if (thing := self.draft.entities.get(entity_name(role)))]
        if any(thing.is_pasted for thing in things):
            return False
        if any(map(has_facts, things)):
            return bool(said.people) and entity_name(said.people) in self.names()
        are_known = said.people and entity_name(said.people) in self.draft.entities
        if are_known and not said.is_kind and not any(entity_name(role) in self.names() for role in said.roles):
            return True
        texts = (*self.draft.said, *(wish.wish.quote for wish in self.draft.rule_wishes))
        return said.is_sure or all(is_left_alone(role, texts) for role in said.roles)


def owns(thing: str, text: str) -> bool:
    """Tell whether a text speaks of somebody's own records of a thing."""
    own = re.findall(r"\bown ((?:[a-z-]{1,40} )?[a-z-]{1,40})", text[:LONGEST], re.IGNORECASE)
    return any(thing in {one(phrase), one(phrase.split()[0])} for phrase in own)
