"""Reads what stands behind a head about the things that it names: values, steps, rules, who logs in."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import EntityDraft
from bot.planning.built_in.phrases.field_phrases import read_field
from bot.planning.built_in.phrases.keeping_phrases import is_fact, read_kept_list
from bot.planning.built_in.phrases.rule_phrases import read_rule
from bot.planning.built_in.phrases.status_steps import read_steps_clause
from bot.planning.built_in.phrases.value_phrases import values_of
from bot.planning.built_in.readers.deeds_reader import DeedsReader
from bot.planning.built_in.readers.kept_reader import HEADED, LOGS_IN, LONGEST_PROSE
from bot.planning.built_in.words.clauses import DONE_WITH_THINGS, clauses_of
from bot.planning.built_in.words.sentences import items_of, without_greeting
from bot.planning.built_in.words.vocabulary import QUANTIFIER, entity_name, has_plural

__all__ = ["VERB_FIRST", "BulletReader"]

VERB_FIRST = regex(
    r"^(?:belongs?|takes? place|must|can(?:not)?|can't|may|consists?|logs? in|signs? (?:in|"
    r"up)|goes|go|has|have|is|are|lists?|holds?|"
    r"contains?|works? (?:in|on|for|at)|refers?|"
    rf"{DONE_WITH_THINGS}s?\s+(?:an?|the|their|its|many|several|[a-z]+s\b))\b",
    re.IGNORECASE,
)
"""A clause that goes on with the subject before it."""
DEFINITION = regex(
    (
        r"^(?P<what>(?:an?|the|any|every|each)\s+(?:[\w-]+\s+){1,3}(?:that|who|which|in which|"
        r"where|whom)\s[^,;:()]{3,80})(?:[,;]\s*(?P<rest>(?:with|it has)\s.+))?$"
    ),
    re.IGNORECASE,
)
"""What a word means: "Film: a short film that somebody sends in"."""
VALUE = r"(?!(?:e-?mail|name|phone|title|price|date|address|number|notes?)\b)[\w'-]+(?:\s+(?!or\b|and\b)[\w'-]+){0,2}"
CHOICE = regex(
    rf"^(?P<name>[a-z][\w-]*(?:\s+[\w-]+)?)\s*:\s*{VALUE}(?:\s*[,/|]\s*{VALUE})*(?:\s*,?\s+or\s+{VALUE}|\s*[,/|]\s*{VALUE})$",
    re.IGNORECASE,
)
"""A name and its values: "level: beginner, intermediate, advanced"."""
BARE_VALUES = regex(rf"^(?:either\s+)?{VALUE}(?:\s*,\s*{VALUE})*\s*,?\s+or\s+(?!not\b){VALUE}$", re.IGNORECASE)
"""Values without a name: "cash, card or transfer"."""


class BulletReader(DeedsReader):
    """Reads "Courses: can be full" and "Courses: level: a, b, c"."""

    def read_about(self, sentence: str) -> bool:
        """Read what a bullet says about the things in its header: "Courses: can be full", "Courses: level: a, b, c"."""
        sentence = without_greeting(sentence) if len(sentence) <= LONGEST_PROSE else sentence
        match = HEADED.match(sentence) if len(sentence) <= LONGEST_PROSE else None
        name = entity_name(match["thing"]) if match else ""
        if (
            not match
            or not name
            or self.is_nothing(name)
            or not (has_plural(match["thing"].lower()) or name in self.names())
        ):
            return False
        about, before = match["list"], (self.subject, self.previous, self.mode)
        entity = self.draft.entities.get(name) or EntityDraft(name, self.said(sentence))
        definition = DEFINITION.match(about)
        if definition:
            self.begin(name, sentence)
            self.draft.leave(definition["what"])
            for item in items_of(definition["rest"] or ""):
                self.read_item(item)
            return True
        self.subject, self.previous = None, entity
        choice, values = CHOICE.match(about), BARE_VALUES.match(about)
        choice = choice if choice and not has_plural(choice["name"].lower()) else None
        has_count = (
            re.match(
                rf"^(?:status|state|role|priority|stage|type|kind|category|level|size|colou?r|{QUANTIFIER}|at|no|for|from|in|on|is|are|can|may)\b",
                about,
                re.IGNORECASE,
            )
            is not None
        )
        values = (
            values
            if values
            and not has_count
            and not any(is_fact(item) for item in re.split(r"\s*(?:,|\bor\b)\s*", about))
            and "(" not in about
            else None
        )
        first = clauses_of(about)[0]
        wish = read_rule(first)
        steps = read_steps_clause(first)
        is_list = wish is None and (choice or values)
        is_about = (
            is_list
            or wish is not None
            or (steps is not None and self.steps_of(steps) is not None)
            or LOGS_IN.match(about) is not None
            or re.match(
                r"(?:each|they|it|these)\s+(?:is|are|has|have|can|may|must|belongs?|goes|go)\b", about, re.IGNORECASE
            )
            is not None
            or read_kept_list(first) is not None
            or (VERB_FIRST.match(about) is not None and read_field(about) is None)
        )
        if not is_about:
            self.subject, self.previous, self.mode = before
            return False
        entity = self.previous = self.begin(name, sentence)
        if LOGS_IN.match(about):
            self.log_in(entity, sentence)
        elif is_list and (choice or values):
            self.read_values_of(entity, choice["name"] if choice else "kind", about, sentence)
        else:
            self.read_clauses(about)
            self.subject = self.draft.entities.get(name, entity)
        return True

    def read_values_of(self, entity: EntityDraft, name: str, about: str, quote: str) -> None:
        """Read "level: beginner, intermediate, advanced" or only "cash, card or transfer" as a field with values."""
        values = values_of(about.partition(":")[2] if ":" in about else about)
        reading = read_field(name)
        if not values or reading is None:
            self.draft.leave(quote)
            return
        if ":" not in about:
            self.draft.assume(f"{entity.name}: “{about}” are the values of its {name}")
        field = replace(reading, values=values, open_values=False, open_plural=False, guessed_text=False)
        self.add_field(entity, field, quote, optional=False)
        entity.is_settled = True
