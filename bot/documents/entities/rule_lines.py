"""One declared rule as a line: read in the spellings that people use, written in one. Linear in the line's length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

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
    Span,
    StatusChange,
    TimeUnit,
    Transition,
)
from bot.documents.entities.entity_lines import Names, is_count
from bot.documents.naming import pascal_case, snake_case
from bot.documents.text.quoted_text import closing_quote, in_quotes, unquoted_value
from bot.documents.text.reading import quote
from bot.patterns import regex

__all__ = ["RuleLine", "continues_transition", "is_transition", "read_rule_line", "write_rule"]

MARK = regex('"|[,;|]|-->|->|=>|[→⇒⟶➔➜]')
MEANINGS = {",": ",", ";": ",", "|": "|"}
"""What a mark outside quotes means; every other one is an arrow."""
UNITS = {
    "day": (1, TimeUnit.DAYS),
    "days": (1, TimeUnit.DAYS),
    "hour": (1, TimeUnit.HOURS),
    "hours": (1, TimeUnit.HOURS),
    "week": (7, TimeUnit.DAYS),
    "weeks": (7, TimeUnit.DAYS),
}
WRITTEN_AS = {"change": "update", "edit": "update", "modify": "update", "remove": "delete", "add": "create"}
"""What people call the actions that may depend on a status or a role."""
BY_ROLE = (["only", "by", "role"], ["only", "by", "roles"])
IS = frozenset({"is", "are", "=", "in"})
LONGEST_NAME = 200
MOST_SOURCES = 20
"""Values before one arrow; each gets every value after it, so more would not be read in linear time."""


@dataclass
class RuleLine:
    """What was read from a rule's line; ``rule`` is None where the line has none of the forms."""

    rule: DeclaredRule | None = None
    entity: str = ""
    """The entity that the line names; empty where it speaks of the one it stands in."""
    renamed: list[str] = field(default_factory=list)
    """Names that were mapped, in words."""
    notes: list[str] = field(default_factory=list)
    """What else was mapped, in words."""
    problem: str = "it has none of the forms of a rule"
    """Why there is no rule, to follow “because”."""


class NotOfThisForm(Exception):  # noqa: N818 - not an error: the next form is tried
    """A line that begins like a form does not go on like it."""


class LineReader:
    """Reads one line, collecting which entities it names and what was mapped."""

    def __init__(self, names: Names) -> None:
        """Resolve names among these."""
        self.names = names
        self.about: dict[str, None] = {}
        self.renamed: list[str] = []
        self.notes: list[str] = []

    def read(self, text: str) -> DeclaredRule | None:
        """Return the rule of the line, by the first form that it has."""
        forms = (self.transition, self.one_open, self.derived, self.no_overlap, self.latest)
        for form in (*forms, self.only_by, self.only_by_role, self.only_while, self.at_most):
            try:
                return form(text)
            except NotOfThisForm:
                self.renamed.clear()
                self.notes.clear()
                self.about.clear()
        return None

    # --------------------------------------------------------------------------------------------------------- forms

    def transition(self, text: str) -> Transition:
        """Read ``transition FIELD: A -> B, B -> A | C``."""
        keyword, _, rest = text.replace("\t", " ").partition(" ")
        rest = rest.strip()
        if rest.lower().startswith("of "):
            rest = rest[3:].strip()
        if keyword.lower() not in {"transition", "transitions"} or not rest:
            raise NotOfThisForm
        spelled = rest.split(None, 1)[0].partition(":")[0]
        changes = self.changes(rest[len(spelled) :].strip().removeprefix(":"))
        return Transition(field=self.name(spelled), changes=changes)

    def one_open(self, text: str) -> OneOpen:
        """Read ``one open ENTITY per RELATION until FIELD``."""
        words = text.split()
        lower = [word.lower() for word in words]
        if len(words) < 7 or lower[:2] != ["one", "open"] or (lower[-4], lower[-2]) != ("per", "until"):
            raise NotOfThisForm
        entity = self.entity(" ".join(words[2:-4]))
        return OneOpen(entity=entity, relation=self.name(words[-3]), until=self.name(words[-1]))

    def derived(self, text: str) -> DerivedMoment:
        """Read ``FIELD = FIELD + N days``."""
        left, equals, right = text.partition("=")
        source, plus, span = right.partition("+")
        if not equals or not plus:
            raise NotOfThisForm
        return DerivedMoment(field=self.name(left), source=self.name(source), span=self.span(span.split()))

    def no_overlap(self, text: str) -> NoOverlap:
        """Read ``no overlap of FIELD, FIELD per RELATION unless FIELD is A | B``; without ``unless`` all count."""
        text, _, rows = text.partition(" unless ")
        words = text.split()
        lower = [word.lower() for word in words]
        if len(words) < 5 or lower[:2] != ["no", "overlap"] or lower[-2] != "per":
            raise NotOfThisForm
        first = 3 if lower[2] in {"of", "between"} else 2
        start, comma, end = " ".join(words[first:-2]).partition(",")
        if not comma:
            between = words[first:-2]
            if len(between) != 3 or between[1].lower() not in {"and", "to", "-", "–"}:
                raise NotOfThisForm
            start, end = between[0], between[2]
        rule = NoOverlap(start=self.name(start), end=self.name(end), relation=self.name(words[-1]))
        return rule.model_copy(update=self.state(rows, "unless")) if rows else rule

    def latest(self, text: str) -> LatestAfter:
        """Read ``FIELD at most N hours after FIELD``, also said as ``FIELD within N hours of FIELD``."""
        words = text.split()
        lower = [word.lower() for word in words]
        said = lower[1:-4] == ["at", "most"] and lower[-2] == "after"
        within = lower[1:-4] == ["within"] and lower[-2] in {"after", "of"}
        if not said and not within:
            raise NotOfThisForm
        return LatestAfter(field=self.name(words[0]), span=self.span(words[-4:-2]), after=self.name(words[-1]))

    def only_by(self, text: str) -> ActionByOwner:
        """Read ``ACTION only by FIELD``."""
        words = text.split()
        lower = [word.lower() for word in words]
        if len(words) < 4 or lower[-3:-1] != ["only", "by"]:
            raise NotOfThisForm
        return ActionByOwner(action=self.name("_".join(words[:-3])), field=self.name(words[-1]))

    def only_by_role(self, text: str) -> ActionByRole:
        """Read ``ACTION only by role A | B``."""
        words = text.split()
        lower = [word.lower() for word in words]
        at = next((at for at in range(1, len(lower)) if lower[at : at + 3] in BY_ROLE), 0)
        named = text.split(None, at + 3)[at + 3 :]
        if not at or not named:
            raise NotOfThisForm
        return ActionByRole(action=self.action("_".join(words[:at])), roles=self.values(named[0]))

    def only_while(self, text: str) -> OnlyWhile:
        """Read ``ACTION only while RELATION.FIELD is A | B``; without a relation, the field is the entity's own."""
        words = text.split(None, 5)
        lower = [word.lower() for word in words[:5]]
        said = len(words) == 6 and lower[1] == "only" and lower[2] in {"while", "when", "if"}
        if not said or lower[4] not in IS:
            raise NotOfThisForm
        values = self.values(words[5])
        relation, dot, field = words[3].strip("`*").rpartition(".")
        is_path = "." not in relation and bool(relation) == bool(dot)
        if not is_path:
            raise NotOfThisForm
        return OnlyWhile(
            action=self.action(words[0]),
            relation=self.name(relation) if relation else "",
            field=self.name(field),
            values=values,
        )

    def at_most(self, text: str) -> AtMost:
        """Read ``at most N ENTITY per RELATION and FIELD``, ``until FIELD`` or ``while FIELD is A | B``, or neither."""
        text, _, rows = text.partition(" while ")
        words = text.split()
        lower = [word.lower() for word in words]
        until = words[-1] if lower[-2:-1] == ["until"] else ""
        said = words[: -2 if until else len(words)]
        day = said[-1] if lower[: len(said)][-2:-1] == ["and"] else ""
        said = said[: -2 if day else len(said)]
        if len(said) < 6 or lower[:2] != ["at", "most"] or lower[len(said) - 2] != "per":
            raise NotOfThisForm
        relation, count = self.name(said[-1]), said[2].strip("`*")
        holder, dot, field = count.rpartition(".")
        if not is_count(count) and not (dot and self.name(holder) == relation):
            raise NotOfThisForm
        rule = AtMost(
            entity=self.entity(" ".join(said[3:-2])),
            relation=relation,
            count=0 if dot else int(count),
            limit=self.name(field) if dot else "",
            day=self.name(day) if day else "",
            until=self.name(until) if until else "",
        )
        return rule.model_copy(update=self.state(rows, "status")) if rows else rule

    # --------------------------------------------------------------------------------------------------------- parts

    def state(self, text: str, part: str) -> dict[str, object]:
        """Return the own status of which a line speaks, and its values: ``status is cancelled | declined``.

        ``part``: what a rule calls the status.
        """
        words = text.split(None, 2)
        if len(words) < 3 or words[1].lower() not in IS:
            raise NotOfThisForm
        return {part: self.name(words[0]), "values": self.values(words[2])}

    def action(self, spelled: str) -> str:
        """Return what is done, as the forms call it."""
        action = self.name(spelled)
        if action in WRITTEN_AS:
            self.renamed.append(f"{quote(action)} is called {WRITTEN_AS[action]}")
        return WRITTEN_AS.get(action, action)

    def values(self, text: str) -> tuple[str, ...]:
        """Return the values that a line names, each once: ``cancelled | declined``."""
        read = list(pieces(text))
        values = tuple(dict.fromkeys(value for mark, value in read if not mark))
        if not values or any(mark == "->" for mark, _ in read):
            raise NotOfThisForm
        return values

    def entity(self, spelled: str) -> str:
        """Return the entity whose rows are counted, noted as what the line is about."""
        entity = self.names.entity(spelled)
        if entity in self.names.entities:
            self.about[entity] = None
        else:
            entity = pascal_case(entity) or entity
        if entity != spelled:
            self.renamed.append(f"{quote(spelled)} is called {entity}")
        if " " in entity:
            raise NotOfThisForm
        return entity

    def name(self, spelled: str) -> str:
        """Return a name as the code has it; ``Loan.due_on`` says which entity the line is about."""
        word = spelled.strip().strip("`*")
        head, dot, tail = word.partition(".")
        if dot:
            entity = self.names.entity(head)
            if entity not in self.names.entities:
                raise NotOfThisForm
            self.about[entity] = None
            word = tail
        name = snake_case(word) or word
        if len(word) > LONGEST_NAME or not name.replace("_", "x").isalnum():
            raise NotOfThisForm
        if name != word:
            self.renamed.append(f"{quote(word)} is called {name}")
        return name

    def span(self, words: list[str]) -> Span:
        """Return the span that two words name, such as ``14 days``; weeks are counted in days."""
        if len(words) != 2 or not is_count(words[0]) or words[1].lower() not in UNITS:
            raise NotOfThisForm
        factor, unit = UNITS[words[1].lower()]
        span = Span(count=int(words[0]) * factor, unit=unit)
        if factor != 1:
            self.notes.append(f"{' '.join(words)} is taken as {span.count} {span.unit}")
        return span

    def changes(self, text: str) -> tuple[StatusChange, ...]:
        """Return the ways of ``A -> B, B -> A | C``; chains and several values before an arrow are taken apart."""
        ways: dict[str, dict[str, None]] = {}
        last: list[str] = []
        for groups in clauses(text):
            is_further = len(groups) == 1 and bool(last)
            clause = [last, *groups] if is_further else groups
            if is_further:
                self.notes.append(f"{quote(', '.join(groups[0]))} may follow {quote(', '.join(last))} too")
            if len(clause) < 2 or not all(clause):
                raise NotOfThisForm
            for sources, targets in pairwise(clause):
                if len(sources) > MOST_SOURCES:
                    raise NotOfThisForm
                for source in sources:
                    ways.setdefault(source, {}).update(dict.fromkeys(targets))
            last = clause[-2]
        if not ways:
            raise NotOfThisForm
        return tuple(StatusChange(source=source, targets=tuple(targets)) for source, targets in ways.items())


def read_rule_line(text: str, names: Names) -> RuleLine:
    """Return the rule that a line declares, which entity it names, and what was mapped."""
    line = " ".join(text.strip().strip("`").rstrip(".;").split()) if '"' not in text else text.strip()
    entity, line = without_entity(line, names)
    reader = LineReader(names)
    rule = reader.read(line)
    if rule is None:
        return RuleLine(entity=entity)
    about = dict.fromkeys([*([entity] if entity else []), *reader.about])
    if len(about) > 1:
        return RuleLine(problem=f"it speaks of {' and '.join(about)}, and a rule is about one entity")
    return RuleLine(rule, next(iter(about), ""), reader.renamed, reader.notes, problem="")


def without_entity(line: str, names: Names) -> tuple[str, str]:
    """Split ``Loan: one open …`` into the entity and the rule; ``transition status: …`` names no entity."""
    head, colon, rest = line.partition(":")
    names_field = len(head.split(None, 2)) > 1 and is_transition(head)
    entity = names.entity(head) if colon and not names_field else ""
    return (entity, rest.strip()) if entity in names.entities else ("", line)


def is_transition(text: str) -> bool:
    """Tell whether a line declares a transition, with or without an entity before it."""
    return "transition" in text[:LONGEST_NAME].lower().split()


def continues_transition(text: str) -> bool:
    """Tell whether a line is only ways of a transition, such as ``DONE -> CLOSED`` under ``transition status:``."""
    return not is_transition(text) and any(mark == "->" for mark, _ in pieces(text))


def clauses(text: str) -> Iterator[list[list[str]]]:
    """Yield each clause between commas as its groups of values between arrows; a missing value is an empty group."""
    clause: list[list[str]] = [[]]
    for mark, value in [*pieces(text), (",", "")]:
        if mark == "->":
            clause.append([])
        elif mark == ",":
            if clause != [[]]:
                yield clause
            clause = [[]]
        elif not mark:
            clause[-1].append(value)


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield the values and marks of a transition: an arrow as ``->``, a bar as ``|``, a comma as ``,``."""
    start = position = 0
    can_close = True
    while found := MARK.search(text, position):
        mark, position = found.group(), found.end()
        if mark == '"':
            closing = closing_quote(text, position) if can_close else None
            can_close = closing is not None
            position = position if closing is None else closing + 1
            continue
        yield from values_of(text[start : found.start()])
        yield MEANINGS.get(mark, "->"), ""
        start = position
    yield from values_of(text[start:])


def values_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield the values between two marks: one, or several with “or” between them; none where there is only space."""
    stripped = text.strip()
    if not stripped:
        return
    if stripped.isidentifier() and stripped.lower() != "or":
        yield "", stripped
        return
    if stripped.startswith('"'):
        yield "", unquoted_value(stripped) or ""
        return
    words: list[str] = []
    for word in [*stripped.split(), "or"]:
        if word.lower() != "or":
            words.append(word)
        elif words:
            yield "", " ".join(words).strip("'`")
            words = []


def write_rule(rule: DeclaredRule) -> str:
    """Return a rule as the grammar writes it; reading it again gives the same rule."""
    match rule:
        case Transition():
            ways = (
                f"{written_value(change.source)} -> {' | '.join(written_value(one) for one in change.targets)}"
                for change in rule.changes
            )
            return f"transition {rule.field}: {', '.join(ways)}"
        case OneOpen():
            return f"one open {rule.entity} per {rule.relation} until {rule.until}"
        case DerivedMoment():
            return f"{rule.field} = {rule.source} + {rule.span.count} {rule.span.unit}"
        case NoOverlap():
            unless = f" unless {rule.unless} is {' | '.join(map(written_value, rule.values))}" if rule.unless else ""
            return f"no overlap of {rule.start}, {rule.end} per {rule.relation}{unless}"
        case LatestAfter():
            return f"{rule.field} at most {rule.span.count} {rule.span.unit} after {rule.after}"
        case ActionByOwner():
            return f"{rule.action} only by {rule.field}"
        case OnlyWhile():
            return f"{rule.action} only while {rule.path} is {' | '.join(map(written_value, rule.values))}"
        case ActionByRole():
            return f"{rule.action} only by role {' | '.join(map(written_value, rule.roles))}"
        case AtMost():
            until = f" until {rule.until}" if rule.until else ""
            counts = f" while {rule.status} is {' | '.join(map(written_value, rule.values))}" if rule.status else ""
            day = f" and {rule.day}" if rule.day else ""
            return f"at most {rule.number} {rule.entity} per {rule.relation}{day}{until}{counts}"


def written_value(value: str) -> str:
    """Return a value of a status, in quotes where it is more than a plain word."""
    is_word = value.isascii() and value.replace("_", "").isalnum() and value.lower() != "or"
    return value if is_word else in_quotes(value)
