"""Puts what is told of an event into a draft: its record, and the facts behind "with", "for" and "from … to …"."""

from __future__ import annotations

from bot.planning.built_in.drafts.draft import EntityDraft, LinkKind
from bot.planning.built_in.drafts.resolution import FAMILIES, is_described
from bot.planning.built_in.phrases.event_phrases import fact_of_event, is_time_slot, tells_of_event
from bot.planning.built_in.phrases.field_phrases import field_called
from bot.planning.built_in.phrases.link_phrases import LinkPhrase
from bot.planning.built_in.phrases.role_phrases import read_way
from bot.planning.built_in.readers.link_reader import LinkReader
from bot.planning.built_in.words.sentences import items_of
from bot.planning.built_in.words.vocabulary import ARRANGEMENT_NOUNS, entity_name, spoken

__all__ = ["EventReader"]


class EventReader(LinkReader):
    """Reads what follows a link that is an event, or whose object is the record of one."""

    sentence = ""
    """What is being read, without what people say before they say something."""

    def event_of(self, phrase: LinkPhrase) -> str:
        """Return the record that a link makes by its name, or nothing: "guests reserve tables" → Reservation."""
        if phrase.kind is not LinkKind.EVENT:
            return phrase.object if spoken(phrase.object).split()[-1] in ARRANGEMENT_NOUNS else ""
        if spoken(phrase.object).split()[-1] in ARRANGEMENT_NOUNS:
            return phrase.object
        name = entity_name(phrase.noun) if phrase.noun else ""
        if not name or name in {phrase.subject, phrase.object}:
            return ""
        family = next((family for family in FAMILIES if phrase.noun in family), frozenset())
        others = [other for one in sorted(family) if (other := entity_name(one)) in self.names()]
        return name if name in self.names() or len(others) != 1 else others[0]

    def begin_event(self, phrase: LinkPhrase, quote: str) -> EntityDraft | None:
        """Make the record of an event the subject: facts of it follow, so that it is a record of its own."""
        name = self.event_of(phrase)
        if not name:
            return None
        for link in self.draft.links:
            if (link.subject, link.object, link.verb) == (phrase.subject, phrase.object, phrase.verb):
                link.noun = spoken(name) if link.kind is LinkKind.EVENT else link.noun
        return self.begin(name, quote)

    def read_leftover(self, phrase: LinkPhrase, piece: str) -> None:
        """Read "for a time slot", "for a date" and "from a first day to a last day" as facts of the event."""
        way, fact = read_way(piece, self.names()), fact_of_event(piece)
        is_fact = way is not None or bool(fact) or is_time_slot(piece)
        record = self.begin_event(phrase, piece) if is_fact and self.event_of(phrase) else None
        if record is None:
            super().read_leftover(phrase, piece)
            return
        if is_time_slot(piece):
            for name in ("starts at", "ends at"):
                if field := field_called(name, kind="datetime", quote=piece):
                    self.add_field(record, field, piece, optional=False)
            record.is_settled = True
            return
        self.read_field_of(record, piece if way else fact, piece)

    def is_of_event(self, phrase: LinkPhrase, rest: str) -> bool:
        """Tell whether a list behind "with" is of the event, not of what it was done to."""
        if phrase.kind is not LinkKind.EVENT or not self.event_of(phrase):
            return False
        _, found, behind = self.sentence.partition(f"with {rest}")
        facts = items_of(f"{rest}{behind}") if found else [rest]
        told = self.draft.entities.get(phrase.object)
        return tells_of_event(phrase.verb, facts, is_object_told=told is not None and is_described(told))
