"""Finds lists of values that hold no slash: "a status: new, baking, ready", "whether it is strong, weak or dead"."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.field_kinds import named_kind
from bot.planning.built_in.words.vocabulary import straight, word_set, words_of

__all__ = [
    "CHOICES_LISTED",
    "HOW_CALLED",
    "beside_their_field",
    "how_called",
    "in_brackets",
    "is_value",
    "lists_of_values",
    "read_alternatives",
]

CHOICES_LISTED = (
    r"(?:status|state|stage|phase|priority|severity|role|condition|category|type|kind|size|level|difficulty|mode|tier)"
)
"""Names that a colon and bare words may follow: these are values."""
COLON_LIST = regex(rf"\b{CHOICES_LISTED}\s*[:=]\s*(?P<values>[^;:()./|]+)", re.IGNORECASE)
VALUE = regex(r"[a-z][\w'-]*(?:\s+[a-z][\w'-]*){0,2}", re.IGNORECASE)
LAST = regex(r"^(?P<one>[\w' -]+?)\s+(?:and|or)\s+(?P<other>[\w' -]+)$", re.IGNORECASE)
FACTS = word_set("name title description note notes comment comments code number address author owner text label id")
"""Names of facts that no list of values holds: there the list is over."""
PLAIN_LIST = regex(
    r"not\b|an?\b|the\b|its\b|their\b|with\b|when\b|who\b|how\b|which\b|whether\b|optional\b", re.IGNORECASE
)
NEXT_FACT = regex(
    r"\s+(?:and|plus|as well as)\s+(?=(?:an?|the|its|their|when|where|whether|how|who|which)\s)", re.IGNORECASE
)
"""Where another fact follows a list of values: "minor or serious and a note"."""
LONGEST_LIST = 2_000
ONE_VALUE = r"(?!(?:an?|the|its|their|either|optional|which|that|who|if|when|not|one|more)\b)[a-z][a-z-]+"
VALUES_BEHIND = regex(
    r"(?<!\bfor )(?<!\bof )(?<!\bto )(?<!\bby )"
    r"\b(?P<name>(?:an?|its|their)\s+(?:[a-z][\w-]*\s+)?[a-z][\w-]*)(?:,|\s*:)\s+"
    rf"(?P<values>{ONE_VALUE}(?:,\s+{ONE_VALUE})*,?\s+or\s+{ONE_VALUE})(?=\s*(?:[,.;]|$)|\s+(?:and|which|that)\b)",
    re.IGNORECASE,
)
"""A field with an article, and bare words behind it of which it is one: "a weather, clear or cloudy"."""
CODE = r"(?:[A-Z]{1,3}|\d)[+−-]?"
CODES_BEHIND = regex(
    r"(?<!\bfor )(?<!\bof )(?<!\bto )(?<!\bby )\b(?P<name>(?:[Aa]n?|[Ii]ts|[Tt]heir|[Tt]he)\s+"
    r"(?:[a-z][\w-]*\s+)?(?!of\b|is\b)[a-z][\w-]*)"
    r"(?:,?\s+(?:of|which is|that is)|,|\s*:)?\s+"
    rf"(?P<values>{CODE}(?:,\s+{CODE})*,?\s+or\s+{CODE})(?=\s*(?:[,.;!?]|$)|\s+(?:and|which|that)\b)"
)
"""A field with an article, and short codes in capitals behind it: "a blood group A, B, AB or 0"."""
NAMES_CHOICE = rf"(?:{CHOICES_LISTED}|colou?r|material|genre)"
NAMED_CHOICE = regex(rf"(?P<name>.*\b{NAMES_CHOICE})\s+(?P<value>[a-z][\w-]*)", re.IGNORECASE)
"""A field for one of several values, with the first of them at once: "a status active", before ", swarmed or dead"."""
ADDED_WITH_VALUES = regex(
    r"^(?:also\s+)?(?:add|include|give)\s+(?P<what>[^:,()]+?)\s+to\s+(?P<entity>[\w -]+?)\s*(?P<mark>[:,])\s+"
    r"(?P<values>[^:()]+?)[\s.!]*$",
    re.IGNORECASE,
)
"""A field that is added, with its values behind what it is added to."""
LONGEST_ALTERNATIVES = 120
HOW_CALLED = {
    "bad": "severity", "severe": "severity", "serious": "severity", "grave": "severity", "dangerous": "danger",
    "urgent": "urgency", "pressing": "urgency", "important": "importance", "hard": "difficulty",
    "difficult": "difficulty", "easy": "difficulty", "tricky": "difficulty", "big": "size", "large": "size",
    "small": "size", "likely": "likelihood", "risky": "risk", "good": "quality", "clean": "cleanliness",
    "spicy": "spiciness", "loud": "loudness", "fragile": "fragility", "rare": "rarity", "safe": "safety",
}  # fmt: skip
"""What is called how: "how bad it is" is a severity."""
HOW_IT_IS = (
    r"how\s+(?P<adjective>[a-z]+)\s+(?:it|they|he|she|this|that|(?:the|an?|each)\s+[\w-]+)\s+"
    r"(?:is|are|was|were|looks?|seems?)"
)
HOW_LIST = regex(rf"\b{HOW_IT_IS}(?P<mark>\s*[:=,]?)\s+(?P<values>[^;:()./|]+)", re.IGNORECASE)
"""A measure in words, and its values: "how bad it is: minor, serious or dangerous"."""
ALTERNATIVES = regex(
    r"^(?:(?:whether|if)\s+(?:it|they|he|she|(?:the|an?|each)\s+[\w-]+)(?:'s|'re|\s+(?:is|are|was|were))|"
    r"(?:is|are)\s+(?:it|they|he|she|(?:the|an?|each)\s+[\w-]+))\s+(?:either\s+)?"
    r"(?P<values>[\w' -]+(?:,\s*[\w' -]+)*,?\s+or\s+(?!not\b)[\w' -]+)$|"
    rf"^{HOW_IT_IS}(?:\s*[(:=,]\s*|\s+(?=[\w' ,-]+\sor\s))(?P<listed>[^()]*(?:/|,|\bor\b)[^()]*)\)?$",
    re.IGNORECASE,
)


def in_brackets(text: str) -> str:
    """Return "a weather, clear or cloudy" as "a weather (clear or cloudy)": values that follow their field bare."""
    if len(text) > LONGEST_LIST:
        return text
    return VALUES_BEHIND.sub(bracketed, CODES_BEHIND.sub(codes_bracketed, text))


def codes_bracketed(match: re.Match[str]) -> str:
    """Return a field with its codes in brackets; as it is where none of them has a letter."""
    return f"{match['name']} ({match['values']})" if re.search("[A-Z]", match["values"]) else match[0]


def bracketed(match: re.Match[str]) -> str:
    """Return a field with its values in brackets; as it is where one of the words names a fact of its own."""
    name, listed = match["name"], match["values"]
    named = NAMED_CHOICE.fullmatch(name)
    if named and not re.fullmatch(NAMES_CHOICE, named["value"], re.IGNORECASE) and is_value(named["value"]):
        name, listed = named["name"], f"{named['value']}, {listed}"
    values = re.split(r"\s*,\s*(?:or\s+)?|\s+or\s+", listed)
    head = words_of(name)
    names_facts = head[-1] in FACTS or named_kind(head) or any(re.fullmatch(CHOICES_LISTED, one) for one in values)
    if names_facts or len(values) < 2 or not all(is_value(one) for one in values):
        return match[0]
    return f"{name} ({listed})"


def beside_their_field(text: str) -> str:
    """Return "add a colour to batches: red or white" as "add a colour (red, white) to batches"; else as it is."""
    match = ADDED_WITH_VALUES.match(text) if len(text) <= LONGEST_LIST else None
    if match is None or (match["mark"] == "," and not re.search(r"\bor\b", match["values"])):
        return text
    values = re.split(r"\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or)\s+", match["values"])
    if len(values) < 2 or not all(is_value(one) for one in values):
        return text
    return f"add {match['what']} ({', '.join(values)}) to {match['entity']}"


def read_alternatives(text: str) -> str:
    """Return the values of "whether it is strong, weak or dead" and "how strong it is (strong, weak)", or nothing."""
    if len(text) > LONGEST_ALTERNATIVES:
        return ""
    match = ALTERNATIVES.match(straight(text, " ,.?"))
    return (match["values"] or match["listed"]) if match else ""


def how_called(text: str) -> str:
    """Return what "how bad it is: minor or serious" is called, or nothing where it has no name of its own."""
    match = ALTERNATIVES.match(straight(text, " ,.?")) if len(text) <= LONGEST_ALTERNATIVES else None
    return HOW_CALLED.get((match["adjective"] or "").lower(), "") if match else ""


def lists_of_values(text: str) -> list[tuple[int, int]]:
    """Return where the lists of values behind "a status:" stand in a sentence, from their first value to their last."""
    spans = []
    for match in COLON_LIST.finditer(text):
        end = end_of_list(match["values"])
        if end:
            spans.append((match.start("values"), match.start("values") + end))
    for match in HOW_LIST.finditer(text):
        end = end_of_list(match["values"])
        is_marked = ":" in match["mark"] or "=" in match["mark"]
        if end and (is_marked or re.search(r"\bor\b", match["values"][:end])):
            spans.append((match.start("mark"), match.start("values") + end))
    return sorted(spans)


def end_of_list(values: str) -> int:
    """Return how many characters of a text are bare values parted by commas; 0 where there are not two."""
    end, count, position = 0, 0, 0
    for piece in NEXT_FACT.split(values)[0].split(","):
        item = re.sub(r"^\s*(?:and|or)\s+", "", piece).strip()
        last = LAST.match(item)
        parts = [last["one"], last["other"]] if last else [item]
        if not all(is_value(part) for part in parts):
            break
        position += len(piece)
        end, count = position, count + len(parts)
        position += 1
        if last:
            break
    return end if count > 1 else 0


def is_value(item: str) -> bool:
    """Tell whether a piece can be a value: a few bare words that name no fact of their own."""
    words = words_of(item)
    if not VALUE.fullmatch(item.strip()) or PLAIN_LIST.match(item.strip()) or not words:
        return False
    return words[-1] not in FACTS and named_kind(words) in {"", "bool"}
