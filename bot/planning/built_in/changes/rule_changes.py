"""Takes back the declared rules that a sentence of change loosens; where it isn't clear which, people are asked."""

from __future__ import annotations

from bot.documents.entities.declared_rules import (
    ActionByOwner,
    ActionByRole,
    AtMost,
    DeclaredRule,
    DerivedMoment,
    LatestAfter,
    NoOverlap,
    OneOpen,
    OnlyWhile,
    Transition,
)
from bot.documents.entities.rule_lines import write_rule
from bot.documents.entities.rule_words import rule_in_words
from bot.planning.built_in.changes.quoted_rules import Place, called, gist, is_one, is_said_in
from bot.planning.built_in.changes.rule_numbers import RuleNumbers
from bot.planning.built_in.changes.sight_changes import SightChanges
from bot.planning.built_in.drafts.draft import EntityDraft
from bot.planning.built_in.phrases.disowned import disowned, read_unsaid_pair
from bot.planning.built_in.phrases.rule_loosening import Allowance, Loosening, read_loosening
from bot.planning.built_in.phrases.rule_phrases import read_rule
from bot.planning.built_in.readers.sentence_reader import SentenceReader
from bot.planning.built_in.rules.built_tasks import is_number
from bot.planning.built_in.rules.deletion_rules import forget_deletion
from bot.planning.built_in.rules.owner_rules import action_of
from bot.planning.built_in.rules.rule_settling import rules_meant
from bot.planning.built_in.rules.rule_subjects import moment_called, named
from bot.planning.built_in.rules.rule_upkeep import names_in, quotes_of
from bot.planning.built_in.rules.steps_settling import settle_steps
from bot.planning.built_in.words.vocabulary import (
    DETERMINERS,
    EVENT_NOUNS,
    base_verb,
    singular,
    word_set,
    words_of,
)

__all__ = ["RuleChanges"]

BOTH = 2
TOPICS: dict[type[DeclaredRule], frozenset[str]] = {
    Transition: word_set("status state stage step transition order way"),
    OneOpen: word_set("open twice again once"),
    DerivedMoment: word_set("due week day hour period span deadline lending"),
    NoOverlap: word_set("overlap overlapping double clash collision booking twice same time conflict"),
    LatestAfter: word_set("week day hour span longest limit duration"),
    ActionByOwner: word_set("owner own permission right who"),
    ActionByRole: word_set("role permission right who"),
    OnlyWhile: word_set("only while when status state"),
    AtMost: word_set("most maximum limit capacity many number places seats full"),
}
"""Words by which people speak of a rule of each form."""


def drop_copy(entity: EntityDraft, rule: DeclaredRule) -> None:
    """Take the last of several rules that say the same from its entity; the first one stays."""
    last = max(number for number, other in enumerate(entity.rules) if other == rule)
    entity.rules = (*entity.rules[:last], *entity.rules[last + 1 :])


class RuleChanges(RuleNumbers, SightChanges):
    """Applies changes that loosen a rule or take it back."""

    def change_ways(self, text: str, sentence: str) -> bool:
        """Open or close ways between the values of a status: "also from planned to cancelled", "no longer from …"."""
        reader = SentenceReader(self.draft, frozenset(self.draft.entities))
        reader.author = self.author
        if not reader.read_ways(text):
            return False
        settle_steps(self.draft)
        return self.done(sentence)

    def disown(self, text: str, sentence: str) -> bool:
        """Take back what people say they never said: a link, a field or a rule; what isn't found is quoted."""
        pair, said = read_unsaid_pair(text), disowned(text)
        if self.part_things(text, sentence) or self.correct_link(text, sentence):
            return True
        apart = len(self.draft.apart)
        found = bool(pair and self.part(pair.one, pair.other)) or len(self.draft.apart) > apart
        rules = self.rules_said(said) if said and not found else []
        for entity, rule in rules:
            self.drop(entity, rule)
        if found or rules or (said and self.forget_quoted(said)):
            self.draft.unread[:] = [piece for piece in self.draft.unread if piece != sentence]
            return self.done(sentence)
        if said:
            self.draft.leave(sentence)
        return bool(said)

    def loosen(self, text: str, sentence: str) -> bool:
        """Take back the rule that a sentence means; tell whether it was about a rule, also where it is unclear which.

        What one sentence said of several actions is a rule for each, and goes as one.
        """
        said = read_loosening(text)
        if said is None or (said.noun and self.places(said.noun)):
            return False
        known = [*map(called, self.all_rules()), *(f"“{piece}”" for piece in self.open_rules())]
        if said.is_everything and (not said.is_both or len(known) == BOTH):
            return self.drop_everything(sentence)
        if said.is_both:
            self.ask_which(sentence, known)
            return True
        found = [] if self.is_quoted(said.rule) else self.rules_loosened(said)
        quoted = [] if found else self.quoted_meant(said.rule, said.topic, is_rule=bool(said.noun))
        if not found and self.forget_deletions(said.rule):
            return self.done(sentence)
        begun = [] if found or said.topic else self.sentence_pieces(said.rule)
        quoted = begun or quoted
        if begun or is_one(quoted) or (quoted and said.is_all):
            self.forget_pieces(quoted)
            return self.done_without([f"“{piece}”" for piece in quoted], sentence)
        if len(found) > 1 and all(place == found[0] for place in found[1:]):
            drop_copy(*found[0])
            return self.done(sentence)
        are_one = (
            said.is_all if said.topic else all(isinstance(rule, ActionByOwner | ActionByRole) for _, rule in found)
        )
        if len(found) == 1 or (found and are_one):
            for place, rule in found:
                self.drop(place, rule)
            return self.done_without([called(place) for place in found], sentence)
        if not found and said.noun != "rule":
            return False
        declared = [] if quoted else [called(place) for place in found or self.all_rules()]
        others = quoted or ([] if found or (said.topic and declared) else self.open_rules())
        self.ask_which(sentence, [*declared, *(f"“{piece}”" for piece in others)])
        return True

    def rules_loosened(self, said: Loosening) -> list[Place]:
        """Return the rules that a sentence may mean, by the surest way to tell that finds any."""
        limits = [place for place in self.all_rules() if isinstance(place[1], AtMost | LatestAfter)]
        if said.noun == "limit" and not said.rule and not said.topic:
            return limits
        if said.topic:
            found = self.rules_about(said.topic)
            return [place for place in found if said.noun == "limit" and place in limits] or found
        wish = read_rule(said.rule) if said.rule else None
        return (
            (rules_meant(self.draft, wish) if wish else [])
            or self.rules_said(said.rule)
            or (self.rules_allowing(said) if said.allowance else [])
        )

    def rules_said(self, words: str) -> list[Place]:
        """Return the rules that were said in such words, that are written so, or that reviews tell so."""
        wanted = gist(words)
        return [
            (entity, rule)
            for entity, rule in self.all_rules()
            if wanted and any(gist(form) == wanted for form in self.forms_of(entity, rule))
        ]

    def forms_of(self, entity: EntityDraft, rule: DeclaredRule) -> tuple[str, ...]:
        """Return the ways in which people know a rule."""
        return (write_rule(rule), rule_in_words(entity.name, rule), *quotes_of(self.draft, entity, rule))

    def rules_about(self, topic: str) -> list[Place]:
        """Return the rules of the entity that words name, or of the field."""
        entity = named(self.draft, topic)
        if entity is not None and entity.rules:
            return [(entity, rule) for rule in entity.rules]
        words = {singular(word) for word in words_of(topic) if not is_number(word)} - DETERMINERS
        by_form = [
            (entity, rule)
            for entity, rule in self.all_rules()
            if words and words <= TOPICS[type(rule)] | {*words_of(entity.noun)} and words & TOPICS[type(rule)]
        ]
        if by_form:
            return by_form
        fields = {(entity.name, name) for entity, name in self.places(topic)}
        for entity in self.draft.entities.values():
            moment = moment_called(entity, topic)
            fields |= {(entity.name, moment.name)} if moment else set()
        of_fields = [
            (entity, rule)
            for entity, rule in self.all_rules()
            if fields & {(entity.name, f"{name}{end}") for name in names_in(rule).values() for end in ("", "_id")}
        ]
        return of_fields or [
            (entity, rule)
            for entity, rule in self.all_rules()
            if words and any(words <= set(gist(quote)) for quote in quotes_of(self.draft, entity, rule))
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
        """Tell whether a rule keeps one of the actions for the owner of such a row, or for who has a role."""
        entity, rule = place
        if not isinstance(rule, ActionByOwner | ActionByRole) or named(self.draft, said.part("what")) is not entity:
            return False
        return rule.action in {action_of(entity, word) for word in words_of(said.part("actions"))}

    def limits(self, place: Place, said: Loosening) -> bool:
        """Tell whether a rule limits how long such a row lasts."""
        entity, rule = place
        return isinstance(rule, LatestAfter) and named(self.draft, said.part("what")) is entity

    def forget_deletions(self, words: str) -> bool:
        """Take back what was said in such words of deleting things; tell whether anything was."""
        wanted = gist(words)
        meant = [one for one in self.draft.deletions if one.is_settled and is_said_in(wanted, gist(one.said.quote))]
        for wish in meant:
            forget_deletion(self.draft, wish)
        return bool(meant)

    def drop_everything(self, sentence: str) -> bool:
        """Take back every rule that is declared, and those that would stay open tasks."""
        for place, rule in list(self.all_rules()):
            self.drop(place, rule)
        for one in self.draft.rule_wishes:
            one.is_settled = True
        self.forget_pieces(self.open_rules())
        return self.done(sentence)
