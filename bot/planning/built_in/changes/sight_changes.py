"""Lets those see all of something who saw their own of it only: then the rule about reading goes."""

from __future__ import annotations

from dataclasses import replace

from bot.documents.entities.declared_rules import ActionByOwner, ActionByRole
from bot.documents.naming import joined, plural
from bot.planning.built_in.changes.quoted_rules import Place, QuotedRules, called
from bot.planning.built_in.drafts.draft import EntityDraft, RuleWish, Said
from bot.planning.built_in.drafts.persons import is_person
from bot.planning.built_in.phrases.roles_of_people import rights_said
from bot.planning.built_in.phrases.sights import Sight, read_sight
from bot.planning.built_in.rules.rule_subjects import named

__all__ = ["SightChanges"]


class SightChanges(QuotedRules):
    """Applies changes of who sees all of something."""

    def let_see_all(self, text: str, sentence: str) -> bool:
        """Take "members may see all loans" as the end of what kept them from it; tell whether it was such a sentence.

        Where nothing keeps them from it, that is noted: it links nobody with anything.
        """
        said = read_sight(text)
        if said is None:
            return False
        kept = self.kept_from(said)
        things = list({place[0].name: place[0] for place in kept}.values())
        if not said.things and len(things) > 1 and not said.is_everything:
            nouns = [plural(thing.noun) for thing in things]
            self.draft.leave(f"{sentence} (all of what: {joined(nouns, 'or')}? Say it with that word)")
            return True
        if not self.is_about_accounts(said):
            return not said.things and len(things) == 1 and self.let_role_see(said, things[0], sentence)
        if kept:
            for entity, rule in kept:
                self.drop(entity, rule)
            gone = joined([called(place) for place in kept])
            what = joined([plural(thing.noun) for thing in things])
            rules = "the rule" if len(kept) == 1 else "the rules"
            who = "everybody who signs in sees" if self.draft.people_log_in else "everybody sees"
            self.draft.decide(f"“{sentence}”: {who} all {what} now, without {rules} {gone} ({self.author})")
            return True
        if not self.sees_all_now(text):
            return False
        self.draft.decide(f"“{sentence}”: nobody is kept from it ({self.author})")
        return True

    def sees_all_now(self, text: str) -> bool:
        """Tell whether a sentence lets people see all of something that nobody is kept from."""
        said = read_sight(text)
        if said is None or not said.is_allowed or not self.is_about_accounts(said) or self.kept_from(said):
            return False
        return said.is_everything or (bool(said.things) and named(self.draft, said.things) is not None)

    def kept_from(self, said: Sight) -> list[Place]:
        """Return the rules that keep somebody from seeing all of what a sentence means."""
        reading: list[Place] = [
            (entity, rule)
            for entity, rule in self.all_rules()
            if isinstance(rule, ActionByOwner | ActionByRole) and rule.action == "read"
        ]
        thing = named(self.draft, said.things) if said.things else None
        return [place for place in reading if place[0] is thing] if said.things else reading

    def is_about_accounts(self, said: Sight) -> bool:
        """Tell whether a sentence means everybody who signs in, or whoever uses it where nobody does."""
        who = named(self.draft, said.who)
        accounts = [entity for entity in self.draft.entities.values() if entity.account]
        if said.is_anybody or who is None:
            return said.is_anybody
        return accounts == [who] if accounts else is_person(who)

    def let_role_see(self, said: Sight, thing: EntityDraft, sentence: str) -> bool:
        """Let a role see all of the one thing that others see their own of: "volunteers can see all of them"."""
        wish = rights_said(f"{said.who} may also see {plural(thing.noun)}")
        if wish is None:
            return False
        self.draft.rule_wishes.append(RuleWish(replace(wish, quote=sentence.strip(" .!")), Said(self.author, sentence)))
        return self.done(sentence)
