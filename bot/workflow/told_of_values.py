"""What a plan answers to whether a value fits a field: "can a passenger of 125 kilos be entered?", "is 12 euros ok?".

The field is the one that the question names, or that its unit or its verb measures: kilos and "weighs" a weight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.documents.clipping import clip_words
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.naming import article
from bot.generation.names import words
from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import singular, words_of
from bot.workflow.named_in_questions import Asked

__all__ = ["told_of_value", "unit_of"]

NUMBERS = frozenset({"int", "float", "Decimal"})
MOST = 3
WHOLE_DIGITS = 15
LONGEST_QUOTE = 160
UNITS: dict[str, tuple[str, ...]] = {
    "kg": ("kg", "kilo", "kilogram", "kilogramme"),
    "g": ("g", "gram", "gramme"),
    "lb": ("lb", "lbs", "pound"),
    "t": ("t", "ton", "tonne"),
    "cm": ("cm", "centimeter", "centimetre"),
    "mm": ("mm", "millimeter", "millimetre"),
    "m": ("m", "meter", "metre"),
    "km": ("km", "kilometer", "kilometre"),
    "year": ("year",),
    "day": ("day",),
    "hour": ("hour", "h"),
    "minute": ("minute", "min"),
    "euro": ("euro", "eur", "€"),
    "dollar": ("dollar", "usd", "$"),
    "liter": ("liter", "litre", "l"),
    "degree": ("degree", "°"),
    "percent": ("percent", "%"),
    "star": ("star",),
    "point": ("point",),
    "letter": ("letter", "character"),
}
WEIGHTS, LENGTHS = frozenset({"weight", "load", "mass"}), frozenset({"length", "width", "height", "depth", "size"})
PRICES = frozenset({"price", "cost", "fee", "amount", "fare", "charge", "deposit", "rent"})
MEASURED: dict[str, frozenset[str]] = {
    "kg": WEIGHTS, "g": WEIGHTS, "lb": WEIGHTS, "t": WEIGHTS,
    "cm": LENGTHS, "mm": LENGTHS, "m": LENGTHS | {"distance"}, "km": frozenset({"distance", "length", "mileage"}),
    "year": frozenset({"age"}), "day": frozenset({"duration"}), "hour": frozenset({"duration", "length"}),
    "minute": frozenset({"duration", "length"}), "euro": PRICES, "dollar": PRICES,
    "liter": frozenset({"volume", "capacity"}), "degree": frozenset({"temperature"}),
    "percent": frozenset({"percentage", "discount", "rate"}), "star": frozenset({"rating"}),
    "point": frozenset({"score"}),
}  # fmt: skip
"""What each unit measures, as fields are called."""
VERBS = (
    (regex(r"\bweigh(?:s|ed|ing)?\b|\bheav(?:y|ier)\b", re.IGNORECASE), WEIGHTS),
    (regex(r"\b(?:costs?|pays?|charges?)\b", re.IGNORECASE), PRICES),
    (regex(r"\b(?:lasts?|takes?)\b", re.IGNORECASE), frozenset({"duration", "length"})),
    (regex(r"\b(?:old|older|younger|aged)\b", re.IGNORECASE), frozenset({"age"})),
    (regex(r"\b(?:long|longer)\b", re.IGNORECASE), frozenset({"length", "duration"})),
    (regex(r"\b(?:tall|taller|high|higher)\b", re.IGNORECASE), frozenset({"height"})),
    (regex(r"\b(?:wide|wider)\b", re.IGNORECASE), frozenset({"width"})),
    (regex(r"\b(?:deep|deeper)\b", re.IGNORECASE), frozenset({"depth"})),
)
"""What verbs and adjectives measure."""
ASKS = regex(
    r"^(?:can|could|may|might|is|are|does|do|will|would|what\s+if|what\s+about|"
    r"what\s+(?:(?:will|would)\s+)?happens?\s+(?:if|when|with|to|for))\b",
    re.IGNORECASE,
)
UNIT_WORDS = "|".join(re.escape(word) + ("s?" if word.isalpha() else "") for forms in UNITS.values() for word in forms)
VALUE = regex(
    r"(?:\b(?P<over>more|over|above|heavier|longer|older|higher|taller|exceeding)\s+(?:than\s+)?|"
    r"\b(?P<under>less|under|below|lighter|shorter|younger|lower)\s+(?:than\s+)?)?"
    rf"(?<![\w.,-])(?P<money>[€$])?(?P<number>-?\d[\d.,]*(?<![.,]))(?:\s*-?(?P<unit>{UNIT_WORDS})(?!\w)|"
    r"(?=\s*$|[,;]|\s+(?:be|is|are|ok|okay|fine|still|also|too|enough|allowed|accepted|possible|permitted|valid|right|as|for|"
    r"old|long|wide|tall|high|deep|heavy|in|or|and|comes?|wants?|here|entered|that|who|which|with)\b))",
    re.IGNORECASE,
)
"""A number that stands for itself, with its unit; "two rides" counts rides."""
DEED = regex(
    r"\b(?:books?|rides?|fly|flies|borrows?|rents?|joins?|buys?|pays?|uses?|lends?|goes|go|comes?|plays?|takes?\s+part|booked|"
    r"lent|borrowed|rented|flown|used|sold)\b",
    re.IGNORECASE,
)
"""Something that is done with it, behind its value: of that, the field alone tells nothing."""
TOO = regex(
    r"\btoo\s+(?:much|many|heavy|old|young|long|short|high|low|tall|big|small|large|little|few)\b", re.IGNORECASE
)

LIMITS = frozenset({"at most", "at least"})

type Place = tuple[Entity, EntityField]


def told_of_value(specs: EntitySpecs, asked: Asked, unread: Sequence[str] = ()) -> str:
    """Say no or yes, and the limits of the field; nothing where a question gives no value of a field.

    Where nothing limits a field, and something with a number that was not read names it, that is said.
    """
    match = VALUE.search(asked.said) if ASKS.match(asked.said) else None
    number = number_of(match["number"]) if match else None
    if match is None or number is None:
        return ""
    unit = unit_of(match["unit"] or match["money"] or "")
    places = list(measured(specs, asked, unit))[:MOST]
    open_limit = next((piece for piece in unread for place in places if limits_unread(place, piece)), "")
    if open_limit:
        return (
            f"That is open: I could not read “{clip_words(open_limit, LONGEST_QUOTE)}”. Say it in other words, such as "
            f"`{bound_of(places[0]).format(f'at most {figure_of(number)}')}`."
        )
    return " ".join(told_of_field(one, match, number, unit, asked.said) for one in places)


def limits_unread(place: Place, piece: str) -> bool:
    """Tell whether words that were not read limit a field that has no limits yet."""
    said = {singular(word) for word in words_of(piece)}
    return not limits_of(place[1]) and any(map(str.isdigit, piece)) and set(bare_words(place[1])) <= said


def bound_of(place: Place) -> str:
    """Return the sentence that limits a field, with room for the limit."""
    return f"the {' '.join(bare_words(place[1]))} of {article(words(place[0].name))} is {{}}"


def number_of(text: str) -> Decimal | None:
    """Return a number as people write it: "1,200" and "12.50"; None where it isn't clear."""
    plain = re.sub(r",(?=\d{3}(?:\D|$))", "", text)
    plain = plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain
    is_number = re.fullmatch(r"-?\d+(?:\.\d+)?", plain) and len(plain) <= WHOLE_DIGITS
    return Decimal(plain) if is_number else None


def unit_of(word: str) -> str:
    """Return the unit that a word means, or nothing."""
    said = word.lower()
    return next((unit for unit, forms in UNITS.items() if said in forms or said.removesuffix("s") in forms), "")


def measured(specs: EntitySpecs, asked: Asked, unit: str) -> Iterator[Place]:
    """Yield the fields whose value a question gives: what it names, else what its unit or its verb measures."""
    about = asked.entities or specs.entities
    kinds = frozenset({"str"}) if unit == "letter" else NUMBERS
    fields = [
        (entity, field) for entity in about for field in entity.fields if is_own(field) and field.type.name in kinds
    ]
    told = {singular(word) for word in words_of(asked.said)}
    named = [place for place in fields if set(bare_words(place[1])) <= told]
    if named or unit == "letter":
        yield from named
        return
    wanted = MEASURED.get(unit, frozenset())
    verbs = frozenset(name for verb, names in VERBS if verb.search(asked.said) for name in names)
    by_both = [place for place in fields if measures(place[1], wanted & verbs if wanted and verbs else wanted | verbs)]
    in_unit = [place for place in fields if unit and unit_in(place[1]) == unit]
    if found := in_unit or by_both:
        yield from found
    elif not unit and not verbs and len(asked.entities) == len(fields) == 1:
        yield from fields


def is_own(field: EntityField) -> bool:
    """Tell whether a field keeps a value that somebody gives."""
    return field.is_given and not field.foreign_key and not field.type.is_list


def bare_words(field: EntityField) -> list[str]:
    """Return the words of a field without its unit: "body weight" of ``body_weight_kg``."""
    name = [singular(word) for word in words(field.name).split()]
    return name[:-1] if len(name) > 1 and unit_of(name[-1]) else name


def unit_in(field: EntityField) -> str:
    """Return the unit with which the name of a field ends, or nothing."""
    return unit_of(words(field.name).split()[-1])


def measures(field: EntityField, names: frozenset[str]) -> bool:
    """Tell whether a field is called by one of some names, alone or at the end: "body weight"."""
    return bare_words(field)[-1] in names


def told_of_field(place: Place, match: re.Match[str], number: Decimal, unit: str, said: str) -> str:
    """Say whether a field takes a number, within which limits, and how to change them."""
    entity, field = place
    own, thing = unit_in(field), article(words(entity.name))
    name, limits = f"{' '.join(bare_words(field))} of {thing}", limits_of(field)
    if unit and own and unit != own:
        kept = (
            f"the {name} is kept in {own}, and {limits}" if limits else f"the {name} is kept in {own}, without a limit"
        )
        return f"That depends: {kept}."
    bound = f"`{bound_of(place)}`"
    if reason := refused(field, match, number):
        is_wider = reason in LIMITS and not match["over"] and not match["under"]
        change = f" Should it be taken, say {bound.format(f'{reason} {figure_of(number)}')}."
        return f"{lead(said, is_taken=False)}: the {name} is {limits or reason}.{change if is_wider else ''}"
    yes = f"The {name} is no hindrance" if DEED.search(said[match.end() :]) else lead(said, is_taken=True)
    if limits:
        return f"{yes}: it is {limits}." if yes.startswith("The") else f"{yes}: the {name} is {limits}."
    other = "at least 0" if number < 0 else f"at most {figure_of(number)}"
    limited = "it" if yes.startswith("The") else f"the {name}"
    return f"{yes}: nothing limits {limited}. For a limit say {bound.format(other)}."


def lead(said: str, *, is_taken: bool) -> str:
    """Return how an answer begins: no or yes, turned round for "is it too much", and in words for "what if"."""
    if said.lower().startswith("what"):
        return "It is taken" if is_taken else "It is refused, and nothing is kept"
    return "Yes" if is_taken != bool(TOO.search(said)) else "No"


def limits_of(field: EntityField) -> str:
    """Return the limits of a field in words, or nothing."""
    letters = " letters" if field.type.name == "str" else ""
    low = "" if letters and field.minimum == "1" else field.minimum
    parts = [f"{word} {value}" for word, value in (("at least", low), ("at most", field.maximum)) if value]
    return f"{' and '.join(parts)}{letters}" if parts else ""


def refused(field: EntityField, match: re.Match[str], number: Decimal) -> str:
    """Return what keeps a number out of a field: "at most", "at least" or "a whole number"; or nothing."""
    most = number_of(field.maximum) if field.maximum else None
    least = number_of(field.minimum) if field.minimum else None
    if most is not None and (number > most or (match["over"] and number >= most)):
        return "at most"
    if least is not None and (number < least or (match["under"] and number <= least)):
        return "at least"
    return "a whole number" if field.type.name == "int" and number != int(number) else ""


def figure_of(number: Decimal) -> str:
    """Return a number as it is said in a limit."""
    return f"{number.normalize():f}"
