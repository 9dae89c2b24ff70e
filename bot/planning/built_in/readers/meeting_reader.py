"""Puts records into a draft in which things meet: a screening of a movie in a hall, points for a talk.

Also things that get a place and a time later."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import EntityDraft
from bot.planning.built_in.phrases.event_phrases import fact_of_event
from bot.planning.built_in.phrases.field_phrases import field_called, read_field
from bot.planning.built_in.phrases.meeting_phrases import (
    Between,
    Meeting,
    Rating,
    Scheduling,
    read_between,
    read_meeting,
    read_rating,
    read_scheduling,
)
from bot.planning.built_in.readers.kept_reader import KeptReader
from bot.planning.built_in.words.sentences import items_of
from bot.planning.built_in.words.vocabulary import entity_name, spoken

__all__ = ["MeetingReader"]

START_AND_END = regex(
    r"^(?:an?\s+|the\s+|their\s+)?start(?:ing)?(?:\s+time)?\s+and\s+(?:an?\s+|the\s+)?end(?:ing)?(?:\s+time)?$",
    re.IGNORECASE,
)
POINTS = "value"
"""What the number of a rating is called."""


class MeetingReader(KeptReader):
    """Reads clauses in which things meet, where all of them are known."""

    def meets(self, clause: str) -> bool:
        """Tell whether a clause says that things meet."""
        return (
            self.between_in(clause) is not None
            or self.meeting_in(clause) is not None
            or self.scheduling_in(clause) is not None
            or self.rating_in(clause) is not None
        )

    def read_met(self, clause: str) -> bool:
        """Read such a clause; tell whether it was one."""
        if between := self.between_in(clause):
            self.take_between(between, clause)
        elif meeting := self.meeting_in(clause):
            self.take_meeting(meeting, clause)
        elif scheduling := self.scheduling_in(clause):
            self.take_scheduling(scheduling, clause)
        elif rating := self.rating_in(clause):
            self.take_rating(rating, clause)
        else:
            return False
        return True

    def between_in(self, clause: str) -> Between | None:
        """Return a record of two things of a kind that is known, or None."""
        found = read_between(clause)
        return found if found and {found.thing, found.end} <= self.names() else None

    def take_between(self, between: Between, clause: str) -> None:
        """Add a record that names two of a kind: the first and the second."""
        entity = self.begin(between.thing, clause)
        self.draft.entity(between.end, self.said(clause))
        for place in ("first", "second"):
            self.add_reference(entity, f"{place} {spoken(between.end)}", between.end, clause)
        entity.is_settled = True
        fact = fact_of_event(between.rest)
        if fact:
            self.read_field_of(entity, fact, between.rest)
        elif between.rest:
            self.draft.leave(between.rest)

    def meeting_in(self, clause: str) -> Meeting | None:
        """Return a record whose things are known, or None."""
        found = read_meeting(clause)
        return found if found and {found.thing, *found.ends} <= self.names() else None

    def scheduling_in(self, clause: str) -> Scheduling | None:
        """Return what gets a place with more said of it, or places of which there are several; or None."""
        found = read_scheduling(clause)
        if found is None:
            return None
        says_more = bool(found.list or found.state or found.are_several)
        is_known = found.thing in self.names() and found.thing != found.place
        is_place = found.place in self.names() or found.are_several
        return found if says_more and is_known and is_place else None

    def rating_in(self, clause: str) -> Rating | None:
        """Return the points that something known is given, or None."""
        found = read_rating(clause)
        return found if found and self.rated(found) and found.who != self.rated(found) else None

    def rated(self, found: Rating) -> str:
        """Return what is given points, or nothing where that is not known."""
        name = self.topic if found.what in {"it", "them"} else entity_name(found.what)
        return name if name in self.names() else ""

    def names_each(self, record: str, ends: Iterable[str], clause: str, *, optional: bool = False) -> EntityDraft:
        """Let each row of a record name one of each of some things, and return the record."""
        entity = self.draft.entity(record, self.said(clause))
        for end in ends:
            self.belongs(record, end, clause, optional=optional)
        return entity

    def take_meeting(self, meeting: Meeting, clause: str) -> None:
        """Add a record that names two things, and when they meet."""
        self.subject = self.names_each(meeting.thing, meeting.ends, clause)
        self.topic = meeting.thing
        if meeting.is_at_moment and (field := field_called("starts at", kind="datetime", quote=clause)):
            self.add_field(self.subject, field, clause, optional=False)

    def take_scheduling(self, scheduling: Scheduling, clause: str) -> None:
        """Add a place that a thing gets later; "only those in one state" is quoted, as no link can say it."""
        entity = self.names_each(scheduling.thing, (scheduling.place,), clause, optional=scheduling.is_later)
        self.begin(entity.name, clause)
        if START_AND_END.match(scheduling.list):
            self.add_start_and_end(entity, scheduling.list, clause, optional=scheduling.is_later)
        else:
            for item in items_of(scheduling.list):
                self.read_field_of(entity, item, item, optional=scheduling.is_later)
        if scheduling.state:
            self.draft.leave(clause)

    def take_rating(self, rating: Rating, clause: str) -> None:
        """Add a record of points with its bounds, whoever gives them, and what they are for."""
        what = self.rated(rating)
        record = self.names_each(entity_name(rating.record), (rating.who, what), clause)
        self.begin(record.name, clause)
        points = read_field(f"{POINTS} from {rating.least} to {rating.most}")
        if points:
            self.add_field(record, points, clause, optional=False)
        for item in items_of(rating.list):
            self.read_item(item)
        self.subject, self.topic = self.draft.entities[rating.who], what
        self.about = (rating.who, what)
