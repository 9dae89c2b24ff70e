"""Changes single fields: type, limits, default, values, unique, optional."""

from __future__ import annotations

import re

from bot.documents.naming import snake_case
from bot.planning.built_in.changes.changed_places import ChangedPlaces
from bot.planning.built_in.drafts.draft import EntityDraft, FieldDraft
from bot.planning.built_in.phrases.change_phrases import (
    default_for,
    flag_of,
)
from bot.planning.built_in.phrases.field_phrases import read_field
from bot.planning.built_in.phrases.placed_fields import places_in, read_named_values
from bot.planning.built_in.phrases.value_phrases import values_of
from bot.planning.built_in.readers.sentence_reader import SentenceReader
from bot.planning.built_in.rules.rule_upkeep import drop_value_in_rules, rename_field
from bot.planning.built_in.rules.steps_settling import rename_values
from bot.planning.built_in.words.field_kinds import typed
from bot.planning.built_in.words.vocabulary import spoken, words_of

__all__ = ["FieldChanges"]


class FieldChanges(ChangedPlaces):
    """Applies changes of one field each; every method tells whether the words were such a change."""

    def say_flag(self, match: re.Match[str], sentence: str) -> bool:
        """Make a field unique, optional or required, or take that back: "title can be left empty"."""
        several = self.several_places(match["what"])
        place = None if several else self.one_place(match["what"], sentence)
        if place is None and not several:
            return self.is_ambiguous(match["what"])
        key, value = flag_of(match.string, match["flag"])
        return all(self.update(one, {key: value}, sentence) for one in several or ([place] if place else []))

    def several_places(self, what: str) -> list[tuple[EntityDraft, str]]:
        """Return the fields in "the plate of a car and the licence of a driver"; nothing where one is not there."""
        named = places_in(what)
        found = [self.places(f"{field} of {thing}") for field, thing in named]
        return [one[0] for one in found] if len(found) > 1 and all(len(one) == 1 for one in found) else []

    def update(self, place: tuple[EntityDraft, str], update: dict[str, object], sentence: str) -> bool:
        """Put new properties into a field."""
        field: FieldDraft = place[0].fields[place[1]]
        field.field = field.field.model_copy(update=update)
        self.draft.is_unique_settled |= update.get("unique") is False
        return self.done(sentence)

    def say_default(self, match: re.Match[str], sentence: str) -> bool:
        """Give a field a default; one that it can't have is left unread, with what it takes."""
        parts = match.groupdict()
        said = parts.get("value") or parts.get("first") or ""
        place = self.one_place(match["what"], sentence) if said else None
        if place is None:
            return bool(said) and self.is_ambiguous(match["what"])
        field = place[0].fields[place[1]]
        kind = field.field.type.name
        values = self.draft.values_of(field)
        default = default_for(kind, values, said)
        if default is None:
            takes = f"one of {', '.join(values)}" if values else kind
            self.draft.leave(f"{sentence} ({place[0].name}.{place[1]} takes {takes})")
            return True
        return self.update(place, {"default": default}, sentence)

    def limit(self, match: re.Match[str], sentence: str) -> bool:
        """Set decimals, a minimum or a maximum."""
        place = self.one_place(match["what"], sentence)
        if place is None:
            return self.is_ambiguous(match["what"])
        words = place[0].fields[place[1]].words
        limit = (
            match["limit"]
            if re.match(r"(?:at|up|between|from|no)\b", match["limit"], re.IGNORECASE)
            else f"with {match['limit']}"
        )
        reading = read_field(f"{' '.join(words) or spoken(place[1])} {limit}")
        if reading is None:
            return False
        keys = ("places", "digits", "type") if reading.field.places is not None else ()
        update = {key: getattr(reading.field, key) for key in keys}
        update |= {key: value for key in ("minimum", "maximum") if (value := getattr(reading.field, key)) is not None}
        return bool(update) and self.update(place, update, sentence)

    def say_limit(self, match: re.Match[str], sentence: str) -> bool:
        """Set a minimum or maximum: "the maximum of pages is 900", "title has a max length of 80"."""
        place = self.one_place(match["what"], sentence)
        if place is None:
            return self.is_ambiguous(match["what"])
        kind = place[0].fields[place[1]].field.type
        if kind.is_list or kind.name not in {"str", "int", "float", "Decimal"}:
            return False
        return self.update(place, {f"{match['side'].lower()}imum": match["number"]}, sentence)

    def retype(self, match: re.Match[str], sentence: str) -> bool:
        """Give a field another type: "make the price an int", "pages is a number"."""
        place = self.one_place(match["what"], sentence)
        if place is None:
            return self.is_ambiguous(match["what"])
        reading = read_field(f"value: {match['kind']}", shorthand=True)
        kinds = words_of(match["kind"])
        if (
            reading is None
            or not kinds
            or (reading.field.type.name == "str" and kinds[0] not in {"text", "string", "str"})
        ):
            return False
        field = place[0].fields[place[1]]
        field.values, field.guessed_text, field.open_values, field.open_plural = (), False, False, False
        money = (
            {"digits": 12, "places": 2} if reading.field.type.name == "Decimal" else {"digits": None, "places": None}
        )
        return self.update(place, {"type": typed(reading.field.type.name), "default": None, **money}, sentence)

    def choose(self, match: re.Match[str], sentence: str) -> bool:
        """Give a field fixed values."""
        place, values = self.one_place(match["what"], sentence), values_of(match["values"])
        if place is None or not values:
            return self.is_ambiguous(match["what"])
        if place[0].fields[place[1]].field.foreign_key:
            return False
        place[0].fields[place[1]].values = values
        return self.done(sentence)

    def correct(self, match: re.Match[str], sentence: str) -> bool:
        """Give a field that was misread its values, and its name: "you misread the status: it is called status …"."""
        places, values = self.places(match["what"]), values_of(match["values"])
        if len(places) != 1 or not values or places[0][0].fields[places[0][1]].field.foreign_key:
            return False
        entity, old = places[0]
        entity.fields[old].values = values
        name = snake_case((match["name"] or "").lower())
        if name and name not in entity.fields:
            rename_field(self.draft, entity, old, name)
        return self.done(sentence)

    def tell(self, text: str, sentence: str) -> bool:
        """Take what a sentence tells of a field: "the seats of a table are a whole number"."""
        reader = SentenceReader(self.draft, frozenset(self.draft.entities))
        reader.author = self.author
        return reader.read_told(text) and self.done(sentence)

    def add_value(self, match: re.Match[str], sentence: str) -> bool:
        """Add a value to a field that has fixed values: "add lost to the status"."""
        place = self.one_place(re.sub(r"^(?:the )?(?:values? of )?", "", match["what"]), sentence)
        if place is None or not place[0].fields[place[1]].values:
            return False
        field = place[0].fields[place[1]]
        field.values = tuple(dict.fromkeys((*field.values, snake_case(match["values"].lower()))))
        return self.done(sentence)

    def rename_value(self, match: re.Match[str], sentence: str) -> bool:
        """Call a value of a status otherwise: "rename the status lent to on loan"."""
        place = self.one_place(match["what"], sentence) if len(self.places(match["what"])) == 1 else None
        field = place[0].fields[place[1]] if place else None
        old, new = snake_case(match["value"].lower()), snake_case(match["new"].lower())
        if field is None or old not in field.values or not new or new in field.values:
            return False
        if place is not None:
            rename_values(self.draft, *place, {old: new})
        return self.done(sentence)

    def name_values(self, text: str, sentence: str) -> bool:
        """Call all values of a status otherwise: "the statuses of a booking are called asked, given and back"."""
        said = read_named_values(text)
        found = self.places(f"{said.field} of {said.thing}") if said else []
        if said is None or len(found) != 1:
            return False
        entity, name = found[0]
        values = entity.fields[name].values
        if len(values) != len(said.values) or set(values) & set(said.values):
            return False
        rename_values(self.draft, entity, name, dict(zip(values, said.values, strict=True)))
        return self.done(sentence)

    def remove_value(self, match: re.Match[str], sentence: str) -> bool:
        """Take a value from a status: "remove lost from the status"; two must stay."""
        place = self.one_place(match["what"], sentence) if len(self.places(match["what"])) == 1 else None
        field = place[0].fields[place[1]] if place else None
        old = snake_case(match["value"].lower())
        if field is None or old not in field.values:
            return False
        if len(field.values) < 3:
            self.draft.leave(f"{sentence} (fewer than two values would be left)")
            return True
        field.values = tuple(value for value in field.values if value != old)
        if place is not None:
            drop_value_in_rules(self.draft, *place, old)
        if field.field.default == old:
            field.field = field.field.model_copy(update={"default": None})
        return self.done(sentence)
