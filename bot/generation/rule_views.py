"""What templates are told about declared rules: how each is stated, what the database keeps, and what tests try."""

from __future__ import annotations

from dataclasses import dataclass

from bot.generation.fields import FieldView
from bot.generation.kinds.base import BASES
from bot.generation.rule_rows import CountView, RuleParent, StateView, WhileView
from bot.generation.values import (
    Expression,
    Identifier,
    MarkdownCode,
    MarkdownText,
    PythonLiteral,
    SlugOrPath,
    Words,
    join_imports,
)

__all__ = [
    "DerivationView",
    "LimitView",
    "OneOpenView",
    "OverlapView",
    "OwnedStep",
    "OwnerView",
    "RuleCheck",
    "RuleIndex",
    "RulesView",
    "SourceView",
    "StampView",
    "StepView",
    "TransitionView",
]


@dataclass(frozen=True)
class RuleIndex:
    """A unique index of some rows, in plain words of SQL."""

    name: str
    column: str
    where: str


@dataclass(frozen=True)
class RuleCheck:
    """A CHECK constraint; ``short`` is its name without what the naming convention adds."""

    name: str
    short: str
    condition: str


@dataclass(frozen=True)
class DerivationView:
    """A field that follows from another."""

    rule: PythonLiteral
    attribute: Identifier
    source: Identifier
    key: PythonLiteral
    source_key: PythonLiteral
    label: Words
    source_label: Words
    type: Expression
    source_type: Expression
    formula: Expression
    function: Identifier
    cases: PythonLiteral
    """What is sent of the source, and what is derived."""
    has_cases: bool
    is_unique: bool
    """Whether no two rows may have the same source."""
    too_late: PythonLiteral | None
    """A source that nothing can follow, where a client gives it."""
    span: Expression
    read: Expression
    """The derived value of an answer called ``row``."""
    read_source: Expression
    """The same of its source, as the span is added to it."""
    follows_clock: bool
    """Whether the source is filled in at creation."""


@dataclass(frozen=True)
class SourceView:
    """A field that others follow from."""

    attribute: Identifier
    label: Words
    annotation: Expression
    optional: bool
    derivations: tuple[DerivationView, ...]


@dataclass(frozen=True)
class StampView:
    """A field that the clock fills in, and the function that tells it."""

    attribute: Identifier
    tell: Identifier


@dataclass(frozen=True)
class StepView:
    """One step of a status: its own route."""

    path: PythonLiteral
    example: SlugOrPath
    segment: PythonLiteral
    operation: PythonLiteral
    summary: PythonLiteral
    function: Identifier
    label: Words
    key: PythonLiteral
    value: PythonLiteral


@dataclass(frozen=True)
class TransitionView:
    """A status and its ways."""

    rule: PythonLiteral
    attribute: Identifier
    constant: Identifier
    """Begins the names of the tests' constants."""
    key: PythonLiteral
    label: Words
    values: PythonLiteral
    initial: PythonLiteral
    ways: PythonLiteral
    steps: PythonLiteral
    """The last part of each step's path, and the value that it leads to."""


@dataclass(frozen=True)
class OneOpenView:
    """At most one open row for each parent."""

    rule: PythonLiteral
    name: Identifier
    attribute: Identifier
    """The key of the parent in the model."""
    parent: RuleParent
    opened: PythonLiteral
    closed: PythonLiteral
    rows: tuple[PythonLiteral, PythonLiteral, PythonLiteral] | None
    """An open row, a closed one and another open one, apart from each other's periods; None where nothing is."""


@dataclass(frozen=True)
class OverlapView:
    """Periods of one parent that lie apart."""

    rule: PythonLiteral
    name: Identifier
    parent: RuleParent
    turns: PythonLiteral | None
    """What is sent in turn, and whether it is accepted; None where no client chooses periods freely."""
    taken: PythonLiteral
    """The period of the first turn."""
    beside: PythonLiteral
    """The same period in a row that is in nobody's way otherwise."""
    status: PythonLiteral | None = None
    """The key of the status by which rows don't count; None where every row does."""
    left_out: PythonLiteral | None = None
    """Each of its values by which a row doesn't count, with one to which it may go on and count; or None for that."""


@dataclass(frozen=True)
class LimitView:
    """A moment that has to come in time after another."""

    rule: PythonLiteral
    name: Identifier
    in_time: PythonLiteral
    too_late: PythonLiteral
    change: PythonLiteral
    """The part of what is too late that a change sends."""


@dataclass(frozen=True)
class OwnedStep:
    """A step of a status that is left to an owner."""

    field: Identifier
    key: PythonLiteral
    before: PythonLiteral
    after: PythonLiteral
    place: SlugOrPath
    """The last part of the step's path."""


@dataclass(frozen=True, kw_only=True)
class LeftView:
    """An action that is left to somebody."""

    line: Expression
    text: PythonLiteral
    name: Identifier
    """The action, for the names of tests."""
    action: str
    """One of the four actions, or nothing for a step."""
    refusal: PythonLiteral
    """The words with which everybody else is refused: those of the rule that is looked at first."""
    stranger: Expression
    """The role of whom tests let be refused, after a comma; empty where it is the one that registration gives."""
    first: PythonLiteral
    """The words of the first rule about just this action."""
    steps: tuple[OwnedStep, ...]
    waived: PythonLiteral | None = None
    """The rule that leaves changes to somebody else, of a step that its own account takes all the same."""

    @property
    def is_create(self) -> bool:
        """Tell whether it is about new rows."""
        return self.action == "create"

    @property
    def is_read(self) -> bool:
        """Tell whether it is about what people see."""
        return self.action == "read"

    @property
    def is_update(self) -> bool:
        """Tell whether it is about changes."""
        return self.action == "update"

    @property
    def is_delete(self) -> bool:
        """Tell whether it is about rows that go."""
        return self.action == "delete"


@dataclass(frozen=True, kw_only=True)
class OwnerView(LeftView):
    """An action that is left to the account which a row names."""

    parent: RuleParent


@dataclass(frozen=True, kw_only=True)
class RoleView(LeftView):
    """An action that is left to accounts with one of some roles."""

    role: Expression
    """One of the roles, as the service writes it."""
    needs_own: bool
    """Whether who has the role may read the own rows only."""


@dataclass(frozen=True)
class ToldRule:
    """How the README tells a rule: in a plain sentence, with the notation of the documents beside it."""

    sentence: MarkdownText
    notation: MarkdownCode


@dataclass(frozen=True)
class RulesView:
    """All rules of an entity; empty where it has none."""

    texts: tuple[ToldRule, ...] = ()
    """How people read them."""
    words: tuple[PythonLiteral, ...] = ()
    held: tuple[PythonLiteral, ...] = ()
    """The words of those that are about rows, whoever acts."""
    lines: tuple[Expression, ...] = ()
    """The rules as `RuleBook` takes them."""
    imports: tuple[Expression, ...] = ()
    parents: tuple[RuleParent, ...] = ()
    """One for each other entity that a rule's line names."""
    indexes: tuple[RuleIndex, ...] = ()
    checks: tuple[RuleCheck, ...] = ()
    table_arguments: tuple[Expression, ...] = ()
    constraints: tuple[tuple[PythonLiteral, PythonLiteral], ...] = ()
    """What a database says when it refuses a row, and the rule behind it."""
    derivations: tuple[DerivationView, ...] = ()
    sources: tuple[SourceView, ...] = ()
    stamps: tuple[StampView, ...] = ()
    transitions: tuple[TransitionView, ...] = ()
    steps: tuple[StepView, ...] = ()
    one_open: tuple[OneOpenView, ...] = ()
    overlaps: tuple[OverlapView, ...] = ()
    limits: tuple[LimitView, ...] = ()
    counts: tuple[CountView, ...] = ()
    owners: tuple[OwnerView, ...] = ()
    roles: tuple[RoleView, ...] = ()
    left: tuple[LeftView, ...] = ()
    """What is left to owners and to roles, in the order in which it was declared."""
    whiles: tuple[WhileView, ...] = ()
    lets_create: tuple[StateView, ...] = ()
    lets_update: tuple[StateView, ...] = ()
    lets_delete: tuple[StateView, ...] = ()
    """What tests change of the rows that they made before a row can be made, changed or deleted."""
    seeded: tuple[StateView, ...] = ()
    """What rows for development must be like before a new one names them."""
    watched: frozenset[str] = frozenset()
    """The fields that rules are about."""
    status_names: frozenset[str] = frozenset()
    derived_keys: tuple[PythonLiteral, ...] = ()
    """The fields that follow from others."""

    def __bool__(self) -> bool:
        """Tell whether there is any rule."""
        return bool(self.lines or self.left)

    @property
    def owner_keys(self) -> tuple[RuleParent, ...]:
        """Return the foreign keys to owners, each once."""
        return tuple({owner.parent.key: owner.parent for owner in self.owners}.values())

    @property
    def model_lines(self) -> tuple[Expression, ...]:
        """Return what the model needs imports for."""
        stamped = [Expression("base", frozenset({BASES}))] if self.stamps else []
        return (*stamped, *(item.formula for item in self.derivations), *(item.annotation for item in self.sources))

    def closeness(self, item: FieldView) -> int:
        """Return how much a change of a field has to do with rules; that of a source changes other fields too."""
        is_source = any(item.attribute == source.attribute for source in self.sources)
        return is_source + (item.field.name in self.watched)

    @property
    def has_tested_values(self) -> bool:
        """Tell whether tests name values of enums."""
        return any("enums." in view.values.text for view in self.whiles)

    @property
    def has_guarded_deletes(self) -> bool:
        """Tell whether rows can't be deleted at any time."""
        return any(view.action == "delete" for view in self.whiles)

    @property
    def letting(self) -> dict[Identifier, tuple[StateView, ...]]:
        """Return what tests change before each action, without the actions for which nothing is changed."""
        changed = {"create": self.lets_create, "update": self.lets_update, "delete": self.lets_delete}
        return {Identifier(action): states for action, states in changed.items() if states}

    @property
    def letting_modules(self) -> tuple[StateView, ...]:
        """Return one status for each entity whose rows tests change before they try something."""
        states = [state for changed in self.letting.values() for state in changed]
        return tuple({state.module.text: state for state in states}.values())

    @property
    def letting_imports(self) -> tuple[Expression, ...]:
        """Return the import lines of what tests change before they try something."""
        return join_imports(state.value for changed in self.letting.values() for state in changed)

    @property
    def seeded_imports(self) -> tuple[Expression, ...]:
        """Return the import lines of what rows for development are made ready with."""
        return join_imports(state.value for state in self.seeded)

    @property
    def seeded_modules(self) -> tuple[StateView, ...]:
        """Return one status for each entity whose rows for development are made ready."""
        return tuple({state.module.text: state for state in self.seeded}.values())

    @property
    def tested_periods(self) -> tuple[OverlapView, ...]:
        """Return the periods that tests can choose."""
        return tuple(view for view in self.overlaps if view.turns is not None)

    @property
    def follows_clock(self) -> bool:
        """Tell whether anything follows from what the clock fills in."""
        return any(item.follows_clock for item in self.derivations)

    @property
    def makes_rows(self) -> bool:
        """Tell whether the tests make rows of the entity apart from HTTP."""
        return bool(self.is_tried_with_cases or self.counts)

    @property
    def is_tried_with_cases(self) -> bool:
        """Tell whether tests that make rows are asked for many cases, or for what the repository refuses."""
        leaves_out = any(view.status for view in self.tested_periods)
        return bool(self.transitions or self.one_open or self.whiles or leaves_out)

    @property
    def has_cases(self) -> bool:
        """Tell whether any test is asked for many cases, or for what the repository refuses."""
        return self.is_tried_with_cases or any(item.has_cases and not item.follows_clock for item in self.derivations)

    @property
    def link_refusal(self) -> PythonLiteral:
        """Return the words with which a stranger is refused who links to a row: as one who would change it."""
        return next(left.refusal for action in ("read", "update") for left in self.left if left.action == action)

    @property
    def has_strangers(self) -> bool:
        """Tell whether those whom tests of owners let be refused need another role than registration gives."""
        return any(owner.stranger.text for owner in self.owners)

    @property
    def names_fields(self) -> bool:
        """Tell whether any rule names a field of the model; what is left to roles names only the status of a step."""
        return bool(self.lines or self.owners) or any(view.steps for view in self.roles)

    @property
    def hides_rows(self) -> bool:
        """Tell whether reading is left to somebody."""
        return any(left.is_read for left in self.left)

    @property
    def reads_by_role(self) -> bool:
        """Tell whether reading is left to roles."""
        return any(view.is_read for view in self.roles)

    @property
    def names_trusted(self) -> bool:
        """Tell whether the tests of roles need rows that name who has the role, who could not read them otherwise."""
        return any(view.needs_own and not view.is_create for view in self.roles)

    @property
    def creates_by_role(self) -> bool:
        """Tell whether new rows are left to roles."""
        return any(view.is_create for view in self.roles)

    @property
    def changes_by_role(self) -> bool:
        """Tell whether the tests of roles need stored rows."""
        return any(not view.is_create for view in self.roles)

    @property
    def sends_by_role(self) -> bool:
        """Tell whether the tests of roles send fields, rather than only empty changes."""
        has_steps = any(view.steps for view in self.roles)
        return self.creates_by_role or has_steps or self.names_trusted

    @property
    def deletes_by_role(self) -> bool:
        """Tell whether deletes are left to roles."""
        return any(view.is_delete for view in self.roles)

    @property
    def updates_by_role(self) -> bool:
        """Tell whether changes are left to roles."""
        return any(view.is_update for view in self.roles)

    @property
    def creates_owned(self) -> bool:
        """Tell whether new rows are left to owners."""
        return any(owner.is_create for owner in self.owners)

    @property
    def deletes_owned(self) -> bool:
        """Tell whether deletes are left to owners."""
        return any(owner.is_delete for owner in self.owners)

    @property
    def owner_state(self) -> Expression:
        """Return the arguments with which a factory makes an account that rows can name, each after a comma."""
        return next((key.state for key in self.owner_keys if key.state.text), Expression(""))

    @property
    def changes_owned(self) -> bool:
        """Tell whether the tests need stored rows that somebody owns."""
        return any(not owner.is_create for owner in self.owners)

    @property
    def tested_parents(self) -> tuple[RuleParent, ...]:
        """Return one parent for each entity whose rows the tests of rules make."""
        parents = [*(view.parent for view in self.one_open), *(view.parent for view in self.tested_periods)]
        parents += [view.parent for view in self.counts]
        parents += [parent for view in self.whiles for parent in (view.parent, view.needs) if parent is not None]
        return tuple({parent.module.text: parent for parent in parents}.values())
