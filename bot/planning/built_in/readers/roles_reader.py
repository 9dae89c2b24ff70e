"""Reads who somebody is within a group of people: "some members are stewards", "stewards are things of their own"."""

from __future__ import annotations

from dataclasses import replace

from bot.planning.built_in.drafts.draft import RoleTold, RuleWish
from bot.planning.built_in.drafts.told_roles import has_facts
from bot.planning.built_in.phrases.roles_of_people import RolesSaid, is_left_alone, own_thing_said, read_roles
from bot.planning.built_in.phrases.rule_phrases import read_rule
from bot.planning.built_in.readers.full_deeds_reader import FullDeedsReader
from bot.planning.built_in.words.vocabulary import entity_name

__all__ = ["RolesReader"]


class RolesReader(FullDeedsReader):
    """Reads the roles that people have among others."""

    def read_roles(self, sentence: str) -> bool:
        """Read "some members are stewards" as a role that members have; who has facts of their own is a thing."""
        if noun := own_thing_said(sentence):
            self.draft.roles = [told for told in self.draft.roles if told.noun != noun or told.is_taken]
            self.draft.entity(entity_name(noun), self.said(sentence))
            return True
        said = read_roles(sentence)
        if said is None or not self.is_meant(said):
            return False
        told = {one.noun: one for one in self.draft.roles if not one.is_implied}
        for role in said.roles:
            if role not in told:
                self.draft.roles.append(RoleTold(role, said.people, self.said(sentence)))
        if said.rule and (wish := read_rule(said.rule)):
            self.draft.rule_wishes.append(
                RuleWish(
                    replace(wish, quote=sentence.strip(" .!"), parts={**wish.parts, "alone": "alone"}),
                    self.said(sentence),
                )
            )
        return True

    def is_meant(self, said: RolesSaid) -> bool:
        """Tell whether words are about roles: none has facts of its own, and a mere remark is about who may do what."""
        things = [self.draft.entities.get(entity_name(role)) for role in said.roles]
        if any(thing.is_pasted or has_facts(thing) for thing in things if thing):
            return False
        texts = (*self.draft.said, *(one.wish.quote for one in self.draft.rule_wishes))
        return said.is_sure or all(is_left_alone(role, texts) for role in said.roles)
