"""Puts the facts that prose keeps of things into a draft: lists behind verbs, in brackets, and behind heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.patterns import regex
from bot.planning.built_in.phrases.fact_phrases import read_reference_phrase
from bot.planning.built_in.phrases.field_comments import read_comment, split_comment
from bot.planning.built_in.phrases.field_phrases import read_field
from bot.planning.built_in.phrases.keeping_phrases import KeptList, is_fact, read_kept_list
from bot.planning.built_in.phrases.value_phrases import CHOICE_NAME
from bot.planning.built_in.readers.steps_reader import StepsReader
from bot.planning.built_in.words.field_kinds import named_kind
from bot.planning.built_in.words.sentences import items_of
from bot.planning.built_in.words.vocabulary import DETERMINERS, a, entity_name, has_plural, spoken, words_of

__all__ = ["HEADED", "LOGS_IN", "LONGEST_PROSE", "STORY", "KeptReader"]

LONGEST_PROSE = 2_000
"""Characters of a sentence; a longer one is no prose."""
THEIRS = regex(r"^(?:their|his|her|the)\s+", re.IGNORECASE)
STORY = regex(
    r"^(?:when|whenever|if|once|as soon as|every time|each time)\s+(?:(?:an?|the|one of our|"
    r"our|some|any|each|every)\s+)?"
    r"(?P<who>(?!it\b|they\b|we\b|i\b|you\b|he\b|she\b|there\b|some(?:one|body)\b|any(?:one|body)\b|nobody\b)[a-z][\w-]*(?:\s+[a-z][\w-]*)?)\s+"
    r"(?P<verb>[a-z]+)\b[^,]*,\s*(?P<rest>(?:then\s+)?(?:we|i|they)\s.+)$",
    re.IGNORECASE,
)
"""Who does what before something is kept: "when a customer calls, we write down …"."""
OF_TARGET = regex(
    r"^(?P<thing>(?:(?:the|all|an?|each|every)\s+)?[a-z][\w-]*(?:\s+[a-z][\w-]*)??)\s+(?:to|of|for|in)\s+(?:an?|one|each)\s+"
    r"(?P<target>[a-z][\w-]*(?:\s+[a-z][\w-]*)??)\s+(?P<rest>(?:is|are|have|has|can|may|must)\s.+)$",
    re.IGNORECASE,
)
GROUP = regex(r"(?P<before>[\w' -]{1,60}?)\s*\((?P<list>[^()]{3,300})\)")
"""Facts in brackets behind the noun that they are about."""
HEADED = regex(
    r"^(?P<thing>[a-z][\w'-]*(?:\s+[a-z][\w'-]*){0,2}?)\s*(?::(?!//)|\s[-–—=](?=\s))\s*(?P<list>\S.*)$", re.IGNORECASE
)
NAMING = frozenset({"name", "title", "number", "code"})
"""Last words of what things are known by."""
KINDS = frozenset({"number", "date", "time", "time of day", "date and time"})
"""What stands alone in brackets behind the name of a field, and says what kind of value it holds."""
LONGEST_NOUN = 2
"""Words before brackets that begin a sentence and may all be its noun."""
VERBS = regex(
    r"\b(?:is|are|was|were|has|have|had|can|cannot|can't|may|must|should|will|would|do|does|don't|belongs?|goes|go|gets?|we|it|they|i|"
    r"never|nobody|only|not|than)\b",
    re.IGNORECASE,
)
LOGS_IN = regex(
    r"^(?:they\s+)?(?:can |must |may )?(?:logs?|signs?) in(?:\s+(?:themselves|to\s+\w+|with .+))?$", re.IGNORECASE
)


OCCASION = regex(
    r"^(?:the\s+)?(?:date|day) of (?:the|each|every|an?)\s+(?P<what>[a-z]+(?:ion|ment|ance|ing|sis|al))$", re.IGNORECASE
)
"""The day of something that happens to a thing: "the date of the calibration"."""


def occasion_of(item: str) -> str:
    """Return the record that a list is about which begins with its day, or nothing."""
    match = OCCASION.match(item.strip())
    return entity_name(match["what"]) if match else ""


def is_choice(before: str, facts: list[str]) -> bool:
    """Tell whether what stands in brackets are the values of a status or kind before them ("a status (open, done)")."""
    return CHOICE_NAME.search(before) is not None and not NAMING & set(words_of(facts[0])[-1:])


def is_called_so(fact: str) -> bool:
    """Tell whether the words of a fact alone in brackets say what it holds: a title, a price, a birthday."""
    words = words_of(fact)
    return bool(words) and (words[-1] in NAMING or bool(named_kind(words))) and fact not in KINDS


def is_short_fact(text: str) -> bool:
    """Tell whether brackets hold a fact, not a remark."""
    return len(words_of(text)) <= 6 and (
        read_field(text) is not None or split_comment(text) is not None or read_comment(text) is not None
    )


class KeptReader(StepsReader):
    """Reads lists of facts, whoever is named as their thing."""

    def kept_in(self, clause: str) -> KeptList | None:
        """Return what a clause keeps, or None where it names no thing and nothing was spoken of."""
        story = STORY.match(clause)
        kept = read_kept_list(story["rest"] if story else clause) or self.headed_facts(clause)
        if kept is None:
            return None
        if not kept.thing:
            return kept if story or self.subject or self.previous else None
        name = entity_name(kept.thing)
        is_sure = not kept.is_weak or self.full_name(name) in self.names() or len(items_of(kept.list)) > 1
        return kept if is_sure and name and not self.is_nothing(name) else self.of_previous(kept)

    def headed_facts(self, clause: str) -> KeptList | None:
        """Return the list behind a head, where comments stand among its facts ("phone (not everybody has one)")."""
        match = HEADED.match(clause) if len(clause) <= LONGEST_PROSE else None
        if match is None or not entity_name(match["thing"]) or self.is_nothing(entity_name(match["thing"])):
            return None
        items = items_of(match["list"])
        says_more = any(split_comment(item) or read_comment(item) or read_reference_phrase(item) for item in items)
        is_first = bool(items) and (is_fact(items[0]) or read_reference_phrase(items[0]) is not None)
        return KeptList(match["thing"], match["list"]) if says_more and is_first else None

    def of_previous(self, kept: KeptList) -> KeptList | None:
        """Return a list about "them" as one of what was spoken of, or None."""
        is_pronoun = set(words_of(kept.thing)) <= {"them", "it", "these", "those", "each", "one"}
        return replace(kept, thing="") if is_pronoun and (self.subject or self.previous) else None

    def read_list_of(self, kept: KeptList, clause: str) -> None:
        """Read a list of facts about a thing, or about what was spoken of last."""
        owner = self.previous.name if self.previous else ""
        name = self.full_name(entity_name(kept.thing)) if kept.thing else owner
        if not name:
            self.draft.leave(clause)
            return
        items = items_of(kept.list)
        occasion = occasion_of(items[0]) if items and not kept.thing else ""
        if occasion and occasion != name:
            self.belongs(occasion, name, clause)
            self.draft.assume(f"“{clause}” is kept as {a(spoken(occasion))} of its {spoken(name)}")
            name, items[0] = occasion, "the date"
        self.begin(name, clause)
        for number, item in enumerate(items):
            self.read_item(THEIRS.sub("", item) if number == 0 else item)

    def groups_in(self, text: str) -> Iterator[tuple[re.Match[str], str, list[str]]]:
        """Yield brackets that hold facts about the noun before them: the match, the noun, and the facts."""
        for match in GROUP.finditer(text) if len(text) <= LONGEST_PROSE and not HEADED.match(text) else ():
            words = words_of(match["before"])
            facts = items_of(re.sub(r"\s+each$", "", match["list"].rpartition(" - ")[2]))
            if (
                not facts
                or (len(facts) < 2 and not is_called_so(facts[0]))
                or not words
                or is_choice(match["before"], facts)
                or "/" in facts[0]
                or read_comment(match["list"]) is not None
            ):
                continue
            if not any(is_fact(fact) for fact in facts) or not all(is_short_fact(fact) for fact in facts):
                continue
            names = [" ".join(words[-count:]) for count in (3, 2, 1) if len(words) >= count]
            known = [noun for noun in names if entity_name(noun) in self.names()]
            noun = known[0] if known else names[-1]
            is_thing = known or has_plural(words[-1]) or (len(words) > 1 and words[-2] in DETERMINERS)
            if entity_name(noun) and is_thing and not self.is_nothing(entity_name(noun)):
                yield match, noun, facts

    def has_groups(self, text: str) -> bool:
        """Tell whether facts stand in brackets in the middle of a sentence."""
        return any(
            match.start() > 0 or len(words_of(match["before"])) > LONGEST_NOUN for match, _, _ in self.groups_in(text)
        )

    def without_groups(self, clause: str) -> str:
        """Take the facts in brackets off a clause, and read each as one of the noun before it."""
        plain = clause
        for match, noun, facts in list(self.groups_in(clause)):
            entity = self.draft.entity(entity_name(noun), self.said(match[0].strip()))
            for fact in facts:
                self.read_field_of(entity, fact, fact)
            plain = plain.replace(match[0], match["before"], 1)
        return plain

    def without_target(self, clause: str) -> str:
        """Read "applications to a call are …" as a link, and return the clause without "to a call"."""
        match = OF_TARGET.match(clause) if len(clause) <= LONGEST_PROSE else None
        if match is None or not self.is_thing(match["thing"]) or entity_name(match["target"]) not in self.names():
            return clause
        thing, target = entity_name(match["thing"]), entity_name(match["target"])
        if thing == target:
            return clause
        self.belongs(thing, target, clause)
        return f"{match['thing']} {match['rest']}"

    def goes_on_listing(self, clause: str) -> bool:
        """Tell whether a clause without a verb only lists more facts ("Title, word count, deadline")."""
        if (
            self.previous is None
            or len(clause) > LONGEST_PROSE
            or VERBS.search(clause)
            or ":" in clause
            or HEADED.match(clause)
        ):
            return False
        items = items_of(clause)
        facts = [item for item in items if is_fact(item)]
        are_short = all(len(words_of(item)) <= LONGEST_NOUN + 1 for item in items)
        return len(items) > 1 and are_short and 2 * len(facts) >= len(items) and (facts or [""])[0] in items[:2]

    def is_thing(self, noun: str) -> bool:
        """Tell whether a noun names a thing: one that is known, or several of a kind."""
        name = entity_name(noun)
        return bool(name) and not self.is_nothing(name) and (name in self.names() or has_plural(noun.lower()))
