"""Finds the fields and entities that a sentence of change names; where several may be meant, it stays unread."""

from __future__ import annotations

import re

from bot.documents.naming import snake_case
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft
from bot.planning.built_in.words.field_names import only_called
from bot.planning.built_in.words.vocabulary import DETERMINERS, RECORD, entity_name

__all__ = ["FIELD_KIND", "ChangedPlaces", "without_kind"]

OF = r"(?:of|from|in|on|for|to)"
THING = r"(?:entity|thing|table|model|class)"
CALLED = r"(?:(?:called|named)\s+)?"
KIND = regex(
    rf"^(?:(?:the|an?)\s+)?{THING}\s+{CALLED}(?=\S)|(?<!\bthe)(?<!^)\s+{THING}$|"
    rf"\s+as\s+an?\s+(?:(?:own|separate|whole|real)\s+)?{THING}(?:\s+(?:of|on)\s+its\s+own)?$",
    re.IGNORECASE,
)
"""What people call a thing beside its name: "the entity Berth", "the berths table", "severity as a thing"."""
FIELD = r"(?:field|column|attribute|property)"
FIELD_KIND = regex(rf"^(?:(?:the|an?)\s+)?{FIELD}\s+{CALLED}(?=\S)|(?<!\bthe)(?<!^)\s+{FIELD}$", re.IGNORECASE)
"""What people call a field beside its name: "the severity field"."""


class ChangedPlaces:
    """Finds what is to change in a settled draft, and notes what was decided."""

    def __init__(self, draft: Draft) -> None:
        """Start with the draft of the proposal that the changes were said about."""
        self.draft = draft
        self.author = ""

    def done(self, sentence: str) -> bool:
        """Note a change as decided."""
        self.draft.decide(f"“{sentence}” ({self.author})")
        return True

    def places(self, what: str) -> list[tuple[EntityDraft, str]]:
        """Return the fields that words name: "the price", "price of books", "book price", "books.price"."""
        text = " ".join(
            word for word in re.sub(r"['’]s\b", "", what).replace(".", " ").split() if word.lower() not in DETERMINERS
        )
        entities = list(self.draft.entities.values())
        of = re.match(rf"^(?P<field>.+?)\s+{OF}\s+(?P<entity>.+)$", text)
        if of and (entity := self.draft.entities.get(entity_name(of["entity"]))):
            entities, text = [entity], of["field"]
        else:
            words = text.split()
            for length in (1, 2):
                if len(words) > length and (entity := self.draft.entities.get(entity_name(" ".join(words[:length])))):
                    own = self.fields_called([entity], " ".join(words[length:]))
                    if own:
                        return own
        return self.fields_called(entities, text)

    def fields_called(self, entities: list[EntityDraft], text: str) -> list[tuple[EntityDraft, str]]:
        """Return the fields of the entities that have that name."""
        name = snake_case(text.lower().replace("e-mail", "email").removesuffix(" field").strip())
        name = name.removesuffix("_field")
        exact = [(entity, found) for entity in entities for found in (name, f"{name}_id") if found in entity.fields]
        is_sure = exact or entity_name(text) in self.draft.entities
        by_part = None if is_sure else only_called([(entity, list(entity.fields)) for entity in entities], name)
        return exact or ([by_part] if by_part else [])

    def one_place(self, what: str, sentence: str) -> tuple[EntityDraft, str] | None:
        """Return the one field that words name; where several entities have it, leave the sentence unread."""
        found = self.places(what)
        if len(found) > 1:
            names = " or ".join(f"{entity.name}.{name}" for entity, name in found)
            self.draft.leave(f"{sentence} (which one: {names}?)")
        return found[0] if len(found) == 1 else None

    def names_entity(self, what: str) -> bool:
        """Tell whether words name an entity, and no field is called exactly so.

        The word "thing" or "field" beside a name decides, and so does a capital letter.
        """
        name = without_kind(what)
        if self.entity_meant(name) not in self.draft.entities or FIELD_KIND.search(what.strip()):
            return False
        is_spelled = any(entity in name for entity in self.draft.entities)
        return is_spelled or name != what.strip() or not self.fields_exactly(name)

    def fields_exactly(self, what: str) -> list[str]:
        """Return the fields that are called exactly so, such as ``Fault.severity``."""
        exact = snake_case(" ".join(word for word in what.lower().split() if word not in DETERMINERS))
        return [f"{entity.name}.{exact}" for entity in self.draft.entities.values() if exact in entity.fields]

    def entity_meant(self, what: str) -> str:
        """Return the entity that words name; a pasted one keeps its name, though the service needs it itself."""
        name = entity_name(what)
        pasted = name.removesuffix(RECORD)
        return pasted if name not in self.draft.entities and pasted in self.draft.entities else name

    def is_ambiguous(self, what: str) -> bool:
        """Tell whether several entities have the field that words name: the sentence was left unread then."""
        return len(self.places(what)) > 1


def without_kind(what: str) -> str:
    """Return a name without the word for what it is."""
    return KIND.sub("", what.strip()) or what
