"""Gives a limit another number, or a rule another span: "make it 5", "not 14 days but 21", "one week is enough"."""

from __future__ import annotations

from bot.documents.entities.declared_rules import AtMost, DeclaredRule, DerivedMoment, LatestAfter
from bot.patterns import regex
from bot.planning.built_in.changes.quoted_rules import Place, QuotedRules, called, gist
from bot.planning.built_in.drafts.draft import EntityDraft
from bot.planning.built_in.phrases.other_spans import read_span_instead
from bot.planning.built_in.phrases.plain_changes import read_other_count
from bot.planning.built_in.phrases.rule_phrases import read_other_span
from bot.planning.built_in.rules.rule_subjects import is_loan, key_to, named
from bot.planning.built_in.rules.rule_upkeep import drop_rule, names_in, noted, quotes_of
from bot.planning.built_in.words.vocabulary import DETERMINERS, singular, words_of

__all__ = ["RuleNumbers"]

DIGIT = regex(r"\d")


def is_counted_as(record: EntityDraft, thing: EntityDraft | None) -> bool:
    """Tell whether records are counted where people speak of a thing: three tools at a time are three loans."""
    return record is thing or (thing is not None and is_loan(record) and key_to(record, thing) is not None)


class RuleNumbers(QuotedRules):
    """Applies changes of the numbers in rules."""

    def change_span(self, text: str, sentence: str) -> bool:
        """Change how long something is: "make it four weeks", "books are lent for two weeks instead"."""
        if self.change_span_said(text, sentence):
            return True
        said = read_other_span(text)
        if said is None:
            return False
        span, words = said
        timed = self.timed()
        told = {singular(word) for word in words_of(words)}
        about = [(entity, rule) for entity, rule in timed if told & self.words_about(entity, rule)]
        found = about if len(about) == 1 else timed
        return len(found) == 1 and self.put(found[0], found[0][1].model_copy(update={"span": span}), sentence)

    def change_span_said(self, text: str, sentence: str) -> bool:
        """Change the span that a sentence names: "not 14 days but 21"; where several have it, people are asked."""
        said = read_span_instead(text)
        timed = self.timed() if said else []
        if said is None or not timed:
            return False
        found = [(entity, rule) for entity, rule in timed if said.before in {None, rule.span.hours}]
        if len(found) != 1:
            self.ask_which(sentence, [called(place) for place in found or timed])
            return True
        return self.put(found[0], found[0][1].model_copy(update={"span": said.span}), sentence)

    def timed(self) -> list[tuple[EntityDraft, DerivedMoment | LatestAfter]]:
        """Return the rules that say how long something takes."""
        return [(entity, rule) for entity, rule in self.all_rules() if isinstance(rule, DerivedMoment | LatestAfter)]

    def change_count(self, text: str, sentence: str) -> bool:
        """Give the one limit that is meant another number: "at most 3 walks instead of 4", "make it 5".

        What is called a limit is one of rows, or of a time; where it isn't clear which, people are asked.
        """
        said = read_other_count(text)
        if said is None or not said.number:
            return False
        thing = named(self.draft, said.thing) if said.thing else None
        limits = [(entity, rule) for entity, rule in self.all_rules() if isinstance(rule, AtMost) and rule.count]
        found = [
            (entity, rule)
            for entity, rule in limits
            if (not said.thing or is_counted_as(entity, thing)) and said.before in {0, rule.count}
        ]
        others = [place for place in self.timed() if isinstance(place[1], LatestAfter)] if said.is_limit else []
        is_told = said.before or said.thing or not (others if said.is_limit else self.has_other_numbers())
        if len(found) == 1 and is_told:
            return self.put(found[0], found[0][1].model_copy(update={"count": said.number}), sentence)
        if not said.is_limit or not (limits or others):
            return False
        self.ask_which(sentence, [called(place) for place in (*(found or limits), *others)])
        return True

    def put(self, place: Place, other: DeclaredRule, sentence: str) -> bool:
        """Let a rule be another one, as a sentence has it."""
        entity, rule = place
        drop_rule(self.draft, entity, rule)
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
