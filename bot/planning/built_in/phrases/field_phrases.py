"""Reads one phrase as a field: "a unique e-mail", "price with 3 decimals", "status available/lent"."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass, replace

from bot.documents.entities.entity_specs import EntityField, FieldType
from bot.documents.entities.field_types import read_type
from bot.documents.naming import snake_case
from bot.planning.built_in.phrases.noun_clauses import read_clause
from bot.planning.built_in.phrases.passing_words import without_passing
from bot.planning.built_in.phrases.phrase_parts import (
    Phrase,
    read_steps,
    take_example,
    take_flag,
    take_having,
    take_kind,
    take_optional,
    take_unique,
    take_units,
)
from bot.planning.built_in.phrases.status_steps import steps_of_field
from bot.planning.built_in.phrases.value_phrases import take_alternatives, take_group, take_values, values_of
from bot.planning.built_in.words.field_kinds import (
    CHOICE_WORDS,
    LASTING,
    PROSE_PLURALS,
    TEXT_LISTS,
    is_countable_list,
    kind_of,
    may_be_unique,
    named_kind,
    typed,
)
from bot.planning.built_in.words.field_names import is_name, leftover, loses_letters, without_inner_article
from bot.planning.built_in.words.vocabulary import (
    DETERMINERS,
    QUANTIFIER,
    entity_name,
    has_plural,
    singular,
    word_set,
    words_of,
)

__all__ = ["NUMBERED", "FieldReading", "field_called", "read_field"]

NUMBER_WORDS = {"no": 0, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
NUMBER = rf"(\d+(?:\.\d+)?|{'|'.join(NUMBER_WORDS)})"
CHARACTERS = r"(?:\s*(?:characters?|chars?|letters?|digits?|signs?|stars?|points?|words?))?"
AMBIGUOUS_TYPES = word_set("text date time number email url phone link day")
"""Type words that end names as well ("due date"): only a shorthand line means them as types."""
SURE_TYPES = word_set(
    "str string int integer float bool boolean decimal money uuid json datetime timestamp varchar bigint "
    "emailstr httpurl double"
)
RENAMED = {
    "metadata": "extra_data", "registry": "registry_name", "class": "class_name", "type_": "type", "id": "",
    "created_at": "", "updated_at": "", "json": "json_data", "schema": "schema_name", "copy": "copy_number",
}  # fmt: skip
"""Names that code can't carry, and what they become; an empty name is a field that every entity has anyway."""
NUMBERED = word_set(
    "reference phone serial card house invoice order staff registration account customer lice"
    "nse licence part room seat batch "
    "chip member membership tracking mobile inventory plate vat tax policy passport street ve"
    "rsion model item document id "
    "telephone contact berth plot bib shirt licensing client parcel"
)
"""What has a number as its name: "reference number" is no count of references."""
SINGLE = word_set("names numbers titles codes")
"""What each of several has one of: "runs have numbers"."""
LONGEST_NAME = 50
"""Letters of a field's name; databases cut names at 63."""
NUMBERS = {"a whole number": "int", "a number with decimals": "float"}
CODES = word_set("phone mobile fax number code postcode zip id name title version label address telephone")
"""Names of texts, though an example of them may hold digits only."""


@dataclass(frozen=True)
class FieldReading:
    """What a phrase says about one field. An empty ``field.name``: the field is there in every entity anyway."""

    field: EntityField
    words: tuple[str, ...]
    values: tuple[str, ...] = ()
    target: str = ""
    """The entity that an arrow (``-> Author``) names."""
    many: bool = False
    """A quantifier said that there are several ("many tasks")."""
    open_plural: bool = False
    """A plural that may be a list of texts, or things of their own."""
    open_values: bool = False
    """A status or role whose values were not said."""
    guessed_text: bool = False
    """Nothing said the type: it is taken as text."""
    type_said: bool = False
    """The words spelled the type ("price: decimal")."""
    clause: str = ""
    """The clause that the field was read from, where its name is not what people wrote ("whether it's electric")."""
    notes: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    """What was understood but can't be built, in the words of the phrase."""
    unique_within: str = ""
    """What the value may occur once in only ("unique within that building"): it is not unique by itself."""
    steps: str = ""
    """The steps in which the values follow each other, as people wrote them ("new -> old -> gone")."""


def read_field(text: str, *, shorthand: bool = False) -> FieldReading | None:
    """Return the field that a phrase names, or None where the phrase is something else.

    ``shorthand``: the phrase stands in a line such as ``Book: title str``, where type words are types.
    """
    steps = read_steps(text)
    if steps is not None and (ordered := values_of(steps.values)):
        return read_ordered(steps.name, steps.quote, ordered)
    arrow = re.fullmatch(r"\s*([\w -]+?)\s*(?:->|→)\s*([A-Za-z]\w*)\s*(\?)?\s*", text)
    if arrow:
        return read_arrow(arrow)
    text = re.sub(
        (
            r"^(?:an?\s+|the\s+)?(?:new\s+)?(?:field|column|"
            r"attribute|property)\s+(?:called|named|for|:)?\s*(?=\w)"
        ),
        "",
        text.strip(),
        flags=re.IGNORECASE,
    )
    plain, is_optional = without_passing(" ".join(text.split()).strip(" ,.!"))
    phrase = Phrase(plain, {"optional": True} if is_optional else {}, [])
    take_flag(phrase)
    take_kind(phrase)
    take_optional(phrase)
    take_unique(phrase)
    take_alternatives(phrase)
    take_group(phrase)
    take_having(phrase)
    take_example(phrase)
    take_units(phrase)
    clause = read_clause(phrase.text)
    if clause is not None:
        phrase.found |= {"clause": clause.kind} if clause.kind else {}
        reading = completed(phrase, clause.name.split(), many=False)
        return replace(reading, clause=str(phrase.found.get("said", clause.quote))) if reading else None
    take_type(phrase, shorthand=shorthand)
    take_values(phrase)
    take_qualifiers(phrase)
    phrase.text = re.sub(r"^an?\s+(?=number of\b)", "", phrase.text, flags=re.IGNORECASE)
    many = phrase.take(rf"^{QUANTIFIER}\s+") is not None
    words = words_of(phrase.text)
    many = many and words[-1:] != [] and words[-1] not in PROSE_PLURALS
    has_article = bool(words) and words[0] in DETERMINERS
    while words and words[0] in DETERMINERS:
        words = words[1:]
    words = without_inner_article(words)
    if len(words) == 1 and words[0] in SINGLE and not many:
        words = [singular(words[0])]
    if len(words) > 1 and words[-1] == "no":
        words = [*words[:-1], "number"]
    is_denied = any(word.endswith("n't") for word in words)
    if is_denied or not is_name(words, has_article=has_article or shorthand) or leftover(phrase.text):
        return None
    return completed(phrase, words, many=many)


def field_called(name: str, *, kind: str = "", quote: str = "") -> FieldReading | None:
    """Return the field of a name such as "from depot", which would be no name by itself.

    ``kind`` is its type where words said it, ``quote`` are these words.
    """
    reading = completed(Phrase(name, {"clause": kind} if kind else {}, []), words_of(name), many=False)
    return replace(reading, clause=quote) if reading and quote else reading


def read_ordered(name: str, quote: str, values: tuple[str, ...]) -> FieldReading | None:
    """Return a field whose values follow each other; where the order can't be told, a note says so."""
    reading = read_field(name)
    if reading is None or reading.many or not reading.field.name:
        return None
    reading = replace(reading, values=values, open_values=False, open_plural=False, guessed_text=False)
    if steps_of_field(quote):
        return replace(reading, steps=quote)
    note = f"the order of “{quote}” is not enforced; any value of {reading.field.name} may follow any other"
    return replace(reading, notes=(*reading.notes, note))


def read_arrow(match: re.Match[str]) -> FieldReading | None:
    """Return a field that names a row of another entity."""
    name, target = snake_case(match[1]), entity_name(match[2])
    if not name or not target:
        return None
    field = EntityField(name=name, type=typed("int"), optional=bool(match[3]))
    return FieldReading(field=field, words=tuple(words_of(match[1])), target=target)


def take_type(phrase: Phrase, *, shorthand: bool) -> None:
    """Take a type off the phrase: ``title str``, ``tags list[str]?``, ``pages: int``, ``price (decimal)``."""
    mark = re.search(r"\?\s*$", phrase.text)
    if mark:
        phrase.text, phrase.found["optional"] = phrase.text[: mark.start()].rstrip(), True
    sure = SURE_TYPES | (AMBIGUOUS_TYPES - {"day", "link", "phone"} if shorthand else set())
    match = re.fullmatch(
        (r"([\w '-]+?)\s*(?::|\s|\()\s*((?:optional|list|set|"
r"array)\s*\[.+\]|[A-Za-z]\w*(?:\[\])?\??)\s*\)?"), phrase.text,
        re.IGNORECASE,
    )  # fmt: skip
    if not match or match[1].lower().endswith(" of"):
        return
    spelled = match[2]
    plain = re.sub(r"[\[\]?]", "", spelled).lower()
    explicit = spelled.lower().startswith(("optional", "list", "set[", "array")) and "[" in spelled
    colon = phrase.text[len(match[1]) :].lstrip()[:1] in {":", "("} and plain in sure | AMBIGUOUS_TYPES
    if plain == "number" and not colon and words_of(match[1])[-1:] and words_of(match[1])[-1] in NUMBERED:
        return
    if not (explicit or colon or plain in sure):
        return
    reading = read_type({"number": "int", "text": "str"}.get(plain, spelled))
    if not reading.type.is_scalar:
        return
    phrase.text = match[1].strip()
    phrase.found["type"] = reading.type
    if reading.optional:
        phrase.found["optional"] = True


def take_qualifiers(phrase: Phrase) -> None:
    """Take limits, defaults, units and flags off the phrase."""
    phrase.text = phrase.text.replace("(", " ").replace(")", " ").replace("’", "'")
    places = phrase.take(
        rf"\b(?:with|to|of)?\s*{NUMBER}\s+(?:decimals?|decimal places|places|digits after the point)\b"
    )
    if places:
        phrase.found["places"] = int(float(number(places[1])))
    limits = phrase.take(
        rf"\b(?:from|between|of)\s+{NUMBER}\s*(?:to|and|-|–)\s*{NUMBER}{CHARACTERS}(?!\w)"
    ) or phrase.take(rf"(?<=\s){NUMBER}\s*(?:to|-|–)\s*{NUMBER}{CHARACTERS}(?!\w)")
    if limits:
        phrase.found |= {"minimum": number(limits[1]), "maximum": number(limits[2])}
    named_limit = re.fullmatch(
        (
            r"(?:an?\s+|the\s+)?(?P<side>max|"
            r"min)(?:imum)?\s+(?P<name>[a-z][a-z _-]*?)\s+(?:of\s+)?(?P<number>\d+)"
        ),
        phrase.text,
        re.IGNORECASE,
    )
    if named_limit:
        phrase.text = named_limit["name"]
        phrase.found[f"{named_limit['side'].lower()}imum"] = named_limit["number"]
    top = phrase.take(
        rf"\b(?:(?:of )?up to|at most|max(?:imum)?(?: of| length)?|no "
        rf"more than|not more than)\s+{NUMBER}{CHARACTERS}(?!\w)"
    )
    bottom = phrase.take(
        rf"\b(?:of )?(?:at least|min(?:imum)?(?: of| length)?|no "
        rf"less than|not less than)\s+{NUMBER}{CHARACTERS}(?!\w)"
    )
    phrase.found |= {key: number(match[1]) for key, match in (("maximum", top), ("minimum", bottom)) if match}
    default = phrase.take(
        r"\b(?:which |that )?(?:defaults? to|default(?: is| of)?|by "
        r"default|defaulting to)[\s:=]+[\"“']?([\w.-]+)[\"”']?"
    )
    if default:
        phrase.found["default"] = default[1]
    take_optional(phrase)
    take_unique(phrase)
    phrase.take(r"\b(?:(?:which|that) (?:is|are) )?(?:required|mandatory|obligatory)\b")
    take_units(phrase)


def number(word: str) -> str:
    """Return a number as digits."""
    return str(NUMBER_WORDS.get(word.lower(), word))


def completed(phrase: Phrase, words: list[str], *, many: bool) -> FieldReading | None:
    """Return the reading of a phrase whose qualifiers were taken off."""
    found = phrase.found
    if any(loses_letters(word) for word in words) or sum(map(len, words)) > LONGEST_NAME:
        return None
    name = snake_case(" ".join(word.replace("'s", "").replace("e-mail", "email") for word in words))
    if "unit" in found:
        name = f"{name}_{snake_case(str(found['unit']))}"
    if not name or not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        return None
    field, was_said = kind_of(name, words)
    notes = list(phrase.notes)
    if name in RENAMED or keyword.iskeyword(name):
        renamed = RENAMED.get(name, f"{name}_value")
        if renamed:
            notes.append(f"“{name}” is a word of the programming language; the field is called {renamed}")
        name = renamed
    field = field.model_copy(update={"name": name})
    if "money" in found:
        field, was_said = field.model_copy(update={"type": typed("Decimal"), "digits": 12, "places": 2}), True
    is_span = found.get("unit") in {"minutes", "hours", "days", "weeks", "months", "years", "seconds"}
    if "unit" in found and "money" not in found and field.type.name == "Decimal" and not is_span:
        field, was_said = field.model_copy(update={"type": typed("float"), "digits": None, "places": None}), True
    if (
        "unit" in found
        and field.type.name not in ({"int"} if is_span else {"int", "Decimal"})
        and (is_span or field.type.name != "float")
    ):
        kind = "int" if is_span else "float"
        field, was_said = field.model_copy(update={"type": typed(kind), "digits": None, "places": None}), True
    if "example" in found and (kind := kind_of_example(str(found["example"]), field, words, was_said=was_said)):
        notes.append(f"{field.name} is {kind}, as “{found['example']}” shows")
        found["type"] = typed(NUMBERS[kind])
    take_first_number(found, field, words, was_said=was_said)
    notes += [f"{field.name} is a number of minutes"] * lasts_minutes(words, found)
    reading = FieldReading(
        field=field, words=tuple(words), many=many, notes=tuple(notes), open=tuple(phrase.open),
        unique_within=str(found.get("unique_within", "")),
    )  # fmt: skip
    return with_found(reading, found, was_said)


def lasts_minutes(words: list[str], found: dict[str, object]) -> bool:
    """Tell whether a time is a span in minutes, because nothing else says what it is: "cooking time"."""
    is_span = words[-1] == "time" and bool(LASTING & set(words[-2:-1]))
    return is_span and not {"unit", "type", "clause"} & set(found)


def take_first_number(found: dict[str, object], field: EntityField, words: list[str], *, was_said: bool) -> None:
    """Take a first value of digits only as telling that the field is a number: "a strength (default 50)"."""
    first = str(found.get("default", ""))
    if "type" in found or not re.fullmatch(r"\d+(?:\.\d+)?", first):
        return
    kind = kind_of_example(first, field, words, was_said=was_said)
    if kind:
        found["type"] = typed(NUMBERS[kind])


def kind_of_example(example: str, field: EntityField, words: list[str], *, was_said: bool) -> str:
    """Return which kind of number an example such as 32.5 shows, or nothing where the name says enough."""
    has_decimals = re.fullmatch(r"\d+(?:\.\d+|,\d{1,2})", example) is not None
    if has_decimals:
        return "" if field.type.name == "Decimal" else "a number with decimals"
    is_code = not words or words[-1] in CODES or may_be_unique(field.name, "")
    return "" if was_said or is_code or field.type.name != "str" else "a whole number"


def with_found(reading: FieldReading, found: dict[str, object], was_said: bool) -> FieldReading:
    """Put type, values, limits and flags that were taken off the phrase into the field."""
    field, words = reading.field, list(reading.words)
    update: dict[str, object] = {
        key: found[key] for key in ("optional", "unique", "default", "minimum", "maximum") if key in found
    }
    values = found.get("values")
    if isinstance(values, tuple):
        return replace(reading, field=field.model_copy(update=update), values=values)
    kind = found.get("type") or (typed(str(found["clause"])) if "clause" in found else None)
    if isinstance(kind, FieldType):
        was_said = True
        update["type"] = kind
        is_money = kind.name == "Decimal" and not kind.is_list
        update |= {"digits": field.digits or 12, "places": 2} if is_money else {"digits": None, "places": None}
    if "places" in found:
        was_said = True
        update |= {"type": typed("Decimal"), "digits": 12, "places": found["places"]}
    if not was_said and "maximum" in found and "minimum" in found:
        was_said = True
        update["type"] = typed("int")
    notes = reading.notes
    if not was_said and words[-1] in TEXT_LISTS:
        was_said = True
        update["type"] = FieldType(name="str", is_list=True)
        notes = (*notes, f"{field.name} is a list of short texts")
    return replace(
        reading,
        field=field.model_copy(update=update),
        notes=notes,
        open_plural=not was_said and is_countable_list(words),
        open_values=not was_said and words[-1] in CHOICE_WORDS,
        guessed_text=found.get("clause") == "str"
        or (not was_said and not named_kind(words) and not has_plural(words[-1])),
        type_said="type" in found or "places" in found,
    )
