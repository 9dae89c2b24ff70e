"""Takes the entities that people edited in a form: they are all there are from then on, exactly as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from bot.documents.entities.entity_specs import Cardinality, Entity, EntityField, EntitySpecs
from bot.documents.entities.renaming import followed_names
from bot.planning.built_in.changes.contradictions import Snapshot, take_back
from bot.planning.built_in.drafts.assembly import assemble
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft, Pair, Said
from bot.planning.built_in.drafts.plain_facts import forget_entity, speaks_of
from bot.planning.built_in.phrases.open_rules import is_rule_like
from bot.planning.built_in.questions.left_words import speaks_of_gone, things_told
from bot.planning.built_in.rules.open_tasks import is_open_task
from bot.planning.built_in.rules.rule_settling import leave_rules
from bot.planning.built_in.rules.rule_subjects import stems
from bot.planning.built_in.words.vocabulary import spoken, words_of

__all__ = ["take_edited"]


def take_edited(draft: Draft, specs: EntitySpecs, said: Said) -> None:
    """Put edited entities in the place of everything that was understood of entities before.

    Words that nobody could read stay quoted and become no tasks, but for those that speak of nothing but what is gone,
    or that only describe what is there by now.
    """
    before = Snapshot.of(draft)
    leave_rules(draft)
    open_before = [piece for piece in draft.unread if not is_open_task(draft, piece)]
    renamed = followed_names(assemble(deepcopy(draft)), specs)
    there = {entity.name for entity in specs.entities}
    known = {renamed.get(name, name): entity for name, entity in draft.entities.items()}
    gone = [name for name in draft.entities if renamed.get(name, name) not in there]
    for name in gone:
        if name in draft.entities:
            forget_entity(draft, name)
    forget_what_was_open(draft)
    draft.gone = [noun for noun in draft.gone if noun not in {spoken(name) for name in there}]
    draft.enums = {enum.name: enum.values for enum in specs.enums}
    draft.entities = {one.name: entity_draft(one, known.get(one.name), said) for one in specs.entities}
    draft.pairs = [*pairs_of(specs, said)]
    derive_relations(draft, specs)
    draft.unread[:] = [piece for piece in draft.unread if not speaks_of_gone(draft, piece)]
    draft.not_built[:] = [piece for piece in draft.not_built if not speaks_of_gone(draft, piece)]
    settle_unread(draft, open_before, said)
    take_back(draft, before)
    for notes in (draft.decisions, draft.assumptions):
        notes[:] = [note for note in notes if not any(speaks_of(note, spoken(name)) for name in gone)]
    draft.decide(f"The entities are as edited in the form ({said.author})")


def settle_unread(draft: Draft, pieces: list[str], said: Said) -> None:
    """Make no tasks of words that were unread before an edit; those that describe only what is there by now go."""
    for piece in pieces:
        if piece in draft.unread and not is_rule_like(piece) and is_described(draft, piece):
            draft.unread.remove(piece)
            draft.decide(f"“{piece}” goes with the entities as they were edited ({said.author})")
        elif piece in draft.unread:
            draft.left_out.append(piece)


def is_described(draft: Draft, piece: str) -> bool:
    """Tell whether everything that a piece speaks of is a thing, a field or a value, and one of it is a thing."""
    told = stems(things_told(piece))
    things, names = set[str](), set[str]()
    for entity in draft.entities.values():
        things |= stems(words_of(entity.noun))
        for field in entity.fields.values():
            for name in (field.field.name.removesuffix("_id"), *field.values):
                names |= stems(words_of(spoken(name)))
    return bool(told & things) and told <= things | names


def forget_what_was_open(draft: Draft) -> None:
    """Forget what was still to be understood of entities: the edited ones say it all."""
    for pieces in (
        draft.links, draft.rule_wishes, draft.deletions, draft.steps, draft.states, draft.finals, draft.assumed_ways,
        draft.barred_ways, draft.unreached, draft.ones, draft.descriptions, draft.undated, draft.doers,
    ):  # fmt: skip
        pieces.clear()
    draft.maybe_entity = None
    draft.people_log_in = False
    draft.is_linked_enough = draft.is_unique_settled = draft.is_use_settled = True


def entity_draft(entity: Entity, known: EntityDraft | None, said: Said) -> EntityDraft:
    """Return an entity as it was edited; under another name its rows will stay its own."""
    fields = {one.name: field_draft(one, known, said) for one in entity.fields}
    return EntityDraft(
        entity.name, known.said if known else said, fields, entity.table, entity.api_path, entity.relations,
        entity.account, entity.rules, entity.renamed_from, entity.renamed_from or entity.name,
        is_pasted=True, is_settled=True, is_listed=True,
    )  # fmt: skip


def field_draft(one: EntityField, known: EntityDraft | None, said: Said) -> FieldDraft:
    """Return a field as it was edited."""
    fields = known.fields if known else {}
    old = fields.get(one.name) or fields.get(one.renamed_from or "")
    return FieldDraft(one, old.said if old else said, type_said=True, first_name=one.renamed_from or one.name)


def pairs_of(specs: EntitySpecs, said: Said) -> Iterator[Pair]:
    """Yield the links many to many, each once."""
    seen: set[frozenset[str]] = set()
    for entity in specs.entities:
        for way in entity.relations:
            ends = frozenset({entity.name, way.target})
            if way.cardinality is Cardinality.MANY_TO_MANY and ends not in seen:
                seen.add(ends)
                yield Pair(entity.name, way.target, said, way.name)


def derive_relations(draft: Draft, specs: EntitySpecs) -> None:
    """Leave relations to what the entities' keys and pairs say, where that gives the same ones.

    Then a key that comes or goes later takes its relations along; otherwise they stay as they were edited.
    """
    derived = deepcopy(draft)
    for entity in derived.entities.values():
        entity.relations, entity.has_relations_of_keys = (), True
    found = assemble(derived)
    if all(same_relations(one, found.entity(one.name)) for one in specs.entities):
        draft.entities, draft.pairs = derived.entities, derived.pairs
    else:
        draft.pairs = []


def same_relations(one: Entity, other: Entity | None) -> bool:
    """Tell whether two entities have the same relations, in whatever order."""
    return other is not None and {*one.relations} == {*other.relations}
