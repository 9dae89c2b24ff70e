"""Takes pasted documents, SQL and JDL out of what people write, and puts what they say into the draft."""

from __future__ import annotations

from bot.documents.entities.entity_specs import Entity
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.entities.rule_lines import write_rule
from bot.documents.naming import joined
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft, Pair, RuleWish, Said
from bot.planning.built_in.phrases.rule_notation import without_notation
from bot.planning.built_in.phrases.rule_phrases import Form, Wish
from bot.planning.built_in.readers.pasted_requirements import take_requirements
from bot.planning.built_in.words.chat_text import without_specs
from bot.planning.pasted.jdl import read_jdl, without_jdl
from bot.planning.pasted.model import PastedEntity, PastedModel
from bot.planning.pasted.sql_text import without_sql

__all__ = ["take_pasted", "without_pasted"]

MOST_NAMED = 8
"""Fields of one entity that the decision about a paste names."""


def without_pasted(text: str) -> str:
    """Return a text without the SQL and JDL in it."""
    return without_jdl(without_sql(text)[0])[0]


def take_pasted(draft: Draft, text: str, author: str, *, is_change: bool = False) -> str:
    """Put the documents, the SQL, the JDL and the rules in our notation of a text into the draft; return the rest.

    ``is_change``: it was said about a proposal.
    """
    text, specs = without_specs(text)
    for block in specs:
        paste(draft, block, author)
    rest, statements = without_sql(take_requirements(draft, text, author))
    rest, blocks = without_jdl(rest)
    rest, rules = without_notation(rest)
    draft.rule_wishes += [RuleWish(wish, Said(author, wish.quote), is_change=is_change) for wish in rules]
    if statements:
        from bot.planning.pasted.sql import read_sql  # the parser costs a third of a second

        take_model(draft, read_sql(statements), author)
    if blocks:
        take_model(draft, read_jdl(blocks), author)
    return rest


def paste(draft: Draft, block: str, author: str) -> None:
    """Take a pasted entity_specs block as it stands; what its reader finds wrong is left unread, with the reason."""
    reading = read_entity_specs(block)
    for enum in reading.specs.enums:
        draft.enums[enum.name] = enum.values
    for entity in reading.specs.entities:
        said = Said(author, f"ENTITY: {entity.name}")
        if entity.name in draft.entities and not entity.fields:
            add_rules(draft, entity, author)
            continue
        fields = {one.name: FieldDraft(one, said) for one in entity.fields}
        draft.entities[entity.name] = EntityDraft(
            entity.name, said, fields, entity.table, entity.api_path, entity.relations, entity.account,
            entity.rules, entity.renamed_from, is_pasted=True, is_settled=True,
        )  # fmt: skip
    for finding in reading.findings:
        draft.leave(f"{finding.message} (entity_specs, line {finding.place.line or '?'})")
    if reading.specs.entities:
        names = [entity.name for entity in reading.specs.entities]
        draft.decide(f"The entity_specs of {joined(names)} are taken as pasted ({author})")
        draft.is_linked_enough = True


def add_rules(draft: Draft, entity: Entity, author: str) -> None:
    """Add the rules of a block without fields to the entity that is known: the block says nothing else of it."""
    for line in map(write_rule, entity.rules):
        wish = Wish(Form.NOTATION, line, {"rule": line, "entity": entity.name})
        draft.rule_wishes.append(RuleWish(wish, Said(author, line)))


def take_model(draft: Draft, model: PastedModel, author: str) -> None:
    """Put a pasted model into the draft; what it could not hold is left unread, or noted as not built."""
    draft.enums |= model.enums
    for entity in model.entities.values():
        said = Said(author, entity.quote)
        known = draft.entities.get(entity.name) or EntityDraft(entity.name, said)
        known.fields |= {name: FieldDraft(one, said, type_said=True) for name, one in entity.fields.items()}
        known.is_pasted = known.is_settled = known.has_relations_of_keys = True
        draft.entities[entity.name] = known
    for entity in model.entities.values():
        for one in entity.fields.values():
            if one.foreign_key:
                draft.entity(one.foreign_key, Said(author, entity.quote))
    draft.pairs += [Pair(one, other, Said(author, quote)) for one, other, quote in model.joins]
    for piece in (*model.unread, *model.rules):
        draft.leave(piece)
    for piece in model.not_built:
        draft.keep_open(piece)
    for note in model.notes:
        draft.assume(note)
    if model.entities:
        found = [with_fields(entity) for entity in model.entities.values()]
        draft.decide(f"{joined(found)} taken from the pasted {model.kind} ({author})")
        draft.is_linked_enough = True


def with_fields(entity: PastedEntity) -> str:
    """Return an entity with its first fields, such as ``Book (title, price)``."""
    names = [*entity.fields]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{entity.name} ({', '.join(names[:MOST_NAMED])}{more})" if names else entity.name
