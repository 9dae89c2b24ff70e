"""Takes back the declared rules that a sentence of change loosens; where it isn't clear which, people are asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.documents.entities.declared_rules import ActionByOwner, DeclaredRule, LatestAfter, NoOverlap, OneOpen
from bot.documents.entities.rule_lines import write_rule
from bot.documents.naming import joined
from bot.planning.built_in.changes.entity_changes import EntityChanges
from bot.planning.built_in.drafts.draft import EntityDraft
from bot.planning.built_in.phrases.rule_loosening import Allowance, Loosening, read_loosening
from bot.planning.built_in.phrases.rule_phrases import CANT, read_rule
from bot.planning.built_in.readers.sentence_reader import SentenceReader
from bot.planning.built_in.rules.owner_rules import action_of
from bot.planning.built_in.rules.rule_settling import rules_meant
from bot.planning.built_in.rules.rule_subjects import moment_called, named
from bot.planning.built_in.rules.rule_upkeep import drop_rule, names_in, quotes_of
from bot.planning.built_in.rules.steps_settling import settle_steps
from bot.planning.built_in.words.vocabulary import DETERMINERS, EVENT_NOUNS, base_verb, singular, words_of

__all__ = ["RuleChanges"]

type Place = tuple[EntityDraft, DeclaredRule]

FORBIDS = re.compile(rf"\b{CANT}\b", re.IGNORECASE)


def gist(text: str) -> list[str]:
    """Return the words that tell two sentences of a rule apart: no articles, no plurals, one word that forbids."""
    return [singular(word) for word in words_of(FORBIDS.sub("never", text)) if word not in DETERMINERS]


def drop_copy(entity: EntityDraft, rule: DeclaredRule) -> None:
    """Take the last of several rules that say the same from its entity; the first one stays."""
    last = max(number for number, other in enumerate(entity.rules) if other == rule)
    entity.rules = (*entity.rules[:last], *entity.rules[last + 1 :])


class RuleChanges(EntityChanges):
    """Applies changes that loosen a rule or take it back."""

    def change_ways(self, text: str, sentence: str) -> bool:
        """Open or close ways between the values of a status: "also from planned to cancelled", "no longer from …"."""
        reader = SentenceReader(self.draft, frozenset(self.draft.entities))
        reader.author = self.author
        if not reader.read_ways(text):
            return False
        settle_steps(self.draft)
        return self.done(sentence)

    def loosen(self, text: str, sentence: str) -> bool:
        """Take back the rule that a sentence means; tell whether it was about a rule, also where it is unclear which.

        What one sentence said of several actions is a rule for each, and goes as one.
        """
        said = read_loosening(text)
        if said is None or (said.noun and self.places(said.noun)):
            return False
        found = self.rules_loosened(said)
        if not found and said.rule and self.forget_quoted(said.rule):
            return self.done(sentence)
        if len(found) > 1 and all(place == found[0] for place in found[1:]):
            drop_copy(*found[0])
            return self.done(sentence)
        are_one = said.is_all if said.topic else all(isinstance(rule, ActionByOwner) for _, rule in found)
        if len(found) == 1 or (found and are_one):
            for place, rule in found:
                drop_rule(self.draft, place, rule)
            return self.done(sentence)
        if not found and said.noun != "rule":
            return False
        choice = found or list(self.all_rules())
        names = joined([f"“{write_rule(rule)}” of {place.name}" for place, rule in choice], "or")
        self.draft.leave(f"{sentence} ({f'which rule: {names}?' if names else 'no rule is declared'})")
        return True

    def all_rules(self) -> Iterator[Place]:
        """Yield every declared rule with its entity."""
        return ((entity, rule) for entity in self.draft.entities.values() for rule in entity.rules)

    def rules_loosened(self, said: Loosening) -> list[Place]:
        """Return the rules that a sentence may mean, by the surest way to tell that finds any."""
        if said.topic:
            return self.rules_about(said.topic)
        wish = read_rule(said.rule) if said.rule else None
        return (
            (rules_meant(self.draft, wish) if wish else [])
            or self.rules_said(said.rule)
            or (self.rules_allowing(said) if said.allowance else [])
        )

    def rules_said(self, words: str) -> list[Place]:
        """Return the rules that were said in such words, or that are written so."""
        wanted = gist(words)
        return [
            (entity, rule)
            for entity, rule in self.all_rules()
            if wanted and any(gist(form) == wanted for form in (write_rule(rule), *quotes_of(self.draft, entity, rule)))
        ]

    def rules_about(self, topic: str) -> list[Place]:
        """Return the rules of the entity that words name, or of the field."""
        entity = named(self.draft, topic)
        if entity is not None:
            return [(entity, rule) for rule in entity.rules]
        fields = {(entity.name, name) for entity, name in self.places(topic)}
        for entity in self.draft.entities.values():
            moment = moment_called(entity, topic)
            fields |= {(entity.name, moment.name)} if moment else set()
        return [
            (entity, rule)
            for entity, rule in self.all_rules()
            if fields & {(entity.name, f"{name}{end}") for name in names_in(rule).values() for end in ("", "_id")}
        ]

    def rules_allowing(self, said: Loosening) -> list[Place]:
        """Return the rules without which something is allowed."""
        fits = {Allowance.AGAIN: self.forbids_again, Allowance.ANYBODY: self.is_of_owner, Allowance.LONGER: self.limits}
        return [place for place in self.all_rules() if said.allowance and fits[said.allowance](place, said)]

    def forbids_again(self, place: Place, said: Loosening) -> bool:
        """Tell whether a rule forbids a second record of the same owner, or one at the same time."""
        entity, rule = place
        if not isinstance(rule, OneOpen | NoOverlap):
            return False
        noun = said.part("record") or EVENT_NOUNS.get(base_verb(said.part("verb")), "")
        record = named(self.draft, noun) if noun else None
        if (record is not None and record is not entity) or (said.part("record") and record is None):
            return False
        key = entity.fields.get(f"{rule.relation}_id")
        return not said.part("owner") or (key is not None and self.is_called(key.field.foreign_key or "", said))

    def is_called(self, name: str, said: Loosening) -> bool:
        """Tell whether words name an entity, with or without a state before it ("a lent book")."""
        words = words_of(said.part("owner"))
        return any(
            found is not None and found.name == name
            for found in (named(self.draft, " ".join(words[start:])) for start in range(len(words)))
        )

    def is_of_owner(self, place: Place, said: Loosening) -> bool:
        """Tell whether a rule keeps one of the actions for the owner of such a row."""
        entity, rule = place
        if not isinstance(rule, ActionByOwner) or named(self.draft, said.part("what")) is not entity:
            return False
        return rule.action in {action_of(entity, word) for word in words_of(said.part("actions"))}

    def limits(self, place: Place, said: Loosening) -> bool:
        """Tell whether a rule limits how long such a row lasts."""
        entity, rule = place
        return isinstance(rule, LatestAfter) and named(self.draft, said.part("what")) is entity

    def forget_quoted(self, words: str) -> bool:
        """Forget a rule that was only quoted, since no form holds it or its fields are missing; tell whether it was."""
        wanted = gist(words)
        pending = [one for one in self.draft.rule_wishes if not one.is_settled and gist(one.wish.quote) == wanted]
        quoted = [piece for pieces in (self.draft.unread, self.draft.not_built) for piece in pieces]
        if not wanted or not (pending or any(gist(piece) == wanted for piece in quoted)):
            return False
        for one in pending:
            one.is_settled = True
        for pieces in (self.draft.unread, self.draft.not_built):
            pieces[:] = [piece for piece in pieces if gist(piece) != wanted]
        return True
