"""The draft that the built-in planner fills while it reads: entities, fields, links, and what stayed open."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.documents.entities.declared_rules import DeclaredRule
from bot.documents.entities.entity_specs import EntityField, Relation
from bot.planning.built_in.phrases.deletions import Deletion
from bot.planning.built_in.phrases.rule_phrases import Wish
from bot.planning.built_in.phrases.status_ways import Ways
from bot.planning.built_in.phrases.steps import Steps
from bot.planning.built_in.words.vocabulary import spoken

__all__ = [
    "DeletionWish",
    "Description",
    "Doer",
    "Draft",
    "EntityDraft",
    "FieldDraft",
    "Link",
    "LinkKind",
    "Pair",
    "RoleTold",
    "RuleWish",
    "Said",
    "StatusSteps",
    "bare",
]


def bare(piece: str) -> str:
    """Return a piece of text with single spaces and without the marks at its ends."""
    return " ".join(piece.split()).strip(" ,;:")


@dataclass(frozen=True)
class Said:
    """Who said something, and the piece of text it was read from."""

    author: str
    quote: str


@dataclass
class FieldDraft:
    """One field as understood so far; the open flags are questions not yet answered."""

    field: EntityField
    said: Said
    words: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    open_plural: bool = False
    open_values: bool = False
    guessed_text: bool = False
    type_said: bool = False
    """The words spelled the type, so that it is no assumption."""
    clause: str = ""
    """The clause that the field was read from, where its name is not what people wrote."""
    first_name: str = ""
    """What the field was called in the first proposal: under another name its values stay its own."""
    suggested: tuple[str, ...] = ()
    """Values that people spoke of without saying that these are all: the likely answer to which there are."""
    unique_within: str = ""
    """What the value may occur once in only, which can't be built: it is not unique by itself."""


@dataclass
class EntityDraft:
    """One entity as understood so far."""

    name: str
    said: Said
    fields: dict[str, FieldDraft] = field(default_factory=dict)
    table: str = ""
    api_path: str = ""
    relations: tuple[Relation, ...] = ()
    account: bool = False
    rules: tuple[DeclaredRule, ...] = ()
    renamed_from: str | None = None
    first_name: str = ""
    """What the entity was called in the first proposal: under another name its rows stay its own."""
    is_pasted: bool = False
    has_relations_of_keys: bool = False
    """It was pasted in a form that only has foreign keys, so that its relations are derived as for any other."""
    is_settled: bool = False
    """No fields of its own are missing: it has some, or people left them to the planner."""
    is_asked: bool = False
    """People were asked what it holds: what the question promised stays true, whatever else becomes known."""
    is_listed: bool = False
    """It was named in a list of things: it is no other word for something else."""

    @property
    def noun(self) -> str:
        """Return the entity as people say it."""
        return spoken(self.name)


class LinkKind(StrEnum):
    """How sure a link is."""

    BELONGS = "belongs"
    """The subject names one object: "a task belongs to a project"."""
    OWNS = "owns"
    """Each object names one subject: "an author writes many books"."""
    HAS_MANY = "has many"
    """Open: each object may belong to one subject, or to several."""
    EVENT = "event"
    """Open: a record with dates, or only a link."""
    MANY = "many to many"
    """A record that joins the two."""


@dataclass
class Link:
    """A link between two entities, as said. ``noun`` names the record that an event would be."""

    subject: str
    verb: str
    object: str
    kind: LinkKind
    said: Said
    noun: str = ""
    subject_is_plural: bool = False
    is_settled: bool = False
    optional: bool = False
    object_is_many: bool = True
    shared: str = ""
    """The words that speak for several on both sides: "some hives have two people on them"."""

    def names_one(self, source: str, target: str) -> bool:
        """Tell whether it is certain by this link that each row of one thing names one of another."""
        ends = (self.subject, self.object)
        is_owned = self.kind is LinkKind.OWNS and ends == (target, source)
        return is_owned or (self.kind is LinkKind.BELONGS and ends == (source, target))

    def share(self, quote: str) -> None:
        """Note that several of both ends go together; a link that named one of them is open again."""
        if self.kind is LinkKind.BELONGS:
            self.subject, self.object = self.object, self.subject
        if self.kind in {LinkKind.BELONGS, LinkKind.OWNS}:
            self.kind = LinkKind.HAS_MANY
        self.shared = quote


@dataclass
class Description:
    """Fields that may be of either end of a link: "requests are filed for an apartment with a title"."""

    holder: str
    """The entity that has the fields for now."""
    other: str
    quote: str
    names: list[str] = field(default_factory=list)
    is_likely: bool = False
    """The words speak for the holder, should nothing else decide it."""
    is_open: bool = False
    """Nothing decides it: people are asked."""


@dataclass
class Pair:
    """Two entities that are linked many to many without a record of their own. ``name``: what the first calls it."""

    one: str
    other: str
    said: Said
    name: str = ""


@dataclass(frozen=True)
class Doer:
    """A record that "someone" makes: who did it may be worth keeping, or not."""

    entity: str
    said: Said


@dataclass
class RuleWish:
    """A rule as said, and where: ``entity`` and ``field`` are what the sentence was about, where it was about any."""

    wish: Wish
    said: Said
    entity: str = ""
    field: str = ""
    is_near: bool = False
    """``entity`` is only what was spoken of before: another that fits the words better is meant."""
    is_settled: bool = False
    is_change: bool = False
    """It was said about a proposal: another span in it replaces the one so far."""


@dataclass
class DeletionWish:
    """What deleting a thing does to records of it, as said."""

    deletion: Deletion
    said: Said
    is_settled: bool = False


@dataclass
class StatusSteps:
    """In which steps the status of an entity goes, as far as it was said."""

    entity: str
    steps: Steps
    said: Said
    status: str = ""
    """The field that has the values, where it is known."""
    limits: list[Ways] = field(default_factory=list)
    """What was said beside the steps: what can't be, what is final, what is possible until when."""
    limit_quotes: list[str] = field(default_factory=list)
    """The words of each of these."""
    is_whole: bool = False
    """These steps are all there are: they take the place of a rule that is declared."""

    def take(self, said: Ways, clause: str) -> None:
        """Add what a clause says: its ways to the steps, everything else to the limits."""
        limits = [replace(said, ways=(), is_whole=False)]
        for sources, targets in said.ways:
            if sources and targets:
                self.steps.go(sources, targets)
            else:
                limits.append(Ways(until=(((), targets),)) if targets else Ways(ways=((sources, ()),)))
        for limit in limits:
            if limit != Ways():
                self.limits.append(limit)
                self.limit_quotes.append(clause)
        self.is_whole = self.is_whole or said.is_whole
        self.steps.quotes.append(clause)


@dataclass
class RoleTold:
    """What some people are among others: a steward among members. A noun in the singular each."""

    noun: str
    people: str
    """Who may be so; empty where it is whoever signs in."""
    said: Said
    is_implied: bool = False
    """Nobody said that it is a role: something is left to them, and they are no thing."""
    is_taken: bool = False
    """A thing has it among the values of its role."""


@dataclass
class Draft:
    """Everything understood so far. ``unread`` are exact pieces of what people wrote."""

    title: str = ""
    first_words: str = ""
    """A title from the first words of the conversation, for as long as nothing better is known."""
    entities: dict[str, EntityDraft] = field(default_factory=dict)
    enums: dict[str, tuple[str, ...]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    rule_wishes: list[RuleWish] = field(default_factory=list)
    deletions: list[DeletionWish] = field(default_factory=list)
    steps: list[StatusSteps] = field(default_factory=list)
    states: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)
    """Things, states that people spoke of them in, and the words; a status is made of them when all was read."""
    deeds: list[str] = field(default_factory=list)
    """Unread sentences that say what somebody does: they stay open tasks."""
    finals: list[tuple[str, str, str]] = field(default_factory=list)
    """Entities, fields and values of them that nothing follows, as people said."""
    assumed_ways: list[tuple[str, str, tuple[str, str]]] = field(default_factory=list)
    """Entities, fields and changes of them that nobody spoke of: what is said of their values takes their place."""
    barred_ways: list[tuple[str, str, tuple[str, str]]] = field(default_factory=list)
    """Entities, fields and changes of them that people ruled out: no assumption opens them again."""
    unreached: list[tuple[str, str, str]] = field(default_factory=list)
    """Entities, fields and values of them that nothing leads to, as people said."""
    ones: list[tuple[str, str]] = field(default_factory=list)
    """Records of which there is at most one for each of something: ``("Claim", "Parcel")``."""
    roles: list[RoleTold] = field(default_factory=list)
    """What some people are among others; what they may do is a rule."""
    descriptions: list[Description] = field(default_factory=list)
    undated: list[tuple[str, str]] = field(default_factory=list)
    """Records of which nobody said when they are so far, each with the noun that tells which dates it has."""
    doers: list[Doer] = field(default_factory=list)
    """Records whose "someone" nobody was asked about yet."""
    unread: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """Unread pieces of which people said that they want to do without."""
    asked: list[str] = field(default_factory=list)
    """Unread pieces about which a question of their own was asked: they stay as they are."""
    counts_all: set[str] = field(default_factory=set)
    """Things of which people want every record to count, whatever its status."""
    not_built: list[str] = field(default_factory=list)
    """What was understood, but can't be built: the review quotes it, and nobody is asked for other words."""
    assumptions: list[str] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    language: str = ""
    """A language other than English that people wrote in: nothing but shorthand was read there."""
    maybe_entity: Said | None = None
    """A head noun that may be the whole service or one of its things ("a recipe with ingredients")."""
    other_words: dict[str, str] = field(default_factory=dict)
    """Shorter names that entities go by: ``Station`` → ``MeasuringStation``."""
    same: list[str] = field(default_factory=list)
    """Names of which people said that they are other words for a thing: none becomes a thing again."""
    criteria: dict[str, str] = field(default_factory=dict)
    """The acceptance criteria of a pasted requirements document, by number."""
    told: list[tuple[str, str, str]] = field(default_factory=list)
    """Plain sentences of a pasted requirements document that are still to be read: number, sentence, author."""
    said: tuple[str, ...] = ()
    """All that people wrote so far, to quote whole sentences from."""
    apart: list[frozenset[str]] = field(default_factory=list)
    """Pairs of things of which people said that they aren't linked: no question proposes a link between them."""
    gone: list[str] = field(default_factory=list)
    """What people took back: things that were no things."""
    dropped: list[str] = field(default_factory=list)
    """The words of rules that people took back: they say nothing in the place of other words."""
    is_linked_enough: bool = False
    is_unique_settled: bool = False
    is_use_settled: bool = False
    people_log_in: bool = False
    """Somebody said that people log in: the service gets accounts."""
    is_unread_asked: bool = False

    def entity(self, name: str, said: Said) -> EntityDraft:
        """Return the entity of that name, adding it where it is new."""
        return self.entities.setdefault(name, EntityDraft(name, said))

    @property
    def extent(self) -> tuple[int, int, int]:
        """Return how many things, fields and links it has, to tell whether words added any."""
        fields = sum(len(entity.fields) for entity in self.entities.values())
        return len(self.entities), fields, len(self.links) + len(self.pairs)

    @property
    def nouns(self) -> set[str]:
        """Return what things, fields and values of several words are called, and the records that links would be."""
        fields = {spoken(name) for entity in self.entities.values() for name in entity.fields}
        ends = {spoken(name) for link in self.links for name in (link.subject, link.object, link.noun)}
        values = {
            spoken(one) for entity in self.entities.values() for field in entity.fields.values() for one in field.values
        }
        return (
            {entity.noun for entity in self.entities.values()} | fields | ends | {one for one in values if " " in one}
        )

    def remember_names(self) -> None:
        """Remember what everything is called in the proposal that changes are said about."""
        for entity in self.entities.values():
            entity.first_name = entity.name
            for one in entity.fields.values():
                one.first_name = one.field.name

    def link(self, link: Link) -> None:
        """Add a link, unless the same was said already."""
        said = (link.subject, link.verb, link.object)
        if not any((other.subject, other.verb, other.object) == said for other in self.links):
            self.links.append(link)

    def keep_apart(self, one: str, other: str) -> None:
        """Take back what was said to link two things, and propose no link between them again."""
        self.apart.append(frozenset((one, other)))
        self.links = [link for link in self.links if {link.subject, link.object} != {one, other}]
        self.pairs = [pair for pair in self.pairs if {pair.one, pair.other} != {one, other}]
        self.is_linked_enough |= set(self.entities) <= {one, other}

    def has_link(self, one: str, other: str) -> bool:
        """Tell whether anything that was said links two things, whichever way."""
        return any({link.subject, link.object} == {one, other} for link in self.links)

    def references(self, source: str, target: str) -> bool:
        """Tell whether an entity has a foreign key to another."""
        fields = self.entities[source].fields.values() if source in self.entities else ()
        return any(field.field.foreign_key == target for field in fields)

    def point_to(self, old: str, new: str) -> None:
        """Let each foreign key and each link that names one thing name another."""
        for entity in self.entities.values():
            for key in [one for one in entity.fields.values() if one.field.foreign_key == old]:
                key.field = key.field.model_copy(update={"foreign_key": new})
        for link in self.links:
            link.subject = new if link.subject == old else link.subject
            link.object = new if link.object == old else link.object

    def values_of(self, field: FieldDraft) -> tuple[str, ...]:
        """Return the values that a field has, said or pasted, or nothing."""
        return field.values or self.enums.get(field.field.type.name, ())

    def assume(self, sentence: str) -> None:
        """Note an assumption once."""
        if sentence not in self.assumptions:
            self.assumptions.append(sentence)

    def decide(self, sentence: str) -> None:
        """Note what a person decided, once."""
        if sentence not in self.decisions:
            self.decisions.append(sentence)

    def leave(self, piece: str) -> None:
        """Keep a piece of text that nothing was made of."""
        piece = bare(piece)
        if any(letter.isalnum() for letter in piece) and piece not in self.unread:
            self.unread.append(piece)

    def leave_unasked(self, piece: str) -> None:
        """Keep a piece that nothing is to be made of: it is quoted, and nobody is asked about it."""
        self.leave(piece)
        self.left_out.append(bare(piece))

    def leave_deed(self, piece: str) -> None:
        """Keep words that say what somebody does or what happens as an open task."""
        self.leave(piece)
        self.deeds.append(bare(piece))

    def keep_open(self, piece: str) -> None:
        """Keep a piece that was understood but can't be built, for the open points of the review."""
        if piece not in self.not_built:
            self.not_built.append(piece)
