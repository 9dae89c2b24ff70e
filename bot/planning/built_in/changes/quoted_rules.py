"""Takes back rules that are only quoted, since no form holds them: of several alike, the one that is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.documents.entities.declared_rules import DeclaredRule
from bot.documents.entities.rule_words import rule_in_words
from bot.documents.naming import joined
from bot.patterns import regex
from bot.planning.built_in.changes.parted_things import PartedThings
from bot.planning.built_in.drafts.draft import EntityDraft
from bot.planning.built_in.phrases.open_rules import rules_of
from bot.planning.built_in.phrases.rule_phrases import CANT
from bot.planning.built_in.questions.rewordings import gist_of
from bot.planning.built_in.rules.open_tasks import is_open_task
from bot.planning.built_in.rules.rule_upkeep import drop_rule, quotes_of
from bot.planning.built_in.words.sentences import sentences_of
from bot.planning.built_in.words.vocabulary import DETERMINERS, singular, word_set, words_of

__all__ = ["Place", "QuotedRules", "called", "gist", "is_one", "is_said_in"]

type Place = tuple[EntityDraft, DeclaredRule]

FORBIDS = regex(rf"\b{CANT}\b", re.IGNORECASE)
FEWEST_WORDS = 4
"""Of a piece of a sentence by which a rule is known."""
SMALL = word_set("be is are was were not get have do does will would shall should must it they that which so")
LEAST_ALIKE = 0.6
"""How much of two sentences must be the same words for one to mean the other, where no rule is said so."""


def gist(text: str) -> list[str]:
    """Return the words that tell two sentences of a rule apart: no articles, no plurals, one word that forbids."""
    return [singular(word) for word in words_of(FORBIDS.sub("never", text)) if word not in DETERMINERS]


def is_said_in(wanted: list[str], said: list[str]) -> bool:
    """Tell whether two sentences are the same, or one is a part of the other: of a rule, people quote what they see."""
    if not wanted or not said:
        return False
    short, long = sorted((wanted, said), key=len)
    starts = range(len(long) - len(short) + 1)
    return wanted == said or (len(short) >= FEWEST_WORDS and any(long[at : at + len(short)] == short for at in starts))


def likeliest(words: str, pieces: Iterable[str]) -> list[str]:
    """Return the pieces that words mean most likely: the same words, else one of which they are a part, else alike."""
    scores = {piece: likeness(words, piece) for piece in pieces}
    best = max(scores.values(), default=0.0)
    return [piece for piece, score in scores.items() if score == best > 0]


def likeness(words: str, piece: str) -> float:
    """Return how likely words mean a piece: 3 the same, from 1 on a part of it, below that so far as they are alike."""
    wanted, said = gist(words), gist(piece)
    if not wanted or wanted == said:
        return 3.0 if wanted else 0.0
    ours, theirs = gist_of(words) - SMALL, gist_of(piece) - SMALL
    alike = len(ours & theirs) / max(1, len(ours | theirs))
    return 1.0 + alike if is_said_in(wanted, said) else alike


class QuotedRules(PartedThings):
    """Applies changes that take back a rule of which only the words are kept."""

    def quoted_pieces(self) -> dict[str, None]:
        """Return all that is only quoted so far: rules of no form, and what could not be read."""
        pending = (one.wish.quote for one in self.draft.rule_wishes if not one.is_settled)
        return dict.fromkeys((*self.draft.unread, *self.draft.not_built, *pending))

    def is_quoted(self, words: str) -> bool:
        """Tell whether words are those of something quoted."""
        wanted = gist(words)
        return bool(wanted) and any(gist(piece) == wanted for piece in self.quoted_pieces())

    def quoted_meant(self, words: str, topic: str = "", *, is_rule: bool = False) -> list[str]:
        """Return what is quoted and most likely meant: by its words, or by what it is about.

        ``is_rule``: people call it a rule, so that words that only sound alike mean one, too.
        """
        if gist(topic):
            about = gist_of(topic) or set(gist(topic))
            return [piece for piece in self.quoted_pieces() if about <= gist_of(piece) | set(gist(piece))]
        found = likeliest(words, [piece for piece in self.quoted_pieces() if is_said_in(gist(words), gist(piece))])
        return found or (likeliest(words, self.tasks_alike(words)) if is_rule else [])

    def sentence_pieces(self, words: str) -> list[str]:
        """Return what is quoted of the one sentence that begins with some words, as reviews shorten it with "…"."""
        wanted = gist(words)
        if len(wanted) < FEWEST_WORDS or self.is_quoted(words):
            return []
        rules = [rule for text in self.draft.said for one in sentences_of(text) for rule in rules_of(one)]
        begun = {" ".join(rule.casefold().split()) for rule in rules if gist(rule)[: len(wanted)] == wanted}
        return [piece for piece in self.quoted_pieces() if len(begun) == 1 and piece.casefold() in next(iter(begun))]

    def tasks_alike(self, words: str) -> list[str]:
        """Return the rules of no form that share most words with some."""
        return [piece for piece in self.open_rules() if likeness(words, piece) >= LEAST_ALIKE]

    def open_rules(self) -> list[str]:
        """Return the rules that are only quoted, and stay open tasks."""
        return [piece for piece in self.draft.unread if is_open_task(self.draft, piece)]

    def forget_quoted(self, words: str) -> bool:
        """Forget what was only quoted in such words; tell whether there was just one such rule."""
        meant = self.quoted_meant(words)
        if not is_one(meant):
            return False
        self.forget_pieces(meant)
        return True

    def forget_pieces(self, meant: Sequence[str]) -> None:
        """Forget what was only quoted: it says nothing any more, also not in the place of other words."""
        for one in self.draft.rule_wishes:
            one.is_settled |= one.wish.quote in meant
        for pieces in (self.draft.unread, self.draft.not_built):
            pieces[:] = [piece for piece in pieces if piece not in meant]
        self.draft.dropped += meant

    def drop(self, entity: EntityDraft, rule: DeclaredRule) -> None:
        """Take a declared rule back, with the words that said it."""
        self.draft.dropped += [words for quote in quotes_of(self.draft, entity, rule) for words in quote.split(" … ")]
        drop_rule(self.draft, entity, rule)

    def done_without(self, gone: Sequence[str], sentence: str) -> bool:
        """Note a change as decided, with what is gone by it where the sentence doesn't quote that itself."""
        told = [piece for piece in dict.fromkeys(gone) if piece.strip("“”").casefold() not in sentence.casefold()]
        taken = f": {joined(told)} {'is' if len(told) == 1 else 'are'} gone" if told else ""
        self.draft.decide(f"“{sentence}”{taken} ({self.author})")
        return True

    def ask_which(self, sentence: str, choice: list[str]) -> None:
        """Quote a sentence that may mean several rules, with these; whoever wants one to go quotes it."""
        names = joined(choice, "or")
        self.draft.leave(f"{sentence} ({f'which rule: {names}?' if names else 'no rule is declared'})")

    def all_rules(self) -> Iterator[Place]:
        """Yield every declared rule with its entity."""
        return ((entity, rule) for entity in self.draft.entities.values() for rule in entity.rules)


def is_one(pieces: Sequence[str]) -> bool:
    """Tell whether there are pieces, and all say the same."""
    return bool(pieces) and all(gist(piece) == gist(pieces[0]) for piece in pieces)


def called(place: tuple[EntityDraft, DeclaredRule]) -> str:
    """Return what a rule of an entity says."""
    return f"“{rule_in_words(place[0].name, place[1])}”"
