"""Takes back the declared rules that a sentence of change loosens; where it isn't clear which, people are asked."""

from __future__ import annotations

from collections.abc import Iterator

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
from bot.documents.naming import joined
from bot.patterns import regex
from bot.planning.built_in.changes.quoted_rules import QuotedRules, called, gist, is_one, is_said_in
from bot.planning.built_in.drafts.draft import EntityDraft
from bot.planning.built_in.phrases.disowned import disowned, read_unsaid_pair
from bot.planning.built_in.phrases.plain_changes import read_other_count
from bot.planning.built_in.phrases.rule_loosening import Allowance, Loosening, read_loosening
from bot.planning.built_in.phrases.rule_phrases import read_other_span, read_rule
from bot.planning.built_in.readers.sentence_reader import SentenceReader
from bot.planning.built_in.rules.deletion_rules import forget_deletion
from bot.planning.built_in.rules.owner_rules import action_of
from bot.planning.built_in.rules.rule_settling import rules_meant
from bot.planning.built_in.rules.rule_subjects import moment_called, named
from bot.planning.built_in.rules.rule_upkeep import drop_rule, names_in, noted, quotes_of
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

type Place = tuple[EntityDraft, DeclaredRule]

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

DIGIT = regex(r"\d")


def drop_copy(entity: EntityDraft, rule: DeclaredRule) -> None:
    """Take the last of several rules that say the same from its entity; the first one stays."""
    last = max(number for number, other in enumerate(entity.rules) if other == rule)
    entity.rules = (*entity.rules[:last], *entity.rules[last + 1 :])


class RuleChanges(QuotedRules):
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

    def ask_which(self, sentence: str, choice: list[str]) -> None:
        """Quote a sentence that may mean several rules, with these; whoever wants one to go quotes it."""
        names = joined(choice, "or")
        self.draft.leave(f"{sentence} ({f'which rule: {names}?' if names else 'no rule is declared'})")

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
        if entity is not None:
            return [(entity, rule) for rule in entity.rules]
        words = {singular(word) for word in words_of(topic)} - DETERMINERS
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

    def change_span(self, text: str, sentence: str) -> bool:
        """Change how long something is: "make it four weeks", "books are lent for two weeks instead"."""
        said = read_other_span(text)
        if said is None:
            return False
        span, words = said
        timed = [(entity, rule) for entity, rule in self.all_rules() if isinstance(rule, DerivedMoment | LatestAfter)]
        told = {singular(word) for word in words_of(words)}
        about = [(entity, rule) for entity, rule in timed if told & self.words_about(entity, rule)]
        found = about if len(about) == 1 else timed
        if len(found) != 1:
            return False
        entity, rule = found[0]
        drop_rule(self.draft, entity, rule)
        other = rule.model_copy(update={"span": span})
        entity.rules = (*entity.rules, other)
        self.draft.decide(f"{noted(entity, other)}: “{sentence}” ({self.author})")
        return self.done(sentence)

    def change_count(self, text: str, sentence: str) -> bool:
        """Give the one limit that is meant another number: "at most 3 walks instead of 4", "make it 5"."""
        said = read_other_count(text)
        if said is None or not said.number:
            return False
        thing = named(self.draft, said.thing) if said.thing else None
        limits = [(entity, rule) for entity, rule in self.all_rules() if isinstance(rule, AtMost) and rule.count]
        found = [
            (entity, rule)
            for entity, rule in limits
            if (not said.thing or entity is thing) and said.before in {0, rule.count}
        ]
        is_told = said.before or said.thing or not self.has_other_numbers()
        if len(found) != 1 or not is_told:
            return False
        entity, rule = found[0]
        drop_rule(self.draft, entity, rule)
        other = rule.model_copy(update={"count": said.number})
        entity.rules = (*entity.rules, other)
        self.draft.decide(f"{noted(entity, other)}: “{sentence}” ({self.author})")
        return self.done(sentence)

    def has_other_numbers(self) -> bool:
        """Tell whether a bare number may be another than that of a limit: of a span, a field, or an open rule."""
        spans = any(isinstance(rule, DerivedMoment | LatestAfter) for _, rule in self.all_rules())
        fields = [field.field for entity in self.draft.entities.values() for field in entity.fields.values()]
        limited = any(field.minimum or field.maximum for field in fields)
        waiting = (one.wish.quote for one in self.draft.rule_wishes if not one.is_settled)
        return spans or limited or any(DIGIT.search(piece) for piece in (*self.draft.unread, *waiting))

    def words_about(self, entity: EntityDraft, rule: DeclaredRule) -> set[str]:
        """Return the words by which people speak of a rule: those that said it, its entity, its fields."""
        quotes = [word for quote in quotes_of(self.draft, entity, rule) for word in gist(quote)]
        names = [word for name in names_in(rule).values() for word in words_of(name)]
        return {*quotes, *names, *words_of(entity.noun)} - DETERMINERS
