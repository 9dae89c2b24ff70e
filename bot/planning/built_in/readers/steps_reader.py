"""Puts the steps of a status, words about single facts and links that go both ways into a draft, clause by clause."""

from __future__ import annotations

import re

from bot.documents.naming import snake_case
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import EntityDraft, Link, LinkKind, StatusSteps
from bot.planning.built_in.phrases.field_comments import read_comment
from bot.planning.built_in.phrases.keeping_phrases import is_fact
from bot.planning.built_in.phrases.mutual_links import Mutual
from bot.planning.built_in.phrases.status_steps import read_steps_clause
from bot.planning.built_in.phrases.status_ways import read_ways
from bot.planning.built_in.phrases.steps import StepClause, Steps
from bot.planning.built_in.readers.shorthand_reader import ShorthandReader
from bot.planning.built_in.words.vocabulary import DETERMINERS, entity_name, singular, spoken, words_of

__all__ = ["StepsReader"]

ABOUT_FIELD = regex(
    r"^(?:(?:an?|the|its|their|his|her)\s+)?(?P<field>[a-z][\w-]*(?:\s+(?!is\b|are\b|can\b|may\b|comes\b|has\b|must\b)[a-z][\w-]*){0,2}?),?\s+"
    r"(?P<says>(?:is|are|may|can|might|could|must|has to|comes?|should)\b.+)$",
    re.IGNORECASE,
)


ONLY_FOR = regex(r"^only\s.+\s(?:to|for|by|in|on|with)\s+\w", re.IGNORECASE)
"""Who alone something is done with, and for what."""
BEFORE_WHOM = regex(
    r"^.*\s(?:by|to|from|with|in|at|for|on|into|through|against)\s+(?=(?:an?|the|our|one|its|their|some)\s)",
    re.IGNORECASE,
)
"""What stands before whoever a step names."""
GOES_THROUGH = regex(
    r"^(?:(?:an?|the|each|every|all|our)\s+)?(?P<things>[a-z][\w-]*(?:\s+[a-z][\w-]*)?)\s+(?:(?:can|always|usually|may)\s+)?"
    r"(?:go(?:es)?|moves?|runs?|pass(?:es)?|changes?|progress(?:es)?)\s+(?:through\s+|from\s+)?"
    r"(?P<steps>[\w' -]+?\s*(?:-+>|→|=+>).+)$",
    re.IGNORECASE,
)
"""Whose steps a chain of arrows are: "bookings go planned -> confirmed"."""


def nouns_of(entity: EntityDraft, field: str) -> tuple[str, ...]:
    """Return what a thing and its status are called, in the singular."""
    return (entity.noun, spoken(field), *([entity.noun.split()[-1]] if " " in entity.noun else []))


class StepsReader(ShorthandReader):
    """Reads clauses about what was described already; what else a clause may say is read by those who build on it."""

    def read_clause(self, clause: str) -> None:
        """Read one clause."""
        raise NotImplementedError

    def read_clauses(self, text: str) -> None:
        """Read every clause of a sentence."""
        raise NotImplementedError

    def read_rule(self, sentence: str) -> bool:
        """Read a whole sentence or clause as a rule."""
        raise NotImplementedError

    def read_login(self, sentence: str) -> bool:
        """Read who logs in."""
        raise NotImplementedError

    def read_plain(self, sentence: str) -> None:
        """Read a sentence or clause that is no prose."""
        raise NotImplementedError

    def full_name(self, name: str) -> str:
        """Return the only known name that ends with a shorter one that nobody described: "order" for a repair order."""
        if not name or name in self.names():
            return name
        longer = [known for known in self.names() if known.endswith(name)]
        return longer[0] if len(longer) == 1 else name

    def read_steps(self, clause: str) -> bool:
        """Read what a clause says of the steps of a status."""
        goes = GOES_THROUGH.match(clause)
        is_named = goes is not None and bool(entity_name(goes["things"]))
        if not is_named and self.read_ways(clause):
            return True
        said = read_steps_clause(f"{goes['things']}: {goes['steps']}" if goes and is_named else clause)
        found = self.steps_of(said) if said and not self.allows_deed(clause, said) else None
        if said is None or found is None:
            return False
        if said.start:
            found.steps.start(said.start)
        for sources, targets in said.ways:
            start = found.steps.before if said.is_alternative and found.steps.before else found.steps.last
            found.steps.go(found.steps.known(sources) or start, found.steps.known(targets))
        found.steps.quotes.append(clause)
        entity = self.draft.entity(found.entity, self.said(clause))
        self.note_asides(entity, said.asides, clause)
        self.subject, self.topic = entity, entity.name
        return True

    def note_asides(self, entity: EntityDraft, asides: tuple[str, ...], clause: str) -> None:
        """Keep whom a step names as an optional link where that is a thing ("assigned to a crew"), else say it."""
        for aside in asides:
            name = self.full_name(entity_name(BEFORE_WHOM.sub("", aside)))
            if name not in self.names():
                self.draft.assume(f"{entity.name}: “{aside}” is a step of its status; who or what that is isn't kept")
            elif name != entity.name and not self.are_linked(entity.name, name):
                self.belongs(entity.name, name, clause, optional=True)

    def allows_deed(self, clause: str, said: StepClause) -> bool:
        """Tell whether "only available trucks can be assigned to a job" names a deed: no value is called so."""
        if not ONLY_FOR.match(clause.strip()):
            return False
        name = self.full_name(entity_name(said.subject)) if said.subject else ""
        values = self.status_values(name) if name else ()
        return bool(values) and not {target for _, targets in said.ways for target in targets} & set(values)

    def read_ways(self, clause: str) -> bool:
        """Read what a clause says of the ways between values that are known."""
        for entity, field in self.statuses(clause):
            values = self.draft.values_of(entity.fields[field])
            said = read_ways(clause, values, nouns_of(entity, field))
            if said is None:
                continue
            steps = (one for one in self.draft.steps if one.entity == entity.name and one.status in {"", field})
            found = next(steps, None)
            if found is None:
                found = StatusSteps(entity.name, Steps(states=list(values)), self.said(""), field)
                self.draft.steps.append(found)
            found.status = field
            found.take(said, clause)
            self.subject, self.topic = entity, entity.name
            return True
        return False

    def statuses(self, clause: str) -> list[tuple[EntityDraft, str]]:
        """Return the fields with values that a clause may be about: what it names, what is spoken of, then the others.

        Where it names nothing and several have such values, it is about none of them for sure.
        """
        found = [
            (entity, name)
            for entity in self.draft.entities.values()
            for name, field in entity.fields.items()
            if self.draft.values_of(field)
        ]
        words = f" {' '.join(singular(word) for word in words_of(clause))} "
        named = [one for one in found if f" {one[0].noun} " in words]
        current = self.subject or self.previous
        spoken_of = [one for one in found if current is not None and one[0] is current]
        return named or spoken_of or (found if len(found) == 1 else [])

    def steps_of(self, said: StepClause) -> StatusSteps | None:
        """Return the steps that a clause adds to, or None where it can't be about steps."""
        name = entity_name(said.subject) if said.subject else ""
        name = self.full_name(self.draft.other_words.get(name, name))
        current = self.subject or self.previous
        is_new = bool(name) and name not in self.names()
        if is_new and not (said.is_sure and said.ways):
            return None
        entity = name or (current.name if current else "")
        if not entity or self.is_nothing(entity):
            return None
        found = next((one for one in self.draft.steps if one.entity == entity), None)
        if found is None:
            values = self.status_values(entity, said)
            if not said.is_sure and not (values and self.fits(said, values)):
                return None
            found = StatusSteps(entity, Steps(states=list(values)), self.said(""))
            if not said.ways and not said.start:
                return None
            self.draft.steps.append(found)
            return found
        known = [found.steps.known(sources) for sources, _ in said.ways]
        is_fitting = said.is_sure or all(set(sources) <= set(found.steps.states) for sources in known)
        return found if is_fitting else None

    def fits(self, said: StepClause, states: tuple[str, ...]) -> bool:
        """Tell whether the sources of a clause that is no sure sign of steps are known states."""
        return all(set(sources) <= set(states) for sources, _ in said.ways)

    def status_values(self, entity: str, said: StepClause | None = None) -> tuple[str, ...]:
        """Return the values of the only field with values that an entity has, or nothing.

        Steps that are ``said`` and share none of them are those of a status: no severity goes from new to fixed.
        """
        fields = self.draft.entities[entity].fields.values() if entity in self.draft.entities else ()
        valued = [(field.field.name, values) for field in fields if (values := self.draft.values_of(field))]
        status = [one for one in valued if one[0].endswith(("status", "state", "stage", "phase"))]
        told = {state for way in said.ways for states in way for state in states} if said else set()
        found = status or [one for one in valued if not told or told & set(one[1])]
        return found[0][1] if len(found) == 1 else ()

    def commented(self, clause: str) -> tuple[EntityDraft, str, str] | None:
        """Return whose field "the phone is optional" is about, the field and the words, or None."""
        match = ABOUT_FIELD.match(clause)
        comment = read_comment(f"which {match['says']}") if match else None
        is_thing = match is not None and self.full_name(entity_name(match["field"])) in self.names()
        if match is None or comment is None or (comment.values and is_thing):
            return None
        stem = snake_case(" ".join(word for word in words_of(match["field"]) if word not in DETERMINERS))
        current = self.subject or self.previous
        for name in (stem, f"{stem}_id"):
            if current and name in current.fields:
                return current, name, match["says"]
        if len(others := self.holders_of(stem, clause)) == 1:
            return others[0], stem, match["says"]
        if current and entity_name(match["field"]) in self.names() - {current.name}:
            return current, "", match["says"]
        return (current, stem, match["says"]) if current and is_fact(match["field"]) else None

    def holders_of(self, field: str, clause: str) -> list[EntityDraft]:
        """Return the things that have a field, where a whole sentence speaks of it and not the end of one."""
        is_whole = self.whole.strip(" .!").casefold() == clause.strip(" .!").casefold()
        return [one for one in self.draft.entities.values() if field in one.fields] if is_whole and field else []

    def read_comment_clause(self, clause: str) -> bool:
        """Read "the phone is optional" as a word about a field; about a thing, it is the link to that."""
        found = self.commented(clause)
        if found is None:
            return False
        entity, name, says = found
        others = self.holders_of(name, clause) if name not in entity.fields else []
        if len(others) > 1:
            names = " or ".join(f"{one.name}.{name}" for one in others)
            self.draft.leave(f"{clause} (which one: {names}?)")
            return True
        self.subject = entity
        comment = read_comment(f"which {says}")
        match = ABOUT_FIELD.match(clause)
        if comment is None or match is None:
            return False
        if not name:
            self.belongs(entity.name, entity_name(match["field"]), clause, optional=True)
            return True
        if name not in entity.fields:
            self.read_field_of(entity, match["field"], clause)
        if name in entity.fields:
            self.apply_comment(entity, [name], comment)
        return True

    def read_of_field(self, entity: str, field: str, sentence: str) -> None:
        """Read "title must be unique" as a word about the field of one entity."""
        match = ABOUT_FIELD.match(sentence)
        comment = read_comment(f"which {match['says']}") if match else None
        if comment is not None and field in self.draft.entities[entity].fields:
            self.apply_comment(self.draft.entities[entity], [field], comment)

    def link_both(self, both: Mutual, clause: str) -> None:
        """Link two things many to many."""
        one, other = (self.full_name(self.draft.other_words.get(name, name)) for name in (both.one, both.other))
        for name in (one, other):
            self.draft.entity(name, self.said(clause))
        self.draft.links = [
            link
            for link in self.draft.links
            if {link.subject, link.object} != {one, other}
            or link.kind not in {LinkKind.HAS_MANY, LinkKind.EVENT, LinkKind.OWNS}
        ]
        self.draft.link(Link(one, "join", other, LinkKind.MANY, self.said(clause)))
        self.subject = self.draft.entities[one]

    def joined(self, one: Mutual, other: Mutual) -> Mutual | None:
        """Return the link that two halves make, what they leave out taken from each other, or None."""
        first = one.one or (self.subject or self.previous or EntityDraft("", self.said(""))).name
        second = one.other or other.one
        back = other.other or first
        is_same = other.one == second and (back == first or back.endswith(first) or first.endswith(back))
        return Mutual(first, second) if first and second and is_same and first != second else None
