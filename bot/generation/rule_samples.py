"""Sample values that keep declared rules: what factories send, and what the tests of rules try.

Everything is counted in hours from the first moment of the samples; a date is its first hour.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from bot.documents.entities.declared_rules import MOMENTS, DerivedMoment, LatestAfter, NoOverlap, Transition
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.generation.kinds import Json
from bot.generation.rule_fields import derivations, given_fields, initial_values, rules_of
from bot.generation.rule_states import counted_first

__all__ = ["Samples"]

START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
MANY = 24
DAY = 24
APART = 400 * DAY
"""Between rows that must not be in each other's way."""
LONG_BEFORE = -6 * 365 * DAY
"""Before the clock of any machine that runs the tests."""

type Period = tuple[int, int | None]
Overrides = dict[str, int | None]


class Samples:
    """The moments of one entity's payloads, chosen so that every rule about them holds."""

    def __init__(self, entity: Entity, specs: EntitySpecs) -> None:
        """Choose the moments of every field that rules are about."""
        self.entity, self.specs = entity, specs
        self.derivations = derivations(entity)
        self.limits = rules_of(entity, LatestAfter)
        self.periods = rules_of(entity, NoOverlap)
        self.given = {field.name: field for field in given_fields(entity) if field.type.name in MOMENTS}
        self.hours = {name: [self.unit(name) * number for number in range(MANY)] for name in self.given}
        for period in self.periods:
            self.order(period)
        for limit in self.limits:
            self.limit(limit)
        for period in self.periods:
            self.fit(period)

    def examples(self, field: EntityField) -> list[Json] | None:
        """Return good values of a field, the factory's first and another last; None where no rule decides."""
        for transition in rules_of(self.entity, Transition):
            if transition.field == field.name:
                return self.statuses(transition)
        if field.name not in self.hours or field.type.is_list:
            return counted_first(self.entity, field, self.specs)
        return [self.text(field.name, hours) for hours in self.hours[field.name]]

    def statuses(self, transition: Transition) -> list[Json]:
        """Return the first value, others, and last one that may follow it."""
        field = self.entity.field(transition.field)
        enum = self.specs.enum_of(field)
        values = enum.values if enum else ()
        first = initial_values(transition, self.entity, self.specs)[0]
        last = next((target for source, target in transition.pairs() if source == first), first)
        return [first, *(value for value in values if value not in {first, last}), *([last] if last != first else [])]

    # ------------------------------------------------------------------------------------------------------- choosing

    def order(self, period: NoOverlap) -> None:
        """Let a period end when its latest sample begins, or later; values that never repeat get a half each."""
        (start, shift), (end, delay) = self.root(period.start), self.root(period.end)
        if start == end or start not in self.hours or end not in self.hours:
            return
        starts, ends = self.hours[start], [hours + shift - delay for hours in self.hours[start]]
        if self.given[start].unique or self.given[end].unique:
            starts, ends = starts[: MANY // 2], ends[MANY // 2 :]
        self.hours[start], self.hours[end] = starts, ends[::-1]

    def limit(self, limit: LatestAfter) -> None:
        """Leave out what would be too late."""
        (field, delay), (after, shift) = self.root(limit.field), self.root(limit.after)
        if field == after or field not in self.hours:
            return
        if after not in self.hours:
            self.hours[field] = [hours + LONG_BEFORE - delay for hours in self.hours[field]]
            return
        latest = self.hours[after][0] + shift + limit.span.hours - delay
        missing = min(self.hours[field]) - latest
        if missing > 0:
            self.hours[after] = [hours + missing for hours in self.hours[after]]
            latest += missing
        self.hours[field] = [hours for hours in self.hours[field] if hours <= latest]

    def fit(self, period: NoOverlap) -> None:
        """Leave out beginnings after the end."""
        (start, shift), (end, delay) = self.root(period.start), self.root(period.end)
        if start == end or start not in self.hours or end not in self.hours:
            return
        latest = max(self.hours[end]) + delay - shift
        self.hours[start] = [hours for hours in self.hours[start] if hours <= latest] or self.hours[start]

    def unit(self, name: str) -> int:
        """Return the hours between two neighbouring values of a field."""
        field = self.entity.field(name)
        return DAY if field is not None and field.type.name == "date" else 1

    def root(self, name: str) -> tuple[str, int]:
        """Return the field that a moment follows from in the end, and so many hours later; of a given one, itself."""
        for rule in reversed(self.derivations):
            if rule.field == name:
                source, delay = self.root(rule.source)
                return source, delay + rule.span.hours
        return name, 0

    # -------------------------------------------------------------------------------------------------------- judging

    def text(self, name: str, hours: int) -> Json:
        """Return a moment of a field as clients send it."""
        moment = START + dt.timedelta(hours=hours)
        if self.unit(name) == DAY:
            return moment.date().isoformat()
        return moment.isoformat().replace("+00:00", "Z")

    def payload(self, overrides: Mapping[str, int | None]) -> dict[str, Json]:
        """Return overrides as clients send them."""
        return {name: None if hours is None else self.text(name, hours) for name, hours in overrides.items()}

    def stored(self, overrides: Mapping[str, int | None]) -> dict[str, int | None]:
        """Return every moment of a row made of a payload with overrides; what the clock fills in is left out."""
        moments: dict[str, int | None] = {name: hours[0] for name, hours in self.hours.items()}
        moments |= overrides
        for rule in self.derivations:
            if rule.source in moments:
                moments[rule.field] = self.later(rule, moments[rule.source])
        return moments

    def later(self, rule: DerivedMoment, hours: int | None) -> int | None:
        """Return what a derivation makes of a moment."""
        if hours is None:
            return None
        return hours // self.unit(rule.field) * self.unit(rule.field) + rule.span.hours

    def keeps(self, overrides: Mapping[str, int | None]) -> bool:
        """Tell whether a payload with overrides keeps all limits and ends no period before it begins."""
        moments = self.stored(overrides)
        pairs = [(limit.field, limit.after, limit.span.hours) for limit in self.limits]
        pairs += [(period.start, period.end, 0) for period in self.periods]
        for field, after, most in pairs:
            later, earlier = moments.get(field), moments.get(after)
            if later is not None and earlier is not None and later - earlier > most:
                return False
        return True

    # --------------------------------------------------------------------------------------------------------- trying

    def openings(self, name: str) -> tuple[Overrides, Overrides] | None:
        """Return overrides that leave a moment empty, and some that fill it; None where a client can't choose."""
        root, _ = self.root(name)
        if root not in self.hours or not self.given[root].optional:
            return None
        return {root: None}, {root: self.hours[root][0]}

    def is_end(self, name: str, relation: str) -> bool:
        """Tell whether a moment ends a period of the same parent, so that an open row is in the way of all others."""
        root, key = self.root(name)[0], self.entity.key_along(relation)
        ends = [self.root(rule.end)[0] for rule in self.periods if self.entity.key_along(rule.relation) == key]
        return root in ends

    def around(self, limit: LatestAfter) -> tuple[Overrides, Overrides] | None:
        """Return overrides at the last moment that is in time, and at the next one; None where none can be found."""
        (field, delay), (after, shift) = self.root(limit.field), self.root(limit.after)
        if field == after or field not in self.hours or after not in self.hours:
            return None
        last = self.hours[after][0] + shift + limit.span.hours - delay
        if self.unit(field) > self.unit(limit.field):
            return None
        last = last // self.unit(field) * self.unit(field)
        for further in self.rooms(last):
            kept = {after: self.hours[after][0], **further, field: last}
            if self.keeps(kept) and not self.keeps(kept | {field: last + self.unit(field)}):
                return kept, kept | {field: last + self.unit(field)}
        return None

    def rooms(self, hours: int) -> Iterable[Overrides]:
        """Yield overrides that may make room for a late moment: nothing, ends left open, or ends as late."""
        yield {}
        ends = [self.root(period.end)[0] for period in self.periods]
        yield {end: None for end in ends if end in self.given and self.given[end].optional}
        yield {end: hours + DAY for end in ends if end in self.given}

    def followed_by(self, rule: DerivedMoment) -> list[tuple[Overrides, Json]]:
        """Return overrides of the source and what is derived then, where a client gives the source."""
        source = self.hours.get(rule.source, [])
        found: list[tuple[Overrides, Json]] = []
        for hours in dict.fromkeys([*source[:1], *source[-1:], *([None] if self.is_optional(rule.source) else [])]):
            overrides: Overrides = {rule.source: hours}
            later = self.stored(overrides).get(rule.field)
            if self.keeps(overrides):
                found.append((overrides, None if later is None else self.text(rule.field, later)))
        return found

    def is_optional(self, name: str) -> bool:
        """Tell whether a given moment may be empty."""
        return name in self.given and self.given[name].optional

    def last_moment(self, name: str) -> Json:
        """Return the last moment that there is, as clients send it."""
        return "9999-12-31" if self.unit(name) == DAY else "9999-12-31T23:59:59Z"

    def periods_in_turn(self, rule: NoOverlap) -> list[tuple[dict[str, Json], bool]]:
        """Return payloads that are sent in turn, and whether each is accepted beside those that were before it."""
        taken: list[Period] = []
        turns: list[tuple[dict[str, Json], bool]] = []
        for number, candidate in enumerate(self.candidates(rule)):
            overrides = self.apart(number, rule.relation, rule) | candidate
            moments = self.stored(overrides)
            start, end = moments[rule.start], moments[rule.end]
            ends_early = start is not None and end is not None and end < start
            if start is None or (not ends_early and not self.keeps(overrides)):
                continue
            is_free = not ends_early and not any(self.meet(rule, (start, end), other) for other in taken)
            if is_free:
                taken.append((start, end))
            turns.append((self.payload(overrides), is_free))
        return turns

    def apart(self, number: int, relation: str, besides: NoOverlap | None = None) -> Overrides:
        """Return overrides that keep rows of one parent out of each other's way, as far as other periods go."""
        key, kept = self.entity.key_along(relation), Overrides()
        for period in self.periods:
            if period is besides or self.entity.key_along(period.relation) != key:
                continue
            for name in dict.fromkeys((self.root(period.start)[0], self.root(period.end)[0])):
                if name in self.hours:
                    kept[name] = self.hours[name][0] + number * APART
        return kept

    def is_unique(self, *names: str) -> bool:
        """Tell whether any of the moments is given by clients as one that never repeats."""
        roots = [self.root(name)[0] for name in names]
        return any(name in self.given and self.given[name].unique for name in roots)

    def candidates(self, rule: NoOverlap) -> Iterable[Overrides]:
        """Yield periods around a first one: the same, neighbours, some apart, one without an end, and what follows."""
        (start, shift), (end, delay) = self.root(rule.start), self.root(rule.end)
        if self.is_unique(start, end):
            return
        unit = max(self.unit(rule.start), self.unit(start), self.unit(end))
        if start not in self.hours or end not in self.hours:
            return
        first = self.hours[start][0]
        if start == end:
            length = delay - shift
            for hours in (0, 0, length - unit, length, length + unit, -length, -length - unit, unit - length):
                yield {start: first + hours}
            return
        pairs = [(0, 1), (0, 1), (1, 2), (-1, 0), (2, 3), (-2, -1), (3, 2), (8, None), (9, 10)]
        for begins, ends in pairs:
            if ends is None and not self.given[end].optional:
                continue
            late = None if ends is None else first + ends * unit + shift - delay
            yield {start: first + begins * unit, end: late}

    def meet(self, rule: NoOverlap, one: Period, other: Period) -> bool:
        """Tell whether two periods overlap; of dates, the last day belongs to a period."""
        is_closed = self.unit(rule.start) == DAY

        def reaches(start: int, end: int | None) -> bool:
            return end is None or start < end or (is_closed and start == end)

        return reaches(one[0], other[1]) and reaches(other[0], one[1])
