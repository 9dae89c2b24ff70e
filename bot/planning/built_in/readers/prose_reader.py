"""Reads running prose clause by clause: what is kept of what, steps of a status, rules, links that go both ways.

A sentence is prose where one of its clauses says such a thing. Its other clauses, and every other sentence, are left
to the readers of plain sentences."""

from __future__ import annotations

import itertools
import re

from bot.patterns import regex
from bot.planning.built_in.phrases.doing_phrases import read_described, read_linking, read_placing
from bot.planning.built_in.phrases.keeping_phrases import is_fact, read_kept_list
from bot.planning.built_in.phrases.mutual_links import read_mutual, read_mutual_half
from bot.planning.built_in.phrases.open_rules import is_order
from bot.planning.built_in.phrases.rule_phrases import read_rule
from bot.planning.built_in.phrases.status_steps import read_steps_clause
from bot.planning.built_in.phrases.value_tellings import read_value_telling
from bot.planning.built_in.readers import logins
from bot.planning.built_in.readers.bullet_reader import VERB_FIRST
from bot.planning.built_in.readers.deeds_reader import CONDITION
from bot.planning.built_in.readers.kept_reader import LOGS_IN, LONGEST_PROSE, STORY
from bot.planning.built_in.readers.placed_reader import PlacedReader
from bot.planning.built_in.words.clauses import clauses_of, ungapped, without_frame
from bot.planning.built_in.words.numerals import NUMERAL
from bot.planning.built_in.words.sentence_marks import NO_REFUSALS, REFUSALS
from bot.planning.built_in.words.sentences import items_of, without_greeting
from bot.planning.built_in.words.vocabulary import entity_name, has_plural, words_of

__all__ = ["TAKES_PLACE", "ProseReader"]

DERIVED_FACT = regex(
    r"^(?P<fact>[a-z][\w-]*(?:\s+[a-z][\w-]*){0,3}?)\s+=\s+(?P<rest>(?:\d+|one|two|three)\s+\w+\s+before\s.+)$",
    re.IGNORECASE,
)
"""A fact that follows from another in a way that no rule can hold: "payment date = 14 days before arrival"."""
CONDITION_FIRST = regex(
    r"(?:(?P<comma>,\s*|^)|(?P<joint>,?\s+and,?\s+))(?P<condition>(?:if|where|when|"
    r"as far as) (?:it|they|we|you|he|she|any|known|one|available|there)\b"
    r"[^,]{0,30}),\s+(?P<what>(?:an?|the|its|their|his|her)\s+[\w -]{2,40}?)(?=,|\s+and\b|$|\.)",
    re.IGNORECASE,
)
"""A condition before what it is about: "and, if they have one, an e-mail"."""
TAKES_PLACE = regex(r"\b(?:takes?|taking) place\s+(?=(?:in|for|during)\b)", re.IGNORECASE)
WISHES = regex(r"^(?:i|we)(?:'d| would)?\s+(?:want|like|need)(?:\s+to)?\s+(?P<rest>.+)$", re.IGNORECASE)
DOES = regex(
    r"^(?:i|we)\s+(?:(?:can|want to|would like to|need to|must|may|should|also)\s+)*(?:keep|"
    r"plan|manage|create|enter|see|record|track|"
    r"organi[sz]e|register|maintain|add|make|edit|have|administer|list|look after)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
AT_A_MOMENT = regex(
    (
        r",?\s+(?:at|on)\s+(?:an?|one|some)\s+(?:(?:given|certain|specific|particular|fixed|"
        r"set)\s+)?(?P<moment>date and time|day and time|date|day|time)$"
    ),
    re.IGNORECASE,
)
SO_MANY_AT_A_TIME = regex(
    rf"\b(?:only|at most|up to|more than|{NUMERAL})\b[^.;!?\n]{{1,80}}\bat a time$", re.IGNORECASE
)
"""What is a limit, and no moment: "only one course at a time"."""


def conditions_behind(text: str) -> str:
    """Return a text with "if they have one, an e-mail" said as "an e-mail if they have one"."""
    if len(text) > LONGEST_PROSE:
        return text
    return CONDITION_FIRST.sub(
        lambda found: f"{' and ' if found['joint'] else found['comma']}{found['what']} {found['condition']}", text
    )


def keeps_more(clause: str) -> bool:
    """Tell whether a clause goes on with facts of what the clause before it was about: "we keep their name and …"."""
    kept = read_kept_list(clause)
    return kept is not None and not kept.thing and re.match(r"(?:we|i)\b", clause, re.IGNORECASE) is not None


class ProseReader(PlacedReader):
    """Reads the clauses of prose; a clause that it can't read goes where it would go alone."""

    def read_prose(self, sentence: str) -> bool:
        """Read a sentence clause by clause; tell whether it was prose."""
        if self.read_about(sentence):
            return True
        text, role = without_frame(without_greeting(sentence))
        text = conditions_behind(text)
        if len(text) > 2 * LONGEST_PROSE:
            return False
        if role:
            return self.read_role(role, text)
        clauses = clauses_of(text)
        is_prose = ungapped(text) != text or self.is_prose(clauses) or (self.mode != "list" and self.has_groups(text))
        if not is_prose:
            return False
        self.read_clauses(text)
        return True

    def read_role(self, role: str, text: str) -> bool:
        """Read "as the dispatcher I keep couriers (…)": what somebody does or keeps; tell whether it was understood."""
        name = entity_name(role)
        self.actor = name if name in self.names() else ""
        wish = WISHES.match(text)
        if wish is not None and self.is_prose([wish["rest"]]):
            self.read_clauses(wish["rest"])
        elif self.is_prose(clauses_of(text)):
            self.read_clauses(text)
        else:
            does = DOES.match(text)
            if does is None or not self.lists_things(does["rest"]):
                self.draft.leave(f"As {role}: {text}" if role not in text else text)
                return True
            self.mode = "list"
            self.read_plain(does["rest"])
        self.actor = ""
        return True

    def lists_things(self, text: str) -> bool:
        """Tell whether words begin with things of a kind, bare or with their facts."""
        first = re.match(r"(?:all\s+|the\s+|my\s+|our\s+)?([a-z][\w-]*(?:\s+[a-z][\w-]*)?)", text, re.IGNORECASE)
        words = words_of(first[1]) if first else []
        return any(has_plural(" ".join(words[:count])) and entity_name(" ".join(words[:count])) for count in (1, 2))

    def is_prose(self, clauses: list[str]) -> bool:
        """Tell whether one of the clauses says what only prose says."""
        has_rule = len(clauses) > 1 and any(
            read_rule(one) is not None or is_order(one) or logins.read_login(one) for one in clauses
        )
        bans = [REFUSALS.search(NO_REFUSALS.sub(" ", clause)) is not None for clause in clauses]
        has_more = (any(bans) and not all(bans)) or any(LOGS_IN.match(clause) for clause in clauses[1:])
        has_more = has_more or any(keeps_more(clause) or read_value_telling(clause) for clause in clauses[1:])
        return (
            has_rule or has_more or any(self.says_prose(clause) for clause in clauses) or self.links_both_ways(clauses)
        )

    def says_prose(self, clause: str) -> bool:
        """Tell whether a clause keeps a list, says steps or a link that goes both ways, or tells of a field."""
        steps = read_steps_clause(clause)
        return (
            self.kept_in(clause) is not None
            or (steps is not None and self.steps_of(steps) is not None)
            or read_mutual(clause) is not None
            or self.commented(clause) is not None
            or self.placed(clause) is not None
            or self.named_values(clause) is not None
            or STORY.match(clause) is not None
            or self.goes_on_listing(clause)
            or AT_A_MOMENT.search(clause[-60:]) is not None
            or (
                (fact := DERIVED_FACT.match(clause)) is not None and self.previous is not None and is_fact(fact["fact"])
            )
            or (LOGS_IN.match(clause) is not None and self.previous is not None)
            or self.meets(clause)
            or self.deed_in(clause) is not None
            or self.deed_after(clause) is not None
            or read_linking(clause) is not None
            or (read_described(clause) is not None and self.kept_in(clause) is None)
            or (
                (placing := read_placing(clause)) is not None
                and self.is_thing(placing.thing)
                and self.is_thing(placing.place)
            )
        )

    def links_both_ways(self, clauses: list[str]) -> bool:
        """Tell whether two clauses that follow each other say both ways of one link."""
        halves = [read_mutual_half(clause) for clause in clauses]
        return any(one and other and self.joined(one, other) for one, other in itertools.pairwise(halves))

    def read_clauses(self, text: str) -> None:
        """Read every clause of a sentence; two that say both ways of a link are one."""
        clauses = clauses_of(text)
        number = 0
        while number < len(clauses):
            pair = clauses[number : number + 2]
            halves = [read_mutual_half(self.without_groups(clause)) for clause in pair]
            both = self.joined(halves[0], halves[1]) if len(pair) > 1 and halves[0] and halves[1] else None
            if both is None:
                self.read_clause(pair[0])
                number += 1
                continue
            self.link_both(both, " … ".join(pair))
            self.subject = self.draft.entities.get(self.full_name(halves[1].one if halves[1] else ""), self.subject)
            number += 2

    def read_clause(self, clause: str) -> None:
        """Read one clause."""
        self.begin_sentence()
        if self.read_placed(clause):
            return
        clause = self.without_target(self.without_groups(TAKES_PLACE.sub("is ", clause)))
        both = read_mutual(clause)
        if both:
            self.link_both(both, clause)
            return
        if (
            self.read_steps(clause)
            or self.read_rule(clause)
            or self.read_comment_clause(clause)
            or self.read_login(clause)
        ):
            return
        if LOGS_IN.match(clause) and self.previous:
            self.log_in(self.previous, clause)
            return
        condition = CONDITION.match(clause)
        if condition and self.deed_after(clause):
            noun = self.named_in(condition["when"])
            self.previous = self.draft.entity(noun, self.said(clause)) if noun else self.previous
            self.draft.leave(condition["when"])
            clause = condition["rest"]
        story = STORY.match(clause)
        if story and self.begins_story(story["who"], clause):
            self.previous = self.subject
            clause = re.sub(r"^then\s+", "", story["rest"], flags=re.IGNORECASE)
        if self.read_doing(clause):
            return
        if self.read_more_facts(clause):
            return
        kept = self.kept_in(clause)
        if kept is None:
            self.read_with_moment(f"they {clause}" if VERB_FIRST.match(clause) and self.previous else clause)
            return
        self.read_list_of(kept, clause)

    def read_more_facts(self, clause: str) -> bool:
        """Read more facts of what was spoken of: a list of them, or one that follows from another."""
        derived = DERIVED_FACT.match(clause)
        if derived and self.previous and is_fact(derived["fact"]):
            self.read_field_of(self.previous, derived["fact"], clause)
            self.draft.leave(clause)
            self.subject = self.previous
            return True
        if not self.goes_on_listing(clause) or self.previous is None:
            return False
        self.begin(self.previous.name, clause)
        for item in items_of(clause):
            self.read_item(item)
        return True

    def read_with_moment(self, clause: str) -> None:
        """Read any other clause; "… on a given date and time" behind it is a fact of its subject."""
        is_short = len(clause) <= LONGEST_PROSE and SO_MANY_AT_A_TIME.search(clause) is None
        moment = AT_A_MOMENT.search(clause) if is_short else None
        plain = clause[: moment.start()] if moment else clause
        before = len(self.draft.unread)
        self.read_plain(plain)
        if moment and self.subject and len(self.draft.unread) == before:
            self.read_field_of(self.subject, moment["moment"], clause)
        elif moment:
            self.draft.leave(moment[0])
