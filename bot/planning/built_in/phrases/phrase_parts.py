"""Takes off a field's phrase how it is kept: whether it may be empty, its unit, an example, its kind, its steps."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.patterns import regex
from bot.planning.built_in.words.field_kinds import named_kind, typed
from bot.planning.built_in.words.ordered_values import in_arrows
from bot.planning.built_in.words.vocabulary import PLACES, SYSTEM_NOUNS, singular, word_set, words_of

__all__ = [
    "OPTIONAL",
    "UNIQUE",
    "Phrase",
    "Steps",
    "is_having",
    "read_steps",
    "take_example",
    "take_flag",
    "take_having",
    "take_kind",
    "take_optional",
    "take_unique",
    "take_units",
]

UNITS_OF_MONEY = (
    r"(?:euros?|eur|us dollars?|dollars?|usd|pounds?|gbp|rupees?|inr|chf|francs?|yen|jpy|cents|kroner|kronor|nok|sek|"
    r"dkk|zloty|pln|cad|aud)"
)
UNIT_WORDS = (
    r"(?:(?:square |cubic )?(?:minutes|hours|days|weeks|months|years|seconds|kg|kilograms|kilos|grams|km|kilometers|"
    r"kilometres|miles|cm|centimeters|centimetres|meters|metres|feet|inches|mm|millimeters|millimetres|liters|litres|"
    r"ml|percent|tonnes|tons|hectares|acres|degrees|watts|volts))"
)
UNITS = rf"({UNIT_WORDS})"
SHORT_UNITS = (
    r"(?:kg|km|cm|mm|ml|cl|dl|mg|lbs?|oz|kwh|kw|mw|ghz|mhz|hz|mb|gb|tb|kb|ms|mins?|hrs?|secs?|sqm|m2|m²|m³|ha|km/h|"
    r"kmh|mph|bpm|psi|bar|ppm|°c|°f|celsius|fahrenheit|%)"
)
LETTERS = r"(?:m|g|l|h|s|t|w|v|c|f|°)"
"""Units of one letter: read as such in brackets only, and after a name that is measured ("depth m")."""
BEHIND = regex(
    rf"^(?P<name>\S.*?)\s*(?:[(\[]\s*(?:in\s+)?(?P<inside>{UNIT_WORDS}|{SHORT_UNITS}|{LETTERS})\s*[)\]]|"
    rf"(?<=\s)(?:in\s+)?(?P<short>{SHORT_UNITS})|(?<=\s)(?:in\s+)?(?P<letter>{LETTERS}))$",
    re.IGNORECASE,
)
MONEY_BEHIND = regex(
    rf"^(?P<name>\S.*?)\s*(?:[(\[]\s*(?:in\s+)?(?P<inside>{UNITS_OF_MONEY}|[€$£])\s*[)\]]|"
    rf"\s(?:in\s+)?(?P<bare>eur|usd|gbp|chf|inr|jpy|[€$£]))$",
    re.IGNORECASE,
)
BEFORE_UNIT = regex(r"(?:^|\s)(?:per|of|a|an|each|every|in|by|and|or)$", re.IGNORECASE)
"""A unit after these is no unit of the field: "price per kg"."""
WRITTEN_UNITS = {
    "%": "percent", "m2": "square_metres", "m²": "square_metres", "sqm": "square_metres", "m³": "cubic_metres",
    "°c": "celsius", "°f": "fahrenheit", "°": "degrees", "km/h": "kmh", "m": "m", "min": "minutes", "mins": "minutes",
    "h": "hours", "hr": "hours", "hrs": "hours", "sec": "seconds", "secs": "seconds", "s": "seconds", "lb": "lbs",
    "c": "celsius", "f": "fahrenheit",
}  # fmt: skip
"""Units as they stand in a name, where that differs from how they are written."""
EXISTING = r"(?:(?:that|which)\s+)?(?:(?:is|are|must be|should be|has to be|have to be|needs? to be)\s+)?"
UNIQUE_WITHIN = (
    rf"\(?\b{EXISTING}(?:only\s+)?unique\s+(?:only\s+)?(?P<joint>within|inside|per|in|for|among|across|throughout)\s+"
    r"(?P<articles>(?:(?:that|this|the|its|their|each|every|an?|one|our|all|same|whole|entire)\s+)*)"
    r"(?P<scope>[\w-]+(?:\s+[\w-]+)?)\s*(?:\)|$)"
)
ONE_OF_MANY = word_set("that this its their each every a an one same")
EVERYWHERE = word_set("everything everyone everywhere us total all general")
UNIQUE = (
    rf"\(?\b(?:{EXISTING}unique|"
    r"no two(?:\s+(?:of (?:which|them|these)|[\w-]+))?(?:\s+(?:are|can be|may be|have|with|share))?"
    r"\s+(?:the\s+)?(?:same|alike|identical|equal)(?:\s+one)?|"
    r"(?:(?:that|which) )?no other [\w-]+(?: [\w-]+)? (?:has|have|uses?|carries|carry)|"
    r"no (?:duplicates?|doubles|repeats)(?: allowed)?|without duplicates|"
    r"(?:all|always) different|never the same(?: twice)?|(?:can't|cannot|must not|may not|can not) repeat)"
    r"(?:\s+please)?(?![\w-])\)?"
)
"""What says that a value may occur once only."""
OPTIONAL = (
    r"\(?\b(?:(?:which|that|but) (?:is|are|may be|can be) )?(?:optional(?:ly)?|nullable|not required|"
    r"(?<!\bor )(?<!/ )(?<!/)(?:maybe|perhaps)(?!\s*/|\s+or\b|,\s*(?:yes|no)\b)|possibly|opt\.?(?=\s*(?:[),]|$))|"
    r"(?:if|where|when|as) (?:any|known|needed|necessary|applicable|available|given|possible|present|wanted|required|"
    r"relevant|there(?:'s| is| are| was| were) (?:one|any|some|(?:anything|something)(?: (?:to|worth|special|"
    r"unusual|else|interesting|wrong)(?: \w+)?)?)|(?:they|we|it|he|she|you|you've|they've|we've|someone|anyone)"
    r"(?: (?:have|has|had|got|has got|have got|gave|give|gives|want|wants?))? (?:one|any|some|it|them)(?: to \w+)?)|"
    r"(?:(?:left|stays|starts)\s+)?(?:empty|blank|unset|unknown|not (?:known|set|filled in))(?:\s+yet)?\s+"
    r"(?:until|till|before|unless|at first|at the start|in the beginning|if|when|while|as long as)\b[^(),]*|"
    r"(?:may|can) be (?:left )?(?:empty|blank|missing))\b\)?"
)
"""What says that a field may be left empty."""
WAITING = regex(r"\b(?:until|till|before|unless|at first|at the start|in the beginning|while|as long as)\b")
CONDITION = (
    r"(?<=\w)\s+if (?:it|they|he|she|we)(?:'s|\s+(?:is|has|was|were|have|did))?"
    r"(?:\s+(?:been\s+)?(?P<verb>\w+)(?:\s+(?:back|in|out|up|off|yet|already))?)?$"
)
"""A condition that a clause ends with: "the day it came back if it came back"."""
KINDS = {
    "date and time": "datetime", "date & time": "datetime", "date/time": "datetime", "datetime": "datetime",
    "date + time": "datetime", "time and date": "datetime", "timestamp": "datetime", "date": "date", "day": "date",
    "just the date": "date", "just the day": "date", "time": "time", "time of day": "time",
}  # fmt: skip
"""What brackets behind a phrase say about its time."""
KIND = regex(rf"^(?P<head>.+?)\s*\((?:(?:a|the|with)\s+)?(?P<kind>{'|'.join(map(re.escape, KINDS))})\)$", re.IGNORECASE)
EXAMPLE = (
    r"\(?(?:\blike\b|\bsuch as\b|\bsay\b|\bfor example\b|\be\.g\.|\beg\b),?\s+(?P<number>\d+(?:[.,]\d+)?)(?!\S*\w)\)?"
)
FLAG_FIRST = regex(
    r"^(?:an?\s+)?(?:yes\s*(?:/|-|or)\s*no|true\s*/\s*false)\s+(?:(?:field|flag|box|value|question)\s+)?"
    r"(?:for|if|whether|called|named|:)?\s*(?:(?:it|they)(?:'s| is| are| was| were)\s+)?"
    r"(?P<name>[a-z][\w-]*(?:\s+[a-z][\w-]*){0,3})$",
    re.IGNORECASE,
)
HAVING = regex(
    r"^(?P<name>(?:an?\s+|the\s+)?(?:number|amount|count)\s+of\s+[\w-]+(?:\s+[\w-]+)?)\s+"
    r"(?:that\s+)?(?:we|they|it|he|she)\s+(?:have|has|own|owns|hold|holds|got|keep|keeps)$",
    re.IGNORECASE,
)
ARROW = r"(?:-+>|→|=+>)"
GOING = (
    r"(?:(?:that|which)\s+)?(?:can\s+)?(?:goes?|moves?|runs?|pass(?:es)?|changes?|flows?|progress(?:es)?|advances?)"
    r"(?:\s+through)?(?:\s+from)?"
)
STAGES = (
    r"(?:(?:an?|the|its|their)\s+)?(?:[\w'-]+\s+){0,2}?"
    r"(?:status|state|stage|phase|step|priority|level|condition|workflow|lifecycle|progress)"
)
STEPS = (
    regex(rf"^(?P<name>[\w' -]+?)\s+{GOING}\s*:?\s+(?P<steps>[^()]*?{ARROW}[^()]*)$", re.IGNORECASE),
    regex(rf"^(?P<name>{STAGES})\s+{GOING}\s+(?P<steps>[\w' -]+?\s(?:to|then)\s[^()]*)$", re.IGNORECASE),
    regex(rf"^(?P<name>[\w' -]+?)\s*(?::\s*|\()(?P<steps>[^()]*?{ARROW}[^()]*)\)?$", re.IGNORECASE),
    regex(rf"^(?P<name>{STAGES})\s+(?:is\s+)?(?P<steps>\w[^()]*?{ARROW}[^()]*)$", re.IGNORECASE),
)
ORDERED = regex(
    rf"^(?P<name>{STAGES})\s*(?:[:=,(]\s*|\s+(?:(?:(?:that|which)\s+)?(?:(?:is|can be)|{GOING})\s+)?)"
    r"(?P<steps>[^()]+)\)?$",
    re.IGNORECASE,
)
"""A status whose values follow each other by words: "a status: requested first, then picked up"."""


@dataclass
class Phrase:
    """A phrase while its qualifiers are taken off; ``found`` collects what they say."""

    text: str
    found: dict[str, object]
    notes: list[str]
    open: list[str] = field(default_factory=list)
    """What was understood but can't be built; the review quotes it."""

    def take(self, pattern: str) -> re.Match[str] | None:
        """Take the first match off the text and return it."""
        match = re.search(pattern, self.text, re.IGNORECASE)
        if match:
            self.text = f"{self.text[: match.start()]} {self.text[match.end() :]}".strip(" ,")
        return match


@dataclass(frozen=True)
class Steps:
    """A field whose values come one after the other; ``values``: its values parted by slashes."""

    name: str
    values: str
    quote: str


def read_steps(text: str) -> Steps | None:
    """Read "a stage that goes draft -> submitted -> approved or rejected", or return None."""
    plain = " ".join(text.split()).strip(" ,.")
    for pattern in STEPS:
        match = pattern.match(plain)
        if match:
            steps = match["steps"].strip()
            parted = re.sub(rf"\s*{ARROW}\s*", " / ", steps)
            parted = parted if parted != steps else re.sub(r",?\s+(?:and\s+)?(?:then\s+to|to|then)\s+", " / ", steps)
            return Steps(match["name"], parted, steps)
    ordered = ORDERED.match(plain)
    chain = in_arrows(ordered["steps"]) if ordered else ""
    return Steps(ordered["name"], chain.replace(" → ", " / "), ordered["steps"]) if ordered and chain else None


def take_flag(phrase: Phrase) -> None:
    """Take "yes/no" off before what it is about: "yes/no paid", "a yes/no field for vegan"."""
    match = FLAG_FIRST.match(phrase.text)
    if match:
        phrase.text, phrase.found["type"] = match["name"], typed("bool")


def is_having(text: str) -> bool:
    """Tell whether a phrase counts what somebody has: "the number of copies we have"."""
    return HAVING.match(text.strip()) is not None


def take_having(phrase: Phrase) -> None:
    """Take "we have" off behind a number of things."""
    match = HAVING.match(phrase.text)
    if match:
        phrase.text = match["name"]


def take_kind(phrase: Phrase) -> None:
    """Take the kind of time off "when we looked (date and time)"; the clause then says it in its own words."""
    match = KIND.match(phrase.text)
    if match is None:
        return
    kind, head = KINDS[match["kind"].lower()], match["head"]
    spoken = {"datetime": "date and time", "date": "date", "time": "time"}[kind]
    when = re.match(r"when\s+(?=\w)", head, re.IGNORECASE)
    if when:
        phrase.found["said"] = phrase.text
        phrase.text = f"the {spoken} {head[when.end() :]}"
        return
    phrase.text, phrase.found["type"] = (
        ("date and time" if head.lower() == "when" and kind == "datetime" else head),
        typed(kind),
    )


def take_example(phrase: Phrase) -> None:
    """Take "like 32.5" off the phrase: the number shows what is kept."""
    match = phrase.take(EXAMPLE)
    if match:
        phrase.found["example"] = match["number"]


def take_optional(phrase: Phrase) -> None:
    """Take "optional", "if any", "maybe" and the like off the phrase."""
    whole = phrase.text
    while match := phrase.take(OPTIONAL) or phrase.take(CONDITION):
        phrase.found["optional"] = True
        if WAITING.search(match[0]):
            phrase.notes.append(f"“{whole}” may be empty")


def take_units(phrase: Phrase) -> None:
    """Take "in euros" (said in a note: the amount is plain) or "in minutes", "(kg)" (goes into the name) off."""
    money = phrase.take(rf"\bin {UNITS_OF_MONEY}\b")
    currency = money[0].removeprefix("in ") if money else money_behind(phrase)
    if currency:
        phrase.found["money"] = True
        phrase.notes.append(f"the currency ({currency}) is not stored, only the amount")
    unit = phrase.take(rf"\bin {UNITS}\b")
    if unit:
        phrase.found["unit"] = unit[1].lower()
        return
    behind = BEHIND.match(phrase.text)
    if behind is None:
        return
    written = (behind["inside"] or behind["short"] or behind["letter"]).lower()
    if BEFORE_UNIT.search(behind["name"]):
        return
    if behind["letter"] and named_kind(words_of(behind["name"]) or [""]) not in {"float", "int"}:
        return
    phrase.text, phrase.found["unit"] = behind["name"], WRITTEN_UNITS.get(written, written)


def money_behind(phrase: Phrase) -> str:
    """Take the currency behind "price (EUR)" or "price €" off and return it, or nothing."""
    behind = MONEY_BEHIND.match(phrase.text)
    if behind is None:
        return ""
    phrase.text = behind["name"]
    return str(behind["inside"] or behind["bare"])


def take_unique(phrase: Phrase) -> None:
    """Take "unique" or "no two the same" off the phrase; "unique within that building" is noted as not built."""
    whole = phrase.text
    within = phrase.take(UNIQUE_WITHIN)
    if within is None:
        if phrase.take(UNIQUE):
            phrase.found["unique"] = True
        return
    scope, articles = within["scope"].lower(), set(within["articles"].lower().split())
    is_everywhere = bool(articles & {"all", "whole", "entire"}) or within["joint"].lower() in {"across", "throughout"}
    is_one_of_many = within["joint"].lower() == "per" or bool(articles & ONE_OF_MANY)
    if is_everywhere or (not is_one_of_many and scope.split()[-1] in EVERYWHERE | SYSTEM_NOUNS | PLACES):
        phrase.found["unique"] = True
        return
    phrase.found["unique_within"] = singular(scope)
    phrase.open.append(f"{whole} (being unique within one {singular(scope)} is not built: the value may repeat)")
