"""A change that people made by hand: the entities as they edited them in a form, kept as a message like any change.

Its text begins with what differs, in one line that people may read; the whole document follows, which planners read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from bot.documents.clipping import clip_words
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.entities.renaming import followed_names
from bot.documents.naming import plural, snake_case
from bot.documents.redaction import redact
from bot.generation.custom import CustomBehaviour
from bot.planning.conversation import Conversation, Earlier, Message, Proposal

__all__ = [
    "as_told",
    "edited_specs",
    "edited_text",
    "last_edit",
    "set_in_form",
    "told_conversation",
    "with_earlier",
    "with_edited",
    "with_specs",
    "without_secrets",
]

EDITED = "Edited the entities: "
"""How the text of such a change begins."""
OPENING = "<entity_specs>"
RELATION, OWN_RELATION = " the relation `", "(ManyToMany)"
"""What a sentence about a relation holds, and how it ends where the relation follows from no key: others go unsaid."""
LONGEST_DIFFERENCE = 1500
"""Characters; whoever wants to know more sees the difference of the review."""


def edited_text(difference: Sequence[str], specs: EntitySpecs) -> str:
    """Return the text of a change: what differs, and the document that holds from there on."""
    ways = [one for one in difference if RELATION in one]
    plain = [one for one in difference if one not in ways or one.endswith(OWN_RELATION)]
    said = " ".join("; ".join(plain or difference).split())
    return f"{EDITED}{clip_words(said, LONGEST_DIFFERENCE)}\n{write_entity_specs(specs)}"


def without_secrets(specs: EntitySpecs) -> EntitySpecs:
    """Return specs with each secret in a default or a pattern replaced; names and types are no secrets."""
    entities = tuple(
        entity.model_copy(update={"fields": tuple(map(field_without_secrets, entity.fields))})
        for entity in specs.entities
    )
    return specs.model_copy(update={"entities": entities})


def field_without_secrets(field: EntityField) -> EntityField:
    """Return a field with each secret in what is said of it replaced."""
    said = {"default": field.default, "pattern": field.pattern}
    return field.model_copy(update={name: redact(value) for name, value in said.items() if value})


def edited_specs(text: str) -> EntitySpecs | None:
    """Return the entities of a change that was made in a form; None of one in words."""
    head, _, document = text.partition("\n")
    if not head.startswith(EDITED) or not document.startswith(OPENING):
        return None
    return specs_in(document)


@lru_cache(maxsize=32)
def specs_in(document: str) -> EntitySpecs | None:
    """Return what a document holds; None where it holds nothing."""
    specs = read_entity_specs(document).specs
    return specs if specs.entities else None


def as_told(text: str) -> str:
    """Return what people read of a message: of a change in a form what differs, never the document."""
    head, newline, document = text.partition("\n")
    is_edit = head.startswith(EDITED) and bool(newline) and document.startswith(OPENING)
    return head if is_edit else text


def set_in_form(text: str) -> str:
    """Return what a change that was made in a form changed, without how such a text begins; nothing of one in words."""
    head = as_told(text)
    return head.removeprefix(EDITED) if head != text else ""


def told_conversation(conversation: Conversation) -> Conversation:
    """Return a conversation in which changes are as people read them."""
    changes = tuple(each.model_copy(update={"text": as_told(each.text)}) for each in conversation.changes)
    return conversation.model_copy(update={"changes": changes})


def last_edit(changes: Sequence[Message]) -> EntitySpecs | None:
    """Return the entities that were edited last in some changes; None where none is such a change."""
    return next((specs for each in reversed(changes) if (specs := edited_specs(each.text))), None)


def with_earlier(conversation: Conversation, earlier: Earlier) -> Earlier:
    """Return the proposal that changes are about with the entities that people edited since."""
    specs = last_edit(conversation.new_changes)
    proposal = earlier.proposal
    return earlier.model_copy(update={"proposal": with_specs(proposal, specs)}) if specs else earlier


def with_edited(proposal: Proposal, changes: Sequence[Message]) -> Proposal:
    """Return a proposal with the entities exactly as people edited them, where that is the newest change."""
    specs = edited_specs(changes[-1].text) if changes else None
    return with_specs(proposal, specs) if specs else proposal


def with_specs(proposal: Proposal, specs: EntitySpecs) -> Proposal:
    """Return a proposal with other entities; what is said of those that are gone goes with them."""
    if specs == proposal.specs:
        return proposal
    names = followed_names(proposal.specs, specs)
    there = {entity.name for entity in specs.entities}
    gone = {entity.name for entity in proposal.specs.entities} - there - set(names)
    wording = (each.model_copy(update={"entity": names.get(each.entity, each.entity)}) for each in proposal.wording)
    return proposal.model_copy(
        update={
            "specs": specs,
            "custom": tuple(one for one in proposal.custom if not speaks_only_of(words_of_task(one), gone, there)),
            "wording": tuple(each for each in wording if each.entity in there),
            "unread": tuple(one for one in proposal.unread if not speaks_only_of(one, gone, there)),
            "assumptions": tuple(
                one
                for one in proposal.assumptions
                if not (speaks_only_of(one, gone, there) or is_overtaken(one, proposal.specs, specs))
            ),
            "decisions": tuple(one for one in proposal.decisions if not speaks_only_of(one, gone, there)),
        }
    )


def is_overtaken(assumption: str, before: EntitySpecs, after: EntitySpecs) -> bool:
    """Tell whether an assumption is of a field that is gone or other now, or says that a thing has only some."""
    said = as_words(assumption)
    for entity in before.entities:
        now = after.entity(entity.name)
        if now is None or now.fields == entity.fields or not names_thing(said, entity.name):
            continue
        if any(f" {as_word} has only " in said for as_word in spoken_names(entity.name)):
            return own_names(now) != own_names(entity)
        if any(f" {name} " in said for name in changed_names(entity, now)):
            return True
    return False


def own_names(entity: Entity) -> list[str]:
    """Return the names of the fields that people give, without links."""
    return [field.name for field in entity.fields if field.is_given and not field.foreign_key]


def changed_names(before: Entity, now: Entity) -> Iterator[str]:
    """Yield the names, as words, of the fields that are gone or other now; of links only those that are gone."""
    for field in before.fields:
        same = now.field(field.name)
        if same is None or (same != field and not field.foreign_key):
            yield as_words(field.name.removesuffix("_id") if field.foreign_key else field.name).strip()


def words_of_task(task: CustomBehaviour) -> str:
    """Return what a custom behaviour is about."""
    return " ".join((task.title, *task.criteria))


def speaks_only_of(text: str, gone: Collection[str], there: Collection[str]) -> bool:
    """Tell whether a text names a thing that is gone and none that is there."""
    said = as_words(text)
    return any(names_thing(said, one) for one in gone) and not any(names_thing(said, one) for one in there)


def names_thing(said: str, entity: str) -> bool:
    """Tell whether words, apart by blanks, name an entity: as one, or as several."""
    return any(f" {name} " in said for name in spoken_names(entity))


def spoken_names(entity: str) -> set[str]:
    """Return an entity as people name it: as one, or as several."""
    one = snake_case(entity)
    return {entity.casefold(), one.replace("_", " "), plural(one).replace("_", " ")}


def as_words(text: str) -> str:
    """Return the words of a text in small letters, apart by blanks, with one before and one behind."""
    return f" {' '.join(''.join(char if char.isalnum() else ' ' for char in text.casefold()).split())} "
